"""The look at an Excel 97–2003 workbook: its one stream is taken out of the container and its records are followed.

A parser is given these records alone, so that no number of the container can lead it astray.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from desktop_app.exchange.refusal import Refused
from desktop_app.exchange.scanning.excel_sheets import MAX_CELLS, MAX_ROW, MAX_SHEETS

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_RECORDS = 600_000
_LAST_SECTOR = 0xFFFFFFFA
_END_OF_CHAIN = 0xFFFFFFFE
_ENTRY_BYTES = 128
_HEADER_SECTORS = 109
_SMALL_STREAM = 4096

_HEADER = struct.Struct("<8s16sHHHHH6xLLLLLLLLL")
_RECORD = struct.Struct("<HH")
_DIMENSIONS, _SHEET, _PASSWORD, _STRINGS, _CONTINUED, _BEGIN = 0x0200, 0x0085, 0x002F, 0x00FC, 0x003C, 0x0809
_WITH_CELL = {0x0006, 0x0206, 0x0406, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00BD, 0x00D6}
"""Records of cells that hold something; row and column come first."""
_SEVERAL = 0x00BD
_LAST_COLUMN = 256


def workbook_stream(content: bytes) -> bytes:
    """Return the stream of records of a workbook.

    Raises:
        Refused: it is encrypted, damaged, or no workbook.
    """
    container = _Container(content)
    entries = container.entries()
    if "encryptedpackage" in entries:
        raise Refused("file_encrypted")
    for name in ("workbook", "book"):
        if name in entries:
            return container.stream(*entries[name])
    raise Refused("file_is_other", kind="Word (.doc)") if "worddocument" in entries else Refused("not_a_workbook")


class _Container:
    """The sectors of an OLE file; every chain is bounded by the size of the file."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        try:
            fields = _HEADER.unpack_from(content)
        except struct.error as error:
            raise Refused("file_damaged") from error
        _signature, _class, _minor, _major, order, shift, small_shift, *counts = fields
        if order != 0xFFFE or shift not in {9, 12} or small_shift != 6:
            raise Refused("file_damaged")
        _directories, tables, self._first_directory, _transaction, _cutoff = counts[:5]
        self._first_small_table, _small_tables, first_extra, _extra_tables = counts[5:]
        self._size = 1 << shift
        self._most = max(len(content) // self._size, 1)
        self._table = self._sector_table(tables, first_extra)
        self._small: bytes | None = None
        self._small_table: tuple[int, ...] = ()
        self._root = (_END_OF_CHAIN, 0)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        body = self._content[start : start + self._size] if number < _LAST_SECTOR else b""
        if not body:
            raise Refused("file_damaged")
        return body.ljust(self._size, b"\0")

    def _numbers(self, body: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(body) // 4}L", body)

    def _sector_table(self, count: int, extra: int) -> tuple[int, ...]:
        wanted = list(struct.unpack_from(f"<{_HEADER_SECTORS}L", self._content.ljust(512, b"\0"), 76))
        seen = 0
        while extra < _LAST_SECTOR and len(wanted) < count + _HEADER_SECTORS:
            *more, extra = self._numbers(self._sector(extra))
            wanted += more
            seen += 1
            if seen > self._most:
                raise Refused("file_damaged")
        sectors = [number for number in wanted if number < _LAST_SECTOR]
        if len(sectors) > self._most:
            raise Refused("file_damaged")
        return self._numbers(b"".join(self._sector(number) for number in sectors))

    def _chain(self, first: int, table: tuple[int, ...], most: int) -> list[int]:
        chain: list[int] = []
        number = first
        while number < _LAST_SECTOR:
            chain.append(number)
            if number >= len(table) or len(chain) > most:
                raise Refused("file_damaged")  # the chain leaves the file, or bites its own tail
            number = table[number]
        return chain

    def _read(self, first: int) -> bytes:
        return b"".join(self._sector(number) for number in self._chain(first, self._table, self._most))

    def entries(self) -> dict[str, tuple[int, int]]:
        """Return the first sector and the size of every stream, by its name in small letters."""
        directory = self._read(self._first_directory)
        found: dict[str, tuple[int, int]] = {}
        for at in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            first, size = struct.unpack_from("<LL", directory, at + 116)
            name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace").lower()
            if kind == 5:
                self._root = (first, size)
            elif kind == 2:
                found.setdefault(name, (first, size))
        return found

    def stream(self, first: int, size: int) -> bytes:
        """Return a stream.

        Raises:
            Refused: it is shorter than it says.
        """
        body = self._read(first) if size >= _SMALL_STREAM else self._read_small(first)
        if len(body) < size:
            raise Refused("file_damaged")
        return body[:size]

    def _read_small(self, first: int) -> bytes:
        small = self._read(self._root[0])
        table = self._numbers(self._read(self._first_small_table))
        chain = self._chain(first, table, len(small) // 64)
        return b"".join(small[number * 64 : number * 64 + 64] for number in chain)


@dataclass
class _Extent:
    """How far the cells of one sheet reach."""

    dimensions_at: int | None = None
    is_wide: bool = True
    last_row: int = 0
    last_column: int = 0


def checked_records(stream: bytes) -> bytes:
    """Follow the records of a workbook; return them with the extents that the cells really have.

    Raises:
        Refused: a record leaves the file, a cell lies outside any sheet, or the workbook needs a password.
    """
    walk = _Walk(stream)
    position = count = 0
    while position + _RECORD.size <= len(stream):
        kind, length = _RECORD.unpack_from(stream, position)
        if not kind and not length:
            break  # what is left of the last sector
        end = position + _RECORD.size + length
        count += 1
        if end > len(stream) or (not position and kind & 0xFF != 0x09):
            raise Refused("file_damaged")
        if count > _MOST_RECORDS:
            raise Refused("workbook_too_many_cells", limit=MAX_CELLS)
        walk.take(kind, position + _RECORD.size, length)
        position = end
    return walk.finished()


class _Walk:
    """What is known of a workbook while its records are followed."""

    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self._sheets = 0
        self._extents: list[_Extent] = []

    def take(self, kind: int, at: int, length: int) -> None:
        """Look at one record."""
        if kind == _PASSWORD:
            raise Refused("file_encrypted")
        if kind == _SHEET:
            self._sheets += 1
        elif kind == _STRINGS:
            _check_strings(self._stream, at, length)
        elif kind == _BEGIN:
            self._extents.append(_Extent(is_wide=self._stream[at : at + 2] == b"\x00\x06"))
        elif not self._extents:
            return
        elif kind == _DIMENSIONS:
            if length < (14 if self._extents[-1].is_wide else 10):
                raise Refused("file_damaged")
            self._extents[-1].dimensions_at = at
        elif kind in _WITH_CELL:
            _add_cell(self._extents[-1], self._stream, kind, at, length)

    def finished(self) -> bytes:
        """Return the records with true extents."""
        if self._sheets > MAX_SHEETS:
            raise Refused("workbook_too_many_sheets", count=self._sheets, limit=MAX_SHEETS)
        if not self._sheets:
            raise Refused("file_damaged")
        if sum(extent.last_row * extent.last_column for extent in self._extents) > MAX_CELLS:
            raise Refused("workbook_too_many_cells", limit=MAX_CELLS)
        records = bytearray(self._stream)
        for extent in self._extents:
            if extent.dimensions_at is not None:
                form = "<LLHH" if extent.is_wide else "<HHHH"
                struct.pack_into(form, records, extent.dimensions_at, 0, extent.last_row, 0, extent.last_column)
        return bytes(records)


def _add_cell(extent: _Extent, stream: bytes, kind: int, at: int, length: int) -> None:
    if length < 6:
        raise Refused("file_damaged")
    row, column = struct.unpack_from("<HH", stream, at)
    if kind == _SEVERAL:
        (column,) = struct.unpack_from("<H", stream, at + length - 2)
    if column >= _LAST_COLUMN:
        raise Refused("file_damaged")
    if row >= MAX_ROW:
        raise Refused("workbook_row_too_far", row=row + 1, limit=MAX_ROW)
    extent.last_row, extent.last_column = max(extent.last_row, row + 1), max(extent.last_column, column + 1)


def _check_strings(stream: bytes, at: int, length: int) -> None:
    """Refuse a table of strings that says it has more than its bytes can hold."""
    if length < 8:
        raise Refused("file_damaged")
    _total, unique = struct.unpack_from("<LL", stream, at)
    room, position = length, at + length
    while position + _RECORD.size <= len(stream):
        kind, more = _RECORD.unpack_from(stream, position)
        if kind != _CONTINUED:
            break
        room += more
        position += _RECORD.size + more
    if unique * 3 > room:
        raise Refused("file_damaged")
