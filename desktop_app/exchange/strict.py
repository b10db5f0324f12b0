"""Workbooks saved as "Strict Open XML Spreadsheet", for readers that know the usual names alone.

Excel 2013 and later offer the format beside the usual one. It differs in the names of its namespaces; calamine reads both,
openpyxl only the usual ones and finds no sheet in the other.
"""

from __future__ import annotations

import io
import zipfile

_STRICT = b"http://purl.oclc.org/ooxml/"
_USUAL = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
}


def in_usual_names(content: bytes) -> bytes:
    """Return a workbook that was looked at with the usual namespaces; one that has them already as it is."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if _STRICT not in archive.read("xl/workbook.xml"):
            return content
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as written:
            for name in archive.namelist():
                written.writestr(name, _renamed(archive.read(name)) if name.endswith((".xml", ".rels")) else b"")
    return target.getvalue()


def _renamed(text: bytes) -> bytes:
    for strict, usual in _USUAL.items():
        text = text.replace(strict, usual)
    return text
