"""Issuing and collecting 180 and 1,000 workbooks of 80 elements, beside bare openpyxl and bare calamine on the same."""

from __future__ import annotations

import atexit
import itertools
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import python_calamine
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection

from desktop_app.domain.entities import (
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
    Unit,
    UnitKind,
    UnitLevel,
)
from desktop_app.exchange.layout import FIGURES_SHEET, SYSTEMS_SHEET, TASKS_SHEET, Column
from desktop_app.exchange.writing.filling import Entry, fill
from desktop_app.services.collecting import apply_collection, plan_collection
from desktop_app.services.issuing import issue
from desktop_app.services.session import Session
from desktop_app.storage.database import create_database
from tests.benchmarks.races import Gauge, Race

FEW, MANY = 180, 1000
"""How many units return a workbook: those of the main line's promise, and those of a whole province with its communes."""
ELEMENTS = 80
SYSTEMS = 8
TASKS_PER_UNIT = 2
_COPIED = 180
PLAN = "LON"
PERIOD = "2017"
_KINDS = (ElementKind.COUNT,) * 7 + (ElementKind.DECIMAL, ElementKind.MONEY, ElementKind.YES_NO)
_DEFINITION = (
    "Đếm văn bản phát hành qua phần mềm quản lý văn bản hoặc thư công vụ trong kỳ, gồm cả văn bản gửi kèm bản giấy; "
    "không tính văn bản mật. Nguồn: sổ văn bản đi của đơn vị, chốt ngày cuối kỳ."
)


