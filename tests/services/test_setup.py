"""A new file: everything of a sample in one operation, or nothing at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop_app import library
from desktop_app.domain.entities import (
    Form,
    Goal,
    Indicator,
    Plan,
    Regime,
    Target,
    Task,
    TaskMoney,
    Unit,
)
from desktop_app.domain.issues import UserError
from desktop_app.services import setup
from desktop_app.services.session import Session
from desktop_app.services.setup import create_file
from desktop_app.storage.history import history

SAMPLE = "thanh-hoa-2016"
NOW = datetime(2016, 3, 1, 1, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "tỉnh.skh"


def made(path, sample=SAMPLE):
    session = create_file(path, sample, "An", now=lambda: NOW)
    session.close()
    return Session.open(path, "An", read_only=True)


def test_a_sample_is_one_setup_operation(path):
    session = made(path)
    operations = history(session.database)
    assert [(item.name, item.source, item.actor, item.at) for item in operations] == [("setup", "setup", "An", NOW)]
    session.close()


def test_the_file_holds_what_the_library_ships(path):
    session = made(path)
    shipped = library.load_sample(SAMPLE)
    for cls in (Unit, Indicator, Plan, Target, Goal, Task, TaskMoney, Form):
        assert session.gateway.count(cls) == len(shipped.of(cls)), cls
    session.close()


def test_references_point_to_the_saved_rows(path):
    session = made(path)
    plan = session.plan("TH-2016-2020")
    assert session.gateway.get(Plan, plan.parent_id).code == "CTQG-2016-2020"
    task = next(item for item in session.gateway.list(Task, plan_id=plan.id) if item.code == "NV03")
    assert session.gateway.get(Unit, task.lead_unit_id).code == "VPUBND"
    target = session.target(plan, "CT11")
    assert session.gateway.get(Indicator, target.indicator_id).code == "DV04"
    assert {goal.year for goal in session.gateway.list(Goal, target_id=target.id)} == {2017, 2020}
    session.close()


def test_the_office_row_says_what_the_file_is(path):
    session = made(path)
    office = session.office
    assert (office.sample, office.illustrative, office.regime, office.created_at) == (SAMPLE, True, Regime.ND09, NOW)
    assert session.root.code == "UBNDTINH"
    session.close()


def test_plans_remember_where_they_came_from(path):
    session = made(path)
    assert {plan.origin_version for plan in session.gateway.list(Plan)} == {"1"}
    assert session.plan("HD-2017").origin == "HD-2017.toml"
    session.close()


def test_two_files_differ_in_identity_and_key(tmp_path):
    first, second = made(tmp_path / "a.skh"), made(tmp_path / "b.skh")
    assert first.office.uuid != second.office.uuid
    assert first.office.digest_key != second.office.digest_key
    first.close()
    second.close()


def test_an_empty_file_has_a_catalogue_and_a_root(path):
    session = made(path, None)
    assert session.root.code == "UBNDTINH"
    assert session.office.sample is None
    assert not session.office.illustrative
    assert session.gateway.count(Plan) == 0
    assert session.element("HT01b").name
    session.close()


def test_an_unknown_sample_leaves_no_file(path):
    with pytest.raises(UserError) as caught:
        create_file(path, "hue-2016", "An")
    assert caught.value.code == "unknown_sample"
    assert not path.exists()


def test_a_file_that_exists_stays_as_it_is(path):
    path.write_bytes(b"mine")
    with pytest.raises(UserError) as caught:
        create_file(path, SAMPLE, "An")
    assert caught.value.code == "data_file_exists"
    assert path.read_bytes() == b"mine"


def test_a_failure_halfway_leaves_nothing(path, monkeypatch):
    monkeypatch.setattr(setup, "save_shipped", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        create_file(path, SAMPLE, "An")
    assert list(path.parent.iterdir()) == []
