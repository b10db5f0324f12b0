"""What a cell, a field or an argument means as the answer to a data element (figures.md, "Reading cells").

One grammar serves workbooks, forms, paste and the command line. A cell is read to exactly one of four outcomes: an answer, a
blank, a question with the readings to choose from, or a sentence that says why it cannot be taken. Nothing is guessed.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from desktop_app.domain.entities.figures import Element, ElementKind, Value, ValueState
from desktop_app.domain.issues import Issue
from desktop_app.text.catalogue import Param
from desktop_app.text.dates import EARLIEST, FROM_1904, LATEST, day_of_serial, format_day, has_short_year, read_day
from desktop_app.text.money import MILLION, format_money, read_money
from desktop_app.text.numbers import (
    Figure,
    Problem,
    Read,
    format_figure,
    json_figure,
    read_figure,
    round_half_up,
)
from desktop_app.text.vietnamese import clean, search_key
from desktop_app.text.wording import (
    Manner,
    has_control_character,
    is_doubted,
    says_error,
    says_not_applicable,
    says_nothing,
    says_yes_or_no,
    wording_of,
)

LARGEST_AMOUNT = 10**16
"""Largest stored amount: a sum over 900 units still fits SQLite's integers, and more would be a mistyped figure."""

NOT_APPLICABLE_TEXT = "không phát sinh"
YES_TEXT = "có"
NO_TEXT = "không"

_FIGURE_WITH_UNIT = re.compile(r"(.*[0-9])\s*([^0-9%]+)", re.DOTALL)
_FORMAT_LITERALS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_NO_FORMAT = {"", "general", "@"}
_WORDINGS = {Manner.BOUND: "figure_is_bound", Manner.RANGE: "figure_is_range", Manner.PAIR: "figure_is_pair"}
"""How figures that are not one figure are refused."""


class Outcome(StrEnum):
    """What became of a cell."""

    VALUE = "value"
    BLANK = "blank"
    QUESTION = "question"
    INVALID = "invalid"


@dataclass(frozen=True)
class Answer:
    """An answer as it is stored in a ``Value`` row.

    Attributes:
        state: zero only for figures; "không" of a yes_no element is a value with amount 0.
        amount: counts and decimals times 10^places, money in đồng, yes_no 1 or 0.
        text: of ``text`` elements, or the day (YYYY-MM-DD) of ``day`` elements.
    """

    state: ValueState
    amount: int | None = None
    text: str | None = None


BLANK = Answer(ValueState.NOT_REPORTED)
NOT_APPLICABLE = Answer(ValueState.NOT_APPLICABLE)


@dataclass(frozen=True)
class CellReading:
    """How one cell was read.

    Attributes:
        answer: with VALUE the answer, with BLANK :data:`BLANK`, otherwise None.
        issue: why it is asked or refused; its place is empty, the caller knows it.
        readings: with QUESTION the answers to choose from, at least one.
    """

    outcome: Outcome
    answer: Answer | None = None
    issue: Issue | None = None
    readings: tuple[Answer, ...] = ()


def parse_cell(raw: object, number_format: str, element: Element, *, own_form: bool = False) -> CellReading:
    """Read a cell as the answer to an element.

    Args:
        raw: what the cell holds: text, bool, int, float, ``Decimal``, day, or None for an empty cell.
        number_format: the cell's number format; "" where there is none (text from a form, a paste, an argument, or a reader
            that gives values only).
        element: the element that is asked.
        own_form: typed into the program's own forms, where "." is a thousands mark where it stands in the right places.
    """
    if raw is None:
        return CellReading(Outcome.BLANK, BLANK)
    if isinstance(raw, str):
        return _from_text(clean(raw), element, own_form=own_form)
    return _from_cell(raw, number_format, element)


def _from_cell(raw: object, number_format: str, element: Element) -> CellReading:
    if element.kind is ElementKind.DAY:
        return _day_from_cell(raw, from_1904=number_format.startswith(FROM_1904))
    if element.kind is ElementKind.TEXT:
        return taken(Answer(ValueState.VALUE, text=shown_raw(raw)))
    if element.kind is ElementKind.YES_NO:
        return _yes_no_from_cell(raw)
    return _figure_from_cell(raw, number_format, element)


def taken(answer: Answer) -> CellReading:
    """Return the reading of a cell that has one meaning."""
    return CellReading(Outcome.VALUE, answer)


def refused(code: str, **params: Param) -> CellReading:
    """Return the reading of a cell that cannot be taken."""
    return CellReading(Outcome.INVALID, issue=Issue(code, params))


