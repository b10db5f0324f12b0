"""The look at the shared strings of an Excel workbook: a long one in many cells unfolds to far more than the file holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_app.exchange.refusal import Refused

MAX_TEXT_BYTES = 32_000_000
"""Texts of all cells together."""
_MOST_STRINGS = 400_000
_LONGEST_STRING = 200_000
"""Bytes of one string with its marks; a cell holds 32,767 characters."""
_SHORTEST_CELL = len(b'<c t="s"><v>1</v></c>')
_STRING_END = re.compile(rb"</(?:[^<>\s/]*:)?si\s*>|<(?:[^<>\s/]*:)?si\s*/>")
_SHARED = re.compile(
    rb"\st\s*=\s*[\"']s[\"'][^<>]*>"
    rb"(?:[^<]|<(?!(?:[^<>\s/:]*:)?[cv][\s/>]|/(?:[^<>\s/:]*:)?c[\s>]))*"
    rb"<(?:[^<>\s/:]*:)?v[^<>]*>\s*([0-9]{1,12})\s*<"
)
"""A cell with the number of its string, whatever stands before that."""


def check_strings(strings: bytes, sheets: Sequence[bytes]) -> None:
    """Refuse a workbook whose cells would hold more text than any return has.

    Args:
        strings: the XML of the shared strings; empty where there are none.
        sheets: the XML of every sheet.

    Raises:
        Refused: with the code of the issue.
    """
    if not strings:
        return
    pieces = _STRING_END.split(strings) if b":si" in strings or b"<si/" in strings else strings.split(b"</si>")
    lengths = list(map(len, pieces))
    longest = max(lengths)
    if longest > _LONGEST_STRING or len(lengths) > _MOST_STRINGS:
        raise Refused("workbook_too_much_text", megabytes=MAX_TEXT_BYTES // 1_000_000)
    if sum(map(len, sheets)) // _SHORTEST_CELL * longest <= MAX_TEXT_BYTES:
        return
    total = 0
    for text in sheets:
        total += sum(lengths[int(number)] for number in _SHARED.findall(text) if int(number) < len(lengths))
        if total > MAX_TEXT_BYTES:
            raise Refused("workbook_too_much_text", megabytes=MAX_TEXT_BYTES // 1_000_000)
