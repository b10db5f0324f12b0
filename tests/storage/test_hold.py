"""One writer at a time: the others are told who and since when, and a crash leaves nothing to clean up."""

from __future__ import annotations

import fcntl
import json
import os
import re
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from desktop_app.domain.issues import UserError
from desktop_app.storage import hold as holds
from desktop_app.storage.database import open_database
from tests.storage.world import operate

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import sys
from pathlib import Path
from desktop_app.storage.database import open_database
from tests.storage.world import operate
database = open_database(Path(sys.argv[1]), holder="Nguyễn Thị Lan")
if sys.argv[2] == "window":
    database.hold()
    print("held", flush=True)
    sys.stdin.read()
else:
    with operate(database) as operation:
        print("held", flush=True)
        sys.stdin.read()
database.close()
"""


@contextmanager
def another_process(path, how):
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path), how], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout.readline() == "held\n"
        yield child
    finally:
        child.stdin.close()
        child.stdout.close()
        child.wait()


def names(path):
    return sorted(item.name for item in path.parent.iterdir())


def test_a_second_window_is_told_who_holds_the_file_since_when(path, english, world):
    with another_process(path, "window"):
        before = path.read_bytes()
        database = open_database(path, holder="Minh")
        for write in (database.hold, lambda: operate(database)):
            with pytest.raises(UserError) as refusal:
                write()
            assert refusal.value.code == "file_in_use"
            assert refusal.value.exit_code == 3
            said = r"“kế hoạch.skh” has been open for writing by Nguyễn Thị Lan since \d\d:\d\d \d\d/\d\d/\d{4}; .*"
            assert re.fullmatch(said, refusal.value.text(english))
        assert len(database.gateway.list(type(world.units[0]))) == 3, "reading is allowed"
        assert path.read_bytes() == before
        database.close()
    database = open_database(path)
    database.hold()
    database.close()
    assert names(path) == [path.name]


def test_a_holder_that_was_killed_holds_nothing(path, world):
    with another_process(path, "window") as child:
        child.kill()
        child.wait()
        assert holds.lock_path(path).exists()
        with closing(open_database(path)) as database:
            database.hold()
            with operate(database) as operation:
                operation.save(world.value(0, 0, 50))
    assert names(path) == [path.name]


def test_a_command_that_writes_is_waited_for(path, monkeypatch):
    database = open_database(path)
    with another_process(path, "run") as child:
        waits = []

        def end_after_three(seconds):
            waits.append(seconds)
            if len(waits) == 3:
                child.stdin.close()
                child.wait()

        monkeypatch.setattr(holds.time, "sleep", end_after_three)
        with operate(database) as operation:
            assert operation.id is None
    assert len(waits) == 3
    database.close()


def test_patience_ends(path, monkeypatch):
    monkeypatch.setattr(holds, "PATIENCE_S", 0.05)
    with another_process(path, "run"), closing(open_database(path)) as database:
        with pytest.raises(UserError) as refusal:
            operate(database)
        assert refusal.value.code == "file_in_use"


def test_connections_of_one_process_share_its_hold(path, world):
    window, job = open_database(path, holder="Lan"), open_database(path, holder="Lan")
    window.hold()
    window.hold()
    with operate(job) as operation:
        operation.save(world.value(0, 0, 50))
    with operate(window) as operation:
        operation.save(world.value(0, 0, 51))
    with pytest.raises(UserError) as refusal:
        job.hold()
    assert refusal.value.code == "file_in_use"
    job.close()
    assert holds.lock_path(path).exists()
    window.close()
    window.close()
    assert names(path) == [path.name]


def test_a_file_reached_by_a_link_is_the_same_file(path, tmp_path):
    link = tmp_path / "link.skh"
    link.symlink_to(path)
    with closing(open_database(path)) as window, closing(open_database(link)) as other:
        window.hold()
        with pytest.raises(UserError) as refusal:
            other.hold()
        assert refusal.value.code == "file_in_use"


def locked_by_hand(path, record):
    beside = holds.lock_path(path)
    beside.write_bytes(record)
    descriptor = os.open(beside, os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor


@pytest.mark.parametrize("record", [b"", b"{", b"[]", b'{"name": "x"}', b"\xff"])
def test_a_holder_without_a_readable_name_is_some_other_program(path, monkeypatch, record):
    monkeypatch.setattr(holds, "PATIENCE_S", 0.02)
    monkeypatch.setattr(holds, "_RECORD_PATIENCE_S", 0.02)
    descriptor = locked_by_hand(path, record)
    with pytest.raises(UserError) as refusal:
        holds.take(path, "Minh", window=True)
    assert refusal.value.code == "file_busy"
    os.close(descriptor)


def test_a_name_that_is_written_a_moment_later_is_read(path, monkeypatch):
    descriptor = locked_by_hand(path, b"")
    record = {"name": "Lan", "process": 1, "since": "2026-11-22T08:00:00+00:00", "window": True}
    monkeypatch.setattr(holds.time, "sleep", lambda _s: holds.lock_path(path).write_text(json.dumps(record)))
    with pytest.raises(UserError) as refusal:
        holds.take(path, "Minh", window=True)
    assert refusal.value.params["name"] == "Lan"
    os.close(descriptor)


def test_a_lock_file_deleted_between_opening_and_locking_is_made_anew(path, monkeypatch):
    real, calls = holds._lock, []

    def lock_after_deletion(descriptor, at):
        calls.append(descriptor)
        if len(calls) == 1:
            holds.lock_path(path).unlink()
        if len(calls) == 2:
            holds.lock_path(path).rename(path.with_name("moved"))
            holds.lock_path(path).touch()
        return real(descriptor, at)

    monkeypatch.setattr(holds, "_lock", lock_after_deletion)
    hold = holds.take(path, "Lan", window=True)
    assert len(calls) == 3
    hold.release()
    path.with_name("moved").unlink()
    assert names(path) == [path.name]


def test_a_holder_that_lets_go_while_it_is_asked_for_its_name_is_followed(path, monkeypatch):
    real, calls = holds._lock, []

    def refuse_once(descriptor, at):
        calls.append(descriptor)
        if len(calls) == 1:
            holds.lock_path(path).unlink()
            return False
        return real(descriptor, at)

    monkeypatch.setattr(holds, "_lock", refuse_once)
    monkeypatch.setattr(holds.time, "sleep", lambda _s: None)
    holds.take(path, "Lan", window=True).release()
    assert len(calls) == 2


def test_a_drive_without_locks_is_refused(path, monkeypatch):
    def no_locks(*_):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    with pytest.raises(UserError) as refusal:
        holds.take(path, "Lan", window=True)
    assert refusal.value.code == "drive_without_locks"


def test_a_name_that_cannot_be_written_leaves_no_hold(path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(holds.os, "write", full)
    with pytest.raises(UserError) as refusal:
        holds.take(path, "Lan", window=True)
    assert refusal.value.code == "disk_full"
    assert names(path) == [path.name]


def test_the_time_is_shown_as_the_clock_on_the_wall_shows_it(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")
    time.tzset()
    try:
        assert holds.Holder("Lan", 1, "2026-11-22T18:30:00+00:00", window=True).since_shown() == "01:30 23/11/2026"
    finally:
        monkeypatch.undo()
        time.tzset()
