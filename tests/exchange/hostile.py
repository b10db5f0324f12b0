"""Hostile files, made from returns that LibreOffice saved: named families, each with its variants, the same on every run.

Nothing here is kept on disk; every file is generated.
"""
# ruff: noqa: B023, E501, RUF015, UP028 - tables of variants read best as one line each, and every closure is used at once

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

BOOKS = Path(__file__).parents[1] / "data" / "programs"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet2.xml"
SEED = 2017
Changes = dict[str, bytes | None]


@dataclass(frozen=True)
class Hostile:
    """One hostile file.

    Attributes:
        family: what is wrong with it, in a word or two.
        name: which variant.
        content: its bytes.
        base: the honest file that it was made of; what it may say at most.
    """

    family: str
    name: str
    content: bytes
    base: str = "libreoffice.xlsx"


FAMILIES: dict[str, Callable[[], Iterator[tuple[str, bytes] | tuple[str, bytes, str]]]] = {}


def family(name: str):
    def enter(make):
        FAMILIES[name] = make
        return make

    return enter


def hostile_files(names: list[str] | None = None) -> Iterator[Hostile]:
    """Give the files of the named families, of all when none is named."""
    for name in names or FAMILIES:
        for number, (variant, *rest) in enumerate(FAMILIES[name]()):
            yield Hostile(name, f"{number:03d} {variant}", *rest)


@cache
def book(name: str = "libreoffice.xlsx") -> bytes:
    return (BOOKS / name).read_bytes()


@cache
def members(name: str = "libreoffice.xlsx") -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book(name))) as archive:
        return {item: archive.read(item) for item in archive.namelist()}


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return buffer.getvalue()


def with_parts(changes: Changes, base: str = "libreoffice.xlsx") -> bytes:
    parts = {**members(base), **changes}
    return packed({name: body for name, body in parts.items() if body is not None})


def replaced(part: str, old: bytes, new: bytes, base: str = "libreoffice.xlsx", count: int = 1) -> bytes:
    text = members(base)[part]
    assert old in text, (part, old)
    return with_parts({part: text.replace(old, new, count)}, base)


def figures() -> bytes:
    return members()[SHEET]


def with_sheet(text: bytes) -> bytes:
    return with_parts({SHEET: text})


def with_rows(rows: bytes) -> bytes:
    """Put rows behind the honest ones of the figures."""
    return with_sheet(figures().replace(b"</sheetData>", rows + b"</sheetData>"))


def raw_archive(parts: list[tuple[bytes, bytes, dict[str, int]]]) -> bytes:
    """Return an archive whose headers say whatever one likes: name, body, and lies by the names of their fields."""
    out, directory = bytearray(), bytearray()
    for name, body, lies in parts:
        deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
        data = deflater.compress(body) + deflater.flush()
        fact = {"crc": zlib.crc32(body), "packed": len(data), "size": len(body), "method": 8, "flags": 0, "offset": len(out)}
        here = {**fact, **{key[6:]: value for key, value in lies.items() if key.startswith("local_")}}
        there = {**fact, **{key: value for key, value in lies.items() if not key.startswith("local_")}}
        local = (20, here["flags"], here["method"], 0, 33, here["crc"], here["packed"], here["size"], len(name), 0)
        out += struct.pack("<4s5H3L2H", b"PK\3\4", *local) + name + data
        listed = (20, 20, there["flags"], there["method"], 0, 33, there["crc"], there["packed"], there["size"])
        directory += struct.pack("<4s6H3L5H2L", b"PK\1\2", *listed, len(name), 0, 0, 0, 0, 0, there["offset"]) + name
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(parts), len(parts), len(directory), len(out), 0)
    return bytes(out + directory + end)


def lying(part: str, **lies: int) -> bytes:
    return raw_archive([(name.encode(), body, lies if name == part else {}) for name, body in members().items()])


@family("bombs")
def _bombs():
    for name in (
        SHEET,
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "docProps/core.xml",
        "[Content_Types].xml",
    ):
        yield f"zeros in {name}", with_parts({name: bytes(90_000_000)})
    yield "spaces in a sheet", with_sheet(figures().replace(b"<sheetData>", b" " * 60_000_000 + b"<sheetData>"))
    yield "thirty medium members", with_parts({f"xl/media/{number}.bin": bytes(4_000_000) for number in range(30)})
    yield "a huge stylesheet", replaced("xl/styles.xml", b"</styleSheet>", b"<xf/>" * 3_000_000 + b"</styleSheet>")
    yield "many members", with_parts({f"xl/media/{number}": b"" for number in range(700)})
    yield "very many members", with_parts({f"m{number}": b"" for number in range(60_000)})
    inner = book()
    for depth in range(4):
        inner = packed({f"{depth}.xlsx": inner})
        yield f"nested {depth + 1} deep", inner


@family("overlapping members")
def _overlapping():
    body = b"<worksheet/>" * 50_000
    for count in (2, 20, 200, 599):
        names = [f"xl/worksheets/s{number}.xml".encode() for number in range(count)]
        yield (
            f"{count} of one",
            raw_archive([(name, body if not at else b"", {"offset": 0}) for at, name in enumerate(names)]),
        )
    kernel = raw_archive([(b"k", body, {})])
    data = kernel[31 : kernel.index(b"PK\1\2")]
    for count in (5, 50, 400):
        yield f"quoted {count}", _quoted(count, data, body)
    whole = bytearray(book())
    at = whole.index(b"PK\1\2")
    second = whole.index(b"PK\1\2", at + 4)
    whole[at + 42 : at + 46] = whole[second + 42 : second + 46]
    yield "two names, one place", bytes(whole)


