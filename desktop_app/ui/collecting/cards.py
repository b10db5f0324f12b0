"""The cards of the exchange page: what the page is for, one unit of the round, one file or one cell of a collection."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from desktop_app.domain.issues import Issue, Severity
from desktop_app.services.collecting import CollectionPlan, FilePlan
from desktop_app.services.collecting.deciding import Decisions
from desktop_app.services.collecting.merging import CellChange
from desktop_app.services.collecting.problems import has_problems
from desktop_app.services.rounds import Standing, UnitStanding
from desktop_app.ui.collecting.lines import STANDINGS, content_text, file_sign, shown_time, unit_said
from desktop_app.ui.collecting.review import ReviewRow
from desktop_app.ui.collecting.review_lines import element_of, said_by_workbook, what
from desktop_app.ui.desk import Desk
from desktop_app.ui.grid.states import Sign
from desktop_app.ui.widgets.card import DetailCard
from desktop_app.ui.words import period_name

MOST_ISSUES = 40
MOST_CODES = 12
"""How many open codes of a unit are named."""
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
        reject_asked: the return of the current unit shall be rejected.
        late_asked: the list of units that are late is wanted as a file.
        cells_asked: the cells of the current file are wanted.
        problems_asked: the workbook of what is wrong in the current file is wanted.
        retake_asked: files that were rejected before are wanted all the same.
    """

    figures_asked = Signal(str)
    issue_asked = Signal(str)
    file_asked = Signal(int)
    reject_asked = Signal()
    late_asked = Signal()
    cells_asked = Signal()
    problems_asked = Signal(object)
    retake_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        _ = desk.catalogue
        super().__init__(_("Details of the exchange"))
        self._desk = desk

    def explain_unit(self, item: UnitStanding) -> None:
        """Write the card for a unit of the round."""
        _ = self._desk.catalogue
        self.clear()
        self.text(item.unit.code)
        self.text(item.unit.name, "cardTitle")
        self._signed(STANDINGS[item.standing])
        if item.issued_at is not None:
            self.text(_("Workbook written {time}", time=shown_time(item.issued_at)))
        returned = item.returned
        if returned is not None:
            self.text(_("Received {time}: {file}", time=shown_time(returned.received_at), file=returned.file_name))
            if item.standing is Standing.REJECTED and returned.reason:
                self.text(_("Rejected because: {reason}", reason=returned.reason), "plain", tone="error")
        if item.open_questions:
            words = _.count("{number} open question", "{number} open questions", item.open_questions)
            codes = list(dict.fromkeys(key.code for key in item.open_cells))
            more = [_("and {count} more", count=len(codes) - MOST_CODES)] if len(codes) > MOST_CODES else []
            self.text(f"{words}: {', '.join([*codes[:MOST_CODES], *more])}", "plain", tone="warning")
        self._contact(item)
        self.heading(_("Go on"))
        self.link(_("Open its figures"), partial(self.figures_asked.emit, item.unit.code))
        self.link(_("Write its workbook alone…"), partial(self.issue_asked.emit, item.unit.code))
        if returned is not None:
            self.link(_("Save the returned file…"), partial(self.file_asked.emit, returned.id))
            if item.received:
                self.link(_("Reject this return…"), self.reject_asked.emit)
        self.link(_("Export who is late…"), self.late_asked.emit)
        self._how()
        self.finish()

    def explain_file(self, item: FilePlan) -> None:
        """Write the card for a file of the collection."""
        _ = self._desk.catalogue
        self.clear()
        self._whose(item)
        self._signed(file_sign(item))
        if item.merged is not None and item.merged.changes:
            self.link(_("Look at its cells…"), self.cells_asked.emit)
        self._problems_link(item)
        if any(issue.code == "return_rejected_before" for issue in item.issues):
            self.link(_("Take rejected files all the same"), self.retake_asked.emit)
        self._issues(item.issues)
        self.finish()

    def explain_row(self, item: FilePlan, row: ReviewRow, decisions: Decisions) -> None:
        """Write the card for a row of the review."""
        _ = self._desk.catalogue
        self.clear()
        place = row.issues[0].place if row.change is None else None
        cell, sheet = (place.cell, place.sheet) if place is not None else (row.change.cell, row.change.sheet)  # type: ignore[union-attr]
        self.text(" · ".join(filter(None, (cell, sheet))) or _("whole file"))
        if row.change is not None:
            self.text(what(item, row.change.key, _), "cardTitle")
            self._contents(item, row, row.change, decisions)
        elif place is not None and place.item:
            self.text(place.item, "cardTitle")
        self._issues(row.issues)
        self.heading(_("From the file"))
        self._whose(item, title="plain")
        self._problems_link(item)
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

    def _contents(self, item: FilePlan, row: ReviewRow, change: CellChange, decisions: Decisions) -> None:
        """Write all contents of a cell in full: at issue, held, in the workbook, and afterwards."""
        _ = self._desk.catalogue
        element, name = element_of(item, change.key), change.key.field
        after = decisions.get(item.name, {}).get(change.key, change.after)
        held = content_text(change.before, element, name)
        self.text(_("At issue: {content}", content=content_text(change.base, element, name) or "–"))
        self.text(_("File holds: {content}", content=held or "–"))
        said = said_by_workbook(row, change, element)
        self.text(_("Workbook says: {content}", content=said or "–"))
        self.text(_("Afterwards: {content}", content=content_text(after, element, name) or "–"), "figure")

    def _whose(self, item: FilePlan, title: str = "cardTitle") -> None:
        _ = self._desk.catalogue
        self.text(Path(item.name).name)
        self.text(item.unit.name if item.unit else unit_said(item, _) or _("No unit was recognised"), title)
        if item.period:
            self.text(" · ".join(filter(None, (item.form, period_name(item.period, _)))))

    def _problems_link(self, item: FilePlan) -> None:
        if has_problems(item):
            self.link(self._desk.catalogue("Write its problems for the unit…"), partial(self.problems_asked.emit, item))

    def _signed(self, sign: Sign) -> None:
        picture = self._desk.appearance.pixmap(sign.icon, sign.role, size=18, scale=self.devicePixelRatioF())
        self.signed(picture, self._desk.catalogue(sign.word), tone=sign.role, kind="figure")

    def _contact(self, item: UnitStanding) -> None:
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

    def _issues(self, issues: Sequence[Issue]) -> None:
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
