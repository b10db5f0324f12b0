"""A large file for the benchmarks: 180 units × 24 periods × 120 elements, 518,400 values, 60 targets.

All numbers are drawn from a fixed seed. Building takes a while, because every value goes through an operation as in real
work: the file is kept in ``build/benchmarks`` and built anew when the schema or this module changes.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from desktop_app.domain.entities import Element, Form, Goal, Indicator, Office, Plan, Target, Unit, Value
from desktop_app.domain.entities.figures import (
    ConditionKind,
    ElementKind,
    GrowthKind,
    IndicatorType,
    Measure,
    PeriodKind,
    ValueState,
)
from desktop_app.domain.entities.office import Regime
from desktop_app.domain.entities.plans import Comparator, PlanKind
from desktop_app.domain.entities.units import UnitKind, UnitLevel
from desktop_app.paths import bundled
from desktop_app.storage.database import Database, create_database

ROOT = Path(__file__).resolve().parents[2]
PLAN = "LON-2016-2017"
YEARS = (2016, 2017)
PERIODS = tuple(f"{year}-{month:02d}" for year in YEARS for month in range(1, 13))
UNITS = 180
ELEMENTS = 120
TARGETS = 60
PERIOD = "2017"
"""The period that benchmarks ask for: no value of it is stored, it is tiled from twelve months."""

_KINDS = {  # unit kind → how many of the 180
    UnitKind.DEPARTMENT: (22, UnitLevel.PROVINCE),
    UnitKind.DISTRICT: (27, UnitLevel.DISTRICT),
    UnitKind.COMMUNE: (131, UnitLevel.COMMUNE),
}
_SCOPE = tuple(_KINDS)
_NOT_APPLICABLE = 0.01
_TYPES = (IndicatorType.RATIO,) * 6 + (IndicatorType.SUM,) * 2 + (IndicatorType.COUNT, IndicatorType.GROWTH)


def cached() -> Path:
    """Return the path of the large file, building it when it is missing or out of date."""
    recipe = hashlib.sha256(Path(__file__).read_bytes())
    for path in sorted(bundled("db").rglob("*.sql")):
        recipe.update(path.read_bytes())
    path = ROOT / "build" / "benchmarks" / f"world-{recipe.hexdigest()[:12]}.skh"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        build(unfinished)
        unfinished.rename(path)
    return path


def build(path: Path) -> None:
    """Create the large file at ``path``."""
    database = create_database(path)
    try:
        units, elements = _set_up(database)
        dice = random.Random(2017)
        for number, period in enumerate(PERIODS, start=1):
            at = datetime(2022, 1, number, tzinfo=UTC)
            with database.operation("world.values", source="setup", actor="benchmark", at=at) as op:
                op.save_many(list(_values(dice, units, elements, period)))
    finally:
        database.close()


def _set_up(database: Database) -> tuple[list[Unit], list[Element]]:
    at = datetime(2022, 1, 1, tzinfo=UTC)
    with database.operation("world.create", source="setup", actor="benchmark", at=at) as op:
        op.save(
            Office(
                uuid="00000000-0000-4000-8000-000000000000",
                regime=Regime.ND09,
                digest_key="0" * 64,
                illustrative=True,
                created_at=at,
                created_with="benchmark",
            )
        )
        op.save(
            Unit(
                code="TINH", name="Tỉnh lớn", kind=UnitKind.PROVINCE, level=UnitLevel.PROVINCE, order_number=1, is_root=True
            )
        )
        units = op.save_many(list(_units()))
        elements = op.save_many([_element(number) for number in range(1, ELEMENTS + 1)])
        plan = op.save(
            Plan(
                code=PLAN,
                title="Kế hoạch lớn",
                short_title="Kế hoạch lớn",
                kind=PlanKind.FIVE_YEAR,
                start_year=YEARS[0],
                end_year=YEARS[-1],
            )
        )
        op.save_many([Form(plan_id=plan.id, code=f"{PLAN}-{kind}", period_kind=kind) for kind in PeriodKind])
        _save_targets(op, plan, elements)
    return units, elements


def _units() -> Iterator[Unit]:
    number = 1
    for kind, (count, level) in _KINDS.items():
        for index in range(1, count + 1):
            number += 1
            code = f"{kind.upper()[:2]}{index:03d}"
            yield Unit(code=code, name=f"Đơn vị {code}", kind=kind, level=level, order_number=number)


def _element(number: int) -> Element:
    kind = {0: ElementKind.YES_NO, 1: ElementKind.DECIMAL, 2: ElementKind.MONEY}.get(number % 10, ElementKind.COUNT)
    return Element(
        code=f"L{number:03d}",
        name=f"Số liệu thứ {number}",
        kind=kind,
        measure=Measure.FLOW if number % 2 else Measure.STOCK,
        unit="văn bản",
        places=1 if kind is ElementKind.DECIMAL else 0,
        scale_vnd=1_000_000 if kind is ElementKind.MONEY else None,
        definition=f"Số liệu tự đặt thứ {number} để đo tốc độ.",
        period_kinds=tuple(PeriodKind),
        section="HT",
        order_number=number,
    )


def _save_targets(op: object, plan: Plan, elements: list[Element]) -> None:
    figures = [item for item in elements if item.kind in {ElementKind.COUNT, ElementKind.DECIMAL}]
    answers = [item for item in elements if item.kind is ElementKind.YES_NO]
    base: Indicator | None = None
    for number in range(1, TARGETS + 1):
        kind = _TYPES[number % len(_TYPES)]
        part, whole = figures[number % len(figures)], figures[(number + 1) % len(figures)]
        made = op.save(
            Indicator(
                code=f"CS{number:02d}",
                name=f"Chỉ số thứ {number}",
                type=kind,
                unit="%",
                scale=1 if kind is IndicatorType.SUM else 100,
                numerator_id=part.id if kind in {IndicatorType.RATIO, IndicatorType.SUM} else None,
                denominator_id=whole.id if kind is IndicatorType.RATIO else None,
                condition=ConditionKind.ELEMENT if kind is IndicatorType.COUNT else None,
                condition_element_id=answers[number % len(answers)].id if kind is IndicatorType.COUNT else None,
                base_id=base.id if kind is IndicatorType.GROWTH and base else None,
                growth=GrowthKind.RELATIVE if kind is IndicatorType.GROWTH else None,
                period_kinds=tuple(PeriodKind),
                section="HT",
                order_number=number,
            )
        )
        base = made if kind is IndicatorType.SUM else base
        target = op.save(
            Target(
                plan_id=plan.id,
                code=f"CT{number:02d}",
                statement=f"Chỉ tiêu thứ {number}",
                short_statement=f"Chỉ tiêu {number}",
                indicator_id=made.id,
                scope=_SCOPE,
                comparator=Comparator.GE,
                order_number=number,
            )
        )
        op.save(Goal(target_id=target.id, year=YEARS[-1], amount=Decimal(80)))


def _values(dice: random.Random, units: list[Unit], elements: list[Element], period: str) -> Iterator[Value]:
    for unit in units:
        for element in elements:
            key = {"unit_id": unit.id, "element_id": element.id, "period": period}
            if dice.random() < _NOT_APPLICABLE:
                yield Value(**key, state=ValueState.NOT_APPLICABLE)
            else:
                amount = dice.randrange(2) if element.kind is ElementKind.YES_NO else dice.randrange(5000)
                yield Value(**key, state=ValueState.VALUE if amount else ValueState.ZERO, amount=amount)


if __name__ == "__main__":
    print(cached())
