"""What the cells of a returned workbook mean: each an answer, a blank, a question or a refusal, read by the one grammar."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from desktop_app.domain.columns import column_value, parse_column
from desktop_app.domain.entities import Element, ElementKind
from desktop_app.domain.issues import Issue, Place
from desktop_app.domain.values import Answer, Outcome, parse_cell, shown_raw, workbook_value
from desktop_app.services.cells import FIGURE, GRAMMARS, SYSTEM, TASK, CellKey, Cells, Content
from desktop_app.services.collecting.old_answers import Parser, Reading, in_old_font, is_in_unicode, may_be_old, read_old
from desktop_app.services.collecting.struck_answers import read_struck

if TYPE_CHECKING:
    from desktop_app.exchange.recognising.forms import ReturnedForm, Table
    from desktop_app.exchange.workbook import OldText
    from desktop_app.services.collecting.desk import UnitDesk

_FIELDS: dict[str, dict[str, str]] = {
    FIGURE: {"current": "value", "note": "note"},
    SYSTEM: {"status": "status", "since": "since_on", "users": "users", "note": "note"},
    TASK: {"status": "status", "percent": "percent", "disbursed": "disbursed_vnd", "note": "note"},
}
"""What a row is → input column of the workbook → field of the cell."""


class ReadCell(NamedTuple):
    """One input cell of a returned workbook that says something, or said something before.

    A tuple, because there are many.

    Attributes:
        sheet: name of its sheet.
        cell: its address.
        content: what it says; None where it is blank or cannot be taken.
        issue: why it is asked or refused; None where it is clear. Its place is that of the cell.
        readings: with a question, the contents to choose from.
        disputed: True where another file or sheet answers otherwise, as ``issue`` says; then neither is taken.
    """

    key: CellKey
    sheet: str
    cell: str
    content: Content = None
    issue: Issue | None = None
    readings: tuple[Content, ...] = ()
    disputed: bool = False

    @property
    def is_blank(self) -> bool:
        """True where nothing was typed."""
        return self.content is None and self.issue is None


@dataclass
class ReadForm:
    """The cells of a returned workbook that the round asks for.

    Attributes:
        blanks: how many more cells are blank, were blank at issue and are blank in the file.
        issues: about rows, columns and locked cells; those of single input cells stand with the cell.
        stray: how many filled cells stand in rows that the round does not ask for.
    """

    cells: list[ReadCell] = field(default_factory=list)
    blanks: int = 0
    issues: list[Issue] = field(default_factory=list)
    stray: int = 0


_BLANK: Reading = (Outcome.BLANK, None, None, ())


class CellReader:
    """Reads the cells of many workbooks; what it has read once it knows.

    Args:
        sheets: name of a sheet of the contract → what its rows are.
        columns: name of a sheet of the contract → its input columns, in the order in which they are read.
    """

    def __init__(self, sheets: Mapping[str, str], columns: Mapping[str, Sequence[str]]) -> None:
        self._kinds = sheets
        self._columns = columns
        self._known: dict[tuple[object, ...], Reading] = {}
        self._numbers: dict[tuple[object, ...], int] = {}
        self._grammars: dict[int, int] = {}
        self._told: Issue | None = None

    def read(self, form: ReturnedForm, desk: UnitDesk, issued: Cells) -> ReadForm:
        """Read every input cell of a recognised workbook.

        Args:
            form: the workbook.
            desk: the unit's part of the round.
            issued: what the input cells held at issue.
        """
        found = ReadForm()
        self._remarks = _Remarks(form, self._columns, issued)
        kinds = [table.kind for table in form.tables]
        for table in form.tables:
            # where two sheets answer the same cells, blank ones are kept too, so that each counts once
            self._read_table(found, table, desk, issued, keeps_blanks=kinds.count(table.kind) > 1)
        return found

    def _read_table(self, found: ReadForm, table: Table, desk: UnitDesk, issued: Cells, *, keeps_blanks: bool) -> None:
        kind = self._kinds[table.kind]
        asked: Mapping[str, Any] = desk.asked[kind]
        columns = [(_FIELDS[kind][column], table.columns.get(column)) for column in self._columns[table.kind]]
        current = desk.current
        for code, row_number, values in table.rows:
            item = asked.get(code.casefold())
            if item is None:
                _stray(found, table, desk, (code, row_number, sum(value is not None for value in values)))
                continue
            if kind == FIGURE and values[1] is not None and _is_nowhere(values[0]):
                values = self._unless_lost(item, values, issued)  # noqa: PLW2901 - as the row is read
            for (name, letter), raw in zip(columns, values, strict=True):
                if letter is None:
                    continue
                key = CellKey(kind, item.code, name)
                if raw is None and not keeps_blanks and key not in issued and key not in current:
                    found.blanks += 1
                    continue
                address = f"{letter}{row_number}"
                marks = table.marks.get(address, _NO_MARKS)
                reading = self._reading(key, item, raw, (marks, issued.get(key)))
                if self._told is not None:
                    place = Place("", table.sheet, address, desk.unit.code, item.code)
                    found.issues.append(replace(self._told, place=place))
                    self._told = None
                found.cells.append(_read_cell(key, table.sheet, address, reading, desk))

    def _unless_lost(self, element: Element, values: list[Any], issued: Cells) -> list[Any]:
        """Return the cells of a figure that is not in its column, its explanation refused where it is a figure itself.

        It stands there when a cell was inserted in the row, or when somebody mistook the column; kept as an explanation it
        would be lost, and would settle doubts that it does not explain. A number that was an explanation at issue stays one.
        """
        note, before = values[1], issued.get(CellKey(FIGURE, element.code, "note"))
        if isinstance(note, dict) or element.kind is ElementKind.TEXT or note == before:
            return values
        outcome, _content, _issue, _readings = _parse(element, note, "")
        return [values[0], {"under_note": shown_raw(note)}] if outcome is Outcome.VALUE else values

    def _reading(self, key: CellKey, item: Any, raw: Any, context: tuple[Mapping[str, str], Content]) -> Reading:
        """Read one cell; a cell that holds what was written at issue means what was meant at issue."""
        marks, held = context
        if raw is None:
            return _BLANK
        figure = item if key.kind == FIGURE and key.field == "value" else None
        if held is not None and raw == _written(key, figure, held):
            return Outcome.VALUE, held, None, ()
        if isinstance(raw, dict):
            if "old" in raw:
                return self._old(in_old_font(raw), key, figure, held)
            if raw.keys() == _DAY and not marks:
                raw = date.fromisoformat(raw["day"])
        if marks or isinstance(raw, dict):
            return _guarded(raw, marks, _parser(key, figure))
        known = (key.kind if figure is None else self._grammar(figure), key.field, type(raw), raw)
        reading = self._known.get(known)
        if reading is None:
            old = may_be_old(raw) if isinstance(raw, str) else None
            if old is not None:
                return self._old(old, key, figure, held)
            reading = self._known[known] = _parser(key, figure)(raw, "")
        return reading

    def _grammar(self, element: Element) -> int:
        """Return the number that stands for all elements whose cells are read alike; enumerations are slow to look up."""
        number = self._grammars.get(element.id)
        if number is None:
            facts = (element.kind, element.unit, element.places, element.scale_vnd)
            number = self._grammars[element.id] = self._numbers.setdefault(facts, len(self._numbers))
        return number

    def _old(self, old: OldText, key: CellKey, figure: Element | None, held: Content) -> Reading:
        """Read a text that may be in an old font; what is to be told of it waits for its place."""
        if old.is_spelt and self._remarks.are_in_unicode:
            return _parser(key, figure)(old.was, "")
        written = _written(key, figure, held) if held is not None else None
        reading, self._told = read_old(old, _parser(key, figure), held, written)
        return reading


class _Remarks:
    """What a unit wrote in words; looked at only where a word of it could be in an old font."""

    def __init__(self, form: ReturnedForm, columns: Mapping[str, Sequence[str]], issued: Cells) -> None:
        self._form = form
        self._columns = columns
        self._issued = issued

    @cached_property
    def are_in_unicode(self) -> bool:
        """True where they are surely in Unicode, all of them."""
        issued = {content for key, content in self._issued.items() if key.field == "note"}
        return is_in_unicode(text for text in self._written() if not (isinstance(text, str) and text in issued))

    def _written(self) -> Iterator[Any]:
        for table in self._form.tables:
            note_at = self._columns[table.kind].index("note")
            for _code, _row, values in table.rows:
                yield values[note_at]


_NO_MARKS: Mapping[str, str] = {}
_DAY = {"day"}


def _is_nowhere(raw: object) -> bool:
    """Say whether a figure does not stand in its own column: the cell is blank, or it was found in another one."""
    return raw is None or (isinstance(raw, dict) and "misplaced" in raw)


def _stray(found: ReadForm, table: Table, desk: UnitDesk, row: tuple[str, int, int]) -> None:
    """Note a row whose code is not asked; without answers it is a heading or a number of the unit's own."""
    code, row_number, filled = row
    if filled:
        found.stray += filled
        place = Place("", table.sheet, f"{table.code_column}{row_number}", desk.unit.code, code)
        found.issues.append(Issue("code_not_asked", {"code": code, "row": row_number}, place))


