"""A plan as amended: added, changed and ended targets and tasks, from the day of each amendment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from desktop_app.domain.amendments import effective_day, in_effect
from desktop_app.domain.entities import Change, Plan, PlanKind, Target, Task

BASE = Plan(id=1, code="TH", title="T", short_title="T", kind=PlanKind.FIVE_YEAR, start_year=2016, end_year=2020)


def amendment(number: int, day: date | None) -> Plan:
    return replace(BASE, id=number, code=f"BS{number}", kind=PlanKind.AMENDMENT, amends_id=1, effective_from=day)


def target(number: int, plan: int = 1, change: Change | None = None, changed: int | None = None) -> Target:
    return Target(
        id=number,
        plan_id=plan,
        code=f"CT{number:02d}",
        statement="",
        short_statement="",
        change=change,
        changed_target_id=changed,
        order_number=number,
    )


def codes(items: list[Any]) -> list[str]:
    return [item.code for item in items]


OWN = [target(1), target(2), target(3)]


def test_before_its_day_an_amendment_changes_nothing():
    changes = {2: [target(4, 2, Change.ADD)]}
    assert codes(in_effect(OWN, [amendment(2, date(2018, 1, 1))], changes, date(2017, 12, 31))) == ["CT01", "CT02", "CT03"]
    assert codes(in_effect(OWN, [amendment(2, date(2018, 1, 1))], changes, date(2018, 1, 1)))[-1] == "CT04"


def test_a_changed_target_stands_in_the_place_of_the_old_one_and_an_ended_one_is_gone():
    changes = {2: [target(4, 2, Change.CHANGE, 2), target(5, 2, Change.END, 3), target(6, 2, Change.ADD)]}
    assert codes(in_effect(OWN, [amendment(2, date(2018, 1, 1))], changes, date(2019, 1, 1))) == ["CT01", "CT04", "CT06"]


def test_a_later_amendment_changes_what_an_earlier_one_brought():
    changes = {
        2: [target(4, 2, Change.ADD), target(5, 2, Change.CHANGE, 1)],
        3: [target(6, 3, Change.CHANGE, 4), target(7, 3, Change.END, 5)],
    }
    late_first = [amendment(3, date(2019, 1, 1)), amendment(2, date(2018, 1, 1))]
    assert codes(in_effect(OWN, late_first, changes, date(2020, 1, 1))) == ["CT02", "CT03", "CT06"]


def test_a_change_of_something_that_is_gone_is_an_addition():
    changes = {2: [target(4, 2, Change.CHANGE, 99)]}
    assert codes(in_effect(OWN, [amendment(2, date(2018, 1, 1))], changes, date(2019, 1, 1)))[-1] == "CT04"


def test_an_amendment_without_a_full_date_counts_from_what_is_known():
    undated = amendment(2, None)
    assert effective_day(undated) == date(2016, 1, 1)
    assert effective_day(replace(undated, issued_on=date(2016, 9, 20))) == date(2016, 9, 20)
    assert codes(in_effect(OWN, [undated], {}, date(2017, 1, 1))) == ["CT01", "CT02", "CT03"]


def test_tasks_are_amended_alike():
    own = [Task(id=1, plan_id=1, code="NV01", name="N", order_number=1)]
    new = Task(id=2, plan_id=2, code="NV02", name="N", order_number=1, change=Change.CHANGE, changed_task_id=1)
    assert codes(in_effect(own, [amendment(2, date(2018, 1, 1))], {2: [new]}, date(2018, 1, 1))) == ["NV02"]
