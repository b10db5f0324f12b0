"""The bar at the foot: saved state, how the last entry was read, work under way, and the last proven copy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QSizePolicy, QStatusBar, QWidget

from desktop_app.text.catalogue import Catalogue
from desktop_app.ui.appearance import Appearance
from desktop_app.ui.jobs import Job


class _ElidedLabel(QLabel):
    """A line that is cut with an ellipsis instead of widening the window."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = self.contentsRect().adjusted(8, 0, -8, 0)
        text = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, rect.width())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class StatusBar(QStatusBar):
    """The status bar of the window."""

    def __init__(self, appearance: Appearance, catalogue: Catalogue, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._catalogue = _ = catalogue
        self.setSizeGripEnabled(False)
        self.saved = QLabel()
        self.saved.setAccessibleName(_("Saved state"))
        self.read = _ElidedLabel(_("How the last entry was read"))
        self.backup = QLabel()
        self.backup.setObjectName("soft")
        self.backup.setAccessibleName(_("Last proven backup"))
        self.illustrative = QLabel(_("Illustrative figures of a sample"))
        self.illustrative.setProperty("tone", "warning")
        self._work = QLabel()
        self._bar = QProgressBar()
        self._bar.setFixedWidth(140)
        self._bar.setTextVisible(False)
        self._cancel = QPushButton(_("Cancel"))
        self._cancel.setObjectName("link")
        self._job: Job | None = None
        self._cancel.clicked.connect(self._stop)
        self.addWidget(self.saved)
        self.addWidget(self.read, 1)
        for widget in (self._work, self._bar, self._cancel):
            self.addPermanentWidget(widget)
            widget.hide()
        self.addPermanentWidget(self.illustrative)
        self.addPermanentWidget(self.backup)
        self.illustrative.hide()

    def show_saved(self, words: str, *, is_saved: bool) -> None:
        """Tell the saved state, in the tone of a warning where something is not saved."""
        self.saved.setText(words)
        self.saved.setProperty("tone", "" if is_saved else "warning")
        self.saved.style().unpolish(self.saved)
        self.saved.style().polish(self.saved)

    def follow(self, job: Job) -> None:
        """Show a job until it has ended."""
        self._job = job
        self._work.setText(job.title)
        self._bar.setAccessibleName(job.title)
        self._bar.setRange(0, 0)
        for widget in (self._work, self._bar, self._cancel):
            widget.show()
        self._cancel.setEnabled(True)
        job.progressed.connect(self._progress)
        job.ended.connect(self._ended)

    def _progress(self, done: int, total: int, text: str) -> None:
        job = self._job
        if job is None or self.sender() is not job:
            return
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        so_far = f"{job.title} {done}/{total}" if total else job.title
        self._work.setText(f"{so_far} · {text}" if text else so_far)

    def _stop(self) -> None:
        if self._job is not None:
            self._cancel.setEnabled(False)
            self._job.cancel()

    def _ended(self) -> None:
        if self.sender() is not self._job:  # it was stopped, and another one is shown by now
            return
        self._job = None
        for widget in (self._work, self._bar, self._cancel):
            widget.hide()
