"""Undo and redo: field by field, all or nothing, and never over what somebody did since."""

from __future__ import annotations

import dataclasses
import random

import pytest

from desktop_app.domain.entities import Attachment, Element, LegalDocument, Office, Return, Unit, Value, ValueState
from desktop_app.domain.issues import CollectedError, UserError
from desktop_app.domain.specs import REGISTRY
from desktop_app.storage.history import changes_of, history, last_undoable, operations_of_return
from desktop_app.storage.operations import revert
from tests.storage.world import AT, BARE, FULL, OTHER, entities_in_order, needed_by, operate


def undo(database, operation_id, **more):
    return revert(database, operation_id, source="cli", actor="Minh", at=AT, **more)


def everything(database):
    return {name: database.gateway.list(spec.cls, order_by=spec.key) for name, spec in REGISTRY.items()}


def test_undo_and_redo_bring_back_what_was(database, world):
    states = [everything(database)]
    with operate(database) as operation:
        operation.save(world.value(0, 0, 50, note="x"))
        operation.save(world.value(2, 2, 7))
        operation.delete(world.value(1, 1))
    states.append(everything(database))
    first = operation.id
    back = undo(database, first)
    assert everything(database) == states[0]
    again = undo(database, back)
    assert everything(database) == states[1]
    undo(database, again)
    assert everything(database) == states[0]
    assert [(item.id, item.reverts, item.reverted_by) for item in history(database)[:4]] == [
        (again + 1, again, None),
        (again, back, again + 1),
        (back, first, None),
        (first, None, back),
    ]


@pytest.mark.parametrize("way", [(BARE, FULL), (FULL, OTHER), (OTHER, BARE)], ids=["fill", "change", "empty"])
@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_every_entity_comes_back_from_create_change_and_delete(database, maker, name, way):
    spec = REGISTRY[name]
    with operate(database) as operation:
        for cls in (Value, Element, Unit, Office):
            operation.delete_many(database.gateway.list(cls))
        for other in entities_in_order(needed_by(spec)):
            maker.remember(other, operation.save(maker.make(other, OTHER)))
    states = [everything(database)]
    steps = []
    with operate(database) as operation:
        row = operation.save(maker.make(spec, way[0], mark="1"))
    steps.append(operation.id)
    states.append(everything(database))
    changed = maker.make(spec, way[1], mark="2")
    with operate(database) as operation:
        operation.save(dataclasses.replace(changed, **{part: getattr(row, part) for part in spec.key}))
    if operation.id is not None:  # an entity whose every field is required does not differ when it is filled
        steps.append(operation.id)
        states.append(everything(database))
    with operate(database) as operation:
        operation.delete(row)
    steps.append(operation.id)
    assert everything(database) == states[0]
    undone = []
    for step, state in zip(reversed(steps), [*reversed(states[1:]), states[0]], strict=True):
        undone.append(undo(database, step))
        assert everything(database) == state
    for step, state in zip(reversed(undone), [*states[1:], states[0]], strict=True):
        undo(database, step)
        assert everything(database) == state


def test_undo_refuses_by_name_what_changed_since(database, world, english, path):
    with operate(database) as first:
        first.save_many([world.value(0, 0, 50), world.value(1, 1, 60)])
    with operate(database) as later:
        later.save(world.value(1, 1, 61))
    before = path.read_bytes()
    with pytest.raises(CollectedError) as refusal:
        undo(database, first.id)
    assert refusal.value.text(english) == (
        "Nothing was undone, because later changes would be lost: Value “SNV · HT01b · 2017”: Figure was changed since."
        f" Undo first: #{later.id}."
    )
    assert path.read_bytes() == before
    undo(database, later.id)
    undo(database, first.id)
    assert database.gateway.get(Value, "2017", world.elements[1].id, world.units[1].id).amount == 12


def test_undo_goes_by_field_not_by_row(database, world):
    with operate(database) as first:
        first.save(world.value(0, 0, 50))
    with operate(database) as later:
        later.save(world.value(0, 0, 50, note="giải trình"))
    undo(database, first.id)
    value = database.gateway.get(Value, "2017", world.elements[0].id, world.units[0].id)
    assert (value.amount, value.note) == (1, "giải trình")


