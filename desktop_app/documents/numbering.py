"""Labels of headings and appendices: Roman numerals and Vietnamese letters."""

from __future__ import annotations

POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"
"""Letters of điểm, in the order of the Vietnamese alphabet (no f, j, w, z), without those with a hat or hook.

**Source:** NĐ 30/2020/NĐ-CP, Phụ lục I, phần II, mục 6.
"""

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """Return a Roman numeral; ``number`` is 1 to 399.

    Raises:
        ValueError: outside that range.
    """
    if not 1 <= number <= 399:
        raise ValueError(number)
    written = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        written += sign * count
    return written


def point_letter(number: int) -> str:
    """Return the letter of the point with this number, from 1; after ``y`` comes ``aa``.

    Raises:
        ValueError: the number is less than 1.
    """
    if number < 1:
        raise ValueError(number)
    letters = ""
    while number:
        number, rest = divmod(number - 1, len(POINT_LETTERS))
        letters = POINT_LETTERS[rest] + letters
    return letters
