"""The column at the left: pages, with the command search and the menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop_app.text.catalogue import Catalogue
from desktop_app.ui.appearance import ICON_SIZE, Appearance

WIDTH = 196
COMPACT_WIDTH = 60
COMPACT_BELOW = 1180


class Navigation(QWidget):
    """Icon and word per page; in a narrow window the icons alone, with the words as tooltips.

    Signals:
        chosen: name of a page.
    """

    chosen = Signal(str)

    def __init__(
        self,
        pages: Sequence[tuple[str, str, str]],
        *,
        search: QAction,
        menu: QAction,
        appearance: Appearance,
        catalogue: Catalogue,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        _ = catalogue
        self.setAccessibleName(_("Pages"))
        self._appearance = appearance
        self._group = QButtonGroup(self)
        self._buttons: dict[str, tuple[QToolButton, str, str]] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 12, 10, 12)
        column.setSpacing(3)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 0, 12)
        self._brand = QLabel("Sổ Kế hoạch")
        self._brand.setObjectName("brand")
        head.addWidget(self._brand, 1)
        self._menu = QToolButton()
        self._menu.setDefaultAction(menu)
        self._menu.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._menu.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        head.addWidget(self._menu)
        column.addLayout(head)
        self._head = head
        for number, (name, title, icon) in enumerate(pages, 1):
            button = self._button(title, f"{title} (Ctrl+{number % 10})")
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, name=name: self.chosen.emit(name))
            self._group.addButton(button)
            self._buttons[name] = (button, title, icon)
            column.addWidget(button)
        column.addStretch(1)
        found = _("Search commands")
        self._search = self._button(_("Search  Ctrl+K"), f"{found} (Ctrl+K)")
        self._search.clicked.connect(search.trigger)
        column.addWidget(self._search)
        self._search_text = self._search.text()
        appearance.changed.connect(self._tint)
        self._tint()
        self.set_compact(compact=False)

    def select(self, name: str) -> None:
        """Mark a page as the current one; no page is marked for an unknown name."""
        self._group.setExclusive(name in self._buttons)
        for key, (button, _title, _icon) in self._buttons.items():
            button.setChecked(key == name)

    def set_compact(self, *, compact: bool) -> None:
        """Show icons alone, or icons and words."""
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if compact else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self.setFixedWidth(COMPACT_WIDTH if compact else WIDTH)
        self._brand.setVisible(not compact)
        self._head.setContentsMargins(0 if compact else 12, 0, 0, 12)
        for button in (*(entry[0] for entry in self._buttons.values()), self._search):
            button.setToolButtonStyle(style)
        self._search.setText(self._search_text)

    def first_focus(self) -> QWidget:
        """Return the button of the current page, else the first one."""
        buttons = [entry[0] for entry in self._buttons.values()]
        return next((button for button in buttons if button.isChecked()), buttons[0])

    def fit(self, window_width: int) -> None:
        """Choose the form by the width of the window."""
        compact = window_width < COMPACT_BELOW
        if compact != (self.minimumWidth() == COMPACT_WIDTH):
            self.set_compact(compact=compact)

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName("navigate")
        button.setText("  " + text)
        button.setToolTip(tip)
        button.setAccessibleName(text)
        button.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setFixedHeight(37)
        return button

    def _tint(self) -> None:
        for button, _title, icon in self._buttons.values():
            button.setIcon(self._appearance.icon(icon, selected_role="accent"))
        self._search.setIcon(self._appearance.icon("search"))
        self._menu.defaultAction().setIcon(self._appearance.icon("menu"))
