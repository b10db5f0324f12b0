"""Breakers of the whole: pasted copies in new workbooks, one sheet for all tables, other formats, damaged files."""

from __future__ import annotations

from datetime import date, datetime
from html import escape
from io import BytesIO
from typing import Any

import openpyxl

from tests.returns.breaking import (
    ANY,
    FIGURES,
    META,
    SYSTEMS,
    TASKS,
    Lost,
    NotApplicableError,
    breaks,
    copied_rows,
    found,
    lines_of,
    rewrites,
    saved,
    tables,
    with_member,
)

_MACROS = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def _emptied(book: Any) -> list[Any]:
    """Take all sheets out of a workbook, and what says whose it is; return those that a unit sees."""
    lines_of(book)
    sheets = [sheet for sheet in book.worksheets if not sheet.title.startswith(META)]
    for sheet in list(book.worksheets):
        book.remove(sheet)
    for name in ("description", "subject", "keywords", "identifier", "title", "category"):
        setattr(book.properties, name, None)
    return sheets


@breaks("Chép giá trị ba bảng sang tệp mới, ba trang", "identity_from_line")
def pasted_sheets(book: Any) -> None:
    for number, sheet in enumerate(_emptied(book), start=1):
        copied_rows(sheet, book.create_sheet(f"Trang {number}"))


@breaks("Chép giá trị sang tệp mới, dán từ ô B3", "identity_from_line")
def pasted_at_b3(book: Any) -> None:
    for number, sheet in enumerate(_emptied(book), start=1):
        copied_rows(sheet, book.create_sheet(f"Trang {number}"), down=2, across=1)


@breaks("Chép giá trị riêng bảng Số liệu sang tệp mới", "sheet_missing")
def pasted_figures(book: Any) -> Lost:
    wanted = found(book).sheet.title
    for sheet in _emptied(book):
        if sheet.title == wanted:
            copied_rows(sheet, book.create_sheet("Sheet1"))
    lines_of(book)
    return {(SYSTEMS, ANY, ANY), (TASKS, ANY, ANY)}


@breaks("Chép ba bảng xuống dưới nhau trong một trang", "identity_from_line")
def pasted_below_each_other(book: Any) -> None:
    tables(book)
    sheets = _emptied(book)
    target = book.create_sheet("Sheet1")
    down = 0
    for sheet in sheets:
        copied_rows(sheet, target, down=down)
        down += sheet.max_row + 2


@breaks("Chép ba bảng cạnh nhau trong một trang", "code_column_twice", refused=True)
def pasted_beside_each_other(book: Any) -> None:
    beside = tables(book)
    wanted = {table.sheet.title for table in beside}
    if len({table.head for table in beside}) > 1 or len(wanted) < 2:
        raise NotApplicableError("one row of headings")
    target = None
    across = 0
    for sheet in _emptied(book):
        if sheet.title in wanted:
            target = target or book.create_sheet("Sheet1")
            copied_rows(sheet, target, across=across)
            across += sheet.max_column + 1


@breaks("Xóa trang Nhiệm vụ", "sheet_missing")
def deleted_tasks(book: Any) -> Lost:
    book.remove(found(book, TASKS).sheet)
    return {(TASKS, ANY, ANY)}


@breaks("Xóa trang Số liệu", "sheet_missing", refused=True)
def deleted_figures_sheet(book: Any) -> None:
    table = found(book)
    if any(other.kind != FIGURES and other.sheet.title == table.sheet.title for other in tables(book)):
        raise NotApplicableError("a sheet of its own")
    book.remove(table.sheet)


@rewrites("Lưu thành .xlsm có macro", suffix=".xlsm")
def with_macros(content: bytes) -> bytes:
    if not content.startswith(b"PK"):
        raise NotApplicableError("xlsx")
    changes = {"[Content_Types].xml": lambda text: text.replace(_PLAIN, _MACROS)}
    return with_member(content, changes, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macro"})


@rewrites("Lưu thành .ods", suffix=".ods")
def as_open_document(content: bytes) -> bytes:
    book = openpyxl.load_workbook(BytesIO(content))
    if any(sheet.merged_cells.ranges for sheet in book.worksheets if not sheet.title.startswith("Hướng")):
        raise NotApplicableError("merged cells are another case there")
    sheets = "".join(_table(sheet) for sheet in book.worksheets)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2" '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f"{sheets}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    description = str(book.properties.description or "")
    properties = f"<office:document-meta><dc:description>{escape(description)}</dc:description></office:document-meta>"
    members = {"content.xml": text, "META-INF/manifest.xml": manifest, "meta.xml": properties}
    empty = BytesIO()
    import zipfile

    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return with_member(empty.getvalue(), {}, {name: member.encode() for name, member in members.items()})


def _table(sheet: Any) -> str:
    rows = "".join(
        f"<table:table-row>{''.join(_cell(cell.value) for cell in row)}</table:table-row>" for row in sheet.iter_rows()
    )
    return f'<table:table table:name="{escape(sheet.title)}">{rows}</table:table>'


def _cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, bool):
        return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(value).lower()}"/>'
    if isinstance(value, int | float):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
        )
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{day}"><text:p>{day}</text:p></table:table-cell>'
        )
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


@rewrites("Tệp bị cắt cụt khi sao chép", "file_damaged", refused=True)
def truncated(content: bytes) -> bytes:
    return content[: len(content) // 2]


@rewrites("Đặt mật khẩu mở tệp", "file_encrypted", "file_damaged", refused=True)
def encrypted(content: bytes) -> bytes:
    if not content.startswith(b"PK"):
        raise NotApplicableError("xlsx")
    made = bytearray(content)
    at = 0
    while (at := made.find(b"PK\x01\x02", at)) >= 0:  # every entry of the directory says that it is encrypted
        made[at + 8] |= 1
        at += 4
    return bytes(made)


@breaks("Khóa trang tính và cấu trúc tệp bằng mật khẩu riêng")
def own_protection(book: Any) -> None:
    book.security.workbookPassword = "1234"
    book.security.lockStructure = True
    for sheet in book.worksheets:
        sheet.protection.sheet = True
        sheet.protection.password = "1234"


def own_copy(content: bytes) -> bytes:
    """Return a workbook saved again as it is."""
    return saved(openpyxl.load_workbook(BytesIO(content)))
