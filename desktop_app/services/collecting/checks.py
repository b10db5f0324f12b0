"""What is doubtful about a returned workbook as a whole: parts that are gone, answers that are missing or hardly meant."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.domain.entities import Element, Value, ValueState
from desktop_app.domain.indicators import Facts, pack
from desktop_app.domain.issues import Issue, Place
from desktop_app.domain.rules.figures import BOUNDED, UnitFigures, check_figures, shares
from desktop_app.domain.values import BLANK, Answer
from desktop_app.services.cells import FIGURE, CellKey
from desktop_app.services.collecting.desk import RoundDesk, UnitDesk, sheet_kinds
from desktop_app.services.collecting.merging import MergedForm
from desktop_app.services.collecting.reading import ReadForm

if TYPE_CHECKING:
    from desktop_app.exchange.recognising.forms import ReturnedForm

_SAID_OF_SHEETS = frozenset({"header_missing", "code_column_missing"})


def lost_sheets(form: ReturnedForm, desk: UnitDesk) -> Iterator[Issue]:
    """Tell of the sheets of the contract that ask the unit something and are not in the workbook."""
    from desktop_app.exchange.layout import folded

    found = {table.kind for table in form.tables}
    told = {folded(sheet) for code, _params, sheet, _cell, _item in form.issues if code in _SAID_OF_SHEETS}
    for sheet, kind in sheet_kinds().items():
        if desk.asked[kind] and sheet not in found and folded(sheet) not in told:
            yield Issue("sheet_missing", {"sheet": sheet}, Place("", sheet, "", desk.unit.code))


def lacks_figures(form: ReturnedForm, read: ReadForm, desk: UnitDesk) -> bool:
    """Say whether the unit is asked for figures, and none of them can be read: there is no row for them, or no column."""
    from desktop_app.exchange.layout import FIGURES_SHEET

    if not desk.elements:
        return False
    tables = [table for table in form.tables if table.kind == FIGURES_SHEET and "current" in table.columns]
    if not any(code.casefold() in desk.elements for table in tables for code, _row, _values in table.rows):
        return True
    misplaced = sum(cell.issue is not None and cell.issue.code == "figure_under_previous" for cell in read.cells)
    if not misplaced:
        return False
    figures = (cell for cell in read.cells if cell.key.kind == FIGURE and cell.key.field == "value")
    return misplaced == sum(not cell.is_blank for cell in figures)


def blanks(read: ReadForm, desk: UnitDesk) -> Iterator[Issue]:
    """Tell of a workbook in which nothing is filled in, or in which some figures are not."""
    place = Place(unit=desk.unit.code)
    filled = [cell for cell in read.cells if not cell.is_blank]
    if not filled:
        count = len(read.cells) + read.blanks
        yield Issue("form_blank", {"blank": count, "count": count}, place)
        return
    answered = {cell.key.code for cell in filled if cell.key.kind == FIGURE and cell.key.field == "value"}
    count = len(desk.elements)
    if len(answered) < count:
        yield Issue("form_partly_blank", {"blank": count - len(answered), "count": count}, place)


def doubts(read: ReadForm, merged: MergedForm, desk: UnitDesk, round_desk: RoundDesk) -> Iterator[Issue]:
    """Tell of figures that are possible but hardly meant, as they will stand when the workbook is taken.

    The rules are those of ``check`` and of the grid; an explanation (Giải trình) settles each of them. Only figures of which
    the workbook changes or fills a cell are told: doubts that were there before stay with ``check``, so that a file that
    says nothing new raises none.

    Args:
        read: says where the figures stand in the workbook.
        merged: says which cells of it are taken.
        desk: holds the cells as they stand after the merge.
        round_desk: knows which figures are parts of which, and those of other periods.
    """
    touched = {key.code.casefold() for key in merged.wrote if key.kind == FIGURE}
    if not touched:
        return
    found = [*_contradictions(touched, desk, round_desk), *_out_of_line(touched, desk, round_desk)]
    if not found:
        return
    places = {cell.key: cell for cell in read.cells}
    for issue in found:
        cell = places.get(CellKey(FIGURE, issue.place.item, "value"))
        yield replace(issue, place=replace(issue.place, sheet=cell.sheet, cell=cell.cell)) if cell is not None else issue


def _contradictions(touched: Collection[str], desk: UnitDesk, round_desk: RoundDesk) -> Iterator[Issue]:
    """Yield shares that contradict their wholes, where the workbook touched one of the two."""
    codes = round_desk.element_codes
    indicators = [
        item
        for item in desk.share_indicators
        if any(codes.get(key or 0) in touched for key in (item.numerator_id, item.denominator_id))
    ]
    if not indicators:
        return
    values = [value for element in desk.share_elements if (value := _value(desk, element.id, element.code)) is not None]
    facts = _facts(desk, round_desk, desk.share_elements, values)
    yield from shares(UnitFigures(facts, desk.unit, values, desk.period, indicators))


def _out_of_line(touched: Collection[str], desk: UnitDesk, round_desk: RoundDesk) -> Iterator[Issue]:
    """Yield touched figures that do not go with those of other periods, or that are out of bounds."""
    earlier = round_desk.earlier
    elements, values = [], []
    for code, element in round_desk.watched:
        if code not in touched or code not in desk.elements:
            continue
        before = earlier.values(desk.unit, element)
        current = _value(desk, element.id, element.code) if before or element.kind in BOUNDED else None
        if current is not None:
            elements.append(element)
            values += [current, *before]
    if values:
        facts = _facts(desk, round_desk, elements, [])
        yield from check_figures(UnitFigures(facts, desk.unit, values, desk.period, before=earlier.book))


def _facts(desk: UnitDesk, round_desk: RoundDesk, elements: Iterable[Element], values: Iterable[Value]) -> Facts:
    return Facts(
        regime=round_desk.regime,
        units={desk.unit.id: desk.unit},
        root_id=round_desk.content.root_id,
        elements={element.id: element for element in elements},
        columns=pack(values),
    )


def _value(desk: UnitDesk, element_id: int, code: str) -> Value | None:
    """Return a figure as it stands after the merge; None where nothing is said of it."""
    answer = desk.current.get(CellKey(FIGURE, code, "value"))
    note = desk.current.get(CellKey(FIGURE, code, "note"))
    if answer is None and note is None:
        return None
    known = answer if isinstance(answer, Answer) else BLANK
    return Value(
        unit_id=desk.unit.id,
        element_id=element_id,
        period=desk.period,
        state=known.state if answer is not None else ValueState.NOT_REPORTED,
        amount=known.amount,
        text=known.text,
        note=str(note) if note is not None else None,
    )
