"""``new`` and ``samples``: create a data file."""

from __future__ import annotations

from pathlib import Path

import click

from desktop_app.cli.door import FILE, Door, command
from desktop_app.text.catalogue import N_


@command("new", N_("Create a data file."))
@click.argument("file", type=FILE)
@click.option("--sample", metavar="NAME", help=N_("Start from a sample; see the command samples."))
def new(door: Door, file: Path, sample: str | None) -> None:
    """Create FILE, with the catalogue alone or with everything that a sample holds."""
    from desktop_app.domain.entities import Plan, Unit
    from desktop_app.services.setup import create_file

    session = create_file(file, sample, door.actor)
    try:
        plans = [plan.code for plan in session.gateway.list(Plan, order_by="code")]
        units = session.gateway.count(Unit)
    finally:
        session.close()
    _ = door.catalogue
    lines = [_("Created {file}: {units} units, {plans} plans.", file=str(file), units=units, plans=len(plans))]
    if plans:
        lines.append(_("Plans: {codes}", codes=", ".join(plans)))
    door.emit({"file": str(file), "sample": sample, "units": units, "plans": plans}, lines)


@command("samples", N_("List the samples."))
def samples(door: Door) -> None:
    """List the samples that ``new --sample`` takes."""
    from desktop_app import library

    found = library.samples()
    door.emit(
        {"samples": [{"name": item.name, "title": item.title} for item in found]},
        [f"{item.name}  {item.title}" for item in found],
    )
