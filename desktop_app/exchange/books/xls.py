"""Reading workbooks of Excel 97 to 2003 (``.xls``), which many units still send.

xlrd tells what calamine leaves out: errors in cells, number formats, fonts (by stretches of a text), merged areas. This runs
in the limited child only. In this format a formula always keeps its last result, so nothing is ever "not calculated".
"""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from desktop_app.exchange.books.fonts import note_fonts
from desktop_app.exchange.books.strikes import note_strikes
from desktop_app.exchange.refusal import Refused
from desktop_app.exchange.scanning.excel_sheets import MAX_COLUMN, MAX_ROW, MAX_SHEETS
from desktop_app.exchange.scanning.prescan import Scan
from desktop_app.exchange.workbook import UNSHOWN, Address, Run, Sheet, cell_name
from desktop_app.text.dates import FROM_1904

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Cell
    from xlrd.sheet import Sheet as XlrdSheet

_EMPTY, _TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR, _BLANK = range(7)
"""The types of cells as xlrd numbers them."""


def read_xls(found: Scan) -> list[Sheet]:
    """Return the sheets of a workbook, in its order.

    Raises:
        Refused: it is encrypted or damaged, or something stands far outside any return.
    """
    import xlrd

    try:
        book = xlrd.open_workbook(
            file_contents=found.members["Workbook"],  # the records alone, without the container
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
            ignore_workbook_corruption=True,  # sectors that nothing uses; other programs open such files without a word
            logfile=io.StringIO(),  # standard output carries the answers
        )
        return [_XlsSheet(book, book.sheet_by_index(index)).read() for index in range(_count(book))]
    except (Refused, MemoryError):
        raise
    except Exception as error:  # a crafted file makes xlrd raise anything
        raise Refused("file_encrypted" if "encrypted" in str(error) else "file_damaged") from error


def _count(book: Book) -> int:
    count = int(book.nsheets)
    if count > MAX_SHEETS:
        raise Refused("workbook_too_many_sheets", count=count, limit=MAX_SHEETS)
    return count


class _XlsSheet:
    """One sheet while it is read."""

    def __init__(self, book: Book, sheet: XlrdSheet) -> None:
        self._book = book
        self._source = sheet
        self._sheet = Sheet(sheet.name, [])

    def read(self) -> Sheet:
        for number in range(self._source.nrows):
            cells = self._source.row(number)
            while cells and cells[-1].ctype in {_EMPTY, _BLANK}:
                cells.pop()
            if cells and (number >= MAX_ROW or len(cells) > MAX_COLUMN):
                raise Refused("workbook_cell_too_far", cell=cell_name((number, len(cells) - 1)))
            self._sheet.rows.append([self._value((number, at), cell) for at, cell in enumerate(cells)])
        rows = self._sheet.rows
        while rows and not rows[-1]:
            rows.pop()
        width = max(map(len, rows), default=0)
        for row in rows:
            row.extend([""] * (width - len(row)))
        self._sheet.merges = sorted(
            (first, left, last - 1, right - 1) for first, last, left, right in self._source.merged_cells
        )
        return self._sheet

    def _value(self, address: Address, cell: Cell) -> Any:
        if cell.ctype not in {_EMPTY, _BLANK}:
            self._note_strikes(address, cell)
        if cell.ctype == _TEXT:
            self._note_fonts(address, cell)
            return cell.value
        if cell.ctype == _NUMBER:
            self._note_format(address, cell)
            return float(cell.value)
        if cell.ctype == _DATE:
            return self._moment(address, cell.value)
        if cell.ctype == _BOOLEAN:
            return bool(cell.value)
        if cell.ctype == _ERROR:
            from xlrd.biffh import error_text_from_code

            self._sheet.errors[address] = error_text_from_code.get(cell.value, "#?")
        return ""

    def _moment(self, address: Address, serial: float) -> date | datetime | time | str:
        from xlrd.xldate import xldate_as_datetime

        try:
            moment: datetime = xldate_as_datetime(serial, self._book.datemode)
        except (OverflowError, ValueError):
            self._sheet.errors[address] = UNSHOWN
            return ""
        if 0 <= serial < 1:
            return moment.time()
        return moment if moment.time() != time() else moment.date()

    def _note_format(self, address: Address, cell: Cell) -> None:
        """Keep the number format of a number whose meaning depends on it."""
        known = self._book.format_map.get(self._book.xf_list[cell.xf_index].format_key)
        shown = str(known.format_str) if known is not None else ""
        if "%" in shown or 0 < cell.value <= 1:
            self._sheet.formats[address] = shown
        elif self._book.datemode:
            self._sheet.formats[address] = FROM_1904 + shown

    def _note_fonts(self, address: Address, cell: Cell) -> None:
        """Keep the legacy fonts of a text."""
        runs: list[Run] = [(piece, self._font(index)) for piece, index in self._stretches(address, cell)]
        note_fonts(self._sheet, address, self._font(self._font_index(cell)), runs)

    def _note_strikes(self, address: Address, cell: Cell) -> None:
        """Keep what is crossed out of a cell."""
        fonts = self._book.font_list
        if cell.ctype != _TEXT:
            if fonts[self._font_index(cell)].struck_out:
                note_strikes(self._sheet, address, [])
            return
        pieces = [(piece, bool(fonts[index].struck_out)) for piece, index in self._stretches(address, cell)]
        if any(is_struck for _piece, is_struck in pieces):
            note_strikes(self._sheet, address, pieces)

    def _stretches(self, address: Address, cell: Cell) -> list[tuple[str, int]]:
        """Return the stretches of a text with the numbers of their fonts."""
        stretches = []
        font, start = self._font_index(cell), 0
        for offset, index in self._source.rich_text_runlist_map.get(address) or ():
            if offset > start:
                stretches.append((cell.value[start:offset], font))
            font, start = index, max(start, offset)
        stretches.append((cell.value[start:], font))
        return stretches

    def _font_index(self, cell: Cell) -> int:
        return int(self._book.xf_list[cell.xf_index].font_index)

    def _font(self, index: int) -> str:
        return str(self._book.font_list[index].name)
