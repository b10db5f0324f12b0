"""Rows are found by their keys, however large the table is."""

from __future__ import annotations

import pytest

from desktop_app.domain.entities import TaskReport, Unit, Value
from desktop_app.storage.rows import codec_of
from desktop_app.storage.writing import rows_with_keys


@pytest.mark.parametrize(("cls", "key"), [(Value, ("2017", 1, 1)), (Unit, (1,)), (TaskReport, (1, "2017"))])
def test_many_keys_are_looked_up_and_no_table_is_read_through(database, cls, key):
    codec = codec_of(cls)
    statements = []
    database.connection.set_trace_callback(statements.append)
    found = rows_with_keys(database.connection, codec, [key, *((*key[:-1], number) for number in range(100, 150))])
    database.connection.set_trace_callback(None)
    assert set(found) == ({key} if cls is not TaskReport else set())
    (sql,) = statements
    plan = [row[3] for row in database.connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert any(step.startswith(f"SEARCH {codec.spec.table} USING") for step in plan)
    assert f"SCAN {codec.spec.table}" not in plan
