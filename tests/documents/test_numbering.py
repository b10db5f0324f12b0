import pytest

from desktop_app.documents.numbering import point_letter, roman


@pytest.mark.parametrize(
    ("number", "written"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (99, "XCIX"), (399, "CCCXCIX")]
)
def test_roman_numerals(number, written):
    assert roman(number) == written


@pytest.mark.parametrize("number", [0, 400, -1])
def test_there_is_no_roman_numeral_outside_its_range(number):
    with pytest.raises(ValueError, match=str(number)):
        roman(number)


def test_points_follow_the_vietnamese_alphabet():
    assert [point_letter(number) for number in range(1, 12)] == list("abcdđeghikl")
    letters = [point_letter(number) for number in range(1, 24)]
    assert not set(letters) & set("fjwz")
    assert point_letter(len(letters)) == "y"


def test_points_go_on_after_the_last_letter():
    assert [point_letter(number) for number in (24, 25, 46, 47)] == ["aa", "ab", "ay", "ba"]
    with pytest.raises(ValueError, match="0"):
        point_letter(0)
