"""Rows of resource files become entities; everything wrong is collected."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from desktop_app.domain.entities import PlanKind, UnitKind
from desktop_app.library.building import Draft, build
from desktop_app.library.shipped import Shipped

PLAN = {"code": "P", "title": "Kế hoạch", "short_title": "KH", "kind": "annual", "start_year": 2017, "end_year": 2017}
TARGET = {"plan": "P", "code": "CT01", "statement": "Mọi đơn vị", "short_statement": "Đơn vị", "order_number": 1}


def draft(entity, fields, plan=""):
    return Draft(entity, fields, "x.toml", plan)


def codes(*drafts):
    return [(issue.code, issue.params.get("field") or issue.params.get("code")) for issue in build(drafts)[1]]


def test_a_row_becomes_an_entity_with_typed_fields():
    groups, issues = build([draft("plan", {**PLAN, "issued_on": date(2017, 1, 5), "source_ids": ["S0-01"]})])
    assert issues == []
    plan = groups["plan"][0]
    assert (plan.id, plan.kind, plan.issued_on, plan.source_ids) == (1, PlanKind.ANNUAL, date(2017, 1, 5), ("S0-01",))


def test_references_are_codes_and_may_come_before_what_they_name():
    rows = [
        draft("target", {**TARGET, "scope": ["district"], "area": "ND1"}, "P"),
        draft("goal", {"target": "CT01", "year": 2017, "amount": "12.5"}, "P"),
        draft("area", {"plan": "P", "code": "ND1", "name": "Hạ tầng", "order_number": 1}, "P"),
        draft("plan", PLAN, "P"),
    ]
    groups, issues = build(rows)
    assert issues == []
    assert groups["target"][0].scope == (UnitKind.DISTRICT,)
    assert (groups["target"][0].area_id, groups["goal"][0].target_id, groups["goal"][0].amount) == (1, 1, Decimal("12.5"))


def test_a_reference_to_another_plan_names_it():
    other = {**PLAN, "code": "BS", "amends": "p"}
    rows = [
        draft("plan", PLAN, "P"),
        draft("target", TARGET, "P"),
        draft("plan", other, "BS"),
        draft("target", {**TARGET, "plan": "BS", "change": "end", "changed_target": "P/CT01"}, "BS"),
    ]
    groups, issues = build(rows)
    assert issues == []
    assert groups["plan"][1].amends_id == 1
    assert groups["target"][1].changed_target_id == 1


def test_all_problems_are_collected():
    assert codes(
        draft("plan", {**PLAN, "kind": "dream"}),
        draft("plan", {**PLAN, "code": "Q", "start_year": 1066}),
        draft("plan", {**PLAN, "code": "R", "colour": "red"}),
        draft("plan", {**PLAN, "code": "S", "parent": "nowhere"}),
        draft("plan", {key: value for key, value in PLAN.items() if key != "title"} | {"code": "T"}),
        draft("plan", {**PLAN, "code": "p"}),
    ) == [
        ("resource_duplicate", "p"),
        ("resource_wrong_type", "kind"),
        ("number_out_of_range", "start_year"),
        ("resource_unknown_field", "colour"),
        ("resource_unknown_reference", "nowhere"),
        ("required_missing", "title"),
    ]


def test_a_row_with_a_problem_is_left_out():
    groups, issues = build([draft("plan", {**PLAN, "kind": "dream"}), draft("plan", {**PLAN, "code": "Q"})])
    assert len(issues) == 1
    assert [item.code for item in groups["plan"]] == ["Q"]


def test_text_that_is_not_composed_is_told():
    decomposed = "Ke\u0302\u0301 hoa\u0323ch"
    assert codes(draft("plan", {**PLAN, "title": decomposed})) == [("resource_not_nfc", "title")]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("start_year", True),
        ("start_year", 2017.5),
        ("start_year", "năm"),
        ("title", 5),
        ("issued_on", datetime(2017, 1, 5)),  # noqa: DTZ001 - TOML gives such values
        ("issued_on", "5/1/2017"),
        ("source_ids", 5),
    ],
)
def test_a_value_of_another_type_is_told(field, value):
    assert codes(draft("plan", {**PLAN, field: value})) == [("resource_wrong_type", field)]


def test_cells_of_a_table_read_like_stored_values():
    row = {"code": "A", "name": "Sở A", "kind": "department", "level": "province", "order_number": "3", "is_root": "1"}
    groups, issues = build([draft("unit", {**row, "valid_from": "2016-01-01"})])
    assert issues == []
    unit = groups["unit"][0]
    assert (unit.order_number, unit.is_root, unit.valid_from) == (3, True, date(2016, 1, 1))
    assert codes(draft("unit", {**row, "is_root": "yes"})) == [("resource_wrong_type", "is_root")]
    assert codes(draft("unit", {**row, "is_root": 1})) == [("resource_wrong_type", "is_root")]


def test_numbers_are_exact():
    row = {"target": "CT01", "year": 2017, "amount": True}
    rows = [draft("plan", PLAN, "P"), draft("target", TARGET, "P")]
    assert codes(*rows, draft("goal", row, "P")) == [("resource_wrong_type", "amount")]
    assert codes(*rows, draft("goal", {**row, "amount": "0.1234567"}, "P")) == [("number_too_many_places", "amount")]


def test_rows_that_refer_to_each_other_in_a_circle_cannot_be_saved():
    rows = [draft("plan", {**PLAN, "parent": "Q"}), draft("plan", {**PLAN, "code": "Q", "parent": "P"})]
    shipped = Shipped(name="", title="", regime="nd09", illustrative=False, groups=build(rows)[0])
    with pytest.raises(ValueError, match="plan"):
        list(shipped.batches())


def test_parents_are_saved_before_their_children():
    rows = [draft("plan", {**PLAN, "parent": "Q"}), draft("plan", {**PLAN, "code": "Q"})]
    shipped = Shipped(name="", title="", regime="nd09", illustrative=False, groups=build(rows)[0])
    assert [[row.code for row in batch] for _spec, batch in shipped.batches()] == [["Q"], ["P"]]
    assert shipped.by_code(type(shipped.groups["plan"][0]), "Q").id == 2
    with pytest.raises(KeyError):
        shipped.by_code(type(shipped.groups["plan"][0]), "Z")
