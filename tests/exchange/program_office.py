"""A tiny made-up office, the workbook that it issued, and the same workbook filled in by a unit.

Everything is fixed, down to the identity of the issue, so that the fixtures in ``tests/data/programs`` stay returns of this
office. Changing anything here means making them anew (``python -m tests.exchange.programs_resaved``).
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import openpyxl

from desktop_app.domain.entities import (
    Deployment,
    DeploymentStatus,
    Element,
    ElementKind,
    Form,
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
    TaskStatus,
    Unit,
    UnitKind,
    UnitLevel,
    Value,
    ValueState,
)
from desktop_app.domain.values import NOT_APPLICABLE, Answer
from desktop_app.exchange.layout import FIGURES_SHEET, SYSTEMS_SHEET, TASKS_SHEET, Column
from desktop_app.exchange.writing.filling import Entry, fill
from desktop_app.services.cells import CellKey, Cells
from desktop_app.services.issuing import issue
from desktop_app.services.session import Session
from desktop_app.storage.database import create_database

NOW = datetime(2017, 12, 20, 3, 0, tzinfo=UTC)
UNIT, PLAN, PERIOD = "SXD", "KH", "2017"
NOTE = "Tăng do sáp nhập hai phòng;\nsố liệu chốt ngày 30/11, đã gồm Ủy ban"
_Facts = tuple[str, str, ElementKind, str, int]
_ELEMENTS: tuple[_Facts, ...] = (
    ("HT01a", "Cán bộ, công chức có máy tính", ElementKind.COUNT, "người", 0),
    ("HT01b", "Tổng số cán bộ, công chức", ElementKind.COUNT, "người", 0),
    ("HT02", "Máy chủ", ElementKind.COUNT, "máy", 0),
    ("NB06", "Văn bản gửi dạng điện tử", ElementKind.COUNT, "văn bản", 0),
    ("DV09a", "Tỷ lệ hồ sơ đúng hạn", ElementKind.DECIMAL, "%", 2),
    ("DV09b", "Tỷ lệ hồ sơ trực tuyến", ElementKind.DECIMAL, "%", 2),
    ("KP01", "Kinh phí đã chi", ElementKind.MONEY, "triệu đồng", 0),
    ("CS01", "Đã ban hành quy chế", ElementKind.YES_NO, "có/không", 0),
    ("CS02", "Ngày ban hành quy chế", ElementKind.DAY, "ngày", 0),
    ("CS03", "Số, ký hiệu quy chế", ElementKind.TEXT, "", 0),
)
_CURRENT, _NOTE = Column.CURRENT, Column.NOTE
TYPED: dict[Entry, Any] = {
    Entry(FIGURES_SHEET, "HT01a", _CURRENT): 121,
    Entry(FIGURES_SHEET, "HT01a", _NOTE): NOTE,
    Entry(FIGURES_SHEET, "HT01b", _CURRENT): "1.210",
    Entry(FIGURES_SHEET, "HT02", _CURRENT): "=3+4",
    Entry(FIGURES_SHEET, "NB06", _CURRENT): "KPS",
    Entry(FIGURES_SHEET, "NB06", _NOTE): "@chưa nối mạng <5%> & chờ",
    Entry(FIGURES_SHEET, "DV09a", _CURRENT): 85.55,
    Entry(FIGURES_SHEET, "DV09b", _CURRENT): 0.4,
    Entry(FIGURES_SHEET, "KP01", _CURRENT): 12.5,
    Entry(FIGURES_SHEET, "CS01", _CURRENT): "có",
    Entry(FIGURES_SHEET, "CS02", _CURRENT): date(2017, 5, 6),
    Entry(FIGURES_SHEET, "CS03", _CURRENT): "12/QĐ-SXD",
    Entry(SYSTEMS_SHEET, "MC", Column.STATUS): "Đang sử dụng",
    Entry(SYSTEMS_SHEET, "MC", Column.SINCE): date(2015, 8, 15),
    Entry(SYSTEMS_SHEET, "MC", Column.USERS): 25,
    Entry(TASKS_SHEET, "NV01", Column.STATUS): "đang thực hiện",
    Entry(TASKS_SHEET, "NV01", Column.PERCENT): 45,
    Entry(TASKS_SHEET, "NV01", Column.DISBURSED): 1250.5,
}
"""What the unit typed; the percentage of DV09b stands in a cell formatted as 0%."""


def _answer(amount: int | None = None, text: str | None = None) -> Answer:
    return Answer(ValueState.VALUE, amount, text)


RETURNED: Cells = {
    CellKey("figure", "HT01a", "value"): _answer(121),
    CellKey("figure", "HT01a", "note"): NOTE,
    CellKey("figure", "HT01b", "value"): _answer(1210),
    CellKey("figure", "HT02", "value"): _answer(7),
    CellKey("figure", "NB06", "value"): NOT_APPLICABLE,
    CellKey("figure", "NB06", "note"): "@chưa nối mạng <5%> & chờ",
    CellKey("figure", "DV09a", "value"): _answer(8555),
    CellKey("figure", "DV09b", "value"): _answer(4000),
    CellKey("figure", "KP01", "value"): _answer(12_500_000),
    CellKey("figure", "CS01", "value"): _answer(1),
    CellKey("figure", "CS02", "value"): _answer(text="2017-05-06"),
    CellKey("figure", "CS03", "value"): _answer(text="12/QĐ-SXD"),
    CellKey("system", "QLVB", "status"): DeploymentStatus.IN_USE,
    CellKey("system", "QLVB", "since_on"): date(2014, 1, 2),
    CellKey("system", "QLVB", "users"): 40,
    CellKey("system", "QLVB", "note"): "từ năm 2014",
    CellKey("system", "MC", "status"): DeploymentStatus.IN_USE,
    CellKey("system", "MC", "since_on"): date(2015, 8, 15),
    CellKey("system", "MC", "users"): 25,
    CellKey("task", "NV01", "status"): TaskStatus.IN_PROGRESS,
    CellKey("task", "NV01", "percent"): 45,
    CellKey("task", "NV01", "disbursed_vnd"): 1_250_500_000,
}
"""What the input cells of the unit mean once it has sent them back, whatever program saved them."""


BEFORE = {"HT01a": 118, "HT01b": 1204, "HT02": 6}
"""What the unit reported for the year before; nothing in its return is far from it."""


def create(path: Path, sent: Path) -> bytes:
    """Create the data file of the office, issue the round into a folder, and return the unit's workbook."""
    session = Session(create_database(path, holder="tester"), "tester", now=lambda: NOW)
    with session.operation("setup", source="setup") as op:
        op.save(Office(uuid="0f2d7a4e-3c1b-4b6a-9d58-0123456789ab", digest_key="5e" * 32, created_at=NOW, created_with="0"))
        op.save(_unit("TINH", "Tỉnh Thử", 1, UnitKind.PROVINCE))
        unit = op.save(_unit(UNIT, "Sở Xây dựng", 2, UnitKind.DEPARTMENT))
        plan = op.save(
            Plan(
                code=PLAN,
                title="Kế hoạch ứng dụng công nghệ thông tin",
                short_title="KH CNTT",
                kind=PlanKind.FIVE_YEAR,
                start_year=2016,
                end_year=2020,
            )
        )
        op.save(Form(plan_id=plan.id, code="KH-Y", period_kind=PeriodKind.YEAR))
        for number, facts in enumerate(_ELEMENTS, start=1):
            element = op.save(_element(number, facts))
            _ask(op.save, plan, element)
            if element.code in BEFORE:
                op.save(_value(unit, element, "2016", BEFORE[element.code]))
            if element.code == "HT01a":
                op.save(_value(unit, element, PERIOD, 100))
        category = op.save(SystemCategory(code="QLVB", name="Quản lý văn bản", order_number=1))
        systems = [
            op.save(System(code=code, name=name, category_id=category.id, scope=("department",), order_number=number))
            for number, (code, name) in enumerate(
                (("QLVB", "Quản lý văn bản và điều hành"), ("MC", "Một cửa điện tử")), start=1
            )
        ]
        op.save(
            Deployment(
                unit_id=unit.id,
                system_id=systems[0].id,
                status=DeploymentStatus.IN_USE,
                since_on=date(2014, 1, 2),
                users=40,
                note="từ năm 2014",
            )
        )
        op.save(
            Task(
                plan_id=plan.id,
                code="NV01",
                name="Nâng cấp hạ tầng",
                lead_unit_id=unit.id,
                due_text="2016-2018",
                order_number=1,
            )
        )
    with patch("desktop_app.services.issuing.os.urandom", lambda count: b"\x5a" * count):
        (issued,) = issue(session, PLAN, PERIOD, sent)
    session.close()
    return issued.path.read_bytes()


