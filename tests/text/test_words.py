from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.text.words import number_in_words

DIGITS = {number_in_words(digit): digit for digit in range(10)} | {"mốt": 1, "tư": 4, "lăm": 5}
SCALES = {"nghìn": 10**3, "triệu": 10**6}


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (1, "một"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (1_005, "một nghìn không trăm linh năm"),
        (4_391, "bốn nghìn ba trăm chín mươi mốt"),
        (1_000_000, "một triệu"),
        (1_000_015, "một triệu không trăm mười lăm"),
        (1_700_000_000_000, "một nghìn bảy trăm tỷ"),
        (2_000_000_001, "hai tỷ không trăm linh một"),
        (3_000_000_000_000_000_000, "ba tỷ tỷ"),
        (-12, "âm mười hai"),
    ],
)
def test_number_in_words(number, words):
    assert number_in_words(number) == words


def _spoken(words: str) -> int:
    """Read words back the slow way, as a child adds them up."""
    if "tỷ" in words:
        upper, _, lower = words.rpartition("tỷ")
        return _spoken(upper.strip()) * 10**9 + _spoken(lower.strip())
    total = group = digit = 0
    for word in words.split():
        if word in SCALES:
            total, group, digit = total + (group + digit) * SCALES[word], 0, 0
        elif word in {"trăm", "mươi"}:
            group, digit = group + digit * (100 if word == "trăm" else 10), 0
        elif word == "mười":
            group += 10
        elif word != "linh":
            digit = DIGITS[word]
    return total + group + digit


@given(st.integers(0, 10**15))
def test_words_say_the_number(number):
    assert _spoken(number_in_words(number)) == number
