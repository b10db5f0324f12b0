"""Input cells as the data file knows them: keys, contents and their JSON."""

from __future__ import annotations

from datetime import date

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


def test_a_return_says_what_it_read_and_what_it_wrote() -> None:
    key = CellKey(FIGURE, "HT01a", "value")
    kept = cells.return_json({key: Answer(ValueState.ZERO, 0)}, {key: None}, {})
    assert cells.wrote_of(kept) == {key: None}
    assert cells.wrote_of("{}") == {}
