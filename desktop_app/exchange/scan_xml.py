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
        return _without_asides(text)
    return text  # at most the XML declaration, behind a byte order mark


def _is_plainly_encoded(text: bytes) -> bool:
    found = _ENCODING.match(text)
    return found is None or found.group(1).lower() in _PLAIN_ENCODINGS


def _without_asides(text: bytes) -> bytes:
    parts: list[bytes] = []
    position = count = 0
    while True:
        at = _next_aside(text, position)
        if at < 0:
            return b"".join([*parts, text[position:]])
        count += 1
        opening, closing = next((pair for pair in _ASIDES if text.startswith(pair[0], at)), (b"", b""))
        end = text.find(closing, at + len(opening)) if opening else -1
        if not opening:
            raise Refused("file_declares_entities")
        if end < 0 or count > _MOST_ASIDES:
            raise Refused("file_damaged")
        parts.append(text[position:at])
        if opening == b"<![CDATA[":
            inside = text[at + len(opening) : end]
            parts.append(inside.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;"))
        position = end + len(closing)


def _next_aside(text: bytes, position: int) -> int:
    declared, instructed = text.find(b"<!", position), text.find(b"<?", position)
    return min((at for at in (declared, instructed) if at >= 0), default=-1)
