"""Merging the cells of one returned workbook, and the rows of the data file that follow from it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, NamedTuple

from desktop_app.domain.columns import DEPLOYMENT_WORDS, TASK_WORDS
from desktop_app.domain.entities import Deployment, DeploymentStatus, TaskReport, TaskStatus, Value
from desktop_app.domain.issues import Issue, Place
from desktop_app.domain.merge import Merge, Outcome, Policy, merge_cell, merge_unreadable
from desktop_app.domain.values import BLANK, Answer, format_answer
from desktop_app.services import cells
from desktop_app.services.cells import FIGURE, SYSTEM, TASK, CellKey, Cells, Content
from desktop_app.services.collecting.desk import UnitDesk
from desktop_app.services.collecting.reading import ReadCell, ReadForm
from desktop_app.text.dates import format_day
from desktop_app.text.money import format_money

Row = Value | Deployment | TaskReport


class CellChange(NamedTuple):
    """One cell that differs from its base.

    A tuple, because there are many.

    Attributes:
        sheet: name of the sheet in the returned workbook.
        cell: address in it.
        kind: the row of the merge table.
        base: content at issue, or what an earlier return wrote.
        returned: content in the file; None where it is blank or cannot be read.
        before: what the data file holds.
        after: what it holds when the plan is applied.
        asked: True where a person has to decide.
        readings: contents to choose from where the cell has several readings.
        unit: code of the unit.
    """

    key: CellKey
    sheet: str
    cell: str
    kind: Merge
    base: Content
    returned: Content
    before: Content
    after: Content
    asked: bool
    readings: tuple[Content, ...]
    unit: str

    @property
    def place(self) -> Place:
        """Where it stands in the returned workbook; the file is that of the plan."""
        return Place("", self.sheet, self.cell, self.unit, self.key.code)


@dataclass
class MergedForm:
    """What became of the cells of one workbook.

    Attributes:
        counts: cells by outcome.
        changes: cells that differ from their base or cannot be read.
        issues: questions, refusals, conflicts, and differences that the policy sets aside.
        read: the input cells as they were read.
        wrote: the cells that are taken; None where one is cleared.
        results: the same, as the unit's cells stand afterwards.
        rows: the rows that hold the taken cells: what they are, their code and all their fields.
        cells_json: what the kept return says of its cells.
    """

    counts: Counter[Merge] = field(default_factory=Counter)
    changes: list[CellChange] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    read: Cells = field(default_factory=dict)
    wrote: Cells = field(default_factory=dict)
    results: Cells = field(default_factory=dict)
    rows: list[tuple[str, str, dict[str, Content]]] = field(default_factory=list)
    cells_json: str = ""

    @property
    def asked(self) -> Cells:
        """The cells that somebody has to decide or the unit to correct, with what the file holds."""
        return {change.key: change.before for change in self.changes if change.asked}

    @property
    def fingerprint(self) -> str:
        """SHA-256 over what was read, what is taken, and every difference: which cell, its base, what the file holds.

        The hash of the file itself does not say what its words mean to the data file, whose elements may have changed.
        """
        facts = [f"{'/'.join(item.key)} {item.kind} {item.base!r} {item.before!r}" for item in self.changes]
        return hashlib.sha256("\n".join([*facts, self.cells_json]).encode()).hexdigest()


def merge_form(read: ReadForm, desk: UnitDesk, issued: Cells, policy: Policy) -> MergedForm:
    """Merge every cell of a workbook with its issue and with what the file holds; nothing is written.

    Args:
        read: the cells as they were read.
        desk: the unit's part of the round.
        issued: what the input cells held at issue.
        policy: what to do with differences.
    """
    merged = MergedForm()
    for cell in read.cells:
        _merge_cell(merged, cell, desk, issued, policy)
    kinds = [change.kind for change in merged.changes]  # counted at the end, as hashing an outcome takes its time
    merged.counts.update({kind: count for kind in Merge if (count := kinds.count(kind))})
    merged.counts[Merge.INVALID] += read.stray
    merged.counts[Merge.UNCHANGED] += read.blanks + len(read.cells) - len(kinds)
    _refuse_incomplete(merged, desk)
    _finish(merged, desk)
    return merged


def decide_cells(
    merged: MergedForm, desk: UnitDesk, decided: Mapping[CellKey, Content], elsewhere: Collection[CellKey] = ()
) -> MergedForm:
    """Return the merge of a workbook in which a person has decided asked cells.

    Args:
        merged: what became of its cells.
        desk: the unit's part of the round, which holds what earlier files of the batch take.
        decided: what shall stand in asked cells; what the file holds there already is not taken.
        elsewhere: decided cells that another file of the unit writes.
    """
    found = replace(
        merged,
        counts=Counter(merged.counts),
        changes=list(merged.changes),
        wrote=dict(merged.wrote),
        issues=list(merged.issues),
    )
    for at, change in enumerate(merged.changes):
        if not change.asked or change.key not in decided:
            continue
        content = decided[change.key]
        kind = Merge.NEW if change.before is None else Merge.CHANGED
        if content == change.before or change.key in elsewhere:
            kind = Merge.UNCHANGED
        else:
            found.wrote[change.key] = content
        found.changes[at] = change._replace(kind=kind, after=content, asked=False)
        found.counts[change.kind] -= 1
        found.counts[kind] += 1
    _refuse_incomplete(found, desk)
    _finish(found, desk)
    return found


def _finish(merged: MergedForm, desk: UnitDesk) -> None:
    """Say what follows from the cells that are taken: the rows, and what the kept return will know of them."""
    merged.results = dict(merged.wrote)
    merged.rows = _rows(merged, desk)
    merged.cells_json = cells.return_json(merged.read, merged.wrote, merged.asked)


def _merge_cell(merged: MergedForm, cell: ReadCell, desk: UnitDesk, issued: Cells, policy: Policy) -> None:
    current = desk.current.get(cell.key)
    base = desk.base(cell.key, issued)
    issue = cell.issue
    if issue is not None and issue.code == "round_of_which" and cell.content == current:
        issue = None  # another file of the batch says the same meanwhile
    if issue is not None:
        outcome: Outcome[Content] = merge_unreadable(current, policy)
        if cell.disputed:  # whatever the policy: no file of the two is the right one
            outcome = Outcome(Merge.CONFLICT, current, asked=True)
        merged.issues.append(issue)
    else:
        outcome = merge_cell(base, cell.content, current, policy)
    if cell.content is not None:
        merged.read[cell.key] = cell.content
    if outcome.kind is Merge.UNCHANGED:
        return
    change = CellChange(
        cell.key,
        cell.sheet,
        cell.cell,
        outcome.kind,
        base,
        cell.content,
        current,
        outcome.result,
        outcome.asked,
        cell.readings,
        desk.unit.code,
    )
    merged.changes.append(change)
    if outcome.takes_return:
        merged.wrote[cell.key] = outcome.result
        if outcome.kind is Merge.CONFLICT:
            merged.issues.append(_set_aside(change, desk, taken=True))
    elif issue is None:
        merged.issues.append(_set_aside(change, desk))


def _set_aside(change: CellChange, desk: UnitDesk, *, taken: bool = False) -> Issue:
    """Return the issue that lists a difference which is not taken, or a conflict that the policy decides."""
    params = {
        "code": change.key.code,
        "returned": shown(change.key, change.returned, desk),
        "current": shown(change.key, change.before, desk),
        "base": shown(change.key, change.base, desk),
    }
    if taken:
        return Issue("cell_overwritten", params, change.place)
    if change.asked:
        return Issue("cell_conflict", params, change.place)
    code = "cell_cleared_kept" if change.kind is Merge.CLEARED else "cell_difference_kept"
    return Issue(code, params, change.place)


def shown(key: CellKey, content: Content, desk: UnitDesk) -> str:
    """Write the content of a cell as people see it; "–" for a blank one."""
    if content is None:
        return "–"
    if isinstance(content, Answer):
        return format_answer(desk.elements[key.code.casefold()], content)
    if isinstance(content, DeploymentStatus):
        return DEPLOYMENT_WORDS[content]
    if isinstance(content, TaskStatus):
        return TASK_WORDS[content]
    if key.field == "disbursed_vnd" and isinstance(content, int):
        return format_money(content)
    return format_day(content) if isinstance(content, date) else str(content)


def _refuse_incomplete(merged: MergedForm, desk: UnitDesk) -> None:
    """Take nothing of a system's row that would end without a status: a deployment is nothing without one."""
    for code in dict.fromkeys(key.code for key in merged.wrote if key.kind == SYSTEM):
        row = _row_of(merged, desk, SYSTEM, code)
        if row.get("status") is not None or not any(content is not None for content in row.values()):
            continue
        refused = [change for change in merged.changes if change.key.kind == SYSTEM and change.key.code == code]
        for change in refused:
            if merged.wrote.pop(change.key, change) is change:
                continue
            merged.counts[change.kind] -= 1
            merged.counts[Merge.INVALID] += 1
            merged.changes[merged.changes.index(change)] = change._replace(
                kind=Merge.INVALID, after=change.before, asked=True
            )
        merged.issues.append(Issue("deployment_without_status", {"code": code}, refused[0].place))


