"""What cells of returned workbooks mean where they are not plain: text in fonts from before Unicode."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from desktop_app.domain.entities import Deployment, Value
from desktop_app.domain.issues import Issue
from desktop_app.exchange.layout import FIGURES_SHEET, Column
from desktop_app.exchange.writing.filling import Entry, fill
from desktop_app.services.collecting import CollectionResult, apply_collection, plan_collection
from desktop_app.services.issuing import issue
from desktop_app.services.session import Session
from tests.text.old_fonts import in_tcvn3, in_vni

NOTE = ("Số liệu", "HT01a", "Giải trình")


def collected(session: Session, folder: Path, where: tuple[str, str, str], typed: str | date, font: str) -> CollectionResult:
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


@pytest.mark.parametrize("typed", ["có", "Zürich – Malmö", "Phục vụ Sở", "café"])
def test_what_is_not_in_that_font_is_what_it_is(small_office: Session, tmp_path: Path, typed: str) -> None:
    result = collected(small_office, tmp_path, NOTE, typed, ".VnTime")
    assert issues(result) == []
    (value,) = small_office.gateway.list(Value)
    assert value.note == typed


@pytest.mark.parametrize("font", [".VnTime", "Arial"])
def test_what_may_be_read_in_two_ways_is_asked(small_office: Session, tmp_path: Path, font: str) -> None:
    result = collected(small_office, tmp_path, NOTE, "Long Phó", font)
    (told,) = issues(result)
    assert told.code == "legacy_text_asked"
    assert (told.params["was"], told.params["first"], told.params["second"]) == ("Long Phó", "Long Phú", "Long Phó")
    assert small_office.gateway.list(Value) == []
    (merged,) = [item.merged for item in result.plan.files]
    assert merged is not None
    (change,) = merged.changes
    assert change.readings == ("Long Phú", "Long Phó")


@pytest.mark.parametrize(("beside", "asked"), [("Sở đã ban hành quy chế", 0), ("KÕ ho¹ch øng dông", 1), ("plan", 1)])
def test_what_may_be_read_in_two_ways_is_in_unicode_where_its_unit_writes_so(
    small_office: Session, tmp_path: Path, beside: str, asked: int
) -> None:
    (made,) = issue(small_office, "KH", "2017", tmp_path / "issued", unit_codes=["SXD"])
    entries = {
        Entry(FIGURES_SHEET, "HT01a", Column.NOTE): "Dùng chung",
        Entry(FIGURES_SHEET, "HT01b", Column.NOTE): beside,
    }
    (tmp_path / "returned.xlsx").write_bytes(fill(made.path.read_bytes(), entries))
    result = apply_collection(small_office, plan_collection(small_office, [tmp_path / "returned.xlsx"]))
    assert sum(item.code == "legacy_text_asked" for item in issues(result)) == asked
    notes = {value.note for value in small_office.gateway.list(Value)}
    assert ("Dùng chung" in notes) == (not asked)


@pytest.mark.parametrize("typed", ["KÕ ho¹ch øng dông", "Keá hoaïch öùng duïng"])
def test_text_that_has_lost_its_font_is_read_with_a_warning(small_office: Session, tmp_path: Path, typed: str) -> None:
    result = collected(small_office, tmp_path, NOTE, typed, "Arial")
    (told,) = issues(result)
    assert (told.code, told.params["was"], told.params["read"]) == ("legacy_text_guessed", typed, "Kế hoạch ứng dụng")
    assert str(told.severity) == "warning"
    (value,) = small_office.gateway.list(Value)
    assert value.note == "Kế hoạch ứng dụng"


def test_letters_in_pieces_are_put_together_and_told(small_office: Session, tmp_path: Path) -> None:
    result = collected(small_office, tmp_path, NOTE, unicodedata.normalize("NFD", "Số liệu của Sở"), "Arial")
    (told,) = issues(result)
    assert (told.code, told.params["read"]) == ("letters_in_pieces", "Số liệu của Sở")
    (value,) = small_office.gateway.list(Value)
    assert value.note == "Số liệu của Sở"


@pytest.mark.parametrize(
    ("where", "typed", "expected"),
    [
        (("Số liệu", "CS01a", "Kỳ này"), "cã", 1),
        (("Số liệu", "CS01a", "Kỳ này"), "Kh«ng", 0),
        (("Số liệu", "CS01a", "Kỳ này"), "coù", 1),
    ],
)
def test_the_grammar_settles_a_word_that_may_be_either(
    small_office: Session, tmp_path: Path, where: tuple[str, str, str], typed: str, expected: int
) -> None:
    result = collected(small_office, tmp_path, where, typed, "Arial")
    assert [item.code for item in issues(result)] == ["legacy_text_guessed"]
    (value,) = small_office.gateway.list(Value)
    assert value.amount == expected


@pytest.mark.parametrize(("typed", "font"), [("kh«ng ph¸t sinh", ".VnTime"), ("khoâng phaùt sinh", "Arial")])
def test_nothing_to_report_may_be_in_an_old_font(small_office: Session, tmp_path: Path, typed: str, font: str) -> None:
    collected(small_office, tmp_path, ("Số liệu", "HT01a", "Kỳ này"), typed, font)
    (value,) = small_office.gateway.list(Value)
    assert str(value.state) == "not_applicable"


def test_a_day_in_words_may_be_in_an_old_font(small_office: Session, tmp_path: Path) -> None:
    collected(small_office, tmp_path, ("Số liệu", "CS02a", "Kỳ này"), "ngµy 05 th¸ng 3 n¨m 2017", ".VnTime")
    (value,) = small_office.gateway.list(Value)
    assert value.text == "2017-03-05"


def test_a_word_that_is_in_no_list_is_refused_as_it_reads(small_office: Session, tmp_path: Path) -> None:
    result = collected(small_office, tmp_path, ("Hệ thống", "QLVB", "Tình trạng"), "®· háng", ".VnTime")
    assert {item.code for item in issues(result)} == {"legacy_font_read", "status_unknown"}
    assert small_office.gateway.list(Deployment) == []


def test_a_figure_in_an_old_font_is_a_figure(small_office: Session, tmp_path: Path) -> None:
    result = collected(small_office, tmp_path, ("Số liệu", "HT01a", "Kỳ này"), "1.210", ".VnTime")
    assert issues(result) == []
    (value,) = small_office.gateway.list(Value)
    assert value.amount == 1210


def converted(source: Path, target: Path, convert: Callable[[str], str], font: str) -> None:
    """Convert every text of a workbook, its sheets' names too, as converters of the time did, and set it in a font."""
    book = openpyxl.load_workbook(source)
    for sheet in book.worksheets:
        if sheet.title == "_meta":
            continue
        for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)):
            cell.value = convert(cell.value)
            cell.font = Font(name=font)
        sheet.title = convert(sheet.title)
    book.save(target)


