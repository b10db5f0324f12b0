"""A plan as people and other programs read it: as issued, with its amendments up to a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any, TypeVar

from desktop_app.domain.amendments import amended, counts, earliest_first
from desktop_app.domain.entities import (
    Area,
    ConditionKind,
    Element,
    FundingSource,
    Goal,
    Indicator,
    IndicatorType,
    LegalDocument,
    Plan,
    PlanActor,
    PlanBasis,
    PlanBudget,
    PlanKind,
    PlanSection,
    System,
    Target,
    Task,
    TaskMoney,
    Unit,
)
from desktop_app.services.session import Session
from desktop_app.text.dates import json_day
from desktop_app.text.numbers import json_figure

P = TypeVar("P", Target, Task)
_BY_ORDER = attrgetter("order_number", "id")


@dataclass(frozen=True)
class Amended:
    """A target or task as it stands after the amendments.

    Attributes:
        item: the row in force; after a change it keeps the code and the place of the one that it changed.
        by: the amendment that added or changed it; None when the plan itself says so.
    """

    item: Any
    by: Plan | None


@dataclass(frozen=True)
class AmendedPlan:
    """A plan with everything that belongs to it, as amended.

    Attributes:
        plan: the plan itself.
        amendments: every amendment of it, with whether it counts here, earliest first.
        targets: its targets in force, in order.
        tasks: its tasks in force, in order.
        areas: its content areas in order, those of amendments that count included.
    """

    plan: Plan
    amendments: tuple[tuple[Plan, bool], ...]
    targets: tuple[Amended, ...]
    tasks: tuple[Amended, ...]
    areas: tuple[Area, ...]


def amended_plan(session: Session, plan: Plan, at: date | None = None) -> AmendedPlan:
    """Return a plan as amended.

    An amendment counts from its date (figures.md, "Plan kinds"). One without a date counts only where no day is asked
    for, because nobody can say whether it was in force on a given day.

    Args:
        session: the open file.
        plan: the plan.
        at: the day; None for today, with undated amendments.
    """
    day = at or session.now().date()
    found = earliest_first(session.gateway.list(Plan, amends_id=plan.id, kind=PlanKind.AMENDMENT))
    amendments = tuple((item, counts(item, day, undated=at is None)) for item in found)
    counted = [item for item, is_counted in amendments if is_counted]
    areas = [
        area for owner in (plan, *counted) for area in sorted(session.gateway.list(Area, plan_id=owner.id), key=_BY_ORDER)
    ]
    return AmendedPlan(
        plan=plan,
        amendments=amendments,
        targets=_amended(session, plan, counted, Target),
        tasks=_amended(session, plan, counted, Task),
        areas=tuple(areas),
    )


def _amended(session: Session, plan: Plan, amendments: list[Plan], cls: type[P]) -> tuple[Amended, ...]:
    changes = [(amendment, session.gateway.list(cls, plan_id=amendment.id)) for amendment in amendments]
    return tuple(Amended(item, by) for item, by in amended(session.gateway.list(cls, plan_id=plan.id), changes))


def plan_json(session: Session, plan: Plan, at: date | None = None) -> dict[str, Any]:
    """Return what ``plan show --json`` prints (product.md, JSON shapes)."""
    content = amended_plan(session, plan, at)
    codes = _Codes(session)
    goals = _goals(session, [item.item.id for item in content.targets])
    money = _money(session, [item.item.id for item in content.tasks], codes)
    return {
        "plan": _plan(plan, codes),
        "at": json_day(at),
        "amendments": [
            {"code": item.code, "title": item.title, "effective_from": json_day(item.effective_from), "counts": counts}
            for item, counts in content.amendments
        ],
        "areas": [{"code": item.code, "name": item.name, "source_ids": list(item.source_ids)} for item in content.areas],
        "targets": [_target(item, codes, goals.get(item.item.id, {})) for item in content.targets],
        "tasks": [_task(item, codes, money.get(item.item.id, [])) for item in content.tasks],
        "legal_basis": _legal_basis(session, plan, at or session.now().date(), codes),
        "actors": _actors(session, plan),
        "budgets": _budgets(session, plan, codes),
        "sections": {item.outline_key: item.body for item in session.gateway.list(PlanSection, plan_id=plan.id)},
    }


class _Codes:
    """Codes of what targets and tasks refer to, by id."""

    def __init__(self, session: Session) -> None:
        gateway = session.gateway
        self.elements = {item.id: item.code for item in gateway.list(Element, order_by="id")}
        self.indicators = {item.id: item for item in gateway.list(Indicator, order_by="id")}
        self.areas = {item.id: item.code for item in gateway.list(Area, order_by="id")}
        self.plans = {item.id: item.code for item in gateway.list(Plan, order_by="id")}
        self.systems = {item.id: item.code for item in gateway.list(System, order_by="id")}
        self.units = {item.id: item.code for item in gateway.list(Unit, order_by="id")}
        self.sources = {item.id: item.code for item in gateway.list(FundingSource, order_by="id")}
        self.symbols = {item.id: item.symbol for item in gateway.list(LegalDocument, order_by="id")}


def _named(codes: dict[int, str], key: int | None) -> str | None:
    return None if key is None else codes[key]


def _figure(amount: Decimal | int | None) -> str | None:
    return None if amount is None else json_figure(amount)


def _goals(session: Session, target_ids: list[int]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for goal in session.gateway.list(Goal, order_by="year", target_id=target_ids, unit_id=None):
        found.setdefault(goal.target_id, {})[str(goal.year)] = json_figure(goal.amount)
    return found


def _money(session: Session, task_ids: list[int], codes: _Codes) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for item in session.gateway.list(TaskMoney, order_by=("year", "id"), task_id=task_ids):
        row = {
            "year": item.year,
            "source": codes.sources[item.funding_source_id],
            "stage": str(item.stage),
            "amount_vnd": json_figure(item.amount_vnd),
        }
        found.setdefault(item.task_id, []).append(row)
    return found


def _plan(plan: Plan, codes: _Codes) -> dict[str, Any]:
    return {
        "code": plan.code,
        "title": plan.title,
        "short_title": plan.short_title,
        "kind": str(plan.kind),
        "start_year": plan.start_year,
        "end_year": plan.end_year,
        "symbol": plan.symbol,
        "issued_on": json_day(plan.issued_on),
        "issued_text": plan.issued_text,
        "issuer": plan.issuer,
        "signer": plan.signer,
        "signer_position": plan.signer_position,
        "parent": _named(codes.plans, plan.parent_id),
        "amends": _named(codes.plans, plan.amends_id),
        "effective_from": json_day(plan.effective_from),
        "objective": plan.objective,
        "responsible": plan.responsible,
        "origin": plan.origin,
        "origin_version": plan.origin_version,
        "source_ids": list(plan.source_ids),
        "correction": plan.correction,
        "note": plan.note,
    }


def _target(amended: Amended, codes: _Codes, goals: dict[str, str]) -> dict[str, Any]:
    target: Target = amended.item
    return {
        "code": target.code,
        "source_ids": list(target.source_ids),
        "statement": target.statement,
        "short_statement": target.short_statement,
        "area": _named(codes.areas, target.area_id),
        "indicator": _indicator(target, codes),
        "scope": [str(kind) for kind in target.scope],
        "comparator": str(target.comparator),
        "tolerance_percent": _figure(target.tolerance_percent),
        "wording": target.wording,
        "threshold": _figure(target.threshold),
        "goals": goals,
        "tags": list(target.tags),
        "change": None if target.change is None else str(target.change),
        "amended_by": amended.by.code if amended.by else None,
        "note": target.note,
    }


def _indicator(target: Target, codes: _Codes) -> dict[str, Any] | None:
    """Return the indicator of a target; a qualitative target is of type Q, whatever its indicator measures."""
    if target.indicator_id is None:
        return None
    indicator = codes.indicators[target.indicator_id]
    base = codes.indicators.get(indicator.base_id or 0)
    return {
        "code": indicator.code,
        "name": indicator.name,
        "type": "Q" if target.is_qualitative else str(indicator.type),
        "measured_as": str(indicator.type),
        "unit": indicator.unit,
        "scale": indicator.scale,
        "numerator": _named(codes.elements, indicator.numerator_id),
        "denominator": _named(codes.elements, indicator.denominator_id),
        "condition": _condition(indicator, codes),
        "threshold": _figure(target.threshold if target.is_qualitative else indicator.threshold),
        "base": base.code if base else None,
        "growth": None if indicator.growth is None else str(indicator.growth),
        "direction": str(indicator.direction),
    }


def _condition(indicator: Indicator, codes: _Codes) -> dict[str, Any] | None:
    """Return what must hold: exactly one of an element, the unit's own ratio, or systems in use."""
    if indicator.condition is ConditionKind.SYSTEMS:
        return {"systems": list(indicator.condition_systems)}
    if indicator.condition is ConditionKind.RATIO:
        return {"ratio": _figure(indicator.threshold)}
    if indicator.condition is ConditionKind.ELEMENT or indicator.type is IndicatorType.MILESTONE:
        return {"element": _named(codes.elements, indicator.condition_element_id)}
    return None


