"""Whether a window can be shown here."""

from __future__ import annotations

import os
import sys

_OFFSCREEN = {"offscreen", "minimal"}


def paints_offscreen() -> bool:
    """Say whether Qt was told to paint where nobody sees it, as tests do."""
    return os.environ.get("QT_QPA_PLATFORM", "") in _OFFSCREEN


def has_display() -> bool:
    """Say whether there is a screen that somebody can look at."""
    if paints_offscreen():
        return False
    return sys.platform in {"win32", "darwin"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
