"""Rows and entities: what one entity looks like in its table, both ways, with the SQL that reads and writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from desktop_app.domain import kinds
from desktop_app.domain.issues import Issue, Place
from desktop_app.domain.specs import REGISTRY, EntitySpec, FieldSpec, spec_of
from desktop_app.text.catalogue import Message
from desktop_app.text.vietnamese import person_sort_key, search_key, sort_key

Row = tuple[kinds.DbValue, ...]
_AS_STORED = (kinds.Text, kinds.Integer, kinds.PeriodCode, kinds.Ref, kinds.Blob)
"""Kinds whose values Python and SQLite hold alike; STRICT tables keep it so."""


class Codec:
    """One entity's way into its table and back.

    Attributes:
        spec: what the entity declares.
        names: the entity's columns, in declaration order.
        columns: ``names``, and the derived key columns where the table has them.
        key_places: where the key stands in a row.
        blobs: where bytes stand in a row.
        numbered: True when rows are identified by an id that the database gives.
    """

    def __init__(self, spec: EntitySpec) -> None:
        self.spec = spec
        self.names = tuple(spec.fields)
        self.columns = self.names + (("sort_key", "search_key") if spec.sorted_by else ())
        self.key_places = tuple(self.names.index(name) for name in spec.key)
        self.blobs = tuple(i for i, name in enumerate(self.names) if isinstance(spec.fields[name].kind, kinds.Blob))
        self.numbered = spec.key == ("id",) and spec.fields["id"].kind != kinds.Integer(minimum=1, maximum=1)
        self._from_db = [(name, _reader(field)) for name, field in spec.fields.items()]
        self._sorted_at = self.names.index(spec.sorted_by) if spec.sorted_by else None
        self._return_at = self.names.index("return_id") if "return_id" in self.names else None
        self._sort_key = person_sort_key if spec.name == "person" else sort_key
        listed = ", ".join(self.names)
        self.select = f"SELECT {listed} FROM {spec.table}"
        self.where_key = " AND ".join(f"{name} = ?" for name in spec.key)
        marks = ", ".join("?" * len(self.columns))
        self.insert = f"INSERT INTO {spec.table} ({', '.join(self.columns)}) VALUES ({marks})"
        self.delete = f"DELETE FROM {spec.table} WHERE {self.where_key}"
        self.default_order = _default_order(spec)

    def entity(self, row: Sequence[Any]) -> Any:
        """Return the entity that a row of ``select`` stands for."""
        values = {
            name: stored if convert is None or stored is None else convert(stored)
            for (name, convert), stored in zip(self._from_db, row, strict=True)
        }
        return self.spec.cls(**values)

    def rows(self, entities: Iterable[Any]) -> tuple[list[Row], list[Issue]]:
        """Check entities and return their rows in canonical form, with everything that is wrong with them.

        A value that comes back in many entities (a period, a state, a unit) is checked and converted once.
        """
        known: list[dict[Any, kinds.DbValue]] = [{} for _ in self.names]
        issues: list[Issue] = []
        columns = list(zip(self.names, self.spec.fields.values(), known, strict=True))
        rows: list[Row] = []
        for entity in entities:
            row: list[kinds.DbValue] = []
            for name, field, seen in columns:
                value = getattr(entity, name)
                try:
                    row.append(seen[value])
                except KeyError:
                    issue = _problem(field, value) if name != "id" or not self.numbered else None
                    if issue is not None:
                        issues.append(issue)
                        row.append(None)
                        continue
                    stored = None if value is None else field.kind.to_db(value)
                    seen[value] = stored
                    row.append(stored)
            rows.append(tuple(row))
        return rows, issues

    def derived(self, row: Row) -> Row:
        """Return what the key columns of a row hold; empty where the table has none."""
        if self._sorted_at is None:
            return ()
        name = str(row[self._sorted_at])
        return (self._sort_key(name), search_key(name))

    def return_of(self, before: Row | None, after: Row) -> int | None:
        """Return the return that a write of a row comes from: the one that the write names in ``return_id``."""
        if self._return_at is None:
            return None
        named = after[self._return_at]
        is_news = before is None or before[self._return_at] != named
        return named if is_news and isinstance(named, int) else None

    def key_of(self, row: Row) -> Row:
        """Return the key of a row."""
        return tuple(row[place] for place in self.key_places)


def _default_order(spec: EntitySpec) -> str:
    if "order_number" in spec.fields:
        return ", ".join(("order_number", *spec.key))
    return ", ".join(("sort_key", *spec.key)) if spec.sorted_by else ", ".join(spec.key)


def _reader(field: FieldSpec) -> Callable[[Any], Any] | None:
    """Return how a stored value is read; None when it is taken as it is."""
    kind = field.kind
    if isinstance(kind, _AS_STORED):
        return None
    if isinstance(kind, kinds.Choice):
        return {str(option): option for option in kind.options}.__getitem__
    return kind.from_db


def _problem(field: FieldSpec, value: Any) -> Issue | None:
    missing = "required_missing" if field.required else None
    code = missing if value is None else field.kind.check(value)
    if code is None:
        return None
    shown = "" if value is None or isinstance(value, bytes) else str(value)
    return Issue(code, {"field": Message(field.label or field.name), "value": shown}, Place(field=field.name))


@cache
def codec_named(name: str) -> Codec:
    """Return the codec of the entity that the registry calls ``name``.

    Raises:
        KeyError: there is no such entity.
    """
    return Codec(REGISTRY[name])


def codec_of(cls: type[Any]) -> Codec:
    """Return the codec of an entity class.

    Raises:
        KeyError: it is not an entity.
    """
    return codec_named(spec_of(cls).name)