def asked(readings: tuple[Answer, ...], code: str, **params: Param) -> CellReading:
    """Return the reading of a cell that a person must decide."""
    return CellReading(Outcome.QUESTION, issue=Issue(code, params), readings=readings)


def _from_text(text: str, element: Element, *, own_form: bool) -> CellReading:
    if not text:
        return CellReading(Outcome.BLANK, BLANK)
    if says_not_applicable(text):
        return taken(NOT_APPLICABLE)
    if has_control_character(text):
        return refused("cell_control_character")
    if element.kind is ElementKind.TEXT:
        return taken(Answer(ValueState.VALUE, text=text))
    if says_error(text):
        return refused("cell_error", typed=text)
    return _from_word(text, element, own_form=own_form)


def _from_word(text: str, element: Element, *, own_form: bool) -> CellReading:
    if element.kind is ElementKind.DAY:
        return _day_from_text(text, own_form=own_form)
    if element.kind is ElementKind.YES_NO:
        return _yes_no_from_text(text)
    if says_nothing(text):
        return asked((_figure_answer(0), NOT_APPLICABLE), "figure_zero_or_none", typed=text)
    return _figure_from_text(text, element, own_form=own_form)


# -- days, yes or no ---------------------------------------------------------------------------------------------------


def _day_answer(day: date) -> CellReading:
    return taken(Answer(ValueState.VALUE, text=day.isoformat()))


def _day_from_text(text: str, *, own_form: bool) -> CellReading:
    if says_nothing(text):
        return asked((NOT_APPLICABLE,), "answer_none", typed=text)
    day = read_day(text)
    if day is None:
        return refused("cell_day_unreadable", typed=text)
    reading = _day_answer(day)
    if own_form or not has_short_year(text) or reading.answer is None:
        return reading
    return asked((reading.answer,), "day_short_year", typed=text, day=day)


def _day_from_cell(raw: object, *, from_1904: bool) -> CellReading:
    if isinstance(raw, date):
        found = raw.date() if isinstance(raw, datetime) else raw
        day = found if EARLIEST <= found <= LATEST else None
    else:
        number = exact_number(raw)
        day = day_of_serial(math.floor(number or 0), from_1904=from_1904)  # a fraction of a serial is a time of day
        if day is None and number is not None:  # 2017 is a year, not 2.017
            return refused("cell_day_unreadable", typed=format(number, "f").replace(".", ","))
    return _day_answer(day) if day else refused("cell_day_unreadable", typed=shown_raw(raw))


def _yes_no(is_yes: bool) -> Answer:
    return Answer(ValueState.VALUE, amount=int(is_yes))


def _yes_no_from_text(text: str) -> CellReading:
    said = says_yes_or_no(text)
    if said is not None:
        return taken(_yes_no(is_yes=said))
    if says_nothing(text):
        return asked((_yes_no(is_yes=False), NOT_APPLICABLE), "answer_no_or_none", typed=text)
    return refused("cell_yes_no_unreadable", typed=text)


def _yes_no_from_cell(raw: object) -> CellReading:
    if isinstance(raw, bool) or exact_number(raw) in {Decimal(0), Decimal(1)}:
        return taken(_yes_no(is_yes=bool(raw)))
    return refused("cell_yes_no_unreadable", typed=shown_raw(raw))


# -- figures -----------------------------------------------------------------------------------------------------------


def is_percent(element: Element) -> bool:
    """Tell whether an element is answered in per cent."""
    return element.kind is ElementKind.DECIMAL and element.unit.startswith("%")


def exact_number(raw: object) -> Decimal | None:
    """Return the exact decimal that a numeric cell shows, or None where it holds no number.

    A workbook keeps 0.1 as a binary fraction; its fifteen significant digits, which are all that Excel keeps, give 0.1 back.
    """
    if isinstance(raw, bool):
        return None
    if isinstance(raw, float):
        return Decimal(format(raw, ".15g")) if math.isfinite(raw) else None
    return Decimal(raw) if isinstance(raw, int | Decimal) else None


def _figure_answer(amount: int) -> Answer:
    return Answer(ValueState.VALUE if amount else ValueState.ZERO, amount)


def _figure_from_text(text: str, element: Element, *, own_form: bool) -> CellReading:
    read = _read(_without_unit(text, element), element, own_form=own_form)
    if read.problem is Problem.PERCENT_SIGN:
        return refused("figure_percent_sign", typed=text, unit=element.unit)
    if read.problem is Problem.UNREADABLE:
        return _worded(text, element, own_form=own_form)
    values = read.values or read.rejected[:1]
    if len(values) > 1:
        return _ask_between(values, text, element)
    if is_percent(element) and not own_form and "%" not in text and 0 < values[0] <= 1:
        return _ask_points(values[0], text, element)
    return _fit(values[0], text, element)


