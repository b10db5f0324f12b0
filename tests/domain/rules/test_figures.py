from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.domain.entities import (
    Element,
    ElementKind,
    Indicator,
    IndicatorType,
    Measure,
    PeriodKind,
    Regime,
    Unit,
    UnitKind,
    UnitLevel,
    Value,
    ValueState,
)
from desktop_app.domain.indicators import Facts, pack
from desktop_app.domain.issues import Issue, Place, Severity
from desktop_app.domain.rules.figures import UnitFigures, check_figures, periods_compared
from desktop_app.text.catalogue import Catalogue

VI = Catalogue()
UNIT = Unit(id=7, code="SYT", name="Sở Y tế", kind=UnitKind.DEPARTMENT, level=UnitLevel.PROVINCE, order_number=1)


def element(
    number: int, name: str, kind: ElementKind = ElementKind.COUNT, measure: Measure = Measure.STOCK, **more: object
) -> Element:
    return Element(
        id=number,
        code=f"E{number}",
        name=name,
        kind=kind,
        measure=measure,
        unit=str(more.pop("unit", "người")),
        definition="…",
        period_kinds=tuple(PeriodKind),
        section="HT",
        **more,  # type: ignore[arg-type]
    )


WITH = element(1, "CBCC có máy tính")
ALL = element(2, "Tổng số CBCC")
SENT = element(3, "Văn bản điện tử", measure=Measure.FLOW)
SHARE = element(4, "Tỷ lệ chi", ElementKind.DECIMAL, places=2, unit="%")
MONEY = element(5, "Kinh phí", ElementKind.MONEY, Measure.FLOW, scale_vnd=1_000_000, unit="triệu đồng")
SCORE = element(6, "Điểm", ElementKind.DECIMAL, places=1, unit="điểm")
ISSUED = element(7, "Đã ban hành", ElementKind.YES_NO)
ELEMENTS = {found.id: found for found in (WITH, ALL, SENT, SHARE, MONEY, SCORE, ISSUED)}
RATIO = Indicator(
    id=1,
    code="HT01",
    name="Tỷ lệ CBCC có máy tính",
    type=IndicatorType.RATIO,
    unit="%",
    numerator_id=WITH.id,
    denominator_id=ALL.id,
    is_share=True,
    period_kinds=(PeriodKind.YEAR,),
    section="HT",
)


def row(what: Element, period: str, amount: int | None, note: str | None = None, unit_id: int = UNIT.id) -> Value:
    state = ValueState.NOT_APPLICABLE if amount is None else ValueState.VALUE if amount else ValueState.ZERO
    return Value(unit_id=unit_id, element_id=what.id, period=period, state=state, amount=amount, note=note)


def check(*rows: Value, period: str = "2017", indicators: tuple[Indicator, ...] = (RATIO,)) -> list[Issue]:
    facts = Facts(regime=Regime.ND09, units={UNIT.id: UNIT}, root_id=1, elements=ELEMENTS, columns=pack(rows))
    return check_figures(UnitFigures(facts=facts, unit=UNIT, values=rows, period=period, indicators=indicators))


def codes(issues: list[Issue]) -> list[str]:
    return [issue.code for issue in issues]


# -- shares ------------------------------------------------------------------------------------------------------------


def test_a_part_larger_than_its_whole():
    (issue,) = check(row(WITH, "2017", 1_100), row(ALL, "2017", 1_000))
    assert (issue.code, issue.severity, issue.place) == ("share_above_whole", Severity.WARNING, Place(unit="SYT", item="E1"))
    assert issue.text(VI) == (
        "“CBCC có máy tính” (1.100) lớn hơn “Tổng số CBCC” (1.000); hãy sửa một trong hai số hoặc ghi giải trình."
    )


def test_a_part_as_large_as_its_whole_is_fine():
    assert check(row(WITH, "2017", 1_000), row(ALL, "2017", 1_000)) == []


@pytest.mark.parametrize(("note_a", "note_b"), [("vì …", None), (None, "vì …")])
def test_an_explanation_settles_a_share(note_a, note_b):
    assert check(row(WITH, "2017", 11, note_a), row(ALL, "2017", 10, note_b)) == []


def test_an_empty_explanation_settles_nothing():
    assert codes(check(row(WITH, "2017", 11, "  "), row(ALL, "2017", 10))) == ["share_above_whole"]


