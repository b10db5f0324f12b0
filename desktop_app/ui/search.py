"""Ctrl+K: every command that can be carried out now, found by its words without marks."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.text.catalogue import Catalogue
from desktop_app.ui.appearance import Appearance
from desktop_app.ui.commands import CommandSet
from desktop_app.ui.pages.page import Page
from desktop_app.ui.widgets.choices import Choice, ChoicePopup

WIDTH = 460
_BUTTON = "button "


class CommandSearch(ChoicePopup):
    """A popup over the upper middle of the window."""

    def __init__(self, commands: CommandSet, appearance: Appearance, catalogue: Catalogue, window: QWidget) -> None:
        _ = catalogue
        super().__init__(
            appearance,
            _("Search commands"),
            _("What do you want to do?"),
            _("No command of this name can be used here."),
            window,
        )
        self._window = window
        self._commands = commands
        self._buttons: list[QPushButton] = []
        self.chosen.connect(self._run)

    def open(self, page: Page | None = None) -> None:
        """Show the commands that can be carried out now, the buttons of the current page first."""
        native = QKeySequence.SequenceFormat.NativeText
        self._buttons = [button for button in page.buttons if button.isVisible() and button.isEnabled()] if page else []
        choices = [
            Choice(f"{_BUTTON}{number}", button.text().removesuffix("…"), page.title.text() if page else "")
            for number, button in enumerate(self._buttons)
        ]
        choices += [
            Choice(action.objectName(), action.text().removesuffix("…"), action.shortcut().toString(native))
            for action in self._commands.available()
        ]
        self.open_with(choices, "", minimum_width=WIDTH, always_search=True)
        corner = QPoint((self._window.width() - self.width()) // 2, self._window.height() // 8)
        self.move(self._window.mapToGlobal(corner))
        self.show()
        self.field.setFocus()

    def _run(self, key: str) -> None:
        if key.startswith(_BUTTON):
            self._buttons[int(key.removeprefix(_BUTTON))].click()
        else:
            self._commands.run(key)
