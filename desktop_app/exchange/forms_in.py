"""Recognising a returned workbook: whose it is, and where its answers stand.

Rows are found by their codes in the column ``Mã``, columns by their headers, sheets by what they hold: names and positions
do not matter. This module runs in the limited child process and knows no data file; it gives plain data that fits JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from desktop_app.exchange.layout import (
    CODE_PATTERN,
    FIGURES_SHEET,
    HEADERS,
    INPUTS,
    LOCKED,
    META_SHEET,
    TASKS_SHEET,
    Column,
    folded,
)
from desktop_app.exchange.marks import META_KEYS, locked_text, parse_identity_line, sha256_of
from desktop_app.exchange.prescan import Refused
from desktop_app.exchange.workbook import Address, Sheet, cell_name, column_letters
from desktop_app.text.dates import format_day
from desktop_app.text.numbers import format_figure

_HEADER_ROWS = 200
"""A header is looked for in so many rows from the top."""
_KNOWN = {sheet: {folded(text): column for column, text in columns.items()} for sheet, columns in HEADERS.items()}
_CODE_HEADER = folded(HEADERS[FIGURES_SHEET][Column.CODE])
_LONGEST_HEADER = 60
_NOTHING = "–"
"""What is shown of an empty cell."""
_ENOUGH_HEADINGS = 3
"""A row with so many headings of one table is its heading row, even without Mã."""
_TABLE_NAMES = {folded(name) for name in HEADERS}
_folded = lru_cache(maxsize=500)(folded)
_IDENTITY_OF_ROUND = ("file_uuid", "plan", "form", "period", "unit")


@dataclass
class Table:
    """The answers on one sheet.

    Attributes:
        kind: the sheet of the contract that it is: ``Số liệu``, ``Hệ thống`` or ``Nhiệm vụ``.
        sheet: its name in this file.
        columns: letters of the input columns that were found.
        rows: (code, row number from 1, one raw value per input column of the kind); a raw value is text, number, yes or no,
            None for an empty cell, or one of ``{"day": …}``, ``{"error": …}``, ``{"uncalculated": true}``,
            ``{"twice": [row, row]}`` and ``{"misplaced": …}`` for a figure that stands under Kỳ trước.
        marks: per cell address, its number format and legacy font where they matter.
    """

    kind: str
    sheet: str
    columns: dict[str, str] = field(default_factory=dict)
    rows: list[tuple[str, int, list[Any]]] = field(default_factory=list)
    marks: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass
class ReturnedForm:
    """A returned workbook as it was recognised.

    Attributes:
        identity: its parts as texts, by the names of ``content.Identity``.
        source: where the identity was found: ``meta``, ``line`` or ``properties``.
        digest: the keyed digest in ``_meta``; "" where there is none.
        hashes: SHA-256 of the values and of the locked cells as ``_meta`` keeps them.
        values_json: the values at issue as ``_meta`` keeps them; "" where there is none.
        tables: in the order of the file.
        edited: locked cells that differ from ``_meta``: (sheet, cell, code, what stands there).
        issues: (code, params, sheet, cell, code of the row).
    """

    identity: dict[str, str] = field(default_factory=dict)
    source: str = ""
    digest: str = ""
    hashes: tuple[str, str] = ("", "")
    values_json: str = ""
    tables: list[Table] = field(default_factory=list)
    edited: list[tuple[str, str, str, str]] = field(default_factory=list)
    issues: list[tuple[str, dict[str, Any], str, str, str]] = field(default_factory=list)


def recognise(sheets: list[Sheet], properties: Callable[[], str]) -> ReturnedForm:
    """Recognise a workbook.

    Args:
        sheets: all of its sheets, hidden ones too.
        properties: gives the document properties as one text; asked where nothing else tells whose it is.

    Raises:
        Refused: it is no workbook of ours, it holds several of them, or it contradicts itself.
    """
    form = ReturnedForm()
    meta = next((sheet for sheet in sheets if folded(sheet.name) == META_SHEET), None)
    facts = _meta_of(meta) if meta is not None else {}
    _identify(form, facts, [sheet for sheet in sheets if sheet is not meta], properties)
    locked = _locked_of(form, facts)
    for sheet in sheets:
        if sheet is not meta:
            _read_sheet(form, sheet, locked)
    if not form.tables:
        raise Refused("form_without_table")
    return form


def _meta_of(sheet: Sheet) -> dict[str, str]:
    return {str(row[0]).strip(): str(row[1]) for row in sheet.rows if len(row) > 1 and row[0] != ""}


def _identify(form: ReturnedForm, facts: dict[str, str], sheets: list[Sheet], properties: Callable[[], str]) -> None:
    """Find out which workbook it is: from ``_meta``, else from the identity lines, else from the document properties."""
    lines = [found for sheet in sheets for found in _lines(sheet)]
    distinct = {tuple(line[key] for key in _IDENTITY_OF_ROUND) for line in lines}
    if len(distinct) > 1:
        raise Refused("form_of_several", units=", ".join(sorted({line["unit"] for line in lines})))
    if all(facts.get(key) for key in META_KEYS):
        form.identity, form.source = {key: facts[key].strip() for key in META_KEYS}, "meta"
    elif lines:
        form.identity, form.source = lines[0], "line"
    else:
        found = parse_identity_line(properties())
        if found is None:
            raise Refused("form_unknown")
        form.identity, form.source = found, "properties"
    if distinct and tuple(form.identity[key] for key in _IDENTITY_OF_ROUND) not in distinct:
        raise Refused("form_contradicts_itself", meta=form.identity["unit"], line=lines[0]["unit"])
    if form.source != "meta":
        form.issues.append((f"identity_from_{form.source}", {}, "", "", ""))


def _lines(sheet: Sheet) -> Iterator[dict[str, str]]:
    for row in sheet.rows:
        for value in row:
            if isinstance(value, str) and "SKH" in value:
                found = parse_identity_line(value)
                if found:
                    yield found


def _locked_of(form: ReturnedForm, facts: dict[str, str]) -> dict[str, dict[str, list[str]]]:
    """Take the digest and what it vouches for from ``_meta``; return the locked cells by sheet and code."""
    if form.source != "meta":
        return {}
    form.digest = facts.get("digest", "")
    texts = ["".join(_numbered(facts, name)) for name in ("values", "locked")]
    form.values_json = texts[0]
    form.hashes = (sha256_of(texts[0]), sha256_of(texts[1]))
    try:
        found = json.loads(texts[1])
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _numbered(facts: dict[str, str], name: str) -> Iterator[str]:
    number = 1
    while f"{name}.{number}" in facts:
        yield facts[f"{name}.{number}"]
        number += 1


def _read_sheet(form: ReturnedForm, sheet: Sheet, locked: dict[str, dict[str, list[str]]]) -> None:
    heading = _heading(sheet)
    kind, places = heading.kind, heading.places
    if not kind:
        _tell_unread(form, sheet, locked)
        return
    table = Table(kind, sheet.name)
    if kind == FIGURES_SHEET and not locked.get(kind) and _is_swapped(places):
        form.issues.append(("columns_swapped", {"sheet": sheet.name}, sheet.name, "", ""))
        places = {column: found for column, found in places.items() if column not in {Column.PREVIOUS, Column.CURRENT}}
    for column in INPUTS[kind]:
        if len(places.get(column, ())) == 1:
            table.columns[column.value] = column_letters(places[column][0])
        elif column in places or column not in heading.places:
            code = "column_twice" if column in places else "column_missing"
            params = {"sheet": sheet.name, "column": HEADERS[kind][column]}
            form.issues.append((code, params, sheet.name, "", ""))
    reader = _TableReader(form, sheet, table, {column: found[0] for column, found in places.items() if len(found) == 1})
    reader.read(heading.row + 1, locked.get(kind, {}))
    form.tables.append(table)


def _tell_unread(form: ReturnedForm, sheet: Sheet, locked: dict[str, dict[str, list[str]]]) -> None:
    """Tell of a sheet that looks like one of ours and has no table that can be read."""
    if _has_headings_alone(sheet):
        form.issues.append(("code_column_missing", {"sheet": sheet.name}, sheet.name, "", ""))
    elif _holds_codes(sheet, locked) or folded(sheet.name) in _TABLE_NAMES:
        form.issues.append(("header_missing", {"sheet": sheet.name}, sheet.name, "", ""))


def _is_swapped(places: dict[Column, list[int]]) -> bool:
    """Say whether Kỳ này stands before Kỳ trước: without _meta nobody knows whether columns or only headings moved."""
    previous, current = places.get(Column.PREVIOUS, []), places.get(Column.CURRENT, [])
    return len(previous) == len(current) == 1 and current < previous


def _has_headings_alone(sheet: Sheet) -> bool:
    """Say whether a row has headings of one of our tables, but no column Mã."""
    for row in sheet.rows[:_HEADER_ROWS]:
        texts = {_folded(value) for value in row if isinstance(value, str) and len(value) < _LONGEST_HEADER}
        if any(len(texts & known.keys()) >= _ENOUGH_HEADINGS for known in _KNOWN.values()):
            return True
    return False


@dataclass(frozen=True)
class Heading:
    """Where a table begins.

    Attributes:
        kind: the sheet of the contract that it is; "" where a sheet has no table.
        row: index of the header row.
        places: column → the indexes at which its header stands.
    """

    kind: str
    row: int = 0
    places: dict[Column, list[int]] = field(default_factory=dict)


def _heading(sheet: Sheet) -> Heading:
    if not isinstance(sheet.heading, Heading):
        sheet.heading = _find_heading(sheet)
    return sheet.heading


def _find_heading(sheet: Sheet) -> Heading:
    for number, row in enumerate(sheet.rows[:_HEADER_ROWS]):
        texts = [_folded(value) if isinstance(value, str) and len(value) < _LONGEST_HEADER else "" for value in row]
        if _CODE_HEADER not in texts:
            continue
        found = max((_as_kind(kind, number, texts) for kind in _KNOWN), key=lambda item: len(item.places))
        if len(found.places.get(Column.CODE, ())) == 1:
            return found
    return Heading("")


def _as_kind(kind: str, number: int, texts: list[str]) -> Heading:
    places: dict[Column, list[int]] = {}
    for index, text in enumerate(texts):
        if text in _KNOWN[kind]:
            places.setdefault(_KNOWN[kind][text], []).append(index)
    return Heading(kind, number, places if any(column in places for column in INPUTS[kind]) else {})


def _holds_codes(sheet: Sheet, locked: dict[str, dict[str, list[str]]]) -> bool:
    known = {code for rows in locked.values() for code in rows}
    return any(isinstance(value, str) and value.strip() in known for row in sheet.rows for value in row)


class _TableReader:
    """Reads the rows of one table."""

    def __init__(self, form: ReturnedForm, sheet: Sheet, table: Table, places: dict[Column, int]) -> None:
        self._form = form
        self._sheet = sheet
        self._table = table
        self._places = places
        self._inputs = [places.get(column) for column in INPUTS[table.kind]]
        self._locked = [(index, places.get(column)) for index, column in enumerate(LOCKED[table.kind])]
        self._previous_at = places.get(Column.PREVIOUS) if table.kind == FIGURES_SHEET else None
        self._seen: dict[str, int] = {}
        self._is_marked = bool(sheet.formats or sheet.fonts)
        self._is_sound = not (sheet.errors or sheet.uncalculated)

    def read(self, first_row: int, locked: dict[str, list[str]]) -> None:
        """Read every row with a code; tell of rows whose code is gone and of codes that stand twice."""
        code_at = self._places[Column.CODE]
        names = {cells[0] for cells in locked.values() if cells}
        issued = {code.casefold(): code for code in locked}
        for number, row in enumerate(self._sheet.rows[first_row:], start=first_row):
            code = _code(row[code_at] if code_at < len(row) else "")
            if code:
                code = issued.get(code.casefold(), code)
                self._take(code, number, row, locked.get(code))
            elif self._is_answered(number, row, names):
                self._issue("row_without_code", {"row": number + 1}, cell_name((number, code_at)), "")
        for code in locked:
            if code not in self._seen:
                self._issue("row_missing", {"code": code}, "", code)

    def _take(self, code: str, number: int, row: list[Any], written: list[str] | None) -> None:
        values = [None if at is None else self._raw(number, row, at) for at in self._inputs]
        if code in self._seen:
            self._twice(code, number, values)
            return
        misplaced = self._compare(code, number, row, written) if written is not None else None
        if misplaced is not None:
            values[0] = {"misplaced": misplaced}
        self._seen[code] = len(self._table.rows)
        self._table.rows.append((code, number + 1, values))
        if self._is_marked:
            for at, value in zip(self._inputs, values, strict=True):
                if at is not None and value is not None:
                    self._mark(number, at)

    def _twice(self, code: str, number: int, values: list[Any]) -> None:
        """Where two rows of one code differ, neither is taken."""
        _code_read, first_row, taken = self._table.rows[self._seen[code]]
        for index, value in enumerate(values):
            if value != taken[index]:
                taken[index] = {"twice": [first_row, number + 1]}

    def _raw(self, number: int, row: list[Any], at: int) -> Any:
        if self._is_sound:
            return plain(row[at]) if at < len(row) else None
        address = (number, at)
        if address in self._sheet.errors:
            return {"error": self._sheet.errors[address]}
        if address in self._sheet.uncalculated:
            return {"uncalculated": True}
        return plain(row[at]) if at < len(row) else None

    def _is_answered(self, number: int, row: list[Any], names: set[str]) -> bool:
        """Say whether a row without a code answers something: signatures and remarks below a table are text alone."""
        raws = [self._raw(number, row, at) for at in self._inputs if at is not None]
        if any(raw is not None and not isinstance(raw, str) for raw in raws):
            return True
        name_at = self._places.get(Column.NAME)
        is_named = name_at is not None and name_at < len(row) and locked_text(row[name_at]) in names
        return is_named and any(raw is not None for raw in raws)

    def _mark(self, number: int, at: int) -> None:
        address = (number, at)
        marks = {}
        if address in self._sheet.formats:
            marks["format"] = self._sheet.formats[address]
        if address in self._sheet.fonts:
            marks["font"] = self._sheet.fonts[address]
        if marks:
            self._table.marks[cell_name(address)] = marks

    def _compare(self, code: str, number: int, row: list[Any], written: list[str]) -> str | None:
        """Name the locked cells of a row that differ from what was issued; return a figure that was typed among them."""
        misplaced = None
        for index, at in self._locked:
            if at is None or index >= len(written):
                continue
            value = row[at] if at < len(row) else ""
            if value == written[index] or locked_text(value) == written[index]:
                continue
            if at == self._previous_at and self._is_misplaced(row, value, written[index]):
                misplaced = _shown(value) or _NOTHING
            else:
                self._form.edited.append((self._sheet.name, cell_name((number, at)), code, _shown(value)))
        return misplaced

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


def _code(value: Any) -> str:
    """Return the code that a cell holds, "" for none; a code of digits may have become a number."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).strip() if isinstance(value, str) else ""
    return text if CODE_PATTERN.fullmatch(text) else ""


