"""The limited child: it reads batches, and when it dies only the file that it was reading is refused."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from desktop_app.domain.error_codes import ExitCode
from desktop_app.domain.issues import UserError
from desktop_app.exchange.child import client
from desktop_app.exchange.child.client import child_command, read_files
from desktop_app.exchange.child.server import answer, read_frame, serve, write_frame
from desktop_app.exchange.content import WorkbookContent
from desktop_app.exchange.scanning.found_files import FoundFile
from desktop_app.exchange.writing.forms import FormWriter
from desktop_app.text.catalogue import Catalogue, Language

ABORTING_CHILD = """
import os, sys, time
from desktop_app.exchange.child.server import read_frame, write_frame, answer
import json
while True:
    name = read_frame(sys.stdin.buffer)
    content = read_frame(sys.stdin.buffer)
    if content is None:
        break
    if content == b"abort":
        os.abort()
    if content == b"sleep":
        time.sleep(60)
    if content == b"babble":
        write_frame(sys.stdout.buffer, b"no json")
    else:
        write_frame(sys.stdout.buffer, json.dumps(answer(content), default=vars).encode())
    sys.stdout.buffer.flush()
"""


@pytest.fixture
def whole(content: WorkbookContent, key: str) -> bytes:
    return FormWriter(key).workbook(content, "{}")


def test_a_batch_is_read_in_its_order(whole: bytes) -> None:
    files = [
        FoundFile("a.xlsx", whole),
        FoundFile("b.txt", b"text"),
        FoundFile("c.xlsx", refused=("file_too_large", {"megabytes": 30})),
        FoundFile("d.xlsx", whole),
    ]
    found = list(read_files(files))
    assert [item.file.name for item in found] == ["a.xlsx", "b.txt", "c.xlsx", "d.xlsx"]
    assert [item.refused[0] if item.refused else "" for item in found] == ["", "not_a_workbook", "file_too_large", ""]
    form = found[3].form
    assert form is not None
    assert (form.identity["unit"], form.source) == ("SXD", "meta")
    assert [table.kind for table in form.tables] == ["Số liệu", "Hệ thống", "Nhiệm vụ"]


@pytest.mark.parametrize(
    ("hostile", "code"), [(b"abort", "reader_died"), (b"babble", "reader_died"), (b"sleep", "reader_too_slow")]
)
def test_a_file_that_ends_the_child_is_the_only_one_refused(whole: bytes, hostile: bytes, code: str) -> None:
    files = [
        FoundFile("1", whole),
        FoundFile("2", hostile),
        FoundFile("3", whole),
        FoundFile("4", hostile),
        FoundFile("5", whole),
    ]
    command = [sys.executable, "-c", ABORTING_CHILD]
    found = list(read_files(files, command=command, seconds=1.5))
    assert [item.refused[0] if item.refused else "" for item in found] == ["", code, "", code, ""]


def test_a_child_that_never_starts_refuses_every_file(whole: bytes) -> None:
    found = list(
        read_files([FoundFile("1", whole), FoundFile("2", whole)], command=[sys.executable, "-c", "raise SystemExit(1)"])
    )
    assert [item.refused for item in found] == [("reader_died", {}), ("reader_died", {})]


def test_a_child_that_the_system_does_not_start_is_told_of_the_computer(whole: bytes, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        list(read_files([FoundFile("1", whole)], command=[str(tmp_path / "quarantined.exe"), "_read"]))
    assert caught.value.code == "reader_not_started"
    assert caught.value.exit_code is ExitCode.ENVIRONMENT
    assert str(tmp_path / "quarantined.exe") in caught.value.text(Catalogue(Language.EN))


def test_large_batches_do_not_block(whole: bytes) -> None:
    """Requests and answers are larger together than any pipe holds."""
    big = FoundFile("big", b"PK" + bytes(3_000_000))
    found = list(read_files([big, FoundFile("a", whole)] * 4))
    assert [item.refused is None for item in found] == [False, True] * 4


def test_stopping_early_ends_the_child(whole: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    def start(*args: Any, **kwargs: Any) -> subprocess.Popen[bytes]:
        started.append(whole_popen(*args, **kwargs))
        return started[-1]

    whole_popen = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", start)
    reading = read_files([FoundFile(str(number), whole) for number in range(20)])
    next(reading)
    assert [child.poll() for child in started] == [None]
    reading.close()
    assert [child.poll() is None for child in started] == [False]


def test_the_child_is_this_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert child_command() == [sys.executable, "-m", "desktop_app", "_read"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "sokehoachw.exe"))
    assert child_command() == [str(tmp_path / "sokehoachw.exe"), "_read"]
    (tmp_path / "sokehoach.exe").write_bytes(b"")
    assert child_command() == [str(tmp_path / "sokehoach.exe"), "_read"]


def test_frames() -> None:
    stream = io.BytesIO()
    write_frame(stream, b"abc")
    write_frame(stream, b"")
    stream.seek(0)
    assert [read_frame(stream), read_frame(stream), read_frame(stream)] == [b"abc", b"", None]
    assert read_frame(io.BytesIO(b"\x00\x00\x00\x05ab")) is None


def test_serving_without_a_process(whole: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in ("limit_memory", "limit_next_file"):
        monkeypatch.setattr(f"desktop_app.exchange.child.server.{limit}", lambda: None)
    monkeypatch.setattr("gc.disable", lambda: None)
    monkeypatch.setattr("desktop_app.exchange.child.server.resident_bytes", lambda: 0)  # the tests hold more than any child
    requests, answers = io.BytesIO(), io.BytesIO()
    for part in (b"a.xlsx", whole, b"b", b"text"):
        write_frame(requests, part)
    requests.seek(0)
    serve(requests, answers)
    answers.seek(0)
    first, second = read_frame(answers), read_frame(answers)
    assert json.loads(first)["form"]["identity"]["unit"] == "SXD"
    assert json.loads(second) == {"refused": "not_a_workbook", "params": {}}


def test_a_workbook_that_calamine_cannot_read_is_damaged() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook>")
    assert answer(buffer.getvalue()) == {"refused": "file_damaged", "params": {}}


def test_a_child_that_cannot_be_limited_opens_nothing(whole: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_pid: int) -> None:
        raise OSError

    monkeypatch.setattr(client, "confine", refuse)
    found = list(read_files([FoundFile("1", whole), FoundFile("2", whole)]))
    assert [item.refused for item in found] == [("reader_died", {})] * 2


def test_the_limits_of_a_child_end_with_it(whole: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[int] = []
    monkeypatch.setattr(client, "confine", lambda _pid: SimpleNamespace(close=lambda: closed.append(1)))
    assert [item.refused for item in read_files([FoundFile("1", whole)])] == [None]
    assert closed == [1]


def test_a_child_that_ended_before_it_was_asked_is_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was meant for it can neither be written nor flushed when its streams are closed."""

    def start(*args: Any, **kwargs: Any) -> subprocess.Popen[bytes]:
        child = whole_popen(*args, **kwargs)
        child.wait()
        return child

    whole_popen = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", start)
    found = read_files([FoundFile("1", b"x"), FoundFile("2", b"y")], command=[sys.executable, "-c", "raise SystemExit(1)"])
    assert [item.refused for item in found] == [("reader_died", {})] * 2
