"""Hostile files in batches with honest ones: each is refused for its reason, or read as what it says, and harms nobody.

Every family runs through the real child. The main process is this one: that it goes on is part of the promise.
"""

from __future__ import annotations

import hashlib
import io
import random
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Border, Side

from desktop_app.domain.return_issue_codes import RETURN_ISSUES
from desktop_app.exchange.child.client import ReadFile, _Child, read_files
from desktop_app.exchange.child.limits import MEMORY_BYTES
from desktop_app.exchange.content import CellValue, Section, WorkbookContent
from desktop_app.exchange.layout import FIGURES_SHEET, SYSTEMS_SHEET, Column
from desktop_app.exchange.scanning.found_files import FoundFile
from desktop_app.exchange.writing.filling import Entry, fill
from desktop_app.exchange.writing.forms import FormWriter
from desktop_app.services.collecting import apply_collection, plan_collection
from desktop_app.services.session import Session
from desktop_app.text.catalogue import Catalogue, Language
from tests.exchange.hostile import FAMILIES, Hostile, book, hostile_files
from tests.exchange.program_office import create

LARGE = {"bombs", "masses", "strings", "deep and wide XML", "crafted .xls", "entities and encodings", "crafted _meta"}
"""Families that take long to make or to read: of these, the fast tier has a few."""
FAST = 6
"""Files of each family in the fast tier."""
SAYS_SOMETHING_ELSE = {
    "numbers",
    "crafted _meta",
    "crafted .xls",
    "flipped .xls",
    "flipped parts",
    "relations",
    "crafted .ods",
    "strings",
}
"""Families whose files may be whole documents with another text, which nothing in them contradicts."""
LIMIT = 300_000_000


class PeakMemory:
    """The most memory that any child held, read before it ends."""

    def __init__(self) -> None:
        self.bytes = 0

    def look(self, pid: int) -> None:
        try:
            status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        except OSError:
            return
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        self.bytes = max(self.bytes, int(found[1]) * 1024 if found else 0)


@pytest.fixture
def peak(monkeypatch: pytest.MonkeyPatch) -> PeakMemory:
    """Watch every child of a test."""
    memory = PeakMemory()
    end, following = _Child.end, _Child.next

    def ending(child: _Child) -> None:
        memory.look(child._process.pid)
        end(child)

    def answering(child: _Child, seconds: float) -> Any:
        found = following(child, seconds)
        memory.look(child._process.pid)
        return found

    monkeypatch.setattr(_Child, "end", ending)
    monkeypatch.setattr(_Child, "next", answering)
    return memory


def read(files: list[Hostile]) -> Iterator[tuple[Hostile, ReadFile]]:
    """Read hostile files, an honest one behind each; the honest ones must arrive whole."""
    batch = [part for file in files for part in (FoundFile(file.name, file.content), FoundFile("honest", book(file.base)))]
    found = read_files(batch)
    honest: dict[str, Any] = {}
    for file in files:
        item, good = next(found), next(found)
        assert good.refused is None, f"the honest file behind “{file.name}” was refused: {good.refused}"
        assert good.form is not None
        assert good.form == honest.setdefault(file.base, good.form), f"“{file.name}” changed what the next file says"
        yield file, item


def figures(item: ReadFile) -> dict[tuple[str, str], list[Any]]:
    assert item.form is not None
    return {(table.kind, row[0]): row[2] for table in item.form.tables for row in table.rows}


def is_questioned(value: object) -> bool:
    return isinstance(value, dict) and "day" not in value


def check(files: list[Hostile]) -> None:
    bases = {base: next(iter(read_files([FoundFile("base", book(base))]))) for base in {file.base for file in files}}
    for file, item in read(files):
        if item.form is None:
            assert item.refused is not None
            assert item.refused[0] in RETURN_ISSUES, file.name
            continue
        if item.form.refusals or file.family in SAYS_SOMETHING_ELSE:
            continue
        said = figures(bases[file.base])
        for key, values in figures(item).items():
            wrong = [
                new for new, old in zip(values, said.get(key, values), strict=True) if new != old and not is_questioned(new)
            ]
            assert not wrong, f"{file.family}: {file.name}: {key} says {wrong}"


