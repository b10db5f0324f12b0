"""Every command of the window in one table; menu, shortcuts and the search palette are fed from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from desktop_app.text.catalogue import N_, Catalogue
from desktop_app.ui.appearance import Appearance

Handler = Callable[[], None]


@dataclass(frozen=True)
class Command:
    """One thing that the user can do.

    Attributes:
        name: stable key.
        title: msgid of what it does, beginning with a verb.
        menu: key of :data:`MENUS`; "" keeps it out of the menu.
        shortcut: in Qt's portable notation; "" for none.
        icon: name in ``resources/icons``; "" for none.
        checkable: it is a switch or one of several choices.
    """

    name: str
    title: str
    menu: str = ""
    shortcut: str = ""
    icon: str = ""
    checkable: bool = False


MENUS: Mapping[str, str] = {
    "file": N_("File"),
    "edit": N_("Edit"),
    "go": N_("Go"),
    "view": N_("View"),
    "help": N_("Help"),
}

COMMANDS: tuple[Command, ...] = (
    Command("new_file", N_("New file from a sample…"), "file", "Ctrl+N", "new"),
    Command("open_file", N_("Open a file…"), "file", "Ctrl+O", "open"),
    Command("back_up", N_("Make a proven backup copy"), "file", "", "copy"),
    Command("print", N_("Make the PDF to print"), "file", "Ctrl+P", "print"),
    Command("close_file", N_("Close the file"), "file", "Ctrl+W"),
    Command("quit", N_("Leave the program"), "file", "Ctrl+Q"),
    Command("undo", N_("Undo"), "edit", "Ctrl+Z", "undo"),
    Command("redo", N_("Redo"), "edit", "Ctrl+Y", "redo"),
    Command("copy", N_("Copy"), "edit", "Ctrl+C", "copy"),
    Command("paste", N_("Paste from Excel"), "edit", "Ctrl+V", "paste"),
    Command("previous_figure", N_("Take the figure of the previous period"), "edit", "Ctrl+'"),
    Command("next_empty", N_("Go to the next empty cell"), "edit", "F4"),
    Command("filter", N_("Filter the rows"), "edit", "Ctrl+F", "search"),
    Command("search", N_("Search commands"), "go", "Ctrl+K", "search"),
    Command("choose_plan", N_("Choose the plan"), "go", "Alt+K"),
    Command("choose_period", N_("Choose the period"), "go", "Alt+Y"),
    Command("choose_unit", N_("Choose the unit"), "go", "Alt+V"),
    Command("previous_unit", N_("Previous unit"), "go", "Ctrl+PgUp"),
    Command("next_unit", N_("Next unit"), "go", "Ctrl+PgDown"),
    Command("unfold", N_("Unfold the target to its units"), "go", "Ctrl+Return"),
    Command("next_part", N_("Go to the next part of the window"), "go", "F6"),
    Command("detail", N_("Show or hide the detail card"), "view", "Ctrl+I", "panel"),
    Command("theme_system", N_("Colours of the system"), "view", "", "", checkable=True),
    Command("theme_light", N_("Light colours"), "view", "", "", checkable=True),
    Command("theme_dark", N_("Dark colours"), "view", "", "", checkable=True),
    Command("language_vi", N_("Vietnamese"), "view", "", "", checkable=True),
    Command("language_en", N_("English"), "view", "", "", checkable=True),
    Command("menu", N_("Open the menu"), "", "F10", "menu"),
    Command("help", N_("Help on this page"), "help", "F1", "help"),
)


class CommandSet(QObject):
    """The commands as actions, answered by the current page first and then by the window."""

    def __init__(self, catalogue: Catalogue, appearance: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._appearance = appearance
        self._of_window: Mapping[str, Handler] = {}
        self._of_page: Mapping[str, Handler] = {}
        self.actions: dict[str, QAction] = {}
        for command in COMMANDS:
            self._add(command)

    def add_page(self, name: str, title: str, icon: str, number: int) -> None:
        """Add the command that goes to a page; ``number`` from 1 gives Ctrl+1 … Ctrl+0."""
        shortcut = f"Ctrl+{number % 10}" if number <= 10 else ""
        self._add(Command(f"page_{name}", title, "go", shortcut, icon))

    def _add(self, command: Command) -> None:
        action = QAction(self._catalogue(command.title), self)
        action.setObjectName(command.name)
        action.setData(command)
        if command.shortcut:
            action.setShortcut(QKeySequence.fromString(command.shortcut, QKeySequence.SequenceFormat.PortableText))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setCheckable(command.checkable)
        action.triggered.connect(lambda _checked=False, name=command.name: self.run(name))
        self.actions[command.name] = action

    def answer(self, of_window: Mapping[str, Handler] | None = None, of_page: Mapping[str, Handler] | None = None) -> None:
        """Set who answers; None leaves that part as it is. A command that nobody answers is disabled."""
        self._of_window = self._of_window if of_window is None else of_window
        self._of_page = self._of_page if of_page is None else of_page
        for name, action in self.actions.items():
            action.setEnabled(name in self._of_page or name in self._of_window)

    def run(self, name: str) -> None:
        """Carry a command out, if anybody answers it now."""
        handler = self._of_page.get(name) or self._of_window.get(name)
        if handler is not None:
            handler()

    def available(self) -> list[QAction]:
        """Return the enabled actions in the order of the table, for the search palette."""
        return [action for name, action in self.actions.items() if action.isEnabled() and name not in {"search", "menu"}]

    def fill(self, menu: QMenu) -> None:
        """Put the commands into an empty menu, one submenu per group, with icons in the colours of today."""
        self._tint()
        for key, title in MENUS.items():
            part = menu.addMenu(self._catalogue(title))
            for action in self.actions.values():
                if action.data().menu == key:
                    part.addAction(action)

    def _tint(self) -> None:
        for action in self.actions.values():
            if action.data().icon:
                action.setIcon(self._appearance.icon(action.data().icon))
