"""Proven copies: made only of what is sound, listed with what they are worth, brought back without losing anything."""

from __future__ import annotations

import dataclasses
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.domain.entities import Office, Unit, Value
from desktop_app.domain.issues import ExitCode, UserError
from desktop_app.storage import backups as copying
from desktop_app.storage.backups import backup, backups_folder, list_backups, restore
from desktop_app.storage.database import create_database, open_database
from tests.storage.test_hold import another_process
from tests.storage.world import operate

ROOT = Path(__file__).resolve().parents[2]
MORNING = datetime(2017, 12, 20, 1, 2, 3, tzinfo=UTC)


def change(path, world, amount=50):
    with closing(open_database(path)) as database, operate(database) as operation:
        operation.save(world.value(0, 0, amount))


def amount(path, world):
    with closing(open_database(path)) as database:
        return database.gateway.get(Value, "2017", world.elements[0].id, world.units[0].id).amount


def damage(path):
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 6] = b"\xff" * 4096 * 3
    path.write_bytes(content)


def refusal(call, *args):
    with pytest.raises(UserError) as told:
        call(*args)
    return told.value.code


def test_a_copy_holds_what_the_file_holds(path, world):
    copy = backup(path, at=MORNING)
    assert copy.name == "kế hoạch.20171220T010203Z.skh"
    assert copy.path.parent == backups_folder(path) == path.with_name("kế hoạch-backups")
    assert (copy.at, copy.size, copy.proved) == (MORNING, copy.path.stat().st_size, True)
    with closing(open_database(copy.path, read_only=True)) as database:
        assert database.gateway.list(Unit) == world.units
    assert list_backups(path) == [copy]


def test_making_and_listing_copies_changes_no_byte_of_the_file(path):
    before = path.read_bytes()
    backup(path)
    list_backups(path)
    assert path.read_bytes() == before
    assert sorted(item.name for item in path.parent.iterdir()) == ["kế hoạch-backups", "kế hoạch.skh"]


def test_copies_of_one_second_get_names_of_their_own(path):
    names = [backup(path, at=MORNING).name for _ in range(3)]
    assert names == [f"kế hoạch.20171220T010203Z{number}.skh" for number in ("", "-2", "-3")]
    later = backup(path, at=MORNING.replace(hour=2))
    assert [copy.name for copy in list_backups(path)] == [later.name, *reversed(names)]


def test_a_file_that_a_window_writes_to_is_copied(path, world):
    with closing(open_database(path)) as database:
        database.hold()
        with operate(database) as operation:
            operation.save(world.value(0, 0, 50))
            copy = backup(path)
    assert amount(copy.path, world) == 1
    assert amount(path, world) == 50


def test_a_damaged_file_gives_no_copy(path):
    damage(path)
    before = path.read_bytes()
    assert refusal(backup, path) == "file_damaged"
    assert path.read_bytes() == before
    assert list_backups(path) == []
    assert list(backups_folder(path).iterdir()) == []


def test_a_file_with_broken_references_gives_no_copy(path):
    with closing(sqlite3.connect(path)) as outside:
        outside.execute("DELETE FROM unit WHERE code = 'SNV'")
        outside.commit()
    assert refusal(backup, path) == "file_damaged"


def test_a_foreign_file_gives_no_copy(tmp_path):
    (tmp_path / "a.skh").write_bytes(b"no database")
    assert refusal(backup, tmp_path / "a.skh") == "file_not_database"
    assert refusal(backup, tmp_path / "none.skh") == "file_missing"
    assert [item.name for item in tmp_path.iterdir()] == ["a.skh"]


def test_the_list_tells_which_copies_are_worth_something(path, tmp_path, world):
    good = backup(path, at=MORNING)
    bad = backup(path, at=MORNING.replace(hour=2))
    damage(bad.path)
    unreadable = backup(path, at=MORNING.replace(hour=5))
    unreadable.path.write_bytes(path.read_bytes()[:100] + b"\xff" * 9000)
    (backups_folder(path) / "kế hoạch.20171220T030203Z.skh").write_bytes(b"junk")
    other = create_database(tmp_path / "other.skh")
    other.close()
    shutil.copy(tmp_path / "other.skh", backups_folder(path) / "other.20171220T040203Z.skh")
    (backups_folder(path) / "readme.txt").write_text("no copy")
    (backups_folder(path) / "kế hoạch.skh").write_text("no time")
    assert [(copy.at.hour, copy.proved) for copy in list_backups(path)] == [
        (5, False),
        (4, False),
        (3, False),
        (2, False),
        (1, True),
    ]
    path.unlink()
    assert [copy.proved for copy in list_backups(path)] == [False, True, False, False, False]
    shutil.rmtree(backups_folder(path))
    assert list_backups(path) == []
    assert good.proved


def test_restore_brings_back_and_keeps_what_it_replaces(path, world):
    copy = backup(path, at=MORNING)
    change(path, world)
    done = restore(path, copy.name, holder="Lan")
    assert amount(path, world) == 1
    assert done.backup == copy
    assert done.kept.proved
    assert amount(done.kept.path, world) == 50
    restore(path, done.kept.name)
    assert amount(path, world) == 50
    assert len(list_backups(path)) == 3
    assert sorted(item.name for item in path.parent.iterdir()) == ["kế hoạch-backups", "kế hoạch.skh"]


def test_a_copy_may_lie_elsewhere(path, world, tmp_path):
    copy = backup(path)
    stick = Path(shutil.move(copy.path, tmp_path / "usb.skh"))
    change(path, world)
    done = restore(path, str(stick))
    assert amount(path, world) == 1
    assert done.backup.at == datetime.fromtimestamp(stick.stat().st_mtime, UTC).replace(microsecond=0)


