"""Figures of targets as the window, the command line and the documents write them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from desktop_app.domain import notation
from desktop_app.domain.entities import Comparator, Indicator, IndicatorType, JudgedVerdict, PeriodKind, Target
from desktop_app.domain.indicators import TargetProgress, Verdict
from desktop_app.text.catalogue import Catalogue, Language

VI = Catalogue(Language.VI)
EN = Catalogue(Language.EN)


def indicator(kind: IndicatorType = IndicatorType.RATIO, unit: str = "%") -> Indicator:
    return Indicator(id=1, code="CS01", name="Tỷ lệ", type=kind, unit=unit, period_kinds=(PeriodKind.YEAR,), section="HT")


def progress(measured: Indicator | None = None, verdict: Verdict = Verdict.MET, **more: Any) -> TargetProgress:
    of = {key: more.pop(key) for key in ("comparator", "wording", "is_qualitative", "tolerance_percent") if key in more}
    given: dict[str, Any] = {
        "target": Target(id=1, plan_id=1, code="CT01", statement="Có máy", short_statement="Có máy", order_number=1, **of),
        "indicator": measured,
        "type_code": str(measured.type) if measured else None,
        "value": Fraction(75),
        "numerator": Fraction(3),
        "denominator": Fraction(4),
        "goal": Fraction(80),
        "goal_year": 2020,
        "verdict": verdict,
        "on_reported": None,
        "judgement": None,
        "units_reported": 3,
        "units_expected": 4,
        "missing": (),
        "gap": None,
        **more,
    }
    return TargetProgress(**given)


@pytest.mark.parametrize(
    ("unit", "written"), [("%", "5%"), ("hồ sơ", "5 hồ sơ"), ("kbps/người", "5 kbps/người"), ("–", "5"), ("", "5")]
)
def test_a_dash_is_no_unit(unit, written):
    assert notation.with_unit("5", unit) == written


@pytest.mark.parametrize(
    ("value", "goal", "comparator", "written"),
    [
        (Fraction(9960, 100), 80, Comparator.GE, "99,6"),
        (Fraction(7996, 100), 80, Comparator.GE, "79,96"),
        (Fraction(79_999, 1000), 80, Comparator.GE, "79,999"),
        (Fraction(910 * 100, 1100), 80, Comparator.GE, "82,7"),
        (Fraction(80), 80, Comparator.GE, "80"),
        (Fraction(8004, 100), 80, Comparator.GE, "80"),
        (Fraction(8004, 100), 80, Comparator.LE, "80,04"),
        (Fraction(7996, 100), 80, Comparator.UP, "80"),
        (Fraction(7996, 100), None, Comparator.GE, "80"),
    ],
)
def test_rounding_never_contradicts_the_verdict(value, goal, comparator, written):
    found = progress(indicator(), comparator=comparator, goal=goal)
    assert notation.figure_text(found, value) == written


def test_the_tolerance_of_the_target_counts():
    near = {"comparator": Comparator.APPROX, "goal": Fraction(100), "value": Fraction(10_504, 100)}
    assert notation.figure_text(progress(indicator(), **near, tolerance_percent=5), near["value"]) == "105,04"
    assert notation.figure_text(progress(indicator(), **near, tolerance_percent=6), near["value"]) == "105"


def test_an_index_keeps_its_places():
    index = indicator(IndicatorType.INDEX, "điểm")
    assert notation.value_text(VI, progress(index, value=Fraction(6334, 10_000), goal=Fraction(1, 2))) == "0,633 điểm"
    assert notation.value_text(VI, progress(index, value=Fraction(2, 3), goal=None)) == "0,667 điểm"


def test_values_and_goals():
    found = progress(indicator())
    assert (notation.value_text(VI, found), notation.goal_text(VI, found)) == ("75%", "≥ 80% (2020)")
    assert notation.value_text(VI, progress(indicator(), value=None)) == ""
    assert notation.goal_text(VI, progress(indicator(), goal_year=None, comparator=Comparator.LT)) == "< 80%"
    unmeasured = progress(None, value=None, goal=None, wording="hầu hết các xã")
    assert (notation.unit_of(unmeasured), notation.goal_text(VI, unmeasured)) == ("", "hầu hết các xã")
    assert notation.goal_text(VI, progress(indicator(), goal=None, comparator=Comparator.UP)) == "↑"
    assert notation.goal_text(VI, progress(indicator(), goal=None)) == ""


def test_a_milestone_is_told_in_words():
    milestone = indicator(IndicatorType.MILESTONE, "–")
    done = progress(milestone, value=Fraction(1), goal=Fraction(1))
    assert (notation.value_text(VI, done), notation.goal_text(VI, done)) == ("đã hoàn thành", "Hoàn thành (2020)")
    assert notation.value_text(VI, progress(milestone, value=Fraction(0))) == "chưa hoàn thành"
    assert notation.value_text(EN, progress(milestone, value=Fraction(0))) == "not done"
    assert notation.goal_text(VI, progress(milestone, goal_year=None)) == "Hoàn thành"
    assert notation.is_milestone(done)
    assert not notation.is_milestone(progress(indicator()))
    assert not notation.is_milestone(progress(None))


@pytest.mark.parametrize(
    ("verdict", "more", "written"),
    [
        (Verdict.MET, {"on_reported": Verdict.MET}, "✓ Đạt"),
        (Verdict.INCOMPLETE, {"on_reported": Verdict.NOT_DUE}, "◐ Thiếu số liệu (tạm tính: chưa đến hạn)"),
        (Verdict.INCOMPLETE, {}, "◐ Thiếu số liệu"),
        (Verdict.JUDGED_BY_HAND, {"judgement": JudgedVerdict.NOT_MET}, "✎ Đánh giá tay: chưa đạt"),
        (Verdict.JUDGED_BY_HAND, {}, "✎ Đánh giá tay"),
        (Verdict.MET, {"judgement": JudgedVerdict.NOT_MET, "on_reported": Verdict.MET}, "✓ Đạt"),
    ],
)
def test_a_verdict_says_what_it_rests_on(verdict, more, written):
    assert notation.verdict_text(VI, progress(indicator(), verdict, **more)) == written
