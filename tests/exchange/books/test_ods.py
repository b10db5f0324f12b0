"""What OpenDocument workbooks say in ways of their own: repeated cells and rows, remarks, styles by row and column."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.exchange.books.ods import read_ods
from desktop_app.exchange.refusal import Refused
from desktop_app.exchange.scanning.excel_sheets import MAX_ROW
from desktop_app.exchange.scanning.prescan import Scan
from desktop_app.exchange.workbook import Sheet

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "number": "datastyle",
        "svg": "svg-compatible",
        "fo": "xsl-fo-compatible",
    }.items()
)


def book(rows: str, styles: str = "", columns: str = "") -> Scan:
    content = (
        f"<office:document-content {NAMES}>{styles}<office:body><office:spreadsheet>"
        f'<table:table table:name="Số liệu">{columns}{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    return Scan("ods", members={"content.xml": content.encode()})


def read(rows: str, styles: str = "", columns: str = "") -> Sheet:
    (sheet,) = read_ods(book(rows, styles, columns))
    return sheet


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def cell(inside: str = "", **attributes: str) -> str:
    given = " ".join(f'{name.replace("__", ":").replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<table:table-cell {given}>{inside}</table:table-cell>"


def number(value: str, **attributes: str) -> str:
    return cell("<text:p>?</text:p>", office__value_type="float", office__value=value, **attributes)


def test_repeated_cells_and_rows_unfold_only_where_they_hold_something() -> None:
    sheet = read(
        row(cell(table__number_columns_repeated="2"), number("5", table__number_columns_repeated="3"))
        + row(cell(), attributes='table:number-rows-repeated="2"')
        + row(number("0.5"), cell(table__number_columns_repeated="16383"), attributes='table:number-rows-repeated="2"')
        + row(cell(), attributes='table:number-rows-repeated="1048000"')
    )
    empty = ["", "", "", "", ""]
    assert sheet.rows == [["", "", 5.0, 5.0, 5.0], empty, empty, [0.5, "", "", "", ""], [0.5, "", "", "", ""]]
    assert sheet.formats == {(3, 0): "", (4, 0): ""}


def test_repeated_findings() -> None:
    broken = cell("<text:p>#N/A</text:p>", table__formula="of:=NA()", office__value_type="string")
    uncounted = cell(table__formula="of:=A1", table__number_columns_repeated="2")
    sheet = read(row(broken, uncounted, attributes='table:number-rows-repeated="2"'))
    assert sheet.errors == {(0, 0): "#N/A", (1, 0): "#N/A"}
    assert sheet.uncalculated == {(0, 1), (0, 2), (1, 1), (1, 2)}


def test_what_was_calculated_and_what_was_not() -> None:
    sheet = read(
        row(
            cell(table__formula="of:=1", office__value_type="float"),
            cell("<text:p/>", table__formula="of:=&quot;&quot;", office__value_type="string", office__string_value=""),
            cell("<text:p>#DIV/0! là lỗi gì</text:p>", office__value_type="string"),
            cell("<text:p>Err:502</text:p>", table__formula="of:=A0", office__value_type="float", office__value="0"),
            cell("<text:p>TRUE</text:p>", table__formula="of:=1=1", office__value_type="float", office__value="1"),
            cell("<text:p>x</text:p>", office__value_type="boolean", office__boolean_value="false"),
        )
    )
    assert sheet.uncalculated == {(0, 0)}
    assert sheet.errors == {(0, 3): "Err:502"}
    assert sheet.rows == [["", "", "#DIV/0! là lỗi gì", "", True, False]]


def test_remarks_and_what_merged_areas_hide_are_not_read() -> None:
    remark = "<office:annotation><text:p>không phải số liệu</text:p></office:annotation>"
    hidden = "<table:covered-table-cell><text:p>ẩn</text:p></table:covered-table-cell>"
    sheet = read(row(cell(f"{remark}<text:p>số</text:p>", table__number_columns_spanned="2"), hidden, number("1")))
    assert sheet.rows == [["số", "", 1.0]]
    assert sheet.merges == [(0, 0, 0, 1)]


def test_texts_with_spaces_tabs_and_lines() -> None:
    text = 'a<text:s/><text:s text:c="2"/>b<text:tab/>c<text:line-break/><text:span>d<text:s/></text:span>e'
    assert read(row(cell(f"<text:p>{text}</text:p><text:p>f</text:p>"))).rows == [["a   b\tc\nd e\nf"]]


def test_days_and_hours() -> None:
    def moment(kind: str, value: str) -> str:
        return cell("<text:p>?</text:p>", office__value_type=kind, **{f"office__{kind}_value": value})

    sheet = read(
        row(
            moment("date", "2017-05-06"),
            moment("date", "0000-13-45"),
            moment("time", "PT07H30M00S"),
            moment("time", "PT99H99M00S"),
            moment("time", "-PT1H"),
        )
    )
    assert sheet.rows[0][0] == date(2017, 5, 6)
    assert str(sheet.rows[0][2]) == "07:30:00"
    assert sheet.rows[0][4] == "-PT1H"
    assert sheet.errors == {(0, 1): "#####", (0, 3): "#####"}


STYLES = (
    "<office:font-face-decls><style:font-face style:name='Old' svg:font-family=\"'.VnTime'\"/></office:font-face-decls>"
    "<office:automatic-styles>"
    '<number:percentage-style style:name="P"><number:number number:decimal-places="0"/></number:percentage-style>'
    '<number:number-style style:name="N"><number:number number:decimal-places="1"/></number:number-style>'
    '<number:number-style style:name="G"><number:number/></number:number-style>'
    '<style:default-style style:family="table-cell"><style:text-properties style:font-name="Arial"/></style:default-style>'
    '<style:style style:name="parent" style:family="table-cell"><style:text-properties style:font-name="Old"/></style:style>'
    '<style:style style:name="old" style:family="table-cell" style:parent-style-name="parent"/>'
    '<style:style style:name="loop" style:family="table-cell" style:parent-style-name="loop"/>'
    '<style:style style:name="per" style:family="table-cell" style:data-style-name="P"/>'
    '<style:style style:name="one" style:family="table-cell" style:data-style-name="N"/>'
    '<style:style style:name="any" style:family="table-cell" style:data-style-name="G"/>'
    '<style:style style:name="vni" style:family="text"><style:text-properties fo:font-family="VNI-Times"/></style:style>'
    "</office:automatic-styles>"
)


def test_styles_of_cells_rows_and_columns() -> None:
    text = "<text:p>chữ</text:p>"
    columns = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:default-cell-style-name="old"/><table:table-column/>'
    )
    sheet = read(
        row(cell(text), cell(text, table__style_name="old"), cell(text), cell(text, table__style_name="loop"), cell(text))
        + row(number("0.5"), number("0.5", table__style_name="one"), attributes='table:default-cell-style-name="per"')
        + row(number("0.5", table__style_name="any"), number("7", table__style_name="per")),
        STYLES,
        columns,
    )
    assert sheet.fonts == {(0, 1): ".VnTime", (0, 2): ".VnTime"}
    assert sheet.formats == {(1, 0): "0%", (1, 1): "0.0", (2, 0): "", (2, 1): "0%"}


def test_stretches_of_a_text() -> None:
    text = '<text:p>a<text:span text:style-name="vni">b<text:s/></text:span>c</text:p><text:p>d</text:p>'
    sheet = read(row(cell(text)), STYLES)
    assert sheet.rows == [["ab c\nd"]]
    assert sheet.runs == {(0, 0): [("a", "Arial"), ("b ", "VNI-Times"), ("c\nd", "Arial")]}


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (row(cell(table__number_columns_repeated="800"), number("1")), "workbook_cell_too_far"),
        (row(number("1", table__number_columns_repeated="800")), "workbook_cell_too_far"),
        (row(attributes='table:number-rows-repeated="30000"') + row(number("1")), "workbook_cell_too_far"),
        (row(number("1"), attributes='table:number-rows-repeated="30000"'), "workbook_cell_too_far"),
        (row(number("1", table__number_columns_repeated="0")), "file_damaged"),
        (row(number("1", table__number_columns_repeated="x")), "file_damaged"),
        (row(number("viết")), "file_damaged"),
        ("<table:table-row>", "file_damaged"),
    ],
)
def test_refusals(rows: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_ods(book(rows))
    assert refusal.value.code == code


def test_remarks_inside_a_text_are_none_of_it() -> None:
    style = (
        '<style:style style:name="cũ" style:family="table-cell"><style:text-properties style:font-name=".VnTime"/>'
        "</style:style>"
    )
    remark = "<office:annotation><text:p>góp ý</text:p></office:annotation>"
    sheet = read(row(cell(f"<text:p>KÕ {remark}ho¹ch</text:p>", table__style_name="cũ")), styles=style)
    assert (sheet.rows, sheet.fonts) == ([["KÕ ho¹ch"]], {(0, 0): ".VnTime"})


def test_a_text_that_only_its_attribute_tells() -> None:
    sheet = read(row(cell(office__value_type="string", office__string_value="trong thuộc tính")))
    assert sheet.rows == [["trong thuộc tính"]]


def test_stretches_within_stretches_keep_the_font_around_them() -> None:
    styles = (
        '<style:style style:name="cũ" style:family="text"><style:text-properties style:font-name=".VnTime"/></style:style>'
    )
    inner = '<text:span text:style-name="cũ">KÕ <text:span>ho¹ch</text:span></text:span>'
    sheet = read(row(cell(f"<text:p>{inner} 2017</text:p>")), styles=styles)
    assert sheet.runs == {(0, 0): [("KÕ ho¹ch", ".VnTime"), (" 2017", "")]}


def test_rows_that_go_on_beyond_any_return_are_refused() -> None:
    with pytest.raises(Refused) as refusal:
        read(row(number("5")) + row(number("5"), attributes=f'table:number-rows-repeated="{MAX_ROW}"'))
    assert (refusal.value.code, refusal.value.params) == ("workbook_cell_too_far", {"cell": f"A{MAX_ROW + 1}"})


def test_what_is_crossed_out() -> None:
    line = "<style:text-properties style:text-line-through-style="
    styles = (
        f'<style:style style:name="T1" style:family="text">{line}"solid"/></style:style>'
        f'<style:style style:name="T2" style:family="text">{line}"none"/></style:style>'
        f'<style:style style:name="ce1" style:family="table-cell">{line}"solid"/></style:style>'
    )
    corrected = '<text:p><text:span text:style-name="T1">1700</text:span>1800</text:p>'
    kept = '<text:p>1700<text:span text:style-name="T2">1800</text:span></text:p><text:p>x</text:p>'
    cells = (
        cell(corrected, table__number_columns_repeated="2"),
        cell(kept, table__style_name="ce1"),
        number("1700", table__style_name="ce1"),
        cell("<text:p>1800</text:p>"),
        cell(table__style_name="ce1"),
    )
    expected = {(0, 0): "1800", (0, 1): "1800", (0, 2): "1800", (0, 3): ""}
    assert read(row(*cells), styles).struck == expected
    assert read(row(*cells)).struck == {}
