"""Targets measured: value, goal, verdict and gap of one target for one period (figures.md, Indicators)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from desktop_app.domain import periods
from desktop_app.domain.entities import (
    Comparator,
    ConditionKind,
    Element,
    Goal,
    GrowthKind,
    Indicator,
    IndicatorType,
    JudgedVerdict,
    Judgement,
    Measure,
    Target,
    Unit,
)
from desktop_app.domain.indicators.answers import UNSUMMABLE, AnswerBook
from desktop_app.domain.indicators.goals import Bar, GoalAt, goal_of, tolerance_percent
from desktop_app.domain.indicators.rollup import Roller, RollUp, Standing, UnitAnswer, can_measure, elements_of, scope_of

QUALITATIVE = "Q"


class Verdict(StrEnum):
    """What can be said of a target, in the order in which it is decided."""

    JUDGED_BY_HAND = "judged_by_hand"
    NOT_APPLICABLE = "not_applicable"
    INCOMPLETE = "incomplete"
    MET = "met"
    NOT_DUE = "not_due"
    NOT_MET = "not_met"


@dataclass(frozen=True)
class Case:
    """A target with everything that its plan says of it.

    Attributes:
        indicator: None for a target that no indicator can measure.
        base: for type G, the indicator whose growth is taken.
        goals: all goals of the target, those of single units included.
        exempt: ids of the units that the target does not oblige.
        judgements: what people decided, any period and unit.
        last_year: the plan's last year.
    """

    target: Target
    indicator: Indicator | None
    base: Indicator | None = None
    goals: tuple[Goal, ...] = ()
    exempt: frozenset[int] = frozenset()
    judgements: tuple[Judgement, ...] = ()
    last_year: int = 0

    @property
    def type_code(self) -> str | None:
        """R, C, S, G, M, I, P, or Q for a target in words; None where nothing measures it."""
        if self.target.is_qualitative:
            return QUALITATIVE
        return str(self.indicator.type) if self.indicator else None

    @property
    def formula(self) -> Indicator | None:
        """The indicator that is rolled up: the base of a growth, else the indicator; None where none can be."""
        if self.indicator is None or not can_measure(self.indicator):
            return None
        found = self.base if self.indicator.type is IndicatorType.GROWTH else self.indicator
        return found if found and found.type is not IndicatorType.GROWTH and can_measure(found) else None

    @property
    def looks_back(self) -> bool:
        """True where the year before is part of the figure."""
        growth = self.indicator is not None and self.indicator.type is IndicatorType.GROWTH
        return growth or (self.target.comparator is Comparator.UP and not self.target.is_qualitative)


@dataclass(frozen=True)
class TargetProgress:
    """One target for one period; figures are exact and in the elements' own units of measure.

    Attributes:
        type_code: R, C, S, G, M, I, P, Q or None.
        value: of the units that reported; None where none counts.
        goal: None where there is no number.
        goal_year: the year of the goal that counts.
        on_reported: the verdict that the units that reported would have alone; None where none did.
        judgement: what a person decided for this period.
        missing: codes of the expected units that have not reported, in official order.
        gap: least whole number to add to the numerator (for ↓: to lose); 0 when met, None where no number applies.
        base_missing: for growth, codes of the units that did not report for the year before.
    """

    target: Target
    indicator: Indicator | None
    type_code: str | None
    value: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None
    goal: Fraction | None
    goal_year: int | None
    verdict: Verdict
    on_reported: Verdict | None
    judgement: JudgedVerdict | None
    units_reported: int
    units_expected: int
    missing: tuple[str, ...]
    gap: int | None
    base_missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class UnitOutcome:
    """What one unit brings to a target.

    Attributes:
        numerator: its own; 1 or 0 where a condition without a ratio decides.
        value: its own value; its own ratio in points where a ``ratio`` condition decides.
        reported: False until every element needed is there and explained.
        counts: False for a unit that reported and is out ("không phát sinh", denominator 0).
        met: whether it meets the condition or its goal; None where that cannot be said.
        gap: as for the target, towards the unit's own goal or the threshold of the condition.
        problem_code: issue code of what has to be explained or completed.
        verdict: what is said of the target for this unit alone.
    """

    unit: Unit
    numerator: Fraction | None
    denominator: Fraction | None
    value: Fraction | None
    reported: bool
    counts: bool
    met: bool | None
    gap: int | None
    problem_code: str | None
    verdict: Verdict


def periods_read(element: Element, period: str) -> tuple[str, ...]:
    """Return the periods whose stored values can make up an element's value for a period."""
    if element.measure is Measure.STOCK:
        return (period, *periods.shorter_ending_same_day(period))
    return (period,) if element.kind in UNSUMMABLE else periods.periods_needed(period)


