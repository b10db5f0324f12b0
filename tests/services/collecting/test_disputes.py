"""Cells that two files of one unit, or two sheets of one workbook, answer differently: neither is taken, ever."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop_app.domain.entities import Return, Value
from desktop_app.domain.merge import Policy
from desktop_app.services.cells import FIGURE, CellKey
from desktop_app.services.collecting import CollectionResult, apply_collection, plan_collection
from desktop_app.services.issuing import issue
from desktop_app.services.session import Session
from desktop_app.text.catalogue import Catalogue

Figures = dict[str, Any]


def returned(source: Path, target: Path, figures: Figures, change: Callable[[Any], None] | None = None) -> Path:
    """Save a copy of an issued workbook with figures typed in."""
    book = openpyxl.load_workbook(source)
    for row in book["Số liệu"].iter_rows():
        if row[0].value in figures:
            row[4].value = figures[row[0].value]
    if change:
        change(book)
    target.parent.mkdir(exist_ok=True)
    book.save(target)
    return target


def collect(session: Session, *paths: Path, policy: Policy = Policy.NONBLANK) -> CollectionResult:
    return apply_collection(session, plan_collection(session, paths, policy))


def amounts(session: Session, *codes: str) -> list[int | None]:
    found = {item.element_id: item.amount for item in session.gateway.list(Value)}
    return [found.get(session.element(code).id) for code in codes]


def codes(result: CollectionResult, index: int = 0) -> list[str]:
    return [item.code for item in result.plan.files[index].issues if item.code != "form_partly_blank"]


@pytest.fixture
def issued(small_office: Session, tmp_path: Path) -> Path:
    return issue(small_office, "KH", "2017", tmp_path / "issued", unit_codes=["SXD"])[0].path


@pytest.mark.parametrize("policy", list(Policy))
def test_where_two_files_differ_neither_is_ever_taken(
    small_office: Session, issued: Path, tmp_path: Path, policy: Policy
) -> None:
    folder = tmp_path / "returned"
    returned(issued, folder / "SXD.xlsx", {"HT01a": 1540, "HT01b": 2000})
    returned(issued, folder / "SXD (1).xlsx", {"HT01a": 1999, "HT01b": 2000, "NB06a": 6})
    first = collect(small_office, folder, policy=policy)
    assert amounts(small_office, "HT01a", "HT01b", "NB06a") == [None, 2000, 6]
    assert first.plan.needs_attention
    assert [item.counts["conflict"] for item in first.plan.files] == [1, 1]
    assert [codes(first, index) for index in (0, 1)] == [["unit_twice", "files_differ"]] * 2
    for item in first.plan.files:
        (told,) = [found for found in item.issues if found.code == "files_differ"]
        assert (told.place.sheet, told.place.cell, told.place.item) == ("Số liệu", "E3", "HT01a")
        assert {told.params["file"], told.params["other"]} == {"SXD.xlsx", "SXD (1).xlsx"}
        assert all(shown in told.text(Catalogue()) for shown in ("1.540", "1.999", "SXD.xlsx", "SXD (1).xlsx"))
    for _ in range(3):
        again = collect(small_office, folder, policy=policy)
        assert again.operation_id is None
        assert again.plan.needs_attention
        assert amounts(small_office, "HT01a", "HT01b", "NB06a") == [None, 2000, 6]


def test_a_figure_already_taken_stays_when_a_second_file_differs(
    small_office: Session, issued: Path, tmp_path: Path
) -> None:
    first = returned(issued, tmp_path / "1.xlsx", {"HT01a": 3})
    collect(small_office, first)
    second = returned(issued, tmp_path / "2.xlsx", {"HT01a": 5})
    for _ in range(2):
        assert [item.counts["conflict"] for item in collect(small_office, first, second).plan.files] == [1, 1]
        assert amounts(small_office, "HT01a") == [3]
    collect(small_office, second)
    assert amounts(small_office, "HT01a") == [5]


def test_an_unreadable_cell_disputes_a_readable_one(small_office: Session, issued: Path, tmp_path: Path) -> None:
    first = returned(issued, tmp_path / "1.xlsx", {"HT01a": "nhiều"})
    second = returned(issued, tmp_path / "2.xlsx", {"HT01a": 5})
    result = collect(small_office, first, second)
    assert [item.counts["invalid"] for item in result.plan.files] == [1, 0]
    assert "files_differ" in codes(result, 1)
    assert amounts(small_office, "HT01a") == [None]


def test_files_that_agree_are_taken_once(small_office: Session, issued: Path, tmp_path: Path) -> None:
    first = returned(issued, tmp_path / "a" / "SXD.xlsx", {"HT01a": 3})
    second = returned(issued, tmp_path / "b" / "SXD.xlsx", {"HT01a": 3, "HT01b": 4})
    result = collect(small_office, first, second)
    assert [codes(result, index) for index in (0, 1)] == [["unit_twice_alike"]] * 2
    assert [(item.counts["new"], item.counts["unchanged"]) for item in result.plan.files] == [(1, 33), (1, 33)]
    assert result.plan.files[0].issues[0].params["other"] == str(second)
    assert not result.plan.needs_attention
    assert amounts(small_office, "HT01a", "HT01b") == [3, 4]
    assert collect(small_office, first, second).operation_id is None


def test_copies_of_one_file_count_as_one(small_office: Session, issued: Path, tmp_path: Path) -> None:
    first = returned(issued, tmp_path / "1.xlsx", {"HT01a": 3, "HT01b": "?"})
    result = collect(small_office, first, Path(shutil.copy(first, tmp_path / "2.xlsx")))
    assert codes(result, 1) == ["file_twice"]
    assert result.plan.files[1].counts["unchanged"] == 34
    assert small_office.gateway.count(Return) == 1


def test_two_sheets_that_differ(small_office: Session, issued: Path, tmp_path: Path) -> None:
    def repeat(book: Any) -> None:
        copy = book.copy_worksheet(book["Số liệu"])
        copy.title = "Số liệu_2"
        copy["E3"] = 7
        copy["E4"] = 4

    result = collect(small_office, returned(issued, tmp_path / "r.xlsx", {"HT01a": 3, "HT01b": 4}, repeat))
    assert codes(result) == ["sheets_differ"]
    told = result.plan.files[0].issues[0]
    assert (told.place.sheet, told.place.cell) == ("Số liệu", "E3")
    assert all(shown in told.text(Catalogue()) for shown in ("Số liệu", "Số liệu_2", "E3", "3", "7"))
    assert amounts(small_office, "HT01a", "HT01b") == [None, 4]
    assert result.plan.files[0].counts["conflict"] == 1


def test_two_tables_of_one_sheet_that_differ(small_office: Session, issued: Path, tmp_path: Path) -> None:
    def repeat(book: Any) -> None:
        sheet = book["Số liệu"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_col=7)]
        for at, values in enumerate(rows, start=sheet.max_row + 3):
            for column, value in enumerate(values, start=9):
                sheet.cell(at, column).value = value
            if values[0] == "HT01a":
                sheet.cell(at, 13).value = 7

    result = collect(small_office, returned(issued, tmp_path / "r.xlsx", {"HT01a": 3}, repeat))
    (told,) = [item for item in result.plan.files[0].issues if item.code == "tables_differ"]
    assert (told.place.cell, told.params["own_cell"], told.params["cell"][0]) == ("E3", "E3", "M")
    assert amounts(small_office, "HT01a") == [None]


def test_what_one_of_two_contrary_sheets_answers_alone_is_asked(small_office: Session, issued: Path, tmp_path: Path) -> None:
    def repeat(book: Any) -> None:
        copy = book.copy_worksheet(book["Số liệu"])
        copy.title = "Số liệu_2"
        copy["E3"] = 7
        copy["E4"] = 4

    result = collect(small_office, returned(issued, tmp_path / "r.xlsx", {"HT01a": 3, "NB06a": 5}, repeat))
    assert codes(result) == ["sheets_differ", "sheet_of_whom"]
    told = result.plan.files[0].issues[1]
    assert (told.place.sheet, told.place.cell) == ("Số liệu_2", "E4")
    assert (told.params["returned"], told.params["other"]) == ("4", "Số liệu")
    assert amounts(small_office, "HT01a", "HT01b", "NB06a") == [None, None, 5]


def test_a_plan_says_which_files_dispute_a_cell(small_office: Session, issued: Path, tmp_path: Path) -> None:
    figures = ({"HT01a": 1, "HT01b": 5}, {"HT01a": 2, "HT01b": 5}, {"HT01a": 3, "NB06a": 7})
    paths = [returned(issued, tmp_path / f"{at}.xlsx", item) for at, item in enumerate(figures)]
    plan = plan_collection(small_office, paths)
    (first, second, third) = plan.files
    key = CellKey(FIGURE, "HT01a", "value")
    assert [dict(item.rivals) for item in plan.files] == [
        {key: (second.name, third.name)},
        {key: (first.name, third.name)},
        {key: (first.name, second.name)},
    ]
    assert plan_collection(small_office, paths[:1]).files[0].rivals == {}


def test_two_sheets_that_agree_or_complete_each_other(small_office: Session, issued: Path, tmp_path: Path) -> None:
    def repeat(book: Any) -> None:
        copy = book.copy_worksheet(book["Số liệu"])
        copy.title = "Số liệu_2"
        copy["E4"] = 4

    path = returned(issued, tmp_path / "r.xlsx", {"HT01a": 3}, repeat)
    result = collect(small_office, path)
    assert codes(result) == []
    assert amounts(small_office, "HT01a", "HT01b") == [3, 4]
    assert collect(small_office, path).plan.files[0].counts["unchanged"] == 34
