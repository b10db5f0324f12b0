"""The help pane: one short page per page of the window, written in Markdown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QTextBrowser, QToolButton, QWidget

from desktop_app.paths import bundled
from desktop_app.text.catalogue import Catalogue
from desktop_app.ui.appearance import Appearance

WIDTH = 320


class HelpPane(QDockWidget):
    """A pane at the right that explains the current page; F1 opens and closes it."""

    def __init__(self, appearance: Appearance, catalogue: Catalogue, parent: QWidget) -> None:
        super().__init__(parent)
        _ = catalogue
        self._language = catalogue.language
        self.setObjectName("help")
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self.setAllowedAreas(Qt.DockWidgetArea.RightDockWidgetArea)
        head = QWidget(self)
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 12, 8, 4)
        title = QLabel(_("Help"))
        title.setObjectName("cardTitle")
        close = QToolButton()
        close.setIcon(appearance.icon("close"))
        close.setToolTip(_("Close the help (F1)"))
        close.setAccessibleName(_("Close the help (F1)"))
        close.clicked.connect(self.close)
        row.addWidget(title, 1)
        row.addWidget(close)
        self.setTitleBarWidget(head)
        self._text = QTextBrowser(self)
        self._text.setAccessibleName(_("Help"))
        self._text.setOpenExternalLinks(False)
        self._text.setOpenLinks(False)
        self._text.document().setDocumentMargin(12)
        self.setWidget(self._text)
        self.setMinimumWidth(WIDTH)
        self.hide()

    def show_page(self, name: str) -> None:
        """Show the help of a page in the language of the window.

        Raises:
            FileNotFoundError: the page has no help, which a test excludes.
        """
        self._text.setMarkdown(bundled(f"resources/help/{self._language}/{name}.md").read_text(encoding="utf-8"))

    @property
    def text(self) -> str:
        """What is shown, as plain text."""
        return self._text.toPlainText()
