from __future__ import annotations

import pytest

from desktop_app.text.syllables import commonness, is_syllable


@pytest.mark.parametrize(
    "word",
    [
        *["nghiêng", "ứng", "Hoằng", "quý", "gì", "giữ", "giếng", "gìn", "khuỷu", "Thường", "yêu", "á", "ý", "Ủy", "uỷ"],
        *["quốc", "quyết", "hoạch", "THUYẾT", "xoong", "hòa", "hoà", "Đắk", "Lắk", "Krông"],
    ],
)
def test_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word",
    [
        "plan",
        "strasse",
        "hoaïch",
        "ho¹ch",
        "fá",
        "ngk",
        "",
        "quèc",
        "ngê",
        "cế",
        "kà",
        "bat",
        "thiêp",
        "hàc",
        "dữữ",
        "a1",
        "yn",
    ],
)
def test_no_syllables(word):
    assert not is_syllable(word)


def test_common_syllables_are_more_common_than_rare_ones():
    assert commonness("công") > commonness("cống") > commonness("khống") == 1 > commonness("khụng") == 0


def test_neither_case_nor_the_place_of_the_tone_counts():
    assert commonness("HÒA") == commonness("hoà") > 0
