"""The plain table of the program: sections that span it, wrapped text, figures at the right, signs with words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop_app.ui.appearance import Appearance

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
SECTION_ROLE = int(Qt.ItemDataRole.UserRole) + 2
PADDING = 8
LEAST_HEIGHT = 33
LINE_GAP = 7
SIGN = 18
HEADER_HEIGHT = 38
LEAST_SHARE = 150
LEAST_FURTHER = 110
"""How narrow the text columns may become, the first and each further one, before the others give way, as at 150 %."""


@dataclass(frozen=True)
class LedgerColumn:
    """One column.

    Attributes:
        title: as shown.
        width: in pixels; 0 shares the rest by ``stretch``.
        figures: at the right, never wrapped.
        lines: most lines of text in a cell, the last of which is cut with an ellipsis; 0 for as many as ``wrap`` needs.
    """

    title: str
    width: int = 0
    stretch: int = 1
    figures: bool = False
    wrap: bool = False
    lines: int = 0


@dataclass(frozen=True)
class LedgerCell:
    """One cell.

    Attributes:
        role: token of the text's colour.
        icon: a sign before the text, tinted in ``sign_role``.
        spoken: for screen readers and the tooltip where the text alone does not say it.
    """

    text: str = ""
    role: str = "text"
    bold: bool = False
    icon: str = ""
    sign_role: str = ""
    spoken: str = ""


@dataclass(frozen=True)
class LedgerLine:
    """One line; a section has a title and no cells.

    Attributes:
        key: what the page knows the line by; "" for a section.
    """

    key: str = ""
    cells: tuple[LedgerCell, ...] = ()
    section: str = ""
    payload: Any = field(default=None, compare=False)


class LedgerModel(QAbstractTableModel):
    """Lines that are shown and never edited."""

    def __init__(self, columns: Sequence[LedgerColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self.lines: Sequence[LedgerLine] = []

    def show(self, lines: Sequence[LedgerLine], columns: Sequence[LedgerColumn] | None = None) -> None:
        """Show other lines; they are not copied, so that they may be written when they are looked at."""
        self.beginResetModel()
        self.lines = lines
        self.columns = list(columns) if columns is not None else self.columns
        self.endResetModel()

    def add(self, lines: Sequence[LedgerLine]) -> None:
        """Add lines below those that are shown."""
        if lines:
            self.beginInsertRows(QModelIndex(), len(self.lines), len(self.lines) + len(lines) - 1)
            self.lines = [*self.lines, *lines]
            self.endInsertRows()

    def row_of(self, key: str) -> int:
        """Return the row of a key, or -1."""
        return next((row for row, line in enumerate(self.lines) if line.key == key and key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Lines can be selected, sections cannot."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.lines[index.row()].section:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return headings; those of figures stand at the right."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.figures else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return text, cell and accessible text."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if line.section:
            shown = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, SECTION_ROLE}
            return line.section if role in shown and (index.column() == 0 or role == SECTION_ROLE) else None
        cell = line.cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return cell.spoken or cell.text or None
        return cell if role == CELL_ROLE else None


class LedgerDelegate(QStyledItemDelegate):
    """Draws the cells of a ledger."""

    def __init__(self, appearance: Appearance, model: LedgerModel, parent: QObject) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height that shows the whole text in the width of the column."""
        cell = index.data(CELL_ROLE)
        if cell is None or not self._model.columns[index.column()].wrap:
            return QSize(0, LEAST_HEIGHT)
        left = PADDING + (SIGN + 6 if cell.icon else 0)
        room = QRect(0, 0, max(option.rect.width() - left - PADDING, 40), 2000)
        needed = option.fontMetrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), cell.text).height()
        return QSize(0, max(needed + 2 * LINE_GAP, LEAST_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        painter.save()
        theme = self._appearance.theme
        section = index.data(SECTION_ROLE)
        if section:
            painter.fillRect(option.rect, theme.colour("background"))
            font = QFont(option.font)
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(theme.colour("text"))
            room = option.rect.adjusted(PADDING, 0, -PADDING, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(section))
        else:
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.fillRect(option.rect, theme.colour("selection" if selected else "card"))
            self._content(painter, option, index)
        painter.setPen(theme.colour("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if not section and option.state & QStyle.StateFlag.State_HasFocus and index.column() == 0:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawLine(option.rect.left() + 1, option.rect.top() + 2, option.rect.left() + 1, option.rect.bottom() - 2)
        painter.restore()

    def _content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell: LedgerCell = index.data(CELL_ROLE)
        column = self._model.columns[index.column()]
        theme = self._appearance.theme
        room = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        if cell.icon:
            ratio = painter.device().devicePixelRatioF() if painter.device() else 1.0
            picture = self._appearance.pixmap(cell.icon, cell.sign_role or cell.role, size=SIGN, scale=ratio)
            painter.drawPixmap(room.left(), option.rect.center().y() - SIGN // 2 + 1, picture)
            room = room.adjusted(SIGN + 6, 0, 0, 0)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold if cell.bold else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(theme.colour(cell.role))
        side = Qt.AlignmentFlag.AlignRight if column.figures else Qt.AlignmentFlag.AlignLeft
        if column.lines > 1:
            self._several_lines(painter, room, side, cell.text, column.lines)
        elif column.wrap:
            painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap), cell.text)
        else:
            text = painter.fontMetrics().elidedText(cell.text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, text)

    @staticmethod
    def _several_lines(painter: QPainter, room: QRect, side: Qt.AlignmentFlag, text: str, most: int) -> None:
        """Draw text on few lines; the last one is cut where there is more."""
        metrics = painter.fontMetrics()
        layout = QTextLayout(text.replace("\n", "\u2028"), painter.font())
        options = QTextOption()
        options.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)  # names of files are one long word
        layout.setTextOption(options)
        layout.beginLayout()
        found: list[str] = []
        while len(found) < most and (line := layout.createLine()).isValid():
            line.setLineWidth(room.width())
            start = line.textStart()
            is_last = len(found) == most - 1
            piece = text[start:] if is_last else text[start : start + line.textLength()]
            found.append(metrics.elidedText(piece.strip().replace("\n", " "), Qt.TextElideMode.ElideRight, room.width()))
        layout.endLayout()
        painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), "\n".join(found))


