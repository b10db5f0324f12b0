"""Workbooks of a made-up round, as bytes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.entities import DeploymentStatus, ElementKind, PeriodKind, TaskStatus
from desktop_app.exchange.content import FigureRow, Guide, Identity, Section, SystemRow, TaskRow, WorkbookContent

KEY = "ab" * 32


def figure(code: str, kind: ElementKind, **values: object) -> FigureRow:
    facts = {"measure_unit": "người", "places": 1, "previous": None, "current": None, "note": None}
    return FigureRow(code=code, name=f"Số liệu {code}", kind=kind, definition="Định nghĩa dài " * 9, **{**facts, **values})


@pytest.fixture
def content() -> WorkbookContent:
    identity = Identity(
        file_uuid="11111111-1111-1111-1111-111111111111",
        plan="KH",
        form="KH-Y",
        period="2017",
        unit="SXD",
        issue_id="22222222-2222-2222-2222-222222222222",
        issued_at="2017-12-20T03:00:00.000Z",
    )
    guide = Guide(
        plan_title="Kế hoạch <A> & B",
        unit_name="Sở Xây dựng",
        office_name="UBND tỉnh",
        period="2017",
        period_kind=PeriodKind.YEAR,
        first_day=date(2016, 12, 15),
        last_day=date(2017, 12, 14),
        due_on=date(2017, 12, 14),
        contacts=("Phòng CNTT",),
    )
    rows = (
        figure("HT01a", ElementKind.COUNT, previous=110, current=121, note="=1+1 là ghi chú"),
        figure("DV09a", ElementKind.DECIMAL, measure_unit="%", previous=85.5),
        figure("KP01a", ElementKind.MONEY, current=Decimal("12.5")),
        figure("CS01a", ElementKind.YES_NO, current="có"),
        figure("CS02a", ElementKind.DAY, current=date(2017, 5, 6)),
        figure("CS03a", ElementKind.TEXT, current="12/QĐ"),
    )
    return WorkbookContent(
        identity=identity,
        guide=guide,
        sections=(Section("A. Hạ tầng", rows[:2]), Section("B. Khác", rows[2:])),
        systems=(SystemRow("QLVB", "Quản lý văn bản", DeploymentStatus.IN_USE, date(2015, 1, 2), 25, "ổn"),),
        tasks=(TaskRow("NV01", "Nhiệm vụ", "2017", TaskStatus.IN_PROGRESS, 45, Decimal("1.5"), None),),
        illustrative=False,
    )


@pytest.fixture
def key() -> str:
    return KEY
