"""The status bar while work is under way."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMainWindow, QProgressBar

from desktop_app.ui.jobs import Job
from desktop_app.ui.status import StatusBar


@pytest.fixture
def host(qtbot):
    """A window that lives as long as its status bar is looked at."""
    window = QMainWindow()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def bar(host, appearance, catalogue):
    found = StatusBar(appearance, catalogue, host)
    host.setStatusBar(found)
    host.show()
    return found


def test_work_is_shown_with_how_far_it_is(bar):
    job = Job("Đang đọc tệp")
    bar.follow(job)
    job.progressed.emit(3, 200, "SXD.xlsx")
    progress = bar.findChild(QProgressBar)
    assert (progress.value(), progress.maximum()) == (3, 200)
    assert bar._work.text() == "Đang đọc tệp 3/200 · SXD.xlsx"
    job.ended.emit()
    assert not progress.isVisible()


def test_work_that_was_stopped_does_not_hide_the_work_that_followed_it(bar):
    stopped, following = Job("một"), Job("hai")
    bar.follow(stopped)
    bar.follow(following)
    following.progressed.emit(1, 4, "")
    stopped.progressed.emit(3, 3, "")
    stopped.ended.emit()
    progress = bar.findChild(QProgressBar)
    assert progress.isVisible()
    assert (progress.value(), progress.maximum()) == (1, 4)
