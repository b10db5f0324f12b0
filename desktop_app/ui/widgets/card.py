"""Cards: the white sheets that a page is made of, and the detail card that explains the current row."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

DETAIL_WIDTH = 292
PADDING = 16


class Card(QFrame):
    """A sheet with rounded corners."""

    def __init__(self, parent: QWidget | None = None, *, padding: int = 0) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.column = QVBoxLayout(self)
        inner = max(padding, 1)
        self.column.setContentsMargins(inner, inner, inner, inner)
        self.column.setSpacing(0 if padding == 0 else 8)


class DetailCard(Card):
    """A card of fixed width whose content is written anew for every row; scrolls when it is long."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(DETAIL_WIDTH)
        self.setAccessibleName(name)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column.addWidget(self._scroll)
        self._body = QWidget()
        self._rows = QVBoxLayout(self._body)
        self.clear()

    def clear(self) -> None:
        """Begin the card anew."""
        self._body = QWidget()
        self._body.setObjectName("cardBody")
        self._rows = QVBoxLayout(self._body)
        self._rows.setContentsMargins(PADDING - 1, PADDING - 2, PADDING - 1, PADDING - 1)
        self._rows.setSpacing(6)

    def finish(self) -> None:
        """Show what was added since :meth:`clear`."""
        self._rows.addStretch(1)
        self._scroll.setWidget(self._body)

    def add(self, widget: QWidget, *, space_before: int = 0) -> None:
        """Add a widget."""
        if space_before:
            self._rows.addSpacing(space_before)
        self._rows.addWidget(widget)

    def text(self, words: str, kind: str = "soft", *, tone: str = "", space_before: int = 0) -> QLabel:
        """Add a paragraph; ``kind`` is an object name of the style sheet (soft, cardTitle, sectionTitle, figure …)."""
        label = QLabel(words)
        label.setObjectName(kind)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if tone:
            label.setProperty("tone", tone)
        self.add(label, space_before=space_before)
        return label

    def heading(self, words: str) -> None:
        """Add the heading of a part."""
        self.text(words, "sectionTitle", space_before=8)

    def signed(self, picture: QPixmap, words: str, *, tone: str = "", kind: str = "plain") -> None:
        """Add a sign with words beside it."""
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        sign = QLabel()
        sign.setPixmap(picture)
        sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        text = QLabel(words)
        text.setObjectName(kind)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        if tone:
            text.setProperty("tone", tone)
        row.addWidget(sign)
        row.addWidget(text, 1)
        self.add(line)

    def link(self, words: str, action: Callable[[], None], accessible: str = "") -> QPushButton:
        """Add words that lead somewhere."""
        button = QPushButton(words.replace("&", "&&"))
        button.setObjectName("link")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setAccessibleName(accessible or words)
        button.clicked.connect(action)
        self.add(button)
        return button