def _quoted(count: int, data: bytes, body: bytes) -> bytes:
    """A chain of headers, each of which quotes the next ones in its extra field."""
    heads, directory = [], bytearray()
    for number in range(count):
        name = b"%04d" % number
        extra = sum(len(head) for head in heads)
        fields = (20, 0, 8, 0, 33, zlib.crc32(body), len(data), len(body), len(name), min(extra, 65_535))
        heads.insert(0, struct.pack("<4s5H3L2H", b"PK\3\4", *fields) + name)
    offset = 0
    for head in heads:
        listed = (20, 20, 0, 8, 0, 33, zlib.crc32(body), len(data), len(body))
        directory += struct.pack("<4s6H3L5H2L", b"PK\1\2", *listed, 4, 0, 0, 0, 0, 0, offset) + head[30:34]
        offset += len(head)
    out = b"".join(heads) + data
    return out + bytes(directory) + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), len(out), 0)


@family("lying headers")
def _lying():
    size = len(figures())
    for told in (0, 1, 100, size - 1, size + 1, size * 2, 2**31, 2**32 - 1):
        yield f"size {told}", lying(SHEET, size=told)
        yield f"local size {told}", lying(SHEET, local_size=told)
    for told in (0, 5, 10_000, 2**31, 2**32 - 1):
        yield f"packed {told}", lying(SHEET, packed=told)
        yield f"local packed {told}", lying(SHEET, local_packed=told)
    prefix = figures()[:2000]
    yield "a prefix that has its checksum", lying(SHEET, size=2000, crc=zlib.crc32(prefix))
    yield "other checksum", lying(SHEET, crc=1)
    yield "other local checksum", lying(SHEET, local_crc=1)
    for method in (1, 6, 9, 12, 14, 93, 95, 98, 99, 65535):
        yield f"method {method}", lying(SHEET, method=method, local_method=method)
    yield "method in one place", lying(SHEET, method=0)
    yield "encrypted", lying(SHEET, flags=1, local_flags=1)
    yield "encrypted in one place", lying(SHEET, local_flags=1)
    for offset in (3, 2**20, 2**31, 2**32 - 1):
        yield f"offset {offset}", lying(SHEET, offset=offset)
    for field, at in (("disk", 4), ("entries here", 8), ("entries", 10), ("length", 12), ("start", 16), ("remark", 20)):
        for value in (1, 7, 65_535):
            whole = bytearray(book())
            end = whole.rindex(b"PK\5\6")
            struct.pack_into("<H", whole, end + at, value)
            yield f"end record: {field} {value}", bytes(whole)
    yield "a prefix before the archive", b"PK\3\4" + bytes(60) + book()
    yield "two end records", book() + book()[book().rindex(b"PK\5\6") :]


@family("far and crafted references")
def _references():
    cell = b'<row r="%s"><c r="%s"><v>1</v></c></row>'
    for row, reference in (
        (b"1048576", b"A1048576"), (b"1048576", b"XFD1048576"), (b"20001", b"A20001"), (b"90", b"XFD90"), (b"90", b"AAB90"),
        (b"9999999", b"A9999999"), (b"99999999999", b"A99999999999"), (b"4294967297", b"A4294967297"), (b"0", b"A0"),
        (b"90", b"A0"), (b"90", b"XFE1"), (b"90", b"ZZZZZZZ90"), (b"90", b"90"), (b"90", b"A"), (b"90", b""), (b"90", b"a90"),
        (b"90", b"A-1"), (b"90", b"1A"), (b"90", b"A1:B2"), (b"90", b"$A$90"), (b"90", b"A90 "), (b"90", b"&#65;90"),
        (b"90", b"\xc3\x8190"), (b"-1", b"A90"), (b"x", b"A90"), (b"", b"A90"), (b"1e3", b"A90"), (b"090", b"A90"),
        (b"90", b"A18446744073709551616"), (b"90", b"A" * 400_000 + b"1"), (b"90", b"A" + b"9" * 400_000),
    ):  # fmt: skip
        yield f"{row[:20].decode()} {reference[:20].decode()}", with_rows(cell % (row, reference))
    far = b'<c r="A1048576"><v>1</v></c>'
    for name, text in (
        ("quoted bracket", b'<row r="90"><c x=">" r="A1048576"><v>1</v></c></row>'),
        ("quoted bracket and near one", b'<row r="90"><c r="B90" x=">" r="A1048576"><v>1</v></c></row>'),
        ("prefixed", b'<x:row xmlns:x="u" r="90"><x:c r="A1048576"><x:v>1</x:v></x:c></x:row>'),
        ("odd prefix", '<ê:row r="90"><ê:c r="A1048576"><v>1</v></ê:c></ê:row>'.encode()),
        ("two prefixes", b'<a:b:row r="90"><a:b:c r="A1048576"><v>1</v></a:b:c></a:b:row>'),
        ("single quotes", b"<row r='90'><c r='A1048576'><v>1</v></c></row>"),
        ("spaces", b'<row r="90"><c  r = "A1048576"><v>1</v></c></row>'),
        ("other attribute first", b'<row r="90"><c s="1" r="A1048576"><v>1</v></c></row>'),
        ("tab", b'<row r="90"><c\tr="A1048576"><v>1</v></c></row>'),
        ("twice", b'<row r="90"><c r="A90" r="A1048576"><v>1</v></c></row>'),
        ("in a comment", b'<row r="90"><!--' + far + b"--></row>"),
        ("behind a comment", b'<row r="90"><c r="A90"><!-- <c r="A91"> --><v>1</v></c>' + far + b"</row>"),
        ("in CDATA", b'<row r="90"><c r="A90" t="str"><v><![CDATA[' + far + b"]]></v></c></row>"),
        ("open tag", b'<row r="90"><c r="A90'),
        ("open quote", b'<row r="90"><c r="A90" x="><v>1</v></c></row>'),
    ):
        yield name, with_rows(text)
    yield "unnumbered row behind a far one", with_rows(b'<row r="1048575"/><row><c><v>1</v></c></row>')
    yield "unnumbered rows", with_rows(b"<row><c><v>1</v></c></row>" * 60_000)
    yield "unnumbered cells", with_rows(b"<row>" + b"<c><v>1</v></c>" * 60_000 + b"</row>")
    yield "unnumbered cross", with_rows(b"<row/>" * 15_000 + b"<row>" + b"<c/>" * 600 + b"<c><v>1</v></c></row>")


