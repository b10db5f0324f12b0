"""Walking what was dropped: every file once, and a reason for each that cannot be read."""

from __future__ import annotations

import errno
import io
import os
import zipfile
from pathlib import Path

import pytest

from desktop_app.exchange import found_files
from desktop_app.exchange.found_files import FoundFile, find_files


def archive(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, content in members.items():
            target.writestr(name, content)
    return buffer.getvalue()


def found(*paths: Path) -> list[FoundFile]:
    return list(find_files(paths))


def reasons(*paths: Path) -> list[str]:
    return [item.refused[0] if item.refused else "" for item in found(*paths)]


def test_folders_are_walked_in_order_and_each_file_once(tmp_path: Path) -> None:
    for name in ("b/2.xlsx", "b/1.xlsx", "a.xlsx", ".hidden.xlsx", "~$a.xlsx", "Thumbs.db", "tinh.skh", "b/x.tmp"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(name.encode())
    paths = [item.name for item in found(tmp_path, tmp_path / "b" / "1.xlsx")]
    assert paths == [str(tmp_path / name) for name in ("a.xlsx", "b/1.xlsx", "b/2.xlsx")]
    assert [item.content for item in found(tmp_path / "a.xlsx")] == [b"a.xlsx"]


def test_a_file_that_is_named_is_looked_at_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "~$a.xlsx").write_bytes(b"lock")
    assert [item.content for item in found(tmp_path / "~$a.xlsx")] == [b"lock"]


def test_what_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert reasons(tmp_path / "gone.xlsx") == ["file_unreadable"]
    (tmp_path / "a.xlsx").write_bytes(b"12345")
    monkeypatch.setattr(found_files, "MAX_FILE_BYTES", 4)
    assert reasons(tmp_path / "a.xlsx") == ["file_too_large"]
    monkeypatch.setattr(found_files, "MAX_FILE_BYTES", 5)
    assert reasons(tmp_path / "a.xlsx") == [""]


def test_a_folder_that_cannot_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.xlsx").write_bytes(b"x")
    whole = Path.iterdir

    def closed(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return whole(path)

    monkeypatch.setattr(Path, "iterdir", closed)
    assert [(Path(item.name).name, bool(item.refused)) for item in found(tmp_path)] == [
        ("closed", True),
        ("open.xlsx", False),
    ]


def test_archives_are_read_without_their_rubbish(tmp_path: Path) -> None:
    path = tmp_path / "Trả về.zip"
    rubbish = ("__MACOSX/a.xlsx", "b/.hidden", "~$c.xlsx")
    path.write_bytes(archive({"Sở/a.xlsx": b"1", "d/": b"", **dict.fromkeys(rubbish, b"2")}))
    assert [(item.name, item.content) for item in found(path)] == [(f"{path}/Sở/a.xlsx", b"1")]


def test_names_without_the_flag_of_unicode_are_read_as_windows_writes_them(tmp_path: Path) -> None:
    raw = archive({"So.xlsx": b"1"})
    path = tmp_path / "a.zip"
    path.write_bytes(raw.replace(b"So.xlsx", "ở.xlsx".encode()[:3] + b"xlsx"))
    assert found(path)[0].name == f"{path}/ởxlsx"
    path.write_bytes(raw.replace(b"So.xlsx", b"\xff\xfe.xlsx"))
    assert found(path)[0].content == b"1"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive"])
def test_a_damaged_archive_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    assert reasons(tmp_path / "a.zip") == ["file_damaged"]


def test_a_member_is_refused_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.zip"
    raw = archive({"a.xlsx": b"damaged here", "b.xlsx": b"fine", "c.xlsx": b"far too long for us"})
    path.write_bytes(raw.replace(b"damaged here", b"damaged HERE"))
    monkeypatch.setattr(found_files, "MAX_FILE_BYTES", 12)
    monkeypatch.setattr(found_files, "MAX_ARCHIVE_BYTES", len(raw))
    assert reasons(path) == ["file_damaged", "", "file_too_large"]
    monkeypatch.setattr(found_files, "MAX_MEMBERS", 2)
    assert reasons(path) == ["workbook_too_many_parts"]
    monkeypatch.setattr(found_files, "MAX_ARCHIVE_BYTES", len(raw) - 1)
    assert reasons(path) == ["file_too_large"]


def test_an_encrypted_member_is_told(tmp_path: Path) -> None:
    raw = bytearray(archive({"a.xlsx": b"1"}))
    raw[6] |= 1  # flag of the local header
    raw[raw.index(b"PK\x01\x02") + 8] |= 1  # and of the directory
    (tmp_path / "a.zip").write_bytes(bytes(raw))
    assert reasons(tmp_path / "a.zip") == ["file_encrypted"]
