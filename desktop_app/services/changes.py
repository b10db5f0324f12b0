"""What one operation changed, row by row, in words that people can read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

from desktop_app.domain.entities import Element, Unit, ValueState
from desktop_app.domain.specs import REGISTRY
from desktop_app.domain.values import Answer, format_answer
from desktop_app.services.session import Session
from desktop_app.storage.history import ChangeRecord, OperationRecord, changes_of

__all__ = ["FigureChange", "OperationChanges", "OperationRecord", "operation_changes"]


@dataclass(frozen=True)
class FigureChange:
    """One changed figure.

    Attributes:
        before: as people read it; "" where there was none.
        note_before: the explanation before; None where the explanation did not change.
    """

    unit: Unit
    element: Element
    period: str
    before: str
    after: str
    note_before: str | None = None
    note_after: str | None = None


@dataclass(frozen=True)
class OperationChanges:
    """Everything that one operation changed.

    Attributes:
        figures: changed figures, in the order in which they were written.
        others: how many rows of every other concept changed, by its English label, the most numerous first.
    """

    figures: tuple[FigureChange, ...]
    others: tuple[tuple[str, int], ...]


def operation_changes(session: Session, operation_id: int) -> OperationChanges:
    """Return what an operation changed.

    Raises:
        UserError: ``operation_unknown``.
    """

    @cache
    def element_of(element_id: int) -> Element | None:
        return session.gateway.get(Element, element_id)

    @cache
    def unit_of(unit_id: int) -> Unit | None:
        return session.gateway.get(Unit, unit_id)

    figures: list[FigureChange] = []
    others: Counter[str] = Counter()
    for record in changes_of(session.database, operation_id):
        if record.entity == "value":
            period, element_id, unit_id = record.key
            element, unit = element_of(element_id), unit_of(unit_id)
            if element is not None and unit is not None:
                figures.append(_figure_change(record, unit, element, period))
                continue
        others[REGISTRY[record.entity].label] += 1
    return OperationChanges(tuple(figures), tuple(others.most_common()))


def _figure_change(record: ChangeRecord, unit: Unit, element: Element, period: str) -> FigureChange:
    before, after = record.before or {}, record.after or {}
    has_note = "note" in before or "note" in after
    return FigureChange(
        unit=unit,
        element=element,
        period=period,
        before=_shown(element, record.before, after),
        after=_shown(element, record.after, before),
        note_before=(before.get("note") or "") if has_note else None,
        note_after=(after.get("note") or "") if has_note else None,
    )


def _shown(element: Element, side: dict[str, Any] | None, other: dict[str, Any]) -> str:
    """Write one side of a change; the log keeps changed fields only, so an amount alone is a value."""
    if side is None or not side.keys() & {"state", "amount", "text"}:
        return ""
    state = ValueState(side["state"]) if "state" in side else _state_beside(other)
    return format_answer(element, Answer(state, side.get("amount"), side.get("text")))


def _state_beside(other: dict[str, Any]) -> ValueState:
    return ValueState(other["state"]) if "state" in other else ValueState.VALUE
