"""The look at workbooks of Excel 97 to 2003: which stream they have, and that no number in them leads a parser astray."""

from __future__ import annotations

import struct

import pytest

from desktop_app.exchange.refusal import Refused
from desktop_app.exchange.scanning.excel_97 import OLE, checked_records, workbook_stream
from desktop_app.exchange.scanning.excel_sheets import MAX_ROW
from desktop_app.exchange.scanning.prescan import scan
from tests.exchange.hostile import book

END, FREE = 0xFFFFFFFE, 0xFFFFFFFF


def container(*streams: tuple[str, bytes], chain: dict[int, int] | None = None, small: bytes = b"") -> bytes:
    """Return an OLE file of 512-byte sectors: a table, a directory, streams; ``chain`` overwrites entries of the table."""
    table = [0xFFFFFFFD, END]
    bodies = []
    entries = [_entry("Root Entry", 5, END, 0)]
    if small:
        entries[0] = _entry("Root Entry", 5, len(table), len(small))
        table += [END]
        bodies.append(small.ljust(512, b"\0"))
    for name, body in streams:
        if len(body) < 4096 and small:
            entries.append(_entry(name, 2, 0, len(body)))
            continue
        padded = body.ljust(-(-max(len(body), 1) // 512) * 512, b"\0")
        first, count = len(table), len(padded) // 512
        table += [*range(first + 1, first + count), END]
        entries.append(_entry(name, 2, first, max(len(body), 4096) if len(padded) >= 4096 else len(body)))
        bodies.append(padded)
    small_table = END
    if small:
        small_table = len(table)
        table.append(END)
        bodies.append(struct.pack("<128L", *range(1, 8), END, *[FREE] * 120))
    for at, value in (chain or {}).items():
        table[at] = value
    table += [FREE] * (128 - len(table))
    counts = (0, 1, 1, 0, 4096, small_table, 1, END, 0)
    header = struct.pack("<8s16sHHHHH6x9L", OLE, b"", 0x3E, 3, 0xFFFE, 9, 6, *counts) + struct.pack(
        "<109L", 0, *[FREE] * 108
    )
    return b"".join([header, struct.pack("<128L", *table), b"".join(entries).ljust(512, b"\0"), *bodies])


def _entry(name: str, kind: int, first: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    return (
        raw.ljust(64, b"\0") + struct.pack("<HBB3L36xLQ", len(raw) + 2, kind, 1, FREE, FREE, FREE, first, size)
    )  # fmt: skip


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


BEGIN = record(0x0809, b"\0\6\5\0" + bytes(12))
SHEET = record(0x0085, bytes(8))
STOP = record(0x000A)


def number(row: int, column: int) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, 1.0))


def refusal(content: bytes) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(Refused) as found:
        scan(content)
    return found.value.code, found.value.params


def checked(*records: bytes) -> bytes:
    return checked_records(b"".join((BEGIN, SHEET, *records, STOP)))


def refused(*records: bytes) -> str:
    with pytest.raises(Refused) as found:
        checked(*records)
    return found.value.code


def test_the_stream_is_taken_out_of_its_container() -> None:
    body = BEGIN + SHEET + STOP + bytes(5000)
    assert workbook_stream(container(("Workbook", body))) == body
    assert workbook_stream(container(("Book", body))) == body
    assert workbook_stream(container(("Workbook", b"x" * 300), small=b"x" * 512)) == b"x" * 300
    assert scan(book("libreoffice.xls")).kind == "xls"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (container(("EncryptedPackage", bytes(5000)), ("EncryptionInfo", bytes(5000))), ("file_encrypted", {})),
        (container(("WordDocument", bytes(5000))), ("file_is_other", {"kind": "Word (.doc)"})),
        (container(("Contents", bytes(5000))), ("not_a_workbook", {})),
        (OLE, ("file_damaged", {})),
        (OLE + bytes(600), ("file_damaged", {})),
        (container(("Workbook", bytes(5000)), chain={3: 3}), ("file_damaged", {})),
        (container(("Workbook", bytes(5000)), chain={3: 2}), ("file_damaged", {})),
        (container(("Workbook", bytes(5000)), chain={3: 900}), ("file_damaged", {})),
        (container(("Workbook", bytes(5000)), chain={3: END}), ("file_damaged", {})),
        (container(("Workbook", bytes(5000)))[:1500], ("file_damaged", {})),
    ],
)
def test_what_a_container_may_not_be(content: bytes, told: tuple[str, dict[str, str | int]]) -> None:
    assert refusal(content) == told


