"""What units answered for other periods, which the figures of a round are compared with; read once per batch."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.domain.entities import Element, Unit, Value, ValueState
from desktop_app.domain.indicators import AnswerBook, Column, Facts
from desktop_app.domain.rules.figures import periods_compared
from desktop_app.services.session import Session
from desktop_app.storage.queries import value_columns


class EarlierFigures:
    """The stored figures of Kỳ trước, of earlier running totals of the year and of the parts of a period.

    Attributes:
        book: what they answer, entered or made of shorter periods, for all units at once.
    """

    def __init__(self, session: Session, elements: Iterable[Element], period: str) -> None:
        known = {element.id: element for element in elements}
        wanted = {key: periods_compared(element, period) for key, element in known.items()}
        columns = value_columns(session.gateway, {key: codes for key, codes in wanted.items() if codes})
        self._columns: dict[int, list[tuple[str, Column]]] = {}
        for (element_id, code), column in columns.items():
            self._columns.setdefault(element_id, []).append((code, column))
        self.book = AnswerBook(
            Facts(
                regime=session.office.regime,
                units={unit.id: unit for unit in session.gateway.list(Unit)},
                root_id=session.root.id,
                elements=known,
                columns=columns,
            )
        )

    def knows(self, element: Element) -> bool:
        """Say whether any unit answered an element for another period."""
        return element.id in self._columns

    def values(self, unit: Unit, element: Element) -> list[Value]:
        """Return what a unit answered to an element for the other periods."""
        found = []
        for code, column in self._columns.get(element.id, ()):
            amount = column.by_unit.get(unit.id)
            if amount is None:
                continue
            special = column.exceptions.get(unit.id)
            is_figure = special is None or special.state in {ValueState.VALUE, ValueState.ZERO}
            found.append(
                Value(
                    unit_id=unit.id,
                    element_id=element.id,
                    period=code,
                    state=special.state if special else ValueState.VALUE if amount else ValueState.ZERO,
                    amount=amount if is_figure else None,
                    note=special.note if special else None,
                )
            )
        return found
