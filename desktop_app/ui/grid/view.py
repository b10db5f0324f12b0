"""The table of the entry grid: keys as in a spreadsheet, spans, heights, copy and paste."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop_app.ui.appearance import Appearance
from desktop_app.ui.grid.delegate import LEAST_HEIGHT, WRAPPED, EntryDelegate
from desktop_app.ui.grid.model import INPUTS, CellEntry, Column, EntryModel
from desktop_app.ui.grid.paste import place_block, read_block, write_block

WIDTHS = {Column.CODE: 66, Column.UNIT: 82, Column.PREVIOUS: 86, Column.CURRENT: 120, Column.STATE: 40}
NAME_SHARE = 0.7
NOTE_LEAST = 112
HEADER_HEIGHT = 38


class EntryView(QTableView):
    """The entry grid of one unit.

    Signals:
        went_to: the line that is the current one now.
        pasted: a :class:`Placed` block, after it was entered.
    """

    went_to = Signal(int)
    pasted = Signal(object)

    def __init__(self, model: EntryModel, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = model
        self.setModel(model)
        self._delegate = EntryDelegate(appearance, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setFixedHeight(HEADER_HEIGHT)
        header.setMinimumSectionSize(20)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        self._delegate.editing.connect(model.set_typing)
        self._delegate.moved.connect(self._step)
        self._delegate.closeEditor.connect(lambda *_args: model.set_typing(None))
        model.modelReset.connect(self._lay_out)
        model.dataChanged.connect(lambda *_args: self._fit_heights())
        self.setTabKeyNavigation(True)

    # places

    def go_to(self, row: int, column: Column = Column.CURRENT) -> None:
        """Make a cell the current one and show it."""
        index = self._entries.index(row, column)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def show_current(self) -> None:
        """Scroll to the current cell, as after the strip below has taken room."""
        self.scrollTo(self.currentIndex())

    def go_to_first(self) -> None:
        """Go to the first cell without an answer, else to the first cell."""
        rows = [row for row in range(self._entries.rowCount()) if self._entries.form_row(row) is not None]
        if rows:
            self.go_to(next((row for row in rows if self._is_open(row)), rows[0]))

    def next_empty(self) -> None:
        """Go to the next cell without an answer, beginning again at the top."""
        count = self._entries.rowCount()
        start = self.currentIndex().row()
        for step in range(1, count + 1):
            row = (start + step) % count
            if self._is_open(row):
                self.go_to(row)
                return

    def _is_open(self, row: int) -> bool:
        line = self._entries.form_row(row)
        return line is not None and not line.is_entered

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Enter, clear with Delete; typing and F2 open the editor."""
        if (
            event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self._step(1)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._step(-1)
        elif event.key() == Qt.Key.Key_Delete:
            self.clear_selected()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Close an editor; Tab goes on to the next input cell without opening it."""
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        if hint == QAbstractItemDelegate.EndEditHint.EditNextItem:
            self._next_input(1)
        elif hint == QAbstractItemDelegate.EndEditHint.EditPreviousItem:
            self._next_input(-1)
        self.setFocus()

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell which line is explained now."""
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.went_to.emit(current.row())

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Pass over the headings of sections; Tab goes from input cell to input cell."""
        actions = QAbstractItemView.CursorAction
        here = self.currentIndex()
        if action in {actions.MoveNext, actions.MovePrevious}:
            return self._input_beside(1 if action == actions.MoveNext else -1)
        if action in {actions.MoveUp, actions.MoveDown} and here.isValid():
            return self._beside(here.row(), here.column(), -1 if action == actions.MoveUp else 1)
        found = super().moveCursor(action, modifiers)
        if found.isValid() and self._entries.form_row(found.row()) is None:
            return self._beside(found.row(), max(found.column(), here.column()), 1)
        return found

    def _step(self, step: int) -> None:
        here = self.currentIndex()
        found = self._beside(here.row(), here.column(), step)
        if found.isValid():
            self.go_to(found.row(), Column(found.column()))

    def _beside(self, row: int, column: int, step: int) -> QModelIndex:
        """Return the nearest cell of a form row above or below; the cell itself at the edge."""
        at = row + step
        while 0 <= at < self._entries.rowCount() and self._entries.form_row(at) is None:
            at += step
        return self._entries.index(at if 0 <= at < self._entries.rowCount() else row, column)

    def _input_beside(self, step: int) -> QModelIndex:
        cells = [
            (row, int(column))
            for row in range(self._entries.rowCount())
            if self._entries.form_row(row) is not None
            for column in INPUTS
        ]
        here = (self.currentIndex().row(), self.currentIndex().column())
        if step > 0:
            found = next((cell for cell in cells if cell > here), None)
        else:
            found = next((cell for cell in reversed(cells) if cell < here), None)
        return self._entries.index(*found) if found else self.currentIndex()

    def _next_input(self, step: int) -> None:
        found = self._input_beside(step)
        if found.isValid():
            self.go_to(found.row(), Column(found.column()))

    # cells

    def clear_selected(self) -> None:
        """Empty the selected input cells as one operation."""
        cells = [
            CellEntry(index.row(), Column(index.column()), "")
            for index in self.selectedIndexes()
            if index.column() in INPUTS
        ]
        if cells:
            self._entries.enter(cells)

    def copy(self) -> None:
        """Copy the selected cells so that spreadsheets can paste them."""
        cells = sorted((index.row(), index.column()) for index in self.selectedIndexes())
        if not cells:
            return
        rows = sorted({row for row, _column in cells})
        columns = sorted({column for _row, column in cells})
        block = [[str(self._entries.index(row, column).data() or "") for column in columns] for row in rows]
        QGuiApplication.clipboard().setText(write_block(block))

    def paste(self) -> None:
        """Enter a copied block as one operation."""
        block = read_block(QGuiApplication.clipboard().text())
        here = self.currentIndex()
        if not block or not here.isValid():
            return
        placed = place_block(self._entries, block, here.row(), Column(here.column()))
        if placed.entries:
            self._entries.enter(placed.entries, "paste")
        self.pasted.emit(placed)

    # sizes

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the text columns take the room that the figures leave."""
        super().resizeEvent(event)
        self._fit_widths()
        self._fit_heights()

    def _lay_out(self) -> None:
        self.clearSpans()
        for row in range(self._entries.rowCount()):
            if self._entries.form_row(row) is None:
                self.setSpan(row, 0, 1, len(Column))
        self._fit_widths()
        self._fit_heights()

    def _fit_widths(self) -> None:
        room = self.viewport().width() - sum(WIDTHS.values())
        name = max(min(int(room * NAME_SHARE), room - NOTE_LEAST), 120)
        for column in Column:
            rest = max(room - name, 60)
            self.setColumnWidth(column, WIDTHS.get(column, name if column is Column.NAME else rest))

    def _fit_heights(self) -> None:
        option = QStyleOptionViewItem()
        option.font = self.font()
        option.fontMetrics = self.fontMetrics()
        for row in range(self._entries.rowCount()):
            height = LEAST_HEIGHT
            for column in WRAPPED if self._entries.form_row(row) is not None else ():
                option.rect = QRect(0, 0, self.columnWidth(column), LEAST_HEIGHT)
                height = max(height, self._delegate.sizeHint(option, self._entries.index(row, column)).height())
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)
