"""One transaction per operation: all or nothing, logged, and the history cannot be rewritten."""

from __future__ import annotations

import dataclasses
import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.entities import Value
from desktop_app.domain.issues import UserError
from desktop_app.storage.database import open_database
from desktop_app.storage.history import changes_of, history
from tests.storage.world import AT, operate

ROOT = Path(__file__).resolve().parents[2]


def test_an_operation_says_who_when_and_what(database, world):
    params = {"unit": "SNV", "count": 3, "share": Decimal("0.5"), "day": date(2017, 1, 2)}
    with operate(database, "value.set", **params) as operation:
        operation.save(world.value(0, 0, 50))
    record = history(database)[0]
    assert (record.id, record.at, record.actor, record.source, record.name) == (operation.id, AT, "Lan", "cli", "value.set")
    assert record.params == {"unit": "SNV", "count": 3, "share": "0.5", "day": "2017-01-02"}
    assert (record.changes, record.reverts, record.reverts_return, record.reverted_by) == (1, None, None, None)


def test_a_login_that_is_no_text_is_written_as_far_as_it_is(database, world):
    actor = b"lan\xff".decode(errors="surrogateescape")
    with database.operation("value.set", source="cli", actor=actor, at=AT) as operation:
        operation.save(world.value(0, 0, 50))
    assert history(database)[0].actor == "lan?"


def test_an_operation_inside_another_is_a_bug(database, world):
    with operate(database) as outer:
        outer.save(world.value(0, 0, 50))
        with pytest.raises(RuntimeError), operate(database):
            pass
    assert len(history(database)) == 3


def test_an_operation_does_not_go_on_after_a_write_that_failed_half_way(database, world, path):
    before = path.read_bytes()
    clash = dataclasses.replace(world.units[0], id=0, is_root=False)
    with pytest.raises(RuntimeError, match="half-way"), operate(database) as operation:  # noqa: PT012 - two writes
        with pytest.raises(UserError):
            operation.save_many([world.value(0, 0, 50), clash])
        operation.save(world.value(0, 1, 51))
    assert path.read_bytes() == before


def test_an_operation_goes_on_after_a_check_that_failed_before_anything_was_written(database, world):
    with operate(database) as operation:
        with pytest.raises(UserError):
            operation.save_many([world.value(0, 0, 50), world.value(period="x")])
        operation.save(world.value(0, 1, 51))
    assert operation.changes == 1


def test_a_time_without_a_zone_is_a_bug_that_leaves_nothing_open(database):
    from datetime import datetime

    with pytest.raises(ValueError, match="zone"), operate(database, at=datetime(2017, 1, 1)):  # noqa: DTZ001
        pass
    assert not database.connection.in_transaction


def test_readers_see_the_state_before_until_the_end(database, world, path):
    with closing(sqlite3.connect(path)) as reader, operate(database) as operation:
        operation.save_many([world.value(u, e, 1000) for u in range(3) for e in range(3)])
        assert reader.execute("SELECT count(*) FROM value").fetchone() == (6,)
    assert database.gateway.count(Value) == 9


def test_a_large_write_does_not_lock_readers_out(database, world, path, monkeypatch):
    monkeypatch.setattr("desktop_app.storage.operations._ROOM_WHILE_WRITING", "cache_size = 10")
    values = [world.value(0, 0, n, period=f"{1900 + n // 12}-{n % 12 + 1:02d}", note="x" * 400) for n in range(1, 3600)]
    with closing(sqlite3.connect(path, timeout=0)) as reader, operate(database) as operation:
        operation.save_many(values)
        assert reader.execute("SELECT count(*) FROM value").fetchone() == (6,)


def test_a_cancelled_operation_rolls_back(database, world, path):
    class Cancelled(BaseException):
        pass

    before = path.read_bytes()
    with pytest.raises(Cancelled), operate(database) as operation:  # noqa: PT012 - the write must come first
        operation.save(world.value(0, 0, 50))
        raise Cancelled
    assert path.read_bytes() == before
    assert database.gateway.writer is None


@pytest.mark.parametrize("table", ["operation", "change_log", "kept_content"])
@pytest.mark.parametrize("how", ["UPDATE {} SET rowid = 7", "DELETE FROM {}", "REPLACE INTO {} SELECT * FROM {}"])
def test_the_history_is_append_only(database, maker, world, table, how):
    connection = database.connection
    connection.execute("INSERT INTO kept_content VALUES ('a', x'00')")
    sql = how.format(table, table)
    if table == "change_log":
        sql = sql.replace("rowid = 7", "number = 7")
    with pytest.raises(sqlite3.IntegrityError, match="history is append-only"):
        connection.execute(sql)


