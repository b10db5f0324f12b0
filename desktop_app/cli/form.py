"""``form``: issue the workbooks of a round and collect what comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop_app.cli.door import FILE, PERIOD, Door, command, group
from desktop_app.cli.usage import PathType
from desktop_app.domain.issues import ExitCode
from desktop_app.text.catalogue import N_, Catalogue

if TYPE_CHECKING:
    from desktop_app.domain.issues import Issue
    from desktop_app.services.collecting import CollectionPlan, CollectionResult, FilePlan
    from desktop_app.services.collecting.problems import ProblemsMade
    from desktop_app.services.files import NewFiles
    from desktop_app.services.session import Session

FOLDER = PathType(path_type=Path, file_okay=False)

_NAMED_UNITS = 5
"""Up to so many units that sent nothing are named in full; more are given by their codes."""
_LISTED_CELLS = 3
"""Up to so many issues of one kind in one column stand in lines of their own."""
_COUNTS = {
    "new": N_("new"),
    "changed": N_("changed"),
    "unchanged": N_("unchanged"),
    "cleared": N_("cleared"),
    "conflict": N_("in conflict"),
    "invalid": N_("not readable"),
}
_COLLAPSED = {
    "locked_cell_edited": N_("{count} locked cells were changed; the changes were ignored."),
    "figure_under_previous": N_(
        "{count} figures were typed under “Kỳ trước” instead of “Kỳ này” and were not taken; "
        "ask the unit to move them to “Kỳ này”."
    ),
    "row_missing": N_("{count} rows are gone; the file keeps what it has."),
}

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
@click.option("--expect", metavar="DIGEST", help=N_("Refuse unless the plan still has the digest that a preview showed."))
def collect(
    door: Door,
    *,
    file: Path,
    paths: tuple[Path, ...],
    do_apply: bool,
    policy: str,
    problems_path: Path | None,
    expect: str | None,
) -> ExitCode:
    """Collect returned workbooks."""
    from desktop_app.domain.merge import Policy
    from desktop_app.services.collecting import CollectionResult, apply_collection, plan_collection, to_json
    from desktop_app.services.files import NewFiles

    with door.session(file, read_only=not do_apply) as session, NewFiles() as new_files:
        plan = plan_collection(session, paths, Policy(policy), progress=door.progress)
        # what cannot be written is told before anything is taken
        problems = _add_problems(new_files, session, plan, problems_path) if problems_path is not None else None
        result = apply_collection(session, plan, expect) if do_apply else CollectionResult(plan, applied=False)
        new_files.place()
    told = _problem_lines(problems, problems_path, door.catalogue) if problems_path is not None else []
    payload = {**to_json(result, door.catalogue), "problems": str(problems_path) if problems is not None else None}
    door.emit(payload, [*collection_lines(result, paths, door.catalogue), *told])
    return ExitCode.DATA if plan.needs_attention else ExitCode.DONE


def _add_problems(new_files: NewFiles, session: Session, plan: CollectionPlan, path: Path) -> ProblemsMade | None:
    """Make the problems workbook of a collection, to get its name once everything else is done."""
    from desktop_app.services.collecting.problems import problems_workbook

    made = problems_workbook(session, plan)
    if made is not None:
        new_files.add(path, made.content)
    return made


def _problem_lines(made: ProblemsMade | None, path: Path | None, _: Catalogue) -> list[str]:
    if made is None:
        return [_("No file has a problem; no problems workbook was written.")]
    words = _("{count} points of {files} files to send back: {path}", count=made.problems, files=made.files, path=str(path))
    return [words]


def collection_lines(result: CollectionResult, paths: tuple[Path, ...], _: Catalogue) -> Iterator[str]:
    """Give what a person reads of a collection.

    Args:
        result: the plan and what became of it.
        paths: what was named on the command line.
        _: the language.
    """
    plan = result.plan
    for item in plan.files:
        yield _file_line(item, _shown_path(item.name, paths), _)
        yield from _issue_lines(item.issues, _)
    yield from _advice(plan, _)
    for state in plan.rounds:
        yield _(
            "{form}, {period}: {received} of {expected} units have sent something.",
            form=state.form,
            period=state.period,
            received=state.received,
            expected=state.expected,
        )
        if state.missing:
            shown = state.missing_names if len(state.missing) <= _NAMED_UNITS else state.missing
            yield _("  Nothing yet from: {units}", units=", ".join(shown))
    if result.applied:
        yield _("Taken.") if result.operation_id else _("Nothing new; nothing was written.")
    else:
        yield _("Only a preview. To take exactly this: --apply --expect {digest}", digest=plan.digest)


def _shown_path(name: str, paths: tuple[Path, ...]) -> str:
    """Return the path of a file as it is shown: below the folder or archive that was named, if it was one of them."""
    if len(paths) == 1 and paths[0].is_dir():
        return name.removeprefix(str(paths[0])).lstrip("/\\")
    for path in paths:
        if name.startswith(str(path)):
            return path.name + name.removeprefix(str(path))
    return name


def _file_line(item: FilePlan, name: str, _: Catalogue) -> str:
    if item.refused:
        return _("✕ {file}: refused", file=name)
    counts = [f"{count} {_(_COUNTS[kind])}" for kind, count in item.counts.items() if count]
    return _(
        "{sign} {file}: {unit}, {period} – {counts}",
        sign="!" if item.is_doubtful else "✓",
        file=name,
        unit=item.unit.name if item.unit else "",
        period=item.period,
        counts=", ".join(counts),
    )


def _issue_lines(issues: tuple[Issue, ...], _: Catalogue) -> Iterator[str]:
    """Give a line for each issue; many of one kind in one column are one line."""
    groups: dict[tuple[str, str, str], list[Issue]] = {}
    for issue in issues:
        if issue.code in _COLLAPSED:
            groups.setdefault(_column(issue), []).append(issue)
    for issue in issues:
        group = groups.get(_column(issue), [issue]) if issue.code in _COLLAPSED else [issue]
        if len(group) <= _LISTED_CELLS:
            place = " ".join(filter(None, (issue.place.sheet, issue.place.cell)))
            yield f"    {place + ': ' if place else ''}{issue.text(_)}"
        elif issue is group[0]:
            yield "    " + _collapsed(group, _)


def _column(issue: Issue) -> tuple[str, str, str]:
    return issue.code, issue.place.sheet, issue.place.cell.rstrip("0123456789")


def _collapsed(group: list[Issue], _: Catalogue) -> str:
    """Say of many cells in one column, or of many rows, at once what is wrong with them."""
    first, last = group[0], group[-1]
    where = (first.place.cell, last.place.cell) if first.place.cell else (first.place.item, last.place.item)
    return f"{first.place.sheet} {where[0]} … {where[1]}: " + _(_COLLAPSED[first.code], count=len(group))


def _advice(plan: CollectionPlan, _: Catalogue) -> Iterator[str]:
    """Say how what is asked can be settled from the command line."""
    codes = {issue.code for item in plan.files for issue in item.issues}
    counts = [item.counts for item in plan.files]
    if "cell_conflict" in codes:
        yield _("To settle conflicts: --policy file takes what the units answer; without it the file keeps what it holds.")
    if any(found["invalid"] for found in counts) or "cell_conflict" in codes:
        yield _(
            "What is not taken: correct the cell in the workbook and collect it again, or type the figure in with "
            "value set FILE UNIT ELEMENT PERIOD VALUE."
        )