@pytest.mark.parametrize(
    ("convert", "font"), [(in_tcvn3, ".VnTime"), (in_vni, "VNI-Times"), (in_tcvn3, "Arial"), (in_vni, "Arial")]
)
def test_a_workbook_that_was_converted_as_a_whole_is_read_as_it_is(
    small_office: Session, tmp_path: Path, convert: Callable[[str], str], font: str
) -> None:
    (made,) = issue(small_office, "KH", "2017", tmp_path / "issued", unit_codes=["SXD"])
    entries = {
        Entry("Số liệu", "HT01a", Column.CURRENT): 210,
        Entry("Số liệu", "NB06a", Column.CURRENT): "không phát sinh",
        Entry("Số liệu", "HT01a", Column.NOTE): "Kế hoạch ứng dụng của đơn vị",
        Entry("Hệ thống", "QLVB", Column.STATUS): "đang sử dụng",
    }
    filled = tmp_path / "filled.xlsx"
    filled.write_bytes(fill(made.path.read_bytes(), entries))
    converted(filled, tmp_path / "returned.xlsx", convert, font)
    result = apply_collection(small_office, plan_collection(small_office, [tmp_path / "returned.xlsx"]))
    (file,) = result.plan.files
    assert not file.refused
    told = [item.code for item in issues(result)]
    assert "locked_cell_edited" not in told
    assert told.count("legacy_sheet_read") == 3
    values = {value.element_id: value for value in small_office.gateway.list(Value)}
    assert {(value.amount, str(value.state), value.note) for value in values.values()} == {
        (210, "value", "Kế hoạch ứng dụng của đơn vị"),
        (None, "not_applicable", None),
    }
    (row,) = small_office.gateway.list(Deployment)
    assert str(row.status) == "in_use"


def test_a_day_where_a_figure_belongs_is_asked(small_office: Session, tmp_path: Path) -> None:
    """Excel makes a day of "5/6"; nobody knows whether it was one."""
    result = collected(small_office, tmp_path, ("Số liệu", "HT01a", "Kỳ này"), date(2017, 6, 5), "Arial")
    (told,) = issues(result)
    assert (told.code, told.params, told.place.cell) == ("figure_is_day", {"day": date(2017, 6, 5)}, "E3")
    assert small_office.gateway.list(Value) == []
