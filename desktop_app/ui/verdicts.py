"""How targets are shown in the window: sign, formula and gap around what :mod:`desktop_app.domain.notation` writes."""

from __future__ import annotations

from fractions import Fraction

from desktop_app.domain import notation
from desktop_app.domain.entities import Comparator, Direction
from desktop_app.domain.indicators import TargetProgress, Verdict
from desktop_app.domain.labels import VERDICTS
from desktop_app.text.catalogue import Catalogue
from desktop_app.text.numbers import format_figure
from desktop_app.ui.grid.states import Sign

_LOOKS = {
    Verdict.MET: ("verdict-met", "met"),
    Verdict.NOT_MET: ("verdict-not-met", "not_met"),
    Verdict.NOT_DUE: ("verdict-not-due", "info"),
    Verdict.INCOMPLETE: ("verdict-incomplete", "warning"),
    Verdict.JUDGED_BY_HAND: ("verdict-by-hand", "info"),
    Verdict.NOT_APPLICABLE: ("verdict-not-applicable", "soft"),
}
VERDICT_SIGNS: dict[Verdict, Sign] = {
    verdict: Sign(icon, role, VERDICTS[verdict][1]) for verdict, (icon, role) in _LOOKS.items()
}
FORMULAS = {"R", "C", "P", "Q"}


def is_percentage(item: TargetProgress) -> bool:
    """Tell whether the value of a target is in per cent."""
    return notation.unit_of(item) == notation.PERCENT


def figure_text(item: TargetProgress, value: Fraction) -> str:
    """Write a value of a target, or what a unit contributes to it, with its unit."""
    return notation.with_unit(notation.figure_text(item, value), notation.unit_of(item))


def bar_text(item: TargetProgress, value: Fraction) -> str:
    """Write a value over a bar, where there is little room: the figure, with the sign of per cent alone."""
    return notation.figure_text(item, value) + (notation.PERCENT if is_percentage(item) else "")


def formula_text(item: TargetProgress, catalogue: Catalogue) -> str:
    """Write the formula with its real numbers: "4.391 / 5.230 = 84%"; "" where there is no value."""
    if item.value is None or notation.is_milestone(item):
        return ""
    value = notation.value_text(catalogue, item)
    if item.numerator is None or item.denominator is None or item.type_code not in FORMULAS:
        return value
    return f"{format_figure(item.numerator)} / {format_figure(item.denominator)} = {value}"


def verdict_word(item: TargetProgress, catalogue: Catalogue) -> str:
    """Return the verdict in words, without its sign, which is drawn."""
    sign = VERDICTS[item.verdict][0]
    return notation.verdict_text(catalogue, item).removeprefix(f"{sign} ")


def gap_text(item: TargetProgress, measure: str, catalogue: Catalogue) -> str:
    """Write what is lacking in natural units ("1.284 more văn bản"); "" where nothing is or no number applies."""
    _ = catalogue
    if not item.gap or notation.is_milestone(item):
        return ""
    amount = format_figure(item.gap)
    lower = item.target.comparator in {Comparator.LE, Comparator.LT} or (
        item.indicator is not None and item.indicator.direction is Direction.DOWN
    )
    if lower:
        return _("{amount} {measure} fewer", amount=amount, measure=measure)
    return _("{amount} {measure} more", amount=amount, measure=measure)
