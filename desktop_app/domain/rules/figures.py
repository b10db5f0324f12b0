"""Checks across the figures of one unit: parts and wholes, sums, running totals, jumps.

Each rule gives warnings, never errors: the figure is taken, and an explanation (Giải trình) beside it settles the matter
(domain.md §4.1). Every sentence names the figures that it compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from desktop_app.domain import periods
from desktop_app.domain.entities import Element, ElementKind, Indicator, Measure, Unit, Value, ValueState
from desktop_app.domain.indicators import AnswerBook, Answers, Facts, contradicted_by, own_unit
from desktop_app.domain.issues import Issue, Place
from desktop_app.domain.values import Answer, format_answer, is_percent
from desktop_app.text.catalogue import Param
from desktop_app.text.dates import period_phrase

JUMP_FACTOR = 3
"""A figure jumps when it grows to, or falls below, so many times the last one (own definition) …"""
JUMP_LEAST = 10
"""… and differs by at least so many of its shown units, so that small figures stay quiet (own definition)."""
JUMP_POINTS = 30
"""A percentage jumps when it moves by more than so many points (own definition)."""
_RUNNING_TOTALS = ("H1", "9M", "")
"""Periods of one year that begin on its first day, by the part of the code after the year, shortest first."""
BOUNDED = frozenset({ElementKind.DECIMAL})
"""Kinds of figures that can be possible and still out of bounds by themselves; the others are refused when they are read."""
_FIGURES = {ElementKind.COUNT, ElementKind.DECIMAL, ElementKind.MONEY}


@dataclass(frozen=True)
class UnitFigures:
    """What one unit answered, as far as the checks of one period look.

    Attributes:
        facts: regime, elements and the unit's values as columns.
        values: the same values as rows.
        period: the period that is checked; the checks also look at shorter ones, at Kỳ trước and at the year's other
            running totals, where they are among the values.
        indicators: those whose parts and wholes are compared.
        before: what the other periods answer, where that is known of all units at once; None where it is among the values.
    """

    facts: Facts
    unit: Unit
    values: Sequence[Value]
    period: str
    indicators: Sequence[Indicator] = ()
    before: AnswerBook | None = None

    @cached_property
    def book(self) -> AnswerBook:
        """What every period answers, entered or made of shorter ones."""
        return AnswerBook(self.facts)

    @cached_property
    def by_element(self) -> dict[int, dict[str, Value]]:
        """The unit's stored values by element id and period."""
        found: dict[int, dict[str, Value]] = {}
        for value in self.values:
            if value.unit_id == self.unit.id and value.element_id in self.facts.elements:
                found.setdefault(value.element_id, {})[value.period] = value
        return found

    def stored(self) -> Iterator[tuple[Element, int]]:
        """Yield the figures stored for the period, as amounts, that nobody explained."""
        for element_id, by_period in self.by_element.items():
            value = by_period.get(self.period)
            element = self.facts.elements[element_id]
            if value is not None and value.amount is not None and element.kind in _FIGURES and not _explained(value):
                yield element, value.amount

    def issue(self, code: str, element: Element, **params: Param) -> Issue:
        """Return an issue at one element of this unit."""
        return Issue(code, {"name": element.name, **params}, Place(unit=self.unit.code, item=element.code))


def _explained(value: Value | None) -> bool:
    return value is not None and bool(value.note and value.note.strip())


def _shown(element: Element, amount: int) -> str:
    return format_answer(element, Answer(ValueState.VALUE, amount))


def periods_compared(element: Element, period: str) -> tuple[str, ...]:
    """Return the other periods whose values the rules look at for a figure of a period."""
    if element.kind not in _FIGURES:
        return ()
    last = periods.previous(period)
    if element.measure is Measure.STOCK:
        return (last, *periods.shorter_ending_same_day(last))
    found = (*periods.periods_needed(period), *_running_totals(period), *periods.periods_needed(last))
    return tuple(dict.fromkeys(code for code in found if code != period))


def _running_totals(period: str) -> list[str]:
    """Return the running totals of the year that are shorter than a period that is one itself, shortest first."""
    year = periods.year_of(period)
    totals = [f"{year:04d}-{part}" if part else f"{year:04d}" for part in _RUNNING_TOTALS]
    return totals[: totals.index(period)] if period in totals else []


def check_figures(figures: UnitFigures) -> list[Issue]:
    """Return everything doubtful about a unit's figures for a period; nothing is said twice."""
    rules = (shares, sums_of_parts, running_totals, jumps, bounds)
    return [issue for rule in rules for issue in rule(figures)]