def _read_cell(key: CellKey, sheet: str, address: str, reading: Reading, desk: UnitDesk) -> ReadCell:
    outcome, content, issue, readings = reading
    if outcome is Outcome.VALUE or outcome is Outcome.BLANK:
        return ReadCell(key, sheet, address, content)
    assert issue is not None  # noqa: S101 - the grammar always says why it does not take a cell
    place = Place("", sheet, address, desk.unit.code, key.code)
    return ReadCell(key, sheet, address, None, replace(issue, place=place), readings)


def _written(key: CellKey, figure: Element | None, held: Content) -> object:
    """Return what was written in a cell for its content at issue."""
    if isinstance(held, Answer):
        return workbook_value(figure, held) if figure is not None else None
    return held if key.field == "note" else column_value(GRAMMARS[key.kind, key.field], held)


def _parser(key: CellKey, figure: Element | None) -> Parser:
    if figure is not None:
        return lambda raw, number_format: _parse(figure, raw, number_format)
    grammar = GRAMMARS[key.kind, key.field]

    def parse(raw: Any, number_format: str) -> Reading:
        reading = parse_column(raw, number_format, grammar)
        return reading.outcome, reading.value, reading.issue, reading.readings

    return parse


def _parse(element: Element, raw: Any, number_format: str) -> Reading:
    reading = parse_cell(raw, number_format, element)
    content = reading.answer if reading.outcome is Outcome.VALUE else None
    return reading.outcome, content, reading.issue, reading.readings


