"""The main window: navigation, pages, status bar, help pane, and the commands that every page shares."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent, QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QWidget

from desktop_app.domain.issues import UserError
from desktop_app.services.session import Session
from desktop_app.text.catalogue import Catalogue, Language
from desktop_app.ui.appearance import Appearance
from desktop_app.ui.commands import CommandSet, Handler
from desktop_app.ui.desk import Desk
from desktop_app.ui.files import FileDoor, dropped_paths, sample_choices
from desktop_app.ui.jobs import Job, JobRunner
from desktop_app.ui.leaving import guarded, may_leave, unsaved
from desktop_app.ui.navigation import Navigation
from desktop_app.ui.pages.page import Page
from desktop_app.ui.pages.start import StartPage
from desktop_app.ui.pages.table import FIRST_PAGE, PAGES
from desktop_app.ui.prompts import Prompts, QtPrompts
from desktop_app.ui.settings import WindowSettings
from desktop_app.ui.status import StatusBar
from desktop_app.ui.theme import ThemeChoice
from desktop_app.ui.widgets.choices import ChoicePopup
from desktop_app.ui.widgets.strip import Strip

if TYPE_CHECKING:
    from desktop_app.ui.help import HelpPane
    from desktop_app.ui.search import CommandSearch

SMALLEST = QSize(880, 480)
SAMPLES_WIDTH = 420


class MainWindow(QMainWindow):
    """One window with at most one open file.

    Signals:
        language_asked: the user chose another language; the application builds the window anew.
    """

    language_asked = Signal(str)

    def __init__(
        self,
        catalogue: Catalogue,
        appearance: Appearance,
        settings: WindowSettings,
        prompts: Prompts | None = None,
        settings_folder: Path | None = None,
    ) -> None:
        super().__init__()
        self.catalogue = catalogue
        self.appearance = appearance
        self.settings = settings
        self._settings_folder = settings_folder
        self.prompts = prompts or QtPrompts(self, catalogue)
        self.jobs = JobRunner(self)
        self.commands = CommandSet(catalogue, appearance, self)
        self.files = FileDoor(self.prompts, self.jobs, catalogue, self)
        self.desk: Desk | None = None
        self.pages: dict[str, Page] = {}
        self.page_name = ""
        self._saved_at = ""
        self._may_close = False
        self.setMinimumSize(SMALLEST)
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self._restore_geometry()
        self._show_start()

    # building

    def _build(self) -> None:
        _ = self.catalogue
        for number, entry in enumerate(PAGES, 1):
            self.commands.add_page(entry.name, entry.title, entry.icon, number)
        self.addActions(list(self.commands.actions.values()))
        self.menu = QMenu(self)
        actions = self.commands.actions
        titles = [(entry.name, _(entry.title), entry.icon) for entry in PAGES]
        self.navigation = Navigation(
            titles,
            search=actions["search"],
            menu=actions["menu"],
            appearance=self.appearance,
            catalogue=_,
            parent=self,
        )
        self.navigation.chosen.connect(self.go_to)
        self.stack = QStackedWidget()
        central = QWidget()
        central.setObjectName("body")
        row = QHBoxLayout(central)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addWidget(self.stack, 1)
        self.setCentralWidget(central)
        self.status = StatusBar(self.appearance, _, self)
        self.setStatusBar(self.status)
        self.start_page = StartPage(self.appearance, _, self.settings)
        self.stack.addWidget(self.start_page)

    def _connect(self) -> None:
        self.start_page.new_asked.connect(self._ask_new)
        self.start_page.open_asked.connect(self.files.ask_open)
        self.start_page.file_asked.connect(self._ask_file)
        self.files.opened.connect(self._opened)
        self.files.refused.connect(self._refused)
        self.jobs.started.connect(self._follow)
        self._answer_commands()

    def _answer_commands(self) -> None:
        handlers: dict[str, Handler] = {
            "new_file": guarded("open", self._may_leave, self._ask_new),
            "open_file": guarded("open", self._may_leave, self.files.ask_open),
            "quit": self._quit,
            "search": lambda: self.search.open(self.pages.get(self.page_name)),
            "menu": self._open_menu,
            "help": self._toggle_help,
            "next_part": self._next_part,
            "language_vi": partial(self._choose_language, Language.VI),
            "language_en": partial(self._choose_language, Language.EN),
            "theme_system": partial(self._choose_theme, ThemeChoice.SYSTEM),
            "theme_light": partial(self._choose_theme, ThemeChoice.LIGHT),
            "theme_dark": partial(self._choose_theme, ThemeChoice.DARK),
        }
        page = self.pages.get(self.page_name)
        if self.desk is not None:
            handlers |= {f"page_{entry.name}": partial(self.go_to, entry.name) for entry in PAGES}
            handlers |= {"close_file": guarded("close", self._may_leave, self.close_file)}
            handlers |= {"back_up": self._back_up, "print": self._print}
            stack = self._stack()
            handlers |= {"undo": stack.undo} if stack.canUndo() else {}
            handlers |= {"redo": stack.redo} if stack.canRedo() else {}
        self.commands.answer(handlers, page.commands() if page else {})
        for choice in ThemeChoice:
            self.commands.actions[f"theme_{choice}"].setChecked(self.appearance.choice is choice)
        for language in Language:
            self.commands.actions[f"language_{language}"].setChecked(self.catalogue.language is language)

    # parts that are built when they are first wanted

    @cached_property
    def help(self) -> HelpPane:
        """The help pane at the right."""
        from desktop_app.ui.help import HelpPane  # noqa: PLC0415

        pane = HelpPane(self.appearance, self.catalogue, self)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, pane)
        return pane

    @cached_property
    def search(self) -> CommandSearch:
        """The command search."""
        from desktop_app.ui.search import CommandSearch  # noqa: PLC0415

        return CommandSearch(self.commands, self.appearance, self.catalogue, self)

    @cached_property
    def samples(self) -> ChoicePopup:
        """The list of what a new file can be made from."""
        _ = self.catalogue
        popup = ChoicePopup(self.appearance, _("What the new file is made from"), "", "", self)
        popup.chosen.connect(self.files.ask_new)
        return popup

    # files

    def open(self, path: Path) -> None:
        """Open a data file; a refusal is told in the window."""
        self.files.open(path)

    def _opened(self, session: Session) -> None:
        self.close_file()
        _ = self.catalogue
        desk = Desk(
            session,
            catalogue=_,
            appearance=self.appearance,
            settings=self.settings,
            jobs=self.jobs,
            prompts=self.prompts,
            parent=self,
        )
        self.desk = desk
        place = self.settings.places.get(str(desk.path), {})
        desk.look_at(plan=place.get("plan", ""), period=place.get("period", ""), unit=place.get("unit", ""))
        desk.said.connect(self.say)
        desk.read_back.connect(self.status.read.setText)
        desk.asked_page.connect(self.go_to)
        desk.asked_new.connect(partial(self.commands.run, "new_file"))
        desk.data_changed.connect(self._saved)
        desk.unsaved_changed.connect(self._show_saved)
        desk.unsaved_changed.connect(self._name_undo)
        desk.undo_stack.indexChanged.connect(self._name_undo)
        self.settings.remember_file(desk.path)
        self.setWindowTitle(f"{desk.path.name} – Sổ Kế hoạch")
        self.status.illustrative.setVisible(desk.session.office.illustrative)
        self.start_page.strip.hide()
        self._saved_at = ""
        self._show_saved()
        self._show_backup()
        self.navigation.show()
        self.go_to(place.get("page", FIRST_PAGE))

    def close_file(self) -> None:
        """Close the open file and go back to the first steps."""
        desk = self.desk
        if desk is None:
            return
        page = self.pages.get(self.page_name)
        if page is not None:
            page.settle()
        self.jobs.cancel_all()
        place = desk.place
        self.settings.places[str(desk.path)] = {
            "plan": place.plan,
            "period": place.period,
            "unit": place.unit,
            "page": self.page_name,
        }
        for built in self.pages.values():
            self.stack.removeWidget(built)
            built.deleteLater()
        self.pages = {}
        self.desk = None
        desk.session.close()
        desk.deleteLater()
        self._show_start()

    def _may_leave(self, step: str) -> bool:
        """Take what is being typed, and say what would be lost."""
        page = self.pages.get(self.page_name)
        if page is not None:
            page.settle()
        return may_leave(step, self.pages.values(), self._strip(), self.catalogue)

    def _show_start(self) -> None:
        self.page_name = ""
        self.setWindowTitle("Sổ Kế hoạch")
        self.status.illustrative.hide()
        self.navigation.hide()
        self.start_page.show_recent()
        self.stack.setCurrentWidget(self.start_page)
        for label in (self.status.saved, self.status.read, self.status.backup):
            label.setText("")
        self._answer_commands()
        self.start_page.first_focus().setFocus()

    # pages

    def go_to(self, name: str) -> None:
        """Show a page of the open file; an unknown name shows the first one."""
        if self.desk is None:
            return
        entry = next((entry for entry in PAGES if entry.name == name), None)
        if entry is None:
            entry = next(entry for entry in PAGES if entry.name == FIRST_PAGE)
        before = self.pages.get(self.page_name)
        if before is not None:
            before.settle()
        if entry.name not in self.pages:
            page = entry.build(self.desk, self.catalogue(entry.title))
            self.pages[entry.name] = page
            self.stack.addWidget(page)
        page = self.pages[entry.name]
        self.page_name = entry.name
        self.navigation.select(entry.name)
        self.stack.setCurrentWidget(page)
        page.refresh()
        self._name_undo()
        if self._help_is_open():
            self.help.show_page(entry.name)
        page.entrance().setFocus()

    def say(self, sentence: str, tone: str = "info") -> None:
        """Show a sentence in the strip of the current page."""
        self._strip().say(sentence, tone)

    def _refused(self, error: UserError, readable: Path | None) -> None:
        """Say why a file was not opened, and offer to read it where that is possible."""
        _ = self.catalogue
        answers = [(_("Open for reading only"), partial(self.files.open_for_reading, readable))] if readable else []
        self._strip().say(error.text(_), "error", answers)

    def _strip(self) -> Strip:
        page = self.pages.get(self.page_name)
        return page.strip if page is not None else self.start_page.strip

    # commands

    def _stack(self) -> QUndoStack:
        """Return what Ctrl+Z walks back: the steps of the page where it keeps its own, else the operations of the file."""
        assert self.desk is not None  # noqa: S101 - asked only while a file is open
        page = self.pages.get(self.page_name)
        return page.undo_stack() if page is not None else self.desk.undo_stack

    def _ask_new(self) -> None:
        """Ask what the new file shall be made from."""
        choices = sample_choices(self.catalogue)
        self.samples.open_with(choices, choices[0].key, minimum_width=SAMPLES_WIDTH)
        corner = self.rect().center() - self.samples.rect().center()
        self.samples.move(self.mapToGlobal(corner))
        self.samples.show()

    def _ask_file(self, name: str) -> None:
        """Open a recent or dropped file."""
        if self._may_leave("open"):
            self.files.open(Path(name))

    def _print(self) -> None:
        """Make the PDF from any page, on the page of the documents."""
        self.go_to("documents")
        answer = self.pages[self.page_name].commands().get("print")
        if answer is not None:
            answer()

    def _next_part(self) -> None:
        """Move the focus between navigation, head and table, so that Tab may stay inside the table."""
        page = self.pages.get(self.page_name)
        if page is None:
            return
        parts = [self.navigation.first_focus(), *list(page.pickers.values())[:1], page.entrance()]
        focused = self.focusWidget()
        here = next((at for at, part in enumerate(parts) if part is focused or part.isAncestorOf(focused)), -1)
        parts[(here + 1) % len(parts)].setFocus(Qt.FocusReason.TabFocusReason)

    def _name_undo(self) -> None:
        _ = self.catalogue
        if self.desk is None:
            return
        stack = self._stack()
        undo, redo = _("Undo: {what}", what=stack.undoText()), _("Redo: {what}", what=stack.redoText())
        self.commands.actions["undo"].setText(undo if stack.canUndo() else _("Undo"))
        self.commands.actions["redo"].setText(redo if stack.canRedo() else _("Redo"))
        self._answer_commands()

    def _open_menu(self) -> None:
        self.menu.clear()
        self.commands.fill(self.menu)
        corner = self.navigation if self.desk is not None else self
        self.menu.exec(corner.mapToGlobal(corner.rect().topLeft()))

    def _help_is_open(self) -> bool:
        return "help" in self.__dict__ and self.help.isVisible()

    def _toggle_help(self) -> None:
        if self._help_is_open():
            self.help.close()
        else:
            self.help.show_page(self.page_name or "start")
            self.help.show()

    def _choose_theme(self, choice: ThemeChoice) -> None:
        self.settings.theme = choice
        self.appearance.choose(choice)
        self._answer_commands()

    def _choose_language(self, language: Language) -> None:
        if language is not self.catalogue.language and self._may_leave("language"):
            self._may_close = True
            self.settings.language = language
            self.language_asked.emit(str(language))
        self._answer_commands()

    def _quit(self) -> None:
        self.close()

    def _back_up(self) -> None:
        if self.desk is not None:
            self.files.back_up(self.desk.path, self._backed_up)

    def _backed_up(self, name: str) -> None:
        _ = self.catalogue
        self.say(_("A copy was made, opened again and checked: {name}", name=name))
        self._show_backup()

    # status bar

    def _saved(self) -> None:
        self._saved_at = datetime.now().astimezone().strftime("%H:%M")
        self._show_saved()

    def _show_saved(self) -> None:
        """Tell the saved state; it is never called saved while something is not."""
        _ = self.catalogue
        if self.desk is None:
            return
        waiting = unsaved(self.pages.values())
        if self.desk.session.database.read_only:
            words = _("Reading only")
        elif waiting:
            words = "; ".join(waiting)
        else:
            words = _("✓ Saved {time}", time=self._saved_at) if self._saved_at else _("✓ Saved")
        self.status.show_saved(words, is_saved=not waiting)

    def _show_backup(self) -> None:
        if self.desk is not None:
            self.files.tell_backup(self.desk.path, self.status.backup.setText)

    def _follow(self, job: Job) -> None:
        self.status.follow(job)

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the navigation choose its form."""
        super().resizeEvent(event)
        self.navigation.fit(self.width())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one data file anywhere in the window, and returned files while a data file is open."""
        self.start_page.dragEnterEvent(event)
        if self.desk is not None and dropped_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a dropped data file; collect other files on their page."""
        self.start_page.dropEvent(event)
        if self.desk is not None and dropped_paths(event):
            self.go_to("exchange")
            self.pages[self.page_name].dropEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Take what is being typed, remember the place, close the file; ask once where something would be lost."""
        if not self._may_close and not self._may_leave("quit"):
            event.ignore()
            return
        self.settings.geometry = bytes(self.saveGeometry().toHex().data()).decode()
        self.close_file()
        self.settings.save(self._settings_folder)
        super().closeEvent(event)

    def _restore_geometry(self) -> None:
        saved = QByteArray.fromHex(self.settings.geometry.encode())
        if saved.isEmpty() or not self.restoreGeometry(saved):
            available = self.screen().availableGeometry()
            self.resize(min(1500, available.width()), min(940, available.height()))
