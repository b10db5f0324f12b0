"""The consolidated workbook: the targets with their verdicts, every unit's figures, and a long table for other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain import periods
from desktop_app.domain.entities import Element, Form, Plan, Round, Unit, Value, ValueState
from desktop_app.domain.issues import UserError
from desktop_app.domain.kinds import Instant
from desktop_app.domain.labels import COMPARATOR_SIGNS, verdict_label
from desktop_app.domain.values import BLANK, workbook_value
from desktop_app.services.answers import UnitAnswers, round_answers
from desktop_app.services.files import write_new
from desktop_app.services.forms import FormContent, asked_units, form_content
from desktop_app.services.progress import PlanProgress, progress, row_json
from desktop_app.services.session import Session
from desktop_app.storage.history import history
from desktop_app.text.catalogue import N_, Catalogue, Language
from desktop_app.text.dates import format_period

if TYPE_CHECKING:
    from desktop_app.exchange.content import CellValue
    from desktop_app.exchange.writing.tables import OutTable

_texts = Catalogue(Language.VI)
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class _Part:
    """What is exported of one plan and period."""

    plan: Plan
    period: str
    found: PlanProgress
    units: tuple[Unit, ...]
    content: FormContent
    answers: dict[int, UnitAnswers]


def write_consolidated(
    session: Session,
    plan_code: str | None,
    period: str | None,
    out_path: Path,
    progress_shown: Progress | None = None,
) -> list[str]:
    """Write the consolidated workbook.

    Args:
        session: the open file.
        plan_code: the plan; None for every plan that has a round.
        period: the period; None for every period that has a round.
        out_path: the ``.xlsx`` file.
        progress_shown: told after each plan and period.

    Returns:
        The names of its sheets.

    Raises:
        UserError: a code is unknown, there is nothing to export, or a different file is there.
    """
    from desktop_app.exchange.writing.tables import write_tables

    wanted = _wanted(session, plan_code, period)
    parts = []
    for number, (plan, code) in enumerate(wanted, start=1):
        parts.append(_part(session, plan, code))
        if progress_shown is not None:
            progress_shown(number, len(wanted), f"{plan.code} {code}")
    newest = history(session.database, limit=1)
    moment = str(Instant().to_db(newest[0].at if newest else session.now()))
    mark = _texts(N_("Illustrative figures")) if session.office.illustrative else ""
    tables = [_targets(parts, mark), *(_matrix(part, mark) for part in parts), _figures(parts, mark)]
    title = " – ".join(dict.fromkeys(part.plan.title for part in parts))
    write_new(out_path, write_tables(tables, title, moment))
    return [table.name for table in tables]


def _wanted(session: Session, plan_code: str | None, period: str | None) -> list[tuple[Plan, str]]:
    """Return the plans and periods to export, in order."""
    if period is not None and not periods.is_period(period):
        raise UserError("not_a_period", code=period)
    plans = {item.id: item for item in session.gateway.list(Plan)}
    if plan_code is not None:
        chosen = session.plan(plan_code)
        plans = {chosen.id: chosen}
    forms = {item.id: item for item in session.gateway.list(Form) if item.plan_id in plans}
    rounds = {(forms[item.form_id].plan_id, item.period) for item in session.gateway.list(Round) if item.form_id in forms}
    if plan_code is not None and period is not None:
        rounds = {(next(iter(plans)), period)}
    elif not rounds:
        rounds = _answered(session, forms.values())
    found = sorted((plans[key].code, code, key) for key, code in rounds if period in {None, code})
    if not found:
        raise UserError("nothing_to_export")
    return [(plans[key], code) for _plan_code, code, key in found]


def _answered(session: Session, forms: Iterable[Form]) -> set[tuple[int, str]]:
    """Return the plans and periods that were answered without a round: typed in the program."""
    codes = {item.period for item in session.gateway.list(Value) if item.state is not ValueState.NOT_REPORTED}
    return {(form.plan_id, code) for form in forms for code in codes if periods.kind_of(code) is form.period_kind}


def _part(session: Session, plan: Plan, period: str) -> _Part:
    content = form_content(session, plan, period)
    units = asked_units(session, content, period)
    return _Part(
        plan=plan,
        period=period,
        found=progress(session, plan.code, period),
        units=tuple(units),
        content=content,
        answers=round_answers(session, units, content.elements, (period,)),
    )


def _targets(parts: Sequence[_Part], mark: str) -> OutTable:
    from desktop_app.exchange.writing.tables import OutTable, TableColumn

    columns = (
        TableColumn(_texts(N_("Plan")), 18),
        TableColumn(_texts(N_("Period")), 12),
        TableColumn(_texts(N_("Code")), 10),
        TableColumn(_texts(N_("Target")), 60),
        TableColumn(_texts(N_("Unit of measure")), 12),
        TableColumn(_texts(N_("Type")), 8),
        TableColumn(_texts(N_("Value")), 14),
        TableColumn(_texts(N_("Numerator")), 14),
        TableColumn(_texts(N_("Denominator")), 14),
        TableColumn(_texts(N_("Comparison")), 11),
        TableColumn(_texts(N_("Goal")), 12),
        TableColumn(_texts(N_("Year of the goal")), 11, "0"),
        TableColumn(_texts(N_("Result")), 18),
        TableColumn(_texts(N_("Units reported")), 12),
        TableColumn(_texts(N_("Units expected")), 12),
        TableColumn(_texts(N_("Still to add")), 14),
        TableColumn(_texts(N_("Not yet reported")), 40),
    )
    rows = [row for part in parts for row in _target_rows(part)]
    heading = _texts(N_("Targets"))
    return OutTable(heading, heading, columns, rows, frozen_columns=4, mark=mark)


def _target_rows(part: _Part) -> Iterator[tuple[CellValue, ...]]:
    for row in part.found.rows:
        facts = row_json(row)
        value, numerator, denominator, goal, gap = (
            _number(facts[name]) for name in ("value", "numerator", "denominator", "goal", "gap")
        )
        yield (
            part.plan.code,
            part.period,
            row.target.code,
            row.target.statement,
            row.indicator.unit if row.indicator else None,
            row.type_code,
            value,
            numerator,
            denominator,
            COMPARATOR_SIGNS[row.target.comparator],
            goal,
            str(row.goal_year) if row.goal_year else None,
            verdict_label(_texts, row.verdict),
            row.units_reported,
            row.units_expected,
            gap,
            ", ".join(row.missing),
        )


def _number(figure: object) -> Decimal | None:
    """Return a figure of the JSON as a number: the workbook holds the very figures that ``progress --json`` prints."""
    return Decimal(str(figure)) if figure is not None else None


def _matrix(part: _Part, mark: str) -> OutTable:
    from desktop_app.exchange.writing.tables import OutTable, TableColumn

    unit_columns = (TableColumn(_texts(N_("Code of the unit")), 12), TableColumn(_texts(N_("Unit")), 42))
    columns = (
        *unit_columns,
        *(TableColumn(f"{item.code} ({item.unit})" if item.unit else item.code) for item in part.content.elements),
    )
    rows = [
        (unit.code, unit.name, *(_shown(part.answers[unit.id], item, part.period) for item in part.content.elements))
        for unit in part.units
    ]
    return OutTable(
        name=f"{part.period} {part.plan.code}",
        heading=f"{part.plan.title} – {format_period(part.period)}",
        columns=columns,
        rows=rows,
        subheads=("", "", *(item.name for item in part.content.elements)),
        mark=mark,
    )


def _shown(answers: UnitAnswers, element: Element, period: str) -> CellValue:
    value = workbook_value(element, answers.answer(element, period) or BLANK)
    return Decimal(str(value)) if isinstance(value, float) else value


def _figures(parts: Sequence[_Part], mark: str) -> OutTable:
    from desktop_app.exchange.writing.tables import OutTable, TableColumn

    columns = (
        TableColumn(_texts(N_("Plan")), 18),
        TableColumn(_texts(N_("Period")), 12),
        TableColumn(_texts(N_("Code of the unit")), 12),
        TableColumn(_texts(N_("Unit")), 36),
        TableColumn(_texts(N_("Code")), 10),
        TableColumn(_texts(N_("Data element")), 46),
        TableColumn(_texts(N_("Unit of measure")), 12),
        TableColumn(_texts(N_("Value")), 16),
        TableColumn(_texts(N_("How it was got")), 20),
        TableColumn(_texts(N_("Explanation")), 40),
    )
    rows = (row for part in parts for row in _figure_rows(part))
    heading = _texts(N_("All figures"))
    return OutTable(heading, heading, columns, rows, frozen_columns=4, mark=mark)


def _figure_rows(part: _Part) -> Iterator[tuple[CellValue, ...]]:
    """Give a row per unit and element that the unit is asked for, also where nothing was reported."""
    entered, added = _texts(N_("reported")), _texts(N_("from shorter periods"))
    missing = _texts(N_("not reported"))
    for unit in part.units:
        answers = part.answers[unit.id]
        for element in part.content.elements_for(unit):
            value = _shown(answers, element, part.period)
            stored = answers.stored(element, part.period)
            is_entered = stored is not None and stored.state is not ValueState.NOT_REPORTED
            how = entered if is_entered else added if value is not None else missing
            note = stored.note if stored else None
            names = (part.plan.code, part.period, unit.code, unit.name, element.code, element.name, element.unit)
            yield (*names, value, how, note)
