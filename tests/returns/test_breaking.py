"""The promise of reading: whatever an honest unit breaks, every answer arrives as it was typed, or is asked there."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop_app.domain.entities import DeploymentStatus, Element, ElementKind, TaskStatus, Value, ValueState
from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.values import Answer
from desktop_app.exchange.child import client, server
from desktop_app.exchange.child.replies import parse_answer
from desktop_app.exchange.scanning.found_files import FoundFile
from desktop_app.services.cells import FIGURE, SYSTEM, TASK, CellKey
from desktop_app.services.collecting import plan_collection
from desktop_app.services.collecting.plan import FilePlan
from desktop_app.services.issuing import issue
from desktop_app.services.session import Session
from desktop_app.storage.database import create_database
from tests.returns import columns, identities, rows, shapes  # noqa: F401 - each registers its breakers
from tests.returns.breaking import (
    BREAKERS,
    FIGURES,
    SYSTEMS,
    TASKS,
    Breaker,
    Lost,
    NotApplicableError,
    Spot,
    broken,
    covers,
    found,
    saved,
)
from tests.services.conftest import NOW, fill

SINGLE = {item.name: item for item in BREAKERS}
FIELDS = {
    FIGURES: (FIGURE, {"Kỳ này": "value", "Giải trình": "note"}),
    SYSTEMS: (
        SYSTEM,
        {"Tình trạng": "status", "Sử dụng từ ngày": "since_on", "Số người dùng": "users", "Ghi chú": "note"},
    ),
    TASKS: (
        TASK,
        {
            "Tình trạng": "status",
            "Hoàn thành (%)": "percent",
            "Đã giải ngân (triệu đồng)": "disbursed_vnd",
            "Ghi chú": "note",
        },
    ),
}


def said(amount: int | None = None, text: str | None = None) -> Answer:
    return Answer(ValueState.VALUE, amount, text)


TYPED: dict[Spot, tuple[Any, Any]] = {
    (FIGURES, "HT01a", "Kỳ này"): (121, said(121)),
    (FIGURES, "HT01a", "Giải trình"): ("Tăng do tuyển mới", "Tăng do tuyển mới"),
    (FIGURES, "HT01b", "Kỳ này"): (134, said(134)),
    (FIGURES, "HT01b", "Giải trình"): ("Theo biên chế", "Theo biên chế"),
    (FIGURES, "NB06a", "Kỳ này"): (2345, said(2345)),
    (FIGURES, "NB06b", "Kỳ này"): ("3.456", said(3456)),
    (FIGURES, "DV09a", "Kỳ này"): (85.25, said(8525)),
    (FIGURES, "KP01a", "Kỳ này"): (67.5, said(67_500_000)),
    (FIGURES, "CS01a", "Kỳ này"): ("có", said(1)),
    (FIGURES, "CS03a", "Kỳ này"): ("12/QĐ-SXD", said(None, "12/QĐ-SXD")),
    (SYSTEMS, "QLVB", "Tình trạng"): ("đang sử dụng", DeploymentStatus.IN_USE),
    (SYSTEMS, "QLVB", "Sử dụng từ ngày"): (datetime(2015, 8, 16), date(2015, 8, 16)),  # noqa: DTZ001 - cells know no zone
    (SYSTEMS, "QLVB", "Số người dùng"): (29, 29),
    (SYSTEMS, "QLVB", "Ghi chú"): ("Dùng chung toàn tỉnh", "Dùng chung toàn tỉnh"),
    (SYSTEMS, "MC", "Tình trạng"): ("chưa triển khai", DeploymentStatus.NOT_YET),
    (TASKS, "NV01", "Tình trạng"): ("đang thực hiện", TaskStatus.IN_PROGRESS),
    (TASKS, "NV01", "Hoàn thành (%)"): (45, 45),
    (TASKS, "NV01", "Đã giải ngân (triệu đồng)"): (1250.5, 1_250_500_000),
    (TASKS, "NV02", "Tình trạng"): ("tạm dừng", TaskStatus.PAUSED),
    (TASKS, "NV02", "Hoàn thành (%)"): (99, 99),
}
"""What the unit typed, and by hand what it means; CS02a and most notes are left blank."""
BEFORE = {"HT01a": 111, "HT01b": 133, "NB06a": 2111, "NB06b": 3111, "DV09a": 8111, "KP01a": 61_000_000, "CS01a": 0}
"""The figures of the year before, which no cell of this year has."""

OF_SHEET = {
    "header_missing",
    "code_column_missing",
    "code_column_twice",
    "columns_swapped",
    "sheet_missing",
    "row_without_code",
}
"""Issues that speak of more than one row: of a whole sheet, or of a row that has lost its code."""
WITHOUT_CELL = {
    "sheet_missing",
    "row_missing",
    "form_unknown",
    "file_damaged",
    "file_encrypted",
    "identity_from_line",
    "identity_from_properties",
    "return_unit_unknown",
}
"""Issues about what is gone, or about the file as a whole."""


def key_of(spot: Spot) -> CellKey:
    sheet, code, heading = spot
    kind, fields = FIELDS[sheet]
    return CellKey(kind, code, fields[heading])


def filled(issued: bytes) -> bytes:
    """Return a workbook as the unit filled it in."""
    book = openpyxl.load_workbook(BytesIO(issued))
    for (sheet, code, heading), (typed, _content) in TYPED.items():
        found(book, sheet).cell(code, heading).value = typed
    return saved(book)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The small office with figures of 2016, its workbooks of 2017 issued."""
    folder = tmp_path_factory.mktemp("office")
    session = Session(create_database(folder / "office.skh", holder="tester"), "tester", now=lambda: NOW)
    fill(session)
    with session.operation("value.set", source="form") as op:
        for code, amount in BEFORE.items():
            unit, element = session.unit("SXD").id, session.element(code).id
            op.save(Value(unit_id=unit, element_id=element, period="2016", state=ValueState.VALUE, amount=amount))
    yield session
    session.close()


