"""``history`` and ``undo``: what happened in the file, and taking one operation back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop_app.cli.door import FILE, Door, command
from desktop_app.text.catalogue import N_

if TYPE_CHECKING:
    from desktop_app.services.session import Session
    from desktop_app.storage.history import OperationRecord


def _json(door: Door, session: Session, record: OperationRecord) -> dict[str, object]:
    from desktop_app.services.history import title
    from desktop_app.text.dates import json_moment

    return {
        "id": record.id,
        "at": json_moment(record.at),
        "actor": record.actor,
        "source": record.source,
        "name": record.name,
        "title": title(session, door.catalogue, record),
        "changes": record.changes,
        "reverts": record.reverts,
    }


def _line(door: Door, session: Session, record: OperationRecord) -> str:
    from desktop_app.services.history import title

    when = f"{record.at.astimezone():%d/%m/%Y %H:%M}"
    changes = door.catalogue.count("{number} change", "{number} changes", record.changes)
    taken_back = door.catalogue(" (undone)") if record.reverted_by else ""
    return f"#{record.id:<5} {when}  {record.actor:<12} {title(session, door.catalogue, record)} · {changes}{taken_back}"


@command("history", N_("What happened in the file, newest first."))
@click.argument("file", type=FILE)
@click.option("--limit", type=click.IntRange(min=1), metavar="NUMBER", help=N_("At most this many operations."))
def history(door: Door, file: Path, limit: int | None) -> None:
    """List the operations of a file."""
    from desktop_app.services.history import list_operations

    with door.session(file, read_only=True) as session:
        records = list_operations(session, limit)
        payload = {"operations": [_json(door, session, record) for record in records]}
        lines = [_line(door, session, record) for record in records]
    door.emit(payload, lines)


@command("undo", N_("Revert one operation; without a number, the newest that is not reverted yet."))
@click.argument("file", type=FILE)
@click.argument("operation", type=int, required=False)
def undo(door: Door, file: Path, operation: int | None) -> None:
    """Revert one operation as a new one, so that the history keeps both."""
    from desktop_app.services import history as service

    with door.session(file) as session:
        record = service.undo(session, operation)
        payload = {"operation": _json(door, session, record)}
        lines = [_line(door, session, record)]
    door.emit(payload, lines)