def _without_unit(text: str, element: Element) -> str:
    """Drop the element's own unit of measure behind a figure ("25 người")."""
    match = _FIGURE_WITH_UNIT.fullmatch(text)
    same = match is not None and search_key(match.group(2)) == search_key(element.unit) != ""
    return match.group(1) if match and same and not is_doubted(text) else text


def _worded(text: str, element: Element, *, own_form: bool) -> CellReading:
    """Ask or refuse a text that is no figure but holds one: a day, a figure with words or signs around it, two figures."""
    day = read_day(text)
    if day is not None:
        return refused("figure_is_day", day=day)
    wording = wording_of(text)
    if wording is None:
        return refused("figure_unreadable", typed=text)
    if wording.manner is Manner.ABOUT:
        return _about(wording.figure, text, element, own_form=own_form)
    if wording.manner is Manner.BRACKETS:
        return _in_brackets(wording.figure, text, element, own_form=own_form)
    return refused(_WORDINGS[wording.manner], typed=text)


def _about(figure: str, typed: str, element: Element, *, own_form: bool) -> CellReading:
    """Ask whether the figure of "khoảng 120" may be taken as it is."""
    reading = _figure_from_text(figure, element, own_form=own_form)
    if reading.answer is None:
        return reading
    return asked((reading.answer,), "figure_approximate", typed=typed, figure=format_answer(element, reading.answer))


def _in_brackets(figure: str, typed: str, element: Element, *, own_form: bool) -> CellReading:
    """Ask whether "(1.234)" is a figure, or one below zero as accountants write it."""
    read = _read(figure, element, own_form=own_form)
    if not read.values:
        return _figure_from_text(figure, element, own_form=own_form)
    readings = tuple(dict.fromkeys(_answers((*read.values, *(-value for value in read.values)), element)))
    if not readings:
        return _fit(read.values[0], typed, element)
    return asked(readings, "figure_in_brackets", typed=typed)


def _read(text: str, element: Element, *, own_form: bool) -> Read:
    """Read text to values in the element's own unit of measure, for money to đồng."""
    if element.kind is ElementKind.MONEY:
        return read_money(text, element.scale_vnd or MILLION, own_form=own_form)
    kind = Figure.PERCENT if is_percent(element) else Figure(element.kind)
    return read_figure(text, kind, element.places, own_form=own_form)


def _figure_from_cell(raw: object, number_format: str, element: Element) -> CellReading:
    if isinstance(raw, date):
        return refused("figure_is_day", day=raw.date() if isinstance(raw, datetime) else raw)
    number = exact_number(raw)
    if number is None:
        return refused("figure_unreadable", typed=shown_raw(raw))
    if is_percent(element) and 0 < number <= 1:
        return _share_from_cell(number, number_format, element)
    if not is_percent(element) and number and _shows_percent(number_format):
        return refused("figure_percent_sign", typed=f"{format_figure(number * 100, max_places=15)}%", unit=element.unit)
    scale = (element.scale_vnd or MILLION) if element.kind is ElementKind.MONEY else 1
    return _fit(number * scale, number, element)


def _share_from_cell(number: Decimal, number_format: str, element: Element) -> CellReading:
    """Read a number up to 1 where per cent is asked: its format tells whether 0.85 is 85% or 0,85%."""
    if _shows_percent(number_format):
        return _fit(number * 100, number, element)
    bare = _FORMAT_LITERALS.sub("", number_format)
    hidden = "." not in bare and number != int(number)  # such a cell shows 1 for 0.85: not meant as points
    if hidden or number_format.strip().lower() in _NO_FORMAT:
        return _ask_points(number, format_figure(number, max_places=15), element)
    return _fit(number, number, element)


def _shows_percent(number_format: str) -> bool:
    return "%" in _FORMAT_LITERALS.sub("", number_format)


def _ask_points(number: Decimal, typed: str, element: Element) -> CellReading:
    """Ask whether 0,85 is 0,85% or 85%; where neither can be stored, say so of the likelier second."""
    readings = _answers((number, number * 100), element)
    if not readings:
        return _fit(number * 100, typed, element)
    first, second = (format_figure(value, max_places=15) for value in (number, number * 100))
    return asked(readings, "figure_percent_or_share", typed=typed, first=first, second=second)


def _ask_between(values: tuple[Decimal, ...], typed: str, element: Element) -> CellReading:
    """Ask which of several readings is meant; where none can be stored, say what is wrong with the first."""
    readings = _answers(values, element)
    if not readings:
        return _fit(values[0], typed, element)
    first, second = (_in_unit(value, element) for value in values[:2])
    return asked(readings, "figure_ambiguous", typed=typed, first=first, second=second)


