"""``progress``: a row per target with value, goal, verdict, who reported and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop_app.cli.door import FILE, PERIOD, Door, command
from desktop_app.cli.tables import aligned
from desktop_app.text.catalogue import N_, Catalogue

if TYPE_CHECKING:
    from desktop_app.domain.indicators import TargetProgress
    from desktop_app.services.progress import PlanProgress

_STATEMENT_WIDTH = 44


@command("progress", N_("Targets with value, verdict and gap."))
@click.argument("file", type=FILE)
@click.option("--plan", "plan_code", required=True, metavar="P", help=N_("Code of the plan."))
@click.option("--period", required=True, type=PERIOD, metavar="K", help=N_("Such as 2017, 2017-Q1 or 2017-01."))
@click.option("--unit", "unit_code", metavar="CODE", help=N_("One unit alone."))
def progress(door: Door, file: Path, plan_code: str, period: str, unit_code: str | None) -> None:
    """Show how far the targets of a plan have come."""
    from desktop_app.services import progress as service

    with door.session(file, read_only=True) as session:
        found = service.progress(session, plan_code, period, unit_code)
    door.emit_figures(service.to_json(found), lines_of(door.catalogue, found))


def lines_of(_: Catalogue, found: PlanProgress) -> Iterator[str]:
    """Yield the targets as a table for people."""
    from desktop_app.domain.labels import VERDICTS, verdict_label
    from desktop_app.text.dates import format_period

    yield " · ".join([found.plan.short_title, format_period(found.period), *([found.unit.name] if found.unit else [])])
    head = (_("Code"), _("Target"), _("Value"), _("Goal"), _("Verdict"), _("Reported"), _("Still needed"))
    yield from aligned([head, *(_cells(_, row) for row in found.rows)])
    counted = {str(verdict): count for verdict, count in found.counts().items()}
    yield " · ".join(f"{verdict_label(_, verdict)}: {counted[verdict]}" for verdict in VERDICTS if verdict in counted)


def _cells(_: Catalogue, row: TargetProgress) -> tuple[str, ...]:
    from desktop_app.domain.notation import goal_text, value_text, verdict_text
    from desktop_app.text.numbers import format_figure

    return (
        row.target.code,
        _shortened(row.target.short_statement),
        value_text(_, row) or "–",
        goal_text(_, row),
        verdict_text(_, row),
        f"{row.units_reported}/{row.units_expected}",
        format_figure(row.gap) if row.gap else "",
    )


def _shortened(statement: str) -> str:
    return statement if len(statement) <= _STATEMENT_WIDTH else statement[: _STATEMENT_WIDTH - 1].rstrip() + "…"
