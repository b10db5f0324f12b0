"""The schema is what the entities say, and older files are brought up to date or left as they are."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest

from desktop_app.domain import kinds
from desktop_app.domain.entities import Office, Return, Round, Unit, Value
from desktop_app.domain.issues import UserError
from desktop_app.domain.specs import REGISTRY
from desktop_app.paths import bundled
from desktop_app.storage import migrate as migrating
from desktop_app.storage.backups import list_backups
from desktop_app.storage.database import create_database, open_database
from desktop_app.storage.history import operations_of_return
from desktop_app.storage.hold import take
from desktop_app.storage.migrate import migrate, migration_files, newest_version, schema_of, tables_of
from desktop_app.storage.operations import revert
from tests.storage.world import AT, UUID, World, elements, operate, units

KEY_COLUMNS = {"sort_key": "TEXT", "search_key": "TEXT"}


@pytest.fixture(scope="module")
def schema():
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection)
        yield connection


def table_sql(schema, name):
    return schema.execute("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", (name,)).fetchone()[0]


@pytest.mark.parametrize("name", REGISTRY)
def test_a_table_has_the_columns_of_its_entity(schema, name):
    spec = REGISTRY[name]
    columns = {row[1]: row for row in schema.execute(f"PRAGMA table_info({spec.table})")}
    wanted = {field.name: field.kind.column_type for field in spec.fields.values()}
    assert {column: row[2] for column, row in columns.items()} == wanted | (KEY_COLUMNS if spec.sorted_by else {})
    primary = [row[1] for row in sorted(columns.values(), key=lambda row: row[5]) if row[5]]
    assert primary == list(spec.key)
    for field in spec.fields.values():
        not_null = bool(columns[field.name][3]) or field.name == "id"
        assert not_null == field.required, field.name


@pytest.mark.parametrize("name", REGISTRY)
def test_a_table_holds_the_entity_to_its_word(schema, name):
    spec = REGISTRY[name]
    sql = table_sql(schema, spec.table)
    assert re.search(r"\) STRICT(, WITHOUT ROWID)?$", sql)
    assert ("WITHOUT ROWID" in sql) == (spec.key != ("id",))
    if spec.key == ("id",) and name != "office":
        assert "id INTEGER PRIMARY KEY AUTOINCREMENT" in sql
    references = {key.column: key.other_table for key in tables_of(schema)[spec.table].foreign_keys}
    assert references == {
        field.name: REGISTRY[field.kind.target].table for field in spec.fields.values() if isinstance(field.kind, kinds.Ref)
    }
    for field in spec.fields.values():
        told = re.search(rf"CONSTRAINT ck_{spec.table}_{field.name} CHECK \((.*?)\)(?:,|\n)", sql, re.DOTALL)
        assert (told.group(1) if told else None) == expected_check(spec, field), field.name


def expected_check(spec, field):
    kind, name = field.kind, field.name
    if isinstance(kind, kinds.Choice):
        return f"{name} IN ({', '.join(repr(str(option)) for option in kind.options)})"
    if isinstance(kind, kinds.Flag):
        return f"{name} IN (0, 1)"
    if isinstance(kind, kinds.Day):
        return f"{name} IS date({name})"
    if isinstance(kind, kinds.Integer) and (name != "id" or spec.name == "office"):
        low, high = kind.minimum, kind.maximum
        if low is not None and high is not None:
            return f"{name} = {low}" if low == high else f"{name} BETWEEN {low} AND {high}"
        if low is not None:
            return f"{name} >= {low}"
    return None


def test_every_table_is_an_entity_or_the_history(schema):
    tables = {row[0] for row in schema.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    ours = {name for name in tables if not name.startswith(("sqlite_", "_sqlite"))}
    assert ours == {spec.table for spec in REGISTRY.values()} | {"operation", "change_log", "kept_content"}


def test_every_constraint_has_a_name(schema):
    for (sql,) in schema.execute("SELECT sql FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%'"):
        bare = re.findall(
            r"(?<!\w)(CHECK|FOREIGN KEY|UNIQUE)\b", re.sub(r"CONSTRAINT \w+ (CHECK|FOREIGN KEY|UNIQUE)", "", sql)
        )
        assert bare == []


def test_the_schema_file_is_what_the_migrations_make(schema):
    written = bundled("db/schema.sql").read_text(encoding="utf-8")
    assert written == schema_of(schema), "run: python .ci/schema.py"


def dump(path):
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


@pytest.fixture
def with_next_migration(tmp_path, monkeypatch):
    """Return a function that adds migrations to the shipped ones, as a newer release would."""

    def add(*statements: str) -> None:
        folder = tmp_path / "migrations"
        folder.mkdir()
        files = list(migration_files())
        for number, sql in enumerate(statements, newest_version() + 1):
            path = folder / f"{number:04d}_next.sql"
            path.write_text(sql, encoding="utf-8")
            files.append(path)
        monkeypatch.setattr(migrating, "migration_files", lambda: files)

    return add


def test_an_older_file_is_copied_and_then_brought_up_to_date(path, world, with_next_migration):
    old = dump(path)
    with_next_migration("CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT;", "ALTER TABLE extra ADD COLUMN name TEXT;")
    database = open_database(path)
    assert database.connection.execute("PRAGMA user_version").fetchone() == (len(migration_files()) + 2,)
    assert database.connection.execute("SELECT name FROM extra").fetchall() == []
    assert database.gateway.list(Unit) == world.units
    database.close()
    (copy,) = list_backups(path)
    assert copy.proved
    assert dump(copy.path) == old
    open_database(path).close()
    assert len(list_backups(path)) == 1


def test_a_migration_that_fails_leaves_the_file_as_it_was(path, with_next_migration):
    old = path.read_bytes()
    with_next_migration("CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT; INSERT INTO nowhere VALUES (1);")
    with pytest.raises(sqlite3.OperationalError):
        open_database(path)
    assert path.read_bytes() == old
    assert [item.name for item in path.parent.iterdir() if item.is_file()] == [path.name]


def test_a_migration_that_ends_the_transaction_itself_leaves_the_file_as_it_was(path, with_next_migration):
    old = path.read_bytes()
    with_next_migration(
        "CREATE TEMP TRIGGER stop BEFORE DELETE ON value BEGIN SELECT RAISE(ROLLBACK, 'stop'); END; DELETE FROM value;"
    )
    with pytest.raises(sqlite3.IntegrityError, match="stop"):
        open_database(path)
    assert path.read_bytes() == old


def test_a_window_that_holds_an_older_file_may_upgrade_it(path, with_next_migration):
    with_next_migration("CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT;")
    held = take(path, "Lan", window=True)
    with closing(open_database(path, holder="Lan")) as database:
        assert database.connection.execute("SELECT count(*) FROM extra").fetchone() == (0,)
    held.release()


def test_a_migration_that_breaks_a_reference_leaves_the_file_as_it_was(path, with_next_migration):
    old = path.read_bytes()
    with_next_migration("DELETE FROM unit WHERE code = 'SNV';")
    with pytest.raises(sqlite3.IntegrityError):
        open_database(path)
    assert path.read_bytes() == old


def test_a_migration_may_rebuild_a_table_that_others_refer_to(path, world, with_next_migration):
    with_next_migration(
        "CREATE TABLE spare AS SELECT * FROM unit; DELETE FROM unit; INSERT INTO unit SELECT * FROM spare; DROP TABLE spare;"
    )
    database = open_database(path)
    assert database.gateway.list(Unit) == world.units
    assert database.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    database.close()


def test_an_older_file_is_not_read_without_being_upgraded(path, with_next_migration):
    old = path.read_bytes()
    with_next_migration("CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT;")
    with pytest.raises(UserError) as refusal:
        open_database(path, read_only=True)
    assert refusal.value.code == "file_too_old_to_read"
    assert path.read_bytes() == old


def test_the_header_tells_whose_file_it_is(path):
    header = path.read_bytes()[:100]
    assert header[68:72] == b"SKH1"
    assert header[18:20] == b"\x01\x01", "no WAL: an idle file is one file"
    assert int.from_bytes(header[60:64], "big") == newest_version() == len(migration_files())


@pytest.fixture
def first_release(tmp_path, monkeypatch, maker):
    """A file as the first release left it: two returns, one more that was undone, values and a history that name them."""
    path = tmp_path / "cũ.skh"
    with monkeypatch.context() as then:
        then.setattr(migrating, "migration_files", lambda: migration_files()[:1])
        then.setattr(migrating, "newest_version", lambda: 1)
        database = create_database(path)
        with operate(database, "setup") as operation:
            operation.save(Office(uuid=UUID, digest_key="0" * 64, created_at=AT, created_with="0"))
            world = World(operation.save_many(units()), operation.save_many(elements()))
            maker.remember(REGISTRY["unit"], world.units[1])
            for name in ("plan", "form", "round"):
                maker.remember(REGISTRY[name], operation.save(maker.make(REGISTRY[name])))
        connection = database.connection
        for number, status in ((1, "received"), (2, "has_issues"), (7, "received")):
            row = (number, maker.ids["round"], maker.ids["unit"], f"{number}.xlsx", "0" * 64, b"PK" * number, status)
            connection.execute(
                "INSERT INTO unit_return"
                " (id, round_id, unit_id, file_name, sha256, content, status, received_at, cells_json)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, '2017-12-20T03:00:00Z', '{}')",
                row,
            )
        connection.execute("DELETE FROM unit_return WHERE id = 7")
        with operate(database, "collect") as operation:
            operation.save_many([world.value(1, number, 5, return_id=number) for number in (1, 2)])
        database.close()
    return path, operation.id


def test_a_file_of_the_first_release_keeps_its_returns_and_what_names_them(first_release, maker):
    path, collected = first_release
    old = dump(path)
    with closing(open_database(path)) as database:
        kept = database.gateway.list(Return, order_by="id")
        assert [(item.id, item.content, str(item.status), item.reason) for item in kept] == [
            (1, b"PK", "received", None),
            (2, b"PKPK", "has_issues", None),
        ]
        assert [item.return_id for item in database.gateway.list(Value)] == [1, 2]
        assert operations_of_return(database, 2) == [collected]
        assert database.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        with operate(database, "collect") as operation:
            maker.ids["unit"] = kept[0].unit_id
            assert operation.save(maker.make(REGISTRY["unit_return"])).id == 8, "no id is given twice"
        revert(database, collected, source="cli", actor="Lan", at=AT)
        assert database.gateway.list(Value) == []
        with pytest.raises(UserError, match="still_used"), operate(database) as operation:
            operation.delete(database.gateway.get(Round, kept[0].round_id))
    (copy,) = list_backups(path)
    assert copy.proved
    assert dump(copy.path) == old


def test_an_upgraded_file_has_the_schema_of_a_new_one(first_release, schema):
    path, _collected = first_release
    with closing(open_database(path)) as database:
        assert schema_of(database.connection) == schema_of(schema)
