"""Lịch sử: every operation of the file, what it changed, and taking one back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop_app.domain.issues import UserError
from desktop_app.services import history
from desktop_app.services.changes import FigureChange, OperationChanges, OperationRecord, operation_changes
from desktop_app.services.session import Session
from desktop_app.ui.commands import Handler
from desktop_app.ui.desk import Desk
from desktop_app.ui.pages.page import DETAIL_FROM_WIDTH, Page
from desktop_app.ui.places import shown_name
from desktop_app.ui.widgets.card import Card, DetailCard
from desktop_app.ui.widgets.ledger import Ledger, LedgerCell, LedgerColumn, LedgerLine
from desktop_app.ui.words import period_name

MOST_OPERATIONS = 2000
MOST_CHANGES = 40
SETUP = "setup"


class HistoryPage(Page):
    """The operations, newest first; any one can be taken back as long as nobody changed its fields since."""

    NAME = "history"

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(desk, title)
        _ = desk.catalogue
        columns = [
            LedgerColumn(_("When"), 132),
            LedgerColumn(_("What was done"), wrap=True),
            LedgerColumn(_("Who"), 120),
            LedgerColumn(_("How"), 132),
            LedgerColumn(_("Rows"), 80, figures=True),
            LedgerColumn(_("Standing"), 128),
        ]
        self.list = Ledger(columns, desk.appearance, title)
        sheet = Card()
        sheet.column.addWidget(self.list)
        self.card = DetailCard(_("Details of the operation"))
        self.body.addWidget(sheet, 1)
        self.body.addWidget(self.card)
        self.undo_button = self.add_action(
            _("Undo this operation"), self.undo, filled=True, tip=_("Bring back what stood there before this operation")
        )
        self.list.went_to.connect(self._explain)

    def load(self) -> None:
        """Read the operations."""
        self.desk.read(_read, self._show)

    def handlers(self) -> Mapping[str, Handler]:
        """Return the commands of the list."""
        return {"copy": self.list.copy_all}

    def first_focus(self) -> QWidget:
        """Return the list."""
        return self.list

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the table where the window is narrow."""
        super().resizeEvent(event)
        self.card.setVisible(self.width() >= DETAIL_FROM_WIDTH)

    def undo(self) -> None:
        """Take the current operation back; a refusal says what was changed since."""
        line = self.list.current_line()
        if line is None:
            return
        try:
            undone = history.undo(self.desk.session, line.payload.id)
        except UserError as error:
            self.desk.report(error)
            return
        self.desk.happened(undone.id)
        self.desk.say(history.title(self.desk.session, self.desk.catalogue, undone))

    def _show(self, records: list[OperationRecord]) -> None:
        _ = self.desk.catalogue
        self.list.show_lines([self._line(record) for record in records])
        self.sentence.setText(_.count("{number} operation in this file", "{number} operations in this file", len(records)))

    def _line(self, record: OperationRecord) -> LedgerLine:
        _ = self.desk.catalogue
        undone = record.reverted_by is not None
        cells = (
            LedgerCell(record.at.astimezone().strftime("%d/%m/%Y %H:%M"), "soft"),
            LedgerCell(history.title(self.desk.session, _, record), "soft" if undone else "text"),
            LedgerCell(record.actor, "soft"),
            LedgerCell(history.source_name(_, record.source), "soft"),
            LedgerCell(_.show(record.changes), "soft"),
            LedgerCell(_("Undone"), "soft", icon="undo", sign_role="soft") if undone else LedgerCell(),
        )
        return LedgerLine(str(record.id), cells, payload=record)

    def _explain(self, line: LedgerLine | None) -> None:
        record = line.payload if line is not None else None
        may = record is not None and record.reverted_by is None and record.name != SETUP
        self.undo_button.setEnabled(may and not self.desk.session.database.read_only)
        if record is not None:
            self.desk.read(partial(_read_changes, record.id), partial(self._explained, record))

    def _explained(self, record: OperationRecord, changes: OperationChanges) -> None:
        line = self.list.current_line()
        if line is None or line.payload.id != record.id:
            return
        _ = self.desk.catalogue
        self.card.clear()
        self.card.text(record.at.astimezone().strftime("%d/%m/%Y %H:%M:%S"))
        self.card.text(history.title(self.desk.session, _, record), "cardTitle")
        self.card.text(f"{record.actor} · {history.source_name(_, record.source)}")
        if changes.figures:
            self.card.heading(_.count("{number} figure", "{number} figures", len(changes.figures)))
        for change in changes.figures[:MOST_CHANGES]:
            self._figure(change)
        if len(changes.figures) > MOST_CHANGES:
            self.card.text(_("and {count} further ones", count=len(changes.figures) - MOST_CHANGES))
        if changes.others:
            self.card.heading(_("Other rows"))
        for label, count in changes.others:
            self.card.text(f"{_(label)}: {_.show(count)}")
        self.card.finish()

    def _figure(self, change: FigureChange) -> None:
        _ = self.desk.catalogue
        where = f"{change.element.code} · {shown_name(change.unit)} · {period_name(change.period, _)}"
        self.card.text(where, space_before=4)
        empty = _("(empty)")
        if change.before or change.after:
            self.card.text(f"{change.before or empty} → {change.after or empty}", "figure")
        if change.note_before is not None or change.note_after is not None:
            note = _("Explanation: {before} → {after}", before=change.note_before or empty, after=change.note_after or empty)
            self.card.text(note)


def _read(session: Session) -> list[OperationRecord]:
    """Read the operations; runs on the worker's thread."""
    return history.list_operations(session, limit=MOST_OPERATIONS)


def _read_changes(operation_id: int, session: Session) -> OperationChanges:
    """Read what an operation changed; runs on the worker's thread."""
    return operation_changes(session, operation_id)
