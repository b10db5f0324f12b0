"""Input cells as the data file knows them: keys, contents and their JSON."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.entities import Deployment, DeploymentStatus, TaskReport, TaskStatus, Value, ValueState
from desktop_app.domain.values import NOT_APPLICABLE, Answer
from desktop_app.services import cells
from desktop_app.services.cells import FIGURE, SYSTEM, TASK, CellKey


def test_a_stored_value_is_two_cells() -> None:
    row = Value(unit_id=1, element_id=1, period="2017", state=ValueState.VALUE, amount=5, note="vì")
    assert cells.value_cells("HT01a", row) == {
        CellKey(FIGURE, "HT01a", "value"): Answer(ValueState.VALUE, 5),
        CellKey(FIGURE, "HT01a", "note"): "vì",
    }
    noted = Value(unit_id=1, element_id=1, period="2017", state=ValueState.NOT_REPORTED, note="đang rà soát")
    assert cells.value_cells("HT01a", noted) == {CellKey(FIGURE, "HT01a", "note"): "đang rà soát"}
    assert cells.value_cells("HT01a", None) == {}


def test_the_cells_of_a_row_are_its_filled_fields() -> None:
    deployment = Deployment(
        unit_id=1, system_id=1, status=DeploymentStatus.IN_USE, since_on=date(2016, 1, 2), users=0, note=""
    )
    assert cells.row_cells(SYSTEM, "QLVB", deployment) == {
        CellKey(SYSTEM, "QLVB", "status"): DeploymentStatus.IN_USE,
        CellKey(SYSTEM, "QLVB", "since_on"): date(2016, 1, 2),
        CellKey(SYSTEM, "QLVB", "users"): 0,
    }
    report = TaskReport(task_id=1, period="2017", status=TaskStatus.DONE, percent=100, disbursed_vnd=5, note="xong")
    assert [key.field for key in cells.row_cells(TASK, "NV01", report)] == ["status", "percent", "disbursed_vnd", "note"]
    assert cells.row_cells(TASK, "NV01", None) == {}


def test_json_is_canonical_and_comes_back() -> None:
    held: cells.Cells = {
        CellKey(TASK, "NV01", "status"): TaskStatus.PAUSED,
        CellKey(SYSTEM, "QLVB", "status"): DeploymentStatus.IN_USE,
        CellKey(SYSTEM, "QLVB", "since_on"): date(2016, 1, 2),
        CellKey(SYSTEM, "QLVB", "users"): 25,
        CellKey(FIGURE, "HT01a", "value"): NOT_APPLICABLE,
        CellKey(FIGURE, "HT01a", "note"): "vì “thế”",
    }
    text = cells.to_json(held)
    assert cells.from_json(text) == held
    assert cells.to_json(dict(reversed(held.items()))) == text
    assert "vì “thế”" in text


_CODES = st.text("ABCabc019._-", min_size=1, max_size=6)
_AMOUNTS = st.none() | st.integers(-(10**16), 10**16)
_ANSWERS = st.builds(Answer, st.sampled_from(ValueState), _AMOUNTS, st.none() | st.text(max_size=20))
_FIGURES = st.tuples(st.builds(CellKey, st.just(FIGURE), _CODES, st.just("value")), _ANSWERS | st.none())
_NOTES = st.tuples(st.builds(CellKey, st.just(TASK), _CODES, st.just("note")), st.text(max_size=20) | st.none())
_DAYS = st.tuples(st.builds(CellKey, st.just(SYSTEM), _CODES, st.just("since_on")), st.dates() | st.none())
_STATUSES = st.tuples(st.builds(CellKey, st.just(SYSTEM), _CODES, st.just("status")), st.sampled_from(DeploymentStatus))
_CELLS = st.lists(_FIGURES | _NOTES | _DAYS | _STATUSES, max_size=12).map(dict)


def _plainly(held: cells.Cells) -> dict[str, Any]:
    """Return cells as data that the library writes as JSON."""
    found: dict[str, Any] = {}
    for key, content in held.items():
        plain = [str(content.state), content.amount, content.text] if isinstance(content, Answer) else content
        found["/".join(key)] = plain.isoformat() if isinstance(plain, date) else plain
    return found


def _as_the_library_writes(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@given(_CELLS, _CELLS, _CELLS, st.booleans())
def test_json_is_what_the_library_writes(read: cells.Cells, wrote: cells.Cells, asked: cells.Cells, same: bool) -> None:
    taken = {**wrote, **read} if same else wrote
    assert cells.to_json(read) == _as_the_library_writes(_plainly(read))
    open_cells = {"asked": _plainly(asked)} if asked else {}
    data = {"read": _plainly(read), "wrote": _plainly(taken), **open_cells}
    assert cells.return_json(read, taken, asked) == _as_the_library_writes(data)


def test_a_return_says_what_it_read_and_what_it_wrote() -> None:
    key = CellKey(FIGURE, "HT01a", "value")
    kept = cells.return_json({key: Answer(ValueState.ZERO, 0)}, {key: None}, {})
    assert cells.wrote_of(kept) == {key: None}
    assert cells.wrote_of("{}") == {}
