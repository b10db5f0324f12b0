"""Killing the process at any point of a collection leaves all or nothing, and the file sound."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from desktop_app.domain.entities import Return, Value
from desktop_app.services.issuing import issue
from desktop_app.services.session import Session
from desktop_app.storage.check import check
from desktop_app.storage.history import history

ROOT = Path(__file__).resolve().parents[2]
CHILD = """
import os, signal, sys
from pathlib import Path
from desktop_app.services.collecting import apply_collection, plan_collection
from desktop_app.services.session import Session

session = Session.open(Path(sys.argv[1]), "Lan")
plan = plan_collection(session, [Path(sys.argv[2])])
until, steps = int(sys.argv[3]), 0
def step():
    global steps
    steps += 1
    if steps == until:
        os.kill(os.getpid(), signal.SIGKILL)
    return 0
session.database.connection.set_progress_handler(step, 20)
apply_collection(session, plan)
session.database.connection.set_progress_handler(None, 0)
session.close()
print(steps)
"""


def collect(path: Path, folder: Path, until: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CHILD, str(path), str(folder), str(until)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def filled(issued: Path, folder: Path) -> None:
    """Save a workbook as a unit sends it back, with a figure in every row."""
    book = openpyxl.load_workbook(issued)
    sheet = book["Số liệu"]
    headers = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, headers["Mã"]).value in {"HT01a", "HT01b", "NB06a", "NB06b"}:
            sheet.cell(row, headers["Kỳ này"]).value = row
    book.save(folder / issued.name)


@pytest.mark.full
def test_a_collection_that_is_killed_leaves_all_or_nothing(small_office: Session, tmp_path: Path) -> None:
    returns = tmp_path / "returns"
    returns.mkdir()
    for item in issue(small_office, "KH", "2017", tmp_path / "issued"):
        filled(item.path, returns)
    path = small_office.path
    before = (len(history(small_office.database)), 0, 0)
    small_office.close()
    original = path.read_bytes()
    whole = Path(shutil.copy(path, tmp_path / "whole.skh"))
    done = collect(whole, returns, 0)
    assert done.returncode == 0, done.stderr
    steps = int(done.stdout)
    after = state(whole)
    assert after > before
    assert steps > 20
    seen = set()
    for until in sorted({1, *random.Random(2).sample(range(2, steps), 10), steps - 1, steps}):
        path.write_bytes(original)
        killed = collect(path, returns, until)
        assert killed.returncode == -9, killed.stderr
        seen.add(state(path))
    assert seen <= {before, after}
    path.write_bytes(original)
    assert collect(path, returns, 0).returncode == 0
    assert state(path) == after


def state(path: Path) -> tuple[int, int, int]:
    """Return how many operations, returns and values a sound file holds."""
    session = Session.open(path, "Minh")
    try:
        assert check(session.database) == []
        return len(history(session.database)), session.gateway.count(Return), session.gateway.count(Value)
    finally:
        session.close()
