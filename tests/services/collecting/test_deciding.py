"""Decisions about asked cells: part of the one operation, remembered by the kept return, counted for later files."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.domain.entities import Return, ReturnStatus, Value, ValueState
from desktop_app.domain.values import Answer
from desktop_app.exchange.filling import Entry
from desktop_app.exchange.filling import fill as filled
from desktop_app.exchange.layout import FIGURES_SHEET, Column
from desktop_app.services.cells import CellKey
from desktop_app.services.collecting import apply_collection, plan_collection
from desktop_app.services.collecting.deciding import decide, offered
from desktop_app.services.editing import Edit, set_values
from desktop_app.services.issuing import issue
from desktop_app.services.session import Session

HELD = CellKey("figure", "HT01a", "value")


@pytest.fixture
def conflict(small_office: Session, tmp_path: Path) -> Path:
    """A returned workbook that says 121 where somebody has typed 99 meanwhile."""
    (issued,) = issue(small_office, "KH", "2017", tmp_path / "issued", unit_codes=["SXD"])
    path = tmp_path / "r.xlsx"
    path.write_bytes(filled(issued.path.read_bytes(), {Entry(FIGURES_SHEET, "HT01a", Column.CURRENT): 121}))
    set_values(small_office, [Edit("SXD", "HT01a", "2017", "99", "đếm tay")], "form")
    return path


def held(session: Session) -> Value:
    found = session.gateway.get(Value, "2017", session.element("HT01a").id, session.unit("SXD").id)
    assert found is not None
    return found


def test_a_decision_is_written_with_the_collection(small_office: Session, conflict: Path) -> None:
    plan = plan_collection(small_office, [conflict])
    (change,) = [change for change in plan.files[0].merged.changes if change.key == HELD]
    (answer,) = offered(change)
    decided = decide(plan, {plan.files[0].name: {HELD: answer}})
    assert (decided.digest, decided.needs_attention) == (plan.digest, False)
    result = apply_collection(small_office, decided, expect=plan.digest)
    assert result.operation_id
    (kept,) = small_office.gateway.list(Return)
    assert kept.status is ReturnStatus.RECEIVED
    assert (held(small_office).amount, held(small_office).note, held(small_office).return_id) == (121, "đếm tay", kept.id)
    assert plan_collection(small_office, [conflict]).files[0].counts["conflict"] == 0


def test_keeping_what_is_held_writes_no_figure(small_office: Session, conflict: Path) -> None:
    plan = plan_collection(small_office, [conflict])
    decided = decide(plan, {plan.files[0].name: {HELD: Answer(ValueState.VALUE, 99)}})
    assert decided.files[0].counts["conflict"] == 0
    apply_collection(small_office, decided)
    assert (held(small_office).amount, held(small_office).return_id) == (99, None)


def test_without_decisions_the_plan_is_the_same(small_office: Session, conflict: Path) -> None:
    plan = plan_collection(small_office, [conflict])
    assert decide(plan, {}) is plan
