"""Text in fonts from before Unicode: TCVN3 (ABC, fonts ``.Vn…``) and VNI-Windows (fonts ``VNI-…``).

In a workbook such text arrives as Western European characters ("KÕ ho¹ch øng dông", "Keá hoaïch öùng duïng"). Decode it
before anything else touches it: the letter ư of TCVN3 is a soft hyphen, which ``vietnamese.clean`` removes.

**Source:** TCVN 5712:1993 (VN3) and the VNI-Windows table, as domain.md §7.3 gives them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_TCVN3_CODES = (
    "B5B6B7B8B9 BBBCBDBEC6 C7C8C9CACB CCCECFD0D1 D2D3D4D5D6 D7D8DCDDDE DFE1E2E3E4 E5E6E7E8E9 EAEBECEDEE EFF1F2F3F4 "
    "F5F6F7F8F9 FAFBFCFDFE A8A9AAABACADAE A1A2A3A4A5A6A7"
)
_TCVN3_LETTERS = "àảãáạ ằẳẵắặ ầẩẫấậ èẻẽéẹ ềểễếệ ìỉĩíị òỏõóọ ồổỗốộ ờởỡớợ ùủũúụ ừửữứự ỳỷỹýỵ ăâêôơưđ ĂÂÊÔƠƯĐ"
_TCVN3 = dict(zip(bytes.fromhex(_TCVN3_CODES), _TCVN3_LETTERS.replace(" ", ""), strict=True))

_TONE_MARKS = {"ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ù": "\u0301", "ï": "\u0323"}
_CIRCUMFLEX_MARKS = {"â": "", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "á": "\u0301", "ä": "\u0323"}
_BREVE_MARKS = {"ê": "", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "é": "\u0301", "ë": "\u0323"}
_VNI_LETTERS = {"ñ": "đ", "ô": "ơ", "ö": "ư", "î": "ỵ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị"}


def _vni_pairs() -> dict[str, str]:
    """Return every sign of VNI, one letter or a letter with its mark, with the letter that it stands for."""
    bases = {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ô": "ơ", "ö": "ư"}
    marked = [(f"{base}{mark}", letter + tone) for base, letter in bases.items() for mark, tone in _TONE_MARKS.items()]
    for base in "aeo":
        marked += [(f"{base}{mark}", f"{base}\u0302{tone}") for mark, tone in _CIRCUMFLEX_MARKS.items()]
    marked += [(f"a{mark}", f"a\u0306{tone}") for mark, tone in _BREVE_MARKS.items()]
    pairs = {sign: unicodedata.normalize("NFC", letter) for sign, letter in marked} | _VNI_LETTERS
    for sign, letter in list(pairs.items()):
        pairs[sign.upper()] = letter.upper()
        pairs[sign[0].upper() + sign[1:]] = letter.upper()  # a capital with a small mark is met too
    return pairs


_VNI = _vni_pairs()
_VNI_SIGN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

_ONSET = "(ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
_NUCLEUS = (
    "(oai|oay|oao|oeo|uây|uôi|uya|uyê|uyu|ươi|ươu|iêu|yêu|uêu|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|ôi|ơi|ua|uâ|uê|ui|uô|"
    "uơ|uy|ưa|ưi|ươ|ưu|yê|[aăâeêioôơuưy])"
)
_SYLLABLE = re.compile(f"{_ONSET}{_NUCLEUS}(ch|ng|nh|[cmnpt])?")
_TONES = {ord(mark): None for mark in "\u0300\u0301\u0303\u0309\u0323"}
_WORD = re.compile(r"[^\s.,;:()/\"'–0-9-]+")
_SURE = 0.8
"""Share of the words that must be Vietnamese syllables once decoded, and may not be before."""


class Encoding(StrEnum):
    """How letters are kept in a font from before Unicode."""

    TCVN3 = "tcvn3"
    VNI = "vni"


@dataclass(frozen=True)
class LegacyFont:
    """What the name of a font says about its text.

    Attributes:
        capitals: True for fonts whose small letters look like capitals (``.VnTimeH``).
    """

    encoding: Encoding
    capitals: bool = False


def font_encoding(name: str) -> LegacyFont | None:
    """Return what a font's name says about its text; None for a font of today."""
    lowered = name.strip().lower()
    if lowered.startswith(".vn"):
        return LegacyFont(Encoding.TCVN3, capitals=lowered.endswith("h"))
    return LegacyFont(Encoding.VNI) if lowered.startswith("vni-") else None


def decode(text: str, font: LegacyFont) -> str:
    """Return Unicode text for text in a font from before Unicode.

    Text that cannot have been typed in such a font, because it has letters beyond Western European ones, is returned as it
    is: people set an old font on new text.
    """
    if any("\u0100" <= char <= "\u024f" or "\u1e00" <= char <= "\u1eff" or "\u0300" <= char <= "\u036f" for char in text):
        return text
    if font.encoding is Encoding.TCVN3:
        decoded = text.translate(_TCVN3)
        return decoded.upper() if font.capitals else decoded
    return _VNI_SIGN.sub(lambda found: _VNI[found.group()], text)


def detect(text: str) -> Encoding | None:
    """Guess the encoding of a text whose font is unknown; None where it reads well as it is, or nothing is sure.

    A guess is for a preview, never for reading in silence.
    """
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    if not words or _share_of_syllables(words) >= _SURE:
        return None
    sure = [
        encoding
        for encoding in Encoding
        if _share_of_syllables([decode(word, LegacyFont(encoding)) for word in words]) >= _SURE
    ]
    return sure[0] if len(sure) == 1 else None


def _share_of_syllables(words: list[str]) -> float:
    return sum(map(is_syllable, words)) / len(words)


def is_syllable(word: str) -> bool:
    """Tell whether a word can be a Vietnamese syllable: initial, vowels and final stand as they may."""
    pieces = unicodedata.normalize("NFD", word.lower())
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", pieces.translate(_TONES))) is not None
