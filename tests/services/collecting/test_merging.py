"""The merge of a whole workbook against the naive model of figures.md, over random histories of one unit, without a file.

What a collection would do is computed by the program from the same desk that it uses (what is held, what came, the base
that advances); what is taken back is left to the model. Histories in a data file: test_applying.py.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from desktop_app.domain.entities import (
    Deployment,
    DeploymentStatus,
    Element,
    ElementKind,
    Measure,
    PeriodKind,
    Return,
    ReturnStatus,
    System,
    Task,
    TaskReport,
    TaskStatus,
    Unit,
    UnitKind,
    UnitLevel,
    Value,
    ValueState,
)
from desktop_app.domain.issues import Issue
from desktop_app.domain.merge import Merge, Policy
from desktop_app.domain.specs import spec_of
from desktop_app.domain.values import Answer
from desktop_app.services import cells
from desktop_app.services.cells import CellKey, Cells, Content
from desktop_app.services.collecting.desk import UnitDesk
from desktop_app.services.collecting.merging import MergedForm, RowMaker, decide_cells, merge_form, shown
from desktop_app.services.collecting.reading import ReadCell, ReadForm
from tests.services.collecting.naive_merge import CELLS, POLICIES, UNREADABLE, Cell, NaiveUnit, Words, edited, is_whole

UNIT = Unit(id=1, code="SXD", name="Sở Xây dựng", kind=UnitKind.DEPARTMENT, level=UnitLevel.PROVINCE, order_number=1)
NOW = datetime(2017, 12, 20, tzinfo=UTC)


def element(number: int, code: str) -> Element:
    return Element(
        id=number,
        code=code,
        name=code,
        kind=ElementKind.COUNT,
        measure=Measure.STOCK,
        unit="người",
        definition="",
        period_kinds=(PeriodKind.YEAR,),
        section="HT",
    )


ELEMENTS = [element(1, "HT01a"), element(2, "NB06a")]
SYSTEMS = [System(id=1, code="QLVB", name="QLVB", category_id=1, scope=())]
TASKS = [Task(id=1, plan_id=1, code="NV01", name="NV01", lead_unit_id=1, order_number=1)]


def content(cell: Cell, word: str) -> Content:
    """Return what a word of the model is in the program."""
    kind, _code, name = cell
    if not word:
        return None
    if (kind, name) == ("figure", "value"):
        known = {"KPS": Answer(ValueState.NOT_APPLICABLE), "0": Answer(ValueState.ZERO, 0)}
        return known.get(word) or Answer(ValueState.VALUE, int(word))
    if name == "status":
        return DeploymentStatus(word)
    return word if name == "note" else int(word)


def contents(words: Words) -> Cells:
    return {CellKey(*cell): content(cell, word) for cell, word in words.items()}


def _asked(items: list[Any], _unit: Unit) -> list[Any]:
    return items


class Book:
    """What the desk of a round knows of one unit, with the cells of the file in a dict."""

    period = "2017"
    shares: tuple[()] = ()

    def __init__(self) -> None:
        asked = {"elements_for": ELEMENTS, "systems_for": SYSTEMS, "tasks_for": TASKS}
        self.content = SimpleNamespace(**{name: partial(_asked, items) for name, items in asked.items()})
        self.element_codes: dict[int, str] = {}
        self.held: Cells = {}
        self.kept: list[Return] = []

    @property
    def returns(self) -> dict[int, list[Return]]:
        return {1: [item for item in self.kept if item.status is not ReturnStatus.REJECTED]}

    @property
    def rejected(self) -> dict[int, list[Return]]:
        return {1: [item for item in self.kept if item.status is ReturnStatus.REJECTED]}

    def current(self, _desk: UnitDesk) -> Cells:
        return dict(self.held)

    def merge(self, issued: Words, returned: Words, policy: str) -> tuple[UnitDesk, MergedForm]:
        desk = UnitDesk(self, UNIT)  # type: ignore[arg-type]
        return desk, merge_form(read(returned), desk, contents(issued), Policy(policy))

    def keep(self, name: str, merged: MergedForm) -> None:
        number = len(self.kept) + 1
        self.kept.append(
            Return(
                id=number,
                round_id=1,
                unit_id=1,
                file_name=name,
                sha256=name,
                content=b"",
                received_at=NOW,
                status=ReturnStatus.RECEIVED,
                cells_json=merged.cells_json,
            )
        )


def read(words: Words) -> ReadForm:
    """Return a workbook as the reader hands it on: every cell once."""
    found = ReadForm()
    for number, cell in enumerate(CELLS, start=2):
        word = words.get(cell, "")
        if word == UNREADABLE:
            issue = Issue("figure_unreadable", {"typed": "abc"})
            found.cells.append(ReadCell(CellKey(*cell), cell[0], f"E{number}", None, issue))
        else:
            found.cells.append(ReadCell(CellKey(*cell), cell[0], f"E{number}", content(cell, word)))
    return found


def cells_of(row: Any) -> Cells:
    """Return the cells of an entity that is to be saved."""
    if isinstance(row, Value):
        return cells.value_cells(ELEMENTS[row.element_id - 1].code, row)
    kind, code = (cells.SYSTEM, "QLVB") if isinstance(row, Deployment) else (cells.TASK, "NV01")
    assert isinstance(row, Deployment | TaskReport)
    return cells.row_cells(kind, code, row)


class History:
    """One random history, played by the program and by the model side by side."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.model = NaiveUnit()
        self.book = Book()
        self.issues: list[Words] = [{}]
        self.sent: list[tuple[str, Words, Words]] = []
        self.happened: Counter[str] = Counter()

    def play(self) -> Counter[str]:
        steps = [self.edit, self.issue, self.send, self.send, self.send, self.send_again, self.reject, self.undo]
        self.send()
        for _ in range(self.chance.randint(2, 7)):
            self.chance.choice(steps)()
        return self.happened

    def edit(self) -> None:
        """Somebody types in the program."""
        words = edited(self.chance, self.model.file, self.chance.randint(1, 3))
        if is_whole(words, "QLVB"):
            self.model.file = words
            self.book.held = contents(words)

    def issue(self) -> None:
        self.issues.append(dict(self.model.file))

    def send(self) -> None:
        """The unit fills in a workbook that it got, or corrects what it sent."""
        if self.sent and self.chance.random() < 0.6:
            _name, issued, words = self.chance.choice(self.sent)
        else:
            issued = self.chance.choice(self.issues)
            words = issued
        self.sent.append(
            (f"{len(self.sent)}", issued, edited(self.chance, words, self.chance.randint(0, 5), unreadable=True))
        )
        self.collect(*self.sent[-1])

    def send_again(self) -> None:
        if self.sent:
            self.collect(*self.chance.choice(self.sent))

    def collect(self, name: str, issued: Words, returned: Words) -> None:
        policy = self.chance.choice(POLICIES)
        if self.model.refuses(name):
            assert name in UnitDesk(self.book, UNIT).rejected  # type: ignore[arg-type]
            return
        expected = self.model.expect(name, issued, returned, policy)
        desk, merged = self.book.merge(issued, returned, policy)
        assert (name in desk.known) == self.model.knows(name)
        assert +merged.counts == expected.counts
        assert {tuple(change.key) for change in merged.changes if change.asked} == expected.asked
        assert merged.wrote == {CellKey(*cell): content(cell, word) for cell, word in expected.taken.items()}
        assert merged.results == cells.wrote_of(merged.cells_json) == merged.wrote
        said = {cell: word for cell, word in returned.items() if word != UNREADABLE}
        assert merged.read == cells.read_of(merged.cells_json) == contents(said)
        unsettled = {cell: self.model.file.get(cell, "") for cell in expected.asked}
        assert merged.asked == cells.asked_of(merged.cells_json) == contents(unsettled)
        assert all(change.after == merged.wrote.get(change.key, change.before) for change in merged.changes)
        self.happened.update(f"{kind} {policy}" for kind in expected.counts)
        if expected.kept:
            self.book.keep(name, merged)
        self.model.take(name, expected)
        self.apply(desk, merged)
        again = self.book.merge(issued, returned, policy)[1]
        assert again.wrote == {}, "the same file twice writes nothing"

    def apply(self, desk: UnitDesk, merged: MergedForm) -> None:
        """Write the rows that are to be saved and delete the others; the rest of the file stays."""
        maker = RowMaker()
        maker.add(merged, desk, len(self.book.kept))
        held = self.book.held
        saves = [
            cls(**dict(zip(spec_of(cls).fields, row, strict=True))) for cls, rows in maker.saves.items() for row in rows
        ]
        for row in [*saves, *(row for row, _return in maker.deletes)]:
            code = "QLVB" if isinstance(row, Deployment) else "NV01"
            code = ELEMENTS[row.element_id - 1].code if isinstance(row, Value) else code
            held = {key: word for key, word in held.items() if key.code != code}
        for row in saves:
            assert row.return_id == len(self.book.kept)
            held |= cells_of(row)
        self.book.held = held
        assert held == contents(self.model.file)

    def reject(self) -> None:
        """One return is rejected: it stays, and is no base any more."""
        for number in reversed(range(len(self.model.returns))):
            came = self.model.returns[number]
            if came.stands and self.model.can_take_back(came):
                self.model.take_back(came)
                came.stands = False
                self.book.kept[number] = replace(self.book.kept[number], status=ReturnStatus.REJECTED)
                self.book.held = contents(self.model.file)
                self.happened["rejected"] += 1
                return

    def undo(self) -> None:
        """The newest collection is undone: its return was never there."""
        came = self.model.returns[-1] if self.model.returns else None
        if came is not None and came.stands and self.model.can_take_back(came):
            self.model.take_back(self.model.returns.pop())
            self.book.kept.pop()
            self.book.held = contents(self.model.file)
            self.happened["undone"] += 1


