"""Answers of units over periods, those that are made of shorter ones included."""

from __future__ import annotations

from desktop_app.domain.entities import Value, ValueState
from desktop_app.domain.values import NOT_APPLICABLE, Answer
from desktop_app.services.answers import round_answers, unit_answers
from desktop_app.services.session import Session

QUARTERS = ("2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4")


def put(session: Session, unit: str, element: str, period: str, answer: Answer) -> None:
    with session.operation("value.set", source="form") as op:
        op.save(
            Value(
                unit_id=session.unit(unit).id,
                element_id=session.element(element).id,
                period=period,
                state=answer.state,
                amount=answer.amount,
                text=answer.text,
            )
        )


def year(session: Session, element: str, unit: str = "SXD") -> Answer | None:
    wanted = session.element(element)
    return unit_answers(session, session.unit(unit), [wanted], ["2017"]).answer(wanted, "2017")


def test_a_year_is_made_of_its_quarters(small_office: Session) -> None:
    assert year(small_office, "NB06a") is None
    for quarter in QUARTERS:
        put(small_office, "SXD", "NB06a", quarter, Answer(ValueState.ZERO, 0))
        put(small_office, "SXD", "NB06b", quarter, Answer(ValueState.VALUE, 10))
    assert year(small_office, "NB06a") == Answer(ValueState.ZERO, 0)
    assert year(small_office, "NB06b") == Answer(ValueState.VALUE, 40)


def test_every_sort_of_answer_comes_back(small_office: Session) -> None:
    given = {
        "NB06a": NOT_APPLICABLE,
        "CS01a": Answer(ValueState.VALUE, 0),
        "CS03a": Answer(ValueState.VALUE, text="12/QĐ"),
        "HT01a": Answer(ValueState.VALUE, 7),
    }
    for element, answer in given.items():
        put(small_office, "SXD", element, "2017", answer)
    assert {element: year(small_office, element) for element in given} == given
    assert year(small_office, "HT01a", "STC") is None


def test_many_units_are_loaded_at_once_and_kept_apart(small_office: Session) -> None:
    put(small_office, "SXD", "HT01a", "2017", Answer(ValueState.VALUE, 7))
    put(small_office, "STC", "HT01a", "2017", Answer(ValueState.VALUE, 9))
    put(small_office, "SXD", "HT01b", "2017", Answer(ValueState.VALUE, 70))
    units = [small_office.unit(code) for code in ("SXD", "STC")]
    wanted, other = small_office.element("HT01a"), small_office.element("HT01b")
    found = round_answers(small_office, units, [wanted], ["2017"])
    assert [found[unit.id].answer(wanted, "2017") for unit in units] == [
        Answer(ValueState.VALUE, 7),
        Answer(ValueState.VALUE, 9),
    ]
    assert found[units[0].id].stored(other, "2017") is None
    assert found[units[0].id].stored(wanted, "2017").amount == 7
