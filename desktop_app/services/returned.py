"""What the cells of a returned workbook mean: each an answer, a blank, a question or a refusal, read by the one grammar."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from desktop_app.domain.columns import SheetColumn, column_value, parse_column
from desktop_app.domain.entities import Element
from desktop_app.domain.issues import Issue, Place
from desktop_app.domain.values import Answer, Outcome, parse_cell, workbook_value
from desktop_app.services.cells import FIGURE, SYSTEM, TASK, CellKey, Cells, Content

if TYPE_CHECKING:
    from desktop_app.exchange.forms_in import ReturnedForm, Table
    from desktop_app.services.round_desk import UnitDesk

_FIGURE_FIELDS = {"current": "value", "note": "note"}
_ROW_FIELDS: dict[str, dict[str, tuple[str, SheetColumn]]] = {
    SYSTEM: {
        "status": ("status", SheetColumn.DEPLOYMENT_STATUS),
        "since": ("since_on", SheetColumn.SINCE),
        "users": ("users", SheetColumn.USERS),
        "note": ("note", SheetColumn.NOTE),
    },
    TASK: {
        "status": ("status", SheetColumn.TASK_STATUS),
        "percent": ("percent", SheetColumn.PERCENT),
        "disbursed": ("disbursed_vnd", SheetColumn.DISBURSED),
        "note": ("note", SheetColumn.NOTE),
    },
}


@dataclass(frozen=True, slots=True)
class ReadCell:
    """One input cell of a returned workbook.

    Attributes:
        place: where it stands.
        content: what it says; None where it is blank or cannot be taken.
        issue: why it is asked or refused; None where it is clear.
        readings: with a question, the contents to choose from.
    """

    key: CellKey
    place: Place
    content: Content = None
    issue: Issue | None = None
    readings: tuple[Content, ...] = ()


@dataclass
class ReadForm:
    """The cells of a returned workbook that the round asks for.

    Attributes:
        issues: about rows, columns and locked cells; those of single input cells stand with the cell.
        stray: how many filled cells stand in rows that the round does not ask for.
    """

    cells: list[ReadCell] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    stray: int = 0


Reading = tuple[Outcome, Content, Issue | None, tuple[Content, ...]]
Parser = Callable[[Any, str], Reading]


class CellReader:
    """Reads the cells of many workbooks; what it has read once it knows."""

    def __init__(self) -> None:
        self._figures: dict[tuple[int, type, object], Reading] = {}

    def read(self, form: ReturnedForm, desk: UnitDesk, issued: Cells, file: str) -> ReadForm:
        """Read every input cell of a recognised workbook.

        Args:
            form: the workbook.
            desk: the unit's part of the round.
            issued: what the input cells held at issue.
            file: name of the file, for the places of issues.
        """
        from desktop_app.exchange.layout import FIGURES_SHEET, INPUTS, SYSTEMS_SHEET, TASKS_SHEET

        kinds = {FIGURES_SHEET: FIGURE, SYSTEMS_SHEET: SYSTEM, TASKS_SHEET: TASK}
        found = ReadForm()
        for table in form.tables:
            columns = [str(column) for column in INPUTS[table.kind]]
            self._read_table(found, table, columns, kinds[table.kind], _Where(desk, issued, file))
        return found

    def _read_table(self, found: ReadForm, table: Table, columns: list[str], kind: str, where: _Where) -> None:
        by_kind: dict[str, Mapping[str, Any]] = {
            FIGURE: where.desk.elements,
            SYSTEM: where.desk.systems,
            TASK: where.desk.tasks,
        }
        asked = by_kind[kind]
        letters = [table.columns.get(column) for column in columns]
        for code, row_number, values in table.rows:
            item = asked.get(code.casefold())
            if item is None:
                self._stray(found, table, where, (code, row_number, sum(value is not None for value in values)))
                continue
            for column, letter, raw in zip(columns, letters, values, strict=True):
                if letter is None:
                    continue
                address = f"{letter}{row_number}"
                place = Place(where.file, table.sheet, address, where.desk.unit.code, item.code)
                cell = _Cell(place, raw, table.marks.get(address, {}), where.issued)
                if kind == FIGURE:
                    found.cells.append(self._figure(item, column, cell))
                else:
                    found.cells.append(_row_cell(kind, column, cell))

    @staticmethod
    def _stray(found: ReadForm, table: Table, where: _Where, row: tuple[str, int, int]) -> None:
        """Note a row whose code is not asked; without answers it is a heading or a number of the unit's own."""
        code, row_number, filled = row
        if filled:
            found.stray += filled
            place = Place(where.file, table.sheet, f"A{row_number}", where.desk.unit.code, code)
            found.issues.append(Issue("code_not_asked", {"code": code, "row": row_number}, place))

    def _figure(self, element: Element, column: str, cell: _Cell) -> ReadCell:
        key = CellKey(FIGURE, element.code, _FIGURE_FIELDS[column])
        if column == "note":
            return _made(key, cell, _guarded(cell, _parse_note))
        raw, held = cell.raw, cell.issued.get(key)
        if isinstance(held, Answer) and raw == workbook_value(element, held):
            return ReadCell(key, cell.place, held)
        if isinstance(raw, dict) or cell.marks:
            return _made(key, cell, _guarded(cell, lambda value, shown: _parse(element, value, shown)))
        known = (element.id, type(raw), raw)
        reading = self._figures.get(known)
        if reading is None:
            reading = self._figures[known] = _parse(element, raw, "")
        return _made(key, cell, reading)