_REFUSALS: dict[str, Callable[[Mapping[str, Any]], Issue]] = {
    "error": lambda raw: Issue("cell_error", {"typed": str(raw["error"])}),
    "twice": lambda raw: Issue("code_twice", {"first": int(raw["twice"][0]), "second": int(raw["twice"][1])}),
    "misplaced": lambda raw: Issue("figure_under_previous", {"typed": str(raw["misplaced"])}),
    "under_note": lambda raw: Issue("figure_under_note", {"typed": str(raw["under_note"])}),
    "merged": lambda raw: Issue("cell_merged", {"area": str(raw["merged"])}),
    "repeated": lambda raw: Issue("table_repeated", {"row": int(raw["repeated"])}),
    "pasted": lambda raw: Issue("table_pasted_over", {"rows": int(raw["pasted"])}),
    "mixed": lambda raw: Issue("row_mixed", {"code": str(raw["code"]), "other": str(raw["mixed"])}),
    "uncalculated": lambda _raw: Issue("formula_not_calculated"),
}
"""What the reader of workbooks says of a cell that has no value of its own → why it is not taken."""


def _guarded(raw: Any, marks: Mapping[str, str], parse: Parser) -> Reading:
    """Parse a raw value, unless the cell has none: an error, a formula without one, two rows of one code and the like."""
    if isinstance(raw, dict):
        for mark, refusal in _REFUSALS.items():
            if mark in raw:
                return Outcome.INVALID, None, refusal(raw), ()
        if "struck" in raw:
            return read_struck(raw, parse, marks.get("format", ""))
        raw = date.fromisoformat(raw["day"])
    return parse(raw, marks.get("format", ""))


def form_issues(form: ReturnedForm, unit: str) -> Iterator[Issue]:
    """Give what the recognition of a workbook found, as issues with their places."""
    for code, params, sheet, cell, item in form.issues:
        yield Issue(code, params, Place("", sheet, cell, unit, item))
    mixed = _mixed_rows(form) if form.edited else set()
    for sheet, cell, code, shown in form.edited:
        if (sheet, code) not in mixed:
            yield Issue("locked_cell_edited", {"code": code, "shown": shown or "–"}, Place("", sheet, cell, unit, code))


def _mixed_rows(form: ReturnedForm) -> set[tuple[str, str]]:
    """Return the rows whose answers say already that their code and name do not belong together."""
    return {
        (table.sheet, code)
        for table in form.tables
        for code, _number, values in table.rows
        if any(isinstance(raw, dict) and "mixed" in raw for raw in values)
    }
