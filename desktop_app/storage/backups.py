"""Proven copies of a data file: made, listed, brought back.

A copy is made through SQLite, so that it is whole even while a window writes; it is opened and checked under a temporary
name, and gets its own name only when it is sound, of the same file (by UUID) and holds as many rows. Copies lie in the
folder ``NAME-backups`` beside the data file and bear their time in UTC.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.domain.issues import UserError
from desktop_app.domain.specs import REGISTRY
from desktop_app.storage import hold as holds
from desktop_app.storage.connecting import connect, schema_version
from desktop_app.storage.migrate import newest_version
from desktop_app.storage.refusals import speaking

_STAMP = "%Y%m%dT%H%M%SZ"
_PART = ".part"


@dataclass(frozen=True)
class Backup:
    """One copy of a data file.

    Attributes:
        path: where it lies.
        at: when it was made, UTC.
        size: bytes.
        proved: True when it was just opened and found sound and of the same file.
    """

    path: Path
    at: datetime
    size: int
    proved: bool

    @property
    def name(self) -> str:
        """What ``restore`` takes."""
        return self.path.name


@dataclass(frozen=True)
class _Facts:
    """What a copy must have in common with its source."""

    uuid: str | None
    counts: dict[str, int]


def backups_folder(path: Path) -> Path:
    """Return where the copies of a data file lie."""
    real = path.resolve()
    return real.with_name(f"{real.stem}-backups")


def backup(path: Path, *, at: datetime | None = None) -> Backup:
    """Make a proven copy of a data file; it may be open, here or elsewhere.

    Args:
        path: the data file.
        at: the time that the copy bears; now when None.

    Raises:
        UserError: the file is no sound data file, the folder is read-only, the disk full; no copy is left then.
    """
    if schema_version(path) > newest_version():
        raise UserError("file_too_new", file=path.name)  # this program cannot prove what it does not know
    moment = (at or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    with speaking(path):
        final = _free_name(path, moment)
        part = final.with_name(final.name + _PART)
        try:
            if _copied(path, part) != _facts_of_sound(part):
                raise UserError("file_damaged", file=path.name)
            _to_disk(part)
            part.rename(final)
        finally:
            part.unlink(missing_ok=True)
    return Backup(path=final, at=moment, size=final.stat().st_size, proved=True)


def _free_name(path: Path, moment: datetime) -> Path:
    folder = backups_folder(path)
    folder.mkdir(exist_ok=True)
    stem = f"{path.stem}.{moment.strftime(_STAMP)}"
    name = folder / f"{stem}{path.suffix}"
    number = 2
    while name.exists():
        name = folder / f"{stem}-{number}{path.suffix}"
        number += 1
    return name


def _copied(path: Path, part: Path) -> _Facts:
    """Copy a data file through SQLite; return what it held at that moment."""
    with closing(connect(path, read_only=False)) as source:  # a write that was cut off is put right on the way
        source.execute("BEGIN")  # the counts and the copy see one state
        facts = _facts(source)
        with closing(sqlite3.connect(part, isolation_level=None)) as target:
            source.backup(target)
    return facts


def _facts(connection: sqlite3.Connection) -> _Facts:
    present = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    tables = sorted(present & ({spec.table for spec in REGISTRY.values()} | {"operation", "change_log"}))
    counts = {table: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in tables}
    row = connection.execute("SELECT uuid FROM office").fetchone() if "office" in present else None
    return _Facts(uuid=row[0] if row else None, counts=counts)


def _facts_of_sound(path: Path, *, read_only: bool = True) -> _Facts | None:
    """Return the facts of a file that passes SQLite's own examination; None when it does not."""
    try:
        with closing(connect(path, read_only=read_only)) as connection:
            if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                return None
            if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
                return None
            return _facts(connection)
    except sqlite3.DatabaseError:
        return None


def _to_disk(path: Path) -> None:
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def list_backups(path: Path) -> list[Backup]:
    """Return the copies of a data file, newest first, each opened and checked anew.

    A copy counts as proved when it is sound and bears the UUID of the data file, or of the newest sound copy where the
    data file itself cannot be read any more.
    """
    folder = backups_folder(path)
    with speaking(path):
        found = list(folder.iterdir()) if folder.is_dir() else []
    named = [(key, copy) for copy in found if copy.suffix == path.suffix and (key := _time_in_name(copy)) is not None]
    copies = {copy: at for (at, _number), copy in sorted(named, reverse=True)}
    if not copies:
        return []  # the data file is not looked through where nothing is held against it
    facts = {copy: _facts_of_ours(copy) for copy in copies}
    own = _facts_of_ours(path) or next((known for known in facts.values() if known is not None), None)
    wanted = own.uuid if own is not None else None
    result = []
    for copy, at in copies.items():
        known = facts[copy]
        result.append(Backup(copy, at, copy.stat().st_size, proved=known is not None and known.uuid == wanted))
    return result


