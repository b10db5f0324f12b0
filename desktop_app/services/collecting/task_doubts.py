"""What is doubtful about the tasks of a returned workbook: reports that contradict themselves or earlier ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from desktop_app.domain.entities import TaskReport
from desktop_app.domain.issues import Issue
from desktop_app.domain.rules.reports import check_task
from desktop_app.services.cells import TASK, TASK_FIELDS, CellKey
from desktop_app.services.collecting.desk import RoundDesk, UnitDesk
from desktop_app.services.collecting.merging import MergedForm
from desktop_app.services.collecting.reading import ReadForm

_ABOUT_STATUS = frozenset({"task_complete_not_done"})
_ABOUT_MONEY = ("task_disbursed_", "task_resting_but_paid")


def task_doubts(read: ReadForm, merged: MergedForm, desk: UnitDesk, round_desk: RoundDesk) -> Iterator[Issue]:
    """Tell of reports on tasks that are possible but hardly meant, as they will stand when the workbook is taken.

    The rules are those of ``check``; a note of the unit settles each of them. Only tasks of which the workbook changes or
    fills a cell are told.

    Args:
        read: says where the answers stand in the workbook.
        merged: says which cells of it are taken.
        desk: holds the cells as they stand after the merge.
        round_desk: knows what was reported for other periods, and the money of the tasks.
    """
    touched = {key.code.casefold() for key in merged.wrote if key.kind == TASK}
    if not touched:
        return
    places = {cell.key: cell for cell in read.cells if cell.key.kind == TASK}
    for code, task in desk.tasks.items():
        if code not in touched:
            continue
        fields: dict[str, Any] = {field: desk.current.get(CellKey(TASK, task.code, field)) for field in TASK_FIELDS}
        report = TaskReport(task_id=task.id, period=desk.period, **fields)
        for issue in check_task(round_desk.task_book.picture(task, desk.unit.code, report)):
            cell = places.get(CellKey(TASK, task.code, _field(issue.code)))
            yield replace(issue, place=replace(issue.place, sheet=cell.sheet, cell=cell.cell)) if cell else issue


def _field(code: str) -> str:
    """Return the field that an issue is about."""
    if code.startswith(_ABOUT_MONEY):
        return "disbursed_vnd"
    return "status" if code in _ABOUT_STATUS else "percent"
