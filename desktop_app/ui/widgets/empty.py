"""What stands on a page that has nothing to show yet: what the page is for, and the first step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop_app.ui.widgets.card import Card

WIDEST = 560
PADDING = 24


class EmptyCard(Card):
    """Title, purpose and one filled button."""

    def __init__(self, title: str, purpose: str, step: str, action: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent, padding=PADDING)
        self.setMaximumWidth(WIDEST)
        self.button = QPushButton(step)
        self.button.setObjectName("filled")
        self.button.setAccessibleName(step)
        self.button.clicked.connect(action)
        for words, kind in ((title, "cardTitle"), (purpose, "soft")):
            label = QLabel(words)
            label.setObjectName(kind)
            label.setWordWrap(True)
            self.column.addWidget(label)
        self.column.addSpacing(8)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
