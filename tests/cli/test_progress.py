"""``progress`` as people and other programs see it."""

from __future__ import annotations

import pytest

PLAN = "TH-2016-2020"


@pytest.fixture
def told(cli, sample_path):
    """Run ``progress`` on the sample."""

    def call(*words):
        return cli("progress", sample_path, "--plan", PLAN, "--period", "2017", *words)

    return call


@pytest.fixture
def filled(cli, sample_path):
    """Give one district 45 computers for 50 people."""
    units = cli("unit", "list", sample_path, "--json").json["units"]
    code = next(unit["code"] for unit in units if unit["kind"] == "district")
    for element, figure in (("HT01a", "45"), ("HT01b", "50")):
        assert cli("value", "set", sample_path, code, element, "2017", figure).code == 0
    return code


def test_progress_as_json(told, filled):
    ran = told("--json")
    assert (ran.code, ran.json["plan"], ran.json["period"], ran.err) == (0, PLAN, "2017", "")
    row = next(item for item in ran.json["targets"] if item["numerator"] == "45")
    assert (row["value"], row["type"], row["verdict"], row["units_reported"]) == ("90", "R", "incomplete", 1)
    assert len(row["missing"]) == row["units_expected"] - 1
    assert filled not in row["missing"]


def test_progress_of_one_unit(told, filled):
    row = next(item for item in told("--json", "--unit", filled).json["targets"] if item["numerator"] == "45")
    assert (row["verdict"], row["on_reported"], row["gap"], row["missing"]) == ("not_due", "not_due", "5", [])


def test_progress_as_a_table(told, filled):
    lines = told().out.splitlines()
    assert "Năm 2017" in lines[0]
    line = next(line for line in lines if "90%" in line)
    assert "≥ 100% (2020)" in line
    assert "◐ Thiếu số liệu (tạm tính: chưa đến hạn)" in line
    assert "1/47" in line
    assert lines[-2].startswith("◐ Thiếu số liệu: ")


def test_progress_in_english(told):
    lines = told("--lang", "en").out.splitlines()
    assert "◐ Figures missing" in lines[2]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--plan", "KHONG", "--period", "2017"], "unknown_code"),
        (["--plan", PLAN, "--period", "2017-13"], "not_a_period"),
        (["--plan", PLAN, "--period", "2017", "--unit", "KHONG"], "unknown_code"),
    ],
)
def test_what_is_not_known_is_a_wrong_usage(cli, sample_path, words, code):
    ran = cli("progress", sample_path, *words, "--json")
    assert (ran.code, ran.json["error"]["code"]) == (2, code)


def test_progress_changes_no_byte(told, sample_path):
    before = sample_path.read_bytes()
    told()
    assert sample_path.read_bytes() == before


def test_every_sort_of_target_has_its_line(cli, sample_path):
    """A goal in words, a sum in its own unit without a goal, a milestone without a unit."""
    targets = cli("plan", "show", sample_path, "HD-2017", "--json").json["targets"]
    element = next(target["indicator"]["numerator"] for target in targets if target["source_ids"] == ["S0-14"])
    units = cli("unit", "list", sample_path, "--json").json["units"]
    district = next(unit["code"] for unit in units if unit["kind"] == "district")
    assert cli("value", "set", sample_path, district, element, "2017", "1.234").code == 0
    lines = cli("progress", sample_path, "--plan", "HD-2017", "--period", "2017").out.splitlines()
    assert any("mức độ 3" in line for line in lines)
    assert any("1.234 hồ sơ" in line for line in lines)
    milestone = cli("progress", sample_path, "--plan", PLAN, "--period", "2017").out.splitlines()[2]
    assert " Hoàn thành (2020) " in milestone


def test_figures_of_a_sample_are_marked_as_made_up(told):
    assert told("--json").json["illustrative"] is True
    assert told().out.splitlines()[-1] == "Số liệu minh họa của dữ liệu mẫu; không trích dẫn."
