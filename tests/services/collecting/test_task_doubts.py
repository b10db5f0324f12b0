"""Reports on tasks that are hardly meant are told with their numbers and their cell; a note settles them."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from desktop_app.domain.entities import Task, TaskReport, TaskStatus
from desktop_app.services.collecting import plan_collection
from desktop_app.services.collecting.plan import FilePlan
from desktop_app.services.issuing import issue
from desktop_app.services.session import Session

STATUS, PERCENT, DISBURSED, NOTE = 4, 5, 6, 7


def with_last_year(session: Session) -> None:
    (task,) = session.gateway.list(Task, code="NV01")
    with session.operation("collect", source="import") as op:
        fields = {"status": TaskStatus.IN_PROGRESS, "percent": 45, "disbursed_vnd": 500_000_000}
        op.save(TaskReport(task_id=task.id, period="2016", **fields))


def planned(session: Session, folder: Path, **typed: dict[int, object]) -> FilePlan:
    (made,) = issue(session, "KH", "2017", folder / "issued", unit_codes=["SXD"])
    book = openpyxl.load_workbook(made.path)
    for row in book["Nhiệm vụ"].iter_rows():
        for column, value in typed.get(row[0].value, {}).items():
            row[column - 1].value = value
    book.save(folder / "returned.xlsx")
    (item,) = plan_collection(session, [folder / "returned.xlsx"]).files
    return item


def told(item: FilePlan) -> list[tuple[str, str, str]]:
    return [(found.code, found.place.cell, found.place.item) for found in item.issues if found.code.startswith("task_")]


def test_what_contradicts_last_year_is_told_at_its_cell(small_office: Session, tmp_path: Path) -> None:
    with_last_year(small_office)
    item = planned(small_office, tmp_path, NV01={PERCENT: 2, DISBURSED: 100})
    assert told(item) == [("task_percent_falls", "E2", "NV01"), ("task_disbursed_falls", "F2", "NV01")]
    assert {found.place.sheet for found in item.issues if found.code.startswith("task_")} == {"Nhiệm vụ"}


def test_money_in_dong_is_told_with_both_numbers(small_office: Session, tmp_path: Path) -> None:
    with_last_year(small_office)
    item = planned(small_office, tmp_path, NV01={DISBURSED: 500_000_000})
    (found,) = [found for found in item.issues if found.code == "task_disbursed_jumps"]
    assert dict(found.params) == {"code": "NV01", "disbursed": "500.000.000", "before": "500"}


def test_a_status_that_contradicts_the_percentage_is_told_at_the_status(small_office: Session, tmp_path: Path) -> None:
    item = planned(small_office, tmp_path, NV01={STATUS: "đang thực hiện", PERCENT: 100})
    assert told(item) == [("task_complete_not_done", "D2", "NV01")]


def test_a_note_settles_it_and_tasks_that_were_not_touched_stay_quiet(small_office: Session, tmp_path: Path) -> None:
    with_last_year(small_office)
    assert told(planned(small_office, tmp_path, NV01={PERCENT: 2, NOTE: "tính lại theo khối lượng"})) == []
    (task,) = small_office.gateway.list(Task, code="NV01")
    with small_office.operation("collect", source="import") as op:
        op.save(TaskReport(task_id=task.id, period="2017", percent=1))
    (tmp_path / "b").mkdir()
    assert told(planned(small_office, tmp_path / "b", NV02={STATUS: "đang thực hiện", PERCENT: 5})) == []
