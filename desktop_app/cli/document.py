"""``document``: an official document as PDF or Word, with what to look at before it is signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop_app.cli.door import FILE, PERIOD, Door, command
from desktop_app.cli.usage import PathType
from desktop_app.text.catalogue import N_, Catalogue

if TYPE_CHECKING:
    from desktop_app.domain.issues import Issue

KINDS = ("plan", "report")
OUT = PathType(path_type=Path, dir_okay=False)


@command("document", N_("Write an official document as PDF or Word."))
@click.argument("file", type=FILE)
@click.option("--plan", "plan_code", required=True, metavar="P", help=N_("Code of the plan."))
@click.option("--kind", required=True, type=click.Choice(KINDS), help=N_("Which document."))
@click.option("--period", type=PERIOD, metavar="K", help=N_("Period of a report, such as 2017 or 2017-Q1."))
@click.option("--out", "out_path", required=True, type=OUT, metavar="F", help=N_("File to write: .pdf or .docx."))
def document(door: Door, *, file: Path, plan_code: str, kind: str, period: str | None, out_path: Path) -> None:
    """Write a document; what was found before signing is listed and keeps nothing back."""
    from desktop_app.services.documents import DocumentKind, write_document

    with door.session(file, read_only=True) as session:
        issues = write_document(session, plan_code, DocumentKind(kind), out_path, period)
    door.emit(
        {
            "path": str(out_path),
            "kind": kind,
            "issues": [issue.as_json(door.catalogue, "item") for issue in issues],
        },
        _lines(door.catalogue, out_path, issues),
    )


def _lines(_: Catalogue, out_path: Path, issues: Sequence[Issue]) -> Iterator[str]:
    yield _("Written: {path}", path=str(out_path))
    if issues:
        yield _("Before signing:")
    for issue in issues:
        yield f"- {issue.text(_)}"
