"""What a form holds: which data elements, systems and tasks each unit is asked for.

A unit is asked when a target expects it or when it leads a task; its elements are those that the targets whose scope
covers it need and that are asked for this kind of period (figures.md, "Units, elements, values").
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from desktop_app.domain import periods
from desktop_app.domain.entities import (
    Change,
    Element,
    Exemption,
    Form,
    Indicator,
    PeriodKind,
    Plan,
    Round,
    System,
    Target,
    Task,
    Unit,
    UnitKind,
)
from desktop_app.domain.indicators import elements_of, is_valid
from desktop_app.domain.indicators.rollup import ROOT_ONLY
from desktop_app.domain.issues import UserError
from desktop_app.services.progress import targets_in_effect
from desktop_app.services.session import Session

SECTION_TITLES = {
    "HT": "Hạ tầng kỹ thuật",
    "NB": "Ứng dụng trong nội bộ cơ quan nhà nước",
    "DV": "Phục vụ người dân và doanh nghiệp",
    "AT": "An toàn, an ninh thông tin",
    "NL": "Nguồn nhân lực",
    "CS": "Cơ chế, chính sách",
    "KP": "Kinh phí",
    "KS": "Chỉ số, xếp hạng",
}
"""Official Vietnamese titles of the sections that shipped elements stand in; another section is its own title."""
_SECTION_ORDER = {code: index for index, code in enumerate(SECTION_TITLES)}
_LETTERS = "ABCDEGHIKLMNOPQRSTUVXY"


def section_title(code: str) -> str:
    """Return the title of a section of elements."""
    return SECTION_TITLES.get(code, code)


def section_letter(index: int) -> str:
    """Return the letter that numbers a section, ``index`` from 0."""
    return _LETTERS[index % len(_LETTERS)]


class _Asked(NamedTuple):
    """What a form asks units of one kind for."""

    targets: tuple[Target, ...]
    elements: tuple[Element, ...]
    systems: tuple[System, ...]


@dataclass(frozen=True)
class FormContent:
    """A plan's form for one kind of period, with everything needed to say what each unit is asked for."""

    plan: Plan
    form: Form
    root_id: int
    targets: tuple[Target, ...]
    element_ids_by_target: dict[int, frozenset[int]]
    system_codes_by_target: dict[int, frozenset[str]]
    exempted: frozenset[tuple[int, int]]
    root_only: frozenset[int]
    indicators: tuple[Indicator, ...]
    elements: tuple[Element, ...]
    systems: tuple[System, ...]
    tasks: tuple[Task, ...]

    def targets_for(self, unit: Unit) -> list[Target]:
        """Return the targets that expect a unit."""
        return list(self._asked(unit).targets)

    def elements_for(self, unit: Unit) -> list[Element]:
        """Return the elements that a unit is asked for, in the order of the form."""
        return list(self._asked(unit).elements)

    def systems_for(self, unit: Unit) -> list[System]:
        """Return the systems whose state a unit is asked for."""
        return list(self._asked(unit).systems)

    def tasks_for(self, unit: Unit) -> list[Task]:
        """Return the tasks that a unit leads."""
        return list(self._tasks.get(unit.id, ()))

    def _asked(self, unit: Unit) -> _Asked:
        """Return what a unit is asked for; units of one kind with the same exemptions share the answer."""
        key = (unit.kind, unit.id == self.root_id, self._exempted.get(unit.id, frozenset()))
        found = self._known.get(key)
        if found is None:
            targets = tuple(item for item in self.targets if self._expects(item, unit))
            needed = {key for item in targets for key in self.element_ids_by_target[item.id]}
            codes = {code for item in targets for code in self.system_codes_by_target[item.id]}
            elements = tuple(item for item in self.elements if item.id in needed)
            systems = tuple(item for item in self.systems if str(unit.kind) in item.scope or item.code in codes)
            found = self._known[key] = _Asked(targets, elements, systems)
        return found

    def _expects(self, target: Target, unit: Unit) -> bool:
        if (target.id, unit.id) in self.exempted:
            return False
        if target.id in self.root_only or not target.scope:
            return unit.id == self.root_id
        return unit.kind in target.scope

    @cached_property
    def _known(self) -> dict[tuple[UnitKind, bool, frozenset[int]], _Asked]:
        return {}

    @cached_property
    def _exempted(self) -> dict[int, frozenset[int]]:
        """Unit → the targets that it is exempted from."""
        found: dict[int, set[int]] = {}
        for target_id, unit_id in self.exempted:
            found.setdefault(unit_id, set()).add(target_id)
        return {unit_id: frozenset(targets) for unit_id, targets in found.items()}

    @cached_property
    def _tasks(self) -> dict[int, list[Task]]:
        """Unit → the tasks that it leads."""
        found: dict[int, list[Task]] = {}
        for task in self.tasks:
            found.setdefault(task.lead_unit_id or 0, []).append(task)
        return found

    def asks(self, unit: Unit) -> bool:
        """Say whether a unit gets a workbook."""
        return bool(self.targets_for(unit) or self.tasks_for(unit))


