"""``form``: issue the workbooks of a round and collect what comes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop_app.cli.collected import collection_lines
from desktop_app.cli.door import FILE, PERIOD, Door, command, group
from desktop_app.cli.usage import PathType
from desktop_app.domain.issues import ExitCode
from desktop_app.text.catalogue import N_, Catalogue

if TYPE_CHECKING:
    from desktop_app.services.collecting import CollectionPlan
    from desktop_app.services.collecting.problems import ProblemsMade
    from desktop_app.services.files import NewFiles
    from desktop_app.services.session import Session

FOLDER = PathType(path_type=Path, file_okay=False)

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
    from desktop_app.services.issuing import period_issues

    with door.session(file) as session:
        issues = period_issues(session, plan_code, period)
        files = issue_round(session, plan_code, period, out_dir, unit_codes=unit_codes or None, progress=door.progress)
    _ = door.catalogue
    for found in issues:
        door.say(found.text(_))
    door.emit(
        {
            "files": [{"unit": item.unit.code, "path": str(item.path), "issue_id": item.issue_id} for item in files],
            "issues": [found.as_json(_, "unit", "item", "field") for found in issues],
        },
        [
            *(f"{item.unit.code}  {item.path}" for item in files),
            _.count("{number} workbook in {folder}.", "{number} workbooks in {folder}.", len(files), folder=str(out_dir)),
        ],
    )


@command("collect", N_("Read what units sent back: files, folders or zip archives."), parent=form)
@click.argument("file", type=FILE)
@click.argument("paths", nargs=-1, required=True, type=PathType(path_type=Path, exists=True))
@click.option("--apply", "do_apply", is_flag=True, help=N_("Take what can be taken; without it nothing is written."))
@click.option(
    "--policy",
    type=click.Choice(["nonblank", "file", "blanks"]),
    default="nonblank",
    help=N_(
        "nonblank: take what is filled, ask about conflicts. file: take the files as they are. blanks: fill blanks only."
    ),
)
@click.option(
    "--problems",
    "problems_path",
    type=FILE,
    metavar="F.xlsx",
    help=N_("Also write a workbook of what the units have to look at again, to send back to them."),
)
@click.option("--take-rejected", is_flag=True, help=N_("Take the very files of rejected returns again."))
@click.option("--expect", metavar="DIGEST", help=N_("Refuse unless the plan still has the digest that a preview showed."))
def collect(
    door: Door,
    *,
    file: Path,
    paths: tuple[Path, ...],
    do_apply: bool,
    policy: str,
    problems_path: Path | None,
    take_rejected: bool,
    expect: str | None,
) -> ExitCode:
    """Collect returned workbooks."""
    from desktop_app.domain.merge import Policy
    from desktop_app.services.collecting import CollectionResult, apply_collection, plan_collection, to_json
    from desktop_app.services.files import NewFiles

    with door.session(file, read_only=not do_apply) as session, NewFiles() as new_files:
        plan = plan_collection(session, paths, Policy(policy), take_rejected=take_rejected, progress=door.progress)
        # what cannot be written is told before anything is taken
        problems = _add_problems(new_files, session, plan, problems_path) if problems_path is not None else None
        result = apply_collection(session, plan, expect) if do_apply else CollectionResult(plan, applied=False)
        new_files.place()
    payload = {**to_json(result, door.catalogue), "problems": str(problems_path) if problems is not None else None}
    told = [_problem_line(problems, problems_path, door.catalogue)] if problems_path is not None else []
    door.emit(payload, [*collection_lines(result, paths, door.catalogue), *told])
    return ExitCode.DATA if plan.needs_attention else ExitCode.DONE


def _add_problems(new_files: NewFiles, session: Session, plan: CollectionPlan, path: Path) -> ProblemsMade | None:
    """Make the problems workbook of a collection, to get its name once everything else is done."""
    from desktop_app.services.collecting.problems import problems_workbook

    made = problems_workbook(session, plan)
    if made is not None:
        new_files.add(path, made.content)
    return made


def _problem_line(made: ProblemsMade | None, path: Path, _: Catalogue) -> str:
    if made is None:
        return _("No file has a problem; no problems workbook was written.")
    return _("{count} points of {files} files to send back: {path}", count=made.problems, files=made.files, path=str(path))
