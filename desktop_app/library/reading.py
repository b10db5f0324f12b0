"""Reads resource files: TOML for the catalogue, plans and samples, CSV for units."""

from __future__ import annotations

import csv
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from desktop_app.domain.issues import Issue, Place
from desktop_app.paths import bundled


def read_toml(name: str, issues: list[Issue]) -> dict[str, Any]:
    """Return the content of a bundled TOML file; an unreadable one becomes an issue and an empty table."""
    try:
        return tomllib.loads(_text(name), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        issues.append(Issue("resource_unreadable", {"file": name, "reason": str(error)}, Place(file=name)))
        return {}


def read_csv(name: str, issues: list[Issue]) -> list[dict[str, str]]:
    """Return the rows of a bundled CSV file by header, empty cells left out; an unreadable one becomes an issue."""
    try:
        lines = _text(name).splitlines()
    except (OSError, UnicodeDecodeError) as error:
        issues.append(Issue("resource_unreadable", {"file": name, "reason": str(error)}, Place(file=name)))
        return []
    rows = []
    for number, row in enumerate(csv.DictReader(lines), start=2):
        if None in row or None in row.values():
            reason = f"{number}: {len(lines[number - 1].split(','))}"
            issues.append(Issue("resource_unreadable", {"file": name, "reason": reason}, Place(file=name)))
        else:
            rows.append({header: cell for header, cell in row.items() if cell})
    return rows


def names(folder: str, ending: str) -> list[str]:
    """Return the bundled files of a folder with an ending, as names that :func:`read_toml` takes, sorted."""
    return [f"{folder}/{path.name}" for path in sorted(bundled(folder).glob(f"*{ending}"))]


def _text(name: str) -> str:
    path: Path = bundled(name)
    return path.read_text(encoding="utf-8")
