"""The limits of the child: on Linux they hold; on Windows the right calls are made, with structures of the right size."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from desktop_app.exchange.child import limits
from desktop_app.exchange.child.limits import MEMORY_BYTES, ExtendedLimits, Job, confine, resident_bytes

LIMITED = "from desktop_app.exchange.child.limits import limit_memory, limit_next_file; limit_memory(); limit_next_file()\n"


@pytest.mark.skipif(sys.platform == "win32", reason="the parent limits it there")
class TestHere:
    def ended(self, code: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-c", LIMITED + code], capture_output=True, text=True, check=False)

    def test_memory_ends_at_the_limit(self) -> None:
        assert self.ended(f"len(bytearray({MEMORY_BYTES // 2})); print('ok')").stdout == "ok\n"
        assert "MemoryError" in self.ended(f"bytearray({MEMORY_BYTES})").stderr

    def test_time_ends_at_the_limit(self) -> None:
        assert self.ended("while True: pass").returncode == -signal.SIGPROF

    def test_every_file_has_its_own_time(self) -> None:
        spend = f"end = time.process_time() + {limits.CPU_SECONDS * 0.7}\nwhile time.process_time() < end: pass\n"
        assert self.ended(f"import time\n{spend}limit_next_file()\n{spend}print('ok')").stdout == "ok\n"


def test_what_a_process_holds() -> None:
    held = resident_bytes()
    assert held == 0 or 5_000_000 < held < 5_000_000_000


@pytest.mark.skipif(sys.platform == "win32", reason="the parent limits it there")
def test_a_system_that_allows_less_keeps_its_own_limit() -> None:
    code = (
        "import resource\n"
        "from desktop_app.exchange.child.limits import limit_memory\n"
        "resource.setrlimit(resource.RLIMIT_AS, (500_000_000, 500_000_000))\n"
        "limit_memory()\n"
        "print(*resource.getrlimit(resource.RLIMIT_AS))"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert told.split() == ["500000000", "500000000"]


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="the documented sizes are those of 64 bit")
def test_structures_are_as_large_as_windows_expects() -> None:
    assert ctypes.sizeof(ExtendedLimits) == 144
    assert ExtendedLimits.IoInfo.offset == 64
    assert ExtendedLimits.ProcessMemoryLimit.offset == 112
    assert type(ExtendedLimits().BasicLimitInformation).LimitFlags.offset == 16


class Call:
    """One function of the system library, which remembers how it was called."""

    restype: Any = None

    def __init__(self, log: list[tuple[Any, ...]], name: str, result: int) -> None:
        self._log, self._name, self._result = log, name, result

    def __call__(self, *arguments: Any) -> int:
        plain = [argument.value if hasattr(argument, "value") else argument for argument in arguments]
        self._log.append((self._name, *plain))
        return self._result


class Kernel32:
    def __init__(self, **results: int) -> None:
        self.log: list[tuple[Any, ...]] = []
        defaults = {"CreateJobObjectW": 11, "OpenProcess": 22, "SetInformationJobObject": 1, "AssignProcessToJobObject": 1}
        for name, result in {**defaults, "CloseHandle": 1, **results}.items():
            setattr(self, name, Call(self.log, name, result))

    def called(self) -> list[str]:
        return [call[0] for call in self.log]


def test_a_job_limits_memory_and_ends_with_the_parent() -> None:
    system = Kernel32()
    job = confine(4711, "win32", lambda: system)
    assert job is not None
    assert system.log[:2] == [("CreateJobObjectW", None, None), ("OpenProcess", 0x101, 0, 4711)]
    name, handle, kind, pointer, size = system.log[2]
    assert (name, handle, kind, size) == ("SetInformationJobObject", 11, 9, ctypes.sizeof(ExtendedLimits))
    told = pointer._obj
    assert told.BasicLimitInformation.LimitFlags == 0x2000 | 0x100 | 0x400
    assert told.ProcessMemoryLimit == MEMORY_BYTES
    assert system.log[3:] == [("AssignProcessToJobObject", 11, 22), ("CloseHandle", 22)]
    assert system.CreateJobObjectW.restype is ctypes.c_void_p  # type: ignore[attr-defined]
    job.close()
    job.close()
    assert system.log[5:] == [("CloseHandle", 11)]


@pytest.mark.parametrize(
    ("failing", "closed"),
    [
        ("CreateJobObjectW", [22]),
        ("OpenProcess", [11]),
        ("SetInformationJobObject", [22, 11]),
        ("AssignProcessToJobObject", [22, 11]),
    ],
)
def test_a_child_that_cannot_be_limited_is_not_used(failing: str, closed: list[int]) -> None:
    system = Kernel32(**{failing: 0})
    with pytest.raises(OSError, match="job object"):
        Job(4711, system)
    assert [call[1] for call in system.log if call[0] == "CloseHandle"] == closed


def test_elsewhere_there_is_no_job() -> None:
    assert confine(4711, "linux") is None


def test_on_windows_the_parent_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """There neither ``resource`` nor interval timers exist: asking for them would end the child."""
    monkeypatch.setattr(limits, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(limits, "signal", None)
    monkeypatch.setitem(sys.modules, "resource", None)
    limits.limit_memory()
    limits.limit_next_file()


def test_a_system_that_does_not_tell_what_a_process_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_statm", lambda: -1)
    assert resident_bytes() == 0
    monkeypatch.delattr("os.pread", raising=False)
    assert resident_bytes() == 0