def _answers(values: tuple[Decimal, ...], element: Element) -> tuple[Answer, ...]:
    """Return the answers of those values that the element can hold."""
    fitted = (_fit(value, "", element).answer for value in values)
    return tuple(answer for answer in fitted if answer is not None)


def _in_unit(value: Decimal, element: Element) -> str:
    if element.kind is ElementKind.MONEY:
        return format_money(int(value), element.scale_vnd or MILLION)
    return format_figure(value, max_places=15)


def _fit(value: Decimal, typed: str | Decimal, element: Element) -> CellReading:
    """Check a value against its element and store it as a whole amount.

    ``value`` is in đồng for money, in the element's own unit otherwise; ``typed`` is what the cell shows.
    """
    is_decimal = element.kind is ElementKind.DECIMAL
    amount = value.scaleb(element.places) if is_decimal else value
    if (amount < 0 and not is_decimal) or abs(amount) > LARGEST_AMOUNT or amount != int(amount):
        return _misfit(value, typed if isinstance(typed, str) else format_figure(typed, max_places=15), element)
    return taken(_figure_answer(int(amount)))


def _misfit(value: Decimal, typed: str, element: Element) -> CellReading:
    """Say why a value cannot be stored; the first reason counts."""
    places = element.places if element.kind is ElementKind.DECIMAL else 0
    if value < 0 and element.kind is not ElementKind.DECIMAL:
        return refused("figure_negative", typed=typed)
    if abs(value.scaleb(places)) > LARGEST_AMOUNT:
        return refused("figure_too_large", typed=typed)
    if element.kind is ElementKind.MONEY:
        return refused("money_below_dong", typed=typed, unit=element.unit)
    if element.kind is ElementKind.COUNT:
        return refused("figure_not_whole", typed=typed)
    code = "figure_too_many_places" if places else "figure_has_decimals"
    return refused(code, typed=typed, rounded=format_figure(round_half_up(value, places)), places=places)


# -- writing -----------------------------------------------------------------------------------------------------------


def answer_of(value: Value | None) -> Answer:
    """Return the answer that a stored value holds; no row is :data:`BLANK`."""
    return Answer(value.state, value.amount, value.text) if value else BLANK


def figure_of(element: Element, answer: Answer) -> Decimal | None:
    """Return a figure in the element's own unit of measure (money in its shown unit); None where the answer is no figure."""
    if answer.amount is None:
        return None
    if element.kind is ElementKind.MONEY:
        return Decimal(answer.amount) / (element.scale_vnd or MILLION)
    return Decimal(answer.amount).scaleb(-element.places if element.kind is ElementKind.DECIMAL else 0)


def format_answer(element: Element, answer: Answer) -> str:
    """Write an answer as people see and type it; reading it back in an own form gives the same answer ("" for a blank)."""
    if answer.state is ValueState.NOT_REPORTED:
        return ""
    if answer.state is ValueState.NOT_APPLICABLE:
        return NOT_APPLICABLE_TEXT
    if element.kind is ElementKind.YES_NO:
        return YES_TEXT if answer.amount else NO_TEXT
    if element.kind is ElementKind.DAY:
        return format_day(date.fromisoformat(answer.text or ""))
    figure = figure_of(element, answer)
    return format_figure(figure, max_places=15) if figure is not None else answer.text or ""


def json_answer(element: Element, answer: Answer) -> str | None:
    """Write an answer for JSON: a figure in the element's unit ("1234.5"), yes_no "1" or "0", a day, a text, or None."""
    figure = figure_of(element, answer)
    return json_figure(figure) if figure is not None else answer.text


def workbook_value(element: Element, answer: Answer) -> int | Decimal | str | date | None:
    """Return what a workbook cell holds for an answer: numbers as numbers, days as days; None for a blank."""
    if answer.state is ValueState.NOT_REPORTED:
        return None
    if answer.state is ValueState.NOT_APPLICABLE or element.kind is ElementKind.YES_NO:
        return format_answer(element, answer)
    if element.kind is ElementKind.DAY:
        return date.fromisoformat(answer.text or "")
    figure = figure_of(element, answer)
    if figure is None:
        return answer.text
    return int(figure) if figure == int(figure) else figure


def shown_raw(raw: Any) -> str:
    """Write what a cell holds, for text elements and for the sentence about it."""
    if isinstance(raw, datetime):
        return format_day(raw.date())
    if isinstance(raw, date):
        return format_day(raw)
    if isinstance(raw, bool):
        return YES_TEXT if raw else NO_TEXT
    number = exact_number(raw)
    return format_figure(number, max_places=15) if number is not None else str(raw)
