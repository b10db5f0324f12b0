"""``new``, ``samples`` and the lists, as other programs read them."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.cli.lists import _Day
from desktop_app.domain.entities import SuccessionKind, Unit, UnitName, UnitSuccession
from desktop_app.services.session import Session

SAMPLE = "thanh-hoa-2016"


@pytest.fixture
def path(sample_path):
    return sample_path


def test_samples_with_titles(cli):
    rows = cli("samples", "--json").json["samples"]
    assert [row["name"] for row in rows] == [SAMPLE]
    assert "minh họa" in rows[0]["title"]
    assert SAMPLE in cli("samples").out


def test_new_tells_what_it_made(cli, tmp_path):
    ran = cli("new", tmp_path / "a.skh", "--sample", SAMPLE, "--json")
    assert (ran.code, ran.json["units"], ran.json["sample"]) == (0, 48, SAMPLE)
    assert "TH-2016-2020" in ran.json["plans"]
    assert f"; {len(ran.json['plans'])} kế hoạch" in cli("samples").out


def test_new_without_a_sample_is_an_office_with_a_catalogue(cli, tmp_path):
    ran = cli("new", tmp_path / "a.skh", "--json")
    assert (ran.code, ran.json["units"], ran.json["plans"]) == (0, 1, [])


def test_a_plan_shows_its_goals_with_comparator_and_unit(cli, path):
    lines = {line[:4]: line for line in cli("plan", "show", path, "TH-2016-2020").out.splitlines()}
    assert "  2020: ≥ 80%  " in lines["CT08"]
    assert "  2017: ≥ 5%; 2020: ≥ 30%  " in lines["CT11"]
    assert "  2020: Hoàn thành  " in lines["CT01"]


def test_a_code_in_a_file_that_has_none_of_its_kind_names_no_nearest(cli, tmp_path):
    path = tmp_path / "a.skh"
    cli("new", path)
    ran = cli("plan", "show", path, "TH-2016-2020")
    assert ran.code == 2
    assert ran.err.strip() == "Không có kế hoạch mang mã “TH-2016-2020”: tệp chưa có kế hoạch nào."


def test_new_refuses_an_unknown_sample_and_an_existing_file(cli, path):
    unknown = cli("new", path.with_name("b.skh"), "--sample", "hue", "--json")
    assert (unknown.code, unknown.json["error"]["code"]) == (2, "unknown_sample")
    assert not path.with_name("b.skh").exists()
    before = path.read_bytes()
    exists = cli("new", path, "--sample", SAMPLE, "--json")
    assert (exists.code, exists.json["error"]["code"]) == (1, "data_file_exists")
    assert path.read_bytes() == before


def test_units_in_official_order(cli, path):
    rows = cli("unit", "list", path, "--json").json["units"]
    assert [row["order"] for row in rows] == list(range(1, 49))
    assert {"code", "name", "kind", "level", "order", "valid_from", "valid_to", "predecessors", "successors"} <= set(rows[0])
    assert (rows[0]["kind"], rows[0]["identifier"], rows[0]["root"]) == ("province", "H56", True)
    assert "Sở Thông tin và Truyền thông" in cli("unit", "list", path).out
    assert "department" not in cli("unit", "list", path).out


def test_units_name_what_they_followed(cli, path):
    session = Session.open(path, "An")
    with session.operation("setup", source="cli") as operation:
        old, new = session.unit("DONGSON"), session.unit("TPTHANHHOA")
        day = date(2025, 1, 1)
        operation.save(
            UnitSuccession(predecessor_id=old.id, successor_id=new.id, kind=SuccessionKind.MERGER, took_effect_on=day)
        )
        operation.save(UnitName(unit_id=session.gateway.by_code(Unit, "SAMSON").id, name="Cũ", valid_to=date(2017, 4, 18)))
    session.close()
    rows = {row["code"]: row for row in cli("unit", "list", path, "--json").json["units"]}
    assert (rows["TPTHANHHOA"]["predecessors"], rows["DONGSON"]["successors"]) == (["DONGSON"], ["TPTHANHHOA"])
    assert rows["SAMSON"]["earlier_names"] == [{"name": "Cũ", "valid_to": "2017-04-18"}]


def test_systems_with_category_and_trace_ids(cli, path):
    rows = {row["code"]: row for row in cli("system", "list", path, "--json").json["systems"]}
    assert rows["MCDTLT"]["category"] == "MCDT"
    assert rows["MCDTLT"]["source_ids"] == ["S1-07", "S3-08", "S3-15"]
    assert len([row for row in rows.values() if row["category"] == "CSDLQG"]) == 5
    assert "Trường đào tạo trực tuyến" in cli("system", "list", path).out


def test_elements_in_the_order_of_the_forms(cli, path):
    rows = cli("element", "list", path, "--json").json["elements"]
    assert [row["code"] for row in rows][:3] == ["HT01a", "HT01b", "HT02a"]
    officials = rows[1]
    assert (officials["kind"], officials["unit"], officials["measure"], officials["periods"]) == (
        "count",
        "người",
        "stock",
        ["Y"],
    )
    assert "biên chế" in officials["definition"]
    assert "HT01b" in cli("element", "list", path).out


def test_plans_with_parent_and_amended(cli, path):
    rows = {row["code"]: row for row in cli("plan", "list", path, "--json").json["plans"]}
    assert set(rows) >= {"HD-2017", "CD-2018", "CTQG-2011-2015", "TH-2016-2020", "BTTTT-2016-2020-BS"}
    assert rows["HD-2017"]["parent"] == "CTQG-2016-2020"
    assert rows["BTTTT-2016-2020-BS"]["amends"] == "BTTTT-2016-2020"
    assert (rows["TH-2016-2020"]["start_year"], rows["TH-2016-2020"]["end_year"]) == (2016, 2020)
    assert "2016-2020" in cli("plan", "list", path).out


def test_a_plan_for_people(cli, path):
    out = cli("plan", "show", path, "TH-2016-2020").out
    assert "2017: ≥ 5%; 2020: ≥ 30%" in out
    assert "S3-01" in out
    english = cli("--lang", "en", "plan", "show", path, "BTTTT-2016-2020")
    assert "Amended by BTTTT-2016-2020-BS" in english.out
    at = cli("--lang", "en", "plan", "show", path, "BTTTT-2016-2020", "--at", "31/12/2020")
    assert "Not amended by BTTTT-2016-2020-BS" in at.out


def test_a_plan_without_regard_to_case_and_at_a_day(cli, path):
    ran = cli("plan", "show", path, "hd-2017", "--at", "2016-12-31", "--json")
    assert (ran.code, ran.json["plan"]["code"], ran.json["at"]) == (0, "HD-2017", "2016-12-31")


def test_an_unknown_plan_names_the_three_nearest(cli, path):
    ran = cli("plan", "show", path, "TH-2016", "--json")
    assert (ran.code, ran.json["error"]["code"]) == (2, "unknown_code")
    nearest = ran.json["error"]["params"]["nearest"].split(", ")
    assert (nearest[0], len(nearest)) == ("TH-2016-2020", 3)


def test_a_day_that_is_none_is_wrong_usage(cli, path):
    ran = cli("plan", "show", path, "HD-2017", "--at", "hôm qua")
    assert ran.code == 2
    assert "hôm qua" in ran.err


def test_a_day_type_keeps_days():
    assert _Day().convert(date(2017, 1, 2), None, None) == date(2017, 1, 2)


def test_lists_change_no_byte(cli, path):
    before = path.read_bytes()
    for words in (("unit", "list"), ("system", "list"), ("element", "list"), ("plan", "list")):
        assert cli(*words, path).code == 0
    assert cli("plan", "show", path, "HD-2017").code == 0
    assert path.read_bytes() == before
