"""The look at the sheets of an Excel workbook: where their cells stand, and which hold an error or no result of a formula.

A sheet as office programs write it passes after one search; only one that is prefixed, far or large is walked tag by tag.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from desktop_app.exchange.refusal import Refused
from desktop_app.exchange.scanning.plain_xml import plain_letters
from desktop_app.exchange.workbook import Address, column_index

MAX_ROW = 20_000
"""Last row that may hold something."""
MAX_COLUMN = 702
"""Number of the last column that may hold something (ZZ)."""
MAX_SHEETS = 60
MAX_CELLS = 1_000_000
"""Cells between A1 and the last one that holds something, all sheets of a workbook together."""
MAX_TAGS = 1_200_000
"""Rows and cells of a sheet, empty ones with a format included."""
_MAX_FILLED = 300_000
"""Rows, and cells that hold something, of a sheet that must be walked."""
_MAX_MERGED = 20_000
_SURELY_FEW_SHEETS = 8
"""So many sheets of the usual size have less than MAX_CELLS in any case."""
_WALKED_FROM = 4_000_000
"""Bytes of XML from which on a sheet is walked."""
_USUAL_AREA = 9_999 * 52

_ROW_TAG = rb' r="[1-9][0-9]{0,3}"(?: (?!r=)[A-Za-z:0-9]{1,30}="[^"<>]{0,100}")* ?/?>'
_UNUSUAL = re.compile(
    rb'<(?:c(?! r="A?[A-Z][1-9][0-9]{0,3}"(?: s="[0-9]{1,5}")?(?: t="(?:s|n|b|str|inlineStr)")?/?>)'
    rb"|row(?!" + _ROW_TAG + rb")|f)[\s/>]"
)
"""A row or cell that is not written the usual way, near A1 and without an error; or a formula."""
_ODD_TAG = re.compile(
    rb'<(?:c(?! r="A?[A-Z][1-9][0-9]{0,3}"(?: s="[0-9]{1,5}")?(?: t="[A-Za-z]{1,9}")?/?>)|row(?!' + _ROW_TAG + rb"))[\s/>]"
)
"""A row or cell that is not written the usual way, or is far from A1."""
_REFERRING_VALUE = re.compile(rb"<v[^<>]*>[0-9.eE+-]*&(?!(?:amp|lt|gt|quot|apos);)")
_PREFIXED = re.compile(rb"<[^<>\s/]*:(?:c|row|f)[\s/>]")
_PREFIX_END = re.compile(rb":(?:c|row|f)[\s/>]")
"""Looked for first, as a colon is found far faster than the beginning of a tag."""
_FEW_DIMENSIONS = 5
_TAG_START = re.compile(rb"<(?:[^<>\s/!?]*:)?(?:c|row)[\s/>]")
_TAG = re.compile(rb"<(?:[^<>\s/!?]*:)?(c|row)(?=[\s/>])((?:\s[^<>\"']*(?:\"[^\"<]*\"|'[^'<]*'))*[^<>\"']*)>")
_REFERRING_TAG = re.compile(rb'<(?:[^<>\s/!?]*:)?(?:c|row)\s(?:[^<>]*\s)?r="')
_EMPTY_CELL = re.compile(
    rb'<((?:[A-Za-z_][\w.-]*:)?)c r="[A-Z]{1,3}[1-9][0-9]{0,6}"(?: (?:s|t)="\w{1,9}"){0,3} ?(?:/>|></\1c>)'
)
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([^\"']*)[\"']")
_CELL_REFERENCE = re.compile(rb"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ROW_REFERENCE = re.compile(rb"[1-9][0-9]{0,6}")
_DIMENSION = re.compile(rb"<(?:[^<>\s/]*:)?dimension\b[^<>]*>")
_REF = re.compile(rb"\sref\s*=\s*[\"']([^\"']*)[\"']")
_VALID_AREA = re.compile(rb"[A-Z]{1,3}[1-9][0-9]{0,6}(:[A-Z]{1,3}[1-9][0-9]{0,6})?")
_MERGED = re.compile(rb"<(?:[^<>\s/]*:)?mergeCell\s[^<>]*>")
_FORMULA = re.compile(rb"<f[\s/>]")
_ANY_FORMULA = re.compile(rb"<(?:[^<>\s/]*:)?f[\s/>]")
_ERROR = re.compile(rb"\st\s*=\s*[\"']e[\"']")
_TEXT = re.compile(rb"\st\s*=\s*[\"']str[\"']")
_VALUE = re.compile(rb"<(?:[^<>\s/]*:)?v[\s/>]")
_CACHED = re.compile(rb"<(?:[^<>\s/]*:)?(?:v|t)(?:\s[^<>]*)?>([^<]+)<")
_CELL_END = re.compile(rb"</(?:[^<>\s/]*:)?c\s*>")
_CELL_START = re.compile(rb"<(?:[^<>\s/]*:)?c(\s[^<>]*)>")


@dataclass
class SheetScan:
    """What the look at one sheet found.

    Attributes:
        text: its XML as the parser is to have it.
        area: no more cells than these stand between A1 and its last filled cell.
        is_walked: True where ``area`` is exact.
        uncalculated: cells whose formula has no value.
        errors: cells that hold an error.
    """

    text: bytes
    area: int = _USUAL_AREA
    is_walked: bool = False
    uncalculated: set[Address] = field(default_factory=set)
    errors: dict[Address, str] = field(default_factory=dict)


def scan_sheet(text: bytes) -> SheetScan:
    """Look at the XML of one sheet, which is plain already.

    Raises:
        Refused: it refers to cells that no sheet has, or to ones far outside any return.
    """
    at, count = text.find(b"dimension"), 0
    while at >= 0 and count < _FEW_DIMENSIONS:  # a search for the tag itself takes ten times as long
        tag = _DIMENSION.match(text, max(text.rfind(b"<", 0, at), 0))
        _check_areas([tag.group()] if tag else [])
        at, count = text.find(b"dimension", at + 1), count + 1
    if at >= 0:
        _check_areas(_DIMENSION.findall(text))
    if b"mergeCell" in text:
        merged = _MERGED.findall(text)
        if len(merged) > _MAX_MERGED:
            raise Refused("workbook_too_many_cells", limit=MAX_CELLS)
        _check_areas(merged)
    is_prefixed, is_large = _is_prefixed(text), len(text) > _WALKED_FROM
    found = SheetScan(plain_letters(text) if is_prefixed or _REFERRING_VALUE.search(text) else text)
    if not is_prefixed and not is_large and not _UNUSUAL.search(text):
        return found
    if is_prefixed or is_large or _ODD_TAG.search(text):
        walk(found)
    if is_prefixed or _FORMULA.search(text) or _ERROR.search(text):
        _find_formulas(found)
    return found


def _is_prefixed(text: bytes) -> bool:
    """Say whether cells, rows or formulas may have names with a prefix; the quick looks do not see those."""
    return _PREFIX_END.search(text) is not None and _PREFIXED.search(text) is not None


def check_cells(sheets: list[SheetScan], references: int) -> None:
    """Refuse a workbook whose sheets together span more cells than any return has.

    Args:
        sheets: what the looks found.
        references: how many sheets the workbook says it has; several may be one and the same.
    """
    if (
        len(sheets) <= _SURELY_FEW_SHEETS
        and references <= _SURELY_FEW_SHEETS
        and not any(sheet.is_walked for sheet in sheets)
    ):
        return
    for sheet in sheets:
        if not sheet.is_walked:
            walk(sheet)
    total = sum(sheet.area for sheet in sheets)
    if references > len(sheets):
        total += (references - len(sheets)) * max((sheet.area for sheet in sheets), default=0)
    if total > MAX_CELLS:
        raise Refused("workbook_too_many_cells", limit=MAX_CELLS)


def _check_areas(tags: list[bytes]) -> None:
    for tag in tags:
        found = _REF.findall(tag)
        if len(found) != 1 or not _VALID_AREA.fullmatch(found[0]):
            raise Refused("file_damaged")


def walk(found: SheetScan) -> None:
    """Follow every row and cell of a sheet as a parser does; formatted cells without content are left out of its text.

    Raises:
        Refused: a reference is none, or a cell that holds something is far outside any return.
    """
    tags = len(_TAG_START.findall(found.text))
    if tags > MAX_TAGS:
        raise Refused("workbook_too_many_cells", limit=MAX_CELLS)
    if len(_REFERRING_TAG.findall(found.text)) == tags:  # else a cell may stand where the one before it says
        found.text = _EMPTY_CELL.sub(b"", found.text)
        tags = len(_TAG_START.findall(found.text))
    if tags > _MAX_FILLED:
        raise Refused("workbook_too_many_cells", limit=MAX_CELLS)
    row, column, last_row, last_column, seen = 0, 0, 0, 0, 0
    for tag in _TAG.finditer(found.text):
        seen += 1
        kind, attributes = tag.groups()
        given = _REFERENCE.findall(attributes)
        if len(given) > 1:
            raise Refused("file_damaged")
        if kind == b"row":
            row, column = _row(given[0]) if given else row + 1, 0
            continue
        at_row, at_column = _cell(given[0]) if given else (max(row, 1), column + 1)
        row, column = (at_row if given else row), at_column
        if attributes.endswith(b"/"):
            continue
        if at_row > MAX_ROW or at_column > MAX_COLUMN:
            raise Refused("workbook_cell_too_far", cell=given[0].decode() if given else f"{at_row}:{at_column}")
        last_row, last_column = max(last_row, at_row), max(last_column, at_column)
    if seen != tags:
        raise Refused("file_damaged")
    found.area, found.is_walked = last_row * last_column, True


def _row(reference: bytes) -> int:
    if not _ROW_REFERENCE.fullmatch(reference):
        raise Refused("file_damaged")
    return int(reference)


def _cell(reference: bytes) -> tuple[int, int]:
    valid = _CELL_REFERENCE.fullmatch(reference)
    if valid is None:
        raise Refused("file_damaged")
    return int(valid.group(2)), column_index(valid.group(1).decode()) + 1


def _find_formulas(found: SheetScan) -> None:
    """Note the cells with errors, and those with a formula that has no value."""
    for piece in _CELL_END.split(found.text):
        at = max(piece.rfind(b"<c "), piece.rfind(b":c "), piece.rfind(b"<c\n"))
        start = _CELL_START.match(piece, piece.rfind(b"<", 0, at + 1)) if at >= 0 else None
        if start is None:
            continue
        attributes, body = start.group(1), piece[start.end() :]
        reference = _REFERENCE.search(attributes)
        valid = _CELL_REFERENCE.fullmatch(reference.group(1)) if reference else None
        if valid is None:
            continue
        address = (int(valid.group(2)) - 1, column_index(valid.group(1).decode()))
        cached = _CACHED.search(body)
        if _ERROR.search(attributes):
            found.errors[address] = cached.group(1).decode("utf-8", "replace")[:40] if cached else "#?"
        elif cached is None and _ANY_FORMULA.search(body) and not (_TEXT.search(attributes) and _VALUE.search(body)):
            found.uncalculated.add(address)
