"""How targets are shown: verdict with sign and word, goal with comparator and year, value, formula and gap."""

from __future__ import annotations

from fractions import Fraction

from desktop_app.domain.entities import Comparator, Direction, IndicatorType, JudgedVerdict
from desktop_app.domain.indicators.verdicts import TargetProgress, Verdict
from desktop_app.text.catalogue import N_, Catalogue
from desktop_app.text.numbers import format_figure
from desktop_app.ui.grid.states import Sign

VERDICT_SIGNS: dict[Verdict, Sign] = {
    Verdict.MET: Sign("verdict-met", "met", N_("Met")),
    Verdict.NOT_MET: Sign("verdict-not-met", "not_met", N_("Not met")),
    Verdict.NOT_DUE: Sign("verdict-not-due", "info", N_("Not due yet")),
    Verdict.INCOMPLETE: Sign("verdict-incomplete", "warning", N_("Incomplete")),
    Verdict.JUDGED_BY_HAND: Sign("verdict-by-hand", "info", N_("Judged by hand")),
    Verdict.NOT_APPLICABLE: Sign("verdict-not-applicable", "soft", N_("Not applicable")),
}
COMPARATORS = {
    Comparator.GE: "≥",
    Comparator.LE: "≤",
    Comparator.GT: ">",
    Comparator.LT: "<",
    Comparator.EQ: "=",
    Comparator.APPROX: "≈",
    Comparator.UP: "↗",
}
SHARES = {"R", "C", "P"}
MOST_PLACES = 6
_NO_UNIT = {"", "-", "–"}


def unit_of(item: TargetProgress) -> str:
    """Return what stands behind a value: "%" for percentages, else the unit of measure with a space before it."""
    indicator = item.indicator
    if indicator is None:
        return ""
    if indicator.unit in _NO_UNIT:
        return ""
    return "%" if indicator.unit.startswith("%") else f" {indicator.unit}"


def figure_text(value: Fraction, *, against: Fraction | None = None, fewest: int = 1) -> str:
    """Write a figure with few decimals, or with as many as it takes not to contradict the verdict against a goal."""
    for places in range(fewest, MOST_PLACES + 1):
        shown = format_figure(value, max_places=places)
        exact = format_figure(value, max_places=MOST_PLACES)
        if against is None or value == against or shown != format_figure(against, max_places=places) or shown == exact:
            return shown
    return format_figure(value, max_places=MOST_PLACES)


def value_text(item: TargetProgress, catalogue: Catalogue) -> str:
    """Write the value of a target; "" where there is none."""
    _ = catalogue
    if item.value is None:
        return ""
    if item.type_code == IndicatorType.MILESTONE:
        return _("is done") if item.value else _("is not done")
    return figure_text(item.value, against=item.goal) + unit_of(item)


def goal_text(item: TargetProgress, catalogue: Catalogue) -> str:
    """Write comparator, goal and its year: "≥ 80% (2020)"."""
    _ = catalogue
    if item.goal is None:
        return COMPARATORS[Comparator.UP] if item.target.comparator is Comparator.UP else ""
    year = f" ({item.goal_year})" if item.goal_year else ""
    if item.type_code == IndicatorType.MILESTONE:
        return _("to be done") + year
    return f"{COMPARATORS[item.target.comparator]} {format_figure(item.goal)}{unit_of(item)}{year}"


def formula_text(item: TargetProgress) -> str:
    """Write the formula with its real numbers: "4.391 / 5.230 = 83,96%"; "" for a milestone."""
    if item.value is None or item.type_code == IndicatorType.MILESTONE:
        return ""
    value = figure_text(item.value, against=item.goal) + unit_of(item)
    if item.numerator is None or item.denominator is None or item.type_code not in SHARES | {"Q"}:
        return value
    return f"{format_figure(item.numerator)} / {format_figure(item.denominator)} = {value}"


def verdict_word(item: TargetProgress, catalogue: Catalogue) -> str:
    """Return the verdict in words, with what the units that reported would say where figures are missing."""
    _ = catalogue
    word = _(VERDICT_SIGNS[item.verdict].word)
    if item.verdict is Verdict.INCOMPLETE and item.on_reported is not None:
        so_far = _(VERDICT_SIGNS[item.on_reported].word).lower()
        return _("{verdict}; so far: {so_far}", verdict=word, so_far=so_far)
    if item.verdict is Verdict.JUDGED_BY_HAND and item.judgement is not None:
        met = item.judgement is JudgedVerdict.MET
        judged = _(VERDICT_SIGNS[Verdict.MET if met else Verdict.NOT_MET].word).lower()
        return _("{verdict}: {judged}", verdict=word, judged=judged)
    return word


def gap_text(item: TargetProgress, measure: str, catalogue: Catalogue) -> str:
    """Write what is lacking in natural units ("1.284 more văn bản"); "" where nothing is or no number applies."""
    _ = catalogue
    if not item.gap or item.type_code == IndicatorType.MILESTONE:
        return ""
    amount = format_figure(Fraction(item.gap))
    lower = item.target.comparator in {Comparator.LE, Comparator.LT} or (
        item.indicator is not None and item.indicator.direction is Direction.DOWN
    )
    if lower:
        return _("{amount} {measure} fewer", amount=amount, measure=measure)
    return _("{amount} {measure} more", amount=amount, measure=measure)