def some(family: str) -> list[Hostile]:
    """Return a few files of a family, spread over its variants."""
    files = list(hostile_files([family]))
    return files[:: max(1, len(files) // FAST)][:FAST]


@pytest.mark.parametrize("family", [name for name in FAMILIES if name not in LARGE])
def test_a_few_of_each_family(family: str, peak: PeakMemory) -> None:
    check(some(family))
    assert peak.bytes <= LIMIT


@pytest.mark.full
@pytest.mark.parametrize("family", FAMILIES)
def test_every_hostile_file(family: str, peak: PeakMemory) -> None:
    check(list(hostile_files([family])))
    assert peak.bytes <= LIMIT


@pytest.mark.full
def test_there_are_enough_of_them() -> None:
    assert len({hashlib.sha256(file.content).digest() for file in hostile_files()}) >= 900


@pytest.fixture
def office(tmp_path: Path) -> Path:
    path = tmp_path / "office.skh"
    create(path, tmp_path / "sent")
    return path


def collected(office: Path, folder: Path, files: list[Hostile]) -> None:
    """Collect hostile files and one honest return: a plan is made, shown and applied, and the honest figures are taken."""
    folder.mkdir()
    for number, file in enumerate(files):
        (folder / f"{number:04d}{Path(file.base).suffix}").write_bytes(file.content)
    (folder / "honest.xlsx").write_bytes(book())
    session = Session.open(office, actor="test")
    plan = plan_collection(session, [folder])
    assert len(plan.files) == len(files) + 1
    sentences = [issue.text(Catalogue(Language.VI)) for file in plan.files for issue in file.issues]
    assert all(sentences)
    assert not plan.files[-1].refused
    changed = {cell.key.code for file in plan.files if file.merged for cell in file.merged.changes}
    assert changed >= {"HT01a", "HT01b", "NB06"}  # all of them are files of one unit
    apply_collection(session, plan)
    session.close()


def test_a_collection_goes_on(office: Path, tmp_path: Path) -> None:
    files = [file for family in FAMILIES if family not in LARGE for file in some(family)[:3]]
    collected(office, tmp_path / "in", files)


@pytest.mark.full
@pytest.mark.parametrize("family", sorted(SAYS_SOMETHING_ELSE))
def test_a_collection_goes_on_whatever_files_say(office: Path, tmp_path: Path, family: str) -> None:
    collected(office, tmp_path / "in", list(hostile_files([family])))


def large_return(content: WorkbookContent, key: str) -> bytes:
    """Return an honest return that is as large as they come: all filled, long notes, a picture, a formatted sheet."""
    element = content.sections[0].rows[0]
    rows = tuple(replace(element, code=f"L{number:03d}", previous=number) for number in range(80))
    systems = tuple(replace(content.systems[0], code=f"HT{number}") for number in range(50))
    big = replace(content, sections=(Section("A. Tất cả", rows),), systems=systems)
    note = "Tăng do sáp nhập đơn vị, số liệu chốt ngày 30/11. " * 100
    entries: dict[Entry, CellValue] = {Entry(FIGURES_SHEET, row.code, Column.NOTE): note for row in rows}
    entries |= {Entry(FIGURES_SHEET, row.code, Column.CURRENT): number * 7 for number, row in enumerate(rows)}
    book = openpyxl.load_workbook(io.BytesIO(fill(FormWriter(key).workbook(big, "{}"), entries)))
    for row in book[FIGURES_SHEET].iter_rows(min_row=200, max_row=5200, max_col=14):
        for cell in row:
            cell.border = Border(left=Side("thin"))
    saved = io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved, "a") as archive:
        archive.writestr("xl/media/image1.png", random.Random(1).randbytes(5_000_000))
    return saved.getvalue()


@pytest.mark.full
def test_the_largest_honest_return_is_read(content: WorkbookContent, key: str, peak: PeakMemory) -> None:
    found = list(read_files([FoundFile(str(number), large_return(content, key)) for number in range(3)]))
    assert [item.refused for item in found] == [None] * 3
    said = figures(found[2])
    assert [said[FIGURES_SHEET, f"L{number:03d}"][0] for number in range(80)] == [number * 7 for number in range(80)]
    assert all(len(said[FIGURES_SHEET, f"L{number:03d}"][1]) > 4900 for number in range(80))
    assert len([key for key in said if key[0] == SYSTEMS_SHEET]) == 50
    assert peak.bytes <= LIMIT


def test_memory_of_the_child_is_bounded_by_the_system() -> None:
    """What no look at the file foresees still ends below the limit."""
    assert MEMORY_BYTES + 20_000_000 <= LIMIT


GREEDY_CHILD = """
import sys, struct
from desktop_app.exchange.child.server import read_frame
while True:
    name, content = read_frame(sys.stdin.buffer), read_frame(sys.stdin.buffer)
    if content is None:
        break
    if content == b"bad":
        sys.stdout.buffer.write({bad!r})
    else:
        body = b'{{"refused": "file_damaged", "params": {{}}}}'
        sys.stdout.buffer.write(struct.pack(">I", len(body)) + body)
    sys.stdout.buffer.flush()
"""


@pytest.mark.parametrize(
    "bad",
    [
        b"\xff\xff\xff\xff" + b"x" * 1000,
        b"\0\0\0\2[]",
        b"\0\0\0\4null",
        b"\0\0\0\5{bad}",
        b"\0\0\0\x20" + b"[" * 32,
        b"\0\0\0\x0c" + b'{"form": {}}',
    ],
)
def test_a_child_that_was_taken_over_harms_one_file(bad: bytes) -> None:
    command = [sys.executable, "-c", GREEDY_CHILD.format(bad=bad)]
    files = [FoundFile(str(number), content) for number, content in enumerate((b"good", b"bad", b"good", b"bad", b"good"))]
    found = [item.refused for item in read_files(files, command=command)]
    good, died = ("file_damaged", {}), ("reader_died", {})
    assert found == [good, died, good, died, good]


def test_an_answer_that_is_too_long_is_not_taken() -> None:
    endless = """
import struct, sys
from desktop_app.exchange.child.server import MAX_ANSWER_BYTES, read_frame
body = b'{"refused": "file_damaged", "params": {}}'.ljust(MAX_ANSWER_BYTES + 1)
while read_frame(sys.stdin.buffer) and read_frame(sys.stdin.buffer):
    sys.stdout.buffer.write(struct.pack(">I", len(body)) + body)
    sys.stdout.buffer.flush()
"""
    found = list(read_files([FoundFile("1", b"x")], command=[sys.executable, "-c", endless]))
    assert found[0].refused == ("reader_died", {})


@pytest.mark.skipif(sys.platform == "win32", reason="processor time is limited by the parent's clock there")
def test_a_file_that_takes_its_time_is_told_so() -> None:
    spinning = """
import sys
from desktop_app.exchange.child.limits import limit_next_file
from desktop_app.exchange.child.server import read_frame
read_frame(sys.stdin.buffer), read_frame(sys.stdin.buffer)
limit_next_file()
while True:
    pass
"""
    found = list(read_files([FoundFile("1", b"x")], command=[sys.executable, "-c", spinning]))
    assert found[0].refused == ("reader_too_slow", {})


RETIRING = """
import sys
from desktop_app.exchange.child import server
server.RETIRES_AT_BYTES = 1
server.serve(sys.stdin.buffer, sys.stdout.buffer)
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux tells a process what it holds")
def test_a_child_that_holds_much_is_followed_by_another() -> None:
    files = [FoundFile(str(number), book()) for number in range(4)]
    found = list(read_files(files, command=[sys.executable, "-c", RETIRING]))
    assert [item.refused for item in found] == [None] * 4
