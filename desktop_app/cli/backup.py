"""``backup``, ``backups`` and ``restore``: proven copies of a data file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop_app.cli.door import FILE, Door, command
from desktop_app.text.catalogue import N_

if TYPE_CHECKING:
    from desktop_app.storage.backups import Backup

_KIB = 1024


def _line(door: Door, copy: Backup) -> str:
    when = f"{copy.at.astimezone():%d/%m/%Y %H:%M}"
    size = door.catalogue("{size} KiB", size=-(-copy.size // _KIB))
    proved = door.catalogue("proven") if copy.proved else door.catalogue("damaged or of another file")
    return f"{when}  {copy.name}  {size}  {proved}"


@command("backup", N_("Make a proven copy of a data file, which may be open."))
@click.argument("file", type=FILE)
def backup(door: Door, file: Path) -> None:
    """Make a proven copy."""
    from desktop_app.services import backups as service

    copy = service.make_backup(file)
    door.emit({"backup": service.to_json(copy)}, [door.catalogue("Proven copy: {path}", path=str(copy.path))])


@command("backups", N_("List the copies of a data file and prove each anew."))
@click.argument("file", type=FILE)
def backups(door: Door, file: Path) -> None:
    """List the copies of a data file."""
    from desktop_app.services import backups as service

    copies = service.list_backups(file)
    lines = [_line(door, copy) for copy in copies] or [door.catalogue("There are no copies yet.")]
    door.emit({"backups": [service.to_json(copy) for copy in copies]}, lines)


@command("restore", N_("Bring a proven copy back; the file as it is now becomes a copy first."))
@click.argument("file", type=FILE)
@click.argument("backup")
def restore(door: Door, file: Path, backup: str) -> None:
    """Bring a proven copy back."""
    from desktop_app.services import backups as service

    done = service.restore_backup(file, backup, door.actor)
    lines = [door.catalogue("Brought back: {name}", name=done.backup.name)]
    if done.kept is not None:
        lines.append(door.catalogue("The file as it was is kept: {path}", path=str(done.kept.path)))
    payload = {"restored": service.to_json(done.backup), "kept": service.to_json(done.kept) if done.kept else None}
    door.emit(payload, lines)
