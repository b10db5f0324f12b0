"""Writing new files: whole or not at all, never in the place of another."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from desktop_app.domain.issues import ExitCode, UserError
from desktop_app.services.files import refuse_other, write_new


def names(folder: Path) -> list[str]:
    return [item.name for item in folder.iterdir()]


def test_only_the_same_bytes_may_be_there(tmp_path: Path) -> None:
    path = tmp_path / "mới" / "a.xlsx"
    assert write_new(path, b"one")
    os.utime(path, (1, 1))
    assert not write_new(path, b"one")
    assert path.stat().st_mtime == 1
    with pytest.raises(UserError) as refusal:
        write_new(path, b"two")
    assert (refusal.value.code, refusal.value.exit_code) == ("file_exists", ExitCode.DATA)
    assert path.read_bytes() == b"one"
    assert names(path.parent) == ["a.xlsx"]


def test_a_folder_of_that_name_is_another_file(tmp_path: Path) -> None:
    for act in (refuse_other, write_new):
        with pytest.raises(UserError) as refusal:
            act(tmp_path, b"x")
        assert refusal.value.code == "file_exists"


def test_others_may_read_what_was_written(tmp_path: Path) -> None:
    write_new(tmp_path / "a.xlsx", b"x")
    assert (tmp_path / "a.xlsx").stat().st_mode & 0o044 == 0o044 or os.name == "nt"


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError) as refusal:
        write_new(tmp_path / "file" / "a.xlsx", b"x")
    assert (refusal.value.code, refusal.value.exit_code) == ("file_not_written", ExitCode.ENVIRONMENT)
    assert refusal.value.params["file"] == "a.xlsx"
    assert refusal.value.params["folder"] == str(tmp_path / "file")


@pytest.mark.parametrize("step", ["replace", "chmod"])
def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, step, full)
    with pytest.raises(UserError) as refusal:
        write_new(tmp_path / "a.xlsx", b"x")
    assert refusal.value.code == "file_not_written"
    assert refusal.value.params["reason"] == os.strerror(errno.ENOSPC)
    assert names(tmp_path) == []


def test_a_file_that_cannot_be_read_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"one")

    def refused(*_args: object) -> bytes:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(Path, "read_bytes", refused)
    with pytest.raises(UserError) as refusal:
        write_new(path, b"one")
    assert refusal.value.code == "file_not_written"
