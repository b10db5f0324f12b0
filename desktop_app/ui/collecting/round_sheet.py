"""The sheet of a round: which unit has its workbook, who has sent it back, who is late; a return can be rejected here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMargins, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.services.rounds import RoundStanding, Standing, UnitStanding
from desktop_app.text.catalogue import N_, Catalogue
from desktop_app.ui.collecting.lines import contact_rows, round_columns, round_lines
from desktop_app.ui.desk import Desk
from desktop_app.ui.grid.paste import write_block
from desktop_app.ui.places import shown_name
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.flow import FlowLayout
from desktop_app.ui.widgets.ledger import Ledger, LedgerLine

ALL, MISSING, LATE, RECEIVED, DOUBTFUL = "all", "missing", "late", "received", "doubtful"
CHIPS = {
    ALL: N_("All units"),
    MISSING: N_("Nothing sent"),
    LATE: N_("Overdue"),
    RECEIVED: N_("Has been sent"),
    DOUBTFUL: N_("To be checked"),
}
_DOUBTFUL = frozenset({Standing.HAS_ISSUES, Standing.BLANK, Standing.REJECTED})


class RoundSheet(Card):
    """The units of a round with filters, and the strip in which a return is rejected.

    Signals:
        rejected: id of a return and the reason that was typed.
    """

    rejected = Signal(int, str)

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__()
        self._catalogue = _ = desk.catalogue
        self._units: Sequence[UnitStanding] = ()
        self._kind = ALL
        self.ledger = Ledger(round_columns(_), desk.appearance, title)
        self.rejecting = RejectStrip(_)
        self.rejecting.confirmed.connect(self.rejected)
        self.rejecting.left.connect(self.ledger.setFocus)
        self.column.addWidget(self._chips())
        self.column.addWidget(self.ledger, 1)
        self.column.addWidget(self.rejecting)

    def _chips(self) -> QWidget:
        bar = QWidget()
        row = FlowLayout(bar, QMargins(8, 8, 8, 7), 6)
        self._group = QButtonGroup(self)
        self.chips: dict[str, QPushButton] = {}
        for kind in CHIPS:
            chip = QPushButton()
            chip.setObjectName("chip")
            chip.setCheckable(True)
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard to the table
            chip.toggled.connect(lambda checked, kind=kind: self.show_only(kind) if checked else None)
            self._group.addButton(chip)
            self.chips[kind] = chip
            row.addWidget(chip)
        self.chips[ALL].setChecked(True)
        return bar

    def show_round(self, standing: RoundStanding) -> None:
        """Show the units of a round, under the filter that is on."""
        _ = self._catalogue
        self._units = standing.units
        for kind, chip in self.chips.items():
            count = sum(_is_of(item, kind) for item in self._units)
            chip.setText(f"{_(CHIPS[kind])}  {count}")
            chip.setAccessibleName(_("{filter}: {number} rows", filter=_(CHIPS[kind]), number=count))
            chip.setVisible(kind == ALL or bool(count) or chip.isChecked())
        self.show_only(self._kind)

    def show_only(self, kind: str) -> None:
        """Show the units of one kind, a key of :data:`CHIPS`."""
        self._kind = kind
        self.chips[kind].setChecked(True)
        self.rejecting.hide()
        self.ledger.show_lines(round_lines(self.shown, self._catalogue))

    @property
    def shown(self) -> list[UnitStanding]:
        """The units that are shown."""
        return [item for item in self._units if _is_of(item, self._kind)]

    def current(self) -> UnitStanding | None:
        """Return the unit that is explained now."""
        line: LedgerLine | None = self.ledger.current_line()
        return line.payload if line is not None else None

    def copy(self) -> str:
        """Copy the units that are shown, with whom to ask there; return a sentence that says so."""
        shown, _ = self.shown, self._catalogue
        QGuiApplication.clipboard().setText(write_block(contact_rows(shown, _)))
        return _.count("{number} unit copied with its contact.", "{number} units copied with their contacts.", len(shown))

    def ask_reason(self, item: UnitStanding) -> None:
        """Open the strip that rejects what a unit sent."""
        if item.returned is not None:
            self.rejecting.ask(item, item.returned.id)


class RejectStrip(QFrame):
    """Says what rejecting a return does and takes the reason; Enter rejects, Esc leaves it.

    Signals:
        confirmed: id of the return and the reason.
        left: nothing is rejected.
    """

    confirmed = Signal(int, str)
    left = Signal()

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.setProperty("tone", "warning")
        self._catalogue = _ = catalogue
        self._return_id = 0
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("Reason, as the unit shall read it"))
        self.reason.setAccessibleName(_("Reason for rejecting the return"))
        self.reason.returnPressed.connect(self._confirm)
        self.reject_button = QPushButton(_("Reject"))
        self.reject_button.clicked.connect(self._confirm)
        leave = QPushButton(_("Leave as it is"))
        leave.clicked.connect(self._leave)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.reason, 1)
        row.addWidget(self.reject_button)
        row.addWidget(leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 7, 10, 7)
        column.setSpacing(6)
        column.addWidget(self._text)
        column.addLayout(row)
        self.hide()

    @property
    def sentence(self) -> str:
        """What the strip says now."""
        return "" if self.isHidden() else self._text.text()

    def ask(self, item: UnitStanding, return_id: int) -> None:
        """Ask for the reason."""
        _ = self._catalogue
        self._return_id = return_id
        words = _(
            "Reject “{file}” of {unit}: the cells that it brought go back to what they held before; Ctrl+Z undoes it.",
            file=item.file_name,
            unit=shown_name(item.unit),
        )
        self._text.setText(words)
        self.setAccessibleName(words)
        self.reason.clear()
        self.show()
        self.reason.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the return as it is."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return
        super().keyPressEvent(event)

    def _confirm(self) -> None:
        self.hide()
        self.confirmed.emit(self._return_id, self.reason.text().strip())

    def _leave(self) -> None:
        self.hide()
        self.left.emit()


def _is_of(item: UnitStanding, kind: str) -> bool:
    if kind == MISSING:
        return not item.received
    if kind == LATE:
        return item.is_reminded
    if kind == RECEIVED:
        return item.received
    return kind == ALL or item.standing in _DOUBTFUL