def test_a_field_without_a_name_for_people_is_not_told_beside_one_that_has_one(database, world):
    """Found from outside: a figure typed over a returned one was told to differ in its "return_id" too."""
    unit = world.units[1]
    with operate(database) as first:
        changed = first.save(dataclasses.replace(unit, name="Sở A", identifier_illustrative=True))
    with operate(database) as later:
        later.save(dataclasses.replace(changed, name="Sở B", identifier_illustrative=False))
    with pytest.raises(CollectedError) as refusal:
        undo(database, first.id)
    assert [issue.place.field for issue in refusal.value.issues] == ["name"]


def test_a_row_of_which_only_nameless_fields_differ_is_told_as_a_whole(database, world, english):
    unit = world.units[1]
    with operate(database) as first:
        changed = first.save(dataclasses.replace(unit, identifier_illustrative=True))
    with operate(database) as later:
        later.save(dataclasses.replace(changed, identifier_illustrative=False))
    with pytest.raises(CollectedError) as refusal:
        undo(database, first.id)
    assert f"Unit “{unit.code}” was changed since. Undo first" in refusal.value.text(english)
    assert "identifier_illustrative" not in refusal.value.text(english)


def test_undo_names_the_later_operations_that_stand_newest_first(database, world):
    """What was taken back since is no obstacle and is not named; a redo is."""
    with operate(database) as first:
        first.save_many([world.value(0, 0, 50), world.value(1, 1, 60)])
    with operate(database) as taken_back:
        taken_back.save(world.value(0, 0, 51))
    undo(database, taken_back.id)
    with operate(database) as elsewhere:
        elsewhere.save(world.value(2, 2, 9))
    with operate(database) as second:
        second.save(world.value(0, 0, 52))
    with operate(database) as third:
        third.save_many([world.value(0, 0, 53), world.value(1, 1, 61)])
    with pytest.raises(CollectedError) as refusal:
        undo(database, first.id)
    assert refusal.value.params["later"] == f"#{third.id}, #{second.id}"
    redone = undo(database, undo(database, third.id))
    with pytest.raises(CollectedError) as refusal:
        undo(database, first.id)
    assert refusal.value.params["later"] == f"#{redone}, #{second.id}"
    for step in (redone, second.id, first.id):
        undo(database, step)
    assert database.gateway.get(Value, "2017", world.elements[1].id, world.units[1].id).amount == 12


def test_a_new_row_that_was_changed_since_is_not_taken_away(database, world):
    with operate(database) as first:
        first.save(world.value(2, 0, 5))
    with operate(database) as later:
        later.save(world.value(2, 0, 6))
    with pytest.raises(CollectedError) as refusal:
        undo(database, first.id)
    assert [(issue.code, issue.place.field) for issue in refusal.value.issues] == [("changed_since", "amount")]


def value_of(database, world, unit, element):
    found = database.gateway.get(Value, "2017", world.elements[element].id, world.units[unit].id)
    return (found.state, found.amount, found.note, found.return_id) if found else None


def test_an_explanation_written_later_outlives_the_undo_of_its_new_figure(database, world):
    """A figure and its explanation are two cells (figures.md, Merge): undoing one does not touch the other."""
    with operate(database) as first:
        first.save(world.value(2, 0, 5))
    with operate(database) as later:
        later.save(world.value(2, 0, 5, note="vì sáp nhập"))
    back = undo(database, first.id)
    assert value_of(database, world, 2, 0) == (ValueState.NOT_REPORTED, None, "vì sáp nhập", None)
    undo(database, back)
    assert value_of(database, world, 2, 0) == (ValueState.VALUE, 5, "vì sáp nhập", None)
    undo(database, later.id)
    assert value_of(database, world, 2, 0) == (ValueState.VALUE, 5, None, None)


