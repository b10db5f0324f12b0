"""Rejecting one return: what it brought goes, what others wrote stays, and the file is known to be rejected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.entities import Deployment, Form, PeriodKind, Return, ReturnStatus, Round, TaskReport, Value
from desktop_app.domain.issues import CollectedError, UserError
from desktop_app.domain.merge import Policy
from desktop_app.exchange.layout import FIGURES_SHEET, SYSTEMS_SHEET, TASKS_SHEET, Column
from desktop_app.exchange.writing.filling import Entry, fill
from desktop_app.services.collecting import CollectionResult, apply_collection, plan_collection
from desktop_app.services.editing import Edit, set_values
from desktop_app.services.history import list_operations, title, undo
from desktop_app.services.issuing import issue
from desktop_app.services.returns import list_returns, reject_return, returns_json, standing_return
from desktop_app.services.session import Session
from desktop_app.text.catalogue import Catalogue, Language

Send = Callable[..., Path]
ENGLISH = Catalogue(Language.EN)


@pytest.fixture
def send(small_office: Session, tmp_path: Path) -> Send:
    """Write a return: ``send("SXD", "1.xlsx", HT01a=5)``; ``more`` holds entries of the other sheets."""
    blank = {item.unit.code: item.path.read_bytes() for item in issue(small_office, "KH", "2017", tmp_path / "issued")}

    def made(unit: str, name: str, more: dict[Entry, Any] | None = None, **figures: Any) -> Path:
        entries = dict(more or {})
        for code, typed in figures.items():
            element, _, note = code.partition("_")
            entries[Entry(FIGURES_SHEET, element, Column.NOTE if note else Column.CURRENT)] = typed
        path = tmp_path / name
        path.write_bytes(fill(blank[unit], entries))
        return path

    return made


def collect(session: Session, *paths: Path, **more: Any) -> CollectionResult:
    return apply_collection(session, plan_collection(session, paths, **more))


def held(session: Session, unit: str, element: str) -> tuple[int | None, str | None] | None:
    found = session.gateway.get(Value, "2017", session.element(element).id, session.unit(unit).id)
    return (found.amount, found.note) if found else None


def only_return(session: Session, unit: str = "SXD") -> Return:
    found = [item for item in session.gateway.list(Return, order_by="id") if item.unit_id == session.unit(unit).id]
    return found[-1]


def test_a_rejected_return_takes_its_changes_along_and_leaves_its_file(small_office: Session, send: Send) -> None:
    set_values(small_office, [Edit("SXD", "NB06a", "2017", "7")], "form")
    others = {
        Entry(SYSTEMS_SHEET, "QLVB", Column.STATUS): "Đang sử dụng",
        Entry(TASKS_SHEET, "NV01", Column.PERCENT): 40,
    }
    paths = [send("SXD", "a.xlsx", others, HT01a=3, HT01b=4, HT01b_note="x"), send("STC", "b.xlsx", HT01a=9)]
    collect(small_office, *paths)
    bad = only_return(small_office)
    rejection = reject_return(small_office, bad.id, "  thiếu chữ ký ")
    assert rejection.kept == ()
    assert [held(small_office, "SXD", code) for code in ("HT01a", "HT01b", "NB06a")] == [None, None, (7, None)]
    assert small_office.gateway.count(Deployment) == small_office.gateway.count(TaskReport) == 0
    assert held(small_office, "STC", "HT01a") == (9, None)
    kept = small_office.gateway.get(Return, bad.id)
    assert (kept.status, kept.reason, kept.content) == (ReturnStatus.REJECTED, "thiếu chữ ký", paths[0].read_bytes())
    newest = list_operations(small_office)[0]
    assert newest.id == rejection.operation_id
    assert title(small_office, ENGLISH, newest) == "Reject the return of SXD, 2017: thiếu chữ ký"


def test_undoing_a_rejection_brings_everything_back_and_can_be_redone(small_office: Session, send: Send) -> None:
    collect(small_office, send("SXD", "a.xlsx", HT01a=3))
    bad = only_return(small_office)
    rejection = reject_return(small_office, bad.id, "sai")
    back = undo(small_office)
    assert back.reverts == rejection.operation_id
    assert title(small_office, ENGLISH, back) == "Undo: Reject the return of SXD, 2017: sai"
    assert held(small_office, "SXD", "HT01a") == (3, None)
    assert only_return(small_office) == bad
    again = undo(small_office, back.id)
    assert title(small_office, ENGLISH, again) == "Redo: Reject the return of SXD, 2017: sai"
    assert held(small_office, "SXD", "HT01a") is None
    undo(small_office, again.id)
    assert reject_return(small_office, bad.id).operation_id
    assert title(small_office, ENGLISH, list_operations(small_office)[0]) == "Reject the return of SXD, 2017"


def test_a_return_of_a_collection_that_was_undone_and_redone_is_rejected(small_office: Session, send: Send) -> None:
    collect(small_office, send("SXD", "a.xlsx", HT01a=3), send("STC", "b.xlsx", HT01a=9))
    bad = only_return(small_office)
    undo(small_office, undo(small_office).id)
    assert only_return(small_office) == bad
    rejection = reject_return(small_office, bad.id)
    assert [held(small_office, unit, "HT01a") for unit in ("SXD", "STC")] == [None, (9, None)]
    undo(small_office, rejection.operation_id)
    assert held(small_office, "SXD", "HT01a") == (3, None)


def test_what_was_changed_since_is_named_and_refuses(small_office: Session, send: Send) -> None:
    collect(small_office, send("SXD", "a.xlsx", HT01a=3, HT01b=4))
    set_values(small_office, [Edit("SXD", "HT01a", "2017", "5")], "form")
    later = list_operations(small_office)[0].id
    before = small_office.path.read_bytes()
    with pytest.raises(CollectedError) as refusal:
        reject_return(small_office, only_return(small_office).id, "sai")
    assert refusal.value.code == "rejection_refused"
    said = refusal.value.text(ENGLISH)
    assert "SXD · HT01a · 2017" in said
    assert f"#{later}" in said
    assert small_office.path.read_bytes() == before
    rejection = reject_return(small_office, only_return(small_office).id, "sai", keep_later=True)
    assert [issue.code for issue in rejection.kept] == ["changed_since"]
    assert [held(small_office, "SXD", code) for code in ("HT01a", "HT01b")] == [(5, None), None]
    undo(small_office, rejection.operation_id)
    assert [held(small_office, "SXD", code) for code in ("HT01a", "HT01b")] == [(5, None), (4, None)]


def test_an_explanation_typed_since_is_another_cell_and_stays(small_office: Session, send: Send) -> None:
    collect(small_office, send("SXD", "a.xlsx", HT01a=3))
    set_values(small_office, [Edit("SXD", "HT01a", "2017", note="đếm lại")], "form")
    assert held(small_office, "SXD", "HT01a") == (3, "đếm lại")
    assert reject_return(small_office, only_return(small_office).id).kept == ()
    assert held(small_office, "SXD", "HT01a") == (None, "đếm lại")


def test_rejecting_the_corrected_return_brings_the_first_one_back(small_office: Session, send: Send) -> None:
    collect(small_office, send("SXD", "1.xlsx", HT01a=3, HT01b=4))
    collect(small_office, send("SXD", "2.xlsx", HT01a=5, HT01b=4))
    first, second = small_office.gateway.list(Return, order_by="id")
    assert standing_return(small_office, "SXD", "2017").returned.id == second.id
    with pytest.raises(CollectedError):
        reject_return(small_office, first.id)
    reject_return(small_office, second.id)
    assert [held(small_office, "SXD", code) for code in ("HT01a", "HT01b")] == [(3, None), (4, None)]
    assert standing_return(small_office, "SXD", "2017").returned.id == first.id
    reject_return(small_office, first.id)
    assert [held(small_office, "SXD", code) for code in ("HT01a", "HT01b")] == [None, None]


def test_the_very_same_file_is_refused_with_the_reason_until_it_is_wanted(small_office: Session, send: Send) -> None:
    path = send("SXD", "a.xlsx", HT01a=3)
    collect(small_office, path)
    reject_return(small_office, only_return(small_office).id, "thiếu chữ ký")
    plan = plan_collection(small_office, [path])
    (file,) = plan.files
    assert (file.refused, file.is_known, [item.code for item in file.issues]) == (True, False, ["return_rejected_before"])
    assert "2017-12-20 (thiếu chữ ký)" in file.issues[0].text(ENGLISH)
    assert plan.needs_attention
    assert plan.rounds[0].received == 0
    assert apply_collection(small_office, plan).operation_id is None
    wanted = plan_collection(small_office, [path], take_rejected=True)
    assert wanted.digest != plan.digest
    assert wanted.files[0].counts["new"] == 1
    apply_collection(small_office, wanted)
    assert held(small_office, "SXD", "HT01a") == (3, None)
    assert [item.status for item in small_office.gateway.list(Return, order_by="id")] == [
        ReturnStatus.REJECTED,
        ReturnStatus.RECEIVED,
    ]
    assert plan_collection(small_office, [path]).files[0].issues[0].code == "file_known"


def test_a_corrected_file_is_taken_after_a_rejection(small_office: Session, send: Send) -> None:
    collect(small_office, send("SXD", "1.xlsx", HT01a=3))
    reject_return(small_office, only_return(small_office).id)
    result = collect(small_office, send("SXD", "2.xlsx", HT01a=5))
    assert result.plan.files[0].counts["new"] == 1
    assert held(small_office, "SXD", "HT01a") == (5, None)


def test_what_a_rejected_return_wrote_is_no_base_any_more(small_office: Session, send: Send) -> None:
    """Typed in again by hand, the figure is the office's own: a return that differs from it is a conflict."""
    collect(small_office, send("SXD", "1.xlsx", HT01a=3))
    reject_return(small_office, only_return(small_office).id)
    set_values(small_office, [Edit("SXD", "HT01a", "2017", "3")], "form")
    plan = plan_collection(small_office, [send("SXD", "2.xlsx", HT01a=5)])
    assert plan.files[0].counts["conflict"] == 1
    undo(small_office)
    undo(small_office)
    plan = plan_collection(small_office, [send("SXD", "2.xlsx", HT01a=5)])
    assert (plan.files[0].counts["conflict"], plan.files[0].counts["changed"]) == (0, 1)


