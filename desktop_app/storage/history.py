"""The history as it is read: operations, what they changed, and how one row became what it is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from desktop_app.domain.entities import Value
from desktop_app.domain.issues import UserError
from desktop_app.storage.gateway import Gateway
from desktop_app.storage.refusals import speaking
from desktop_app.storage.rows import Codec, codec_of, key_text

if TYPE_CHECKING:
    from desktop_app.storage.database import Database

E = TypeVar("E")
_SELECT = "SELECT id, at, actor, source, name, params, changes, reverts, reverts_return, reverted_by FROM operation_record"


@dataclass(frozen=True)
class OperationRecord:
    """One operation of the history.

    Attributes:
        at: UTC.
        source: form, paste, import, cli, setup or window.
        name: stable name such as ``value.set``.
        params: what the name's sentence needs.
        changes: how many rows it changed.
        reverts: the operation that it took back; None for an ordinary one.
        reverts_return: where only one return's changes were taken back, that return.
        reverted_by: the operation that took it back as a whole and was not taken back itself; None while it stands.
    """

    id: int
    at: datetime
    actor: str
    source: str
    name: str
    params: dict[str, Any]
    changes: int
    reverts: int | None
    reverts_return: int | None
    reverted_by: int | None


@dataclass(frozen=True)
class ChangeRecord:
    """One changed row of an operation, as stored: the changed fields before and after.

    Attributes:
        entity: the entity's name.
        key: the row's key.
        before: None for a new row.
        after: None for a deleted row.
        return_id: the return that brought the change.
    """

    entity: str
    key: tuple[Any, ...]
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    return_id: int | None


@dataclass(frozen=True)
class RowChange(Generic[E]):
    """One step in the life of a row.

    Attributes:
        operation: when, by whom and by what.
        before: the whole entity before; None when it was not there.
        after: the whole entity after; None when it was deleted.
        return_id: the return that brought the change.
    """

    operation: OperationRecord
    before: E | None
    after: E | None
    return_id: int | None


def _record(row: tuple[Any, ...]) -> OperationRecord:
    number, at, actor, source, name, params, changes, reverts, reverts_return, reverted_by = row
    return OperationRecord(
        id=number,
        at=datetime.fromisoformat(at),
        actor=actor,
        source=source,
        name=name,
        params=json.loads(params),
        changes=changes,
        reverts=reverts,
        reverts_return=reverts_return,
        reverted_by=reverted_by,
    )


def history(database: Database, *, limit: int | None = None, before_id: int | None = None) -> list[OperationRecord]:
    """Return operations, newest first.

    Args:
        database: the open file.
        limit: how many at most; None for all.
        before_id: only operations older than this one, for reading on.
    """
    with speaking(database.path):
        rows = database.connection.execute(
            f"{_SELECT} WHERE id < ? ORDER BY id DESC LIMIT ?",
            (before_id if before_id is not None else 2**62, limit if limit is not None else -1),
        ).fetchall()
    return [_record(row) for row in rows]


def operation_record(database: Database, operation_id: int) -> OperationRecord:
    """Return one operation.

    Raises:
        UserError: ``operation_unknown``.
    """
    with speaking(database.path):
        row = database.connection.execute(f"{_SELECT} WHERE id = ?", (operation_id,)).fetchone()
    if row is None:
        raise UserError("operation_unknown", operation=str(operation_id))
    return _record(row)


def last_undoable(database: Database) -> OperationRecord | None:
    """Return the newest operation that stands and is no undo itself; None when there is none.

    The rejection of a return takes changes back too, yet it is a deed of its own, with its own name.
    """
    with speaking(database.path):
        row = database.connection.execute(
            f"{_SELECT} WHERE name <> 'revert' AND reverted_by IS NULL ORDER BY id DESC LIMIT 1"
        ).fetchone()
    return None if row is None else _record(row)


def operations_of_return(database: Database, return_id: int) -> list[int]:
    """Return the operations that hold changes which a return brought, oldest first."""
    with speaking(database.path):
        rows = database.connection.execute(
            "SELECT DISTINCT operation_id FROM change_log WHERE return_id = ? ORDER BY operation_id", (return_id,)
        ).fetchall()
    return [row[0] for row in rows]


def logged_changes(gateway: Gateway, operation_id: int, return_id: int | None = None) -> list[ChangeRecord]:
    """Return what an operation changed, in its order; with ``return_id`` only what that return brought."""
    with speaking(gateway.path):
        rows = gateway.connection.execute(
            "SELECT entity, row_key, before, after, return_id FROM change_log"
            " WHERE operation_id = ?1 AND (?2 IS NULL OR return_id = ?2) ORDER BY number",
            (operation_id, return_id),
        ).fetchall()
    return [
        ChangeRecord(entity, tuple(json.loads(key)), _loaded(before), _loaded(after), brought_by)
        for entity, key, before, after, brought_by in rows
    ]


def changes_of(database: Database, operation_id: int) -> list[ChangeRecord]:
    """Return what an operation changed, in its order.

    Raises:
        UserError: ``operation_unknown``.
    """
    operation_record(database, operation_id)
    return logged_changes(database.gateway, operation_id)


def _loaded(image: str | None) -> dict[str, Any] | None:
    return None if image is None else json.loads(image)


def row_history(database: Database, cls: type[E], *key: Any) -> list[RowChange[E]]:
    """Return how one row became what it is, oldest first; bytes are left empty, because the log does not repeat them."""
    codec = codec_of(cls)
    stored = [codec.spec.fields[name].kind.to_db(part) for name, part in zip(codec.spec.key, key, strict=True)]
    with speaking(database.path):
        rows = database.connection.execute(
            "SELECT r.id, r.at, r.actor, r.source, r.name, r.params, r.changes, r.reverts, r.reverts_return, r.reverted_by,"
            " c.before, c.after, c.return_id FROM change_log AS c JOIN operation_record AS r ON r.id = c.operation_id"
            " WHERE c.entity = ? AND c.row_key = ? ORDER BY c.operation_id, c.number",
            (codec.spec.name, key_text(stored)),
        ).fetchall()
    return list(_steps(codec, dict(zip(codec.spec.key, stored, strict=True)), rows))


def _steps(codec: Codec, key: dict[str, Any], rows: Iterable[tuple[Any, ...]]) -> Iterable[RowChange[Any]]:
    fields: dict[str, Any] | None = None
    for row in rows:
        before, after = _loaded(row[10]), _loaded(row[11])
        earlier = _entity(codec, key, before if fields is None else fields)
        fields = None if after is None else {**(fields or {}), **after}
        yield RowChange(
            operation=_record(row[:10]),
            before=earlier if before is not None else None,
            after=_entity(codec, key, fields),
            return_id=row[12],
        )


def _entity(codec: Codec, key: dict[str, Any], fields: dict[str, Any] | None) -> Any:
    if fields is None:
        return None
    whole = {**fields, **key, **{codec.names[place]: b"" for place in codec.blobs}}
    return codec.entity([whole.get(name) for name in codec.names])


def value_history(database: Database, unit_id: int, element_id: int, period: str) -> list[RowChange[Value]]:
    """Return how one value became what it is, oldest first."""
    return row_history(database, Value, period, element_id, unit_id)
