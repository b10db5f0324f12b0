"""Draws the cells of the entry grid and makes their plain line editors."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemDelegate, QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.ui.appearance import Appearance
from desktop_app.ui.grid.model import DRAFT_ROLE, FIGURES, INPUTS, SECTION_ROLE, STATE_ROLE, Column
from desktop_app.ui.grid.states import SIGNS, CellState

Index = QModelIndex | QPersistentModelIndex
PADDING = 8
LEAST_HEIGHT = 32
LINE_GAP = 7
SIGN = 18
WRAPPED = (Column.NAME, Column.NOTE)


class EntryDelegate(QStyledItemDelegate):
    """Draws cells; its editor is a line edit without mask, validator, completer or any handling of Backspace (Unikey).

    Signals:
        editing: the index whose editor was opened.
        moved: Enter (1) or Shift+Enter (-1) closed an editor.
    """

    editing = Signal(object)
    moved = Signal(int)

    def __init__(self, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance

    # drawing

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height that shows the whole text in the width of the column."""
        if index.data(SECTION_ROLE) or index.column() not in WRAPPED:
            return QSize(0, LEAST_HEIGHT)
        room = QRect(0, 0, max(option.rect.width() - 2 * PADDING, 40), 1000)
        needed = option.fontMetrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), str(index.data() or "")).height()
        return QSize(0, max(needed + 2 * LINE_GAP, LEAST_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        painter.save()
        if index.data(SECTION_ROLE):
            self._section(painter, option, index)
        else:
            self._background(painter, option, index)
            self._content(painter, option, index)
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(QPen(self._appearance.theme.colour("accent"), 2))
                painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _section(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._appearance.theme
        painter.fillRect(option.rect, theme.colour("background"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.setFont(_weighted(option.font, QFont.Weight.DemiBold))
        painter.setPen(theme.colour("text"))
        room = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(index.data() or ""))

    def _background(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._appearance.theme
        role = "input_cell" if index.column() in INPUTS and index.data(STATE_ROLE) != CellState.LOCKED else "card"
        if option.state & QStyle.StateFlag.State_Selected and not option.state & QStyle.StateFlag.State_HasFocus:
            role = "selection"
        painter.fillRect(option.rect, theme.colour(role))
        painter.setPen(theme.colour("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if index.column() != Column.STATE:
            painter.drawLine(option.rect.topRight(), option.rect.bottomRight())

    def _content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        column = Column(index.column())
        if column is Column.STATE:
            self._sign(painter, option, index.data(STATE_ROLE))
            return
        text = str(index.data() or "")
        painter.setPen(self._colour(column, index))
        painter.setFont(self._font(option, column, index))
        room = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        side = Qt.AlignmentFlag.AlignRight if column in FIGURES else Qt.AlignmentFlag.AlignLeft
        flags = int(side | Qt.AlignmentFlag.AlignVCenter)
        if column in WRAPPED:
            flags |= int(Qt.TextFlag.TextWordWrap)
        else:
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, flags, text)
        if index.data(DRAFT_ROLE):
            width = min(painter.fontMetrics().horizontalAdvance(text), room.width())
            painter.setPen(QPen(self._colour(column, index), 1, Qt.PenStyle.DotLine))
            painter.drawLine(room.right() - width, room.bottom() - 6, room.right(), room.bottom() - 6)

    def _sign(self, painter: QPainter, option: QStyleOptionViewItem, state: CellState) -> None:
        sign = SIGNS[CellState(state)]
        ratio = painter.device().devicePixelRatioF() if painter.device() else 1.0
        picture = self._appearance.pixmap(sign.icon, sign.role, size=SIGN, scale=ratio)
        place = option.rect.center()
        painter.drawPixmap(place.x() - SIGN // 2 + 1, place.y() - SIGN // 2 + 1, picture)

    def _colour(self, column: Column, index: Index) -> QColor:
        state = index.data(STATE_ROLE)
        if column is Column.CURRENT and index.data(DRAFT_ROLE):
            return self._appearance.theme.colour("warning" if state == CellState.QUESTION else "not_met")
        if column is Column.CURRENT:
            soft = state in {CellState.NOT_APPLICABLE, CellState.COMPUTED}
            return self._appearance.theme.colour("soft" if soft else "text")
        return self._appearance.theme.colour("text" if column in WRAPPED else "soft")

    @staticmethod
    def _font(option: QStyleOptionViewItem, column: Column, index: Index) -> QFont:
        font = _weighted(option.font, QFont.Weight.Medium if column is Column.CURRENT else QFont.Weight.Normal)
        font.setItalic(column is Column.CURRENT and index.data(STATE_ROLE) == CellState.COMPUTED)
        return font

    # editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Make the line edit of a cell."""
        editor = QLineEdit(parent)
        editor.setObjectName("cell")
        editor.setFrame(False)
        editor.setFont(
            _weighted(option.font, QFont.Weight.Medium if index.column() == Column.CURRENT else QFont.Weight.Normal)
        )
        side = Qt.AlignmentFlag.AlignRight if index.column() in FIGURES else Qt.AlignmentFlag.AlignLeft
        editor.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""))
        self.editing.emit(QPersistentModelIndex(index))
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Fill the cell."""
        editor.setGeometry(option.rect)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter to commit and move; everything else is Qt's own, and no key that types or erases is touched."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QLineEdit):
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.commitData.emit(watched)
                self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.NoHint)
                self.moved.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
            if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
                self.commitData.emit(watched)
                self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.NoHint)
                self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
                return True
        return super().eventFilter(watched, event)


def _weighted(font: QFont, weight: QFont.Weight) -> QFont:
    result = QFont(font)
    result.setWeight(weight)
    return result
