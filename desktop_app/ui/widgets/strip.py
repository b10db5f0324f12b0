"""The strip that speaks without stopping anybody: messages, refusals and questions with their answers as buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from desktop_app.text.catalogue import Catalogue
from desktop_app.ui.appearance import Appearance

FADE_MS = 120
INFO_STAYS_MS = 8000
SIGNS = {"info": "info", "warning": "sign-warning", "error": "sign-error", "question": "sign-question"}
ROLES = {"info": "accent", "warning": "warning", "error": "not_met", "question": "warning"}
Answer = tuple[str, Callable[[], object]]


class Strip(QFrame):
    """A sentence with a sign, buttons that answer it (Alt+1, Alt+2 …) and a cross that closes it."""

    def __init__(self, appearance: Appearance, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._appearance = appearance
        self._catalogue = _ = catalogue
        self._tone = "info"
        self._answers: list[QPushButton] = []
        self._shortcuts: list[QShortcut] = []
        self._sign = QLabel(self)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._close = QToolButton(self)
        self._close.setAccessibleName(_("Close the message"))
        self._close.setToolTip(_("Close the message"))
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.clicked.connect(self.hide)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 6, 6)
        self._row.setSpacing(10)
        self._row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        appearance.changed.connect(self._tint)
        self.hide()

    @property
    def sentence(self) -> str:
        """What the strip says now."""
        return "" if self.isHidden() else self._text.text()

    @property
    def tone(self) -> str:
        """Tone of what was said last."""
        return self._tone

    @property
    def answers(self) -> list[QPushButton]:
        """The buttons that answer the question, in the order of Alt+1, Alt+2 …."""
        return self._answers

    def say(
        self,
        sentence: str,
        tone: str = "info",
        answers: Sequence[Answer] = (),
        *,
        stays: bool = False,
        has_keys: bool = True,
    ) -> None:
        """Show a sentence.

        Args:
            sentence: plain text; nothing in it is read as markup.
            tone: info, warning, error or question.
            answers: text and action of each button.
            stays: an info stays until it is closed, instead of a few seconds.
            has_keys: False where Alt+1 belongs to a question of the page; two owners of a key would silence both.
        """
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)  # it lives on for a moment, and two owners of Alt+1 would silence both
            shortcut.deleteLater()
        for button in self._answers:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._shortcuts.clear()
        keys = [f"Alt+{number}" if has_keys else "" for number in range(1, len(answers) + 1)]
        self._answers = [self._button(key, *answer) for key, answer in zip(keys, answers, strict=True)]
        self._tone = tone
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._tint()
        self._timer.stop()
        if tone == "info" and not stays and not answers:
            self._timer.start(INFO_STAYS_MS)
        if not self.isVisible():
            self._fade_in()

    def _button(self, key: str, text: str, action: Callable[[], object]) -> QPushButton:
        _ = self._catalogue
        button = QPushButton(f"{text}   {key}".rstrip(), self)
        if key:
            button.setAccessibleName(_("Answer {number}: {text}", number=key.removeprefix("Alt+"), text=text))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(action)
        if key:
            shortcut = QShortcut(QKeySequence(key), self)  # a button's own shortcut answers a tenth of a second late
            shortcut.activated.connect(action)
            self._shortcuts.append(shortcut)
        self._row.insertWidget(self._row.count() - 1, button)
        button.show()
        return button

    def _fade_in(self) -> None:
        self.show()
        effect = QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(effect)
        fade = QPropertyAnimation(effect, b"opacity", self)
        fade.setDuration(FADE_MS)
        fade.setStartValue(0.0)
        fade.setEndValue(1.0)
        fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        fade.finished.connect(self._faded)
        fade.start(QPropertyAnimation.DeletionPolicy.DeleteWhenStopped)

    def _faded(self) -> None:
        self.setGraphicsEffect(None)  # type: ignore[arg-type]  # None takes the effect away

    def _tint(self) -> None:
        self._sign.setPixmap(self._appearance.pixmap(SIGNS[self._tone], ROLES[self._tone], scale=self.devicePixelRatioF()))
        self._close.setIcon(self._appearance.icon("close"))
