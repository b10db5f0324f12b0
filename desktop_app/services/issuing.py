"""Issuing: one workbook per unit and round, in one action (``form issue``).

The round and what was issued are kept in the data file, because what stood in the input cells is the base of the merge when
the workbook comes back. Issuing again a unit whose content has not changed gives the same bytes.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain import periods
from desktop_app.domain.columns import SheetColumn, column_value
from desktop_app.domain.entities import (
    Deployment,
    Element,
    Issuance,
    Round,
    System,
    Task,
    TaskReport,
    Unit,
)
from desktop_app.domain.issues import Issue, Place, UserError
from desktop_app.domain.kinds import Instant
from desktop_app.domain.values import BLANK, answer_of, workbook_value
from desktop_app.services import cells
from desktop_app.services.answers import UnitAnswers, round_answers
from desktop_app.services.cells import Cells
from desktop_app.services.files import NewFiles
from desktop_app.services.forms import FormContent, asked_units, form_content, round_of, sections_of
from desktop_app.services.session import Session
from desktop_app.text.dates import format_day, period_phrase

if TYPE_CHECKING:
    from desktop_app.exchange.content import FigureRow, Guide, Identity, SystemRow, TaskRow, WorkbookContent
    from desktop_app.exchange.writing.forms import FormWriter

Progress = Callable[[int, int, str], None]
"""Told how much is done, of how much, and what is being done."""

_NO_ISSUE = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True)
class IssuedFile:
    """One workbook that was written, or was there already with the same bytes."""

    unit: Unit
    path: Path
    issue_id: str


@dataclass
class _Prepared:
    """One workbook on its way to the folder."""

    unit: Unit
    issuance: Issuance
    path: Path
    content: bytes


def issue(
    session: Session,
    plan_code: str,
    period: str,
    out_dir: Path,
    *,
    unit_codes: Sequence[str] | None = None,
    progress: Progress | None = None,
    source: str = "cli",
) -> list[IssuedFile]:
    """Write the workbooks of a round.

    Args:
        session: the open file.
        plan_code: the plan whose form is issued.
        period: such as ``2017`` or ``2017-Q1``.
        out_dir: folder for the workbooks; made when missing.
        unit_codes: the units to write for; None for all that the form asks.
        progress: told after each workbook.
        source: who asked, ``cli`` or ``window``.

    Returns:
        The workbooks in the official order of the units.

    Raises:
        UserError: the plan, period or a unit is unknown, the form does not ask a unit, or a different file has the name of a
            workbook: then nothing is recorded, and no file has changed. Where a file cannot be written the issue is recorded
            all the same, so that issuing again writes what is missing, byte for byte.
    """
    from desktop_app.exchange.writing.forms import FormWriter

    plan = session.plan(plan_code)
    content = form_content(session, plan, period)
    units = _wanted(session, content, period, unit_codes)
    desk = _Desk(session, content, period, units)
    writer = FormWriter(session.office.digest_key)
    prepared = []
    for number, unit in enumerate(units, start=1):
        prepared.append(_prepare(desk, writer, unit, out_dir))
        if progress is not None:
            progress(number, len(units), unit.code)
    with NewFiles() as files:
        for item in prepared:
            files.add(item.path, item.content)
        _record(session, desk, prepared, source)
        files.place()
    return [IssuedFile(item.unit, item.path, item.issuance.issue_id) for item in prepared]


def period_issues(session: Session, plan_code: str, period: str) -> list[Issue]:
    """Return what is doubtful about a round: a period outside the plan's years, which may be meant as a base of growth.

    Raises:
        UserError: the plan or the period is unknown.
    """
    plan = session.plan(plan_code)
    if plan.start_year <= periods.year_of(period) <= plan.end_year:
        return []
    return [Issue("period_outside_plan", {"period": period_phrase(period), "plan": plan.code}, Place(item=plan.code))]


def _wanted(session: Session, content: FormContent, period: str, codes: Iterable[str] | None) -> list[Unit]:
    asked = asked_units(session, content, period)
    if codes is None:
        return asked
    chosen = {session.unit(code).id: code for code in codes}
    known = {unit.id for unit in asked}
    for unit_id, code in chosen.items():
        if unit_id not in known:
            raise UserError("unit_not_asked", unit=code, form=content.form.code, period=period)
    return [unit for unit in asked if unit.id in chosen]


def _prepare(desk: _Desk, writer: FormWriter, unit: Unit, out_dir: Path) -> _Prepared:
    from desktop_app.exchange.writing.forms import file_name

    content, held = desk.workbook(unit)
    fingerprint = hashlib.sha256(repr(content).encode()).hexdigest()
    issuance = desk.issuance(unit, fingerprint, cells.to_json(held))
    issued_at = str(Instant().to_db(issuance.issued_at))
    identity = replace(content.identity, issue_id=issuance.issue_id, issued_at=issued_at)
    made = writer.workbook(replace(content, identity=identity), issuance.cells_json)
    return _Prepared(unit, issuance, out_dir / file_name(identity), made)


def _record(session: Session, desk: _Desk, prepared: list[_Prepared], source: str) -> None:
    """Keep the round and the new issues in the data file; nothing is written when all of them are known."""
    new = [item for item in prepared if item.issuance.id == 0]
    if not new and desk.round is not None:
        return
    with session.operation(
        "form.issue", source=source, form=desk.content.form.code, period=desk.period, count=len(new)
    ) as operation:
        found = desk.round or operation.save(
            Round(
                form_id=desk.content.form.id,
                period=desk.period,
                due_on=periods.due_default(desk.period, session.office.regime),
            )
        )
        operation.save_many([replace(item.issuance, round_id=found.id) for item in new])


class _Desk:
    """Everything that the workbooks of one round are filled from, loaded once for all units."""

    def __init__(self, session: Session, content: FormContent, period: str, units: Sequence[Unit]) -> None:
        self.session = session
        self.content = content
        self.period = period
        self.round = round_of(session, content.form, period)
        self._now = Instant().normalise(session.now())
        self._office = session.office
        self._root = session.root
        self._window = periods.window(period, self._office.regime)
        self._before = periods.previous(period)
        gateway = session.gateway
        self._values = round_answers(session, units, content.elements, (period, self._before))
        self._deployments = {(item.unit_id, item.system_id): item for item in gateway.list(Deployment)}
        self._reports = {item.task_id: item for item in gateway.list(TaskReport, period=period)}
        self._issued: dict[tuple[int, str], Issuance] = {}
        if self.round is not None:
            for item in gateway.list(Issuance, round_id=self.round.id):
                self._issued[item.unit_id, item.content_sha256] = item

    def issuance(self, unit: Unit, fingerprint: str, cells_json: str) -> Issuance:
        """Return the issue of a unit's content: the one that had the same content, else a new one (id 0)."""
        known = self._issued.get((unit.id, fingerprint))
        if known is not None:
            return known
        return Issuance(
            round_id=self.round.id if self.round else 0,
            unit_id=unit.id,
            issue_id=str(uuid.UUID(bytes=os.urandom(16), version=4)),
            issued_at=self._now,
            content_sha256=fingerprint,
            cells_json=cells_json,
        )

    def workbook(self, unit: Unit) -> tuple[WorkbookContent, Cells]:
        """Return a unit's workbook, without an issue, and what its input cells hold."""
        from desktop_app.exchange.content import Section, WorkbookContent

        held: Cells = {}
        answers = self._values[unit.id]
        sections = tuple(
            Section(title, tuple(self._figure(answers, element, held) for element in elements))
            for _code, title, elements in sections_of(self.content.elements_for(unit))
        )
        content = WorkbookContent(
            identity=self._identity(unit),
            guide=self._guide(unit),
            sections=sections,
            systems=tuple(self._system(unit, item, held) for item in self.content.systems_for(unit)),
            tasks=tuple(self._task(item, held) for item in self.content.tasks_for(unit)),
            illustrative=self._office.illustrative,
        )
        return content, held

    def _identity(self, unit: Unit) -> Identity:
        from desktop_app.exchange.content import Identity

        return Identity(
            file_uuid=self._office.uuid,
            plan=self.content.plan.code,
            form=self.content.form.code,
            period=self.period,
            unit=unit.code,
            issue_id=_NO_ISSUE,
            issued_at="",
        )

    def _guide(self, unit: Unit) -> Guide:
        from desktop_app.exchange.content import Guide

        root, plan = self._root, self.content.plan
        first_day, last_day = self._window
        return Guide(
            plan_title=plan.title,
            unit_name=unit.name,
            office_name=plan.responsible or root.name,
            period=self.period,
            period_kind=self.content.form.period_kind,
            first_day=first_day,
            last_day=last_day,
            due_on=self.round.due_on if self.round else periods.due_default(self.period, self._office.regime),
            contacts=tuple(filter(None, (root.contact_name, root.contact_phone, root.contact_email))) or (root.name,),
        )

    def _figure(self, answers: UnitAnswers, element: Element, held: Cells) -> FigureRow:
        from desktop_app.exchange.content import FigureRow

        stored = answers.stored(element, self.period)
        held.update(cells.value_cells(element.code, stored))
        previous = answers.answer(element, self._before) or BLANK
        return FigureRow(
            code=element.code,
            name=element.name,
            measure_unit=element.unit,
            kind=element.kind,
            places=element.places,
            previous=workbook_value(element, previous),
            current=workbook_value(element, answer_of(stored)),
            note=stored.note if stored else None,
            definition=element.definition,
        )

    def _system(self, unit: Unit, system: System, held: Cells) -> SystemRow:
        from desktop_app.exchange.content import SystemRow

        found = self._deployments.get((unit.id, system.id))
        held.update(cells.row_cells(cells.SYSTEM, system.code, found))
        return SystemRow(
            code=system.code,
            name=system.name,
            status=found.status if found else None,
            since=found.since_on if found else None,
            users=found.users if found else None,
            note=found.note if found else None,
        )

    def _task(self, task: Task, held: Cells) -> TaskRow:
        from desktop_app.exchange.content import TaskRow

        found = self._reports.get(task.id)
        held.update(cells.row_cells(cells.TASK, task.code, found))
        return TaskRow(
            code=task.code,
            name=task.name,
            deadline=task.due_text or (format_day(task.due_on) if task.due_on else "") or task.recurring or "",
            status=found.status if found else None,
            percent=found.percent if found else None,
            disbursed=column_value(SheetColumn.DISBURSED, found.disbursed_vnd) if found else None,  # type: ignore[arg-type]
            note=found.note if found else None,
        )
