"""``form``: issue the workbooks of a round and collect what comes back."""

from __future__ import annotations

from pathlib import Path

import click

from desktop_app.cli.door import FILE, PERIOD, Door, command, group
from desktop_app.text.catalogue import N_

FOLDER = click.Path(path_type=Path, file_okay=False)

form = group("form", N_("Issue workbooks and collect what comes back."))


@command("issue", N_("Write the workbooks of a round."), parent=form)
@click.argument("file", type=FILE)
@click.option("--plan", "plan_code", required=True, metavar="P", help=N_("Code of the plan."))
@click.option("--period", required=True, type=PERIOD, metavar="K", help=N_("Reporting period, such as 2017 or 2017-Q1."))
@click.option("--out", "out_dir", required=True, type=FOLDER, metavar="DIR", help=N_("Folder to write to."))
@click.option("--unit", "unit_codes", multiple=True, metavar="CODE", help=N_("Only this unit; may be repeated."))
def issue(door: Door, *, file: Path, plan_code: str, period: str, out_dir: Path, unit_codes: tuple[str, ...]) -> None:
    """Write one workbook per unit."""
    from desktop_app.services.issuing import issue as issue_round

    with door.session(file) as session:
        files = issue_round(session, plan_code, period, out_dir, unit_codes=unit_codes or None, progress=door.progress)
    _ = door.catalogue
    door.emit(
        {"files": [{"unit": item.unit.code, "path": str(item.path), "issue_id": item.issue_id} for item in files]},
        [
            *(f"{item.unit.code}  {item.path}" for item in files),
            _.count("{number} workbook in {folder}.", "{number} workbooks in {folder}.", len(files), folder=str(out_dir)),
        ],
    )
