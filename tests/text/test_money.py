from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.text.money import BILLION, DONG, MILLION, format_money, format_money_prose, money_in_words, read_money
from desktop_app.text.numbers import Problem

SCALES = (DONG, 1_000, MILLION, BILLION)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("1.234,5", [1_234_500_000]),
        ("1234,5", [1_234_500_000]),
        ("0,000001", [1]),
        ("1.234", [1_234_000_000, 1_234_000]),
        ("1.700,5 tỷ đồng", [1_700_500_000_000]),
        ("1.700 tỷ đồng", [1_700_000_000_000, 1_700_000_000]),
        ("2 tỷ", [2_000_000_000]),
        ("500.000 đ", [500_000]),
        ("500.000 đồng", [500_000]),
        ("25 tr.đ", [25_000_000]),
        ("25,5 triệu đồng", [25_500_000]),
        ("3 nghìn đồng", [3_000]),
        ("3 nghìn", [3_000]),
        ("3 ngàn đồng", [3_000]),
        ("-5", [-5_000_000]),
    ],
)
def test_read_money_in_millions(text, amounts):
    assert read_money(text).values == tuple(Decimal(amount) for amount in amounts)


def test_own_forms_read_a_dot_as_thousands():
    assert read_money("1.234", own_form=True).values == (Decimal(1_234_000_000),)
    assert read_money("1.700 tỷ đồng", own_form=True).values == (Decimal(1_700_000_000_000),)


@pytest.mark.parametrize(
    ("text", "scale"), [("0,0000001", MILLION), ("0,5", DONG), ("1,5 đồng", MILLION), ("0,1234567891234", BILLION)]
)
def test_less_than_a_dong_is_refused(text, scale):
    read = read_money(text, scale)
    assert read.values == ()
    assert read.problem is Problem.TOO_MANY_PLACES
    assert read.rejected


def test_a_reading_below_a_dong_is_no_reading():
    assert read_money("1,234", 100).values == (Decimal(123_400),)


@pytest.mark.parametrize("text", ["abc", "5 cái", "5%", "", "5 tỷ 3 triệu"])
def test_no_amount(text):
    assert read_money(text).values == ()
    assert read_money(text).problem in {Problem.UNREADABLE, Problem.PERCENT_SIGN}


@pytest.mark.parametrize(
    ("amount", "scale", "text"),
    [(1_234_500_000, MILLION, "1.234,5"), (0, MILLION, "0"), (1, MILLION, "0,000001"), (1_700 * BILLION, BILLION, "1.700")],
)
def test_format_money(amount, scale, text):
    assert format_money(amount, scale) == text


def test_format_money_rounds_only_when_told_to():
    assert format_money(1_234_567_890, MILLION, places=1) == "1.234,6"
    assert format_money(Fraction(1_000_000, 3), MILLION, places=2) == "0,33"


@given(st.integers(0, 10**16), st.sampled_from(SCALES))
def test_what_is_written_is_read_back(amount, scale):
    assert read_money(format_money(amount, scale), scale, own_form=True).values == (Decimal(amount),)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (1_700 * BILLION, "1.700 tỷ đồng"),
        (1_234_500_000, "1.234,5 triệu đồng"),
        (1_235_000_000, "1,235 tỷ đồng"),
        (25_500_000, "25,5 triệu đồng"),
        (1_000_000_000, "1 tỷ đồng"),
        (1_000_000, "1 triệu đồng"),
        (500_000, "500.000 đồng"),
        (1_234_567, "1.234.567 đồng"),
        (0, "0 đồng"),
    ],
)
def test_money_in_sentences(amount, text):
    assert format_money_prose(amount) == text
    assert format_money_prose(amount, approximate=True) == f"khoảng {text}"


def test_money_in_words():
    assert money_in_words(1_700_000_000) == "Một tỷ bảy trăm triệu đồng"