def form_of(session: Session, plan: Plan, kind: PeriodKind) -> Form:
    """Return the form of a plan for a kind of period.

    Raises:
        UserError: no target of the plan is asked for this kind of period.
    """
    found = session.gateway.list(Form, plan_id=plan.id, period_kind=kind)
    if not found:
        raise UserError("form_missing", plan=plan.code, kind=str(kind))
    return found[0]


def form_content(session: Session, plan: Plan, period: str) -> FormContent:
    """Load the form of a plan for the kind of a period.

    Raises:
        UserError: the period is unknown, or the plan has no form for its kind.
    """
    kind = periods.kind_of(period)
    form = form_of(session, plan, kind)
    gateway = session.gateway
    targets = sorted(
        (item for item in targets_in_effect(session, plan, period) if item.change is not Change.END),
        key=lambda item: item.order_number,
    )
    indicators = {item.id: item for item in gateway.list(Indicator)}
    asked = {item.id: item for item in gateway.list(Element) if kind in item.period_kinds}
    needed = {item.id: _needed(item, indicators) & asked.keys() for item in targets}
    used = {key for keys in needed.values() for key in keys}
    exempted = frozenset((item.target_id, item.unit_id) for item in gateway.list(Exemption))
    tasks = sorted(
        (item for item in gateway.list(Task, plan_id=plan.id) if item.change is not Change.END and item.lead_unit_id),
        key=lambda item: item.order_number,
    )
    return FormContent(
        plan=plan,
        form=form,
        root_id=session.root.id,
        targets=tuple(targets),
        element_ids_by_target={key: frozenset(ids) for key, ids in needed.items()},
        system_codes_by_target={item.id: _systems(item, indicators) for item in targets},
        exempted=exempted,
        root_only=frozenset(item.id for item in targets if _is_root_only(item, indicators)),
        indicators=_used(targets, indicators),
        elements=tuple(sorted((asked[key] for key in used), key=_element_order)),
        systems=tuple(sorted(gateway.list(System), key=lambda item: (item.order_number, item.code))),
        tasks=tuple(tasks),
    )


def _element_order(element: Element) -> tuple[int, str, int, str]:
    place = _SECTION_ORDER.get(element.section, len(_SECTION_ORDER))
    return (place, element.section, element.order_number, element.code)


def _used(targets: Iterable[Target], indicators: dict[int, Indicator]) -> tuple[Indicator, ...]:
    """Return the indicators of targets, with those that they are the growth of."""
    return tuple({item.id: item for target in targets for item in _chain(target, indicators)}.values())


def _chain(target: Target, indicators: dict[int, Indicator]) -> list[Indicator]:
    """Return a target's indicator, its base, and so on."""
    chain: list[Indicator] = []
    indicator = indicators.get(target.indicator_id or 0)
    while indicator is not None and indicator not in chain:
        chain.append(indicator)
        indicator = indicators.get(indicator.base_id or 0)
    return chain


def _needed(target: Target, indicators: dict[int, Indicator]) -> set[int]:
    """Return the ids of the elements that a target's indicator is computed from, its base included."""
    chain = _chain(target, indicators)
    return {key for indicator in chain for key in elements_of(indicator) if key is not None}


def _is_root_only(target: Target, indicators: dict[int, Indicator]) -> bool:
    indicator = indicators.get(target.indicator_id or 0)
    return indicator is not None and indicator.type in ROOT_ONLY


def _systems(target: Target, indicators: dict[int, Indicator]) -> frozenset[str]:
    indicator = indicators.get(target.indicator_id or 0)
    return frozenset(indicator.condition_systems if indicator else ())


def asked_units(session: Session, content: FormContent, period: str) -> list[Unit]:
    """Return the units that a round asks, valid on the last day of the window, in official order."""
    last_day = periods.window(period, session.office.regime)[1]
    units = (item for item in session.gateway.list(Unit) if is_valid(item, last_day))
    return sorted((item for item in units if content.asks(item)), key=lambda item: (item.order_number, item.code))


def round_of(session: Session, form: Form, period: str) -> Round | None:
    """Return the round of a form for a period, if workbooks were issued or a due date was set."""
    found = session.gateway.list(Round, form_id=form.id, period=period)
    return found[0] if found else None


def due_on(session: Session, form: Form, period: str) -> date:
    """Return when the returns of a form are due: as set for the round, else the last day of the window."""
    found = round_of(session, form, period)
    return found.due_on if found else periods.window(period, session.office.regime)[1]


def sections_of(elements: Iterable[Element]) -> list[tuple[str, str, list[Element]]]:
    """Group elements, given in the order of the form, into sections.

    Returns:
        (section code, its numbered title such as ``A. Hạ tầng kỹ thuật``, its elements), in order.
    """
    grouped: dict[str, list[Element]] = {}
    for element in elements:
        grouped.setdefault(element.section, []).append(element)
    return [
        (code, f"{section_letter(index)}. {section_title(code)}", found)
        for index, (code, found) in enumerate(grouped.items())
    ]
