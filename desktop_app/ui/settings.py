"""What the window remembers for one user: theme, language, place, recent files and where each file was left."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from desktop_app import paths
from desktop_app.text.catalogue import Language
from desktop_app.ui.theme import ThemeChoice

FILE_NAME = "window.json"
MOST_RECENT = 10


@dataclass
class WindowSettings:
    """Settings of one user, kept as JSON in the per-user settings folder.

    Attributes:
        geometry: Qt's saved geometry in hexadecimal; "" before the first window.
        recent_files: absolute paths, the last opened first.
        places: by absolute path: plan, period, unit and page last looked at.
        language: None until the user has chosen one in the window.
    """

    theme: ThemeChoice = ThemeChoice.SYSTEM
    language: Language | None = None
    geometry: str = ""
    recent_files: list[str] = field(default_factory=list)
    places: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path | None = None) -> WindowSettings:
        """Read the settings; missing, damaged or foreign ones are as if there were none."""
        try:
            data = json.loads(_file(folder).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return cls()
        return cls._from_json(data) if isinstance(data, dict) else cls()

    @classmethod
    def _from_json(cls, data: dict[str, Any]) -> WindowSettings:
        settings = cls()
        with contextlib.suppress(ValueError):
            settings.theme = ThemeChoice(data.get("theme", ThemeChoice.SYSTEM))
        with contextlib.suppress(ValueError):
            settings.language = Language(data["language"]) if data.get("language") else None
        settings.geometry = str(data.get("geometry", ""))
        recent = data.get("recent_files", [])
        settings.recent_files = [str(item) for item in recent] if isinstance(recent, list) else []
        places = data.get("places", {})
        if isinstance(places, dict):
            settings.places = {
                str(path): {str(key): str(value) for key, value in place.items()}
                for path, place in places.items()
                if isinstance(place, dict)
            }
        return settings

    def save(self, folder: Path | None = None) -> bool:
        """Write the settings by replacing the file; return False when the folder refuses (they are a comfort, not data)."""
        path = _file(folder)
        draft = path.with_suffix(f".{os.getpid()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")
            draft.replace(path)
        except OSError:
            return False
        return True

    def remember_file(self, path: Path) -> None:
        """Put a file at the head of the recent ones."""
        written = str(path.resolve())
        self.recent_files = [written, *(item for item in self.recent_files if item != written)][:MOST_RECENT]
        self.places = {item: self.places[item] for item in self.recent_files if item in self.places}

    def forget_file(self, path: str) -> None:
        """Take a file off the list of recent ones."""
        self.recent_files = [item for item in self.recent_files if item != path]


def _file(folder: Path | None) -> Path:
    return (folder or paths.settings_folder()) / FILE_NAME
