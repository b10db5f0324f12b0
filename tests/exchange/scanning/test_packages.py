"""Opening archives that nobody vouches for: what is agreed on by all of their numbers is given, nothing else."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest

from desktop_app.exchange.refusal import Refused
from desktop_app.exchange.scanning.packages import Package, packed_plainly
from tests.exchange.hostile import raw_archive


def bodies(content: bytes, most: int) -> list[bytes | None]:
    package = Package(content, most=most)
    return [package.read(entry, 1000) for entry in package.entries]


def refusal(content: bytes, most: int = 10) -> str:
    with pytest.raises(Refused) as found:
        bodies(content, most)
    return found.value.code


def archive(method: int = zipfile.ZIP_DEFLATED, **members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as target:
        for name, body in members.items():
            target.writestr(name, body)
    return buffer.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("body", [b"", b"x", b"abc" * 300])
def test_members_are_given_up_to_a_limit(method: int, body: bytes) -> None:
    package = Package(archive(method, a=body, b=b"other"), most=2)
    assert [entry.raw_name for entry in package.entries] == [b"a", b"b"]
    assert package.read(package.entries[0], len(body)) == body
    assert package.read(package.entries[1], 4) is None


def test_what_a_stream_writer_made_is_read() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("a", b"sizes stand behind the data")
    package = Package(pipe.getvalue(), most=1)
    assert package.read(package.entries[0], 100) == b"sizes stand behind the data"


@pytest.mark.parametrize(
    ("lies", "code"),
    [
        ({"size": 1}, "file_damaged"),
        ({"size": 999}, "file_damaged"),
        ({"packed": 1}, "file_damaged"),
        ({"crc": 1}, "file_damaged"),
        ({"method": 0}, "file_damaged"),
        ({"method": 9, "local_method": 9}, "archive_method_unknown"),
        ({"local_method": 9}, "file_damaged"),
        ({"flags": 1, "local_flags": 1}, "file_encrypted"),
        ({"local_flags": 1}, "file_damaged"),
        ({"local_size": 3}, "file_damaged"),
        ({"local_packed": 3}, "file_damaged"),
        ({"local_crc": 3}, "file_damaged"),
        ({"offset": 2}, "archive_overlaps"),
        ({"offset": 0xFFFFFFFF}, "file_damaged"),
        ({"packed": 5000}, "archive_overlaps"),
    ],
)
def test_a_lie_in_one_number_is_enough(lies: dict[str, int], code: str) -> None:
    honest = [(b"a", b"abcabcabc" * 20, {})]
    assert Package(raw_archive(honest), most=1).entries[0].size == 180
    assert refusal(raw_archive([(*honest[0][:2], lies)])) == code


def test_no_two_members_share_bytes() -> None:
    twice = [(b"a", b"abc" * 20, {}), (b"a", b"abc" * 20, {"offset": 0})]
    assert refusal(raw_archive(twice)) == "archive_overlaps"


def test_the_directory_is_bounded_before_it_is_read() -> None:
    assert refusal(archive(a=b"", b=b""), most=1) == "workbook_too_many_parts"
    long = archive(**{"n" * 4000: b""})
    assert refusal(long, most=2) == "workbook_too_many_parts"
    whole = bytearray(archive(a=b"", b=b""))
    struct.pack_into("<HH", whole, whole.rindex(b"PK\5\6") + 8, 1, 1)
    assert refusal(bytes(whole)) == "file_damaged"


@pytest.mark.parametrize("content", [b"", b"PK\5\6", b"PK\5\6" + bytes(17), archive(a=b"1")[:-1], archive(a=b"1") + b"more"])
def test_an_archive_ends_where_it_says(content: bytes) -> None:
    assert refusal(content) == "file_damaged"


def test_an_empty_archive_has_no_members() -> None:
    assert Package(archive(), most=0).entries == []


def test_an_archive_made_anew_is_read_by_everybody() -> None:
    members = {"a.xml": b"<x/>", "đơn vị/b.xml": b""}
    made = packed_plainly(members)
    with zipfile.ZipFile(io.BytesIO(made)) as found:
        assert found.testzip() is None
        assert {name: found.read(name) for name in found.namelist()} == members
    package = Package(made, most=2)
    assert [package.read(entry, 10) for entry in package.entries] == [b"<x/>", b""]


def test_bytes_that_do_not_unfold_are_refused() -> None:
    body = b"abcabcabc" * 20
    whole = archive(a=body)
    start = 30 + len(b"a")
    packed = len(zlib.compress(body)[2:-4])
    for damage in (b"\xff" * packed, whole[start : start + packed - 3] + b"\xff" * 3):
        assert refusal(whole[:start] + damage + whole[start + packed :]) == "file_damaged"


@pytest.mark.parametrize("cut", [1, 20, 45])
def test_a_directory_that_ends_in_an_entry_is_refused(cut: int) -> None:
    whole = bytearray(archive(a=b"1"))
    end = whole.rindex(b"PK\5\6")
    (length,) = struct.unpack_from("<L", whole, end + 12)
    struct.pack_into("<L", whole, end + 12, length - cut)  # and the entry goes on into the end record
    struct.pack_into("<L", whole, end + 16, end - length + cut)
    assert refusal(bytes(whole)) == "file_damaged"


@pytest.mark.parametrize("lost", [1, 2])
def test_a_stream_that_ends_too_early_is_refused(lost: int) -> None:
    body = b"abcabcabc" * 20
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    length = len(packer.compress(body) + packer.flush()) - lost
    assert refusal(raw_archive([(b"a", body, {"packed": length, "local_packed": length})])) == "file_damaged"


@pytest.mark.parametrize("size", [0, 1, 16_383, 16_384, 16_385, 65_536])
def test_members_of_any_size_unfold_to_their_end(size: int) -> None:
    package = Package(archive(a=b"x" * size), most=1)
    assert package.read(package.entries[0], size) == b"x" * size
