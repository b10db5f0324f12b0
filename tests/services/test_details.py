"""What stands behind one cell of the entry grid."""

from __future__ import annotations

import pytest

from desktop_app.domain.entities import ValueState
from desktop_app.domain.issues import UserError
from desktop_app.domain.values import Answer
from desktop_app.services.details import cell_detail
from desktop_app.services.editing import Edit, set_values
from desktop_app.services.session import Session


def test_history_past_periods_and_targets_of_a_cell(small_office: Session) -> None:
    for period, typed in (("2016", "7"), ("2017", "8"), ("2017", "9")):
        set_values(small_office, [Edit("SXD", "HT01b", period, typed=typed)], "form")
    set_values(small_office, [Edit("STC", "HT01b", "2015", typed="5")], "form")
    found = cell_detail(small_office, "KH", "sxd", "ht01b", "2017")
    assert (found.unit.code, found.element.code, found.period) == ("SXD", "HT01b", "2017")
    assert [period for period, _answer in found.recent] == [str(year) for year in range(2006, 2018)]
    assert {period: answer for period, answer in found.recent if answer is not None} == {
        "2016": Answer(ValueState.VALUE, 7),
        "2017": Answer(ValueState.VALUE, 9),
    }
    assert [target.code for target in found.targets] == ["CT01"]
    assert [(event.before and event.before.amount, event.after and event.after.amount) for event in found.events] == [
        (8, 9),
        (None, 8),
    ]


def test_codes_must_be_known(small_office: Session) -> None:
    for codes in (("XX", "SXD", "HT01a"), ("KH", "XX", "HT01a"), ("KH", "SXD", "XX")):
        with pytest.raises(UserError, match="unknown_code"):
            cell_detail(small_office, *codes, "2017")
    with pytest.raises(UserError, match="form_missing"):
        cell_detail(small_office, "KH", "SXD", "HT01a", "2017-01")
