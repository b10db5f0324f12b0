"""Colours of the window: one table of tokens for the light and the dark theme, and what is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from string import Template

from PySide6.QtGui import QColor, QPalette

from desktop_app.paths import bundled


class ThemeChoice(StrEnum):
    """What the user asked for; ``system`` follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Theme:
    """The tokens of one theme as ``#RRGGBB``.

    Every text token has a contrast of at least 4.5 : 1 on ``background``, ``card`` and ``selection``; a test measures it.

    Attributes:
        name: ``light`` or ``dark``.
        accent: text, lines and the one filled button; ``on_accent`` is the text on it.
        bar: what a bar of a chart is filled with when it is not the current one.
    """

    name: str
    background: str
    card: str
    line: str
    text: str
    soft: str
    accent: str
    on_accent: str
    accent_hover: str
    accent_background: str
    selection: str
    hover: str
    met: str
    not_met: str
    warning: str
    info: str
    input_cell: str
    bar: str
    warning_background: str
    error_background: str

    def colour(self, role: str) -> QColor:
        """Return a token as a colour; ``role`` is the attribute name."""
        return QColor(getattr(self, role))


LIGHT = Theme(
    name="light",
    background="#F6F7F8",
    card="#FFFFFF",
    line="#E3E6E8",
    text="#1B2428",
    soft="#55656D",
    accent="#0B6E6E",
    on_accent="#FFFFFF",
    accent_hover="#095C5C",
    accent_background="#E3F1F0",
    selection="#D5EBEA",
    hover="#EEF1F2",
    met="#19693F",
    not_met="#A93818",
    warning="#7A5600",
    info="#3D5A80",
    input_cell="#FFFEF5",
    bar="#D3D9DC",
    warning_background="#FBF3DF",
    error_background="#FBE9E3",
)
DARK = Theme(
    name="dark",
    background="#171C1F",
    card="#1F2629",
    line="#313A3E",
    text="#E7ECEE",
    soft="#9DADB5",
    accent="#4FB8B4",
    on_accent="#0E1717",
    accent_hover="#6AC7C3",
    accent_background="#173535",
    selection="#1D3F3F",
    hover="#283034",
    met="#5CC38A",
    not_met="#F08A6B",
    warning="#E0B24C",
    info="#9DB8DE",
    input_cell="#262B22",
    bar="#3D484D",
    warning_background="#37301C",
    error_background="#3B2722",
)
THEMES: Mapping[str, Theme] = {theme.name: theme for theme in (LIGHT, DARK)}


def style_sheet(theme: Theme) -> str:
    """Return the style sheet of the whole program, filled in from the tokens."""
    template = Template(bundled("resources/styles/window.qss").read_text(encoding="utf-8"))
    return template.substitute(asdict(theme), images=bundled("resources/styles").as_posix())


def palette(theme: Theme) -> QPalette:
    """Return the palette that painted widgets and Qt's own parts take their colours from."""
    result = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.background,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.card,
        QPalette.ColorRole.AlternateBase: theme.background,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.soft,
        QPalette.ColorRole.Button: theme.card,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.BrightText: theme.on_accent,
        QPalette.ColorRole.Highlight: theme.selection,
        QPalette.ColorRole.HighlightedText: theme.text,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.LinkVisited: theme.accent,
        QPalette.ColorRole.ToolTipBase: theme.card,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.Light: theme.card,
        QPalette.ColorRole.Midlight: theme.line,
        QPalette.ColorRole.Mid: theme.line,
        QPalette.ColorRole.Dark: theme.soft,
        QPalette.ColorRole.Shadow: theme.line,
        QPalette.ColorRole.Accent: theme.accent,
    }
    for role, value in roles.items():
        result.setColor(role, QColor(value))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.soft))
    return result
