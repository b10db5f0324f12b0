"""``export``: tables for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from desktop_app.cli.door import FILE, PERIOD, Door, command
from desktop_app.text.catalogue import N_

CONSOLIDATED = "consolidated"
"""The workbook with every unit's figures beside each other; so far the only thing to export."""


@command("export", N_("Write tables for other programs."))
@click.argument("file", type=FILE)
@click.option("--what", default=CONSOLIDATED, type=click.Choice([CONSOLIDATED]), help=N_("What to write."))
@click.option("--out", "out_path", required=True, type=FILE, metavar="F.xlsx", help=N_("Workbook to write."))
@click.option("--plan", "plan_code", metavar="P", help=N_("Only this plan; without it every plan that has a round."))
@click.option("--period", type=PERIOD, metavar="K", help=N_("Only this period; without it every period that has a round."))
def export(door: Door, *, file: Path, what: str, out_path: Path, plan_code: str | None, period: str | None) -> None:
    """Write the consolidated workbook."""
    from desktop_app.services.consolidated import write_consolidated

    with door.session(file, read_only=True) as session:
        sheets = write_consolidated(session, plan_code, period, out_path, door.progress)
    door.emit({"what": what, "path": str(out_path), "sheets": sheets}, [door.catalogue("Wrote {file}.", file=str(out_path))])
