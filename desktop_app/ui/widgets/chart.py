"""Small charts of the detail cards, painted: a series against its goal, and bars of units against a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.ui.appearance import Appearance, font

SMALL = 9.0


@dataclass(frozen=True)
class Point:
    """One bar of a series.

    Attributes:
        label: what stands under it, such as a year.
        amount: its height; None leaves a gap.
        shown: what stands over it.
    """

    label: str
    amount: float | None
    shown: str


class SeriesChart(QWidget):
    """Bars over time, the last one in the accent colour, with the goal as a dashed line."""

    def __init__(
        self,
        appearance: Appearance,
        points: Sequence[Point],
        goal: float | None,
        description: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._points = list(points)
        self._goal = goal
        self.setFont(font(SMALL))
        self.setAccessibleName(description)
        self.setToolTip(description)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the room that a card gives."""
        return QSize(240, 116)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw bars, figures, labels and the goal."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetricsF(self.font())
        line = metrics.height()
        area = QRectF(0, line + 4, self.width(), self.height() - 2 * line - 10)
        amounts = [point.amount for point in self._points if point.amount is not None]
        top = max([*amounts, self._goal or 0.0, 0.0]) or 1.0
        if self._goal is not None:
            y = area.bottom() - area.height() * max(self._goal, 0.0) / top
            painter.setPen(QPen(self._appearance.theme.colour("not_met"), 1.25, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(0, y), QPointF(area.width(), y))
        step = area.width() / max(len(self._points), 1)
        for index, point in enumerate(self._points):
            self._bar(painter, point, index, QRectF(index * step, area.top(), step, area.height()), top)

    def _bar(self, painter: QPainter, point: Point, index: int, room: QRectF, top: float) -> None:
        theme = self._appearance.theme
        last = index == len(self._points) - 1
        painter.setPen(theme.colour("soft"))
        below = QRectF(room.left(), room.bottom() + 4, room.width(), 20)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, point.label)
        if point.amount is None:
            painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, "–")
            return
        height = max(room.height() * max(point.amount, 0.0) / top, 1.5)
        width = min(room.width() * 0.66, 40)
        bar = QRectF(room.center().x() - width / 2, room.bottom() - height, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent" if last else "bar"))
        painter.drawRoundedRect(bar, 2, 2)
        above = QRectF(room.left() - 8, bar.top() - 20, room.width() + 16, 18)
        needed = QFontMetricsF(self.font()).horizontalAdvance(point.shown)
        behind = QRectF(above.center().x() - needed / 2 - 2, above.top(), needed + 4, above.height())
        painter.fillRect(behind, theme.colour("card"))  # the line of the goal must not strike the figure through
        painter.setPen(theme.colour("text" if last else "soft"))
        painter.drawText(above, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, point.shown)


class ShareBar(QWidget):
    """One unit: its name, what it lacks, and its share as a bar against the mark of the goal."""

    def __init__(
        self,
        appearance: Appearance,
        name: str,
        *,
        lacking: str,
        share: float,
        mark: float | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._name = name
        self._lacking = lacking
        self._share = share
        self._mark = mark
        self.setAccessibleName(f"{name}: {lacking}")
        self.setToolTip(f"{name}: {lacking}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the height of a line of text and a bar."""
        return QSize(200, self.fontMetrics().height() + 14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line and the bar."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self.fontMetrics()
        line = QRectF(0, 0, self.width(), metrics.height())
        painter.setPen(theme.colour("soft"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._lacking)
        room = int(line.width() - metrics.horizontalAdvance(self._lacking) - 8)
        painter.setPen(theme.colour("text"))
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        top = metrics.height() + 4
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("bar"))
        painter.drawRoundedRect(QRectF(0, top, self.width(), 6), 3, 3)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(QRectF(0, top, self.width() * min(max(self._share, 0.0), 1.0), 6), 3, 3)
        if self._mark is not None:
            x = min(self.width() * self._mark, self.width() - 1.0)
            painter.setPen(QPen(theme.colour("not_met"), 2))
            painter.drawLine(QPointF(x, top - 3), QPointF(x, top + 9))