def test_extents_are_those_of_the_cells() -> None:
    told = record(0x0200, struct.pack("<LLHHH", 0, 65_536, 0, 256, 0))
    found = checked(told, number(4, 2), record(0x00BD, struct.pack("<HHHLHLH", 6, 0, 0, 0, 0, 0, 1)))
    at = found.index(struct.pack("<HH", 0x0200, 14)) + 4
    assert struct.unpack_from("<LLHH", found, at) == (0, 7, 0, 3)


def test_old_extents_are_narrow() -> None:
    begin = record(0x0809, b"\0\5\5\0" + bytes(4))
    found = checked_records(begin + SHEET + record(0x0200, struct.pack("<HHHHH", 0, 9, 0, 9, 0)) + number(1, 1) + STOP)
    at = found.index(struct.pack("<HH", 0x0200, 10)) + 4
    assert struct.unpack_from("<HHHH", found, at) == (0, 2, 0, 2)


@pytest.mark.parametrize(
    ("records", "code"),
    [
        ((record(0x002F, b"\1\0"),), "file_encrypted"),
        ((number(MAX_ROW, 0),), "workbook_row_too_far"),
        ((number(0, 256),), "file_damaged"),
        ((record(0x0203, b"\0\0"),), "file_damaged"),
        ((record(0x0200, b"\0\0"),), "file_damaged"),
        ((b"\xfd\0\xff\xff",), "file_damaged"),
        ((SHEET * 60,), "workbook_too_many_sheets"),
        ((record(0x00FC, struct.pack("<LL", 1, 2**31)),), "file_damaged"),
        ((record(0x00FC, b"\0"),), "file_damaged"),
        ((b"".join(number(MAX_ROW - 1, 200) for _ in range(1)),), "workbook_too_many_cells"),
        ((record(0x0203, struct.pack("<HHHd", 1, 1, 0, 1.0)) * 600_001,), "workbook_too_many_cells"),
    ],
)
def test_what_records_may_not_say(records: tuple[bytes, ...], code: str) -> None:
    assert refused(*records) == code


def test_strings_may_go_on_in_further_records() -> None:
    strings = record(0x00FC, struct.pack("<LL", 9, 9)) + record(0x003C, b"\1\0\0a" * 9)
    assert strings in checked(strings)


@pytest.mark.parametrize("stream", [b"", record(0x0203, bytes(14)), STOP + BEGIN])
def test_a_stream_begins_like_a_workbook(stream: bytes) -> None:
    with pytest.raises(Refused):
        checked_records(stream)


def test_a_workbook_of_many_sectors_lists_its_tables_elsewhere() -> None:
    """The header has room for 109 sectors of the table; the rest stands in sectors of their own."""
    body = BEGIN + SHEET + STOP + bytes(5000)
    whole = bytearray(container(("Workbook", body)))
    extra = len(whole) // 512 - 1
    struct.pack_into("<LL", whole, 68, extra, 1)
    plain = bytes(whole) + struct.pack("<128L", *[FREE] * 127, END)
    assert workbook_stream(plain) == body
    endless = bytes(whole) + struct.pack("<128L", *[FREE] * 127, extra)
    struct.pack_into("<L", whole, 44, 2**31)
    assert refusal(bytes(whole) + endless[-512:]) == ("file_damaged", {})
    beyond = bytes(whole) + struct.pack("<128L", *[FREE] * 127, 90_000)
    assert refusal(beyond) == ("file_damaged", {})


def test_a_table_of_more_sectors_than_the_file_has_is_refused() -> None:
    whole = bytearray(container(("Workbook", bytes(5000))))
    struct.pack_into("<109L", whole, 76, *[0] * 109)
    assert refusal(bytes(whole)) == ("file_damaged", {})


def test_records_before_any_sheet_and_zeros_behind_the_last_one_say_nothing() -> None:
    stream = BEGIN + SHEET + number(1, 1) + STOP
    assert checked_records(stream + bytes(40)) == checked_records(stream) + bytes(40)


def test_strings_may_be_the_last_record() -> None:
    strings = record(0x00FC, struct.pack("<LL", 1, 1) + b"\1\0\0a")
    assert checked_records(BEGIN + SHEET + strings).endswith(strings)


def test_cells_outside_any_sheet_are_not_counted() -> None:
    """Workbooks before Excel 5 begin with another record; what follows belongs to no sheet that could be read."""
    stream = record(0x0009, bytes(4)) + SHEET + number(60_000, 1) + STOP
    assert checked_records(stream) == stream
