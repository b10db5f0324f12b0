"""The few places where the window asks with a box of its own: choosing files and irreversible steps."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from desktop_app.text.catalogue import Catalogue


class Prompts(Protocol):
    """What pages may ask; tests give answers of their own."""

    def open_file(self, title: str, pattern: str) -> Path | None:
        """Ask for an existing file; None when the user changes their mind."""

    def open_files(self, title: str, pattern: str, start: Path | None = None) -> list[Path]:
        """Ask for existing files, first in a folder; None for the one used last."""

    def folder(self, title: str, start: Path | None = None) -> Path | None:
        """Ask for a folder, first in another one; None for the one used last."""

    def save_file(self, title: str, suggestion: Path, pattern: str) -> Path | None:
        """Ask where to write a file; the dialog asks before an existing one is replaced."""

    def confirm(self, title: str, text: str, verb: str) -> bool:
        """Ask before an irreversible step; ``verb`` stands on the button that does it."""


class QtPrompts:
    """The real dialogs, children of the window."""

    def __init__(self, window: QWidget, catalogue: Catalogue) -> None:
        self._window = window
        self._catalogue = catalogue
        self._last = str(Path.home())

    def open_file(self, title: str, pattern: str) -> Path | None:
        """Ask for an existing file."""
        return self._kept(QFileDialog.getOpenFileName(self._window, title, self._last, pattern)[0])

    def open_files(self, title: str, pattern: str, start: Path | None = None) -> list[Path]:
        """Ask for existing files, first in a folder; None for the one used last."""
        names = QFileDialog.getOpenFileNames(self._window, title, str(start or self._last), pattern)[0]
        for name in names[:1]:
            self._kept(name)
        return [Path(name) for name in names]

    def folder(self, title: str, start: Path | None = None) -> Path | None:
        """Ask for a folder, first in another one; None for the one used last."""
        return self._kept(QFileDialog.getExistingDirectory(self._window, title, str(start or self._last)))

    def save_file(self, title: str, suggestion: Path, pattern: str) -> Path | None:
        """Ask where to write a file."""
        start = suggestion if suggestion.is_absolute() else Path(self._last) / suggestion
        return self._kept(QFileDialog.getSaveFileName(self._window, title, str(start), pattern)[0])

    def confirm(self, title: str, text: str, verb: str) -> bool:
        """Ask before an irreversible step."""
        _ = self._catalogue
        box = QMessageBox(QMessageBox.Icon.Warning, title, text, QMessageBox.StandardButton.NoButton, self._window)
        go = box.addButton(verb, QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(_("Leave as it is"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        return box.clickedButton() is go

    def _kept(self, name: str) -> Path | None:
        if not name:
            return None
        path = Path(name)
        self._last = str(path if path.is_dir() else path.parent)
        return path