def races() -> Iterator[Race | Gauge]:
    """Yield the promises on exchange; setting up writes and fills the workbooks of each scale first."""
    folder = Path(tempfile.mkdtemp(prefix="exchange-benchmark-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    few = _Returns(folder / "few", FEW)
    yield few.issuing(rounds=3)
    yield Race(
        name=f"Collecting {FEW} workbooks: read, validated, merged, committed",
        yardstick_name="a bare openpyxl read-only loop",
        ours=few.collect,
        yardstick=lambda: _bare_reader(few.returned),
        limit=0.3,
    )
    yield few.collecting()
    many = _Returns(folder / "many", MANY)
    yield many.collecting()
    yield Gauge(
        name=f"Collecting {MANY:,} workbooks, peak memory of the main process",
        measure=many.fresh_process,
        unit="MB",
        limit=400,
    )
    yield many.issuing(rounds=1)


class _Returns:
    """The workbooks of one round: a data file before and after issuing, what was sent and what came back."""

    def __init__(self, folder: Path, units: int) -> None:
        folder.mkdir()
        self._folder = folder
        self._units = units
        self._empty = folder / "empty.skh"
        _build(self._empty, units)
        self._issued = Path(shutil.copy(self._empty, folder / "issued.skh"))
        _issue(self._issued, folder / "sent")
        self.returned = _return(folder / "sent", folder / "returned")
        self._numbers = itertools.count()

    def _fresh(self, source: Path) -> Path:
        return Path(shutil.copy(source, self._folder / "fresh.skh"))

    def collect(self) -> None:
        """Collect every return into a fresh copy of the data file."""
        _collect(self._fresh(self._issued), self.returned)

    def collecting(self) -> Race:
        """Return the promise on collecting."""
        target = self._folder / "bare.db"
        return Race(
            name=f"Collecting {self._units:,} workbooks of {ELEMENTS} elements: read, validated, merged, committed",
            yardstick_name="bare calamine and one executemany",
            ours=self.collect,
            yardstick=lambda: _bare_calamine(self.returned, target),
            limit=3,
        )

    def issuing(self, rounds: int) -> Race:
        """Return the promise on issuing."""
        return Race(
            name=f"Issuing {self._units:,} workbooks of {ELEMENTS} elements",
            yardstick_name="bare openpyxl writing the same cells and styles",
            ours=lambda: _issue(self._fresh(self._empty), self._folder / f"out{next(self._numbers)}"),
            yardstick=_bare_writer(self._folder / "sent", self._folder / "bare"),
            limit=0.6,
            rounds=rounds,
            warms_up=rounds > 1,
        )

    def fresh_process(self) -> tuple[float, str]:
        """Collect in a process of its own; return its peak memory in MB, and what processors spent."""
        words = [str(self._fresh(self._issued)), str(self.returned)]
        done = subprocess.run([sys.executable, "-c", _IN_A_PROCESS, *words], check=True, capture_output=True, text=True)
        peak, own, children = json.loads(done.stdout)
        return peak, f"{own:.1f} s of processor time of its own, {children:.1f} s of the readers"


_IN_A_PROCESS = """
import json, resource, sys
from pathlib import Path
from desktop_app.services.collecting import apply_collection, plan_collection
from desktop_app.services.session import Session
session = Session.open(Path(sys.argv[1]), actor="benchmark")
apply_collection(session, plan_collection(session, [Path(sys.argv[2])]))
session.close()
own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps([own.ru_maxrss / 1024, own.ru_utime + own.ru_stime, children.ru_utime + children.ru_stime]))
"""


def _issue(path: Path, out: Path) -> None:
    session = Session.open(path, actor="benchmark")
    issue(session, PLAN, PERIOD, out)
    session.close()


def _collect(path: Path, returned: Path) -> None:
    session = Session.open(path, actor="benchmark")
    result = apply_collection(session, plan_collection(session, [returned]))
    session.close()
    if result.operation_id is None or result.plan.needs_attention:
        raise RuntimeError("the returned workbooks must be taken whole")


def _return(sent: Path, folder: Path) -> Path:
    """Fill every workbook in as a unit would; return their folder."""
    folder.mkdir()
    dice = random.Random(2017)
    answers: dict[ElementKind, Callable[[], int | float | str]] = {
        ElementKind.DECIMAL: lambda: dice.randrange(20, 900) / 10,
        ElementKind.YES_NO: lambda: dice.choice(("có", "không")),
    }
    for path in sorted(sent.glob("*.xlsx")):
        entries: dict[Entry, int | float | str | date | None] = {}
        for number in range(1, ELEMENTS + 1):
            answer = answers.get(_KINDS[number % len(_KINDS)], lambda: dice.randrange(1, 5000))()
            entries[Entry(FIGURES_SHEET, f"L{number:03d}", Column.CURRENT)] = answer
            if number % 20 == 0:
                entries[Entry(FIGURES_SHEET, f"L{number:03d}", Column.NOTE)] = "Tăng do sáp nhập đơn vị"
        for number in range(1, SYSTEMS + 1):
            entries[Entry(SYSTEMS_SHEET, f"HT{number}", Column.STATUS)] = "đang sử dụng"
            entries[Entry(SYSTEMS_SHEET, f"HT{number}", Column.SINCE)] = date(2015, 1, number)
            entries[Entry(SYSTEMS_SHEET, f"HT{number}", Column.USERS)] = dice.randrange(5, 50)
        unit = path.name.partition("_")[0]
        for number in range(1, TASKS_PER_UNIT + 1):
            entries[Entry(TASKS_SHEET, f"NV-{unit}-{number}", Column.STATUS)] = "đang thực hiện"
            entries[Entry(TASKS_SHEET, f"NV-{unit}-{number}", Column.PERCENT)] = dice.randrange(5, 95)
        (folder / path.name).write_bytes(fill(path.read_bytes(), entries))
    return folder


def _bare_writer(sent: Path, out: Path) -> Callable[[], None]:
    """Return what writes the cells and styles of every workbook again, cell by cell.

    To keep memory free it writes the cells of the first workbooks over and over; all are of one size.
    """
    names = [path.name for path in sorted(sent.glob("*.xlsx"))]
    sheets = [_copied(sent / name) for name in names[:_COPIED]]

    def write() -> None:
        out.mkdir(exist_ok=True)
        for name, found in zip(names, itertools.cycle(sheets), strict=False):
            book = openpyxl.Workbook()
            book.remove(book.active)
            for title, cells in found:
                sheet = book.create_sheet(title)
                for (row, column), (value, font, fill_of, border, alignment, protection, shown) in cells.items():
                    cell = sheet.cell(row, column, value)
                    cell.font = font
                    cell.fill = fill_of
                    cell.border = border
                    cell.alignment = alignment
                    cell.protection = protection
                    cell.number_format = shown
            book.save(out / name)

    return write


_Styled = tuple[object, Font, PatternFill, Border, Alignment, Protection, str]


def _copied(path: Path) -> list[tuple[str, dict[tuple[int, int], _Styled]]]:
    """Return the cells of a workbook with style objects of their own, shared by cells of the same style."""
    book = openpyxl.load_workbook(path)
    shared: dict[int, tuple[Font, PatternFill, Border, Alignment, Protection, str]] = {}
    found = []
    for sheet in book:
        cells = {}
        for row in sheet.iter_rows():
            for cell in row:
                if not cell.has_style and cell.value is None:
                    continue
                if cell.style_id not in shared:
                    shared[cell.style_id] = (
                        cell.font.copy(),
                        cell.fill.copy(),
                        cell.border.copy(),
                        cell.alignment.copy(),
                        cell.protection.copy(),
                        cell.number_format,
                    )
                cells[cell.row, cell.column] = (cell.value, *shared[cell.style_id])
        found.append((sheet.title, cells))
    return found


def _bare_reader(folder: Path) -> int:
    cells = 0
    for path in sorted(folder.glob("*.xlsx")):
        book = openpyxl.load_workbook(path, read_only=True)
        for sheet in book:
            for row in sheet.iter_rows(values_only=True):
                cells += len(row)
        book.close()
    return cells


def _bare_calamine(folder: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    rows = []
    for path in sorted(folder.glob("*.xlsx")):
        book = python_calamine.load_workbook(path)
        for name in book.sheet_names:
            found = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if name == FIGURES_SHEET:
                rows += [(path.name, row[0], str(row[4]), row[5]) for row in found if row[0]]
    with sqlite3.connect(target) as connection:
        connection.execute("CREATE TABLE value (unit TEXT, code TEXT, amount TEXT, note TEXT)")
        connection.executemany("INSERT INTO value VALUES (?, ?, ?, ?)", rows)
    connection.close()


def _build(path: Path, count: int) -> None:
    """Create a file whose yearly form asks every unit for all elements and systems, and two tasks each."""
    at = datetime(2017, 12, 1, tzinfo=UTC)
    database = create_database(path)
    with database.operation("world.create", source="setup", actor="benchmark", at=at) as op:
        op.save(
            Office(uuid="00000000-0000-4000-8000-000000000000", digest_key="0" * 64, created_at=at, created_with="benchmark")
        )
        op.save(_unit("TINH", 1, is_root=True))
        units = op.save_many([_unit(f"U{number:04d}", number + 1) for number in range(1, count + 1)])
        plan = op.save(
            Plan(
                code=PLAN,
                title="Kế hoạch ứng dụng công nghệ thông tin trong hoạt động của cơ quan nhà nước tỉnh giai đoạn 2016-2020",
                short_title="Kế hoạch lớn",
                kind=PlanKind.FIVE_YEAR,
                start_year=2016,
                end_year=2020,
            )
        )
        op.save(Form(plan_id=plan.id, code=f"{PLAN}-Y", period_kind=PeriodKind.YEAR))
        for element in op.save_many([_element(number) for number in range(1, ELEMENTS + 1)]):
            _ask(op.save, plan, element)
        category = op.save(SystemCategory(code="QLVB", name="Quản lý văn bản", order_number=1))
        op.save_many(
            [
                System(
                    code=f"HT{number}",
                    name=f"Hệ thống quản lý văn bản và hồ sơ công việc {number}",
                    category_id=category.id,
                    scope=("department",),
                    order_number=number,
                )
                for number in range(1, SYSTEMS + 1)
            ]
        )
        op.save_many(
            [
                Task(
                    plan_id=plan.id,
                    code=f"NV-{unit.code}-{number}",
                    name="Nâng cấp hạ tầng mạng nội bộ, trang bị máy tính và đào tạo cán bộ phụ trách công nghệ thông tin",
                    lead_unit_id=unit.id,
                    due_text="2016-2018",
                    order_number=number,
                )
                for unit in units
                for number in range(1, TASKS_PER_UNIT + 1)
            ]
        )
    database.close()


def _unit(code: str, order: int, *, is_root: bool = False) -> Unit:
    kind = UnitKind.PROVINCE if is_root else UnitKind.DEPARTMENT
    return Unit(code=code, name=f"Đơn vị {code}", kind=kind, level=UnitLevel.PROVINCE, order_number=order, is_root=is_root)


def _element(number: int) -> Element:
    kind = _KINDS[number % len(_KINDS)]
    return Element(
        code=f"L{number:03d}",
        name=f"Cán bộ, công chức thường xuyên sử dụng hệ thống thứ {number} trong công việc",
        kind=kind,
        measure=Measure.STOCK,
        unit="có/không" if kind is ElementKind.YES_NO else "văn bản",
        places=1 if kind is ElementKind.DECIMAL else 0,
        scale_vnd=1_000_000 if kind is ElementKind.MONEY else None,
        definition=_DEFINITION,
        period_kinds=(PeriodKind.YEAR,),
        section=("HT", "NB", "DV", "AT")[number * 4 // (ELEMENTS + 1)],
        order_number=number,
    )


def _ask(save: Callable[[object], object], plan: Plan, element: Element) -> None:
    """Make a target of all units out of an element, so that the form asks for it."""
    made = save(
        Indicator(
            code=element.code,
            name=element.name,
            type=IndicatorType.SUM,
            unit=element.unit,
            numerator_id=element.id,
            period_kinds=(PeriodKind.YEAR,),
            section=element.section,
        )
    )
    save(
        Target(
            plan_id=plan.id,
            code=f"CT-{element.code}",
            statement=element.name,
            short_statement=element.name,
            indicator_id=made.id,  # type: ignore[attr-defined]
            scope=(UnitKind.DEPARTMENT,),
            order_number=element.order_number,
        )
    )
