"""What a round's returns are held against: what was asked, what was issued, what came before, what the file holds now."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property

from desktop_app.domain.entities import (
    Deployment,
    Element,
    Indicator,
    Issuance,
    Plan,
    Return,
    ReturnStatus,
    Round,
    System,
    Task,
    TaskReport,
    Unit,
    Value,
)
from desktop_app.domain.rules.figures import BOUNDED
from desktop_app.services import cells
from desktop_app.services.cells import CellKey, Cells
from desktop_app.services.collecting.earlier import EarlierFigures
from desktop_app.services.forms import FormContent, asked_units, form_content, round_of
from desktop_app.services.session import Session
from desktop_app.services.task_reports import TaskBook


@cache
def sheet_kinds() -> Mapping[str, str]:
    """Return what the rows of each sheet of the contract are."""
    from desktop_app.exchange.layout import FIGURES_SHEET, SYSTEMS_SHEET, TASKS_SHEET

    return {FIGURES_SHEET: cells.FIGURE, SYSTEMS_SHEET: cells.SYSTEM, TASKS_SHEET: cells.TASK}


class UnitDesk:
    """One unit's part of a round.

    Attributes:
        unit: whose returns are held against it.
        elements: asked of the unit, by code in lower case.
        systems: asked of the unit, by code in lower case.
        tasks: led by the unit, by code in lower case.
        asked: the three of them, by what they are.
        share_indicators: those that compare a part with its whole, both of which the unit is asked for.
        share_elements: their parts and wholes.
        current: what the file holds, with what the batch has taken so far.
        wrote: the last content that each cell was given by a return of the round; a rejected one counts no more.
        known: SHA-256 → id of the returns that are kept and not rejected.
        rejected: SHA-256 → return that was rejected.
        seen: name of the first file of this batch, by SHA-256.
    """

    def __init__(self, desk: RoundDesk, unit: Unit) -> None:
        self.unit = unit
        self.period = desk.period
        self.elements: dict[str, Element] = {item.code.casefold(): item for item in desk.content.elements_for(unit)}
        self.systems: dict[str, System] = {item.code.casefold(): item for item in desk.content.systems_for(unit)}
        self.tasks: dict[str, Task] = {item.code.casefold(): item for item in desk.content.tasks_for(unit)}
        self.asked: Mapping[str, Mapping[str, Element | System | Task]] = {
            cells.FIGURE: self.elements,
            cells.SYSTEM: self.systems,
            cells.TASK: self.tasks,
        }
        shares = [item for item in desk.shares if self._asks(item, desk.element_codes)]
        self.share_indicators: tuple[Indicator, ...] = tuple(shares)
        parts = {key for item in shares for key in (item.numerator_id, item.denominator_id)}
        self.share_elements: tuple[Element, ...] = tuple(item for item in self.elements.values() if item.id in parts)
        self.current = desk.current(self)
        self._held = dict(self.current)
        self.wrote: Cells = {}
        self.known: dict[str, int] = {}
        self.rejected: dict[str, Return] = {item.sha256: item for item in desk.rejected.get(unit.id, ())}
        self.seen: dict[str, str] = {}
        for item in desk.returns.get(unit.id, ()):
            self.known[item.sha256] = item.id
            self.wrote.update(cells.wrote_of(item.cells_json))

    def _asks(self, share: Indicator, codes: Mapping[int, str]) -> bool:
        """Say whether the unit is asked for both parts of a share."""
        return all(codes.get(key or 0) in self.elements for key in (share.numerator_id, share.denominator_id))

    def rewind(self) -> None:
        """Forget what the batch has taken so far."""
        self.current = dict(self._held)

    def learn(self, other: UnitDesk, taken: Cells) -> None:
        """Take note of what a file of another round takes of the same unit: a deployment belongs to no period.

        Args:
            other: the unit's part of the round of that file; this one for a file of its own.
            taken: the cells as they stand afterwards.
        """
        shared = taken if other.period == self.period else {key: taken[key] for key in taken if key.kind == cells.SYSTEM}
        self.current.update(shared)

    def base(self, key: CellKey, issued: Cells) -> cells.Content:
        """Return the base of a cell: what a return of the round wrote, if the file still holds it; else the issue."""
        if key in self.wrote and self.wrote[key] == self._held.get(key):
            return self.wrote[key]
        return issued.get(key)


class RoundDesk:
    """Everything about one round, loaded once for all files of a batch."""

    def __init__(self, session: Session, plan: Plan, period: str) -> None:
        self.session = session
        self.period = period
        self.regime = session.office.regime
        self.content: FormContent = form_content(session, plan, period)
        self.round: Round | None = round_of(session, self.content.form, period)
        self.asked = asked_units(session, self.content, period)
        self.shares = tuple(item for item in self.content.indicators if item.is_share)
        self.element_codes = {item.id: item.code.casefold() for item in self.content.elements}
        self.returns: dict[int, list[Return]] = {}
        self.rejected: dict[int, list[Return]] = {}
        self.issuances: dict[str, Issuance] = {}
        gateway = session.gateway
        if self.round is not None:
            self.issuances = {item.issue_id: item for item in gateway.list(Issuance, round_id=self.round.id)}
            for item in gateway.list_light(Return, order_by="id", round_id=self.round.id):
                stands = item.status is not ReturnStatus.REJECTED
                (self.returns if stands else self.rejected).setdefault(item.unit_id, []).append(item)
        self._values: dict[tuple[int, int], Value] = {
            (item.unit_id, item.element_id): item for item in gateway.list(Value, period=period)
        }
        self._deployments = {(item.unit_id, item.system_id): item for item in gateway.list(Deployment)}
        self._reports = {item.task_id: item for item in gateway.list(TaskReport, period=period)}
        self._units: dict[int, UnitDesk] = {}

    @cached_property
    def earlier(self) -> EarlierFigures:
        """What the units answered for the other periods that figures of this one are compared with."""
        return EarlierFigures(self.session, self.content.elements, self.period)

    @cached_property
    def task_book(self) -> TaskBook:
        """What was reported on the tasks for other periods, and their money."""
        return TaskBook(self.session)

    @cached_property
    def watched(self) -> tuple[tuple[str, Element], ...]:
        """The elements whose figures may be out of bounds or out of line with other periods, by code in lower case."""
        found = (item for item in self.content.elements if item.kind in BOUNDED or self.earlier.knows(item))
        return tuple((item.code.casefold(), item) for item in found)

    def unit(self, unit: Unit) -> UnitDesk:
        """Return one unit's part."""
        if unit.id not in self._units:
            self._units[unit.id] = UnitDesk(self, unit)
        return self._units[unit.id]

    def current(self, desk: UnitDesk) -> Cells:
        """Return what the file holds in the input cells of a unit."""
        unit_id = desk.unit.id
        found: Cells = {}
        for element in desk.elements.values():
            found.update(cells.value_cells(element.code, self._values.get((unit_id, element.id))))
        for system in desk.systems.values():
            found.update(cells.row_cells(cells.SYSTEM, system.code, self._deployments.get((unit_id, system.id))))
        for task in desk.tasks.values():
            found.update(cells.row_cells(cells.TASK, task.code, self._reports.get(task.id)))
        return found
