"""The field specification: one declaration that forms, tables, workbooks, validation and the schema test all read.

An entity is a frozen, keyword-only dataclass decorated with :func:`entity`. Each field is made by one of the functions
below (``text``, ``integer``, ``money`` …), which put a :class:`FieldSpec` in the dataclass metadata. A field is required
exactly when its annotation has no ``None``.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import UnionType
from typing import Any, TypeVar

from desktop_app.domain import kinds
from desktop_app.domain.kinds import Kind

_METADATA_KEY = "sokehoach"
E = TypeVar("E", bound=type)


@dataclass(frozen=True)
class FieldSpec:
    """What every layer knows of one field.

    Attributes:
        name: the attribute and column name.
        kind: how the value is parsed, shown, checked and stored.
        label: English msgid of the field's name; "" for a field that people never see.
        required: False when the value may be None.
    """

    name: str
    kind: Kind[Any]
    label: str
    required: bool


@dataclass(frozen=True)
class EntitySpec:
    """What every layer knows of one entity.

    Attributes:
        name: English concept name in snake_case (product.md), used in the change log.
        table: table name in the schema.
        cls: the dataclass.
        key: the attributes that identify a row; ``("id",)`` unless the row is identified by what it joins.
        label: English msgid of the concept.
        sorted_by: the text attribute whose Vietnamese sort and search keys the table keeps in the columns
            ``sort_key`` and ``search_key``; None when it keeps none.
        fields: by attribute name, in declaration order.
    """

    name: str
    table: str
    cls: type
    key: tuple[str, ...]
    label: str
    sorted_by: str | None
    fields: dict[str, FieldSpec]


REGISTRY: dict[str, EntitySpec] = {}
"""Every entity by name; filled while ``desktop_app.domain.entities`` is imported and constant afterwards."""


def _make(kind: Kind[Any], label: str, default: Any) -> Any:
    if default is dataclasses.MISSING:
        return dataclasses.field(metadata={_METADATA_KEY: (kind, label)})
    return dataclasses.field(default=default, metadata={_METADATA_KEY: (kind, label)})


def text(label: str = "", *, default: Any = dataclasses.MISSING, pattern: str | None = None, multiline: bool = False) -> Any:
    """Declare text, normalised to NFC; ``pattern`` must match it whole."""
    return _make(kinds.Text(pattern=pattern, multiline=multiline), label, default)


def integer(
    label: str = "",
    *,
    default: Any = dataclasses.MISSING,
    minimum: int | None = None,
    maximum: int | None = None,
) -> Any:
    """Declare a whole number within inclusive bounds."""
    return _make(kinds.Integer(minimum=minimum, maximum=maximum), label, default)


def number(label: str = "", *, default: Any = dataclasses.MISSING) -> Any:
    """Declare an exact decimal (``Decimal``), stored as canonical text."""
    return _make(kinds.Number(), label, default)


def money(label: str = "", *, default: Any = dataclasses.MISSING, minimum: int | None = 0) -> Any:
    """Declare an amount in đồng; the attribute name ends in ``_vnd``."""
    return _make(kinds.Money(minimum=minimum), label, default)


def day(label: str = "", *, default: Any = dataclasses.MISSING) -> Any:
    """Declare a calendar day (``datetime.date``); the attribute name ends in ``_on``, ``_from`` or ``_to``."""
    return _make(kinds.Day(), label, default)


def instant(label: str = "", *, default: Any = dataclasses.MISSING) -> Any:
    """Declare a moment (aware ``datetime.datetime`` in UTC); the attribute name ends in ``_at``."""
    return _make(kinds.Instant(), label, default)


def period(label: str = "", *, default: Any = dataclasses.MISSING) -> Any:
    """Declare a reporting-period code such as ``2017-Q1``."""
    return _make(kinds.PeriodCode(), label, default)


def flag(label: str = "", *, default: Any = dataclasses.MISSING) -> Any:
    """Declare a yes or no of our own (a figure that units answer with yes or no is a value, not a flag)."""
    return _make(kinds.Flag(), label, default)


def choice(label: str, options: type[Any], *, default: Any = dataclasses.MISSING) -> Any:
    """Declare one member of a ``StrEnum``."""
    return _make(kinds.Choice(options), label, default)


def choices(label: str, options: type[Any], *, default: Any = dataclasses.MISSING) -> Any:
    """Declare a tuple of members of a ``StrEnum``, stored as words separated by spaces."""
    return _make(kinds.Choices(options), label, default)


def words(label: str = "", *, default: Any = dataclasses.MISSING) -> Any:
    """Declare a tuple of codes without spaces, stored as words separated by spaces."""
    return _make(kinds.Words(), label, default)


def ref(target: str, label: str = "", *, default: Any = dataclasses.MISSING) -> Any:
    """Declare a reference to the id of another entity; the attribute name ends in ``_id``."""
    return _make(kinds.Ref(target), label, default)


def blob(label: str = "", *, default: Any = dataclasses.MISSING) -> Any:
    """Declare bytes kept as they came."""
    return _make(kinds.Blob(), label, default)


def entity(
    name: str,
    *,
    table: str | None = None,
    key: Sequence[str] = ("id",),
    label: str = "",
    sorted_by: str | None = None,
) -> Callable[[E], E]:
    """Register a dataclass as an entity; put it above ``@dataclass(frozen=True, kw_only=True)``."""

    def register(cls: E) -> E:
        hints = typing.get_type_hints(cls)
        fields: dict[str, FieldSpec] = {}
        for item in dataclasses.fields(cls):
            kind, field_label = item.metadata[_METADATA_KEY]
            hint = hints[item.name]
            optional = isinstance(hint, UnionType) and type(None) in typing.get_args(hint)
            fields[item.name] = FieldSpec(name=item.name, kind=kind, label=field_label, required=not optional)
        REGISTRY[name] = EntitySpec(
            name=name,
            table=table or name,
            cls=cls,
            key=tuple(key),
            label=label,
            sorted_by=sorted_by,
            fields=fields,
        )
        return cls

    return register


def spec_of(cls_or_object: Any) -> EntitySpec:
    """Return the specification of an entity class or object.

    Raises:
        KeyError: it is not an entity.
    """
    cls = cls_or_object if isinstance(cls_or_object, type) else type(cls_or_object)
    for spec in REGISTRY.values():
        if spec.cls is cls:
            return spec
    raise KeyError(cls)
