"""A plan as amended: what stands in it on a day (figures.md, plan kinds)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import TypeVar

from desktop_app.domain.entities import Change, Plan, Target, Task

Item = TypeVar("Item", Target, Task)
_BY_ORDER = attrgetter("order_number", "id")


def counts(amendment: Plan, day: date, *, undated: bool = False) -> bool:
    """Say whether an amendment counts on a day.

    One without a date counts only where ``undated`` is True, because nobody can say whether it was in force on a given day.
    """
    return undated if amendment.effective_from is None else amendment.effective_from <= day


def earliest_first(amendments: Iterable[Plan]) -> list[Plan]:
    """Return amendments in the order in which they count, those without a date last."""
    return sorted(amendments, key=lambda plan: (plan.effective_from is None, plan.effective_from or date.min, plan.id))


def amended(items: Iterable[Item], amendments: Iterable[tuple[Plan, Sequence[Item]]]) -> list[tuple[Item, Plan | None]]:
    """Return the targets or tasks that stand in a plan, each with the amendment that added or changed it.

    A changed item takes the code and the place of the one that it changes; added ones follow after all others. An amendment
    may change what an earlier one added.

    Args:
        items: the plan's own.
        amendments: those that count, earliest first, each with its targets or tasks.
    """
    standing: dict[int, tuple[Item, Plan | None]] = {item.id: (item, None) for item in sorted(items, key=_BY_ORDER)}
    place_of = {key: key for key in standing}  # a later amendment may name what an earlier one put in the old one's place
    for amendment, changes in amendments:
        for item in sorted(changes, key=_BY_ORDER):
            named = item.changed_target_id if isinstance(item, Target) else item.changed_task_id
            place = place_of.get(named or 0, item.id)
            if item.change is Change.END:
                standing.pop(place, None)
            elif item.change is Change.CHANGE and place in standing:
                before = standing[place][0]
                standing[place] = (replace(item, code=before.code, order_number=before.order_number), amendment)
                place_of[item.id] = place
            else:
                standing[item.id] = (item, amendment)
                place_of[item.id] = item.id
    return list(standing.values())
