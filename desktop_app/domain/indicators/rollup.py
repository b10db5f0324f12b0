"""The roll-up: which units are expected, which of them reported, and what they add up to (figures.md, Indicators).

Sums stay whole numbers as stored until the end; the results are exact fractions in the elements' own units of measure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from desktop_app.domain.entities import (
    ConditionKind,
    DeploymentStatus,
    Element,
    ElementKind,
    Indicator,
    IndicatorType,
    Measure,
    Target,
)
from desktop_app.domain.indicators.answers import AnswerBook, Answers

NUMERATOR_NOT_APPLICABLE = "numerator_not_applicable"
SHARE_ABOVE_WHOLE = "share_above_whole"
SYSTEM_SINCE_MISSING = "system_since_missing"
ROOT_ONLY = frozenset({IndicatorType.PROVINCE, IndicatorType.MILESTONE, IndicatorType.INDEX})
POINTS = 100
"""Scale of a percentage."""


class Standing(Enum):
    """How a unit stands towards an indicator: in the sums, out of them, or not reported."""

    COUNTED = 1
    OUT = 2
    MISSING = 3


UnitAnswer = tuple[Standing, int, int, str | None]
"""What one unit brings: its standing, its numerator, its denominator and what has to be explained before it counts.

Numerator and denominator are amounts as stored; for a condition 1 or 0 of 1; the denominator is 0 where there is none. The
last is an issue code or None. A plain tuple, because one is made for every unit and target.
"""

_MISSING: UnitAnswer = (Standing.MISSING, 0, 0, None)
_OUT: UnitAnswer = (Standing.OUT, 0, 0, None)
Rule = Callable[[int], UnitAnswer]


@dataclass(frozen=True)
class RollUp:
    """An indicator rolled up over the expected units; figures are those of the units that reported.

    Attributes:
        value: None where no unit counts.
        numerator: in the element's own unit of measure; units for type C.
        denominator: None where the type has none.
        expected: number of units expected.
        missing: ids of the expected units that have not reported, in official order.
    """

    value: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None
    expected: int
    missing: tuple[int, ...]

    @property
    def reported(self) -> int:
        """Number of expected units that reported."""
        return self.expected - len(self.missing)

    @property
    def not_applicable(self) -> bool:
        """True where no unit is expected, or all are out."""
        return self.value is None and not self.missing


def own_unit(element: Element) -> int:
    """Return how many stored units make one unit of measure (10^places; đồng per triệu đồng)."""
    if element.kind is ElementKind.DECIMAL:
        return int(10**element.places)
    if element.kind is ElementKind.MONEY:
        return element.scale_vnd or 1
    return 1


def figure(amount: int, element: Element) -> Fraction:
    """Return a stored amount in the element's own unit of measure."""
    return Fraction(amount, own_unit(element))


def elements_of(indicator: Indicator) -> tuple[int | None, int | None]:
    """Return the ids of the numerator and the denominator that units are asked for; None where there is none.

    For a milestone and an ``element`` condition the numerator is the element that decides.
    """
    if indicator.type is IndicatorType.MILESTONE:
        return indicator.condition_element_id or indicator.numerator_id, None
    if indicator.type is IndicatorType.COUNT and indicator.condition is ConditionKind.ELEMENT:
        return indicator.condition_element_id, None
    if indicator.type is IndicatorType.COUNT and indicator.condition is ConditionKind.SYSTEMS:
        return None, None
    if indicator.type in {IndicatorType.SUM, IndicatorType.INDEX}:
        return indicator.numerator_id, None
    return indicator.numerator_id, indicator.denominator_id


def can_measure(indicator: Indicator) -> bool:
    """Say whether an indicator has all the parts that its type needs."""
    numerator_id, denominator_id = elements_of(indicator)
    if indicator.type is IndicatorType.GROWTH:
        return indicator.base_id is not None and indicator.growth is not None
    if indicator.type is IndicatorType.COUNT and indicator.condition is ConditionKind.SYSTEMS:
        return bool(indicator.condition_systems)
    if indicator.type is IndicatorType.COUNT and indicator.condition is ConditionKind.RATIO:
        return None not in {numerator_id, denominator_id, indicator.threshold}
    if indicator.type is IndicatorType.RATIO:
        return None not in {numerator_id, denominator_id}
    return numerator_id is not None