def test_a_figure_written_later_outlives_the_undo_of_its_new_explanation(database, world):
    noted = world.value(2, 0, None, state=ValueState.NOT_REPORTED, note="chờ số liệu")
    with operate(database) as first:
        first.save(noted)
    with operate(database) as later:
        later.save(dataclasses.replace(noted, state=ValueState.VALUE, amount=5))
    back = undo(database, first.id)
    assert value_of(database, world, 2, 0) == (ValueState.VALUE, 5, None, None)
    with operate(database) as cleared:
        cleared.delete(world.value(2, 0))
    undo(database, back)
    assert value_of(database, world, 2, 0) == (ValueState.NOT_REPORTED, None, "chờ số liệu", None)


def test_a_deleted_row_comes_back_beside_what_was_written_in_its_other_cell(database, world):
    with operate(database) as first:
        first.delete(world.value(0, 0))
    with operate(database) as later:
        later.save(world.value(0, 0, None, state=ValueState.NOT_REPORTED, note="mới"))
    undo(database, first.id)
    assert value_of(database, world, 0, 0) == (ValueState.VALUE, 1, "mới", None)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_returns_that_wrote_the_two_cells_of_one_row_go_in_any_order(database, world, maker, order):
    with operate(database) as operation:
        for name in ("plan", "form", "round"):
            maker.remember(REGISTRY[name], operation.save(maker.make(REGISTRY[name])))
        maker.ids["unit"] = world.units[2].id
    collections = []
    for note, way in ((None, FULL), ("vì sáp nhập", OTHER)):
        with operate(database, "collect") as operation:
            came = operation.save(maker.make(REGISTRY["unit_return"], way))
            operation.save(world.value(2, 0, 5, note=note, return_id=came.id))
        collections.append(operation.id)
    states = [everything(database)]
    undone = []
    for number in order:
        undone.append(undo(database, collections[number]))
        states.append(everything(database))
    assert value_of(database, world, 2, 0) is None
    assert database.gateway.count(Return) == 0
    for back, state in zip(reversed(undone), reversed(states[:-1]), strict=True):
        undo(database, back)
        assert everything(database) == state


@pytest.mark.parametrize("by", [1, 2], ids=["the same return", "another return"])
def test_a_row_that_others_emptied_beside_a_returned_cell_goes_with_it(database, world, collected, by):
    with operate(database, "collect") as noted:
        noted.save(world.value(0, 0, 100, note="x", return_id=collected[by]))
    with operate(database) as later:
        later.save(world.value(0, 0, None, state=ValueState.NOT_REPORTED, note="x"))
    undo(database, noted.id)
    assert value_of(database, world, 0, 0) is None
    undo(database, history(database)[0].id)
    assert value_of(database, world, 0, 0)[:3] == (ValueState.NOT_REPORTED, None, "x")


def test_rows_that_are_no_cells_stay_as_a_whole_where_that_is_wished(database, world):
    one, two = world.units[1:]
    with operate(database) as first:
        made = first.save(dataclasses.replace(one, id=0, code="MOI", name="Sở Mới"))
        first.save(dataclasses.replace(two, name="Huyện A"))
        first.save(dataclasses.replace(one, name="Sở A"))
    with operate(database) as later:
        later.save(dataclasses.replace(made, name="Sở Mới hơn"))
        later.delete(two)
    with operate(database, "reject") as back:
        kept = back.revert(first.id, keep_later=True)
    assert sorted(issue.code for issue in kept) == ["changed_since", "deleted_since"]
    assert [unit.name for unit in database.gateway.list(Unit)] == [world.units[0].name, one.name, "Sở Mới hơn"]


