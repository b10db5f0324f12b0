"""A combo box whose list can be searched without marks: plan, period and unit of the page head."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionToolButton, QStylePainter, QToolButton, QWidget

from desktop_app.text.catalogue import Catalogue
from desktop_app.ui.appearance import Appearance
from desktop_app.ui.widgets.choices import Choice, ChoicePopup

HEIGHT = 32
PADDING = 10
CHEVRON = 16


class Picker(QToolButton):
    """Shows the current choice and opens a list; Space, Enter, F4, Down and Alt+Down open it.

    A detail in brackets (the days of a period) stands beside the choice; a code stands in the list alone.

    Signals:
        picked: key of another choice.
    """

    picked = Signal(str)

    def __init__(
        self, appearance: Appearance, catalogue: Catalogue, name: str, widest: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        _ = catalogue
        self.setObjectName("picker")
        self._appearance = appearance
        self._name = name
        self._widest = widest
        self._choices: list[Choice] = []
        self._current = ""
        self._popup = ChoicePopup(appearance, name, _("Type to search the list"), _("Nothing of this name."), self)
        self._popup.chosen.connect(self._pick)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self.open)
        appearance.changed.connect(self.update)
        self._describe()

    @property
    def current(self) -> str:
        """Key of the current choice; "" when there is none."""
        return self._current

    def set_choices(self, choices: Sequence[Choice], current: str) -> None:
        """Show other choices without announcing anything."""
        self._choices = list(choices)
        self._current = current
        self.setEnabled(bool(choices))
        self._describe()
        self.updateGeometry()
        self.update()

    @property
    def choices(self) -> list[Choice]:
        """What is offered, in order."""
        return list(self._choices)

    def keys(self) -> list[str]:
        """Return the keys in order."""
        return [item.key for item in self._choices]

    def open(self) -> None:
        """Open the list under the field."""
        self._popup.open_with(self._choices, self._current, minimum_width=self.width())
        below = self.mapToGlobal(QPoint(self.width() - self._popup.width(), self.height() + 4))
        screen = self.screen().availableGeometry()
        x = max(screen.left() + 4, min(below.x(), screen.right() - self._popup.width() - 4))
        self._popup.move(x, min(below.y(), screen.bottom() - self._popup.height() - 4))
        self._popup.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list with the keys that open a combo box."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_F4, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Return the size that shows the current choice, up to the widest allowed."""
        text = self.fontMetrics().horizontalAdvance(self._shown())
        return QSize(min(text + 3 * PADDING + CHEVRON, self._widest), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the size below which nothing can be read."""
        return QSize(min(self.sizeHint().width(), 96), HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the field of the style sheet, the text, cut at its end if need be, and the chevron."""
        painter = QStylePainter(self)
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        theme = self._appearance.theme
        rect = self.rect().adjusted(PADDING, 0, -(CHEVRON + PADDING + 4), 0)
        painter.setPen(theme.colour("text" if self.isEnabled() else "soft"))
        text = self.fontMetrics().elidedText(self._shown(), Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        chevron = self._appearance.pixmap("chevron-down", "soft", size=CHEVRON, scale=self.devicePixelRatioF())
        painter.drawPixmap(self.width() - CHEVRON - 8, (self.height() - CHEVRON) // 2, chevron)

    def _shown(self) -> str:
        item = next((item for item in self._choices if item.key == self._current), None)
        if item is None:
            return "–"
        return f"{item.text}  {item.detail}" if item.detail.startswith("(") else item.text

    def _describe(self) -> None:
        self.setAccessibleName(f"{self._name}: {self._shown()}")
        self.setToolTip(f"{self._name}: {self._shown()}")

    def _pick(self, key: str) -> None:
        if key != self._current:
            self._current = key
            self._describe()
            self.updateGeometry()
            self.update()
            self.picked.emit(key)
