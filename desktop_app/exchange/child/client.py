"""Reading a batch of untrusted workbooks through the limited child process (:mod:`desktop_app.exchange.child.server`).

One child, or two for a large batch, reads everything. When one ends early, or takes too long, only the file that it was
reading is refused, and a new child goes on with the next one. Children work ahead while the caller deals with what they have
answered.
"""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.domain.issues import UserError
from desktop_app.exchange.child.limits import Job, confine
from desktop_app.exchange.child.replies import Malformed, Refusal, parse_answer
from desktop_app.exchange.child.server import MAX_ANSWER_BYTES, read_frame, write_frame
from desktop_app.exchange.recognising.returned import ReturnedForm
from desktop_app.exchange.scanning.found_files import FoundFile

SECONDS_PER_FILE = 10.0
"""Wall clock that one file may take before its child is ended; its processor time is limited to far less."""
_SECONDS_TO_START = 20.0
"""What the first answer of a child may take besides: a virus scanner may look at the whole program first."""
_TWO_CHILDREN_FROM = 40
"""Files from which on a second child pays for its start."""
_PARCEL_BYTES = 500_000
_WATCH_EVERY = 0.2
"""Seconds between two looks at the clock."""


@dataclass(frozen=True)
class ReadFile:
    """What became of one file.

    Attributes:
        file: the file with its bytes.
        form: what was recognised; None where the file is refused.
        refused: code and parameters of the issue that says why; None where it was recognised.
    """

    file: FoundFile
    form: ReturnedForm | None = None
    refused: Refusal | None = None


def child_command() -> list[str]:
    """Return the command that starts the child: this program's own ``_read``."""
    if getattr(sys, "frozen", False):
        here = Path(sys.executable)
        console = here.with_name("sokehoach" + here.suffix)
        return [str(console if console.exists() else here), "_read"]
    return [sys.executable, "-m", "desktop_app", "_read"]


def read_files(
    files: Iterable[FoundFile], *, command: Sequence[str] | None = None, seconds: float = SECONDS_PER_FILE
) -> Generator[ReadFile]:
    """Read files, in their order.

    Args:
        files: what to read; refused ones are passed on as they are.
        command: what to start as the child; None for the program's own.
        seconds: wall clock for one file.

    Raises:
        UserError: the system does not start the child.
    """
    waiting = list(files)
    count = 2 if len(waiting) >= _TWO_CHILDREN_FROM and (os.cpu_count() or 1) > 1 else 1
    lanes: list[_Lane] = []
    try:
        # one after the other, so that the first is ended too where the second does not start
        lanes.extend(_Lane(waiting[number::count], command or child_command(), seconds) for number in range(count))
        for number in range(len(waiting)):
            yield lanes[number % count].next()
    finally:
        for lane in lanes:
            lane.end()


class _Lane:
    """Some of the files of a batch, read one after the other by one child at a time."""

    def __init__(self, files: Sequence[FoundFile], command: Sequence[str], seconds: float) -> None:
        self._waiting = deque(files)
        self._command = command
        self._seconds = seconds
        self._child: _Child | None = None
        self._start()

    def _start(self) -> None:
        readable = [file for file in self._waiting if file.refused is None]
        self._child = _Child(self._command, readable) if readable else None

    def next(self) -> ReadFile:
        """Return what became of the next file."""
        file = self._waiting.popleft()
        if file.refused is not None or self._child is None:
            return ReadFile(file, refused=file.refused)
        answer = self._child.next(self._seconds)
        if answer is not None:
            form, refused, retires = answer
            if retires:
                self._child.end()
                self._start()
            return ReadFile(file, form, refused)
        code = "reader_too_slow" if self._child.was_too_slow else "reader_died"
        self._child.end()
        self._start()
        return ReadFile(file, refused=(code, {}))

    def end(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.end()


def _parcels(files: Iterable[FoundFile]) -> Iterator[bytes]:
    """Give the requests for files in large pieces.

    While one is on its way the feeding thread needs nothing of the interpreter, which deals with answers meanwhile; fed file
    by file, a child often waits for its next one.
    """
    parcel = io.BytesIO()
    for file in files:
        write_frame(parcel, file.name.encode())
        write_frame(parcel, file.content)
        if parcel.tell() >= _PARCEL_BYTES:
            yield parcel.getvalue()
            parcel = io.BytesIO()
    yield parcel.getvalue()


class _Child:
    """One child process, the thread that feeds it and the thread that watches the clock."""

    def __init__(self, command: Sequence[str], files: Sequence[FoundFile]) -> None:
        self.was_too_slow = False
        package_parent = str(Path(__file__).resolve().parents[3])
        search_path = os.pathsep.join(filter(None, (package_parent, os.environ.get("PYTHONPATH"))))
        try:
            self._process = subprocess.Popen(
                list(command),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                # a library that ran out of memory would otherwise look for its own traces, and wait for ever
                env={**os.environ, "PYTHONPATH": search_path, "RUST_BACKTRACE": "0"},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:  # the program was taken away, or a virus scanner lets nothing start it
            reason = error.strerror or str(error)
            raise UserError("reader_not_started", program=command[0], reason=reason) from error
        self._job: Job | None = None
        try:
            self._job = confine(self._process.pid)
        except OSError:
            self._process.kill()  # without limits it must not open anything
        self._is_new = True
        self._feeder = threading.Thread(target=self._feed, args=(tuple(files),), daemon=True)
        self._feeder.start()
        self._deadline: float | None = None
        self._ended = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def _feed(self, files: tuple[FoundFile, ...]) -> None:
        stdin = self._process.stdin
        assert stdin is not None  # noqa: S101 - a pipe was asked for
        try:
            for parcel in _parcels(files):
                stdin.write(parcel)
                stdin.flush()
            stdin.close()
        except (OSError, ValueError):
            return  # the child has ended; whoever waits for its answer finds out

    def next(self, seconds: float) -> tuple[ReturnedForm | None, Refusal | None, bool] | None:
        """Return the next answer; None when the child ended, took too long, or said what no child of ours says."""
        assert self._process.stdout is not None  # noqa: S101 - a pipe was asked for
        self._deadline = time.monotonic() + seconds + (_SECONDS_TO_START if self._is_new else 0)
        frame = read_frame(self._process.stdout, MAX_ANSWER_BYTES)
        self._deadline = None
        self._is_new = False
        if frame is None:
            self.was_too_slow = self.was_too_slow or self._used_up_its_time()
            return None
        try:
            return parse_answer(frame)
        except Malformed:
            return None

    def _used_up_its_time(self) -> bool:
        """Say whether the system ended the child for its processor time."""
        try:
            code = self._process.wait(_WATCH_EVERY)
        except subprocess.TimeoutExpired:
            return False
        return code == -getattr(signal, "SIGPROF", 0) != 0

    def _watch(self) -> None:
        """End the child when an answer is overdue."""
        while not self._ended.wait(_WATCH_EVERY):
            deadline = self._deadline
            if deadline is not None and time.monotonic() > deadline:
                self.was_too_slow = True
                self._process.kill()
                return

    def end(self) -> None:
        """End the child, whatever it is doing, and wait for it."""
        self._ended.set()
        self._process.kill()
        self._process.wait()
        self._feeder.join()
        self._watcher.join()
        if self._job is not None:
            self._job.close()
        for stream in filter(None, (self._process.stdin, self._process.stdout)):
            try:
                stream.close()
            except OSError:
                continue  # what could not be flushed has no reader any more
