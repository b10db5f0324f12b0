"""Whether a window can be shown here, and what to say where it cannot."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from desktop_app.domain.issues import ExitCode
from desktop_app.text.catalogue import Catalogue

PACKAGES = "libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libxcb-cursor0"
"""Debian packages that Qt needs for a window."""
_OFFSCREEN = {"offscreen", "minimal"}


def has_display() -> bool:
    """Say whether there is a screen to show a window on."""
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM", "") in _OFFSCREEN:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_window(path: Path | None, catalogue: Catalogue) -> int:
    """Open the window, or say in one sentence why it cannot be opened.

    Args:
        path: the data file to open; None for the start page.
        catalogue: the language of the sentence, and of the window.

    Returns:
        The exit code.
    """
    if not has_display():
        click.echo(catalogue("There is no screen here, so the window cannot open; use the commands (--help)."), err=True)
        return ExitCode.ENVIRONMENT
    try:
        from desktop_app.ui.app import run
    except ImportError as error:
        sentence = catalogue(
            "The window cannot open because system libraries are missing ({detail}); install: {packages}",
            detail=str(error),
            packages=PACKAGES,
        )
        click.echo(sentence, err=True)
        return ExitCode.ENVIRONMENT
    return run(path, str(catalogue.language))