def scope_of(book: AnswerBook, target: Target, indicator: Indicator, exempt: frozenset[int]) -> tuple[int, ...]:
    """Return the ids of the units that a target obliges, whatever the day, in official order.

    Types P, M and I, and targets with an empty scope, are entered for the root unit alone.
    """
    members = book.members(() if indicator.type in ROOT_ONLY else target.scope)
    return tuple(unit_id for unit_id in members if unit_id not in exempt) if exempt else members


class Roller:
    """Rolls indicators up over the units of a target for one period.

    Attributes:
        book: where answers are found.
        indicator: any type but G, which is made of two roll-ups of its base.
        period: the period asked for.
        scope: ids of the units that the target obliges, whatever the day, in official order.
    """

    def __init__(self, book: AnswerBook, indicator: Indicator, period: str, scope: tuple[int, ...]) -> None:
        self.book = book
        self.indicator = indicator
        self.period = period
        self.scope = scope
        self.valid = book.valid(period)
        numerator_id, denominator_id = elements_of(indicator)
        elements = book.facts.elements
        self.a_element = elements[numerator_id] if numerator_id is not None else None
        self.b_element = elements[denominator_id] if denominator_id is not None else None
        self.per_a = own_unit(self.a_element) if self.a_element else 1
        self.per_b = own_unit(self.b_element) if self.b_element else 1
        self.is_share = indicator.is_share and self.b_element is not None
        self.a = book.answers(numerator_id, period) if numerator_id is not None else Answers()
        self.b = book.answers(denominator_id, period) if denominator_id is not None else Answers()

    def unit_answers(self, unit_id: int | None = None) -> Iterator[tuple[int, UnitAnswer]]:
        """Yield each expected unit with what it brings, in official order; only one unit where ``unit_id`` is given."""
        rule = self._rule()
        parts_a = self._parts_of_former(self.a, self.a_element)
        parts_b = self._parts_of_former(self.b, self.b_element)
        for found in self.scope if unit_id is None else (item for item in self.scope if item == unit_id):
            if found in self.valid:
                yield found, rule(found)
            elif parts_a or parts_b:
                answer = self._former(found, rule, in_a=found in parts_a, in_b=found in parts_b)
                if answer is not None:
                    yield found, answer

    def roll_up(self, unit_id: int | None = None) -> RollUp:
        """Add up what the expected units bring; only one unit where ``unit_id`` is given."""
        numerator = denominator = counted = expected = 0
        missing: list[int] = []
        for found, (standing, a, b, _problem) in self.unit_answers(unit_id):
            expected += 1
            if standing is Standing.COUNTED:
                counted += 1
                numerator += a
                denominator += b
            elif standing is Standing.MISSING:
                missing.append(found)
        if not counted:
            return RollUp(None, None, None, expected, tuple(missing))
        top, bottom = self._own_units(numerator, denominator)
        return RollUp(self.value_of(top, bottom), top, bottom, expected, tuple(missing))

    def value_of(self, numerator: Fraction, denominator: Fraction | None) -> Fraction | None:
        """Return the value that a numerator and a denominator give; None for a denominator of 0."""
        if denominator is None:
            return numerator
        kind = self.indicator.type
        scale = {IndicatorType.COUNT: POINTS, IndicatorType.MILESTONE: 1}.get(kind, self.indicator.scale)
        return scale * numerator / denominator if denominator else None

    def own_figures(self, unit_id: int) -> tuple[Fraction, Fraction] | None:
        """Return a unit's own a and b, which a ``ratio`` condition looks at; None where they do not count."""
        standing, a, b, _problem = self._ratio(unit_id)
        if self.a_element is None or self.b_element is None or standing is not Standing.COUNTED:
            return None
        return figure(a, self.a_element), figure(b, self.b_element)

    def _own_units(self, numerator: int, denominator: int) -> tuple[Fraction, Fraction | None]:
        """Return sums as stored in the elements' own units of measure; a number of units is one already."""
        if self.indicator.type in {IndicatorType.COUNT, IndicatorType.MILESTONE}:
            return Fraction(numerator), Fraction(denominator)
        top = figure(numerator, self.a_element) if self.a_element else Fraction(numerator)
        return top, figure(denominator, self.b_element) if self.b_element else None

    def _parts_of_former(self, answers: Answers, element: Element | None) -> set[int]:
        """Return units that no longer exist on the last day but are expected in a part of a sum that is used.

        Whether a sum is derived is seen from the units of the scope: a tiling that none of them uses expects nobody.
        """
        if element is None or element.measure is Measure.STOCK or not answers.tilings:
            return set()
        former = [unit_id for unit_id in self.scope if unit_id not in self.valid]
        if not former:
            return set()
        used = {answers.tilings[unit_id] for unit_id in self.scope if unit_id in answers.tilings}
        existing = frozenset[int]().union(*(self.book.valid(part) for tiling in used for part in tiling))
        return {unit_id for unit_id in former if unit_id in existing}

    def _former(self, unit_id: int, rule: Rule, *, in_a: bool, in_b: bool) -> UnitAnswer | None:
        """Return what a unit brings that ended before the last day: its own parts of the sums, and nothing of the stocks."""
        if self.b_element is None or (in_a and in_b):
            return rule(unit_id) if in_a else None
        if self.indicator.type is IndicatorType.COUNT or not (in_a or in_b):
            return None
        answers = self.a if in_a else self.b
        amount = answers.amounts.get(unit_id)
        if amount is None:
            return _OUT if unit_id in answers.not_applicable else _MISSING
        return Standing.COUNTED, amount if in_a else 0, 0 if in_a else amount, None

    def _rule(self) -> Rule:
        """Return the rule that says what one unit brings."""
        kind = self.indicator.type
        if kind is IndicatorType.MILESTONE:
            return self._milestone
        if kind is IndicatorType.COUNT:
            return {
                ConditionKind.ELEMENT: self._yes,
                ConditionKind.RATIO: self._own_ratio_reached,
                ConditionKind.SYSTEMS: self._systems,
            }[self.indicator.condition or ConditionKind.ELEMENT]
        return self._plain if self.b_element is None else self._ratio

    def _plain(self, unit_id: int) -> UnitAnswer:
        amount = self.a.amounts.get(unit_id)
        if amount is None:
            return _OUT if unit_id in self.a.not_applicable else _MISSING
        return Standing.COUNTED, amount, 0, None

    def _ratio(self, unit_id: int) -> UnitAnswer:
        a = self.a.amounts.get(unit_id)
        b = self.b.amounts.get(unit_id)
        if (a is None and unit_id not in self.a.not_applicable) or (b is None and unit_id not in self.b.not_applicable):
            return _MISSING
        if b is None:
            return _OUT
        if a is None and b > 0:
            return self._counted_if_explained(unit_id, 0, b, NUMERATOR_NOT_APPLICABLE)
        if self.is_share and a is not None and a * self.per_b > b * self.per_a:
            return self._counted_if_explained(unit_id, a, b, SHARE_ABOVE_WHOLE)
        return (Standing.COUNTED, a or 0, b, None) if b else _OUT

    def _counted_if_explained(self, unit_id: int, a: int, b: int, problem: str) -> UnitAnswer:
        if unit_id not in self.a.noted and unit_id not in self.b.noted:
            return Standing.MISSING, 0, 0, problem
        return (Standing.COUNTED, a, b, None) if b else _OUT

    def _own_ratio_reached(self, unit_id: int) -> UnitAnswer:
        own = self.own_figures(unit_id)
        if own is None or self.indicator.threshold is None:
            return self._ratio(unit_id)
        return self._counted_as(meets=POINTS * own[0] / own[1] >= Fraction(self.indicator.threshold))

    @staticmethod
    def _counted_as(*, meets: bool) -> UnitAnswer:
        return Standing.COUNTED, int(meets), 1, None

    def _yes(self, unit_id: int) -> UnitAnswer:
        amount = self.a.amounts.get(unit_id)
        if amount is None:
            return _OUT if unit_id in self.a.not_applicable else _MISSING
        return self._counted_as(meets=amount > 0)

    def _milestone(self, unit_id: int) -> UnitAnswer:
        day = self.a.texts.get(unit_id)
        if day is None:
            return self._yes(unit_id)
        return self._counted_as(meets=day <= self.book.last_day(self.period).isoformat())

    def _systems(self, unit_id: int) -> UnitAnswer:
        """Meet the condition where every listed system is in use since a day within the window or before it.

        A system that the unit said nothing of is not reported; neither is one in use since an unknown day, unless another
        system already decides.
        """
        last_day = self.book.last_day(self.period)
        found = [self.book.facts.deployments.get((unit_id, code)) for code in self.indicator.condition_systems]
        rows = [row for row in found if row is not None]
        if len(rows) < len(found):
            return _MISSING
        if any(row.status is not DeploymentStatus.IN_USE or (row.since_on and row.since_on > last_day) for row in rows):
            return self._counted_as(meets=False)
        if any(row.since_on is None for row in rows):
            return Standing.MISSING, 0, 0, SYSTEM_SINCE_MISSING
        return self._counted_as(meets=True)
