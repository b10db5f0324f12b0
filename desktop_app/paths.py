"""Where bundled read-only files and per-user folders are.

One rule serves a checkout, a wheel and a frozen bundle: the folders ``resources/`` and ``db/`` that stand
beside the package (a checkout, an editable install) win; otherwise the copies in ``desktop_app/_bundled/`` that the
wheel and the frozen bundle carry.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _root() -> Path:
    beside = _PACKAGE.parent
    if (beside / "resources").is_dir() and (beside / "db").is_dir():
        return beside
    return _PACKAGE / "_bundled"


def bundled(relative: str) -> Path:
    """Return the path of a bundled file or folder.

    Args:
        relative: a name such as ``resources/plans/TH-2016-2020.toml`` or ``db/migrations``; forward slashes, no ``..``.

    Raises:
        ValueError: the name is absolute or climbs out of the bundle.
        FileNotFoundError: nothing of that name is bundled, so the installation is damaged.
    """
    parts = Path(relative).parts
    if Path(relative).is_absolute() or ".." in parts or not parts or parts[0] not in {"resources", "db"}:
        raise ValueError(relative)
    path = _root().joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(path)
    return path


def settings_folder() -> Path:
    """Return the per-user folder for window settings and the list of recent files; it may not exist yet."""
    import platformdirs  # noqa: PLC0415 - only the window needs it

    return Path(platformdirs.user_config_dir("sokehoach", appauthor=False))
