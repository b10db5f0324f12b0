"""What the window looks like now: theme, fonts and tinted icons, and the signal that they changed."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from desktop_app.paths import bundled
from desktop_app.ui.theme import DARK, LIGHT, Theme, ThemeChoice, palette, style_sheet

BASE_POINT_SIZE = 10.0
ICON_SIZE = 20


class Appearance(QObject):
    """Theme, fonts and icons of one application; lives on the main thread.

    Signals:
        changed: the theme is another one; painted widgets repaint, tinted icons are fetched again.
    """

    changed = Signal()

    def __init__(self, choice: ThemeChoice = ThemeChoice.SYSTEM, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.choice = choice
        self.theme: Theme = self._wanted()
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def apply(self) -> None:
        """Give the application its font, palette and style sheet."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setFont(font())
            app.setPalette(palette(self.theme))
            sheet = style_sheet(self.theme)
            if app.styleSheet() != sheet:  # setting it polishes every widget anew
                app.setStyleSheet(sheet)

    def choose(self, choice: ThemeChoice) -> None:
        """Take another theme, or follow the system again."""
        self.choice = choice
        self._change_to(self._wanted())

    def icon(self, name: str, role: str = "soft", *, selected_role: str = "") -> QIcon:
        """Return an icon tinted with a token; its "on" state has the colour ``selected_role`` where one is given.

        Raises:
            FileNotFoundError: no such icon is bundled.
        """
        screen = QGuiApplication.primaryScreen()
        scale = screen.devicePixelRatio() if screen is not None else 1.0
        icon = QIcon(self.pixmap(name, role, scale=scale))
        if selected_role:
            icon.addPixmap(self.pixmap(name, selected_role, scale=scale), QIcon.Mode.Normal, QIcon.State.On)
        return icon

    def pixmap(self, name: str, role: str, *, size: int = ICON_SIZE, scale: float = 1.0) -> QPixmap:
        """Return an icon as a picture of ``size`` logical pixels at a device pixel ratio."""
        colour = QColor(getattr(self.theme, role)).name()
        key = (name, colour, size, scale)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._draw(name, colour, size, scale)
        return self._pixmaps[key]

    @staticmethod
    def _draw(name: str, colour: str, size: int, scale: float) -> QPixmap:
        drawing = bundled(f"resources/icons/{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
        pixels = round(size * scale)
        pixmap = QPixmap(QSize(pixels, pixels))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, pixels, pixels))
        painter.end()
        pixmap.setDevicePixelRatio(scale)
        return pixmap

    def _wanted(self) -> Theme:
        if self.choice is ThemeChoice.SYSTEM:
            dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if self.choice is ThemeChoice.DARK else LIGHT

    def _follow_system(self) -> None:
        if self.choice is ThemeChoice.SYSTEM:
            self._change_to(self._wanted())

    def _change_to(self, theme: Theme) -> None:
        if theme is not self.theme:
            self.theme = theme
            self.apply()
            self.changed.emit()


def font(points: float = BASE_POINT_SIZE, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the system's UI font at a size in points, with figures of one width."""
    result = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    result.setPointSizeF(points)
    result.setWeight(weight)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result
