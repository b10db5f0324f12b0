"""New files for people and other programs: whole or not at all, and never in the place of another file."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Self

from desktop_app.domain.issues import UserError

_MODE = 0o644


def refuse_other(path: Path, content: bytes) -> None:
    """Make sure that writing a file would overwrite nothing else.

    Raises:
        UserError: ``file_exists`` where something else has this name, ``file_not_written`` where it cannot be read.
    """
    try:
        if path.exists() and not (path.is_file() and path.read_bytes() == content):
            raise UserError("file_exists", file=path.name, folder=str(path.parent))
    except OSError as error:
        raise not_written(path, error) from error


class NewFiles:
    """New files that get their names together at the end, or are all taken away.

    The bytes go to temporary names first, so that a full disk or a power cut never leaves half a file under the right name.
    Use it in a ``with`` block and call :meth:`place` last.
    """

    def __init__(self) -> None:
        self._drafts: list[tuple[Path, Path]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_reason: object) -> None:
        for draft, _path in self._drafts:
            draft.unlink(missing_ok=True)

    def add(self, path: Path, content: bytes) -> bool:
        """Write a file that is not there yet under a temporary name; the same bytes already there are as good.

        Args:
            path: where; its folder is made when missing.
            content: all of it.

        Returns:
            True when the file was written, False when it was there already.

        Raises:
            UserError: ``file_exists`` where something else has this name, ``file_not_written`` where the folder or the disk
                refuses.
        """
        refuse_other(path, content)
        if path.exists():
            return False
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-", suffix=".part")
            draft = Path(name)
            self._drafts.append((draft, path))
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            draft.chmod(_MODE)  # a temporary file is for its owner alone; the finished one is like any other
        except OSError as error:
            raise not_written(path, error) from error
        return True

    def place(self) -> None:
        """Give every file its own name.

        Raises:
            UserError: ``file_not_written`` where one of them cannot get it.
        """
        for draft, path in self._drafts:
            try:
                draft.replace(path)
            except OSError as error:
                raise not_written(path, error) from error


def write_new(path: Path, content: bytes) -> bool:
    """Write one file that is not there yet; the same bytes already there are as good.

    Returns:
        True when the file was written, False when it was there already.

    Raises:
        UserError: what :class:`NewFiles` raises; nothing is left behind then.
    """
    with NewFiles() as files:
        written = files.add(path, content)
        files.place()
    return written


def not_written(path: Path, error: OSError) -> UserError:
    """Return the refusal that an error of the operating system is where a file or its folder cannot be written."""
    return UserError("file_not_written", file=path.name, folder=str(path.parent), reason=error.strerror or str(error))