def _task(amended: Amended, codes: _Codes, money: list[dict[str, Any]]) -> dict[str, Any]:
    task: Task = amended.item
    return {
        "code": task.code,
        "source_ids": list(task.source_ids),
        "name": task.name,
        "area": _named(codes.areas, task.area_id),
        "lead": task.lead,
        "lead_unit": _named(codes.units, task.lead_unit_id),
        "cooperating": task.cooperating,
        "product": task.product,
        "starts_on": json_day(task.starts_on),
        "due_on": json_day(task.due_on),
        "due_text": task.due_text,
        "recurring": task.recurring,
        "form": None if task.form is None else str(task.form),
        "verb": None if task.verb is None else str(task.verb),
        "system": _named(codes.systems, task.system_id),
        "legal_document": _named(codes.symbols, task.legal_document_id),
        "responsible": task.responsible,
        "carried_over": task.carried_over,
        "money": money,
        "change": None if task.change is None else str(task.change),
        "amended_by": amended.by.code if amended.by else None,
        "correction": task.correction,
        "note": task.note,
    }


def _legal_basis(session: Session, plan: Plan, day: date, codes: _Codes) -> list[dict[str, Any]]:
    documents = {item.id: item for item in session.gateway.list(LegalDocument, order_by="id")}
    rows = sorted(session.gateway.list(PlanBasis, plan_id=plan.id), key=_BY_ORDER)
    return [_document(documents[row.legal_document_id], row.note, day, codes) for row in rows]


