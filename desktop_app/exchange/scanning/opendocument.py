"""The look at the content of an OpenDocument workbook: what its repeated rows and cells would unfold to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_app.exchange.refusal import Refused
from desktop_app.exchange.scanning.excel_sheets import MAX_CELLS, MAX_COLUMN, MAX_ROW, MAX_SHEETS
from desktop_app.exchange.scanning.excel_strings import MAX_TEXT_BYTES
from desktop_app.exchange.workbook import cell_name

_MOST_TAGS = 400_000
_MOST_UNFOLDED = 2_000_000
"""Cells that a parser would write down one by one, empty ones included."""
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
"""Where a sheet of any program ends."""
_TAG = re.compile(
    rb"<(/?)(?:[^<>\s/!?:]*:)(table|table-row|table-cell|covered-table-cell)(?=[\s/>])"
    rb"((?:\s[^<>\"']*(?:\"[^\"<]*\"|'[^'<]*'))*[^<>\"']*)>"
)
_TAG_START = re.compile(rb"<(?:[^<>\s/!?:]*:)(?:table|table-row|table-cell|covered-table-cell)[\s/>]")
_REPEATED = re.compile(rb"number-(?:columns|rows)-repeated\s*=\s*[\"']([^\"']*)[\"']")
_SPACES = re.compile(rb"<(?:[^<>\s/:]*:)s\s[^<>]*?\bc\s*=\s*[\"']([^\"']*)[\"']")
_HOLDS = re.compile(rb"(?:value-type|formula|:value|-value)\s*=")


@dataclass
class _Table:
    """One sheet while it is walked: how far it reaches, and what it unfolds to."""

    row: int = 0
    row_repeats: int = 1
    column: int = 0
    pending: int = 0
    is_filled: bool = False
    last_row: int = 0
    last_column: int = 0
    unfolded: int = 0
    text: int = 0
    row_text: int = 0

    def begin_row(self, attributes: bytes) -> None:
        self.row_repeats = _repeats(attributes, _LAST_ROW)
        self.column = self.pending = self.row_text = 0
        self.is_filled = False

    def end_row(self) -> None:
        self.row += self.row_repeats
        if not self.is_filled:
            return
        if self.row > MAX_ROW:
            raise Refused("workbook_row_too_far", row=self.row, limit=MAX_ROW)
        self.last_row = self.row
        self.add_text(self.row_text * self.row_repeats)

    def add_cell(self, repeats: int, *, is_filled: bool) -> None:
        self.unfolded += self.pending
        self.column += repeats
        self.pending = repeats
        if is_filled:
            self.unfolded += repeats
            self.pending = 0
            self.is_filled = True
            self.last_column = max(self.last_column, self.column)
        if self.last_column > MAX_COLUMN:
            raise Refused("workbook_cell_too_far", cell=cell_name((self.row, self.last_column - 1)))
        if self.unfolded > _MOST_UNFOLDED:
            raise Refused("workbook_too_many_cells", limit=MAX_CELLS)

    def add_text(self, length: int) -> None:
        self.text += length
        if self.text > MAX_TEXT_BYTES:
            raise Refused("workbook_too_much_text", megabytes=MAX_TEXT_BYTES // 1_000_000)


def check_content(text: bytes) -> None:
    """Refuse a workbook that would unfold to more cells or text than any return has.

    Programs fill the rest of a sheet with one empty cell repeated; only what stands before a filled cell unfolds.

    Args:
        text: ``content.xml``, which is plain already.

    Raises:
        Refused: with the code of the issue.
    """
    if len(_TAG_START.findall(text)) > _MOST_TAGS:
        raise Refused("workbook_too_many_cells", limit=MAX_CELLS)
    walk = _Walk(text)
    for tag in _TAG.finditer(text):
        walk.take(tag)
    _check(walk.tables)


class _Walk:
    """Goes through the tags of the tables in their order."""

    def __init__(self, text: bytes) -> None:
        self.tables: list[_Table] = []
        self._text = text
        self._is_open = False
        self._cell: tuple[int, int] | None = None

    def take(self, tag: re.Match[bytes]) -> None:
        """Take the beginning or the end of a table, a row or a cell."""
        closing, kind, attributes = tag.groups()
        is_single = attributes.endswith(b"/")
        if kind == b"table":
            if not closing and self._is_open:
                raise Refused("file_damaged")  # a sheet inside a sheet
            self._is_open = not closing and not is_single
            if self._is_open:
                self.tables.append(_Table())
        elif not self._is_open:
            raise Refused("file_damaged")
        elif kind == b"table-row":
            if not closing:
                self.tables[-1].begin_row(attributes)
            if closing or is_single:
                self.tables[-1].end_row()
        elif not closing:
            self._begin_cell(tag.end(), attributes, is_single=is_single)
        elif self._cell is not None:
            start, repeats = self._cell
            self.tables[-1].row_text += repeats * (tag.start() - start + _spaces(self._text, start, tag.start()))
            self._cell = None

    def _begin_cell(self, end: int, attributes: bytes, *, is_single: bool) -> None:
        is_empty = is_single or self._text.startswith(b"</", end)
        repeats = _repeats(attributes, _LAST_COLUMN)
        self._cell = None if is_single else (end, repeats)
        self.tables[-1].add_cell(repeats, is_filled=not is_empty or _HOLDS.search(attributes) is not None)
        if b"string-value" in attributes:
            self.tables[-1].row_text += repeats * len(attributes)


def _repeats(attributes: bytes, most: int) -> int:
    found = _REPEATED.findall(attributes)
    if not found:
        return 1
    if len(found) > 1 or not found[0].isdigit() or len(found[0]) > 9 or not 0 < int(found[0]) <= most:
        raise Refused("file_damaged")
    return int(found[0])


def _spaces(text: bytes, start: int, end: int) -> int:
    """Return how many spaces a cell asks to be written."""
    total = 0
    for found in _SPACES.findall(text, start, end):
        if not found.isdigit() or len(found) > 6:
            raise Refused("file_damaged")
        total += int(found)
    return total


def _check(tables: list[_Table]) -> None:
    if len(tables) > MAX_SHEETS:
        raise Refused("workbook_too_many_sheets", count=len(tables), limit=MAX_SHEETS)
    cells = sum(table.last_row * table.last_column for table in tables)
    if cells > MAX_CELLS or sum(table.unfolded for table in tables) > _MOST_UNFOLDED:
        raise Refused("workbook_too_many_cells", limit=MAX_CELLS)
    if sum(table.text for table in tables) > MAX_TEXT_BYTES:
        raise Refused("workbook_too_much_text", megabytes=MAX_TEXT_BYTES // 1_000_000)
