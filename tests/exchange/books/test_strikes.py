"""Answers that are crossed out, whole or in part, are found in every format; what is left is kept beside them."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from desktop_app.exchange.books.strikes import add_strikes, names_strikes, note_strikes
from desktop_app.exchange.books.xlsx import read_xlsx
from desktop_app.exchange.scanning.prescan import scan
from desktop_app.exchange.workbook import Address, Sheet

STRUCK = TextBlock(InlineFont(strike=True), "1700")


def struck(*cells: object, font: Font | None = None) -> dict[Address, str]:
    book = openpyxl.Workbook()
    for column, value in enumerate(cells, start=1):
        cell = book.active.cell(1, column, value)
        if font is not None:
            cell.font = font
    target = io.BytesIO()
    book.save(target)
    (sheet,) = read_xlsx(scan(target.getvalue()))
    return sheet.struck


def test_a_stretch_that_is_crossed_out_is_left_out() -> None:
    assert struck("x", CellRichText(STRUCK, "1800"), 5) == {(0, 1): "1800"}
    assert struck(CellRichText("1800 ", STRUCK)) == {(0, 0): "1800"}
    assert struck(CellRichText(TextBlock(InlineFont(b=True), "17"), "00")) == {}


def test_a_cell_that_is_crossed_out_has_nothing_left() -> None:
    assert struck(1700, "có", font=Font(strike=True)) == {(0, 0): "", (0, 1): ""}
    assert struck(1700, font=Font(strike=False)) == {}


def test_a_stretch_with_a_look_of_its_own_is_not_that_of_its_cell() -> None:
    block = TextBlock(InlineFont(b=True), "1800")
    assert struck(CellRichText("1700", block), font=Font(strike=True)) == {(0, 0): "1800"}


def test_strings_of_several_stretches_that_are_in_the_cell_itself() -> None:
    runs = b'<r><rPr><strike val="1"/></rPr><t>1700</t></r><r><rPr><b/></rPr><t>1800</t></r>'
    cell = b'<c r="A1" t="inlineStr"><is>' + runs + b"</is></c>"
    for read, left in (
        ("17001800", "1800"),
        ("1700 1800", ""),
    ):  # stretches that are not the text that was read tell nothing
        sheet = Sheet("S", [[read]])
        add_strikes([sheet], {"S": b"<sheetData><row>" + cell + b"</row></sheetData>"}, b"", b"")
        assert sheet.struck == {(0, 0): left}


def test_a_space_that_is_crossed_out_changes_nothing() -> None:
    sheet = Sheet("S", [["1800 "]])
    note_strikes(sheet, (0, 0), [("1800", False), (" ", True)])
    assert sheet.struck == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"<font><strike/></font>", True),
        (b'<font><x:strike val="true" /></font>', True),
        (b'<font><strike val="0"/></font>', False),
        (b"<font><strike val='false'/></font>", False),
        (b"<t>strike</t>", False),
    ],
)
def test_workbooks_that_cross_something_out(text: bytes, expected: bool) -> None:
    assert names_strikes([b"<styles/>", text]) is expected
