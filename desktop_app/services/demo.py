"""The whole year of work on the sample, done with the same services as everything else; every figure in it is made up.

It works through two years, so that growth and ``Kỳ trước`` have something to stand on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app import library
from desktop_app.domain.columns import DEPLOYMENT_WORDS, TASK_WORDS
from desktop_app.domain.issues import UserError
from desktop_app.services.backups import make_backup
from desktop_app.services.collecting import CollectionResult, apply_collection, plan_collection
from desktop_app.services.consolidated import write_consolidated
from desktop_app.services.documents import DocumentKind, write_document
from desktop_app.services.files import not_written
from desktop_app.services.issuing import IssuedFile, issue
from desktop_app.services.progress import PlanProgress, progress
from desktop_app.services.session import Session
from desktop_app.services.setup import create_file
from desktop_app.text.catalogue import N_, Param

if TYPE_CHECKING:
    from desktop_app.exchange.content import CellValue
    from desktop_app.exchange.writing.filling import Entry

SAMPLE, PLAN, YEARS = "thanh-hoa-2016", "TH-2016-2020", ("2016", "2017")
DATA_FILE = "thanh-hoa.skh"
Tell = Callable[[str, Mapping[str, Param]], None]
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class DemoResult:
    """What the demonstration left behind.

    Attributes:
        data_file: the data file, for the window.
        files: everything that was written, the data file first.
        progress: the targets at the end of the last year.
    """

    data_file: Path
    files: tuple[Path, ...]
    progress: PlanProgress


def run_demo(folder: Path, actor: str | None, tell: Tell, bar: Progress) -> DemoResult:
    """Create the sample, issue, fill, collect and report for two years, and write the documents.

    Args:
        folder: where; made when missing, and refused when a demonstration is in it already.
        actor: who acts; the login of the operating system when None.
        tell: told after each step, with an English msgid and its parameters.
        bar: told after each workbook.

    Raises:
        UserError: ``demo_exists``, or what any step raises.
    """
    data_file = folder / DATA_FILE
    if data_file.exists():
        raise UserError("demo_exists", folder=str(folder), file=DATA_FILE)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(folder, error) from error
    session = create_file(data_file, SAMPLE, actor)
    try:
        tell(N_("Created the sample: {file}"), {"file": data_file.name})
        files = [data_file]
        for year in YEARS:
            files += _year(session, folder, year, tell, bar)
        files += _documents(session, folder, YEARS[-1], tell)
        files.append(make_backup(data_file).path)
        return DemoResult(data_file, tuple(files), progress(session, PLAN, YEARS[-1]))
    finally:
        session.close()


def _year(session: Session, folder: Path, year: str, tell: Tell, bar: Progress) -> list[Path]:
    """Issue the workbooks of a year, fill them in as the units would, and collect what came back."""
    issued = issue(session, PLAN, year, folder / "1-phat-hanh" / year, progress=bar)
    tell(N_("{year}: issued {count} workbooks"), {"year": year, "count": len(issued)})
    returned = _returns(issued, folder / "2-tra-ve" / year, year, bar)
    tell(N_("{year}: {count} units filled theirs in and sent them back"), {"year": year, "count": len(returned)})
    result = _collected(session, returned, bar)
    taken = sum(1 for item in result.plan.files if not item.refused)
    tell(N_("{year}: collected {count} returns"), {"year": year, "count": taken})
    for state in result.plan.rounds:
        if state.missing:
            tell(N_("{year}: not yet sent by {units}"), {"year": year, "units": ", ".join(state.missing)})
    return [item.path for item in issued] + returned


def _collected(session: Session, paths: list[Path], bar: Progress) -> CollectionResult:
    plan = plan_collection(session, paths, progress=bar)
    return apply_collection(session, plan)


def _returns(issued: list[IssuedFile], folder: Path, year: str, bar: Progress) -> list[Path]:
    from desktop_app.exchange.writing.filling import fill

    folder.mkdir(parents=True, exist_ok=True)
    answers = _answers(year)
    sending = [item for item in issued if item.unit.code in answers]
    written = []
    for number, item in enumerate(sending, start=1):
        path = folder / item.path.name
        path.write_bytes(fill(item.path.read_bytes(), answers[item.unit.code]))
        written.append(path)
        bar(number, len(sending), item.unit.code)
    return written


def _answers(year: str) -> dict[str, dict[Entry, CellValue]]:
    """Return what every unit writes into its workbook; a unit without figures sends nothing."""
    from desktop_app.exchange.layout import FIGURES_SHEET, SYSTEMS_SHEET, TASKS_SHEET, Column
    from desktop_app.exchange.writing.filling import Entry

    found: dict[str, dict[Entry, CellValue]] = {}
    for answer in library.sample_answers(SAMPLE):
        if answer.period == year:
            cells = found.setdefault(answer.unit, {})
            typed = int(answer.typed) if answer.typed.isdigit() else answer.typed or None
            cells[Entry(FIGURES_SHEET, answer.element, Column.CURRENT)] = typed
            cells[Entry(FIGURES_SHEET, answer.element, Column.NOTE)] = answer.note or None
    for row in library.sample_deployments(SAMPLE):
        if row.period == year and row.unit in found:
            cells = found[row.unit]
            cells[Entry(SYSTEMS_SHEET, row.system, Column.STATUS)] = DEPLOYMENT_WORDS[row.status]
            cells[Entry(SYSTEMS_SHEET, row.system, Column.SINCE)] = row.since
            cells[Entry(SYSTEMS_SHEET, row.system, Column.USERS)] = row.users
    for report in library.sample_reports(SAMPLE):
        if report.period == year and report.plan == PLAN and report.unit in found:
            cells = found[report.unit]
            cells[Entry(TASKS_SHEET, report.task, Column.STATUS)] = TASK_WORDS[report.status]
            cells[Entry(TASKS_SHEET, report.task, Column.PERCENT)] = report.percent
            cells[Entry(TASKS_SHEET, report.task, Column.DISBURSED)] = report.disbursed
            cells[Entry(TASKS_SHEET, report.task, Column.NOTE)] = report.note or None
    return found


def _documents(session: Session, folder: Path, year: str, tell: Tell) -> list[Path]:
    """Write plan and report as PDF and Word, and the consolidated workbook."""
    out = folder / "3-van-ban"
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for suffix in ("pdf", "docx"):
        written.append(out / f"ke-hoach.{suffix}")
        write_document(session, PLAN, DocumentKind.PLAN, written[-1])
        written.append(out / f"bao-cao-{year}.{suffix}")
        write_document(session, PLAN, DocumentKind.REPORT, written[-1], period=year)
    tell(N_("Wrote the plan and the report of {year} as PDF and Word"), {"year": year})
    written.append(out / f"tong-hop-{year}.xlsx")
    write_consolidated(session, PLAN, year, written[-1])
    tell(N_("Wrote the consolidated workbook of {year}"), {"year": year})
    return written
