from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.entities import Deployment, DeploymentStatus, System, Task, TaskReport, TaskStatus
from desktop_app.domain.issues import Place, Severity
from desktop_app.domain.rules.reports import TaskPicture, check_deployment, check_task
from desktop_app.text.catalogue import Catalogue

VI = Catalogue()
TASK = Task(id=1, plan_id=1, code="NV05", name="Nhiệm vụ", order_number=1)
SYSTEM = System(id=1, code="QLVB", name="Quản lý văn bản", category_id=1)
LAST_DAY = date(2017, 12, 14)


def report(**fields: object) -> TaskReport:
    return TaskReport(task_id=1, period="2017", **fields)  # type: ignore[arg-type]


def task_codes(now: TaskReport, before: TaskReport | None = None, **money: int) -> list[str]:
    issues = check_task(TaskPicture(task=TASK, unit_code="STTTT", report=now, before=before, **money))
    for issue in issues:
        assert issue.place == Place(unit="STTTT", item="NV05")
        assert issue.severity is Severity.WARNING
        assert "NV05" in issue.text(VI)
    return [issue.code for issue in issues]


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"status": TaskStatus.DONE, "percent": 100}, []),
        ({"status": TaskStatus.DONE, "percent": 90}, ["task_done_not_complete"]),
        ({"status": TaskStatus.IN_PROGRESS, "percent": 100}, ["task_complete_not_done"]),
        ({"status": TaskStatus.NOT_STARTED, "percent": 100}, ["task_complete_not_done"]),
        ({"percent": 100}, []),
        ({"status": TaskStatus.NOT_STARTED, "percent": 0}, []),
        ({"status": TaskStatus.NOT_STARTED, "percent": 5}, ["task_not_started_but_moving"]),
        ({"status": TaskStatus.IN_PROGRESS, "percent": 50}, []),
        ({"status": TaskStatus.DONE}, []),
        ({}, []),
        ({"status": TaskStatus.CANCELLED, "disbursed_vnd": 1}, ["task_resting_but_paid"]),
        ({"status": TaskStatus.NOT_STARTED, "disbursed_vnd": 0}, []),
        ({"status": TaskStatus.IN_PROGRESS, "disbursed_vnd": 1}, []),
        ({"status": TaskStatus.DONE, "percent": 90, "note": "nghiệm thu từng phần"}, []),
        ({"status": TaskStatus.DONE, "percent": 90, "note": " "}, ["task_done_not_complete"]),
    ],
)
def test_one_report(fields, codes):
    assert task_codes(report(**fields)) == codes


def test_what_was_done_cannot_be_undone():
    before = report(percent=60, disbursed_vnd=5_000_000)
    assert task_codes(report(percent=60, disbursed_vnd=5_000_000), before) == []
    assert task_codes(report(percent=59, disbursed_vnd=4_999_999), before) == ["task_percent_falls", "task_disbursed_falls"]
    assert task_codes(report(percent=10, disbursed_vnd=1), report()) == []


@pytest.mark.parametrize(
    ("last", "now", "codes"),
    [
        (500, 499_999, []),
        (500, 500_000, ["task_disbursed_jumps"]),
        (500, 10**13, ["task_disbursed_jumps"]),
        (0, 10**13 - 1, []),
        (0, 10**13, ["task_disbursed_huge"]),
        (None, 10**13, ["task_disbursed_huge"]),
        (10**12, 10**13, ["task_disbursed_huge"]),
    ],
)
def test_money_in_another_unit_of_measure_is_doubted(last: int | None, now: int, codes: list[str]) -> None:
    assert task_codes(report(disbursed_vnd=now), report(disbursed_vnd=last)) == codes
    assert task_codes(report(disbursed_vnd=now, note="số đúng"), report(disbursed_vnd=last)) == []


def test_a_cancelled_task_may_have_been_paid_before():
    paid = report(status=TaskStatus.CANCELLED, disbursed_vnd=5)
    assert task_codes(paid, report(disbursed_vnd=5)) == []


def test_money_is_held_against_its_sources_and_its_allotment():
    now = report(disbursed_vnd=5_500_000)
    assert task_codes(now, disbursed_by_source_vnd=5_500_000, allotted_vnd=5_500_000) == []
    assert task_codes(now, disbursed_by_source_vnd=5_000_000) == ["task_disbursed_differs"]
    assert task_codes(now, allotted_vnd=5_000_000) == ["task_disbursed_above_allotted"]
    (issue,) = check_task(TaskPicture(task=TASK, unit_code="STTTT", report=now, disbursed_by_source_vnd=5_000_000))
    assert issue.text(VI) == "Nhiệm vụ NV05 giải ngân 5,5 triệu đồng nhưng cộng theo nguồn vốn được 5; hãy sửa lại cho khớp."


@pytest.mark.parametrize(
    ("status", "fields", "codes"),
    [
        (DeploymentStatus.IN_USE, {"since_on": LAST_DAY, "users": 5}, []),
        (DeploymentStatus.IN_USE, {}, ["system_since_missing"]),
        (DeploymentStatus.IN_USE, {"note": "chưa rõ"}, ["system_since_missing"]),
        (DeploymentStatus.IN_USE, {"since_on": date(2017, 12, 15)}, ["system_since_later"]),
        (
            DeploymentStatus.IN_USE,
            {"since_on": date(2018, 1, 1), "users": 0},
            ["system_since_later", "system_without_users"],
        ),
        (DeploymentStatus.IN_USE, {"since_on": LAST_DAY, "users": 0, "note": "mới cài"}, []),
        (DeploymentStatus.NOT_YET, {}, []),
        (DeploymentStatus.NOT_YET, {"users": 0}, []),
        (DeploymentStatus.NOT_YET, {"users": 12}, ["system_used_before_deployed"]),
        (DeploymentStatus.IN_PROGRESS, {"users": 12}, []),
        (DeploymentStatus.STOPPED, {"since_on": date(2018, 1, 1)}, []),
    ],
)
def test_a_deployment(status, fields, codes):
    deployment = Deployment(unit_id=1, system_id=1, status=status, **fields)
    issues = check_deployment(SYSTEM, "STTTT", deployment, LAST_DAY)
    assert [issue.code for issue in issues] == codes
    for issue in issues:
        assert issue.place == Place(unit="STTTT", item="QLVB")
        assert "Quản lý văn bản" in issue.text(VI)
