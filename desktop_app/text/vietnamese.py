"""Vietnamese text: one normal form, and keys for searching, recognising names and ordering.

All keys are plain strings, so that they can be kept in database columns and compared anywhere; none is for display.
"""

from __future__ import annotations

import re
import unicodedata

_ZERO_WIDTH = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\ufe00\ufe01\ufe02\ufe03\ufe04\ufe05\ufe06\ufe07\ufe08\ufe09"
    "\ufe0a\ufe0b\ufe0c\ufe0d\ufe0e\ufe0f\ufeff\ufff9\ufffa\ufffb"
)
"""Signs without a width: hyphens that are not seen, joiners, marks of direction, which come with copied figures."""
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_CLEANING = {
    **{ord(char): None for char in _ZERO_WIDTH},
    **{ord(char): " " for char in _SPACES},
    0x2028: "\n",
    0x2029: "\n",
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},  # full-width ASCII of East Asian keyboards
}
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of dictionaries
_QUALITIES = "\u0302\u0306\u031b"  # circumflex, breve, horn
_MISORDERED = re.compile(f"([{_TONES}])([{_QUALITIES}]+)")
_D_LOOKALIKES = str.maketrans("ÐðƉ", "ĐđĐ")
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: chr(ord("A") + index) for index, letter in enumerate(_ALPHABET)}
_WORD = re.compile(r"[^\W\d_]+|\d+")
_TONE_SIGNS = '!"#$%&'
_LONGEST_NUMBER = 99

_PLACE_ABBREVIATIONS = {
    "tp": "thành phố",
    "tx": "thị xã",
    "h": "huyện",
    "q": "quận",
    "p": "phường",
    "x": "xã",
}
_ABBREVIATIONS = {
    "tp": "thành phố",
    "tx": "thị xã",
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "vp": "văn phòng",
    "bql": "ban quản lý",
    "kkt": "khu kinh tế",
    "kcn": "khu công nghiệp",
    "tttt": "thông tin và truyền thông",
    "khcn": "khoa học và công nghệ",
    "khđt": "kế hoạch và đầu tư",
    "gdđt": "giáo dục và đào tạo",
    "gtvt": "giao thông vận tải",
    "tnmt": "tài nguyên và môi trường",
    "nnptnt": "nông nghiệp và phát triển nông thôn",
    "nnmt": "nông nghiệp và môi trường",
    "vhttdl": "văn hóa thể thao và du lịch",
    "lđtbxh": "lao động thương binh và xã hội",
    "dttg": "dân tộc và tôn giáo",
    "ttđt": "thông tin điện tử",
    "cntt": "công nghệ thông tin",
    "cđs": "chuyển đổi số",
    "csdl": "cơ sở dữ liệu",
    "dvc": "dịch vụ công",
    "dvctt": "dịch vụ công trực tuyến",
    "tthc": "thủ tục hành chính",
    "cbcc": "cán bộ công chức",
}
_PREFIXES = ("ủy ban nhân dân", "sở")
_LONGEST_ABBREVIATION = 7
_PLACE_WITH_DOT = re.compile(r"\b(tp|tx|[hqpx])\s*\.\s*(?=\w)")
_TOKEN = re.compile(r"\w+|&")


def nfc(text: str) -> str:
    """Return text in Unicode NFC, whatever order its combining marks were typed in.

    Plain NFC leaves a vowel in pieces when the tone was typed before the circumflex, breve or horn.
    """
    composed = unicodedata.normalize("NFC", text)
    if not any(mark in composed for mark in _TONES + _QUALITIES):
        return composed
    pieces = unicodedata.normalize("NFD", composed)
    return unicodedata.normalize("NFC", _MISORDERED.sub(r"\2\1", pieces))


