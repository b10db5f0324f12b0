"""The input cells of exchange workbooks as the data file knows them: keys, stored contents, and their JSON.

One cell is one thing that is merged by itself: a figure, its explanation, the status of a system. The same keys are used for
what was issued, what was returned and what the file holds now.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from desktop_app.domain.columns import FieldValue, SheetColumn
from desktop_app.domain.entities import Deployment, DeploymentStatus, TaskReport, TaskStatus, Value, ValueState
from desktop_app.domain.values import Answer

Content = Answer | FieldValue
"""What one cell holds: an answer, a status, day, whole number or text; None when it is blank."""

FIGURE, SYSTEM, TASK = "figure", "system", "task"
DEPLOYMENT_FIELDS = ("status", "since_on", "users", "note")
TASK_FIELDS = ("status", "percent", "disbursed_vnd", "note")
FIELDS: dict[str, tuple[str, ...]] = {FIGURE: ("value", "note"), SYSTEM: DEPLOYMENT_FIELDS, TASK: TASK_FIELDS}
"""What a row is → the fields of its cells, in the order of the workbook."""
GRAMMARS = {
    (FIGURE, "note"): SheetColumn.NOTE,
    (SYSTEM, "status"): SheetColumn.DEPLOYMENT_STATUS,
    (SYSTEM, "since_on"): SheetColumn.SINCE,
    (SYSTEM, "users"): SheetColumn.USERS,
    (SYSTEM, "note"): SheetColumn.NOTE,
    (TASK, "status"): SheetColumn.TASK_STATUS,
    (TASK, "percent"): SheetColumn.PERCENT,
    (TASK, "disbursed_vnd"): SheetColumn.DISBURSED,
    (TASK, "note"): SheetColumn.NOTE,
}
"""What a row is and field of a cell → how it is read; figures are read by their elements."""
_STATUSES: dict[str, type[DeploymentStatus] | type[TaskStatus]] = {SYSTEM: DeploymentStatus, TASK: TaskStatus}


class CellKey(NamedTuple):
    """Which cell it is.

    Attributes:
        kind: ``figure``, ``system`` or ``task``.
        code: of the element, system or task.
        field: ``value`` or ``note`` of a figure; otherwise the attribute of the deployment or task report.
    """

    kind: str
    code: str
    field: str


Cells = dict[CellKey, Content]
"""The cells that hold something; a blank one is left out."""


def value_cells(code: str, value: Value | None) -> Cells:
    """Return the two cells of a stored value."""
    cells: Cells = {}
    if value is not None and value.state is not ValueState.NOT_REPORTED:
        cells[CellKey(FIGURE, code, "value")] = Answer(value.state, value.amount, value.text)
    if value is not None and value.note:
        cells[CellKey(FIGURE, code, "note")] = value.note
    return cells


def row_cells(kind: str, code: str, row: Deployment | TaskReport | None) -> Cells:
    """Return the cells of a deployment or task report."""
    fields = FIELDS[kind]
    found = {CellKey(kind, code, field): getattr(row, field) for field in fields} if row is not None else {}
    return {key: content for key, content in found.items() if content is not None and content != ""}


def to_json(cells: Mapping[CellKey, Content]) -> str:
    """Return canonical JSON of cells: the same cells always give the same text."""
    return _object(_entry(key, content) for key, content in cells.items())


def _object(entries: Iterable[str]) -> str:
    """Return a JSON object of entries; as a quote sorts before all that a code may hold, they stand in order of names."""
    return "{" + ",".join(sorted(entries)) + "}"


def _entry(key: CellKey, content: Content) -> str:
    """Return one cell as it stands in a JSON object; written here, as a large collection has a hundred thousand of them."""
    if isinstance(content, Answer):
        amount = "null" if content.amount is None else content.amount
        text = "null" if content.text is None else encode_basestring(content.text)
        return f'{_name(key)}["{content.state}",{amount},{text}]'
    if content is None:
        return f"{_name(key)}null"
    if isinstance(content, int):
        return f"{_name(key)}{content}"
    return _name(key) + encode_basestring(content.isoformat() if isinstance(content, date) else str(content))


@lru_cache(maxsize=100_000)
def _name(key: CellKey) -> str:
    return encode_basestring("/".join(key)) + ":"


def from_json(text: str) -> Cells:
    """Return the cells that :func:`to_json` wrote.

    Raises:
        ValueError: it is not such JSON.
    """
    return unpacked(json.loads(text))


def unpacked(data: Mapping[str, Any]) -> Cells:
    """Return the cells that stand in JSON read already.

    Raises:
        ValueError: it is no such data.
    """
    cells: Cells = {}
    for name, content in data.items():
        kind, code, field = name.split("/")
        key = CellKey(kind, code, field)
        cells[key] = _unpacked(key, content)
    return cells


def return_json(read: Cells, wrote: Cells, asked: Cells) -> str:
    """Return what a kept return says of its cells.

    Args:
        read: as they were read.
        wrote: which of them it wrote, None where it cleared one.
        asked: those that somebody has to decide or the unit to correct, with what the file held then.
    """
    entries = {key: _entry(key, content) for key, content in read.items()}
    written = [
        entries[key] if content is not None and content is read.get(key) else _entry(key, content)
        for key, content in wrote.items()
    ]
    open_cells = f'"asked":{to_json(asked)},' if asked else ""
    return f'{{{open_cells}"read":{_object(entries.values())},"wrote":{_object(written)}}}'


def read_of(cells_json: str) -> Cells:
    """Return the cells of a kept return as they were read."""
    return unpacked(json.loads(cells_json).get("read", {}))


def asked_of(cells_json: str) -> Cells:
    """Return the cells of a kept return that were asked, with what the file held then."""
    return unpacked(json.loads(cells_json).get("asked", {}))


def wrote_of(cells_json: str) -> Cells:
    """Return the cells that a kept return wrote."""
    return unpacked(json.loads(cells_json).get("wrote", {}))


def _unpacked(key: CellKey, content: Any) -> Content:
    if content is None:
        return None
    if isinstance(content, list):
        state, amount, text = content
        return Answer(ValueState(state), amount, text)
    if key.field == "status":
        return _STATUSES[key.kind](content)
    if key.field == "since_on":
        return date.fromisoformat(content)
    return content if isinstance(content, int | str) else None
