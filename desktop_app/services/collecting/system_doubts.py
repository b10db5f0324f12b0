"""What is doubtful about the systems of a returned workbook: states that contradict themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from desktop_app.domain import periods
from desktop_app.domain.entities import Deployment
from desktop_app.domain.issues import Issue
from desktop_app.domain.rules.reports import check_deployment
from desktop_app.services.cells import DEPLOYMENT_FIELDS, SYSTEM, CellKey
from desktop_app.services.collecting.desk import RoundDesk, UnitDesk
from desktop_app.services.collecting.merging import MergedForm
from desktop_app.services.collecting.reading import ReadForm

_FIELDS = {"system_since_missing": "since_on", "system_since_later": "since_on"}
"""Code of an issue → the field that it is about; the others are about users."""


def system_doubts(read: ReadForm, merged: MergedForm, desk: UnitDesk, round_desk: RoundDesk) -> Iterator[Issue]:
    """Tell of states of systems that are possible but hardly meant, as they will stand when the workbook is taken.

    The rules are those of ``check``, held against the last day of the period. Only systems of which the workbook changes or
    fills a cell are told.

    Args:
        read: says where the answers stand in the workbook.
        merged: says which cells of it are taken.
        desk: holds the cells as they stand after the merge.
        round_desk: knows the last day of the period.
    """
    touched = {key.code.casefold() for key in merged.wrote if key.kind == SYSTEM}
    if not touched:
        return
    places = {cell.key: cell for cell in read.cells if cell.key.kind == SYSTEM}
    last_day = periods.last_day(desk.period, round_desk.regime)
    for code, system in desk.systems.items():
        if code not in touched:
            continue
        fields: dict[str, Any] = {name: desk.current.get(CellKey(SYSTEM, system.code, name)) for name in DEPLOYMENT_FIELDS}
        if fields["status"] is None:
            continue  # nothing contradicts a state that is not known
        deployment = Deployment(unit_id=desk.unit.id, system_id=system.id, **fields)
        for issue in check_deployment(system, desk.unit.code, deployment, last_day):
            fields_about = (_FIELDS.get(issue.code, "users"), "status")  # the status stands for a cell that is blank
            cell = next((cell for name in fields_about if (cell := places.get(CellKey(SYSTEM, system.code, name)))), None)
            yield replace(issue, place=replace(issue.place, sheet=cell.sheet, cell=cell.cell)) if cell else issue
