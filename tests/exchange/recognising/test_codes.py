"""Codes that came back otherwise than they were sent."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_app.exchange.recognising.codes import CodeReader

ISSUED = ["HT01a", "TTDT-DV", "MC", "01", "1.10", "2.5", "1E2"]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("HT01a", "HT01a"),
        (" ht01A\xa0", "HT01a"),
        ("\ufeffHT01a\u200b", "HT01a"),
        ("'HT01a", "HT01a"),
        ("‘HT01a’:", "HT01a"),
        ("ＨＴ０１ａ", "HT01a"),
        ("HT 01a", "HT01a"),
        ("ttdt - dv", "TTDT-DV"),
        ("M C", "MC"),
        ("HT01b", "HT01b"),
        ("HT 01b", ""),  # nobody was asked for it: two words, perhaps
        ("Tong cong", ""),
        ("Tổng cộng", ""),
        ("", ""),
        ("''", ""),
        (None, ""),
        (True, ""),
        (1.0, "01"),
        (1.1, "1.10"),
        (2.5, "2.5"),
        (100.0, "1E2"),
        (7.0, "7"),
        (7.5, "7.5"),
        (-7.0, ""),
        (float("nan"), ""),
        (float("inf"), ""),
    ],
)
def test_a_code_is_what_was_issued(value: Any, code: str) -> None:
    assert CodeReader(ISSUED).code(value) == code


@pytest.mark.parametrize(
    ("value", "code"),
    [("ht01A", "ht01A"), ("HT 01a", "HT01a"), ("Tong cong", ""), ("2017 2018", ""), (1.0, "1"), (1.1, "1.1"), ("A", "A")],
)
def test_without_what_was_issued_a_code_is_what_looks_like_one(value: Any, code: str) -> None:
    assert CodeReader([]).code(value) == code


def test_a_number_that_two_codes_may_have_become_is_none() -> None:
    assert CodeReader(["1", "01"]).code(1.0) == "1"
    assert CodeReader(["001", "01"]).code(1.0) == ""
    assert CodeReader(["1.10", "1.100"]).code(1.1) == ""


@pytest.mark.parametrize(("code", "issued", "free"), [("HT01a", True, True), ("QLVB", False, False), ("2017", False, False)])
def test_what_is_surely_a_code(code: str, issued: bool, free: bool) -> None:
    assert CodeReader(ISSUED).is_sure(code) is issued
    assert CodeReader([]).is_sure(code) is free
