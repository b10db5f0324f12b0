"""Walking what was dropped: files, folders and zip archives, each file with its bytes or the reason why it is not read.

The bytes are read once: the same ones are hashed, parsed and kept, so that nobody can change a file in between. Names of
members of archives are shown, never used as paths.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

MAX_FILE_BYTES = 20_000_000
MAX_ARCHIVE_BYTES = 500_000_000
MAX_MEMBERS = 5_000
_PASSED_OVER = {"desktop.ini", "thumbs.db"}
_OTHER_FILES = (".skh", ".tmp")


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
    seen: set[Path] = set()
    for path in paths:
        for file in _files(path):
            real = file.resolve()
            if real not in seen:
                seen.add(real)
                yield from _read(file)


def _files(path: Path) -> Iterator[Path]:
    try:
        children = sorted(path.iterdir()) if path.is_dir() else None
    except OSError:
        children = None  # reading it fails once more, and then tells why
    if children is None:
        yield path
        return
    for child in children:
        if not _is_passed_over(child.name):
            yield from _files(child)


def _is_passed_over(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _PASSED_OVER or name.lower().endswith(_OTHER_FILES)


def _read(path: Path) -> Iterator[FoundFile]:
    name = str(path)
    try:
        size = path.stat().st_size
        is_archive = path.suffix.lower() == ".zip"
        if size > (MAX_ARCHIVE_BYTES if is_archive else MAX_FILE_BYTES):
            yield FoundFile(name, refused=("file_too_large", {"megabytes": size // 1_000_000}))
            return
        content = path.read_bytes()
    except OSError as error:
        yield FoundFile(name, refused=("file_unreadable", {"reason": error.strerror or str(error)}))
        return
    if is_archive:
        yield from _members(name, content)
    else:
        yield FoundFile(name, content)


def _members(name: str, content: bytes) -> Iterator[FoundFile]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [item for item in archive.infolist() if not item.is_dir()]
            if len(members) > MAX_MEMBERS:
                yield FoundFile(name, refused=("workbook_too_many_parts", {"count": len(members), "limit": MAX_MEMBERS}))
                return
            for item in members:
                shown = _shown_name(item)
                if not any(_is_passed_over(part) for part in shown.split("/")) and not shown.startswith("__MACOSX/"):
                    yield _member(f"{name}/{shown}", archive, item)
    except (zipfile.BadZipFile, OSError, ValueError):
        yield FoundFile(name, refused=("file_damaged", {}))


def _member(name: str, archive: zipfile.ZipFile, item: zipfile.ZipInfo) -> FoundFile:
    if item.flag_bits & 1:
        return FoundFile(name, refused=("file_encrypted", {}))
    try:
        with archive.open(item) as stream:
            content = stream.read(MAX_FILE_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        return FoundFile(name, refused=("file_damaged", {}))
    if len(content) > MAX_FILE_BYTES:
        return FoundFile(name, refused=("file_too_large", {"megabytes": item.file_size // 1_000_000}))
    return FoundFile(name, content)


def _shown_name(item: zipfile.ZipInfo) -> str:
    """Return a member's name; Windows writes UTF-8 without saying so, and it then arrives as the letters of DOS."""
    if item.flag_bits & 0x800:
        return item.filename
    try:
        return item.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return item.filename