def _row_of(merged: MergedForm, desk: UnitDesk, kind: str, code: str) -> dict[str, Content]:
    """Return the fields of a row as they stand after the merge."""
    found = _held(desk, kind, code)
    for name in found:
        key = CellKey(kind, code, name)
        if key in merged.wrote:
            found[name] = merged.wrote[key]
    return found


def _held(desk: UnitDesk, kind: str, code: str) -> dict[str, Content]:
    """Return the fields of a row as the data file holds them."""
    fields = cells.FIELDS[kind]
    if not desk.current:
        return dict.fromkeys(fields)
    return {name: desk.current.get(CellKey(kind, code, name)) for name in fields}


def _rows(merged: MergedForm, desk: UnitDesk) -> list[tuple[str, str, dict[str, Content]]]:
    """Return the rows that hold the taken cells, each with all of its fields as they stand after the merge."""
    found: dict[tuple[str, str], dict[str, Content]] = {}
    for (kind, code, name), content in merged.wrote.items():
        row = found.get((kind, code))
        if row is None:
            row = found[kind, code] = _held(desk, kind, code)
        row[name] = content
    return [(kind, code, row) for (kind, code), row in found.items()]


class RowMaker:
    """Makes the rows of the data file that workbooks change.

    Attributes:
        saves: rows to write, by entity: the values of its fields in their order. There are many, so no entities are made.
        deletes: entities of which nothing is left, with the return that emptied them.
    """

    def __init__(self) -> None:
        self.saves: dict[type[Row], list[tuple[Any, ...]]] = {cls: [] for cls in _ENTITIES.values()}
        self.deletes: list[tuple[Row, int]] = []

    def add(self, merged: MergedForm, desk: UnitDesk, return_id: int) -> None:
        """Add the rows of one workbook, brought by a return."""
        for kind, code, held in merged.rows:
            values = _values(desk, kind, code, held, return_id)
            cls = _ENTITIES[kind]
            for content in held.values():
                if content is not None and content != "":
                    self.saves[cls].append(values)
                    break
            else:
                names = [item.name for item in fields(cls)]
                self.deletes.append((cls(**dict(zip(names, values, strict=True))), return_id))


_ENTITIES: dict[str, type[Row]] = {FIGURE: Value, SYSTEM: Deployment, TASK: TaskReport}


def _values(desk: UnitDesk, kind: str, code: str, held: dict[str, Any], return_id: int) -> tuple[Any, ...]:
    """Return the values of a row's entity in the order of its fields."""
    if kind == FIGURE:
        answer = held["value"] or BLANK
        element = desk.elements[code.casefold()]
        said = (answer.state, answer.amount, answer.text, held["note"])
        return (desk.unit.id, element.id, desk.period, *said, return_id)
    if kind == SYSTEM:
        status = held["status"] or DeploymentStatus.NOT_YET
        found = desk.systems[code.casefold()]
        return (desk.unit.id, found.id, status, held["since_on"], held["users"], held["note"], return_id)
    told = (held["status"], held["percent"], held["disbursed_vnd"], held["note"])
    return (desk.tasks[code.casefold()].id, desk.period, *told, return_id)
