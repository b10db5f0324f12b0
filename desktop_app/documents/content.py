"""What a document is made of: entities that the services load and hand in, with the look-ups that builders need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from desktop_app.domain.entities import (
    Area,
    FundingSource,
    Goal,
    Indicator,
    LegalDocument,
    MoneyStage,
    Plan,
    PlanBudget,
    PlanKind,
    Target,
    Task,
    TaskMoney,
    TaskReport,
    Unit,
)
from desktop_app.domain.indicators.verdicts import TargetProgress, UnitOutcome

OWN_KINDS = frozenset({PlanKind.FIVE_YEAR, PlanKind.ANNUAL, PlanKind.AMENDMENT})
"""Kinds of plan that an office issues; for the others, and those of another issuer, it writes a plan to carry them out."""


@dataclass(frozen=True)
class Cited:
    """A legal document in the order in which the plan cites it."""

    document: LegalDocument
    replaced_by: LegalDocument | None = None


@dataclass(frozen=True)
class PlanContent:
    """A plan with everything that belongs to it, each list in its order.

    Attributes:
        root: the unit that issues the document.
        written_on: the day of writing; it stands in nothing, but decides what is in force where the plan has no day.
        illustrative: figures are made up; the document says so on every page.
        narratives: texts by outline key.
        units: by id.
        indicators: by id.
    """

    plan: Plan
    root: Unit
    written_on: date
    illustrative: bool = False
    basis: tuple[Cited, ...] = ()
    narratives: Mapping[str, str] = field(default_factory=dict)
    areas: tuple[Area, ...] = ()
    targets: tuple[Target, ...] = ()
    goals: tuple[Goal, ...] = ()
    indicators: Mapping[int, Indicator] = field(default_factory=dict)
    tasks: tuple[Task, ...] = ()
    units: Mapping[int, Unit] = field(default_factory=dict)
    money: tuple[TaskMoney, ...] = ()
    sources: tuple[FundingSource, ...] = ()
    budgets: tuple[PlanBudget, ...] = ()

    @property
    def is_own(self) -> bool:
        """True where the root unit issues the plan itself; a plan without an issuer is its own."""
        names = {name.casefold() for name in (self.root.name, self.root.short_name) if name}
        issuer = self.plan.issuer
        return self.plan.kind in OWN_KINDS and (issuer is None or issuer.casefold() in names)

    @property
    def effective_on(self) -> date:
        """The day by which validity is judged: the plan's own; of a draft that of writing, within its first year."""
        plan = self.plan
        known = (plan.issued_on or plan.effective_from) if self.is_own else None
        return known or min(self.written_on, date(plan.start_year, 12, 31))

    def indicator_of(self, target: Target) -> Indicator | None:
        """Return the indicator of a target, or None where nothing measures it."""
        return self.indicators.get(target.indicator_id) if target.indicator_id is not None else None

    def goals_of(self, target: Target) -> dict[int, Goal]:
        """Return the goals of the whole plan for a target by year, in order."""
        own = (goal for goal in self.goals if goal.target_id == target.id and goal.unit_id is None)
        return {goal.year: goal for goal in sorted(own, key=lambda goal: goal.year)}

    def lead_of(self, task: Task, *, short: bool = True) -> str:
        """Return who leads a task, in short words or in full; "" where nobody is named."""
        unit = self.units.get(task.lead_unit_id) if task.lead_unit_id is not None else None
        if unit is None:
            return task.lead or ""
        return (unit.short_name or unit.name) if short else unit.name

    def money_at(self, stage: MoneyStage) -> tuple[TaskMoney, ...]:
        """Return the money of one stage."""
        return tuple(row for row in self.money if row.stage is stage)

    @property
    def planned_stage(self) -> MoneyStage:
        """The stage that the plan's tables show: what was allotted, else what is proposed."""
        return MoneyStage.ALLOTTED if self.money_at(MoneyStage.ALLOTTED) else MoneyStage.PROPOSED


@dataclass(frozen=True)
class YearBefore:
    """What the same kind of period brought one year before.

    Attributes:
        value: of the units that reported then.
        same_units: True where the same units were expected then as now.
    """

    value: Fraction
    units_reported: int
    units_expected: int
    same_units: bool = True

    @property
    def is_complete(self) -> bool:
        """True where every unit expected then has reported."""
        return self.units_reported == self.units_expected


@dataclass(frozen=True)
class TargetResult:
    """What a report says of one target.

    Attributes:
        progress: value, verdict and gap, as every other part of the program shows them.
        before: the same kind of period one year before; None where it has no value.
        counted_in: unit of measure of numerator, denominator and gap, such as ``người``; "" where none fits.
        outcomes: what each expected unit brings, in official order.
    """

    progress: TargetProgress
    before: YearBefore | None = None
    counted_in: str = ""
    outcomes: tuple[UnitOutcome, ...] = ()

    @property
    def comparable(self) -> YearBefore | None:
        """The year before where a change against it means something: all of the same units reported in both years."""
        before, progress = self.before, self.progress
        if before is None or not before.same_units or not before.is_complete:
            return None
        return before if progress.units_reported == progress.units_expected else None


@dataclass(frozen=True)
class ReportContent:
    """A plan and how it went in a period.

    Attributes:
        first_day, last_day: the window of the period, both included.
        results: one for each target of the plan, in order.
        task_reports: what was reported on tasks for the period, by task id.
    """

    content: PlanContent
    period: str
    first_day: date
    last_day: date
    results: tuple[TargetResult, ...] = ()
    task_reports: Mapping[int, TaskReport] = field(default_factory=dict)

    @property
    def dated_on(self) -> date:
        """The day whose year and agencies stand in the report: that of writing if within a year, else the last day."""
        written = self.content.written_on
        return written if written <= self.last_day + timedelta(days=365) else self.last_day
