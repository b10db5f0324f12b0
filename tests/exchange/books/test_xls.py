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
