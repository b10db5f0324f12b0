import shutil
import unicodedata
from pathlib import Path

import pytest

from desktop_app.documents import fonts
from desktop_app.documents.style import load_profile
from desktop_app.paths import bundled

FACES = ("Regular", "Bold", "Italic", "BoldItalic")
FOLDER = bundled("resources/fonts")


def test_vietnamese_has_134_letters_beyond_ascii():
    letters = fonts.vietnamese_letters()
    assert len(letters) == 134
    assert {"ộ", "Ữ", "đ", "Đ", "ỵ"} <= letters
    assert all(unicodedata.is_normalized("NFC", letter) for letter in letters)


@pytest.mark.parametrize("face", FACES)
def test_a_bundled_font_has_every_letter_and_mark(face):
    assert fonts.missing_letters(FOLDER / f"LiberationSerif-{face}.ttf") == frozenset()


def test_the_fonts_stand_beside_their_licence():
    licence = (FOLDER / "LICENSE").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Reserved Font Name Liberation" in licence
    assert "fonts-liberation2 2.1.5" in (FOLDER / "NOTICE").read_text(encoding="utf-8")


def as_times(folder: Path) -> None:
    folder.mkdir()
    for face, name in zip(FACES, ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"), strict=True):
        shutil.copyfile(FOLDER / f"LiberationSerif-{face}.ttf", folder / name)


def test_times_new_roman_of_the_system_is_found(tmp_path):
    folder = tmp_path / "Fonts"
    as_times(folder)
    found = fonts.find_times([tmp_path / "none", folder])
    assert found is not None
    assert [path.name for path in found] == ["times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"]


def test_a_damaged_or_partial_times_new_roman_is_passed_over(tmp_path):
    folder = tmp_path / "Fonts"
    as_times(folder)
    (folder / "timesi.ttf").write_bytes(b"no font")
    assert fonts.find_times([folder]) is None
    (folder / "timesi.ttf").unlink()
    assert fonts.find_times([folder]) is None


def test_a_line_that_fits_keeps_its_blanks():
    style = load_profile().styles["number"]
    assert fonts.fit("Số:      /KH-UBND", style, 63) == (13.0, ["Số:      /KH-UBND"])


def test_a_long_name_first_becomes_smaller_then_breaks_into_even_lines():
    style = load_profile().styles["agency"]
    size, lines = fonts.fit("Sở Nội vụ tỉnh Thanh Hóa", style, 63)
    assert style.min_size <= size < style.size
    assert len(lines) == 1
    size, lines = fonts.fit("Sở Thông tin và Truyền thông", style, 63)
    assert size == style.min_size
    assert lines == ["SỞ THÔNG TIN VÀ", "TRUYỀN THÔNG"]


def test_a_word_wider_than_its_column_is_broken_between_letters():
    face = fonts.load_family().regular
    lines = fonts.wrap("ngắn " + "x" * 200, face, 11, 60)
    assert lines[0] == "ngắn"
    assert "".join(lines[1:]) == "x" * 200
    assert all(len(line) <= 12 for line in lines)


def test_text_is_composed_and_freed_of_control_characters():
    assert fonts.clean("Thu\u031b\u0301\x00\x07\tgiấy\ufffe") == "Thứ giấy"
    assert fonts.clean("a\nb") == "a\nb"
