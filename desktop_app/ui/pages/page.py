"""What all pages share: head with title and place, sentence of state, actions, message strip, body."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.domain.issues import UserError
from desktop_app.text.catalogue import N_
from desktop_app.ui import places
from desktop_app.ui.commands import Handler
from desktop_app.ui.desk import Desk
from desktop_app.ui.widgets.choices import Choice
from desktop_app.ui.widgets.empty import EmptyCard
from desktop_app.ui.widgets.picker import Picker
from desktop_app.ui.widgets.strip import Strip

MARGIN = 20
GAP = 12
NOTHING_YET = N_("A file made from the sample holds the plans and figures of a whole province to look around in.")
DETAIL_FROM_WIDTH = 960
"""The narrowest page that has room for a table and the detail card beside it."""


class Page(QWidget):
    """One page of the window; built at its first visit.

    Subclasses set ``NAME`` and ``PLACES``, fill ``self.body`` in their constructor, and answer :meth:`load`.

    Attributes:
        NAME: stable key, also the name of its help page.
        PLACES: which of plan, period and unit its head offers.
        FOR_ROUNDS: True where it opens at the round issued last rather than at the newest figures, until a period is chosen.
        PURPOSE: msgid of what the page is for, said while the file has no plan to show.
    """

    NAME = ""
    PLACES: tuple[str, ...] = ()
    PURPOSE = ""
    FOR_ROUNDS = False

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.desk = desk
        self.stale = True
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 14, MARGIN, GAP)
        column.setSpacing(GAP)
        self.title = QLabel(title)
        self.title.setObjectName("title")
        self.title.setMinimumHeight(36)
        self._head = QHBoxLayout()
        self._head.setSpacing(GAP)
        self._head.addWidget(self.title)
        self._head.addStretch(1)
        self.pickers: dict[str, Picker] = {}
        self.buttons: list[QPushButton] = []
        self._add_pickers()
        column.addLayout(self._head)
        self.sentence = QLabel()
        self.sentence.setObjectName("sentence")
        self.sentence.setWordWrap(True)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        second = QHBoxLayout()
        second.setSpacing(GAP)
        second.addWidget(self.sentence, 1)
        self._tools = QWidget()
        self._actions = QHBoxLayout(self._tools)
        self._actions.setContentsMargins(0, 0, 0, 0)
        self._actions.setSpacing(GAP)
        second.addWidget(self._tools)
        column.addLayout(second)
        self.strip = Strip(desk.appearance, desk.catalogue, self)
        column.addWidget(self.strip)
        self._sheet = QWidget()
        self.body = QHBoxLayout(self._sheet)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(GAP)
        column.addWidget(self._sheet, 1)
        self._column = column
        self._empty: EmptyCard | None = None
        desk.place_changed.connect(self._place_changed)
        desk.data_changed.connect(self._data_changed)

    # what subclasses answer

    def load(self) -> None:
        """Show the place of the desk; called when the page is visible and out of date."""
        raise NotImplementedError

    def handlers(self) -> Mapping[str, Handler]:
        """Return the commands that this page answers."""
        return {}

    def first_focus(self) -> QWidget:
        """Return the widget that has the focus when the page is opened."""
        return self

    def settle(self) -> None:
        """Take what is being typed, before the page is left or the file is closed."""

    def unsaved(self) -> str:
        """Return what is lost when the file is left now, as a sentence without its full stop; "" where all is saved."""
        return ""

    def undo_stack(self) -> QUndoStack:
        """Return what Ctrl+Z walks back on this page."""
        return self.desk.undo_stack

    # what the window calls

    def commands(self) -> dict[str, Handler]:
        """Return the commands that can be given on this page now."""
        return {} if self.is_empty else {**self.place_handlers(), **self.handlers()}

    def entrance(self) -> QWidget:
        """Return the widget that has the focus when the page is opened, as it stands now."""
        return self._empty.button if self._empty is not None and self.is_empty else self.first_focus()

    @property
    def is_empty(self) -> bool:
        """True while the file has no plan that this page could show."""
        return self._empty is not None and not self._empty.isHidden()

    def place_handlers(self) -> dict[str, Handler]:
        """Return the commands of the head's pickers."""
        found: dict[str, Handler] = {f"choose_{name}": picker.open for name, picker in self.pickers.items()}
        if "unit" in self.pickers:
            found["previous_unit"] = partial(self._step_unit, -1)
            found["next_unit"] = partial(self._step_unit, 1)
        return found

    def refresh(self) -> None:
        """Load again if the place or the data changed since the last time."""
        if self.stale:
            self.stale = False
            self.show_places()
            self._show_empty(is_empty=bool(self.PLACES) and not self.desk.place.plan)
            if self.is_empty:
                return
            try:
                self.load()
            except UserError as error:
                self.desk.report(error)
        self.arrive()

    def arrive(self) -> None:
        """Answer what another page asked this one to show; called after every :meth:`refresh`."""

    # parts for subclasses

    def add_action(self, text: str, action: Callable[[], None], *, filled: bool = False, tip: str = "") -> QPushButton:
        """Add a button to the second line; at most one of a page is filled."""
        button = QPushButton(text)
        if filled:
            button.setObjectName("filled")
        button.setToolTip(tip or text)
        button.setAccessibleName(text)
        button.clicked.connect(action)
        self._actions.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.buttons.append(button)
        return button

    @staticmethod
    def fill(button: QPushButton, *, filled: bool) -> None:
        """Make a button the filled one of its page, or plain again."""
        button.setObjectName("filled" if filled else "")
        button.style().unpolish(button)
        button.style().polish(button)

    def show_places(self) -> None:
        """Fill the pickers of the head and correct a place that the file does not have."""
        if not self.PLACES:
            return
        session, place = self.desk.session, self.desk.place
        plans = places.plan_choices(session)
        plan_code = _kept(place.plan, plans)
        self.pickers["plan"].set_choices(plans, plan_code)
        if not plan_code:
            return
        plan = session.plan(plan_code)
        period_list = places.period_choices(session, plan, self.desk.catalogue)
        offered = [item.key for item in period_list]
        period = place.period
        if period not in offered:
            period = self.desk.default_period = places.default_period(session, plan, period_list)
        if self.FOR_ROUNDS and period == self.desk.default_period:
            period = self.desk.default_period = places.issued_period(session, plan, period_list) or period
        unit = place.unit
        if "period" in self.pickers:
            self.pickers["period"].set_choices(period_list, period)
        if "unit" in self.pickers and period:
            unit_list = places.unit_choices(session, plan, period)
            unit = place.unit if place.unit in [item.key for item in unit_list] else places.default_unit(session, unit_list)
            self.pickers["unit"].set_choices(unit_list, unit)
        self.desk.place_changed.disconnect(self._place_changed)
        self.desk.look_at(plan=plan_code, period=period, unit=unit)
        self.desk.place_changed.connect(self._place_changed)

    def _show_empty(self, *, is_empty: bool) -> None:
        """Say what the page is for instead of showing empty tables, or show the tables again."""
        if is_empty and self._empty is None:
            _ = self.desk.catalogue
            purpose = "\n\n".join((_(self.PURPOSE), _(NOTHING_YET)))
            step = _("New file from a sample…")
            self._empty = EmptyCard(_("This file has no plan yet"), purpose, step, self.desk.asked_new.emit, self)
            top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
            self._column.addWidget(self._empty, 1, top)
        if self._empty is not None:
            self._empty.setVisible(is_empty)
        self._sheet.setVisible(not is_empty)
        self._tools.setVisible(not is_empty)
        for picker in self.pickers.values():
            picker.setVisible(not is_empty)

    def _add_pickers(self) -> None:
        _ = self.desk.catalogue
        names = {"plan": (_("Plan"), 280), "period": (_("Period"), 290), "unit": (_("Unit"), 260)}
        for key in self.PLACES:
            name, widest = names[key]
            picker = Picker(self.desk.appearance, _, name, widest)
            picker.picked.connect(partial(self._picked, key))
            self.pickers[key] = picker
            self._head.addWidget(picker)

    def _picked(self, key: str, value: str) -> None:
        self.settle()
        self.desk.default_period = ""
        self.desk.look_at(**{key: value})
        self.entrance().setFocus()

    def _step_unit(self, step: int) -> None:
        keys = self.pickers["unit"].keys()
        if keys:
            here = keys.index(self.desk.place.unit) if self.desk.place.unit in keys else 0
            self._picked("unit", keys[(here + step) % len(keys)])

    def _place_changed(self) -> None:
        self.stale = True
        if self.strip.tone == "info":
            self.strip.hide()
        if self.isVisible():
            self.refresh()

    def _data_changed(self) -> None:
        self.stale = True
        if self.isVisible():
            self.refresh()


def _kept(wanted: str, choices: list[Choice]) -> str:
    """Return ``wanted`` where the list has it, else its first key, else ""."""
    keys = [item.key for item in choices]
    if wanted in keys:
        return wanted
    return keys[0] if keys else ""