def play(seeds: range) -> None:
    happened: Counter[str] = Counter()
    for seed in seeds:
        try:
            happened += History(seed).play()
        except AssertionError as error:
            raise AssertionError(f"history {seed}") from error
    kinds = ("new", "changed", "unchanged", "cleared", "conflict", "invalid")
    missing = {f"{kind} {policy}" for kind in kinds for policy in POLICIES} - set(happened)
    assert not missing, "every row of the table under every policy"
    assert happened["rejected"] > len(seeds) // 10
    assert happened["undone"] > len(seeds) // 10


def test_some_hundred_histories_end_as_the_table_says() -> None:
    play(range(400))


@pytest.mark.full
def test_ten_thousand_histories_end_as_the_table_says() -> None:
    play(range(1_000, 11_000))


@pytest.mark.parametrize(
    ("key", "held", "said"),
    [
        (CellKey("figure", "HT01a", "value"), Answer(ValueState.VALUE, 1234), "1.234"),
        (CellKey("figure", "HT01a", "note"), "vì sáp nhập", "vì sáp nhập"),
        (CellKey("system", "QLVB", "status"), DeploymentStatus.IN_USE, "đang sử dụng"),
        (CellKey("system", "QLVB", "since_on"), date(2015, 8, 5), "05/08/2015"),
        (CellKey("system", "QLVB", "users"), 25, "25"),
        (CellKey("task", "NV01", "status"), TaskStatus.DONE, "hoàn thành"),
        (CellKey("task", "NV01", "percent"), 45, "45"),
        (CellKey("task", "NV01", "disbursed_vnd"), 1_250_500_000, "1.250,5"),
        (CellKey("task", "NV01", "note"), None, "–"),
    ],
)
def test_contents_are_shown_as_people_write_them(key: CellKey, held: Content, said: str) -> None:
    shown_text = shown(key, held, UnitDesk(Book(), UNIT))  # type: ignore[arg-type]
    assert said in shown_text.casefold()


