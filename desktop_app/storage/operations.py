"""Operations: the only way to write. One transaction, one line that says who, when and what, one line per changed row.

``change_log`` keeps the changed fields before and after. :func:`revert` checks, field by field, that nothing changed since
and writes the former values as a new operation, so that reverting a revert is redo. The history is append-only: triggers
of the schema refuse anything else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from json import dumps
from typing import TYPE_CHECKING, Any, TypeVar

from desktop_app.domain import kinds
from desktop_app.domain.issues import Issue
from desktop_app.storage.gateway import Gateway
from desktop_app.storage.refusals import refusal_of, speaking
from desktop_app.storage.reverting import take_back
from desktop_app.storage.writing import Writer
from desktop_app.text.catalogue import Param

if TYPE_CHECKING:
    from desktop_app.storage.database import Database

E = TypeVar("E")
_ROOM_WHILE_WRITING = "cache_size = -262144"
_ROOM_OTHERWISE = "cache_size = -2000"
"""What is written stays in memory until the end, whatever the room (``cache_spill``); in the usual 2 MB it would drive out
the rows that it refers to, which are then read again for every row. A quarter of a gigabyte holds any collection."""
_INSERT = (
    "INSERT INTO operation (at, actor, source, name, params, reverts_id, reverts_return_id) VALUES (?, ?, ?, ?, ?, ?, ?)"
)


class Operation:
    """A named write in progress.

    Attributes:
        id: the operation's id; None as long as nothing has changed.
    """

    def __init__(
        self,
        gateway: Gateway,
        writer: Writer,
        name: str,
        *,
        source: str,
        actor: str,
        at: datetime,
        params: Mapping[str, Param],
    ) -> None:
        self._gateway = gateway
        self._writer = writer
        writer.begin = self._begin
        instant = kinds.Instant()
        problem = instant.check(at)
        if problem is not None:
            raise ValueError(problem)
        said = actor.encode(errors="replace").decode()  # a login need not be text
        self._head = (instant.to_db(at), said, source, name, dumps(dict(params), default=str, ensure_ascii=False))
        self._reverts: tuple[int | None, int | None] = (None, None)
        self.id: int | None = None

    @property
    def changes(self) -> int:
        """How many rows have changed so far."""
        return self._writer.changes

    def save(self, entity: E) -> E:
        """Write one entity; see :meth:`Gateway.save_many`."""
        return self._gateway.save(entity)

    def save_many(self, entities: Iterable[E]) -> list[E]:
        """Write entities; see :meth:`Gateway.save_many`."""
        return self._gateway.save_many(entities)

    def save_rows(self, cls: type[Any], rows: Sequence[tuple[Any, ...]]) -> None:
        """Write many entities of one class; see :meth:`Gateway.save_rows`."""
        self._gateway.save_rows(cls, rows)

    def delete(self, entity: Any, *, return_id: int | None = None) -> None:
        """Delete one entity; see :meth:`Gateway.delete`."""
        self._gateway.delete(entity, return_id=return_id)

    def delete_many(self, entities: Iterable[Any], *, return_id: int | None = None) -> None:
        """Delete entities; see :meth:`Gateway.delete`."""
        self._gateway.delete_many(entities, return_id=return_id)

    def revert(self, operation_id: int, *, return_id: int | None = None, keep_later: bool = False) -> list[Issue]:
        """Take back what an operation did; must come before this operation's own changes.

        Args:
            operation_id: the operation.
            return_id: only the changes that this return brought; None for all.
            keep_later: True to leave what has been changed since as it is; False to refuse then.

        Returns:
            What was left as it is because it has been changed since.

        Raises:
            UserError: ``operation_unknown``, ``operation_reverted``, or ``undo_refused`` naming every field that changed.
        """
        if self.id is not None:
            raise RuntimeError("a revert must come first in its operation")
        self._reverts = (operation_id, return_id)
        with self._writer.whole():
            return take_back(self._gateway, self._writer, operation_id, return_id, keep_later=keep_later)

    def _begin(self) -> int:
        with speaking(self._gateway.path):
            cursor = self._gateway.connection.execute(_INSERT, (*self._head, *self._reverts))
        self.id = cursor.lastrowid
        assert self.id is not None  # noqa: S101 - an INSERT always gives one; said for the type checker
        return self.id


@contextmanager
def operation(
    gateway: Gateway, name: str, *, source: str, actor: str, at: datetime, params: Mapping[str, Param]
) -> Iterator[Operation]:
    """Run a block as one operation: everything in it is written, or nothing.

    Readers see the state before until the end. Without changes nothing is written, not even the operation.

    Raises:
        UserError: the file is locked, read-only or the disk full; nothing was changed.
        RuntimeError: inside another operation, or the block went on after a write that failed half-way.
    """
    if gateway.writer is not None:
        raise RuntimeError("an operation inside an operation")
    connection = gateway.connection
    writer = Writer(connection, gateway.path)
    running = Operation(gateway, writer, name, source=source, actor=actor, at=at, params=params)
    with speaking(gateway.path):
        connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"PRAGMA {_ROOM_WHILE_WRITING}")
    gateway.writer = writer
    try:
        yield running
        if writer.broken:
            raise RuntimeError("an operation went on after a write that failed half-way")
        if running.changes:
            _commit(gateway)
    finally:
        gateway.writer = None
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute(f"PRAGMA {_ROOM_OTHERWISE}")


def _commit(gateway: Gateway) -> None:
    try:
        gateway.connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise refusal_of(error, gateway.path) or error from error


def revert(
    database: Database, operation_id: int, *, source: str, actor: str, at: datetime, return_id: int | None = None
) -> int:
    """Take back one operation, or what one return brought in it, as a new operation.

    Args:
        database: the open file.
        operation_id: what to take back; a revert may be taken back too, which is redo.
        source: where the wish came from.
        actor: who wishes it.
        at: when.
        return_id: only the changes that this return brought; None for all.

    Returns:
        The id of the new operation.

    Raises:
        UserError: ``operation_unknown``, ``operation_reverted``, or ``undo_refused`` naming every field that changed since;
            nothing was changed.
    """
    with database.operation("revert", source=source, actor=actor, at=at, params={"operation": operation_id}) as running:
        running.revert(operation_id, return_id=return_id)
        assert running.id is not None  # noqa: S101 - what was logged changed something, and so does its reversal
        return running.id
