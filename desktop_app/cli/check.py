"""``check``: a data file, or the program itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop_app.cli.door import FILE, Door, command
from desktop_app.text.catalogue import N_

if TYPE_CHECKING:
    from desktop_app.domain.issues import ExitCode, Issue


@command("check", N_("Check a data file, or the program itself."))
@click.argument("file", type=FILE, required=False)
@click.option("--self", "itself", is_flag=True, help=N_("Check the files that came with the program."))
def check(door: Door, file: Path | None, itself: bool) -> ExitCode:
    """List everything that is wrong or doubtful; nothing is repaired."""
    from desktop_app.services import checking

    if itself == (file is not None):
        raise click.UsageError(door.catalogue("Name a data file, or --self."))
    if file is None:
        return _told(door, checking.check_program())
    with door.session(file, read_only=True) as session:
        issues = checking.check_file(session, door.progress)
    return _told(door, issues)


def _told(door: Door, issues: list[Issue]) -> ExitCode:
    from desktop_app.domain.issues import ExitCode
    from desktop_app.services.checking import is_problem

    _ = door.catalogue
    payload = {"issues": [issue.as_json(_, "file", "unit", "item", "field") for issue in issues]}
    lines = [_line(door, issue) for issue in issues]
    lines.append(_.count("{number} issue.", "{number} issues.", len(issues)) if issues else _("No issues found."))
    door.emit(payload, lines)
    return ExitCode.DATA if any(map(is_problem, issues)) else ExitCode.DONE


def _line(door: Door, issue: Issue) -> str:
    """Return an issue as people read it: where it is, then what it says."""
    place = issue.place
    where = " · ".join(part for part in (place.file, place.unit, place.item, place.field) if part)
    return f"{where}: {issue.text(door.catalogue)}" if where else issue.text(door.catalogue)
