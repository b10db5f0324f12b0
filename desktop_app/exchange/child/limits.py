"""What the child that opens untrusted workbooks may use: memory, processor time, and its life no longer than ours.

On Linux and macOS the child limits itself before it reads anything. On Windows, which has no such call, the parent puts it
into a job object; processor time is not limited there, but the parent's clock is.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

MEMORY_BYTES = 280_000_000
"""What the child may allocate; with the pages of its libraries it stays below 300 MB."""
_ADDRESS_BYTES = 600_000_000
"""Address space: openpyxl reserves far more than it uses."""
CPU_SECONDS = 1.6
"""Processor time for one file; the heaviest honest return needs less than half of it."""
RETIRES_AT_BYTES = 150_000_000
"""A child that keeps more than this after a file makes room for a fresh one, so that each file has the same memory."""
_PAGE_BYTES = 4096
_LONGEST_STATM = 200

_KILL_ON_CLOSE, _PROCESS_MEMORY, _DIES_SILENTLY = 0x2000, 0x100, 0x400
_EXTENDED_LIMITS = 9
_MAY_BE_JOINED = 0x0100 | 0x0001  # PROCESS_SET_QUOTA and PROCESS_TERMINATE


def limit_memory() -> None:
    """Limit the memory of this process from now on; on Windows its parent does (:class:`Job`)."""
    if sys.platform != "win32":
        import resource

        for kind, most in ((resource.RLIMIT_DATA, MEMORY_BYTES), (resource.RLIMIT_AS, _ADDRESS_BYTES)):
            allowed = resource.getrlimit(kind)[1]  # no process may take more than it was given
            limit = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
            resource.setrlimit(kind, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_next_file() -> None:
    """Give the next file its own processor time; the process ends when it is used up."""
    if sys.platform != "win32":
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)


def resident_bytes() -> int:
    """Return the memory that this process holds now; 0 where the system does not tell it simply."""
    try:
        return int(os.pread(_statm(), _LONGEST_STATM, 0).split()[1]) * _PAGE_BYTES
    except (OSError, AttributeError, IndexError, ValueError):
        return 0  # only Linux has the file, and Windows not even the call


@cache
def _statm() -> int:
    """Return the open file in which the system says what this process holds; it is read after every workbook."""
    return os.open("/proc/self/statm", os.O_RDONLY)


class _BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("BasicLimitInformation", _BasicLimits),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


class Job:
    """A job object of Windows around one process: a limit of memory, and the end of the process when the job is closed.

    It has never run on Windows itself; its structures and calls are held to Microsoft's documentation by tests.

    Args:
        pid: the process.
        kernel32: the system library.

    Raises:
        OSError: the system refused one of the steps; nothing is left open.
    """

    def __init__(self, pid: int, kernel32: Any) -> None:
        self._kernel32 = kernel32
        for name in ("CreateJobObjectW", "OpenProcess"):
            getattr(kernel32, name).restype = ctypes.c_void_p  # a handle is as wide as a pointer
        self._handle = ctypes.c_void_p(kernel32.CreateJobObjectW(None, None))
        process = ctypes.c_void_p(kernel32.OpenProcess(_MAY_BE_JOINED, 0, pid))
        limits = ExtendedLimits()
        limits.BasicLimitInformation.LimitFlags = _KILL_ON_CLOSE | _PROCESS_MEMORY | _DIES_SILENTLY
        limits.ProcessMemoryLimit = MEMORY_BYTES
        try:
            is_confined = (
                self._handle.value
                and process.value
                and kernel32.SetInformationJobObject(
                    self._handle, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.c_uint32(ctypes.sizeof(limits))
                )
                and kernel32.AssignProcessToJobObject(self._handle, process)
            )
        finally:
            if process.value:
                kernel32.CloseHandle(process)
        if not is_confined:
            self.close()
            raise OSError("the child cannot be put into a job object")

    def close(self) -> None:
        """End the process, if it still runs."""
        if self._handle.value:
            self._kernel32.CloseHandle(self._handle)
            self._handle = ctypes.c_void_p()


def confine(pid: int, platform: str = sys.platform, load: Callable[[], Any] | None = None) -> Job | None:
    """Put a child into a job object; None on systems on which the child limits itself.

    Args:
        pid: the child.
        platform: as ``sys.platform``.
        load: gives the system library; None for the system's own.

    Raises:
        OSError: the child runs without limits and must be ended.
    """
    if platform != "win32":
        return None
    return Job(pid, (load or _kernel32)())


def _kernel32() -> Any:
    return ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
