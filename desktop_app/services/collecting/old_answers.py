"""What answers in fonts from before Unicode mean: read where that is sure, and told; asked with every reading elsewhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from desktop_app.domain.issues import Issue
from desktop_app.domain.values import Outcome
from desktop_app.exchange.workbook import OldText
from desktop_app.services.cells import Content
from desktop_app.text.legacy import font_encoding, is_of_today
from desktop_app.text.legacy_reading import ENCODING_NAMES, Verdict, read_legacy
from desktop_app.text.vietnamese import clean

Reading = tuple[Outcome, Content, Issue | None, tuple[Content, ...]]
"""How a cell was read: the outcome, what it says, why it is asked or refused, and what it may say."""
Parser = Callable[[Any, str], Reading]
"""Reads a raw value with its number format."""
_SHOWN = 60
"""Characters of a text that a sentence shows."""


def in_old_font(raw: Mapping[str, Any]) -> OldText:
    """Return a text that the reader of workbooks found in an old font, as ``exchange.recognising.returned`` hands it on."""
    return OldText(str(raw["old"]), str(raw["font"]), tuple(raw["readings"]), bool(raw["asked"]))


def may_be_old(text: str) -> OldText | None:
    """Return what a text without a known font may say; None for a text that is in Unicode, letter by letter."""
    if text.isascii():
        return None
    if not unicodedata.is_normalized("NFC", text):
        return OldText(text, "", (clean(text),), is_asked=False)
    reading = read_legacy(text)
    if reading.verdict is Verdict.KEPT or reading.encoding is None:
        return None
    is_asked = reading.verdict is Verdict.ASKED
    readings = reading.readings or (reading.text,)
    return OldText(text, ENCODING_NAMES[reading.encoding], readings, is_asked, is_asked and reading.is_spelt)


def is_in_unicode(texts: Iterable[Any]) -> bool:
    """Tell whether a unit writes in Unicode: a remark of its workbook can be nothing else, and none may be in an old font.

    Args:
        texts: its remarks as they came back, those of the issue left out.
    """
    is_sure = False
    for text in texts:
        if isinstance(text, dict) and "old" in text:
            return False
        if isinstance(text, str) and not text.isascii():
            reading = read_legacy(clean(text))
            if reading.verdict is not Verdict.KEPT and not reading.is_spelt:
                return False
            is_sure = is_sure or is_of_today(text)
    return is_sure


def read_old(old: OldText, parse: Parser, held: Content, written: object) -> tuple[Reading, Issue | None]:
    """Read a cell whose text is or may be in an old font.

    Args:
        old: the text.
        parse: the grammar of the cell.
        held: what the cell held at issue.
        written: how that was written.

    Returns:
        How it is read, and what is to be told of it; nothing is told of a cell that says what it said at issue.
    """
    if isinstance(written, str) and any(clean(text) == clean(written) for text in old.readings):
        return (Outcome.VALUE, held, None, ()), None
    found = [(text, parse(text, "")) for text in old.readings]
    valid = {reading[1]: (text, reading) for text, reading in reversed(found) if reading[0] is Outcome.VALUE}
    if len(valid) > 1:
        return (Outcome.QUESTION, None, _asked(old), tuple(reversed(valid))), None
    text, reading = next(iter(valid.values())) if valid else found[0]
    if reading[0] is Outcome.VALUE and reading[1] == held:
        return reading, None
    return reading, _told(old, text)


def _asked(old: OldText) -> Issue:
    first, second = old.readings[:2]
    params = {"font": old.font, "was": old.was[:_SHOWN], "first": first[:_SHOWN], "second": second[:_SHOWN]}
    return Issue("legacy_text_asked", params)


def _told(old: OldText, text: str) -> Issue:
    params = {"font": old.font, "was": old.was[:_SHOWN], "read": text[:_SHOWN]}
    if not old.font:
        return Issue("letters_in_pieces", {"read": params["read"]})
    is_sure = font_encoding(old.font) is not None and not old.is_asked
    return Issue("legacy_font_read" if is_sure else "legacy_text_guessed", params)
