"""The door of the program: no argument or one data file opens the window, anything else is a command."""

from __future__ import annotations

import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit code (product.md, "The command line")."""
    words = sys.argv[1:] if arguments is None else arguments
    if not words or (len(words) == 1 and words[0].lower().endswith(".skh")):
        return main_window(words)
    from desktop_app.cli.app import run

    return run(words)


def main_window(arguments: list[str] | None = None) -> int:
    """Open the window, with a data file when one is named first; the entry of the windowed program."""
    words = sys.argv[1:] if arguments is None else arguments
    from desktop_app.cli.display import open_window
    from desktop_app.text.catalogue import Catalogue

    return open_window(Path(words[0]) if words else None, Catalogue())


if __name__ == "__main__":
    sys.exit(main())