def needs(case: Case, period: str) -> Iterator[tuple[int, str]]:
    """Yield the elements that a target is computed from, each with every period whose answer is asked for."""
    if case.formula is None:
        return
    for element_id in elements_of(case.formula):
        if element_id is not None:
            yield element_id, period
            if case.looks_back:
                yield element_id, periods.year_before(period)


def evaluate(book: AnswerBook, case: Case, period: str, unit_id: int | None = None) -> TargetProgress:
    """Measure a target for a period.

    Args:
        book: the facts; they must hold what :func:`needs` names.
        case: the target.
        period: any kind of period.
        unit_id: to measure one unit alone instead of the whole; types P, M and I then have a figure for the root unit only.
    """
    return _Measurement(book, case, period, unit_id).result()


class _Measurement:
    """One target, one period, the whole or one unit: the figures, then what follows from them."""

    def __init__(self, book: AnswerBook, case: Case, period: str, unit_id: int | None) -> None:
        self.book = book
        self.case = case
        self.period = period
        self.unit_id = unit_id
        self.alone = unit_id if unit_id != book.facts.root_id else None
        self.now = RollUp(None, None, None, 0, ())
        self.before: RollUp | None = None
        self.roller: Roller | None = None
        if case.formula is not None:
            scope = scope_of(book, case.target, case.formula, case.exempt)
            self.roller = Roller(book, case.formula, period, scope)
            self.now = self.roller.roll_up(unit_id)
            if case.looks_back:
                self.before = Roller(book, case.formula, periods.year_before(period), scope).roll_up(unit_id)
        self.goal = self._goal()
        self.bar = self._bar()

    def result(self) -> TargetProgress:
        value, numerator, denominator = self._figures()
        provisional = self._on_reported(value)
        return TargetProgress(
            target=self.case.target,
            indicator=self.case.indicator,
            type_code=self.case.type_code,
            value=value,
            numerator=numerator,
            denominator=denominator,
            goal=self.goal.amount if self.goal else None,
            goal_year=self.goal.year if self.goal else None,
            verdict=self._verdict(provisional),
            on_reported=provisional,
            judgement=self._judgement(),
            units_reported=self.now.reported,
            units_expected=self.now.expected,
            missing=self._codes(self.now.missing),
            gap=self._gap(value, numerator),
            base_missing=self._codes(self.before.missing) if self.before else (),
        )

    def _goal(self) -> GoalAt | None:
        if self.case.formula is None or self.case.indicator is None:
            return None
        return goal_of(
            self.case.target,
            self.case.indicator.type,
            self.case.goals,
            year=periods.year_of(self.period),
            last_year=self.case.last_year,
            unit_id=self.alone,
        )

    def _bar(self) -> Bar | None:
        """Return what the value has to reach; None where it cannot be said (yet)."""
        target, indicator = self.case.target, self.case.indicator
        if self.goal is None or indicator is None:
            return None
        amount = self.goal.amount
        if target.comparator is Comparator.UP and not target.is_qualitative:
            amount = Fraction(0) if self._is_growth() else self._base
        if amount is None:
            return None
        return Bar(target.comparator, amount, Fraction(tolerance_percent(target)) / 100, indicator.direction)

    def _is_growth(self) -> bool:
        return self.case.indicator is not None and self.case.indicator.type is IndicatorType.GROWTH

    @property
    def _base(self) -> Fraction | None:
        """The value of the year before; None where it is not looked at or there is none."""
        return self.before.value if self.before else None

    def _figures(self) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
        if not self._is_growth():
            return self.now.value, self.now.numerator, self.now.denominator
        now, base = self.now.value, self._base
        return (None if now is None or not base else self._grown(now, base)), now, base

    def _grown(self, now: Fraction, base: Fraction) -> Fraction:
        points = self.case.indicator is not None and self.case.indicator.growth is GrowthKind.POINTS
        return now - base if points else 100 * (now - base) / base

    def _on_reported(self, value: Fraction | None) -> Verdict | None:
        if self.goal is None:
            return Verdict.JUDGED_BY_HAND
        if self._nothing_to_measure():
            return Verdict.NOT_APPLICABLE
        if not self.now.reported or (self.before and not self.before.reported):
            return None
        if value is None or self.bar is None or (self.before and not self._base):
            return Verdict.NOT_APPLICABLE
        if self.bar.reached(value):
            return Verdict.MET
        return Verdict.NOT_DUE if self._ends_before(self.goal.year) else Verdict.NOT_MET

    def _verdict(self, provisional: Verdict | None) -> Verdict:
        missing = self.now.missing or (self.before and self.before.missing)
        settled = self.goal is None or self._nothing_to_measure()
        return Verdict.INCOMPLETE if provisional is None or (missing and not settled) else provisional

    def _nothing_to_measure(self) -> bool:
        """True where no unit is expected or all are out, this year or the year before, or the year before is a full 0."""
        if self.now.not_applicable:
            return True
        before = self.before
        return before is not None and not before.missing and not before.value

    def _ends_before(self, year: int) -> bool:
        return self.book.last_day(self.period) < self.book.last_day(f"{year:04d}")

    def _gap(self, value: Fraction | None, numerator: Fraction | None) -> int | None:
        if value is None or numerator is None or self.bar is None or (self.before and not self._base):
            return None
        return self.bar.gap(numerator, self._value_with)

    def _value_with(self, numerator: Fraction) -> Fraction | None:
        """Return the value that another numerator would give, the denominator fixed."""
        if self._is_growth():
            return self._grown(numerator, self._base) if self._base else None
        return self.roller.value_of(numerator, self.now.denominator) if self.roller else None

    def _judgement(self) -> JudgedVerdict | None:
        found = [item for item in self.case.judgements if item.period == self.period and item.unit_id == self.alone]
        return found[-1].verdict if found else None

    def _codes(self, unit_ids: tuple[int, ...]) -> tuple[str, ...]:
        return tuple(self.book.facts.units[unit_id].code for unit_id in unit_ids)


