"""The one grammar of figures: reading what people type, writing what offices print.

Reading never guesses: :func:`read_figure` returns every value that a text can mean, and the caller keeps those that fit.
Values are exact (``Decimal``, ``Fraction``, ``int``); nothing here is a float.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from fractions import Fraction

from desktop_app.text.vietnamese import clean

Exact = int | Decimal | Fraction

MAX_DIGITS = 28
"""More digits than any figure of an office has, and as many as ``Decimal`` keeps; a longer text is not a figure."""
_EXACT = Context(prec=MAX_DIGITS * 2, rounding=ROUND_HALF_UP)
_THOUSANDS_MARKS = (".", ",", " ", "'")
_DECIMAL_MARKS = (",", ".")
_MINUS_SIGNS = "-−–"
_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ′`´"), "'")
_JSON_PLACES = 6
_MOST_PLACES = 30


class Figure(StrEnum):
    """What sort of figure is read; only ``PERCENT`` may carry a per cent sign."""

    COUNT = "count"
    DECIMAL = "decimal"
    MONEY = "money"
    PERCENT = "percent"


class Problem(StrEnum):
    """Why a text gives no value that can be taken."""

    NONE = ""
    UNREADABLE = "unreadable"
    NOT_WHOLE = "not_whole"
    TOO_MANY_PLACES = "too_many_places"
    PERCENT_SIGN = "percent_sign"


@dataclass(frozen=True)
class Read:
    """What a text can mean as a figure.

    Attributes:
        values: one value: clear; several: ambiguous, the Vietnamese reading first; none: see ``problem``.
        problem: why there is no value; ``Problem.NONE`` where there is one.
        rejected: the values that the text has but that do not fit (3.7 people), for the sentence that says so.
    """

    values: tuple[Decimal, ...] = ()
    problem: Problem = Problem.NONE
    rejected: tuple[Decimal, ...] = ()


def read_figure(text: str, kind: Figure, places: int = 0, *, own_form: bool = False) -> Read:
    """Read a figure.

    "1.234,5", "1234,5", "1,234.5" and "1 234,5" are clear. "1.234" is 1234 for a count; otherwise it is also 1,234, and both
    readings are returned. In the program's own forms the Vietnamese reading wins where there is one: "." is a thousands mark
    where it stands in the right places, "," is the decimal mark. A count "1,234" has one whole reading; "5,000" has two, in
    own forms as well, because next to a "1,234" that is taken as 1234 nobody would look for a 5.

    Args:
        text: as typed; it is cleaned here.
        kind: counts have no decimals; only percentages may end in "%".
        places: the most decimal places the figure may have; 0 for counts.
        own_form: typed into the program's own forms, where the reading is shown at once.
    """
    body = figure_text(text)
    has_percent = body.endswith("%")
    if has_percent:
        body = body[:-1].rstrip()
        if kind is not Figure.PERCENT:
            return Read(problem=Problem.PERCENT_SIGN)
    if sum(char.isdigit() for char in body) > MAX_DIGITS:
        return Read(problem=Problem.UNREADABLE)
    vietnamese, foreign = _readings(body)
    readings = _distinct(vietnamese + foreign)
    if not readings:
        return Read(problem=Problem.UNREADABLE)
    if kind is Figure.COUNT:
        return _whole(vietnamese, foreign)
    if own_form and vietnamese:
        preferred = _fitting(_distinct(vietnamese), places)
        if preferred.values:
            return Read(values=preferred.values[:1])
    return _fitting(readings, places)


def figure_text(text: str) -> str:
    """Return the text of a figure with plain spaces and apostrophes, without the one by which Excel marks text ("'25")."""
    body = clean(text).replace("\n", " ").replace("\t", " ").translate(_APOSTROPHES)
    return body[1:].lstrip() if body.startswith("'") else body


def _whole(vietnamese: tuple[Decimal, ...], foreign: tuple[Decimal, ...]) -> Read:
    """Keep the whole readings: "5.000" is never 5, because a foreign decimal point yields to Vietnamese thousands."""
    readings = _distinct(vietnamese + foreign)
    if not any(map(_is_whole, readings)):
        return Read(problem=Problem.NOT_WHOLE, rejected=readings)
    native = tuple(filter(_is_whole, vietnamese))
    undecimal = any(value.as_tuple().exponent == 0 for value in native)
    others = () if undecimal else tuple(filter(_is_whole, foreign))
    return Read(values=_distinct(native + others))


def _is_whole(value: Decimal) -> bool:
    return value == value.to_integral_value()


def _fitting(readings: tuple[Decimal, ...], places: int) -> Read:
    """Keep the readings that fit; for a decimal a surplus of places is no reason to prefer another reading."""
    if len(readings) == 1 and places_of(readings[0]) > places:
        return Read(problem=Problem.TOO_MANY_PLACES, rejected=readings)
    return Read(values=readings)


def _readings(body: str) -> tuple[tuple[Decimal, ...], tuple[Decimal, ...]]:
    """Return the readings by the Vietnamese convention and by all others."""
    negative = body.startswith(tuple(_MINUS_SIGNS))
    digits = body[1:].lstrip() if negative or body.startswith("+") else body
    vietnamese: list[Decimal] = []
    foreign: list[Decimal] = []
    for thousands in ("", *_THOUSANDS_MARKS):
        for decimal in ("", *_DECIMAL_MARKS):
            if thousands and thousands == decimal:
                continue
            value = _read_with(digits, thousands, decimal)
            if value is not None:
                is_vietnamese = thousands in {"", ".", " "} and decimal in {"", ","}
                (vietnamese if is_vietnamese else foreign).append(-value if negative else value)
    return tuple(vietnamese), tuple(foreign)


def _read_with(digits: str, thousands: str, decimal: str) -> Decimal | None:
    """Read unsigned digits with the given marks; None where they do not stand in the right places."""
    whole, fraction = digits, ""
    if decimal:
        whole, mark, fraction = digits.rpartition(decimal)
        if not mark or not re.fullmatch(r"[0-9]+", fraction):
            return None
    if thousands:
        if not re.fullmatch(rf"[1-9][0-9]{{0,2}}({re.escape(thousands)}[0-9]{{3}})+", whole):
            return None
        whole = whole.replace(thousands, "")
    if not re.fullmatch(r"[0-9]+", whole):
        return None
    return Decimal(f"{whole}.{fraction}" if fraction else whole)


def _distinct(values: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    return tuple(dict.fromkeys(values))


def places_of(value: Decimal) -> int:
    """Return how many decimal places a finite value really has: 0 for 3.0, 2 for 0.25."""
    exponent = value.normalize(_EXACT).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def round_half_up(value: Exact, places: int) -> Decimal:
    """Round to ``places`` decimals, halves away from zero, without ever passing through a float."""
    fraction = Fraction(value)
    scaled = abs(fraction) * 10**places
    whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    sign = 1 if fraction < 0 and whole else 0
    return Decimal((sign, tuple(int(digit) for digit in str(whole)), -places))


def format_figure(value: Exact, places: int | None = None, *, max_places: int = _JSON_PLACES) -> str:
    """Write a figure as Vietnamese offices do: "." between thousands, "," before decimals ("1.234,5").

    Args:
        value: any exact number.
        places: exactly so many decimals, rounded half up; None drops trailing zeros.
        max_places: with ``places`` None, the most decimals shown.
    """
    rounded = round_half_up(value, max_places if places is None else places)
    whole, _, fraction = f"{rounded:,f}".partition(".")
    if places is None:
        fraction = fraction.rstrip("0")
    return whole.replace(",", ".") + (f",{fraction}" if fraction else "")


def json_figure(value: Exact) -> str:
    """Write a figure for JSON: "." as decimal point, at most six places, half up, no trailing zeros (figures.md)."""
    written = f"{round_half_up(value, _JSON_PLACES):f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def official_count(count: int) -> str:
    """Write a count inside an official sentence: one digit gets a leading zero ("05 nội dung"), none is "0".

    **Source:** practice of the plans, such as "04/34 chỉ tiêu" (domain.md §6).
    """
    return f"{count:02d}" if 0 < count < 10 else format_figure(count)


def official_ratio(part: int, whole: int) -> str:
    """Write "04/34" as official sentences do."""
    return f"{official_count(part)}/{official_count(whole)}"


def format_percent(points: Exact, *, max_places: int = 1) -> str:
    """Write a percentage without a space before the sign ("82,7%"); ``points`` is 82.7 for 82,7%."""
    return f"{format_figure(points, max_places=max_places)}%"


def meets(value: Exact, goal: Exact, comparator: str, tolerance_percent: Exact = 10) -> bool:
    """Tell whether an exact value reaches its goal.

    Args:
        value: the figure, never a rounded one.
        goal: what it is held against; without effect for ``up``.
        comparator: ge, le, gt, lt, eq, approx (not further from the goal than the tolerance) or up (above 0).
        tolerance_percent: for ``approx``, per cent of the goal.

    Raises:
        KeyError: the comparator is unknown.
    """
    left, right = Fraction(value), Fraction(goal)
    tests: dict[str, Callable[[], bool]] = {
        "ge": lambda: left >= right,
        "le": lambda: left <= right,
        "gt": lambda: left > right,
        "lt": lambda: left < right,
        "eq": lambda: left == right,
        "approx": lambda: abs(left - right) * 100 <= abs(right) * Fraction(tolerance_percent),
        "up": lambda: left > 0,
    }
    return tests[comparator]()


def format_against_goal(
    value: Exact, goal: Exact, comparator: str, *, tolerance_percent: Exact = 10, max_places: int = 1
) -> str:
    """Write a figure with as many decimals as it takes for the rounded figure to tell the same verdict as the exact one.

    79.96 against a goal of 80 is "79,96", never "80".
    """
    truth = meets(value, goal, comparator, tolerance_percent)
    for places in range(max_places, _MOST_PLACES):
        if meets(round_half_up(value, places), goal, comparator, tolerance_percent) == truth:
            return format_figure(value, max_places=places)
    return format_figure(value, max_places=_MOST_PLACES)
