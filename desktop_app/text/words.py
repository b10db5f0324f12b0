"""Whole numbers in Vietnamese words, as in "Bằng chữ: …"."""

from __future__ import annotations

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu")
_BILLION = 1_000_000_000


def number_in_words(number: int) -> str:
    """Return a whole number in words, lower case: 4391 is "bốn nghìn ba trăm chín mươi mốt".

    **Source:** own definition, the northern school forms (linh, nghìn, tư after tens, lăm, mốt).
    """
    if number < 0:
        return f"âm {number_in_words(-number)}"
    if number == 0:
        return _DIGITS[0]
    return _spoken(number, leading=True)


def _spoken(number: int, *, leading: bool) -> str:
    """Say a positive number; a number that does not lead says its empty hundreds ("không trăm")."""
    upper, lower = divmod(number, _BILLION)
    parts: list[str] = []
    if upper:
        parts.append(f"{_spoken(upper, leading=leading)} tỷ")
        leading = False
    for power in (2, 1, 0):
        group = lower // 1000**power % 1000
        if group:
            parts.append(f"{_group(group, leading=leading)} {_GROUPS[power]}".rstrip())
            leading = False
    return " ".join(parts)


def _group(group: int, *, leading: bool) -> str:
    """Say 1 to 999."""
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    words: list[str] = []
    if hundreds or not leading:
        words += [_DIGITS[hundreds], "trăm"]
    if tens > 1:
        words += [_DIGITS[tens], "mươi"]
    elif tens == 1:
        words.append("mười")
    elif ones and words:
        words.append("linh")
    if ones:
        words.append(_last_digit(tens, ones))
    return " ".join(words)


def _last_digit(tens: int, ones: int) -> str:
    if ones == 5 and tens:
        return "lăm"
    if tens > 1 and ones in {1, 4}:
        return "mốt" if ones == 1 else "tư"
    return _DIGITS[ones]
