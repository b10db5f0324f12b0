"""The answers of many units over some periods, loaded at one go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop_app.domain import periods
from desktop_app.domain.entities import Element, Unit, Value
from desktop_app.domain.indicators.answers import Facts, pack
from desktop_app.services.answers import UnitAnswers
from desktop_app.services.session import Session


def round_answers(
    session: Session, units: Sequence[Unit], elements: Iterable[Element], wanted: Iterable[str]
) -> dict[int, UnitAnswers]:
    """Return, by unit id, what units answered for some periods and for every shorter one that they can be made of."""
    codes = {part for code in wanted for part in (*periods.periods_needed(code), *periods.shorter_ending_same_day(code))}
    by_unit: dict[int, list[Value]] = {unit.id: [] for unit in units}
    for item in session.gateway.list(Value, period=codes, unit_id=set(by_unit)):
        by_unit[item.unit_id].append(item)
    regime, root_id = session.office.regime, session.root.id
    by_id = {element.id: element for element in elements}
    return {
        unit.id: UnitAnswers(
            Facts(regime=regime, units={unit.id: unit}, root_id=root_id, elements=by_id, columns=pack(by_unit[unit.id])),
            unit,
            by_unit[unit.id],
        )
        for unit in units
    }
