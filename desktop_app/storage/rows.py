"""Rows and entities: what one entity looks like in its table, both ways, with the SQL that reads and writes it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from json.encoder import encode_basestring
from operator import attrgetter, itemgetter
from typing import Any

from desktop_app.domain import kinds
from desktop_app.domain.issues import Issue, Place
from desktop_app.domain.specs import REGISTRY, EntitySpec, FieldSpec, spec_of
from desktop_app.text.catalogue import Message
from desktop_app.text.vietnamese import person_sort_key, search_key, sort_key

Row = tuple[kinds.DbValue, ...]
SHA256 = "sha256:"
"""What the change log puts before the digest that stands for bytes."""
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
        select: reads whole rows.
        select_light: reads rows with nothing in place of their bytes.
        numbered: True when rows are identified by an id that the database gives.
    """

    def __init__(self, spec: EntitySpec) -> None:
        self.spec = spec
        self.names = tuple(spec.fields)
        self.columns = self.names + (("sort_key", "search_key") if spec.sorted_by else ())
        self.key_places = tuple(self.names.index(name) for name in spec.key)
        self.blobs = tuple(i for i, name in enumerate(self.names) if isinstance(spec.fields[name].kind, kinds.Blob))
        self.numbered = spec.key == ("id",) and spec.fields["id"].kind != kinds.Integer(minimum=1, maximum=1)
        self._beside_key = tuple(i for i in range(len(self.names)) if i not in self.key_places)
        self._key_of = _picker(self.key_places)
        self._values_of: Callable[[Any], Row] = attrgetter(*self.names)
        self._from_db = [(name, _reader(field)) for name, field in spec.fields.items()]
        self._sorted_at = self.names.index(spec.sorted_by) if spec.sorted_by else None
        self._return_at = self.names.index("return_id") if "return_id" in self.names else None
        self._sort_key = person_sort_key if spec.name == "person" else sort_key
        listed = ", ".join(self.names)
        self.select = f"SELECT {listed} FROM {spec.table}"
        light = ", ".join(f"x'' AS {name}" if place in self.blobs else name for place, name in enumerate(self.names))
        self.select_light = f"SELECT {light} FROM {spec.table}"
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

    def canonical(self, entity: Any, row: Row) -> Any:
        """Return the entity of a row that was made from ``entity``; the same object where nothing was changed on the way."""
        return entity if self._values_of(entity) == row else self.entity(row)

    def rows(self, entities: Sequence[Any]) -> tuple[list[Row], list[Issue]]:
        """Check entities and return their rows in canonical form; without rows, everything that is wrong with them."""
        return self.checked(list(map(self._values_of, entities)))

    def checked(self, given: Sequence[tuple[Any, ...]]) -> tuple[list[Row], list[Issue]]:
        """Check the values of entities' fields and return them in canonical form; see :meth:`rows`.

        It goes column by column: a value that comes back in many entities (a period, a state, a unit) is checked and
        converted once, which makes a bulk write a third faster.
        """
        if not given:
            return [], []
        columns: list[list[kinds.DbValue]] = []
        wrong = False
        for field, column in zip(self.spec.fields.values(), zip(*given, strict=True), strict=True):
            stored: dict[Any, kinds.DbValue] = {}
            for value in set(column):
                wrong = wrong or self._problem(field, value) is not None
                stored[value] = None if value is None or wrong else field.kind.to_db(value)
            columns.append([stored[value] for value in column])
        if wrong:
            return [], [issue for values in given for issue in self._problems(values)]
        return list(zip(*columns, strict=True)), []

    def _problems(self, values: tuple[Any, ...]) -> list[Issue]:
        pairs = zip(self.spec.fields.values(), values, strict=True)
        return [issue for field, value in pairs if (issue := self._problem(field, value)) is not None]

    def _problem(self, field: FieldSpec, value: Any) -> Issue | None:
        missing = "required_missing" if field.required else None
        code = missing if value is None else field.kind.check(value)
        if code is None:
            return None
        shown = "" if value is None or isinstance(value, bytes) else str(value)
        return Issue(code, {"field": Message(field.label or field.name), "value": shown}, Place(field=field.name))

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
        return self._key_of(row)

    def key_texts(self, rows: Sequence[Row]) -> list[str]:
        """Return how the change log names rows: their keys as JSON arrays."""
        columns = list(zip(*rows, strict=True))
        parts = [_jsons(columns[place]) for place in self.key_places]
        return ["[" + ",".join(row) + "]" for row in zip(*parts, strict=True)]

    def images(self, rows: Sequence[Row], places: Iterable[int]) -> list[str]:
        """Return what the change log keeps of some columns of rows: JSON objects, bytes by their SHA-256."""
        columns = list(zip(*rows, strict=True))
        parts = [_jsons(columns[place], f'"{self.names[place]}":') for place in places]
        return ["{" + ",".join(row) + "}" for row in zip(*parts, strict=True)]

    def full_images(self, rows: Sequence[Row]) -> list[str]:
        """Return what the change log keeps of whole rows: every column that holds something, without the key."""
        columns = list(zip(*rows, strict=True)) or [()] * len(self.names)
        parts = [_jsons(columns[place], f'"{self.names[place]}":', empty="") for place in self._beside_key]
        return ["{" + ",".join(filter(None, row)) + "}" for row in zip(*parts, strict=True)]


def _picker(places: tuple[int, ...]) -> Callable[[Row], Row]:
    if len(places) == 1:
        only = places[0]
        return lambda row: (row[only],)
    return itemgetter(*places)


def logged(stored: Any) -> Any:
    """Return how the change log writes a stored value: as it is, or bytes by their SHA-256."""
    return SHA256 + hashlib.sha256(stored).hexdigest() if isinstance(stored, bytes) else stored


def _json(stored: kinds.DbValue) -> str:
    if stored is None:
        return "null"
    return str(stored) if isinstance(stored, int) else encode_basestring(logged(stored))


def _jsons(column: Sequence[kinds.DbValue], name: str = "", *, empty: str | None = None) -> list[str]:
    """Return a column as pieces of JSON, each after ``name``; ``empty`` stands for None where it is given."""
    known = {stored: name + _json(stored) for stored in set(column)}
    if empty is not None:
        known[None] = empty
    return [known[stored] for stored in column]


def key_text(key: Iterable[kinds.DbValue]) -> str:
    """Return how the change log writes a row's key: a JSON array."""
    return "[" + ",".join([_json(part) for part in key]) + "]"


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
