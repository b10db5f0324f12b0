"""A plan as amended: what stands in it on a day (figures.md, plan kinds)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from desktop_app.domain.entities import Change, Plan, Target, Task

Item = TypeVar("Item", Target, Task)


def effective_day(amendment: Plan) -> date:
    """Return the day from which an amendment counts.

    One whose day is not fully known counts from the first day of its first year.
    """
    return amendment.effective_from or amendment.issued_on or date(amendment.start_year, 1, 1)


def in_effect(
    items: Iterable[Item], amendments: Iterable[Plan], changes: Mapping[int, Sequence[Item]], on: date
) -> list[Item]:
    """Return the targets or tasks of a plan that stand on a day.

    A changed item stands in the place of the one that it changes; added ones follow after all others. An amendment may
    change what an earlier one added.

    Args:
        items: the plan's own, in order.
        amendments: the plans that amend it.
        changes: by plan id, the targets or tasks of each amendment, in order.
        on: the day.
    """
    standing = {item.id: item for item in items}
    counting = [amendment for amendment in amendments if effective_day(amendment) <= on]
    for amendment in sorted(counting, key=lambda plan: (effective_day(plan), plan.id)):
        for item in changes.get(amendment.id, ()):
            standing = _changed(standing, item)
    return list(standing.values())


def _changed(standing: dict[int, Item], item: Item) -> dict[int, Item]:
    """Return what stands after one change, by the id under which a later amendment refers to it."""
    old = item.changed_target_id if isinstance(item, Target) else item.changed_task_id
    if item.change is Change.END:
        return {key: kept for key, kept in standing.items() if key != old}
    if old not in standing:
        return {**standing, item.id: item}
    return {(item.id if key == old else key): (item if key == old else kept) for key, kept in standing.items()}