def test_an_unreadable_cell_and_stray_answers_count_as_not_readable() -> None:
    form = read({CELLS[0]: UNREADABLE})
    form.stray, form.blanks = 3, 5
    desk = UnitDesk(Book(), UNIT)  # type: ignore[arg-type]
    merged = merge_form(form, desk, {}, Policy.NONBLANK)
    assert (merged.counts[Merge.INVALID], merged.counts[Merge.UNCHANGED]) == (4, 4 + len(CELLS))


@pytest.mark.parametrize("policy", list(Policy))
def test_what_is_set_aside_is_listed_with_all_three_contents(policy: Policy) -> None:
    book = Book()
    book.held = contents({CELLS[0]: "2", CELLS[2]: "1"})
    desk = UnitDesk(book, UNIT)  # type: ignore[arg-type]
    issued = contents({CELLS[0]: "1", CELLS[2]: "1"})
    merged = merge_form(read({CELLS[0]: "KPS"}), desk, issued, policy)
    conflict = {Policy.NONBLANK: "cell_conflict", Policy.FILE: "cell_overwritten", Policy.BLANKS: "cell_difference_kept"}
    found = {item.code: item for item in merged.issues}
    assert set(found) == {conflict[policy]} | ({"cell_cleared_kept"} if policy is not Policy.FILE else set())
    told = found[conflict[policy]]
    assert {name: told.params[name] for name in ("code", "current", "base")} == {
        "code": "HT01a",
        "current": "2",
        "base": "1",
    }
    assert "phát sinh" in str(told.params["returned"])
    assert (told.place.sheet, told.place.cell, told.place.unit, told.place.item) == ("figure", "E2", "SXD", "HT01a")


@pytest.mark.parametrize("policy", list(Policy))
def test_a_disputed_cell_is_asked_whatever_the_policy(policy: Policy) -> None:
    form = ReadForm()
    issue = Issue("files_differ", {"code": "HT01a"})
    form.cells.append(ReadCell(CellKey(*CELLS[0]), "S", "E2", content(CELLS[0], "1"), issue, disputed=True))
    merged = merge_form(form, UnitDesk(Book(), UNIT), {}, policy)  # type: ignore[arg-type]
    (change,) = merged.changes
    assert (change.kind, change.asked, change.after, merged.wrote) == (Merge.CONFLICT, True, None, {})
    assert merged.issues == [issue]
    assert merged.asked == {CellKey(*CELLS[0]): None}


