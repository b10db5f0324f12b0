"""Names of members of zip archives as people should see them; they are never used as paths."""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections.abc import Callable
from contextlib import suppress

_IN_UNICODE = 0x800
_UNICODE_NAME = 0x7075
_LONGEST = 180
_OF_VIETNAMESE = set("àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ")


def shown_name(raw: bytes, flags: int, extra: bytes) -> str:
    """Return a member's name, without anything that could lead out of the archive or deceive the eye.

    Archives that do not say "Unicode" hold UTF-8 all the same (Windows), the letters of Vietnamese Windows (code page 1258),
    or those of DOS (437); some keep the name in Unicode beside (Info-ZIP, WinRAR).

    Args:
        raw: its bytes.
        flags: general purpose bits of the entry.
        extra: its extra fields.
    """
    name = raw.decode("utf-8", "replace") if flags & _IN_UNICODE else _unicode_name(raw, extra) or _guessed(raw)
    parts = [_plain(part) for part in name.replace("\\", "/").split("/")]
    if parts and len(parts[0]) == 2 and parts[0].endswith(":"):
        parts[0] = ""  # a drive
    shown = "/".join(part for part in parts if part not in {"", ".", ".."})
    if len(shown) > _LONGEST:
        shown = shown[: _LONGEST // 2] + "…" + shown[-_LONGEST // 2 :]
    return shown or "?"


def _plain(part: str) -> str:
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in part).strip()


def _unicode_name(raw: bytes, extra: bytes) -> str:
    """Return the name that is kept beside; "" where there is none, or it belongs to an older name."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        body = extra[at + 4 : at + 4 + length]
        if (
            kind == _UNICODE_NAME
            and len(body) > 5
            and body[0] == 1
            and struct.unpack_from("<L", body, 1)[0] == zlib.crc32(raw)
        ):
            return body[5:].decode("utf-8", "replace")
        at += 4 + length
    return ""


def _guessed(raw: bytes) -> str:
    with suppress(UnicodeDecodeError):
        return raw.decode("utf-8")
    found = unicodedata.normalize("NFC", raw.decode("cp1258", "replace"))
    if all(letter.isascii() or letter.lower() in _OF_VIETNAMESE for letter in found):
        return found
    return raw.decode("cp437")


def without_doubles() -> Callable[[str], str]:
    """Return what gives every name once: the second member of a name, also in other case, is numbered."""
    seen: dict[str, int] = {}

    def once(name: str) -> str:
        count = seen[name.casefold()] = seen.get(name.casefold(), 0) + 1
        return name if count == 1 else f"{name} ({count})"

    return once
