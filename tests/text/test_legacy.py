from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.text.legacy import Encoding, LegacyFont, decode, decode_letters, font_encoding, is_of_today, is_spelt_in

TCVN3 = LegacyFont(Encoding.TCVN3)
TCVN3_CAPITALS = LegacyFont(Encoding.TCVN3, capitals=True)
VNI = LegacyFont(Encoding.VNI)
LOWER = "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵăâêôơưđ"
TEXTS = [
    "Kế hoạch ứng dụng công nghệ thông tin",
    "ủy ban nhân dân tỉnh thanh hóa",
    "số cán bộ, công chức được cấp hộp thư điện tử: 1.234 người",
    "sở giáo dục và đào tạo; sở y tế",
    "đang triển khai (quý iv/2017)",
]


def typed_in_tcvn3(text: str) -> str:
    """Type a text in a TCVN3 font: bytes of the published table, shown as Western European characters."""
    codes = bytes.fromhex(
        "B5B6B7B8B9BBBCBDBEC6C7C8C9CACBCCCECFD0D1D2D3D4D5D6D7D8DCDDDEDFE1E2E3E4E5E6E7E8E9EAEBECEDEEEFF1F2F3F4"
        "F5F6F7F8F9FAFBFCFDFEA8A9AAABACADAE"
    )
    signs = dict(zip(LOWER, codes.decode("latin-1"), strict=True)) | dict(
        zip("ĂÂÊÔƠƯĐ", "\xa1\xa2\xa3\xa4\xa5\xa6\xa7", strict=True)
    )
    return "".join(signs.get(letter, letter) for letter in text)


def typed_in_vni(text: str) -> str:
    """Type a text in a VNI font: the letter, then one sign for its quality and tone."""
    tones = {"": "", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0301": "ù", "\u0323": "ï"}
    circumflex = {"": "â", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0301": "á", "\u0323": "ä"}
    breve = {"": "ê", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0301": "é", "\u0323": "ë"}
    single = {"í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ"}
    signs = dict(single)
    for base, typed_base, marks in [("aeo", "aeo", circumflex), ("a", "a", breve), ("aeouyơư", "aeouyôö", tones)]:
        quality = {id(circumflex): "\u0302", id(breve): "\u0306"}.get(id(marks), "")
        for letter, typed in zip(base, typed_base, strict=True):
            for tone, mark in marks.items():
                signs.setdefault(unicodedata.normalize("NFC", letter + quality + tone), typed + mark)
    signs |= {letter.upper(): sign.upper() for letter, sign in signs.items()}
    return "".join(signs.get(letter, letter) for letter in text)


@pytest.mark.parametrize(
    ("name", "font"),
    [
        (".VnTime", TCVN3),
        (".VnTimeH", TCVN3_CAPITALS),
        (".vnarial narrowH", TCVN3_CAPITALS),
        (" .VnArial ", TCVN3),
        (".VnTimeH Bold", TCVN3_CAPITALS),
        (".VnHelvetIns", TCVN3),
        ("VNI-Times", VNI),
        ("vni-helve", VNI),
        ("Times New Roman", None),
        ("", None),
    ],
)
def test_fonts(name, font):
    assert font_encoding(name) == font


def test_the_examples_of_the_field():
    assert decode("KÕ ho¹ch øng dông", TCVN3) == "Kế hoạch ứng dụng"
    assert decode("Keá hoaïch öùng duïng", VNI) == "Kế hoạch ứng dụng"
    assert decode("Ñôn vò Aùp duïng ÑÖÔØNG", VNI) == "Đơn vị Áp dụng ĐƯỜNG"


def test_capital_fonts():
    assert decode("Së Th«ng tin vµ TruyÒn th«ng", TCVN3_CAPITALS) == "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"


@pytest.mark.parametrize("letter", LOWER)
def test_every_letter_comes_back(letter):
    assert decode(typed_in_tcvn3(letter), TCVN3) == letter
    assert decode(typed_in_tcvn3(letter), TCVN3_CAPITALS) == letter.upper()
    assert decode(typed_in_vni(letter), VNI) == letter
    assert decode(typed_in_vni(letter.upper()), VNI) == letter.upper()


@pytest.mark.parametrize("text", TEXTS)
def test_texts_come_back(text):
    assert decode(typed_in_tcvn3(text), TCVN3) == text
    assert decode(typed_in_vni(text), VNI) == text


@pytest.mark.parametrize("font", [TCVN3, VNI])
@pytest.mark.parametrize("text", [*TEXTS, unicodedata.normalize("NFD", TEXTS[0]), "Plan 2017"])
def test_new_text_in_an_old_font_stays(text, font):
    assert decode(text, font) == text


@given(st.text(alphabet=LOWER + "bcdghklmnpqrstvxaeiouy "))
def test_any_vietnamese_text_comes_back_from_tcvn3(text):
    assert decode(typed_in_tcvn3(text), TCVN3) == text


@given(st.text(alphabet=LOWER + LOWER.upper() + "bcdghklmnpqrstvxaeiouy "))
def test_any_vietnamese_text_comes_back_from_vni(text):
    assert decode(typed_in_vni(text), VNI) == text


@given(st.text(), st.sampled_from([TCVN3, TCVN3_CAPITALS, VNI]))
def test_decoding_takes_any_text(text, font):
    decoded = decode(text, font)
    assert decoded == text if is_of_today(text) or text.isascii() else isinstance(decoded, str)


@pytest.mark.parametrize("text", ["ủy", "Đ/c", "cu\u0309a", "ừ", "ă"])
def test_letters_that_no_old_font_has(text):
    assert is_of_today(text)


@pytest.mark.parametrize("text", ["", "Plan 2017", "KÕ ho¹ch", "café", "Œuvre – “Škoda” Ÿ ž ƒ …"])
def test_letters_that_old_fonts_have(text):
    assert not is_of_today(text)


def test_plain_letters_keep_their_case_in_a_capital_font():
    assert decode("Quang Trung", TCVN3_CAPITALS) == "Quang Trung"


def test_words_of_an_encoding():
    assert is_spelt_in("ho¹ch", Encoding.TCVN3)
    assert not is_spelt_in("hoà", Encoding.TCVN3)
    assert is_spelt_in("hoaïch", Encoding.VNI)
    assert not is_spelt_in("báo", Encoding.VNI)
    assert decode_letters("báo", Encoding.VNI) == "báo"
