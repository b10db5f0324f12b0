"""What stands in the project's tree, for the tests that keep it in order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOP_LEVEL = ("desktop_app", "resources", "db", "tests", ".ci")
TOP_FILES = ("pyproject.toml", "installer.spec", "README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", ".gitignore")
NOT_OURS = {"__pycache__", "_bundled", ".hypothesis"}


def files(*folders: str, suffix: str = "") -> Iterator[Path]:
    """Yield the files below some folders of the project, without what tools leave behind."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob(f"*{suffix}")):
            if path.is_file() and not NOT_OURS.intersection(path.relative_to(ROOT).parts):
                yield path


def everything() -> Iterator[Path]:
    """Yield every file of the project."""
    yield from files(*TOP_LEVEL)
    yield from (ROOT / name for name in TOP_FILES if (ROOT / name).exists())


def shown(path: Path) -> str:
    """Return a path as people write it, from the top of the project."""
    return path.relative_to(ROOT).as_posix()
