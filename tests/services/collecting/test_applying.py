"""Applying a collection: random histories against the naive model, what the digest covers, and stopping half-way."""

from __future__ import annotations

import copy
import hashlib
import random
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.entities import (
    Deployment,
    DeploymentStatus,
    Element,
    ElementKind,
    Return,
    TaskReport,
    Unit,
    UnitKind,
    Value,
    ValueState,
)
from desktop_app.domain.issues import CollectedError, UserError
from desktop_app.domain.merge import Policy
from desktop_app.domain.values import Answer
from desktop_app.exchange.layout import FIGURES_SHEET, SYSTEMS_SHEET, TASKS_SHEET, Column
from desktop_app.exchange.writing.filling import Entry, fill
from desktop_app.services import cells
from desktop_app.services.collecting import apply_collection, plan_collection
from desktop_app.services.collecting.deciding import decide, with_decision
from desktop_app.services.editing import Edit, set_values
from desktop_app.services.history import undo
from desktop_app.services.issuing import issue
from desktop_app.services.returns import reject_return
from desktop_app.services.session import Session
from desktop_app.storage.history import history
from desktop_app.text.catalogue import Catalogue, Language
from tests.services.collecting.naive_merge import CELLS, POLICIES, UNREADABLE, Cell, NaiveUnit, Words, edited, is_whole

ENTRIES = {
    ("figure", "value"): (FIGURES_SHEET, Column.CURRENT),
    ("figure", "note"): (FIGURES_SHEET, Column.NOTE),
    ("system", "status"): (SYSTEMS_SHEET, Column.STATUS),
    ("system", "users"): (SYSTEMS_SHEET, Column.USERS),
    ("task", "percent"): (TASKS_SHEET, Column.PERCENT),
    ("task", "note"): (TASKS_SHEET, Column.NOTE),
}
TYPED = {"in_use": "Đang sử dụng", "in_progress": "đang triển khai", UNREADABLE: "abc", "": None}
UNITS = {"SXD": CELLS, "STC": tuple(cell for cell in CELLS if cell[0] != "task")}


def typed(cell: Cell, word: str) -> Any:
    """Return what a unit types for a word of the model."""
    if word in TYPED:
        return TYPED[word]
    return int(word) if word.isdigit() else word


def word_of(content: Any) -> str:
    """Return the word of the model for what a cell holds."""
    if isinstance(content, Answer):
        return "KPS" if content.state is ValueState.NOT_APPLICABLE else str(content.amount)
    return str(content)


def held(session: Session, unit: str) -> Words:
    """Return what the file holds in the cells of a unit."""
    gateway, unit_id = session.gateway, session.unit(unit).id
    found: cells.Cells = {}
    for code in ("HT01a", "NB06a"):
        found |= cells.value_cells(code, gateway.get(Value, "2017", session.element(code).id, unit_id))
    found |= cells.row_cells(cells.SYSTEM, "QLVB", gateway.get(Deployment, unit_id, session.system("QLVB").id))
    if unit == "SXD":
        found |= cells.row_cells(cells.TASK, "NV01", gateway.get(TaskReport, 1, "2017"))
    return {tuple(key): word_of(content) for key, content in found.items()}