@family("declared ranges")
def _ranges():
    for reference in (
        b"A1:XFD1048576", b"A1:ZZZZ99999999999", b"A1:B4294967296", b"B2:A1", b"A0:B1", b"A1:B2:C3", b"", b"A", b"1",
        b"A1:", b":A1", b"A1:XFE1", b"A1:AAAAAAAAAAAAAAAA1", b"A18446744073709551615:B2",
    ):  # fmt: skip
        found = re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="' + reference + b'"/>', figures())
        yield f"dimension {reference.decode()[:30]}", with_sheet(found)
        merged = b'<mergeCells count="1"><mergeCell ref="' + reference + b'"/></mergeCells>'
        yield f"merged {reference.decode()[:30]}", with_sheet(figures().replace(b"</sheetData>", b"</sheetData>" + merged))
    late = b"<!--" + b"x" * 9000 + b"-->" + b'<dimension ref="A1:ZZZZ99999999999"/>'
    yield "late dimension", with_sheet(re.sub(rb'<dimension ref="[^"]*"/>', lambda _: late, figures()))
    poser = members()["xl/styles.xml"].replace(b"</styleSheet>", b'<dimension ref="A1:ZZZZ99999999999"/></styleSheet>')
    sheets = members()["xl/_rels/workbook.xml.rels"].replace(b"worksheets/sheet2.xml", b"styles.xml")
    yield "stylesheet as a sheet", with_parts({"xl/styles.xml": poser, "xl/_rels/workbook.xml.rels": sheets})