@pytest.mark.parametrize("how", ["damaged", "no database", "gone"])
def test_a_file_that_is_lost_is_brought_back(path, world, how):
    copy = backup(path)
    if how == "damaged":
        damage(path)
    elif how == "no database":
        path.write_bytes(b"overwritten")
    else:
        path.unlink()
    lost = path.read_bytes() if path.exists() else None
    path.with_name(path.name + "-journal").write_bytes(b"")
    done = restore(path, copy.name)
    assert amount(path, world) == 1
    assert (done.kept and done.kept.path.read_bytes()) == lost
    assert done.kept is None or not done.kept.proved
    assert not path.with_name(path.name + "-journal").exists()


def test_what_is_no_sound_copy_of_this_file_is_not_brought_back(path, world, tmp_path):
    change(path, world)
    before = path.read_bytes()
    bad = backup(path, at=MORNING)
    damage(bad.path)
    (tmp_path / "junk.skh").write_bytes(b"junk")
    other = create_database(tmp_path / "other.skh")
    with operate(other) as operation:
        office = Office(
            uuid="9" * 8 + "-9999-9999-9999-" + "9" * 12, digest_key="0" * 64, created_at=MORNING, created_with="0"
        )
        operation.save(office)
    other.close()
    newer = Path(shutil.copy(path, tmp_path / "newer.skh"))
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("PRAGMA user_version = 99")
    for name, code in (
        (bad.name, "backup_not_sound"),
        (str(tmp_path / "junk.skh"), "backup_not_sound"),
        (str(tmp_path / "other.skh"), "backup_of_another_file"),
        (str(newer), "file_too_new"),
        ("nothing.skh", "backup_unknown"),
    ):
        assert refusal(restore, path, name) == code
        assert path.read_bytes() == before
    assert UserError("backup_of_another_file", name="", file="").exit_code is ExitCode.DATA


def test_a_file_in_use_is_not_replaced(path, world):
    copy = backup(path)
    before = path.read_bytes()
    with another_process(path, "window"):
        assert refusal(restore, path, copy.name) == "file_in_use"
    assert path.read_bytes() == before
    assert len(list_backups(path)) == 1


def test_a_copy_that_breaks_on_the_way_does_not_take_the_place(path, world, monkeypatch):
    copy = backup(path)
    change(path, world)
    before = path.read_bytes()
    real = shutil.copyfile

    def break_it(source, target):
        real(source, target)
        damage(target)

    monkeypatch.setattr(copying.shutil, "copyfile", break_it)
    assert refusal(restore, path, copy.name) == "backup_not_sound"
    assert path.read_bytes() == before
    assert sorted(item.name for item in path.parent.iterdir()) == ["kế hoạch-backups", "kế hoạch.skh"]


def test_a_copy_that_differs_from_its_source_is_thrown_away(path, monkeypatch):
    real = copying._facts_of_sound

    def other_counts(at, **how):
        facts = real(at, **how)
        return dataclasses.replace(facts, counts={**facts.counts, "value": 5}) if at.suffix == ".part" else facts

    monkeypatch.setattr(copying, "_facts_of_sound", other_counts)
    assert refusal(backup, path) == "file_damaged"
    assert list(backups_folder(path).iterdir()) == []


def test_a_write_that_was_cut_off_is_put_right_before_the_copy(path, world):
    journal = path.with_name(path.name + "-journal")
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA cache_size = 1")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE value SET note = hex(zeroblob(3000))")
        half = (path.read_bytes(), journal.read_bytes())
        writer.execute("ROLLBACK")
    path.write_bytes(half[0])
    journal.write_bytes(half[1])
    copy = backup(path)
    with closing(open_database(copy.path, read_only=True)) as database:
        assert [value.note for value in database.gateway.list(Value)] == [None] * 6


KILLED = """
import os, signal, sys
from pathlib import Path
from desktop_app.storage import backups
until, steps = int(sys.argv[2]), 0
def step(real):
    def call(*args, **more):
        global steps
        steps += 1
        if steps == until:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **more)
    return call
backups._to_disk = step(backups._to_disk)
backups._facts_of_sound = step(backups._facts_of_sound)
backups.shutil.copyfile = step(backups.shutil.copyfile)
Path.replace = step(Path.replace)
Path.rename = step(Path.rename)
Path.unlink = step(Path.unlink)
backups.restore(Path(sys.argv[1]), sys.argv[3])
print(steps, flush=True)
"""


@pytest.mark.full
def test_a_restore_that_is_killed_leaves_the_old_file_or_the_copy(path, world):
    copy = backup(path)
    change(path, world)
    current = path.read_bytes()

    def run(until):
        command = [sys.executable, "-c", KILLED, str(path), str(until), copy.name]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    done = run(0)
    assert done.returncode == 0, done.stderr
    for until in range(1, int(done.stdout) + 1):
        path.write_bytes(current)
        assert run(until).returncode == -9
        assert amount(path, world) in {1, 50}
        assert all(item.proved for item in list_backups(path))


def test_a_file_that_a_reader_has_open_is_not_replaced_where_the_system_forbids_it(path, world, monkeypatch):
    copy = backup(path)
    change(path, world)
    before = path.read_bytes()

    def denied(*_):
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", denied)
    assert refusal(restore, path, copy.name) == "file_busy"
    assert path.read_bytes() == before


def test_a_link_stays_a_link(path, world, tmp_path):
    link = tmp_path / "bàn làm việc.skh"
    link.symlink_to(path)
    copy = backup(link)
    assert copy.path.parent == backups_folder(path)
    change(path, world)
    restore(link, copy.name)
    assert link.is_symlink()
    assert amount(path, world) == 1
