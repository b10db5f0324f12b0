"""The application: started by ``__main__``, one window, bugs told with their details."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop_app.text.catalogue import Catalogue, Language
from desktop_app.ui.appearance import Appearance
from desktop_app.ui.prompts import Prompts
from desktop_app.ui.qtwords import QtWords
from desktop_app.ui.settings import WindowSettings
from desktop_app.ui.window import MainWindow


class Program:
    """The parts that live as long as the application: settings, appearance and the window, which a new language rebuilds."""

    def __init__(
        self, app: QApplication, language: Language, settings_folder: Path | None = None, prompts: Prompts | None = None
    ) -> None:
        self._app = app
        self._folder = settings_folder
        self._prompts = prompts
        self._qt_words: QtWords | None = None
        self.settings = WindowSettings.load(settings_folder)
        self.appearance = Appearance(self.settings.theme)
        app.setStyle("Fusion")
        self.appearance.apply()
        self.window = self._build(self.settings.language or language)

    def _build(self, language: Language) -> MainWindow:
        catalogue = Catalogue(language)
        if self._qt_words is not None:
            self._app.removeTranslator(self._qt_words)
        self._qt_words = QtWords(catalogue)
        self._app.installTranslator(self._qt_words)
        window = MainWindow(catalogue, self.appearance, self.settings, self._prompts, self._folder)
        window.language_asked.connect(self._speak)
        return window

    def _speak(self, language: str) -> None:
        """Build the window anew in another language, after the menu that asked has closed."""
        QTimer.singleShot(0, lambda: self._rebuild(Language(language)))

    def _rebuild(self, language: Language) -> None:
        before = self.window
        path = before.desk.path if before.desk else None
        self._app.setQuitOnLastWindowClosed(False)
        before.close()
        self.window = self._build(language)
        self.window.show()
        self._app.setQuitOnLastWindowClosed(True)
        before.deleteLater()
        if path is not None:
            self.window.open(path)


def run(path: Path | None = None, language: str = Language.VI) -> int:
    """Show the window until it is closed.

    Args:
        path: a data file to open; None shows the first steps.
        language: ``vi`` or ``en``, unless the user has chosen one in the window.

    Returns:
        The exit code.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        QGuiApplication.setDesktopFileName("sokehoach")
        app = QApplication(sys.argv[:1])
    app.setApplicationName("sokehoach")
    app.setApplicationDisplayName("Sổ Kế hoạch")
    program = Program(app, Language(language))
    sys.excepthook = BugReport(program)
    program.window.show()
    if path is not None:
        program.window.open(path)
    return app.exec()


class BugReport:
    """Answers an exception that nobody expected: a dialog with details to copy; the program goes on."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Show the dialog, and write the details to standard error as well."""
        import traceback  # noqa: PLC0415 - only when something went wrong

        details = "".join(traceback.format_exception(kind, error, trace))
        if sys.stderr is not None:
            sys.stderr.write(details)
        if issubclass(kind, KeyboardInterrupt):
            QApplication.exit(130)
            return
        window = self._program.window
        _ = window.catalogue
        box = QMessageBox(window)
        box.setIcon(QMessageBox.Icon.Critical)
        box.setWindowTitle(_("An error of the program"))
        box.setText(_("Something went wrong in the program itself. What you saved is safe."))
        box.setInformativeText(_("Please copy the details and send them to those who look after the program."))
        box.setDetailedText(details)
        copy = box.addButton(_("Copy the details"), QMessageBox.ButtonRole.ActionRole)
        box.addButton(_("Close"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        if box.clickedButton() is copy:
            QApplication.clipboard().setText(details)
