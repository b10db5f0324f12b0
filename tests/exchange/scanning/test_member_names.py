"""Names of members of archives: Vietnamese in whatever letters they were packed, and nothing that leads astray."""

from __future__ import annotations

import struct
import unicodedata
import zlib

import pytest

from desktop_app.exchange.scanning.member_names import shown_name, without_doubles

NAME = "Sở Xây dựng/Biểu số liệu.xlsx"


def on_vietnamese_windows(name: str) -> bytes:
    """Return a name as code page 1258 has it: some letters composed, tones behind them."""
    out = b""
    for letter in name:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            base, tone = _without_tone(letter)
            out += base.encode("cp1258") + tone.encode("cp1258")
    return out


def _without_tone(letter: str) -> tuple[str, str]:
    for tone in "\u0300\u0301\u0303\u0309\u0323":
        parts = unicodedata.normalize("NFD", letter)
        if tone in parts:
            return unicodedata.normalize("NFC", parts.replace(tone, "")), tone
    raise AssertionError(letter)


@pytest.mark.parametrize(
    ("raw", "flags", "shown"),
    [
        (NAME.encode(), 0x800, NAME),
        (NAME.encode(), 0, NAME),
        (on_vietnamese_windows(NAME), 0, NAME),
        ("é.xlsx".encode("cp437"), 0, "é.xlsx"),
        (b"\xff\xfe", 0x800, "\ufffd\ufffd"),
        (b"a\\b\\c.xlsx", 0, "a/b/c.xlsx"),
        (b"../../etc/passwd", 0, "etc/passwd"),
        (b"/etc/passwd", 0, "etc/passwd"),
        (b"C:\\Windows\\x.xlsx", 0, "Windows/x.xlsx"),
        (b"\\\\server\\c$\\x", 0, "server/c$/x"),
        (b"./a//b", 0, "a/b"),
        (b"a\0b\n.xlsx", 0, "a\ufffdb\ufffd.xlsx"),
        ("a\u202excod.xlsx".encode(), 0, "a\ufffdxcod.xlsx"),
        (b"", 0, "?"),
        (b"../..", 0, "?"),
    ],
)
def test_names(raw: bytes, flags: int, shown: str) -> None:
    assert shown_name(raw, flags, b"") == shown


def test_a_long_name_is_cut_in_the_middle() -> None:
    shown = shown_name(b"a" * 5000 + b".xlsx", 0, b"")
    assert len(shown) < 200
    assert shown.endswith(".xlsx")
    assert "…" in shown


def test_a_name_in_unicode_that_is_kept_beside_is_taken() -> None:
    raw = b"S? X?y d?ng.xlsx"
    other = struct.pack("<HH", 1, 4) + b"1234"
    body = b"\x01" + struct.pack("<L", zlib.crc32(raw)) + "Sở Xây dựng.xlsx".encode()
    kept = struct.pack("<HH", 0x7075, len(body)) + body
    assert shown_name(raw, 0, other + kept) == "Sở Xây dựng.xlsx"
    assert shown_name(b"renamed.xlsx", 0, kept) == "renamed.xlsx"
    assert shown_name(raw, 0, other[:-2]) == "S? X?y d?ng.xlsx"


def test_every_name_is_given_once() -> None:
    once = without_doubles()
    assert [once(name) for name in ("a.xlsx", "A.xlsx", "b", "a.xlsx")] == ["a.xlsx", "A.xlsx (2)", "b", "a.xlsx (3)"]
