"""A sentence per verdict; every figure in it is that of the roll-up."""

from dataclasses import replace
from fractions import Fraction

import pytest

from desktop_app.documents.content import TargetResult, YearBefore
from desktop_app.documents.sentences import (
    causes,
    evaluation,
    gap_text,
    goal_text,
    names_text,
    value_text,
    verdict_text,
)
from desktop_app.domain.entities import Comparator, Direction, IndicatorType, JudgedVerdict
from desktop_app.domain.indicators.verdicts import Verdict
from tests.documents.conftest import FINANCE, HEALTH, JUSTICE, indicator, outcome, progress, target

SHARE = indicator(1, IndicatorType.RATIO)


def result(verdict, measured=SHARE, of=None, **more):
    extra = {key: more.pop(key) for key in ("before", "outcomes", "counted_in") if key in more}
    if "previous" in more:
        extra["before"] = YearBefore(more.pop("previous"), units_reported=3, units_expected=3)
    wanted = of or target(1, "Cán bộ có máy tính")
    return TargetResult(progress=progress(wanted, measured, verdict, **more), **{"counted_in": "người", **extra})


def said(verdict, *args, **more):
    return evaluation(result(verdict, *args, **more), "2016")


def test_a_target_that_is_met():
    sentence = said(
        Verdict.MET, value=Fraction(100), numerator=Fraction(1239), denominator=Fraction(1239), previous=Fraction("87.7")
    )
    assert sentence == (
        "Cán bộ có máy tính: đạt 100% (1.239/1.239 người); tăng 12,3 điểm % so với năm 2016; "
        "hoàn thành mục tiêu đề ra (100%)."
    )


def test_a_target_that_is_not_met_says_what_is_missing_and_who_lacks_most():
    outcomes = (
        outcome(FINANCE, 570, 600, 900, met=False),
        outcome(HEALTH, 290, 300, 384, met=False),
        outcome(JUSTICE, 400, 400, 0, met=True),
    )
    assert said(Verdict.NOT_MET, gap=1284, outcomes=outcomes, previous=Fraction(85)) == (
        "Cán bộ có máy tính: đạt 80% (80/100 người); giảm 5 điểm % so với năm 2016; chưa đạt mục tiêu 100%; "
        "cần thêm 1.284 người để đạt mục tiêu; còn thiếu tại 02 đơn vị: STC, SYT."
    )


def test_a_target_that_is_not_due_names_its_year():
    assert said(Verdict.NOT_DUE, goal_year=2020, gap=20) == (
        "Cán bộ có máy tính: đạt 80% (80/100 người); mục tiêu đến hết năm 2020 là 100%; cần thêm 20 người để đạt mục tiêu."
    )


@pytest.mark.parametrize(
    ("provisional", "words"),
    [
        (Verdict.MET, "số liệu của 34/38 đơn vị đã báo cáo, tạm tính đạt mục tiêu (100%)"),
        (Verdict.NOT_MET, "số liệu của 34/38 đơn vị đã báo cáo, tạm tính chưa đạt mục tiêu 100%"),
        (Verdict.NOT_DUE, "số liệu của 34/38 đơn vị đã báo cáo; mục tiêu đến hết năm 2017 là 100%"),
        (Verdict.JUDGED_BY_HAND, "số liệu của 34/38 đơn vị đã báo cáo"),
    ],
)
def test_a_target_without_all_figures_says_how_many_reported(provisional, words):
    sentence = said(Verdict.INCOMPLETE, on_reported=provisional, units_reported=34, units_expected=38, gap=None)
    assert sentence == f"Cán bộ có máy tính: đạt 80% (80/100 người); {words}."


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"units_reported": 0, "units_expected": 38}, "chưa có đơn vị nào báo cáo đủ số liệu (0/38 đơn vị)"),
        ({"units_reported": 0, "units_expected": 1}, "chưa có số liệu"),
        ({"units_reported": 3, "base_missing": ("STP",)}, "chưa đủ số liệu của năm trước để so sánh"),
    ],
)
def test_a_target_without_a_value_says_why(more, words):
    given = {"value": None, "numerator": None, "denominator": None, "on_reported": None, "gap": None, **more}
    assert said(Verdict.INCOMPLETE, **given) == f"Cán bộ có máy tính: {words}."


def test_a_target_that_nothing_arose_for():
    assert said(Verdict.NOT_APPLICABLE, value=None) == "Cán bộ có máy tính: không phát sinh trong kỳ."


@pytest.mark.parametrize(
    ("judgement", "words", "verdict"),
    [
        (JudgedVerdict.MET, "được đánh giá là đạt", "Đạt"),
        (JudgedVerdict.NOT_MET, "được đánh giá là chưa đạt", "Chưa đạt"),
        (None, "chờ đánh giá", "Chờ đánh giá"),
    ],
)
def test_a_target_judged_by_a_person(judgement, words, verdict):
    given = result(Verdict.JUDGED_BY_HAND, measured=None, value=None, goal=None, judgement=judgement)
    assert evaluation(given, "2016") == f"Cán bộ có máy tính: {words}."
    assert verdict_text(given.progress) == verdict


def test_a_milestone_is_done_or_has_a_time():
    milestone = indicator(2, IndicatorType.MILESTONE, "")
    done = {"value": Fraction(1), "numerator": Fraction(1), "denominator": Fraction(1), "goal": Fraction(1)}
    assert said(Verdict.MET, milestone, **done) == "Cán bộ có máy tính: đã hoàn thành."
    still_open = {**done, "value": Fraction(0), "numerator": Fraction(0), "gap": 1, "goal_year": 2020}
    assert said(Verdict.NOT_DUE, milestone, **still_open) == (
        "Cán bộ có máy tính: chưa hoàn thành; thời hạn đến hết năm 2020."
    )
    assert goal_text(result(Verdict.MET, milestone, **done).progress) == "hoàn thành"