def returned() -> bytes:
    """Return the workbook as the unit filled it in, with the formula that it typed calculated."""
    with tempfile.TemporaryDirectory() as folder:
        issued = create(Path(folder) / "office.skh", Path(folder) / "sent")
    book = openpyxl.load_workbook(io.BytesIO(fill(issued, TYPED)))
    sheet = book[FIGURES_SHEET]
    for row in sheet.iter_rows():
        if row[0].value == "DV09b":
            row[4].number_format = "0%"
        if row[0].value == "NB06":
            row[5].quotePrefix = True
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _unit(code: str, name: str, order: int, kind: UnitKind) -> Unit:
    root = kind is UnitKind.PROVINCE
    return Unit(code=code, name=name, kind=kind, level=UnitLevel.PROVINCE, order_number=order, is_root=root)


def _element(number: int, facts: _Facts) -> Element:
    code, name, kind, unit, places = facts
    return Element(
        code=code,
        name=name,
        kind=kind,
        measure=Measure.STOCK,
        unit=unit,
        places=places,
        scale_vnd=1_000_000 if kind is ElementKind.MONEY else None,
        definition=f"{name}: đếm đến ngày cuối kỳ báo cáo theo hồ sơ của đơn vị.",
        period_kinds=(PeriodKind.YEAR,),
        section="HT",
        order_number=number,
    )


def _ask(save: Callable[[Any], Any], plan: Plan, element: Element) -> None:
    """Make a target out of an element, so that the form asks for it."""
    indicator = save(
        Indicator(
            code=element.code,
            name=element.name,
            type=IndicatorType.SUM,
            unit=element.unit,
            numerator_id=element.id,
            period_kinds=(PeriodKind.YEAR,),
            section="HT",
        )
    )
    save(
        Target(
            plan_id=plan.id,
            code=f"CT-{element.code}",
            statement=element.name,
            short_statement=element.name,
            indicator_id=indicator.id,
            scope=(UnitKind.DEPARTMENT,),
            order_number=element.order_number,
        )
    )


def _value(unit: Unit, element: Element, period: str, amount: int) -> Value:
    return Value(unit_id=unit.id, element_id=element.id, period=period, state=ValueState.VALUE, amount=amount)
