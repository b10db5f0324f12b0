"""Plans as other programs read them, and as amended at a day."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.entities import (
    Change,
    ConditionKind,
    Goal,
    Indicator,
    IndicatorType,
    LegalDocument,
    Plan,
    PlanKind,
    Target,
    Task,
)
from desktop_app.services.plans import amended_plan, is_in_force, plan_json
from desktop_app.services.session import Session

PLAN = "TH-2016-2020"
TRACE = Path(__file__).resolve().parent.parent / "data" / "trace.csv"


def traced_targets():
    with TRACE.open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if "T" in row["kind"].split("/")]


@pytest.fixture
def session(sample_path):
    opened = Session.open(sample_path, "An")
    opened.now = lambda: datetime(2026, 11, 22, tzinfo=UTC)
    yield opened
    opened.close()


def shown(session, code=PLAN, at=None):
    return plan_json(session, session.plan(code), at)


def target_of(payload, code):
    return next(item for item in payload["targets"] if item["code"] == code)


def amend(session, effective_from, *, code="BS1", targets=(), tasks=()):
    plan = session.plan(PLAN)
    amendment = Plan(
        code=code,
        title="Điều chỉnh",
        short_title="Điều chỉnh",
        kind=PlanKind.AMENDMENT,
        start_year=2018,
        end_year=2020,
        amends_id=plan.id,
        effective_from=effective_from,
    )
    with session.operation("setup", source="cli") as operation:
        saved = operation.save(amendment)
        for number, fields in enumerate(targets, start=1):
            goal = fields.pop("goal", None)
            found = operation.save(
                Target(
                    plan_id=saved.id,
                    code=f"DC{number:02d}",
                    statement="Chỉ tiêu điều chỉnh",
                    short_statement="Điều chỉnh",
                    order_number=number,
                    **fields,
                )
            )
            if goal is not None:
                operation.save(Goal(target_id=found.id, year=2020, amount=Decimal(goal)))
        for number, fields in enumerate(tasks, start=1):
            operation.save(
                Task(plan_id=saved.id, code=f"DC{number:02d}", name="Nhiệm vụ mới", order_number=number, **fields)
            )
    return saved


def test_a_ratio_with_its_elements_scope_and_goals(session):
    target = target_of(shown(session), "CT08")
    assert target["source_ids"] == ["S3-18"]
    assert target["scope"] == ["department", "district"]
    assert (target["comparator"], target["goals"], target["wording"]) == ("ge", {"2020": "80"}, None)
    indicator = target["indicator"]
    assert {key: indicator[key] for key in ("code", "type", "unit", "scale", "numerator", "denominator")} == {
        "code": "NB06",
        "type": "R",
        "unit": "%",
        "scale": 100,
        "numerator": "NB06a",
        "denominator": "NB05b",
    }
    assert (indicator["condition"], indicator["threshold"], indicator["base"], indicator["growth"]) == (
        None,
        None,
        None,
        None,
    )


def test_several_years_of_one_target(session):
    assert target_of(shown(session), "CT11")["goals"] == {"2017": "5", "2020": "30"}


def test_a_condition_over_systems_and_a_milestone(session):
    payload = shown(session)
    assert target_of(payload, "CT06")["indicator"]["condition"] == {"systems": ["QLVB", "TDT", "HSCV"]}
    assert target_of(payload, "CT01")["indicator"]["condition"] == {"element": "CS01a"}
    assert target_of(payload, "CT01")["indicator"]["type"] == "M"
    assert target_of(payload, "CT01")["scope"] == []


def test_growth_and_up(session):
    payload = shown(session, "HD-2017")
    growth = target_of(payload, "CT03")
    assert (growth["indicator"]["base"], growth["indicator"]["growth"], growth["goals"]) == (
        "NB06",
        "relative",
        {"2017": "15"},
    )
    assert (target_of(payload, "CT02")["comparator"], target_of(payload, "CT02")["goals"]) == ("up", {})


def test_a_qualitative_target_is_of_type_Q_and_keeps_its_words(session):
    target = target_of(shown(session, "CTQG-2011-2015"), "CT02")
    assert (target["indicator"]["type"], target["indicator"]["measured_as"]) == ("Q", "R")
    assert (target["wording"], target["threshold"], target["indicator"]["threshold"]) == ("hầu hết", "90", "90")
    assert target["goals"] == {}


def test_approximate_goals(session):
    target = target_of(shown(session, "CTQG-2011-2015"), "CT13")
    assert (target["comparator"], target["tolerance_percent"], target["goals"]) == ("approx", "10", {"2015": "20"})


def test_plan_areas_tasks_money_and_budgets(session):
    payload = shown(session)
    assert payload["plan"]["parent"] == "CTQG-2016-2020"
    assert payload["plan"]["issued_on"] == "2016-02-15"
    assert [area["code"] for area in payload["areas"]] == ["ND1", "ND2", "ND3", "ND4", "ND5"]
    task = next(item for item in payload["tasks"] if item["code"] == "NV03")
    assert (task["lead_unit"], task["system"], task["verb"]) == ("VPUBND", "QLVB", "upgrade")
    assert task["money"][0] == {"year": 2016, "source": "1.2.2", "stage": "allotted", "amount_vnd": "1250000000"}
    budget = shown(session, "CTQG-2011-2015")["budgets"][0]
    assert (budget["amount_vnd"], budget["approximate"], budget["source"]) == ("1700000000000", True, "1")


def test_deadlines_as_days_and_as_words(session):
    direction = {item["code"]: item for item in shown(session, "CD-2018")["tasks"]}
    assert (direction["NV04"]["due_on"], direction["NV04"]["due_text"]) == (None, "tháng 11/2018")
    assert direction["NV04"]["legal_document"] == "232/TB-VPCP"
    assert direction["NV08"]["recurring"] == "hằng năm"
    assert shown(session, "HD-2017")["tasks"][0]["due_on"] == "2016-10-30"


def test_the_legal_basis_says_what_is_no_longer_in_force(session):
    now = {item["symbol"]: item["in_force"] for item in shown(session)["legal_basis"]}
    then = {item["symbol"]: item["in_force"] for item in shown(session, at=date(2016, 3, 1))["legal_basis"]}
    assert (now["1819/QĐ-TTg"], then["1819/QĐ-TTg"]) == (False, True)
    before = shown(session, "CD-2018", date(2018, 9, 1))["legal_basis"]
    assert next(item for item in before if item["symbol"] == "102/2009/NĐ-CP")["replaced_by"] == "73/2019/NĐ-CP"


def test_in_force_is_open_where_the_first_day_is_unknown():
    document = LegalDocument(symbol="x", kind="QĐ", issuer="y", title="z")
    assert is_in_force(document, date(2017, 1, 1)) is None


def test_an_amendment_counts_from_its_date(session):
    plan = session.plan(PLAN)
    ct08, ct12 = session.target(plan, "CT08"), session.target(plan, "CT12")
    nv04 = next(item for item in session.gateway.list(Task, plan_id=plan.id) if item.code == "NV04")
    amend(
        session,
        date(2018, 7, 1),
        targets=[
            {"change": Change.CHANGE, "changed_target_id": ct08.id, "indicator_id": ct08.indicator_id, "goal": 90},
            {"change": Change.END, "changed_target_id": ct12.id},
            {"change": Change.ADD, "indicator_id": ct08.indicator_id, "goal": 50},
        ],
        tasks=[{"change": Change.END, "changed_task_id": nv04.id}, {"change": Change.ADD}],
    )
    before, after = shown(session, at=date(2018, 6, 30)), shown(session, at=date(2018, 7, 1))
    assert target_of(before, "CT08")["goals"] == {"2020": "80"}
    assert len(before["targets"]) == 12
    assert before["amendments"] == [{"code": "BS1", "title": "Điều chỉnh", "effective_from": "2018-07-01", "counts": False}]
    changed = target_of(after, "CT08")
    assert (changed["goals"], changed["amended_by"], changed["change"]) == ({"2020": "90"}, "BS1", "change")
    assert [item["code"] for item in after["targets"]] == [f"CT{number:02d}" for number in range(1, 12)] + ["DC03"]
    assert "NV04" not in {item["code"] for item in after["tasks"]}
    assert [item["code"] for item in after["tasks"]][-1] == "DC02"
    assert after["at"] == "2018-07-01"


def test_a_later_amendment_changes_what_an_earlier_one_changed(session):
    plan = session.plan(PLAN)
    ct08 = session.target(plan, "CT08")
    fields = {"change": Change.CHANGE, "changed_target_id": ct08.id, "indicator_id": ct08.indicator_id}
    amend(session, date(2019, 1, 1), code="BS2", targets=[{**fields, "goal": 95}])
    amend(session, date(2018, 1, 1), code="BS1", targets=[{**fields, "goal": 90}])
    assert target_of(shown(session, at=date(2018, 6, 1)), "CT08")["goals"] == {"2020": "90"}
    last = target_of(shown(session), "CT08")
    assert (last["goals"], last["amended_by"]) == ({"2020": "95"}, "BS2")


def test_an_undated_amendment_counts_only_where_no_day_is_asked_for(session):
    amended = shown(session, "BTTTT-2016-2020")
    assert [item["code"] for item in amended["tasks"]] == [f"NV{number:02d}" for number in range(1, 12)]
    assert {item["amended_by"] for item in amended["tasks"]} == {"BTTTT-2016-2020-BS"}
    assert [area["code"] for area in amended["areas"]] == ["ND1", "ND2", "ND3", "ND4"]
    at = shown(session, "BTTTT-2016-2020", date(2020, 12, 31))
    assert at["tasks"] == []
    assert at["amendments"][0]["counts"] is False


def test_the_content_keeps_who_amended_what(session):
    content = amended_plan(session, session.plan("BTTTT-2016-2020"))
    assert [(item.item.code, item.by.code) for item in content.targets] == [("CT01", "BTTTT-2016-2020-BS")]


def test_actors_with_their_kinds(session):
    actors = shown(session, "BTTTT-2016-2020-BS")["actors"]
    assert [item["name"] for item in actors if "S4-13" in item["source_ids"]] == [
        "Văn phòng",
        "Vụ",
        "Cục",
        "Trung tâm",
        "Trường",
    ]
    assert {item["unit_kind"] for item in actors if "S4-13" in item["source_ids"]} == {"ministry_unit"}


def test_a_target_that_nothing_measures_has_no_indicator(session):
    plan = session.plan(PLAN)
    with session.operation("setup", source="cli") as operation:
        operation.save(
            Target(
                plan_id=plan.id,
                code="CT99",
                statement="Bằng lời",
                short_statement="Lời",
                is_qualitative=True,
                order_number=99,
            )
        )
    assert target_of(shown(session), "CT99")["indicator"] is None


def test_a_condition_over_the_units_own_ratio(session):
    plan = session.plan(PLAN)
    base = session.gateway.by_code(Indicator, "NB06")
    own = replace(
        base,
        id=0,
        code="NB06-C",
        type=IndicatorType.COUNT,
        condition=ConditionKind.RATIO,
        threshold=Decimal(80),
    )
    with session.operation("setup", source="cli") as operation:
        indicator = operation.save(own)
        target = session.target(plan, "CT08")
        operation.save(replace(target, indicator_id=indicator.id))
    shown_indicator = target_of(shown(session), "CT08")["indicator"]
    assert (shown_indicator["condition"], shown_indicator["threshold"]) == ({"ratio": "80"}, "80")


def test_the_json_of_the_file_says_what_the_sources_say(session):
    """From the resource through the file to the command line nothing is lost: the copy of the trace once more."""
    payloads = {}
    for row in traced_targets():
        payload = payloads.setdefault(row["plan"], shown(session, row["plan"]))
        target = next(item for item in payload["targets"] if row["id"] in item["source_ids"])
        assert target["indicator"]["code"] == row["indicator"], row["id"]
        assert target["indicator"]["type"] == row["type"], row["id"]
        assert set(target["scope"]) == set(row["scope"].split()), row["id"]
        assert target["comparator"] == row["comparator"], row["id"]
        figure = target["threshold"] if row["type"] == "Q" else target["goals"].get(row["year"])
        assert figure == (row["goal"] or None), row["id"]
    assert len(payloads) == 5
