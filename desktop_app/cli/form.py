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
    from desktop_app.services.collecting import CollectionResult, FilePlan

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
@click.option("--expect", metavar="DIGEST", help=N_("Refuse unless the plan still has the digest that a preview showed."))
def collect(door: Door, *, file: Path, paths: tuple[Path, ...], do_apply: bool, policy: str, expect: str | None) -> ExitCode:
    """Collect returned workbooks."""
    from desktop_app.domain.merge import Policy
    from desktop_app.services.collecting import CollectionResult, apply_collection, plan_collection, to_json

    with door.session(file, read_only=not do_apply) as session:
        plan = plan_collection(session, paths, Policy(policy), progress=door.progress)
        result = apply_collection(session, plan, expect) if do_apply else CollectionResult(plan, applied=False)
    door.emit(to_json(result, door.catalogue), _lines(result, door.catalogue))
    return ExitCode.DATA if plan.needs_attention else ExitCode.DONE


def _lines(result: CollectionResult, _: Catalogue) -> Iterator[str]:
    plan = result.plan
    for item in plan.files:
        yield _file_line(item, _)
        for issue in item.issues:
            place = " ".join(filter(None, (issue.place.sheet, issue.place.cell)))
            yield f"    {place + ': ' if place else ''}{issue.text(_)}"
    for state in plan.rounds:
        yield _(
            "{form}, {period}: {received} of {expected} units have sent something.",
            form=state.form,
            period=state.period,
            received=state.received,
            expected=state.expected,
        )
        if state.missing:
            yield _("  Nothing yet from: {units}", units=", ".join(state.missing))
    if result.applied:
        yield _("Taken.") if result.operation_id else _("Nothing new; nothing was written.")
    else:
        yield _("Only a preview. To take exactly this: --apply --expect {digest}", digest=plan.digest)


def _file_line(item: FilePlan, _: Catalogue) -> str:
    name = Path(item.name).name
    if item.refused:
        return _("✕ {file}: refused", file=name)
    return _(
        "{sign} {file}: {unit}, {period} – {new} new, {changed} changed, {unchanged} unchanged, {cleared} cleared, "
        "{conflict} in conflict, {invalid} not readable",
        sign="!" if item.needs_attention else "✓",
        file=name,
        unit=item.unit.name if item.unit else "",
        period=item.period,
        **item.counts,
    )
