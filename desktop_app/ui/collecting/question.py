"""The question of the current cell with its answers: one key for this cell, or for every cell with the same question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.text.catalogue import Catalogue
from desktop_app.ui.appearance import Appearance
from desktop_app.ui.widgets.line_field import LineField
from desktop_app.ui.widgets.strip import ROLES, SIGNS

LEAST_HEIGHT = 74
"""As high as a short question with its answers, so that the table above keeps still while one goes through the rows."""
MOST_SHOWN = 28
"""Characters of an answer on its button; its name for screen readers holds all of it."""


class QuestionPanel(QFrame):
    """A sentence, and below it the answers (Alt+1, Alt+2 …), another figure to type, and whether all alike are meant.

    Signals:
        answered: position of the answer, and whether it is meant for all cells with the same question.
        typed: what was typed instead, and whether it is meant for all of them.
        later: go on without deciding.
        withdrawn: take the decision back.
        left: the field was left with Esc; nothing is decided.
    """

    answered = Signal(int, bool)
    typed = Signal(str, bool)
    later = Signal()
    withdrawn = Signal()
    left = Signal()

    def __init__(self, appearance: Appearance, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._appearance = appearance
        self._catalogue = _ = catalogue
        self._tone = "question"
        self.answers: list[QPushButton] = []
        self._shortcuts: list[QShortcut] = []
        self._sign = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.field = LineField()
        self.field.setPlaceholderText(_("Another answer, Enter"))
        self.field.setAccessibleName(_("Another answer for this cell, then Enter"))
        self.field.setFixedWidth(140)
        self.field.returnPressed.connect(self._type)
        self.field.left.connect(self._leave_field)
        self.every = QCheckBox()
        self.later_button = QPushButton("   ".join((_("Later"), "Alt+0")))
        self.later_button.setAccessibleName(_("Decide later and go to the next question"))
        self.later_button.clicked.connect(self.later)
        self.withdraw_button = QPushButton("   ".join((_("Take the decision back"), "Delete")))
        self.withdraw_button.setAccessibleName(_("Take the decision back"))
        self.withdraw_button.clicked.connect(self.withdrawn)
        for button in (self.later_button, self.withdraw_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._key("Alt+0", self._ask_later)
        self._key("Alt+A", self._toggle_every)
        self._lay_out()
        self.setMinimumHeight(LEAST_HEIGHT)
        appearance.changed.connect(self._tint)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self._text, 1)
        first.addWidget(self.every, 0, Qt.AlignmentFlag.AlignTop)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        for widget in (self.field, self.later_button, self.withdraw_button):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 7, 10, 7)
        column.setSpacing(6)
        column.addLayout(first)
        column.addLayout(self._row)
        column.addStretch(1)

    @property
    def sentence(self) -> str:
        """What the panel says now."""
        return "" if self.isHidden() else self._text.text()

    def ask(self, sentence: str, answers: Sequence[str], *, alike: int, may_type: bool) -> None:
        """Ask about a cell.

        Args:
            sentence: the question.
            answers: what stands on the buttons; none where only the unit can mend it.
            alike: how many undecided cells have the same question, this one included.
            may_type: another answer may be typed.
        """
        _ = self._catalogue
        self._say(sentence, "question" if answers or may_type else "error")
        self._show_answers(answers)
        self.every.setVisible(alike > 1)
        self.every.setChecked(False)
        if alike > 1:
            self.every.setText(_("For all {number} cells with this question (Alt+A)", number=alike))
        self.field.setVisible(may_type)
        self.field.clear()
        self.later_button.setVisible(bool(answers) or may_type)
        self.withdraw_button.hide()

    def tell(self, sentence: str, tone: str, *, may_withdraw: bool = False) -> None:
        """Say something of a cell that is not asked, or is decided."""
        self._say(sentence, tone)
        self._show_answers(())
        for widget in (self.every, self.field, self.later_button):
            widget.hide()
        self.withdraw_button.setVisible(may_withdraw)

    def refuse(self, sentence: str) -> None:
        """Say why what was typed is not taken; it stays in its field."""
        self._say(sentence, "error")
        self.field.setFocus()
        self.field.selectAll()

    def _say(self, sentence: str, tone: str) -> None:
        self._tone = tone
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._tint()

    def _show_answers(self, answers: Sequence[str]) -> None:
        _ = self._catalogue
        for button, shortcut in zip(self.answers, self._shortcuts, strict=True):
            shortcut.setEnabled(False)  # it lives on for a moment, and two owners of Alt+1 would silence both
            shortcut.deleteLater()
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.answers, self._shortcuts = [], []
        for at, words in enumerate(answers):
            key = f"Alt+{at + 1}"
            shown = words if len(words) <= MOST_SHOWN else f"{words[: MOST_SHOWN - 1]}…"
            button = QPushButton(f"{shown.replace('&', '&&')}   {key}")
            button.setAccessibleName(_("Answer {number}: {text}", number=at + 1, text=words))
            button.setToolTip(words)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, at=at: self._answer(at))
            self._row.insertWidget(at, button)
            self.answers.append(button)
            self._shortcuts.append(self._key(key, lambda at=at: self._answer(at)))

    def _key(self, key: str, action: object) -> QShortcut:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.activated.connect(action)
        return shortcut

    def _answer(self, at: int) -> None:
        self.answered.emit(at, self._means_every())

    def _type(self) -> None:
        if self.field.text().strip():
            self.typed.emit(self.field.text(), self._means_every())

    def _means_every(self) -> bool:
        return not self.every.isHidden() and self.every.isChecked()

    def _ask_later(self) -> None:
        if not self.later_button.isHidden():
            self.later.emit()

    def _toggle_every(self) -> None:
        if not self.every.isHidden():
            self.every.toggle()

    def _leave_field(self) -> None:
        self.field.clear()
        self.left.emit()

    def _tint(self) -> None:
        self._sign.setPixmap(
            self._appearance.pixmap(SIGNS[self._tone], ROLES[self._tone], size=18, scale=self.devicePixelRatioF())
        )