def test_a_row_keeps_where_it_came_from_and_names_no_return_that_is_gone(database, world, maker):
    with operate(database) as operation:
        for name in ("plan", "form", "round"):
            maker.remember(REGISTRY[name], operation.save(maker.make(REGISTRY[name])))
        maker.ids["unit"] = world.units[0].id
    collections, returns = [], []
    for amount, note, way in ((6, None, FULL), (6, "x", OTHER)):
        with operate(database, "collect") as operation:
            returns.append(operation.save(maker.make(REGISTRY["unit_return"], way)).id)
            operation.save(world.value(0, 0, amount, note=note, return_id=returns[-1]))
        collections.append(operation.id)
    undo(database, collections[0])
    assert value_of(database, world, 0, 0) == (ValueState.VALUE, 1, "x", returns[1])
    undo(database, collections[1])
    assert value_of(database, world, 0, 0) == (ValueState.VALUE, 1, None, None)


def test_a_cell_written_twice_at_one_go_is_again_what_it_was_first(database, world, collected):
    before = value_of(database, world, 1, 1)
    with operate(database, "collect") as twice:
        for amount in (50, 60):
            twice.save(world.value(1, 1, amount, return_id=collected[1]))
    with operate(database) as later:
        later.save(world.value(1, 1, 60, note="x"))
    undo(database, twice.id)
    assert value_of(database, world, 1, 1) == (*before[:2], "x", None)


def test_what_was_changed_since_stays_where_that_is_wished(database, world):
    with operate(database) as first:
        first.save_many([world.value(0, 0, 50, note="a"), world.value(1, 1, 60), world.value(2, 0, 7), world.value(2, 1, 8)])
        first.delete(world.value(0, 1))
        first.save(dataclasses.replace(world.units[1], name="Sở A", symbol="SA"))
    with operate(database) as later:
        later.save_many([world.value(0, 0, 51, note="a"), world.value(2, 0, 9), world.value(0, 1, 3)])
        later.delete(world.value(2, 1))
        later.save(dataclasses.replace(world.units[1], name="Sở B", symbol="SA"))
    with operate(database, "reject") as back:
        kept = back.revert(first.id, keep_later=True)
    assert sorted((issue.code, issue.place.field) for issue in kept) == [
        ("changed_since", "amount"),
        ("changed_since", "amount"),
        ("changed_since", "name"),
        ("created_since", ""),
        ("deleted_since", ""),
    ]
    assert value_of(database, world, 0, 0) == (ValueState.VALUE, 51, None, None)
    assert value_of(database, world, 1, 1) == (ValueState.VALUE, 12, None, None)
    assert value_of(database, world, 2, 0) == (ValueState.VALUE, 9, None, None)
    assert value_of(database, world, 2, 1) is None
    assert value_of(database, world, 0, 1) == (ValueState.VALUE, 3, None, None)
    unit = database.gateway.get(Unit, world.units[1].id)
    assert (unit.name, unit.symbol) == ("Sở B", world.units[1].symbol)
    after = everything(database)
    undo(database, undo(database, back.id))
    assert everything(database) == after


def test_a_row_that_went_away_since_is_told(database, world, english):
    with operate(database) as first:
        first.save(world.value(0, 0, 50))
    with operate(database) as later:
        later.delete(world.value(0, 0))
    with pytest.raises(CollectedError) as refusal:
        undo(database, first.id)
    assert "Value “TH · HT01a · 2017” was deleted since." in refusal.value.text(english)


def test_a_row_that_was_created_again_is_told(database, world, english):
    with operate(database) as first:
        first.delete(world.value(0, 0))
    with operate(database) as later:
        later.save(world.value(0, 0, 9))
    with pytest.raises(CollectedError) as refusal:
        undo(database, first.id)
    assert "Value “TH · HT01a · 2017” was created again since." in refusal.value.text(english)


def test_what_is_used_meanwhile_is_not_taken_away(database, world, english):
    with operate(database) as first:
        unit = first.save(dataclasses.replace(world.units[2], id=0, code="HH", name="Huyện Hậu Lộc"))
    with operate(database) as later:
        later.save(world.value(unit_id=unit.id))
    with pytest.raises(UserError) as refusal:
        undo(database, first.id)
    assert refusal.value.text(english) == "Unit “HH” is still used (Value); delete that first."