def _document(item: LegalDocument, remark: str | None, day: date, codes: _Codes) -> dict[str, Any]:
    return {
        "symbol": item.symbol,
        "kind": item.kind,
        "issued_on": json_day(item.issued_on),
        "issued_text": item.issued_text,
        "issuer": item.issuer,
        "title": item.title,
        "valid_from": json_day(item.valid_from),
        "valid_to": json_day(item.valid_to),
        "in_force": is_in_force(item, day),
        "replaced_by": _named(codes.symbols, item.replaced_by_id),
        "correction": item.correction,
        "source_ids": list(item.source_ids),
        "confidence": item.confidence,
        "note": remark,
    }


def is_in_force(document: LegalDocument, day: date) -> bool | None:
    """Say whether a legal document is in force on a day; None where the file does not know when it began."""
    if document.valid_to is not None and day > document.valid_to:
        return False
    begins = document.valid_from or document.issued_on
    return None if begins is None else begins <= day


def _actors(session: Session, plan: Plan) -> list[dict[str, Any]]:
    rows: Iterable[PlanActor] = sorted(session.gateway.list(PlanActor, plan_id=plan.id), key=_BY_ORDER)
    return [
        {
            "name": item.name,
            "role": item.role,
            "unit_kind": None if item.unit_kind is None else str(item.unit_kind),
            "source_ids": list(item.source_ids),
        }
        for item in rows
    ]


def _budgets(session: Session, plan: Plan, codes: _Codes) -> list[dict[str, Any]]:
    rows: Iterable[PlanBudget] = sorted(session.gateway.list(PlanBudget, plan_id=plan.id), key=_BY_ORDER)
    return [
        {
            "name": item.name,
            "source": _named(codes.sources, item.funding_source_id),
            "amount_vnd": _figure(item.amount_vnd),
            "approximate": item.approximate,
            "source_ids": list(item.source_ids),
        }
        for item in rows
    ]
