"""What the hand-worked cases do not show: units unfolded, what has to be read, contradictions, incomplete indicators."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from desktop_app.domain.entities import (
    ConditionKind,
    Element,
    ElementKind,
    IndicatorType,
    Measure,
    Regime,
    Unit,
    UnitKind,
    UnitLevel,
    Value,
    ValueState,
)
from desktop_app.domain.indicators import (
    Column,
    Exceptional,
    UnitOutcome,
    Verdict,
    breakdown,
    contradicted_by,
    elements_of,
    evaluate,
    needs,
    own_unit,
    pack,
    periods_read,
)
from tests.domain.figure_worlds import real, world_of


def unfold(period: str = "2017", **case: Any) -> dict[str, UnitOutcome]:
    book, real_case, _ = real(world_of({"period": period, **case}))
    return {outcome.unit.code: outcome for outcome in breakdown(book, real_case, period)}


RATIO = {"type": "R", "a": "a", "b": "b", "share": True}


def test_a_ratio_unfolds_into_its_units_in_official_order():
    units = unfold(
        units=["B department", "A department", "D department", "E department", "F department"],
        values="""A a 2017 90
A b 2017 100
B a 2017 30
B b 2017 40
D a 2017 0
D b 2017 0
E a 2017 KPS
E b 2017 5""",
        indicator=RATIO,
        goals=["2017 80"],
    )
    assert list(units) == ["B", "A", "D", "E", "F"]
    assert (units["A"].value, units["A"].met, units["A"].gap, units["A"].counts) == (90, True, 0, True)
    assert (units["B"].numerator, units["B"].denominator, units["B"].met, units["B"].gap) == (30, 40, False, 2)
    assert (units["D"].reported, units["D"].counts, units["D"].value, units["D"].met) == (True, False, None, None)
    assert (units["E"].reported, units["E"].problem_code) == (False, "numerator_not_applicable")
    assert (units["F"].reported, units["F"].problem_code, units["F"].met) == (False, None, None)


def test_a_share_above_its_whole_names_its_problem():
    units = unfold(values="A a 2017 9\nA b 2017 5", indicator=RATIO, goals=["2017 80"])
    assert (units["A"].reported, units["A"].problem_code) == (False, "share_above_whole")


def test_a_unit_is_held_against_its_own_goal():
    units = unfold(
        units=["A department", "B department"],
        values="A a 2017 50\nA b 2017 100\nB a 2017 50\nB b 2017 100",
        indicator=RATIO,
        goals=["2017 80", "2017 40 A"],
    )
    assert (units["A"].met, units["A"].gap, units["B"].met, units["B"].gap) == (True, 0, False, 30)


def test_a_unit_is_not_held_against_the_goal_of_a_sum():
    units = unfold(
        units=["A department", "B department"],
        values="A a 2017 50\nB a 2017 7",
        indicator={"type": "S", "a": "a"},
        goals=["2017 100", "2017 10 B"],
    )
    assert (units["A"].value, units["A"].met, units["A"].gap) == (50, None, None)
    assert (units["B"].met, units["B"].gap) == (False, 3)


def test_a_condition_on_the_own_ratio_shows_the_own_ratio():
    units = unfold(
        units=["A department", "B department", "D department", "E department"],
        values="A a 2017 9\nA b 2017 10\nB a 2017 5\nB b 2017 10\nD a 2017 0\nD b 2017 0",
        indicator={**RATIO, "type": "C", "condition": "ratio", "threshold": 80},
        goals=["2017 100"],
    )
    assert (units["A"].value, units["A"].met, units["A"].gap) == (90, True, 0)
    assert (units["B"].numerator, units["B"].denominator, units["B"].value) == (5, 10, 50)
    assert (units["B"].met, units["B"].gap) == (False, 3)
    assert (units["D"].met, units["D"].value, units["D"].reported) == (None, None, True)
    assert (units["E"].met, units["E"].reported) == (None, False)


def test_other_conditions_show_whether_a_unit_meets_them():
    units = unfold(
        units=["A department", "B department"],
        values="A y 2017 yes\nB y 2017 no",
        indicator={"type": "C", "condition": "element", "element": "y"},
        goals=["2017 50"],
    )
    assert (units["A"].met, units["A"].numerator, units["B"].met, units["B"].gap) == (True, 1, False, 1)


def test_a_system_in_use_since_an_unknown_day_is_a_problem_unless_another_decides():
    indicator = {"type": "C", "condition": "systems", "systems": ["S1", "S2"]}
    units = unfold(
        units=["A department", "B department"],
        systems="A S1 in_use\nA S2 in_use 2016-01-01\nB S1 in_use\nB S2 not_yet",
        indicator=indicator,
        goals=["2017 100"],
    )
    assert (units["A"].reported, units["A"].problem_code) == (False, "system_since_missing")
    assert (units["B"].reported, units["B"].met, units["B"].problem_code) == (True, False, None)


def test_growth_unfolds_into_the_units_own_growth():
    units = unfold(
        values="A a 2016 10\nA a 2017 12",
        indicator={"type": "G", "growth": "relative", "base": {"type": "C", "condition": "element", "element": "y"}},
        goals=["2017 15"],
    )
    assert units["A"].reported is False
    units = unfold(
        values="A a 2016 10\nA a 2017 12",
        indicator={"type": "G", "growth": "relative", "base": {"type": "S", "a": "a"}},
        goals=["2017 15"],
    )
    assert (units["A"].value, units["A"].met) == (20, True)


def test_nothing_to_unfold_where_nothing_measures():
    assert unfold() == {}


def test_growth_names_who_is_missing_the_year_before():
    case = {
        "units": ["A department", "B department"],
        "values": "A a 2016 10\nA a 2017 12\nB a 2017 5",
        "indicator": {"type": "G", "growth": "relative", "base": {"type": "S", "a": "a"}},
        "goals": ["2017 15"],
        "period": "2017",
    }
    book, real_case, _ = real(world_of(case))
    assert evaluate(book, real_case, "2017").base_missing == ("B",)


@pytest.mark.parametrize(
    "changes",
    [
        {"numerator_id": None},
        {"denominator_id": None},
        {"type": IndicatorType.COUNT, "condition": ConditionKind.RATIO, "threshold": None},
        {"type": IndicatorType.COUNT, "condition": ConditionKind.ELEMENT, "condition_element_id": None},
        {"type": IndicatorType.COUNT, "condition": ConditionKind.SYSTEMS, "condition_systems": ()},
        {"type": IndicatorType.COUNT, "condition": None, "numerator_id": None},
        {"type": IndicatorType.GROWTH, "base_id": None},
        {"type": IndicatorType.GROWTH, "base_id": 2, "growth": None},
        {"type": IndicatorType.SUM, "numerator_id": None},
        {"type": IndicatorType.MILESTONE, "numerator_id": None, "condition_element_id": None},
    ],
)
def test_an_indicator_with_parts_missing_measures_nothing_and_breaks_nothing(changes):
    case = {"values": "A a 2017 9\nA b 2017 10", "indicator": RATIO, "goals": ["2017 80"], "period": "2017"}
    book, real_case, _ = real(world_of(case))
    broken = replace(real_case, indicator=replace(real_case.indicator, **changes))
    row = evaluate(book, broken, "2017")
    assert (row.verdict, row.value, row.units_expected) == (Verdict.JUDGED_BY_HAND, None, 0)
    assert list(needs(broken, "2017")) == []


def test_a_growth_of_a_growth_measures_nothing():
    growth = {"type": "G", "growth": "points", "base": {"type": "S", "a": "a"}}
    book, real_case, _ = real(world_of({"indicator": growth, "period": "2017"}))
    assert evaluate(book, replace(real_case, base=real_case.indicator), "2017").verdict is Verdict.JUDGED_BY_HAND
    assert evaluate(book, replace(real_case, base=None), "2017").verdict is Verdict.JUDGED_BY_HAND


def test_a_milestone_may_name_its_element_as_numerator():
    case = {"values": "TINH y 2017 yes", "indicator": {"type": "M", "element": "y"}, "period": "2017"}
    book, real_case, _ = real(world_of(case))
    element_id = real_case.indicator.condition_element_id
    named = replace(real_case.indicator, condition_element_id=None, numerator_id=element_id)
    assert elements_of(named) == (element_id, None)
    assert evaluate(book, replace(real_case, indicator=named), "2017").verdict is Verdict.MET


def test_a_judgement_of_one_unit_is_its_own():
    case = {
        "indicator": RATIO,
        "target": {"qualitative": True},
        "judgements": [["2017", "", "met"], ["2017", "A", "not_met"]],
        "period": "2017",
    }
    book, real_case, _ = real(world_of(case))
    unit_id = next(unit.id for unit in book.facts.units.values() if unit.code == "A")
    assert evaluate(book, real_case, "2017").judgement == "met"
    assert evaluate(book, real_case, "2017", unit_id).judgement == "not_met"
    assert evaluate(book, real_case, "2017", book.facts.root_id).judgement == "met"


def test_a_negative_base_has_no_gap():
    case = {
        "values": "A p 2016 -10\nA p 2017 -5",
        "indicator": {"type": "G", "growth": "relative", "base": {"type": "S", "a": "p"}},
        "goals": ["2017 15"],
        "period": "2017",
    }
    book, real_case, _ = real(world_of(case))
    row = evaluate(book, real_case, "2017")
    assert (row.value, row.gap) == (-50, None)


def test_sums_that_cancel_out_give_no_ratio():
    case = {
        "units": ["A department", "B department"],
        "values": "A a 2017 1\nA p 2017 -5\nB a 2017 1\nB p 2017 5",
        "indicator": {"type": "R", "a": "a", "b": "p"},
        "goals": ["2017 15"],
        "period": "2017",
    }
    book, real_case, _ = real(world_of(case))
    row = evaluate(book, real_case, "2017")
    assert (row.value, row.verdict, row.gap) == (None, Verdict.NOT_APPLICABLE, None)


# --- what has to be read ----------------------------------------------------------------------------------------------


def element(**changes: Any) -> Element:
    settings = {
        "id": 1,
        "code": "NB06a",
        "name": "Văn bản điện tử",
        "kind": ElementKind.COUNT,
        "measure": Measure.FLOW,
        "unit": "văn bản",
        "definition": "",
        "period_kinds": (),
        "section": "NB",
    }
    return Element(**{**settings, **changes})


def test_periods_to_read_for_a_flow_a_stock_and_a_day():
    assert periods_read(element(), "2017-Q1") == ("2017-Q1", "2017-01", "2017-02", "2017-03")
    assert periods_read(element(measure=Measure.STOCK), "2017") == ("2017", "2017-H2", "2017-Q4", "2017-12")
    assert periods_read(element(kind=ElementKind.DAY), "2017") == ("2017",)


def test_growth_needs_the_year_before_and_a_ratio_does_not():
    ratio = real(world_of({"indicator": RATIO, "period": "2017"}))[1]
    assert sorted(needs(ratio, "2017-Q1")) == [(1, "2017-Q1"), (2, "2017-Q1")]
    growing = {"type": "G", "growth": "points", "base": RATIO}
    growth = real(world_of({"indicator": growing, "period": "2017"}))[1]
    assert sorted(needs(growth, "2017")) == [(1, "2016"), (1, "2017"), (2, "2016"), (2, "2017")]
    up = {"indicator": {"type": "S", "a": "a"}, "target": {"comparator": "up"}, "period": "2017"}
    assert sorted(needs(real(world_of(up))[1], "2017")) == [(1, "2016"), (1, "2017")]


@pytest.mark.parametrize(
    ("changes", "stored"),
    [
        ({}, 1),
        ({"kind": ElementKind.DECIMAL, "places": 3}, 1000),
        ({"kind": ElementKind.MONEY, "scale_vnd": 1_000_000}, 1_000_000),
        ({"kind": ElementKind.MONEY}, 1),
    ],
)
def test_one_unit_of_measure_as_stored(changes, stored):
    assert own_unit(element(**changes)) == stored


# --- columns ----------------------------------------------------------------------------------------------------------


def value(
    period: str, amount: int | None, *, unit_id: int = 7, state: ValueState | None = None, note: str | None = None
) -> Value:
    found = state or (ValueState.VALUE if amount else ValueState.ZERO)
    return Value(unit_id=unit_id, element_id=1, period=period, state=found, amount=amount, note=note)


def test_values_are_packed_with_their_exceptions():
    columns = pack(
        [
            value("2017", 5),
            value("2017", None, unit_id=8, state=ValueState.NOT_APPLICABLE),
            value("2017", 0, unit_id=9, note="không có"),
        ]
    )
    assert columns == {
        (1, "2017"): Column(
            (7, 8, 9),
            [5, 0, 0],
            {8: Exceptional(ValueState.NOT_APPLICABLE), 9: Exceptional(ValueState.ZERO, None, "không có")},
        )
    }


# --- contradictions ---------------------------------------------------------------------------------------------------

UNIT = Unit(id=7, code="A", name="A", kind=UnitKind.DEPARTMENT, level=UnitLevel.PROVINCE, order_number=1)


def contradicted(values: list[Value], *, unit: Unit = UNIT, of: Element | None = None) -> tuple[str, ...] | None:
    return contradicted_by(of or element(), "2017", unit, {item.period: item for item in values}, Regime.ND09)


def test_a_stored_value_that_differs_from_its_parts_names_them():
    parts = [value("2017-H1", 40), value("2017-H2", 50)]
    assert contradicted([value("2017", 90), *parts]) is None
    assert contradicted([value("2017", 91), *parts]) == ("2017-H1", "2017-H2")
    quarters = [value(code, 5) for code in ("2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4")]
    assert contradicted([value("2017", 90), *parts, *quarters]) == ("2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4")


def test_parts_that_are_not_complete_contradict_nothing():
    assert contradicted([value("2017", 90), value("2017-H1", 40)]) is None
    silent = value("2017-H2", None, state=ValueState.NOT_REPORTED, note="sau")
    assert contradicted([value("2017", 90), value("2017-H1", 40), silent]) is None
    assert contradicted([value("2017-H1", 40), value("2017-H2", 50)]) is None
    unanswered = value("2017", None, state=ValueState.NOT_REPORTED, note="sau")
    assert contradicted([unanswered, value("2017-H1", 40), value("2017-H2", 50)]) is None


def test_nothing_arose_counts_as_nothing():
    nothing = [value(code, None, state=ValueState.NOT_APPLICABLE) for code in ("2017-H1", "2017-H2")]
    assert contradicted([value("2017", 0), *nothing]) is None
    assert contradicted([value("2017", 1), *nothing]) == ("2017-H1", "2017-H2")


def test_stocks_and_days_have_no_parts():
    parts = [value("2017", 1), value("2017-H1", 40), value("2017-H2", 50)]
    assert contradicted(parts, of=element(measure=Measure.STOCK)) is None
    assert contradicted(parts, of=element(kind=ElementKind.DAY)) is None


def test_only_parts_in_which_the_unit_existed_are_added():
    young = replace(UNIT, valid_from=date(2017, 7, 1))
    assert contradicted([value("2017", 50), value("2017-H2", 50)], unit=young) is None
    assert contradicted([value("2017", 40), value("2017-H2", 50)], unit=young) == ("2017-H1", "2017-H2")
    unborn = replace(UNIT, valid_from=date(2019, 1, 1))
    assert contradicted([value("2017", 40)], unit=unborn) is None


def test_figures_are_fractions_all_the_way():
    case = {"values": "A a 2017 1\nA b 2017 3", "indicator": RATIO, "goals": ["2017 80"], "period": "2017"}
    book, real_case, _ = real(world_of(case))
    assert evaluate(book, real_case, "2017").value == Fraction(100, 3)


def test_a_day_that_is_a_flow_is_never_made_of_its_parts():
    case = {"values": "TINH d 2017-H1 2017-05-04\nTINH d 2017-H2 2017-07-04", "indicator": {"type": "M", "element": "d"}}
    world = world_of({**case, "period": "2017"})
    world.elements["d"]["measure"] = "flow"
    book, real_case, _ = real(world)
    assert evaluate(book, real_case, "2017").verdict is Verdict.INCOMPLETE
    assert evaluate(book, real_case, "2017-H2").verdict is Verdict.MET
