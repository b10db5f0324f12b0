"""Typed reads, and writes that only an operation may make."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from desktop_app.domain.entities import (
    Area,
    Element,
    Form,
    LegalDocument,
    Office,
    PeriodKind,
    Plan,
    PlanKind,
    Return,
    ReturnStatus,
    Round,
    Unit,
    UnitKind,
    Value,
    ValueState,
)
from desktop_app.domain.issues import CollectedError, UserError
from desktop_app.domain.specs import REGISTRY
from desktop_app.storage.history import changes_of, history
from tests.storage.world import AT, BARE, operate


def plan(code, **changes):
    given = {"title": f"Kế hoạch {code}", "short_title": code, "kind": PlanKind.ANNUAL, "start_year": 2017, "end_year": 2017}
    return Plan(**{"code": code, **given, **changes})


def test_get_finds_by_key_or_not(database, world):
    assert database.gateway.get(Unit, world.units[1].id) == world.units[1]
    assert database.gateway.get(Unit, 99) is None
    assert database.gateway.get(Value, "2017", world.elements[0].id, world.units[0].id) == world.value()
    assert database.gateway.get(Value, "2018", world.elements[0].id, world.units[0].id) is None
    with pytest.raises(ValueError, match="zip"):
        database.gateway.get(Value, "2017")
    with pytest.raises(KeyError):
        database.gateway.get(int, 1)


def test_list_filters_by_fields(database, world):
    gateway = database.gateway
    assert gateway.list(Unit) == world.units
    assert gateway.list(Unit, kind=UnitKind.DISTRICT) == world.units[2:]
    assert gateway.list(Unit, is_root=False) == world.units[1:]
    assert gateway.list(Unit, valid_to=None, code="SNV") == [world.units[1]]
    assert gateway.list(Unit, id={world.units[0].id, world.units[2].id}) == [world.units[0], world.units[2]]
    assert gateway.list(Unit, kind=[UnitKind.COMMUNE]) == []
    assert len(gateway.list(Value, period="2017", element_id=world.elements[0].id)) == 2
    assert gateway.list(Element, period_kinds=world.elements[0].period_kinds) == world.elements
    with pytest.raises(KeyError):
        gateway.list(Unit, colour="red")


def test_a_light_list_leaves_files_in_the_database(database, world):
    with operate(database) as op:
        form = op.save(Form(plan_id=op.save(plan("KH")).id, code="F-Y", period_kind=PeriodKind.YEAR))
        round_ = op.save(Round(form_id=form.id, period="2017", due_on=date(2017, 12, 14)))
        kept = op.save(
            Return(
                round_id=round_.id,
                unit_id=world.units[1].id,
                file_name="a.xlsx",
                sha256="0" * 64,
                content=b"whole file",
                received_at=AT,
                status=ReturnStatus.RECEIVED,
                cells_json="{}",
            )
        )
    assert database.gateway.list(Return, round_id=round_.id) == [kept]
    assert database.gateway.list_light(Return, order_by="id", round_id=round_.id) == [dataclasses.replace(kept, content=b"")]
    assert database.gateway.list_light(Unit) == world.units


def test_list_orders_as_asked(database, world):
    gateway = database.gateway
    first, second, third = world.units
    assert gateway.list(Unit, order_by="sort_key") == [third, second, first]
    assert gateway.list(Unit, order_by="-code") == [first, second, third]
    assert gateway.list(Unit, order_by=["kind", "-order_number"]) == [second, third, first]
    with pytest.raises(KeyError):
        gateway.list(Unit, order_by="code; DROP TABLE unit")


def test_list_takes_vietnamese_order_where_there_is_no_official_one(database):
    with operate(database) as operation:
        operation.save_many([plan(code, title=title) for code, title in (("1", "Đề án"), ("2", "Em"), ("3", "Dự án"))])
    assert [item.title for item in database.gateway.list(Plan)] == ["Dự án", "Đề án", "Em"]


def test_by_code_does_not_mind_the_case(database, world):
    assert database.gateway.by_code(Unit, "snv") == world.units[1]
    assert database.gateway.by_code(Unit, "nowhere") is None
    with operate(database) as operation:
        plans = operation.save_many([plan("A"), plan("B")])
        areas = operation.save_many([Area(plan_id=of.id, code="ND1", name="Nội dung", order_number=1) for of in plans])
    assert database.gateway.by_code(Area, "nd1", plan_id=plans[1].id) == areas[1]


def test_count_and_exists(database, world):
    assert database.gateway.count(Unit) == 3
    assert database.gateway.count(Unit, kind=UnitKind.DISTRICT) == 1
    assert database.gateway.exists(Unit, code="TH")
    assert not database.gateway.exists(Unit, code="XX")


def test_names_are_what_people_call_things(database, world):
    assert database.gateway.name(world.units[1]) == "SNV"
    assert database.gateway.name(world.value(1, 2)) == "SNV · NB01 · 2017"
    assert database.gateway.name(database.gateway.get(Office, 1)) == "1"
    assert database.gateway.name(dataclasses.replace(world.value(), unit_id=99)) == "99 · HT01a · 2017"


# every writer × outside an operation, inside, failing
WRITERS = {
    "save new": lambda to, world: to.save(dataclasses.replace(world.units[1], id=0, code="NEW")),
    "save changed": lambda to, world: to.save(dataclasses.replace(world.units[1], name="Khác")),
    "save_many": lambda to, world: to.save_many([world.value(2, 0), world.value(0, 0, 99)]),
    "delete": lambda to, world: to.delete(world.value(0, 0)),
    "delete_many": lambda to, world: to.delete_many([world.value(0, 0), world.value(0, 1)]),
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_write_outside_an_operation_is_refused(database, world, path, name):
    before = path.read_bytes()
    with pytest.raises(RuntimeError):
        WRITERS[name](database.gateway, world)
    assert not database.connection.in_transaction
    assert path.read_bytes() == before


@pytest.mark.parametrize("by_operation", [True, False], ids=["operation", "gateway"])
@pytest.mark.parametrize("name", WRITERS)
def test_a_write_inside_an_operation_is_logged(database, world, name, by_operation):
    with operate(database) as operation:
        WRITERS[name](operation if by_operation else database.gateway, world)
    assert history(database)[0].changes == operation.changes == len(changes_of(database, operation.id)) > 0


@pytest.mark.parametrize("name", WRITERS)
def test_a_write_in_an_operation_that_fails_is_not_there(database, world, path, name):
    before = path.read_bytes()
    with pytest.raises(ZeroDivisionError), operate(database) as operation:  # noqa: PT012 - the write must come first
        WRITERS[name](operation, world)
        _ = 1 / 0
    assert path.read_bytes() == before
    assert len(history(database)) == 2
    with operate(database) as operation:
        WRITERS[name](operation, world)
    assert len(history(database)) == 3


def test_what_did_not_change_is_neither_written_nor_logged(database, world, path):
    before = path.read_bytes()
    with operate(database) as operation:
        assert operation.save(world.units[0]) is world.units[0]
        assert operation.save_many(database.gateway.list(Value)) == database.gateway.list(Value)
        operation.delete(world.value(period="2030"))
        assert operation.save_many([]) == []
    assert operation.id is None
    assert operation.changes == 0
    assert path.read_bytes() == before


def test_only_changed_fields_are_logged(database, world):
    with operate(database) as operation:
        operation.save(world.value(0, 0, 77, note="vì sao"))
    (change,) = changes_of(database, operation.id)
    assert change.before == {"amount": 1, "note": None}
    assert change.after == {"amount": 77, "note": "vì sao"}
    assert change.key == ("2017", world.elements[0].id, world.units[0].id)


def test_many_of_several_kinds_keep_their_order(database, world):
    mixed = [world.value(2, 0), dataclasses.replace(world.units[0], id=0, code="A", is_root=False), world.value(2, 1)]
    with operate(database) as operation:
        saved = operation.save_many(mixed)
    assert saved[0] == mixed[0]
    assert saved[1] == dataclasses.replace(mixed[1], id=4)
    assert saved[2] == mixed[2]


def test_the_last_of_two_writes_of_one_row_counts(database, world):
    with operate(database) as operation:
        operation.save_many([world.value(2, 0, 5), world.value(2, 0, 6), world.value(2, 0, 7), world.value(0, 0, 8)])
    assert database.gateway.get(Value, "2017", world.elements[0].id, world.units[2].id).amount == 7
    assert [change.after.get("amount") for change in changes_of(database, operation.id)] == [5, 6, 8, 7]


def test_rows_are_written_as_their_entities_are(database, world):
    entities = [world.value(0, 0, 7, note="  ghi  chú "), world.value(1, 1, 8, period="2016")]
    with operate(database) as first:
        first.save_rows(Value, [dataclasses.astuple(item) for item in entities])
        first.save_rows(Value, [])
    rows, lines = set(database.gateway.list(Value)), list(changes_of(database, first.id))
    with operate(database) as operation:
        operation.revert(first.id)
    with operate(database) as second:
        second.save_many(entities)
    assert set(database.gateway.list(Value)) == rows
    assert list(changes_of(database, second.id)) == lines
    assert len(lines) == 2


def test_every_row_that_is_wrong_is_told(database, world):
    wrong = dataclasses.astuple(world.value(0, 0, 7, period="năm 2017"))
    with pytest.raises(CollectedError) as refused, operate(database) as operation:
        operation.save_rows(Value, [wrong, wrong])
    assert [item.place.field for item in refused.value.issues] == ["period", "period"]
    with pytest.raises(RuntimeError, match="outside an operation"):
        database.gateway.save_rows(Value, [])


def test_many_rows_are_found_again(database, world):
    periods = [f"{year}-{month:02d}" for year in range(1950, 2150) for month in range(1, 13)]
    values = [world.value(period=period) for period in periods]
    with operate(database) as operation:
        operation.save_many(values)
    with operate(database) as again:
        again.save_many(values)
    assert operation.changes == len(values)
    assert again.changes == 0


def test_ids_are_never_used_again(database, world):
    with operate(database) as operation:
        gone = operation.save(dataclasses.replace(world.units[0], id=0, code="GONE", is_root=False))
    with operate(database) as operation:
        operation.delete(gone)
    with operate(database) as operation:
        new = operation.save(dataclasses.replace(gone, id=0, code="NEW"))
    assert new.id > gone.id


def refused(database, write, code, english):
    with pytest.raises(UserError) as refusal, operate(database) as operation:
        write(operation)
    assert refusal.value.code == code
    assert not database.connection.in_transaction
    return refusal.value.text(english)


def test_a_code_that_is_taken_is_refused_by_name(database, world, english):
    rows = [dataclasses.replace(world.units[0], id=0, code=code, is_root=False) for code in ("A", "B", "snv", "C")]
    assert refused(database, lambda to: to.save_many(rows), "already_exists", english) == "Unit “snv” exists already."
    assert database.gateway.count(Unit) == 3
    rename = dataclasses.replace(world.units[2], code="TH")
    assert refused(database, lambda to: to.save(rename), "already_exists", english) == "Unit “TH” exists already."


@pytest.mark.parametrize("count", [249, 250, 251, 601])
def test_many_rows_are_inserted_in_their_order(database, world, count):
    values = [world.value(period=f"{1000 + number}", amount=number, note=f"{number}") for number in range(1, count + 1)]
    with operate(database) as operation:
        operation.save_many(values)
    assert database.gateway.list(Value, note=[item.note for item in values], order_by="period") == values
    lines = list(changes_of(database, operation.id))
    assert [line.after["amount"] for line in lines] == list(range(1, count + 1))
    assert [line.key[0] for line in lines] == [item.period for item in values]


def test_one_of_many_that_is_taken_is_refused_by_name(database, world, english):
    rows = [dataclasses.replace(world.units[0], id=0, code=f"U{number}", is_root=False) for number in range(600)]
    rows[333] = dataclasses.replace(rows[333], code="SNV")
    assert refused(database, lambda to: to.save_many(rows), "already_exists", english) == "Unit “SNV” exists already."
    assert database.gateway.count(Unit) == 3


def test_the_same_code_in_two_plans_is_no_clash(database):
    with operate(database) as operation:
        for of in operation.save_many([plan("A"), plan("B")]):
            operation.save(Area(plan_id=of.id, code="ND1", name="Nội dung", order_number=1))
    assert database.gateway.count(Area) == 2


def test_a_reference_to_nothing_is_refused_by_field(database, world):
    with pytest.raises(CollectedError) as refusal, operate(database) as operation:
        operation.save_many([world.value(2, 0), world.value(unit_id=77, element_id=88)])
    assert [(issue.code, issue.place.field) for issue in refusal.value.issues] == [
        ("reference_missing", "unit_id"),
        ("reference_missing", "element_id"),
    ]
    with pytest.raises(CollectedError) as refusal, operate(database) as operation:
        operation.save(world.value(unit_id=77))
    assert [issue.place.field for issue in refusal.value.issues] == ["unit_id"]


def test_what_is_still_used_is_not_deleted(database, world, english):
    text = refused(database, lambda to: to.delete(world.units[1]), "still_used", english)
    assert text == "Unit “SNV” is still used (Value); delete that first."
    assert database.gateway.count(Unit) == 3


def test_a_row_that_went_away_meanwhile_is_not_brought_back(database, world, english):
    gone = dataclasses.replace(world.units[2], id=44, name="Ai đó")
    assert refused(database, lambda to: to.save(gone), "row_gone", english).startswith("Unit “DS” was deleted meanwhile")


def test_all_problems_of_all_rows_are_told_at_once(database, world, english):
    wrong = [
        dataclasses.replace(world.units[0], code="có dấu"),
        world.value(2, 0),
        world.value(period="2017-13"),
        LegalDocument(symbol="1", kind="KH", issuer="", title="", confidence="x", issued_on=AT.date().replace(year=1800)),
    ]
    with pytest.raises(CollectedError) as refusal, operate(database) as operation:
        operation.save_many(wrong)
    assert [issue.code for issue in refusal.value.issues] == [
        "text_pattern",
        "period_unknown",
        "day_out_of_range",
        "text_pattern",
    ]
    assert "“có dấu”" in refusal.value.text(english)
    assert database.gateway.count(Value) == 6


def test_bytes_that_are_no_text_are_refused(database, world):
    with pytest.raises(CollectedError) as refusal, operate(database) as operation:
        operation.save(world.value(note=b"a\xffb".decode(errors="surrogateescape")))
    assert [issue.code for issue in refusal.value.issues] == ["text_control_character"]


def test_a_long_list_of_problems_says_how_many_are_left_out(database, world, english):
    wrong = [world.value(period=f"x{number}") for number in range(9)]
    with pytest.raises(CollectedError) as refusal, operate(database) as operation:
        operation.save_many(wrong)
    assert refusal.value.text(english).endswith("… and 4 more.")
    assert len(refusal.value.issues) == 9


def test_a_state_that_contradicts_its_figure_is_a_bug(database, world):
    import sqlite3

    for bad in (
        world.value(state=ValueState.ZERO, amount=3),
        world.value(state=ValueState.VALUE, amount=None),
        world.value(state=ValueState.NOT_APPLICABLE, amount=0),
    ):
        with pytest.raises(sqlite3.IntegrityError, match="ck_value_answer"), operate(database) as operation:
            operation.save(bad)


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_every_field_without_which_a_row_cannot_be_is_asked_for(database, maker, name):
    spec = REGISTRY[name]
    maker.ids = dict.fromkeys(REGISTRY, 1)
    row = maker.make(spec, BARE)
    for field in spec.fields.values():
        if field.required and field.name != "id":
            with pytest.raises(CollectedError) as refusal, operate(database) as operation:
                operation.save(dataclasses.replace(row, **{field.name: None}))
            assert [issue.code for issue in refusal.value.issues] == ["required_missing"], field.name
