"""Sentences that follow figures: what a report says of each target, always in step with the tables.

Figures come from the roll-up alone; here they are only written. Templates are in ``resources/documents/sentences.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from fractions import Fraction
from functools import cache

from desktop_app.documents.content import TargetResult
from desktop_app.documents.wording import load_wording
from desktop_app.domain.entities import (
    Comparator,
    Direction,
    IndicatorType,
    JudgedVerdict,
    Target,
)
from desktop_app.domain.indicators.verdicts import TargetProgress, UnitOutcome, Verdict
from desktop_app.domain.notation import PERCENT, figure_text, is_milestone, unit_of, with_unit
from desktop_app.paths import bundled
from desktop_app.text.dates import period_phrase
from desktop_app.text.numbers import (
    format_figure,
    official_count,
    official_ratio,
    round_half_up,
)

MOST_NAMES = 5
"""So many units are named in a sentence; the others are in the appendix."""
_DOWN = frozenset({Comparator.LE, Comparator.LT})
_SIGNS = {Comparator.LE: "không quá ", Comparator.GT: "trên ", Comparator.LT: "dưới ", Comparator.APPROX: "khoảng "}


@cache
def _templates() -> dict[str, dict[str, str]]:
    with bundled("resources/documents/sentences.toml").open("rb") as stream:
        return tomllib.load(stream)


def say(group: str, name: str, **parts: object) -> str:
    """Return a sentence or part of one, filled in."""
    return _templates()[group][name].format(**parts)


def value_text(progress: TargetProgress) -> str:
    """Write the value of a target with its unit; "" where there is none."""
    if progress.value is None:
        return ""
    if is_milestone(progress):
        return say("target", "milestone_done" if progress.value else "milestone_open")
    if _is_growth(progress):
        word = "giảm " if progress.value < 0 else "tăng "
        return word + with_unit(figure_text(progress, progress.value).lstrip("-"), unit_of(progress))
    return with_unit(figure_text(progress, progress.value), unit_of(progress))


def goal_text(progress: TargetProgress) -> str:
    """Write the goal of a target with its comparator and unit; the plan's own words where it has no number."""
    if progress.goal is None:
        return progress.target.wording or ("tăng so với năm trước" if progress.target.comparator is Comparator.UP else "")
    if is_milestone(progress):
        return "hoàn thành"
    goal = with_unit(format_figure(progress.goal), unit_of(progress))
    if progress.target.is_qualitative and progress.target.wording:
        return f"{progress.target.wording} (từ {goal})" if progress.goal != 100 else progress.target.wording
    sign = _SIGNS.get(progress.target.comparator, "")
    return f"tăng {sign}{goal}" if _is_growth(progress) else f"{sign}{goal}"


def verdict_text(progress: TargetProgress) -> str:
    """Return the verdict in a word: a person's judgement where one was given, a provisional one where units are missing."""
    words = load_wording()
    if progress.verdict is Verdict.JUDGED_BY_HAND and progress.judgement is not None:
        return words.of("verdicts", progress.judgement)
    verdict = words.of("verdicts", progress.verdict)
    if progress.verdict is Verdict.INCOMPLETE and progress.on_reported is not None:
        return f"{verdict} (tạm tính: {words.of('verdicts', progress.on_reported).lower()})"
    return verdict


def gap_text(result: TargetResult) -> str:
    """Write the gap in natural units, such as "1.284 văn bản"; "" when there is none to tell."""
    gap = result.progress.gap
    if not gap or is_milestone(result.progress):
        return ""
    return f"{official_count(gap)} {result.counted_in}".strip()


def evaluation(result: TargetResult, before: str) -> str:
    """Return the sentence that evaluates one target.

    Args:
        result: the target with its figures.
        before: code of the period one year before, for the comparison.
    """
    progress = result.progress
    parts = _parts(result, before)
    return f"{subject(progress.target)}: {'; '.join(part for part in parts if part)}."


def subject(target: Target) -> str:
    """Return what a sentence about a target speaks of."""
    return target.short_statement.rstrip(" .;:")


def _parts(result: TargetResult, before: str) -> Sequence[str]:
    progress = result.progress
    if progress.verdict is Verdict.JUDGED_BY_HAND:
        return (_measured(result), _judged(progress))
    if progress.verdict is Verdict.NOT_APPLICABLE:
        return (say("target", "not_applicable"),)
    if progress.value is None:
        return (_no_value(progress),)
    if is_milestone(progress):
        return (value_text(progress), "" if progress.value else say("target", "milestone_due", goal_year=progress.goal_year))
    coverage = _coverage(progress) if progress.verdict is Verdict.INCOMPLETE else ""
    return (_measured(result), _change(result, before), _against_goal(progress), coverage, _still_missing(result))


def _no_value(progress: TargetProgress) -> str:
    if progress.units_reported and progress.base_missing:
        return say("target", "base_missing")
    if is_milestone(progress) or progress.units_expected <= 1:
        return say("target", "nothing_root")
    return say("target", "nothing", reported=official_ratio(progress.units_reported, progress.units_expected))


