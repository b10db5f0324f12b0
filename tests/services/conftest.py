"""A small office for tests of services: four units, elements of every kind, two systems, two tasks, a yearly form."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.entities import (
    Element,
    ElementKind,
    Form,
    Goal,
    Indicator,
    IndicatorType,
    Measure,
    Office,
    PeriodKind,
    Plan,
    PlanKind,
    System,
    SystemCategory,
    Target,
    Task,
    Unit,
    UnitKind,
    UnitLevel,
)
from desktop_app.services.session import Session
from desktop_app.storage.database import create_database

UUID = "0f2d7a4e-3c1b-4b6a-9d58-0123456789ab"
NOW = datetime(2017, 12, 20, 3, 0, tzinfo=UTC)
Facts = tuple[str, str, ElementKind, Measure, str, int, str]
ELEMENTS: tuple[Facts, ...] = (
    ("HT01a", "Cán bộ, công chức có máy tính", ElementKind.COUNT, Measure.STOCK, "người", 0, "HT"),
    ("HT01b", "Tổng số cán bộ, công chức", ElementKind.COUNT, Measure.STOCK, "người", 0, "HT"),
    ("NB06a", "Văn bản gửi dạng điện tử", ElementKind.COUNT, Measure.FLOW, "văn bản", 0, "NB"),
    ("NB06b", "Tổng số văn bản gửi đi", ElementKind.COUNT, Measure.FLOW, "văn bản", 0, "NB"),
    ("DV09a", "Tỷ lệ hồ sơ đúng hạn", ElementKind.DECIMAL, Measure.STOCK, "%", 2, "DV"),
    ("KP01a", "Kinh phí đã chi", ElementKind.MONEY, Measure.FLOW, "triệu đồng", 0, "KP"),
    ("CS01a", "Đã ban hành quy chế", ElementKind.YES_NO, Measure.STOCK, "có/không", 0, "CS"),
    ("CS02a", "Ngày ban hành quy chế", ElementKind.DAY, Measure.STOCK, "ngày", 0, "CS"),
    ("CS03a", "Số, ký hiệu quy chế", ElementKind.TEXT, Measure.STOCK, "", 0, "CS"),
)


def unit(code: str, name: str, kind: UnitKind, order: int, *, is_root: bool = False) -> Unit:
    return Unit(code=code, name=name, kind=kind, level=UnitLevel.PROVINCE, order_number=order, is_root=is_root)


def fill(session: Session) -> None:
    """Write the office in one operation."""
    with session.operation("setup", source="setup") as op:
        op.save(Office(uuid=UUID, digest_key="5e" * 32, created_at=NOW, created_with="0"))
        op.save_many(
            [
                unit("TINH", "Tỉnh Thử", UnitKind.PROVINCE, 1, is_root=True),
                unit("SXD", "Sở Xây dựng", UnitKind.DEPARTMENT, 2),
                unit("STC", "Sở Tài chính", UnitKind.DEPARTMENT, 3),
                unit("SYT", "Sở Y tế", UnitKind.DEPARTMENT, 4),
            ]
        )
        units = {item.code: item for item in session.gateway.list(Unit)}
        plan = op.save(
            Plan(
                code="KH",
                title="Kế hoạch ứng dụng CNTT",
                short_title="KH ứng dụng CNTT",
                kind=PlanKind.FIVE_YEAR,
                start_year=2016,
                end_year=2020,
            )
        )
        op.save(Form(plan_id=plan.id, code="KH-Y", period_kind=PeriodKind.YEAR))
        op.save(Form(plan_id=plan.id, code="KH-Q", period_kind=PeriodKind.QUARTER))
        elements = op.save_many([_element(number, facts) for number, facts in enumerate(ELEMENTS, start=1)])
        ids = {item.code: item.id for item in elements}
        pairs = [("HT01a", "HT01b"), ("NB06a", "NB06b"), ("DV09a", None), ("KP01a", None)]
        pairs += [("CS01a", None), ("CS02a", None), ("CS03a", None)]
        for number, (numerator, denominator) in enumerate(pairs, start=1):
            indicator = op.save(
                Indicator(
                    code=f"CS-{numerator[:4]}",
                    name=numerator,
                    type=IndicatorType.RATIO if denominator else IndicatorType.SUM,
                    unit="%",
                    numerator_id=ids[numerator],
                    denominator_id=ids[denominator] if denominator else None,
                    period_kinds=(PeriodKind.YEAR,),
                    section="HT",
                )
            )
            target = op.save(
                Target(
                    plan_id=plan.id,
                    code=f"CT{number:02d}",
                    statement=f"Chỉ tiêu {number}",
                    short_statement=f"Chỉ tiêu {number}",
                    indicator_id=indicator.id,
                    scope=(UnitKind.DEPARTMENT,),
                    order_number=number,
                )
            )
            op.save(Goal(target_id=target.id, year=2017, amount=Decimal(80)))
        category = op.save(SystemCategory(code="QLVB", name="Quản lý văn bản", order_number=1))
        for code, name in (("QLVB", "Quản lý văn bản và điều hành"), ("MC", "Một cửa điện tử")):
            op.save(System(code=code, name=name, category_id=category.id, scope=("department",)))
        for number, lead in ((1, "SXD"), (2, "SXD")):
            op.save(
                Task(
                    plan_id=plan.id,
                    code=f"NV{number:02d}",
                    name=f"Nhiệm vụ {number}",
                    lead_unit_id=units[lead].id,
                    due_on=date(2018, 6, 30),
                    order_number=number,
                )
            )


def _element(number: int, facts: Facts) -> Element:
    code, name, kind, measure, unit, places, section = facts
    return Element(
        code=code,
        name=name,
        kind=kind,
        measure=measure,
        unit=unit,
        places=places,
        scale_vnd=1_000_000 if kind is ElementKind.MONEY else None,
        definition=f"Định nghĩa của {name}, đếm đến ngày cuối kỳ báo cáo theo hồ sơ của đơn vị.",
        period_kinds=(PeriodKind.YEAR, PeriodKind.QUARTER),
        section=section,
        order_number=number,
    )


@pytest.fixture
def small_office(tmp_path: Path) -> Iterator[Session]:
    """An open file with a small office, at noon of 20/12/2017."""
    session = Session(create_database(tmp_path / f"{uuid.uuid4().hex}.skh", holder="tester"), "tester", now=lambda: NOW)
    fill(session)
    yield session
    session.close()


@pytest.fixture
def in_small_office() -> Callable[[Session], None]:
    """Write the small office into a session of the test's own."""
    return fill
