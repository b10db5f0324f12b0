from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.text.vietnamese import clean, match_key, nfc, person_sort_key, search_key, sort_key, word_key
from tests.text.old_fonts import in_pieces

DICTIONARY = [
    # letters first, syllable by syllable
    "a",
    "à",
    "ả",
    "ã",
    "á",
    "ạ",
    "ác",
    "ai",
    "an",
    "an bình",
    "án",
    "anh",
    "ăn",
    "ắn",
    "ân",
    "ba",
    "Bá Thước",
    "Bỉm Sơn",
    "Cẩm Thủy",
    "dân",
    "Đà",
    "Đông Sơn",
    "Em",
    "Hà Trung",
    "Hậu Lộc",
    "Hoằng Hóa",
    "Lang Chánh",
    "Mường Lát",
    "Nga Sơn",
    "Ngọc Lặc",
    "Như Thanh",
    "Như Xuân",
    "Nông Cống",
    "Quan Hóa",
    "Quan Sơn",
    "Quảng Xương",
    "Sầm Sơn",
    "Thạch Thành",
    "Thanh Hóa",
    "Thiệu Hóa",
    "Thọ Xuân",
    "Thường Xuân",
    "Triệu Sơn",
    "tư",
    "ưa",
    "Vĩnh Lộc",
    "Yên Định",
]
VIETNAMESE = "aăâeêioôơuưyđ" + "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ" + "bcdghklmnpqrstvx "


def test_nfc_composes_what_macs_and_telephones_send():
    assert nfc(unicodedata.normalize("NFD", "Ủy ban Hoằng Hóa")) == "Ủy ban Hoằng Hóa"


@pytest.mark.parametrize("typed", ["e\u0301\u0302", "e\u0302\u0301", "\u00e9\u0302", "\u00ea\u0301"])
def test_nfc_puts_marks_in_order(typed):
    assert nfc(typed) == "ế"


def test_nfc_orders_breve_and_horn_too():
    assert nfc("a\u0300\u0306u\u0323\u031b") == "ằự"


@given(st.text())
def test_nfc_is_settled_after_one_pass(text):
    assert nfc(nfc(text)) == nfc(text)
    assert unicodedata.is_normalized("NFC", nfc(text))


@given(st.text(alphabet=VIETNAMESE + VIETNAMESE.upper()))
def test_letters_are_put_together_however_they_were_taken_apart(text):
    assert nfc(in_pieces(text)) == nfc(unicodedata.normalize("NFD", text)) == text


def test_clean_takes_away_what_cannot_be_seen():
    assert clean("\ufeff 1\u00a0234\u200b \u3000") == "1 234"
    assert clean("１２３，５％") == "123,5%"
    assert clean("a\r\nb\rc") == "a\nb\nc"
    assert clean("  plain  ") == "plain"


@given(st.text())
def test_clean_is_settled_after_one_pass(text):
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("left", "right"),
    [("Đông Sơn", "dong son"), ("HOẰNG HÓA", "hoang hoá"), ("Sở TT&TT", "so tt tt"), ("Ðà Nẵng", "da nang")],
)
def test_search_forgets_diacritics_case_and_punctuation(left, right):
    assert search_key(left) == search_key(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Hoàn thành", "hoàn  thành."),
        ("hòa", "hoà"),
        ("thủy", "thuỷ"),
        ("Ủy", "UỶ"),
        ("quý", "qúy"),
        (unicodedata.normalize("NFD", "đang sử dụng"), "Đang sử dụng"),
    ],
)
def test_words_agree(left, right):
    assert word_key(left) == word_key(right)


