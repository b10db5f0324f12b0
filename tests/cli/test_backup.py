"""``backup``, ``backups`` and ``restore``."""

from __future__ import annotations

import sqlite3


def test_a_copy_is_made_listed_and_brought_back(cli, sample_path):
    assert cli("backups", sample_path, "--json").json == {"backups": []}
    assert cli("backups", sample_path, "--lang", "en").out == "There are no copies yet.\n"
    made = cli("backup", sample_path, "--json").json["backup"]
    assert made["proved"] is True
    cli("value", "set", sample_path, "STP", "HT01b", "2017", "121")
    assert cli("backups", sample_path, "--json").json == {"backups": [made]}
    ran = cli("restore", sample_path, made["name"], "--json")
    assert (ran.code, ran.json["restored"]) == (0, made)
    assert ran.json["kept"]["proved"] is True
    shown = cli("value", "show", sample_path, "STP", "HT01b", "2017", "--json")
    assert shown.json["state"] == "not_reported"
    assert [copy["name"] for copy in cli("backups", sample_path, "--json").json["backups"]] == [
        ran.json["kept"]["name"],
        made["name"],
    ]


def test_people_read_lines(cli, sample_path):
    made = cli("backup", sample_path, "--lang", "en")
    assert made.out.startswith("Proven copy: ")
    name = made.out.strip().rsplit("/", 1)[-1]
    assert name in cli("backups", sample_path).out
    assert cli("backups", sample_path, "--lang", "en").out.endswith("  proven\n")
    lines = cli("restore", sample_path, name, "--lang", "en").out.splitlines()
    assert lines[0] == f"Brought back: {name}"
    assert lines[1].startswith("The file as it was is kept: ")


def test_a_lost_file_has_nothing_to_keep(cli, sample_path):
    name = cli("backup", sample_path, "--json").json["backup"]["name"]
    sample_path.unlink()
    ran = cli("restore", sample_path, name, "--json")
    assert (ran.code, ran.json["kept"]) == (0, None)
    assert cli("check", sample_path).code == 0
    sample_path.unlink()
    assert len(cli("restore", sample_path, name).out.splitlines()) == 1


def test_a_damaged_copy_is_listed_as_such(cli, sample_path):
    made = cli("backup", sample_path, "--json").json["backup"]
    folder = next(sample_path.parent.glob("*-backups"))
    (folder / made["name"]).write_bytes(b"junk")
    assert cli("backups", sample_path, "--json").json["backups"][0]["proved"] is False
    assert cli("backups", sample_path, "--lang", "en").out.endswith("  damaged or of another file\n")
    ran = cli("restore", sample_path, made["name"], "--json")
    assert (ran.code, ran.json["error"]["code"]) == (3, "backup_not_sound")


def test_what_cannot_be_done_says_why(cli, sample_path, tmp_path):
    ran = cli("restore", sample_path, "nothing.skh", "--json")
    assert (ran.code, ran.json["error"]["code"]) == (2, "backup_unknown")
    assert cli("backup", tmp_path / "none.skh").code == 3


def test_nothing_to_list_where_there_is_neither_file_nor_copies(cli, tmp_path):
    ran = cli("backups", tmp_path / "không có.skh", "--json")
    assert (ran.code, ran.json["error"]["code"]) == (3, "file_missing")


def test_a_file_of_a_newer_program_cannot_be_proved(cli, sample_path):
    other = sqlite3.connect(sample_path)
    other.execute("PRAGMA user_version = 9999")
    other.close()
    ran = cli("backup", sample_path, "--json")
    assert (ran.code, ran.json["error"]["code"]) == (3, "file_too_new")
    assert not list(sample_path.parent.glob("*-backups/*"))
