"""Official documents: loads what they need from the data file and writes them as PDF or Word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain import periods
from desktop_app.domain.entities import (
    Area,
    Element,
    FundingSource,
    Goal,
    Indicator,
    IndicatorType,
    LegalDocument,
    Plan,
    PlanBasis,
    PlanBudget,
    PlanSection,
    Target,
    Task,
    TaskMoney,
    TaskReport,
    Unit,
)
from desktop_app.domain.indicators.verdicts import Case, breakdown, evaluate, expected_units
from desktop_app.domain.issues import Issue, UserError
from desktop_app.services import plans
from desktop_app.services.files import write_new
from desktop_app.services.progress import load_book, load_cases
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.documents.content import Cited, PlanContent, ReportContent, TargetResult, YearBefore
    from desktop_app.documents.model import Document
    from desktop_app.domain.indicators.answers import AnswerBook


class DocumentKind(StrEnum):
    """The documents that can be written."""

    PLAN = "plan"
    REPORT = "report"


@dataclass(frozen=True)
class Composed:
    """A document with what was found before signing."""

    document: Document
    issues: tuple[Issue, ...]


def compose(session: Session, plan_code: str, kind: DocumentKind, period: str | None = None) -> Composed:
    """Build a document from the data as they are now.

    Args:
        session: the open file.
        plan_code: code of the plan.
        kind: which document.
        period: of a report; no other document has one.

    Raises:
        UserError: ``unknown_code`` for the plan, ``not_a_period``, ``document_needs_period`` for a report without one.
    """
    from desktop_app.documents.plan import build_plan
    from desktop_app.documents.preflight import check_plan, check_report
    from desktop_app.documents.report import build_report

    plan = session.plan(plan_code)
    if kind is DocumentKind.PLAN:
        content = plan_content(session, plan)
        document = build_plan(content)
        return Composed(document, tuple(check_plan(content, document)))
    if period is None:
        raise UserError("document_needs_period")
    report = report_content(session, plan, period)
    document = build_report(report)
    return Composed(document, tuple(check_report(report, document)))


def preview(session: Session, plan_code: str, kind: DocumentKind, period: str | None = None) -> bytes:
    """Return a document as PDF, for the window; nothing is written.

    Raises:
        UserError: as :func:`compose`.
    """
    return as_pdf(compose(session, plan_code, kind, period))


def as_pdf(composed: Composed) -> bytes:
    """Return a composed document as PDF."""
    from desktop_app.documents.pdf import render_pdf

    return render_pdf(composed.document)


def as_word(composed: Composed) -> bytes:
    """Return a composed document as a Word file."""
    from desktop_app.documents.docx import render_docx

    return render_docx(composed.document)


def write_document(
    session: Session, plan_code: str, kind: DocumentKind, out_path: Path, period: str | None = None
) -> list[Issue]:
    """Write a document; the suffix of the file says whether as PDF or as Word.

    Returns:
        What was found before signing; the document is written all the same.

    Raises:
        UserError: as :func:`compose`; ``document_format_unknown``; ``file_exists`` where another file of that name
            stands; ``file_not_written`` where the folder or the disk refuses.
    """
    suffix = out_path.suffix.lower()
    if suffix not in {".pdf", ".docx"}:
        raise UserError("document_format_unknown", file=out_path.name)
    composed = compose(session, plan_code, kind, period)
    write_new(out_path, as_pdf(composed) if suffix == ".pdf" else as_word(composed))
    return list(composed.issues)


def plan_content(session: Session, plan: Plan) -> PlanContent:
    """Load everything that the document of a plan shows, each list in its order."""
    from desktop_app.documents.content import PlanContent

    rows = session.gateway
    targets = tuple(rows.list(Target, "order_number", plan_id=plan.id))
    tasks = tuple(rows.list(Task, "order_number", plan_id=plan.id))
    target_ids, task_ids = [target.id for target in targets], [task.id for task in tasks]
    return PlanContent(
        plan=plan,
        root=session.root,
        written_on=session.now().date(),
        illustrative=session.office.illustrative,
        basis=_basis(session, plan),
        narratives={section.outline_key: section.body for section in rows.list(PlanSection, plan_id=plan.id)},
        areas=tuple(rows.list(Area, "order_number", plan_id=plan.id)),
        targets=targets,
        goals=tuple(rows.list(Goal, target_id=target_ids)),
        indicators={indicator.id: indicator for indicator in rows.list(Indicator)},
        tasks=tasks,
        units={unit.id: unit for unit in rows.list(Unit)},
        money=tuple(rows.list(TaskMoney, task_id=task_ids)),
        sources=tuple(rows.list(FundingSource, "order_number")),
        budgets=tuple(rows.list(PlanBudget, "order_number", plan_id=plan.id)),
    )


def report_content(session: Session, plan: Plan, period: str) -> ReportContent:
    """Load a plan with its results for a period: the same figures as ``progress`` shows.

    Raises:
        UserError: ``not_a_period``.
    """
    from desktop_app.documents.content import ReportContent

    if not periods.is_period(period):
        raise UserError("not_a_period", code=period)
    first_day, last_day = periods.window(period, session.office.regime)
    with session.database.snapshot():
        results = _results(session, plan, period)
        content = _as_amended(session, plan, last_day, {result.progress.target.plan_id for result in results})
        reports = session.gateway.list(TaskReport, period=period, task_id=[task.id for task in content.tasks])
        return ReportContent(
            content=content,
            period=period,
            first_day=first_day,
            last_day=last_day,
            results=results,
            task_reports={report.task_id: report for report in reports},
        )


def _as_amended(session: Session, plan: Plan, day: date, plan_ids: set[int]) -> PlanContent:
    """Load a plan with its tasks and areas as amended by a day; targets stand in the results."""
    content = plan_content(session, plan)
    tasks = tuple(amended.item for amended in plans.amended_plan(session, plan, day).tasks)
    added = (plan_ids | {task.plan_id for task in tasks}) - {plan.id}
    return replace(
        content,
        tasks=tasks,
        areas=(*content.areas, *session.gateway.list(Area, "order_number", plan_id=added)),
        money=tuple(session.gateway.list(TaskMoney, task_id=[task.id for task in tasks])),
    )


def _results(session: Session, plan: Plan, period: str) -> tuple[TargetResult, ...]:
    from desktop_app.documents.content import TargetResult

    cases = load_cases(session, plan, period)
    book = load_book(session, cases, [period, periods.year_before(period)])
    elements = {element.id: element for element in session.gateway.list(Element)}
    return tuple(
        TargetResult(
            progress=evaluate(book, case, period),
            before=_year_before(book, case, period),
            counted_in=_counted_in(case, elements),
            outcomes=tuple(breakdown(book, case, period)),
        )
        for case in cases
    )


def _year_before(book: AnswerBook, case: Case, period: str) -> YearBefore | None:
    from desktop_app.documents.content import YearBefore

    before = periods.year_before(period)
    found = evaluate(book, case, before)
    if found.value is None:
        return None
    return YearBefore(
        value=found.value,
        units_reported=found.units_reported,
        units_expected=found.units_expected,
        same_units=expected_units(book, case, before) == expected_units(book, case, period),
    )


def _counted_in(case: Case, elements: dict[int, Element]) -> str:
    """Return what the numerator counts: units for a unit count, else the numerator's own unit of measure."""
    formula = case.formula
    if formula is None:
        return ""
    if formula.type is IndicatorType.COUNT:
        return "đơn vị"
    element = elements.get(formula.numerator_id or 0)
    return element.unit if element else ""


def _basis(session: Session, plan: Plan) -> tuple[Cited, ...]:
    from desktop_app.documents.content import Cited

    cited = []
    for basis in session.gateway.list(PlanBasis, "order_number", plan_id=plan.id):
        law = session.gateway.get(LegalDocument, basis.legal_document_id)
        if law is not None:
            successor = session.gateway.get(LegalDocument, law.replaced_by_id) if law.replaced_by_id else None
            cited.append(Cited(law, successor))
    return tuple(cited)
