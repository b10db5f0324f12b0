"""Reading the tables of a returned workbook: rows by their codes, columns by their headings, wherever they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any

from desktop_app.exchange.layout import FIGURES_SHEET, HEADERS, INPUTS, LOCKED, Column, folded
from desktop_app.exchange.marks import locked_text
from desktop_app.exchange.recognising.codes import CodeReader
from desktop_app.exchange.recognising.headings import Heading, headings_alone, spans_of
from desktop_app.exchange.recognising.old_texts import is_as_issued, old_text
from desktop_app.exchange.recognising.returned import ReturnedForm, Table
from desktop_app.exchange.refusal import Refused
from desktop_app.exchange.workbook import Sheet, cell_name, column_letters
from desktop_app.text.dates import format_day
from desktop_app.text.numbers import format_figure

_NO_NUMBER = "#NUM!"
"""What Excel shows where a number is none."""
_ENOUGH_ROWS = 3
"""Fewer changed figures of Kỳ trước are corrections of the unit's."""
LockedCells = dict[str, dict[str, list[str]]]
"""Sheet of the contract → code → the locked cells of its row as they were issued."""

_NOTHING = "–"
"""What is shown of an empty cell."""
_TABLE_NAMES = {folded(name) for name in HEADERS}
_NAMING = {Column.NAME, Column.DEFINITION}
"""Locked columns that tell what a row is about."""
_TOTALS = ("tổng", "cộng")
_ORDINALS = {"stt", "tt", "số tt", "số thứ tự"}
_MANY = 8
"""A column of the unit's own is told as one when so many of its cells are filled; fewer are told one by one."""


def read_sheet(form: ReturnedForm, sheet: Sheet, locked: LockedCells) -> None:
    """Read every table of a sheet into a form; tell what looks like a table of ours and cannot be read."""
    spans = spans_of(sheet)
    if not spans:
        _tell_unread(form, sheet, locked)
        return
    reader: _TableReader | None = None
    for heading, first, end in spans:
        codes_at = heading.places[Column.CODE]
        if len(codes_at) > 1:
            cells = ", ".join(cell_name((heading.row, at)) for at in codes_at)
            params = {"sheet": sheet.name, "cells": cells}
            form.issues.append(("code_column_twice", params, sheet.name, cell_name((heading.row, codes_at[1])), ""))
            continue
        if reader is None or not reader.continues(heading):
            if reader is not None:
                reader.finish()
            reader = _TableReader(form, sheet, heading, locked.get(heading.kind, {}))
            if heading is spans[0][0]:
                reader.read_above(heading.row)
        reader.read(first, end)
    if reader is not None:
        reader.finish()


def tell_missing_rows(form: ReturnedForm, locked: LockedCells) -> None:
    """List the codes of the tables that were issued and stand in no table any more."""
    for kind, rows in locked.items():
        tables = [table for table in form.tables if table.kind == kind]
        if tables:
            found = {code for table in tables for code, _number, _values in table.rows}
            missing = [code for code in rows if code not in found]
            form.issues += [("row_missing", {"code": code}, tables[0].sheet, "", code) for code in missing]


def _tell_unread(form: ReturnedForm, sheet: Sheet, locked: LockedCells) -> None:
    """Tell of a sheet that looks like one of ours and has no table that can be read."""
    alone = headings_alone(sheet)
    if alone is not None:
        form.issues.append(("code_column_missing", {"sheet": sheet.name}, sheet.name, cell_name(alone), ""))
        return
    at = _first_code(sheet, locked)
    if at is not None or folded(sheet.name) in _TABLE_NAMES:
        cell = cell_name(at) if at is not None else ""
        form.issues.append(("header_missing", {"sheet": sheet.name}, sheet.name, cell, ""))


def _first_code(sheet: Sheet, locked: LockedCells) -> tuple[int, int] | None:
    known = {code for rows in locked.values() for code in rows}
    if not known:
        return None
    places = ((number, at) for number, row in enumerate(sheet.rows) for at in range(len(row)))
    return next((place for place in places if str(sheet.rows[place[0]][place[1]]).strip() in known), None)


