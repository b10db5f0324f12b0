"""What a file that is no workbook really is."""

from __future__ import annotations

import pytest

from desktop_app.exchange.scanning.file_kinds import kind_of_bytes
from tests.exchange.hostile import hostile_files

KINDS = {
    "csv": "CSV",
    "tab": "CSV",
    "utf-16 csv": "CSV",
    "html": "HTML",
    "excel html": "HTML",
    "utf-16 html": "HTML",
    "xml 2003": "XML Spreadsheet 2003",
    "biff 2": "Excel 2–5",
}


@pytest.mark.parametrize("name", KINDS)
def test_tables_that_excel_opens(name: str) -> None:
    file = next(file for file in hostile_files(["something else"]) if file.name.endswith(f" {name}"))
    found = kind_of_bytes(file.content)
    assert (found.code, found.params) == ("file_is_text_table", {"kind": KINDS[name]})


@pytest.mark.parametrize(
    ("members", "code", "kind"),
    [
        ({"word/document.xml"}, "file_is_other", "Word (.docx)"),
        ({"ppt/presentation.xml"}, "file_is_other", "PowerPoint (.pptx)"),
        ({"a/b.xlsx", "readme.txt"}, "file_is_archive", "ZIP"),
        ({"xl/workbook.bin"}, "file_is_binary_workbook", None),
        ({"index/document.iwa", "metadata/properties.plist"}, "file_is_other", "Apple iWork (.numbers)"),
        ({"what/ever.bin"}, "not_a_workbook", None),
    ],
)
def test_archives_that_are_no_workbooks(members: set[str], code: str, kind: str | None) -> None:
    found = kind_of_bytes(b"PK\3\4", members)
    assert (found.code, found.params.get("kind")) == (code, kind)


def test_a_flat_opendocument_file_is_named() -> None:
    """As LibreOffice writes it with the filter "OpenDocument Spreadsheet Flat XML"."""
    flat = (
        b'<?xml version="1.0" encoding="UTF-8"?>\n\n<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:'
        b'office:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body/></office:document>'
    )
    found = kind_of_bytes(flat)
    assert (found.code, found.params) == ("file_is_other", {"kind": "OpenDocument (.fods)"})


@pytest.mark.parametrize("content", [b"\0\1\2;", b"one line of words", b"a\0;b"])
def test_what_nobody_knows(content: bytes) -> None:
    assert kind_of_bytes(content).code == "not_a_workbook"
