"""Blocks of cells from and for Excel, LibreOffice and WPS: text with tabs and line ends, quoted where a cell holds one."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.services.editing import FormRow
from desktop_app.text.vietnamese import clean, match_key
from desktop_app.ui.grid.model import CellEntry, Column, EntryModel, SectionLine

_SHEET_CURRENT, _SHEET_NOTE = 4, 5  # columns of the sheet "Số liệu" (product.md)


@dataclass(frozen=True)
class Placed:
    """Where the cells of a block go.

    Attributes:
        entries: the cells that have a place.
        blanks: empty cells of the block, which change nothing.
        outside: filled cells that have no place in the grid.
    """

    entries: tuple[CellEntry, ...]
    blanks: int
    outside: int


def read_block(text: str) -> list[list[str]]:
    """Return the cells of a copied block, row by row."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    rows = list(csv.reader(io.StringIO(lines, newline=""), delimiter="\t"))
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return rows


def write_block(rows: Sequence[Sequence[str]]) -> str:
    """Return cells as text that spreadsheets paste back into the same cells."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    return out.getvalue()


def place_block(model: EntryModel, block: Sequence[Sequence[str]], row: int, column: Column) -> Placed:
    """Find the cells of the grid that a block belongs to.

    A block whose first column holds codes of the form goes to those rows, wherever it is pasted. Any other block goes down
    from the current cell, see :func:`_targets`.
    """
    if any(len(cells) > 1 and model.row_of(clean(cells[0])) >= 0 for cells in block):
        return _by_code(model, block)
    return _downwards(model, block, row, column)


def _by_code(model: EntryModel, block: Sequence[Sequence[str]]) -> Placed:
    entries: list[CellEntry] = []
    blanks = outside = 0
    for cells in block:
        row = model.row_of(clean(cells[0])) if cells else -1
        current, note = (_SHEET_CURRENT, _SHEET_NOTE) if len(cells) > _SHEET_CURRENT else (1, 2)
        for place, column in ((current, Column.CURRENT), (note, Column.NOTE)):
            typed = cells[place] if place < len(cells) else ""
            if row < 0:
                outside += bool(typed.strip())
            elif typed.strip():
                entries.append(CellEntry(row, column, typed))
            elif column is Column.CURRENT:
                blanks += 1
    return Placed(tuple(entries), blanks, outside)


def _downwards(model: EntryModel, block: Sequence[Sequence[str]], row: int, column: Column) -> Placed:
    columns = (Column.CURRENT, Column.NOTE) if column is not Column.NOTE else (Column.NOTE,)
    entries: list[CellEntry] = []
    blanks = outside = 0
    for cells, at in zip(block, _targets(model, block, row), strict=True):
        if at is None:
            outside += sum(1 for typed in cells if typed.strip())
        elif isinstance(model.line(at), FormRow):
            filled = [(place, typed) for place, typed in zip(columns, cells, strict=False) if typed.strip()]
            entries += [CellEntry(at, place, typed) for place, typed in filled]
            blanks += not filled
            outside += sum(1 for typed in cells[len(columns) :] if typed.strip())
    return Placed(tuple(entries), blanks, outside)


def _targets(model: EntryModel, block: Sequence[Sequence[str]], row: int) -> list[int | None]:
    """Return the line of the grid for each line of a block.

    A column copied from the workbook has an empty line (or the heading) at every section; it is taken line by line only
    when that holds for all sections on the way. Otherwise the sections are passed over.
    """
    straight = list(range(row, row + len(block)))
    headings = [
        (cells, line) for cells, at in zip(block, straight, strict=True) if isinstance(line := model.line(at), SectionLine)
    ]
    if not all(_repeats(cells, line) for cells, line in headings):
        rows = [at for at in range(row, model.rowCount()) if model.form_row(at) is not None]
        return [rows[index] if index < len(rows) else None for index in range(len(block))]
    return [at if model.line(at) is not None else None for at in straight]


def _repeats(cells: Sequence[str], line: SectionLine) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return not filled or (len(filled) == 1 and match_key(filled[0]) == match_key(line.title))
