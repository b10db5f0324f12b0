"""Walking what was dropped: files, folders and zip archives, each file with its bytes or the reason why it is not read.

The bytes are read once: the same ones are hashed, parsed and kept, so that nobody can change a file in between. Links lead
nowhere else, devices and pipes are not opened, and all files of a batch together stay within the memory that the program may
use. Names of members of archives are shown, never used as paths.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop_app.exchange.refusal import Refused
from desktop_app.exchange.scanning.file_kinds import kind_of_bytes
from desktop_app.exchange.scanning.member_names import shown_name, without_doubles
from desktop_app.exchange.scanning.packages import Entry, Package

MAX_FILE_BYTES = 20_000_000
MAX_ARCHIVE_BYTES = 150_000_000
MAX_BATCH_BYTES = 250_000_000
"""All files of a batch together, as they are kept in memory until it is applied."""
MAX_MEMBERS = 5_000
MAX_FILES = 5_000
"""Files of a batch; a province has some hundred units."""
MAX_DEPTH = 16
"""Folders in folders."""
_PASSED_OVER = {"desktop.ini", "thumbs.db"}
_OTHER_FILES = (".skh", ".tmp")
_WORKBOOK_PARTS = ({b"xl/workbook.xml"}, {b"mimetype", b"content.xml"}, {b"xl/workbook.bin"})


@dataclass(frozen=True)
class FoundFile:
    """One file to collect.

    Attributes:
        name: path as it is shown; a member of an archive stands behind the archive's own path.
        content: its bytes; empty where ``refused`` says why.
        refused: code and parameters of the issue; None for a file that can be looked at.
    """

    name: str
    content: bytes = b""
    refused: tuple[str, dict[str, str | int]] | None = None


def find_files(paths: Iterable[Path]) -> Iterator[FoundFile]:
    """Give every file below the paths, each once, folders in the order of their names.

    Hidden files, lock files of Office programs and data files of our own are passed over inside folders and archives.
    """
    for number, file in enumerate(_files(paths)):
        if number >= MAX_FILES:
            yield _refused(file.name, "batch_too_many_files", limit=MAX_FILES)
            return
        yield file


def _files(paths: Iterable[Path]) -> Iterator[FoundFile]:
    seen: set[str] = set()
    walk, room = _Walk(), _Room(MAX_BATCH_BYTES)
    for path in paths:
        for found in walk.files(path):
            if isinstance(found, FoundFile):
                yield found
            elif (real := os.path.realpath(found)) not in seen:  # Path.resolve raises where a link leads to itself
                seen.add(real)
                yield from _read(found, room)


@dataclass
class _Room:
    """Bytes that a batch may still hold, or unfold on the way to what it holds."""

    bytes_left: int

    def take(self, count: int) -> bool:
        """Take room for so many bytes; False where there is less, and nothing is taken."""
        if count > self.bytes_left:
            return False
        self.bytes_left -= count
        return True


def _refused(name: str, code: str, **params: str | int) -> FoundFile:
    return FoundFile(name, refused=(code, params))


def _without_room(name: str) -> FoundFile:
    return _refused(name, "batch_too_large", megabytes=MAX_BATCH_BYTES // 1_000_000)


class _Walk:
    """Goes down folders, into each one once."""

    def __init__(self) -> None:
        self._folders: set[tuple[int, int]] = set()

    def files(self, path: Path, depth: int = 0) -> Iterator[Path | FoundFile]:
        """Give the files below a path, and refusals for folders that are not entered."""
        try:
            children = self._children(path)
        except OSError:
            children = None  # reading it fails once more, and then tells why
        if children is None:
            yield path
            return
        if depth >= MAX_DEPTH:
            yield _refused(_shown(path), "folder_too_deep", limit=MAX_DEPTH)
            return
        for child in children:
            if _is_passed_over(child.name):
                continue
            if child.is_symlink() and child.is_dir():
                yield _refused(_shown(child), "folder_is_link")
            else:
                yield from self.files(child, depth + 1)

    def _children(self, path: Path) -> list[Path] | None:
        """Return what lies in a folder, nothing where it was entered before; None for a file."""
        found = path.stat()
        if not stat.S_ISDIR(found.st_mode):
            return None
        mark = (found.st_dev, found.st_ino)
        if mark in self._folders:
            return []
        if found.st_ino:  # some network drives number nothing
            self._folders.add(mark)
        return sorted(path.iterdir())


def _is_passed_over(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _PASSED_OVER or name.lower().endswith(_OTHER_FILES)


def _shown(path: Path) -> str:
    """Return a path as it can be shown and stored: some systems keep names that are no Unicode."""
    return str(path).encode("utf-8", "replace").decode()


def _read(path: Path, room: _Room) -> Iterator[FoundFile]:
    name = _shown(path)
    is_archive = path.suffix.lower() == ".zip"
    try:
        content = _bytes_of(path, MAX_ARCHIVE_BYTES if is_archive else MAX_FILE_BYTES)
    except OSError as error:
        yield _refused(name, "file_unreadable", reason=error.strerror or str(error))
    except Refused as refusal:
        yield FoundFile(name, refused=(refusal.code, refusal.params))
    else:
        if is_archive:
            yield from _members(name, content, room, depth=1)
        else:
            yield FoundFile(name, content) if room.take(len(content)) else _without_room(name)


def _bytes_of(path: Path, limit: int) -> bytes:
    """Return the bytes of an ordinary file; opening never waits, as it would for the other end of a pipe."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise Refused("file_not_ordinary")
        content = file.read(limit + 1)
    if len(content) > limit:
        raise Refused("file_too_large", megabytes=max(found.st_size, len(content)) // 1_000_000)
    return content


def _members(name: str, content: bytes, room: _Room, depth: int) -> Iterator[FoundFile]:
    try:
        if content and not content.startswith(b"PK"):
            raise kind_of_bytes(content)
        package = Package(content, most=MAX_MEMBERS)
    except Refused as refusal:
        yield FoundFile(name, refused=(refusal.code, refusal.params))
        return
    names = {entry.raw_name for entry in package.entries}
    if any(names >= parts for parts in _WORKBOOK_PARTS):
        has_room = depth > 1 or room.take(len(content))  # room for an inner one was taken when it was unfolded
        yield FoundFile(name, content) if has_room else _without_room(name)  # a workbook that somebody named .zip
        return
    once = without_doubles()
    for entry in package.entries:
        shown = shown_name(entry.raw_name, entry.flags, entry.extra)
        if entry.raw_name.endswith((b"/", b"\\")) or shown.startswith("__MACOSX/"):
            continue
        if not any(_is_passed_over(part) for part in shown.split("/")):
            yield from _member(f"{name}/{once(shown)}", package, entry, room, depth)


def _member(name: str, package: Package, entry: Entry, room: _Room, depth: int) -> Iterator[FoundFile]:
    """Give one member; an archive in an archive is opened, one more level is not.

    Room is taken before anything is unfolded, and not given back: what turns out to be damaged, or an archive, has cost
    the same work, and one archive may hold thousands of such members.
    """
    is_archive = name.lower().endswith(".zip")
    if is_archive and depth > 1:
        yield _refused(name, "archive_in_archive")
        return
    if entry.size <= MAX_FILE_BYTES and not room.take(entry.size):
        yield _without_room(name)
        return
    try:
        content = package.read(entry, MAX_FILE_BYTES)
    except Refused as refusal:
        yield FoundFile(name, refused=(refusal.code, refusal.params))
        return
    if content is None:
        yield _refused(name, "file_too_large", megabytes=entry.size // 1_000_000)
    elif not is_archive:
        yield FoundFile(name, content)
    else:
        yield from _members(name, content, room, depth + 1)
