"""What stands in the window while no file is open: recent files, open, new, or drop one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.text.catalogue import Catalogue
from desktop_app.ui.appearance import ICON_SIZE, Appearance
from desktop_app.ui.settings import WindowSettings
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.strip import Strip

SUFFIX = ".skh"


class StartPage(QWidget):
    """First steps; every button is reached with Tab and the arrow keys.

    Signals:
        new_asked: the user wants a new file.
        open_asked: the user wants to choose a file.
        file_asked: path of a recent or dropped file.
    """

    new_asked = Signal()
    open_asked = Signal()
    file_asked = Signal(str)

    def __init__(self, appearance: Appearance, catalogue: Catalogue, settings: WindowSettings) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAcceptDrops(True)
        self._appearance = appearance
        self._catalogue = _ = catalogue
        self._settings = settings
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 14, 20, 12)
        self.strip = Strip(appearance, catalogue, self)
        outer.addWidget(self.strip)
        middle = QWidget()
        middle.setMaximumWidth(720)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)
        outer.addStretch(2)
        outer.addLayout(row)
        outer.addStretch(3)
        column = QVBoxLayout(middle)
        column.setSpacing(12)
        title = QLabel("Sổ Kế hoạch")
        title.setObjectName("title")
        what = QLabel(
            _("Plans, figures and reports of IT application and digital transformation, in one file of your office.")
        )
        what.setObjectName("soft")
        what.setWordWrap(True)
        column.addWidget(title)
        column.addWidget(what)
        steps = QHBoxLayout()
        steps.setSpacing(12)
        self._new = self._button(_("New file from a sample…"), "new", "Ctrl+N", filled=True)
        self._new.clicked.connect(self.new_asked)
        self._open = self._button(_("Open a file…"), "open", "Ctrl+O")
        self._open.clicked.connect(self.open_asked)
        steps.addWidget(self._new)
        steps.addWidget(self._open)
        steps.addStretch(1)
        column.addLayout(steps)
        self._recent = Card(padding=16)
        column.addWidget(self._recent)
        hint = QLabel(_("You can also drop a .skh file here. F1 explains every page, Ctrl+K finds every command."))
        hint.setObjectName("soft")
        hint.setWordWrap(True)
        column.addWidget(hint)
        self.show_recent()

    @property
    def recent_buttons(self) -> list[QPushButton]:
        """The buttons of the recent files, the last opened first."""
        return self._recent_buttons

    def show_recent(self) -> None:
        """List the recent files that still exist."""
        _ = self._catalogue
        while self._recent.column.count():
            item = self._recent.column.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.deleteLater()
        title = QLabel(_("Recent files"))
        title.setObjectName("cardTitle")
        self._recent.column.addWidget(title)
        self._recent_buttons: list[QPushButton] = []
        for name in [name for name in self._settings.recent_files if Path(name).exists()][:6]:
            path = Path(name)
            button = QPushButton(f"{path.name}\n{path.parent}")
            button.setObjectName("wide")
            button.setIcon(self._appearance.icon("file"))
            button.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
            button.setAccessibleName(_("Open {file}", file=str(path)))
            button.setToolTip(str(path))
            button.clicked.connect(lambda _checked=False, name=name: self.file_asked.emit(name))
            self._recent.column.addWidget(button)
            self._recent_buttons.append(button)
        if not self._recent_buttons:
            nothing = QLabel(_("None yet. Make a new file from a sample to look around, or open the file of your office."))
            nothing.setObjectName("soft")
            nothing.setWordWrap(True)
            self._recent.column.addWidget(nothing)

    def first_focus(self) -> QWidget:
        """Return the last opened file, or the button that makes a new one."""
        return self._recent_buttons[0] if self._recent_buttons else self._new

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one data file."""
        if self._dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the file that was dropped."""
        dropped = self._dropped(event)
        if dropped:
            event.acceptProposedAction()
            self.file_asked.emit(dropped)

    @staticmethod
    def _dropped(event: QDropEvent) -> str:
        names = [url.toLocalFile() for url in event.mimeData().urls()]
        return names[0] if len(names) == 1 and names[0].lower().endswith(SUFFIX) else ""

    def _button(self, text: str, icon: str, shortcut: str, *, filled: bool = False) -> QPushButton:
        button = QPushButton(text)
        if filled:
            button.setObjectName("filled")
        button.setIcon(self._appearance.icon(icon, "on_accent" if filled else "soft"))
        button.setToolTip(f"{text} ({shortcut})")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        return button
