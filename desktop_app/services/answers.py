"""The answers of units to some elements over some periods, with what is doubtful about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop_app.domain import periods
from desktop_app.domain.entities import Element, ElementKind, Indicator, Unit, Value, ValueState
from desktop_app.domain.indicators.answers import AnswerBook, Facts, pack
from desktop_app.domain.issues import Issue
from desktop_app.domain.rules.figures import UnitFigures, check_figures
from desktop_app.domain.values import NOT_APPLICABLE, Answer
from desktop_app.services.session import Session


class UnitAnswers:
    """What one unit answered, by element and period."""

    def __init__(self, facts: Facts, unit: Unit, values: Iterable[Value]) -> None:
        self.facts = facts
        self.unit = unit
        self._values = {(item.element_id, item.period): item for item in values}
        self._book = AnswerBook(facts)

    def stored(self, element: Element, period: str) -> Value | None:
        """Return the row of an element and period."""
        return self._values.get((element.id, period))

    def issues(self, period: str, indicators: Sequence[Indicator]) -> dict[str, list[Issue]]:
        """Return what is doubtful about the answers of a period, by element code."""
        found: dict[str, list[Issue]] = {}
        figures = UnitFigures(self.facts, self.unit, tuple(self._values.values()), period, indicators)
        for issue in check_figures(figures):
            found.setdefault(issue.place.item, []).append(issue)
        return found

    def answer(self, element: Element, period: str) -> Answer | None:
        """Return the answer of a period, made of its parts where it was not entered itself; None where there is none."""
        found, unit_id = self._book.answers(element.id, period), self.unit.id
        if unit_id in found.not_applicable:
            return NOT_APPLICABLE
        if unit_id in found.texts:
            return Answer(ValueState.VALUE, text=found.texts[unit_id])
        if unit_id in found.amounts:
            amount = found.amounts[unit_id]
            is_zero = amount == 0 and element.kind is not ElementKind.YES_NO
            return Answer(ValueState.ZERO if is_zero else ValueState.VALUE, amount)
        return None


def unit_answers(session: Session, unit: Unit, elements: Iterable[Element], wanted: Iterable[str]) -> UnitAnswers:
    """Load what a unit answered for some periods, and for every shorter one that they can be made of."""
    return round_answers(session, [unit], elements, wanted)[unit.id]


def round_answers(
    session: Session, units: Sequence[Unit], elements: Iterable[Element], wanted: Iterable[str]
) -> dict[int, UnitAnswers]:
    """Load the same for many units at one go, by unit id."""
    codes = {part for code in wanted for part in (*periods.periods_needed(code), *periods.shorter_ending_same_day(code))}
    by_id = {element.id: element for element in elements}
    by_unit: dict[int, list[Value]] = {unit.id: [] for unit in units}
    for value in session.gateway.list(Value, period=codes, element_id=set(by_id), unit_id=set(by_unit)):
        if value.element_id in by_id:
            by_unit[value.unit_id].append(value)
    regime, root_id = session.office.regime, session.root.id
    return {
        unit.id: UnitAnswers(
            Facts(regime=regime, units={unit.id: unit}, root_id=root_id, elements=by_id, columns=pack(by_unit[unit.id])),
            unit,
            by_unit[unit.id],
        )
        for unit in units
    }