@family("masses")
def _masses():
    def tail(text: bytes) -> bytes:
        return with_sheet(figures().replace(b"</sheetData>", b"</sheetData>" + text))

    numbers = range(1, 65_537)
    rows = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % (90 + number) for number in range(1_048_000 // 8))
    yield "formatted empty rows", with_rows(rows)
    cells = b"".join(
        b'<row r="%d">' % number + b"".join(b'<c r="%c%d" s="1"/>' % (65 + at, number) for at in range(8)) + b"</row>"
        for number in range(100, 60_000)
    )
    yield "formatted empty cells", with_rows(cells)
    filled = b"".join(
        b'<row r="%d">' % number + b"".join(b'<c r="%c%d"><v>1</v></c>' % (65 + at, number) for at in range(20)) + b"</row>"
        for number in range(100, 19_900)
    )
    yield "filled cells", with_rows(filled)
    yield "corner cells", with_rows(b'<row r="19999"><c r="ZZ19999"><v>1</v></c></row>')
    yield "corner cells near", with_rows(b'<row r="9999"><c r="ZZ9999"><v>1</v></c></row>')
    yield (
        "columns",
        with_sheet(figures().replace(b"<sheetData>", b'<cols><col min="1" max="16384"/></cols>' * 50_000 + b"<sheetData>")),
    )
    yield (
        "merged cells",
        tail(b"<mergeCells>" + b"".join(b'<mergeCell ref="A%d:B%d"/>' % (n, n) for n in numbers) + b"</mergeCells>"),
    )
    yield (
        "validations",
        tail(b"<dataValidations>" + b'<dataValidation sqref="A1:XFD1048576"/>' * 100_000 + b"</dataValidations>"),
    )
    yield "conditional formats", tail(b'<conditionalFormatting sqref="A1:XFD1048576"/>' * 100_000)
    yield "hyperlinks", tail(b"<hyperlinks>" + b'<hyperlink ref="A1" location="x"/>' * 100_000 + b"</hyperlinks>")
    for count in (2000, 60_000):
        names = b"<definedNames>" + b"".join(b'<definedName name="n%d">A!$A$1</definedName>' % n for n in range(count))
        text = re.sub(
            rb"<definedNames>.*?</definedNames>|<calcPr",
            lambda _: names + b"</definedNames><calcPr",
            members()["xl/workbook.xml"],
            count=1,
        )
        yield f"{count} names", with_parts({"xl/workbook.xml": text})
    for count in (61, 3000):
        listed = b"".join(b'<sheet name="t%d" sheetId="%d" r:id="rId3"/>' % (n, n + 50) for n in range(count))
        yield f"{count} sheets of one part", replaced("xl/workbook.xml", b"</sheets>", listed + b"</sheets>")
    more = {f"xl/worksheets/more{number}.xml": figures() for number in range(80)}
    yield "80 sheet parts", with_parts(more)
    large = with_rows(b'<row r="19000"><c r="AZ19000"><v>1</v></c></row>')
    with zipfile.ZipFile(io.BytesIO(large)) as archive:
        again = b"".join(b'<sheet name="t%d" sheetId="%d" r:id="rId4"/>' % (n, n + 50) for n in range(40))
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</sheets>", again + b"</sheets>")
    yield "one large sheet forty times", packed(parts)


@family("strings")
def _strings():
    shared = members()["xl/sharedStrings.xml"]
    end = shared.rindex(b"</sst>")

    def with_shared(text: bytes, rows: bytes = b"") -> bytes:
        sheet = figures().replace(b"</sheetData>", rows + b"</sheetData>")
        return with_parts({"xl/sharedStrings.xml": text, SHEET: sheet})

    def uses(index: int, count: int) -> bytes:
        return b"".join(
            b'<row r="%d">' % (100 + number)
            + b"".join(b'<c r="%c%d" t="s"><v>%d</v></c>' % (65 + at, 100 + number, index) for at in range(20))
            + b"</row>"
            for number in range(count // 20)
        )

    last = shared.count(b"<si>")
    for length, count in ((30_000, 2000), (300_000, 200), (3_000_000, 2), (300_000, 20_000), (30_000, 20_000)):
        text = shared[:end] + b"<si><t>" + b"x" * length + b"</t></si></sst>"
        yield f"{length} letters in {count} cells", with_shared(text, uses(last, count))
    wide = "😀".encode() + b"x" * 25_000
    yield "wide letters", with_shared(shared[:end] + b"<si><t>" + wide + b"</t></si></sst>", uses(last, 1000))
    yield (
        "marks",
        with_shared(
            shared[:end] + b"<si><t>" + ("a" + "\u0301\u0323" * 60_000).encode() + b"</t></si></sst>", uses(last, 20)
        ),
    )
    yield "a million strings", with_shared(shared[:end] + b"<si><t/></si>" * 1_000_000 + b"</sst>")
    for count in (b"0", b"4294967296", b"-1", b"18446744073709551616"):
        yield (
            f"count {count.decode()}",
            with_shared(re.sub(rb'(unique)?[cC]ount="\d+"', b'count="' + count + b'"', shared, count=1)),
        )
    for index in (b"99999", b"-1", b"4294967296", b"18446744073709551616", b"x", b"", b" ", b"1.5", b"1e1", b"0x1"):
        yield f"index {index.decode()}", with_rows(b'<row r="90"><c r="A90" t="s"><v>' + index + b"</v></c></row>")
    yield (
        "inline strings",
        with_rows(b'<row r="90">' + b'<c r="A90" t="inlineStr"><is><t>' + b"y" * 10_000_000 + b"</t></is></c></row>"),
    )
    for style in (b"99999", b"-1", b"18446744073709551616", b"x"):
        yield f"style {style.decode()}", with_rows(b'<row r="90"><c r="A90" s="' + style + b'"><v>1</v></c></row>')
    for kind in (b"zz", b"d", b"e", b"b", b"", b"S"):
        yield f"type {kind.decode()}", with_rows(b'<row r="90"><c r="A90" t="' + kind + b'"><v>zz</v></c></row>')


@family("entities and encodings")
def _entities():
    lol = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;">' % (98 + at, *([97 + at] * 10)) for at in range(9)
    ) + b"]>"  # fmt: skip
    external = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    remote = b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
    parameter = b'<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>'
    for part in (SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"):
        text = re.sub(rb"^<\?xml[^>]*\?>\s*", b"", members()[part])
        for name, declared in (("laughs", lol), ("external", external), ("remote", remote), ("parameter", parameter)):
            yield f"{name} in {part}", with_parts({part: declared + text})
        yield f"small letters in {part}", with_parts({part: b"<!doctype x>" + text})
        yield f"late in {part}", with_parts({part: text.replace(b">", b">" + b" " * 5000 + b'<!ENTITY a "b">', 1)})
        for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp037"):
            declared = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
            yield f"{encoding} {part}", with_parts({part: (declared + text).decode().encode(encoding, "xmlcharrefreplace")})
        for encoding in (b"utf-16", b"utf-7", b"windows-1258", b"cp037", b"rot13", b"latin-1"):
            yield (
                f"says {encoding.decode()} in {part}",
                with_parts({part: b'<?xml version="1.0" encoding="' + encoding + b'"?>' + text}),
            )
    text = figures()
    yield "byte order mark", with_sheet(b"\xef\xbb\xbf" + text)
    yield "comment in a number", with_sheet(re.sub(rb"<v>(\d)(\d+)</v>", rb"<v>\1<!-- x -->\2</v>", text, count=40))
    yield "instruction in a number", with_sheet(re.sub(rb"<v>(\d)(\d+)</v>", rb"<v>\1<?x y?>\2</v>", text, count=40))
    yield "numbers in CDATA", with_sheet(re.sub(rb"<v>(\d+)</v>", rb"<v><![CDATA[\1]]></v>", text))
    yield "a million comments", with_sheet(text.replace(b"<sheetData>", b"<!---->" * 1_000_000 + b"<sheetData>"))
    yield "open comments", with_sheet(text.replace(b"<sheetData>", b"<!--" * 1_000_000 + b"<sheetData>"))
    yield (
        "references to letters",
        with_sheet(re.sub(rb"<v>(\d)(\d+)</v>", lambda m: b"<v>&#%d;%s</v>" % (m[1][0], m[2]), text)),
    )
    yield "unknown entity", with_sheet(text.replace(b"<v>", b"<v>&a;", 1))


@family("deep and wide XML")
def _deep():
    for part in (SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"):
        text = members()[part]
        at = text.rindex(b"</")
        for depth in (500, 200_000):
            yield f"{depth} levels in {part}", with_parts({part: text[:at] + b"<x>" * depth + b"</x>" * depth + text[at:]})
        yield f"open levels in {part}", with_parts({part: text[:at] + b"<x>" * 300_000 + text[at:]})
        yield f"huge attribute in {part}", with_parts({part: text[:at] + b'<x y="' + b"z" * 3_500_000 + b'"/>' + text[at:]})
        many = b"".join(b' a%d="1"' % number for number in range(30_000))
        yield f"many attributes in {part}", with_parts({part: text[:at] + b"<x" + many + b"/>" + text[at:]})
        yield f"huge name in {part}", with_parts({part: text[:at] + b"<" + b"n" * 900_000 + b"/>" + text[at:]})
        yield f"brackets in {part}", with_parts({part: text[:at] + b"<" * 900_000 + text[at:]})
        yield f"colons in {part}", with_parts({part: text[:at] + b":" * 900_000 + b":c" + text[at:]})
    for bit in (
        b'<c r="A1">',
        b"<c ",
        b"<f>",
        b'<c r="A1" t="e">',
        b"<v>",
        b'<c r="',
        b"<row><c>",
        b"<f",
        b"<x:c ",
        b"' \"",
    ):
        yield f"repeated {bit.decode()}", with_rows(bit * 250_000)


@family("names of parts")
def _names():
    for name in (
        "../../../etc/passwd", "/etc/passwd", "C:\\Windows\\x", "xl/worksheets/../../x.xml", "a\0b.xml", "CON", "NUL.xml",
        "xl\\worksheets\\sheet9.xml", "x" * 5000, "đơn vị.xml", "a/" * 400, "\u202excod.xml", " ", "xl/worksheets/.xml",
    ):  # fmt: skip
        yield f"extra {name[:25]!r}", with_parts({name: b"<x/>"})
    for name in ("XL/WORKSHEETS/SHEET2.XML", "xl\\worksheets\\sheet2.xml", "/xl/worksheets/sheet2.xml", "xl/WorkBook.xml"):
        yield f"double {name}", with_parts({name: figures()})
    parts = [(name.encode(), body, {}) for name, body in members().items()]
    for name in (SHEET, "xl/workbook.xml", "xl/sharedStrings.xml"):
        other = members()[name].replace(b"1", b"2")
        yield f"second {name}", raw_archive([*parts, (name.encode(), other, {})])
        yield f"first {name}", raw_archive([(name.encode(), other, {}), *parts])
    yield "without UTF-8", raw_archive([*parts, (b"\xff\xfe\x80.xml", b"<x/>", {})])
    yield "no name", raw_archive([*parts, (b"", b"<x/>", {})])


@family("relations")
def _relations():
    rels = members()["xl/_rels/workbook.xml.rels"]
    target = b'Target="worksheets/sheet2.xml"'
    assert target in rels
    for name, new in (
        ("passwd", b'Target="/etc/passwd"'), ("up", b'Target="../../../../etc/passwd"'), ("file", b'Target="file:///etc/passwd"'),
        ("remote", b'Target="http://127.0.0.1:9/a.xml"'), ("external", b'TargetMode="External" Target="http://127.0.0.1:9/a.xml"'),
        ("itself", b'Target="workbook.xml"'), ("relations", b'Target="_rels/workbook.xml.rels"'), ("strings", b'Target="sharedStrings.xml"'),
        ("missing", b'Target="worksheets/none.xml"'), ("nothing", b'Target=""'), ("other sheet", b'Target="worksheets/sheet3.xml"'),
        ("absolute", b'Target="/xl/worksheets/sheet2.xml"'), ("round about", b'Target="worksheets/../worksheets/sheet2.xml"'),
        ("no target", b""), ("other letters", b'Target="Worksheets/SHEET2.xml"'), ("UNC", b'Target="\\\\127.0.0.1\\c$\\a.xml"'),
        ("picture", b'Target="media/image1.png"'), ("long", b'Target="' + b"a/" * 50_000 + b'x.xml"'),
    ):  # fmt: skip
        yield name, with_parts({"xl/_rels/workbook.xml.rels": rels.replace(target, new)})
    yield "no relations", with_parts({"xl/_rels/workbook.xml.rels": None})
    yield "empty relations", with_parts({"xl/_rels/workbook.xml.rels": b""})
    yield "same key", with_parts({"xl/_rels/workbook.xml.rels": re.sub(rb'Id="rId\d+"', b'Id="rId3"', rels)})
    yield "no workbook", with_parts({"xl/workbook.xml": None})
    yield "empty workbook", with_parts({"xl/workbook.xml": b""})
    yield (
        "no sheets",
        with_parts({"xl/workbook.xml": re.sub(rb"<sheets>.*</sheets>", b"<sheets/>", members()["xl/workbook.xml"])}),
    )
    yield "no strings", with_parts({"xl/sharedStrings.xml": None})
    yield "no styles", with_parts({"xl/styles.xml": None})
    yield "no types", with_parts({"[Content_Types].xml": None})
    yield "root elsewhere", with_parts({"_rels/.rels": members()["_rels/.rels"].replace(b"xl/workbook.xml", SHEET.encode())})
    link = b'<externalReferences><externalReference r:id="rId1"/></externalReferences>'
    yield "external link", replaced("xl/workbook.xml", b"</sheets>", b"</sheets>" + link)
    for kind in ("chartsheets", "dialogsheets", "macrosheets"):
        moved = {f"xl/{kind}/sheet2.xml": figures(), SHEET: None}
        yield (
            kind,
            with_parts(
                {**moved, "xl/_rels/workbook.xml.rels": rels.replace(b"worksheets/sheet2", f"{kind}/sheet2".encode())}
            ),
        )
    for name in (b"", b"a" * 100_000, b"&#0;", b"&#xFFFFFFFF;", b"a\0b", b"\xff\xfe", b"[x]:/?*"):
        text = re.sub(rb'<sheet name="[^"]*"', lambda _: b'<sheet name="' + name + b'"', members()["xl/workbook.xml"])
        yield f"sheets named {name[:10]!r}", with_parts({"xl/workbook.xml": text})


@family("numbers")
def _numbers():
    at = list(re.finditer(rb'<c r="E[0-9]+" s="[0-9]+" t="n"><v>\d+</v></c>', figures()))[0]
    for value in (
        b"NaN", b"nan", b"inf", b"-inf", b"Infinity", b"1e999", b"-1e999", b"1e-999", b"1e308", b"9" * 400, b"0x10", b"1,5", b"--1",
        b"1 2", b"", b" ", b"1_000", "１２".encode(), b"\xff", b"1e", b"+5", b"." , b"9" * 100_000,
    ):  # fmt: skip
        yield (
            f"{value[:12]!r}",
            with_sheet(figures().replace(at[0], re.sub(rb"<v>\d+</v>", lambda _: b"<v>" + value + b"</v>", at[0]))),
        )


@family("cut")
def _cut():
    for name in ("libreoffice.xlsx", "libreoffice.ods", "libreoffice.xls"):
        whole = book(name)
        for part in (1, 2, 3, 4, 8, 21, 22, 30, 64, 511, 512, 513, 1024):
            yield f"{part} bytes of {name}", whole[:part], name
        for tenth in range(1, 10):
            yield f"{tenth} tenths of {name}", whole[: len(whole) * tenth // 10], name
        for less in (1, 2, 10, 22, 46, 200):
            yield f"{name} less {less}", whole[:-less], name
            yield f"{name} from {less}", whole[less:], name


@family("random")
def _random():
    dice = random.Random(SEED)
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    for start in (
        b"",
        b"PK",
        b"PK\3\4",
        b"PK\5\6",
        b"PK\1\2",
        ole,
        ole + book("libreoffice.xls")[8:76],
        b"\t\x08\x10\0\0\6\5\0",
        b"<?xml",
    ):
        for length in (0, 1, 100, 5000):
            yield f"{start[:8]!r} and {length}", start + dice.randbytes(length)
    yield "zeros", bytes(100_000)
    yield "PK and zeros", b"PK\3\4" + bytes(3_000_000)
    yield "end records", b"PK\3\4" + b"PK\5\6" * 200_000


@family("something else")
def _else():
    table = b"<html><body><table><tr><td>1</td></tr></table></body></html>"
    for name, content in (
        ("csv", "Mã;Kỳ này\r\nHT01a;12\r\n".encode()), ("tab", "Mã\tKỳ này\nHT01a\t12\n".encode()), ("utf-16 csv", "a;b\r\n1;2".encode("utf-16")),
        ("html", table), ("excel html", b'<html xmlns:x="urn:schemas-microsoft-com:office:excel">' + table), ("utf-16 html", table.decode().encode("utf-16")),
        ("xml 2003", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
        ("pdf", b"%PDF-1.7\n%\xe2\xe3"), ("rar", b"Rar!\x1a\7\1\0"), ("7z", b"7z\xbc\xaf\x27\x1c\0\4"), ("gzip", b"\x1f\x8b\x08\0"), ("rtf", b"{\\rtf1}"),
        ("png", b"\x89PNG\r\n\x1a\n"), ("jpeg", b"\xff\xd8\xff\xe0"), ("exe", b"MZ\x90\0"), ("text", b"hello"), ("docx", packed({"word/document.xml": b"<w/>"})),
        ("pptx", packed({"ppt/presentation.xml": b"<p/>"})), ("xlsb", packed({"xl/workbook.bin": b"\0", "[Content_Types].xml": b"<x/>"})),
        ("odt", packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"})), ("empty zip", packed({})),
        ("zip of a workbook", packed({"a.xlsx": book()})), ("biff 2", b"\t\0\4\0\2\0\x10\0"), ("numbers", packed({"Index/Document.iwa": b"x"})),
    ):  # fmt: skip
        yield name, content


@family("crafted .xls")
def _xls():
    whole = book("libreoffice.xls")
    dice = random.Random(SEED)

    def patched(name: str, *places: tuple[int, bytes]):
        body = bytearray(whole)
        for at, new in places:
            body[at : at + len(new)] = new
        return name, bytes(body), "libreoffice.xls"

    for at, what in (
        (24, "version"),
        (28, "order"),
        (30, "shift"),
        (32, "small shift"),
        (44, "tables"),
        (48, "directory"),
        (56, "cutoff"),
        (60, "small table"),
        (64, "small tables"),
        (68, "more tables"),
        (72, "count of more"),
        (76, "first table"),
    ):
        for value in (b"\0\0\0\0", b"\1\0\0\0", b"\xff\xff\xff\x7f", b"\xfe\xff\xff\xff", b"\xff\xff\xff\xff"):
            yield patched(f"{what} {value.hex()}", (at, value if at >= 44 else value[:2]))
    size = 512
    (table,) = struct.unpack_from("<L", whole, 76)
    start = (table + 1) * size
    for number in range(0, 40, 2):
        yield patched(f"sector {number} follows itself", (start + 4 * number, struct.pack("<L", number)))
    yield patched(
        "all sectors in a circle", *[(start + 4 * number, struct.pack("<L", (number + 1) % 40)) for number in range(128)]
    )
    stream = whole.index(b"\t\x08\x10\0")
    for kind, name in (
        (0x00FC, "strings"),
        (0x0085, "sheet"),
        (0x0200, "dimensions"),
        (0x0203, "number"),
        (0x00FD, "string cell"),
        (0x027E, "short number"),
        (0x00BD, "several numbers"),
        (0x00E0, "format"),
        (0x0031, "font"),
        (0x0006, "formula"),
    ):
        at = _record(whole, stream, kind)
        if at is None:
            continue
        for value in (b"\0\0", b"\1\0", b"\xff\xff", b"\x20\x20"):
            yield patched(f"{name}: length {value.hex()}", (at + 2, value))
        for value in (bytes(8), b"\xff" * 8, b"\xff\xff\0\0", b"\0\0\xff\xff", b"\0\xff\0\xff\0\xff"):
            yield patched(f"{name}: body {value.hex()}", (at + 4, value))
    yield patched("password", (_record(whole, stream, 0x0042) or stream + 20, b"\x2f\0"))
    for number in range(40):
        places = [(dice.randrange(stream, len(whole)), dice.randbytes(2)) for _ in range(6)]
        yield patched(f"noise {number}", *places)


def _record(whole: bytes, at: int, wanted: int) -> int | None:
    while at + 4 <= len(whole):
        kind, length = struct.unpack_from("<HH", whole, at)
        if kind == wanted:
            return at
        if not kind and not length:
            return None
        at += 4 + length
    return None


@family("crafted .ods")
def _ods():
    base = "libreoffice.ods"
    text = members(base)["content.xml"]
    row = b'<table:table-row table:number-rows-repeated="%s">%s</table:table-row>'
    cell = b'<table:table-cell office:value-type="float" office:value="1"%s/>'
    end = text.index(b"</table:table>")

    def with_rows_of(rows: bytes) -> bytes:
        return with_parts({"content.xml": text[:end] + rows + text[end:]}, base)

    for count in (b"20001", b"1048576", b"4294967296", b"99999999999999999999", b"-1", b"x", b"0", b""):
        yield f"{count.decode()} filled rows", with_rows_of(row % (count, cell % b"")), base
        repeated = b' table:number-columns-repeated="' + count + b'"'
        yield f"{count.decode()} filled cells", with_rows_of(row % (b"1", cell % repeated)), base
        empty = b"<table:table-cell" + repeated + b"/>" + cell % b""
        yield f"{count.decode()} empty cells before one", with_rows_of(row % (b"1", empty)), base
        yield (
            f"{count.decode()} empty rows before one",
            with_rows_of(row % (count, b"<table:table-cell/>") + row % (b"1", cell % b"")),
            base,
        )
        spaces = (
            b'<table:table-cell office:value-type="string"><text:p>a<text:s text:c="'
            + count
            + b'"/></text:p></table:table-cell>'
        )
        yield f"{count.decode()} spaces", with_rows_of(row % (b"1", spaces)), base
        spanned = b' table:number-rows-spanned="' + count + b'" table:number-columns-spanned="' + count + b'"'
        yield f"{count.decode()} spanned", with_rows_of(row % (b"1", cell % spanned)), base
    yield "rows by cells", with_rows_of(row % (b"15000", cell % b' table:number-columns-repeated="700"')), base
    long = (
        b'<table:table-cell office:value-type="string" table:number-columns-repeated="500"><text:p>'
        + b"x" * 90_000
        + b"</text:p></table:table-cell>"
    )
    yield "long texts repeated", with_rows_of(row % (b"19000", long)), base
    yield (
        "empty pairs",
        with_rows_of(row % (b"1", b'<table:table-cell table:number-columns-repeated="900"/>' * 18) * 3000),
        base,
    )
    yield (
        "rows in groups",
        with_rows_of(b"<table:table-row-group>" * 3000 + row % (b"900000", cell % b"") + b"</table:table-row-group>" * 3000),
        base,
    )
    yield (
        "table in a table",
        with_rows_of(
            row
            % (b"1", b"<table:table-cell><table:table>" + row % (b"1", cell % b"") + b"</table:table></table:table-cell>")
        ),
        base,
    )
    yield (
        "many tables",
        with_parts(
            {
                "content.xml": text.replace(
                    b"</table:table>",
                    b"</table:table>" + b'<table:table table:name="x"/><table:table table:name="y"></table:table>' * 80,
                    1,
                )
            },
            base,
        ),
        base,
    )
    yield (
        "deep spans",
        with_rows_of(
            row
            % (
                b"1",
                b'<table:table-cell office:value-type="string"><text:p>'
                + b"<text:span>" * 20_000
                + b"a"
                + b"</text:span>" * 20_000
                + b"</text:p></table:table-cell>",
            )
        ),
        base,
    )
    yield "laughs", with_parts({"content.xml": b'<!DOCTYPE x [<!ENTITY a "b">]>' + text}, base), base
    yield "utf-16", with_parts({"content.xml": text.decode().replace("UTF-8", "UTF-16").encode("utf-16")}, base), base
    yield "bomb", with_parts({"content.xml": text + b" " * 70_000_000}, base), base
    yield "style bomb", with_parts({"styles.xml": members(base)["styles.xml"] + b" " * 70_000_000}, base), base
    for kind in (b"application/vnd.oasis.opendocument.text", b"", b"\0", b"x" * 100_000):
        yield f"mimetype {kind[:20]!r}", with_parts({"mimetype": kind}, base), base
    sealed = members(base)["META-INF/manifest.xml"].replace(
        b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>"
    )
    yield "sealed", with_parts({"META-INF/manifest.xml": sealed}, base), base
    for part in ("content.xml", "styles.xml", "META-INF/manifest.xml"):
        yield f"without {part}", with_parts({part: None}, base), base
        yield f"half {part}", with_parts({part: members(base)[part][: len(members(base)[part]) // 2]}, base), base
    for name in (b"inf", b"NaN", b"1e999", b"x", b""):
        yield (
            f"value {name.decode()}",
            with_parts(
                {"content.xml": re.sub(rb'office:value="\d+"', b'office:value="' + name + b'"', text, count=1)}, base
            ),
            base,
        )


@family("flipped and spliced")
def _flipped():
    """Accidents of whole archives: their checksums tell of every one, so no figure may change."""
    dice = random.Random(SEED)
    for name in ("libreoffice.xlsx", "libreoffice.ods"):
        for _ in range(100):
            yield name, mutated(book(name), dice), name


@family("flipped .xls")
def _flipped_xls():
    dice = random.Random(SEED)
    for _ in range(60):
        yield "accident", mutated(book("libreoffice.xls"), dice), "libreoffice.xls"


@family("flipped parts")
def _flipped_parts():
    dice = random.Random(SEED)
    for part in (SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"):
        for _ in range(12):
            yield part, with_parts({part: mutated(members()[part], dice)})
    for _ in range(30):
        yield (
            "content.xml",
            with_parts({"content.xml": mutated(members("libreoffice.ods")["content.xml"], dice)}, "libreoffice.ods"),
            "libreoffice.ods",
        )


def mutated(whole: bytes, dice: random.Random) -> bytes:
    """Return bytes with one accident: bits flipped, a stretch cut, doubled, moved or overwritten."""
    at, length = dice.randrange(len(whole)), dice.choice((1, 2, 8, 64, 512))
    stretch = whole[at : at + length]
    other = dice.randrange(len(whole))
    return dice.choice(
        (
            lambda: whole[:at] + bytes([whole[at] ^ (1 << dice.randrange(8))]) + whole[at + 1 :],
            lambda: whole[:at] + whole[at + length :],
            lambda: whole[:at] + stretch + whole[at:],
            lambda: whole[:other] + stretch + whole[other:],
            lambda: whole[:at] + dice.randbytes(len(stretch)) + whole[at + length :],
        )
    )()


@family("crafted _meta")
def _meta():
    import openpyxl

    whole = openpyxl.load_workbook(io.BytesIO(book()))
    rows = {row[0].value: row[1] for row in whole["_meta"].iter_rows(max_col=2) if row[0].value}
    values = (
        "²",
        "é",
        "9" * 6000,
        "-1",
        "1e9",
        "[" * 30_000,
        '{"Số liệu":[]}',
        '{"Số liệu":{"HT01a":7}}',
        "null",
        "\u202e",
        "..\\..",
        "Infinity",
    )
    for key, cell in rows.items():
        honest = cell.value
        for value in values:
            cell.value = value
            buffer = io.BytesIO()
            whole.save(buffer)
            yield f"{key} {value[:16]}", buffer.getvalue()
        cell.value = honest
