"""Writes of rows, each with its line in the change log; what a constraint refuses is told by name.

Nothing but :mod:`desktop_app.storage.gateway` and :mod:`desktop_app.storage.operations` uses this module.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, repeat
from pathlib import Path
from typing import Any

from desktop_app.domain import kinds
from desktop_app.domain.issues import CollectedError, Issue, Place, UserError
from desktop_app.domain.specs import REGISTRY
from desktop_app.storage.refusals import speaking
from desktop_app.storage.rows import SHA256, Codec, Row, codec_named
from desktop_app.text.catalogue import Message

_FEW = 8
_CHUNK = 2000
_BLOCK = 250
"""So many rows are inserted at once; a row has 29 columns at most, and SQLite takes 32,766 values."""
_INSERT_CHANGE = (
    "INSERT INTO change_log (operation_id, number, entity, row_key, before, after, return_id) VALUES (?, ?, ?, ?, ?, ?, ?)"
)


class Writer:
    """Writes rows inside one operation and logs the fields that changed.

    Attributes:
        changes: how many rows were changed so far.
        broken: True once a write failed half-way; the operation must not be committed then.
        begin: called at the first change; it writes the operation's row and returns its id.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._operation_id = 0
        self.changes = 0
        self.broken = False
        self.begin: Callable[[], int] = int

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Mark the operation as broken when the block fails."""
        try:
            yield
        except BaseException:
            self.broken = True
            raise

    def current(self, codec: Codec, keys: Iterable[Row]) -> dict[Row, Row]:
        """Return the rows that have these keys, by key."""
        with speaking(self._path):
            return rows_with_keys(self._connection, codec, keys)

    def new_ids(self, codec: Codec, how_many: int) -> range:
        """Return ids that no row of the table ever had."""
        with speaking(self._path):
            used = self._connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (codec.spec.table,)).fetchone()
        first = (used[0] if used else 0) + 1
        return range(first, first + how_many)

    def insert(self, codec: Codec, rows: Sequence[Row], return_ids: Sequence[int | None]) -> None:
        """Insert rows that are not there."""
        self._run(codec, codec.insert, [(*row, *codec.derived(row)) for row in rows], rows)
        self._log(codec, rows, repeat(None), codec.full_images(rows), return_ids)

    def update(self, codec: Codec, pairs: Sequence[tuple[Row, Row]], return_ids: Sequence[int | None]) -> None:
        """Turn rows into others with the same key; each pair differs in at least one field."""
        alike: dict[tuple[int, ...], list[tuple[Row, Row, int | None]]] = defaultdict(list)
        for (before, after), return_id in zip(pairs, return_ids, strict=True):
            places = tuple([i for i, (old, new) in enumerate(zip(before, after, strict=True)) if old != new])
            alike[places].append((before, after, return_id))
        for places, members in alike.items():
            befores, afters, brought_by = zip(*members, strict=True)
            self._update_alike(codec, places, befores, afters)
            self._log(codec, afters, codec.images(befores, places), codec.images(afters, places), brought_by)

    def _update_alike(self, codec: Codec, places: tuple[int, ...], befores: Sequence[Row], afters: Sequence[Row]) -> None:
        names = [codec.names[place] for place in places]
        derived = codec.spec.sorted_by in names
        settings = ", ".join(f"{name} = ?" for name in (*names, *(("sort_key", "search_key") if derived else ())))
        sql = f"UPDATE {codec.spec.table} SET {settings} WHERE {codec.where_key}"
        values = [
            (*[after[place] for place in places], *(codec.derived(after) if derived else ()), *codec.key_of(after))
            for after in afters
        ]
        for place in set(places).intersection(codec.blobs):
            self._keep(before[place] for before in befores)
        self._run(codec, sql, values, afters)

    def delete(self, codec: Codec, rows: Sequence[Row], return_ids: Sequence[int | None]) -> None:
        """Delete rows that are there."""
        for place in codec.blobs:
            self._keep(row[place] for row in rows)
        self._run(codec, codec.delete, [codec.key_of(row) for row in rows], rows, leaving=True)
        self._log(codec, rows, codec.full_images(rows), repeat(None), return_ids)

    def _keep(self, contents: Iterable[Any]) -> None:
        """Keep bytes that leave their table, so that undo can bring them back."""
        with speaking(self._path):
            self._connection.executemany(
                "INSERT INTO kept_content (sha256, content) VALUES (?, ?) ON CONFLICT DO NOTHING",
                [(hashlib.sha256(content).hexdigest(), content) for content in contents if content is not None],
            )

    def kept(self, named: str) -> bytes:
        """Return the bytes that the change log names ``sha256:…``.

        Raises:
            UserError: ``file_damaged``, when they are not there.
        """
        with speaking(self._path):
            row = self._connection.execute(
                "SELECT content FROM kept_content WHERE sha256 = ?", (named.removeprefix(SHA256),)
            ).fetchone()
        if row is None:
            raise UserError("file_damaged", file=self._path.name)
        return bytes(row[0])

    def _log(
        self,
        codec: Codec,
        rows: Sequence[Row],
        befores: Iterable[str | None],
        afters: Iterable[str | None],
        return_ids: Iterable[int | None],
    ) -> None:
        if not self._operation_id:
            self._operation_id = self.begin()
        keys = codec.key_texts(rows)
        numbers = range(self.changes + 1, self.changes + len(rows) + 1)
        operation, entity = repeat(self._operation_id), repeat(codec.spec.name)
        lines = zip(operation, numbers, entity, keys, befores, afters, return_ids, strict=False)  # repeats have no end
        with speaking(self._path):
            self._run_for_each(_INSERT_CHANGE, list(lines))
        self.changes += len(rows)

    def _run(self, codec: Codec, sql: str, values: Sequence[Row], rows: Sequence[Row], *, leaving: bool = False) -> None:
        """Run one statement for many rows; when a constraint refuses, find the row that it refuses."""
        with speaking(self._path):
            self._connection.execute("SAVEPOINT writing")
            try:
                self._run_for_each(sql, values)
            except sqlite3.IntegrityError:
                self._connection.execute("ROLLBACK TO writing")
                tried = ((self._tried(sql, value), row) for value, row in zip(values, rows, strict=True))
                error, row = next((error, row) for error, row in tried if error is not None)
                raise self._refusal(error, codec, row, leaving=leaving) from error
            self._connection.execute("RELEASE writing")

    def _run_for_each(self, sql: str, values: Sequence[Row]) -> None:
        """Run a statement for many rows; an INSERT takes many at once, as a call for each of them takes a third longer."""
        done = len(values) // _BLOCK * _BLOCK if sql.startswith("INSERT") else 0
        if done:
            marks = sql[sql.rindex("(") :]
            of_many = sql + f", {marks}" * (_BLOCK - 1)
            for start in range(0, done, _BLOCK):
                self._connection.execute(of_many, list(chain.from_iterable(values[start : start + _BLOCK])))
        self._connection.executemany(sql, values[done:])

    def _tried(self, sql: str, value: Row) -> sqlite3.IntegrityError | None:
        try:
            self._connection.execute(sql, value)
        except sqlite3.IntegrityError as error:
            return error
        return None

    def _refusal(self, error: sqlite3.IntegrityError, codec: Codec, row: Row, *, leaving: bool) -> Exception:
        """Return what a constraint says of a row; a CHECK that kinds did not foresee stays a bug."""
        what = Message(codec.spec.label)
        name = name_of(self._connection, codec, row)
        if error.sqlite_errorname in {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}:
            return UserError("already_exists", what=what, name=name)
        if error.sqlite_errorname == "SQLITE_CONSTRAINT_FOREIGNKEY":
            if leaving:
                return UserError("still_used", what=what, name=name, by=self._user_of(codec, row))
            return CollectedError("data_invalid", self._broken(codec, row))
        return error

    def _user_of(self, codec: Codec, row: Row) -> Message:
        """Return the label of an entity that still refers to a row."""
        key = codec.key_of(row)[0]
        references = (
            (spec.label, f"SELECT 1 FROM {spec.table} WHERE {field.name} = ? LIMIT 1")
            for spec in REGISTRY.values()
            for field in spec.fields.values()
            if isinstance(field.kind, kinds.Ref) and field.kind.target == codec.spec.name
        )
        return Message(next(label for label, sql in references if self._connection.execute(sql, (key,)).fetchone()))

    def _broken(self, codec: Codec, row: Row) -> list[Issue]:
        """Return the references of a row that point to nothing."""
        issues = []
        for name, stored in zip(codec.names, row, strict=True):
            field = codec.spec.fields[name]
            if isinstance(field.kind, kinds.Ref) and stored is not None:
                sql = f"SELECT 1 FROM {REGISTRY[field.kind.target].table} WHERE id = ?"
                if not self._connection.execute(sql, (stored,)).fetchone():
                    issues.append(Issue("reference_missing", {"field": Message(field.label or name)}, Place(field=name)))
        return issues


def rows_with_keys(connection: sqlite3.Connection, codec: Codec, keys: Iterable[Row]) -> dict[Row, Row]:
    """Return the rows that have these keys, by key."""
    wanted = list(dict.fromkeys(keys))
    found: dict[Row, Row] = {}
    if len(wanted) <= _FEW:
        for key in wanted:
            row = connection.execute(f"{codec.select} WHERE {codec.where_key}", key).fetchone()
            if row is not None:
                found[key] = row
        return found
    marks = "(" + ", ".join("?" * len(codec.spec.key)) + ")"
    on = " AND ".join(f"{name} = column{number}" for number, name in enumerate(codec.spec.key, 1))
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        # a CROSS JOIN looks each key up; "(a, b, c) IN (VALUES …)" reads the whole table
        given = f"(VALUES {', '.join([marks] * len(chunk))})"
        sql = f"SELECT {', '.join(codec.names)} FROM {given} CROSS JOIN {codec.spec.table} ON {on}"
        for row in connection.execute(sql, [part for key in chunk for part in key]):
            found[codec.key_of(row)] = row
    return found


def name_of(connection: sqlite3.Connection, codec: Codec, row: Row) -> str:
    """Return how people call a row: its code, symbol or name, or those of the rows that it joins."""
    values = dict(zip(codec.names, row, strict=True))
    for name in ("code", "symbol", "name", "file_name"):
        if values.get(name):
            return str(values[name])
    parts = []
    for name in codec.names:
        field, stored = codec.spec.fields[name], values[name]
        if stored is None or name in {"id", "return_id"}:
            continue
        if isinstance(field.kind, kinds.Ref):
            other = codec_named(field.kind.target)
            found = connection.execute(f"{other.select} WHERE id = ?", (stored,)).fetchone()
            parts.append(name_of(connection, other, found) if found else str(stored))
        elif isinstance(field.kind, kinds.PeriodCode) or name in {"year", "outline_key", "period_kind", "stage"}:
            parts.append(str(stored))
    return " · ".join(parts) or str(values.get("id", ""))
