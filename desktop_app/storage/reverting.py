"""Taking an operation back, field by field.

First every changed field is held against what it is now; one difference refuses the whole, by name. Then each change is
turned round, the last one first, so that references always find what they point to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from desktop_app.domain.issues import CollectedError, Issue, Place, UserError
from desktop_app.storage.gateway import Gateway
from desktop_app.storage.history import ChangeRecord, logged_changes
from desktop_app.storage.rows import Codec, Row, codec_named, key_text, logged
from desktop_app.storage.writing import Writer, name_of
from desktop_app.text.catalogue import Message


def take_back(gateway: Gateway, writer: Writer, operation_id: int, return_id: int | None) -> None:
    """Turn round what an operation did.

    Args:
        gateway: inside an operation.
        writer: that operation's writer.
        operation_id: the operation to take back.
        return_id: only the changes that this return brought; None for all.

    Raises:
        UserError: ``operation_unknown``, ``operation_reverted``, ``undo_refused``, or ``still_used``.
    """
    _require_standing(gateway, operation_id)
    changes = logged_changes(gateway, operation_id, return_id)
    if not changes:
        raise UserError("operation_without_return", operation=str(operation_id))
    differing = _changed_since(gateway, writer, changes)
    if differing:
        later = _later(gateway, operation_id, return_id, differing)
        issues = [issue for found in differing.values() for issue in found]
        raise CollectedError("undo_refused", issues, later=", ".join(f"#{number}" for number in later))
    for batch in _batches(list(reversed(changes))):
        _turn_round(writer, batch)


def _require_standing(gateway: Gateway, operation_id: int) -> None:
    row = gateway.connection.execute("SELECT reverted_by FROM operation_record WHERE id = ?", (operation_id,)).fetchone()
    if row is None:
        raise UserError("operation_unknown", operation=str(operation_id))
    if row[0] is not None:
        raise UserError("operation_reverted", operation=str(operation_id), by=str(row[0]))


def _batches(changes: Sequence[ChangeRecord]) -> Iterator[list[ChangeRecord]]:
    """Part changes, without moving any, into runs of one entity and one sort of change that name no row twice."""
    batch: list[ChangeRecord] = []
    sort: tuple[str, bool, bool] | None = None
    keys: set[tuple[Any, ...]] = set()
    for change in changes:
        own = (change.entity, change.before is None, change.after is None)
        if batch and (own != sort or change.key in keys):
            yield batch
            batch, keys = [], set()
        sort = own
        batch.append(change)
        keys.add(change.key)
    yield batch


def _turn_round(writer: Writer, batch: list[ChangeRecord]) -> None:
    codec = codec_named(batch[0].entity)
    current = writer.current(codec, [change.key for change in batch])
    return_ids = [change.return_id for change in batch]
    if batch[0].before is None:
        writer.delete(codec, [current[change.key] for change in batch], return_ids)
    elif batch[0].after is None:
        writer.insert(codec, [_row(writer, codec, change, None) for change in batch], return_ids)
    else:
        pairs = [(current[change.key], _row(writer, codec, change, current[change.key])) for change in batch]
        writer.update(codec, pairs, return_ids)


def _row(writer: Writer, codec: Codec, change: ChangeRecord, current: Row | None) -> Row:
    """Return the row that stood before a change; ``current`` gives the fields that the change left alone."""
    fields = dict(zip(codec.names, current, strict=True)) if current else dict.fromkeys(codec.names)
    fields.update(zip(codec.spec.key, change.key, strict=True))
    for name, stored in (change.before or {}).items():
        is_bytes = stored is not None and codec.names.index(name) in codec.blobs
        fields[name] = writer.kept(stored) if is_bytes else stored
    return tuple(fields[name] for name in codec.names)


def _later(
    gateway: Gateway, operation_id: int, return_id: int | None, rows: Iterable[tuple[str, tuple[Any, ...]]]
) -> list[int]:
    """Return the operations that changed rows after an operation and still stand, newest first.

    An undo stands for nothing where what it took back came later too; then neither of them is named.
    """
    found: set[int] = set()
    for entity, key in rows:
        standing: list[int] = []
        for number, reverts in gateway.connection.execute(
            "SELECT DISTINCT r.id, r.reverts FROM change_log AS c JOIN operation_record AS r ON r.id = c.operation_id"
            " WHERE c.entity = ?1 AND c.row_key = ?2 AND r.id >= ?3 AND (r.id > ?3 OR c.return_id IS NOT ?4) ORDER BY r.id",
            (entity, key_text(key), operation_id, return_id),
        ):
            if reverts in standing:
                standing.remove(reverts)
            elif number > operation_id or return_id is not None:
                standing.append(number)
        found.update(standing)
    return sorted(found, reverse=True)


def _changed_since(
    gateway: Gateway, writer: Writer, changes: list[ChangeRecord]
) -> dict[tuple[str, tuple[Any, ...]], list[Issue]]:
    """Return the rows with a field that is no longer what the operation left, each with its issues."""
    expected: dict[str, dict[tuple[Any, ...], dict[str, Any] | None]] = defaultdict(dict)
    for change in changes:
        rows = expected[change.entity]
        if change.after is None:
            rows[change.key] = None
        elif change.before is None:
            codec = codec_named(change.entity)
            empty = dict.fromkeys(name for name in codec.names if name not in codec.spec.key)
            rows[change.key] = {**empty, **change.after}
        else:
            rows[change.key] = {**(rows.get(change.key) or {}), **change.after}
    differing: dict[tuple[str, tuple[Any, ...]], list[Issue]] = {}
    for name, rows in expected.items():
        codec = codec_named(name)
        current = writer.current(codec, rows)
        for key, fields in rows.items():
            if found := _differences(gateway, codec, key, fields, current.get(key)):
                differing[name, key] = found
    return differing


def _differences(
    gateway: Gateway, codec: Codec, key: tuple[Any, ...], left: dict[str, Any] | None, now: Row | None
) -> list[Issue]:
    what = Message(codec.spec.label)
    if now is None:
        if left is None:
            return []
        gone = tuple(dict(zip(codec.spec.key, key, strict=True)).get(name, left.get(name)) for name in codec.names)
        return [Issue("deleted_since", {"what": what, "name": name_of(gateway.connection, codec, gone)})]
    if left is None:
        return [Issue("created_since", {"what": what, "name": name_of(gateway.connection, codec, now)})]
    different = [
        name for name, stored in zip(codec.names, now, strict=True) if name in left and logged(stored) != left[name]
    ]
    if not different:
        return []
    fields = codec.spec.fields
    who = name_of(gateway.connection, codec, now)
    told = [name for name in different if fields[name].label]
    if not told:
        return [Issue("row_changed_since", {"what": what, "name": who}, Place(item=who))]
    return [
        Issue(
            "changed_since",
            {"what": what, "name": who, "field": Message(fields[name].label)},
            Place(item=who, field=name),
        )
        for name in told
    ]
