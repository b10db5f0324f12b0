"""Killing the process at any point of a collection leaves all or nothing, and the file sound."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from shutil import copy

import pytest

from desktop_app.exchange.layout import FIGURES_SHEET, Column
from desktop_app.exchange.writing.filling import Entry, fill
from desktop_app.services.issuing import issue
from desktop_app.services.session import Session

COLLECT = """
import os, signal, sys
from pathlib import Path
from desktop_app.services.session import Session
from desktop_app.services.collecting import apply_collection, plan_collection

session = Session.open(Path(sys.argv[1]), actor="tester")
steps = [int(sys.argv[3])]

def count(statement):
    steps[0] -= 1
    if steps[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)

plan = plan_collection(session, [Path(sys.argv[2])])
session.database.connection.set_trace_callback(count)
apply_collection(session, plan)
session.database.connection.set_trace_callback(None)
session.close()
print(int(sys.argv[3]) - steps[0])
"""


@pytest.fixture
def returned(small_office: Session, tmp_path: Path) -> Path:
    """A folder of filled workbooks; the session's file knows their round."""
    folder = tmp_path / "returned"
    folder.mkdir()
    for item in issue(small_office, "KH", "2017", tmp_path / "issued"):
        entries = {Entry(FIGURES_SHEET, code, Column.CURRENT): 7 for code in ("HT01a", "HT01b", "NB06a", "NB06b")}
        (folder / item.path.name).write_bytes(fill(item.path.read_bytes(), entries))
    small_office.close()
    return folder


def run(path: Path, folder: Path, step: int) -> subprocess.CompletedProcess[str]:
    """Collect in another process that ends itself at its n-th statement of writing; 0 lets it finish."""
    return subprocess.run(
        [sys.executable, "-c", COLLECT, str(path), str(folder), str(step)], capture_output=True, text=True, check=False
    )


def counts(path: Path) -> tuple[int, int, int]:
    """Return values, returns and collections; opening rolls back what was left half done, as the next start does."""
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        found = tuple(
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("value", "unit_return", "operation WHERE name = 'collect'")
        )
    connection.close()
    return found


@pytest.mark.full
def test_a_killed_collection_is_all_or_nothing(small_office: Session, returned: Path, tmp_path: Path) -> None:
    whole = Path(copy(small_office.path, tmp_path / "whole.skh"))
    finished = run(whole, returned, 0)
    assert finished.returncode == 0, finished.stderr
    statements = int(finished.stdout)
    assert counts(whole) == (12, 3, 1)
    assert statements > 10
    seen = set()
    for step in range(1, statements + 1):
        path = Path(copy(small_office.path, tmp_path / f"{step}.skh"))
        assert run(path, returned, step).returncode == -signal.SIGKILL
        seen.add(counts(path))
        if step % 8 == 0:  # what was rolled back can be collected again
            again = run(path, returned, 0)
            assert again.returncode == 0, again.stderr
            assert counts(path) == (12, 3, 1)
    assert seen <= {(0, 0, 0), (12, 3, 1)}
    assert (0, 0, 0) in seen
