"""What a file that is no workbook really is, so that its sentence can say what to do with it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop_app.exchange.refusal import Refused

_OTHER = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"MZ", "Windows (.exe)"),
    (b"SQLite format 3", "SQLite"),
)
_ARCHIVES = (
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"\x1f\x8b", "GZip"),
    (b"BZh", "BZip2"),
    (b"\xfd7zXZ", "XZ"),
)
_OLD_EXCEL = (b"\x09\x08", b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_HEAD = 2000
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods", ".zip")
_LINES = re.compile(r"[^\x00-\x08\x0e-\x1f]+[\t;,][^\x00-\x08\x0e-\x1f]*")


def kind_of_bytes(content: bytes, members: Iterable[str] = ()) -> Refused:
    """Return the verdict on bytes that are no workbook.

    Args:
        content: the file.
        members: names of its members in small letters, where it is a zip archive.
    """
    if content.startswith(b"PK"):
        return _kind_of_archive(set(members))
    for code, known in (("file_is_other", _OTHER), ("file_is_archive", _ARCHIVES)):
        for start, kind in known:
            if content.startswith(start):
                return Refused(code, kind=kind)
    if b"<office:document" in content[:_HEAD]:
        return Refused("file_is_other", kind="OpenDocument (.fods)")
    kind = _kind_of_text(content[:_HEAD])
    return Refused("file_is_text_table", kind=kind) if kind else Refused("not_a_workbook")


def _kind_of_text(head: bytes) -> str:
    """Name what Excel opens although it is no workbook; "" for anything else."""
    if head.startswith(_OLD_EXCEL):
        return "Excel 2–5"
    is_wide = head[:2] in {b"\xff\xfe", b"\xfe\xff"}
    text = head.decode("utf-16" if is_wide else "latin-1", "replace").lstrip("\ufeff\xef\xbb\xbf")
    beginning = text.lstrip().lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in beginning:
        return "XML Spreadsheet 2003"
    if beginning.startswith(("<!doctype html", "<table", "<head", "<meta")) or "<html" in beginning:
        return "HTML"
    return "CSV" if "\0" not in text and _LINES.match(text) else ""


def _kind_of_archive(names: set[str]) -> Refused:
    if "xl/workbook.bin" in names:
        return Refused("file_is_binary_workbook")
    if any(name.startswith("word/") for name in names):
        return Refused("file_is_other", kind="Word (.docx)")
    if any(name.startswith("ppt/") for name in names):
        return Refused("file_is_other", kind="PowerPoint (.pptx)")
    if "index/document.iwa" in names:
        return Refused("file_is_other", kind="Apple iWork (.numbers)")
    if any(name.endswith(_WORKBOOKS) for name in names):
        return Refused("file_is_archive", kind="ZIP")
    return Refused("not_a_workbook")