@pytest.mark.parametrize(("value", "words"), [(Fraction("15.2"), "tăng 15,2%"), (Fraction(-3), "giảm 3%")])
def test_growth_is_told_as_growth(value, words):
    growth = indicator(3, IndicatorType.GROWTH)
    given = result(Verdict.NOT_MET, growth, value=value, goal=Fraction(15), gap=None)
    assert value_text(given.progress) == words
    assert goal_text(given.progress) == "tăng 15%"
    assert evaluation(given, "2016") == f"Cán bộ có máy tính: {words}; chưa đạt mục tiêu tăng 15%."


def test_a_target_that_must_only_rise():
    rising = target(1, "Số hồ sơ", comparator=Comparator.UP)
    total = indicator(4, IndicatorType.SUM, "hồ sơ", scale=1)
    given = {"of": rising, "goal": None, "value": Fraction(1204), "denominator": None, "previous": Fraction(900)}
    assert said(Verdict.MET, total, **given) == "Số hồ sơ: đạt 1.204 hồ sơ; hoàn thành mục tiêu tăng so với năm trước."
    assert goal_text(result(Verdict.MET, total, **given).progress) == "tăng so với năm trước"


def test_a_figure_that_must_fall():
    falling = target(1, "Số sự cố", comparator=Comparator.LE)
    total = indicator(4, IndicatorType.SUM, "vụ", scale=1, direction=Direction.DOWN)
    given = {
        "of": falling,
        "goal": Fraction(5),
        "value": Fraction(9),
        "numerator": Fraction(9),
        "denominator": None,
        "gap": 4,
    }
    assert said(Verdict.NOT_MET, total, counted_in="vụ", **given) == (
        "Số sự cố: đạt 9 vụ; chưa đạt mục tiêu không quá 5 vụ; cần giảm 04 vụ để đạt mục tiêu."
    )


def test_words_of_a_target_stand_for_its_number():
    words = target(1, "Cán bộ dùng thư điện tử", is_qualitative=True, wording="hầu hết")
    assert goal_text(result(Verdict.MET, of=words, goal=Fraction(90)).progress) == "hầu hết (từ 90%)"
    assert goal_text(result(Verdict.MET, of=words, goal=Fraction(100)).progress) == "hầu hết"
    assert goal_text(result(Verdict.JUDGED_BY_HAND, of=words, goal=None).progress) == "hầu hết"


def test_an_index_keeps_its_places():
    index = indicator(5, IndicatorType.INDEX, "điểm", scale=1)
    given = result(Verdict.MET, index, value=Fraction(633, 1000), goal=Fraction(1, 2))
    assert value_text(given.progress) == "0,633 điểm"


def test_a_change_too_small_to_show_is_not_told():
    assert "điểm %" not in said(Verdict.MET, previous=Fraction("79.98"))
    assert "bằng kết quả năm 2016" in said(Verdict.MET, previous=Fraction(80))
    assert "so với" not in said(Verdict.MET)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (YearBefore(Fraction(85), units_reported=1, units_expected=3), {}),
        (YearBefore(Fraction(85), units_reported=3, units_expected=3), {"units_reported": 2}),
        (YearBefore(Fraction(85), units_reported=3, units_expected=3, same_units=False), {}),
    ],
)
def test_figures_of_different_units_are_not_compared(before, now):
    """Found from outside: 14 of 47 units of 2017 were set against 1 of 47 of 2016."""
    assert "so với" not in said(Verdict.NOT_MET, before=before, **now)


def test_a_unit_count_names_the_units_that_fail():
    counting = indicator(6, IndicatorType.COUNT)
    outcomes = (
        outcome(FINANCE, 1, 1, 0, met=True),
        outcome(HEALTH, 0, 1, 1, met=False),
        outcome(JUSTICE, None, None, None, met=None),
    )
    given = result(Verdict.NOT_MET, counting, gap=1, counted_in="đơn vị", outcomes=outcomes)
    assert causes(given) == "01 đơn vị chưa đạt: SYT"
    assert gap_text(given) == "01 đơn vị"


def test_the_five_units_that_lack_most_are_told_with_their_share():
    units = [replace(FINANCE, id=number, short_name=f"A{number}") for number in range(1, 8)]
    outcomes = tuple(outcome(unit, 1, 2, unit.id * 10, met=False) for unit in units)
    given = result(Verdict.NOT_MET, gap=280, outcomes=outcomes)
    assert causes(given) == "05 đơn vị chiếm 89% phần còn thiếu: A7, A6, A5, A4, A3"


def test_one_unit_alone_is_no_cause_worth_a_share():
    assert causes(result(Verdict.NOT_MET, gap=5, outcomes=(outcome(FINANCE, 1, 6, 5, met=False),))) == ""


@pytest.mark.parametrize(
    ("count", "written"), [(1, "A1"), (6, "A1, A2, A3, A4, A5, A6"), (7, "A1, A2, A3, A4, A5 và 02 đơn vị khác")]
)
def test_at_most_five_units_are_named(count, written):
    assert names_text([f"A{number}" for number in range(1, count + 1)]) == written


def test_a_provisional_verdict_stands_beside_the_missing_figures():
    waiting = result(Verdict.INCOMPLETE, on_reported=Verdict.MET).progress
    assert verdict_text(waiting) == "Chưa đủ số liệu (tạm tính: đạt)"
    assert verdict_text(replace(waiting, on_reported=None)) == "Chưa đủ số liệu"
