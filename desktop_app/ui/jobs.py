"""Long work outside the main thread: a Qt-free callable runs on the one worker thread and reports by signals.

The thread is Python's own pool: a ``QRunnable`` would need its wrapper kept until Qt has left it. Jobs have no Qt parent and
are never given to ``deleteLater``: PySide crashes when both their parent and their own deletion are due.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal


class Cancelled(Exception):  # noqa: N818 - it is an ending, not an error
    """The user cancelled; raised inside the work by :meth:`JobContext.progress`, so that an open operation rolls back."""


class _Relay(QObject):
    """Carries what the work says from its thread to the main thread, where it was made."""

    came = Signal(str, object)


class JobContext:
    """What the work is given; used on the worker's thread only."""

    def __init__(self, relay: _Relay, stop: threading.Event) -> None:
        self._relay = relay
        self._stop = stop

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Say how far the work is; ``total`` 0 means unknown.

        Raises:
            Cancelled: the user asked to stop.
        """
        if self._stop.is_set():
            raise Cancelled
        self._relay.came.emit("progressed", (done, total, text))

    def tell(self, part: object) -> None:
        """Hand over a part of the result that can be shown already."""
        self._relay.came.emit("told", part)


class Job(QObject):
    """One piece of work under way; lives on the main thread until its last signal has been delivered there.

    Signals:
        progressed: done, total, text.
        told: a part of the result, before all of it is there.
        finished: the result.
        failed: the exception; never a :class:`Cancelled`.
        cancelled: the work stopped because the user asked.
        ended: after any of the three.
    """

    progressed = Signal(int, int, str)
    told = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.stop = threading.Event()
        self.relay = _Relay(self)
        self.relay.came.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self.stop.set()

    def _deliver(self, kind: str, payload: Any) -> None:
        if kind == "progressed":
            self.progressed.emit(*payload)
            return
        if kind == "told":
            self.told.emit(payload)
            return
        try:
            if kind == "finished":
                self.finished.emit(payload)
            elif kind == "cancelled":
                self.cancelled.emit()
            else:
                self.failed.emit(payload)
        finally:
            self.ended.emit()


class JobRunner(QObject):
    """Runs jobs one after the other; lives on the main thread.

    Signals:
        started: a job was put in the queue.
    """

    started = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")
        self._running: list[Job] = []
        self._ended: list[Job] = []

    @property
    def busy(self) -> bool:
        """Whether any job has not ended."""
        return bool(self._running)

    def start(self, title: str, work: Callable[[JobContext], Any], *, quiet: bool = False) -> Job:
        """Queue work and return its job at once, before any of its signals.

        Args:
            title: what the status bar shows.
            work: a callable without Qt; it opens what it needs on its own thread.
            quiet: do not announce the job (short reading that shows its own sign).
        """
        self._ended.clear()
        job = Job(title)
        self._running.append(job)
        job.ended.connect(lambda: self._forget(job))
        if not quiet:
            self.started.emit(job)
        self._pool.submit(_run, work, job.relay, job.stop)
        return job

    def cancel_all(self) -> None:
        """Ask every job to stop and wait until they have; their endings are delivered afterwards."""
        for job in self._running:
            job.cancel()
        self._pool.submit(lambda: None).result()

    def _forget(self, job: Job) -> None:
        if job in self._running:
            self._running.remove(job)
            self._ended.append(job)  # it is still sending its last signal; the next start lets it go


def _run(work: Callable[[JobContext], Any], relay: _Relay, stop: threading.Event) -> None:
    """Do the work and send its ending; runs on the worker's thread."""
    try:
        result = work(JobContext(relay, stop))
    except Cancelled:
        relay.came.emit("cancelled", None)
    except BaseException as error:  # noqa: BLE001 - every ending must reach the main thread
        relay.came.emit("failed", error)
    else:
        relay.came.emit("finished", result)
