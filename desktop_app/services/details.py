"""What stands behind one cell of the entry grid: its history, its past periods and the targets that use it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain import periods
from desktop_app.domain.entities import Element, Target, Unit
from desktop_app.domain.values import Answer
from desktop_app.services.answers import unit_answers
from desktop_app.services.forms import form_content
from desktop_app.services.history import ValueEvent, value_story
from desktop_app.services.session import Session

RECENT_PERIODS = 12


@dataclass(frozen=True)
class CellDetail:
    """What stands behind one cell.

    Attributes:
        recent: the last twelve periods of the same kind up to this one, oldest first; None where nothing was answered.
        targets: the targets of the plan that expect the unit and are computed from the element.
        events: what happened to the value, newest first.
    """

    element: Element
    unit: Unit
    period: str
    recent: tuple[tuple[str, Answer | None], ...]
    targets: tuple[Target, ...]
    events: tuple[ValueEvent, ...]


def cell_detail(session: Session, plan_code: str, unit_code: str, element_code: str, period: str) -> CellDetail:
    """Return what stands behind a cell.

    Raises:
        UserError: a code is unknown, or the plan has no form for this kind of period.
    """
    unit, element = session.unit(unit_code), session.element(element_code)
    content = form_content(session, session.plan(plan_code), period)
    recent = periods.recent(period, RECENT_PERIODS)
    answers = unit_answers(session, unit, [element], recent)
    return CellDetail(
        element=element,
        unit=unit,
        period=period,
        recent=tuple((code, answers.answer(element, code)) for code in recent),
        targets=tuple(
            target for target in content.targets_for(unit) if element.id in content.element_ids_by_target[target.id]
        ),
        events=value_story(session, unit, element, period).events,
    )
