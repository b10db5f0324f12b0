"""Excel workbooks: what is looked up beside the values, and where."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
import python_calamine
from openpyxl.styles import NamedStyle

from desktop_app.exchange.books import xlsx
from desktop_app.exchange.books.xlsx import read_xlsx, sheet_members
from desktop_app.exchange.refusal import Refused
from desktop_app.exchange.scanning.prescan import Scan, scan

NAMES = "http://schemas.openxmlformats.org"
RELATIONS = (
    f'<Relationships xmlns="{NAMES}/package/2006/relationships">'
    '<Relationship Id="r1" Target="worksheets/Sheet1.xml"/><Relationship Id="r2" Target="/xl/worksheets/b.xml"/>'
    '<Relationship Id="r3" Target="../xl/worksheets/c.xml"/></Relationships>'
)
BOOK = (
    f'<workbook xmlns="{NAMES}/spreadsheetml/2006/main" xmlns:r="{NAMES}/officeDocument/2006/relationships"><sheets>'
    '<sheet name="Một" r:id="r1"/><sheet name="Hai" r:id="r2"/><sheet name="Ba" r:id="r3"/></sheets></workbook>'
)


def test_sheets_are_found_whatever_way_they_are_named() -> None:
    parts = {"xl/workbook.xml": BOOK, "xl/_rels/workbook.xml.rels": RELATIONS, "xl/worksheets/sheet1.xml": "<a/>"}
    members = {name: text.encode() for name, text in parts.items()}
    assert sheet_members(Scan("xlsx", members=members)) == {
        "Một": "xl/worksheets/sheet1.xml",
        "Hai": "xl/worksheets/b.xml",
        "Ba": "xl/worksheets/c.xml",
    }


@pytest.mark.parametrize("members", [{}, {"xl/workbook.xml": b"<", "xl/_rels/workbook.xml.rels": b"<a/>"}])
def test_a_damaged_list_of_sheets_is_refused(members: dict[str, bytes]) -> None:
    with pytest.raises(Refused) as refusal:
        sheet_members(Scan("xlsx", members=members))
    assert refusal.value.code == "file_damaged"


def saved(book: openpyxl.Workbook) -> Scan:
    made = io.BytesIO()
    book.save(made)
    return scan(made.getvalue())


def test_sheets_of_charts_are_no_sheets() -> None:
    book = openpyxl.Workbook()
    book.create_chartsheet("Biểu đồ")
    book.active.title = "Số"
    assert [sheet.name for sheet in read_xlsx(saved(book))] == ["Số"]


def test_a_per_cent_style_that_no_cell_has_says_nothing() -> None:
    book = openpyxl.Workbook()
    book.add_named_style(NamedStyle("Phần trăm", number_format="0.0%"))
    book.active["A1"] = 1
    (sheet,) = read_xlsx(saved(book))
    assert sheet.formats == {}


def test_only_cells_that_show_per_cent_are_marked() -> None:
    book = openpyxl.Workbook()
    for place, shape in (("A1", "0.0%"), ("B1", "0.00"), ("C1", '0"%"')):
        book.active[place].value = 1
        book.active[place].number_format = shape
    (sheet,) = read_xlsx(saved(book))
    assert sheet.formats == {(0, 0): "0.0%", (0, 2): '0"%"'}


def test_what_calamine_refuses_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    found = saved(openpyxl.Workbook())

    def locked(_content: object) -> None:
        raise python_calamine.PasswordError

    with monkeypatch.context() as patched:
        patched.setattr(python_calamine, "load_workbook", locked)
        with pytest.raises(Refused) as refusal:
            read_xlsx(found)
    assert refusal.value.code == "file_encrypted"
    monkeypatch.setattr(xlsx, "MAX_SHEETS", 0)
    with pytest.raises(Refused) as refusal:
        read_xlsx(found)
    assert (refusal.value.code, refusal.value.params) == ("workbook_too_many_sheets", {"count": 1, "limit": 0})


def test_a_sheet_that_is_listed_and_not_there_is_damage() -> None:
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    kept = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(kept, "w") as target:
        for name in source.namelist():
            if name != "xl/worksheets/sheet1.xml":
                target.writestr(name, source.read(name))
    with pytest.raises(Refused) as refusal:
        read_xlsx(scan(kept.getvalue()))
    assert refusal.value.code == "file_damaged"
