"""Which plans, periods and units the page head offers."""

from __future__ import annotations

from desktop_app.domain import periods
from desktop_app.domain.entities import Form, PeriodKind, Plan, PlanKind, Round, Unit, Value
from desktop_app.services import forms
from desktop_app.services.session import Session
from desktop_app.text.catalogue import Catalogue
from desktop_app.text.dates import format_day
from desktop_app.ui.widgets.choices import Choice
from desktop_app.ui.words import period_name

YEARS_AFTER = 1
YEAR_LENGTH = len("2017")
_FIRST_KINDS = (PlanKind.FIVE_YEAR, PlanKind.ANNUAL, PlanKind.AMENDMENT, PlanKind.NATIONAL)
_RANK = {kind: rank for rank, kind in enumerate(_FIRST_KINDS)}


def plan_choices(session: Session) -> list[Choice]:
    """Return the plans that units report on: five-year and annual plans before others, the newest first."""
    reported = {form.plan_id for form in session.gateway.list(Form)}
    plans = [plan for plan in session.gateway.list(Plan) if plan.id in reported]
    plans.sort(key=lambda plan: (_RANK.get(plan.kind, len(_RANK)), -plan.start_year, plan.code))
    return [Choice(plan.code, plan.short_title, plan.code) for plan in plans]


def period_choices(session: Session, plan: Plan, catalogue: Catalogue) -> list[Choice]:
    """Return the periods of a plan's forms, years first, each with its days."""
    kinds = [form.period_kind for form in session.gateway.list(Form, plan_id=plan.id)]
    regime = session.office.regime
    found = []
    for kind in (kind for kind in PeriodKind if kind in kinds):
        for year in range(plan.start_year, plan.end_year + YEARS_AFTER):
            for code in periods.all_of_year(kind, year):
                first, last = periods.window(code, regime)
                found.append(Choice(code, period_name(code, catalogue), f"({format_day(first)} – {format_day(last)})"))
    return found


def default_period(session: Session, plan: Plan, offered: list[Choice]) -> str:
    """Return the period to look at first: the newest one with answers, years before their parts.

    Without any answers it is that of the round last issued, else this year, else the first one offered.
    """
    newest = sorted((item.key for item in offered), key=lambda code: (len(code) == YEAR_LENGTH, code), reverse=True)
    answered = next((code for code in newest if session.gateway.exists(Value, period=code)), "")
    if answered:
        return answered
    form_ids = {form.id for form in session.gateway.list(Form, plan_id=plan.id)}
    rounds = [item for item in session.gateway.list(Round) if item.form_id in form_ids]
    if rounds:
        return max(rounds, key=lambda item: item.id).period
    this_year = str(session.now().astimezone().year)
    keys = [item.key for item in offered]
    return this_year if this_year in keys else next(iter(keys), "")


def issued_period(session: Session, plan: Plan, offered: list[Choice]) -> str:
    """Return the newest of the offered periods for which workbooks were issued, "" where none were."""
    form_ids = {form.id for form in session.gateway.list(Form, plan_id=plan.id)}
    issued = {item.period for item in session.gateway.list(Round) if item.form_id in form_ids}
    return max((item.key for item in offered if item.key in issued), default="")


def default_unit(session: Session, offered: list[Choice]) -> str:
    """Return the unit to look at first: the first but the root, which is asked for little; "" where there is none."""
    root = session.root.code
    keys = [item.key for item in offered]
    return next((key for key in keys if key != root), next(iter(keys), ""))


def unit_choices(session: Session, plan: Plan, period: str) -> list[Choice]:
    """Return the units that a round asks, in official order."""
    content = forms.form_content(session, plan, period)
    units = forms.asked_units(session, content, period)
    return [Choice(unit.code, shown_name(unit), unit.symbol or unit.code) for unit in units]


def shown_name(unit: Unit) -> str:
    """Return the name under which a unit stands in lists."""
    return unit.short_name or unit.name
