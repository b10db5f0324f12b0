"""Fonts from before Unicode: found per cell and per stretch of a text, whatever program wrote the workbook."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from desktop_app.exchange.books.fonts import add_fonts, note_fonts
from desktop_app.exchange.scanning.font_names import names_old_fonts
from desktop_app.exchange.scanning.prescan import scan
from desktop_app.exchange.workbook import Sheet

STYLES = (
    b'<styleSheet><fonts count="3"><font><name val="Arial"/></font><font><sz val="11"/><name val=".VnTime"/></font>'
    b'<font/></fonts><cellStyleXfs><xf fontId="1"/></cellStyleXfs>'
    b'<cellXfs><xf fontId="0"/><xf numFmtId="0" fontId="1"/><xf fontId="2"/><xf/></cellXfs></styleSheet>'
)
STRINGS = (
    b"<sst><si><t>K\xc3\x95 ho\xc2\xb9ch</t></si>"
    b'<si><r><rPr><rFont val=".VnTimeH"/></rPr><t>s</t></r>'
    b'<r><rPr><rFont val=".VnTime"/></rPr><t xml:space="preserve">\xc3\xab '
    b"</t></r><r><rPr><rFont val='Arial'/></rPr><t>A &amp; B</t></r></si><si/>"
    b'<si><r><t>c\xc3\xa3 </t></r><r><rPr><b/></rPr><t>A</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si></sst>'
)


def fonts_of(cells: bytes, *rows: list[object], styles: bytes = STYLES, strings: bytes = STRINGS) -> Sheet:
    sheet = Sheet("S", [list(row) for row in rows])
    add_fonts([sheet], {"S": b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"}, styles, strings)
    return sheet


def test_the_font_of_a_cell_comes_from_its_style() -> None:
    cells = (
        b'<row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" t="s"><v>0</v></c><c r="C1" s="2" t="s"><v>0</v></c></row>'
    )
    sheet = fonts_of(cells, ["KÕ ho¹ch"] * 3)
    assert (sheet.fonts, sheet.runs) == ({(0, 0): ".VnTime"}, {})


@pytest.mark.parametrize("kind", [b"str", b"inlineStr"])
def test_every_kind_of_text_has_the_font_of_its_style(kind: bytes) -> None:
    sheet = fonts_of(b'<row r="2"><c r="A2" s="1" t="' + kind + b'"><is><t>x</t></is></c></row>', [], ["x"])
    assert sheet.fonts == {(1, 0): ".VnTime"}


@pytest.mark.parametrize("style", [b"3", b"9", b"x"])
def test_a_style_that_names_no_font_has_none(style: bytes) -> None:
    assert fonts_of(b'<row r="1"><c r="A1" s="' + style + b'" t="s"><v>0</v></c></row>', ["KÕ ho¹ch"]).fonts == {}


def test_numbers_have_no_font() -> None:
    assert fonts_of(b'<row r="1"><c r="A1" s="1"><v>7</v></c></row>', [7.0]).fonts == {}


def test_stretches_of_a_shared_string() -> None:
    sheet = fonts_of(b'<row r="1"><c r="A1" t="s"><v>1</v></c></row>', ["së A & B"])
    assert sheet.runs == {(0, 0): [("s", ".VnTimeH"), ("ë ", ".VnTime"), ("A & B", "Arial")]}


def test_stretches_without_a_font_have_that_of_the_cell() -> None:
    assert fonts_of(b'<row r="1"><c r="A1" s="1" t="s"><v>3</v></c></row>', ["cã A"]).fonts == {(0, 0): ".VnTime"}


@pytest.mark.parametrize("number", [b"<v>2</v>", b"<v>9</v>", b"<v>x</v>", b""])
def test_a_cell_without_such_a_string_has_the_font_of_its_style(number: bytes) -> None:
    sheet = fonts_of(b'<row r="1"><c r="A1" s="1" t="s">' + number + b"</c></row>", ["cã"])
    assert (sheet.fonts, sheet.runs) == ({(0, 0): ".VnTime"}, {})


def test_stretches_without_a_text_are_none() -> None:
    strings = (
        b'<sst><si><r><rPr><rFont val="Arial"/></rPr></r><r><rPr><rFont val=".VnTime"/></rPr><t>s\xc3\xab</t></r></si></sst>'
    )
    sheet = fonts_of(b'<row r="1"><c r="A1" t="s"><v>0</v></c></row>', ["së"], strings=strings)
    assert (sheet.fonts, sheet.runs) == ({(0, 0): ".VnTime"}, {})


def test_stretches_that_are_not_the_text_do_not_count() -> None:
    sheet = fonts_of(b'<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>1</v></c></row>', ["another text"])
    assert (sheet.fonts, sheet.runs) == ({}, {})


def test_a_sheet_or_styles_that_are_not_there() -> None:
    sheet = Sheet("S", [["x"]])
    add_fonts([sheet], {}, b"", b"")
    assert sheet.fonts == {}
    assert fonts_of(b'<c t="s"><v>0</v></c>', ["KÕ ho¹ch"], styles=b"", strings=b"").fonts == {}


def test_names_and_texts_are_decoded() -> None:
    strings = b'<x:sst><x:si><x:r><x:rPr><x:rFont val="VNI-Times&amp;Co"/></x:rPr><x:t>a_x00AD_b</x:t></x:r></x:si></x:sst>'
    cells = b'<x:row><x:c t="s"><x:v>0</x:v></x:c></x:row>'
    assert fonts_of(cells, ["a\u00adb"], strings=strings).fonts == {(0, 0): "VNI-Times&Co"}


def test_fonts_of_today_are_not_kept() -> None:
    sheet = Sheet("S", [["x"]])
    note_fonts(sheet, (0, 0), "Arial", [("a", "Times New Roman"), ("b", "Arial")])
    assert (sheet.fonts, sheet.runs) == ({}, {})


def test_workbooks_that_openpyxl_writes() -> None:
    book = openpyxl.Workbook()
    ours = book.active
    ours["A1"] = "Së"
    ours["A1"].font = Font(name=".VnTimeH")
    ours["B2"] = CellRichText(TextBlock(InlineFont(rFont=".VnTime"), "Së "), "Tài chính")
    ours["C3"] = "Sở"
    saved = io.BytesIO()
    book.save(saved)
    found = scan(saved.getvalue())
    assert found.legacy_fonts
    sheet = Sheet("Sheet", [["Së", "", ""], ["", "Së Tài chính", ""], ["", "", "Sở"]])
    parts = found.members
    texts = {"Sheet": parts["xl/worksheets/sheet1.xml"]}
    add_fonts([sheet], texts, parts["xl/styles.xml"], parts.get("xl/sharedStrings.xml", b""))
    assert sheet.fonts == {(0, 0): ".VnTimeH"}
    assert sheet.runs == {(1, 1): [("Së ", ".VnTime"), ("Tài chính", "Calibri")]}


@pytest.mark.parametrize(
    ("styles", "strings", "sheet", "expected"),
    [
        (STYLES, b"", b"", True),
        (b'<font><name val="VNI-Helve"/></font>', b"", b"", True),
        (b"<name val=' .vnArial'/>", b"", b"", True),
        (b'<name val="Vnfont"/>', b"<t>.VnTime VNI-Times</t>", b"<t>rFont</t>", False),
        (b'<numFmt formatCode="VNI-0"/>', b"", b"", False),
        (b"", STRINGS, b"", True),
        (b"", b"", b'<is><r><rPr><rFont val="VNI-Times"/></rPr><t>x</t></r></is>', True),
        (b"", b"", b"", False),
    ],
)
def test_workbooks_that_name_such_fonts(styles: bytes, strings: bytes, sheet: bytes, expected: bool) -> None:
    assert names_old_fonts(styles, strings, [sheet]) is expected
