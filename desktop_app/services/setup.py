"""Makes a new data file, empty or from a sample, in one ``setup`` operation."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop_app import __version__, library
from desktop_app.domain.entities import Office, Regime
from desktop_app.library.shipped import Shipped, references
from desktop_app.services.session import Session, login_name, utc_now
from desktop_app.storage.database import create_database
from desktop_app.storage.operations import Operation


def create_file(
    path: Path,
    sample: str | None = None,
    actor: str | None = None,
    *,
    now: Callable[[], datetime] = utc_now,
) -> Session:
    """Create a data file and open it.

    Args:
        path: where; nothing may be there yet.
        sample: name of a sample (:func:`desktop_app.library.samples`); None for the catalogue and a root unit alone.
        actor: who acts; the login of the operating system when None.
        now: the clock.

    Returns:
        A session on the new file; the caller closes it.

    Raises:
        UserError: ``unknown_sample``, ``library_damaged``, or what :func:`create_database` raises; no file is left behind.
    """
    shipped = library.load_empty() if sample is None else library.load_sample(sample)
    who = actor or login_name()
    session = Session(create_database(path, holder=who), who, now=now)
    try:
        with session.operation("setup", source="setup", sample=shipped.name) as operation:
            operation.save(_office(shipped, session.now()))
            save_shipped(operation, shipped)
    except BaseException:
        session.database.discard()
        raise
    return session


def _office(shipped: Shipped, at: datetime) -> Office:
    return Office(
        uuid=str(uuid.uuid4()),
        regime=Regime(shipped.regime),
        digest_key=secrets.token_hex(32),
        sample=shipped.name or None,
        illustrative=shipped.illustrative,
        created_at=at,
        created_with=__version__,
    )


def save_shipped(operation: Operation, shipped: Shipped) -> None:
    """Save bundled data, giving every row its real id in place of the provisional one."""
    ids: dict[tuple[str, int], int] = {}
    for spec, rows in shipped.batches():
        pointers = references(spec)
        unsaved = [_unsaved(row, pointers, ids) for row in rows]
        for row, saved in zip(rows, operation.save_many(unsaved), strict=True):
            if "id" in spec.fields:
                ids[spec.name, row.id] = saved.id


def _unsaved(row: Any, pointers: dict[str, str], ids: dict[tuple[str, int], int]) -> Any:
    changes = {
        field: ids[target, getattr(row, field)] for field, target in pointers.items() if getattr(row, field) is not None
    }
    if hasattr(row, "id"):
        changes["id"] = 0
    return replace(row, **changes)