class Ledger(QTableView):
    """A ledger in its card: whole rows are selected, Enter opens the current one, nothing scrolls sideways.

    Signals:
        went_to: the current line; None when there is none.
        opened: the line on which Enter was pressed or that was double-clicked.
    """

    went_to = Signal(object)
    opened = Signal(object)

    def __init__(
        self, columns: Sequence[LedgerColumn], appearance: Appearance, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.ledger = LedgerModel(columns, self)
        self.setModel(self.ledger)
        self._widest: dict[int, int] = {}
        self._delegate = LedgerDelegate(appearance, self.ledger, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setFixedHeight(HEADER_HEIGHT)
        header.setMinimumSectionSize(20)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        appearance.changed.connect(self.viewport().update)

    def show_lines(self, lines: Sequence[LedgerLine], columns: Sequence[LedgerColumn] | None = None) -> None:
        """Show other lines; the current one stays if it is still there, else the first line becomes it."""
        line = self.current_line()
        self.ledger.show(lines, columns)
        self._measure()
        self.clearSpans()
        for row, item in enumerate(self.ledger.lines):
            if item.section:
                self.setSpan(row, 0, 1, len(self.ledger.columns))
        self._fit()
        row = self.ledger.row_of(line.key) if line else -1
        if row < 0:
            row = next((at for at, item in enumerate(self.ledger.lines) if not item.section), -1)
        self.go_to(row)
        if row < 0:
            self.went_to.emit(None)

    def add_lines(self, lines: Sequence[LedgerLine]) -> None:
        """Add lines below those that are shown; the current one stays."""
        before = len(self.ledger.lines)
        self.ledger.add(lines)
        self._fit_heights(range(before, len(self.ledger.lines)))

    def go_to(self, row: int) -> None:
        """Make a line the current one."""
        index = self.ledger.index(row, 0)
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(index, flags)
            self.scrollTo(index)
            self.went_to.emit(self.current_line())

    def current_line(self) -> LedgerLine | None:
        """Return the current line; None on a section or in an empty table."""
        row = self.currentIndex().row()
        line = self.ledger.lines[row] if 0 <= row < len(self.ledger.lines) else None
        return line if line is not None and not line.section else None

    def copy_all(self) -> None:
        """Copy the whole table, headings included, so that spreadsheets can paste it."""
        from desktop_app.ui.grid.paste import write_block  # noqa: PLC0415 - needed only when something is copied

        rows = [[column.title for column in self.ledger.columns]]
        rows += [[line.section] if line.section else [cell.text for cell in line.cells] for line in self.ledger.lines]
        QGuiApplication.clipboard().setText(write_block(rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current line."""
        if (
            event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self._open(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Pass over the headings of sections; Home and End go to the first and the last line."""
        ends = {QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd}
        found = super().moveCursor(action, modifiers | Qt.KeyboardModifier.ControlModifier if action in ends else modifiers)
        if not found.isValid() or not self.ledger.lines[found.row()].section:
            return found
        actions = QAbstractItemView.CursorAction
        up = action in {actions.MoveUp, actions.MovePageUp}
        row = found.row()
        while 0 <= row < len(self.ledger.lines) and self.ledger.lines[row].section:
            row += -1 if up else 1
        return self.ledger.index(row, found.column()) if 0 <= row < len(self.ledger.lines) else self.currentIndex()

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell which line is explained now."""
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.went_to.emit(self.current_line())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the text columns take the room that the figures leave."""
        super().resizeEvent(event)
        self._fit()

    def _open(self, row: int) -> None:
        if 0 <= row < len(self.ledger.lines) and not self.ledger.lines[row].section:
            self.opened.emit(self.ledger.lines[row])

    def _measure(self) -> None:
        """Find out how wide the signed words of each column are, which nothing else on the line says."""
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(bold)
        signed = {(at, cell.text) for line in self.ledger.lines for at, cell in enumerate(line.cells) if cell.icon}
        self._widest = {}
        for at, text in signed:
            needed = metrics.horizontalAdvance(text) + 2 * PADDING + SIGN + 8
            self._widest[at] = max(self._widest.get(at, 0), needed)

    def _fit(self) -> None:
        columns = self.ledger.columns
        header = self.horizontalHeader()
        wanted = [
            max(column.width, header.sectionSizeHint(at), self._widest.get(at, 0)) if column.width else 0
            for at, column in enumerate(columns)
        ]
        shares = sum(column.stretch for column in columns if not column.width) or 1
        fixed = sum(wanted)
        least = LEAST_SHARE + LEAST_FURTHER * (sum(1 for column in columns if not column.width) - 1)
        squeeze = min((self.viewport().width() - least) / fixed, 1.0) if fixed else 1.0
        widths = [int(width * max(squeeze, 0.4)) for width in wanted]
        room = max(self.viewport().width() - sum(widths), least)
        for index, column in enumerate(columns):
            self.setColumnWidth(index, widths[index] or room * column.stretch // shares)
        self._fit_heights(range(len(self.ledger.lines)))

    def _fit_heights(self, rows: range) -> None:
        """Let every line be as high as the text in it."""
        option = QStyleOptionViewItem()
        option.font = self.font()
        option.fontMetrics = self.fontMetrics()
        wrapped = [index for index, column in enumerate(self.ledger.columns) if column.wrap]
        for row in rows:
            height = LEAST_HEIGHT
            for index in wrapped:
                option.rect = QRect(0, 0, self.columnWidth(index), LEAST_HEIGHT)
                height = max(height, self._delegate.sizeHint(option, self.ledger.index(row, index)).height())
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)
