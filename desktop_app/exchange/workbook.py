"""Workbooks as neutral rows of values, whatever program and format they came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Address = tuple[int, int]
"""Row and column of a cell, both from 0."""
Area = tuple[int, int, int, int]
"""First row, first column, last row and last column of an area, all from 0 and inside it."""
Run = tuple[str, str]
"""A stretch of a cell's text, and the name of the font that it is set in."""
UNSHOWN = "#####"
"""What programs show of a day that cannot be."""


@dataclass(frozen=True)
class OldText:
    """A text in a font from before Unicode.

    Attributes:
        was: what stands in the file.
        font: the name of its font; where that is not known, of its encoding.
        readings: what it says, the likeliest first; a text that is not asked has one.
        is_asked: True where a person has to choose; then ``was`` is still what the sheet holds.
        is_spelt: True where ``was`` is rightly spelt in Unicode too, so that among texts in Unicode it needs no question.
    """

    was: str
    font: str
    readings: tuple[str, ...]
    is_asked: bool
    is_spelt: bool = False


@dataclass
class Sheet:
    """One sheet as it was read.

    Attributes:
        rows: values from A1 on; an empty cell is "".
        errors: cells that hold an error, such as ``#DIV/0!``, by address.
        uncalculated: cells whose formula was never calculated by the program that saved them.
        formats: number formats of the few cells whose meaning depends on theirs; with ``dates.FROM_1904`` before it that of
            a number which counts days from 1904 if it is a day, as in old workbooks of Macintosh computers.
        heading: where its table begins, once somebody has looked; see ``recognising.forms``.
        fonts: names of the legacy fonts (``.VnTime``, ``VNI-Times`` …) that cells are set in.
        runs: the stretches of texts that are set in several fonts, one of them a legacy one; together they are the text.
        old_texts: texts that are or may be in such a font, once somebody has read them; see ``old_texts``.
        struck: what is left of cells of which something is crossed out; "" where all of it is.
        merges: merged areas, from the top; only their first cell holds something.
    """

    name: str
    rows: list[list[Any]]
    errors: dict[Address, str] = field(default_factory=dict)
    uncalculated: set[Address] = field(default_factory=set)
    formats: dict[Address, str] = field(default_factory=dict)
    fonts: dict[Address, str] = field(default_factory=dict)
    runs: dict[Address, list[Run]] = field(default_factory=dict)
    old_texts: dict[Address, OldText] = field(default_factory=dict)
    struck: dict[Address, str] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    heading: Any = None


def column_letters(index: int) -> str:
    """Return the letters of a column, ``index`` from 0: 0 is A, 26 is AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Return the index from 0 of a column given by its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def cell_name(address: Address) -> str:
    """Return the address of a cell as people write it: (13, 4) is E14."""
    return f"{column_letters(address[1])}{address[0] + 1}"