def shares(figures: UnitFigures) -> Iterator[Issue]:
    """Yield numerators that exceed their denominators, or that are "không phát sinh" although there is a denominator.

    **Source:** figures.md, Indicators, "Reported"; until it is explained the unit does not count as reported.
    """
    for a, b in _pairs(figures):
        answers_a = figures.book.answers(a.id, figures.period)
        answers_b = figures.book.answers(b.id, figures.period)
        if figures.unit.id in answers_a.noted | answers_b.noted:
            continue
        whole = answers_b.amounts.get(figures.unit.id)
        if whole is not None:
            yield from _share(figures, (a, answers_a), (b, whole))


def _share(figures: UnitFigures, part: tuple[Element, Answers], whole: tuple[Element, int]) -> Iterator[Issue]:
    a, answers = part
    b, amount_b = whole
    amount_a = answers.amounts.get(figures.unit.id)
    shown = _shown(b, amount_b)
    if amount_a is not None and amount_a * own_unit(b) > amount_b * own_unit(a):
        yield figures.issue("share_above_whole", a, part=_shown(a, amount_a), whole_name=b.name, whole=shown)
    elif amount_b > 0 and figures.unit.id in answers.not_applicable:
        yield figures.issue("numerator_not_applicable", a, whole_name=b.name, whole=shown)


def _pairs(figures: UnitFigures) -> Iterable[tuple[Element, Element]]:
    """Return the part and the whole of every share among the indicators, each pair once."""
    elements = figures.facts.elements
    pairs: dict[tuple[int, int], tuple[Element, Element]] = {}
    for indicator in figures.indicators:
        a, b = elements.get(indicator.numerator_id or 0), elements.get(indicator.denominator_id or 0)
        if indicator.is_share and a and b:
            pairs[a.id, b.id] = (a, b)
    return pairs.values()


def sums_of_parts(figures: UnitFigures) -> Iterator[Issue]:
    """Yield stored flows that differ from the sum of the shorter periods they consist of.

    **Source:** figures.md, Periods: the stored value is kept and the difference reported.
    """
    for element, amount in figures.stored():
        by_period = figures.by_element[element.id]
        tiling = contradicted_by(element, figures.period, figures.unit, by_period, figures.facts.regime)
        if tiling is not None:
            total = sum(by_period[part].amount or 0 for part in tiling if part in by_period)
            yield figures.issue(
                "value_differs_from_parts",
                element,
                value=_shown(element, amount),
                total=_shown(element, total),
                parts=", ".join(period_phrase(part) for part in tiling),
            )


def running_totals(figures: UnitFigures) -> Iterator[Issue]:
    """Yield running totals that fell: nine months below six, a year below nine months.

    **Source:** domain.md §4.1, own definition: what arose since the first day of a year cannot become less.
    """
    totals = _running_totals(figures.period)
    for element, amount in figures.stored() if totals else ():
        if element.measure is not Measure.FLOW:
            continue
        for earlier in totals:
            before = figures.by_element[element.id].get(earlier)
            if before is not None and before.amount is not None and before.amount > amount:
                yield figures.issue(
                    "running_total_falls",
                    element,
                    value=_shown(element, amount),
                    before=_shown(element, before.amount),
                    earlier=period_phrase(earlier),
                )


def jumps(figures: UnitFigures) -> Iterator[Issue]:
    """Yield figures that are out of proportion to those of Kỳ trước; often a slip of a digit or of the unit of measure.

    **Source:** own definition (:data:`JUMP_FACTOR`, :data:`JUMP_LEAST`, :data:`JUMP_POINTS`).
    """
    before = periods.previous(figures.period)
    book = figures.before or figures.book
    for element, amount in figures.stored():
        last = book.answers(element.id, before).amounts.get(figures.unit.id)
        if last and _jumps(element, last, amount):
            yield figures.issue(
                "value_jumps",
                element,
                value=_shown(element, amount),
                before=_shown(element, last),
                earlier=period_phrase(before),
            )


def _jumps(element: Element, last: int, now: int) -> bool:
    unit = own_unit(element)
    if is_percent(element):
        return abs(now - last) > JUMP_POINTS * unit
    small, large = sorted((abs(last), abs(now)))
    return large >= JUMP_FACTOR * small and abs(now - last) >= JUMP_LEAST * unit


def bounds(figures: UnitFigures) -> Iterator[Issue]:
    """Yield figures that are possible but rarely meant: decimals below zero, percentages above a hundred."""
    for element, amount in figures.stored():
        if amount < 0:
            yield figures.issue("value_below_zero", element, value=_shown(element, amount))
        if is_percent(element) and amount > 100 * own_unit(element):
            yield figures.issue("percent_above_hundred", element, value=_shown(element, amount))
