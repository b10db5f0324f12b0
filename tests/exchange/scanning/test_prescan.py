"""The look before parsing: what is refused, and with which reason."""

from __future__ import annotations

import io
import zipfile

import pytest

from desktop_app.exchange.content import WorkbookContent
from desktop_app.exchange.refusal import Refused
from desktop_app.exchange.scanning import prescan
from desktop_app.exchange.scanning.excel_sheets import MAX_SHEETS
from desktop_app.exchange.scanning.prescan import MAX_ENTRIES, properties_of, scan
from desktop_app.exchange.writing.forms import FormWriter

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'


def workbook(sheet: str | bytes = "", **others: bytes) -> bytes:
    """Return an archive that passes for a workbook, with one sheet."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, content in others.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as found:
        scan(content)
    return found.value.code


def test_our_own_workbook_passes(content: WorkbookContent, key: str) -> None:
    found = scan(FormWriter(key).workbook(content, "{}"))
    assert (found.kind, found.errors, found.uncalculated, found.legacy_fonts) == ("xlsx", {}, {}, False)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"hello", "not_a_workbook"),
        (b"name;value\n", "file_is_text_table"),
        (b"%PDF-1.7", "file_is_other"),
        (b"Rar!", "file_is_archive"),
        (b"PK\x03\x04 broken", "file_damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file_damaged"),
    ],
)
def test_what_is_no_workbook(content: bytes, code: str) -> None:
    assert refusal(content) == code


def test_a_truncated_workbook_is_damaged(content: WorkbookContent, key: str) -> None:
    whole = FormWriter(key).workbook(content, "{}")
    assert refusal(whole[: len(whole) // 2]) == "file_damaged"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ('<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576" s="3"/></row>', None),
        ('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "workbook_cell_too_far"),
        ('<row r="1"><c r="XFD1" t="n"><v>1</v></c></row>', "workbook_cell_too_far"),
        ('<row r="1"><c r="AAAAAAAA1"><v>1</v></c></row>', "file_damaged"),
        ('<row r="1"><c r="1A"><v>1</v></c></row>', "file_damaged"),
        ('<row r="99999999999"><c><v>1</v></c></row>', "file_damaged"),
        ("<row r='1'><c r='A99999'><v>1</v></c></row>", "workbook_cell_too_far"),
        ('<x:row r="1"><x:c r="A99999"><x:v>1</x:v></x:c></x:row>', "workbook_cell_too_far"),
        ('<row r="1"><c\n r="A99999"><v>1</v></c></row>', "workbook_cell_too_far"),
        ('<row r="1"><c s="1" r="A99999"><v>1</v></c></row>', "workbook_cell_too_far"),
    ],
)
def test_references(cells: str, code: str | None) -> None:
    content = workbook(SHEET.format(f"<sheetData>{cells}</sheetData>"))
    if code is None:
        assert scan(content).kind == "xlsx"
    else:
        assert refusal(content) == code


def test_a_forged_dimension_is_refused() -> None:
    assert refusal(workbook(SHEET.format('<dimension ref="A1:ZZZZ99999999999"/>'))) == "file_damaged"


def test_documents_that_declare_entities_are_refused() -> None:
    for declared in ('<!DOCTYPE x [<!ENTITY a "b">]>', "<!DOCTYPE x>", '<!ENTITY a "b">'):
        assert refusal(workbook(declared + SHEET.format(""))) == "file_declares_entities"
    assert b"remark" not in scan(workbook("<!-- a remark -->" + SHEET.format(""))).content
    assert refusal(workbook(SHEET.format("").encode("utf-16"))) == "file_encoding_unknown"


def test_bombs_are_refused_by_their_declared_sizes() -> None:
    assert refusal(workbook(b"x" * 30_000_000)) == "workbook_too_large"
    assert refusal(workbook("", **{f"a{number}": b"" for number in range(MAX_ENTRIES)})) == "workbook_too_many_parts"
    many = {f"xl/worksheets/s{number}.xml": b"" for number in range(MAX_SHEETS)}
    assert refusal(workbook("", **many)) == "workbook_too_many_sheets"


def test_formulas_and_errors_are_found_by_cell() -> None:
    cells = (
        '<row r="2"><c r="A2"><f>1+1</f></c><c r="B2"><f>1+1</f><v>2</v></c><c r="C2" t="e"><v>#DIV/0!</v></c>'
        '<c r="D2"><f>A1</f><v></v></c><c r="E2"><v>5</v></c><c r="F2" t="str"><f>A1</f><v></v></c></row>'
    )
    found = scan(workbook(SHEET.format(cells)))
    assert found.uncalculated == {"xl/worksheets/sheet1.xml": {(1, 0), (1, 3)}}
    assert found.errors == {"xl/worksheets/sheet1.xml": {(1, 2): "#DIV/0!"}}


def test_legacy_fonts_are_seen() -> None:
    assert scan(workbook(SHEET.format(""), **{"xl/styles.xml": b'<font><name val=".VnTime"/></font>'})).legacy_fonts
    assert scan(workbook(SHEET.format(""), **{"xl/styles.xml": b'<font><name val="VNI-Times"/></font>'})).legacy_fonts
    assert not scan(workbook(SHEET.format(""), **{"xl/styles.xml": b'<name val="Vnfont"/>'})).legacy_fonts


def opendocument(content: str, **others: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        for name, part in others.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def test_opendocument() -> None:
    cell = '<table:table-cell {} office:value-type="float" office:value="1"/>'
    assert scan(opendocument("<office:document-content/>")).kind == "ods"
    row = "<table:table><table:table-row>{}</table:table-row></table:table>"
    assert refusal(opendocument(row.format(cell.format('table:number-columns-repeated="16000"')))) == "workbook_cell_too_far"
    rows = '<table:table><table:table-row table:number-rows-repeated="1000000">{}</table:table-row></table:table>'
    assert refusal(opendocument(rows.format(cell.format("")))) == "workbook_row_too_far"
    assert scan(opendocument(rows.format("<table:table-cell/>"))).kind == "ods"
    sealed = {"META-INF/manifest.xml": b"<manifest:encryption-data/>"}
    assert refusal(opendocument("", **sealed)) == "file_encrypted"


def test_properties(content: WorkbookContent, key: str) -> None:
    whole = FormWriter(key).workbook(content, "{}")
    assert content.identity.issue_id in properties_of(whole)
    assert properties_of(b"\xd0\xcf") == ""
    assert properties_of(workbook("")) == ""


def test_no_part_stands_for_two() -> None:
    twice = workbook(SHEET.format(""), **{"xl/Worksheets/SHEET1.xml": b"<x/>"})
    assert refusal(twice) == "archive_names_twice"
    poser = b'<styleSheet><dimension ref="A1"/></styleSheet>'
    assert refusal(workbook(SHEET.format(""), **{"xl/styles.xml": poser})) == "file_damaged"


def test_every_part_has_bounds_and_so_has_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    styled = workbook(SHEET.format(""), **{"xl/styles.xml": b"<styleSheet/>"})
    assert scan(styled).kind == "xlsx"
    with monkeypatch.context() as bounds:
        bounds.setitem(prescan._LIMITS, "xl/styles.xml", 5)
        assert refusal(styled) == "workbook_too_large"
    with monkeypatch.context() as bounds:
        bounds.setattr(prescan, "MAX_TOTAL_BYTES", 20)
        assert refusal(styled) == "workbook_too_large"
    with monkeypatch.context() as bounds:
        bounds.setattr(prescan, "_SHEETS_LIMIT", 20)
        assert refusal(styled) == "workbook_too_large"


def test_a_list_of_more_sheets_than_there_are_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<sheets>" + '<sheet name="a"/>' * (MAX_SHEETS + 1) + "</sheets>")
    assert refusal(buffer.getvalue()) == "workbook_too_many_sheets"


def test_documents_of_other_kinds_are_named() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert refusal(buffer.getvalue()) == "file_is_other"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<office:document-content/>")
    assert refusal(buffer.getvalue()) == "file_is_other"