def _shown(value: Any) -> str:
    """Return what stands in a cell as people write it, cut where it is long."""
    if isinstance(value, float):
        return format_figure(Decimal(str(value)))
    return format_day(value) if isinstance(value, date) else str(value)[:80]


def plain(value: Any) -> Any:
    """Return a cell value as JSON can carry it; None for an empty cell."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if isinstance(value, date):
        return {"day": (value.date() if isinstance(value, datetime) else value).isoformat()}
    return str(value) if isinstance(value, time | timedelta) else value


def fractions(sheet: Sheet) -> Iterator[Address]:
    """Give the input cells of a sheet that hold a number above 0 and up to 1 where per cent is asked."""
    heading = _heading(sheet)
    kind, places, header_row = heading.kind, heading.places, heading.row
    if kind == TASKS_SHEET:
        asked = places.get(Column.PERCENT, [])
    elif kind == FIGURES_SHEET:
        asked = places.get(Column.CURRENT, [])
    else:
        return
    unit_at = places.get(Column.MEASURE_UNIT, [None])[0]
    for number, row in enumerate(sheet.rows[header_row + 1 :], start=header_row + 1):
        if kind == FIGURES_SHEET and (unit_at is None or not str(row[unit_at]).strip().startswith("%")):
            continue
        for at in asked:
            if at < len(row) and isinstance(row[at], float) and 0 < row[at] <= 1:
                yield number, at
