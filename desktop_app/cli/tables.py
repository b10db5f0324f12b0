"""Tables for people on the command line."""

from __future__ import annotations

from collections.abc import Iterable


def aligned(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Return rows as lines with aligned columns, none with blanks at its end."""
    found = list(rows)
    if not found:
        return []
    widths = [max(len(row[index]) for row in found) for index in range(len(found[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in found]
