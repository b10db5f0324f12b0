"""Codes as they come back: with stray spaces and marks, in other letters, or turned into numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from math import isfinite
from typing import Any

from desktop_app.exchange.layout import CODE_PATTERN

_STRAY = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
"""Characters that nobody sees."""
_MARKS = " \t\r\n'\"`´‘’“”,;:*"
"""What gets in front of or behind a code: the apostrophe that makes a text of a number, marks of lists and remarks."""
_LETTERS_AND_DIGITS = re.compile(r"(?=.*[A-Za-z])(?=.*[0-9]).*")


class CodeReader:
    """Reads the codes of one table.

    Args:
        issued: the codes that the table was issued with; empty where nothing tells.
    """

    def __init__(self, issued: Iterable[str]) -> None:
        self._issued = {code.casefold(): code for code in issued}

    def code(self, value: Any) -> str:
        """Return the code that a cell holds, as it was issued where that is known; "" for none."""
        if isinstance(value, float):
            return self._of_number(value)
        if not isinstance(value, str) or not value:
            return ""
        text = value if value.isascii() else unicodedata.normalize("NFKC", _STRAY.sub("", value))
        text = text.strip(_MARKS)
        if not CODE_PATTERN.fullmatch(text):
            text = self._joined(text)
        return self._issued.get(text.casefold(), text)

    def is_sure(self, code: str) -> bool:
        """Say whether a code can be nothing else: it was issued, or where nobody knows, has letters and digits."""
        return code.casefold() in self._issued if self._issued else _LETTERS_AND_DIGITS.fullmatch(code) is not None

    def _joined(self, text: str) -> str:
        """Return a code in which spaces were typed; words that look like one when joined are none."""
        joined = "".join(text.split())
        if not CODE_PATTERN.fullmatch(joined):
            return ""
        return joined if joined != text and self.is_sure(joined) else ""

    def _of_number(self, value: float) -> str:
        """Return the one code that a program may have made this number of; 1.1 may have been 1.1 or 1.10."""
        text = str(int(value)) if value.is_integer() else repr(value)
        if not CODE_PATTERN.fullmatch(text) or not isfinite(value):
            return ""
        if text in self._issued or not self._issued:
            return text
        found = [code for folded, code in self._issued.items() if _number(folded) == value]
        if len(found) == 1:
            return found[0]
        return "" if found else text


def _number(code: str) -> float | None:
    return float(code) if re.fullmatch(r"[0-9]+(\.[0-9]+)?(e[0-9]{1,2})?", code) else None
