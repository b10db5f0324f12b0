"""Where the cells of a sheet stand, however its rows and cells are written."""

from __future__ import annotations

import pytest

from desktop_app.exchange.refusal import Refused
from desktop_app.exchange.scanning import excel_sheets
from desktop_app.exchange.scanning.excel_sheets import SheetScan, check_cells, scan_sheet, walk

CELL = b'<c r="%s"><v>1</v></c>'


def sheet(rows: bytes) -> bytes:
    return b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"


def refusal(rows: bytes) -> str:
    with pytest.raises(Refused) as found:
        scan_sheet(sheet(rows))
    return found.value.code


def walked(rows: bytes) -> SheetScan:
    found = SheetScan(sheet(rows))
    walk(found)
    return found


@pytest.mark.parametrize(
    ("rows", "area"),
    [
        (b"", 0),
        (b'<row r="3">' + CELL % b"B3" + b"</row>", 6),
        (b"<row><c><v>1</v></c><c><v>1</v></c></row><row><c><v>1</v></c></row>", 4),
        (b'<row r="5"/><row><c/><c><v>1</v></c></row>', 12),
        (b'<row r="2">' + CELL % b"D2" + b"<c><v>1</v></c></row>", 10),
        (b'<x:row r="2"><x:c r="B2"><x:v>1</x:v></x:c></x:row>', 4),
        (b"<row r='2'><c s='1' r='B2' x='>'><v>1</v></c></row>", 4),
        (b'<row r="900000"><c r="XFD900000" s="1"/></row><row r="2">' + CELL % b"A2" + b"</row>", 2),
    ],
)
def test_the_area_of_a_sheet(rows: bytes, area: int) -> None:
    assert walked(rows).area == area


def test_empty_cells_with_a_format_are_left_out_where_others_say_where_they_stand() -> None:
    rows = b'<row r="1"><c r="A1" s="1"/><c r="B1" s="2"></c>' + CELL % b"C1" + b"</row>"
    assert walked(rows).text == sheet(b'<row r="1">' + CELL % b"C1" + b"</row>")
    implied = b'<row r="1"><c r="A1" s="1"/><c><v>1</v></c></row>'
    assert walked(implied).text == sheet(implied)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (b'<row r="2"><c r="B2" x=">" r="A99999"><v>1</v></c></row>', "file_damaged"),
        (b'<row r="2" x=">" r="99999"><c><v>1</v></c></row>', "file_damaged"),
        (b'<row r="2"><c x=">" r="A99999"><v>1</v></c></row>', "workbook_cell_too_far"),
        (b'<row r="99999"><c><v>1</v></c></row>', "workbook_cell_too_far"),
        (b'<row r="2">' + CELL % b"AAA2" + b"</row>", "workbook_cell_too_far"),
        (b'<row r="2"><c r="A2"', "file_damaged"),
        (b'<row r="2"><c r="A2" x="<c r="A3""><v>1</v></c></row>', "file_damaged"),
        (b'<row r="2"><c r="2"><v>1</v></c></row>', "file_damaged"),
        (b'<row r="A2">' + CELL % b"A2" + b"</row>", "file_damaged"),
        ('<ê:row r="2"><ê:c r="A99999"><v>1</v></ê:c></ê:row>'.encode(), "workbook_cell_too_far"),
        (b":" * 300 + b'<a:row r="2"><a:c r="A99999"><a:v>1</a:v></a:c></a:row>', "workbook_cell_too_far"),
        (b'<mergeCell ref="A1"/>' * 20_001, "workbook_too_many_cells"),
        (b'<mergeCell ref="A0:B1"/>', "file_damaged"),
        (b"<mergeCell x='1'/>", "file_damaged"),
        (b"<dimension ref='A1:ZZZZ1'/>", "file_damaged"),
        (b'<dimension ref="A1"/>' * 9 + b'<dimension ref="A0"/>', "file_damaged"),
    ],
)
def test_what_is_refused(rows: bytes, code: str) -> None:
    assert refusal(rows) == code


def test_masses_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel_sheets, "MAX_TAGS", 3)
    with pytest.raises(Refused):
        walked(b'<c r="A1" s="1"/>' * 4)
    assert walked(b'<c r="A1" s="1"/>' * 3).area == 0
    monkeypatch.setattr(excel_sheets, "_MAX_FILLED", 2)
    with pytest.raises(Refused):
        walked(CELL % b"A1" * 3)


def test_all_sheets_together_have_bounds() -> None:
    corner = b'<row r="9000">' + CELL % b"AZ9000" + b"</row>"
    few = [scan_sheet(sheet(corner)) for _ in range(2)]
    check_cells(few, 2)
    many = [scan_sheet(sheet(corner)) for _ in range(9)]
    with pytest.raises(Refused):
        check_cells(many, 9)
    with pytest.raises(Refused):
        check_cells([scan_sheet(sheet(corner)), scan_sheet(sheet(b""))], 20)
    check_cells([scan_sheet(sheet(b'<row r="9">' + CELL % b"B9" + b"</row>")) for _ in range(20)], 60)


def test_a_number_written_in_references_is_that_number() -> None:
    assert b"<v>121</v>" in scan_sheet(sheet(b'<row r="1"><c r="A1"><v>1&#50;1</v></c></row>')).text


def test_errors_and_formulas_behind_prefixes() -> None:
    cells = b'<x:c r="A2" t="e"><x:v>#N/A</x:v></x:c><x:c r="B2"><x:f>A1</x:f></x:c><x:c r="C2"><x:v>1</x:v></x:c>'
    found = scan_sheet(sheet(b'<x:row r="2">' + cells + b"</x:row>"))
    assert (found.errors, found.uncalculated) == ({(1, 0): "#N/A"}, {(1, 1)})
