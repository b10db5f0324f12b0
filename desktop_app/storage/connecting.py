"""How a data file is recognised and connected to, the same for work, copies and checks."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from desktop_app.domain.issues import UserError
from desktop_app.storage.migrate import APPLICATION_ID

BUSY_TIMEOUT_S = 5.0
_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_PRAGMAS = (
    "foreign_keys = ON",
    "recursive_triggers = ON",  # so that REPLACE cannot slip past the triggers that keep the history
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "temp_store = MEMORY",
    "cache_spill = OFF",  # otherwise a large write locks all readers out for its whole length
    "synchronous = FULL",
)


def schema_version(path: Path) -> int:
    """Return ``user_version`` from the header of one of our files, before SQLite touches it.

    Raises:
        UserError: there is no file, it cannot be read, or it is not one of ours.
    """
    try:
        with path.open("rb") as stream:
            header = stream.read(_HEADER_BYTES)
    except FileNotFoundError as error:
        raise UserError("file_missing", file=str(path)) from error
    except OSError as error:
        raise UserError("file_unreadable", file=path.name) from error
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise UserError("file_not_database", file=path.name)
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise UserError("file_foreign", file=path.name)
    return int.from_bytes(header[60:64], "big")


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Connect to an existing file, with everything that makes a foreign schema harmless and a write safe.

    Args:
        path: the file; nothing is created.
        read_only: True to write not even what a cut-off write left to put right.

    Raises:
        sqlite3.Error: the file cannot be opened, its schema cannot be read, or it stays locked for too long.
        UnicodeDecodeError: the schema is no text any more.
    """
    address = f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rw'}"
    connection = sqlite3.connect(address, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None)
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except (sqlite3.Error, UnicodeDecodeError):
        connection.close()
        raise
    return connection
