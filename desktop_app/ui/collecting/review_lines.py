"""The rows of a review as lines of a ledger, each written in words when it is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import PurePath
from typing import overload

from desktop_app.domain.entities import Element
from desktop_app.domain.issues import Issue, Severity
from desktop_app.services.cells import CellKey, Content
from desktop_app.services.collecting import FilePlan
from desktop_app.services.collecting.deciding import Decisions
from desktop_app.services.collecting.merging import CellChange
from desktop_app.text.catalogue import N_, Catalogue
from desktop_app.ui.collecting.lines import DECIDED, FIELDS, MERGES, NOT_TAKEN, content_text, unit_said
from desktop_app.ui.collecting.review import Entry, Kind, Review, ReviewRow, Section, is_of_old_text, main_issue, named
from desktop_app.ui.grid.states import Sign
from desktop_app.ui.widgets.ledger import LedgerCell, LedgerColumn, LedgerLine
from desktop_app.ui.words import period_name

KEPT_AT_HAND = 2000
"""How many written lines are kept; a screen shows a dozen."""
FIGURE_WIDTH = 78
ASKED = Sign("sign-question", "warning", N_("To decide"))
SAID = {
    Severity.ERROR: NOT_TAKEN,
    Severity.QUESTION: Sign("sign-question", "warning", N_("Not taken")),
    Severity.WARNING: Sign("sign-warning", "warning", N_("Warning")),
    Severity.INFO: Sign("info", "info", N_("For your information")),
}
KEPT = Sign("sign-dash", "info", N_("Stays as it is"))
REFUSED = Sign("sign-error", "not_met", N_("Refused"))
WARNED = {kind: Sign("sign-warning", "warning", sign.word) for kind, sign in MERGES.items()}


def review_columns(catalogue: Catalogue) -> list[LedgerColumn]:
    """Return the columns of the review; nothing is higher than two lines of text."""
    _ = catalogue
    return [
        LedgerColumn(_("Cell"), 76, lines=2),
        LedgerColumn(_("What"), stretch=6, lines=2),
        LedgerColumn(_("File holds"), FIGURE_WIDTH, figures=True, lines=2),
        LedgerColumn(_("Workbook says"), FIGURE_WIDTH, figures=True, lines=2),
        LedgerColumn(_("Will hold"), FIGURE_WIDTH, figures=True, lines=2),
        LedgerColumn(_("Reason"), stretch=7, lines=2),
        LedgerColumn(_("What happens"), 116),
    ]


class ReviewLines(Sequence[LedgerLine]):
    """The lines of a review's entries; one is written when it is asked for, and again after a decision.

    Args:
        review: what the entries come from.
        entries: rows and the headings of their files.
        decisions: what a person decided.
        catalogue: the reader's language.
    """

    def __init__(self, review: Review, entries: Sequence[Entry], decisions: Decisions, catalogue: Catalogue) -> None:
        self._review = review
        self.entries = entries
        self._decisions = decisions
        self._catalogue = catalogue
        self._written: dict[int, LedgerLine] = {}

    def __len__(self) -> int:
        """Return the number of lines."""
        return len(self.entries)

    @overload
    def __getitem__(self, at: int) -> LedgerLine: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[LedgerLine]: ...

    def __getitem__(self, at: int | slice) -> LedgerLine | Sequence[LedgerLine]:
        """Return a line."""
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        line = self._written.get(at)
        if line is None:
            entry = self.entries[at]
            if len(self._written) >= KEPT_AT_HAND:
                self._written.clear()
            line = self._written[at] = self._section(entry) if isinstance(entry, Section) else self._line(entry)
        return line

    @cached_property
    def sections(self) -> list[int]:
        """The lines that are headings."""
        return [at for at, entry in enumerate(self.entries) if isinstance(entry, Section)]

    @cached_property
    def _at(self) -> dict[int, int]:
        return {entry.number: at for at, entry in enumerate(self.entries) if isinstance(entry, ReviewRow)}

    def row_of(self, row: ReviewRow) -> int:
        """Return where a row stands, or -1."""
        return self._at.get(row.number, -1)

    def _section(self, section: Section) -> LedgerLine:
        _ = self._catalogue
        item = self._review.plan.files[section.file]
        rows = _.count("{number} row", "{number} rows", section.rows)
        parts = [PurePath(item.name).name, rows]
        if item.period and len(self._review.plan.rounds) > 1:
            parts.insert(0, period_name(item.period, _))
        name = unit_said(item, _) or _("No unit was recognised")
        return LedgerLine(section=f"{name}   {' · '.join(parts)}")

    def _line(self, row: ReviewRow) -> LedgerLine:
        item = self._review.item(row)
        change = row.change
        if change is None:
            cells = self._said(item, row)
        else:
            decided = self._decisions.get(item.name, {})
            cells = self._changed(item, row, change, decided.get(change.key, change.after), change.key in decided)
        return LedgerLine(str(row.number), cells, payload=row)

    def _said(self, item: FilePlan, row: ReviewRow) -> tuple[LedgerCell, ...]:
        """Return the cells of a row in which only something is said."""
        _ = self._catalogue
        issue = row.issues[0]
        place = issue.place
        sign = REFUSED if item.refused else SAID[issue.severity]
        nothing = LedgerCell()
        return (
            LedgerCell("\n".join(filter(None, (place.cell, place.sheet))) or _("whole file"), "soft"),
            LedgerCell(place.item),
            nothing,
            LedgerCell(_quoted(issue)),
            nothing,
            self._reason(row),
            self._sign(sign),
        )

    def _changed(
        self, item: FilePlan, row: ReviewRow, change: CellChange, after: Content, is_decided: bool
    ) -> tuple[LedgerCell, ...]:
        """Return the cells of a row in which something may change."""
        element = element_of(item, change.key)
        name = change.key.field
        waits = bool(row.kinds & Kind.DECIDE) and not is_decided
        stands = after == change.before
        return (
            LedgerCell(f"{change.cell}\n{change.sheet}", "soft", spoken=f"{change.cell} {change.sheet}"),
            LedgerCell(what(item, change.key, self._catalogue)),
            LedgerCell(content_text(change.before, element, name) or "–", "soft"),
            LedgerCell(said_by_workbook(row, change, element) or "–"),
            LedgerCell(content_text(after, element, name) or "–", "soft" if stands else "text", bold=not stands),
            self._reason(row),
            self._sign(happens(row, change, waits=waits, is_decided=is_decided)),
        )

    def _reason(self, row: ReviewRow) -> LedgerCell:
        issue = main_issue(row)
        if issue is None:
            return LedgerCell()
        return LedgerCell(issue.text(self._catalogue), "soft" if issue.severity is Severity.INFO else "text")

    def _sign(self, sign: Sign) -> LedgerCell:
        return LedgerCell(self._catalogue(sign.word), sign.role, True, sign.icon, sign.role)


def happens(row: ReviewRow, change: CellChange, *, waits: bool, is_decided: bool) -> Sign:
    """Return the sign of what happens to a cell."""
    if is_decided:
        return DECIDED
    if waits:
        return ASKED
    if row.kinds & Kind.NOT_TAKEN:
        return NOT_TAKEN
    if change.after == change.before:
        return KEPT
    return (WARNED if row.kinds & Kind.WARNING else MERGES)[change.kind]


def said_by_workbook(row: ReviewRow, change: CellChange, element: Element | None) -> str:
    """Write what a cell of the workbook says: as it stands there where it was not taken, or not taken as it stands."""
    telling = (issue for issue in row.issues if change.returned is None or is_of_old_text(issue))
    quoted = next(filter(None, map(_quoted, telling)), "")
    return quoted or content_text(change.returned, element, change.key.field)


def _quoted(issue: Issue) -> str:
    typed = str(issue.params.get("typed") or issue.params.get("was") or "")
    return f"“{typed}”" if typed else ""


def what(item: FilePlan, key: CellKey, catalogue: Catalogue) -> str:
    """Write which cell it is: its code, its name and, unless it is the figure itself, the part of it."""
    found = named(item.desk, key)
    part = catalogue(FIELDS[key.field]) if key.field != "value" else ""
    return " · ".join(filter(None, (key.code, found.name if found else "", part)))


def element_of(item: FilePlan, key: CellKey) -> Element | None:
    """Return the element of a cell; None for systems and tasks."""
    found = named(item.desk, key)
    return found if isinstance(found, Element) else None
