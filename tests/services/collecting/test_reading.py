"""What cells of returned workbooks mean where they are not plain: text in fonts from before Unicode."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from desktop_app.domain.entities import Deployment, Value
from desktop_app.domain.issues import Issue
from desktop_app.services.collecting import CollectionResult, apply_collection, plan_collection
from desktop_app.services.issuing import issue
from desktop_app.services.session import Session

NOTE = ("Số liệu", "HT01a", "Giải trình")


def collected(session: Session, folder: Path, where: tuple[str, str, str], typed: str, font: str) -> CollectionResult:
    """Issue a workbook, type into one cell of it in a font, and collect it."""
    sheet, code, header = where
    (made,) = issue(session, "KH", "2017", folder / "issued", unit_codes=["SXD"])
    book = openpyxl.load_workbook(made.path)
    column = next(cell.column for cell in book[sheet][1] if cell.value == header)
    row = next(cell.row for (cell,) in book[sheet].iter_rows(max_col=1) if cell.value == code)
    book[sheet].cell(row, column).value = typed
    book[sheet].cell(row, column).font = Font(name=font)
    book.save(folder / "returned.xlsx")
    return apply_collection(session, plan_collection(session, [folder / "returned.xlsx"]))


def issues(result: CollectionResult) -> list[Issue]:
    """Return what is told, but for figures that are not answered yet."""
    return [item for item in result.plan.files[0].issues if not item.code.endswith("_blank")]


@pytest.mark.parametrize(
    ("typed", "font"),
    [("KÕ ho¹ch øng dông", ".VnTime"), ("Keá hoaïch öùng duïng", "VNI-Times")],
)
def test_text_in_an_old_font_is_read_and_told(small_office: Session, tmp_path: Path, typed: str, font: str) -> None:
    result = collected(small_office, tmp_path, NOTE, typed, font)
    (told,) = issues(result)
    assert (told.code, told.params["read"], told.place.item) == ("legacy_font_read", "Kế hoạch ứng dụng", "HT01a")
    assert told.place.sheet == "Số liệu"
    assert told.place.cell.startswith("F")
    (value,) = small_office.gateway.list(Value)
    assert value.note == "Kế hoạch ứng dụng"


def test_a_word_of_a_list_may_be_in_an_old_font(small_office: Session, tmp_path: Path) -> None:
    collected(small_office, tmp_path, ("Hệ thống", "QLVB", "Tình trạng"), "§ang sö dông", ".VnTime")
    (row,) = small_office.gateway.list(Deployment)
    assert str(row.status) == "in_use"


def test_new_text_in_an_old_font_is_what_it_is(small_office: Session, tmp_path: Path) -> None:
    result = collected(small_office, tmp_path, NOTE, "Kế hoạch của Sở", "VNI-Times")
    assert issues(result) == []
    (value,) = small_office.gateway.list(Value)
    assert value.note == "Kế hoạch của Sở"


@pytest.mark.parametrize("typed", ["có", "Zürich – Malmö"])
def test_what_may_not_be_in_that_font_is_refused(small_office: Session, tmp_path: Path, typed: str) -> None:
    result = collected(small_office, tmp_path, NOTE, typed, ".VnTime")
    assert [item.code for item in issues(result)] == ["legacy_font"]
    assert small_office.gateway.list(Value) == []


def test_a_figure_in_an_old_font_is_a_figure(small_office: Session, tmp_path: Path) -> None:
    result = collected(small_office, tmp_path, ("Số liệu", "HT01a", "Kỳ này"), "1.210", ".VnTime")
    assert issues(result) == []
    (value,) = small_office.gateway.list(Value)
    assert value.amount == 1210
