"""Cells that are answered twice and differently: by two files of one unit, or by two sheets of one workbook.

Neither answer is taken, whatever the policy, because nothing says which one the unit means; whoever collects removes one of
them. A blank cell answers nothing, so it yields to a filled one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from desktop_app.domain.issues import Issue, Place
from desktop_app.services.cells import CellKey
from desktop_app.services.collecting.desk import UnitDesk
from desktop_app.services.collecting.merging import shown
from desktop_app.services.collecting.reading import ReadCell, ReadForm


@dataclass(frozen=True)
class ReadAnswers:
    """What one file of several answers.

    Attributes:
        name: path of the file as it is shown.
    """

    name: str
    form: ReadForm
    desk: UnitDesk


@dataclass(frozen=True)
class Settled:
    """What may be taken of one file of several.

    Attributes:
        rivals: cell → names of the files that answer it otherwise; whatever is decided about it counts for all of them.
    """

    form: ReadForm
    rivals: Mapping[CellKey, tuple[str, ...]]


def settle_files(files: Sequence[ReadAnswers]) -> list[Settled]:
    """Return what may be taken of several files of one unit and period, in their order.

    Cells in which two of them differ are disputed in each; a blank cell that another file fills is left out.
    """
    by_key = [{cell.key: cell for cell in item.form.cells} for item in files]
    settled = []
    for number, item in enumerate(files):
        others = [(found, other) for at, (found, other) in enumerate(zip(by_key, files, strict=True)) if at != number]
        cells, yielding, disputed = [], 0, {}
        for cell in item.form.cells:
            rivals = [(found[cell.key], other) for found, other in others if _fills(found.get(cell.key))]
            if cell.is_blank and rivals:
                yielding += 1
                continue
            contrary = [pair for pair in rivals if not cell.is_blank and _said(pair[0]) != _said(cell)]
            if contrary:
                disputed[cell.key] = tuple(other.name for _rival, other in contrary)
            cells.append(_disputed(cell, item, _of_files(cell, item, *contrary[0])) if contrary else cell)
        form = replace(item.form, cells=cells, blanks=item.form.blanks + yielding)
        settled.append(Settled(form, disputed))
    return settled


def settle_sheets(form: ReadForm, desk: UnitDesk) -> ReadForm:
    """Return what may be taken of a workbook in which several sheets may answer the same cells: each cell once.

    Where they differ at all, what a later sheet alone answers is asked too: the sheet may be another unit's.
    """
    first: dict[CellKey, ReadCell] = {}
    disputed: dict[CellKey, ReadCell] = {}
    completed: dict[CellKey, str] = {}
    for cell in form.cells:
        known = first.get(cell.key)
        if known is None or (known.is_blank and not cell.is_blank):
            first[cell.key] = cell
            if known is not None:
                completed[cell.key] = known.sheet
        elif not cell.is_blank and _said(known) != _said(cell):
            disputed.setdefault(cell.key, cell)
    if len(first) == len(form.cells):
        return form
    answers = ReadAnswers("", form, desk)
    issues = {key: _of_sheets(first[key], rival, desk) for key, rival in disputed.items()}
    if disputed:
        issues |= {key: _of_one_sheet(first[key], other, desk) for key, other in completed.items() if key not in issues}
    cells = [_disputed(cell, answers, issues[key]) if key in issues else cell for key, cell in first.items()]
    return replace(form, cells=cells)


def _fills(cell: ReadCell | None) -> bool:
    return cell is not None and not cell.is_blank


def _said(cell: ReadCell) -> object:
    """Return what a cell says, to be compared: its content, or what was typed where that cannot be read."""
    if cell.issue is None or cell.disputed:
        return cell.content
    return (cell.issue.code, str(cell.issue.params.get("typed", "")))


def _written(cell: ReadCell, desk: UnitDesk) -> str:
    if cell.issue is None or cell.disputed:
        return shown(cell.key, cell.content, desk)
    return f"“{cell.issue.params.get('typed', '?')}”"


def _disputed(cell: ReadCell, item: ReadAnswers, issue: Issue) -> ReadCell:
    """Return a cell as one that is not taken; one that cannot be read anyway keeps its own reason."""
    if cell.issue is not None:
        return cell
    place = Place("", cell.sheet, cell.cell, item.desk.unit.code, cell.key.code)
    return cell._replace(issue=replace(issue, place=place), disputed=True)


def _of_files(cell: ReadCell, item: ReadAnswers, rival: ReadCell, other: ReadAnswers) -> Issue:
    params = {
        "code": cell.key.code,
        "file": told_apart(item.name, other.name),
        "returned": _written(cell, item.desk),
        "other": told_apart(other.name, item.name),
        "other_returned": _written(rival, other.desk),
    }
    return Issue("files_differ", params)


def _of_sheets(cell: ReadCell, rival: ReadCell, desk: UnitDesk) -> Issue:
    params = {
        "code": cell.key.code,
        "sheet": cell.sheet,
        "returned": _written(cell, desk),
        "other": rival.sheet,
        "cell": rival.cell,
        "other_returned": _written(rival, desk),
    }
    if cell.sheet != rival.sheet:
        return Issue("sheets_differ", params)
    del params["other"]
    return Issue("tables_differ", {**params, "own_cell": cell.cell})


def _of_one_sheet(cell: ReadCell, other: str, desk: UnitDesk) -> Issue:
    params = {"code": cell.key.code, "sheet": cell.sheet, "returned": _written(cell, desk), "other": other}
    return Issue("sheet_of_whom", params)


def told_apart(name: str, other: str) -> str:
    """Return the name of a file without its folder, unless another one has the same name."""
    short = PurePath(name).name
    return name if short == PurePath(other).name else short