def test_a_return_that_brought_nothing_is_rejected_too(small_office: Session, send: Send) -> None:
    collect(small_office, send("SXD", "1.xlsx", HT01a="?"))
    bad = only_return(small_office)
    assert bad.status is ReturnStatus.HAS_ISSUES
    reject_return(small_office, bad.id)
    assert only_return(small_office).status is ReturnStatus.REJECTED
    undo(small_office)
    assert only_return(small_office).status is ReturnStatus.HAS_ISSUES


def test_what_a_return_cleared_comes_back(small_office: Session, send: Send) -> None:
    collect(small_office, send("SXD", "1.xlsx", HT01a=3, HT01a_note="x"))
    collect(small_office, send("SXD", "2.xlsx", HT01b=1), policy=Policy.FILE)
    assert held(small_office, "SXD", "HT01a") is None
    reject_return(small_office, only_return(small_office).id)
    assert [held(small_office, "SXD", code) for code in ("HT01a", "HT01b")] == [(3, "x"), None]


def test_a_rejection_is_refused_once_only_and_for_returns_that_are_there(small_office: Session, send: Send) -> None:
    collect(small_office, send("SXD", "1.xlsx", HT01a=3))
    bad = only_return(small_office)
    reject_return(small_office, bad.id)
    for number, code in ((bad.id, "return_already_rejected"), (99, "return_unknown")):
        with pytest.raises(UserError) as refusal:
            reject_return(small_office, number)
        assert refusal.value.code == code
        assert refusal.value.text(ENGLISH)


