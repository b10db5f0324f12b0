"""Whether a text is in a font from before Unicode, and what it says: read where that is sure, asked where it is not.

A text alone is read as TCVN3 or VNI only where it cannot be Vietnamese in Unicode and every word of it becomes Vietnamese.
Some texts are spelt rightly both ways ("Long Phó", "cô quan"): these are asked where the other reading is about as likely,
and stay as they are where it is not. A font that is known counts, and yet never outweighs letters that only Unicode has.

**Source:** own definition, after domain.md §7.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from desktop_app.text.legacy import (
    Encoding,
    LegacyFont,
    decode_letters,
    font_encoding,
    is_of_today,
    is_spelt_in,
)
from desktop_app.text.syllables import commonness, is_syllable

SOFT_HYPHEN = "\u00ad"
"""The letter ư of TCVN3, which many programs drop when text is copied."""
_VIETNAMESE_WESTERN = "àáâãèéêìíòóôõùúý"
"""Letters that Unicode Vietnamese shares with Western European languages."""
_FOREIGN = re.compile(f"[\u00a1-\u00ff](?<![{_VIETNAMESE_WESTERN}{_VIETNAMESE_WESTERN.upper()}])")
_PIECE = re.compile(r"\s+|\S+")
_WORD = re.compile("[A-Za-z\u00a1-\u00ff]+")
_SYMBOLS = frozenset("§©®µ°±×÷¼½¾«»·¸¹²³¶¬¥¦¨ª¡¢£¤")
"""Signs of TCVN3 that also stand alone in Unicode texts."""
_HAS_CAPITALS = re.compile("[A-Z¡-ÿ]*[A-Z][¡-ÿ]*[A-Z][A-Z¡-ÿ]*")
"""A word whose plain letters, two at least, are all capitals."""
_HORNED_O = "ơờởỡớợ"
_AFTER_LOST = f"u{_HORNED_O}"
"""What follows ư where a syllable begins with it."""
_LONGEST_ABBREVIATION = 10
_RARE_IN_INITIALS = frozenset("ÀẢÃÁẠẰẲẴẮẶẦẨẪẤẬÈẺẼÉẸỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌỒỔỖỐỘỜỞỠỚỢÙỦŨÚỤỪỬỮỨỰỲỶỸÝỴ")
"""Capitals with a tone, which initials such as HĐND or CĐS never have."""
_CLEAR_LEAD = 2
"""By how much a text must be more common as it stands than decoded to be kept without a question."""
_CLEAR_RIVAL_LEAD = 6
"""By how much one decoding must be more common than another that is Vietnamese too."""
_MISSPELT_ALONE = 2
"""So many words must be impossible in Vietnamese before a text in its letters is taken for TCVN3 without a font."""
_SURE_ALONE = 3
"""How common a single word must be to be read without a font."""


ENCODING_NAMES = {Encoding.TCVN3: "TCVN3 (ABC)", Encoding.VNI: "VNI"}
"""What people call the encodings."""


class Verdict(Enum):
    """What becomes of a text."""

    KEPT = "kept"
    READ = "read"
    ASKED = "asked"


@dataclass(frozen=True)
class LegacyReading:
    """What a text says.

    Attributes:
        text: what it says; with ``ASKED`` the likeliest reading.
        readings: with ``ASKED`` what it may say, the likeliest first.
        encoding: how it is kept; None with ``KEPT``.
        is_mended: True where letters ư, lost when it was copied, were put back.
        is_spelt: True where it is rightly spelt as it stands, and asked only because it is in its encoding too; among texts
            in Unicode it needs no question.
    """

    verdict: Verdict
    text: str
    readings: tuple[str, ...] = ()
    encoding: Encoding | None = None
    is_mended: bool = False
    is_spelt: bool = False


class _Word(NamedTuple):
    """A word as it stands and as an encoding reads it.

    Attributes:
        is_valid: True where it becomes Vietnamese.
        is_mended: True where a letter ư was put back to make it so.
        other: another way to read it, with a letter ư that may have been lost; "" for none.
    """

    before: str
    after: str
    is_valid: bool = True
    is_mended: bool = False
    other: str = ""

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


class _Candidate(NamedTuple):
    """A text as one encoding reads it.

    Attributes:
        words: those that are not ASCII, and those that a lost letter ư changes.
        pieces: the text in turns of what stands between words and of words.
    """

    encoding: Encoding
    words: list[_Word]
    pieces: list[str | _Word]

    def text(self, *, other: bool = False) -> str:
        """Return the whole text, with every word read in its other way if asked so."""
        return "".join(piece if isinstance(piece, str) else (other and piece.other) or piece.after for piece in self.pieces)

    @property
    def lead(self) -> int:
        """By how much it is more common than the text as it stands."""
        return sum(commonness(word.after) - commonness(word.before) for word in self.words)

    @property
    def is_valid(self) -> bool:
        """True where every word becomes Vietnamese."""
        return all(word.is_valid for word in self.words)

    @property
    def has_plain_syllables(self) -> bool:
        """True where the words that stay as they are, of which there is one at least, are Vietnamese or abbreviations."""
        plain = [piece.before for piece in self.pieces if isinstance(piece, _Word) and not piece.is_changed]
        syllables = [word for word in plain if is_syllable(word)]
        return bool(syllables) and all(word.isupper() or is_syllable(word) for word in plain)

    @property
    def valid(self) -> int:
        """How many words become Vietnamese."""
        return sum(word.is_valid for word in self.words)


@lru_cache(maxsize=20_000)
def read_legacy(text: str, font: LegacyFont | None = None, *, keeps_hyphens: bool = False) -> LegacyReading:
    """Read a text that may be in a font from before Unicode.

    Args:
        text: as it stands in the file.
        font: what the name of its font says; None where the font is unknown or one of today.
        keeps_hyphens: True where the file has kept soft hyphens elsewhere, so that no letter ư can be missing.
    """
    kept = LegacyReading(Verdict.KEPT, text)
    if text.isascii():
        return kept
    encodings = [font.encoding] if font is not None else list(Encoding)
    if is_of_today(text):
        return _read_half(text, encodings) if _FOREIGN.search(text) else kept
    keeps_hyphens = keeps_hyphens or SOFT_HYPHEN in text
    found = [_candidate(text, encoding, keeps_hyphens=keeps_hyphens) for encoding in encodings]
    found = [item for item in found if any(word.is_changed for word in item.words)]
    if not found:
        return kept
    best = max(found, key=lambda item: (item.valid, item.lead))
    verdict = _verdict(best, [item for item in found if item is not best], font)
    if verdict is Verdict.KEPT:
        return kept
    capitals = font is not None and font.capitals
    options = [item.upper() if capitals else item for item in (best.text(other=True), best.text())]
    if options[0] != options[1]:
        verdict = Verdict.ASKED
    is_mended = any(word.is_mended for word in best.words)
    if verdict is Verdict.READ:
        return LegacyReading(verdict, options[0], (), best.encoding, is_mended)
    is_spelt = all(is_syllable(word.before) and _is_cased(word.before) for word in best.words)
    readings = tuple(dict.fromkeys([*options, text]))
    return LegacyReading(verdict, options[0], readings, best.encoding, is_mended, is_spelt)


def _read_half(text: str, encodings: list[Encoding]) -> LegacyReading:
    """Ask about a text in Unicode that has words in an old font: somebody went on writing in another font.

    Only words without letters that Unicode alone has, and that nobody writes in Unicode, count.
    """
    for encoding in encodings:
        count = 0
        read = []
        for piece in _PIECE.findall(text):
            candidate = None if piece.isascii() or is_of_today(piece) else _candidate(piece, encoding, keeps_hyphens=True)
            if candidate is None or not candidate.is_valid:
                read.append(piece)
                continue
            if _FOREIGN.search(piece) and any(word.is_changed and commonness(word.after) for word in candidate.words):
                count += 2 if _has_inner_symbol(piece) else 1
            is_likelier = candidate.lead > 0 or not all(is_syllable(word.before) for word in candidate.words)
            read.append(candidate.text() if is_likelier else piece)
        if count > 1:
            decoded = "".join(read)
            return LegacyReading(Verdict.ASKED, decoded, (decoded, text), encoding)
    return LegacyReading(Verdict.KEPT, text)


def _verdict(best: _Candidate, rivals: list[_Candidate], font: LegacyFont | None) -> Verdict:
    changed = [word for word in best.words if word.is_changed]
    valid = sum(word.is_valid for word in changed)
    if not _is_odd(best, changed, font):
        return _of_plain_letters(best, changed, is_half_valid=2 * valid >= len(changed))
    if best.is_valid and not any(rival.is_valid and rival.lead > best.lead - _CLEAR_RIVAL_LEAD for rival in rivals):
        is_clear = font is not None and (len(changed) > 1 or best.has_plain_syllables)
        return Verdict.READ if is_clear or _is_likely(best, changed) else Verdict.ASKED
    if font is not None and 2 * valid >= len(changed) and any(_has_inner_symbol(word.before) for word in changed):
        return Verdict.READ
    return Verdict.ASKED if valid and (font is not None or 2 * valid >= len(changed)) else Verdict.KEPT


def _is_odd(best: _Candidate, changed: list[_Word], font: LegacyFont | None) -> bool:
    """Tell whether a text shows that it is not Vietnamese in Unicode: by letters, capitals, or words that nobody spells."""
    if any(_FOREIGN.search(word.before) or not _is_cased(word.before) for word in changed):
        return True
    misspelt = sum(not is_syllable(word.before) for word in changed)
    return misspelt >= (1 if font is not None or best.encoding is Encoding.VNI else _MISSPELT_ALONE)


def _of_plain_letters(best: _Candidate, changed: list[_Word], *, is_half_valid: bool) -> Verdict:
    """Decide on a text that may be Vietnamese as it stands: it is never changed, at most asked."""
    is_spelt = all(is_syllable(word.before) for word in changed)
    if not best.is_valid:
        return Verdict.ASKED if is_half_valid and not is_spelt else Verdict.KEPT
    return Verdict.ASKED if not is_spelt or best.lead > -_CLEAR_LEAD else Verdict.KEPT


def _is_likely(best: _Candidate, changed: list[_Word]) -> bool:
    """Tell whether words that become Vietnamese are common enough to be sure of without a font."""
    words = [word for word in changed if is_syllable(word.after)]
    known = sum(commonness(word.after) > 0 for word in words)
    if len(words) != 1:
        return known > 0 and 2 * known >= len(words)
    word = words[0]
    if not known:
        return False
    return commonness(word.after) >= _SURE_ALONE or _has_inner_symbol(word.before) or best.has_plain_syllables


def _has_inner_symbol(word: str) -> bool:
    """Tell whether a sign that is no letter stands in a word of letters: nobody types "Kr«ng" in Unicode."""
    return any(char in _SYMBOLS for char in word) and any(char.isalpha() for char in word)


def _is_cased(word: str) -> bool:
    """Tell whether a word is written small, large, or with one large letter at its beginning."""
    return word.islower() or word.isupper() or (word[:1].isupper() and not any(char.isupper() for char in word[1:]))


def _candidate(text: str, encoding: Encoding, *, keeps_hyphens: bool) -> _Candidate:
    words: list[_Word] = []
    pieces: list[str | _Word] = []
    end = 0
    for found in _WORD.finditer(text):
        pieces.append(text[end : found.start()])
        end = found.end()
        stands_alone = _stands_alone(text, found)
        word = _read_word(found.group(), encoding, touches_digit=_touches_digit(text, found))
        if encoding is Encoding.TCVN3 and not keeps_hyphens:
            word = _mended(word, stands_alone=stands_alone)
        pieces.append(word)
        if word.is_changed or word.other or not word.is_valid or not word.before.isascii():
            words.append(word)
    pieces.append(text[end:])
    return _Candidate(encoding, words, pieces)


def _read_word(word: str, encoding: Encoding, *, touches_digit: bool) -> _Word:
    if word.isascii():
        return _Word(word, word)
    after = decode_letters(word, encoding)
    if not any(char.isalpha() for char in word) and (touches_digit or not commonness(after)):
        return _Word(word, word)  # a sign such as ½, ÷ or §
    if encoding is Encoding.TCVN3 and _HAS_CAPITALS.fullmatch(word):
        after = after.upper()  # the other letters were in a capital font
    is_written = encoding is Encoding.TCVN3 or _is_cased(after)  # TCVN3 shows most capitals by another font
    is_valid = is_written and is_spelt_in(word, encoding) and (is_syllable(after) or _is_abbreviation(after))
    return _Word(word, after, is_valid)


def _is_abbreviation(word: str) -> bool:
    return word.isupper() and len(word) <= _LONGEST_ABBREVIATION and not any(char in _RARE_IN_INITIALS for char in word)


def _stands_alone(text: str, word: re.Match[str]) -> bool:
    before, after = text[: word.start()][-1:], text[word.end() :][:1]
    return (not before or before.isspace()) and (not after or after.isspace() or after in ",;")


def _touches_digit(text: str, word: re.Match[str]) -> bool:
    return text[: word.start()][-1:].isdigit() or text[word.end() :][:1].isdigit()


def _mended(word: _Word, *, stands_alone: bool) -> _Word:
    """Put back a letter ư that a word cannot do without; note where it may have had one."""
    after = word.after
    is_plain = word.before.isascii()
    is_short = len(after) == 1 or (is_plain and not is_syllable(after))
    if not after.isalpha() or (after.isupper() and len(after) > 1) or (is_short and not stands_alone):
        return word
    if not is_plain and not is_spelt_in(word.before, Encoding.TCVN3):
        return word
    first = 0 if after[0].lower() in _AFTER_LOST else 1
    found = {f"{after[:at]}ư{after[at:]}" for at in range(first, len(after) + 1)}
    known = sorted((item for item in found if commonness(item)), key=commonness, reverse=True)
    if not known:
        return word
    if is_plain or is_syllable(after):
        gain = commonness(known[0]) - commonness(after)
        is_likely = (gain > 0 and commonness(known[0]) > 1) or (
            gain >= -_CLEAR_LEAD and any(char in _HORNED_O for char in after)
        )
        is_no_word = not is_syllable(after)  # "Hng" beside words in TCVN3: an abbreviation, or Hưng without its ư
        return word._replace(other=known[0]) if is_likely or is_no_word else word
    return word._replace(after=known[0], is_valid=True, is_mended=True, other=known[1] if len(known) > 1 else "")


def read_runs(runs: Iterable[tuple[str, str]], *, keeps_hyphens: bool = False) -> LegacyReading:
    """Read a text that is set in several fonts.

    Neighbouring runs in fonts of one encoding are judged together, with the ASCII around them, because a word may be set in
    two fonts; each run keeps the capitals of its own.

    Args:
        runs: stretches of the text, and the name of the font of each; "" for one that is not known.
        keeps_hyphens: as for :func:`read_legacy`.
    """
    stretches = [_read_stretch(*stretch, keeps_hyphens=keeps_hyphens) for stretch in _stretches(runs)]
    whole = "".join(item.text for item in stretches)
    encoding = next((item.encoding for item in stretches if item.encoding is not None), None)
    verdicts = {item.verdict for item in stretches}
    is_mended = any(item.is_mended for item in stretches)
    if Verdict.ASKED in verdicts:
        choices = [item.readings or (item.text,) for item in stretches]
        versions = ["".join(each[min(at, len(each) - 1)] for each in choices) for at in range(max(map(len, choices)))]
        return LegacyReading(Verdict.ASKED, whole, tuple(dict.fromkeys(versions)), encoding, is_mended)
    return LegacyReading(Verdict.READ if Verdict.READ in verdicts else Verdict.KEPT, whole, (), encoding, is_mended)


_FontRun = tuple[str, LegacyFont | None]


def _stretches(runs: Iterable[tuple[str, str]]) -> list[tuple[Encoding | None, list[_FontRun]]]:
    """Group neighbouring runs of one encoding; ASCII joins what stands before it, or after it at the beginning."""
    found: list[tuple[Encoding | None, list[_FontRun]]] = []
    for text, name in runs:
        font = font_encoding(name)
        encoding = font.encoding if font is not None else None
        last = found[-1] if found else None
        if last is None or (not text.isascii() and encoding is not last[0] and not _is_plain(last[1])):
            found.append((encoding, [(text, font)]))
        elif text.isascii() or encoding is last[0]:
            last[1].append((text, font))
        else:
            found[-1] = (encoding, [*last[1], (text, font)])
    return found


def _is_plain(runs: list[_FontRun]) -> bool:
    return all(text.isascii() for text, _font in runs)


def _read_stretch(encoding: Encoding | None, runs: list[_FontRun], *, keeps_hyphens: bool) -> LegacyReading:
    text = "".join(piece for piece, _font in runs)
    font = LegacyFont(encoding) if encoding is not None else None
    reading = read_legacy(text, font, keeps_hyphens=keeps_hyphens)
    if reading.verdict is Verdict.KEPT or not any(item is not None and item.capitals for _text, item in runs):
        return reading
    capitals = [item is not None and item.capitals for piece, item in runs for _char in piece]
    decoded = decode_letters(text, Encoding.TCVN3)
    versions = [item if item == text else _with_capitals(item, decoded, capitals) for item in reading.readings]
    return replace(reading, text=_with_capitals(reading.text, decoded, capitals), readings=tuple(dict.fromkeys(versions)))


def _with_capitals(read: str, decoded: str, capitals: list[bool]) -> str:
    """Return a text with capitals where its font shows them; letters ư that were put back are like what follows."""
    shown = []
    at = 0
    for char in read:
        shown.append(char.upper() if capitals[min(at, len(capitals) - 1)] else char)
        at += at < len(decoded) and char.casefold() == decoded[at].casefold()
    return "".join(shown)
