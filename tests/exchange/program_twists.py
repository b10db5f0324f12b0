"""Ways of writing the same workbook that readers stumble over, each seen from some program or library.

A twist changes the members of a workbook that Excel saved (``Habits()``) without changing what it says.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

Members = dict[str, bytes]
_SHEET = "xl/worksheets/sheet2.xml"
"""The sheet of figures."""
_STRINGS = "xl/sharedStrings.xml"


def twisted(saved: bytes, name: str) -> bytes:
    """Return a workbook with one twist."""
    with zipfile.ZipFile(io.BytesIO(saved)) as archive:
        members = TWISTS[name]({item: archive.read(item) for item in archive.namelist()})
    return PACKINGS.get(name, _packed)(members)


def _packed(members: Members) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def _stored_with_folders(members: Members) -> bytes:
    """Pack as ``zip -0 -r`` does: folders are members of their own and nothing is compressed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for folder in ("xl/", "xl/worksheets/", "docProps/", "_rels/"):
            archive.writestr(folder, b"")
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def _streamed(members: Members) -> bytes:
    """Pack as a stream: sizes follow the members (bit 3 of the flags), as Java and .NET write them."""

    class Stream(io.RawIOBase):
        def __init__(self) -> None:
            self.written = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.written += bytes(data)  # type: ignore[call-overload]
            return len(bytes(data))  # type: ignore[call-overload]

    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        for name, content in members.items():
            archive.writestr(name, content)
    return bytes(stream.written)


def _in(
    member: str, pattern: bytes, replacement: bytes | Callable[[re.Match[bytes]], bytes]
) -> Callable[[Members], Members]:
    """Return the twist that replaces a pattern in the members whose names match."""

    def twist(members: Members) -> Members:
        changed = {
            name: re.sub(pattern, replacement, text) if re.fullmatch(member, name) else text
            for name, text in members.items()
        }
        assert changed != members, "the twist changes nothing"
        return changed

    return twist


def _plus(parts: Members) -> Callable[[Members], Members]:
    return lambda members: {**members, **parts}


def _turned(found: re.Match[bytes]) -> bytes:
    """Write the attributes of a cell in the other order."""
    return b"<c " + b" ".join(reversed(found.group(1).split())) + found.group(2)


def _numbered(found: re.Match[bytes]) -> bytes:
    """Write letters by their numbers, as openpyxl and others do."""
    return "".join(f"&#{ord(letter)};" for letter in found.group(0).decode()).encode()


_SHEETS = r"xl/worksheets/sheet\d\.xml"
TWISTS: dict[str, Callable[[Members], Members]] = {
    # Apache POI's streaming writer leaves the dimension at A1 (a widely reported cause of readers that see one cell).
    "POI: dimension A1": _in(_SHEETS, rb'<dimension ref="[^"]*"', b'<dimension ref="A1"'),
    "a dimension of the whole sheet": _in(_SHEETS, rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"'),
    "attributes in another order": _in(_SHEETS, rb'<c ((?:[a-z]+="[^"]*"\s*)+)(/?>)', _turned),
    "attributes in single quotes": _in(_SHEETS, rb'="([^"\']*)"', rb"='\1'"),
    "printed prettily with CRLF": _in(_SHEETS, rb">(<(?:row|c|v|/row|/c)\b)", rb">\r\n    \1"),
    "cells opened and closed without a value": _in(_SHEETS, rb"<c ([^>]*[^/])\s*/>", rb"<c \1></c>"),
    "empty values in empty cells": _in(_SHEETS, rb"<c ([^>]*[^/])\s*/>", rb"<c \1><v></v></c>"),
    "texts in CDATA": _in(_STRINGS, rb"<t([^>]*)>([^<&]+)</t>", rb"<t\1><![CDATA[\2]]></t>"),
    "letters as character references": _in(_STRINGS, rb"[\xc3-\xe1][\x80-\xbf]+", _numbered),
    "spaces not preserved by name": _in(_STRINGS, rb' xml:space="preserve"', b""),
    "a comment in the sheet": _in(_SHEETS, rb"<sheetData>", b"<!-- made by a document system --><sheetData>"),
    "text results of formulas": _in(
        _SHEET, rb'<c r="E6"([^>]*?) t="s"><v>\d+</v>', rb'<c r="E6"\1 t="str"><f>"K"&amp;"PS"</f><v>KPS</v>'
    ),
    "truth values for yes and no": _in(_SHEET, rb'<c r="E10"([^>]*?) t="s"><v>\d+</v>', rb'<c r="E10"\1 t="b"><v>1</v>'),
    "numbers in scientific writing": _in(_SHEET, rb"<v>121</v>", b"<v>1.21E+2</v>"),
    "numbers with noughts behind": _in(_SHEET, rb"<v>12.5</v>", b"<v>12.50000000000000</v>"),
    "shared formulas": _in(_SHEET, rb"<f[^>]*>([^<]*)</f>", rb'<f t="shared" ref="E5:E5" si="0">\1</f>'),
    # A carriage return that no XML can hold is written as _x000D_ (ECMA-376 part 1, 22.4.2.4, ST_Xstring).
    "carriage returns escaped": _in(_STRINGS, rb";\n", b";_x000D_\n"),
    "per cent with places": _in("xl/styles.xml", rb'numFmtId="167"', b'numFmtId="10"'),
    "per cent in a format of its own": _in("xl/styles.xml", rb'formatCode="0%"', rb'formatCode="0.00%;[Red]\\-0.00%"'),
    "macros": _plus({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(600)}),
    "comments, pictures and signatures": _plus(
        {
            "xl/comments1.xml": b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
            "xl/media/image1.png": b"\x89PNG" + bytes(300),
            "xl/drawings/drawing1.xml": b"<xdr:wsDr xmlns:xdr='http://schemas.openxmlformats.org/drawingml/2006/x'/>",
            "_xmlsignatures/sig1.xml": b"<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'/>",
        }
    ),
    "stored with folders": dict,
    "streamed": dict,
}
"""Name → what it does to the members."""

PACKINGS: dict[str, Callable[[Members], bytes]] = {"stored with folders": _stored_with_folders, "streamed": _streamed}
