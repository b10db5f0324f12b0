"""The made-up figures of a sample: complete, plausible and the same on every machine."""

from __future__ import annotations

from collections import defaultdict

import pytest

from desktop_app import library
from desktop_app.domain.entities import DeploymentStatus, TaskStatus, Unit, UnitKind

SAMPLE = "thanh-hoa-2016"


@pytest.fixture(scope="module")
def answers():
    return library.sample_answers(SAMPLE)


@pytest.fixture(scope="module")
def units():
    return [unit for unit in library.load_sample(SAMPLE).of(Unit) if not unit.is_root]


def totals(answers):
    found = defaultdict(int)
    for item in answers:
        if item.typed.isdigit():
            found[item.element, item.period] += int(item.typed)
    return found


def share(answers, part, whole, period):
    found = totals(answers)
    return 100 * found[part, period] / found[whole, period]


def test_figures_are_the_same_on_every_machine(answers):
    first = {(item.unit, item.element, item.period): item.typed for item in answers}
    assert first["STTTT", "HT01b", "2016"] == "90"
    assert totals(answers)["HT01b", "2017"] == 18580


def test_every_unit_answers_every_period_and_only_the_forgetful_leave_blanks(answers, units):
    answered = {(item.unit, item.period) for item in answers}
    assert answered >= {(unit.code, period) for unit in units for period in ("2016", "2017")}
    assert {(item.unit, item.element, item.period) for item in answers if not item.typed} == {
        ("MUONGLAT", "NB09a", "2017"),
        ("SNGV", "NL01a", "2017"),
    }


def test_verdicts_will_differ(answers):
    assert share(answers, "NB01a", "HT01b", "2017") == 100
    assert share(answers, "NB06a", "NB05b", "2016") < 80 < share(answers, "NB06a", "NB05b", "2017")
    assert share(answers, "DV03a", "DV03b", "2017") < 100
    assert share(answers, "DV04a", "DV03b", "2016") < 5 < share(answers, "DV04a", "DV03b", "2017")
    assert totals(answers)["DV08a", "2017"] > totals(answers)["DV08a", "2016"]


def test_systems_come_into_use_and_stay(units):
    rows = library.sample_deployments(SAMPLE)
    states = {(item.unit, item.system, item.period): item for item in rows}
    for (unit, system, period), item in states.items():
        assert (item.since is not None) == (item.status is DeploymentStatus.IN_USE)
        if period == "2016" and item.status is DeploymentStatus.IN_USE:
            later = states[unit, system, "2017"]
            assert (later.status, later.since) == (item.status, item.since)
    joined = [unit.code for unit in units if states[unit.code, "MCDTLT", "2017"].status is DeploymentStatus.IN_USE]
    assert len(joined) == len(units)
    hscv = [states[unit.code, "HSCV", "2017"].status for unit in units]
    assert {DeploymentStatus.IN_USE, DeploymentStatus.IN_PROGRESS} <= set(hscv)


def test_leading_units_report_progress_that_does_not_fall():
    rows = library.sample_reports(SAMPLE)
    by_task = defaultdict(dict)
    for item in rows:
        by_task[item.plan, item.task][item.period] = item
    for reports in by_task.values():
        assert reports["2016"].percent <= reports["2017"].percent
        assert reports["2016"].disbursed <= reports["2017"].disbursed
        assert reports["2016"].unit == reports["2017"].unit
    assert {item.status for item in rows} == {TaskStatus.NOT_STARTED, TaskStatus.IN_PROGRESS, TaskStatus.DONE}


def test_districts_report_for_their_communes(answers, units):
    districts = {unit.code for unit in units if unit.kind is UnitKind.DISTRICT}
    staff = {item.unit: int(item.typed) for item in answers if item.element == "HT01b" and item.period == "2016"}
    assert min(staff[code] for code in districts) > max(count for code, count in staff.items() if code not in districts)


def test_a_sample_without_figures_has_none(monkeypatch):
    from desktop_app.library import answers as module

    monkeypatch.setattr(module, "names", lambda *_: [])
    assert library.sample_answers(SAMPLE) == []
    assert library.sample_deployments(SAMPLE) == []
    assert library.sample_reports(SAMPLE) == []
