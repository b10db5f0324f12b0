"""The one gateway: typed reads of every entity, and writes that only an operation may make.

What a table looks like is taken from the entity's specification; no other place of the program names a column.
"""

from __future__ import annotations

import builtins
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from json import dumps
from pathlib import Path
from typing import Any, TypeVar

from desktop_app.domain.issues import CollectedError, Issue, UserError
from desktop_app.storage.refusals import speaking
from desktop_app.storage.rows import Codec, Row, codec_of
from desktop_app.storage.writing import Writer, name_of
from desktop_app.text.catalogue import Message

E = TypeVar("E")


class Gateway:
    """Reads and writes the entities of one open file.

    Attributes:
        connection: the connection, which belongs to the thread that opened it.
        path: the data file.
        writer: what writes inside an operation; None outside, and then every write is refused.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path
        self.writer: Writer | None = None

    def get(self, cls: type[E], *key: Any) -> E | None:
        """Return the entity with a key, in the order of its specification's ``key``; None when there is none."""
        codec = codec_of(cls)
        stored = [codec.spec.fields[name].kind.to_db(part) for name, part in zip(codec.spec.key, key, strict=True)]
        with speaking(self.path):
            row = self.connection.execute(f"{codec.select} WHERE {codec.where_key}", stored).fetchone()
        return None if row is None else codec.entity(row)

    def list(self, cls: type[E], order_by: str | Sequence[str] | None = None, **equals: Any) -> builtins.list[E]:
        """Return entities whose fields equal the values given.

        Args:
            cls: the entity.
            order_by: field names, each with a leading ``-`` for the greatest first, or ``sort_key``; when None, the official
                order where the entity has one, else Vietnamese order of its name, else its key.
            equals: by field; None looks for an empty field, a list or set for any of its members.
        """
        codec = codec_of(cls)
        return self._listed(codec, codec.select, order_by, equals)

    def list_light(self, cls: type[E], order_by: str | Sequence[str] | None = None, **equals: Any) -> builtins.list[E]:
        """Return entities as :meth:`list` does, but with nothing in place of the files that they carry; never save one."""
        codec = codec_of(cls)
        return self._listed(codec, codec.select_light, order_by, equals)

    def _listed(
        self, codec: Codec, select: str, order_by: str | Sequence[str] | None, equals: dict[str, Any]
    ) -> builtins.list[Any]:
        where, values = _conditions(codec, equals)
        with speaking(self.path):
            rows = self.connection.execute(f"{select}{where} ORDER BY {_order(codec, order_by)}", values).fetchall()
        return [codec.entity(row) for row in rows]

    def by_code(self, cls: type[E], code: str, **equals: Any) -> E | None:
        """Return the entity with a code, without regard to case; codes of a plan's parts need ``plan_id=``."""
        codec = codec_of(cls)
        where, values = _conditions(codec, equals)
        joined = f"{where} AND" if where else " WHERE"
        with speaking(self.path):
            row = self.connection.execute(f"{codec.select}{joined} code = ? COLLATE NOCASE", [*values, code]).fetchone()
        return None if row is None else codec.entity(row)

    def count(self, cls: type, **equals: Any) -> int:
        """Return how many entities have fields that equal the values given."""
        codec = codec_of(cls)
        where, values = _conditions(codec, equals)
        with speaking(self.path):
            return int(self.connection.execute(f"SELECT count(*) FROM {codec.spec.table}{where}", values).fetchone()[0])

    def exists(self, cls: type, **equals: Any) -> bool:
        """Return whether an entity has fields that equal the values given."""
        codec = codec_of(cls)
        where, values = _conditions(codec, equals)
        with speaking(self.path):
            return self.connection.execute(f"SELECT 1 FROM {codec.spec.table}{where} LIMIT 1", values).fetchone() is not None

    def name(self, entity: Any) -> str:
        """Return how people call an entity: its code, symbol or name, or those of what it joins."""
        codec = codec_of(type(entity))
        rows, _issues = codec.rows([entity])
        with speaking(self.path):
            return name_of(self.connection, codec, rows[0])

    def save(self, entity: E) -> E:
        """Write one entity; see :meth:`save_many`."""
        return self.save_many([entity])[0]

    def save_many(self, entities: Iterable[E]) -> builtins.list[E]:
        """Write entities, new ones and changed ones; what did not change is neither written nor logged.

        An entity is new when its id is 0, or when its natural key is not in the file.

        Returns:
            The entities in the same order, in canonical form and with their ids.

        Raises:
            UserError: ``data_invalid`` with everything that is wrong with all of them, nothing written; ``already_exists``,
                or ``row_gone`` (an entity with an id was deleted meanwhile), after which the operation cannot go on.
            RuntimeError: outside an operation.
        """
        writer = self._inside()
        given = list(entities)
        runs = [(codec_of(cls), list(members)) for cls, members in groupby(given, key=type)]
        checked: builtins.list[tuple[Codec, builtins.list[Row]]] = []
        problems: builtins.list[Issue] = []
        for codec, members in runs:
            rows, issues = codec.rows(members)
            checked.append((codec, rows))
            problems += issues
        if problems:
            raise CollectedError("data_invalid", problems)
        saved: builtins.list[Any] = []
        with writer.whole():
            for (codec, rows), (_codec, members) in zip(checked, runs, strict=True):
                written = self._save_rows(writer, codec, rows)
                saved += [codec.canonical(entity, row) for entity, row in zip(members, written, strict=True)]
        return saved

    def save_rows(self, cls: type[Any], rows: Sequence[tuple[Any, ...]]) -> None:
        """Write many entities of one class, each given as the values of its fields in the order of their declaration.

        As :meth:`save_many`, for those who have no use for entities: making a hundred thousand takes longer than checking
        them.
        """
        writer = self._inside()
        codec = codec_of(cls)
        checked, problems = codec.checked(rows)
        if problems:
            raise CollectedError("data_invalid", problems)
        with writer.whole():
            self._save_rows(writer, codec, checked)

    def _save_rows(self, writer: Writer, codec: Codec, rows: builtins.list[Row]) -> builtins.list[Row]:
        if codec.numbered:
            place = codec.key_places[0]
            ids = iter(writer.new_ids(codec, sum(not row[place] for row in rows)))
            fresh = {i: next(ids) for i, row in enumerate(rows) if not row[place]}
            rows = [(*row[:place], fresh[i], *row[place + 1 :]) if i in fresh else row for i, row in enumerate(rows)]
            known = [codec.key_of(row) for i, row in enumerate(rows) if i not in fresh]
        else:
            fresh = {}
            known = [codec.key_of(row) for row in rows]
        current = writer.current(codec, known)
        inserts: builtins.list[Row] = []
        updates: builtins.list[tuple[Row, Row]] = []
        for i, row in enumerate(rows):
            key = codec.key_of(row)
            before = current.get(key)
            if before is None:
                if codec.numbered and i not in fresh:
                    raise UserError("row_gone", what=Message(codec.spec.label), name=name_of(self.connection, codec, row))
                inserts.append(row)
            elif before != row:
                updates.append((before, row))
            current[key] = row
        if inserts:
            writer.insert(codec, inserts, [codec.return_of(None, row) for row in inserts])
        for wave in _waves(codec, updates):
            writer.update(codec, wave, [codec.return_of(before, row) for before, row in wave])
        return rows

    def delete(self, entity: Any, *, return_id: int | None = None) -> None:
        """Delete one entity; nothing happens when it is not there.

        Args:
            entity: what to delete; its key counts.
            return_id: the return that asked for it.

        Raises:
            UserError: ``still_used`` by another entity.
            RuntimeError: outside an operation.
        """
        self.delete_many([entity], return_id=return_id)

    def delete_many(self, entities: Iterable[Any], *, return_id: int | None = None) -> None:
        """Delete entities, in the order given; see :meth:`delete`."""
        writer = self._inside()
        for cls, members in groupby(entities, key=type):
            codec = codec_of(cls)
            keys = [
                tuple(codec.spec.fields[name].kind.to_db(getattr(entity, name)) for name in codec.spec.key)
                for entity in members
            ]
            rows = list(writer.current(codec, keys).values())
            if rows:
                with writer.whole():
                    writer.delete(codec, rows, [return_id] * len(rows))

    def _inside(self) -> Writer:
        if self.writer is None:
            raise RuntimeError("a write outside an operation")
        return self.writer


