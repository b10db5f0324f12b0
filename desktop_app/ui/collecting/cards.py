"""The cards of the exchange page: what the page is for, one unit of the round, one file of a collection."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from desktop_app.domain.issues import Issue, Severity
from desktop_app.services.collecting import CollectionPlan, FilePlan
from desktop_app.ui.collecting.lines import UnitReturn, file_sign, shown_time, standing_of
from desktop_app.ui.desk import Desk
from desktop_app.ui.widgets.card import DetailCard
from desktop_app.ui.words import period_name

MOST_ISSUES = 40
TONES = {Severity.ERROR: "error", Severity.QUESTION: "question", Severity.WARNING: "warning", Severity.INFO: "info"}
SIGNS = {
    Severity.ERROR: ("sign-error", "not_met"),
    Severity.QUESTION: ("sign-question", "warning"),
    Severity.WARNING: ("sign-warning", "warning"),
    Severity.INFO: ("info", "info"),
}


class ExchangeCard(DetailCard):
    """Explains the current line of the exchange page.

    Signals:
        figures_asked: code of a unit whose figures are wanted.
        issue_asked: code of a unit whose workbook alone is wanted.
        file_asked: id of a return whose file is wanted.
        cells_asked: the cells of the current file are wanted.
    """

    figures_asked = Signal(str)
    issue_asked = Signal(str)
    file_asked = Signal(int)
    cells_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        _ = desk.catalogue
        super().__init__(_("Details of the exchange"))
        self._desk = desk

    def explain_unit(self, item: UnitReturn) -> None:
        """Write the card for a unit of the round."""
        _ = self._desk.catalogue
        self.clear()
        self.text(item.unit.code)
        self.text(item.unit.name, "cardTitle")
        sign = standing_of(item)
        picture = self._desk.appearance.pixmap(sign.icon, sign.role, size=18, scale=self.devicePixelRatioF())
        self.signed(picture, _(sign.word), tone=sign.role, kind="figure")
        if item.issued_at is not None:
            self.text(_("Workbook written {time}", time=shown_time(item.issued_at)))
        if item.returned is not None:
            self.text(_("Received {time}: {file}", time=shown_time(item.returned.received_at), file=item.returned.file_name))
        self._contact(item)
        self.heading(_("Go on"))
        self.link(_("Open its figures"), partial(self.figures_asked.emit, item.unit.code))
        self.link(_("Write its workbook alone…"), partial(self.issue_asked.emit, item.unit.code))
        if item.returned is not None:
            self.link(_("Save the returned file…"), partial(self.file_asked.emit, item.returned.id))
        self._how()
        self.finish()

    def explain_file(self, item: FilePlan) -> None:
        """Write the card for a file of the collection."""
        _ = self._desk.catalogue
        self.clear()
        self.text(Path(item.name).name)
        self.text(item.unit.name if item.unit else _("No unit was recognised"), "cardTitle")
        if item.period:
            self.text(" · ".join(filter(None, (item.form, period_name(item.period, _)))))
        sign = file_sign(item)
        picture = self._desk.appearance.pixmap(sign.icon, sign.role, size=18, scale=self.devicePixelRatioF())
        self.signed(picture, _(sign.word), tone=sign.role, kind="figure")
        if item.merged is not None and item.merged.changes:
            self.link(_("Look at its cells…"), self.cells_asked.emit)
        self._issues(item.issues)
        self.finish()

    def explain_nothing(self, plan: CollectionPlan | None) -> None:
        """Write what the page is for, or who has not sent anything yet."""
        _ = self._desk.catalogue
        self.clear()
        if plan is None:
            self._how()
        for state in plan.rounds if plan else ():
            self.text(f"{state.form} · {period_name(state.period, _)}")
            received = _(
                "{received} of {expected} units have sent something", received=state.received, expected=state.expected
            )
            self.text(received, "cardTitle")
            if state.missing:
                self.heading(_("Nothing yet from"))
                self.text(", ".join(state.missing))
        self.finish()

    def _contact(self, item: UnitReturn) -> None:
        unit = item.unit
        parts = [part for part in (unit.contact_name, unit.contact_phone, unit.contact_email) if part]
        if parts:
            self.text(" · ".join(parts))

    def _how(self) -> None:
        _ = self._desk.catalogue
        self.heading(_("How it works"))
        self.text(_("1. Issue: one workbook per unit is written into a folder that you send."))
        self.text(_("2. Collect: choose the returned files or their folder, or drop them here. Nothing is written yet."))
        self.text(_("3. Look at what is new, in conflict or unreadable, then take it all as one step that can be undone."))

    def _issues(self, issues: tuple[Issue, ...]) -> None:
        _ = self._desk.catalogue
        if not issues:
            return
        self.heading(_.count("{number} remark", "{number} remarks", len(issues)))
        for issue in issues[:MOST_ISSUES]:
            icon, role = SIGNS[issue.severity]
            picture = self._desk.appearance.pixmap(icon, role, size=18, scale=self.devicePixelRatioF())
            where = " ".join(filter(None, (issue.place.sheet, issue.place.cell, issue.place.item)))
            words = issue.text(_)
            self.signed(picture, f"{where}\n{words}" if where else words, tone=TONES[issue.severity])
        if len(issues) > MOST_ISSUES:
            self.text(_("and {count} further remarks; look at the cells", count=len(issues) - MOST_ISSUES))
