"""A plan as amended: added, changed and ended targets and tasks, from the day of each amendment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from desktop_app.domain.amendments import amended, counts, earliest_first
from desktop_app.domain.entities import Change, Plan, PlanKind, Target, Task

BASE = Plan(id=1, code="TH", title="T", short_title="T", kind=PlanKind.FIVE_YEAR, start_year=2016, end_year=2020)


def amendment(number: int, day: date | None = date(2018, 1, 1)) -> Plan:
    return replace(BASE, id=number, code=f"BS{number}", kind=PlanKind.AMENDMENT, amends_id=1, effective_from=day)


def target(number: int, plan: int = 1, change: Change | None = None, changed: int | None = None) -> Target:
    return Target(
        id=number,
        plan_id=plan,
        code=f"CT{number:02d}",
        statement=f"S{number}",
        short_statement="",
        change=change,
        changed_target_id=changed,
        order_number=number,
    )


def standing(*amendments: tuple[Plan, list[Any]]) -> list[tuple[str, str, str | None]]:
    found = amended([target(3), target(1), target(2)], amendments)
    return [(item.code, item.statement, by.code if by else None) for item, by in found]


def test_a_plan_without_amendments_stands_in_its_order():
    assert standing() == [("CT01", "S1", None), ("CT02", "S2", None), ("CT03", "S3", None)]


def test_added_targets_follow_after_all_others():
    assert standing((amendment(2), [target(5, 2, Change.ADD), target(4, 2)]))[3:] == [
        ("CT04", "S4", "BS2"),
        ("CT05", "S5", "BS2"),
    ]


def test_a_changed_target_takes_code_and_place_and_an_ended_one_is_gone():
    changes = [target(4, 2, Change.CHANGE, 2), target(5, 2, Change.END, 3)]
    assert standing((amendment(2), changes)) == [("CT01", "S1", None), ("CT02", "S4", "BS2")]


def test_a_later_amendment_changes_what_an_earlier_one_brought():
    first = (amendment(2), [target(4, 2, Change.ADD), target(5, 2, Change.CHANGE, 1)])
    by_new_id = (amendment(3), [target(6, 3, Change.CHANGE, 4), target(7, 3, Change.END, 5)])
    by_old_id = (amendment(3), [target(6, 3, Change.CHANGE, 1), target(7, 3, Change.END, 4)])
    assert standing(first, by_new_id) == [("CT02", "S2", None), ("CT03", "S3", None), ("CT04", "S6", "BS3")]
    assert standing(first, by_old_id) == [("CT01", "S6", "BS3"), ("CT02", "S2", None), ("CT03", "S3", None)]


def test_a_change_of_something_that_is_not_there_is_an_addition_and_an_end_of_it_nothing():
    changes = [target(4, 2, Change.CHANGE, 99), target(5, 2, Change.END, 99), target(6, 2, Change.END, None)]
    assert standing((amendment(2), changes))[3:] == [("CT04", "S4", "BS2")]


def test_an_amendment_counts_from_its_day():
    assert not counts(amendment(2), date(2017, 12, 31))
    assert counts(amendment(2), date(2018, 1, 1))


def test_an_undated_amendment_counts_only_where_that_is_asked_for():
    assert not counts(amendment(2, None), date(2018, 1, 1))
    assert counts(amendment(2, None), date(2018, 1, 1), undated=True)


def test_amendments_count_in_the_order_of_their_days():
    given = [amendment(5, None), amendment(4), amendment(3, date(2019, 1, 1)), amendment(2)]
    assert [plan.id for plan in earliest_first(given)] == [2, 4, 3, 5]


def test_tasks_are_amended_alike():
    own = [Task(id=1, plan_id=1, code="NV01", name="A", order_number=1)]
    new = Task(id=2, plan_id=2, code="NV09", name="B", order_number=1, change=Change.CHANGE, changed_task_id=1)
    assert [(item.code, item.name) for item, _by in amended(own, [(amendment(2), [new])])] == [("NV01", "B")]
