import pytest

from desktop_app.domain.issues import UserError
from desktop_app.services.editing import Edit, set_values
from desktop_app.services.history import (
    OPERATION_NAMES,
    SOURCE_NAMES,
    list_operations,
    source_name,
    story_json,
    title,
    undo,
    value_story,
)
from desktop_app.text.catalogue import Catalogue, Language

UNIT, ELEMENT, PERIOD = "STP", "NB06a", "2017"


def type_in(session, text):
    return set_values(session, [Edit(UNIT, ELEMENT, PERIOD, typed=text)], "form").operation_id


def story(session):
    return story_json(value_story(session, session.unit(UNIT), session.element(ELEMENT), PERIOD))


def test_undo_brings_the_former_figure_back_and_undoing_that_is_redo(session):
    type_in(session, "5")
    type_in(session, "9")
    undone = undo(session)
    assert story(session)["value"] == "5"
    undo(session, undone.id)
    assert story(session)["value"] == "9"
    titles = [title(session, Catalogue(Language.EN), record) for record in list_operations(session)]
    assert titles[:3] == ["Redo: Enter NB06a of STP, 2017", "Undo: Enter NB06a of STP, 2017", "Enter NB06a of STP, 2017"]


def test_undo_goes_back_step_by_step_and_then_says_that_nothing_is_left(session):
    type_in(session, "5")
    type_in(session, "9")
    undo(session)
    undo(session)
    assert story(session)["value"] is None
    with pytest.raises(UserError) as refusal:
        undo(session)
    assert refusal.value.code == "nothing_to_undo"


def test_the_creation_of_the_file_is_not_undone_even_by_its_number(session):
    creation = list_operations(session)[-1]
    with pytest.raises(UserError) as refusal:
        undo(session, creation.id)
    assert refusal.value.code == "creation_not_undoable"
    assert session.unit(UNIT).code == UNIT


def test_an_operation_whose_field_was_changed_since_is_not_undone(session):
    first = type_in(session, "5")
    type_in(session, "9")
    with pytest.raises(UserError) as refusal:
        undo(session, first)
    assert refusal.value.code == "undo_refused"
    assert story(session)["value"] == "9"


def test_the_story_of_a_value_tells_who_when_and_from_where(session, clock):
    type_in(session, "5")
    clock.forward(hours=1)
    session.actor = "Minh"
    type_in(session, "KPS")
    told = story(session)
    assert (told["value"], told["state"]) == (None, "not_applicable")
    assert [(event["actor"], event["before"], event["after"]) for event in told["history"]] == [
        ("Minh", "5", None),
        ("Lan", None, "5"),
    ]
    assert told["history"][0]["at"] == "2017-12-05T03:14:00Z"


def test_every_operation_that_the_program_names_has_a_title(session):
    type_in(session, "5")
    assert {record.name for record in list_operations(session)} <= OPERATION_NAMES.keys()


def test_every_source_of_a_write_has_a_name():
    named = {source: source_name(Catalogue(Language.VI), source) for source in SOURCE_NAMES}
    assert named["window"] == "cửa sổ"
    assert len(set(named.values())) == len(named)
    with pytest.raises(KeyError):
        source_name(Catalogue(Language.VI), "unheard of")