def _judged(progress: TargetProgress) -> str:
    if progress.judgement is None:
        return say("target", "not_judged")
    return say("target", "judged_met" if progress.judgement is JudgedVerdict.MET else "judged_not_met")


def _measured(result: TargetResult) -> str:
    progress = result.progress
    if progress.value is None:
        return ""
    value = value_text(progress)
    if progress.numerator is None or progress.denominator is None or not result.counted_in or not progress.denominator:
        return value if _is_growth(progress) else say("target", "value", value=value)
    numerator = format_figure(progress.numerator, max_places=1)
    denominator = format_figure(progress.denominator, max_places=1)
    if _is_growth(progress):
        return value
    return say("target", "value_of", value=value, numerator=numerator, denominator=denominator, unit=result.counted_in)


def _change(result: TargetResult, before: str) -> str:
    """The change in percentage points against the same period of the year before, where both are of the same units."""
    progress, compared = result.progress, result.comparable
    if compared is None or progress.value is None or unit_of(progress) != PERCENT or _is_growth(progress):
        return ""
    difference = progress.value - compared.value
    shown = round_half_up(abs(difference), 1)
    if not shown:
        return say("target", "change_same", before=period_phrase(before)) if not difference else ""
    name = "change_up" if difference > 0 else "change_down"
    return say("target", name, difference=format_figure(shown, max_places=1), before=period_phrase(before))


def _against_goal(progress: TargetProgress) -> str:
    verdict = progress.verdict
    if verdict is Verdict.INCOMPLETE or verdict not in {Verdict.MET, Verdict.NOT_MET, Verdict.NOT_DUE}:
        return ""
    if progress.target.comparator is Comparator.UP and progress.goal is None:
        return say("target", "met_up" if verdict is Verdict.MET else "not_met_up")
    return say("target", str(verdict), goal=goal_text(progress), goal_year=progress.goal_year)


def _coverage(progress: TargetProgress) -> str:
    reported = official_ratio(progress.units_reported, progress.units_expected)
    goal = goal_text(progress)
    if progress.on_reported not in {Verdict.MET, Verdict.NOT_MET, Verdict.NOT_DUE} or not goal:
        return say("target", "coverage_only", reported=reported)
    name = f"coverage_{progress.on_reported}"
    return say("target", name, reported=reported, goal=goal, goal_year=progress.goal_year)


def _still_missing(result: TargetResult) -> str:
    """How much is missing, in natural units, and which units cause most of it."""
    progress = result.progress
    if progress.verdict not in {Verdict.NOT_MET, Verdict.NOT_DUE, Verdict.INCOMPLETE} or not progress.gap:
        return ""
    gap = gap_text(result)
    name = "gap_down" if is_downward(progress) else "gap"
    parts = [say("target", name, gap=gap)] if gap else []
    parts += [found] if (found := causes(result)) else []
    return "; ".join(parts)


def is_downward(progress: TargetProgress) -> bool:
    """Tell whether the figure must fall to reach its goal."""
    downward = progress.indicator is not None and progress.indicator.direction is Direction.DOWN
    return progress.target.comparator in _DOWN or downward


def causes(result: TargetResult) -> str:
    """Say which units cause most of the gap: at most five names, and their share of all that is missing."""
    progress = result.progress
    if progress.type_code == str(IndicatorType.COUNT):
        failing = [outcome for outcome in result.outcomes if outcome.met is False]
        return say("target", "units_not_met", units=units_text(len(failing)), names=_names(failing)) if failing else ""
    lacking = [(outcome, outcome.gap) for outcome in result.outcomes if outcome.gap]
    lacking.sort(key=lambda pair: -pair[1])
    if len(lacking) < 2:
        return ""
    if len(lacking) <= MOST_NAMES:
        names = _names([outcome for outcome, _gap in lacking])
        return say("target", "causes_all", units=units_text(len(lacking)), names=names)
    largest = lacking[:MOST_NAMES]
    share = Fraction(100 * sum(gap for _outcome, gap in largest), sum(gap for _outcome, gap in lacking))
    return say(
        "target",
        "causes",
        units=units_text(len(largest)),
        share=f"{format_figure(share, max_places=0)}%",
        names=_names([outcome for outcome, _gap in largest]),
    )


def units_text(count: int) -> str:
    """Write "05 đơn vị"."""
    return f"{official_count(count)} đơn vị"


def _names(outcomes: Sequence[UnitOutcome]) -> str:
    return names_text([outcome.unit.short_name or outcome.unit.name for outcome in outcomes])


def names_text(names: Sequence[str]) -> str:
    """Name at most five, and say how many more there are."""
    if len(names) <= MOST_NAMES + 1:
        return ", ".join(names)
    return f"{', '.join(names[:MOST_NAMES])} và {units_text(len(names) - MOST_NAMES)} khác"


def _is_growth(progress: TargetProgress) -> bool:
    return progress.indicator is not None and progress.indicator.type is IndicatorType.GROWTH
