"""What other periods hold of a unit: figures, nothing arisen, explanations, and nothing at all."""

from __future__ import annotations

from desktop_app.domain.entities import Value, ValueState
from desktop_app.services.collecting.earlier import EarlierFigures
from desktop_app.services.session import Session


def test_what_a_unit_answered_before(small_office: Session) -> None:
    element, other = small_office.element("NB06a"), small_office.element("CS03a")
    unit, silent = small_office.unit("SXD"), small_office.unit("STC")
    ids = {"unit_id": unit.id, "element_id": element.id}
    kept = [
        Value(**ids, period="2016", state=ValueState.VALUE, amount=5, note="vì"),
        Value(**ids, period="2017-H1", state=ValueState.ZERO, amount=0),
        Value(**ids, period="2017-9M", state=ValueState.NOT_APPLICABLE),
    ]
    unseen = [
        Value(**ids, period="2017", state=ValueState.VALUE, amount=7),
        Value(**ids, period="2015", state=ValueState.VALUE, amount=8),
        Value(**ids, period="2017-H2", state=ValueState.NOT_REPORTED, note="chưa có số"),
        Value(unit_id=unit.id, element_id=other.id, period="2016", state=ValueState.VALUE, text="12/QĐ"),
    ]
    with small_office.operation("value.set", source="form") as op:
        op.save_many([*kept, *unseen])
    earlier = EarlierFigures(small_office, [element, other], "2017")
    assert sorted(earlier.values(unit, element), key=kept.index) == kept
    assert earlier.values(unit, other) == earlier.values(silent, element) == []
    assert earlier.book.answers(element.id, "2016").amounts == {unit.id: 5}
