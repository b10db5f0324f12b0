"""Walking what was dropped: every file once, and a reason for each that cannot be read."""

from __future__ import annotations

import errno
import io
import os
import stat
import zipfile
from pathlib import Path, PurePath

import pytest

from desktop_app.exchange.scanning import found_files
from desktop_app.exchange.scanning.found_files import FoundFile, find_files
from desktop_app.exchange.scanning.packages import Entry, Package


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


def test_names_that_are_no_unicode_can_be_stored_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = "B\udce1o c\udce1o.xlsx"  # TCVN3 letters as Linux gives them, half a letter as Windows may
    monkeypatch.setattr(Path, "iterdir", lambda _folder: iter([tmp_path / odd]))
    assert [item.name for item in found(tmp_path)] == [str(tmp_path / "B?o c?o.xlsx")]


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


def test_links_lead_nowhere(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (outside / "secret.xlsx").write_bytes(b"s")
    (inside / "a.xlsx").write_bytes(b"a")
    (inside / "loop").symlink_to(inside)
    (inside / "other").symlink_to(outside)
    (inside / "z.xlsx").symlink_to(inside / "a.xlsx")
    (inside / "nowhere.xlsx").symlink_to(inside / "gone.xlsx")
    given = [(Path(item.name).name, item.refused[0] if item.refused else "") for item in found(inside)]
    assert given == [
        ("a.xlsx", ""),
        ("loop", "folder_is_link"),
        ("nowhere.xlsx", "file_unreadable"),
        ("other", "folder_is_link"),
    ]
    assert [item.content for item in found(inside / "other")] == [b"s"]  # whoever names a link means where it leads


def test_a_link_that_leads_to_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").symlink_to(tmp_path / "a.xlsx")
    (tmp_path / "b.xlsx").write_bytes(b"b")
    assert reasons(tmp_path) == ["file_unreadable", ""]


def test_a_folder_named_twice_is_walked_once(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.xlsx").write_bytes(b"a")
    assert [item.content for item in found(tmp_path, tmp_path / "in", tmp_path)] == [b"a"]


def test_folders_in_folders_end_somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "b" / "c" / "d").mkdir(parents=True)
    (tmp_path / "b" / "c" / "d" / "deep.xlsx").write_bytes(b"d")
    (tmp_path / "b" / "near.xlsx").write_bytes(b"n")
    monkeypatch.setattr(found_files, "MAX_DEPTH", 2)
    assert reasons(tmp_path) == ["folder_too_deep", ""]
    monkeypatch.setattr(found_files, "MAX_DEPTH", 4)
    assert reasons(tmp_path) == ["", ""]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes in folders")
def test_pipes_and_devices_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    (tmp_path / "null.xlsx").symlink_to(os.devnull)
    assert reasons(tmp_path) == ["file_not_ordinary", "file_not_ordinary"]
    assert reasons(Path(os.devnull)) == ["file_not_ordinary"]


def test_a_batch_has_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.xlsx").write_bytes(name.encode() * 10)
    (tmp_path / "d.zip").write_bytes(archive({"x.xlsx": b"x" * 10, "y.xlsx": b"y"}))
    monkeypatch.setattr(found_files, "MAX_BATCH_BYTES", 35)
    assert reasons(tmp_path) == ["", "", "", "batch_too_large", ""]
    monkeypatch.setattr(found_files, "MAX_FILES", 2)
    assert reasons(tmp_path) == ["", "", "batch_too_many_files"]


def test_members_of_archives_count_as_files_of_the_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.zip").write_bytes(archive({"x.xlsx": b"x", "y.xlsx": b"y", "z.xlsx": b"z"}))
    monkeypatch.setattr(found_files, "MAX_FILES", 2)
    assert reasons(tmp_path) == ["", "", "batch_too_many_files"]


def test_nothing_is_unfolded_that_has_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unfolded: list[bytes] = []
    whole = Package.read

    def read(package: Package, entry: Entry, limit: int) -> bytes | None:
        unfolded.append(entry.raw_name)
        return whole(package, entry, limit)

    monkeypatch.setattr(Package, "read", read)
    inner = archive({"i.xlsx": b"i" * 10})
    raw = archive({"bad.xlsx": b"damaged xx", "inner.zip": inner, "x.xlsx": b"x" * 10, "y.xlsx": b"y"})
    (tmp_path / "a.zip").write_bytes(raw.replace(b"damaged xx", b"DAMAGED xx"))
    monkeypatch.setattr(found_files, "MAX_BATCH_BYTES", 10 + len(inner) + 10 + 1)
    assert reasons(tmp_path) == ["file_damaged", "", "batch_too_large", ""]
    assert unfolded == [b"bad.xlsx", b"inner.zip", b"i.xlsx", b"y.xlsx"]


def test_a_workbook_named_as_an_archive_takes_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workbook = archive({"xl/workbook.xml": b""})
    (tmp_path / "a.zip").write_bytes(workbook)
    (tmp_path / "b.zip").write_bytes(archive({"b.zip": workbook}))
    monkeypatch.setattr(found_files, "MAX_BATCH_BYTES", 2 * len(workbook))
    assert reasons(tmp_path) == ["", ""]
    monkeypatch.setattr(found_files, "MAX_BATCH_BYTES", len(workbook) - 1)
    assert reasons(tmp_path) == ["batch_too_large", "batch_too_large"]


def test_an_archive_in_an_archive_is_opened_and_no_more(tmp_path: Path) -> None:
    inner = archive({"a.xlsx": b"1", "deepest.zip": archive({"b.xlsx": b"2"})})
    (tmp_path / "a.zip").write_bytes(archive({"unit.ZIP": inner, "c.xlsx": b"3", "bad.zip": b"PK\3\4"}))
    given = [
        (item.name.partition("a.zip/")[2], item.content, item.refused and item.refused[0])
        for item in found(tmp_path / "a.zip")
    ]
    assert given == [
        ("unit.ZIP/a.xlsx", b"1", None),
        ("unit.ZIP/deepest.zip", b"", "archive_in_archive"),
        ("c.xlsx", b"3", None),
        ("bad.zip", b"", "file_damaged"),
    ]


def test_a_bomb_of_archives_is_refused_without_unfolding_it(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for number in range(5):
            target.writestr(f"{number}.xlsx", bytes(found_files.MAX_FILE_BYTES + 1))
    (tmp_path / "a.zip").write_bytes(buffer.getvalue())
    assert reasons(tmp_path / "a.zip") == ["file_too_large"] * 5


def test_what_only_looks_like_an_archive(tmp_path: Path) -> None:
    workbook = archive({"xl/workbook.xml": b"", "[Content_Types].xml": b""})
    (tmp_path / "a.zip").write_bytes(workbook)
    assert [(item.name, item.content) for item in found(tmp_path / "a.zip")] == [(str(tmp_path / "a.zip"), workbook)]
    (tmp_path / "b.zip").write_bytes(b"Rar!\x1a\7\1\0")
    assert found(tmp_path / "b.zip")[0].refused == ("file_is_archive", {"kind": "RAR"})


def test_names_of_members_never_lead_out_and_are_given_once(tmp_path: Path) -> None:
    members = {"../../etc/passwd": b"1", "C:\\x.xlsx": b"2", "a.xlsx": b"3", "A.xlsx": b"4"}
    (tmp_path / "a.zip").write_bytes(archive(members))
    names = [item.name.partition("a.zip/")[2] for item in found(tmp_path / "a.zip")]
    assert names == ["etc/passwd", "x.xlsx", "a.xlsx", "A.xlsx (2)"]


def test_folders_of_drives_that_number_nothing_are_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    for name in ("a/1.xlsx", "b/2.xlsx"):
        (tmp_path / name).write_bytes(b"x")
    numbered = Path.stat

    def unnumbered(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        told = list(numbered(path, follow_symlinks=follow_symlinks))
        told[stat.ST_INO] = told[stat.ST_DEV] = 0
        return os.stat_result(told)

    monkeypatch.setattr(Path, "stat", unnumbered)
    assert [PurePath(item.name).name for item in found(tmp_path)] == ["1.xlsx", "2.xlsx"]
