"""The history as it is read: operations, their changes, and the life of one row."""

from __future__ import annotations

import pytest

from desktop_app.domain.entities import Attachment, Unit
from desktop_app.domain.issues import ExitCode, UserError
from desktop_app.domain.specs import REGISTRY
from desktop_app.storage.history import (
    changes_of,
    history,
    last_undoable,
    operation_record,
    operations_of_return,
    row_history,
    value_history,
)
from desktop_app.storage.operations import revert
from tests.storage.world import AT, operate


def test_operations_are_listed_newest_first_and_in_parts(database, world):
    for amount in (50, 51, 52):
        with operate(database, f"set.{amount}") as operation:
            operation.save(world.value(0, 0, amount))
    assert [record.name for record in history(database)] == ["set.52", "set.51", "set.50", "values.set", "setup"]
    assert [record.id for record in history(database, limit=2)] == [5, 4]
    assert [record.id for record in history(database, limit=2, before_id=4)] == [3, 2]
    assert operation_record(database, 3).name == "set.50"
    assert operation_record(database, 2).params == {"count": 6}


def test_an_unknown_operation_is_wrong_usage(database):
    for ask in (operation_record, changes_of):
        with pytest.raises(UserError) as refusal:
            ask(database, 77)
        assert (refusal.value.code, refusal.value.exit_code) == ("operation_unknown", ExitCode.USAGE)


def test_an_empty_history_has_nothing_to_undo(tmp_path):
    from desktop_app.storage.database import create_database

    database = create_database(tmp_path / "a.skh")
    assert history(database) == []
    assert last_undoable(database) is None
    database.close()


def test_the_life_of_a_value_is_told_whole(database, world):
    with operate(database) as operation:
        operation.save(world.value(0, 0, 50, note="vì"))
    with operate(database) as operation:
        operation.save(world.value(0, 0, 50, note="khác"))
    with operate(database) as operation:
        operation.delete(world.value(0, 0))
    revert(database, operation.id, source="cli", actor="Lan", at=AT)
    steps = value_history(database, world.units[0].id, world.elements[0].id, "2017")
    assert [(step.before, step.after) for step in steps] == [
        (None, world.value()),
        (world.value(), world.value(0, 0, 50, note="vì")),
        (world.value(0, 0, 50, note="vì"), world.value(0, 0, 50, note="khác")),
        (world.value(0, 0, 50, note="khác"), None),
        (None, world.value(0, 0, 50, note="khác")),
    ]
    assert [step.operation.id for step in steps] == [2, 3, 4, 5, 6]
    assert steps[3].operation.reverted_by == 6
    assert {step.return_id for step in steps} == {None}
    assert value_history(database, world.units[0].id, world.elements[0].id, "2030") == []


def test_two_changes_in_one_operation_are_two_steps(database, world):
    with operate(database) as operation:
        operation.save(world.value(0, 0, 50))
        operation.save(world.value(0, 0, 51))
    steps = value_history(database, world.units[0].id, world.elements[0].id, "2017")
    assert [step.after.amount for step in steps] == [1, 50, 51]


def test_other_rows_have_a_life_too(database, maker):
    with operate(database) as operation:
        maker.remember(REGISTRY["legal_document"], operation.save(maker.make(REGISTRY["legal_document"])))
        saved = operation.save(maker.make(REGISTRY["attachment"]))
    (step,) = row_history(database, Attachment, saved.id)
    assert step.after == type(saved)(**{**saved.__dict__, "content": b""}), "the log names bytes and does not repeat them"
    assert [step.after.code for step in row_history(database, Unit, 1)] == ["TH"]


def test_changes_know_the_return_that_brought_them(database, maker, world):
    maker.ids["unit"] = 1
    with operate(database) as operation:
        for name in ("plan", "form", "round", "unit_return"):
            maker.remember(REGISTRY[name], operation.save(maker.make(REGISTRY[name])))
    number = maker.ids["unit_return"]
    with operate(database) as collect:
        collect.save(world.value(0, 0, 50, return_id=number))
        collect.delete(world.value(0, 1), return_id=number)
    with operate(database) as typed:
        typed.save(world.value(0, 0, 50, return_id=number, note="viết tay"))
    with operate(database) as cleared:
        cleared.save(world.value(0, 0, 51))
    assert operations_of_return(database, number) == [collect.id]
    assert [change.return_id for change in changes_of(database, collect.id)] == [number, number]
    assert [change.return_id for change in changes_of(database, typed.id)] == [None]
    assert [change.return_id for change in changes_of(database, cleared.id)] == [None]
    assert operations_of_return(database, 99) == []
