"""Who holds a data file: one writer at a time, and everybody else is told who and since when.

The writer keeps a small file ``.NAME.lock`` beside the data file open under a lock of the operating system, and writes its
name and the time into it. The lock goes away with the process, however that ends; a lock file left behind by a crash is
taken over by the next writer. Where the folder takes no new file, nothing can be written to the data file either.
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.domain.issues import UserError
from desktop_app.storage.refusals import speaking

PATIENCE_S = 5.0
"""How long a writer waits for a command line that holds the file, which takes moments; a window is not waited for."""
_RECORD_PATIENCE_S = 0.5
_PAUSE_S = 0.02
_LOCKED_BYTE = 1 << 30  # on Windows a locked byte cannot be read, so it lies behind the record


@dataclass(frozen=True)
class Holder:
    """Who holds a data file.

    Attributes:
        name: the actor.
        process: process id.
        since: ISO 8601, UTC.
        window: True for a window, which holds until it is closed; False for one run of the command line.
    """

    name: str
    process: int
    since: str
    window: bool

    def since_shown(self) -> str:
        """Return the time in the local zone, as officials write it."""
        return datetime.fromisoformat(self.since).astimezone().strftime("%H:%M %d/%m/%Y")


def lock_path(path: Path) -> Path:
    """Return the lock file of a data file; the same one by whatever link the file is reached."""
    real = path.resolve()
    return real.with_name(f".{real.name}.lock")


class Hold:
    """The right to write to one data file, from :func:`take` to :meth:`release`."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor

    def write(self, record: bytes) -> None:
        """Put the holder's record in the place of a former one."""
        os.ftruncate(self._descriptor, 0)
        os.write(self._descriptor, record)

    def release(self) -> None:
        """Give the file free; the lock file goes away with the hold."""
        if os.name == "nt":  # pragma: no cover - Windows deletes no open file
            os.close(self._descriptor)
            try:
                self._path.unlink()
            except OSError:
                return  # the next writer has it open already
        else:
            self._path.unlink(missing_ok=True)
            os.close(self._descriptor)


def take(path: Path, name: str, *, window: bool) -> Hold | None:
    """Take the right to write to a data file.

    Args:
        path: the data file.
        name: who takes it, as others are told.
        window: True when it is held until a window is closed; such a hold is never shared.

    Returns:
        The hold; None when another connection of this very process holds the file, whose writes SQLite puts in a row.

    Raises:
        UserError: ``file_in_use`` by somebody else; the folder is read-only; the disk is full; the drive knows no locks.
    """
    deadline = time.monotonic() + PATIENCE_S
    while True:
        with speaking(path):
            hold = _try(path, name, window=window)
        if hold is not None:
            return hold
        holder = _holder(path)
        if holder is not None and holder.process == os.getpid() and not window:
            return None
        if (holder is not None and holder.window) or time.monotonic() > deadline:
            raise _in_use(path, holder)
        time.sleep(_PAUSE_S)


def _in_use(path: Path, holder: Holder | None) -> UserError:
    if holder is None:
        return UserError("file_busy", file=path.name)
    return UserError("file_in_use", file=path.name, name=holder.name, since=holder.since_shown())


def _try(path: Path, name: str, *, window: bool) -> Hold | None:
    """Lock the lock file and write the record; None when somebody else has it."""
    beside = lock_path(path)
    while True:
        descriptor = os.open(beside, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            locked = _lock(descriptor, path)
            ours = locked and _is_still_there(descriptor, beside)
        except BaseException:
            os.close(descriptor)
            raise
        if ours:
            return _signed(Hold(beside, descriptor), name, window=window)
        os.close(descriptor)
        if not locked:
            return None  # otherwise the former holder deleted it between our opening and our locking: once more


def _signed(hold: Hold, name: str, *, window: bool) -> Hold:
    record = Holder(name, os.getpid(), datetime.now(UTC).isoformat(timespec="seconds"), window)
    try:
        hold.write(json.dumps(asdict(record)).encode())
    except BaseException:
        hold.release()
        raise
    return hold


def _is_still_there(descriptor: int, beside: Path) -> bool:
    ours = os.fstat(descriptor)
    try:
        there = beside.stat()
    except FileNotFoundError:
        return False
    return (ours.st_dev, ours.st_ino) == (there.st_dev, there.st_ino)


def _holder(path: Path) -> Holder | None:
    """Return who holds the file; None when no record appears, or the holder has just let go."""
    deadline = time.monotonic() + _RECORD_PATIENCE_S
    while time.monotonic() < deadline:
        try:
            return Holder(**json.loads(lock_path(path).read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError):
            time.sleep(_PAUSE_S)  # the holder has locked the file and not yet written its name
    return None


if sys.platform == "win32":  # pragma: no cover - the same promise by the means of Windows
    import msvcrt

    def _lock(descriptor: int, path: Path) -> bool:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        except OSError as error:
            raise UserError("drive_without_locks", file=path.name) from error
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _lock(descriptor: int, path: Path) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            raise UserError("drive_without_locks", file=path.name) from error
        return True