@pytest.mark.parametrize(("left", "right"), [("hoàn", "hoan"), ("lý", "lí"), ("hòa", "hóa"), ("đang", "dang")])
def test_words_differ(left, right):
    assert word_key(left) != word_key(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("UBND huyện Cẩm Thủy", "Ủy ban nhân dân huyện Cẩm Thuỷ"),
        ("H.Cẩm Thủy", "UBND huyện Cẩm Thuỷ"),
        ("TP. Thanh Hóa", "Uỷ ban nhân dân thành phố Thanh Hoá"),
        ("TP Thanh Hóa", "Thành phố Thanh Hóa"),
        ("TX. Bỉm Sơn", "thị xã Bỉm Sơn"),
        ("P. Hạc Thành", "Phường Hạc Thành"),
        ("X. Nga Sơn", "UBND xã Nga Sơn"),
        ("Q. Hà Đông", "quận Hà Đông"),
        ("Sở TT&TT", "Sở Thông tin và Truyền thông"),
        ("Sở KH & CN", "Sở Khoa học và Công nghệ"),
        ("Sở VH,TT&DL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở LĐ-TB&XH", "Sở Lao động - Thương binh và Xã hội"),
        ("BQL KKT Nghi Sơn", "Ban Quản lý Khu kinh tế Nghi Sơn"),
        ("Nông nghiệp & Môi trường", "Sở Nông nghiệp và Môi trường"),
    ],
)
def test_names_of_agencies_are_recognised(left, right):
    assert match_key(left) == match_key(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("huyện Đông Sơn", "phường Đông Sơn"),
        ("Lý Nhân", "Lí Nhân"),
        ("Sở", "Ủy ban nhân dân"),
        ("xã Hà Trung", "xã Hà Trưng"),
    ],
)
def test_names_of_different_agencies_stay_apart(left, right):
    assert match_key(left) != match_key(right)


def test_a_bare_prefix_keeps_its_name():
    assert match_key("Sở") == "sở"


@given(st.text(alphabet=VIETNAMESE + "&._ TX"))
def test_keys_are_composed_and_blind_to_case_and_form(text):
    for key in (search_key, word_key, match_key):
        assert unicodedata.is_normalized("NFC", key(text))
        assert key(text) == key(text.upper()) == key(unicodedata.normalize("NFD", text))


def test_order_of_the_dictionary():
    backwards = DICTIONARY[::-1]
    assert sorted(backwards, key=sort_key) == DICTIONARY


def test_figures_are_ordered_by_size_and_before_letters():
    assert sorted(["CT10", "CT2", "CTA", "CT 1"], key=sort_key) == ["CT 1", "CT2", "CT10", "CTA"]
    assert sort_key("Phòng 007") == sort_key("phòng 7")


def test_foreign_letters_follow_ours():
    assert sorted(["Ω", "z", "c"], key=sort_key) == ["c", "z", "Ω"]
    assert sort_key("ç") == sort_key("c")


@given(st.text())
def test_order_is_blind_to_unicode_form(text):
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(unicodedata.normalize("NFC", text))


def _syllables(text: str) -> list[tuple[list[int], int]]:
    """Order a text the slow way: each syllable as the places of its letters in the alphabet, and its tone."""
    alphabet = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
    tones = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
    result = []
    for syllable in text.split():
        pieces = unicodedata.normalize("NFD", syllable)
        tone = next((mark for mark in pieces if mark in tones[1:]), "")
        letters = unicodedata.normalize("NFC", "".join(mark for mark in pieces if mark not in tones[1:]))
        result.append(([alphabet.index(letter) for letter in letters], tones.index(tone)))
    return result


@given(st.text(alphabet=VIETNAMESE), st.text(alphabet=VIETNAMESE))
def test_the_key_orders_as_comparing_syllables_does(left, right):
    assert (sort_key(left) < sort_key(right)) == (_syllables(left) < _syllables(right))


def test_persons_are_ordered_by_their_own_name():
    names = ["Nguyễn Văn An", "Trần An", "Lê Thị Bình", "Bùi Ánh"]
    assert sorted(names, key=person_sort_key) == ["Nguyễn Văn An", "Trần An", "Bùi Ánh", "Lê Thị Bình"]
    assert person_sort_key("") == ""
