"""The schema and its changes: ``db/migrations/NNNN_what.sql``, each applied once, in order, through sqlite-utils.

``user_version`` is the number of the last one, so that a file's age is known from its first hundred bytes.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.paths import bundled

if TYPE_CHECKING:
    from sqlite_utils import Database as Tables

APPLICATION_ID = 0x534B4831
"""Marks our files in the header of SQLite: "SKH1"."""
_SET = "sokehoach"


def migration_files() -> list[Path]:
    """Return the migrations in the order in which they apply."""
    return sorted(bundled("db/migrations").glob("[0-9][0-9][0-9][0-9]_*.sql"))


def number_of(migration: Path) -> int:
    """Return the number that a migration's name begins with."""
    return int(migration.name[:4])


def newest_version() -> int:
    """Return the ``user_version`` of a file that has every migration."""
    return number_of(migration_files()[-1])


def tables_of(connection: sqlite3.Connection) -> Tables:
    """Wrap a connection in sqlite-utils, without its plugins: they could change what the schema means."""
    from sqlite_utils import Database as Tables  # noqa: PLC0415 - 0.1 s that an up-to-date file need not pay for

    return Tables(connection, execute_plugins=False)


def migrate(connection: sqlite3.Connection) -> None:
    """Apply what is missing, all or nothing, and mark the file as ours.

    Foreign keys are off meanwhile, because a rebuilt table drops its old self, and are checked before the end.

    Raises:
        sqlite3.Error: the file cannot be written; nothing was changed.
        sqlite3.IntegrityError: a migration broke a reference; nothing was changed.
    """
    from sqlite_utils import Migrations  # noqa: PLC0415

    tables = tables_of(connection)
    migrations = Migrations(_SET)
    for path in migration_files():
        migrations(name=path.stem)(_Step(path))
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(tables)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {newest_version()}")
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise sqlite3.IntegrityError("foreign_key_check")  # noqa: TRY301 - the one way out rolls back
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


class _Step:
    """One migration as sqlite-utils wants it: a function with a name."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.__name__ = path.stem

    def __call__(self, tables: Tables, /) -> None:
        tables.executescript(self.path.read_text(encoding="utf-8"))
