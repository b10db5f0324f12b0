"""Whose a workbook is: the place that says it, the places that contradict it, and lists of problems that come back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from desktop_app.exchange.layout import META_SHEET, PROBLEMS_TITLE, REASONS_SHEET
from desktop_app.exchange.marks import META_KEYS
from desktop_app.exchange.recognising.identities import facts_of, has_identity, identify
from desktop_app.exchange.recognising.returned import ReturnedForm
from desktop_app.exchange.workbook import Sheet

PARTS = {key: "1" if key == "format_version" else f"{key} A" for key in META_KEYS}


def meta(*before: list[Any], **other: str) -> Sheet:
    return Sheet(META_SHEET, [*before, *([key, value] for key, value in {**PARTS, **other}.items())])


def identified(*sheets: Sheet, properties: str = "") -> ReturnedForm:
    form = ReturnedForm()
    identify(form, sheets, lambda: properties)
    return form


def refusals(form: ReturnedForm) -> Sequence[tuple[str, str, str]]:
    return [(code, sheet, cell) for code, _params, sheet, cell, _item in form.refusals]


def test_rows_of_meta_that_name_nothing_say_nothing() -> None:
    sheet = meta([], ["", "một ghi chú"], ["chỉ một ô"])
    assert facts_of(sheet) == PARTS
    assert has_identity(facts_of(sheet))
    form = identified(sheet)
    assert (form.source, form.identity, form.refusals) == ("meta", PARTS, [])
    assert form.place == (META_SHEET, f"B{4 + list(PARTS).index('unit')}")


@pytest.mark.parametrize("lost", META_KEYS)
def test_an_identity_that_lacks_a_part_is_none(lost: str) -> None:
    assert not has_identity(facts_of(meta(**{lost: " "})))
    assert refusals(identified(meta(**{lost: " "}))) == [("form_unknown", "", "")]


def test_an_identity_in_a_sheet_of_another_name_is_none() -> None:
    assert refusals(identified(Sheet("Ghi chú", meta().rows))) == [("form_unknown", "", "")]


def test_two_identities_in_one_workbook_are_both_named() -> None:
    form = identified(meta(), Sheet(f"{META_SHEET} (2)", meta(unit="B").rows))
    assert [code for code, *_rest in refusals(form)] == ["identity_foreign", "form_contradicts_itself"]
    assert refusals(form)[0][1:] == (f"{META_SHEET} (2)", f"B{1 + list(PARTS).index('unit')}")


def test_a_line_that_cannot_be_read_is_named_where_it_stands() -> None:
    damaged = Sheet("Số liệu", [["", "x"], ["", "SKH1 · mất rồi"]])
    assert refusals(identified(damaged)) == [("identity_damaged", "Số liệu", "B2"), ("form_unknown", "", "")]
    form = identified(meta(), damaged)
    assert (form.refusals, form.issues) == ([], [("identity_damaged", {}, "Số liệu", "B2", "")])


def test_a_word_that_only_begins_like_a_line_is_none() -> None:
    assert identified(meta(), Sheet("Số liệu", [["SKH và các đơn vị"], ["SKH1"]])).issues == []


@pytest.mark.parametrize(
    ("name", "rows", "code"),
    [
        (REASONS_SHEET, [[PROBLEMS_TITLE]], "problems_returned"),
        (REASONS_SHEET.upper(), [["", PROBLEMS_TITLE]], "problems_returned"),
        ("Ghi chú", [[PROBLEMS_TITLE]], "form_unknown"),
        (REASONS_SHEET, [["Lý do của đơn vị"], [PROBLEMS_TITLE]], "form_unknown"),
        (REASONS_SHEET, [], "form_unknown"),
    ],
)
def test_a_list_of_problems_that_came_back_is_told(name: str, rows: list[list[Any]], code: str) -> None:
    assert refusals(identified(Sheet(name, rows))) == [(code, "", "")]
