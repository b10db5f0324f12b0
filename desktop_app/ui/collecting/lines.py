"""A round's units and the files of a collection as lines of ledgers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from desktop_app.domain.columns import SheetColumn, format_column
from desktop_app.domain.entities import Element
from desktop_app.domain.issues import Severity
from desktop_app.domain.merge import Merge
from desktop_app.domain.values import Answer, format_answer
from desktop_app.services.cells import Content
from desktop_app.services.collecting import FilePlan
from desktop_app.services.rounds import Standing, UnitStanding
from desktop_app.text.catalogue import N_, Catalogue
from desktop_app.ui.grid.states import Sign
from desktop_app.ui.places import shown_name
from desktop_app.ui.widgets.ledger import LedgerCell, LedgerColumn, LedgerLine

STANDINGS = {
    Standing.APPROVED: Sign("sign-saved", "met", N_("Approved")),
    Standing.RECEIVED: Sign("sign-saved", "met", N_("Has come")),
    Standing.HAS_ISSUES: Sign("sign-warning", "warning", N_("Has come, to check")),
    Standing.BLANK: Sign("sign-warning", "warning", N_("Has come, empty")),
    Standing.REJECTED: Sign("sign-error", "not_met", N_("Rejected")),
    Standing.LATE: Sign("verdict-not-due", "not_met", N_("Overdue")),
    Standing.WAITING: Sign("sign-empty", "soft", N_("Waiting")),
    Standing.NOT_ISSUED: Sign("sign-dash", "soft", N_("Not issued")),
}
DECIDED = Sign("sign-saved", "met", N_("Decided"))
NOT_TAKEN = Sign("sign-error", "not_met", N_("Not taken"))
MERGES = {
    Merge.NEW: Sign("new", "met", N_("New")),
    Merge.CHANGED: Sign("sign-saved", "met", N_("Altered")),
    Merge.CLEARED: Sign("sign-dash", "info", N_("Cleared")),
    Merge.CONFLICT: Sign("sign-conflict", "warning", N_("Conflict")),
    Merge.INVALID: NOT_TAKEN,
    Merge.UNCHANGED: Sign("sign-saved", "soft", N_("Unchanged")),
}


def round_columns(catalogue: Catalogue) -> list[LedgerColumn]:
    """Return the columns of the round."""
    _ = catalogue
    return [
        LedgerColumn(_("Code"), 112),
        LedgerColumn(_("Reporting unit"), wrap=True),
        LedgerColumn(_("Workbook written"), 132),
        LedgerColumn(_("File received"), 132),
        LedgerColumn(_("Standing"), 170),
        LedgerColumn(_("Late"), 96),
    ]


def round_lines(units: Sequence[UnitStanding], catalogue: Catalogue) -> list[LedgerLine]:
    """Return the units of a round, in official order."""
    _ = catalogue
    lines = []
    for item in units:
        sign = STANDINGS[item.standing]
        received = shown_time(item.received_at) if item.received_at else ""
        days = _.count("{number} day", "{number} days", item.days_late) if item.days_late else ""
        cells = (
            LedgerCell(item.unit.code, "soft"),
            LedgerCell(shown_name(item.unit), spoken=item.unit.name),
            LedgerCell(shown_time(item.issued_at) if item.issued_at else "–", "soft"),
            LedgerCell(received, "soft", spoken=f"{received} {item.file_name}".strip()),
            LedgerCell(_(sign.word), sign.role, True, sign.icon, sign.role, f"{_(sign.word)} {days}".strip()),
            LedgerCell(days, "not_met" if days and not item.received else "soft"),
        )
        lines.append(LedgerLine(item.unit.code, cells, payload=item))
    return lines


def contact_rows(units: Sequence[UnitStanding], catalogue: Catalogue) -> list[list[str]]:
    """Return the units of a round with whom to ask there, headings first, as a table for other programs."""
    _ = catalogue
    titles = (_("Code"), _("Reporting unit"), _("Standing"), _("Days late"), _("Contact"), _("Telephone"), _("E-mail"))
    rows = [list(titles)]
    for item in units:
        days = str(item.days_late) if item.days_late else ""
        unit = item.unit
        contact = [part or "" for part in (unit.contact_name, unit.contact_phone, unit.contact_email)]
        rows.append([unit.code, unit.name, _(STANDINGS[item.standing].word), days, *contact])
    return rows


COUNTS = {
    "new": N_("New"),
    "changed": N_("Altered"),
    "cleared": N_("Cleared"),
    "conflict": N_("Conflict"),
    "invalid": N_("Unread"),
}
"""What is counted of a file: outcome of the merge → heading."""
COUNT_WIDTH = 52


def counted(files: Sequence[FilePlan]) -> list[str]:
    """Return the outcomes that occur in any of the files; the others need no column."""
    found = [item.counts for item in files]
    return [name for name in COUNTS if any(counts[name] for counts in found)]


def file_columns(catalogue: Catalogue, counts: Sequence[str] = tuple(COUNTS)) -> list[LedgerColumn]:
    """Return the columns of a collection.

    Args:
        catalogue: the reader's language.
        counts: the outcomes that have a column.
    """
    _ = catalogue
    return [
        LedgerColumn(_("File"), stretch=3, wrap=True, lines=4),
        LedgerColumn(_("Reporting unit"), stretch=2, wrap=True),
        *(LedgerColumn(_(COUNTS[name]), COUNT_WIDTH, figures=True) for name in counts),
        LedgerColumn(_("Standing"), 120),
    ]


def file_sign(item: FilePlan) -> Sign:
    """Return the sign of what becomes of a file."""
    if item.refused:
        return Sign("sign-error", "not_met", N_("Refused"))
    if item.needs_attention:
        return Sign("sign-question", "warning", N_("To be looked at"))
    if any(issue.code == "file_twice" for issue in item.issues):
        return Sign("sign-dash", "soft", N_("Second copy"))
    if item.is_known:
        return Sign("sign-dash", "soft", N_("Received before"))
    if any(issue.severity is Severity.WARNING for issue in item.issues):
        return Sign("sign-warning", "warning", N_("With warnings"))
    return Sign("sign-saved", "met", N_("In order"))


def file_lines(files: tuple[FilePlan, ...], catalogue: Catalogue) -> list[LedgerLine]:
    """Return the files, those that need somebody first."""
    _ = catalogue
    groups = (
        (_("Refused: nothing is taken from these files"), [item for item in files if item.refused]),
        (_("To be looked at"), [item for item in files if item.needs_attention and not item.refused]),
        (_("In order"), [item for item in files if not item.needs_attention]),
    )
    counts = counted(files)
    lines: list[LedgerLine] = []
    for title, found in groups:
        if found:
            lines.append(LedgerLine(section=f"{title} ({len(found)})"))
            lines += [file_line(item, _, counts) for item in found]
    return lines


def file_line(item: FilePlan, catalogue: Catalogue, names: Sequence[str] = tuple(COUNTS)) -> LedgerLine:
    """Return one file: whose it is and how many cells fell under which outcome, or why it is refused.

    Args:
        item: the file.
        catalogue: the reader's language.
        names: the outcomes that have a column.
    """
    sign = file_sign(item)
    counts = item.counts
    loud = {"conflict": "warning", "invalid": "not_met"}
    figures = tuple(
        LedgerCell(str(counts[name]) if counts[name] else "", loud.get(name, "text"), bool(counts[name])) for name in names
    )
    cells = (
        _named(item, catalogue),
        _whose(item, catalogue),
        *figures,
        LedgerCell(catalogue(sign.word), sign.role, True, sign.icon, sign.role),
    )
    return LedgerLine(item.name, cells, payload=item)


def _named(item: FilePlan, catalogue: Catalogue) -> LedgerCell:
    """Return the name of a file, and below it why nothing is taken from it, or of which other one it is a copy."""
    telling = [issue for issue in item.issues if item.refused or issue.code == "file_twice"]
    reason = telling[-1].text(catalogue) if telling else ""
    name = Path(item.name).name
    return LedgerCell("\n".join(filter(None, (name, reason))), spoken=" ".join(filter(None, (item.name, reason))))


def _whose(item: FilePlan, catalogue: Catalogue) -> LedgerCell:
    """Return the unit of a file; of a refused one that says none, the one whose workbook had that name."""
    return LedgerCell(unit_said(item, catalogue) or "–", "text" if item.unit else "soft")


def unit_said(item: FilePlan, catalogue: Catalogue) -> str:
    """Write whose return a file is, marked where only its name says so; "" where nothing does."""
    if item.unit is not None:
        return shown_name(item.unit)
    return catalogue("{unit} (by the file name)", unit=shown_name(item.named_unit)) if item.named_unit else ""


FIELDS = {
    "value": N_("figure"),
    "note": N_("explanation"),
    "status": N_("status"),
    "since_on": N_("in use since"),
    "users": N_("users"),
    "percent": N_("per cent complete"),
    "disbursed_vnd": N_("disbursed (triệu đồng)"),
}


def content_text(content: Content, element: Element | None, field: str = "value") -> str:
    """Write what a cell holds as people read it, money in the unit of the workbook; "" where it is blank."""
    if isinstance(content, Answer):
        return format_answer(element, content) if element is not None else ""
    return format_column(SheetColumn.DISBURSED if field == "disbursed_vnd" else SheetColumn.NOTE, content)


def shown_time(at: datetime) -> str:
    """Write a moment in the local time zone."""
    return at.astimezone().strftime("%d/%m/%Y %H:%M")
