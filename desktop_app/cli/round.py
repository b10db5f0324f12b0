"""``round``: where the units of a round stand, and whom to remind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop_app.cli.door import FILE, PERIOD, Door, command, group
from desktop_app.cli.tables import aligned
from desktop_app.text.catalogue import N_, Catalogue

if TYPE_CHECKING:
    from desktop_app.services.rounds import RoundStanding, UnitStanding

round_group = group("round", N_("Where the units of a round stand."))


@command("show", N_("List the units of a round: what came, who is late, whom to ask."), parent=round_group)
@click.argument("file", type=FILE)
@click.option("--plan", "plan_code", required=True, metavar="P", help=N_("Code of the plan."))
@click.option("--period", required=True, type=PERIOD, metavar="K", help=N_("Reporting period, such as 2017 or 2017-Q1."))
@click.option("--late", "only_late", is_flag=True, help=N_("Only the units to remind: overdue, and nothing filled in came."))
@click.option("--out", "out_path", type=FILE, metavar="F.xlsx", help=N_("Also write the list as a table."))
def show(door: Door, *, file: Path, plan_code: str, period: str, only_late: bool, out_path: Path | None) -> None:
    """Show where the units of a round stand."""
    from desktop_app.services.rounds import round_standing, to_json, write_round

    with door.session(file, read_only=True) as session:
        found = round_standing(session, plan_code, period)
        if out_path is not None:
            write_round(session, found, out_path, only_late=only_late)
    payload = {**to_json(found, only_late=only_late), "path": str(out_path) if out_path is not None else None}
    door.emit(payload, _lines(door.catalogue, found, out_path, only_late=only_late))


def _lines(_: Catalogue, found: RoundStanding, out_path: Path | None, *, only_late: bool) -> Iterator[str]:
    from desktop_app.text.dates import format_period

    yield " · ".join([found.plan.short_title, format_period(found.period), _("due on {day}", day=found.due_on)])
    shown = found.late() if only_late else list(found.units)
    if shown:
        head = (_("Code"), _("Reporting unit"), _("Standing"), _("Written"), _("Came"), _("Days late"), _("Whom to ask"))
        yield from aligned([head, *(_cells(_, item) for item in shown)])
    came = sum(item.received for item in found.units)
    yield _(
        "{received} of {expected} units have sent something; {late} to remind.",
        received=came,
        expected=len(found.units),
        late=len(found.late()),
    )
    if out_path is not None:
        yield _("Wrote {file}.", file=str(out_path))


def _cells(_: Catalogue, item: UnitStanding) -> tuple[str, ...]:
    from desktop_app.services.rounds import STANDINGS

    unit = item.unit
    standing = _(STANDINGS[item.standing])
    if item.open_questions:
        standing += f" ({item.open_questions})"
    contact = ", ".join(filter(None, (unit.contact_name, unit.contact_phone, unit.contact_email)))
    late = str(item.days_late) if item.days_late else ""
    return (unit.code, unit.name, standing, _day(_, item.issued_at), _day(_, item.received_at), late, contact)


def _day(_: Catalogue, moment: datetime | None) -> str:
    return _.show(moment.astimezone().date()) if moment is not None else "–"
