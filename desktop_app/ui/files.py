"""Opening, making and copying data files from the window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QDropEvent

from desktop_app.domain.issues import UserError
from desktop_app.services.session import Session
from desktop_app.text.catalogue import Catalogue
from desktop_app.ui.jobs import JobContext, JobRunner
from desktop_app.ui.prompts import Prompts
from desktop_app.ui.widgets.choices import Choice

SUFFIX = ".skh"


def dropped_paths(event: QDropEvent) -> list[Path]:
    """Return the files and folders that were dropped; nothing where it is one data file, which is opened instead."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [] if len(paths) == 1 and paths[0].suffix.lower() == SUFFIX else paths


class FileDoor(QObject):
    """Asks for files and opens them; lives on the main thread.

    Signals:
        opened: a :class:`Session` that this window now holds.
        refused: a :class:`UserError`, and the path where the file can be opened for reading all the same, else None.
    """

    opened = Signal(object)
    refused = Signal(object, object)

    def __init__(self, prompts: Prompts, jobs: JobRunner, catalogue: Catalogue, parent: QObject) -> None:
        super().__init__(parent)
        self._prompts = prompts
        self._jobs = jobs
        self._catalogue = catalogue

    def ask_open(self) -> None:
        """Ask for a data file and open it."""
        _ = self._catalogue
        path = self._prompts.open_file(_("Open a file"), self._pattern())
        if path is not None:
            self.open(path)

    def ask_new(self, sample: str) -> None:
        """Ask where the new file shall be, make it in the background and open it.

        Args:
            sample: name of a sample; "" for a file with the catalogue alone.
        """
        _ = self._catalogue
        path = self._prompts.save_file(_("New file"), Path("so-ke-hoach.skh"), self._pattern())
        if path is None:
            return
        wanted = path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX)
        job = self._jobs.start(_("Making the file"), partial(_make, wanted, sample))
        job.finished.connect(self.open)
        job.failed.connect(self._failed)

    def open(self, path: Path) -> None:
        """Open a data file and hold it for this window; what can only be read is offered for reading."""
        try:
            session = Session.open(path)
            try:
                session.database.hold()
            except UserError as error:
                session.close()
                self.refused.emit(error, path)
                return
        except UserError as error:
            self.refused.emit(error, None)
        else:
            self.opened.emit(session)

    def open_for_reading(self, path: Path) -> None:
        """Open a data file that somebody else holds, or that cannot be written."""
        try:
            self.opened.emit(Session.open(path, read_only=True))
        except UserError as error:
            self.refused.emit(error, None)

    def back_up(self, path: Path, done: Callable[[str], None]) -> None:
        """Make a proven copy in the background."""
        _ = self._catalogue
        job = self._jobs.start(_("Making a backup copy"), partial(_copy, path))
        job.finished.connect(done)
        job.failed.connect(self._failed)

    def tell_backup(self, path: Path, tell: Callable[[str], None]) -> None:
        """Find out in the background when the last proven copy was made, and tell it as a sentence."""
        job = self._jobs.start("", partial(_last_copy, path), quiet=True)
        job.finished.connect(lambda at: tell(self._backup_sentence(at)))
        job.failed.connect(self._failed)

    def _backup_sentence(self, at: datetime | None) -> str:
        _ = self._catalogue
        if at is None:
            return _("No proven backup yet")
        return _("Last proven backup: {time}", time=at.astimezone().strftime("%H:%M %d/%m/%Y"))

    def _pattern(self) -> str:
        _ = self._catalogue
        return _("Data files of Sổ Kế hoạch (*.skh)")

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.refused.emit(error, None)


def sample_choices(catalogue: Catalogue) -> list[Choice]:
    """Return what a new file can be made from."""
    from desktop_app import library  # noqa: PLC0415

    _ = catalogue
    found = [Choice(item.name, item.title) for item in library.samples()]
    return [*found, Choice("", _("Empty: the catalogue of figures and indicators alone"))]


def _make(path: Path, sample: str, _context: JobContext) -> Path:
    """Make a file; runs on the worker's thread."""
    from desktop_app.services.setup import create_file  # noqa: PLC0415

    create_file(path, sample=sample or None).close()
    return path


def _copy(path: Path, _context: JobContext) -> str:
    """Make a proven copy and return its name; runs on the worker's thread."""
    from desktop_app.services.backups import make_backup  # noqa: PLC0415

    return make_backup(path).name


def _last_copy(path: Path, _context: JobContext) -> datetime | None:
    """Return when the newest proven copy was made; runs on the worker's thread."""
    from desktop_app.services.backups import list_backups  # noqa: PLC0415

    return next((copy.at for copy in list_backups(path) if copy.proved), None)
