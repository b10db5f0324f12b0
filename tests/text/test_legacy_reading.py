"""Whether texts are in old fonts: what is read, what is asked, and what nobody may touch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.text.legacy import Encoding, LegacyFont
from desktop_app.text.legacy_reading import Verdict, read_legacy, read_runs

TCVN3 = LegacyFont(Encoding.TCVN3)
CAPITALS = LegacyFont(Encoding.TCVN3, capitals=True)
VNI = LegacyFont(Encoding.VNI)
ANY_FONT = [None, TCVN3, CAPITALS, VNI]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("KÕ ho¹ch øng dông", "Kế hoạch ứng dụng"),
        ("Keá hoaïch öùng duïng", "Kế hoạch ứng dụng"),
        ("®ang sö dông", "đang sử dụng"),
        ("kh«ng ph¸t sinh", "không phát sinh"),
        ("khoâng phaùt sinh", "không phát sinh"),
        ("Kh«ng", "Không"),
        ("THANH HãA, B¸O C¸O", "THANH HÓA, BÁO CÁO"),
        ("ÑÖÔØNG BOÄ", "ĐƯỜNG BỘ"),
        ("H§ND tØnh, Q§-UBND", "HĐND tỉnh, QĐ-UBND"),
        ("Quaûng Ninh", "Quảng Ninh"),
        ("cµi Microsoft Office 2010", "cài Microsoft Office 2010"),
        ("tr\u00adêng häc", "trường học"),
    ],
)
def test_what_is_sure_without_a_font(typed, read):
    reading = read_legacy(typed)
    assert (reading.verdict, reading.text, reading.readings) == (Verdict.READ, read, ())


@pytest.mark.parametrize("font", ANY_FONT)
@pytest.mark.parametrize(
    "text",
    [
        *["", "Plan 2017", "123", "café", "garçon", "Đ/c An", "25 °C", "1.234,5 m²", "½", "10÷20", "§ 5", "«3»", "¤¤"],
        *["Nguyễn Văn Ø", "São Paulo", "à Paris", "Có", "Không", "Không có", "Công an", "Thông tin", "hoàn thành"],
    ],
)
def test_what_stays_in_any_font(text, font):
    assert read_legacy(text, font).verdict is Verdict.KEPT


@pytest.mark.parametrize("text", ["Zürich – Malmö", "Straße 7", "Noël", "© 2017", "Windows®", "Müller Söhne"])
@pytest.mark.parametrize("font", [None, TCVN3])
def test_foreign_texts_stay(text, font):
    assert read_legacy(text, font).verdict is Verdict.KEPT


@pytest.mark.parametrize(
    ("typed", "font", "first"),
    [
        ("Long Phó", None, "Long Phú"),
        ("Long Phó", TCVN3, "Long Phú"),
        ("cô quan", None, "cơ quan"),
        ("cã", None, "có"),
        ("5 µm", TCVN3, "5 àm"),
        ("Loïc", None, "Lọc"),
    ],
)
def test_what_may_be_either_is_asked_with_both_readings(typed, font, first):
    reading = read_legacy(typed, font)
    assert (reading.verdict, reading.readings) == (Verdict.ASKED, (first, typed))


@pytest.mark.parametrize(
    ("typed", "in_font", "alone"),
    [
        ("Kr«mg cña Së Tµi", Verdict.READ, Verdict.ASKED),  # most words fit, one does not
        ("Müller Söhne Köln ®ang", Verdict.ASKED, Verdict.KEPT),  # few words fit
        ("quèc gia", Verdict.READ, Verdict.ASKED),
    ],
)
def test_how_much_a_font_counts(typed, in_font, alone):
    assert (read_legacy(typed, TCVN3).verdict, read_legacy(typed).verdict) == (in_font, alone)


@pytest.mark.parametrize("text", ["Cà Mau", "Trà Vinh", "Hà Nam", "Nam Cà Mau"])
def test_no_letter_is_put_into_words_of_unicode(text):
    assert read_legacy(text).verdict is read_legacy(text, TCVN3).verdict is Verdict.KEPT


def test_the_font_of_a_stretch_counts():
    assert read_runs([("quèc gia", ".VnTime"), (" 2017", "Arial")]).text == "quốc gia 2017"
    assert read_runs([("quèc gia", "Arial"), (" 2017", ".VnTime")]).verdict is Verdict.ASKED


def test_the_likelier_of_two_lost_letters_comes_first():
    assert read_legacy("Bé KÕ ho¹ch vµ §Çu t").readings[0] == "Bộ Kế hoạch và Đầu tư"


def test_two_encodings_that_both_make_sense_are_asked():
    assert read_legacy("tö (PPP)").verdict is Verdict.ASKED


@pytest.mark.parametrize(("typed", "read"), [("Kr«ng N«", "Krông Nô"), ("B¾c Giang", "Bắc Giang"), ("quèc gia", "quốc gia")])
def test_a_font_settles_what_is_asked_without_one(typed, read):
    reading = read_legacy(typed, TCVN3)
    assert (reading.verdict, reading.text) == (Verdict.READ, read)


def test_a_capital_font_shows_capitals():
    assert read_legacy("Së Th«ng tin", CAPITALS).text == "SỞ THÔNG TIN"


@pytest.mark.parametrize(
    ("typed", "read"),
    [("®êng bé", "đường bộ"), ("Ch¬ng tr×nh", "Chương trình"), ("u ®·i", None), ("§Çu t", None), ("nh÷ng ngêi", None)],
)
def test_a_lost_letter_is_put_back_where_nothing_else_fits_and_asked_elsewhere(typed, read):
    reading = read_legacy(typed)
    if read is None:
        assert reading.verdict is Verdict.ASKED
    else:
        assert (reading.verdict, reading.text, reading.is_mended) == (Verdict.READ, read, True)


def test_no_letter_is_missed_where_the_file_has_kept_its_soft_hyphens():
    assert read_legacy("nh÷ng ngêi", keeps_hyphens=True).text == "những ngời"
    assert read_legacy("§Çu t", keeps_hyphens=True).verdict is Verdict.READ


def test_every_stretch_is_read_by_its_own_font():
    reading = read_runs([("ñ", ".VnTimeH"), ("y ban nh©n d©n ", ".VnTime"), ("của Sở Nội vụ", "Times New Roman")])
    assert (reading.verdict, reading.text) == (Verdict.READ, "Ủy ban nhân dân của Sở Nội vụ")


def test_a_word_may_stand_in_two_fonts():
    assert read_runs([("K", "Arial"), ("Õ ho¹ch", ".VnTime"), (" 2017", "Arial")]).text == "Kế hoạch 2017"


def test_stretches_of_two_encodings():
    assert read_runs([("KÕ ho¹ch ", ".VnTime"), ("öùng duïng", "VNI-Times")]).text == "Kế hoạch ứng dụng"


@pytest.mark.parametrize(("typed", "read"), [("nhµ §Çu-t", "nhà Đầu-t"), ("t.t §éi", "t.t Đội")])
def test_letters_beside_a_mark_are_abbreviations_that_lost_nothing(typed, read):
    reading = read_legacy(typed)
    assert (reading.verdict, reading.text, reading.is_mended) == (Verdict.READ, read, False)


@pytest.mark.parametrize("typed", ["lu tr÷", "(lu tr÷)", "t-lu tr÷"])
def test_a_syllable_that_may_have_lost_a_letter_is_asked_beside_a_mark_too(typed):
    reading = read_legacy(typed)
    assert (reading.verdict, reading.text) == (Verdict.ASKED, typed.replace("lu tr÷", "lưu trữ"))


def test_what_was_typed_is_offered_as_it_was_typed_in_a_font_of_capitals_too():
    reading = read_runs([("Long Phó", ".VnTimeH"), (" 2017 ở", "Arial")])
    assert reading.readings == ("LONG PHÚ 2017 ở", "Long Phó 2017 ở")


@pytest.mark.parametrize(
    ("typed", "verdict", "read"),
    [("TÝnh", Verdict.READ, "Tính"), ("ThuÝ", Verdict.ASKED, "Thuí"), ("TÝch hîp", Verdict.READ, "Tích hợp")],
)
def test_a_capital_inside_a_word_is_a_sign_of_an_old_font(typed, verdict, read):
    """Each of them could be letters of Vietnamese, were it not for their size."""
    reading = read_legacy(typed)
    assert (reading.verdict, reading.text) == (verdict, read)


def test_stretches_of_today_stay():
    reading = read_runs([("Có ", ".VnTime"), ("của Sở", "Arial")])
    assert (reading.verdict, reading.text) == (Verdict.KEPT, "Có của Sở")


def test_one_doubtful_stretch_makes_the_text_a_question():
    reading = read_runs([("Long Phó", ".VnTime"), (" của Sở", "Arial")])
    assert (reading.verdict, reading.readings) == (Verdict.ASKED, ("Long Phú của Sở", "Long Phó của Sở"))


def test_capitals_stay_where_they_are_when_a_lost_letter_is_put_back():
    reading = read_runs([("®", ".VnTimeH"), ("êng bé ", ".VnTime"), ("ch¬ng", ".VnTimeH")])
    assert (reading.verdict, reading.text) == (Verdict.READ, "Đường bộ CHƯƠNG")


@given(st.text(), st.sampled_from(ANY_FONT))
def test_any_text_has_a_verdict(text, font):
    reading = read_legacy(text, font)
    assert (reading.verdict is Verdict.KEPT) == (reading.encoding is None)
    assert (reading.verdict is Verdict.ASKED) == (len(reading.readings) >= 2)


@given(st.lists(st.tuples(st.text(), st.sampled_from([".VnTime", ".VnTimeH", "VNI-Times", "Arial", ""]))))
def test_any_stretches_have_a_verdict(runs):
    reading = read_runs(runs)
    if reading.verdict is Verdict.KEPT:
        assert reading.text == "".join(text for text, _font in runs)


@given(st.text(alphabet=st.characters(min_codepoint=0xA1, max_codepoint=0x24F)), st.sampled_from(ANY_FONT))
def test_a_text_with_letters_of_unicode_is_never_read_otherwise(text, font):
    assert read_legacy(f"ủ{text}", font).verdict is not Verdict.READ


@pytest.mark.parametrize("font", [None, TCVN3])
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Sở ®· göi c«ng v¨n", "Sở đã gửi công văn"),
        ("của h¹ tÇng", "của hạ tầng"),
        ("Phần mềm:  kh«ng cã", "Phần mềm:  không có"),
    ],
)
def test_a_text_that_goes_on_in_an_old_font_is_asked(typed, first, font):
    assert read_legacy(typed, font).readings == (first, typed)


def test_a_text_that_goes_on_in_vni_is_asked():
    assert read_legacy("Sở ñaõ göûi coâng vaên").text == "Sở đã gửi công văn"


@pytest.mark.parametrize(
    "text", ["Nguyễn Văn Ø", "Số § 5 × 7 ±", "Ngọc Noël Zoë", "dưới 5 µm ở 25 °C", "Đào ©®", "Ảnh «đẹp»"]
)
def test_single_signs_in_unicode_are_no_old_font(text):
    assert read_legacy(text).verdict is Verdict.KEPT


@pytest.mark.parametrize(("text", "meant"), [("tØnh Hng Yªn", "tỉnh Hưng Yên"), ("Trng Tr¾c", "Trưng Trắc")])
def test_a_word_that_is_none_without_a_lost_letter_is_asked(text: str, meant: str) -> None:
    reading = read_legacy(text)
    assert reading.verdict is Verdict.ASKED
    assert meant in reading.readings
