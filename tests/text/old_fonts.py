"""Typing texts as programs from before Unicode kept them: encoders that are independent of the code.

**Source:** the tables of domain.md §7.3.
"""

from __future__ import annotations

import unicodedata

TCVN3_LETTERS = "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵăâêôơưđĂÂÊÔƠƯĐ"
TCVN3_CODES = (
    "B5B6B7B8B9 BBBCBDBEC6 C7C8C9CACB CCCECFD0D1 D2D3D4D5D6 D7D8DCDDDE DFE1E2E3E4 E5E6E7E8E9 EAEBECEDEE EFF1F2F3F4 "
    "F5F6F7F8F9 FAFBFCFDFE A8A9AAABACADAE A1A2A3A4A5A6A7"
)
TCVN3 = dict(zip(TCVN3_LETTERS, bytes.fromhex(TCVN3_CODES).decode("latin-1"), strict=True))


def in_tcvn3(text: str) -> str:
    """Type a text in a TCVN3 font; capitals that it does not have become small letters, as only their font shows them."""
    return "".join(TCVN3.get(char) or TCVN3.get(char.lower()) or char for char in text)


def runs_of_tcvn3(text: str) -> list[tuple[str, str]]:
    """Type a text in .VnTime, with the capitals that it does not have in .VnTimeH."""
    runs: list[tuple[str, str]] = []
    for char in text:
        font = ".VnTime" if char in TCVN3 or char.lower() not in TCVN3 else ".VnTimeH"
        if runs and runs[-1][1] == font:
            runs[-1] = (runs[-1][0] + in_tcvn3(char), font)
        else:
            runs.append((in_tcvn3(char), font))
    return runs


def _vni() -> dict[str, str]:
    tones = {"": "", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0301": "ù", "\u0323": "ï"}
    circumflex = {"": "â", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0301": "á", "\u0323": "ä"}
    breve = {"": "ê", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0301": "é", "\u0323": "ë"}
    signs = {"í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ"}
    for letters, quality, marks in [("aeo", "\u0302", circumflex), ("a", "\u0306", breve), ("aeouy", "", tones)]:
        for letter in letters:
            for tone, mark in marks.items():
                signs.setdefault(unicodedata.normalize("NFC", letter + quality + tone), letter + mark)
    for letter, typed in [("ơ", "ô"), ("ư", "ö")]:
        for tone, mark in tones.items():
            signs[unicodedata.normalize("NFC", letter + tone)] = typed + mark
    return signs | {letter.upper(): sign.upper() for letter, sign in signs.items()}


VNI = _vni()


def in_vni(text: str) -> str:
    return "".join(VNI.get(char, char) for char in text)


def in_pieces(text: str) -> str:
    """Type a text as Windows-1258 keeps it: â, ă, ê, ô, ơ, ư are letters, tones follow them."""
    pieces = []
    for char in text:
        decomposed = unicodedata.normalize("NFD", char)
        tones = "".join(mark for mark in decomposed if mark in "\u0300\u0301\u0303\u0309\u0323")
        letter = "".join(mark for mark in decomposed if mark not in tones)
        pieces.append(unicodedata.normalize("NFC", letter) + tones)
    return "".join(pieces)