def expected_units(book: AnswerBook, case: Case, period: str) -> frozenset[int]:
    """Return the ids of the units that figures are expected of; empty where nothing measures the target."""
    if case.formula is None:
        return frozenset()
    roller = Roller(book, case.formula, period, scope_of(book, case.target, case.formula, case.exempt))
    return frozenset(unit_id for unit_id, _answer in roller.unit_answers())


def breakdown(book: AnswerBook, case: Case, period: str) -> list[UnitOutcome]:
    """Unfold a target into its expected units, in official order; empty where nothing measures it."""
    if case.formula is None:
        return []
    roller = Roller(book, case.formula, period, scope_of(book, case.target, case.formula, case.exempt))
    return [
        _unit_outcome(roller, case, answer, evaluate(book, case, period, unit_id), book.facts.units[unit_id])
        for unit_id, answer in roller.unit_answers()
    ]


def _unit_outcome(roller: Roller, case: Case, answer: UnitAnswer, measured: TargetProgress, unit: Unit) -> UnitOutcome:
    standing, counted, _denominator, problem = answer
    numerator, denominator, value, gap = measured.numerator, measured.denominator, measured.value, measured.gap
    met = {Verdict.MET: True, Verdict.NOT_DUE: False, Verdict.NOT_MET: False}.get(measured.verdict)
    formula = roller.indicator
    if formula.type is IndicatorType.COUNT and case.indicator is formula:
        met = bool(counted) if standing is Standing.COUNTED else None
        if formula.condition is ConditionKind.RATIO:
            numerator, denominator, value, gap = _own_ratio(roller, unit.id)
    return UnitOutcome(
        unit=unit,
        numerator=numerator,
        denominator=denominator,
        value=value,
        reported=standing is not Standing.MISSING,
        counts=standing is Standing.COUNTED,
        met=met,
        gap=gap,
        problem_code=problem,
        verdict=measured.verdict,
    )


def _own_ratio(roller: Roller, unit_id: int) -> tuple[Fraction | None, Fraction | None, Fraction | None, int | None]:
    """Return a unit's own a, b, ratio in points and gap to the threshold of the condition."""
    own = roller.own_figures(unit_id)
    if own is None or roller.indicator.threshold is None:
        return None, None, None, None
    numerator, denominator = own
    bar = Bar(Comparator.GE, Fraction(roller.indicator.threshold))
    return numerator, denominator, 100 * numerator / denominator, bar.gap(numerator, lambda top: 100 * top / denominator)
