"""``return``: what units have sent in, and rejecting one return."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop_app.cli.door import FILE, PERIOD, Door, command, group
from desktop_app.text.catalogue import N_

if TYPE_CHECKING:
    from desktop_app.services.returns import Rejection, ReturnRecord
    from desktop_app.text.catalogue import Catalogue

returns = group("return", N_("Returns of units: what came, and rejecting one."))


@command("list", N_("List what units have sent in, and where it stands."), parent=returns)
@click.argument("file", type=FILE)
@click.option("--plan", "plan_code", metavar="P", help=N_("Code of the plan."))
@click.option("--period", type=PERIOD, metavar="K", help=N_("Reporting period, such as 2017 or 2017-Q1."))
def list_all(door: Door, *, file: Path, plan_code: str | None, period: str | None) -> None:
    """List the kept returns."""
    from desktop_app.services.returns import list_returns, returns_json

    with door.session(file, read_only=True) as session:
        records = list_returns(session, plan_code, period)
    lines = [_line(item, door.catalogue) for item in records]
    door.emit(returns_json(records), lines or [door.catalogue("Nothing has come yet.")])


@command("reject", N_("Reject a return: what it brought goes, the file stays with the reason."), parent=returns)
@click.argument("file", type=FILE)
@click.argument("unit")
@click.argument("period", type=PERIOD)
@click.option("--plan", "plan_code", metavar="P", help=N_("Code of the plan, where the unit reports for several."))
@click.option("--return", "number", type=int, metavar="NUMBER", help=N_("This return of the list, not the newest one."))
@click.option("--reason", default="", metavar="TEXT", help=N_("Why; it is kept and told when the same file comes again."))
@click.option("--keep-later", is_flag=True, help=N_("Leave what was changed since as it is, and list it."))
def reject(
    door: Door,
    *,
    file: Path,
    unit: str,
    period: str,
    plan_code: str | None,
    number: int | None,
    reason: str,
    keep_later: bool,
) -> None:
    """Reject the newest standing return of a unit, or the one that is named."""
    from desktop_app.domain.issues import UserError
    from desktop_app.services.returns import list_returns, reject_return, returns_json, standing_return

    with door.session(file) as session:
        chosen = standing_return(session, unit, period, plan_code, number)
        try:
            rejection = reject_return(session, chosen.returned.id, reason, keep_later=keep_later, source="cli")
        except UserError as refusal:
            if refusal.code == "rejection_refused":
                door.say(door.catalogue("To leave what was changed since as it is: --keep-later"))
            raise
        records = list_returns(session, chosen.plan.code, period, unit)
    found = next(item for item in records if item.returned.id == chosen.returned.id)
    payload = {
        **returns_json([found])["returns"][0],
        "operation": rejection.operation_id,
        "kept": [issue.as_json(door.catalogue, "item", "field") for issue in rejection.kept],
    }
    door.emit({"return": payload}, _told(found, rejection, records, door.catalogue))


def _told(found: ReturnRecord, rejection: Rejection, records: list[ReturnRecord], _: Catalogue) -> list[str]:
    """Return what a person reads of a rejection."""
    lines = [_line(found, _), *(issue.text(_) for issue in rejection.kept)]
    standing = [item.returned.file_name for item in records if not item.is_rejected]
    if standing:
        lines.append(_("Still standing, from before: {files}", files=", ".join(standing)))
    return [*lines, _("To take it back: undo FILE {operation}", operation=rejection.operation_id)]


def _line(item: ReturnRecord, _: Catalogue) -> str:
    from desktop_app.domain.labels import label

    came = f"{item.returned.received_at.astimezone():%d/%m/%Y %H:%M}"
    standing = label(_, item.returned.status)
    if item.returned.reason:
        standing += f" ({item.returned.reason})"
    place = f"{item.unit.code}  {item.form.code}  {item.period}"
    return f"#{item.returned.id:<5} {came}  {place}  {item.returned.file_name} · {standing}"
