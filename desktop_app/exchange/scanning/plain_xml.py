"""XML of untrusted workbooks, brought to the plain form that every parser reads alike.

No entity is ever declared, no encoding but UTF-8 is taken, and comments, processing instructions and CDATA sections are
resolved here, so that no parser can see another figure than the one that was looked at.
"""

from __future__ import annotations

import re

from desktop_app.exchange.refusal import Refused

_ENCODING = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']([^\"'>]*)[\"']")
_PLAIN_ENCODINGS = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
_MOST_ASIDES = 20_000
"""Comments and the like in one member; programs write a handful."""
_ASIDE = re.compile(rb"<[!?]")
_REFERENCE = re.compile(rb"&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
_UNKNOWN = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#x[0-9A-Fa-f]{1,6}|#[0-9]{1,7});)")
_ASIDES = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>"))


def plain_xml(text: bytes) -> bytes:
    """Return XML without declarations, comments, processing instructions and CDATA sections.

    Raises:
        Refused: it declares entities or a document type, or is not written in UTF-8.
    """
    head = text[:256]
    if b"\0" in head or (b"encoding" in head and not _is_plainly_encoded(text)):
        raise Refused("file_encoding_unknown")
    has_declarations = b"!" in text and b"<!" in text  # one letter is found far faster than two
    if has_declarations or head.rfind(b"<?") > 3 or (text.rfind(b"?") >= len(head) and text.rfind(b"<?") > 3):
        text = _without_asides(text)
    return text


def plain_letters(text: bytes) -> bytes:
    """Return XML in which plain letters stand for themselves: a parser of numbers may not know that ``&#49;`` is 1.

    Raises:
        Refused: it uses an entity that nobody declared.
    """
    if _UNKNOWN.search(text):
        raise Refused("file_damaged")
    return _REFERENCE.sub(_letter, text)


def _is_plainly_encoded(text: bytes) -> bool:
    found = _ENCODING.match(text)
    return found is None or found.group(1).lower() in _PLAIN_ENCODINGS


def _without_asides(text: bytes) -> bytes:
    parts: list[bytes] = []
    position = count = 0
    while found := _ASIDE.search(text, position):
        at = found.start()
        count += 1
        opening, closing = next((pair for pair in _ASIDES if text.startswith(pair[0], at)), (b"", b""))
        if not opening:
            raise Refused("file_declares_entities")
        end = text.find(closing, at + len(opening))
        if end < 0 or count > _MOST_ASIDES:
            raise Refused("file_damaged")
        parts.append(text[position:at])
        if opening == b"<![CDATA[":
            inside = text[at + len(opening) : end]
            parts.append(inside.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;"))
        position = end + len(closing)
    return b"".join([*parts, text[position:]])


def _letter(found: re.Match[bytes]) -> bytes:
    """Return the letter that a reference stands for where it may stand by itself."""
    number = int(found.group(1), 16) if found.group(1) else int(found.group(2))
    if number < 128 and chr(number).isprintable() and chr(number) not in "<>&\"'":
        return bytes([number])
    return found.group()
