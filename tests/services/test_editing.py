import pytest

from desktop_app.domain.entities import Value, ValueState
from desktop_app.domain.issues import UserError
from desktop_app.domain.values import NOT_APPLICABLE
from desktop_app.services.editing import CellOutcome, Edit, load_form, set_values
from desktop_app.services.history import list_operations, undo

PLAN, UNIT, PERIOD = "TH-2016-2020", "STP", "2017"


def typed(session, element, text, *, period=PERIOD, note=None, source="form"):
    return set_values(session, [Edit(UNIT, element, period, typed=text, note=note)], source).cells[0]


def stored(session, element, period=PERIOD):
    return session.gateway.get(Value, period, session.element(element).id, session.unit(UNIT).id)


def row(session, element, period=PERIOD):
    return next(item for item in load_form(session, PLAN, period, UNIT).rows if item.element.code == element)


def test_a_typed_figure_is_saved_as_officials_type_it(session):
    cell = typed(session, "NB06a", "4.391")
    assert (cell.outcome, cell.answer.amount) == (CellOutcome.SAVED, 4391)
    assert stored(session, "NB06a").state is ValueState.VALUE


@pytest.mark.parametrize(
    ("text", "state"),
    [("0", ValueState.ZERO), ("KPS", ValueState.NOT_APPLICABLE), ("không phát sinh", ValueState.NOT_APPLICABLE)],
)
def test_the_four_states_are_told_apart(session, text, state):
    typed(session, "NB06a", text)
    assert stored(session, "NB06a").state is state


def test_the_same_figure_again_writes_nothing(session):
    typed(session, "NB06a", "5")
    before = len(list_operations(session))
    assert typed(session, "NB06a", "05").outcome is CellOutcome.UNCHANGED
    assert len(list_operations(session)) == before


def test_a_doubtful_text_is_asked_and_the_stored_figure_stays(session):
    typed(session, "NB06a", "7")
    cell = typed(session, "NB06a", "-")
    assert cell.outcome is CellOutcome.QUESTION
    assert NOT_APPLICABLE in cell.readings
    assert stored(session, "NB06a").amount == 7


def test_a_chosen_reading_is_saved(session):
    asked = typed(session, "NB06a", "-")
    edit = Edit(UNIT, "NB06a", PERIOD, answer=asked.readings[1])
    assert set_values(session, [edit], "form").cells[0].outcome is CellOutcome.SAVED
    assert stored(session, "NB06a").state is ValueState.NOT_APPLICABLE


def test_an_unreadable_text_changes_nothing(session):
    cell = typed(session, "NB06a", "nhiều")
    assert (cell.outcome, cell.issues[0].code) == (CellOutcome.INVALID, "figure_unreadable")
    assert stored(session, "NB06a") is None


def test_clearing_leaves_the_explanation(session):
    typed(session, "NB06a", "12", note="Số liệu quý IV ước tính")
    typed(session, "NB06a", "")
    value = stored(session, "NB06a")
    assert (value.state, value.amount, value.note) == (ValueState.NOT_REPORTED, None, "Số liệu quý IV ước tính")
    assert not row(session, "NB06a").is_entered


def test_clearing_figure_and_explanation_removes_the_row(session):
    typed(session, "NB06a", "12", note="ước tính")
    typed(session, "NB06a", "", note="")
    assert stored(session, "NB06a") is None


def test_an_explanation_alone_leaves_the_figure(session):
    typed(session, "NB06a", "12")
    set_values(session, [Edit(UNIT, "NB06a", PERIOD, note="đã đối chiếu")], "form")
    assert (stored(session, "NB06a").amount, stored(session, "NB06a").note) == (12, "đã đối chiếu")


def test_a_pasted_block_is_one_operation_and_one_undo(session):
    edits = [Edit(UNIT, code, PERIOD, typed=text) for code, text in (("HT01a", "10"), ("HT01b", "12"), ("NB06a", "x"))]
    result = set_values(session, edits, "paste")
    assert [cell.outcome for cell in result.cells] == [CellOutcome.SAVED, CellOutcome.SAVED, CellOutcome.QUESTION]
    assert list_operations(session)[0].changes == 2
    undo(session)
    assert stored(session, "HT01a") is None
    assert stored(session, "HT01b") is None


def test_an_unknown_unit_refuses_the_whole_and_writes_nothing(session):
    with pytest.raises(UserError) as refusal:
        set_values(session, [Edit(UNIT, "HT01a", PERIOD, "1"), Edit("KHONGCO", "HT01a", PERIOD, "1")], "paste")
    assert refusal.value.code == "unknown_code"
    assert stored(session, "HT01a") is None


def test_last_period_stands_beside_this_one_even_when_it_is_made_of_quarters(session):
    for quarter, figure in enumerate(("10", "20", "30", "40"), start=1):
        typed(session, "NB06a", figure, period=f"2016-Q{quarter}")
    assert row(session, "NB06a").previous.amount == 100


def test_a_year_that_was_not_entered_shows_what_its_quarters_give(session):
    for quarter in range(1, 5):
        typed(session, "NB06a", "KPS" if quarter == 1 else "5", period=f"2017-Q{quarter}")
    found = row(session, "NB06a")
    assert (found.current, found.computed.amount) == (None, 15)


def test_the_form_counts_what_is_entered(session):
    form = load_form(session, PLAN, PERIOD, UNIT)
    assert form.entered == 0
    typed(session, "HT01a", "10")
    assert load_form(session, PLAN, PERIOD, UNIT).entered == 1
    assert form.window[0].isoformat() == "2016-12-15"
    assert form.due_on.isoformat() == "2017-12-14"


def test_a_plan_without_a_form_for_the_period_says_so(session):
    with pytest.raises(UserError) as refusal:
        load_form(session, PLAN, "2017-01", UNIT)
    assert refusal.value.code == "form_missing"


def test_a_part_above_its_whole_is_saved_with_a_warning_that_names_both_figures(session):
    typed(session, "HT01b", "121")
    typed(session, "HT01a", "124")
    issues = row(session, "HT01a").issues
    assert [issue.code for issue in issues] == ["share_above_whole"]
    assert {issues[0].params["part"], issues[0].params["whole"]} == {"124", "121"}
    assert load_form(session, PLAN, PERIOD, UNIT).warnings == 1


def test_an_explanation_settles_a_warning(session):
    typed(session, "HT01b", "121")
    typed(session, "HT01a", "124", note="Tính cả 3 lao động hợp đồng")
    assert row(session, "HT01a").issues == ()


def test_an_operation_tells_of_the_cells_that_change(session):
    typed(session, "NB06a", "5")
    edits = [Edit(UNIT, "NB06a", PERIOD, typed="5"), Edit(UNIT, "NB05b", PERIOD, typed="9")]
    done = set_values(session, edits, "paste")
    (newest, *_others) = list_operations(session)
    assert (newest.id, newest.name, newest.params["element"]) == (done.operation_id, "value.set", "NB05b")
    assert [cell.outcome for cell in done.cells] == [CellOutcome.UNCHANGED, CellOutcome.SAVED]
    assert set_values(session, edits, "paste").operation_id is None
