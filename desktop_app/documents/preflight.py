"""Checks before signing: what a careful clerk would find in a plan or report before it goes to the leader."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.documents.content import PlanContent, ReportContent
from desktop_app.documents.model import Document, as_text
from desktop_app.documents.wording import cite
from desktop_app.domain.entities import Comparator, MoneyStage, TaskStatus
from desktop_app.domain.indicators.verdicts import Verdict
from desktop_app.domain.issues import Issue, Place
from desktop_app.domain.periods import year_of
from desktop_app.text.catalogue import Param
from desktop_app.text.dates import period_phrase
from desktop_app.text.money import format_money


def check_plan(content: PlanContent, document: Document) -> list[Issue]:
    """Return everything doubtful about a plan and its document."""
    return [
        *_basis(content),
        *_targets(content),
        *_tasks(content),
        *_money(content),
        *_appendices(document),
        *_sample(content),
    ]


def _period(report: ReportContent) -> Iterator[Issue]:
    plan = report.content.plan
    if not plan.start_year <= year_of(report.period) <= plan.end_year:
        params: dict[str, Param] = {"period": period_phrase(report.period), "plan": plan.code}
        yield Issue("period_outside_plan", params, Place(item=plan.code))


def check_report(report: ReportContent, document: Document) -> list[Issue]:
    """Return everything doubtful about a report and its document."""
    return [
        *_period(report),
        *_results(report),
        *_task_reports(report),
        *_disbursed(report),
        *_appendices(document),
        *_sample(report.content),
    ]


def _basis(content: PlanContent) -> Iterator[Issue]:
    day = content.effective_on
    if not content.basis:
        yield Issue("document_without_basis", place=Place(item=content.plan.code))
    for cited in content.basis:
        law = cited.document
        place = Place(item=law.symbol)
        if law.valid_to and law.valid_to < day:
            if cited.replaced_by:
                params: dict[str, Param] = {
                    "document": law.symbol,
                    "day": law.valid_to,
                    "successor": cite(cited.replaced_by),
                }
                yield Issue("basis_replaced", params, place)
            else:
                yield Issue("basis_expired", {"document": law.symbol, "day": law.valid_to}, place)
        starts = law.valid_from or law.issued_on
        if starts and starts > day:
            yield Issue("basis_not_yet_valid", {"document": law.symbol, "day": starts}, place)


def _targets(content: PlanContent) -> Iterator[Issue]:
    if not content.targets:
        yield Issue("plan_without_targets", place=Place(item=content.plan.code))
    for target in content.targets:
        place = Place(item=target.code)
        in_words = target.is_qualitative or target.comparator is Comparator.UP
        if not in_words and target.indicator_id is not None and not content.goals_of(target):
            yield Issue("target_without_goal", {"target": target.code}, place)
        if target.indicator_id is None and not target.is_qualitative:
            yield Issue("target_without_indicator", {"target": target.code}, place)


def _tasks(content: PlanContent) -> Iterator[Issue]:
    seen: dict[str, str] = {}
    for task in content.tasks:
        place = Place(item=task.code)
        if not content.lead_of(task):
            yield Issue("task_without_lead", {"task": task.code}, place)
        name = " ".join(task.name.casefold().split())
        if name in seen:
            yield Issue("task_named_twice", {"task": task.code, "other": seen[name]}, place)
        seen.setdefault(name, task.code)


def _money(content: PlanContent) -> Iterator[Issue]:
    """A total that the plan names must equal the sum of its tasks, unless it says "khoảng"."""
    named = [budget.amount_vnd for budget in content.budgets if budget.amount_vnd is not None and not budget.approximate]
    added = sum(row.amount_vnd for row in content.money_at(content.planned_stage))
    if named and added and sum(named) != added:
        params = {"named": format_money(sum(named)), "added": format_money(added)}
        yield Issue("budget_differs", params, Place(item=content.plan.code))
    years = range(content.plan.start_year, content.plan.end_year + 1)
    outside = {row.year for row in content.money_at(MoneyStage.ALLOTTED) if row.year not in years}
    for year in sorted(outside):
        yield Issue("money_outside_plan", {"year": str(year)}, Place(item=content.plan.code))


def _appendices(document: Document) -> Iterator[Issue]:
    """Every appendix must be referred to in the body (NĐ 30/2020/NĐ-CP, Phụ lục I, phần III)."""
    body = as_text(document).split("\n=== ", 1)[0]
    for appendix in document.appendices:
        if f"{appendix.label} kèm theo" not in body:
            yield Issue("appendix_not_cited", {"appendix": f"{appendix.label} – {appendix.title}"})


def _results(report: ReportContent) -> Iterator[Issue]:
    for result in report.results:
        progress = result.progress
        place = Place(item=progress.target.code)
        if progress.verdict is Verdict.INCOMPLETE:
            params: dict[str, Param] = {
                "target": progress.target.code,
                "reported": progress.units_reported,
                "expected": progress.units_expected,
            }
            yield Issue("figures_incomplete", params, place)
        if progress.verdict is Verdict.JUDGED_BY_HAND and progress.judgement is None:
            yield Issue("target_not_judged", {"target": progress.target.code}, place)


def _task_reports(report: ReportContent) -> Iterator[Issue]:
    for task in report.content.tasks:
        found = report.task_reports.get(task.id)
        place = Place(item=task.code)
        if found is None or found.status is None:
            yield Issue("task_not_reported", {"task": task.code}, place)
        elif found.status is TaskStatus.DONE and found.percent is not None and found.percent < 100:
            yield Issue("task_done_below_100", {"task": task.code, "percent": found.percent}, place)


def _disbursed(report: ReportContent) -> Iterator[Issue]:
    """A task cannot have disbursed more than it was allotted."""
    content = report.content
    for task in content.tasks:
        found = report.task_reports.get(task.id)
        allotted = sum(row.amount_vnd for row in content.money_at(MoneyStage.ALLOTTED) if row.task_id == task.id)
        if found and found.disbursed_vnd and allotted and found.disbursed_vnd > allotted:
            params: dict[str, Param] = {
                "task": task.code,
                "disbursed": format_money(found.disbursed_vnd),
                "allotted": format_money(allotted),
            }
            yield Issue("disbursed_above_allotted", params, Place(item=task.code))


def _sample(content: PlanContent) -> Iterator[Issue]:
    if content.illustrative:
        yield Issue("figures_illustrative")