class _TableReader:
    """Reads the rows of one table, which may go on below headings that are repeated."""

    def __init__(self, form: ReturnedForm, sheet: Sheet, heading: Heading, locked: dict[str, list[str]]) -> None:
        self._form = form
        self._sheet = sheet
        self._heading = heading
        self._locked_rows = locked
        self._table = table = Table(heading.kind, sheet.name)
        self._places = self._readable_places()
        places = self._places
        self._inputs = [places.get(column) for column in INPUTS[table.kind]]
        self._locked = [(index, places.get(column)) for index, column in enumerate(LOCKED[table.kind])]
        self._previous_at = places.get(Column.PREVIOUS) if table.kind == FIGURES_SHEET else None
        self._name_at = places.get(Column.NAME)
        self._code_at = places[Column.CODE]
        table.code_column = column_letters(self._code_at)
        self._codes = CodeReader(locked)
        self._seen: dict[str, int] = {}
        self._changed_before: list[str] = []
        self._rows_above = 0
        self._differs = False
        self._pending: list[int] = []
        self._last_row = -1
        self._merged = self._merged_cells()
        self._is_marked = bool(sheet.formats)
        self._is_sound = not (sheet.errors or sheet.uncalculated or sheet.old_texts or sheet.struck or self._merged)
        self._of_text: dict[int, dict[str, str]] = {}
        form.tables.append(table)

    def continues(self, heading: Heading) -> bool:
        """Say whether a heading is that of this table, repeated."""
        return heading.kind == self._heading.kind and heading.places == self._heading.places

    def read_above(self, end: int) -> None:
        """Read the rows of a table whose heading was sorted in among them; titles above a table are no rows."""
        for number, row in enumerate(self._sheet.rows[:end]):
            code = self._codes.code(row[self._code_at] if self._code_at < len(row) else "")
            if self._codes.is_sure(code):
                self._take(code, number, row, self._locked_rows.get(code))

    def read(self, first: int, end: int) -> None:
        """Read the rows from ``first`` up to ``end``; tell of rows above the last code that have lost theirs."""
        code_at, locked = self._code_at, self._locked_rows
        self._rows_above, self._differs = len(self._table.rows), False
        for number, row in enumerate(self._sheet.rows[first:end], start=first):
            value = row[code_at] if code_at < len(row) else ""
            written = locked.get(value) if type(value) is str else None
            code = value if written is not None else self._codes.code(value)
            if code:
                self._take(code, number, row, written if written is not None else locked.get(code))
                self._last_row = number
                if self._pending:
                    self._tell_without_code(self._pending)
                    self._pending = []
            elif any(raw is not None for raw in self._answers(number, row)):
                self._pending.append(number)
        if self._differs and self._rows_above:
            self._doubt_rows(first)
        self._tell_beside(first, end)

    def finish(self) -> None:
        """Tell of rows below the last code that answer something; signatures and remarks are text alone."""
        self._tell_without_code([number for number in self._pending if self._is_answered(number)])
        self._pending = []
        if self._changed_before:
            self._doubt_figures()

    def _readable_places(self) -> dict[Column, int]:
        """Return the index of every column that stands there once; tell of the input columns that do not."""
        heading, kind = self._heading, self._table.kind
        places = dict(heading.places)
        corner = cell_name((heading.row, places[Column.CODE][0]))
        if kind == FIGURES_SHEET and not self._locked_rows and _is_swapped(places):
            cell = cell_name((heading.row, places[Column.CURRENT][0]))
            self._issue("columns_swapped", {"sheet": self._sheet.name}, cell, "")
            del places[Column.PREVIOUS], places[Column.CURRENT]
        for column in INPUTS[kind]:
            found = places.get(column, [])
            params = {"sheet": self._sheet.name, "column": HEADERS[kind][column]}
            if len(found) == 1:
                self._table.columns[column.value] = column_letters(found[0])
            elif found:
                self._issue("column_twice", params, cell_name((heading.row, found[1])), "")
            elif column not in heading.places:
                self._issue("column_missing", params, corner, "")
        return {column: found[0] for column, found in places.items() if len(found) == 1}

    def _merged_cells(self) -> dict[tuple[int, int], str]:
        """Return the input cells that are part of a merged one which holds something, but not the answer of one row.

        Raises:
            Refused: the merged areas lie on top of each other, which no program writes.
        """
        found: dict[tuple[int, int], str] = {}
        inputs = [at for at in self._inputs if at is not None]
        rows = self._sheet.rows
        left_over = 2 * len(rows) * len(inputs)
        for top, left, bottom, right in self._sheet.merges:
            concerned = [at for at in inputs if left <= at <= right]
            if not concerned or top >= len(rows) or left >= len(rows[top]) or rows[top][left] in ("", None):
                continue
            name = f"{cell_name((top, left))}:{cell_name((bottom, right))}"
            last = min(bottom, len(rows) - 1)
            left_over -= (last - top + 1) * len(concerned)
            if left_over < 0:
                raise Refused("file_damaged")
            columns = [left] if left in inputs else concerned  # what the answer hides beside itself in its row is blank
            found |= {(number, at): name for number in range(top, last + 1) for at in columns}
            if left == self._places.get(Column.NOTE) or not self._has_codes(top, last):
                found.pop((top, left), None)
        return found

    def _has_codes(self, top: int, last: int) -> bool:
        """Say whether rows have several codes: one figure for all of them may be that of each, or their sum."""
        return sum(bool(self._code_of(row)) for row in self._sheet.rows[top : last + 1]) > 1

    def _take(self, code: str, number: int, row: list[Any], written: list[str] | None) -> None:
        values = [None if at is None else self._raw(number, row, at) for at in self._inputs]
        if code in self._seen:
            self._twice(code, number, values)
            return
        if written is not None:
            self._compare(code, number, row, written, values)
        else:
            self._keep_locked(code, row)
        self._seen[code] = len(self._table.rows)
        self._table.rows.append((code, number + 1, values))
        if self._is_marked:
            for at, value in zip(self._inputs, values, strict=True):
                if at is not None and value is not None:
                    self._mark(number, at)

    def _keep_locked(self, code: str, row: list[Any]) -> None:
        """Keep what tells of a row that nobody can compare here with what was issued."""
        naming = self._name_at if self._name_at is not None else self._places.get(Column.DEFINITION)
        table, unit_at = self._table, self._places.get(Column.MEASURE_UNIT)
        table.unit_column = column_letters(unit_at) if unit_at is not None else ""
        for at, kept in ((naming, table.names), (self._previous_at, table.before), (unit_at, table.units)):
            if at is not None and at < len(row):
                kept[code] = locked_text(row[at])

    def _twice(self, code: str, number: int, values: list[Any]) -> None:
        """Where two rows of one code differ, neither is taken."""
        _code_read, first_row, taken = self._table.rows[self._seen[code]]
        for index, value in enumerate(values):
            if value != taken[index]:
                taken[index] = {"twice": [first_row, number + 1]}
                self._differs = True

    def _doubt_rows(self, first: int) -> None:
        """Take nothing of rows that only a repeated table has, where it contradicts the one above: nobody knows whose."""
        for _code, _number, values in self._table.rows[self._rows_above :]:
            for index, value in enumerate(values):
                if index == 0 or value is not None:
                    values[index] = {"repeated": first}

    def _doubt_figures(self) -> None:
        """Take nothing of a table in which most figures of Kỳ trước are not those that were issued.

        Then a table of another unit, or of another year, was pasted over this one.
        """
        at = LOCKED[self._table.kind].index(Column.PREVIOUS)
        known = {code for code in self._seen if code in self._locked_rows and self._locked_rows[code][at]}
        doubt_figures(self._table, set(self._changed_before), known)

    def _raw(self, number: int, row: list[Any], at: int) -> Any:
        if self._is_sound:
            return plain(row[at]) if at < len(row) else None
        address = (number, at)
        if address in self._merged:
            return {"merged": self._merged[address]}
        if address in self._sheet.errors:
            return {"error": self._sheet.errors[address]}
        if address in self._sheet.uncalculated:
            return {"uncalculated": True}
        value = row[at] if at < len(row) else ""
        if address in self._sheet.struck and value != "":
            whole = _shown(value) if isinstance(value, date) else plain(value)
            return {"struck": whole, "kept": self._sheet.struck[address]}
        old = self._sheet.old_texts.get(address)
        return old_text(old) if old is not None else plain(value)

    def _answers(self, number: int, row: list[Any]) -> Iterator[Any]:
        """Give what stands in the input cells of a row without a code."""
        for at in self._inputs:
            if at is not None and (number, at) not in self._merged:
                yield self._raw(number, row, at)

    def _is_answered(self, number: int) -> bool:
        """Say whether a row without a code, below the last one that has one, answers something."""
        row = self._sheet.rows[number]
        if any(raw is not None and not _is_text(raw) for raw in self._answers(number, row)):
            return True
        name = row[self._name_at] if self._name_at is not None and self._name_at < len(row) else ""
        is_next = number == self._last_row + 1
        return locked_text(name) in self._names() or (is_next and not self._locked_rows and name != "")

    def _tell_without_code(self, numbers: list[int]) -> None:
        for number in numbers:
            row = self._sheet.rows[number]
            is_total = bool(self._locked_rows) and number > self._last_row and _is_total(row, self._names())
            code = "row_of_totals" if is_total else "row_without_code"
            self._issue(code, {"row": number + 1}, cell_name((number, self._code_at)), "")
            owner = self._named_like(row)
            if owner in self._seen:
                self._twice(owner, number, [None if at is None else self._raw(number, row, at) for at in self._inputs])

    def _named_like(self, row: list[Any]) -> str:
        """Return the code whose name a row without a code has; "" for none."""
        name = locked_text(row[self._name_at]) if self._name_at is not None and self._name_at < len(row) else ""
        kept = self._table.names.items() if name and not self._locked_rows else ()
        return self._names().get(name) or next((code for code, known in kept if known == name), "")

    def _tell_beside(self, first: int, end: int) -> None:
        """Tell of answers in columns that have no heading, or one that is none of ours."""
        places = {at for found in self._heading.places.values() for at in found}
        rows = [(number, self._sheet.rows[number]) for number in range(first, min(end, len(self._sheet.rows)))]
        width = max((len(row) for _number, row in rows), default=0)
        others = [at for at in range(width) if at not in places]
        if not others:
            return
        coded = [(number, row) for number, row in rows if self._code_of(row) in self._seen]
        for at in others:
            label = self._heading.labels.get(at, "")
            filled = [number for number, row in coded if at < len(row) and row[at] not in ("", None)]
            if not filled or folded(label) in _ORDINALS:
                continue
            if label or len(filled) > _MANY:
                letters = column_letters(at)
                params: dict[str, Any] = {"column": f"{letters} “{label}”" if label else letters, "count": len(filled)}
                self._issue("column_not_ours", params, cell_name((self._heading.row if label else filled[0], at)), "")
                continue
            for number in filled:
                row = self._sheet.rows[number]
                params = {"code": self._code_of(row), "typed": _shown(row[at])}
                self._issue("answer_beside", params, cell_name((number, at)), self._code_of(row))

    def _code_of(self, row: list[Any]) -> str:
        return self._codes.code(row[self._code_at] if self._code_at < len(row) else "")

    def _mark(self, number: int, at: int) -> None:
        address = (number, at)
        marks = {}
        if address in self._sheet.formats:
            marks["format"] = self._sheet.formats[address]
        if marks:
            self._table.marks[cell_name(address)] = marks

    def _compare(self, code: str, number: int, row: list[Any], written: list[str], values: list[Any]) -> None:
        """Name the locked cells of a row that differ from what was issued; take nothing that was typed in a wrong place."""
        for index, at in self._locked:
            if at is None or index >= len(written):
                continue
            value = row[at] if at < len(row) else ""
            if value == written[index] or locked_text(value) == written[index]:
                continue
            if is_as_issued(self._sheet, (number, at), value, written[index]):
                continue
            if at == self._previous_at and self._is_misplaced(row, value, written[index]):
                values[0] = {"misplaced": _shown(value) or _NOTHING}
                self._changed_before.append(code)
                continue
            if at == self._previous_at:
                self._changed_before.append(code)
            self._form.edited.append((self._sheet.name, cell_name((number, at)), code, _shown(value)))
            other = self._owners(index).get(locked_text(value)) if LOCKED[self._table.kind][index] in _NAMING else None
            if other is not None:
                mix(values, code, other)

    def _names(self) -> dict[str, str]:
        """Return the code of every name that was issued once."""
        return self._owners(LOCKED[self._table.kind].index(Column.NAME))

    def _owners(self, index: int) -> dict[str, str]:
        """Return the code of every text that was issued once in a locked column."""
        if index not in self._of_text:
            texts = {code: cells[index] for code, cells in self._locked_rows.items() if index < len(cells)}
            count = Counter(texts.values())
            self._of_text[index] = {text: code for code, text in texts.items() if text and count[text] == 1}
        return self._of_text[index]

    def _is_misplaced(self, row: list[Any], typed: Any, written: str) -> bool:
        """Say whether a figure was typed under Kỳ trước instead of Kỳ này, or the headings of the two changed places.

        Then Kỳ trước says something new, or nothing any more, while Kỳ này says nothing, or what Kỳ trước said at issue.
        """
        current = self._places.get(Column.CURRENT)
        if current is None:
            return False
        said = locked_text(row[current]) if current < len(row) else ""
        return said in ("", written) and bool(said or locked_text(typed))

    def _issue(self, code: str, params: dict[str, Any], cell: str, item: str) -> None:
        self._form.issues.append((code, params, self._sheet.name, cell, item))