def _waves(codec: Codec, updates: Sequence[tuple[Row, Row]]) -> Iterable[builtins.list[tuple[Row, Row]]]:
    """Part updates so that no row is changed twice in one part."""
    waves: dict[int, builtins.list[tuple[Row, Row]]] = defaultdict(list)
    seen: dict[Row, int] = defaultdict(int)
    for before, after in updates:
        key = codec.key_of(after)
        waves[seen[key]].append((before, after))
        seen[key] += 1
    return waves.values()


def _conditions(codec: Codec, equals: dict[str, Any]) -> tuple[str, builtins.list[Any]]:
    parts: builtins.list[str] = []
    values: builtins.list[Any] = []
    for name, wanted in equals.items():
        kind = codec.spec.fields[name].kind
        if wanted is None:
            parts.append(f"{name} IS NULL")
        elif isinstance(wanted, (list, set, frozenset)):
            parts.append(f"{name} IN (SELECT value FROM json_each(?))")
            values.append(dumps([kind.to_db(item) for item in wanted]))
        else:
            parts.append(f"{name} = ?")
            values.append(kind.to_db(wanted))
    return (" WHERE " + " AND ".join(parts) if parts else ""), values


def _order(codec: Codec, order_by: str | Sequence[str] | None) -> str:
    if order_by is None:
        return codec.default_order
    names = [order_by] if isinstance(order_by, str) else list(order_by)
    for name in names:
        if name.removeprefix("-") not in codec.columns:
            raise KeyError(name)
    return ", ".join(f"{name[1:]} DESC" if name.startswith("-") else name for name in (*names, *codec.spec.key))
