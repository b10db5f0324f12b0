"""``return list`` and ``return reject`` from the command line: JSON, sentences, exit codes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop_app.cli.app import run
from desktop_app.exchange.layout import FIGURES_SHEET, Column
from desktop_app.exchange.writing.filling import Entry, fill
from desktop_app.text.catalogue import Catalogue, Language

PLAN = "TH-2016-2020"


@pytest.fixture
def collected(tmp_path: Path) -> Path:
    """A file of the sample that took two returns of one unit, the second of which corrects the first."""
    file, out = tmp_path / "a.skh", tmp_path / "out"
    assert run(["new", str(file), "--sample", "thanh-hoa-2016"]) == 0
    words = ["form", "issue", str(file), "--plan", PLAN, "--period", "2017", "--unit", "SXD"]
    assert run([*words, "--out", str(out)]) == 0
    (blank,) = out.iterdir()
    for name, figure in (("1.xlsx", 3), ("2.xlsx", 5)):
        path = tmp_path / name
        path.write_bytes(fill(blank.read_bytes(), {Entry(FIGURES_SHEET, "HT01a", Column.CURRENT): figure}))
        assert run(["form", "collect", str(file), str(path), "--apply"]) == 0
    return file


def test_the_newest_return_is_rejected_and_the_one_before_stands(cli: Any, collected: Path) -> None:
    listed = cli("return", "list", collected, "--plan", PLAN, "--period", "2017", "--json").json["returns"]
    assert [(item["unit"], item["file"], item["status"], item["reason"]) for item in listed] == [
        ("SXD", "1.xlsx", "received", None),
        ("SXD", "2.xlsx", "received", None),
    ]
    ran = cli("return", "reject", collected, "SXD", "2017", "--reason", "thiếu chữ ký", "--json")
    assert ran.code == 0
    found = ran.json["return"]
    assert (found["file"], found["status"], found["reason"], found["kept"]) == ("2.xlsx", "rejected", "thiếu chữ ký", [])
    shown = cli("value", "show", collected, "SXD", "HT01a", "2017", "--json").json
    assert shown["value"] == "3"
    assert cli("undo", collected, "--json").json["operation"]["reverts"] == found["operation"]
    assert cli("value", "show", collected, "SXD", "HT01a", "2017", "--json").json["value"] == "5"


def test_what_a_person_reads(cli: Any, collected: Path) -> None:
    ran = cli("return", "reject", collected, "SXD", "2017", "--plan", PLAN, "--reason", "sai", "--lang", "en")
    lines = ran.out.splitlines()
    assert lines[0].endswith("2.xlsx · Rejected (sai)")
    assert lines[1] == "Still standing, from before: 1.xlsx"
    assert lines[2].startswith("To take it back: undo FILE ")
    assert "Rejected (sai)" in cli("return", "list", collected, "--lang", "en").out
    assert cli("return", "list", collected, "--period", "2016", "--lang", "en").out == "Nothing has come yet.\n"
    last = cli("return", "reject", collected, "SXD", "2017", "--lang", "en").out
    assert "Still standing" not in last
    assert cli("return", "reject", collected, "SXD", "2017").code == 1
    assert cli("return", "reject", collected, "NOBODY", "2017").code == 2


def test_what_was_changed_since_refuses_unless_it_may_stay(cli: Any, collected: Path) -> None:
    number = cli("return", "list", collected, "--json").json["returns"][0]["id"]
    words = ("return", "reject", collected, "SXD", "2017", "--return", number)
    ran = cli(*words, "--json")
    assert (ran.code, ran.json["error"]["code"]) == (1, "rejection_refused")
    assert "--keep-later" in ran.err
    assert "HT01a" in ran.json["error"]["text"]
    kept = cli(*words, "--keep-later", "--json").json["return"]["kept"]
    assert [item["code"] for item in kept] == ["changed_since"]
    assert cli("value", "show", collected, "SXD", "HT01a", "2017", "--json").json["value"] == "5"
    again = cli(*words, "--keep-later", "--json")
    assert (again.code, again.json["error"]["code"], again.err) == (1, "return_already_rejected", "")


def test_the_file_of_a_rejected_return_is_taken_again_when_it_is_wanted(cli: Any, collected: Path) -> None:
    cli("return", "reject", collected, "SXD", "2017", "--reason", "thiếu chữ ký")
    words = ("form", "collect", collected, collected.with_name("2.xlsx"))
    refused = cli(*words, "--json")
    assert (refused.code, [item["status"] for item in refused.json["files"]]) == (1, ["refused"])
    (issue,) = refused.json["files"][0]["issues"]
    assert issue["code"] == "return_rejected_before"
    assert "thiếu chữ ký" in issue["text"]
    ways_on = (
        "bản đã sửa",
        "hoàn tác",
        f"“{Catalogue(Language.VI)('Take rejected files all the same')}”",
        "--take-rejected",
    )
    assert [way for way in ways_on if way not in issue["text"]] == []
    preview = cli(*words, "--take-rejected", "--json").json
    assert preview["digest"] != refused.json["digest"]
    assert cli(*words, "--apply", "--expect", preview["digest"]).code == 1, "the digest of another wish"
    assert cli(*words, "--take-rejected", "--apply", "--expect", preview["digest"], "--json").json["applied"]
    assert cli("value", "show", collected, "SXD", "HT01a", "2017", "--json").json["value"] == "5"
    statuses = [item["status"] for item in cli("return", "list", collected, "--json").json["returns"]]
    assert statuses == ["received", "rejected", "received"]
