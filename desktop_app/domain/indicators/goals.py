"""Goals: which one counts, whether a value reaches it, and how much is missing (figures.md, Indicators).

All comparisons are of exact fractions, never of rounded text.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from desktop_app.domain.entities import Comparator, Direction, Goal, IndicatorType, Target

TOLERANCE_PERCENT = 10
"""Tolerance of ``approx`` where a target names none: ±10 % of the goal (figures.md; S2-19)."""
_HOLDS: dict[Comparator, Callable[[Fraction, Fraction], bool]] = {
    Comparator.GE: operator.ge,
    Comparator.LE: operator.le,
    Comparator.GT: operator.gt,
    Comparator.UP: operator.gt,
    Comparator.LT: operator.lt,
    Comparator.EQ: operator.eq,
}
_DOWN = frozenset({Comparator.LE, Comparator.LT})


@dataclass(frozen=True)
class GoalAt:
    """The goal that counts at a year.

    Attributes:
        amount: None for ``up`` without a number: growth above 0 is the goal.
        year: the goal's own year.
    """

    amount: Fraction | None
    year: int


def goal_at(goals: Iterable[Goal], year: int) -> Goal | None:
    """Return the goal of the smallest goal year that is not before ``year``, else of the largest before it."""
    ordered = sorted(goals, key=lambda goal: goal.year)
    return next((goal for goal in ordered if goal.year >= year), ordered[-1] if ordered else None)


def goal_of(
    target: Target, kind: IndicatorType, goals: Iterable[Goal], *, year: int, last_year: int, unit_id: int | None = None
) -> GoalAt | None:
    """Return the goal that a target is held against, or None where it is judged by hand.

    Goals per unit serve a single unit alone. A unit without goals of its own is held against the target's; not so for a sum,
    whose goal only the whole can reach.

    Args:
        target: the target.
        kind: type of its indicator.
        goals: all goals of the target.
        year: the year of the period asked for.
        last_year: the plan's last year, for a target without a year.
        unit_id: the unit asked for, None for the root unit.
    """
    if target.is_qualitative:
        return None if target.threshold is None else GoalAt(Fraction(target.threshold), last_year)
    every = list(goals)
    rows = [goal for goal in every if goal.unit_id == unit_id]
    if not rows and kind is not IndicatorType.SUM:
        rows = [goal for goal in every if goal.unit_id is None]
    found = goal_at(rows, year)
    goal_year = found.year if found else last_year
    if kind is IndicatorType.MILESTONE:
        return GoalAt(Fraction(1), goal_year)
    if found is not None:
        return GoalAt(Fraction(found.amount), goal_year)
    return GoalAt(None, goal_year) if target.comparator is Comparator.UP else None


def tolerance_percent(target: Target) -> Decimal:
    """Return the tolerance of ``approx`` in per cent of the goal."""
    return Decimal(TOLERANCE_PERCENT) if target.tolerance_percent is None else target.tolerance_percent


@dataclass(frozen=True)
class Bar:
    """What a value has to reach.

    Attributes:
        comparator: how it is held against ``amount``.
        amount: the goal; for ``up`` the value of the year before (0 where the value is a growth itself).
        tolerance: of ``approx``, as a fraction of the goal.
        direction: of the indicator; ``le`` and ``lt`` are ↓ by themselves.
    """

    comparator: Comparator
    amount: Fraction
    tolerance: Fraction = Fraction(0)
    direction: Direction = Direction.UP

    def reached(self, value: Fraction) -> bool:
        """Say whether a value reaches the bar."""
        if self.comparator is Comparator.APPROX:
            low, high = self._band()
            return low <= value <= high
        return _HOLDS[self.comparator](value, self.amount)

    def gap(self, numerator: Fraction, value_with: Callable[[Fraction], Fraction | None]) -> int | None:
        """Return the least whole number to add to the numerator (for ↓: to lose) to reach the bar.

        Args:
            numerator: in its own unit of measure.
            value_with: the value that another numerator would give, linear in it; None where it gives none.

        Returns:
            0 where the bar is reached, None where no whole number reaches it that way.
        """
        start, one, now = (value_with(point) for point in (Fraction(0), Fraction(1), numerator))
        if start is None or one is None or now is None or one <= start:
            return None
        if self.reached(now):
            return 0
        low, high = ((edge - start) / (one - start) for edge in self._band())
        if numerator < low or (numerator == low and self.comparator not in _DOWN):
            sign, distance = 1, low - numerator
        else:
            sign, distance = -1, numerator - high
        if (sign < 0) != (self.comparator in _DOWN or (self._two_sided() and self.direction is Direction.DOWN)):
            return None
        for least in (math.ceil(distance), math.floor(distance) + 1):
            if self.reached(now + sign * least * (one - start)):
                return least
        return None

    def _band(self) -> tuple[Fraction, Fraction]:
        margin = abs(self.amount) * self.tolerance if self.comparator is Comparator.APPROX else Fraction(0)
        return self.amount - margin, self.amount + margin

    def _two_sided(self) -> bool:
        return self.comparator in {Comparator.EQ, Comparator.APPROX}
