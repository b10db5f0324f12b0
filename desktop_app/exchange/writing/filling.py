"""Fills an issued workbook in as a unit does: input cells only, everything else as it was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from desktop_app.exchange.content import CellValue
from desktop_app.exchange.layout import HEADERS, INPUTS, Column, folded
from desktop_app.exchange.writing.archives import room_for_sheets

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_CODE_COLUMN = 1


@dataclass(frozen=True)
class Entry:
    """Where one answer goes.

    Attributes:
        sheet: name of the sheet.
        code: code of the element, system or task, as in the column ``Mã``.
        column: the input column.
    """

    sheet: str
    code: str
    column: Column


def fill(issued: bytes, entries: Mapping[Entry, CellValue]) -> bytes:
    """Return an issued workbook with answers in its input cells.

    Args:
        issued: the workbook as the province sent it.
        entries: what to write; an entry whose code the workbook does not hold is left out, as the unit was not asked.

    Raises:
        KeyError: an entry names a column that is no input of its sheet.
    """
    import openpyxl

    workbook = openpyxl.load_workbook(BytesIO(issued))
    for name, columns in INPUTS.items():
        sheet = workbook[name]
        places = _places(sheet, {folded(HEADERS[name][column]): column for column in columns})
        rows = {str(cell.value): cell.row for (cell,) in sheet.iter_rows(max_col=_CODE_COLUMN) if cell.value is not None}
        for entry, value in entries.items():
            if entry.sheet == name and entry.code in rows:
                sheet.cell(rows[entry.code], places[entry.column]).value = value
    filled = BytesIO()
    with room_for_sheets():
        workbook.save(filled)
    return filled.getvalue()


def _places(sheet: Worksheet, wanted: Mapping[str, Column]) -> dict[Column, int]:
    """Return the number of each input column, found by its header."""
    found: dict[Column, int] = {}
    for row in sheet.iter_rows():
        for cell in row:
            column = wanted.get(folded(str(cell.value))) if isinstance(cell.value, str) else None
            if column is not None:
                found.setdefault(column, cell.column)
        if len(found) == len(wanted):
            break
    return found
