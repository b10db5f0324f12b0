"""Proven copies of a data file, for the window and the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop_app.domain.issues import UserError
from desktop_app.services.session import login_name
from desktop_app.storage import backups
from desktop_app.storage.backups import Backup, Restored
from desktop_app.text.dates import json_moment


def make_backup(path: Path) -> Backup:
    """Make a proven copy of a data file, which may be open.

    Raises:
        UserError: the file is no sound data file, the folder is read-only or the disk full.
    """
    return backups.backup(path)


def list_backups(path: Path) -> list[Backup]:
    """Return the copies of a data file, newest first, each checked anew.

    Raises:
        UserError: ``file_missing`` where there is neither the data file nor a copy of it.
    """
    found = backups.list_backups(path)
    if not found and not path.exists():
        raise UserError("file_missing", file=path.name)
    return found


def restore_backup(path: Path, name: str, actor: str | None = None) -> Restored:
    """Bring a proven copy back; the replaced file becomes a copy itself first.

    Args:
        path: the data file, which nobody may have open for writing.
        name: the copy's name from the list, or a path.
        actor: who acts; the login of the operating system when None.

    Raises:
        UserError: the copy is unknown, not sound or of another file; the data file is in use or cannot be written.
    """
    return backups.restore(path, name, holder=actor or login_name())


def to_json(copy: Backup) -> dict[str, Any]:
    """Return a copy as ``backups --json`` lists it (product.md): size in bytes, time in UTC."""
    return {
        "name": copy.name,
        "at": json_moment(copy.at),
        "size": copy.size,
        "proved": copy.proved,
    }
