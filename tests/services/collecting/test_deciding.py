"""Decisions about asked cells: part of the one operation, remembered by the kept return, counted for later files."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.domain.entities import Deployment, DeploymentStatus, Return, ReturnStatus, Value, ValueState
from desktop_app.domain.merge import Merge
from desktop_app.domain.values import Answer
from desktop_app.exchange.layout import FIGURES_SHEET, SYSTEMS_SHEET, Column
from desktop_app.exchange.writing.filling import Entry
from desktop_app.exchange.writing.filling import fill as filled
from desktop_app.services.cells import CellKey
from desktop_app.services.collecting import apply_collection, plan_collection
from desktop_app.services.collecting.deciding import decide, offered, with_decision, without_decision
from desktop_app.services.editing import Edit, set_values
from desktop_app.services.issuing import issue
from desktop_app.services.returns import reject_return
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


def held(session: Session) -> Value | None:
    return session.gateway.get(Value, "2017", session.element("HT01a").id, session.unit("SXD").id)


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


NOTE = CellKey("figure", "HT01a", "note")


def answer(amount: int) -> Answer:
    return Answer(ValueState.VALUE, amount)


@pytest.fixture
def dispute(small_office: Session, tmp_path: Path) -> tuple[Path, Path]:
    """Two files of one unit: 10 and 20 in one cell; the second explains the figure, and has another figure of its own."""
    (issued,) = issue(small_office, "KH", "2017", tmp_path / "issued", unit_codes=["SXD"])
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    entry = Entry(FIGURES_SHEET, "HT01a", Column.CURRENT)
    first.write_bytes(filled(issued.path.read_bytes(), {entry: 10}))
    more = {Entry(FIGURES_SHEET, "HT01a", Column.NOTE): "đếm lại", Entry(FIGURES_SHEET, "HT01b", Column.CURRENT): 7}
    second.write_bytes(filled(issued.path.read_bytes(), {entry: 20, **more}))
    return first, second


@pytest.mark.parametrize(("chosen", "by", "writer"), [(10, 0, 0), (20, 0, 1), (20, 1, 1), (10, 1, 0), (15, 1, 0)])
def test_one_decision_holds_for_both_files_and_one_of_them_writes_it(
    small_office: Session, dispute: tuple[Path, Path], chosen: int, by: int, writer: int
) -> None:
    """Found from outside: two files of one unit disputed a cell, and the decision in the later file silently won."""
    plan = plan_collection(small_office, dispute)
    names = [item.name for item in plan.files]
    decisions = with_decision(plan, {}, names[by], HELD, answer(chosen))
    assert decisions == {name: {HELD: answer(chosen)} for name in names}
    decided = decide(plan, decisions)
    assert not decided.needs_attention
    assert [item.counts["conflict"] for item in decided.files] == [0, 0]
    assert [HELD in item.merged.wrote for item in decided.files] == [writer == 0, writer == 1]
    apply_collection(small_office, decided)
    assert (held(small_office).amount, held(small_office).note) == (chosen, "đếm lại")
    kept = small_office.gateway.list(Return, order_by="id")
    assert [item.status for item in kept] == [ReturnStatus.RECEIVED] * 2
    reject_return(small_office, kept[writer].id)
    assert held(small_office) is None if writer else held(small_office).amount is None
    assert writer or held(small_office).note == "đếm lại"


def test_the_last_choice_about_a_disputed_cell_is_the_only_one(small_office: Session, dispute: tuple[Path, Path]) -> None:
    plan = plan_collection(small_office, dispute)
    first, second = (item.name for item in plan.files)
    decisions = with_decision(plan, {}, first, HELD, answer(10))
    before = {name: dict(chosen) for name, chosen in decisions.items()}
    later = with_decision(plan, decisions, second, HELD, answer(20))
    assert decisions == before, "what was decided before stays as it was, to be gone back to"
    assert later == {first: {HELD: answer(20)}, second: {HELD: answer(20)}}
    assert without_decision(plan, later, first, HELD) == {}
    with pytest.raises(ValueError, match="two decisions about figure/HT01a/value"):
        decide(plan, {first: {HELD: answer(10)}, second: {HELD: answer(20)}})


def test_a_decision_noted_for_one_file_alone_still_holds_for_both(small_office: Session, dispute: tuple[Path, Path]) -> None:
    plan = plan_collection(small_office, dispute)
    decided = decide(plan, {plan.files[0].name: {HELD: answer(20)}})
    assert [item.counts["conflict"] for item in decided.files] == [0, 0]
    again = decide(plan, {plan.files[1].name: {HELD: answer(10)}})  # a plan can be decided anew
    apply_collection(small_office, again)
    assert (held(small_office).amount, held(small_office).note) == (10, "đếm lại")


def test_a_decision_about_one_unit_leaves_another_one_alone(small_office: Session, tmp_path: Path) -> None:
    paths = []
    for item in issue(small_office, "KH", "2017", tmp_path / "issued", unit_codes=["SXD", "STC"]):
        path = tmp_path / f"{item.unit.code}.xlsx"
        path.write_bytes(filled(item.path.read_bytes(), {Entry(FIGURES_SHEET, "HT01a", Column.CURRENT): 121}))
        set_values(small_office, [Edit(item.unit.code, "HT01a", "2017", "99")], "form")
        paths.append(path)
    plan = plan_collection(small_office, paths)
    decisions = with_decision(plan, {}, str(paths[0]), HELD, answer(121))
    assert set(decisions) == {str(paths[0])}
    decided = decide(plan, decisions)
    assert [item.counts["conflict"] for item in decided.files] == [0, 1]
    assert decided.needs_attention


def test_what_nobody_asked_is_not_decided(small_office: Session, conflict: Path) -> None:
    plan = plan_collection(small_office, [conflict])
    other = CellKey("figure", "HT01b", "value")
    assert with_decision(plan, {}, plan.files[0].name, other, answer(5)) == {}
    assert with_decision(plan, {}, "nowhere.xlsx", HELD, answer(5)) == {}
    decided = decide(plan, {plan.files[0].name: {other: answer(5)}})
    assert other not in decided.files[0].merged.wrote
    assert decided.files[0].counts == plan.files[0].counts


def test_a_decided_cell_of_a_system_needs_its_status_too(small_office: Session, tmp_path: Path) -> None:
    """A deployment is nothing without a status: deciding the users alone would have made it "not yet deployed"."""
    (issued,) = issue(small_office, "KH", "2017", tmp_path / "issued", unit_codes=["SXD"])
    path = tmp_path / "r.xlsx"
    path.write_bytes(filled(issued.path.read_bytes(), {Entry(SYSTEMS_SHEET, "QLVB", Column.USERS): "25 hay 26"}))
    plan = plan_collection(small_office, [path])
    users, status = CellKey("system", "QLVB", "users"), CellKey("system", "QLVB", "status")
    name = plan.files[0].name
    decided = decide(plan, with_decision(plan, {}, name, users, 25))
    assert decided.files[0].counts["invalid"] == plan.files[0].counts["invalid"] == 1
    assert "deployment_without_status" in [item.code for item in decided.files[0].issues]
    assert decided.files[0].counts["new"] == 0
    apply_collection(small_office, decided)
    assert small_office.gateway.list(Deployment) == []
    assert with_decision(plan, {}, name, status, DeploymentStatus.IN_USE) == {}, "the unit left the status blank: not asked"


def test_what_can_be_taken_from_a_file_is_offered(small_office: Session, conflict: Path) -> None:
    plan = plan_collection(small_office, [conflict])
    (change,) = [change for change in plan.files[0].merged.changes if change.key == HELD]
    assert offered(change) == (answer(121),)
    assert offered(change._replace(asked=False)) == ()
    readings = (answer(1), answer(2))
    assert offered(change._replace(kind=Merge.INVALID, returned=None, readings=readings)) == readings
    emptied = change._replace(key=CellKey("system", "QLVB", "status"), returned=None)
    assert offered(emptied) == ()
    assert offered(emptied._replace(key=CellKey("system", "QLVB", "note"))) == (None,)


def test_clearing_a_cell_is_a_decision_too(small_office: Session, conflict: Path) -> None:
    plan = plan_collection(small_office, [conflict])
    decided = decide(plan, with_decision(plan, {}, plan.files[0].name, HELD, None))
    apply_collection(small_office, decided)
    assert (held(small_office).state, held(small_office).note) == (ValueState.NOT_REPORTED, "đếm tay")
