"""What SQLite and the operating system refuse, in the user's words.

Every error code that a data file can end in is told apart here, once; what is none of these stays what it is: a bug.
"""

from __future__ import annotations

import errno
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.domain.issues import UserError

_BY_SQLITE_NAME = {
    "SQLITE_FULL": "disk_full",
    "SQLITE_IOERR": "disk_full",
    "SQLITE_READONLY_DIRECTORY": "folder_read_only",
    "SQLITE_READONLY_ROLLBACK": "file_needs_recovery",
    "SQLITE_READONLY_DBMOVED": "file_moved",
    "SQLITE_READONLY": "file_read_only",
    "SQLITE_CANTOPEN": "folder_read_only",
    "SQLITE_BUSY": "file_busy",
    "SQLITE_LOCKED": "file_busy",
    "SQLITE_NOTADB": "file_not_database",
    "SQLITE_CORRUPT": "file_damaged",
}
"""Result codes with what they mean for the user; an extended code that is not listed means what its first part means.

A read or write that fails (IOERR) is told like a full disk: a size limit of the system ends as ``SQLITE_IOERR_WRITE``, and
the advice, to look at the drive, is the same. A file that cannot be opened (CANTOPEN) once the data file itself is open is
the journal, which the folder does not let us create.
"""

_NO_TEXT = "Could not decode to UTF-8"
"""How Python tells of a text column whose bytes are no text; the error has no result code of SQLite."""

_BY_ERRNO = {
    errno.ENOENT: "file_missing",
    errno.ENOSPC: "disk_full",
    errno.EFBIG: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EIO: "disk_full",
    errno.EROFS: "folder_read_only",
    errno.EACCES: "folder_read_only",
    errno.EPERM: "folder_read_only",
    errno.EEXIST: "data_file_exists",
}


def refusal_of(error: Exception, path: Path) -> UserError | None:
    """Return the user's version of an error of SQLite or the operating system; None when it is a bug of the program.

    Args:
        error: what was raised.
        path: the data file concerned.
    """
    code: str | None = None
    if isinstance(error, UnicodeDecodeError) or _NO_TEXT in str(error):
        code = "file_damaged"
    elif isinstance(error, sqlite3.Error):
        name = str(getattr(error, "sqlite_errorname", ""))
        code = _BY_SQLITE_NAME.get(name) or _BY_SQLITE_NAME.get("_".join(name.split("_")[:2]))
    elif isinstance(error, OSError) and error.errno is not None:
        code = _BY_ERRNO.get(error.errno)
    return UserError(code, file=path.name) if code else None


@contextmanager
def speaking(path: Path) -> Iterator[None]:
    """Turn what the environment refuses inside the block into a :class:`UserError`; let bugs pass.

    Raises:
        UserError: the disk is full, the file locked, read-only, damaged or gone.
    """
    try:
        yield
    except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
        refusal = refusal_of(error, path)
        if refusal is None:
            raise
        raise refusal from error


if sys.platform == "win32":  # pragma: no cover - Windows has no size limit for files

    def require_room(path: Path) -> None:
        """Do nothing: there is no limit to look up."""

else:
    import resource

    def require_room(path: Path) -> None:
        """Refuse to write to a file that is larger already than the system lets this process write.

        A full disk still takes pages that it has, so that SQLite can roll back; a size limit below the file's size does not:
        a write would begin, fail, and leave the file to be put right by the next one to open it.

        Raises:
            UserError: ``disk_full``.
        """
        limit = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
        if limit != resource.RLIM_INFINITY and path.stat().st_size > limit:
            raise UserError("disk_full", file=path.name)