def test_parts_of_other_places_are_compared_in_their_own_units():
    mixed = replace(RATIO, numerator_id=SCORE.id, denominator_id=ALL.id)
    assert check(row(SCORE, "2017", 100), row(ALL, "2017", 10), indicators=(mixed,)) == []
    (issue,) = check(row(SCORE, "2017", 101), row(ALL, "2017", 10), indicators=(mixed,))
    assert "(10,1)" in issue.text(VI)


def test_a_part_that_did_not_arise_although_there_is_a_whole():
    (issue,) = check(row(WITH, "2017", None), row(ALL, "2017", 10))
    assert issue.code == "numerator_not_applicable"
    assert "là 10" in issue.text(VI)


@pytest.mark.parametrize("whole", [0, None])
def test_a_part_that_did_not_arise_beside_no_whole_is_fine(whole):
    assert check(row(WITH, "2017", None), row(ALL, "2017", whole)) == []


def test_a_missing_part_or_whole_is_not_a_wrong_one():
    assert check(row(WITH, "2017", 5)) == []
    assert check(row(ALL, "2017", 5)) == []


def test_a_pair_is_compared_once_and_only_where_it_is_a_share():
    rows = (row(WITH, "2017", 11), row(ALL, "2017", 10))
    assert codes(check(*rows, indicators=(RATIO, replace(RATIO, id=2)))) == ["share_above_whole"]
    assert check(*rows, indicators=(replace(RATIO, is_share=False),)) == []
    assert check(*rows, indicators=(replace(RATIO, denominator_id=99),)) == []
    assert check(*rows, indicators=(replace(RATIO, denominator_id=None),)) == []


def test_shares_look_at_sums_of_parts_too():
    flow = replace(RATIO, numerator_id=SENT.id, denominator_id=MONEY.id)
    rows = [row(SENT, f"2017-Q{quarter}", 10) for quarter in (1, 2, 3, 4)]
    (issue,) = check(*rows, row(MONEY, "2017", 39_000_000), indicators=(flow,))
    assert "(40)" in issue.text(VI)
    assert "(39)" in issue.text(VI)


# -- parts, running totals ---------------------------------------------------------------------------------------------


def test_a_year_that_differs_from_its_halves():
    (issue,) = check(row(SENT, "2017", 100), row(SENT, "2017-H1", 40), row(SENT, "2017-H2", 50))
    assert issue.code == "value_differs_from_parts"
    assert issue.text(VI) == (
        "“Văn bản điện tử” là 100 nhưng cộng các kỳ (6 tháng đầu năm 2017, 6 tháng cuối năm 2017) được 90; "
        "hãy sửa hoặc ghi giải trình."
    )


def test_a_year_that_equals_its_halves_or_is_explained():
    halves = (row(SENT, "2017-H1", 40), row(SENT, "2017-H2", 50))
    assert check(row(SENT, "2017", 90), *halves) == []
    assert check(row(SENT, "2017", 100, "điều chỉnh"), *halves) == []
    assert check(row(SENT, "2017", 100), halves[0]) == []


def test_a_stock_is_no_sum():
    assert check(row(ALL, "2017", 100), row(ALL, "2017-H1", 40), row(ALL, "2017-H2", 50)) == []


def test_a_running_total_cannot_fall():
    (issue,) = check(row(SENT, "2017-9M", 30), row(SENT, "2017-H1", 40), period="2017-9M")
    assert issue.code == "running_total_falls"
    assert "là 30, thấp hơn 40 của 6 tháng đầu năm 2017" in issue.text(VI)


def test_a_running_total_cannot_fall_to_nothing():
    (issue,) = check(row(SENT, "2017-9M", 0), row(SENT, "2017-H1", 1), period="2017-9M")
    assert "là 0, thấp hơn 1" in issue.text(VI)


def test_parts_that_did_not_arise_count_as_nothing():
    (issue,) = check(row(SENT, "2017", 5), row(SENT, "2017-H1", 4), row(SENT, "2017-H2", None))
    assert issue.code == "value_differs_from_parts"
    assert "được 4;" in issue.text(VI)


