"""The sheet of all cells of a collection: filters with counts, the table, and the question of the current cell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from PySide6.QtCore import QMargins, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from desktop_app.services.cells import Content
from desktop_app.services.collecting import CollectionPlan
from desktop_app.services.collecting.deciding import Decisions, choices
from desktop_app.services.collecting.merging import CellChange
from desktop_app.text.catalogue import N_
from desktop_app.ui.collecting.decisions import DecisionDesk, read_typed
from desktop_app.ui.collecting.lines import content_text
from desktop_app.ui.collecting.question import QuestionPanel
from desktop_app.ui.collecting.review import ALL, Kind, Review, ReviewRow, Shown, Wanted, main_issue
from desktop_app.ui.collecting.review_lines import ReviewLines, element_of
from desktop_app.ui.collecting.review_view import ReviewLedger
from desktop_app.ui.desk import Desk
from desktop_app.ui.places import shown_name
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.choices import Choice
from desktop_app.ui.widgets.flow import FlowLayout
from desktop_app.ui.widgets.line_field import LineField
from desktop_app.ui.widgets.picker import Picker

CHIPS = {
    ALL: N_("All"),
    Kind.DECIDE: N_("To decide"),
    Kind.DECIDED: N_("Decided"),
    Kind.NOT_TAKEN: N_("Not taken"),
    Kind.REFUSED: N_("Reasons of refusal"),
    Kind.CONFLICT: N_("Conflicts"),
    Kind.WARNING: N_("Warnings"),
    Kind.LEGACY: N_("Old fonts"),
    Kind.CHANGED: N_("Altered"),
    Kind.NEW: N_("New"),
    Kind.CLEARED: N_("Emptied"),
}


class ReviewSheet(Card):
    """Everything that the files of a collection change, and where it is decided.

    Signals:
        went_to: the row that is explained now, or None.
        decided: the decisions are others now.

    Attributes:
        unit: chooses one unit; the page puts it into its head.
        words: finds rows by what they say; the page puts it into its head.
    """

    went_to = Signal(object)
    decided = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        _ = desk.catalogue
        self._desk = desk
        self.review: Review | None = None
        self.wanted = Wanted()
        self.shown = Shown()
        self.ledger = ReviewLedger(desk.appearance, _, self)
        self.question = QuestionPanel(desk.appearance, _, self)
        self.decisions = DecisionDesk(self)
        self.unit = Picker(desk.appearance, _, _("Unit"), 280)
        self.words = LineField()
        self.words.setPlaceholderText(_("Unit, code, name or cell (Ctrl+F)"))
        self.words.setAccessibleName(_("Find rows by unit, code, name or cell"))
        self.words.setClearButtonEnabled(True)
        self.words.setFixedWidth(250)
        self.column.addWidget(self._chips())
        self.column.addWidget(self.ledger, 1)
        self.column.addWidget(self.question)
        self._connect()

    def _chips(self) -> QWidget:
        _ = self._desk.catalogue
        bar = QWidget()
        row = FlowLayout(bar, QMargins(8, 8, 8, 7), 6)
        self._group = QButtonGroup(self)
        self.chips: dict[int, QPushButton] = {}
        for kind in CHIPS:
            chip = QPushButton()
            chip.setObjectName("chip")
            chip.setCheckable(True)
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard to the table
            self._group.addButton(chip, int(kind))
            self.chips[int(kind)] = chip
            row.addWidget(chip)
        self.chips[ALL].setChecked(True)
        return bar

    def _connect(self) -> None:
        self._group.idToggled.connect(
            lambda kind, checked: self.show_only(replace(self.wanted, kind=kind)) if checked else None
        )
        self.unit.picked.connect(self._show_unit)
        self.words.textChanged.connect(lambda typed: self.show_only(replace(self.wanted, words=typed)))
        self.words.left.connect(self._leave_words)
        self.ledger.went_to.connect(lambda _line: self._explain())
        self.decisions.changed.connect(lambda row: self.show_only(self.wanted, row))
        self.decisions.stack.indexChanged.connect(self.decided)  # only now it can be undone
        self.question.answered.connect(self._answer)
        self.question.typed.connect(self._type)
        self.question.later.connect(self.go_on)
        self.question.withdrawn.connect(self.withdraw)
        self.question.left.connect(self.ledger.setFocus)

    # what is shown

    def begin(self, review: Review, kept: Decisions) -> None:
        """Show another review.

        Args:
            review: what was read.
            kept: what was decided before the files were read again.
        """
        self.review = review
        self.decisions.begin(review, kept)
        _ = self._desk.catalogue
        found = {item.unit.code: item.unit for item in review.plan.files if item.unit is not None}
        units = [
            Choice(unit.code, shown_name(unit), unit.code)
            for unit in sorted(found.values(), key=lambda unit: unit.order_number)
        ]
        self.unit.set_choices([Choice("", _("All units")), *units], "")
        self.question.setVisible(
            bool(review.asked) or any(row.kinds & (Kind.NOT_TAKEN | Kind.REFUSED) for row in review.rows)
        )
        self.words.clear()
        self.chips[ALL].setChecked(True)
        self.show_only(Wanted())

    def end(self) -> None:
        """Forget the review and what was decided."""
        self.review = None
        self.decisions.begin()

    def show_only(self, wanted: Wanted, row: ReviewRow | None = None) -> None:
        """Show the rows that are wanted.

        Args:
            wanted: the filter.
            row: the one to go to; None for the current one, if it is still shown.
        """
        self.wanted = wanted
        if self.review is None:
            return
        row = row or self.ledger.current_row()
        decisions = self.decisions.decisions
        self.shown = self.review.show(wanted, decisions)
        lines = ReviewLines(self.review, self.shown.entries, decisions, self._desk.catalogue)
        self._count()
        self.ledger.show_entries(self.review, lines, row)

    def show_file(self, name: str) -> None:
        """Show the rows of one file alone, of every kind."""
        self._check(ALL)
        item = next((item for item in self.review.plan.files if item.name == name), None) if self.review else None
        self._pick(item.unit.code if item is not None and item.unit is not None else "")
        self.show_only(Wanted(file=name))
        self.ledger.go_to(next((at for at, line in enumerate(self.shown.entries) if isinstance(line, ReviewRow)), -1))

    def show_kind(self, kind: int) -> None:
        """Show the rows of one kind, of all files."""
        self._check(kind)
        self._pick("")
        self.show_only(Wanted(kind=kind))

    def _check(self, kind: int) -> None:
        self._group.blockSignals(True)
        self.chips[int(kind)].setChecked(True)
        self._group.blockSignals(False)
        self.words.blockSignals(True)
        self.words.clear()
        self.words.blockSignals(False)

    def _pick(self, unit: str) -> None:
        self.unit.set_choices(self.unit.choices, unit)

    def _show_unit(self, code: str) -> None:
        self.show_only(replace(self.wanted, unit=code, file=""))
        self.ledger.setFocus()

    def _count(self) -> None:
        """Write the counts on the filters; one that would show nothing is away, unless it is the one that is on."""
        _ = self._desk.catalogue
        for kind, chip in self.chips.items():
            count = self.shown.counts[kind]
            word = _(CHIPS[kind])
            chip.setText(f"{word}  {count}")
            chip.setAccessibleName(_("{filter}: {number} rows", filter=word, number=count))
            chip.setVisible(kind == ALL or bool(count) or chip.isChecked())

    def _leave_words(self) -> None:
        self.words.clear()
        self.ledger.setFocus()

    # questions and decisions

    def _explain(self) -> None:
        row = self.ledger.current_row()
        self._ask(row)
        self.went_to.emit(row)

    def _ask(self, row: ReviewRow | None) -> None:
        """Ask about the current cell, or say what becomes of it."""
        _ = self._desk.catalogue
        if row is None or self.review is None:
            self.question.tell(self._nothing(), "info")
            return
        issue, change = main_issue(row), row.change
        words = issue.text(_) if issue is not None else ""
        if change is not None and self.review.is_decided(row, self.decisions.decisions):
            content = self.decisions.decisions[self.review.item(row).name][change.key]
            decided = _("Decided: {content} will stand in the cell.", content=self._written(row, change, content))
            self.question.tell(f"{decided} {words}".strip(), "info", may_withdraw=True)
        elif change is not None and row.kinds & Kind.DECIDE:
            answers = self._answers(row, change)
            alike = len(self.review.alike(row, self.decisions.decisions))
            self.question.ask(words or _("Which one is right?"), answers, alike=alike, may_type=True)
        elif row.kinds & (Kind.NOT_TAKEN | Kind.REFUSED):
            may_type = change is not None and change.asked
            mend = _("Have it mended in the unit's file and collect again; until then what is held here stays.")
            self.question.ask(f"{words} {mend}".strip(), (), alike=1, may_type=may_type)
        else:
            self.question.tell(words or _("Nothing to decide here."), "warning" if row.kinds & Kind.WARNING else "info")

    def _answers(self, row: ReviewRow, change: CellChange) -> list[str]:
        """Write what may be chosen, with the names of the files where these contradict each other."""
        assert self.review is not None  # noqa: S101 - a row belongs to a review
        _ = self._desk.catalogue
        item = self.review.item(row)
        answers = []
        for content, name in choices(self.review.plan, item, change):
            written = self._written(row, change, content)
            words = _("Take {content}", content=written) if name else _("Keep {content}", content=written)
            answers.append(f"{words} ({PurePath(name).name})" if name and change.key in item.rivals else words)
        return answers

    def _nothing(self) -> str:
        """Say why no row is shown."""
        _ = self._desk.catalogue
        review = self.review if self.wanted.kind == Kind.DECIDE else None
        if review is not None and review.asked and not review.undecided(self.decisions.decisions):
            return _("All is decided; the files can be taken now.")
        return _("Nothing of this kind; choose another filter.")

    def _written(self, row: ReviewRow, change: CellChange, content: Content) -> str:
        assert self.review is not None  # noqa: S101 - a row belongs to a review
        element = element_of(self.review.item(row), change.key)
        return content_text(content, element, change.key.field) or self._desk.catalogue("(empty)")

    def _answer(self, at: int, for_all: bool) -> None:
        row = self.ledger.current_row()
        if row is None or row.change is None or self.review is None:
            return
        rows = self.review.alike(row, self.decisions.decisions) if for_all else [row]
        plan, item = self.review.plan, self.review.item
        chosen = [
            (other, choices(plan, item(other), other.change)[at][0])
            for other in self._first(row, rows)
            if other.change is not None
        ]
        self._take(chosen)

    def _type(self, typed: str, for_all: bool) -> None:
        row = self.ledger.current_row()
        if row is None or row.change is None or self.review is None:
            return
        rows = self.review.alike(row, self.decisions.decisions) if for_all else [row]
        chosen: list[tuple[ReviewRow, Content]] = []
        for other in self._first(row, rows):
            if other.change is None:
                continue
            content, issue = read_typed(self.review.item(other), other.change, typed)  # 7 is another amount in each unit
            if issue is not None:
                words = issue.text(self._desk.catalogue)
                self.question.refuse(words if other is row else f"{other.change.key.code}: {words}")
                return
            chosen.append((other, content))
        self._take(chosen)
        self.ledger.setFocus()

    @staticmethod
    def _first(row: ReviewRow, rows: list[ReviewRow]) -> list[ReviewRow]:
        """Put the row that was asked before those that are answered with it."""
        return [row, *(other for other in rows if other.number != row.number)]

    def _take(self, chosen: list[tuple[ReviewRow, Content]]) -> None:
        _ = self._desk.catalogue
        plan = self._plan()
        if plan is None or not chosen:
            return
        change = chosen[0][0].change
        code = change.key.code if change is not None else ""
        if len(chosen) > 1:
            title = _("the decision about {number} cells", number=len(chosen))
        else:
            title = _("the decision about {code}", code=code)
        here = self.ledger.current_row()
        self.decisions.decide(plan, title, chosen)
        self.go_on(here)

    def withdraw(self) -> None:
        """Take the decision about the current cell back."""
        row, plan = self.ledger.current_row(), self._plan()
        if row is None or plan is None or self.review is None:
            return
        if self.review.is_decided(row, self.decisions.decisions):
            self.decisions.withdraw(plan, self._desk.catalogue("taking a decision back"), row)

    def go_on(self, after: ReviewRow | None = None) -> None:
        """Go to the next cell that is to be decided, from the first one on where there is none below."""
        if self.review is None:
            return
        row = after or self.ledger.current_row()
        number = row.number if row is not None else -1
        decisions = self.decisions.decisions
        open_ones = [
            entry
            for entry in self.shown.entries
            if isinstance(entry, ReviewRow) and entry.kinds & Kind.DECIDE and not self.review.is_decided(entry, decisions)
        ]
        following = next((entry for entry in open_ones if entry.number > number), next(iter(open_ones), None))
        lines = self.ledger.ledger.lines
        if following is not None and isinstance(lines, ReviewLines):
            self.ledger.go_to(lines.row_of(following))
        self.ledger.setFocus()

    def _plan(self) -> CollectionPlan | None:
        return self.review.plan if self.review is not None else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the decision about the current cell back."""
        if event.key() == Qt.Key.Key_Delete:
            self.withdraw()
            return
        super().keyPressEvent(event)