class Office:
    """A real data file and the model of two units, through one random history."""

    def __init__(self, session: Session, folder: Path, seed: int) -> None:
        self.session = session
        self.folder = folder
        self.chance = random.Random(seed)
        self.models = {code: NaiveUnit(unit_cells) for code, unit_cells in UNITS.items()}
        self.issues: dict[str, list[tuple[bytes, Words]]] = {code: [] for code in UNITS}
        self.sent: list[tuple[str, bytes, bytes, Words, Words]] = []
        self.collections: list[tuple[int, list[tuple[str, int]]]] = []
        self.happened: Counter[str] = Counter()

    def play(self) -> Counter[str]:
        steps = [*[self.edit] * 3, self.issue, *[self.send] * 3, self.send_again, self.reject, self.undo]
        self.issue()
        self.send()
        for _ in range(self.chance.randint(4, 7)):
            self.chance.choice(steps)()
            for code, model in self.models.items():
                assert held(self.session, code) == model.file, code
        return self.happened

    def issue(self) -> None:
        for item in issue(self.session, "KH", "2017", self.folder / str(len(self.issues["SXD"])), unit_codes=list(UNITS)):
            self.issues[item.unit.code].append((item.path.read_bytes(), dict(self.models[item.unit.code].file)))

    def edit(self) -> None:
        """Somebody types in the program: one row, in one operation."""
        code = self.chance.choice(list(UNITS))
        model = self.models[code]
        words = edited(self.chance, model.file, self.chance.randint(1, 3), model.cells)
        if not is_whole(words, "QLVB"):
            return
        model.file = words
        for element in ("HT01a", "NB06a"):
            value, note = (words.get(("figure", element, name), "") for name in ("value", "note"))
            set_values(self.session, [Edit(code, element, "2017", value, note)], "form")
        self.save_row(Deployment, code, words)
        if code == "SXD":
            self.save_row(TaskReport, code, words)

    def save_row(self, cls: type[Deployment] | type[TaskReport], code: str, words: Words) -> None:
        kind, item = ("system", "QLVB") if cls is Deployment else ("task", "NV01")
        fields: dict[str, Any] = {name: word for (of, _item, name), word in words.items() if of == kind}
        key: dict[str, Any] = {"task_id": 1, "period": "2017"}
        if cls is Deployment:
            key = {"unit_id": self.session.unit(code).id, "system_id": self.session.system(item).id}
        stored = self.session.gateway.get(cls, *key.values())
        now = cells.row_cells(kind, item, stored)
        if {name: word_of(now[cells.CellKey(kind, item, name)]) for _k, _i, name in now} == fields:
            return
        for name in ("users", "percent"):
            fields |= {name: int(fields[name])} if name in fields else {}
        if "status" in fields:
            fields["status"] = DeploymentStatus(fields["status"])
        with self.session.operation("values.set", source="form", count=1, period="2017") as operation:
            if fields:
                operation.save(cls(**key, **fields))
            else:
                operation.delete(stored)

    def send(self) -> None:
        """One unit or both fill in a workbook that they got, or correct what they sent."""
        made = []
        for code in self.chance.sample(list(UNITS), self.chance.randint(1, 2)):
            earlier = [item for item in self.sent if item[0] == code]
            if earlier and self.chance.random() < 0.6:
                _code, _bytes, blank, issued, words = self.chance.choice(earlier)
            else:
                blank, issued = self.chance.choice(self.issues[code])
                words = issued
            words = edited(self.chance, words, self.chance.randint(0, 4), UNITS[code], unreadable=True)
            changed = [cell for cell in UNITS[code] if words.get(cell, "") != issued.get(cell, "")]
            entries = {
                Entry(ENTRIES[cell[0], cell[2]][0], cell[1], ENTRIES[cell[0], cell[2]][1]): typed(cell, words.get(cell, ""))
                for cell in changed
            }
            made.append((code, fill(blank, entries), blank, issued, words))
        self.sent += made
        self.collect(made)

    def send_again(self) -> None:
        self.collect([self.chance.choice(self.sent)])

    def collect(self, files: list[tuple[str, bytes, bytes, Words, Words]]) -> None:
        policy = self.chance.choice(POLICIES)
        paths = []
        for number, (_code, content, *_rest) in enumerate(files):
            paths.append(self.folder / f"{number}.xlsx")
            paths[-1].write_bytes(content)
        plan = plan_collection(self.session, paths, Policy(policy))
        taken, attention = [], False
        for (code, content, _blank, issued, words), path in zip(files, paths, strict=True):
            (item,) = [found for found in plan.files if found.name == str(path)]
            model, name = self.models[code], hashlib.sha256(content).hexdigest()
            assert item.refused == model.refuses(name)
            if item.refused:
                attention = True
                continue
            expected = model.expect(name, issued, words, policy)
            counts = {kind: count for kind, count in item.counts.items() if count and kind != "unchanged"}
            assert counts == {kind: count for kind, count in expected.counts.items() if kind != "unchanged"}
            assert {tuple(change.key) for change in item.merged.changes if change.asked} == expected.asked
            assert item.is_known == model.knows(name)
            attention |= bool(expected.counts["conflict"] or expected.counts["invalid"])
            self.happened.update(f"{kind} {policy}" for kind in expected.counts)
            if expected.kept:
                model.take(name, expected)
                taken.append((code, model.count))
        assert plan.needs_attention == attention
        before = len(history(self.session.database))
        result = apply_collection(self.session, plan, plan.digest)
        assert (result.operation_id is not None) == bool(taken)
        assert len(history(self.session.database)) == before + bool(taken)
        if taken:
            self.collections.append((result.operation_id, taken))

    def reject(self) -> None:
        """A return is rejected, if nobody wrote since in what it brought."""
        kept = [item for item in self.session.gateway.list(Return, order_by="id") if item.reason is None]
        if not kept:
            return
        chosen = self.chance.choice(kept)
        code = next(code for code in UNITS if self.session.unit(code).id == chosen.unit_id)
        model = self.models[code]
        own = [item for item in self.session.gateway.list(Return, order_by="id") if item.unit_id == chosen.unit_id]
        came = model.returns[[item.id for item in own].index(chosen.id)]
        before = copy.deepcopy(self.models)
        if not model.can_take_back(came):
            with pytest.raises(CollectedError, match="rejection_refused"):
                reject_return(self.session, chosen.id, "sai")
            self.happened["rejection refused"] += 1
            return
        operation = reject_return(self.session, chosen.id, "sai").operation_id
        model.take_back(came)
        came.stands = False
        self.happened["rejected"] += 1
        self.perhaps_again(operation, before)

    def undo(self) -> None:
        """A whole collection is undone, if nobody wrote since in what it brought and none of it was rejected."""
        if not self.collections:
            return
        at = self.chance.randrange(len(self.collections))
        operation, files = self.collections[at]
        came = [next(item for item in self.models[code].returns if item.number == number) for code, number in files]
        possible = all(
            item.stands and self.models[code].can_take_back(item) for (code, _number), item in zip(files, came, strict=True)
        )
        before, collections = copy.deepcopy(self.models), list(self.collections)
        if not possible:
            with pytest.raises(CollectedError, match="undo_refused"):
                undo(self.session, operation)
            self.happened["undo refused"] += 1
            return
        undone = undo(self.session, operation).id
        for (code, _number), item in zip(files, came, strict=True):
            self.models[code].take_back(item)
            self.models[code].returns.remove(item)
        del self.collections[at]
        self.happened["undone"] += 1
        if self.perhaps_again(undone, before):
            self.collections = collections

    def perhaps_again(self, operation: int, before: dict[str, NaiveUnit]) -> bool:
        """Undo what was just done, which brings everything back."""
        if self.chance.random() < 0.6:
            return False
        undo(self.session, operation)
        self.models = before
        self.happened["brought back"] += 1
        return True


