"""What a workbook that has lost ``_meta`` is held against: what the round asks, and what that is called."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop_app.domain.entities import Value, ValueState
from desktop_app.services.collecting import plan_collection
from desktop_app.services.collecting.plan import FilePlan
from desktop_app.services.issuing import issue
from desktop_app.services.session import Session

FIGURES = "Số liệu"


def planned(session: Session, folder: Path, change: Callable[[Any], None], *, has_meta: bool = False) -> FilePlan:
    """Plan a workbook with one figure per row, changed, and without its hidden sheet."""
    (made,) = issue(session, "KH", "2017", folder / "issued", unit_codes=["SXD"])
    book = openpyxl.load_workbook(made.path)
    if not has_meta:
        del book["_meta"]
    for row in book[FIGURES].iter_rows(min_row=2):
        if row[0].value and row[0].value[:2] in {"HT", "NB"}:
            row[4].value = row[0].row
    change(book)
    book.save(folder / "returned.xlsx")
    (item,) = plan_collection(session, [folder / "returned.xlsx"]).files
    return item


def places(item: FilePlan, code: str) -> list[tuple[str, str, str]]:
    return [(found.place.sheet, found.place.cell, found.place.item) for found in item.issues if found.code == code]


def row_of(book: Any, code: str) -> int:
    return next(cell.row for (cell,) in book[FIGURES].iter_rows(max_col=1) if cell.value == code)


def test_rows_that_are_gone_are_listed(small_office: Session, tmp_path: Path) -> None:
    item = planned(small_office, tmp_path, lambda book: book[FIGURES].delete_rows(row_of(book, "NB06a")))
    assert places(item, "row_missing") == [(FIGURES, "", "NB06a")]


def test_rows_that_are_gone_are_listed_once(small_office: Session, tmp_path: Path) -> None:
    item = planned(small_office, tmp_path, lambda book: book[FIGURES].delete_rows(row_of(book, "NB06a")), has_meta=True)
    assert places(item, "row_missing") == [(FIGURES, "", "NB06a")]


def test_a_sheet_that_is_gone_lists_no_rows(small_office: Session, tmp_path: Path) -> None:
    item = planned(small_office, tmp_path, lambda book: book.remove(book["Nhiệm vụ"]))
    assert places(item, "row_missing") == []
    assert places(item, "sheet_missing") == [("Nhiệm vụ", "", "")]


def test_codes_that_changed_places_are_not_obeyed(small_office: Session, tmp_path: Path) -> None:
    def swap(book: Any) -> None:
        rows = [row_of(book, code) for code in ("HT01a", "HT01b")]
        for number, code in zip(rows, ("ht01B", "HT01a"), strict=True):
            book[FIGURES].cell(number, 1).value = code

    item = planned(small_office, tmp_path, swap)
    assert [cell for _sheet, cell, _item in places(item, "row_mixed")] == ["E3", "E4"]
    assert {key.code for key in item.merged.wrote} == {"NB06a", "NB06b"}
    (first, _second) = [found for found in item.issues if found.code == "row_mixed"]
    assert first.params == {"code": "HT01b", "other": "HT01a"}


def test_definitions_tell_where_the_names_are_gone(small_office: Session, tmp_path: Path) -> None:
    def swap(book: Any) -> None:
        rows = [row_of(book, code) for code in ("HT01a", "HT01b")]
        for number, code in zip(rows, ("HT01b", "HT01a"), strict=True):
            book[FIGURES].cell(number, 1).value = code
        book[FIGURES].delete_cols(2)

    item = planned(small_office, tmp_path, swap)
    assert [cell for _sheet, cell, _item in places(item, "row_mixed")] == ["D3", "D4"]


@pytest.mark.parametrize("has_meta", [True, False])
def test_a_second_row_of_one_name_that_lost_its_code(small_office: Session, tmp_path: Path, *, has_meta: bool) -> None:
    """Which of the two is meant is not sure, so the row that still has its code is not taken either."""

    def repeat(book: Any) -> None:
        number = row_of(book, "NB06a")
        book[FIGURES].insert_rows(number + 1)
        for column in range(1, 8):
            book[FIGURES].cell(number + 1, column).value = book[FIGURES].cell(number, column).value
        book[FIGURES].cell(number, 1).value = None
        book[FIGURES].cell(number + 1, 5).value = 999

    item = planned(small_office, tmp_path, repeat, has_meta=has_meta)
    assert len(places(item, "row_without_code")) == 1
    assert [code for _sheet, _cell, code in places(item, "code_twice")] == ["NB06a"]


def test_a_name_that_was_shortened_is_no_other_name(small_office: Session, tmp_path: Path) -> None:
    def shorten(book: Any) -> None:
        book[FIGURES].cell(row_of(book, "HT01a"), 2).value = "Tổng số"

    item = planned(small_office, tmp_path, shorten)
    assert len(item.merged.wrote) == 4
    assert places(item, "row_mixed") == []


def with_last_year(session: Session) -> None:
    with session.operation("value.set", source="form") as op:
        for number, code in enumerate(("HT01a", "HT01b", "NB06a", "NB06b"), start=1):
            unit, element = session.unit("SXD").id, session.element(code).id
            row = Value(unit_id=unit, element_id=element, period="2016", state=ValueState.VALUE, amount=1000 * number)
            op.save(row)


@pytest.mark.parametrize(("count", "is_taken"), [(2, True), (3, False)])
def test_a_table_with_another_last_year_is_not_taken(
    small_office: Session, tmp_path: Path, count: int, *, is_taken: bool
) -> None:
    with_last_year(small_office)

    def paste(book: Any) -> None:
        for code in ("HT01a", "HT01b", "NB06a")[:count]:
            book[FIGURES].cell(row_of(book, code), 4).value += 1

    for has_meta in (False, True):
        item = planned(small_office, tmp_path, paste, has_meta=has_meta)
        assert [found.code for found in item.issues].count("table_pasted_over") == (0 if is_taken else 4)
        assert len(item.merged.wrote) == (4 if is_taken else 0)


def test_a_figure_typed_under_last_year_is_told(small_office: Session, tmp_path: Path) -> None:
    with_last_year(small_office)

    def move(book: Any) -> None:
        cells = [book[FIGURES].cell(row_of(book, "HT01a"), column) for column in (4, 5)]
        cells[0].value, cells[1].value = 77, None

    item = planned(small_office, tmp_path, move)
    assert places(item, "figure_under_previous") == [(FIGURES, "E3", "HT01a")]
    assert len(item.merged.wrote) == 3


def test_a_figure_that_is_left_blank_beside_last_years_is_no_misplaced_one(small_office: Session, tmp_path: Path) -> None:
    """Neither where Kỳ trước is as it was issued, nor where it was emptied."""
    with_last_year(small_office)

    def clear(book: Any) -> None:
        book[FIGURES].cell(row_of(book, "HT01a"), 5).value = None
        for column in (4, 5):
            book[FIGURES].cell(row_of(book, "HT01b"), column).value = None

    item = planned(small_office, tmp_path, clear)
    assert places(item, "figure_under_previous") == []
    assert {key.code for key in item.merged.wrote} == {"NB06a", "NB06b"}


@pytest.mark.parametrize("has_meta", [True, False])
def test_a_whole_column_typed_under_last_year_is_told(small_office: Session, tmp_path: Path, *, has_meta: bool) -> None:
    """So many changed figures make the table look pasted; yet what was typed must not be lost without a word."""
    with_last_year(small_office)
    codes = ("HT01a", "HT01b", "NB06a")

    def move(book: Any) -> None:
        for code in codes:
            cells = [book[FIGURES].cell(row_of(book, code), column) for column in (4, 5)]
            cells[0].value, cells[1].value = 77, None

    item = planned(small_office, tmp_path, move, has_meta=has_meta)
    assert [code for _sheet, _cell, code in places(item, "figure_under_previous")] == list(codes)


def test_a_unit_of_measure_that_was_changed_is_told_at_its_cell(small_office: Session, tmp_path: Path) -> None:
    cells: list[str] = []

    def change(book: Any) -> None:
        changed, capitals = (book[FIGURES].cell(row_of(book, code), 3) for code in ("HT01a", "HT01b"))
        changed.value, capitals.value = "nghìn người", capitals.value.upper()
        cells.append(changed.coordinate)

    item = planned(small_office, tmp_path, change)
    assert places(item, "locked_cell_edited") == [(FIGURES, cells[0], "HT01a")]
