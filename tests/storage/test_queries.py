"""Columns of values as SQL packs them: the same answers as the gateway gives one by one."""

from __future__ import annotations

from desktop_app.domain.entities import Value, ValueState
from desktop_app.storage.queries import value_columns
from tests.storage.world import operate


def test_columns_hold_what_the_rows_hold(database, world):
    with operate(database) as operation:
        operation.save(world.value(2, 0, None, state=ValueState.NOT_APPLICABLE))
        operation.save(world.value(1, 0, 5, note="vì sao"))
        operation.save(world.value(0, 0, 9, period="2018"))
    first, second, third = (element.id for element in world.elements)
    found = value_columns(database.gateway, {first: ["2017", "2018", "2017"], second: ["2017"], third: ["2030", "2017"]})
    assert set(found) == {(first, "2017"), (first, "2018"), (second, "2017"), (third, "2017")}
    for (element_id, period), column in found.items():
        rows = {row.unit_id: row for row in database.gateway.list(Value, element_id=element_id, period=period)}
        assert set(column.units) == set(rows)
        for unit_id, amount in zip(column.units, column.amounts, strict=True):
            special = column.exceptions.get(unit_id)
            if special is None:
                assert (rows[unit_id].amount, rows[unit_id].note) == (amount, None)
            else:
                assert (special.state, special.note) == (rows[unit_id].state, rows[unit_id].note)
    assert set(found[first, "2017"].exceptions) == {world.units[1].id, world.units[2].id}


def test_nothing_asked_is_nothing_read(database):
    assert value_columns(database.gateway, {}) == {}
