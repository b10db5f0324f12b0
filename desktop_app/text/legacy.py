"""Text in fonts from before Unicode: TCVN3 (ABC, fonts ``.Vn…``) and VNI-Windows (fonts ``VNI-…``).

In a workbook such text arrives as Western European characters ("KÕ ho¹ch øng dông", "Keá hoaïch öùng duïng"). Decode it
before anything else touches it: the letter ư of TCVN3 is a soft hyphen, which ``vietnamese.clean`` removes. This module
knows the encodings; whether a text is in one of them is for ``legacy_reading`` to say.

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


_CAPITAL_FONT = re.compile(r"\.vn.*h(?:[ -]?(?:bold|italic|regular))*")
_BEYOND_WESTERN = re.compile(
    "[\u0100-\u0151\u0154-\u015f\u0162-\u0177\u0179-\u017c\u017f-\u0191\u0193-\u024f\u0300-\u036f\u1e00-\u1eff]"
)
"""Letters and marks that a font from before Unicode cannot show; those of Windows' Western European set are left out."""
_ANY_VNI = re.compile(f"(?:[A-Za-z]|{_VNI_SIGN.pattern})*")


def font_encoding(name: str) -> LegacyFont | None:
    """Return what a font's name says about its text; None for a font of today."""
    lowered = name.strip().lower()
    if lowered.startswith(".vn"):
        return LegacyFont(Encoding.TCVN3, capitals=_CAPITAL_FONT.fullmatch(lowered) is not None)
    return LegacyFont(Encoding.VNI) if lowered.startswith("vni-") else None


def is_of_today(text: str) -> bool:
    """Tell whether a text has letters or marks that no font from before Unicode shows, so that it must be Unicode."""
    return not text.isascii() and _BEYOND_WESTERN.search(text) is not None


def decode(text: str, font: LegacyFont) -> str:
    """Return Unicode text for text in a font from before Unicode.

    Text that cannot have been typed in such a font, because it has letters beyond Western European ones, is returned as it
    is: people set an old font on new text. So is plain ASCII, which says the same in every font.
    """
    if text.isascii() or is_of_today(text):
        return text
    decoded = decode_letters(text, font.encoding)
    return decoded.upper() if font.capitals else decoded


def decode_letters(text: str, encoding: Encoding) -> str:
    """Return text with every sign of an encoding replaced by its letter, whatever else the text has."""
    if encoding is Encoding.TCVN3:
        return text.translate(_TCVN3)
    return _VNI_SIGN.sub(lambda found: _VNI[found.group()], text)


def is_spelt_in(word: str, encoding: Encoding) -> bool:
    """Tell whether a word without punctuation consists of ASCII letters and signs of an encoding alone."""
    if encoding is Encoding.VNI:
        return _ANY_VNI.fullmatch(word) is not None
    return all(char.isascii() or ord(char) in _TCVN3 for char in word)
