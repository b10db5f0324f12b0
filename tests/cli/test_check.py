import sqlite3

from desktop_app.services.checking import check_program


def test_a_fresh_sample_is_sound(cli, sample_path):
    ran = cli("check", sample_path, "--json")
    assert (ran.code, ran.json["issues"]) == (0, [])


def test_the_program_itself_is_complete(cli):
    assert check_program() == []
    assert cli("check", "--self").code == 0


def test_a_part_above_its_whole_is_found_and_named(cli, sample_path):
    cli("value", "set", sample_path, "STP", "HT01b", "2017", "121")
    cli("value", "set", sample_path, "STP", "HT01a", "2017", "124")
    ran = cli("check", sample_path, "--json")
    assert ran.code == 1
    (issue,) = ran.json["issues"]
    assert (issue["code"], issue["unit"], issue["item"], issue["field"]) == ("share_above_whole", "STP", "HT01a", "2017")
    assert "124" in issue["text"]
    assert "121" in issue["text"]


def test_a_jump_is_listed_and_is_no_problem_by_itself(cli, sample_path):
    cli("value", "set", sample_path, "STP", "HT01b", "2016", "100")
    cli("value", "set", sample_path, "STP", "HT01b", "2017", "1000")
    ran = cli("check", sample_path, "--json")
    assert ran.code == 0
    assert [issue["code"] for issue in ran.json["issues"]] == ["value_jumps"]


def test_a_reference_that_points_nowhere_is_found(cli, sample_path):
    other = sqlite3.connect(sample_path)
    other.execute("UPDATE target SET indicator_id = 999999 WHERE id = 1")
    other.commit()
    other.close()
    assert cli("check", sample_path).code == 1


def test_a_file_or_the_program_is_to_be_named(cli, sample_path):
    assert cli("check").code == 2
    assert cli("check", sample_path, "--self").code == 2
