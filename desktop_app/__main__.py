"""The door of the program: no argument or one data file opens the window, anything else is a command."""

from __future__ import annotations

import sys
from pathlib import Path

from desktop_app.text.catalogue import Catalogue

_PACKAGES = "libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libxcb-cursor0"
"""Debian packages that Qt needs for a window."""
_ENVIRONMENT = 3


def main(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit code (product.md, "The command line")."""
    words = sys.argv[1:] if arguments is None else arguments
    if words == ["_read"]:  # the child process that opens untrusted workbooks starts without what commands need
        from desktop_app.exchange.child.server import serve

        serve(sys.stdin.buffer, sys.stdout.buffer)
        return 0
    if not words or (len(words) == 1 and words[0].lower().endswith(".skh")):
        return main_window(words)
    from desktop_app.cli.app import run

    return run(words, open_window)


def main_window(arguments: list[str] | None = None) -> int:
    """Open the window, with a data file when one is named first; the entry of the windowed program."""
    words = sys.argv[1:] if arguments is None else arguments
    return open_window(Path(words[0]) if words else None, Catalogue())


def open_window(path: Path | None, catalogue: Catalogue) -> int:
    """Open the window, or say in one sentence why it cannot be opened.

    Args:
        path: the data file to open; None for the start page.
        catalogue: the language of the sentence, and of the window.

    Returns:
        The exit code.
    """
    from desktop_app.cli.display import has_display, paints_offscreen

    if not has_display() and not paints_offscreen():
        return _refuse(catalogue("There is no screen here, so the window cannot open; use the commands (--help)."))
    try:
        from desktop_app.ui.app import run
    except ImportError as error:
        sentence = catalogue(
            "The window cannot open because system libraries are missing ({detail}); install: {packages}",
            detail=str(error),
            packages=_PACKAGES,
        )
        return _refuse(sentence)
    return run(path, str(catalogue.language))


def _refuse(sentence: str) -> int:
    if sys.stderr is not None:  # the windowed program of Windows has none
        sys.stderr.write(sentence + "\n")
    return _ENVIRONMENT


if __name__ == "__main__":
    sys.exit(main())
