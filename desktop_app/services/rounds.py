"""Where the units of a round stand: who sent what, who is late and by how many days, and whom to remind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.domain import periods
from desktop_app.domain.entities import Issuance, Plan, Return, ReturnStatus, Unit
from desktop_app.domain.issues import UserError
from desktop_app.domain.kinds import Instant
from desktop_app.services import cells
from desktop_app.services.files import write_new
from desktop_app.services.forms import due_on
from desktop_app.services.session import Session
from desktop_app.storage.history import history
from desktop_app.text.catalogue import N_, Catalogue, Language
from desktop_app.text.dates import format_period, json_day, json_moment

if TYPE_CHECKING:
    from desktop_app.services.collecting.desk import RoundDesk

_texts = Catalogue(Language.VI)


class Standing(StrEnum):
    """Where a unit stands in a round."""

    NOT_ISSUED = "not_issued"
    WAITING = "waiting"
    LATE = "late"
    RECEIVED = "received"
    HAS_ISSUES = "has_issues"
    BLANK = "blank"
    APPROVED = "approved"
    REJECTED = "rejected"


STANDINGS: dict[Standing, str] = {
    Standing.NOT_ISSUED: N_("no workbook written"),
    Standing.WAITING: N_("waited for"),
    Standing.LATE: N_("overdue"),
    Standing.RECEIVED: N_("received"),
    Standing.HAS_ISSUES: N_("received, with open points"),
    Standing.BLANK: N_("received empty"),
    Standing.APPROVED: N_("approved"),
    Standing.REJECTED: N_("rejected, to be sent again"),
}
"""Standing → English msgid of what people read."""
_SENT = frozenset({Standing.RECEIVED, Standing.HAS_ISSUES, Standing.APPROVED})
_BY_STATUS = {
    ReturnStatus.RECEIVED: Standing.RECEIVED,
    ReturnStatus.HAS_ISSUES: Standing.HAS_ISSUES,
    ReturnStatus.APPROVED: Standing.APPROVED,
    ReturnStatus.REJECTED: Standing.REJECTED,
}


@dataclass(frozen=True)
class UnitStanding:
    """Where one unit of a round stands.

    Attributes:
        issued_at: when its newest workbook was written; None when none was.
        returned: its newest return without the file's bytes, a rejected one only where there is no other; None for nothing.
        days_late: what counts as received came so many days after the due day; for what is still missing, the due day is
            over since so many days; 0 for neither.
        open_cells: cells of the newest return that were asked and have not been settled since.
    """

    unit: Unit
    issued_at: datetime | None
    returned: Return | None
    standing: Standing
    due_on: date
    days_late: int
    open_cells: tuple[cells.CellKey, ...] = ()

    @property
    def open_questions(self) -> int:
        """How many cells are still open."""
        return len(self.open_cells)

    @property
    def received(self) -> bool:
        """True where something that counts has come: an empty workbook counts, a rejected return does not."""
        return self.standing in _SENT or self.standing is Standing.BLANK

    @property
    def is_reminded(self) -> bool:
        """True where the due day is over and no filled workbook has come."""
        return self.standing not in _SENT and self.days_late > 0

    @property
    def file_name(self) -> str:
        """Name of the file that it sent, "" for none."""
        return self.returned.file_name if self.returned is not None else ""

    @property
    def received_at(self) -> datetime | None:
        """When that file was taken in; None for none."""
        return self.returned.received_at if self.returned is not None else None

    def as_json(self) -> dict[str, Any]:
        """Return it in the shape that other programs rely on (product.md); what is absent is None."""
        unit = self.unit
        return {
            **contact_json(self),
            "received_at": json_moment(self.received_at) if self.received_at else None,
            "file": self.file_name or None,
            "open_questions": self.open_questions,
            "order": unit.order_number,
        }


def contact_json(item: UnitStanding) -> dict[str, Any]:
    """Return whom to remind, and of what."""
    unit = item.unit
    return {
        "code": unit.code,
        "name": unit.name,
        "contact": unit.contact_name,
        "phone": unit.contact_phone,
        "email": unit.contact_email,
        "standing": str(item.standing),
        "issued_at": json_moment(item.issued_at) if item.issued_at else None,
        "due_on": json_day(item.due_on),
        "days_late": item.days_late,
    }


@dataclass(frozen=True)
class RoundStanding:
    """Where a round stands.

    Attributes:
        form: code of the form.
        issued: False where no workbook was written and nothing was received.
        units: those that are asked, in official order.
    """

    plan: Plan
    form: str
    period: str
    due_on: date
    issued: bool
    units: tuple[UnitStanding, ...]

    def late(self) -> list[UnitStanding]:
        """Return the units to remind: the due day is over and no filled workbook has come."""
        return [item for item in self.units if item.is_reminded]


def round_standing(session: Session, plan_code: str, period: str) -> RoundStanding:
    """Return where the units of a round stand.

    Args:
        session: the open file.
        plan_code: the plan whose form is asked.
        period: such as ``2017`` or ``2017-Q1``.

    Raises:
        UserError: an unknown code, no period, or the plan asks nothing for such a period.
    """
    from desktop_app.services.collecting.desk import RoundDesk

    if not periods.is_period(period):
        raise UserError("not_a_period", code=period)
    desk = RoundDesk(session, session.plan(plan_code), period)
    return RoundStanding(
        plan=desk.content.plan,
        form=desk.content.form.code,
        period=period,
        due_on=due_on(session, desk.content.form, period),
        issued=desk.round is not None,
        units=tuple(unit_standings(desk)),
    )


def unit_standings(desk: RoundDesk) -> Iterator[UnitStanding]:
    """Give where each unit of a round stands, in official order."""
    session = desk.session
    due = due_on(session, desk.content.form, desk.period)
    today = session.now().astimezone().date()
    issued: dict[int, Issuance] = {}
    for item in desk.issuances.values():
        known = issued.get(item.unit_id)
        if known is None or known.issued_at < item.issued_at:
            issued[item.unit_id] = item
    for unit in desk.asked:
        issuance = issued.get(unit.id)
        came = desk.returns.get(unit.id) or desk.rejected.get(unit.id)
        newest = came[-1] if came else None
        late = max((today - due).days, 0)
        if newest is None:
            standing = Standing.NOT_ISSUED if issuance is None else Standing.LATE if late else Standing.WAITING
        else:
            standing = _of_return(newest)
            if standing in _SENT:
                late = max((newest.received_at.astimezone().date() - due).days, 0)
        yield UnitStanding(
            unit=unit,
            issued_at=issuance.issued_at if issuance else None,
            returned=replace(newest, cells_json="") if newest else None,
            standing=standing,
            due_on=due,
            days_late=late,
            open_cells=_open(newest, desk, unit) if newest else (),
        )


def _of_return(item: Return) -> Standing:
    standing = _BY_STATUS[item.status]
    if standing not in {Standing.RECEIVED, Standing.HAS_ISSUES}:
        return standing
    says_something = cells.read_of(item.cells_json) or cells.asked_of(item.cells_json)
    return standing if says_something else Standing.BLANK


def _open(item: Return, desk: RoundDesk, unit: Unit) -> tuple[cells.CellKey, ...]:
    """Return the cells that were asked and still hold what they held then."""
    asked = cells.asked_of(item.cells_json)
    if not asked or item.status in {ReturnStatus.REJECTED, ReturnStatus.APPROVED}:
        return ()
    current = desk.unit(unit).current
    return tuple(key for key, held in asked.items() if current.get(key) == held)


def to_json(found: RoundStanding, *, only_late: bool = False) -> dict[str, Any]:
    """Return a round in the shape that other programs rely on (product.md).

    Args:
        found: the round.
        only_late: to leave out the units that need no reminder.
    """
    return {
        "round": {
            "plan": found.plan.code,
            "form": found.form,
            "period": found.period,
            "due_on": json_day(found.due_on),
            "issued": found.issued,
            "expected": len(found.units),
            "received": sum(item.received for item in found.units),
            "late": len(found.late()),
        },
        "units": [item.as_json() for item in (found.late() if only_late else found.units)],
    }


def write_round(session: Session, found: RoundStanding, path: Path, *, only_late: bool = False) -> None:
    """Write the units of a round as a plain table, to merge into letters or to telephone by.

    Args:
        session: the open file.
        found: the round.
        path: the ``.xlsx`` file.
        only_late: to leave out the units that need no reminder.

    Raises:
        UserError: ``file_exists`` where another file of that name stands; ``file_not_written``; ``disk_full``.
    """
    from desktop_app.exchange.writing.tables import OutTable, TableColumn, write_tables

    columns = (
        TableColumn(_texts(N_("Code of the unit")), 12),
        TableColumn(_texts(N_("Unit")), 42),
        TableColumn(_texts(N_("Contact")), 24),
        TableColumn(_texts(N_("Telephone")), 16),
        TableColumn(_texts(N_("E-mail")), 28),
        TableColumn(_texts(N_("Standing")), 24),
        TableColumn(_texts(N_("Workbook written on")), 14),
        TableColumn(_texts(N_("Due on")), 14),
        TableColumn(_texts(N_("Received on")), 14),
        TableColumn(_texts(N_("Days late")), 10),
        TableColumn(_texts(N_("Open points")), 10),
        TableColumn(_texts(N_("File")), 32),
    )
    rows = [_row(item) for item in (found.late() if only_late else found.units)]
    title = f"{found.plan.short_title} – {format_period(found.period)}"
    table = OutTable(found.period, title, columns, rows)
    newest = history(session.database, limit=1)
    moment = str(Instant().to_db(newest[0].at if newest else session.now()))
    write_new(path, write_tables([table], title, moment))


def _row(item: UnitStanding) -> tuple[str | int | date | None, ...]:
    unit = item.unit
    return (
        unit.code,
        unit.name,
        unit.contact_name,
        unit.contact_phone,
        unit.contact_email,
        _texts(STANDINGS[item.standing]),
        _day(item.issued_at),
        item.due_on,
        _day(item.received_at),
        item.days_late,
        item.open_questions,
        item.file_name or None,
    )


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone().date() if moment is not None else None
