"""Checks of the bundled data: sound as shipped, and every kind of damage is told."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest

from desktop_app import library
from desktop_app.domain.entities import Element, Goal, Indicator, PeriodKind, System, Target, Unit
from desktop_app.domain.issues import Issue
from desktop_app.library import answers, checks, loading, reading

SAMPLE = "thanh-hoa-2016"


@pytest.fixture(scope="module")
def shipped():
    return library.load_sample(SAMPLE)


def with_change(shipped, cls, code, **changes):
    from desktop_app.domain.specs import spec_of

    name = spec_of(cls).name
    rows = tuple(replace(row, **changes) if getattr(row, "code", None) == code else row for row in shipped.groups[name])
    return replace(shipped, groups={**shipped.groups, name: rows})


def told(shipped):
    return {code for rule in checks.RULES for code, _params in rule(shipped)}


def test_the_bundled_data_is_sound():
    assert library.check() == []


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("HT01", {"numerator_id": None}),
        ("HT01", {"denominator_id": None}),
        ("HT01", {"threshold": Decimal(80)}),
        ("HT01", {"base_id": 1}),
        ("DV09-S", {"condition_systems": ("QLVB",)}),
        ("NB03", {"condition": None}),
        ("NB03", {"condition_systems": ()}),
        ("DV01", {"condition_element_id": 1}),
        ("NB08", {"base_id": None}),
        ("CS01", {"condition_element_id": 1}),
        ("CS01", {"condition_element_id": None}),
    ],
)
def test_a_formula_that_does_not_fit_its_type_is_told(shipped, code, changes):
    assert "resource_formula" in told(with_change(shipped, Indicator, code, **changes))


def test_a_system_that_does_not_exist_is_told(shipped):
    assert told(with_change(shipped, Indicator, "NB03", condition_systems=("QLVB", "NOPE"))) == {
        "resource_unknown_reference"
    }


def test_an_element_that_is_not_asked_when_it_is_needed_is_told(shipped):
    changed = with_change(shipped, Element, "NB06a", period_kinds=(PeriodKind.YEAR,))
    assert told(changed) == {"resource_period_not_asked"}


def test_an_element_that_nothing_uses_is_told(shipped):
    assert told(with_change(shipped, Indicator, "HT01", numerator_id=shipped.by_code(Element, "HT01b").id)) == {
        "resource_unused"
    }


def test_goals_outside_the_plan_and_missing_goals_are_told(shipped):
    late = tuple(replace(goal, year=2021) if goal.year == 2020 else goal for goal in shipped.of(Goal))
    assert told(replace(shipped, groups={**shipped.groups, "goal": late})) == {"resource_goal"}
    assert told(replace(shipped, groups={**shipped.groups, "goal": ()})) == {"resource_goal"}
    wordless = tuple(replace(item, wording=None) if item.is_qualitative else item for item in shipped.of(Target))
    assert told(replace(shipped, groups={**shipped.groups, "target": wordless})) == {"resource_goal"}


def test_two_roots_are_told(shipped):
    assert told(with_change(shipped, Unit, "STTTT", is_root=True)) == {"resource_roots"}
    assert told(with_change(shipped, Unit, "UBNDTINH", is_root=False)) == {"resource_roots"}


def test_a_system_that_not_every_counted_unit_is_asked_for_is_told(shipped):
    assert told(with_change(shipped, System, "MCDTLT", scope=("department",))) == {"resource_system_not_asked"}


def codes(issues: list[Issue]) -> set[str]:
    return {issue.code for issue in issues}


def test_a_plan_that_no_sample_uses_is_told(monkeypatch):
    read = loading.read_toml

    def without_direction(name, issues):
        table = read(name, issues)
        return {**table, "plans": [code for code in table["plans"] if code != "CD-2018"]} if "plans" in table else table

    monkeypatch.setattr(loading, "read_toml", without_direction)
    assert codes(library.check()) == {"resource_unused"}


def test_a_file_that_cannot_be_read_is_told(monkeypatch):
    text = reading._text

    def broken(name):
        return "[plan\n" if name.endswith("HD-2017.toml") else text(name)

    monkeypatch.setattr(reading, "_text", broken)
    found = library.check()
    assert "resource_unreadable" in codes(found)
    assert any(issue.place.file.endswith("HD-2017.toml") for issue in found)


def test_a_table_of_units_with_ragged_rows_is_told(monkeypatch):
    text = reading._text
    row = "X,Sở X"

    def broken(name):
        return f"{text(name)}{row}\n" if name.endswith("thanh-hoa-2016.csv") else text(name)

    monkeypatch.setattr(reading, "_text", broken)
    assert "resource_unreadable" in codes(library.check())
    assert next(csv.reader(io.StringIO(row))) == ["X", "Sở X"]


def test_a_table_of_units_that_is_gone_is_told():
    issues: list[Issue] = []
    assert reading.read_csv("resources/units/nowhere.csv", issues) == []
    assert codes(issues) == {"resource_unreadable"}


def test_text_that_is_not_composed_is_told(monkeypatch, tmp_path):
    path = tmp_path / "x.toml"
    path.write_text("# Ke\u0302 hoa\u0323ch\n", encoding="utf-8")
    monkeypatch.setattr(checks, "names", lambda folder, _ending: ["x.toml"] if folder == loading.PLANS else [])
    monkeypatch.setattr(checks, "bundled", lambda _name: path)
    assert codes(checks._check_files()) == {"resource_not_nfc"}
    path.write_bytes(b"\xff\xfe")
    assert codes(checks._check_files()) == {"resource_unreadable"}


def figures(monkeypatch, change):
    read = answers.read_toml

    def changed(name, issues):
        table = read(name, issues)
        change(table)
        return table

    monkeypatch.setattr(answers, "read_toml", changed)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (
            lambda table: table["size"].append({"element": "ZZ01a", "department": [1, 2], "growth": 0}),
            "resource_unknown_reference",
        ),
        (lambda table: table["answer"][0].update(unit="NOBODY"), "resource_unknown_reference"),
        (lambda table: table["answer"][0].update(period="2019"), "resource_unknown_reference"),
        (lambda table: table["note"][0].update(element="ZZ01a"), "resource_unknown_reference"),
        (lambda table: table["deployment"][0].update(system="ZZ"), "resource_unknown_reference"),
        (lambda table: table["share"][0].update(per_cent={"2016": [101, 120], "2017": [90, 100]}), "resource_answer"),
        (lambda table: table["share"][0].pop("of"), "resource_unreadable"),
        (lambda table: table["report"][0].update(task="NV99"), "resource_unreadable"),
    ],
)
def test_sample_figures_that_do_not_fit_are_told(monkeypatch, shipped, change, code):
    figures(monkeypatch, change)
    assert codes(answers.sample_problems(shipped)) == {code}
