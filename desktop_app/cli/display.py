"""Whether a window can be shown here."""

from __future__ import annotations

import os
import sys

_OFFSCREEN = {"offscreen", "minimal"}


def has_display() -> bool:
    """Say whether there is a screen to show a window on."""
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM", "") in _OFFSCREEN:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