def test_a_collection_of_which_one_return_is_rejected_is_undone_after_the_rejection(
    small_office: Session, send: Send
) -> None:
    collected = collect(small_office, send("SXD", "a.xlsx", HT01a=3), send("STC", "b.xlsx", HT01a=9)).operation_id
    rejection = reject_return(small_office, only_return(small_office).id)
    with pytest.raises(CollectedError) as refusal:
        undo(small_office, collected)
    assert refusal.value.params["later"] == f"#{rejection.operation_id}"
    undo(small_office, rejection.operation_id)
    undo(small_office, collected)
    assert [held(small_office, unit, "HT01a") for unit in ("SXD", "STC")] == [None, None]
    assert small_office.gateway.count(Return) == 0


def test_returns_are_listed_in_official_order(small_office: Session, send: Send) -> None:
    collect(small_office, send("STC", "b.xlsx", HT01a=9), send("SXD", "a.xlsx", HT01a=3))
    collect(small_office, send("SXD", "a2.xlsx", HT01a=4))
    reject_return(small_office, only_return(small_office).id, "sai")
    records = list_returns(small_office, "KH", "2017")
    assert [(item.unit.code, item.returned.file_name) for item in records] == [
        ("SXD", "a.xlsx"),
        ("SXD", "a2.xlsx"),
        ("STC", "b.xlsx"),
    ]
    assert all(item.returned.content == b"" for item in records)
    shape = returns_json(records)["returns"][1]
    assert {key: shape[key] for key in ("unit", "plan", "form", "period", "file", "status", "reason")} == {
        "unit": "SXD",
        "plan": "KH",
        "form": "KH-Y",
        "period": "2017",
        "file": "a2.xlsx",
        "status": "rejected",
        "reason": "sai",
    }
    assert (shape["received_at"], shape["decided_at"], shape["decided_by"]) == (*["2017-12-20T03:00:00Z"] * 2, "tester")
    assert returns_json(records)["returns"][0]["decided_at"] is None
    assert [item.unit.code for item in list_returns(small_office, unit_code="STC")] == ["STC"]
    assert list_returns(small_office, "KH", "2018") == []


