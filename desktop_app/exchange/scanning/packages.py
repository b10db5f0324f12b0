"""Opening zip archives that nobody vouches for.

No number in the archive is believed: the directory is bounded before it is read, entries may not share bytes, and a member
is given only when what its stream unfolds to agrees with the directory, the member's own header and the checksum. Two
programs can therefore not see two different things in one archive, and no member unfolds to more than was asked for.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.exchange.refusal import Refused

STORED, DEFLATED = 0, 8
_ENCRYPTED, _SIZES_FOLLOW = 0x1, 0x8
_NOT_HERE = 0xFFFFFFFF
"""A size that an archive keeps elsewhere."""
_END = struct.Struct("<4s4H2LH")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_LONGEST_REMARK = 65_535
_LONGEST_ENTRY = 1_500
"""Bytes of one directory entry with its name; honest ones have about a hundred."""
_EARLIEST_DAY = 0x21  # 1 January 1980


@dataclass(frozen=True, slots=True)
class Entry:
    """One member of an archive as the directory describes it.

    Attributes:
        raw_name: the bytes of its name.
        flags: general purpose bits.
        method: how it is packed.
        crc: checksum of what it unfolds to.
        packed: bytes in the archive.
        size: bytes it unfolds to, as declared.
        offset: where its own header stands.
        extra: the extra fields of the directory.
    """

    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    extra: bytes = b""

    @property
    def is_encrypted(self) -> bool:
        """True where a password is needed."""
        return bool(self.flags & _ENCRYPTED)


class Package:
    """An archive, opened with bounds.

    Args:
        content: all of its bytes.
        most: how many members it may have.

    Raises:
        Refused: it is damaged, its entries share bytes, or it has more members.
    """

    def __init__(self, content: bytes, *, most: int) -> None:
        self._content = content
        self.entries = _directory(content, most)

    def read(self, entry: Entry, limit: int) -> bytes | None:
        """Return what a member unfolds to; None where that is more than ``limit`` bytes.

        Raises:
            Refused: it needs a password, is packed in an unknown way, or is not what the directory says.
        """
        if entry.is_encrypted:
            raise Refused("file_encrypted")
        if entry.method not in {STORED, DEFLATED}:
            raise Refused("archive_method_unknown", method=entry.method)
        if entry.size > limit:
            return None
        packed = self._packed(entry)
        body = bytes(packed) if entry.method == STORED else _inflated(packed, entry.size)
        if len(body) != entry.size or zlib.crc32(body) != entry.crc:
            raise Refused("file_damaged")
        return body

    def _packed(self, entry: Entry) -> memoryview:
        """Return the packed bytes of a member whose own header agrees with the directory."""
        fields = _LOCAL.unpack_from(self._content, entry.offset)  # inside, or the members would overlap the directory
        signature, _version, flags, method, _time, _day, crc, packed, size, name_length, extra_length = fields
        name_at = entry.offset + _LOCAL.size
        start = name_at + name_length + extra_length
        agrees = (
            signature == b"PK\x03\x04"
            and method == entry.method
            and flags & _ENCRYPTED == entry.flags & _ENCRYPTED
            and self._content[name_at : name_at + name_length] == entry.raw_name
            and start + entry.packed <= len(self._content)
        )
        if not flags & _SIZES_FOLLOW:
            own, told = (crc, packed, size), (entry.crc, entry.packed, entry.size)
            agrees = agrees and all(here in {there, _NOT_HERE} for here, there in zip(own, told, strict=True))
        if not agrees:
            raise Refused("file_damaged")
        return memoryview(self._content)[start : start + entry.packed]


def _inflated(packed: memoryview, size: int) -> bytes:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        body = inflater.decompress(packed, size + 1)
    except zlib.error as error:
        raise Refused("file_damaged") from error
    if not inflater.eof or inflater.unused_data:
        raise Refused("file_damaged")
    return body


def _directory(content: bytes, most: int) -> list[Entry]:
    at = content.rfind(b"PK\x05\x06", max(0, len(content) - _END.size - _LONGEST_REMARK))
    if at < 0 or at + _END.size > len(content):
        raise Refused("file_damaged")
    _, disk, first_disk, here, total, length, start, remark = _END.unpack_from(content, at)
    if disk or first_disk or here != total or at + _END.size + remark != len(content) or start + length > at:
        raise Refused("file_damaged")
    if total > most or length > most * _LONGEST_ENTRY:
        raise Refused("workbook_too_many_parts", count=total, limit=most)
    entries: list[Entry] = []
    position, end = start, start + length
    while position < end and len(entries) < total:
        entry, position = _entry(content, position)
        entries.append(entry)
    if position != end or len(entries) != total:
        raise Refused("file_damaged")
    _refuse_shared_bytes(entries, start)
    return entries


def _entry(content: bytes, at: int) -> tuple[Entry, int]:
    try:
        fields = _ENTRY.unpack_from(content, at)
    except struct.error as error:
        raise Refused("file_damaged") from error
    signature, _made, _needed, flags, method, _time, _day, crc, packed, size = fields[:10]
    name_length, extra_length, remark_length, _disk, _internal, _external, offset = fields[10:]
    if signature != b"PK\x01\x02" or _NOT_HERE in {packed, size, offset}:
        raise Refused("file_damaged")
    name_at = at + _ENTRY.size
    extra_at = name_at + name_length
    end = extra_at + extra_length
    entry = Entry(content[name_at:extra_at], flags, method, crc, packed, size, offset, content[extra_at:end])
    return entry, end + remark_length


def _refuse_shared_bytes(entries: list[Entry], end: int) -> None:
    """Refuse an archive in which one stream of bytes stands for several members, as bombs do."""
    free = 0
    for entry in sorted(entries, key=lambda item: item.offset):
        if entry.offset < free:
            raise Refused("archive_overlaps")
        free = entry.offset + _LOCAL.size + len(entry.raw_name) + entry.packed
    if free > end:
        raise Refused("archive_overlaps")


def packed_plainly(members: Mapping[str, bytes]) -> bytes:
    """Return an archive of these members, not compressed, for a parser that then sees these bytes and no others."""
    parts: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, body in members.items():
        raw_name = name.encode()
        crc = zlib.crc32(body)
        sizes = (crc, len(body), len(body))
        header = _LOCAL.pack(b"PK\x03\x04", 20, 0x800, STORED, 0, _EARLIEST_DAY, *sizes, len(raw_name), 0)
        parts += (header, raw_name, body)
        directory.append(
            _ENTRY.pack(b"PK\x01\x02", 20, 20, 0x800, STORED, 0, _EARLIEST_DAY, *sizes, len(raw_name), 0, 0, 0, 0, 0, offset)
            + raw_name
        )
        offset += len(header) + len(raw_name) + len(body)
    listed = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(directory), len(directory), len(listed), offset, 0)
    return b"".join([*parts, listed, end])
