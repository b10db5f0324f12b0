"""Creating, opening, refusing and closing a data file."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest

from desktop_app.domain.entities import Unit, Value
from desktop_app.domain.issues import ExitCode, UserError
from desktop_app.paths import bundled
from desktop_app.storage import database as databases
from desktop_app.storage.connecting import connect
from desktop_app.storage.database import create_database, open_database
from tests.storage.world import operate


def refusal_at_open(path, **how):
    before = path.read_bytes() if path.is_file() else None
    beside = sorted(path.parent.iterdir()) if path.parent.is_dir() else []
    with pytest.raises(UserError) as refusal:
        open_database(path, **how)
    assert (path.read_bytes() if path.is_file() else None) == before, "a refusal changes no byte"
    assert (sorted(path.parent.iterdir()) if path.parent.is_dir() else []) == beside
    assert refusal.value.exit_code is ExitCode.ENVIRONMENT
    return refusal.value.code


def test_a_new_file_is_empty_and_ours(tmp_path):
    path = tmp_path / "mới.skh"
    database = create_database(path, holder="Lan")
    assert database.gateway.list(Unit) == []
    database.close()
    reopened = open_database(path, read_only=True)
    assert reopened.gateway.count(Value) == 0
    reopened.close()
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_exists_is_not_overwritten(path, english):
    before = path.read_bytes()
    with pytest.raises(UserError) as refusal:
        create_database(path)
    assert (refusal.value.code, refusal.value.exit_code) == ("data_file_exists", ExitCode.DATA)
    assert "“kế hoạch.skh” exists already" in refusal.value.text(english)
    assert path.read_bytes() == before


def test_a_file_in_no_folder_is_not_created(tmp_path):
    with pytest.raises(UserError) as refusal:
        create_database(tmp_path / "nowhere" / "a.skh")
    assert refusal.value.code == "folder_missing"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [sqlite3.DatabaseError("bug"), KeyboardInterrupt()])
def test_a_creation_that_fails_leaves_nothing_behind(tmp_path, monkeypatch, error):
    def fail(_connection):
        raise error

    monkeypatch.setattr(databases, "migrate", fail)
    with pytest.raises(type(error)):
        create_database(tmp_path / "a.skh")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_connected_to_is_not_left_behind(tmp_path, monkeypatch):
    def fail(*_args, **_how):
        raise sqlite3.OperationalError("bug")

    monkeypatch.setattr(databases, "connect", fail)
    with pytest.raises(sqlite3.OperationalError):
        create_database(tmp_path / "a.skh")
    assert list(tmp_path.iterdir()) == []


def test_a_creation_that_is_given_up_leaves_nothing_behind(tmp_path):
    database = create_database(tmp_path / "a.skh")
    with operate(database):
        pass
    database.discard()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("read_only", [True, False])
def test_refusals(path, tmp_path, read_only):
    how = {"read_only": read_only}
    assert refusal_at_open(tmp_path / "absent.skh", **how) == "file_missing"
    assert refusal_at_open(tmp_path / "no" / "absent.skh", **how) == "file_missing"
    assert refusal_at_open(tmp_path, **how) == "file_unreadable"
    for content in (b"", b"PK\x03\x04" * 100, "Kế hoạch".encode() * 200, path.read_bytes()[:60]):
        (tmp_path / "other.skh").write_bytes(content)
        assert refusal_at_open(tmp_path / "other.skh", **how) == "file_not_database"
    with closing(sqlite3.connect(tmp_path / "foreign.skh")) as other:
        other.execute("CREATE TABLE t (a)")
    assert refusal_at_open(tmp_path / "foreign.skh", **how) == "file_foreign"


@pytest.mark.parametrize("read_only", [True, False])
def test_a_newer_file_is_refused(path, read_only, english):
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA user_version = 99")
    assert refusal_at_open(path, read_only=read_only) == "file_too_new"


@pytest.mark.parametrize("read_only", [True, False])
def test_damaged_files_are_refused(path, tmp_path, read_only):
    whole = path.read_bytes()
    damaged = tmp_path / "damaged.skh"
    for content in (
        whole[:4096],  # the later pages are missing
        whole[:100] + b"\xff" * 3996 + whole[4096:],  # the schema is unreadable
        whole[:16] + b"\x00\x03" + whole[18:],  # no page size
    ):
        damaged.write_bytes(content)
        assert refusal_at_open(damaged, read_only=read_only) in {"file_damaged", "file_not_database"}


def test_our_mark_without_our_tables_is_damage(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("PRAGMA foreign_keys = OFF; DROP TABLE change_log; DROP TABLE operation;")
    assert refusal_at_open(path) == "file_damaged"


def test_a_file_with_a_cut_off_write_is_read_after_it_was_put_right(path, world):
    journal = path.with_name(path.name + "-journal")
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA cache_size = 1")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE value SET note = hex(zeroblob(3000))")
        half = (path.read_bytes(), journal.read_bytes())
        writer.execute("ROLLBACK")
    path.write_bytes(half[0])
    journal.write_bytes(half[1])
    assert refusal_at_open(path, read_only=True) == "file_needs_recovery"
    open_database(path).close()
    with closing(open_database(path, read_only=True)) as database:
        assert database.gateway.get(Value, "2017", world.elements[0].id, world.units[0].id).note is None


def test_a_locked_file_is_refused_in_time(path, monkeypatch):
    monkeypatch.setattr("desktop_app.storage.connecting.BUSY_TIMEOUT_S", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(UserError) as refusal:
            open_database(path)
        assert refusal.value.code == "file_busy"


def test_another_program_that_writes_is_waited_for_and_told(path, world):
    database = open_database(path)
    database.connection.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UserError) as refusal, operate(database):
            pass
        assert refusal.value.code == "file_busy"
        assert database.gateway.count(Value) == 6
    with operate(database) as operation:
        operation.save(world.value(0, 0, 50))
    database.close()


@pytest.mark.parametrize("read_only", [True, False])
def test_reading_changes_no_byte(path, world, read_only):
    before, written_at = path.read_bytes(), path.stat().st_mtime_ns
    with closing(open_database(path, read_only=read_only)) as database, database.snapshot():
        assert database.gateway.list(Unit) == world.units
    assert path.read_bytes() == before
    assert path.stat().st_mtime_ns == written_at
    assert list(path.parent.iterdir()) == [path]


def test_a_file_opened_for_reading_takes_no_write(path):
    with closing(open_database(path, read_only=True)) as database:
        for write in (lambda: operate(database), database.hold):
            with pytest.raises(UserError) as refusal:
                write()
            assert refusal.value.code == "file_read_only"
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            database.connection.execute("DELETE FROM value")


def test_a_file_that_went_away_takes_no_write(path):
    with closing(open_database(path)) as database:
        path.unlink()
        with pytest.raises(UserError) as refusal:
            operate(database)
        assert refusal.value.code == "file_missing"


def test_a_file_replaced_while_it_is_open_takes_no_write(path, world, tmp_path):
    with closing(open_database(path)) as database:
        shutil.copy(path, tmp_path / "copy")
        (tmp_path / "copy").replace(path)
        before = path.read_bytes()
        with pytest.raises(UserError) as refusal, operate(database) as operation:
            operation.save(world.value(0, 0, 50))
        assert refusal.value.code == "file_moved"
        assert path.read_bytes() == before


def test_an_unknown_error_of_the_system_stays_what_it_is(path, monkeypatch):
    def fail(*_):
        raise OSError("something new")

    with closing(open_database(path)) as database:
        monkeypatch.setattr(type(path), "open", fail)
        with pytest.raises(OSError, match="something new"):
            operate(database)


def test_a_snapshot_sees_one_state(path, world):
    with closing(open_database(path)) as writer, closing(open_database(path, read_only=True)) as reader:
        with reader.snapshot():
            assert reader.gateway.count(Value) == 6
            with reader.snapshot():
                assert reader.gateway.count(Unit) == 3
            assert reader.connection.in_transaction
        with operate(writer) as operation:
            operation.save(world.value(2, 2))
        with reader.snapshot():
            assert reader.gateway.count(Value) == 7
        with operate(writer), writer.snapshot():
            assert writer.gateway.count(Value) == 7


def test_the_connection_is_safe(path):
    wanted = {
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "recursive_triggers": 1,
        "cache_spill": 0,
        "synchronous": 2,
        "temp_store": 2,
        "busy_timeout": 5000,
        "journal_mode": "delete",
    }
    with closing(connect(path, read_only=False)) as connection:
        assert {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted


def test_the_views_are_temporary(database):
    views = {row[0] for row in database.connection.execute("SELECT name FROM sqlite_temp_schema WHERE type = 'view'")}
    assert views == {path.stem for path in bundled("db/views").glob("*.sql")}
    assert database.connection.execute("SELECT count(*) FROM sqlite_schema WHERE type = 'view'").fetchone() == (0,)


def test_a_file_that_another_program_turned_to_wal_is_one_file_again_after_a_write(path, world):
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode = WAL")
    with closing(open_database(path)) as database, operate(database) as operation:
        operation.save(world.value(0, 0, 50))
    assert path.read_bytes()[18:20] == b"\x01\x01"
    assert list(path.parent.iterdir()) == [path]


def test_a_file_opened_by_a_relative_name_is_found_after_the_folder_changed(path, world, tmp_path, monkeypatch):
    monkeypatch.chdir(path.parent)
    with closing(open_database(type(path)(path.name))) as database:
        monkeypatch.chdir(tmp_path)
        with operate(database) as operation:
            operation.save(world.value(0, 0, 50))
    assert list(path.parent.iterdir()) == [path]
