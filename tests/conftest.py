"""Fixtures that every folder of tests shares: a sample file built once and copied for each test that wants one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from desktop_app.services.session import Session
from desktop_app.services.setup import create_file

SAMPLE = "thanh-hoa-2016"

# no test depends on how fast the machine is: a first draw of text alone may take two seconds where nothing is cached yet
settings.register_profile("project", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("project")


def _why_no_window() -> str:
    """Return what keeps Qt from loading here, system libraries in the first place; "" where it loads."""
    try:
        import PySide6.QtGui  # noqa: F401
    except ImportError as error:
        return str(error)
    return ""


NO_WINDOW = _why_no_window()
collect_ignore = ["ui"] if NO_WINDOW else []


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    if NO_WINDOW:  # pytest-qt would end the run when it cannot import Qt
        pluginmanager.unregister(name="pytest-qt")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if NO_WINDOW:
        terminalreporter.write_line(f"The tests of the window were left out, because Qt cannot load: {NO_WINDOW}")


class Clock:
    """A clock that a test moves by hand; it starts at a fixed moment."""

    def __init__(self) -> None:
        self.at = datetime(2017, 12, 5, 2, 14, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


@pytest.fixture(scope="session")
def sample_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample file, made once; never written to."""
    path = tmp_path_factory.mktemp("template") / "mẫu.skh"
    create_file(path, SAMPLE, actor="Người lập").close()
    return path


@pytest.fixture
def sample_path(sample_template: Path, tmp_path: Path) -> Path:
    """A sample file of the test's own."""
    path = tmp_path / "Thanh Hóa.skh"
    shutil.copyfile(sample_template, path)
    return path


@pytest.fixture
def clock() -> Clock:
    """A clock that stands until the test moves it."""
    return Clock()


@pytest.fixture
def session(sample_path: Path, clock: Clock) -> Iterator[Session]:
    """An open session on a sample file of the test's own."""
    opened = Session.open(sample_path, actor="Lan")
    opened.now = clock
    yield opened
    opened.close()
