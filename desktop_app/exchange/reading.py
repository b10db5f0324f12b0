"""Reading a batch of untrusted workbooks through the limited child process (:mod:`desktop_app.exchange.reader`).

One child, or two for a large batch, reads everything. When one ends early, or takes too long, only the file that it was
reading is refused, and a new child goes on with the next one. Children work ahead while the caller deals with what they have
answered.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.exchange.forms_in import ReturnedForm, Table
from desktop_app.exchange.found_files import FoundFile
from desktop_app.exchange.reader import read_frame, write_frame

SECONDS_PER_FILE = 15.0
"""Wall clock that one file may take before its child is ended."""
_TWO_CHILDREN_FROM = 40
"""Files from which on a second child pays for its start."""
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
    refused: tuple[str, dict[str, str | int]] | None = None


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
    """
    waiting = list(files)
    count = 2 if len(waiting) >= _TWO_CHILDREN_FROM and (os.cpu_count() or 1) > 1 else 1
    lanes = [_Lane(waiting[number::count], command or child_command(), seconds) for number in range(count)]
    try:
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
            return _result(file, answer)
        code = "reader_too_slow" if self._child.was_too_slow else "reader_died"
        self._child.end()
        self._start()
        return ReadFile(file, refused=(code, {}))

    def end(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.end()


def _result(file: FoundFile, answer: dict[str, Any]) -> ReadFile:
    if "refused" in answer:
        return ReadFile(file, refused=(str(answer["refused"]), dict(answer["params"])))
    found = dict(answer["form"])
    found["tables"] = [Table(**table) for table in found["tables"]]
    return ReadFile(file, form=ReturnedForm(**found))


class _Child:
    """One child process, the thread that feeds it and the thread that watches the clock."""

    def __init__(self, command: Sequence[str], files: Sequence[FoundFile]) -> None:
        self.was_too_slow = False
        package_parent = str(Path(__file__).resolve().parents[2])
        search_path = os.pathsep.join(filter(None, (package_parent, os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": search_path},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
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
            for file in files:
                write_frame(stdin, file.name.encode())
                write_frame(stdin, file.content)
                stdin.flush()
            stdin.close()
        except (OSError, ValueError):
            return  # the child has ended; whoever waits for its answer finds out

    def next(self, seconds: float) -> dict[str, Any] | None:
        """Return the next answer; None when the child ended, or was ended because it took too long."""
        assert self._process.stdout is not None  # noqa: S101 - a pipe was asked for
        self._deadline = time.monotonic() + seconds
        frame = read_frame(self._process.stdout)
        self._deadline = None
        if frame is None:
            return None
        try:
            answer: dict[str, Any] = json.loads(frame)
        except ValueError:
            return None
        return answer

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
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue  # what could not be flushed has no reader any more
