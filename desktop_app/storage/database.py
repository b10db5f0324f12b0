"""One data file: created, opened, refused and closed.

A connection belongs to the thread that opened it. The file uses a rollback journal, so that an idle one is a single file;
reading changes no byte of it. Writing is only possible inside :meth:`Database.operation`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

from desktop_app.domain.issues import UserError
from desktop_app.paths import bundled
from desktop_app.storage import hold as holds
from desktop_app.storage.connecting import connect, schema_version
from desktop_app.storage.gateway import Gateway
from desktop_app.storage.migrate import migrate, newest_version
from desktop_app.storage.operations import Operation, operation
from desktop_app.storage.refusals import refusal_of, require_room, speaking
from desktop_app.text.catalogue import Param


class Database:
    """An open data file.

    Attributes:
        path: the file.
        connection: the SQLite connection, for the read models of this package.
        read_only: True when it was opened for reading alone.
        gateway: typed reads of every entity, and its writes inside an operation.
        holder: who others are told holds the file.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, *, read_only: bool, holder: str) -> None:
        self.path = path.absolute()
        self.connection = connection
        self.read_only = read_only
        self.holder = holder
        self.gateway = Gateway(connection, path)
        self._hold: holds.Hold | None = None

    def hold(self) -> None:
        """Keep every other writer out until the file is closed; a window does this when it opens a file.

        Raises:
            UserError: somebody else holds the file, or it cannot be written.
        """
        self._take_hold(window=True)

    def operation(
        self,
        name: str,
        *,
        source: str,
        actor: str,
        at: datetime,
        params: Mapping[str, Param] | None = None,
    ) -> AbstractContextManager[Operation]:
        """Begin a named write: one transaction that also writes who, when and what; see :class:`Operation`.

        Raises:
            UserError: somebody else holds the file, it is read-only, or the disk is full; nothing was changed.
        """
        self._take_hold(window=False)
        return operation(self.gateway, name, source=source, actor=actor, at=at, params=params or {})

    def _take_hold(self, *, window: bool) -> None:
        self._may_write()
        if self._hold is None:
            self._hold = holds.take(self.path, self.holder, window=window)
            with speaking(self.path):  # another program may have turned it to WAL; nothing happens otherwise
                self.connection.execute("PRAGMA journal_mode = DELETE")

    def _may_write(self) -> None:
        if self.read_only:
            raise UserError("file_read_only", file=self.path.name)
        try:
            with self.path.open("r+b"):
                require_room(self.path)
        except PermissionError as error:
            raise UserError("file_read_only", file=self.path.name) from error
        except OSError as error:
            raise refusal_of(error, self.path) or error from error

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let several reads see one state of the file; harmless inside an operation or another snapshot."""
        if self.connection.in_transaction:
            yield
            return
        with speaking(self.path):
            self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close the file and give it free; closing twice is harmless."""
        self.connection.close()
        if self._hold is not None:
            self._hold.release()
            self._hold = None

    def discard(self) -> None:
        """Close the file and delete it: the creation that began with :func:`create_database` failed."""
        self.close()
        self.path.unlink(missing_ok=True)


def create_database(path: Path, *, holder: str = "") -> Database:
    """Create a data file with an empty schema.

    Args:
        path: where; nothing may be there yet.
        holder: who works in it.

    Raises:
        UserError: ``data_file_exists``, ``folder_missing``, a read-only folder or a full disk; nothing is left behind.
    """
    if not path.parent.is_dir():
        raise UserError("folder_missing", folder=str(path.parent))
    with speaking(path):
        path.open("xb").close()
        try:
            connection = connect(path, read_only=False)
            try:
                migrate(connection)
            except BaseException:
                connection.close()
                raise
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return _prepared(path, connection, read_only=False, holder=holder)


def open_database(path: Path, *, read_only: bool = False, holder: str = "") -> Database:
    """Open a data file, bringing an older one up to date after a proven backup.

    Args:
        path: the file.
        read_only: True to write nothing at all; an older file is then refused, because it would have to be upgraded.
        holder: who others are told holds it.

    Raises:
        UserError: the file is missing, no data file, another program's, too new, damaged, locked or unreadable; not a byte
            of it was changed.
    """
    version = schema_version(path)
    newest = newest_version()
    if version > newest:
        raise UserError("file_too_new", file=path.name)
    if version < newest:
        if read_only:
            raise UserError("file_too_old_to_read", file=path.name)
        _upgrade(path, holder)
    with speaking(path):
        connection = connect(path, read_only=read_only)
    known = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'operation'").fetchone()
    if known is None:  # our mark without our tables
        connection.close()
        raise UserError("file_damaged", file=path.name)
    return _prepared(path, connection, read_only=read_only, holder=holder)


def _prepared(path: Path, connection: sqlite3.Connection, *, read_only: bool, holder: str) -> Database:
    for view in sorted(bundled("db/views").glob("*.sql")):
        connection.executescript(view.read_text(encoding="utf-8"))
    return Database(path, connection, read_only=read_only, holder=holder)


def _upgrade(path: Path, holder: str) -> None:
    """Bring an older file up to date, after a proven copy of it was made."""
    from desktop_app.storage.backups import backup  # noqa: PLC0415 - only an old file needs it

    hold = holds.take(path, holder, window=False)
    try:
        backup(path)
        with speaking(path):
            connection = connect(path, read_only=False)
            try:
                migrate(connection)
            finally:
                connection.close()
    finally:
        if hold is not None:
            hold.release()
