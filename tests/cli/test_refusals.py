"""Every command that opens a file, with every kind of file that cannot be used: one sentence, the right code, no change."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.exchange.layout import FIGURES_SHEET, Column
from desktop_app.exchange.writing.filling import Entry, fill
from desktop_app.services.session import Session

READS = {
    "unit list": lambda f: ("unit", "list", f),
    "system list": lambda f: ("system", "list", f),
    "element list": lambda f: ("element", "list", f),
    "plan list": lambda f: ("plan", "list", f),
    "plan show": lambda f: ("plan", "show", f, "TH-2016-2020"),
    "value show": lambda f: ("value", "show", f, "STP", "HT01a", "2017"),
    "progress": lambda f: ("progress", f, "--plan", "TH-2016-2020", "--period", "2017"),
    "history": lambda f: ("history", f),
    "check": lambda f: ("check", f),
    "document": lambda f: ("document", f, "--plan", "TH-2016-2020", "--kind", "plan", "--out", f.parent / "kh.pdf"),
    "export": lambda f: (
        "export", f, "--what", "consolidated", "--plan", "TH-2016-2020", "--period", "2017", "--out", f.parent / "th.xlsx",
    ),
}  # fmt: skip
WRITES = {
    "value set": lambda f: ("value", "set", f, "STP", "HT01a", "2017", "5"),
    "undo": lambda f: ("undo", f),
    "form issue": lambda f: ("form", "issue", f, "--plan", "TH-2016-2020", "--period", "2017", "--out", f.parent / "out"),
    "form collect": lambda f: ("form", "collect", f, f.parent / "in", "--apply"),
}
ALL = READS | WRITES

HOLD = """
import sys
from pathlib import Path
from desktop_app.services.session import Session
session = Session.open(Path(sys.argv[1]), actor='Bà Hoa')
session.database.hold()
print('held', flush=True)
sys.stdin.read()
"""


def missing(path):
    path.unlink()


def text(path):
    path.write_text("Đây là một tệp văn bản, không phải dữ liệu.", encoding="utf-8")


def empty(path):
    path.write_bytes(b"")


def foreign(path):
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.close()


def newer(path):
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 9999")
    other.close()


def damaged(path):
    content = bytearray(path.read_bytes())
    content[4096 : 4096 * 40] = b"\xa5" * (4096 * 39)
    path.write_bytes(content)


CASES = {case.__name__: case for case in (missing, text, empty, foreign, newer, damaged)}


def spoilt_kind(path):
    """One letter of the kind of every unit in the rows: sound pages, senseless rows."""
    path.write_bytes(path.read_bytes().replace(b"district", b"distri0t"))


def spoilt_text(path):
    path.write_bytes(path.read_bytes().replace("Sở".encode(), b"S\xff\xff\xff"))


def spoilt_schema(path):
    content = path.read_bytes()
    place = content.index(b"digest_key")
    path.write_bytes(content[:place] + b"digesx_key" + content[place + 10 :])


SPOILT = (spoilt_kind, spoilt_text, spoilt_schema)


@pytest.fixture
def prepared(sample_path):
    (sample_path.parent / "in").mkdir()
    return sample_path


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("command", ALL)
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(cli, prepared, command, case):
    CASES[case](prepared)
    before = prepared.read_bytes() if prepared.exists() else None
    ran = cli(*ALL[command](prepared), "--json")
    assert ran.code == 3, ran.err
    error = ran.json["error"]
    assert error["code"] != "bug"
    assert prepared.name in error["text"]
    assert error["text"].endswith((".", "!"))
    assert (prepared.read_bytes() if prepared.exists() else None) == before


@pytest.mark.parametrize("case", SPOILT, ids=lambda case: case.__name__)
@pytest.mark.parametrize("command", ALL)
def test_a_file_whose_rows_make_no_sense_is_damaged_and_no_bug_of_ours(cli, prepared, command, case):
    case(prepared)
    before = prepared.read_bytes()
    ran = cli(*ALL[command](prepared), "--json")
    assert ran.code in {0, 1, 3}, ran.err  # a command that does not come near the damage may still answer
    if ran.code == 3:
        assert ran.json["error"]["code"] == "file_damaged"
        assert prepared.read_bytes() == before


def put_a_return(cli, path):
    """Issue one workbook and put it, filled in, into the folder that is collected."""
    out = path.parent / "issued"
    issued = cli(
        "form", "issue", path, "--plan", "TH-2016-2020", "--period", "2017", "--out", out, "--unit", "SNV", "--json"
    )
    (written,) = (Path(item["path"]) for item in issued.json["files"])
    filled = fill(written.read_bytes(), {Entry(FIGURES_SHEET, "HT01b", Column.CURRENT): 40})
    (path.parent / "in" / written.name).write_bytes(filled)


@pytest.mark.parametrize("command", WRITES)
def test_a_file_that_a_window_holds_is_read_but_not_written(cli, prepared, command):
    put_a_return(cli, prepared)
    cli("value", "set", prepared, "STP", "HT01b", "2017", "7")
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            HOLD,
            str(prepared),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout.readline().strip() == "held"
        before = prepared.read_bytes()
        ran = cli(*WRITES[command](prepared), "--json")
        assert ran.code == 3
        assert "Bà Hoa" in ran.json["error"]["text"]
        assert cli("value", "show", prepared, "STP", "HT01b", "2017", "--json").json["value"] == "7"
        assert prepared.read_bytes() == before
    finally:
        holder.stdin.close()
        holder.wait(20)
        holder.stdout.close()


FULL_DISK = """
import resource, signal, sys
from desktop_app.cli.app import run
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
size = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
sys.exit(run(sys.argv[2:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="size limits of processes are a thing of POSIX")
@pytest.mark.parametrize("command", ["value set", "form issue", "export", "document"])
@pytest.mark.parametrize("room", [100, 4096])
def test_a_full_disk_is_told_and_leaves_the_file_as_it_was(prepared, command, room):
    """The workbooks fail early: openpyxl keeps the sheets that it writes in temporary files."""
    before = prepared.read_bytes()
    ran = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(room), *map(str, ALL[command](prepared)), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 3, ran.stderr
    assert json.loads(ran.stdout)["error"]["code"] in {"disk_full", "file_not_written"}
    assert prepared.read_bytes() == before
    with_session = Session.open(prepared, read_only=True)
    with_session.close()


@pytest.mark.parametrize("command", ["plan show", "progress", "document"])
def test_an_unknown_plan_names_the_nearest(cli, prepared, command):
    words = [str(word).replace("TH-2016-2020", "TH-2016-2021") for word in ALL[command](prepared)]
    ran = cli(*words, "--json")
    assert ran.code == 2
    assert "TH-2016-2020" in ran.json["error"]["params"]["nearest"]


def test_new_never_overwrites(cli, prepared):
    before = prepared.read_bytes()
    ran = cli("new", prepared, "--json")
    assert (ran.code, ran.json["error"]["code"]) == (1, "data_file_exists")
    assert prepared.read_bytes() == before
