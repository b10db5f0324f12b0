"""The implementation report of a plan for a period (Báo cáo, mẫu 1.4 of NĐ 30/2020/NĐ-CP)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from desktop_app.documents.content import PlanContent, ReportContent, TargetResult
from desktop_app.documents.frame import Identity, appendices, assemble, standing_labels
from desktop_app.documents.model import Block, Document, paragraph
from desktop_app.documents.outline import Branch, Content, Generator, filled, load_outline, numbered
from desktop_app.documents.plan import title_in_text
from desktop_app.documents.plan_tables import by_area, millions, money_table
from desktop_app.documents.report_tables import (
    is_done,
    standing,
    target_table,
    targets_of,
    task_table,
    unit_tables,
    verdict_table,
    waits_for_figures,
)
from desktop_app.documents.sentences import (
    evaluation,
    gap_text,
    goal_text,
    is_downward,
    names_text,
    say,
    subject,
    units_text,
)
from desktop_app.documents.wording import capitalised, issuer_name, load_wording
from desktop_app.domain.entities import TaskStatus, Unit
from desktop_app.domain.indicators.verdicts import Verdict
from desktop_app.domain.notation import is_milestone
from desktop_app.domain.periods import year_before, year_of
from desktop_app.text.dates import format_day_short, period_phrase
from desktop_app.text.numbers import format_percent, official_count, official_ratio

_REST = (Verdict.NOT_MET, Verdict.NOT_DUE, Verdict.INCOMPLETE, Verdict.JUDGED_BY_HAND)
_STATUSES = (
    TaskStatus.DONE,
    TaskStatus.IN_PROGRESS,
    TaskStatus.NOT_STARTED,
    TaskStatus.PAUSED,
    TaskStatus.CANCELLED,
    None,
)


def narrative_prefix(period: str) -> str:
    """Return what the narrative keys of a report of a period start with: 2017-Q1 gives ``report.2017_q1.``."""
    return f"report.{period.lower().replace('-', '_')}."


def build_report(report: ReportContent) -> Document:
    """Return the report as a document."""
    outline = load_outline("report")
    content = report.content
    labels = standing_labels(outline, _ReportText(report, {}).generators())
    generators = _ReportText(report, labels).generators()
    prefix = narrative_prefix(report.period)
    narratives = {key.removeprefix(prefix): text for key, text in content.narratives.items() if key.startswith(prefix)}
    names = {
        "issuer": issuer_name(content.root),
        "results": results_title(report),
        "first_day": format_day_short(report.first_day),
        "last_day": format_day_short(report.last_day),
    }
    body = (
        paragraph(outline.opening.format(**names)),
        *numbered(filled(outline.places, narratives, generators), outline.first_level),
        paragraph(outline.closing.format(**names)),
    )
    identity = Identity(number="", day=None, dated_on=report.dated_on)
    unsigned = replace(content, plan=replace(content.plan, signer=None, signer_position=None))
    return assemble(
        outline,
        unsigned,
        identity,
        abstract=capitalised(results_title(report)),
        basis=(),
        body=body,
        attached=appendices(outline, content, identity, generators),
    )


def results_title(report: ReportContent) -> str:
    """Return what the report is about; the period is left out where the plan is for that year alone."""
    plan = report.content.plan
    if plan.start_year == plan.end_year and report.period == str(plan.start_year):
        return f"kết quả thực hiện {title_in_text(report.content)}"
    return f"kết quả {period_phrase(report.period)} thực hiện {title_in_text(report.content)}"


@dataclass(frozen=True)
class _ReportText:
    """The generated blocks of a report; ``labels`` are the appendices that the text can refer to."""

    report: ReportContent
    labels: Mapping[str, str]

    def generators(self) -> dict[str, Generator]:
        report = self.report
        return {
            "summary": self.summary,
            "evaluation": self.evaluation,
            "task_summary": self.task_summary,
            "reporting": self.reporting,
            "funding": self.funding,
            "shortcomings": self.shortcomings,
            "next_steps": self.next_steps,
            "target_table": lambda: (target_table(report),) if report.results else (),
            "task_table": lambda: (task_table(report),) if report.content.tasks else (),
            "unit_table": lambda: unit_tables(report),
        }

    @property
    def _content(self) -> PlanContent:
        return self.report.content

    @property
    def _last_day(self) -> str:
        return format_day_short(self.report.last_day)

    def _see(self, key: str) -> str:
        return f" (kết quả chi tiết tại {self.labels[key]} kèm theo)" if key in self.labels else ""

    def summary(self) -> Content:
        """The opening sentence, what became of the rest, and the count by area."""
        results = self.report.results
        if not results:
            return ()
        counts = Counter(standing(result.progress) for result in results)
        total = len(results) - counts[Verdict.NOT_APPLICABLE]
        done = sum(is_done(result.progress) for result in results)
        names = {
            "last_day": self._last_day,
            "done": official_ratio(done, total),
            "left": official_ratio(total - done, total),
            "see": self._see("targets"),
        }
        lines = [say("summary", "some_done" if total > done else "all_done", **names)]
        rest = [self._rest(verdict, counts[verdict]) for verdict in _REST if counts[verdict]]
        if rest:
            lines.append(say("summary", "rest", parts="; ".join(rest)))
        if counts[Verdict.NOT_APPLICABLE]:
            lines.append(say("summary", "outside", count=official_count(counts[Verdict.NOT_APPLICABLE])))
        blocks: list[Block | Branch] = [paragraph(" ".join(lines))]
        if self._content.areas:
            blocks += [paragraph(say("summary", "table")), verdict_table(self.report)]
        return tuple(blocks)

    def _rest(self, verdict: Verdict, count: int) -> str:
        part = say("summary", f"rest_{verdict}", count=official_count(count))
        if verdict is not Verdict.INCOMPLETE:
            return part
        lacking = (result.progress for result in self.report.results if result.progress.verdict is Verdict.INCOMPLETE)
        near = sum(progress.on_reported is Verdict.MET for progress in lacking)
        return say("summary", "provisional", part=part, count=official_count(near)) if near else part

    def evaluation(self) -> Content:
        """A sentence for every target, by area."""
        before = year_before(self.report.period)
        branches = []
        for area, positions in by_area(self._content.areas, targets_of(self.report)):
            lines = (paragraph(f"- {evaluation(self.report.results[position], before)}") for position in positions)
            title = (area.name if area else "Nội dung khác") if self._content.areas else ""
            branches.append(Branch(title, tuple(lines)))
        return tuple(branches)

    def task_summary(self) -> Content:
        tasks = self._content.tasks
        if not tasks:
            return ()
        words = load_wording()
        found = [self.report.task_reports.get(task.id) for task in tasks]
        counts = Counter(item.status if item else None for item in found)
        parts = [
            say(
                "tasks",
                "part",
                count=official_count(counts[status]),
                status=words.of("task_statuses", status or "not_reported").lower(),
            )
            for status in _STATUSES
            if counts[status]
        ]
        total = official_count(len(tasks))
        return (paragraph(say("tasks", "lead", total=total, parts="; ".join(parts), see=self._see("tasks"))),)

    def _units(self) -> tuple[list[Unit], list[Unit]]:
        """All units that figures are expected of, and those that lack any, in official order; the root is none here."""
        expected: dict[int, Unit] = {}
        lacking: set[int] = set()
        for result in self.report.results:
            if result.progress.verdict is Verdict.JUDGED_BY_HAND:
                continue
            for outcome in result.outcomes:
                if outcome.unit.id != self._content.root.id:
                    expected[outcome.unit.id] = outcome.unit
                    if not outcome.reported and waits_for_figures(result):
                        lacking.add(outcome.unit.id)
        ordered = sorted(expected.values(), key=lambda unit: unit.order_number)
        return ordered, [unit for unit in ordered if unit.id in lacking]

    def reporting(self) -> Content:
        expected, lacking = self._units()
        if not expected:
            return ()
        reported = official_ratio(len(expected) - len(lacking), len(expected))
        if not lacking:
            return (paragraph(say("reporting", "all", reported=reported)),)
        names = names_text([unit.short_name or unit.name for unit in lacking])
        missing = units_text(len(lacking))
        return (paragraph(say("reporting", "some", reported=reported, missing=missing, names=names)),)

    def funding(self) -> Content:
        """What is planned up to this year, and what was disbursed by the reports of the leading units."""
        content = self._content
        year = year_of(self.report.period)
        stage = load_wording().of("money_stages", content.planned_stage)
        money = [row for row in content.money_at(content.planned_stage) if row.year <= year]
        planned = sum(row.amount_vnd for row in money)
        disbursed = sum(report.disbursed_vnd or 0 for report in self.report.task_reports.values())
        blocks: list[Block | Branch] = []
        if planned:
            blocks.append(paragraph(say("funding", "planned", stage=stage, year=year, amount=millions(planned))))
        if disbursed:
            names = {"last_day": self._last_day, "amount": millions(disbursed), "stage": stage}
            share = format_percent(Fraction(100 * disbursed, planned)) if planned else ""
            blocks.append(paragraph(say("funding", "disbursed" if planned else "disbursed_alone", share=share, **names)))
        if planned:
            blocks.append(money_table(content, money, f"Kinh phí {stage} theo nguồn vốn và năm"))
        return tuple(blocks)

    def shortcomings(self) -> Content:
        failing = [result for result in self.report.results if standing(result.progress) is Verdict.NOT_MET]
        incomplete = [result for result in self.report.results if result.progress.verdict is Verdict.INCOMPLETE]
        blocks: list[Block | Branch] = []
        if failing:
            see = self._see("units") if any(len(result.outcomes) > 1 for result in failing) else ""
            blocks.append(paragraph(say("shortcomings", "lead", count=official_count(len(failing)), see=see)))
            blocks += [paragraph(f"- {_failing_line(result)}.") for result in failing]
        if incomplete:
            count = official_count(len(incomplete))
            blocks.append(paragraph(say("shortcomings", "incomplete", count=count, see=self._see("units"))))
        return tuple(blocks)

    def next_steps(self) -> Content:
        lines = [_next_step(result) for result in self.report.results if standing(result.progress) in _REST[:2]]
        _expected, lacking = self._units()
        if lacking:
            names = names_text([unit.short_name or unit.name for unit in lacking])
            lines.append(say("next_steps", "remind", count=units_text(len(lacking)), names=names))
        return tuple(paragraph(f"- {line}.") for line in lines)


def _failing_line(result: TargetResult) -> str:
    return evaluation(replace(result, before=None), "").rstrip(".")


def _next_step(result: TargetResult) -> str:
    progress = result.progress
    about = subject(progress.target)
    if is_milestone(progress):
        return say("next_steps", "milestone", subject=about, goal_year=progress.goal_year)
    gap, goal = gap_text(result), goal_text(progress)
    if gap:
        return say("next_steps", "gap_down" if is_downward(progress) else "gap", subject=about, gap=gap, goal=goal)
    return say("next_steps", "open", subject=about, goal=goal)