def play(seeds: range, office: Session, folder: Path) -> Counter[str]:
    """Play histories, each in a copy of the small office."""
    office.close()
    happened: Counter[str] = Counter()
    for seed in seeds:
        own = folder / str(seed)
        own.mkdir()
        session = Session.open(Path(shutil.copy(office.path, own / "a.skh")), "tester")
        try:
            happened += Office(session, own, seed).play()
        except AssertionError as error:
            raise AssertionError(f"history {seed}") from error
        finally:
            session.close()
            shutil.rmtree(own)
    return happened


def test_histories_in_a_data_file_end_as_the_table_says(small_office: Session, tmp_path: Path) -> None:
    assert sum(play(range(2), small_office, tmp_path).values())


@pytest.mark.full
def test_hundreds_of_histories_in_a_data_file_end_as_the_table_says(small_office: Session, tmp_path: Path) -> None:
    happened = play(range(100, 240), small_office, tmp_path)
    kinds = ("new", "changed", "unchanged", "cleared", "conflict", "invalid")
    missing = {f"{kind} {policy}" for kind in kinds for policy in POLICIES} - set(happened)
    assert not missing, "every row of the table under every policy"
    assert {"rejected", "undone", "rejection refused", "undo refused", "brought back"} <= set(happened)


@pytest.fixture
def returned(small_office: Session, tmp_path: Path) -> list[Path]:
    """The returns of two units, the second of which was applied before and then typed over."""
    paths = []
    for item in issue(small_office, "KH", "2017", tmp_path / "issued", unit_codes=["SXD", "STC"]):
        entries = {
            Entry(FIGURES_SHEET, "HT01a", Column.CURRENT): 3,
            Entry(FIGURES_SHEET, "HT01b", Column.CURRENT): "năm",
            Entry(FIGURES_SHEET, "DV09a", Column.CURRENT): 85.5,
            Entry(FIGURES_SHEET, "DV09a", Column.NOTE): "đếm lại",
            Entry(SYSTEMS_SHEET, "QLVB", Column.STATUS): "Đang sử dụng",
        }
        paths.append(tmp_path / f"{item.unit.code}.xlsx")
        paths[-1].write_bytes(fill(item.path.read_bytes(), entries))
    set_values(small_office, [Edit("SXD", "HT01a", "2017", "9")], "form")
    return paths


