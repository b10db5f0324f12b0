"""A full disk, a read-only folder and a read-only file: one clear sentence, the right exit code, and nothing changed."""

from __future__ import annotations

import errno
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.domain.entities import Value
from desktop_app.domain.issues import ExitCode, UserError
from desktop_app.storage.backups import backup, backups_folder
from desktop_app.storage.database import create_database, open_database
from desktop_app.storage.refusals import refusal_of, speaking
from desktop_app.text.catalogue import Catalogue
from tests.storage.powers import ordinary_powers
from tests.storage.world import operate

ROOT = Path(__file__).resolve().parents[2]


def files(path):
    return {item.name: item.read_bytes() for item in path.parent.iterdir() if item.is_file()}


@pytest.fixture
def read_only_folder(path):
    path.parent.chmod(0o555)
    with ordinary_powers():
        yield path
    path.parent.chmod(0o755)


@pytest.fixture
def read_only_file(path):
    path.chmod(0o444)
    with ordinary_powers():
        yield path


def test_a_read_only_folder_can_be_read_from(read_only_folder, world):
    with closing(open_database(read_only_folder)) as database:
        assert database.gateway.count(Value) == 6


@pytest.mark.parametrize("what", ["operation", "hold", "create", "backup"])
def test_a_read_only_folder_takes_no_write(read_only_folder, what):
    path = read_only_folder
    before = files(path)
    with closing(open_database(path)) as database:
        write = {
            "operation": lambda: operate(database),
            "hold": database.hold,
            "create": lambda: create_database(path.with_name("new.skh")),
            "backup": lambda: backup(path),
        }[what]
        with pytest.raises(UserError) as refusal:
            write()
    assert (refusal.value.code, refusal.value.exit_code) == ("folder_read_only", ExitCode.ENVIRONMENT)
    assert files(path) == before


def test_a_read_only_file_can_be_read_and_not_written(read_only_file, world):
    before = files(read_only_file)
    with closing(open_database(read_only_file)) as database:
        assert database.gateway.count(Value) == 6
        for write in (lambda: operate(database), database.hold):
            with pytest.raises(UserError) as refusal:
                write()
            assert (refusal.value.code, refusal.value.exit_code) == ("file_read_only", ExitCode.ENVIRONMENT)
    assert files(read_only_file) == before


def test_a_file_without_any_rights_is_refused(path):
    path.chmod(0)
    with ordinary_powers(), pytest.raises(UserError) as refusal:
        _without_reading_rights(path)
    assert refusal.value.code == "file_unreadable"


def _without_reading_rights(path):
    """Root may read everything without the power to override; so the system's answer is given by hand then."""
    try:
        path.read_bytes()
    except PermissionError:
        open_database(path)
    else:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(type(path), "open", _denied)
            open_database(path)


def _denied(*_args):
    raise PermissionError(errno.EACCES, "Permission denied")


LIMITED = """
import resource, sys
from pathlib import Path
from tests.storage.world import World, operate
from desktop_app.domain.entities import Element, Unit
from desktop_app.domain.issues import UserError
from desktop_app.storage.backups import backup
from desktop_app.storage.database import create_database, open_database

path, limit, what = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
database = open_database(path)
world = World(database.gateway.list(Unit), database.gateway.list(Element))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    if what == "create":
        create_database(path.with_name("new.skh"))
    elif what == "backup":
        backup(path)
    else:
        with operate(database) as operation:
            years = range(2018, 2018 + (1 if what == "small write" else 20))
            operation.save_many([world.value(0, 0, year, period=str(year), note="x" * 4000) for year in years])
except UserError as error:
    print(error.code, int(error.exit_code))
database.close()
"""


@pytest.mark.parametrize(
    ("what", "limit"), [("write", 1.0), ("write", 0.5), ("small write", 0), ("create", 0.1), ("backup", 0.4)]
)
def test_a_full_disk_is_told_and_nothing_is_changed(path, what, limit):
    """A size limit of the system stands for the full disk: SQLite meets it in the middle of a write."""
    pytest.importorskip("resource", reason="Windows has no size limit to provoke")
    before = files(path)
    size = int(len(path.read_bytes()) * limit)
    command = [sys.executable, "-c", LIMITED, str(path), str(size), what]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == "disk_full 3\n", done.stderr
    assert files(path) == before
    assert not backups_folder(path).exists() or list(backups_folder(path).iterdir()) == []


def test_a_database_that_may_not_grow_is_a_full_disk(path, world):
    before = path.read_bytes()
    with closing(open_database(path)) as database:
        pages = database.connection.execute("PRAGMA page_count").fetchone()[0]
        database.connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(UserError) as refusal, operate(database) as operation:
            operation.save_many([world.value(0, 0, year, period=str(year), note="x" * 4000) for year in range(2018, 2100)])
        assert refusal.value.code == "disk_full"
        assert database.gateway.count(Value) == 6
    assert path.read_bytes() == before


def test_every_refusal_has_its_sentence(path):
    for code in ("disk_full", "folder_read_only", "file_busy", "file_needs_recovery"):
        text = UserError(code, file=path.name).text(Catalogue())
        assert "kế hoạch.skh" in text
        assert "{" not in text


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SQLITE_FULL", "disk_full"),
        ("SQLITE_IOERR_WRITE", "disk_full"),
        ("SQLITE_CORRUPT_VTAB", "file_damaged"),
        ("SQLITE_READONLY_DBMOVED", "file_moved"),
        ("SQLITE_READONLY_CANTLOCK", "file_read_only"),
        ("SQLITE_BUSY_SNAPSHOT", "file_busy"),
    ],
)
def test_extended_codes_mean_what_their_family_means(path, name, code):
    error = sqlite3.OperationalError("…")
    error.sqlite_errorname = name
    assert refusal_of(error, path).code == code


def test_text_that_is_no_text_any_more_is_damage(path):
    with closing(sqlite3.connect(path)) as db:
        with pytest.raises(UserError) as refusal, speaking(path):
            db.execute("SELECT CAST(x'ff' AS TEXT)").fetchone()
        assert refusal.value.code == "file_damaged"
    with pytest.raises(UserError) as refusal, speaking(path):
        b"\xff".decode()  # what Python raises for a message of SQLite that quotes the broken text
    assert refusal.value.code == "file_damaged"


def test_bugs_stay_bugs(path):
    assert refusal_of(sqlite3.ProgrammingError("…"), path) is None
    assert refusal_of(OSError("without a number"), path) is None
    assert refusal_of(ValueError(), path) is None
    with (
        pytest.raises(sqlite3.OperationalError, match="no such table"),
        speaking(path),
        closing(sqlite3.connect(path)) as db,
    ):
        db.execute("SELECT * FROM nowhere")
