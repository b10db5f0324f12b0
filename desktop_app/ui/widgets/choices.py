"""A list of choices with a search field: the popup of the pickers, and the command search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.text.vietnamese import search_key
from desktop_app.ui.appearance import Appearance

ROW_HEIGHT = 30
ROWS_SHOWN = 12
SEARCH_FROM = 9
WIDEST = 640
DETAIL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Choice:
    """One line of a list.

    Attributes:
        key: what is returned.
        text: what people read.
        detail: soft text at the right, such as a shortcut or the days of a period.
    """

    key: str
    text: str
    detail: str = ""


class ChoiceModel(QAbstractListModel):
    """The choices that match what was typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[tuple[str, Choice]] = []
        self._shown: list[Choice] = []

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Show other choices, all of them."""
        self.beginResetModel()
        self._all = [(search_key(f"{item.text} {item.detail} {item.key}"), item) for item in choices]
        self._shown = list(choices)
        self.endResetModel()

    def narrow(self, typed: str) -> None:
        """Keep the choices that hold every word typed, without regard to case, tone and marks."""
        words = search_key(typed).split()
        self.beginResetModel()
        self._shown = [item for key, item in self._all if all(word in key for word in words)]
        self.endResetModel()

    def choice(self, row: int) -> Choice:
        """Return the choice shown in a row."""
        return self._shown[row]

    def row_of(self, key: str) -> int:
        """Return the row of a key, or -1."""
        return next((row for row, item in enumerate(self._shown) if item.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many choices are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text, its detail, or both for screen readers."""
        if not index.isValid():
            return None
        item = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.text
        if role == DETAIL_ROLE:
            return item.detail
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{item.text} {item.detail}".strip()
        return None


class ChoiceDelegate(QStyledItemDelegate):
    """Draws a choice: text at the left, wrapped where it is long, detail in the soft colour at the right.

    Attributes:
        room: width in pixels beyond which a line is wrapped.
    """

    def __init__(self, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.room = WIDEST

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height that shows a choice whole, and the width that it would like."""
        metrics, text = option.fontMetrics, str(index.data())
        detail = str(index.data(DETAIL_ROLE) or "")
        beside = (metrics.horizontalAdvance(detail) + 28 if detail else 0) + 28
        room = QRect(0, 0, max(self.room - beside, 40), 1000)
        lines = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text).height()
        return QSize(min(metrics.horizontalAdvance(text) + beside, self.room), ROW_HEIGHT + max(lines - metrics.height(), 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        theme = self._appearance.theme
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selection"))
            painter.drawRoundedRect(option.rect.adjusted(2, 1, -2, -1), 6, 6)
        rect = option.rect.adjusted(12, 0, -12, 0)
        metrics = option.fontMetrics
        detail = str(index.data(DETAIL_ROLE) or "")
        taken = metrics.horizontalAdvance(detail) + 20 if detail else 0
        painter.setFont(option.font)
        painter.setPen(theme.colour("text"))
        beside = rect.adjusted(0, 0, -taken, 0)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(beside, flags, str(index.data()))
        painter.setPen(theme.colour("soft"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, detail)
        painter.restore()


class ChoicePopup(QFrame):
    """A popup with a search field (when the list is long) and a list; Enter chooses, Esc leaves.

    Signals:
        chosen: key of the choice.
    """

    chosen = Signal(str)

    def __init__(self, appearance: Appearance, name: str, hint: str, nothing: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, on=False)
        self.setAccessibleName(name)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(hint)
        self.list = QListView(self)
        self.list.setAccessibleName(name)
        self.list.setUniformItemSizes(False)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delegate = ChoiceDelegate(appearance, self.list)
        self.list.setItemDelegate(self._delegate)
        self.model = ChoiceModel(self)
        self.list.setModel(self.model)
        self.nothing = QLabel(nothing, self)
        self.nothing.setObjectName("soft")
        self.nothing.setContentsMargins(12, 4, 12, 4)
        self.nothing.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.setSpacing(6)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        layout.addWidget(self.nothing)
        self.field.textChanged.connect(self._narrow)
        self.list.clicked.connect(lambda index: self._choose(index.row()))
        self.field.installEventFilter(self)
        self.list.installEventFilter(self)

    def open_with(self, choices: Sequence[Choice], current: str, *, minimum_width: int, always_search: bool = False) -> None:
        """Fill the list and size the popup; the caller places and shows it."""
        self.field.clear()
        self.model.set_choices(choices)
        self.field.setVisible(always_search or len(choices) >= SEARCH_FROM)
        self._delegate.room = WIDEST
        widest = max((self.list.sizeHintForIndex(self.model.index(row)).width() for row in range(len(choices))), default=0)
        width = max(minimum_width, min(widest + 32, WIDEST + 32))
        self.setFixedWidth(width)
        self._delegate.room = width - 32
        self._fit()
        self._select(max(self.model.row_of(current), 0))
        (self.field if self.field.isVisibleTo(self) else self.list).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list with the arrow keys while the search field has the focus; text keys are never touched."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            row = self.list.currentIndex().row()
            steps = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_PageDown: ROWS_SHOWN,
                Qt.Key.Key_PageUp: -ROWS_SHOWN,
            }
            step = steps.get(Qt.Key(event.key()))
            if step is not None and watched is self.field:
                self._select(min(max(row + step, 0), self.model.rowCount() - 1))
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._choose(row)
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, typed: str) -> None:
        self.model.narrow(typed)
        self._fit()
        self._select(0)

    def _fit(self) -> None:
        """Let the popup be as high as what it shows."""
        count = self.model.rowCount()
        self.nothing.setVisible(count == 0)
        self.list.setVisible(count > 0)
        shown = range(min(count, ROWS_SHOWN))
        height = max(sum(self.list.sizeHintForIndex(self.model.index(row)).height() for row in shown), ROW_HEIGHT)
        self.list.setFixedHeight(height + 4)
        search = self.field.sizeHint().height() + 6 if self.field.isVisibleTo(self) else 0
        self.setFixedHeight(height + 16 + search)

    def _select(self, row: int) -> None:
        index = self.model.index(row, 0)
        if index.isValid():
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)

    def _choose(self, row: int) -> None:
        if 0 <= row < self.model.rowCount():
            key = self.model.choice(row).key
            self.close()
            self.chosen.emit(key)
