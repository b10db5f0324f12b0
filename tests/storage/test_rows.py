"""Every entity comes back from its table as it went in."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.entities import Goal, Judgement, Office, Person, Unit, Value
from desktop_app.domain.specs import REGISTRY
from desktop_app.storage.rows import codec_named, codec_of, key_text, logged
from tests.storage.world import BARE, FULL, OTHER, entities_in_order, operate


@pytest.mark.parametrize("way", [FULL, BARE, OTHER], ids=["full", "bare", "other"])
def test_every_entity_comes_back_as_it_was(database, maker, way):
    with operate(database) as operation:
        operation.delete_many(database.gateway.list(Value))
        operation.delete_many([*database.gateway.list(Unit), *database.gateway.list(Office)])
        for spec in entities_in_order():
            before = maker.make(spec, way, mark="x")
            saved = operation.save(before)
            key = [getattr(saved, name) for name in spec.key]
            assert database.gateway.get(spec.cls, *key) == saved
            if spec.key == ("id",):
                assert saved.id > 0
                assert saved == type(saved)(**{**before.__dict__, "id": saved.id})
            else:
                assert saved == before
            maker.remember(spec, saved)


def test_every_entity_is_made_in_its_order():
    assert {spec.name for spec in entities_in_order()} == set(REGISTRY)


def test_text_is_stored_composed(database):
    with operate(database) as operation:
        saved = operation.save(Person(name="Nguye\u0302\u0303n Hu\u031b\u0300ng"))
    assert saved.name == "Nguyễn Hừng"
    assert database.gateway.get(Person, saved.id) == saved


def test_numbers_keep_their_value_and_lose_idle_zeros(database, maker):
    with operate(database) as operation:
        for name in ("plan", "target"):
            maker.remember(REGISTRY[name], operation.save(maker.make(REGISTRY[name], BARE)))
        saved = operation.save(Goal(target_id=maker.ids["target"], year=2017, amount=Decimal("100.500")))
    assert saved.amount == Decimal("100.5")
    assert str(saved.amount) == "100.5"


def test_instants_are_kept_to_the_millisecond_in_utc(database):
    office = database.gateway.get(Office, 1)
    hanoi = timezone(timedelta(hours=7))
    with operate(database) as operation:
        moment = datetime(2026, 11, 22, 15, 30, 0, 123456, tzinfo=hanoi)
        saved = operation.save(Office(**{**office.__dict__, "created_at": moment}))
    assert saved.created_at == datetime(2026, 11, 22, 8, 30, 0, 123000, tzinfo=UTC)


@given(st.lists(st.one_of(st.integers(-(2**63), 2**63 - 1), st.text()), min_size=1))
def test_key_text_is_the_json_of_the_key(key):
    assert json.loads(key_text(key)) == key


def test_images_are_json_without_the_key_and_name_bytes_by_their_digest(maker):
    spec = REGISTRY["attachment"]
    maker.ids["legal_document"] = 4
    attachment = maker.make(spec)
    codec = codec_named("attachment")
    (row,), issues = codec.rows([attachment])
    assert issues == []
    image = json.loads(codec.full_images([row])[0])
    assert "id" not in image
    assert image["content"] == logged(attachment.content)
    assert image["content"] == f"sha256:{attachment.sha256}"
    assert image["added_on"] == attachment.added_on.isoformat()


def test_everything_that_is_wrong_is_told_for_every_row(maker):
    maker.ids |= {"unit": 1, "target": 1}
    good = maker.make(REGISTRY["judgement"])
    bad = [
        Judgement(**{**good.__dict__, "target_id": 0, "period": "2017-Q5", "judge": None}),
        good,
        Judgement(**{**good.__dict__, "judge": "a\x00b"}),
    ]
    rows, issues = codec_of(Judgement).rows(bad)
    assert rows == []
    assert [(issue.code, issue.place.field) for issue in issues] == [
        ("reference_missing", "target_id"),
        ("period_unknown", "period"),
        ("required_missing", "judge"),
        ("text_control_character", "judge"),
    ]
    assert [str(issue.params["value"]) for issue in issues] == ["0", "2017-Q5", "", "a\x00b"]


def test_persons_are_ordered_by_their_given_name(database):
    with operate(database) as operation:
        operation.save_many([Person(name=name) for name in ("Trần Văn Ân", "Lê Thị Bình", "Nguyễn Văn An", "Hồ Đức An")])
    names = [person.name for person in database.gateway.list(Person)]
    assert names == ["Hồ Đức An", "Nguyễn Văn An", "Trần Văn Ân", "Lê Thị Bình"]