def test_an_operation_is_undone_once(database, world, english):
    with operate(database) as first:
        first.save(world.value(0, 0, 50))
    undo(database, first.id)
    with pytest.raises(UserError) as refusal:
        undo(database, first.id)
    assert refusal.value.text(english) == f"Operation {first.id} was already undone by operation {first.id + 1}."
    with pytest.raises(UserError) as refusal:
        undo(database, 99)
    assert refusal.value.text(english) == "There is no operation 99 in the history."


def test_rows_that_changed_twice_in_one_operation_come_back(database, world):
    before = everything(database)
    with operate(database) as first:
        first.save(world.value(0, 0, 50))
        first.save(world.value(0, 0, 51))
        first.delete(world.value(0, 0))
        first.save(world.value(0, 0, 52))
        unit = first.save(dataclasses.replace(world.units[2], id=0, code="HH"))
        first.save(world.value(unit_id=unit.id))
        first.delete(world.value(unit_id=unit.id))
        first.save(dataclasses.replace(unit, name="Khác"))
        short_lived = first.save(dataclasses.replace(world.elements[0], id=0, code="X"))
        first.delete(short_lived)
    after = everything(database)
    back = undo(database, first.id)
    assert everything(database) == before
    undo(database, back)
    assert everything(database) == after


def test_swapped_codes_come_back(database, world):
    one, two = world.units[1:]
    with operate(database) as first:
        first.save(dataclasses.replace(one, code="tmp"))
        first.save(dataclasses.replace(two, code=one.code))
        first.save(dataclasses.replace(one, code=two.code))
    undo(database, first.id)
    assert database.gateway.list(Unit) == world.units


def test_a_revert_comes_first_in_its_operation(database, world):
    with operate(database) as first:
        first.save(world.value(0, 0, 50))
    with pytest.raises(RuntimeError), operate(database) as wrong:  # noqa: PT012 - the write must come first
        wrong.save(world.value(0, 1, 50))
        wrong.revert(first.id)
    with operate(database, "reject") as both:
        both.revert(first.id)
        both.save(world.value(2, 2, 3))
    assert both.changes == 2
    assert history(database)[0].reverts == first.id


@pytest.fixture
def collected(database, world, maker):
    """A collection of two returns that changed, cleared and created values."""
    with operate(database) as operation:
        for name in ("plan", "form", "round"):
            maker.remember(REGISTRY[name], operation.save(maker.make(REGISTRY[name])))
        maker.ids["unit"] = world.units[0].id
    with operate(database, "collect") as operation:
        made = [maker.make(REGISTRY["unit_return"], way) for way in (FULL, OTHER)]
        returns = operation.save_many(made)
        first, second = (item.id for item in returns)
        operation.save_many(
            [
                world.value(0, 0, 100, return_id=first),
                world.value(1, 0, 200, return_id=second),
                world.value(2, 0, 300, return_id=second),
            ]
        )
        operation.delete(world.value(0, 1), return_id=first)
    return operation.id, first, second


def test_one_return_is_taken_back_without_the_others(database, world, collected):
    operation_id, first, second = collected
    assert operations_of_return(database, second) == [operation_id]
    before = everything(database)
    partial = undo(database, operation_id, return_id=second)
    amounts = [(v.unit_id, v.amount) for v in database.gateway.list(Value, element_id=world.elements[0].id)]
    assert amounts == [(world.units[0].id, 100), (world.units[1].id, 11)]
    record = history(database)[0]
    assert (record.reverts, record.reverts_return, record.changes) == (operation_id, second, 2)
    assert history(database)[1].reverted_by is None
    assert database.gateway.count(Return) == 2
    undo(database, partial)
    assert everything(database) == before
    with operate(database) as later:
        later.save(world.value(1, 0, 5))
    with pytest.raises(CollectedError) as refusal:
        undo(database, operation_id)
    assert refusal.value.params["later"] == f"#{later.id}"
    undo(database, later.id)
    undo(database, operation_id, return_id=first)
    assert database.gateway.get(Value, "2017", world.elements[1].id, world.units[0].id).amount == 2
    with pytest.raises(UserError) as refusal:
        undo(database, operation_id, return_id=77)
    assert refusal.value.code == "operation_without_return"


