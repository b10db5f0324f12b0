"""Old Excel workbooks that are damaged or crafted: refused, never a crash, never a word on standard output."""

from __future__ import annotations

import random
from types import SimpleNamespace

import pytest

from desktop_app.exchange.books import xls
from desktop_app.exchange.books.xls import note_fonts, read_xls
from desktop_app.exchange.refusal import Refused
from desktop_app.exchange.scanning.prescan import scan
from desktop_app.exchange.workbook import Sheet
from desktop_app.text.dates import FROM_1904
from tests.exchange.odd_book import KEPT

CONTENT = (KEPT / "odd.xls").read_bytes()


def test_whatever_is_wrong_is_a_refusal(capsys: pytest.CaptureFixture[str]) -> None:
    dice = random.Random(1904)
    codes = set()
    for _round in range(150):
        found = scan(CONTENT)
        stream = bytearray(found.members["Workbook"])
        for _change in range(dice.randrange(1, 12)):
            stream[dice.randrange(len(stream))] = dice.randrange(256)
        found.members["Workbook"] = bytes(stream[: dice.choice((len(stream), dice.randrange(len(stream))))])
        try:
            read_xls(found)
        except Refused as refusal:
            codes.add(refusal.code)
    assert "file_damaged" in codes
    assert codes <= {"file_damaged", "workbook_cell_too_far", "workbook_too_many_sheets"}
    assert capsys.readouterr() == ("", "")


def test_a_password_is_named() -> None:
    found = scan(CONTENT)
    stream = found.members["Workbook"]
    begin = 4 + int.from_bytes(stream[2:4], "little")
    locked = (0x002F).to_bytes(2, "little") + (6).to_bytes(2, "little") + bytes(6)
    found.members["Workbook"] = stream[:begin] + locked + stream[begin:]
    with pytest.raises(Refused) as refusal:
        read_xls(found)
    assert refusal.value.code == "file_encrypted"


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xls, "MAX_ROW", 25)
    with pytest.raises(Refused) as refusal:
        read_xls(scan(CONTENT))
    assert (refusal.value.code, refusal.value.params) == ("workbook_cell_too_far", {"cell": "B26"})
    monkeypatch.setattr(xls, "MAX_SHEETS", 0)
    with pytest.raises(Refused) as refusal:
        read_xls(scan(CONTENT))
    assert refusal.value.code == "workbook_too_many_sheets"


def test_memory_is_not_called_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise MemoryError

    monkeypatch.setattr("xlrd.open_workbook", fail)
    with pytest.raises(MemoryError):
        read_xls(scan(CONTENT))


def test_fonts_of_a_text() -> None:
    sheet = Sheet("a", [])
    note_fonts(sheet, (0, 0), "Arial", [("a", "Arial"), ("", ".VnTime")])
    note_fonts(sheet, (0, 1), ".VnTime", [])
    note_fonts(sheet, (0, 2), "Arial", [("a", "VNI-Times")])
    note_fonts(sheet, (0, 3), ".VnTime", [("a", ".VnTime"), ("b", "Arial")])
    assert sheet.fonts == {(0, 1): ".VnTime", (0, 2): "VNI-Times"}
    assert sheet.runs == {(0, 3): [("a", ".VnTime"), ("b", "Arial")]}


def test_a_day_that_no_calendar_has_shows_nothing_that_could_be_read() -> None:
    reader = xls._XlsSheet(SimpleNamespace(datemode=0), SimpleNamespace(name="a"))
    assert reader._moment((0, 0), 1e12) == ""
    assert reader._sheet.errors == {(0, 0): "#####"}


def sheet_of(rows: list[list[tuple[int, object]]], runs: object = None, **book: object) -> Sheet:
    """Read rows of cells, each its type and value, as xlrd would give them."""
    known = {"datemode": 0, "format_map": {0: SimpleNamespace(format_str="General")}, **book}
    known.setdefault("font_list", [SimpleNamespace(name="Arial", struck_out=0)])
    known["xf_list"] = [SimpleNamespace(format_key=0, font_index=0)]
    cells = [[SimpleNamespace(ctype=kind, value=value, xf_index=0) for kind, value in row] for row in rows]
    source = SimpleNamespace(
        name="a", nrows=len(rows), row=cells.__getitem__, merged_cells=[], rich_text_runlist_map=runs or {}
    )
    return xls._XlsSheet(SimpleNamespace(**known), source).read()


def test_cells_that_only_have_a_look_are_no_part_of_a_sheet() -> None:
    number, empty, blank = (xls._NUMBER, 5.0), (xls._EMPTY, ""), (xls._BLANK, "")
    sheet = sheet_of([[blank, number, blank, empty], [], [number, empty, number], [blank], []])
    assert sheet.rows == [["", 5.0, ""], ["", "", ""], [5.0, "", 5.0]]


def test_far_columns_are_refused_and_far_looks_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xls, "MAX_COLUMN", 2)
    monkeypatch.setattr(xls, "MAX_ROW", 1)
    number, blank = (xls._NUMBER, 5.0), (xls._BLANK, "")
    assert sheet_of([[number, number, blank], [blank]]).rows == [[5.0, 5.0]]
    with pytest.raises(Refused) as refusal:
        sheet_of([[number, number, number]])
    assert (refusal.value.code, refusal.value.params) == ("workbook_cell_too_far", {"cell": "C1"})


def test_the_formats_that_matter_are_those_of_shares_and_of_days() -> None:
    rows = [[(xls._NUMBER, value) for value in (0.0, 0.5, 1.0, 1.5, 43_000.0)]]
    assert sheet_of(rows).formats == {(0, 1): "General", (0, 2): "General"}
    assert sheet_of(rows, format_map={}).formats == {(0, 1): "", (0, 2): ""}
    assert set(sheet_of(rows, format_map={0: SimpleNamespace(format_str="0%")}).formats) == {(0, at) for at in range(5)}
    of_1904 = sheet_of(rows, datemode=1).formats
    assert of_1904[0, 4] == FROM_1904 + "General"


def test_what_is_crossed_out() -> None:
    fonts = [SimpleNamespace(name="Arial", struck_out=0), SimpleNamespace(name="Arial", struck_out=1)]
    rows: list[list[tuple[int, object]]] = [[(xls._TEXT, "17001800"), (xls._TEXT, "1800"), (xls._NUMBER, 1700.0)]]
    runs = {(0, 0): [(0, 1), (4, 0)]}
    assert sheet_of(rows, runs, font_list=fonts).struck == {(0, 0): "1800"}
    assert sheet_of(rows, runs, font_list=fonts[::-1]).struck == {(0, 0): "1700", (0, 1): "", (0, 2): ""}
    assert sheet_of([[(xls._EMPTY, ""), (xls._BLANK, "")]], font_list=fonts[1:]).struck == {}
