"""A small plan, a report of it and a plain document, made by hand: no data file is needed here."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from desktop_app.documents.content import Cited, PlanContent, ReportContent, TargetResult, YearBefore
from desktop_app.documents.model import (
    Appendix,
    Cell,
    Column,
    Document,
    Heading,
    Letterhead,
    Level,
    Row,
    RowKind,
    Signature,
    Table,
    paragraph,
)
from desktop_app.domain.entities import (
    Area,
    FundingSource,
    Goal,
    Indicator,
    IndicatorType,
    LegalDocument,
    MoneyStage,
    PeriodKind,
    Plan,
    PlanKind,
    Target,
    Task,
    TaskForm,
    TaskMoney,
    TaskReport,
    TaskStatus,
    Unit,
    UnitKind,
    UnitLevel,
)
from desktop_app.domain.indicators.verdicts import TargetProgress, UnitOutcome, Verdict

SNAPSHOTS = Path(__file__).parent.parent / "snapshots" / "documents"

ROOT = Unit(
    id=1,
    code="TINH",
    name="Ủy ban nhân dân tỉnh Thử Nghiệm",
    short_name="UBND tỉnh",
    symbol="UBND",
    kind=UnitKind.PROVINCE,
    level=UnitLevel.PROVINCE,
    order_number=1,
    is_root=True,
)


def department(number: int, name: str, short: str) -> Unit:
    return Unit(
        id=number,
        code=short,
        name=name,
        short_name=short,
        kind=UnitKind.DEPARTMENT,
        level=UnitLevel.PROVINCE,
        order_number=number,
    )


FINANCE = department(2, "Sở Tài chính", "STC")
HEALTH = department(3, "Sở Y tế", "SYT")
JUSTICE = department(4, "Sở Tư pháp", "STP")


def indicator(number: int, kind: IndicatorType, unit: str = "%", **more: Any) -> Indicator:
    return Indicator(
        id=number,
        code=f"CS{number:02d}",
        name=f"Tỷ lệ số {number}",
        type=kind,
        unit=unit,
        period_kinds=(PeriodKind.YEAR,),
        section="HT",
        **more,
    )


def target(number: int, statement: str, **more: Any) -> Target:
    given = {"area_id": 1, "indicator_id": number, "scope": (UnitKind.DEPARTMENT,), **more}
    return Target(
        id=number,
        plan_id=1,
        code=f"CT{number:02d}",
        statement=statement,
        short_statement=statement.rstrip("."),
        order_number=number,
        **given,
    )


@pytest.fixture
def plan_content() -> PlanContent:
    """An annual plan that is issued, with three targets, two tasks and money of two sources."""
    law = LegalDocument(
        id=1,
        symbol="64/2007/NĐ-CP",
        kind="NĐ",
        issued_on=date(2007, 4, 10),
        issuer="Chính phủ",
        title="Ứng dụng công nghệ thông tin trong hoạt động của cơ quan nhà nước",
    )
    return PlanContent(
        plan=Plan(
            id=1,
            code="KH-2017",
            title="Kế hoạch ứng dụng công nghệ thông tin tỉnh Thử Nghiệm năm 2017",
            short_title="Kế hoạch 2017",
            kind=PlanKind.ANNUAL,
            start_year=2017,
            end_year=2017,
            symbol="7/KH-UBND",
            issued_on=date(2017, 1, 5),
        ),
        root=ROOT,
        written_on=date(2017, 12, 20),
        basis=(Cited(law),),
        narratives={"situation": "Hạ tầng đã có.\n\nViệc kết nối còn hạn chế.", "solutions": "Bố trí kinh phí."},
        areas=(
            Area(id=1, plan_id=1, code="ND1", name="Hạ tầng kỹ thuật", order_number=1),
            Area(id=2, plan_id=1, code="ND2", name="Nguồn nhân lực", order_number=2),
        ),
        targets=(
            target(1, "100% cán bộ, công chức có máy tính."),
            target(2, "Ban hành Kiến trúc Chính quyền điện tử.", scope=()),
            target(3, "Văn bản điện tử tăng ít nhất 15%.", area_id=2),
        ),
        goals=(
            Goal(id=1, target_id=1, year=2017, amount=Decimal(100)),
            Goal(id=2, target_id=2, year=2017, amount=Decimal(1)),
            Goal(id=3, target_id=3, year=2017, amount=Decimal(15)),
            Goal(id=4, target_id=1, year=2017, unit_id=2, amount=Decimal(50)),
        ),
        indicators={
            1: indicator(1, IndicatorType.RATIO),
            2: indicator(2, IndicatorType.MILESTONE),
            3: indicator(3, IndicatorType.GROWTH),
        },
        tasks=(
            Task(
                id=1,
                plan_id=1,
                code="NV01",
                name="Nâng cấp mạng nội bộ",
                area_id=1,
                lead_unit_id=2,
                product="Mạng đưa vào sử dụng",
                due_text="quý III/2017",
                form=TaskForm.INVESTMENT,
                order_number=1,
            ),
            Task(id=2, plan_id=1, code="NV02", name="Tập huấn", area_id=2, lead="Trường Chính trị", order_number=2),
        ),
        units={unit.id: unit for unit in (ROOT, FINANCE, HEALTH, JUSTICE)},
        sources=(
            FundingSource(id=1, code="1.2.1", name="Ngân sách tỉnh - vốn đầu tư phát triển", order_number=1),
            FundingSource(id=2, code="4", name="Quỹ", order_number=2),
            FundingSource(id=3, code="5", name="Nguồn không dùng", order_number=3),
        ),
        money=(
            TaskMoney(id=1, task_id=1, year=2017, funding_source_id=1, stage=MoneyStage.ALLOTTED, amount_vnd=1_234_560_000),
            TaskMoney(id=2, task_id=1, year=2017, funding_source_id=2, stage=MoneyStage.ALLOTTED, amount_vnd=40_000),
            TaskMoney(id=3, task_id=2, year=2017, funding_source_id=2, stage=MoneyStage.ALLOTTED, amount_vnd=40_000),
            TaskMoney(id=4, task_id=2, year=2017, funding_source_id=2, stage=MoneyStage.PROPOSED, amount_vnd=99_000_000),
        ),
    )


def progress(of: Target, measured: Indicator | None, verdict: Verdict, **more: Any) -> TargetProgress:
    """A measured target; what is not given is as for a ratio of which all three units reported."""
    given: dict[str, Any] = {
        "target": of,
        "indicator": measured,
        "type_code": str(measured.type) if measured else None,
        "value": Fraction(80),
        "numerator": Fraction(80),
        "denominator": Fraction(100),
        "goal": Fraction(100),
        "goal_year": 2017,
        "verdict": verdict,
        "on_reported": verdict,
        "judgement": None,
        "units_reported": 3,
        "units_expected": 3,
        "missing": (),
        "gap": 0,
        **more,
    }
    return TargetProgress(**given)


def outcome(unit: Unit, numerator: int | None, denominator: int | None, gap: int | None, *, met: bool | None) -> UnitOutcome:
    """What one unit brings; without a numerator it has not reported."""
    value = Fraction(100 * numerator, denominator) if numerator is not None and denominator else None
    return UnitOutcome(
        unit=unit,
        numerator=None if numerator is None else Fraction(numerator),
        denominator=None if denominator is None else Fraction(denominator),
        value=value,
        reported=numerator is not None,
        counts=numerator is not None,
        met=met,
        gap=gap,
        problem_code=None,
        verdict=Verdict.INCOMPLETE if met is None else Verdict.MET if met else Verdict.NOT_MET,
    )


@pytest.fixture
def measured() -> Callable[..., TargetProgress]:
    """Make a measured target."""
    return progress


@pytest.fixture
def report(plan_content: PlanContent) -> ReportContent:
    """The plan after its year: one target not met, one done, one without all figures."""
    targets, indicators = plan_content.targets, plan_content.indicators
    ratio = TargetResult(
        progress=progress(
            targets[0],
            indicators[1],
            Verdict.NOT_MET,
            value=Fraction(1260 * 100, 1300),
            numerator=Fraction(1260),
            denominator=Fraction(1300),
            gap=40,
        ),
        before=YearBefore(Fraction(90), units_reported=3, units_expected=3),
        counted_in="người",
        outcomes=(
            outcome(FINANCE, 570, 600, 30, met=False),
            outcome(HEALTH, 290, 300, 10, met=False),
            outcome(JUSTICE, 400, 400, 0, met=True),
        ),
    )
    milestone = TargetResult(
        progress=progress(
            targets[1],
            indicators[2],
            Verdict.MET,
            value=Fraction(1),
            numerator=Fraction(1),
            denominator=Fraction(1),
            goal=Fraction(1),
            units_reported=1,
            units_expected=1,
        )
    )
    growth = TargetResult(
        progress=progress(
            targets[2],
            indicators[3],
            Verdict.INCOMPLETE,
            value=Fraction(20),
            numerator=Fraction(60),
            denominator=Fraction(50),
            goal=Fraction(15),
            on_reported=Verdict.MET,
            units_reported=2,
            missing=("STP",),
        ),
        outcomes=(
            outcome(FINANCE, 40, None, None, met=True),
            outcome(HEALTH, 20, None, None, met=True),
            outcome(JUSTICE, None, None, None, met=None),
        ),
    )
    return ReportContent(
        content=plan_content,
        period="2017",
        first_day=date(2016, 12, 15),
        last_day=date(2017, 12, 14),
        results=(ratio, milestone, growth),
        task_reports={
            1: TaskReport(task_id=1, period="2017", status=TaskStatus.DONE, percent=100, disbursed_vnd=1_000_000_000),
        },
    )


@pytest.fixture
def document() -> Document:
    """A document of three pages with two appendices, one of them landscape."""
    words = "Tiếp tục đẩy mạnh ứng dụng công nghệ thông tin trong hoạt động của các cơ quan nhà nước trên địa bàn tỉnh. "
    columns = (
        Column("TT", 1),
        Column("Nội dung", 6),
        Column("Năm 2016", 2, group="Kinh phí"),
        Column("Năm 2017", 2, group="Kinh phí"),
    )
    rows = tuple(Row(tuple(Cell(text) for text in (str(number), "Nhiệm vụ", "1,5", "2"))) for number in range(1, 61))
    total = Row((Cell("Tổng cộng", span=2), Cell("90"), Cell("120")), RowKind.TOTAL)
    return Document(
        kind="Kế hoạch",
        abstract="Ứng dụng công nghệ thông tin năm 2017",
        letterhead=Letterhead(
            ("Ủy ban nhân dân", "tỉnh Thanh Hóa"), "Số: 07/KH-UBND", "Thanh Hóa, ngày 05 tháng 01 năm 2017"
        ),
        basis=("Căn cứ Luật Công nghệ thông tin ngày 29/6/2006", "Căn cứ Nghị định số 64/2007/NĐ-CP"),
        body=(
            Heading(Level.SECTION, "I.", "Mục tiêu"),
            Heading(Level.CLAUSE, "1.", "Mục tiêu tổng quát"),
            *(paragraph(words * 3) for _ in range(20)),
            paragraph("Chi tiết tại Phụ lục I kèm theo và Phụ lục II kèm theo."),
        ),
        signature=Signature(("TM. Ủy ban nhân dân", "Chủ tịch"), "Nguyễn Văn A"),
        recipients=("Bộ Thông tin và Truyền thông (để b/c)", "Lưu: VT, CNTT"),
        appendices=(
            Appendix(
                "Phụ lục I", "Danh mục nhiệm vụ", "(Kèm theo Kế hoạch)", (Table(columns, (*rows, total)),), landscape=True
            ),
            Appendix("Phụ lục II", "Chỉ tiêu", "(Kèm theo Kế hoạch)", (paragraph("Không có gì thêm."),)),
        ),
        author="Ủy ban nhân dân tỉnh Thanh Hóa",
    )


@pytest.fixture
def without() -> Callable[..., Any]:
    """Replace parts of a frozen object."""
    return replace


@pytest.fixture
def snapshot() -> Callable[[str, str], None]:
    """Compare a text with the one that is kept; SNAPSHOT_UPDATE=1 keeps the new one."""

    def compare(name: str, text: str) -> None:
        path = SNAPSHOTS / f"{name}.txt"
        if os.environ.get("SNAPSHOT_UPDATE"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def pdf_texts() -> Callable[[bytes], list[str]]:
    """Return the text of each page of a PDF, in the order in which it was drawn; much faster than ``pdf_pages``."""
    import pypdfium2

    def read(content: bytes) -> list[str]:
        file = pypdfium2.PdfDocument(content)
        texts = []
        for page in file:
            layer = page.get_textpage()
            texts.append(layer.get_text_range().replace("\r\n", "\n"))
            layer.close()
            page.close()
        file.close()
        return texts

    return read


@pytest.fixture
def pdf_pages() -> Callable[[bytes], list[Any]]:
    """Open a PDF for reading facts back; it is closed when the test ends."""
    import pdfplumber

    opened = []

    def read(content: bytes) -> list[Any]:
        opened.append(pdfplumber.open(io.BytesIO(content)))
        return list(opened[-1].pages)

    yield read
    for file in opened:
        file.close()