def clean(text: str) -> str:
    """Return text as every input boundary hands it on.

    NFC; no-break and other odd spaces become plain ones; zero-width characters and soft hyphens vanish; full-width digits
    and signs become plain; line ends become line feeds; both ends are trimmed. Text in a legacy font must be decoded first,
    because its letter ư is a soft hyphen.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    return lines.strip() if lines.isascii() else nfc(lines.translate(_CLEANING)).strip()


def _without_tone(word: str) -> tuple[str, str]:
    """Split a lower-case word into its letters in NFC and its first tone mark ("" for the level tone)."""
    pieces = unicodedata.normalize("NFD", word)
    tone = next((char for char in pieces if char in _TONES), "")
    return unicodedata.normalize("NFC", "".join(char for char in pieces if char not in _TONES)), tone


def _folded_case(text: str) -> str:
    return clean(text).translate(_D_LOOKALIKES).lower()


def search_key(text: str) -> str:
    """Return the key for finding text as people type it in haste: no case, no diacritics, no punctuation, single spaces."""
    pieces = unicodedata.normalize("NFD", _folded_case(text).replace("đ", "d"))
    letters = "".join(char for char in pieces if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", letters))


def word_key(text: str) -> str:
    """Return the key for comparing words of a list: case, punctuation and the tone's place do not count, diacritics do.

    "Hoàn thành" and "hoàn thành" agree, "hòa" and "hoà" agree, "hoàn" and "hoan" do not, nor do "lý" and "lí".
    """
    return unicodedata.normalize("NFC", " ".join(_keyed(word) for word in re.findall(r"[^\W_]+", _folded_case(text))))


def _keyed(word: str) -> str:
    letters, tone = _without_tone(word)
    return letters + tone


def match_key(text: str) -> str:
    """Return the key for recognising the name of an agency or place.

    On top of :func:`word_key`: abbreviations are written out (TP., TX., H., Q., P., X., TT&TT, KH&CN, BQL …) and a leading
    "Ủy ban nhân dân" (UBND) or "Sở" does not count. The kind of place counts: a commune may bear the name of a district.
    """
    lowered = _PLACE_WITH_DOT.sub(lambda found: _PLACE_ABBREVIATIONS[found.group(1)] + " ", _folded_case(text))
    tokens = _TOKEN.findall(lowered.replace("_", " "))
    written_out = _written_out(tokens)
    words = [_keyed(word) for word in " ".join(written_out).split()]
    for prefix in _PREFIXES:
        keyed = [_keyed(word) for word in prefix.split()]
        if len(words) > len(keyed) and words[: len(keyed)] == keyed:
            words = words[len(keyed) :]
    return unicodedata.normalize("NFC", " ".join(words))


def _written_out(tokens: list[str]) -> list[str]:
    """Replace abbreviations, which may spread over several tokens (VH,TT&DL), by their words."""
    result: list[str] = []
    start = 0
    while start < len(tokens):
        for end in range(min(len(tokens), start + _LONGEST_ABBREVIATION), start, -1):
            run = tokens[start:end]
            words = _ABBREVIATIONS.get("".join(run).replace("&", "")) if "&" not in {run[0], run[-1]} else None
            if words:
                result.append(words)
                break
        else:
            end = start + 1
            result.append("và" if tokens[start] == "&" else tokens[start])
        start = end
    return result


def sort_key(text: str) -> str:
    """Return a string of ASCII signs and foreign letters whose code-point order is the order of a Vietnamese dictionary.

    Syllable by syllable: first the letters (a ă â b c d đ e ê …), then the tone (ngang, huyền, hỏi, ngã, sắc, nặng). Case
    and punctuation do not count; figures come before letters, by size.
    """
    return "".join(_ordered(word) for word in _WORD.findall(_folded_case(text)))


def _ordered(word: str) -> str:
    if word.isdecimal():
        digits = word.lstrip("0") or "0"
        return f"{min(len(digits), _LONGEST_NUMBER):02d}{digits}{_TONE_SIGNS[0]}"
    letters, tone = _without_tone(word)
    sign = _TONE_SIGNS[_TONES.index(tone) + 1 if tone else 0]
    return "".join(_ranked(letter) for letter in letters) + sign


def _ranked(letter: str) -> str:
    if letter in _RANK:
        return _RANK[letter]
    plain = unicodedata.normalize("NFD", letter)[0]
    return _RANK.get(plain, f"~{letter}")


def person_sort_key(name: str) -> str:
    """Return the order key of a person's name: by tên, then họ and đệm."""
    words = clean(name).split()
    return sort_key(" ".join(words[-1:] + words[:-1]))
