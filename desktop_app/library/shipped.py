"""What the library hands out: bundled data as entities that are not saved yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from desktop_app.domain.entities import Plan, Task, Unit
from desktop_app.domain.kinds import Ref
from desktop_app.domain.specs import REGISTRY, EntitySpec, spec_of

E = TypeVar("E")


@dataclass(frozen=True)
class Sample:
    """One sample as lists show it.

    Attributes:
        name: what ``new --sample`` takes.
        title: what people read, Vietnamese.
    """

    name: str
    title: str


@dataclass(frozen=True)
class Shipped:
    """Bundled data as entities.

    Ids are provisional: rows of one entity are numbered from 1, and references between them use those numbers, so that
    the rules of the domain work on shipped data as on saved data. Whoever saves them replaces the ids (:meth:`batches`).

    Attributes:
        name: sample or plan that this is.
        title: its title, Vietnamese.
        regime: calendar of periods, ``nd09`` or ``calendar``.
        illustrative: True where the sample holds or invites made-up figures.
        groups: rows by entity name, in the order of their provisional ids.
    """

    name: str
    title: str
    regime: str
    illustrative: bool
    groups: Mapping[str, tuple[Any, ...]]

    def of(self, cls: type[E]) -> tuple[E, ...]:
        """Return the rows of one entity class, in the order they were shipped."""
        return self.groups.get(spec_of(cls).name, ())

    def by_code(self, cls: type[E], code: str) -> E:
        """Return the first row of a class with a code.

        Raises:
            KeyError: there is none.
        """
        for row in self.of(cls):
            if getattr(row, "code", None) == code:
                return row
        raise KeyError(code)

    def task_leads(self) -> dict[tuple[str, str], str]:
        """Return the code of the unit that leads each task, by plan code and task code; tasks without one are left out."""
        plans = {plan.id: plan.code for plan in self.of(Plan)}
        units = {unit.id: unit.code for unit in self.of(Unit)}
        return {
            (plans[task.plan_id], task.code): units[task.lead_unit_id]
            for task in self.of(Task)
            if task.lead_unit_id is not None
        }

    def batches(self) -> Iterator[tuple[EntitySpec, tuple[Any, ...]]]:
        """Yield rows in an order in which everything that a row refers to comes in an earlier batch."""
        for name in _saving_order(self.groups):
            spec = REGISTRY[name]
            for generation in _generations(spec, self.groups[name]):
                yield spec, generation


def references(spec: EntitySpec) -> dict[str, str]:
    """Return the reference fields of an entity with the entity that each points to."""
    return {field.name: field.kind.target for field in spec.fields.values() if isinstance(field.kind, Ref)}


def _saving_order(groups: Mapping[str, object]) -> list[str]:
    order: list[str] = []

    def visit(name: str) -> None:
        for target in references(REGISTRY[name]).values():
            if target in groups and target != name and target not in order:
                visit(target)
        if name not in order:
            order.append(name)

    for name in groups:
        visit(name)
    return order


def _generations(spec: EntitySpec, rows: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Split the rows of an entity that refers to itself, so that the row referred to comes first."""
    own = [field for field, target in references(spec).items() if target == spec.name]
    if not own:
        yield rows
        return
    left = list(rows)
    done: set[int | None] = {None}
    while left:
        ready = tuple(row for row in left if all(getattr(row, field) in done for field in own))
        if not ready:
            raise ValueError(spec.name)
        yield ready
        done.update(row.id for row in ready)
        left = [row for row in left if row.id not in done]