def test_the_fingerprint_tells_every_fact_of_a_difference() -> None:
    """What was read, what is taken, how it stands to its base, the base and what is held: each alone changes it."""
    book = Book()
    cases = [
        ({}, {CELLS[0]: "1"}, {}, "nonblank"),
        ({}, {CELLS[0]: "2"}, {}, "nonblank"),
        ({}, {CELLS[2]: "1"}, {}, "nonblank"),
        ({CELLS[0]: "2"}, {CELLS[0]: "1"}, {}, "nonblank"),
        ({CELLS[0]: "0"}, {CELLS[0]: "1"}, {}, "nonblank"),
        ({CELLS[0]: "2"}, {CELLS[0]: "1"}, {CELLS[0]: "2"}, "nonblank"),
        ({CELLS[0]: "2"}, {CELLS[0]: "1"}, {CELLS[0]: "0"}, "nonblank"),
        ({CELLS[0]: "2"}, {CELLS[0]: "1"}, {}, "file"),
        ({CELLS[0]: "0"}, {CELLS[0]: "1"}, {}, "file"),
        ({CELLS[0]: "2"}, {CELLS[0]: UNREADABLE}, {}, "nonblank"),
        ({}, {}, {}, "nonblank"),
    ]
    prints = []
    for held, returned, issued, policy in cases:
        book.held = contents(held)
        prints.append(book.merge(issued, returned, policy)[1].fingerprint)
    assert len(set(prints)) == len(prints)


FIGURE, OTHER = CELLS[0], CELLS[2]
KEY = CellKey(*FIGURE)


def conflicting(held: str = "2") -> tuple[UnitDesk, MergedForm]:
    """A workbook that says 1 where the file holds something else than it was issued with, and has a new figure."""
    book = Book()
    book.held = contents({FIGURE: held} if held else {})
    return book.merge({FIGURE: "KPS"}, {FIGURE: "1", OTHER: "2"}, "nonblank")


@pytest.mark.parametrize(("held", "kind"), [("2", Merge.CHANGED), ("", Merge.NEW)])
def test_a_decision_is_counted_and_written_as_what_it_does(held: str, kind: Merge) -> None:
    desk, merged = conflicting(held)
    decided = decide_cells(merged, desk, {KEY: content(FIGURE, "1")})
    before = Counter({Merge.CONFLICT: 1, Merge.NEW: 1, Merge.UNCHANGED: len(CELLS) - 2})
    assert +merged.counts == before
    assert +decided.counts == before - Counter([Merge.CONFLICT]) + Counter([kind])
    assert decided.wrote == {KEY: content(FIGURE, "1"), CellKey(*OTHER): content(OTHER, "2")}
    assert decided.results == cells.wrote_of(decided.cells_json) == decided.wrote
    assert (decided.asked, cells.asked_of(decided.cells_json)) == ({}, {})
    (change,) = [change for change in decided.changes if change.key == KEY]
    assert (change.kind, change.after, change.asked) == (kind, content(FIGURE, "1"), False)
    assert [fields["value"] for _kind, code, fields in decided.rows if code == "HT01a"] == [content(FIGURE, "1")]
    assert merged.asked == {KEY: content(FIGURE, held)}, "what was shown stays as it was"


def test_keeping_what_is_held_or_leaving_it_to_another_file_writes_nothing() -> None:
    desk, merged = conflicting()
    for decided in (
        decide_cells(merged, desk, {KEY: content(FIGURE, "2")}),
        decide_cells(merged, desk, {KEY: content(FIGURE, "1")}, {KEY}),
    ):
        assert decided.wrote == merged.wrote
        assert decided.counts[Merge.UNCHANGED] == merged.counts[Merge.UNCHANGED] + 1
        assert decided.counts[Merge.CONFLICT] == 0
        assert decided.asked == {}


def test_only_what_is_asked_can_be_decided() -> None:
    desk, merged = conflicting()
    decided = decide_cells(merged, desk, {CellKey(*OTHER): content(OTHER, "0")})
    assert (decided.wrote, decided.counts, decided.asked) == (merged.wrote, merged.counts, merged.asked)


def test_a_decided_cell_of_a_system_without_a_status_is_asked_again() -> None:
    users = ("system", "QLVB", "users")
    desk, merged = Book().merge({}, {users: UNREADABLE}, "nonblank")
    decided = decide_cells(merged, desk, {CellKey(*users): 25})
    assert (decided.wrote, +decided.counts) == ({}, +merged.counts)
    assert decided.asked == merged.asked == {CellKey(*users): None}
    assert [item.code for item in decided.issues[len(merged.issues) :]] == ["deployment_without_status"]
    assert [item.code for item in merged.issues] == ["figure_unreadable"]
