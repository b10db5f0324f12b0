"""What spreadsheet programs change when they save our workbook: nothing of it may be read wrongly, or be told as a change.

Returns saved by LibreOffice stand in ``tests/data/programs`` (``programs_resaved`` makes them anew); the other programs are
imitated by their habits (``program_habits``).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from desktop_app.domain.entities import Element, Value
from desktop_app.domain.merge import Merge
from desktop_app.exchange.child.client import ReadFile, read_files
from desktop_app.exchange.marks import parse_identity_line
from desktop_app.exchange.scanning.found_files import FoundFile
from desktop_app.exchange.scanning.prescan import properties_of
from desktop_app.services.collecting import apply_collection, plan_collection
from desktop_app.services.collecting.merging import MergedForm
from desktop_app.services.collecting.plan import FilePlan
from desktop_app.services.session import Session
from tests.exchange.program_habits import PROGRAMS
from tests.exchange.program_office import BEFORE, RETURNED, create
from tests.exchange.program_twists import TWISTS, twisted
from tests.exchange.programs import Habits, saved_by
from tests.exchange.programs_resaved import FOLDER, STEPS

BY_LINE = {name for name, habits in PROGRAMS.items() if habits.meta == "lost" and habits.lines}
"""Programs that lose ``_meta``: then the line below the tables tells whose the workbook is."""
BY_PROPERTIES = {name for name, habits in PROGRAMS.items() if not habits.lines}
"""Workbooks that keep nothing but their document properties."""


class Office(NamedTuple):
    """The data file that issued the workbook, and every return of it as the child read it."""

    path: Path
    filled: dict[str, ReadFile]
    untouched: dict[str, ReadFile]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("programs")
    path = folder / "office.skh"
    issued = create(path, folder / "sent")
    opened = (FOLDER / "libreoffice.xlsx").read_bytes()  # its formula is calculated
    filled = {name: (FOLDER / name).read_bytes() for name in STEPS}
    filled |= {name: saved_by(habits, opened) for name, habits in PROGRAMS.items()}
    filled |= {name: twisted(saved_by(Habits(), opened), name) for name in TWISTS}
    untouched = {name: saved_by(habits, issued) for name, habits in PROGRAMS.items()}
    return Office(path, _read(filled), _read(untouched))


def _read(contents: dict[str, bytes]) -> dict[str, ReadFile]:
    """Read every workbook through the limited child, as a batch."""
    files = [FoundFile(name, content) for name, content in contents.items()]
    return {item.file.name: item for item in read_files(files)}


class Desk:
    """The province's side: collects what was read, each return after the other."""

    def __init__(self, session: Session, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.session = session
        self._folder = folder
        self._patch = patch

    def collect(self, item: ReadFile) -> FilePlan:
        """Collect one file that the child has read already."""
        self._patch.setattr("desktop_app.exchange.child.client.read_files", lambda _files: (found for found in [item]))
        path = self._folder / "any.xlsx"
        path.write_bytes(item.file.content)
        plan = plan_collection(self.session, [path])
        apply_collection(self.session, plan)
        return plan.files[0]

    def amounts(self, period: str) -> dict[str, int | None]:
        """Return the stored amounts of a period by element."""
        codes = {item.id: item.code for item in self.session.gateway.list(Element)}
        return {codes[item.element_id]: item.amount for item in self.session.gateway.list(Value, period=period)}


@pytest.fixture
def desk(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    session = Session.open(Path(shutil.copy(office.path, tmp_path / "office.skh")), actor="tester")
    yield Desk(session, tmp_path, monkeypatch)
    session.close()


def _merged(plan: FilePlan) -> MergedForm:
    assert plan.merged is not None, [(issue.code, issue.params) for issue in plan.issues]
    return plan.merged


def _outcomes(plan: FilePlan) -> set[Merge]:
    return {kind for kind, count in _merged(plan).counts.items() if count}


def _told(name: str) -> list[str]:
    if name in BY_PROPERTIES:
        return ["identity_from_properties"]
    return ["identity_from_line"] if name in BY_LINE else []


@pytest.mark.parametrize("name", [*STEPS, *PROGRAMS, *TWISTS])
def test_every_figure_arrives(name: str, office: Office, desk: Desk) -> None:
    plan = desk.collect(office.filled[name])
    assert _merged(plan).read == RETURNED
    assert [issue.code for issue in plan.issues] == _told(name)
    assert _outcomes(plan) == {Merge.NEW, Merge.CHANGED, Merge.UNCHANGED}
    assert desk.amounts("2016") == BEFORE
    assert desk.amounts("2017")["DV09a"] == 8555


@pytest.mark.parametrize("name", [*STEPS, *PROGRAMS])
def test_the_same_answers_saved_by_another_program_change_nothing(name: str, office: Office, desk: Desk) -> None:
    desk.collect(office.filled["Excel 2016"])
    held = desk.amounts("2017")
    plan = desk.collect(office.filled[name])
    assert _outcomes(plan) == {Merge.UNCHANGED}
    assert [issue.code for issue in plan.issues if issue.code != "file_known"] == _told(name)
    assert desk.amounts("2017") == held


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_workbook_that_was_only_opened_and_saved_says_nothing_new(name: str, office: Office, desk: Desk) -> None:
    plan = desk.collect(office.untouched[name])
    assert _outcomes(plan) == {Merge.UNCHANGED}
    assert [issue.code for issue in plan.issues] == [*_told(name), "form_partly_blank"]


@pytest.mark.parametrize("name", [name for name in STEPS if not name.endswith(".xls")])
def test_the_properties_still_tell_whose_a_workbook_is(name: str, office: Office) -> None:
    """LibreOffice takes keywords apart at colons, and in .ods at spaces; of .xls no properties are read."""
    form = office.filled[name].form
    assert form is not None
    assert parse_identity_line(properties_of((FOLDER / name).read_bytes())) == form.identity


def test_the_kept_returns_are_those_of_this_office(office: Office) -> None:
    """A fixture older than the office of these tests has to be made anew."""
    found = {item.form.identity["issue_id"] for item in office.filled.values() if item.form is not None}
    (wanted,) = {item.form.identity["issue_id"] for item in office.untouched.values() if item.form is not None}
    assert found == {wanted}
    assert {path.name for path in FOLDER.iterdir()} == set(STEPS)
    assert max(path.stat().st_size for path in FOLDER.iterdir()) <= 60_000
