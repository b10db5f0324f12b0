"""Progress: the targets of a plan with value, verdict and gap, unfolded into units and followed over time.

The figures themselves are made in :mod:`desktop_app.domain.indicators`; here the facts are loaded and handed in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from desktop_app.domain import indicators, periods
from desktop_app.domain.amendments import amended, counts, earliest_first
from desktop_app.domain.entities import (
    Change,
    Deployment,
    Element,
    Exemption,
    Goal,
    Indicator,
    Judgement,
    Plan,
    PlanKind,
    System,
    Target,
    Unit,
    Value,
)
from desktop_app.domain.indicators import (
    AnswerBook,
    Case,
    Facts,
    TargetProgress,
    UnitOutcome,
    Verdict,
    contradicted_by,
    elements_of,
    evaluate,
    needs,
    periods_read,
)
from desktop_app.domain.issues import UserError
from desktop_app.services.session import Session
from desktop_app.storage.queries import value_columns
from desktop_app.text.numbers import json_figure


@dataclass(frozen=True)
class PlanProgress:
    """The targets of a plan for one period.

    Attributes:
        unit: the unit asked for; None for the whole.
        rows: in the order of the plan.
    """

    plan: Plan
    period: str
    unit: Unit | None
    rows: tuple[TargetProgress, ...]

    def counts(self) -> Counter[Verdict]:
        """Return how many targets have each verdict."""
        return Counter(row.verdict for row in self.rows)


@dataclass(frozen=True)
class UnitFigure:
    """What one unit brings to a target, with where it came from.

    Attributes:
        note: the unit's explanations (Giải trình) of the answers behind the figure.
        return_id: the newest return behind the figure; None when everything was typed in the program.
        problem_code: issue code of what has to be explained or checked.
        verdict: what :func:`progress` says of the target for this unit alone.
    """

    unit: Unit
    numerator: Fraction | None
    denominator: Fraction | None
    value: Fraction | None
    reported: bool
    counts: bool
    met: bool | None
    gap: int | None
    note: str | None
    problem_code: str | None
    return_id: int | None
    verdict: Verdict


def progress(session: Session, plan_code: str, period: str, unit_code: str | None = None) -> PlanProgress:
    """Measure all targets that stand in a plan on the last day of a period.

    Args:
        session: the open file.
        plan_code: any plan; amendments that count by then are taken into account.
        period: any kind of period.
        unit_code: to measure one unit alone.

    Raises:
        UserError: an unknown code or no period.
    """
    _check_period(period)
    plan = session.plan(plan_code)
    unit = session.unit(unit_code) if unit_code is not None else None
    with session.database.snapshot():
        cases = load_cases(session, plan, period)
        book = load_book(session, cases, [period])
    rows = tuple(evaluate(book, case, period, unit.id if unit else None) for case in cases)
    return PlanProgress(plan, period, unit, rows)


def series(
    session: Session, plan_code: str, target_code: str, period_codes: Sequence[str], unit_code: str | None = None
) -> list[TargetProgress]:
    """Measure one target for several periods, for a trend.

    The target is taken as it stands on the last day of the last period.
    """
    if not period_codes:
        return []
    for period in period_codes:
        _check_period(period)
    unit = session.unit(unit_code) if unit_code is not None else None
    with session.database.snapshot():
        case = _case(session, session.plan(plan_code), target_code, period_codes[-1])
        book = load_book(session, [case], period_codes)
    return [evaluate(book, case, period, unit.id if unit else None) for period in period_codes]


def breakdown(session: Session, plan_code: str, target_code: str, period: str) -> list[UnitFigure]:
    """Unfold a target into the units that are expected, in official order."""
    _check_period(period)
    with session.database.snapshot():
        case = _case(session, session.plan(plan_code), target_code, period)
        book = load_book(session, [case], [period])
        sources = _Sources(session, book, case, period)
    return [sources.figure(outcome) for outcome in indicators.breakdown(book, case, period)]


def targets_in_effect(session: Session, plan: Plan, period: str) -> list[Target]:
    """Return the targets that stand in a plan on the last day of a period, in order.

    An amendment asked for by itself holds what it adds and changes.
    """
    gateway = session.gateway
    own = gateway.list(Target, plan_id=plan.id)
    if plan.kind is PlanKind.AMENDMENT:
        return [target for target in own if target.change is not Change.END]
    day = periods.last_day(period, session.office.regime)
    found = earliest_first(gateway.list(Plan, amends_id=plan.id, kind=PlanKind.AMENDMENT))
    counting = [(item, gateway.list(Target, plan_id=item.id)) for item in found if counts(item, day)]
    return [target for target, _amendment in amended(own, counting)]


def load_cases(session: Session, plan: Plan, period: str) -> list[Case]:
    """Load the targets that stand in a plan with everything that is said of them."""
    gateway = session.gateway
    targets = targets_in_effect(session, plan, period)
    ids = [target.id for target in targets]
    formulas = {item.id: item for item in gateway.list(Indicator)}
    goals = _by_target(gateway.list(Goal, target_id=ids))
    exemptions = _by_target(gateway.list(Exemption, target_id=ids))
    judgements = _by_target(gateway.list(Judgement, target_id=ids))
    cases = []
    for target in targets:
        indicator = formulas.get(target.indicator_id or 0)
        cases.append(
            Case(
                target=target,
                indicator=indicator,
                base=formulas.get(indicator.base_id or 0) if indicator else None,
                goals=tuple(goals.get(target.id, ())),
                exempt=frozenset(item.unit_id for item in exemptions.get(target.id, ())),
                judgements=tuple(judgements.get(target.id, ())),
                last_year=plan.end_year,
            )
        )
    return cases


def _by_target(items: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for item in items:
        found.setdefault(item.target_id, []).append(item)
    return found


def load_book(session: Session, cases: Iterable[Case], period_codes: Iterable[str]) -> AnswerBook:
    """Load the facts that targets are measured by for some periods."""
    gateway = session.gateway
    asked = list(period_codes)
    units = {unit.id: unit for unit in gateway.list(Unit)}
    elements = {element.id: element for element in gateway.list(Element)}
    wanted: dict[int, set[str]] = {}
    codes: set[str] = set()
    for case in cases:
        codes.update(case.formula.condition_systems if case.formula else ())
        for period in asked:
            for element_id, needed in needs(case, period):
                wanted.setdefault(element_id, set()).update(periods_read(elements[element_id], needed))
    return AnswerBook(
        Facts(
            regime=session.office.regime,
            units=units,
            root_id=session.root.id,
            elements=elements,
            columns=value_columns(gateway, wanted),
            deployments=_deployments(session, codes),
        )
    )


def _deployments(session: Session, codes: set[str]) -> dict[tuple[int, str], Deployment]:
    if not codes:
        return {}
    systems = {system.id: system.code for system in session.gateway.list(System) if system.code in codes}
    found = session.gateway.list(Deployment, system_id=list(systems))
    return {(item.unit_id, systems[item.system_id]): item for item in found}


def _case(session: Session, plan: Plan, target_code: str, period: str) -> Case:
    """Return a target that stands in a plan, by its code without regard to case."""
    found = [case for case in load_cases(session, plan, period) if case.target.code.lower() == target_code.lower()]
    if found:
        return found[0]
    session.target(plan, target_code)  # says which codes are near when there is none
    raise UserError("target_not_in_effect", plan=plan.code, target=target_code, period=period)


def _check_period(period: str) -> None:
    if not periods.is_period(period):
        raise UserError("not_a_period", code=period)


class _Sources:
    """The stored rows behind a target's figures, for notes, returns and contradictions."""

    def __init__(self, session: Session, book: AnswerBook, case: Case, period: str) -> None:
        self.book = book
        self.period = period
        formula = case.formula
        needed = [item for item in elements_of(formula) if item is not None] if formula else []
        self.elements = [book.facts.elements[element_id] for element_id in needed]
        self.systems = formula.condition_systems if formula else ()
        self.values: dict[tuple[int, int], dict[str, Value]] = {}
        codes = {code for element in self.elements for code in periods_read(element, period)}
        for value in session.gateway.list(Value, element_id=needed, period=sorted(codes)) if needed else ():
            self.values.setdefault((value.unit_id, value.element_id), {})[value.period] = value

    def figure(self, outcome: UnitOutcome) -> UnitFigure:
        """Return what a unit brings, with where it came from."""
        rows = self._rows(outcome.unit.id)
        notes = dict.fromkeys(row.note for row in rows if row.note)
        returns = [row.return_id for row in rows if row.return_id is not None]
        return UnitFigure(
            unit=outcome.unit,
            numerator=outcome.numerator,
            denominator=outcome.denominator,
            value=outcome.value,
            reported=outcome.reported,
            counts=outcome.counts,
            met=outcome.met,
            gap=outcome.gap,
            note="; ".join(notes) or None,
            problem_code=outcome.problem_code or self._contradiction(outcome.unit),
            return_id=max(returns, default=None),
            verdict=outcome.verdict,
        )

    def _rows(self, unit_id: int) -> list[Value | Deployment]:
        found: list[Value | Deployment] = []
        for element in self.elements:
            values = self.values.get((unit_id, element.id), {})
            own = values.get(self.period)
            tiling = self.book.answers(element.id, self.period).tilings.get(unit_id)
            found += [own] if own else []
            found += [values[part] for part in tiling or () if part in values]
        deployments = (self.book.facts.deployments.get((unit_id, code)) for code in self.systems)
        return found + [row for row in deployments if row is not None]

    def _contradiction(self, unit: Unit) -> str | None:
        regime = self.book.facts.regime
        for element in self.elements:
            values = self.values.get((unit.id, element.id), {})
            if contradicted_by(element, self.period, unit, values, regime):
                return "value_differs_from_parts"
        return None


def to_json(found: PlanProgress) -> dict[str, object]:
    """Return progress in the shape that other programs rely on (product.md)."""
    return {"plan": found.plan.code, "period": found.period, "targets": [row_json(row) for row in found.rows]}


def row_json(row: TargetProgress) -> dict[str, object]:
    """Return one target in that shape; what is absent is None, every figure is a string."""
    return {
        "target": row.target.code,
        "unit": row.indicator.unit if row.indicator else None,
        "type": row.type_code,
        "value": _figure(row.value),
        "numerator": _figure(row.numerator),
        "denominator": _figure(row.denominator),
        "goal": _figure(row.goal),
        "goal_year": row.goal_year,
        "comparator": str(row.target.comparator),
        "verdict": str(row.verdict),
        "on_reported": _word(row.on_reported),
        "judgement": _word(row.judgement),
        "units_reported": row.units_reported,
        "units_expected": row.units_expected,
        "missing": list(row.missing),
        "gap": _figure(row.gap),
    }


def _figure(value: Fraction | int | None) -> str | None:
    return None if value is None else json_figure(value)


def _word(value: object) -> str | None:
    return None if value is None else str(value)