def test_the_return_that_stands_is_found_by_unit_and_period(small_office: Session, send: Send) -> None:
    collect(small_office, send("SXD", "a.xlsx", HT01a=3))
    (kept,) = small_office.gateway.list(Return)
    assert standing_return(small_office, "sxd", "2017", "KH").returned.id == kept.id
    assert standing_return(small_office, "SXD", "2017", number=kept.id).returned.id == kept.id
    with pytest.raises(UserError) as refusal:
        standing_return(small_office, "STC", "2017", number=kept.id)
    assert refusal.value.code == "return_unknown"
    reject_return(small_office, kept.id)
    with pytest.raises(UserError) as refusal:
        standing_return(small_office, "SXD", "2017")
    assert refusal.value.code == "no_return_stands"


def test_returns_for_several_plans_are_told_apart_by_the_plan(small_office: Session, send: Send) -> None:
    collect(small_office, send("SXD", "a.xlsx", HT01a=3))
    (kept,) = small_office.gateway.list(Return)
    with small_office.operation("setup", source="setup") as operation:
        plan = operation.save(replace(small_office.plan("KH"), id=0, code="KH2"))
        form = operation.save(Form(plan_id=plan.id, code="KH2-Y", period_kind=PeriodKind.YEAR))
        found = operation.save(Round(form_id=form.id, period="2017", due_on=date(2017, 12, 14)))
        other = operation.save(replace(kept, id=0, round_id=found.id, file_name="b.xlsx"))
    with pytest.raises(UserError) as refusal:
        standing_return(small_office, "SXD", "2017")
    assert (refusal.value.code, refusal.value.params["plans"]) == ("return_of_several_plans", "KH, KH2")
    assert standing_return(small_office, "SXD", "2017", "KH2").returned.id == other.id
    assert reject_return(small_office, other.id).kept == (), "a return that brought nothing: its figures came with another"
    assert held(small_office, "SXD", "HT01a") == (3, None)
