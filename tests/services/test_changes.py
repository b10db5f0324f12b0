"""What one operation changed, in words that people can read."""

from __future__ import annotations

import pytest

from desktop_app.domain.entities import System
from desktop_app.domain.issues import UserError
from desktop_app.services.changes import FigureChange, operation_changes
from desktop_app.services.editing import Edit, set_values
from desktop_app.services.session import Session


def change(session: Session, typed: str | None, note: str | None = None) -> FigureChange:
    """Type into a cell and return what that changed."""
    done = set_values(session, [Edit("SXD", "HT01a", "2017", typed=typed, note=note)], "form")
    assert done.operation_id is not None
    (figure,) = operation_changes(session, done.operation_id).figures
    return figure


def test_a_figure_is_told_as_people_read_it(small_office: Session) -> None:
    first = change(small_office, "1.210")
    assert (first.unit.code, first.element.code, first.period) == ("SXD", "HT01a", "2017")
    assert (first.before, first.after) == ("", "1.210")
    second = change(small_office, "1.300")
    assert (second.before, second.after, second.note_before, second.note_after) == ("1.210", "1.300", None, None)
    assert (change(small_office, "0").after, change(small_office, "KPS").before) == ("0", "0")
    assert change(small_office, "5").before == "không phát sinh"


def test_an_explanation_is_told_apart_from_the_figure(small_office: Session) -> None:
    change(small_office, "5")
    noted = change(small_office, "5", "vì thêm người")
    assert (noted.before, noted.after, noted.note_before, noted.note_after) == ("", "", "", "vì thêm người")
    gone = change(small_office, "6", "")
    assert (gone.before, gone.after, gone.note_before, gone.note_after) == ("5", "6", "vì thêm người", "")


def test_other_rows_are_counted_by_what_they_are(small_office: Session) -> None:
    with small_office.operation("setup", source="setup") as op:
        for system in small_office.gateway.list(System):
            op.delete(system)
    assert op.id is not None
    found = operation_changes(small_office, op.id)
    assert (found.figures, found.others) == ((), (("System", 2),))
    with pytest.raises(UserError, match="operation_unknown"):
        operation_changes(small_office, 999)