def test_a_year_is_held_against_both_running_totals():
    found = check(row(SENT, "2017", 20), row(SENT, "2017-H1", 30), row(SENT, "2017-9M", 40))
    assert codes(found) == ["running_total_falls"] * 2


@pytest.mark.parametrize(
    "rows",
    [
        (row(SENT, "2017-9M", 40), row(SENT, "2017-H1", 40)),
        (row(SENT, "2017-9M", 30, "đã rà soát lại"), row(SENT, "2017-H1", 40)),
        (row(SENT, "2017-9M", 30), row(SENT, "2017-H1", None)),
        (row(ALL, "2017-9M", 30), row(ALL, "2017-H1", 40)),
        (row(SENT, "2017-9M", 30),),
    ],
    ids=["level", "explained", "did not arise", "stock", "alone"],
)
def test_running_totals_that_are_fine(rows):
    assert check(*rows, period="2017-9M") == []


def test_a_quarter_is_no_running_total():
    assert check(row(SENT, "2017-Q3", 30), row(SENT, "2017-H1", 40), period="2017-Q3") == []


# -- jumps and bounds --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "before", "now"),
    [
        (ALL, 10, 30),
        (ALL, 30, 10),
        (ALL, 10, 0),
        (MONEY, 5_000_000, 15_000_000),
        (SHARE, 40_00, 70_01),
        (SHARE, 70_01, 40_00),
    ],
)
def test_jumps(what, before, now):
    (issue,) = check(row(what, "2016", before), row(what, "2017", now))
    assert issue.code == "value_jumps"
    assert "(năm 2016)" in issue.text(VI)


@pytest.mark.parametrize(
    ("what", "before", "now"),
    [
        (ALL, 10, 29),
        (ALL, 3, 12),
        (ALL, 0, 500),
        (ALL, None, 500),
        (MONEY, 4_000_000, 13_999_999),
        (SHARE, 40_00, 70_00),
    ],
)
def test_changes_that_are_no_jumps(what, before, now):
    assert check(row(what, "2016", before), row(what, "2017", now)) == []


def test_an_explained_jump_and_one_without_a_past():
    assert check(row(ALL, "2016", 10), row(ALL, "2017", 100, "sáp nhập đơn vị")) == []
    assert check(row(ALL, "2017", 100)) == []


def test_the_period_before_a_quarter_is_the_quarter_before():
    (issue,) = check(row(SENT, "2016-Q4", 10), row(SENT, "2017-Q1", 100), period="2017-Q1")
    assert "(quý IV/2016) thành 100" in issue.text(VI)


def test_bounds():
    assert codes(check(row(SCORE, "2017", -5))) == ["value_below_zero"]
    assert codes(check(row(SHARE, "2017", 100_01))) == ["percent_above_hundred"]
    assert check(row(SHARE, "2017", 100_00), row(SCORE, "2017", 0)) == []
    assert check(row(SCORE, "2017", -5, "số âm do điều chỉnh")) == []


# -- all together ------------------------------------------------------------------------------------------------------


def test_only_figures_of_this_unit_and_period_are_checked():
    assert check(row(ISSUED, "2017", 1), row(SENT, "2016", 5), row(SCORE, "2017", -5, unit_id=99)) == []
    assert check() == []


def test_everything_is_collected():
    found = check(
        row(WITH, "2017", 50), row(ALL, "2017", 40), row(ALL, "2016", 400), row(SENT, "2017", 1), row(SENT, "2017-H1", 2)
    )
    assert codes(found) == ["share_above_whole", "running_total_falls", "value_jumps"]


def test_periods_that_a_figure_is_compared_with() -> None:
    assert periods_compared(ISSUED, "2017") == ()
    assert periods_compared(WITH, "2017-Q1") == ("2016-Q4", "2016-12")
    assert periods_compared(WITH, "2017") == ("2016", "2016-H2", "2016-Q4", "2016-12")
    assert periods_compared(SENT, "2017-02") == ("2017-01",)
    year = periods_compared(SENT, "2017")
    assert {"2017-H1", "2017-9M", "2017-Q4", "2017-12", "2016", "2016-H1", "2016-01"} <= set(year)
    assert "2017" not in year
    assert {"2017-H1", "2016-9M"} <= set(periods_compared(SENT, "2017-9M"))
    assert "2017" not in periods_compared(SENT, "2017-9M")
