"""Taking an operation back, field by field.

First every changed field is held against what it is now; one difference refuses the whole, by name, unless what was changed
since shall stay. Then each change is turned round, the last one first, so that references always find what they point to.

A figure and its explanation are two cells of one row (figures.md, Merge): a row that somebody has written in elsewhere since
keeps that, even where the operation created it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from desktop_app.domain.issues import CollectedError, Issue, Place, UserError
from desktop_app.storage.gateway import Gateway
from desktop_app.storage.history import ChangeRecord, logged_changes
from desktop_app.storage.rows import Codec, Row, codec_named, key_text, logged
from desktop_app.storage.writing import Writer, name_of
from desktop_app.text.catalogue import Message

_BLANK: dict[str, dict[str, Any]] = {"value": {"state": "not_reported"}, "task_report": {}}
"""Entities of which a row that says nothing is as good as none, with what such a row holds beside its empty fields."""
_ANSWER = {"state", "amount", "text"}
"""The fields of a value that are one cell."""
_ORIGIN = "return_id"
"""Says which return wrote a row last; nobody edits it, so it is no difference by itself."""

_RowName = tuple[str, tuple[Any, ...]]


@dataclass
class _Turn:
    """What an operation did to one row altogether.

    Attributes:
        before: the fields that it changed, as they were; None for a row that it created.
        after: the same fields as it left them; None for a row that it deleted.
        return_id: the return that brought the last change.
        later: what has been changed since, one issue for each field.
        kept: the fields that were changed since.
    """

    before: dict[str, Any] | None
    after: dict[str, Any] | None
    return_id: int | None = None
    later: list[Issue] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)


def take_back(
    gateway: Gateway, writer: Writer, operation_id: int, return_id: int | None, *, keep_later: bool = False
) -> list[Issue]:
    """Turn round what an operation did.

    Args:
        gateway: inside an operation.
        writer: that operation's writer.
        operation_id: the operation to take back.
        return_id: only the changes that this return brought; None for all.
        keep_later: True to leave what has been changed since as it is; False to refuse then.

    Returns:
        What was left as it is because it has been changed since.

    Raises:
        UserError: ``operation_unknown``, ``operation_reverted``, ``undo_refused``, or ``still_used``.
    """
    _require_standing(gateway, operation_id)
    changes = logged_changes(gateway, operation_id, return_id)
    if not changes:
        raise UserError("operation_without_return", operation=str(operation_id))
    apart = _written_since(gateway, writer, changes)
    differing = {name: turn.later for name, turn in apart.items() if turn.later}
    issues = [issue for found in differing.values() for issue in found]
    if issues and not keep_later:
        later = _later(gateway, operation_id, return_id, differing)
        raise CollectedError("undo_refused", issues, later=", ".join(f"#{number}" for number in later))
    for name, turn in apart.items():
        _turn_apart(writer, name, turn)
    for batch in _batches([change for change in reversed(changes) if (change.entity, change.key) not in apart]):
        _turn_round(writer, batch)
    return issues


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
    if batch:
        yield batch


def _turn_round(writer: Writer, batch: list[ChangeRecord]) -> None:
    codec = codec_named(batch[0].entity)
    current = writer.current(codec, [change.key for change in batch])
    if batch[0].before is None:
        writer.delete(codec, [current[change.key] for change in batch], [change.return_id for change in batch])
        return
    standing = _standing_returns(writer, batch)
    rows = [_row(writer, codec, change, current.get(change.key), standing) for change in batch]
    if batch[0].after is None:
        writer.insert(codec, rows, [change.return_id for change in batch])
        return
    stays = [not _is_emptied(codec, row, change) for row, change in zip(rows, batch, strict=True)]
    turned = list(zip(rows, batch, stays, strict=True))
    pairs = [(current[change.key], row) for row, change, stay in turned if stay]
    writer.update(codec, pairs, [change.return_id for _row, change, stay in turned if stay])
    emptied = [change for _row, change, stay in turned if not stay]
    if emptied:
        writer.delete(codec, [current[change.key] for change in emptied], [change.return_id for change in emptied])


def _standing_returns(writer: Writer, batch: Iterable[ChangeRecord]) -> set[Any]:
    """Return the returns that rows came from before and that are still there: their own collection may be undone by now."""
    named = {change.before[_ORIGIN] for change in batch if change.before and change.before.get(_ORIGIN) is not None}
    codec = codec_named("unit_return")
    return {key[0] for key in writer.current(codec, [(number,) for number in named])} if named else set()


def _row(writer: Writer, codec: Codec, change: ChangeRecord, current: Row | None, standing: set[Any]) -> Row:
    """Return the row that stood before a change; ``current`` gives the fields that the change left alone."""
    fields = dict(zip(codec.names, current, strict=True)) if current else dict.fromkeys(codec.names)
    fields.update(zip(codec.spec.key, change.key, strict=True))
    for name, stored in (change.before or {}).items():
        is_bytes = stored is not None and codec.names.index(name) in codec.blobs
        fields[name] = writer.kept(stored) if is_bytes else stored
    if fields.get(_ORIGIN) is not None and _ORIGIN in (change.before or {}) and fields[_ORIGIN] not in standing:
        fields[_ORIGIN] = None
    return tuple(fields[name] for name in codec.names)


def _is_emptied(codec: Codec, row: Row, change: ChangeRecord) -> bool:
    """Say whether nothing is left in a row, part of which somebody else has emptied; one that was stored empty stays."""
    return _says_nothing(codec, row) and not set(_blank(codec)) <= set(change.before or {})


def _says_nothing(codec: Codec, row: Row) -> bool:
    if codec.spec.name not in _BLANK:
        return False
    blank = _blank(codec)
    return all(stored == blank[name] for name, stored in _named(codec, row) if name in blank)


def _blank(codec: Codec) -> dict[str, Any]:
    """Return the contents of a row that says nothing, by field; the key and where the row came from are no contents."""
    empty = dict.fromkeys(name for name in _beside_key(codec) if name != _ORIGIN)
    return {**empty, **_BLANK[codec.spec.name]}


def _turn_apart(writer: Writer, name: _RowName, turn: _Turn) -> None:
    """Turn round what was done to a row that somebody has written in since; what they wrote stays."""
    codec, key = codec_named(name[0]), name[1]
    current = writer.current(codec, [key]).get(key)
    if current is None and codec.spec.name not in _BLANK:
        return
    change = ChangeRecord(name[0], key, _turned(codec, turn, current), None, turn.return_id)
    row = _row(writer, codec, change, current, _standing_returns(writer, [change]))
    if current is None:
        if not _says_nothing(codec, row):
            writer.insert(codec, [row], [turn.return_id])
    elif _says_nothing(codec, row):
        writer.delete(codec, [current], [turn.return_id])
    elif row != current:
        writer.update(codec, [(current, row)], [turn.return_id])


def _turned(codec: Codec, turn: _Turn, current: Row | None) -> dict[str, Any]:
    """Return the fields that a row gets back; all of them where there is no row any more."""
    fields = {name: stored for name, stored in (turn.before or {}).items() if name not in turn.kept}
    if current is None:
        return {**_blank(codec), **fields}
    if _ORIGIN in fields and current[codec.names.index(_ORIGIN)] != (turn.after or {})[_ORIGIN]:
        del fields[_ORIGIN]  # what stays was written by somebody else
    return fields


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


def _written_since(gateway: Gateway, writer: Writer, changes: list[ChangeRecord]) -> dict[_RowName, _Turn]:
    """Return the rows that are no longer as the operation left them, each with what it did to them and what came later."""
    turns: dict[str, dict[tuple[Any, ...], _Turn]] = defaultdict(dict)
    for change in changes:
        rows = turns[change.entity]
        rows[change.key] = _followed(codec_named(change.entity), rows.get(change.key), change)
    found: dict[_RowName, _Turn] = {}
    for name, rows in turns.items():
        codec = codec_named(name)
        current = writer.current(codec, rows)
        for key, turn in rows.items():
            now = current.get(key)
            if _is_as_left(codec, turn, now):
                continue
            left = turn.after
            different = _compared(codec, turn, now)
            if different is None or different:
                turn.later = _told(gateway, codec, (key, now), left, different or [])
            found[name, key] = turn
    return found


def _followed(codec: Codec, turn: _Turn | None, change: ChangeRecord) -> _Turn:
    """Return what was done to a row when one more change follows."""
    after = change.after
    if change.before is None:
        after = {**dict.fromkeys(_beside_key(codec)), **(after or {})}
    if turn is None:
        return _Turn(change.before, after, change.return_id)
    before = turn.before if turn.before is None else {**(change.before or {}), **turn.before}
    return _Turn(before, after if after is None else {**(turn.after or {}), **after}, change.return_id)


@cache
def _beside_key(codec: Codec) -> tuple[str, ...]:
    return tuple(name for name in codec.names if name not in codec.spec.key)


def _is_as_left(codec: Codec, turn: _Turn, now: Row | None) -> bool:
    """Say whether a row holds what the operation left, so that its changes can be turned round one by one."""
    if turn.after is None or now is None:
        return turn.after is None and now is None
    if turn.before is None:  # what was created goes as a whole, wherever it came from last
        return not _differing(codec, turn.after, now)
    return all(logged(stored) == turn.after.get(name, logged(stored)) for name, stored in _named(codec, now))


def _named(codec: Codec, row: Row) -> Iterator[tuple[str, Any]]:
    return zip(codec.names, row, strict=True)


def _differing(codec: Codec, left: dict[str, Any], now: Row) -> list[str]:
    """Return the fields that are not as they were left; where a row came from is none of them."""
    return [name for name, stored in _named(codec, now) if name != _ORIGIN and name in left and logged(stored) != left[name]]


def _compared(codec: Codec, turn: _Turn, now: Row | None) -> list[str] | None:
    """Return the fields that were written since, and note which stay as they are; None where the whole row stays."""
    if codec.spec.name in _BLANK:
        _as_change(codec, turn)
        row = now if now is not None else tuple(_blank(codec).get(name) for name in codec.names)
        different = _differing(codec, turn.after or {}, row)
        turn.kept = set(different)
        if turn.kept & _ANSWER:
            turn.kept |= _ANSWER
        return different
    if now is None or turn.after is None:
        turn.kept = set(codec.names)
        return None
    different = _differing(codec, turn.after, now)
    turn.kept = set(different)
    return different


def _as_change(codec: Codec, turn: _Turn) -> None:
    """Say of a row that was created or deleted what changed in it, as of one that was changed."""
    before, after = turn.before, turn.after
    if before is None or after is None:
        blank = {**dict.fromkeys(_beside_key(codec)), **_blank(codec)}
        before, after = {**blank, **(before or {})}, {**blank, **(after or {})}
    changed = [name for name in after if before.get(name) != after[name]]
    turn.before, turn.after = {name: before.get(name) for name in changed}, {name: after[name] for name in changed}


def _told(
    gateway: Gateway,
    codec: Codec,
    row: tuple[tuple[Any, ...], Row | None],
    left: dict[str, Any] | None,
    different: list[str],
) -> list[Issue]:
    """Return the issues that name what was written in a row since it was left; a row that was deleted was left as None."""
    key, now = row
    what = Message(codec.spec.label)
    gone = {**(left or {}), **dict(zip(codec.spec.key, key, strict=True))}
    who = name_of(gateway.connection, codec, now if now is not None else tuple(gone.get(name) for name in codec.names))
    if now is None:
        return [Issue("deleted_since", {"what": what, "name": who})]
    if left is None:
        return [Issue("created_since", {"what": what, "name": who})]
    fields = codec.spec.fields
    told = [name for name in different if fields[name].label]
    if not told:
        return [Issue("row_changed_since", {"what": what, "name": who}, Place(item=who))]
    return [
        Issue(
            "changed_since", {"what": what, "name": who, "field": Message(fields[name].label)}, Place(item=who, field=name)
        )
        for name in told
    ]
