"""Everything that is wrong with a file is found, and a sound one is silent."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from desktop_app.domain.issues import UserError
from desktop_app.domain.specs import REGISTRY
from desktop_app.storage.check import check
from desktop_app.storage.database import open_database
from desktop_app.storage.operations import revert
from tests.storage.world import AT, FULL, OTHER, entities_in_order, operate


@pytest.fixture
def rich(database, maker):
    """The small world with one more row of every other entity, some of them changed, deleted and brought back."""
    with operate(database) as operation:
        for spec in entities_in_order():
            if spec.name not in {"office", "unit", "element", "value"}:
                maker.remember(spec, operation.save(maker.make(spec, FULL)))
            else:
                maker.ids[spec.name] = 1
    with operate(database) as gone:
        gone.delete_many(database.gateway.list(REGISTRY["attachment"].cls))
        gone.save(maker.make(REGISTRY["deployment"], OTHER))
    revert(database, gone.id, source="cli", actor="Lan", at=AT)
    with operate(database) as gone:
        gone.delete(database.gateway.list(REGISTRY["person"].cls)[0])
    return database


def outside(database, sql):
    """Write as another program does, without constraints and without the history."""
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("PRAGMA ignore_check_constraints = ON")
        other.execute(sql)


def codes(database):
    return [issue.code for issue in check(database)]


def test_a_sound_file_has_no_issues(rich):
    assert check(rich) == []


@pytest.mark.parametrize(
    ("sql", "expected", "text"),
    [
        (
            "UPDATE value SET amount = 9 WHERE unit_id = 1 AND element_id = 1",
            ["history_differs"],
            "Value “TH · HT01a · 2017”: Figure was changed outside of the program: the history says something else.",
        ),
        (
            "INSERT INTO value (period, element_id, unit_id, state, amount) VALUES ('2017', 1, 3, 'value', 5)",
            ["history_silent"],
            "Value “DS · HT01a · 2017” was written outside of the program: the history does not know it.",
        ),
        (
            "DELETE FROM value WHERE unit_id = 1 AND element_id = 1",
            ["history_lost_row"],
            "Value: a row was deleted outside of the program.",
        ),
        (
            "UPDATE unit SET sort_key = 'zzz' WHERE code = 'SNV'",
            ["sort_key_stale"],
            "Unit “SNV” is sorted wrongly; save it again.",
        ),
        (
            "UPDATE unit SET search_key = '' WHERE code = 'SNV'",
            ["sort_key_stale"],
            "Unit “SNV” is sorted wrongly; save it again.",
        ),
        (
            "UPDATE unit SET kind = 'palace' WHERE code = 'SNV'",
            ["pages_damaged"],
            "The file is damaged (CHECK constraint failed in unit); restore a proven copy.",
        ),
        (
            "UPDATE goal SET amount = '1e2'",
            ["row_unreadable", "history_differs"],
            "cannot be read; restore a proven copy.",
        ),
        (
            "UPDATE unit SET code = 'S N V' WHERE code = 'SNV'",
            ["text_pattern", "history_differs"],
            "Code “S N V” is not written in the required form; correct it.",
        ),
        (
            "UPDATE element SET period_kinds = 'Y palace' WHERE code = 'NB01'",
            ["row_unreadable", "history_differs"],
            "Data element NB01 cannot be read; restore a proven copy.",
        ),
        (
            "DELETE FROM system_link",
            ["history_lost_row"],
            "System link: a row was deleted outside of the program.",
        ),
        (
            "UPDATE attachment SET content = x'00'",
            ["history_differs", "content_differs"],
            "was changed outside of the program",
        ),
    ],
)
def test_what_another_program_did_is_found(rich, english, sql, expected, text):
    outside(rich, sql)
    issues = check(rich)
    assert [issue.code for issue in issues] == expected
    assert text in issues[0].text(english)


def test_a_broken_reference_is_found(rich, english):
    outside(rich, "DELETE FROM unit WHERE code = 'DS'")
    issues = check(rich)
    assert codes(rich) == ["history_lost_row"]
    outside(rich, "DELETE FROM unit WHERE code = 'SNV'")
    issues = check(rich)
    assert {issue.code for issue in issues} == {"reference_broken", "history_lost_row"}
    assert issues[0].text(english).startswith("Value points to Unit that does not exist")


def test_a_row_that_the_history_says_is_deleted_is_found(rich, world):
    with operate(rich) as operation:
        operation.delete(world.value(0, 0))
    outside(rich, "INSERT INTO value (period, element_id, unit_id, state, amount) VALUES ('2017', 1, 1, 'value', 1)")
    assert set(codes(rich)) == {"history_differs"}


def test_kept_bytes_that_differ_are_found(rich):
    with closing(sqlite3.connect(rich.path, isolation_level=None)) as other:
        other.execute("DROP TRIGGER kept_content_is_append_only_update")
        other.execute("UPDATE kept_content SET content = x'00'")
    assert codes(rich) == ["content_differs"]


def test_damaged_pages_are_found_and_nothing_else_is_believed(path, english):
    root = sqlite3.connect(path).execute("SELECT rootpage FROM sqlite_schema WHERE name = 'ux_unit_code'").fetchone()[0]
    content = bytearray(path.read_bytes())
    content[(root - 1) * 4096 : (root - 1) * 4096 + 200] = b"\xff" * 200
    path.write_bytes(content)
    with closing(open_database(path, read_only=True)) as database:
        issues = check(database)
    assert {issue.code for issue in issues} == {"pages_damaged"}
    assert issues[0].text(english).startswith("The file is damaged (")


def spoil(path, sound, broken):
    """Change bytes of the same number behind the back of SQLite, as a bad sector does."""
    content = path.read_bytes()
    place = content.index(sound)
    path.write_bytes(content[:place] + broken + content[place + len(sound) :])


@pytest.mark.parametrize(
    ("sound", "broken"),
    [
        (b"district", b"distri\xff\xfe"),  # no text any more
        (b'{"', b"{{"),  # no JSON any more: what an operation's sentence needs, or what it changed
        (b'":"', b'":{'),
        (b"digest_key", b"digesx_key"),  # a column that has another name now
    ],
)
def test_bytes_that_changed_inside_a_text_are_found(path, rich, sound, broken):
    rich.close()
    spoil(path, sound, broken)
    with closing(open_database(path, read_only=True)) as database:
        issues = check(database)
    assert issues
    assert {issue.code for issue in issues} <= {"pages_damaged", "row_unreadable", "history_differs", "history_silent"}


def test_a_file_that_cannot_be_read_at_all_is_refused(path):
    with closing(open_database(path)) as database, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        database.connection.execute("PRAGMA busy_timeout = 20")
        with pytest.raises(UserError) as refusal:
            check(database)
    assert refusal.value.code == "file_busy"


def test_a_bug_of_the_check_stays_a_bug(database):
    database.connection.execute("CREATE TEMP TABLE unit (a)")
    with pytest.raises(sqlite3.OperationalError, match="no such column"):
        check(database)
