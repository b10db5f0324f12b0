"""Money: whole đồng inside, triệu đồng in tables, tỷ đồng in sentences, words where a document asks for them."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from desktop_app.text.numbers import Exact, Figure, Problem, Read, figure_text, format_figure, places_of, read_figure
from desktop_app.text.vietnamese import search_key
from desktop_app.text.words import number_in_words

DONG = 1
MILLION = 1_000_000
BILLION = 1_000_000_000
_UNIT_WORDS = {
    "d": DONG,
    "dong": DONG,
    "vnd": DONG,
    "nghin": 1_000,
    "nghin dong": 1_000,
    "ngan dong": 1_000,
    "tr": MILLION,
    "trd": MILLION,
    "tr d": MILLION,
    "trieu": MILLION,
    "trieu dong": MILLION,
    "ty": BILLION,
    "ty dong": BILLION,
    "ti dong": BILLION,
}
_WITH_UNIT = re.compile(r"([+\-−–]?[0-9][0-9., ']*?)\s*([^0-9+\-., '%].*)", re.DOTALL)
_MANY_PLACES = 12


def read_money(text: str, scale_vnd: int = MILLION, *, own_form: bool = False) -> Read:
    """Read an amount written in a unit of ``scale_vnd`` đồng; the values returned are whole đồng.

    A unit written behind the figure ("1.700 tỷ đồng", "500.000 đ") wins over ``scale_vnd``. An amount that is not a whole
    number of đồng is no value: its problem is ``TOO_MANY_PLACES``.
    """
    body = figure_text(text).replace("₫", "đ")
    with_unit = _WITH_UNIT.fullmatch(body)
    scale = scale_vnd
    if with_unit and search_key(with_unit.group(2)) in _UNIT_WORDS:
        body, scale = with_unit.group(1), _UNIT_WORDS[search_key(with_unit.group(2))]
    kind = Figure.COUNT if scale == DONG else Figure.MONEY
    read = read_figure(body, kind, _MANY_PLACES, own_form=own_form)
    amounts = tuple(value * scale for value in read.values)
    whole = tuple(Decimal(int(amount)) for amount in amounts if places_of(amount) == 0)
    if amounts and not whole:
        return Read(problem=Problem.TOO_MANY_PLACES, rejected=amounts)
    if read.problem is Problem.NOT_WHOLE:
        return Read(problem=Problem.TOO_MANY_PLACES, rejected=read.rejected)
    return Read(values=whole, problem=read.problem, rejected=tuple(value * scale for value in read.rejected))


def format_money(amount_vnd: Exact, scale_vnd: int = MILLION, *, places: int | None = None) -> str:
    """Write an amount in a unit of ``scale_vnd`` đồng, without the unit: 1234500000 in triệu đồng is "1.234,5".

    With ``places`` None nothing is rounded away, so that it can be read back.
    """
    return format_figure(Fraction(amount_vnd) / scale_vnd, places, max_places=_MANY_PLACES)


def format_money_prose(amount_vnd: int, *, approximate: bool = False) -> str:
    """Write an amount inside a sentence, in the largest unit that needs no more than three decimals.

    1700000000000 is "1.700 tỷ đồng", with ``approximate`` "khoảng 1.700 tỷ đồng"; 500000 is "500.000 đồng".
    """
    written = f"{format_figure(amount_vnd)} đồng"
    for scale, word in ((BILLION, "tỷ đồng"), (MILLION, "triệu đồng")):
        if abs(amount_vnd) >= scale and amount_vnd % (scale // 1000) == 0:
            written = f"{format_money(amount_vnd, scale)} {word}"
            break
    return f"khoảng {written}" if approximate else written


def money_in_words(amount_vnd: int) -> str:
    """Write an amount for "Bằng chữ: …": 1700000000 is "Một tỷ bảy trăm triệu đồng"."""
    words = f"{number_in_words(amount_vnd)} đồng"
    return words[:1].upper() + words[1:]
