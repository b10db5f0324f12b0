"""Progress over a real file: facts loaded, units unfolded with their sources, trends, amendments, JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.entities import (
    Change,
    ConditionKind,
    Deployment,
    DeploymentStatus,
    Element,
    Exemption,
    Goal,
    Indicator,
    IndicatorType,
    JudgedVerdict,
    Judgement,
    Plan,
    PlanKind,
    System,
    Unit,
    Value,
    ValueState,
)
from desktop_app.domain.indicators import Verdict, needs, pack, periods_read
from desktop_app.domain.issues import UserError
from desktop_app.services.progress import (
    breakdown,
    load_book,
    load_cases,
    progress,
    series,
    targets_in_effect,
    to_json,
)
from desktop_app.storage.queries import value_columns

KEYS = [
    "target",
    "unit",
    "type",
    "value",
    "numerator",
    "denominator",
    "goal",
    "goal_year",
    "comparator",
    "verdict",
    "on_reported",
    "judgement",
    "units_reported",
    "units_expected",
    "missing",
    "gap",
]


@pytest.fixture
def office(small_office):
    return small_office


def put(session, *written, **common):
    """Write values: (unit, element, period, amount or None for KPS[, note])."""
    units = {unit.code: unit.id for unit in session.gateway.list(Unit)}
    elements = {element.code: element.id for element in session.gateway.list(Element)}
    with session.operation("value.set", source="cli") as op:
        for unit, element, period, amount, *note in written:
            state = ValueState.NOT_APPLICABLE if amount is None else ValueState.VALUE if amount else ValueState.ZERO
            op.save(
                Value(
                    unit_id=units[unit],
                    element_id=elements[element],
                    period=period,
                    state=state,
                    amount=amount,
                    note=note[0] if note else None,
                    **common,
                )
            )


def save(session, *entities):
    with session.operation("setup", source="setup") as op:
        return op.save_many(list(entities))


def row(session, code="CT01", period="2017", unit=None):
    return next(item for item in progress(session, "KH", period, unit).rows if item.target.code == code)


STAFF = [
    ("SXD", "HT01a", "2017", 90),
    ("SXD", "HT01b", "2017", 100),
    ("STC", "HT01a", "2017", 30),
    ("STC", "HT01b", "2017", 60),
]


def test_a_row_per_target_in_the_order_of_the_plan(office):
    put(office, *STAFF)
    found = progress(office, "KH", "2017")
    assert [item.target.code for item in found.rows] == [f"CT{number:02d}" for number in range(1, 8)]
    assert (found.plan.code, found.period, found.unit) == ("KH", "2017", None)
    first = found.rows[0]
    assert (first.value, first.verdict, first.on_reported) == (75, Verdict.INCOMPLETE, Verdict.NOT_MET)
    assert (first.units_reported, first.units_expected, first.missing) == (2, 3, ("SYT",))
    assert found.counts()[Verdict.INCOMPLETE] == 7


def test_the_json_is_exactly_the_contract(office):
    put(office, *STAFF)
    payload = json.loads(json.dumps(to_json(progress(office, "KH", "2017"))))
    assert list(payload) == ["plan", "period", "targets"]
    assert payload["plan"] == "KH"
    assert [list(item) for item in payload["targets"]] == [KEYS] * 7
    assert payload["targets"][0] == {
        "target": "CT01",
        "unit": "%",
        "type": "R",
        "value": "75",
        "numerator": "120",
        "denominator": "160",
        "goal": "80",
        "goal_year": 2017,
        "comparator": "ge",
        "verdict": "incomplete",
        "on_reported": "not_met",
        "judgement": None,
        "units_reported": 2,
        "units_expected": 3,
        "missing": ["SYT"],
        "gap": "8",
    }


def test_one_unit_alone(office):
    put(office, *STAFF)
    found = progress(office, "KH", "2017", "sxd")
    assert found.unit.code == "SXD"
    assert (found.rows[0].value, found.rows[0].verdict, found.rows[0].units_expected) == (90, Verdict.MET, 1)


def test_goals_exemptions_and_judgements_are_taken_from_the_file(office):
    put(office, *STAFF)
    target = office.target(office.plan("KH"), "CT01")
    save(office, Exemption(target_id=target.id, unit_id=office.unit("SYT").id, reason="chưa thành lập"))
    assert (row(office).verdict, row(office).units_expected) == (Verdict.NOT_MET, 2)
    save(office, Goal(target_id=target.id, year=2017, unit_id=office.unit("STC").id, amount=Decimal(50)))
    assert (row(office).verdict, row(office, unit="STC").verdict) == (Verdict.NOT_MET, Verdict.MET)
    save(office, Goal(target_id=target.id, year=2020, amount=Decimal(70)))
    assert row(office, period="2018").goal_year == 2020
    save(
        office,
        replace(target, is_qualitative=True, wording="hầu hết"),
        Judgement(target_id=target.id, period="2017", verdict=JudgedVerdict.MET, judge="Lan", reason="theo báo cáo"),
    )
    assert (row(office).verdict, row(office).judgement, row(office).type_code) == ("judged_by_hand", "met", "Q")


def test_values_of_the_year_come_from_its_parts(office):
    put(office, ("SXD", "NB06a", "2017-H1", 10), ("SXD", "NB06a", "2017-H2", 20), ("SXD", "NB06b", "2017", 40))
    assert (row(office, "CT02", unit="SXD").value, row(office, "CT02", unit="SXD").numerator) == (75, 30)
    assert row(office, "CT02", "2017-H1", "SXD").verdict is Verdict.INCOMPLETE


def test_systems_in_use_are_read_from_deployments(office):
    indicator, *_ = save(
        office,
        Indicator(
            code="NB03",
            name="QLVB",
            type=IndicatorType.COUNT,
            unit="%",
            condition=ConditionKind.SYSTEMS,
            condition_systems=("QLVB",),
            period_kinds=(),
            section="NB",
        ),
    )
    target = office.target(office.plan("KH"), "CT01")
    save(office, replace(target, indicator_id=indicator.id))
    system = office.gateway.by_code(System, "QLVB")
    for code, since in (("SXD", date(2016, 1, 1)), ("STC", date(2018, 1, 1))):
        save(
            office,
            Deployment(
                unit_id=office.unit(code).id,
                system_id=system.id,
                status=DeploymentStatus.IN_USE,
                since_on=since,
                note=f"của {code}",
            ),
        )
    assert (row(office).value, row(office).missing) == (50, ("SYT",))
    units = {item.unit.code: item for item in breakdown(office, "KH", "CT01", "2017")}
    assert (units["SXD"].met, units["SXD"].note, units["STC"].met, units["SYT"].reported) == (True, "của SXD", False, False)


def test_a_target_unfolds_into_units_with_notes_and_problems(office):
    put(office, *STAFF, ("SYT", "HT01a", "2017", 9, "tính cả hợp đồng"), ("SYT", "HT01b", "2017", 8))
    units = {item.unit.code: item for item in breakdown(office, "KH", "ct01", "2017")}
    assert list(units) == ["SXD", "STC", "SYT"]
    assert (units["SXD"].value, units["SXD"].met, units["SXD"].note, units["SXD"].return_id) == (90, True, None, None)
    assert (units["STC"].gap, units["SYT"].note, units["SYT"].problem_code) == (18, "tính cả hợp đồng", None)


def test_notes_come_from_the_parts_that_a_figure_is_made_of(office):
    put(
        office,
        ("SXD", "NB06a", "2017-H1", 10, "thiếu tháng 3"),
        ("SXD", "NB06a", "2017-H2", 20, "đủ"),
        ("SXD", "NB06b", "2017", 40),
        ("SXD", "NB06b", "2017-H1", 5, "không liên quan"),
    )
    figure = next(item for item in breakdown(office, "KH", "CT02", "2017") if item.unit.code == "SXD")
    assert figure.note == "thiếu tháng 3; đủ"


def test_a_value_that_differs_from_its_parts_is_a_problem_of_the_unit(office):
    put(
        office,
        ("SXD", "NB06a", "2017", 31),
        ("SXD", "NB06a", "2017-H1", 10),
        ("SXD", "NB06a", "2017-H2", 20),
        ("SXD", "NB06b", "2017", 40),
    )
    figure = next(item for item in breakdown(office, "KH", "CT02", "2017") if item.unit.code == "SXD")
    assert (figure.value, figure.reported, figure.problem_code) == (Decimal("77.5"), True, "value_differs_from_parts")


def test_a_trend_follows_one_target(office):
    put(office, *STAFF, ("SXD", "HT01a", "2016", 50), ("SXD", "HT01b", "2016", 100))
    assert [item.value for item in series(office, "KH", "CT01", ["2015", "2016", "2017"])] == [None, 50, 75]
    assert [item.value for item in series(office, "KH", "CT01", ["2017"], "STC")] == [50]
    assert series(office, "KH", "CT01", []) == []


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda session: progress(session, "KHX", "2017"), "unknown_code"),
        (lambda session: progress(session, "KH", "2017", "SX"), "unknown_code"),
        (lambda session: progress(session, "KH", "2017-Q5"), "not_a_period"),
        (lambda session: series(session, "KH", "CT01", ["2017", "x"]), "not_a_period"),
        (lambda session: breakdown(session, "KH", "CT99", "2017"), "unknown_code"),
        (lambda session: breakdown(session, "KH", "CT01", ""), "not_a_period"),
    ],
)
def test_unknown_codes_and_periods_are_refused(office, call, code):
    with pytest.raises(UserError) as refusal:
        call(office)
    assert refusal.value.code == code


def amend(session, effective_from, *targets):
    base = session.plan("KH")
    (plan,) = save(
        session,
        Plan(
            code="KH-BS",
            title="Bổ sung",
            short_title="Bổ sung",
            kind=PlanKind.AMENDMENT,
            start_year=2017,
            end_year=2020,
            amends_id=base.id,
            effective_from=effective_from,
        ),
    )
    return save(session, *(replace(target, id=0, plan_id=plan.id) for target in targets))


def test_a_plan_is_measured_as_amended_on_the_last_day_of_the_period(office):
    put(office, *STAFF)
    base = office.plan("KH")
    first, second = (office.target(base, code) for code in ("CT01", "CT02"))
    changed, *_ = amend(
        office,
        date(2017, 7, 1),
        replace(first, code="BS01", change=Change.CHANGE, changed_target_id=first.id, statement="Mới"),
        replace(second, code="BS02", change=Change.END, changed_target_id=second.id),
        replace(second, code="BS03", change=Change.ADD),
    )
    save(office, Goal(target_id=changed.id, year=2017, amount=Decimal(70)))
    assert [item.code for item in targets_in_effect(office, base, "2017-H1")][:2] == ["CT01", "CT02"]
    assert [item.code for item in targets_in_effect(office, base, "2017")][:2] == ["CT01", "CT03"]
    assert (row(office).goal, row(office).target.statement) == (70, "Mới")
    assert [item.target.code for item in progress(office, "KH", "2017").rows][-1] == "BS03"
    assert [item.target.code for item in progress(office, "KH-BS", "2017").rows] == ["BS01", "BS03"]
    with pytest.raises(UserError) as refusal:
        breakdown(office, "KH", "CT02", "2017")
    assert refusal.value.code == "target_not_in_effect"


def test_the_trend_of_a_changed_target_goes_back_before_the_amendment(office):
    put(office, *STAFF, ("SXD", "HT01a", "2016", 50), ("SXD", "HT01b", "2016", 100))
    first = office.target(office.plan("KH"), "CT01")
    amend(office, date(2017, 7, 1), replace(first, code="BS01", change=Change.CHANGE, changed_target_id=first.id))
    assert [item.value for item in series(office, "KH", "CT01", ["2016", "2017"])] == [50, 75]


def test_columns_packed_by_sql_hold_what_the_rows_hold(office):
    put(
        office,
        *STAFF,
        ("SYT", "HT01a", "2017", None),
        ("SYT", "HT01b", "2017", 0, "giải thể"),
        ("SYT", "NB06a", "2017-03", 4),
        ("SYT", "NB06b", "2016", 4),
    )
    unit = office.unit("STC")
    element = office.element("CS02a")
    silent = office.element("NB06b")
    save(
        office,
        Value(unit_id=unit.id, element_id=element.id, period="2017", state=ValueState.VALUE, text="2017-05-04"),
        Value(unit_id=unit.id, element_id=silent.id, period="2017", state=ValueState.NOT_REPORTED, note="chưa có"),
    )
    elements = office.gateway.list(Element)
    wanted = {item.id: periods_read(item, "2017") for item in elements}
    values = [value for value in office.gateway.list(Value) if value.period in wanted[value.element_id]]
    expected = pack(sorted(values, key=lambda value: value.unit_id))
    assert value_columns(office.gateway, wanted) == expected
    assert len(expected) == 5
    assert value_columns(office.gateway, {}) == {}


def test_only_what_is_needed_is_read(office):
    put(office, *STAFF, ("SXD", "HT01a", "2017-01", 5))
    cases = [case for case in load_cases(office, office.plan("KH"), "2017") if case.target.code == "CT01"]
    book = load_book(office, cases, ["2017"])
    asked = {key for case in cases for key in needs(case, "2017")}
    assert set(book.facts.columns) == asked
    assert book.facts.deployments == {}