@pytest.fixture(scope="module")
def returned(session: Session, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The workbook that came back unbroken."""
    made = {item.unit.code: item.path for item in issue(session, "KH", "2017", tmp_path_factory.mktemp("issued"))}
    return filled(made["SXD"].read_bytes())


def in_process(files: Any) -> Iterator[client.ReadFile]:
    """Read files as the child does, in this process, over the same JSON."""
    for file in files:
        frame = json.dumps(server.answer(file.content), ensure_ascii=False, default=vars).encode()
        form, refused, _retires = parse_answer(frame)
        yield client.ReadFile(file, form, refused)


@pytest.fixture
def collect(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Plan what would be taken of one file."""
    monkeypatch.setattr(client, "read_files", in_process)

    def plan(content: bytes, name: str = "SXD.xlsx") -> FilePlan:
        (tmp_path / name).write_bytes(content)
        (item,) = plan_collection(session, [tmp_path / name]).files
        return item

    return plan


def taken(item: FilePlan) -> dict[CellKey, Any]:
    return item.merged.wrote if item.merged is not None else {}


def explains(told: Issue, spot: Spot, lost: Lost) -> bool:
    """Say whether an issue tells that an answer was not taken: at its cell, its row, its column or its sheet.

    A figure that left no trace, as in a pasted copy of merged cells, counts among those that are not answered yet.
    """
    _sheet, code, heading = spot
    if told.place.item == code:
        return told.code == "row_missing" or told.severity in {Severity.ERROR, Severity.QUESTION}
    if told.code in {"column_missing", "column_twice"}:
        return told.params["column"] == heading
    if told.code == "form_partly_blank":
        return covers(lost, spot)
    return told.code in OF_SHEET


def broken_promises(item: FilePlan, lost: Lost) -> list[str]:
    """Return every answer that would be stored wrongly, and every one that is passed over in silence."""
    found_cells = taken(item)
    typed = {key_of(spot): content for spot, (_raw, content) in TYPED.items()}
    wrong = [f"{key}: {content}" for key, content in found_cells.items() if typed.get(key) != content]
    if item.refused:
        assert any(issue.severity is Severity.ERROR for issue in item.issues)
        return wrong
    silent = [
        str(spot)
        for spot in TYPED
        if key_of(spot) not in found_cells and not any(explains(issue, spot, lost) for issue in item.issues)
    ]
    return wrong + silent


def told_of(item: FilePlan) -> list[tuple[str, str, str, dict[str, Any]]]:
    return [(issue.code, issue.place.sheet, issue.place.cell, dict(issue.params)) for issue in item.issues]


def check(item: FilePlan, lost: Lost, breakers: list[Breaker]) -> None:
    """Assert that everything arrives but for what was lost."""
    assert broken_promises(item, lost) == [], told_of(item)
    if any(breaker.refused for breaker in breakers):
        assert item.refused, told_of(item)
        return
    found_cells = taken(item)
    missing = [spot for spot in TYPED if not covers(lost, spot) and key_of(spot) not in found_cells]
    assert missing == [], told_of(item)


def test_an_unbroken_return_arrives(collect: Any, returned: bytes) -> None:
    item = collect(returned)
    check(item, set(), [])
    assert [issue.code for issue in item.issues] == ["form_partly_blank"]
    assert taken(item) == {key_of(spot): content for spot, (_raw, content) in TYPED.items()}


@pytest.mark.parametrize("breaker", BREAKERS, ids=SINGLE)
def test_a_break_is_read_or_told(collect: Any, returned: bytes, breaker: Breaker) -> None:
    made, lost = broken(returned, [breaker])
    item = collect(made, f"SXD{breaker.suffix}")
    check(item, lost, [breaker])
    told = [issue for issue in item.issues if issue.code in breaker.told]
    assert bool(told) == bool(breaker.told), told_of(item)
    places = [found_issue.place for found_issue in told if found_issue.code not in WITHOUT_CELL]
    assert all(place.sheet and place.cell for place in places), told_of(item)
    left = [spot for spot in TYPED if covers(lost, spot) and key_of(spot) in taken(item)]
    assert left == []


STEPS = (1, 5, 11, 17, 29)
PAIRS = [(BREAKERS[at], BREAKERS[(at + step) % len(BREAKERS)]) for step in STEPS for at in range(len(BREAKERS))]


TWO_ANSWERS = {"own_sheet_twice_differing"}
"""Where this is done, a figure that the other break took away is answered on the second sheet all the same."""


def _breaks_in_two_ways(collect: Any, returned: bytes, pair: tuple[Breaker, Breaker]) -> bool:
    try:
        made, lost = broken(returned, pair)
    except NotApplicableError:
        return False
    if TWO_ANSWERS & {item.name for item in pair} and len(lost) < sum(len(broken(returned, [item])[1]) for item in pair):
        return False
    suffix = next((item.suffix for item in pair if item.suffix != ".xlsx"), ".xlsx")
    item = collect(made, f"SXD{suffix}")
    assert broken_promises(item, lost) == [], ([breaker.name for breaker in pair], told_of(item))
    return True


def test_some_breaks_in_two_ways_are_read_or_told(collect: Any, returned: bytes) -> None:
    assert sum(_breaks_in_two_ways(collect, returned, pair) for pair in PAIRS[::19]) > len(PAIRS) // 40


@pytest.mark.full
def test_breaks_in_two_ways_are_read_or_told(collect: Any, returned: bytes) -> None:
    """With those that are broken in one way, more than three hundred returns."""
    failures, done = [], 0
    for pair in PAIRS:
        try:
            done += _breaks_in_two_ways(collect, returned, pair)
        except AssertionError as error:
            failures.append(f"{error.args[0]}\n"[:1500])
    assert not failures, "\n".join(failures)
    assert done + len(BREAKERS) > 300


def test_the_child_says_what_this_process_says(returned: bytes) -> None:
    """The fast way of reading in these tests is the real one, but for the process."""
    files = []
    for item in BREAKERS[::6]:
        made, _lost = broken(returned, [item])
        files.append(FoundFile(f"SXD_{item.name}{item.suffix}", made))
    there = list(client.read_files(files))
    here = list(in_process(files))
    assert [(item.refused, item.form) for item in there] == [(item.refused, item.form) for item in here]


@pytest.mark.full
def test_breaks_of_every_unit_of_a_batch_through_the_child(session: Session, tmp_path: Path) -> None:
    """Three units break their workbooks differently; what is stored of each is what it typed."""
    made = {item.unit.code: item.path for item in issue(session, "KH", "2017", tmp_path / "issued")}
    chosen = [("SXD", "pasted_below_each_other"), ("STC", "sorted_with_heading"), ("SYT", "deleted_meta_and_lines")]
    for number, (code, name) in enumerate(chosen):
        book = openpyxl.load_workbook(made[code])
        figures = found(book)
        for at, heading in enumerate(figures.rows):
            if heading[:2] in {"HT", "NB"}:
                figures.cell(heading, "Kỳ này").value = 1000 * (number + 1) + at
        content, _lost = broken(saved(book), [SINGLE[name]])
        (tmp_path / f"{number}.xlsx").write_bytes(content)
    plan = plan_collection(session, sorted(tmp_path.glob("*.xlsx")))
    assert [item.unit.code if item.unit else None for item in plan.files] == [code for code, _name in chosen]
    for number, item in enumerate(plan.files):
        amounts = [content.amount for key, content in taken(item).items() if key.field == "value"]
        assert sorted(amounts) == [1000 * (number + 1) + at for at in range(4)]


@pytest.mark.full
@pytest.mark.parametrize("name", ["renamed_sheets", "sorted_rows", "pasted_below_each_other", "swapped_codes", "own_column"])
def test_the_form_of_the_sample_survives(sample_path: Path, tmp_path: Path, name: str) -> None:
    """A real form, with its own codes: every count arrives as typed, or stands at an issue."""
    with contextlib.closing(Session.open(sample_path, "tester")) as session:
        (made,) = issue(session, "TH-2016-2020", "2018", tmp_path / "issued", unit_codes=["SXD"])
        elements = {item.code: item for item in session.gateway.list(Element)}
        book = openpyxl.load_workbook(made.path)
        figures = found(book)
        counts = [code for code in figures.rows if elements[code].kind is ElementKind.COUNT]
        typed = {code: 7000 + at for at, code in enumerate(counts)}
        for code, figure in typed.items():
            figures.cell(code, "Kỳ này").value = figure
        content, lost = broken(saved(book), [SINGLE[name]])
        (tmp_path / "SXD.xlsx").write_bytes(content)
        (item,) = plan_collection(session, [tmp_path / "SXD.xlsx"]).files
    stored = {key.code: found_content.amount for key, found_content in taken(item).items() if key.field == "value"}
    expected = {code: figure for code, figure in typed.items() if not covers(lost, (FIGURES, code, "Kỳ này"))}
    assert {code: stored.get(code) for code in typed} == {code: expected.get(code) for code in typed}
    assert {code for code in typed if code not in expected} <= {found_issue.place.item for found_issue in item.issues}