def test_a_whole_collection_is_taken_back_and_brought_again_with_its_files(database, collected):
    operation_id, _first, _second = collected
    after = everything(database)
    assert all(item.content for item in after["unit_return"])
    back = undo(database, operation_id)
    assert database.gateway.count(Return) == 0
    undo(database, back)
    assert everything(database) == after


def test_bytes_that_were_replaced_come_back(database, maker):
    spec = REGISTRY["attachment"]
    with operate(database) as operation:
        maker.remember(REGISTRY["legal_document"], operation.save(maker.make(REGISTRY["legal_document"])))
        saved = operation.save(maker.make(spec))
    with operate(database) as replaced:
        replaced.save(dataclasses.replace(maker.make(spec, OTHER), id=saved.id))
    (change,) = changes_of(database, replaced.id)
    assert change.before["content"] == f"sha256:{saved.sha256}"
    undo(database, replaced.id)
    assert database.gateway.get(Attachment, saved.id) == saved


def test_kept_bytes_that_are_gone_are_damage(database, maker, english):
    with operate(database) as operation:
        document = operation.save(maker.make(REGISTRY["legal_document"]))
        maker.remember(REGISTRY["legal_document"], document)
        saved = operation.save(maker.make(REGISTRY["attachment"]))
    with operate(database) as deleted:
        deleted.delete(saved)
    database.connection.execute("DROP TRIGGER kept_content_is_append_only_delete")
    database.connection.execute("DELETE FROM kept_content")
    with pytest.raises(UserError) as refusal:
        undo(database, deleted.id)
    assert refusal.value.code == "file_damaged"
    assert database.gateway.list(LegalDocument) == [document]


def test_a_row_that_was_deleted_since_although_it_was_deleted_then_is_no_obstacle(database, world):
    with operate(database) as first:
        first.delete(world.value(0, 0))
    undo(database, first.id)
    assert database.gateway.exists(Value, unit_id=world.units[0].id, element_id=world.elements[0].id)


@pytest.mark.parametrize("seed", range(15))
def test_random_operations_undone_in_reverse_leave_nothing(database, world, seed):
    chance = random.Random(seed)
    states, ids = [everything(database)], []
    for _ in range(8):
        with operate(database) as operation:
            for _ in range(chance.randint(1, 6)):
                place = (chance.randrange(3), chance.randrange(3))
                if chance.random() < 0.3:
                    operation.delete(world.value(*place))
                elif chance.random() < 0.2:
                    operation.save(dataclasses.replace(world.units[chance.randrange(3)], note=str(chance.randrange(3))))
                else:
                    note = chance.choice([None, "a", "b"])
                    operation.save(world.value(*place, chance.randrange(3), note=note))
        if operation.id is not None:
            ids.append(operation.id)
            states.append(everything(database))
    for operation_id, state in zip(reversed(ids), reversed(states[:-1]), strict=True):
        undo(database, operation_id)
        assert everything(database) == state


def test_the_newest_standing_operation_is_the_one_to_undo(database, world):
    with operate(database) as first:
        first.save(world.value(0, 0, 50))
    with operate(database) as second:
        second.save(world.value(0, 1, 50))
    assert last_undoable(database).id == second.id
    back = undo(database, second.id)
    assert last_undoable(database).id == first.id
    undo(database, back)
    assert last_undoable(database).id == second.id
    with operate(database, "return.reject") as rejection:
        rejection.revert(second.id, return_id=None)
        rejection.save(world.value(2, 2, 9))
    assert last_undoable(database).id == rejection.id


def test_undo_leaves_the_sort_keys_right(database, world):
    with operate(database) as first:
        first.save(dataclasses.replace(world.units[0], name="Á"))
    undo(database, first.id)
    assert [unit.code for unit in database.gateway.list(Unit, order_by="sort_key")] == ["DS", "SNV", "TH"]
    assert database.gateway.count(Element) == 3
    assert {value.state for value in database.gateway.list(Value)} == {ValueState.VALUE}