def changed(session: Session, cls: type[Any], code: str, **fields: Any) -> None:
    with session.operation("values.set", source="form", count=1, period="2017") as operation:
        operation.save(replace(session.gateway.by_code(cls, code), **fields))


def typed_in(*edits: Edit) -> Callable[[Session], object]:
    return lambda session: set_values(session, edits, "form")


def _deployed(session: Session) -> None:
    with session.operation("values.set", source="form", count=1, period="2017") as operation:
        unit, system = session.unit("STC").id, session.system("QLVB").id
        operation.save(Deployment(unit_id=unit, system_id=system, status=DeploymentStatus.STOPPED))


def _known(session: Session) -> None:
    (path,) = session.path.parent.glob("SXD.xlsx")
    apply_collection(session, plan_collection(session, [path]))


CHANGES: dict[str, Callable[[Session], object]] = {
    "the figure that is in conflict": typed_in(Edit("SXD", "HT01a", "2017", "8")),
    "the same figure as the unit's": typed_in(Edit("SXD", "HT01a", "2017", "3")),
    "a figure that was blank": typed_in(Edit("STC", "HT01a", "2017", "3")),
    "what an unreadable cell holds": typed_in(Edit("STC", "HT01b", "2017", "5")),
    "an explanation": typed_in(Edit("STC", "DV09a", "2017", None, "x")),
    "a deployment": _deployed,
    "how many places a figure has": lambda session: changed(session, Element, "DV09a", places=1),
    "what kind of figure is asked": lambda session: changed(session, Element, "HT01a", kind=ElementKind.TEXT),
    "the units that are asked": lambda session: changed(session, Unit, "STC", kind=UnitKind.DISTRICT),
    "which bytes are known": _known,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_the_digest_changes_with_everything_that_matters(
    small_office: Session, returned: list[Path], change: Callable[[Session], object]
) -> None:
    plan = plan_collection(small_office, returned)
    assert plan_collection(small_office, returned).digest == plan.digest
    change(small_office)
    now = plan_collection(small_office, returned)
    assert now.digest != plan.digest
    count = small_office.gateway.count(Return)
    for refused, code in ((now, "collection_changed"), (plan, "collection_outdated")):
        with pytest.raises(UserError, match=code):
            apply_collection(small_office, refused, plan.digest)
    assert small_office.gateway.count(Return) == count


def test_the_digest_changes_with_the_files_and_the_policy(small_office: Session, returned: list[Path]) -> None:
    digests = [plan_collection(small_office, returned, policy).digest for policy in Policy]
    digests.append(plan_collection(small_office, returned[:1]).digest)
    digests.append(
        plan_collection(small_office, [*returned, Path(shutil.copy(returned[0], returned[0].with_stem("b")))]).digest
    )
    returned[0].write_bytes(returned[0].read_bytes() + b"\0")
    digests.append(plan_collection(small_office, returned).digest)
    returned[0].write_bytes(b"PK")
    digests.append(plan_collection(small_office, returned).digest)
    assert len(set(digests)) == len(digests)


def test_the_digest_does_not_change_with_what_is_elsewhere(small_office: Session, returned: list[Path]) -> None:
    plan = plan_collection(small_office, returned)
    set_values(small_office, [Edit("SYT", "HT01a", "2017", "5"), Edit("STC", "NB06a", "2016", "5")], "form")
    now = plan_collection(small_office, returned)
    assert now.digest == plan.digest
    assert apply_collection(small_office, now, f" {plan.digest.upper()} ").operation_id


class StoppedError(Exception):
    """Somebody pressed Cancel."""


def test_stopping_an_application_at_any_step_leaves_nothing(small_office: Session, returned: list[Path]) -> None:
    told: list[tuple[int, int, str]] = []
    plan = plan_collection(small_office, returned)
    before = small_office.path.read_bytes()

    def stop_at(step: int) -> Callable[[int, int, str], None]:
        def tell(done: int, total: int, text: str) -> None:
            told.append((done, total, text))
            if len(told) == step:
                raise StoppedError

        return tell

    for step in (1, 2, 3, 4):
        told.clear()
        with pytest.raises(StoppedError):
            apply_collection(small_office, plan, plan.digest, progress=stop_at(step))
        assert len(told) == step
        assert small_office.path.read_bytes() == before
        assert (small_office.gateway.count(Return), small_office.gateway.count(Value)) == (0, 1)
        assert not list(small_office.path.parent.glob("*-journal"))
    told.clear()
    assert apply_collection(small_office, plan, plan.digest, progress=stop_at(99)).operation_id
    assert told == [(0, 3, ""), (1, 3, "SXD.xlsx"), (2, 3, "STC.xlsx"), (3, 3, "")]


def test_stopping_the_reading_leaves_nothing_and_closes_the_reader(small_office: Session, returned: list[Path]) -> None:
    before = small_office.path.read_bytes()

    def stop(_done: int, _total: int, _text: str) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        plan_collection(small_office, returned, progress=stop)
    assert small_office.path.read_bytes() == before
    assert len(plan_collection(small_office, returned).files) == 2


def test_a_collection_is_undone_after_edits_elsewhere(small_office: Session, returned: list[Path], tmp_path: Path) -> None:
    """Other units, other cells, an explanation of a figure that it brought, a later collection: all stay."""
    (syt,) = issue(small_office, "KH", "2017", tmp_path / "more", unit_codes=["SYT"])
    first = apply_collection(small_office, plan_collection(small_office, returned)).operation_id
    set_values(small_office, [Edit("STC", "HT01a", "2017", note="vì sáp nhập")], "form")
    set_values(small_office, [Edit("SYT", "HT01a", "2017", "4"), Edit("SXD", "NB06a", "2017", "6")], "form")
    more = tmp_path / "SYT.xlsx"
    more.write_bytes(fill(syt.path.read_bytes(), {Entry(FIGURES_SHEET, "HT01b", Column.CURRENT): 8}))
    apply_collection(small_office, plan_collection(small_office, [more]))
    undo(small_office, first)
    figures = {
        (small_office.gateway.get(Unit, item.unit_id).code, small_office.gateway.get(Element, item.element_id).code): (
            item.amount,
            item.note,
        )
        for item in small_office.gateway.list(Value)
    }
    assert figures == {
        ("SXD", "HT01a"): (9, None),
        ("SXD", "NB06a"): (6, None),
        ("STC", "HT01a"): (None, "vì sáp nhập"),
        ("SYT", "HT01a"): (4, None),
        ("SYT", "HT01b"): (8, None),
    }
    assert small_office.gateway.count(Deployment) == 0
    assert [item.file_name for item in small_office.gateway.list(Return)] == ["SYT.xlsx"]


def test_a_collection_is_not_undone_over_an_edit_of_its_cells(small_office: Session, returned: list[Path]) -> None:
    first = apply_collection(small_office, plan_collection(small_office, returned)).operation_id
    set_values(small_office, [Edit("STC", "HT01a", "2017", "5")], "form")
    with pytest.raises(CollectedError) as refusal:
        undo(small_office, first)
    assert "STC · HT01a · 2017" in refusal.value.text(Catalogue(Language.EN))
    assert refusal.value.params["later"] == f"#{history(small_office.database)[0].id}"
    assert small_office.gateway.count(Return) == 2


@pytest.fixture
def two_rounds(small_office: Session, tmp_path: Path) -> list[Path]:
    """The return of a year and that of a quarter of one unit, which differ about the one deployment."""
    said = {
        "2017": {Column.STATUS: "Đang sử dụng", Column.NOTE: "từ tháng 5"},
        "2017-Q1": {Column.STATUS: "Đang triển khai", Column.USERS: 5},
    }
    paths = []
    for period, columns in said.items():
        (item,) = issue(small_office, "KH", period, tmp_path / "rounds", unit_codes=["SXD"])
        paths.append(tmp_path / f"{period}.xlsx")
        entries = {Entry(SYSTEMS_SHEET, "QLVB", column): word for column, word in columns.items()}
        paths[-1].write_bytes(fill(item.path.read_bytes(), entries))
    return paths


def deployment(session: Session) -> tuple[DeploymentStatus, int | None, str | None]:
    (found,) = session.gateway.list(Deployment)
    return found.status, found.users, found.note


def test_two_rounds_that_share_a_deployment_are_held_against_each_other(
    small_office: Session, two_rounds: list[Path]
) -> None:
    """The later file silently won, with the whole row: the status of the first was replaced and its note was lost."""
    plan = plan_collection(small_office, two_rounds)
    assert [item.counts["conflict"] for item in plan.files] == [0, 1]
    assert plan.files[1].issues[0].code == "cell_conflict"
    key = cells.CellKey("system", "QLVB", "status")
    decided = decide(plan, with_decision(plan, {}, plan.files[1].name, key, DeploymentStatus.IN_PROGRESS))
    apply_collection(small_office, plan)
    assert deployment(small_office) == (DeploymentStatus.IN_USE, 5, "từ tháng 5")
    undo(small_office)
    decided = replace(decided, after_operation=history(small_office.database)[0].id)
    apply_collection(small_office, decided)
    assert deployment(small_office) == (DeploymentStatus.IN_PROGRESS, 5, "từ tháng 5")
    first, second = small_office.gateway.list(Return, order_by="id")
    reject_return(small_office, second.id)
    assert deployment(small_office) == (DeploymentStatus.IN_USE, None, "từ tháng 5")
    reject_return(small_office, first.id)
    assert small_office.gateway.list(Deployment) == []


def test_two_rounds_of_one_unit_need_not_share_anything(small_office: Session, tmp_path: Path) -> None:
    paths = []
    for period in ("2017", "2017-Q1"):
        (item,) = issue(small_office, "KH", period, tmp_path / "rounds", unit_codes=["SXD"])
        paths.append(tmp_path / f"{period}.xlsx")
        paths[-1].write_bytes(fill(item.path.read_bytes(), {Entry(SYSTEMS_SHEET, "QLVB", Column.STATUS): "Đang sử dụng"}))
    plan = plan_collection(small_office, paths)
    assert [item.counts["new"] for item in plan.files] == [1, 0]
    assert not plan.needs_attention
    assert apply_collection(small_office, plan).operation_id
    assert deployment(small_office) == (DeploymentStatus.IN_USE, None, None)