def _time_in_name(copy: Path) -> tuple[datetime, int] | None:
    """Return when a copy was made and which one of that second it is; None when the name does not tell."""
    stamp = re.fullmatch(r".*\.(\d{8}T\d{6}Z)(?:-(\d+))?\.[^.]+", copy.name)
    if stamp is None:
        return None
    return datetime.strptime(stamp.group(1), _STAMP).replace(tzinfo=UTC), int(stamp.group(2) or 1)


def _facts_of_ours(path: Path, *, read_only: bool = True) -> _Facts | None:
    try:
        schema_version(path)
    except UserError:
        return None
    return _facts_of_sound(path, read_only=read_only)


@dataclass(frozen=True)
class Restored:
    """What a restore did.

    Attributes:
        backup: the copy that was brought back.
        kept: the copy of the file that it replaced; not proved where that file was damaged. None when there was none.
    """

    backup: Backup
    kept: Backup | None


def restore(path: Path, name: str, *, holder: str = "") -> Restored:
    """Put a proven copy in the place of a data file; the replaced file becomes a copy itself first.

    Args:
        path: the data file; it may be damaged or gone.
        name: a name from :func:`list_backups`, or the path of a copy that lies elsewhere.
        holder: who acts, as others are told.

    Raises:
        UserError: ``backup_unknown``, ``backup_not_sound``, ``backup_of_another_file``, ``file_too_new``, or the file is in
            use, read-only or the disk full; nothing was changed.
    """
    path = path.resolve()  # a link stays a link
    source = _find(path, name)
    facts = _facts_of_ours(source)
    if facts is None:
        raise UserError("backup_not_sound", name=source.name)
    if schema_version(source) > newest_version():
        raise UserError("file_too_new", file=source.name)
    hold = holds.take(path, holder, window=True)
    try:
        own = _facts_of_ours(path, read_only=False)
        if own is not None and own.uuid != facts.uuid:
            raise UserError("backup_of_another_file", name=source.name, file=path.name)
        return _replace(path, source, sound=own is not None)
    finally:
        if hold is not None:
            hold.release()


def _find(path: Path, name: str) -> Path:
    for candidate in (backups_folder(path) / name, Path(name)):
        if candidate.is_file():
            return candidate
    raise UserError("backup_unknown", name=name, file=path.name)


def _replace(path: Path, source: Path, *, sound: bool) -> Restored:
    """Keep the file that is there, then put the copy in its place in one step."""
    kept = backup(path) if sound else _set_aside(path)
    part = path.with_name(f".{path.name}{_PART}")
    with speaking(path):
        try:
            shutil.copyfile(source, part)
            _to_disk(part)
            if _facts_of_sound(part) is None:
                raise UserError("backup_not_sound", name=source.name)
            # a journal that is left would be played back into the file that takes the place
            path.with_name(path.name + "-journal").unlink(missing_ok=True)
            _take_place(part, path)
        finally:
            part.unlink(missing_ok=True)
    return Restored(backup=_described(source), kept=kept)


def _take_place(part: Path, path: Path) -> None:
    try:
        part.replace(path)
    except PermissionError as error:  # Windows replaces no file that somebody has open
        raise UserError("file_busy", file=path.name) from error


def _described(source: Path) -> Backup:
    stat = source.stat()
    named = _time_in_name(source)
    at = named[0] if named else datetime.fromtimestamp(stat.st_mtime, UTC).replace(microsecond=0)
    return Backup(source, at, stat.st_size, proved=True)


def _set_aside(path: Path) -> Backup | None:
    """Copy a damaged file, byte for byte, among the copies; None when there is no file."""
    if not path.exists():
        return None
    moment = datetime.now(UTC).replace(microsecond=0)
    with speaking(path):
        aside = _free_name(path, moment)
        shutil.copyfile(path, aside)
    return Backup(path=aside, at=moment, size=aside.stat().st_size, proved=False)
