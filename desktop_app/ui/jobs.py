"""Long work outside the main thread: a Qt-free callable runs in a pool of one thread and reports by signals."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal


class Cancelled(Exception):  # noqa: N818 - it is an ending, not an error
    """The user cancelled; raised inside the work by :meth:`JobContext.progress`, so that an open operation rolls back."""


class JobContext:
    """What the work is given; used on the worker's thread only."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Say how far the work is; ``total`` 0 means unknown.

        Raises:
            Cancelled: the user asked to stop.
        """
        if self._job.stop.is_set():
            raise Cancelled
        self._job.outcome.came.emit("progressed", (done, total, text))


class Job(QObject):
    """One piece of work under way; lives on the main thread until its last signal has been delivered.

    Signals:
        progressed: done, total, text.
        finished: the result.
        failed: the exception; never a :class:`Cancelled`.
        cancelled: the work stopped because the user asked.
        ended: after any of the three.
    """

    progressed = Signal(int, int, str)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(self, title: str, parent: QObject) -> None:
        super().__init__(parent)
        self.title = title
        self.stop = threading.Event()
        self.outcome = _Outcome(self)
        self.work: _Work | None = None  # Python must keep it: the pool does not, while it waits for a thread

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self.stop.set()


class _Outcome(QObject):
    """Carries what the work says from its thread to the main thread, where the job's own signals are sent."""

    came = Signal(str, object)

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._job = job
        self.came.connect(self._deliver)

    def _deliver(self, kind: str, payload: object) -> None:
        job = self._job
        if kind == "progressed":
            job.progressed.emit(*payload)  # type: ignore[misc]
            return
        try:
            if kind == "finished":
                job.finished.emit(payload)
            elif kind == "cancelled":
                job.cancelled.emit()
            else:
                job.failed.emit(payload)
        finally:
            job.ended.emit()


class _Work(QRunnable):
    """The worker's side; knows the job only to send signals, which Qt queues to the main thread."""

    def __init__(self, job: Job, work: Callable[[JobContext], Any]) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._job = job
        self._work = work

    def run(self) -> None:
        try:
            result = self._work(JobContext(self._job))
        except Cancelled:
            self._job.outcome.came.emit("cancelled", None)
        except BaseException as error:  # noqa: BLE001 - every ending must reach the main thread
            self._job.outcome.came.emit("failed", error)
        else:
            self._job.outcome.came.emit("finished", result)


class JobRunner(QObject):
    """Runs jobs one after the other; lives on the main thread.

    Signals:
        started: a job was put in the queue.
    """

    started = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._running: list[Job] = []

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
        job = Job(title, self)
        self._running.append(job)
        job.ended.connect(lambda: self._forget(job))
        if not quiet:
            self.started.emit(job)
        job.work = _Work(job, work)
        self._pool.start(job.work)
        return job

    def cancel_all(self) -> None:
        """Ask every job to stop and wait until they have."""
        for job in self._running:
            job.cancel()
        self._pool.waitForDone()

    def _forget(self, job: Job) -> None:
        if job in self._running:
            self._running.remove(job)
            job.deleteLater()