@dataclass(frozen=True)
class _Where:
    """Whose workbook is read."""

    desk: UnitDesk
    issued: Cells
    file: str


@dataclass(frozen=True, slots=True)
class _Cell:
    """One raw cell: where it stands, what it holds, its marks, and what was issued."""

    place: Place
    raw: Any
    marks: dict[str, str]
    issued: Cells


def _made(key: CellKey, cell: _Cell, reading: Reading) -> ReadCell:
    outcome, content, issue, readings = reading
    if outcome in {Outcome.VALUE, Outcome.BLANK}:
        return ReadCell(key, cell.place, content)
    assert issue is not None  # noqa: S101 - the grammar always says why it does not take a cell
    return ReadCell(key, cell.place, None, replace(issue, place=cell.place), readings)


def _parse(element: Element, raw: Any, number_format: str) -> Reading:
    reading = parse_cell(raw, number_format, element)
    content = reading.answer if reading.outcome is Outcome.VALUE else None
    return reading.outcome, content, reading.issue, reading.readings


def _parse_note(raw: Any, number_format: str) -> Reading:
    reading = parse_column(raw, number_format, SheetColumn.NOTE)
    return reading.outcome, reading.value, reading.issue, reading.readings


def _row_cell(kind: str, column: str, cell: _Cell) -> ReadCell:
    name, grammar = _ROW_FIELDS[kind][column]
    key = CellKey(kind, cell.place.item, name)
    held = cell.issued.get(key)
    if held is not None and not isinstance(held, Answer) and cell.raw == column_value(grammar, held):
        return ReadCell(key, cell.place, held)

    def parse(value: Any, number_format: str) -> Reading:
        reading = parse_column(value, number_format, grammar)
        return reading.outcome, reading.value, reading.issue, reading.readings

    return _made(key, cell, _guarded(cell, parse))


def _guarded(cell: _Cell, parse: Parser) -> Reading:
    """Parse a raw value, unless the cell has none: an error, a formula without one, two rows of one code, legacy text."""
    raw, marks = cell.raw, cell.marks
    if isinstance(raw, dict):
        if "error" in raw:
            return Outcome.INVALID, None, Issue("cell_error", {"typed": str(raw["error"])}), ()
        if "twice" in raw:
            first, second = raw["twice"]
            return Outcome.INVALID, None, Issue("code_twice", {"first": int(first), "second": int(second)}), ()
        if "uncalculated" in raw:
            return Outcome.INVALID, None, Issue("formula_not_calculated"), ()
        raw = date.fromisoformat(raw["day"])
    if isinstance(raw, str) and "font" in marks and not raw.isascii():
        return Outcome.INVALID, None, Issue("legacy_font", {"font": marks["font"], "typed": raw[:60]}), ()
    return parse(raw, marks.get("format", ""))


def form_issues(form: ReturnedForm, file: str, unit: str) -> Iterator[Issue]:
    """Give what the recognition of a workbook found, as issues with their places."""
    for code, params, sheet, cell, item in form.issues:
        yield Issue(code, params, Place(file, sheet, cell, unit, item))
    for sheet, cell, code, shown in form.edited:
        yield Issue("locked_cell_edited", {"code": code, "shown": shown}, Place(file, sheet, cell, unit, code))
