"""Words and signs in the cells of offices: "KPS", "x", "có", "…", and what stands around figures: "khoảng 120", "10-12".

Here it is only told what they are; what is taken, asked and refused is decided in ``domain.values``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.text.numbers import figure_text
from desktop_app.text.vietnamese import search_key

_NOT_APPLICABLE_KEYS = {
    "khong phat sinh",
    "ko phat sinh",
    "k phat sinh",
    "kps",
    "k p s",
    "khong ps",
    "khong p s",
    "ko ps",
    "khong phat sinh kps",
    "kps khong phat sinh",
}
_YES_KEYS = {"x", "co", "true", "yes"}
_NO_KEYS = {"khong", "ko", "false", "no"}
_YES_SIGNS = {"1", "✓", "✔", "☑", "√"}
_NO_SIGNS = {"0"}
_NOTHING_KEYS = {"x", "khong", "ko", "khong co", "chua co", "chua phat sinh", "n a", "khong ap dung", "na"}
_NOTHING_SIGNS = re.compile(r"[-−‒–—―_/*.…·]+")
_ERROR = re.compile(r"#.*|err:[0-9]+", re.IGNORECASE | re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Manner(StrEnum):
    """How a figure is wrapped in words or signs."""

    ABOUT = "about"
    BOUND = "bound"
    RANGE = "range"
    PAIR = "pair"
    BRACKETS = "brackets"


@dataclass(frozen=True)
class Wording:
    """A figure with something around it.

    Attributes:
        figure: the figure alone, with its unit where one stands behind it; "" where there are two figures or only a bound.
    """

    manner: Manner
    figure: str = ""


_FIGURE = r"[0-9][0-9., ']*"
_BRACKETS = re.compile(rf"\(\s*({_FIGURE}%?)\s*\)")
_PAIR = re.compile(rf"{_FIGURE}/\s*{_FIGURE}")
_RANGE = re.compile(rf"(?:từ\s+)?{_FIGURE}[^0-9/]*?(?:-|–|—|÷|~|→|đến|tới)\s*{_FIGURE}[^0-9/]*", re.IGNORECASE)
_LED = re.compile(r"([^0-9]*?)\s*([+\-−–]?[0-9].*)", re.DOTALL)
_REMARKED = re.compile(r"(.*[0-9].*?)\s*\(([^()0-9]*)\)", re.DOTALL)
_TAILED = re.compile(r"(.*[0-9]%?)([^0-9%]*)", re.DOTALL)
_ABOUT_SIGNS = {"~", "≈", "≃", "∼", "±"}
_BOUND_SIGNS = {">", "<", ">=", "<=", "≥", "≤", "=>", "=<"}
_ABOUT_KEYS = {
    "khoang",
    "khoang tren duoi",
    "uoc",
    "uoc tinh",
    "uoc dat",
    "uoc khoang",
    "uoc chung",
    "tam tinh",
    "du kien",
    "chung",
    "do",
    "tam",
    "gan",
    "xap xi",
}
_BOUND_KEYS = {
    "tren",
    "hon",
    "duoi",
    "it nhat",
    "toi thieu",
    "toi da",
    "nhieu nhat",
    "khong qua",
    "khong duoi",
    "tu",
    "tro len",
    "tro xuong",
}


def has_control_character(text: str) -> bool:
    """Tell whether a text holds a character that no cell may keep; line ends and tabs are fine."""
    return _CONTROL.search(text) is not None


def is_doubted(text: str) -> bool:
    """Tell whether whoever typed a text put a question mark to it: then no word of it is taken for an answer."""
    return "?" in text


def says_error(text: str) -> bool:
    """Tell whether a text is what a formula shows that cannot be calculated: #DIV/0!, #N/A, Err:502."""
    return _ERROR.fullmatch(text) is not None


def says_not_applicable(text: str) -> bool:
    """Tell whether a text is one of the ways of writing "không phát sinh"."""
    return search_key(text) in _NOT_APPLICABLE_KEYS and not is_doubted(text)


def says_nothing(text: str) -> bool:
    """Tell whether a text is one of the ways of writing that there is nothing: a dash, dots, "x", "không"."""
    return bool(_NOTHING_SIGNS.fullmatch(text)) or (search_key(text) in _NOTHING_KEYS and not is_doubted(text))


def says_yes_or_no(text: str) -> bool | None:
    """Tell whether a text says yes (True) or no (False); None where it says neither, or with a question mark."""
    key = "" if is_doubted(text) else search_key(text)
    if key in _YES_KEYS or text in _YES_SIGNS:
        return True
    return False if key in _NO_KEYS or text in _NO_SIGNS else None


def wording_of(text: str) -> Wording | None:
    """Return what stands around a figure; None where the text is something else."""
    body = figure_text(text)
    bracketed = _BRACKETS.fullmatch(body)
    if bracketed:
        return Wording(Manner.BRACKETS, bracketed.group(1))
    if _PAIR.fullmatch(body):
        return Wording(Manner.PAIR)
    if _RANGE.fullmatch(body):
        return Wording(Manner.RANGE)
    return _led(body) or _followed(body)


def _led(body: str) -> Wording | None:
    """Tell what words or signs before a figure say of it."""
    found = _LED.fullmatch(body)
    if found is None:
        return None
    sign, key = found.group(1).strip(), search_key(found.group(1))
    if sign in _ABOUT_SIGNS or key in _ABOUT_KEYS:
        return Wording(Manner.ABOUT, found.group(2))
    return Wording(Manner.BOUND) if sign in _BOUND_SIGNS or key in _BOUND_KEYS else None


def _followed(body: str) -> Wording | None:
    """Tell what words behind a figure say of it, in brackets or not."""
    remarked = _REMARKED.fullmatch(body)
    if remarked and search_key(remarked.group(2)) in _ABOUT_KEYS:
        return Wording(Manner.ABOUT, remarked.group(1))
    tailed = _TAILED.fullmatch(body)
    if tailed is None:
        return None
    key = search_key(tailed.group(2))
    if key in _ABOUT_KEYS:
        return Wording(Manner.ABOUT, tailed.group(1))
    return Wording(Manner.BOUND) if key in _BOUND_KEYS or tailed.group(2).strip() == "+" else None
