"""How the figures of a target are written for people: with their unit, never so rounded that they contradict the verdict.

One place, so that a figure looks the same wherever it is shown.
The wording of official documents around the figures is in ``documents/sentences.py``.
"""

from __future__ import annotations

from desktop_app.domain.entities import Comparator, IndicatorType
from desktop_app.domain.indicators import TargetProgress, Verdict, tolerance_percent
from desktop_app.domain.labels import COMPARATOR_SIGNS, VERDICTS, verdict_label
from desktop_app.text.catalogue import Catalogue
from desktop_app.text.numbers import Exact, format_against_goal, format_figure

PERCENT = "%"


def with_unit(figure: str, unit: str) -> str:
    """Write a figure with its unit of measure: "82,7%", "1.204 hồ sơ"; a dash is no unit."""
    if unit == PERCENT:
        return figure + unit
    return f"{figure} {unit}" if any(char.isalpha() for char in unit) else figure


def unit_of(progress: TargetProgress) -> str:
    """Return the unit of measure of a target's value; "" where nothing measures it."""
    return progress.indicator.unit if progress.indicator else ""


def is_milestone(progress: TargetProgress) -> bool:
    """Tell whether a target is reached by something being done, so that its value is 1 or 0."""
    return progress.indicator is not None and progress.indicator.type is IndicatorType.MILESTONE


def figure_text(progress: TargetProgress, value: Exact) -> str:
    """Write a value of a target without its unit: one decimal for percentages, three for others, more where it takes more.

    Args:
        progress: the target that the value belongs to, or that the value of a unit contributes to.
        value: in the unit of the indicator, percentages in points.
    """
    places = 1 if unit_of(progress) == PERCENT else 3
    comparator = progress.target.comparator
    if progress.goal is None or comparator is Comparator.UP:
        return format_figure(value, max_places=places)
    tolerance = tolerance_percent(progress.target)
    return format_against_goal(value, progress.goal, str(comparator), tolerance_percent=tolerance, max_places=places)


def value_text(catalogue: Catalogue, progress: TargetProgress) -> str:
    """Write the value of a target with its unit, or whether a milestone is reached; "" where there is none."""
    _ = catalogue
    if progress.value is None:
        return ""
    if is_milestone(progress):
        return _("done") if progress.value else _("not done")
    return with_unit(figure_text(progress, progress.value), unit_of(progress))


def goal_text(catalogue: Catalogue, progress: TargetProgress) -> str:
    """Write the goal of a target with comparator and year, "≥ 80% (2020)"; the plan's own words where it has no number."""
    _ = catalogue
    sign = COMPARATOR_SIGNS[progress.target.comparator]
    if progress.goal is None:
        return progress.target.wording or (sign if progress.target.comparator is Comparator.UP else "")
    year = f" ({progress.goal_year})" if progress.goal_year else ""
    if is_milestone(progress):
        return goal_figure(_, None, progress.goal, "") + year
    return goal_figure(_, progress.target.comparator, progress.goal, unit_of(progress)) + year


def goal_figure(catalogue: Catalogue, comparator: Comparator | None, goal: Exact, unit: str) -> str:
    """Write the number of a goal with its comparator and unit, "≥ 80%"; a milestone has no comparator."""
    if comparator is None:
        return catalogue("to be done")
    return f"{COMPARATOR_SIGNS[comparator]} {with_unit(format_figure(goal), unit)}"


def verdict_text(catalogue: Catalogue, progress: TargetProgress) -> str:
    """Write the verdict with its sign, and in brackets what a person judged or what the units that reported would say."""
    _ = catalogue
    verdict = verdict_label(_, progress.verdict)
    if progress.verdict is Verdict.JUDGED_BY_HAND and progress.judgement is not None:
        return _("{verdict}: {judged}", verdict=verdict, judged=_(VERDICTS[progress.judgement][1]).lower())
    if progress.on_reported is None or progress.on_reported == progress.verdict:
        return verdict
    return _("{verdict} (so far: {so_far})", verdict=verdict, so_far=_(VERDICTS[progress.on_reported][1]).lower())
