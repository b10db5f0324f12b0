"""Data elements, their values and the indicators made of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from desktop_app.domain import specs
from desktop_app.domain.specs import entity


class ElementKind(StrEnum):
    """What an answer to a data element looks like (figures.md, "Units, elements, values")."""

    COUNT = "count"
    DECIMAL = "decimal"
    MONEY = "money"
    YES_NO = "yes_no"
    DAY = "day"
    TEXT = "text"


class Measure(StrEnum):
    """Stock: the state on the last day of the window. Flow: what arose inside the window."""

    STOCK = "stock"
    FLOW = "flow"


class PeriodKind(StrEnum):
    """Kinds of reporting period, as they stand in form codes."""

    YEAR = "Y"
    HALF = "H"
    NINE_MONTHS = "9M"
    QUARTER = "Q"
    MONTH = "M"


class ValueState(StrEnum):
    """The four states of a value; a missing row is ``not_reported`` too.

    A row in state ``not_reported`` exists only to keep an explanation that came without a figure.
    """

    VALUE = "value"
    ZERO = "zero"
    NOT_APPLICABLE = "not_applicable"
    NOT_REPORTED = "not_reported"


class IndicatorType(StrEnum):
    """How an indicator is computed (figures.md, "Indicators")."""

    RATIO = "R"
    COUNT = "C"
    SUM = "S"
    GROWTH = "G"
    MILESTONE = "M"
    INDEX = "I"
    PROVINCE = "P"


class ConditionKind(StrEnum):
    """What a unit must meet to count in an indicator of type C."""

    ELEMENT = "element"
    RATIO = "ratio"
    SYSTEMS = "systems"


class GrowthKind(StrEnum):
    """Growth in percent of last year's value, or in points of difference."""

    RELATIVE = "relative"
    POINTS = "points"


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"


@entity("element", label="Data element", sorted_by="name")
@dataclass(frozen=True, kw_only=True)
class Element:
    """One raw fact that a unit knows, entered once and used by many indicators.

    Attributes:
        code: ``<group><number><a|b>`` after the first indicator that uses it, such as ``HT01a``.
        places: decimal places of a ``decimal`` (0 to 4); amounts are stored times 10^places.
        unit: unit of measure as shown, such as ``người``; money is shown in this unit too (triệu đồng).
        scale_vnd: for money, how many đồng one shown unit is (1000000 for triệu đồng).
        period_kinds: the kinds of period it is asked for.
        section: group of the form it stands in (HT, NB, DV, AT, NL, CS, KP, KS).
    """

    id: int = specs.integer(default=0)
    code: str = specs.text("Code", pattern=r"[0-9A-Za-z._-]+")
    name: str = specs.text("Name")
    kind: ElementKind = specs.choice("Kind of answer", ElementKind)
    measure: Measure = specs.choice("Measure", Measure)
    unit: str = specs.text("Unit of measure")
    places: int = specs.integer("Decimal places", default=0, minimum=0, maximum=4)
    scale_vnd: int | None = specs.integer(default=None, minimum=1)
    definition: str = specs.text("Definition", multiline=True)
    source: str | None = specs.text("Source", default=None)
    period_kinds: tuple[PeriodKind, ...] = specs.choices("Asked every", PeriodKind)
    section: str = specs.text("Section")
    order_number: int = specs.integer("Order", default=1, minimum=1)


@entity("value", key=("period", "element_id", "unit_id"), label="Value")
@dataclass(frozen=True, kw_only=True)
class Value:
    """What one unit answered to one element for one period.

    Attributes:
        amount: the figure as a whole number: counts and decimals times 10^places, money in đồng, yes_no 1 or 0; None for
            ``day`` and ``text`` elements, and when not applicable.
        text: the answer to a ``text`` element, or the day (YYYY-MM-DD) of a ``day`` element.
        note: the unit's explanation (Giải trình).
        return_id: the return that last wrote it; None when typed in the program.
    """

    unit_id: int = specs.ref("unit", "Unit")
    element_id: int = specs.ref("element", "Data element")
    period: str = specs.period("Period")
    state: ValueState = specs.choice("State", ValueState)
    amount: int | None = specs.integer("Figure", default=None)
    text: str | None = specs.text("Answer", default=None, multiline=True)
    note: str | None = specs.text("Explanation", default=None, multiline=True)
    return_id: int | None = specs.ref("unit_return", default=None)


@entity("indicator", label="Indicator", sorted_by="name")
@dataclass(frozen=True, kw_only=True)
class Indicator:
    """A formula over data elements.

    Attributes:
        scale: 100 for percentages, 1 otherwise.
        numerator_id: element a (R, S, P, I, M; for C with a ratio condition the unit's own a).
        denominator_id: element b.
        is_share: True where a cannot exceed b.
        condition: C only; exactly one of element, ratio, systems.
        condition_element_id: the yes_no element of an ``element`` condition; the yes_no or day element of type M.
        threshold: points that a unit's own ratio must reach in a ``ratio`` condition.
        condition_systems: system codes that must all be in use in a ``systems`` condition.
        base_id: G only, the indicator whose growth is taken.
        sets: index sets that use it (MIC, ICT, DTI, 766, PAR).
        levels: levels of government it is asked of (T, H, X).
    """

    id: int = specs.integer(default=0)
    code: str = specs.text("Code", pattern=r"[0-9A-Za-z._-]+")
    name: str = specs.text("Name")
    type: IndicatorType = specs.choice("Type", IndicatorType)
    unit: str = specs.text("Unit of measure")
    scale: int = specs.integer("Scale", default=100, minimum=1, maximum=100)
    numerator_id: int | None = specs.ref("element", "Numerator", default=None)
    denominator_id: int | None = specs.ref("element", "Denominator", default=None)
    is_share: bool = specs.flag("Numerator is part of denominator", default=False)
    condition: ConditionKind | None = specs.choice("Condition", ConditionKind, default=None)
    condition_element_id: int | None = specs.ref("element", "Condition element", default=None)
    threshold: Decimal | None = specs.number("Threshold", default=None)
    condition_systems: tuple[str, ...] = specs.words("Condition systems", default=())
    base_id: int | None = specs.ref("indicator", "Base indicator", default=None)
    growth: GrowthKind | None = specs.choice("Growth", GrowthKind, default=None)
    direction: Direction = specs.choice("Direction", Direction, default=Direction.UP)
    definition: str | None = specs.text("Definition", default=None, multiline=True)
    period_kinds: tuple[PeriodKind, ...] = specs.choices("Period kinds", PeriodKind)
    sets: tuple[str, ...] = specs.words("Index sets", default=())
    levels: tuple[str, ...] = specs.words("Levels", default=())
    source: str | None = specs.text("Source", default=None)
    section: str = specs.text("Section")
    order_number: int = specs.integer("Order", default=1, minimum=1)