def doubt_figures(table: Table, changed: Set[str], known: Set[str]) -> None:
    """Mark the answers of a table in most rows of which Kỳ trước is not what was issued.

    Args:
        table: whose answers are marked.
        changed: codes of the rows where it differs.
        known: codes of the rows where something was issued.
    """
    if len(changed) < _ENOUGH_ROWS or 2 * len(changed) <= len(known | changed):
        return
    for _code, _number, values in table.rows:
        for index, value in enumerate(values):
            if value is not None and not isinstance(value, dict):
                values[index] = {"pasted": len(changed)}


def mix(values: list[Any], code: str, other: str) -> None:
    """Mark the answers of a row that has the code of one thing and the name of another, the first even where it is blank."""
    for index, value in enumerate(values):
        if index == 0 or value is not None:
            values[index] = {"mixed": other, "code": code}


def _is_text(raw: Any) -> bool:
    return isinstance(raw, str) or (isinstance(raw, dict) and ("old" in raw or isinstance(raw.get("struck"), str)))


def _is_total(row: list[Any], names: dict[str, str]) -> bool:
    """Say whether a row adds up others: Tổng cộng, Cộng …; some figures of a form have such names too."""
    texts = [value for value in row if isinstance(value, str)]
    return any(folded(text).startswith(_TOTALS) for text in texts) and not any(locked_text(text) in names for text in texts)


def _is_swapped(places: dict[Column, list[int]]) -> bool:
    """Say whether Kỳ này stands before Kỳ trước: without _meta nobody knows whether columns or only headings moved."""
    previous, current = places.get(Column.PREVIOUS, []), places.get(Column.CURRENT, [])
    return len(previous) == len(current) == 1 and current < previous


def _shown(value: Any) -> str:
    """Return what stands in a cell as people write it, cut where it is long."""
    if isinstance(value, float):
        return format_figure(Decimal(str(value))) if isfinite(value) else _NO_NUMBER
    return format_day(value) if isinstance(value, date) else str(value)[:80]


def plain(value: Any) -> Any:
    """Return a cell value as JSON can carry it; None for an empty cell."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, float):
        if not isfinite(value):  # no program writes it, but files can hold it
            return {"error": _NO_NUMBER}
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if isinstance(value, date):
        return {"day": (value.date() if isinstance(value, datetime) else value).isoformat()}
    return str(value) if isinstance(value, time | timedelta) else value
