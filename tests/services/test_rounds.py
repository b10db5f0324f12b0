"""Where the units of a round stand: who sent what, who is late by how many days, and whom to remind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop_app.domain.entities import Return, ReturnStatus
from desktop_app.domain.issues import UserError
from desktop_app.exchange.layout import FIGURES_SHEET, Column
from desktop_app.exchange.writing.filling import Entry
from desktop_app.exchange.writing.filling import fill as filled
from desktop_app.services.collecting import apply_collection, plan_collection, to_json
from desktop_app.services.editing import Edit, set_values
from desktop_app.services.issuing import issue
from desktop_app.services.returns import reject_return
from desktop_app.services.rounds import Standing, UnitStanding, round_standing, write_round
from desktop_app.services.rounds import to_json as round_json
from desktop_app.services.session import Session
from desktop_app.text.catalogue import Catalogue

DUE = date(2017, 12, 14)
WHOLE = {"HT01a": 1, "HT01b": 2, "NB06a": 1, "NB06b": 2, "DV09a": 1, "KP01a": 1, "CS01a": "có", "CS03a": "x"}


@pytest.fixture
def issued(small_office: Session, tmp_path: Path) -> dict[str, Path]:
    """The workbooks of 2017, written before they are due, by unit."""
    at(small_office, 1)
    return {item.unit.code: item.path for item in issue(small_office, "KH", "2017", tmp_path / "issued")}


def at(session: Session, day: int) -> None:
    """Set the clock to noon of a day of December 2017."""
    session.now = lambda: datetime(2017, 12, day, 5, 0, tzinfo=UTC)


def send(session: Session, source: Path, target: Path, **answers: Any) -> None:
    """Take in a workbook with some answers."""
    found = {Entry(FIGURES_SHEET, code, Column.CURRENT): value for code, value in answers.items()}
    target.write_bytes(filled(source.read_bytes(), found))
    apply_collection(session, plan_collection(session, [target]))


def standing(session: Session, code: str = "SXD") -> UnitStanding:
    (found,) = [item for item in round_standing(session, "kh", "2017").units if item.unit.code == code]
    return found


def approve(session: Session) -> None:
    """Approve the newest return."""
    newest = session.gateway.list(Return, order_by="id")[-1]
    with session.operation("test", source="cli") as op:
        op.save(replace(newest, status=ReturnStatus.APPROVED))


def test_before_anything_is_written(small_office: Session) -> None:
    at(small_office, 20)
    found = round_standing(small_office, "KH", "2017")
    assert (found.form, found.issued, found.due_on) == ("KH-Y", False, DUE)
    assert [item.unit.code for item in found.units] == ["SXD", "STC", "SYT"]
    assert {item.standing for item in found.units} == {Standing.NOT_ISSUED}


def test_waiting_turns_into_late_after_the_due_day(small_office: Session, issued: dict[str, Path]) -> None:
    assert issued
    at(small_office, 14)
    found = standing(small_office)
    assert (found.standing, found.days_late, found.received, found.is_reminded) == (Standing.WAITING, 0, False, False)
    assert found.issued_at == datetime(2017, 12, 1, 5, 0, tzinfo=UTC)
    at(small_office, 17)
    found = standing(small_office)
    assert (found.standing, found.days_late, found.received, found.is_reminded) == (Standing.LATE, 3, False, True)


def test_what_came_counts_from_the_day_it_came(small_office: Session, issued: dict[str, Path], tmp_path: Path) -> None:
    at(small_office, 16)
    send(small_office, issued["SXD"], tmp_path / "r.xlsx", **WHOLE)
    at(small_office, 25)
    found = standing(small_office)
    assert (found.standing, found.days_late, found.file_name) == (Standing.RECEIVED, 2, "r.xlsx")
    assert found.received
    assert not found.is_reminded
    assert found.returned is not None
    assert (found.returned.content, found.returned.cells_json) == (b"", "")
    assert standing(small_office, "STC").days_late == 11


def test_an_empty_workbook_came_and_is_still_reminded(
    small_office: Session, issued: dict[str, Path], tmp_path: Path
) -> None:
    at(small_office, 10)
    send(small_office, issued["SXD"], tmp_path / "r.xlsx")
    at(small_office, 20)
    found = standing(small_office)
    assert (found.standing, found.received, found.is_reminded, found.days_late) == (Standing.BLANK, True, True, 6)


def test_a_workbook_that_cannot_be_read_is_not_empty(small_office: Session, issued: dict[str, Path], tmp_path: Path) -> None:
    send(small_office, issued["SXD"], tmp_path / "r.xlsx", NB06a="nhiều")
    assert (standing(small_office).standing, standing(small_office).open_questions) == (Standing.HAS_ISSUES, 1)


def test_open_questions_are_those_that_nobody_has_settled(
    small_office: Session, issued: dict[str, Path], tmp_path: Path
) -> None:
    set_values(small_office, [Edit("SXD", "KP01a", "2017", "99", "")], "form")
    send(small_office, issued["SXD"], tmp_path / "r.xlsx", **{**WHOLE, "NB06a": "nhiều"})
    found = standing(small_office)
    assert (found.standing, found.open_questions) == (Standing.HAS_ISSUES, 2)
    set_values(small_office, [Edit("SXD", "NB06a", "2017", "5", "")], "form")
    assert standing(small_office).open_questions == 1
    approve(small_office)
    found = standing(small_office)
    assert (found.standing, found.open_questions, found.received) == (Standing.APPROVED, 0, True)


def test_a_rejected_return_is_waited_for_again(small_office: Session, issued: dict[str, Path], tmp_path: Path) -> None:
    at(small_office, 10)
    send(small_office, issued["SXD"], tmp_path / "r.xlsx", **WHOLE)
    (kept,) = small_office.gateway.list(Return)
    reject_return(small_office, kept.id)
    at(small_office, 20)
    found = standing(small_office)
    assert (found.standing, found.received, found.is_reminded, found.days_late) == (Standing.REJECTED, False, True, 6)
    send(small_office, issued["STC"], tmp_path / "s.xlsx", **WHOLE)
    assert "SXD" in plan_collection(small_office, [tmp_path / "s.xlsx"]).rounds[0].missing
    send(small_office, issued["SXD"], tmp_path / "t.xlsx", **{**WHOLE, "HT01a": 2})
    assert (standing(small_office).standing, standing(small_office).file_name) == (Standing.RECEIVED, "t.xlsx")


def test_a_collection_says_whom_to_remind(small_office: Session, issued: dict[str, Path], tmp_path: Path) -> None:
    with small_office.operation("test", source="cli") as op:
        op.save(replace(small_office.unit("SYT"), contact_name="Bà Lan", contact_phone="0237", contact_email="l@a.vn"))
    at(small_office, 16)
    entry = {Entry(FIGURES_SHEET, "HT01a", Column.CURRENT): 3}
    (tmp_path / "r.xlsx").write_bytes(filled(issued["SXD"].read_bytes(), entry))
    book = openpyxl.load_workbook(issued["SYT"])
    for name in (FIGURES_SHEET,):
        book[name].delete_rows(1)
    book.save(tmp_path / "s.xlsx")
    plan = plan_collection(small_office, [tmp_path / "r.xlsx", tmp_path / "s.xlsx"])
    assert [item.refused for item in plan.files] == [False, True]
    (state,) = to_json(apply_collection(small_office, plan), Catalogue())["rounds"]
    assert state["missing"] == ["STC", "SYT"]
    first, second = state["missing_units"]
    assert (first["code"], first["contact"], first["refused_file"]) == ("STC", None, None)
    assert second == {
        "code": "SYT",
        "name": "Sở Y tế",
        "contact": "Bà Lan",
        "phone": "0237",
        "email": "l@a.vn",
        "standing": "late",
        "issued_at": "2017-12-01T05:00:00Z",
        "due_on": "2017-12-14",
        "days_late": 2,
        "refused_file": str(tmp_path / "s.xlsx"),
    }


def test_json_and_table_can_be_kept_to_the_late(small_office: Session, issued: dict[str, Path], tmp_path: Path) -> None:
    at(small_office, 16)
    send(small_office, issued["STC"], tmp_path / "r.xlsx", **WHOLE)
    (tmp_path / "s.xlsx").write_bytes(filled(issued["SYT"].read_bytes(), {Entry(FIGURES_SHEET, "HT01a", Column.CURRENT): 3}))
    assert plan_collection(small_office, [tmp_path / "s.xlsx"]).rounds[0].missing == ("SXD",)
    found = round_standing(small_office, "KH", "2017")
    shape = round_json(found)
    assert shape["round"] == {
        "plan": "KH",
        "form": "KH-Y",
        "period": "2017",
        "due_on": "2017-12-14",
        "issued": True,
        "expected": 3,
        "received": 1,
        "late": 2,
    }
    assert [item["standing"] for item in shape["units"]] == ["late", "received", "late"]
    assert [item["code"] for item in round_json(found, only_late=True)["units"]] == ["SXD", "SYT"]
    write_round(small_office, found, tmp_path / "o.xlsx", only_late=True)
    rows = list(openpyxl.load_workbook(tmp_path / "o.xlsx").worksheets[0].iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == ["SXD", "SYT"]
    assert rows[1][1] == "Sở Xây dựng"
    assert rows[1][9] == 2
    write_round(small_office, found, tmp_path / "o.xlsx", only_late=True)
    with pytest.raises(UserError, match="file_exists"):
        write_round(small_office, found, tmp_path / "o.xlsx")


def test_the_newest_workbook_counts(small_office: Session, issued: dict[str, Path], tmp_path: Path) -> None:
    assert issued
    at(small_office, 5)
    set_values(small_office, [Edit("SXD", "HT01a", "2017", "5", "")], "form")
    issue(small_office, "KH", "2017", tmp_path / "again", unit_codes=["SXD"])
    assert standing(small_office).issued_at == datetime(2017, 12, 5, 5, 0, tzinfo=UTC)


def test_wrong_codes_are_told(small_office: Session) -> None:
    for plan, period, code in (
        ("NO", "2017", "unknown_code"),
        ("KH", "2017-13", "not_a_period"),
        ("KH", "2017-01", "form_missing"),
    ):
        with pytest.raises(UserError, match=code):
            round_standing(small_office, plan, period)
