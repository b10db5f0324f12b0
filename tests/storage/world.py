"""A small world for tests of the storage, and a row of every entity, made from its spec."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import desktop_app.domain.entities  # noqa: F401 - fills the registry
from desktop_app.domain import kinds
from desktop_app.domain.entities import (
    Element,
    ElementKind,
    Measure,
    PeriodKind,
    Unit,
    UnitKind,
    UnitLevel,
    Value,
    ValueState,
)
from desktop_app.domain.specs import REGISTRY, EntitySpec, FieldSpec
from desktop_app.storage.database import Database

AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
UUID = "11111111-2222-3333-4444-555555555555"
FULL, BARE, OTHER = 0, 1, 2
"""Ways to make a row: everything filled, only what is required, everything filled in another way."""
SAMPLES_OF_PATTERNS = {
    r"[0-9A-Za-z._-]+": ("Ma-1", "Ma.2"),
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}": (UUID, "a" * 8 + "-aaaa-aaaa-aaaa-" + "a" * 12),
    r"[0-9a-f]{64}": ("0" * 64, "f" * 64),
    r"[A-Z]\d{2}(\.[0-9A-Z]{2,3})*": ("H56", "H56.05"),
    r"\d{2,5}": ("38", "14758"),
    r"[vhml]": ("v", "m"),
    r"[a-z0-9_.]+": ("muc_tieu", "giai_phap.1"),
}


def operate(database: Database, name: str = "test", *, at: datetime = AT, **params: Any) -> Any:
    return database.operation(name, source="cli", actor="Lan", at=at, params=params)


def needed_by(spec: EntitySpec, above: frozenset[str] = frozenset()) -> set[str]:
    """Return the entities that one refers to, and those that they refer to, without itself."""
    targets = {field.kind.target for field in spec.fields.values() if isinstance(field.kind, kinds.Ref)}
    targets -= {spec.name, *above}
    return targets.union(*(needed_by(REGISTRY[name], above | {spec.name}) for name in targets))


def entities_in_order(names: Collection[str] = REGISTRY) -> list[EntitySpec]:
    """Return entities after those that they refer to."""
    done: list[EntitySpec] = []

    def visit(spec: EntitySpec, above: tuple[str, ...] = ()) -> None:
        if spec in done or spec.name in above:
            return
        for field in spec.fields.values():
            if isinstance(field.kind, kinds.Ref) and (field.required or field.kind.target not in above):
                visit(REGISTRY[field.kind.target], (*above, spec.name))
        done.append(spec)

    for spec in REGISTRY.values():
        visit(spec)
    return [spec for spec in done if spec.name in names]


class Maker:
    """Makes valid rows of any entity from its spec; references point to rows made before."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}

    def make(self, spec: EntitySpec, way: int = FULL, mark: str = "") -> Any:
        values = {name: self._value(field, way, mark) for name, field in spec.fields.items()}
        if spec.name == "office":
            values["id"] = 1
        elif "id" in values:
            values["id"] = 0
        if spec.name == "value":
            values["amount"] = values["text"] = None
            if way != BARE:
                values |= {"state": ValueState.VALUE, "amount": 12 if way == FULL else -7}
            else:
                values["state"] = ValueState.NOT_APPLICABLE
        if spec.name in {"unit_return", "attachment"}:
            values["sha256"] = hashlib.sha256(values["content"]).hexdigest()
        return spec.cls(**values)

    def _value(self, field: FieldSpec, way: int, mark: str) -> Any:  # noqa: PLR0911 - one line per kind
        kind, second = field.kind, way == OTHER
        if isinstance(kind, kinds.Ref):
            known = self.ids.get(kind.target)
            return known if field.required or (way != BARE and known) else None
        if way == BARE and not field.required:
            return None
        match kind:
            case kinds.Text(pattern=str(pattern)):
                return SAMPLES_OF_PATTERNS[pattern][second] + (mark if "A-Za-z" in pattern else "")
            case kinds.Text(multiline=multiline):
                text = "Thủ tục “đặc biệt” {1}" + (" khác" if second else "") + mark
                return text + "\n= dòng 2\t" if multiline else text
            case kinds.Integer():
                low = kind.minimum if kind.minimum is not None else -5
                high = kind.maximum if kind.maximum is not None else 2**53 + 1
                return high if second else low
            case kinds.Number():
                return Decimal("-0.000001") if second else Decimal("82.5")
            case kinds.Day():
                return date(2200, 12, 31) if second else date(2017, 2, 28)
            case kinds.Instant():
                return AT + timedelta(days=1, milliseconds=7) if second else AT
            case kinds.PeriodCode():
                return "2018-Q1" if second else "2017"
            case kinds.Flag():
                return second
            case kinds.Choice():
                return list(kind.options)[-1 if second else 0]
            case kinds.Choices():
                return tuple(kind.options)[: 1 if second else 2]
            case kinds.Words():
                return () if second else ("S3-18", "S1-06")
            case kinds.Blob():
                return b"PK\x03\x04" + bytes(range(256)) + (b"2" if second else b"1") + mark.encode()
        raise AssertionError(kind)

    def remember(self, spec: EntitySpec, entity: Any) -> None:
        if spec.key == ("id",):
            self.ids[spec.name] = entity.id


@dataclasses.dataclass(frozen=True)
class World:
    """The small world of most tests: three units, three elements, the values of 2017 of the first two units."""

    units: list[Unit]
    elements: list[Element]

    def value(self, unit: int = 0, element: int = 0, amount: int | None = 1, **changes: Any) -> Value:
        given = {
            "unit_id": self.units[unit].id,
            "element_id": self.elements[element].id,
            "period": "2017",
            "state": ValueState.VALUE if amount else ValueState.ZERO,
            "amount": amount,
        }
        return Value(**{**given, **changes})


def units() -> list[Unit]:
    names = ("Tỉnh Thanh Hóa", "Sở Nội vụ", "Huyện Đông Sơn")
    made_of = zip(names, ("TH", "SNV", "DS"), (UnitKind.PROVINCE, UnitKind.DEPARTMENT, UnitKind.DISTRICT), strict=True)
    return [
        Unit(code=code, name=name, kind=kind, level=UnitLevel.PROVINCE, order_number=number, is_root=number == 1)
        for number, (name, code, kind) in enumerate(made_of, 1)
    ]


def elements() -> list[Element]:
    return [
        Element(
            code=code,
            name=f"Số {code}",
            kind=ElementKind.COUNT,
            measure=Measure.STOCK,
            unit="người",
            definition="Định nghĩa",
            period_kinds=(PeriodKind.YEAR, PeriodKind.QUARTER),
            section="HT",
        )
        for code in ("HT01a", "HT01b", "NB01")
    ]
