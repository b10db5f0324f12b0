"""Fixtures of the window's tests: no display, answers instead of dialogs, a window only for those who ask for one."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.text.catalogue import Catalogue, Language
from desktop_app.ui.app import Program
from desktop_app.ui.appearance import Appearance
from desktop_app.ui.theme import ThemeChoice
from desktop_app.ui.window import MainWindow

PLAN, PERIOD, UNIT = "TH-2016-2020", "2017", "SXD"


def pytest_configure(config: pytest.Config) -> None:
    """Let the platform without a display say what it lacks; every other warning of Qt fails the test."""
    config.addinivalue_line("qt_log_ignore", "^This plugin does not support")


@dataclass
class Answers:
    """Prompts that a test has answered beforehand; an unexpected question fails the test."""

    files: list[Path | None] = field(default_factory=list)
    many: list[list[Path]] = field(default_factory=list)
    confirmed: list[bool] = field(default_factory=list)

    def open_file(self, *_asked: object) -> Path | None:
        return self.files.pop(0)

    def open_files(self, *_asked: object) -> list[Path]:
        return self.many.pop(0)

    def folder(self, *_asked: object) -> Path | None:
        return self.files.pop(0)

    def save_file(self, *_asked: object) -> Path | None:
        return self.files.pop(0)

    def confirm(self, *_asked: object) -> bool:
        return self.confirmed.pop(0)


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue(Language.VI)


@pytest.fixture
def appearance(qapp) -> Iterator[Appearance]:
    found = Appearance(ThemeChoice.LIGHT)
    yield found
    found.deleteLater()


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def settings_folder(tmp_path: Path) -> Path:
    return tmp_path / "settings"


@pytest.fixture
def program(qapp, qtbot: QtBot, settings_folder: Path, answers: Answers) -> Iterator[Program]:
    """The program with its window, without a file."""
    found = Program(qapp, Language.VI, settings_folder, answers)
    window = found.window
    window.resize(1366, 740)
    window.show()
    qtbot.waitExposed(window)
    yield found
    last = found.window
    if not last.close():  # something is not saved
        last.close()
    qtbot.waitUntil(lambda: not last.jobs.busy)
    last.deleteLater()  # else every style sheet that follows polishes the windows of all tests before
    found.appearance.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(program: Program) -> MainWindow:
    return program.window


@pytest.fixture
def opened(window: MainWindow, qtbot: QtBot, sample_path: Path) -> MainWindow:
    """The window with the sample open at one unit's form."""
    window.open(sample_path)
    window.desk.look_at(plan=PLAN, period=PERIOD, unit=UNIT)
    window.activateWindow()
    qtbot.waitUntil(lambda: not window.jobs.busy)
    return window


@pytest.fixture
def settled(qtbot: QtBot) -> Callable[[MainWindow], None]:
    """Wait until no job is under way."""

    def wait(window: MainWindow) -> None:
        def is_settled() -> bool:
            timers = (timer for page in window.pages.values() for timer in page.findChildren(QTimer))
            return not window.jobs.busy and not any(timer.isActive() and timer.interval() < 1000 for timer in timers)

        qtbot.wait(1)
        qtbot.waitUntil(is_settled, timeout=20_000)

    return wait
