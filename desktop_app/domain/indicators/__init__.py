"""The one place where figures are made: roll-up, verdict and gap of every target (figures.md, Indicators).

SQL only fetches. Everything is exact: whole numbers as stored, then fractions; never floats, never rounded text.
"""

from desktop_app.domain.indicators.answers import (
    AnswerBook,
    Answers,
    Column,
    Exceptional,
    Facts,
    contradicted_by,
    is_valid,
    pack,
)
from desktop_app.domain.indicators.goals import GoalAt, goal_at, goal_of, tolerance_percent
from desktop_app.domain.indicators.rollup import elements_of, figure, own_unit, scope_of
from desktop_app.domain.indicators.verdicts import (
    Case,
    TargetProgress,
    UnitOutcome,
    Verdict,
    breakdown,
    evaluate,
    needs,
    periods_read,
)

__all__ = [
    "AnswerBook",
    "Answers",
    "Case",
    "Column",
    "Exceptional",
    "Facts",
    "GoalAt",
    "TargetProgress",
    "UnitOutcome",
    "Verdict",
    "breakdown",
    "contradicted_by",
    "elements_of",
    "evaluate",
    "figure",
    "goal_at",
    "goal_of",
    "is_valid",
    "needs",
    "own_unit",
    "pack",
    "periods_read",
    "scope_of",
    "tolerance_percent",
]
