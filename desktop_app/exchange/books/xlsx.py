"""Reading Excel workbooks (``.xlsx``, ``.xlsm``) that were looked at: calamine for values, the XML for what it leaves out.

The plain workbook costs no second look. Only one whose cells or styles show a reason is asked for more: errors, formulas
without a value, per cent formats, legacy fonts, something crossed out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from posixpath import join, normpath
from typing import TYPE_CHECKING

from desktop_app.exchange.books.fonts import add_fonts
from desktop_app.exchange.books.number_formats import cell_styles, formats_of
from desktop_app.exchange.books.strikes import add_strikes, names_strikes
from desktop_app.exchange.recognising.forms import fractions
from desktop_app.exchange.recognising.old_texts import read_old_texts
from desktop_app.exchange.refusal import Refused
from desktop_app.exchange.scanning.excel_sheets import MAX_SHEETS
from desktop_app.exchange.scanning.prescan import Scan
from desktop_app.exchange.workbook import Sheet
from desktop_app.text.dates import FROM_1904

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_FROM_1904 = re.compile(rb"\sdate1904\s*=\s*[\"'](?:1|true|on)[\"']")
_PER_CENT = re.compile(rb"numFmtId\s*=\s*[\"'](?:9|10)[\"']|formatCode\s*=\s*(?:\"[^\"]*%|'[^']*%)")


def read_xlsx(found: Scan) -> list[Sheet]:
    """Return the sheets of a workbook, in its order.

    Raises:
        Refused: it is encrypted or damaged.
    """
    import python_calamine as calamine

    try:
        book = calamine.load_workbook(io.BytesIO(found.content))
    except calamine.PasswordError as error:
        raise Refused("file_encrypted") from error
    except (calamine.CalamineError, OSError, ValueError, KeyError) as error:
        raise Refused("file_damaged") from error
    sheets = _sheets(book)
    if found.errors or found.uncalculated:
        _add_findings(sheets, found)
    if found.legacy_fonts:
        _add_looks(sheets, found, add_fonts)
    if names_strikes(found.members.values()):
        _add_looks(sheets, found, add_strikes)
    read_old_texts(sheets)
    _add_formats(sheets, found)
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


def _add_findings(sheets: list[Sheet], found: Scan) -> None:
    """Put errors and formulas without a value, known by sheet member, on the sheets that they belong to."""
    members = sheet_members(found)
    for sheet in sheets:
        member = members.get(sheet.name, "")
        sheet.errors = found.errors.get(member, {})
        sheet.uncalculated = found.uncalculated.get(member, set())


def sheet_members(found: Scan) -> dict[str, str]:
    """Return the member of the archive that holds each sheet, by name of the sheet.

    Raises:
        Refused: the list of sheets is damaged.
    """
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        book = fromstring(found.members["xl/workbook.xml"])
        relations = fromstring(found.members["xl/_rels/workbook.xml.rels"])
    except (ParseError, KeyError) as error:
        raise Refused("file_damaged") from error
    targets = {item.get("Id", ""): item.get("Target", "") for item in relations}
    by_small_name = {name.lower(): name for name in found.members}
    members: dict[str, str] = {}
    for item in book.iter():
        if item.tag.rpartition("}")[2] != "sheet":
            continue
        key = next((value for name, value in item.attrib.items() if name.rpartition("}")[2] == "id"), "")
        path = normpath(join("/xl", targets.get(key, ""))).lstrip("/")
        members[item.get("name", "")] = by_small_name.get(path.lower(), path)
    return members


def _add_formats(sheets: list[Sheet], found: Scan) -> None:
    """Look up the number formats of shares, and of every number where the workbook has cells that show per cent."""
    styles = found.members.get("xl/styles.xml", b"")
    wanted = {sheet.name: set(fractions(sheet)) for sheet in sheets}
    if b"date1904" in found.members["xl/workbook.xml"] and _FROM_1904.search(found.members["xl/workbook.xml"]):
        _mark_numbers(sheets)
    if not (any(wanted.values()) or _PER_CENT.search(styles)):
        return
    formats = cell_styles(styles)
    if not any(wanted.values()) and not any("%" in code for code in formats):
        return  # programs list the per cent style even where no cell has it
    members = sheet_members(found)
    for sheet in sheets:
        text = found.members.get(members.get(sheet.name, ""), b"")
        sheet.formats.update(formats_of(text, formats, wanted[sheet.name]))


def _mark_numbers(sheets: list[Sheet]) -> None:
    """Say of every number that it counts days from 1904 if it is a day; those formatted as days were read as days."""
    for sheet in sheets:
        for number, row in enumerate(sheet.rows):
            sheet.formats.update({(number, at): FROM_1904 for at, value in enumerate(row) if isinstance(value, float)})


def _add_looks(sheets: list[Sheet], found: Scan, add: Callable[[list[Sheet], dict[str, bytes], bytes, bytes], None]) -> None:
    members = sheet_members(found)
    texts = {sheet.name: found.members.get(members.get(sheet.name, ""), b"") for sheet in sheets}
    styles, strings = (found.members.get(name, b"") for name in ("xl/styles.xml", "xl/sharedStrings.xml"))
    add(sheets, texts, styles, strings)
