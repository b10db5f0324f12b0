"""Which cell of the form an issue of a returned file is about, wherever the unit moved it, and what stands there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.entities import ValueState
from desktop_app.domain.issues import Issue, Place
from desktop_app.domain.merge import Merge
from desktop_app.domain.values import Answer
from desktop_app.services.cells import FIGURE, SYSTEM, TASK, CellKey
from desktop_app.services.collecting.desk import RoundDesk, UnitDesk
from desktop_app.services.collecting.merging import CellChange, MergedForm
from desktop_app.services.collecting.sent_cells import CODE, SentCells
from desktop_app.services.issuing import issue
from desktop_app.services.session import Session

HT01A, NOTE = CellKey(FIGURE, "HT01a", "value"), CellKey(FIGURE, "HT01a", "note")
USERS = CellKey(SYSTEM, "QLVB", "users")


@pytest.fixture
def desk(small_office: Session, tmp_path: Path) -> UnitDesk:
    issue(small_office, "KH", "2017", tmp_path / "o", unit_codes=["SXD"])
    return RoundDesk(small_office, small_office.plan("KH"), "2017").unit(small_office.unit("SXD"))


def change(key: CellKey, sheet: str, cell: str) -> CellChange:
    return CellChange(key, sheet, cell, Merge.NEW, None, None, None, None, False, (), "SXD")


def told(sheet: str, cell: str, item: str, code: str = "figure_unreadable", **params: Any) -> Issue:
    return Issue(code, params, Place("", sheet, cell, "SXD", item))


def sent(desk: UnitDesk, *changes: CellChange, issues: tuple[Issue, ...] = (), read: Any = None) -> SentCells:
    return SentCells(MergedForm(changes=list(changes), read=read or {}), desk, issues)


def test_a_cell_that_differs_is_known_by_its_address(desk: UnitDesk) -> None:
    """Two tables of one kind on one sheet: the letter alone would say the wrong column."""
    cells = sent(desk, change(NOTE, "A", "E3"), change(HT01A, "A", "E40"))
    assert cells.key_of(told("A", "E3", "HT01a")) == NOTE
    assert cells.key_of(told("A", "E40", "ht01A")) == HT01A


def test_other_cells_are_known_by_their_column(desk: UnitDesk) -> None:
    cells = sent(desk, change(HT01A, "Bảng", "H3"), change(USERS, "Bảng", "C9"))
    assert cells.key_of(told("Bảng", "H7", "NB06a")) == CellKey(FIGURE, "NB06a", "value")
    assert cells.key_of(told("Bảng", "C12", "MC")) == CellKey(SYSTEM, "MC", "users")
    assert cells.key_of(told("Số liệu", "F7", "NB06a")) == CellKey(FIGURE, "NB06a", "note")
    assert cells.key_of(told("nhiệm  VỤ", "E2", "NV01")) == CellKey(TASK, "NV01", "percent")
    assert cells.key_of(told("Lạ", "C2", "QLVB")) == CellKey(SYSTEM, "QLVB", "status")
    assert cells.key_of(told("Số liệu", "Z7", "NB06a")) == CellKey(FIGURE, "NB06a", CODE)


def test_what_the_unit_is_not_asked_is_no_cell_of_the_form(desk: UnitDesk) -> None:
    cells = sent(desk, change(HT01A, "Số liệu", "E3"))
    for found in (told("Số liệu", "E9", "XX99"), told("Số liệu", "E9", "QLVB"), told("", "", ""), told("Số liệu", "", "")):
        assert cells.key_of(found) is None
        assert cells.stood(told("", "", "")) == ""


def test_rows_and_elements_without_a_cell(desk: UnitDesk) -> None:
    cells = sent(desk, change(HT01A, "Số liệu", "E3"))
    assert cells.key_of(told("Số liệu", "E3", "HT01a", "locked_cell_edited")) == HT01A._replace(field=CODE)
    assert cells.key_of(told("Số liệu", "", "HT01a", "row_missing")) == HT01A._replace(field=CODE)
    assert cells.key_of(told("", "", "HT01a")) == HT01A


def test_what_stands_there(desk: UnitDesk) -> None:
    unread = told("Số liệu", "E3", "HT01a", typed="nhiều")
    moved = told("Số liệu", "E5", "NB06a", "figure_under_previous", typed="7")
    disputed = told("Số liệu", "E6", "NB06b", "sheets_differ", returned="12")
    b = CellKey(FIGURE, "HT01b", "value")
    cells = sent(desk, issues=(unread, moved, disputed), read={b: Answer(ValueState.VALUE, 1500)})
    assert (cells.typed(HT01A), cells.typed(HT01A._replace(code="NB06a")), cells.typed(NOTE)) == ("nhiều", "", "")
    assert cells.typed(HT01A._replace(code="NB06b")) == "12"
    assert (cells.content(b), cells.content(HT01A)) == (Answer(ValueState.VALUE, 1500), None)
    assert (cells.stood(unread), cells.stood(moved), cells.stood(disputed)) == ("nhiều", "7", "12")
    assert cells.stood(told("Số liệu", "E4", "HT01b", "share_above_whole")) == "1.500"
    assert cells.stood(told("Số liệu", "B4", "HT01b", "locked_cell_edited", shown="x")) == "x"
    assert cells.stood(told("Số liệu", "", "HT01b", "row_missing")) == ""
