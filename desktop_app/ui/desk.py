"""What every page is given: the open file, the place looked at, and the parts of the window that all pages share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from desktop_app.domain.issues import UserError
from desktop_app.services import history
from desktop_app.services.session import Session
from desktop_app.text.catalogue import Catalogue
from desktop_app.ui.appearance import Appearance
from desktop_app.ui.jobs import Job, JobContext, JobRunner
from desktop_app.ui.prompts import Prompts
from desktop_app.ui.settings import WindowSettings
from desktop_app.ui.undo import RevertCommand

R = TypeVar("R")
_JUST_NOW = 5
"""How many operations back one that has just been written can be: a collection is followed by what was decided in it."""


@dataclass(frozen=True)
class PlaceLooked:
    """Which plan, period and unit the window looks at; "" where nothing is chosen yet."""

    plan: str = ""
    period: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell of one unit's form."""

    unit: str
    period: str
    element: str


class Desk(QObject):
    """Shared state of one window; lives on the main thread and is owned by the window.

    Signals:
        place_changed: another plan, period or unit is looked at.
        unsaved_changed: something typed or read waits to be saved, or does not any more.
        data_changed: figures were written; pages that show them load again.
        said: sentence and tone (info, warning, error) for the message strip.
        read_back: how the last entry was read, for the status bar.
        asked_page: name of the page to go to.
        asked_new: a new file from a sample is wanted.
    """

    place_changed = Signal()
    data_changed = Signal()
    unsaved_changed = Signal()
    said = Signal(str, str)
    read_back = Signal(str)
    asked_page = Signal(str)
    asked_new = Signal()

    def __init__(
        self,
        session: Session,
        *,
        catalogue: Catalogue,
        appearance: Appearance,
        settings: WindowSettings,
        jobs: JobRunner,
        prompts: Prompts,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.catalogue = catalogue
        self.appearance = appearance
        self.settings = settings
        self.jobs = jobs
        self.prompts = prompts
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(200)
        self.place = PlaceLooked()
        self.default_period = ""  # the period looked at because nobody has chosen one yet
        self.element_wanted = ""

    @property
    def path(self) -> Path:
        """The open data file."""
        return self.session.path

    def look_at(self, *, plan: str | None = None, period: str | None = None, unit: str | None = None) -> None:
        """Look at another place; None leaves that part as it is."""
        wanted = replace(
            self.place,
            plan=self.place.plan if plan is None else plan,
            period=self.place.period if period is None else period,
            unit=self.place.unit if unit is None else unit,
        )
        if wanted != self.place:
            self.place = wanted
            self.place_changed.emit()

    def go_to_cell(self, unit: str, element: str) -> None:
        """Open the entry grid of a unit at one element."""
        self.element_wanted = element
        self.look_at(unit=unit)
        self.asked_page.emit("figures")

    def say(self, sentence: str, tone: str = "info") -> None:
        """Show a sentence in the message strip."""
        self.said.emit(sentence, tone)

    def report(self, error: UserError) -> None:
        """Show a refusal in the user's words."""
        self.say(error.text(self.catalogue), "error")

    def read(self, work: Callable[[Session], R], done: Callable[[R], None], title: str = "") -> Job:
        """Read on the worker's thread with a session of its own, then call ``done`` on the main thread.

        Args:
            work: reads what it needs; it is given a read-only session that is closed afterwards.
            done: shows the result; the page is responsible for ignoring one that came too late.
            title: shown in the status bar; "" for reading that is over in a moment.
        """
        path, actor = self.path, self.session.actor

        def reading(_context: JobContext) -> R:
            session = Session.open(path, actor, read_only=True)
            try:
                return work(session)
            finally:
                session.close()

        job = self.jobs.start(title, reading, quiet=not title)
        job.finished.connect(done)
        job.failed.connect(self.failed)
        return job

    def write(self, work: Callable[[Session, JobContext], R], done: Callable[[R], None], title: str) -> Job:
        """Do long work that may write on the worker's thread, with progress and cancel, then call ``done`` here.

        The worker's session shares this window's hold on the file, so that there is still one writer.
        """
        path, actor = self.path, self.session.actor

        def working(context: JobContext) -> R:
            session = Session.open(path, actor)
            try:
                return work(session, context)
            finally:
                session.close()

        job = self.jobs.start(title, working)
        job.finished.connect(done)
        job.failed.connect(self.failed)
        job.cancelled.connect(self._cancelled)
        return job

    def save_bytes(self, name: str, content: bytes) -> None:
        """Ask where a kept file shall be written, and write it as it came."""
        _ = self.catalogue
        path = self.prompts.save_file(_("Save the returned file"), Path(name), "")
        if path is None:
            return
        try:
            path.write_bytes(content)
        except OSError as error:
            self.say(_("The file could not be written: {reason}", reason=error.strerror or str(error)), "error")
        else:
            self.say(_("Saved as {file}", file=str(path)))

    def _cancelled(self) -> None:
        _ = self.catalogue
        self.say(_("Stopped; nothing was changed."))

    def failed(self, error: Exception) -> None:
        """Tell what stopped a job: a refusal in the user's words; a bug goes on to the program's bug report."""
        if not isinstance(error, UserError):
            raise error
        self.report(error)

    def happened(self, operation_id: int, cell: Cell | None = None) -> None:
        """Tell that an operation was written: it can be undone by its name, and other pages are out of date.

        Args:
            operation_id: the operation.
            cell: where it happened, to go back to when it is undone; None where it was no single cell.
        """
        newest = history.list_operations(self.session, limit=_JUST_NOW)
        record = next(item for item in newest if item.id == operation_id)
        name = history.title(self.session, self.catalogue, record)
        self.undo_stack.push(RevertCommand(name, operation_id, partial(self._revert, cell), self.report))
        self.data_changed.emit()

    def _revert(self, cell: Cell | None, operation_id: int) -> int:
        undone = history.undo(self.session, operation_id)
        if cell is not None:  # the sentence comes after the move, which would hide it
            self.element_wanted = cell.element
            self.look_at(unit=cell.unit, period=cell.period)
        self.data_changed.emit()
        self.say(history.title(self.session, self.catalogue, undone))
        return undone.id