def test_a_reader_in_the_way_of_the_commit_is_told_and_nothing_is_written(database, world, path):
    database.connection.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM value").fetchone()
        with pytest.raises(UserError) as refusal, operate(database) as operation:
            operation.save(world.value(0, 0, 50))
        assert refusal.value.code == "file_busy"
    assert len(history(database)) == 2
    assert database.gateway.get(Value, "2017", world.elements[0].id, world.units[0].id).amount == 1


def test_a_commit_that_fails_for_a_bug_stays_a_bug(database, world):
    with pytest.raises(sqlite3.IntegrityError), operate(database) as operation:  # noqa: PT012 - the write must come first
        operation.save(world.value(0, 0, 50))
        database.connection.execute("PRAGMA defer_foreign_keys = ON")
        database.connection.execute("DELETE FROM unit WHERE code = 'TH'")
    assert len(history(database)) == 2


CHILD = """
import os, signal, sys
from pathlib import Path
from tests.storage.world import operate
from desktop_app.domain.entities import Element, Unit, Value, ValueState
from desktop_app.storage.database import open_database

database = open_database(Path(sys.argv[1]))
until = int(sys.argv[2])
steps = 0
def step(*_):
    global steps
    steps += 1
    if steps == until:
        os.kill(os.getpid(), signal.SIGKILL)
    return 0
units, elements = database.gateway.list(Unit), database.gateway.list(Element)
values = [Value(unit_id=u.id, element_id=e.id, period=f"{year}", state=ValueState.VALUE, amount=year, note="x" * 200)
          for year in range(2018, 2030) for u in units for e in elements]
if sys.argv[3] == "statement":
    database.connection.set_trace_callback(step)
else:
    database.connection.set_progress_handler(step, 100)
with operate(database, "collect") as operation:
    operation.save_many(values)
    operation.delete_many(database.gateway.list(Value, period="2017"))
database.connection.set_trace_callback(None)
database.close()
print(steps, flush=True)
"""


def run_child(path, until, by):
    command = [sys.executable, "-c", CHILD, str(path), str(until), by]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("by", ["statement", "virtual machine"])
def test_a_killed_process_leaves_all_or_nothing(path, tmp_path, by):
    whole = tmp_path / "whole.skh"
    whole.write_bytes(path.read_bytes())
    done = run_child(whole, 0, by)
    assert done.returncode == 0, done.stderr
    steps = int(done.stdout)
    chance = random.Random(1)
    last = [steps - n for n in range(6)]
    original = path.read_bytes()
    for until in sorted({*range(1, 6), *chance.sample(range(1, steps), min(12, steps - 1)), *last} - {0}):
        path.write_bytes(original)
        killed = run_child(path, until, by)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        database = open_database(path)
        assert database.connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        counts = (database.gateway.count(Value, period="2017"), database.gateway.count(Value), len(history(database)))
        assert counts in {(6, 6, 2), (0, 108, 3)}, until
        if counts[2] == 3:
            assert len(changes_of(database, 3)) == 114
        with operate(database) as operation:
            operation.save(dataclasses.replace(database.gateway.list(Value)[0], amount=5))
        database.close()
        assert sorted(item.name for item in path.parent.iterdir()) == [path.name]


def test_a_commit_that_was_cut_off_is_played_back_by_the_next_to_open(path):
    before = path.read_bytes()
    journal = path.with_name(path.name + "-journal")
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA cache_size = 1")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE value SET note = hex(zeroblob(3000))")
        half_written, half_journal = path.read_bytes(), journal.read_bytes()
        writer.execute("ROLLBACK")
    assert half_written != before
    path.write_bytes(half_written)
    journal.write_bytes(half_journal)
    database = open_database(path)
    assert [value.note for value in database.gateway.list(Value)] == [None] * 6
    database.close()
    assert not journal.exists()


def test_a_write_has_room_for_itself_and_for_what_it_refers_to(database):
    def room():
        return database.connection.execute("PRAGMA cache_size").fetchone()[0]

    before = room()
    with operate(database):
        assert room() <= -200_000
    assert room() == before
    with pytest.raises(ZeroDivisionError), operate(database):
        raise ZeroDivisionError
    assert room() == before
