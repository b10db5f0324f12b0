"""A round's units, the files of a collection and the cells of one file as lines of ledgers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop_app.domain.columns import SheetColumn, format_column
from desktop_app.domain.entities import Element, Return, ReturnStatus, System, Task, Unit
from desktop_app.domain.issues import Severity
from desktop_app.domain.merge import Merge
from desktop_app.domain.values import Answer, format_answer
from desktop_app.services.cells import FIGURE, SYSTEM, TASK, CellKey, Content
from desktop_app.services.collecting import FilePlan
from desktop_app.services.collecting.deciding import offered
from desktop_app.services.collecting.desk import UnitDesk
from desktop_app.services.collecting.merging import CellChange
from desktop_app.text.catalogue import N_, Catalogue
from desktop_app.ui.grid.states import Sign
from desktop_app.ui.places import shown_name
from desktop_app.ui.widgets.ledger import LedgerCell, LedgerColumn, LedgerLine


@dataclass(frozen=True)
class UnitReturn:
    """Where one unit of a round stands.

    Attributes:
        issued_at: when its workbook was written; None when it was not.
        returned: its newest return without the file's bytes; None when it sent nothing.
        is_late: nothing came and the due day is over.
    """

    unit: Unit
    issued_at: datetime | None
    returned: Return | None
    is_late: bool


STANDINGS = {
    "received": Sign("sign-saved", "met", N_("Has come")),
    "issues": Sign("sign-warning", "warning", N_("Received, to be checked")),
    "late": Sign("verdict-not-due", "not_met", N_("Overdue")),
    "waiting": Sign("sign-empty", "soft", N_("Waiting")),
    "not_issued": Sign("sign-dash", "soft", N_("Not issued")),
}
DECIDED = Sign("sign-saved", "met", N_("Decided"))
ASKED = Sign("sign-question", "warning", N_("Asked"))
MERGES = {
    Merge.NEW: Sign("new", "met", N_("New")),
    Merge.CHANGED: Sign("sign-saved", "met", N_("Altered")),
    Merge.CLEARED: Sign("sign-dash", "info", N_("Cleared")),
    Merge.CONFLICT: Sign("sign-conflict", "warning", N_("Conflict")),
    Merge.INVALID: Sign("sign-error", "not_met", N_("Cannot be taken")),
    Merge.UNCHANGED: Sign("sign-saved", "soft", N_("Unchanged")),
}


def standing_of(item: UnitReturn) -> Sign:
    """Return the sign of where a unit stands."""
    if item.returned is not None:
        return STANDINGS["issues" if item.returned.status is ReturnStatus.HAS_ISSUES else "received"]
    if item.issued_at is None:
        return STANDINGS["not_issued"]
    return STANDINGS["late" if item.is_late else "waiting"]


def round_columns(catalogue: Catalogue) -> list[LedgerColumn]:
    """Return the columns of the round."""
    _ = catalogue
    return [
        LedgerColumn(_("Code"), 112),
        LedgerColumn(_("Reporting unit"), wrap=True),
        LedgerColumn(_("Workbook written"), 132),
        LedgerColumn(_("File received"), 132),
        LedgerColumn(_("Standing"), 170),
    ]


def round_lines(units: list[UnitReturn], catalogue: Catalogue) -> list[LedgerLine]:
    """Return the units of a round, in official order."""
    lines = []
    for item in units:
        sign = standing_of(item)
        received, spoken = "", ""
        if item.returned is not None:
            received = shown_time(item.returned.received_at)
            spoken = f"{received} {item.returned.file_name}"
        cells = (
            LedgerCell(item.unit.code, "soft"),
            LedgerCell(shown_name(item.unit), spoken=item.unit.name),
            LedgerCell(shown_time(item.issued_at) if item.issued_at else "–", "soft"),
            LedgerCell(received, "soft", spoken=spoken),
            LedgerCell(catalogue(sign.word), sign.role, True, sign.icon, sign.role),
        )
        lines.append(LedgerLine(item.unit.code, cells, payload=item))
    return lines


def file_columns(catalogue: Catalogue) -> list[LedgerColumn]:
    """Return the columns of a collection."""
    _ = catalogue
    return [
        LedgerColumn(_("File"), wrap=True, stretch=3),
        LedgerColumn(_("Reporting unit"), wrap=True, stretch=2),
        LedgerColumn(_("New"), 52, figures=True),
        LedgerColumn(_("Altered"), 82, figures=True),
        LedgerColumn(_("Cleared"), 52, figures=True),
        LedgerColumn(_("Conflict"), 92, figures=True),
        LedgerColumn(_("Unread"), 82, figures=True),
        LedgerColumn(_("Standing"), 138),
    ]


def file_sign(item: FilePlan) -> Sign:
    """Return the sign of what becomes of a file."""
    if item.refused:
        return Sign("sign-error", "not_met", N_("Refused"))
    if item.needs_attention:
        return Sign("sign-question", "warning", N_("To be looked at"))
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
    lines: list[LedgerLine] = []
    for title, found in groups:
        if found:
            lines.append(LedgerLine(section=f"{title} ({len(found)})"))
            lines += [_file_line(item, _) for item in found]
    return lines


def _file_line(item: FilePlan, catalogue: Catalogue) -> LedgerLine:
    sign = file_sign(item)
    counts = item.counts
    loud = {"conflict": "warning", "invalid": "not_met"}
    figures = tuple(
        LedgerCell(str(counts[name]) if counts[name] else "", loud.get(name, "text"), bool(counts[name]))
        for name in ("new", "changed", "cleared", "conflict", "invalid")
    )
    cells = (
        LedgerCell(Path(item.name).name, spoken=item.name),
        LedgerCell(shown_name(item.unit) if item.unit else "–"),
        *figures,
        LedgerCell(catalogue(sign.word), sign.role, True, sign.icon, sign.role),
    )
    return LedgerLine(item.name, cells, payload=item)


def cell_columns(catalogue: Catalogue) -> list[LedgerColumn]:
    """Return the columns of the cells of one file."""
    _ = catalogue
    return [
        LedgerColumn(_("Where"), 124),
        LedgerColumn(_("What"), wrap=True, stretch=2),
        LedgerColumn(_("The file holds"), wrap=True),
        LedgerColumn(_("The workbook says"), wrap=True),
        LedgerColumn(_("Afterwards"), wrap=True),
        LedgerColumn(_("What happens"), 172),
    ]


def cell_lines(item: FilePlan, decided: Mapping[CellKey, Content], catalogue: Catalogue) -> list[LedgerLine]:
    """Return the cells that differ, those that are asked first."""
    changes = item.merged.changes if item.merged else []
    order = sorted(changes, key=lambda change: (not offered(change), not change.asked))
    typed = {(issue.place.sheet, issue.place.cell): str(issue.params.get("typed", "")) for issue in item.issues}
    lines = []
    for change in order:
        unread = typed.get((change.place.sheet, change.place.cell), "") if change.kind is Merge.INVALID else ""
        lines.append(_cell_line(change, item.desk, decided, unread, catalogue))
    return lines


def _cell_line(
    change: CellChange, desk: UnitDesk | None, decided: Mapping[CellKey, Content], unread: str, catalogue: Catalogue
) -> LedgerLine:
    _ = catalogue
    key = change.key
    item = _item(desk, key)
    element = item if isinstance(item, Element) else None
    kind = MERGES[change.kind]
    sign = DECIDED if key in decided else ASKED if offered(change) else kind
    after = decided.get(key, change.after)
    what = " · ".join(
        filter(None, (key.code, item.name if item else "", _(FIELDS[key.field]) if key.field != "value" else ""))
    )
    cells = (
        LedgerCell(" ".join(filter(None, (change.place.sheet, change.place.cell))), "soft"),
        LedgerCell(what),
        LedgerCell(content_text(change.before, element, key.field)),
        LedgerCell(f"“{unread}”" if unread else content_text(change.returned, element, key.field)),
        LedgerCell(content_text(after, element, key.field), bold=True),
        LedgerCell(
            _(sign.word),
            sign.role,
            True,
            sign.icon,
            sign.role,
            f"{_(sign.word)}: {_(kind.word)}" if sign is not kind else "",
        ),
    )
    return LedgerLine("/".join(key), cells, payload=change)


FIELDS = {
    "value": N_("figure"),
    "note": N_("explanation"),
    "status": N_("status"),
    "since_on": N_("in use since"),
    "users": N_("users"),
    "percent": N_("per cent complete"),
    "disbursed_vnd": N_("disbursed (triệu đồng)"),
}


def _item(desk: UnitDesk | None, key: CellKey) -> Element | System | Task | None:
    """Return the element, system or task of a cell."""
    if desk is None:
        return None
    asked: Mapping[str, Element | System | Task] = {FIGURE: desk.elements, SYSTEM: desk.systems, TASK: desk.tasks}[key.kind]  # type: ignore[assignment]
    return asked.get(key.code.casefold())


def content_text(content: Content, element: Element | None, field: str = "value") -> str:
    """Write what a cell holds as people read it, money in the unit of the workbook; "" where it is blank."""
    if isinstance(content, Answer):
        return format_answer(element, content) if element is not None else ""
    return format_column(SheetColumn.DISBURSED if field == "disbursed_vnd" else SheetColumn.NOTE, content)


def shown_time(at: datetime) -> str:
    """Write a moment in the local time zone."""
    return at.astimezone().strftime("%d/%m/%Y %H:%M")
