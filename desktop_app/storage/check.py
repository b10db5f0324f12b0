"""Whether a data file is sound: its pages, references, derived columns, stored values, and its history against its rows.

Nothing is repaired; everything that is wrong is listed.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from desktop_app.domain.issues import Issue, Place
from desktop_app.domain.specs import REGISTRY
from desktop_app.storage.migrate import migrate
from desktop_app.storage.refusals import refusal_of
from desktop_app.storage.rows import Codec, Row, codec_named, key_text, logged
from desktop_app.storage.writing import name_of, rows_with_keys
from desktop_app.text.catalogue import Message

if TYPE_CHECKING:
    from desktop_app.storage.database import Database

_AT_ONCE = 2000
_COLUMNS = """
    SELECT tables.name || '.' || columns.name
    FROM main.sqlite_schema AS tables, pragma_table_info(tables.name, 'main') AS columns
    WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite%'
"""
_UNREADABLE = (ValueError, TypeError, KeyError, ArithmeticError)
"""What reading a stored value raises when another program wrote it."""
_LOGGED = "SELECT row_key, before, after FROM change_log WHERE entity = ? ORDER BY row_key, operation_id, number"


def check(database: Database) -> list[Issue]:
    """Return everything that is wrong with an open file; an empty list when it is sound.

    A file with damaged pages is not read further: what else it says cannot be trusted.
    """
    connection = database.connection
    try:
        damaged = [*_damaged_pages(connection), *_other_columns(connection)]
        if damaged:
            return damaged
        issues = list(_broken_references(connection))
        for name in REGISTRY:
            codec = codec_named(name)
            issues += _rows(connection, codec)
            issues += _history(connection, codec)
        _read_params(connection)
        return issues + list(_kept_content(connection))
    except json.JSONDecodeError as error:
        return [Issue("pages_damaged", {"detail": str(error)})]
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        refusal = refusal_of(error, database.path)
        if refusal is not None and refusal.code == "file_damaged":
            return [Issue("pages_damaged", {"detail": str(error)})]
        raise refusal or error from error


def _damaged_pages(connection: sqlite3.Connection) -> Iterator[Issue]:
    for (line,) in connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield Issue("pages_damaged", {"detail": str(line)})


def _other_columns(connection: sqlite3.Connection) -> Iterator[Issue]:
    """Hold the tables against those that this version makes: a column may have lost its name to a bad sector."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        migrate(fresh)
        for (name,) in sorted(set(fresh.execute(_COLUMNS)) - set(connection.execute(_COLUMNS))):
            yield Issue("pages_damaged", {"detail": name})


def _broken_references(connection: sqlite3.Connection) -> Iterator[Issue]:
    labels = {spec.table: spec.label for spec in REGISTRY.values()}
    for table, _row, parent, _number in connection.execute("PRAGMA foreign_key_check"):
        what, other = Message(labels.get(table, table)), Message(labels.get(parent, parent))
        yield Issue("reference_broken", {"what": what, "other": other})


def _rows(connection: sqlite3.Connection, codec: Codec) -> Iterator[Issue]:
    """Check each row as a form would, and the key columns against the name they are derived from."""
    cursor = connection.execute(f"SELECT {', '.join(codec.columns)} FROM {codec.spec.table}")
    while batch := cursor.fetchmany(_AT_ONCE):
        if not _all_well(codec, batch):
            for found in batch:
                yield from _row(connection, codec, found)


def _all_well(codec: Codec, batch: list[Row]) -> bool:
    width = len(codec.names)
    try:
        rows, _problems = codec.rows([codec.entity(found[:width]) for found in batch])
    except _UNREADABLE:
        return False
    return [(*row, *codec.derived(row)) for row in rows] == batch


def _row(connection: sqlite3.Connection, codec: Codec, found: Row) -> Iterator[Issue]:
    what = Message(codec.spec.label)
    row = found[: len(codec.names)]
    try:
        again, problems = codec.rows([codec.entity(row)])
    except _UNREADABLE:
        again, problems = [], []
    name = name_of(connection, codec, row)
    for problem in problems:
        yield Issue(problem.code, problem.params, Place(item=name, field=problem.place.field))
    if again != [row] and not problems:
        yield Issue("row_unreadable", {"what": what, "name": name}, Place(item=name))
    if found[len(row) :] != codec.derived(row):
        yield Issue("sort_key_stale", {"what": what, "name": name}, Place(item=name))


def _history(connection: sqlite3.Connection, codec: Codec) -> Iterator[Issue]:
    """Hold what the history says of each row against the row."""
    what = Message(codec.spec.label)
    told: set[str] = set()
    steps = groupby(connection.execute(_LOGGED, (codec.spec.name,)), key=lambda step: step[0])
    stories = ((key, [after for _key, _before, after in members]) for key, members in steps)
    while batch := list(islice(stories, _AT_ONCE)):
        keys = [tuple(json.loads(key)) for key, _afters in batch]
        current = rows_with_keys(connection, codec, keys)
        images = dict(zip(current, codec.full_images(list(current.values())), strict=True))
        for key, (text, afters) in zip(keys, batch, strict=True):
            told.add(text)
            if len(afters) > 1 or images.get(key) != afters[0]:  # most rows were written once and never changed
                yield from _compared(connection, codec, _last_state(afters), current.get(key))
    for row in connection.execute(codec.select):
        if key_text(codec.key_of(row)) not in told:
            name = name_of(connection, codec, row)
            yield Issue("history_silent", {"what": what, "name": name}, Place(item=name))


def _read_params(connection: sqlite3.Connection) -> None:
    """Read what the sentences of the operations need.

    Raises:
        json.JSONDecodeError: it is no JSON any more.
    """
    for (params,) in connection.execute("SELECT params FROM operation"):
        json.loads(params)


def _last_state(afters: Iterable[str | None]) -> dict[str, Any] | None:
    state: dict[str, Any] | None = None
    for after in afters:
        state = None if after is None else {**(state or {}), **json.loads(after)}
    return state


def _compared(
    connection: sqlite3.Connection, codec: Codec, state: dict[str, Any] | None, row: Row | None
) -> Iterator[Issue]:
    if row is None:
        if state is not None:
            yield Issue("history_lost_row", {"what": Message(codec.spec.label)})
        return
    pairs = zip(codec.names, row, strict=True)
    held = {field: logged(stored) for field, stored in pairs if field not in codec.spec.key}
    for field in [field for field, stored in held.items() if state is None or state.get(field) != stored]:
        name = name_of(connection, codec, row)
        label = Message(codec.spec.fields[field].label or field)
        params = {"what": Message(codec.spec.label), "name": name, "field": label}
        yield Issue("history_differs", params, Place(item=name, field=field))


def _kept_content(connection: sqlite3.Connection) -> Iterator[Issue]:
    for sha256, content in connection.execute("SELECT sha256, content FROM kept_content"):
        if hashlib.sha256(content).hexdigest() != sha256:
            yield Issue("content_differs", {"sha256": sha256})
    for name in REGISTRY:
        codec = codec_named(name)
        if codec.blobs:
            place = codec.names.index("sha256")
            for row in connection.execute(codec.select):
                if any(hashlib.sha256(row[blob]).hexdigest() != row[place] for blob in codec.blobs):
                    yield Issue("content_differs", {"sha256": str(row[place])})
