"""Keeps None, True and False alive under PySide6 wheels that count their references by the rules of Python 3.12.

PySide6 6.12 is built against the stable ABI of Python 3.12, where these objects are immortal, but its wheels install on
Python 3.11 too. There every call of a Qt method without result, every invalid variant and every emitted signal drops one
reference to them that it never took (measured: 1,000 calls of ``QLabel.setText`` lose 1,000 references to None), and after
some thousands the interpreter dies with "deallocating None". Python 3.12 and later are not concerned.
"""

from __future__ import annotations

import ctypes
import sys

IMMORTAL_SINCE = (3, 12)
_RESERVE = 1 << 40


def keep_constants_alive() -> None:
    """Give the constants a reserve of references that no session can use up; does nothing where they are immortal.

    The count is the first field of an object in every release build of CPython.
    """
    if sys.version_info < IMMORTAL_SINCE and sys.maxsize > _RESERVE:
        for constant in (None, True, False):
            if sys.getrefcount(constant) < _RESERVE // 2:
                ctypes.c_ssize_t.from_address(id(constant)).value += _RESERVE
