"""Checks inside one row of the sheets ``Hệ thống`` and ``Nhiệm vụ``, and against the row of the period before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.entities import Deployment, DeploymentStatus, System, Task, TaskReport, TaskStatus
from desktop_app.domain.issues import Issue, Place
from desktop_app.text.catalogue import Param
from desktop_app.text.money import format_money

COMPLETE = 100
"""Per cent of a task that is done."""
SLIP_FACTOR = 1000
"""Money grew by a slip of the unit when it is so many times the last: nghìn đồng or đồng for triệu đồng (own definition)."""
LARGEST_VND = 10**13
"""Ten thousand tỷ đồng, in đồng: more than was paid for any task of such a plan (own definition)."""
_RESTING = {TaskStatus.NOT_STARTED, TaskStatus.CANCELLED}


@dataclass(frozen=True)
class TaskPicture:
    """A task with what was reported on it.

    Attributes:
        unit_code: the unit that reports.
        before: the last report of an earlier period, None where there is none.
        disbursed_by_source_vnd: sum of what was entered as disbursed by source, in đồng; None where nothing was entered.
        allotted_vnd: what was allotted to the task up to the year of the period, in đồng; None where nothing was entered.
    """

    task: Task
    unit_code: str
    report: TaskReport
    before: TaskReport | None = None
    disbursed_by_source_vnd: int | None = None
    allotted_vnd: int | None = None

    def issue(self, code: str, **params: Param) -> Issue:
        """Return an issue at this task."""
        return Issue(code, {"code": self.task.code, **params}, Place(unit=self.unit_code, item=self.task.code))


def check_task(picture: TaskPicture) -> list[Issue]:
    """Return everything doubtful about the report on a task; a note of the unit settles it."""
    if picture.report.note and picture.report.note.strip():
        return []
    return [*_progress(picture), *_money(picture)]


def _progress(picture: TaskPicture) -> Iterator[Issue]:
    status, percent = picture.report.status, picture.report.percent
    if percent is None:
        return
    if status is TaskStatus.DONE and percent < COMPLETE:
        yield picture.issue("task_done_not_complete", percent=percent)
    if percent == COMPLETE and status is not None and status is not TaskStatus.DONE:
        yield picture.issue("task_complete_not_done")
    if status is TaskStatus.NOT_STARTED and 0 < percent < COMPLETE:
        yield picture.issue("task_not_started_but_moving", percent=percent)
    if picture.before and picture.before.percent is not None and percent < picture.before.percent:
        yield picture.issue("task_percent_falls", percent=percent, before=picture.before.percent)


def _money(picture: TaskPicture) -> Iterator[Issue]:
    disbursed = picture.report.disbursed_vnd
    if disbursed is None:
        return
    shown = format_money(disbursed)
    if disbursed and picture.report.status in _RESTING and picture.before is None:
        yield picture.issue("task_resting_but_paid", disbursed=shown)
    if picture.before and picture.before.disbursed_vnd is not None and disbursed < picture.before.disbursed_vnd:
        yield picture.issue("task_disbursed_falls", disbursed=shown, before=format_money(picture.before.disbursed_vnd))
    last = picture.before.disbursed_vnd if picture.before else None
    if last and disbursed >= SLIP_FACTOR * last:
        yield picture.issue("task_disbursed_jumps", disbursed=shown, before=format_money(last))
    elif disbursed >= LARGEST_VND:
        yield picture.issue("task_disbursed_huge", disbursed=shown)
    by_source = picture.disbursed_by_source_vnd
    if by_source is not None and by_source != disbursed:
        yield picture.issue("task_disbursed_differs", disbursed=shown, total=format_money(by_source))
    if picture.allotted_vnd is not None and disbursed > picture.allotted_vnd:
        yield picture.issue("task_disbursed_above_allotted", disbursed=shown, allotted=format_money(picture.allotted_vnd))


def check_deployment(system: System, unit_code: str, deployment: Deployment, last_day: date) -> list[Issue]:
    """Return everything doubtful about the state of a system at a unit; a note of the unit settles all but a missing day.

    Args:
        system: the system.
        unit_code: the unit that reports.
        deployment: what it says.
        last_day: last day of the window of the period that is reported on.
    """
    place = Place(unit=unit_code, item=system.code)
    in_use = deployment.status is DeploymentStatus.IN_USE
    if in_use and deployment.since_on is None:
        return [Issue("system_since_missing", {"name": system.name}, place)]
    if deployment.note and deployment.note.strip():
        return []
    issues: list[Issue] = []
    if in_use and deployment.since_on is not None and deployment.since_on > last_day:
        params: dict[str, Param] = {"name": system.name, "since": deployment.since_on, "day": last_day}
        issues.append(Issue("system_since_later", params, place))
    if in_use and deployment.users == 0:
        issues.append(Issue("system_without_users", {"name": system.name}, place))
    if deployment.status is DeploymentStatus.NOT_YET and deployment.users:
        issues.append(Issue("system_used_before_deployed", {"name": system.name, "users": deployment.users}, place))
    return issues
