from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.text.catalogue import N_, Catalogue, Language, Message

VI = Catalogue(Language.VI)
EN = Catalogue(Language.EN)


def test_vietnamese_is_the_default():
    assert Catalogue().language is Language.VI
    assert VI("Met") == "Đạt"
    assert EN("Met") == "Met"


def test_a_message_without_translation_and_an_empty_one_stay_as_they_are():
    assert VI("no such message") == "no such message"
    assert VI("") == ""
    assert N_("marked") == "marked"


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        ("1.5 as typed", "1.5 as typed", "1.5 as typed"),
        (1204, "1.204", "1,204"),
        (Decimal("1234.5"), "1.234,5", "1,234.5"),
        (date(2026, 1, 5), "05/01/2026", "2026-01-05"),
    ],
)
def test_parameters_are_written_as_the_language_writes_them(value, vietnamese, english):
    assert VI("{value}", value=value) == vietnamese
    assert EN("{value}", value=value) == english


def test_counts_choose_the_form_of_the_language():
    assert EN.count("{number} unit", "{number} units", 1) == "1 unit"
    assert EN.count("{number} unit of {name}", "{number} units of {name}", 1204, name="x") == "1,204 units of x"


def test_a_parameter_that_is_itself_a_message_is_translated():
    assert VI("{value}", value=Message("Met")) == "Đạt"
    assert EN("{value}", value=Message("Met")) == "Met"
