"""The limited child process that opens untrusted workbooks (hidden command ``_read``).

It gets the bytes of one file after the other on its standard input, looks at them before any parser does, reads them and
answers with one JSON frame each. It has limits of memory and processor time; when a crafted file ends it, only that file is
refused.

A frame is four bytes of length, big end first, and that many bytes. A request is two frames: a file's name and its content.
"""

from __future__ import annotations

import gc
import io
import json
import struct
import sys
from typing import IO, TYPE_CHECKING, Any

from desktop_app.exchange.forms_in import fractions, recognise
from desktop_app.exchange.prescan import MAX_SHEETS, Refused, Scan, member_text, properties_of, scan
from desktop_app.exchange.strict import in_usual_names
from desktop_app.exchange.workbook import Sheet
from desktop_app.text.legacy import font_encoding

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MEMORY_BYTES = 700_000_000
"""Address space of the child: the interpreter, its libraries and what one honest workbook needs."""
SECONDS_PER_FILE = 10
"""Processor time for one file."""
_LENGTH = struct.Struct(">I")


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer requests until there are no more."""
    _limit_memory()
    gc.disable()  # one file leaves no cycles worth looking for, and memory is limited
    while True:
        name = read_frame(requests)
        content = read_frame(requests)
        if name is None or content is None:
            return
        _limit_time()
        write_frame(answers, json.dumps(answer(content), ensure_ascii=False, default=vars).encode())
        answers.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """Return the next frame; None at the end of the stream, also where it ends in the middle of a frame."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = stream.read(length)
    return body if len(body) == length else None


def write_frame(stream: IO[bytes], body: bytes) -> None:
    """Write one frame."""
    stream.write(_LENGTH.pack(len(body)) + body)


def answer(content: bytes) -> dict[str, Any]:
    """Read one file: ``{"form": ReturnedForm}`` or ``{"refused": code, "params": …}``."""
    try:
        found = scan(content)
        form = recognise(read_sheets(content, found), lambda: properties_of(content))
    except Refused as refusal:
        return {"refused": refusal.code, "params": refusal.params}
    except MemoryError:
        return {"refused": "reader_died", "params": {}}
    return {"form": form}


def read_sheets(content: bytes, found: Scan) -> list[Sheet]:
    """Return the sheets of a workbook that was looked at.

    Raises:
        Refused: it is encrypted or damaged.
    """
    import python_calamine as calamine

    try:
        book = calamine.load_workbook(io.BytesIO(content))
    except calamine.PasswordError as error:
        raise Refused("file_encrypted") from error
    except (calamine.CalamineError, OSError, ValueError, KeyError) as error:
        raise Refused("file_damaged") from error
    sheets = _sheets(book)
    if found.kind == "xlsx":
        if found.errors or found.uncalculated:
            _add_findings(content, sheets, found)
        wanted = {sheet.name: set(fractions(sheet)) for sheet in sheets}
        if found.legacy_fonts or any(wanted.values()):
            _add_formats(content, sheets, wanted, fonts=found.legacy_fonts)
    return sheets


def _sheets(book: CalamineWorkbook) -> list[Sheet]:
    import python_calamine as calamine

    if len(book.sheets_metadata) > MAX_SHEETS:
        raise Refused("workbook_too_many_sheets", count=len(book.sheets_metadata), limit=MAX_SHEETS)
    sheets = []
    for item in book.sheets_metadata:
        if item.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        try:
            found = book.get_sheet_by_name(item.name)
            merges = sorted((*first, *last) for first, last in found.merged_cell_ranges or ())
            sheets.append(Sheet(item.name, found.to_python(skip_empty_area=False), merges=merges))
        except (calamine.CalamineError, OSError, ValueError, KeyError) as error:
            raise Refused("file_damaged") from error
    return sheets


def _add_findings(content: bytes, sheets: list[Sheet], found: Scan) -> None:
    """Put errors and formulas without a value, known by sheet member, on the sheets that they belong to."""
    members = sheet_members(content)
    for sheet in sheets:
        member = members.get(sheet.name, "")
        sheet.errors = found.errors.get(member, {})
        sheet.uncalculated = found.uncalculated.get(member, set())


def sheet_members(content: bytes) -> dict[str, str]:
    """Return the member of the archive that holds each sheet, by name of the sheet."""
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        book = fromstring(member_text(content, "xl/workbook.xml"))
        relations = fromstring(member_text(content, "xl/_rels/workbook.xml.rels"))
    except ParseError as error:
        raise Refused("file_damaged") from error
    targets = {item.get("Id", ""): item.get("Target", "") for item in relations}
    members: dict[str, str] = {}
    for item in book.iter():
        if item.tag.rpartition("}")[2] != "sheet":
            continue
        key = next((value for name, value in item.attrib.items() if name.rpartition("}")[2] == "id"), "")
        target = targets.get(key, "").lstrip("/")
        members[item.get("name", "")] = target if target.startswith("xl/") else f"xl/{target}"
    return members


def _add_formats(content: bytes, sheets: list[Sheet], wanted: dict[str, set[tuple[int, int]]], *, fonts: bool) -> None:
    """Read the workbook again with openpyxl, for the number formats and legacy fonts of the cells that need them."""
    import warnings

    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of extensions that it drops; nothing is saved here
        book = load_workbook(io.BytesIO(in_usual_names(content)), read_only=True, data_only=True)
    for sheet in sheets:
        if sheet.name not in book.sheetnames or not (fonts or wanted[sheet.name]):
            continue
        width = max((len(row) for row in sheet.rows), default=1)
        cells = book[sheet.name].iter_rows(max_row=len(sheet.rows), max_col=width)
        for number, row in enumerate(cells):
            for at, cell in enumerate(row):
                if (number, at) in wanted[sheet.name]:
                    sheet.formats[number, at] = str(cell.number_format or "")
                if fonts and isinstance(cell.value, str) and font_encoding(str(cell.font.name or "")):
                    sheet.fonts[number, at] = str(cell.font.name)


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def _limit_time() -> None:
    """Give the next file its own processor time."""
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(used.ru_utime + used.ru_stime) + SECONDS_PER_FILE
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
