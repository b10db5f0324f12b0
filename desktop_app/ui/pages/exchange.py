"""Trao đổi: issue the workbooks of a round, and collect what comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent, QUndoStack
from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from desktop_app.domain.entities import Return
from desktop_app.domain.issues import UserError
from desktop_app.domain.merge import Policy
from desktop_app.services.collecting import CollectionPlan, CollectionResult, FilePlan
from desktop_app.services.collecting.problems import has_problems
from desktop_app.text.catalogue import N_
from desktop_app.ui.collecting import work
from desktop_app.ui.collecting.cards import ExchangeCard
from desktop_app.ui.collecting.collection import Collection
from desktop_app.ui.collecting.lines import counted, file_columns, file_line, file_lines
from desktop_app.ui.collecting.outgoing import Outgoing
from desktop_app.ui.collecting.rejecting import Rejecting
from desktop_app.ui.collecting.review import ALL, Kind, Review, ReviewRow
from desktop_app.ui.collecting.review_sheet import ReviewSheet
from desktop_app.ui.collecting.round_sheet import RoundSheet
from desktop_app.ui.collecting.sentences import POLICIES, plan_sentence, reading_sentence, round_sentence, taken_sentence
from desktop_app.ui.commands import Handler
from desktop_app.ui.desk import Desk
from desktop_app.ui.files import dropped_paths
from desktop_app.ui.pages.page import Page
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.ledger import Ledger, LedgerLine

ROUND, FILES, CELLS = 0, 1, 2
CARD_FROM_WIDTH = 1080
"""The narrowest page that has room for these wide tables and the card beside them; Ctrl+I shows it all the same."""


class ExchangePage(Page):
    """Three sheets: the round, the files of a collection, the cells of all its files; Esc stops work, or goes back."""

    NAME = "exchange"
    PLACES = ("plan", "period")
    FOR_ROUNDS = True
    PURPOSE = N_("From here workbooks go out to the units, and what they send back is read, looked at and taken.")

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(desk, title)
        _ = desk.catalogue
        self.setAcceptDrops(True)
        self._detail_wanted: bool | None = None
        self.collection = Collection(desk, self)
        self._outgoing = Outgoing(desk, self.strip, self)
        self._rejecting = Rejecting(desk, self.strip, self)
        self._round_sheet = RoundSheet(desk, title)
        self.round = self._round_sheet.ledger
        self.rejecting = self._round_sheet.rejecting
        self.files = Ledger(file_columns(_), desk.appearance, _("Files of the collection"))
        self.cells_sheet = ReviewSheet(desk)
        self.cells = self.cells_sheet.ledger
        self.question = self.cells_sheet.question
        self.sheets = QStackedWidget()
        files_card = Card()
        files_card.column.addWidget(self.files)
        for sheet in (self._round_sheet, files_card, self.cells_sheet):
            self.sheets.addWidget(sheet)
        self.card = ExchangeCard(desk)
        self.body.addWidget(self.sheets, 1)
        self.body.addWidget(self.card)
        self._add_head()
        self._add_buttons()
        self._connect()
        self._show_sheet(ROUND)

    @property
    def review(self) -> Review | None:
        """The rows of what was read and is not taken yet."""
        return self.collection.review

    @property
    def plan(self) -> CollectionPlan | None:
        """What was read and is not taken yet."""
        return self.review.plan if self.review is not None else None

    def _add_head(self) -> None:
        _ = self.desk.catalogue
        self.policy = QComboBox()
        self.policy.setAccessibleName(_("What to do with differences"))
        for policy, words in POLICIES.items():
            self.policy.addItem(_(words), policy)
        for widget in (self.policy, self.cells_sheet.unit, self.cells_sheet.words):
            self._head.addWidget(widget)

    def _add_buttons(self) -> None:
        _ = self.desk.catalogue
        self.back_button = self.add_action(_("Back"), self.back, tip=_("Back to the sheet before (Esc)"))
        self.issue_button = self.add_action(
            _("Issue workbooks…"), self._issue_all, tip=_("Write one workbook per unit into a folder")
        )
        self.folder_button = self.add_action(_("Collect a folder…"), self.collect_folder)
        self.collect_button = self.add_action(_("Collect files…"), self.collect_files, filled=True)
        self.problems_button = self.add_action(
            _("Write problems for units…"),
            self._write_all_problems,
            tip=_("Write a workbook with all reasons and marked cells, to be sent back to the units"),
        )
        self.cells_button = self.add_action(_("Look at the cells"), self.show_all_cells)
        self.apply_button = self.add_action(_("Take them"), self.apply, filled=True)
        self.stop_button = self.add_action(_("Stop"), self.stop, tip=_("Stop the work; nothing of it is kept (Esc)"))

    def _connect(self) -> None:
        self.policy.activated.connect(lambda _index: self._read_again())
        self.collection.began.connect(self._work_began)
        self.collection.came.connect(
            lambda found: self.files.add_lines([file_line(item, self.desk.catalogue) for item in found])
        )
        self.collection.progressed.connect(self._say_progress)
        self.collection.read.connect(self._show_review)
        self.collection.taken.connect(self._applied)
        self.collection.over.connect(self._work_over)
        self.collection.outdated.connect(self._offer_reading)
        self.collection.went_on.connect(self.strip.hide)
        self.round.went_to.connect(lambda _line: self._explain())
        self.round.opened.connect(lambda line: self._open_figures(line.key))
        self._round_sheet.rejected.connect(self._reject)
        self.files.went_to.connect(lambda _line: self._explain())
        self.files.opened.connect(lambda _line: self.show_cells())
        self.cells_sheet.went_to.connect(lambda _row: self._explain())
        self.cells_sheet.decided.connect(self._decided)
        self.card.figures_asked.connect(self._open_figures)
        self.card.issue_asked.connect(lambda code: self.issue([code]))
        self.card.file_asked.connect(self._save_file)
        self.card.reject_asked.connect(self._ask_reason)
        self.card.late_asked.connect(self._outgoing.export_late)
        self.card.cells_asked.connect(self.show_cells)
        self.card.retake_asked.connect(self.collection.take_rejected)
        self.card.problems_asked.connect(lambda item: self.write_problems([item]))

    # what the page shows

    def load(self) -> None:
        """Show how far the round has come."""
        self._show_sheet(self.sheets.currentIndex())  # the places are of no use while a collection is looked at
        place = self.desk.place
        if place.plan and place.period:
            self.desk.read(partial(work.read_round, place), self._show_round)

    def handlers(self) -> Mapping[str, Handler]:
        """Return the commands of the page."""
        found = {"copy": self._copy, "unfold": self.show_cells, "filter": self._find, "detail": self._toggle_detail}
        return {**found, "choose_unit": self.cells_sheet.unit.open} if self.sheets.currentIndex() == CELLS else found

    def undo_stack(self) -> QUndoStack:
        """Return the decisions while there are any to walk back, else the operations of the file."""
        stack = self.cells_sheet.decisions.stack
        return stack if self.plan is not None and stack.count() else self.desk.undo_stack

    def first_focus(self) -> QWidget:
        """Return the table that is shown."""
        return self._current()

    def unsaved(self) -> str:
        """Return that files were read and not taken yet."""
        _ = self.desk.catalogue
        taken = sum(1 for item in self.plan.files if not item.refused) if self.plan is not None else 0
        if not taken:
            return ""
        return _.count("{number} file is read and not taken yet", "{number} files are read and not taken yet", taken)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the table where the window is narrow, unless the card is wanted."""
        super().resizeEvent(event)
        self.card.setVisible(self._detail_wanted if self._detail_wanted is not None else self.width() >= CARD_FROM_WIDTH)

    def _toggle_detail(self) -> None:
        """Show or hide the card, whatever the width."""
        self._detail_wanted = self.card.isHidden()
        self.card.setVisible(self._detail_wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops work that is under way, else goes back one sheet."""
        if event.key() == Qt.Key.Key_Escape and self.collection.is_busy:
            self.stop()
        elif event.key() == Qt.Key.Key_Escape and self.sheets.currentIndex() != ROUND:
            self.back()
        else:
            super().keyPressEvent(event)

    def back(self) -> None:
        """Go back one sheet; leaving the files forgets the collection, after a word where something was decided."""
        if self.sheets.currentIndex() == CELLS:
            self._show_sheet(FILES)
            self.files.setFocus()
            return
        _ = self.desk.catalogue
        count = self.cells_sheet.decisions.count
        sentence = _.count(
            "{number} decision would be lost. Go back once more to give the collection up.",
            "{number} decisions would be lost. Go back once more to give the collection up.",
            count,
        )
        if count and self.strip.sentence != sentence:
            self.strip.say(sentence, "warning")
            return
        self.strip.hide()
        self._end_collection()

    def _end_collection(self) -> None:
        """Forget the collection and show the round."""
        self.collection.forget()
        self.cells_sheet.end()
        self.files.show_lines([])
        self._show_sheet(ROUND)
        self.load()
        self.round.setFocus()

    def _current(self) -> Ledger:
        return (self.round, self.files, self.cells)[self.sheets.currentIndex()]

    def _show_sheet(self, number: int) -> None:
        self.sheets.setCurrentIndex(number)
        works, is_round = self.collection.is_busy, number == ROUND
        for button in (self.issue_button, self.folder_button, self.collect_button):
            button.setVisible(is_round and not works)
        for picker in self.pickers.values():
            picker.setVisible(is_round and not self.is_empty)
        self.policy.setVisible(number == FILES and not works)
        self.cells_sheet.unit.setVisible(number == CELLS)
        self.cells_sheet.words.setVisible(number == CELLS)
        self.back_button.setVisible(not is_round and not works)
        self.problems_button.setVisible(not is_round and not works)
        self.cells_button.setVisible(number == FILES and not works)
        self.apply_button.setVisible(not is_round and not works)
        self.stop_button.setVisible(works)
        self._explain()
        self.desk.unsaved_changed.emit()

    def _show_round(self, found: work.Looked) -> None:
        if (found.place.plan, found.place.period) != (self.desk.place.plan, self.desk.place.period):
            return
        self._round_sheet.show_round(found.round)
        if self.plan is not None or self.collection.is_busy:
            return
        self.sentence.setText(round_sentence(found.round, self.desk.catalogue))
        is_out = found.round.issued
        self.fill(self.issue_button, filled=not is_out)
        self.fill(self.collect_button, filled=is_out)

    def _explain(self) -> None:
        """Write the card for the current line of the sheet that is shown."""
        line: LedgerLine | None = self._current().current_line()
        number = self.sheets.currentIndex()
        if line is None:
            self.card.explain_nothing(self.plan)
        elif number == ROUND:
            self.card.explain_unit(line.payload)
        elif number == FILES:
            self.card.explain_file(line.payload)
        elif self.review is not None:
            row: ReviewRow = line.payload
            self.card.explain_row(self.review.item(row), row, self.cells_sheet.decisions.decisions)

    def _open_figures(self, unit_code: str) -> None:
        self.desk.go_to_cell(unit_code, "")

    def _find(self) -> None:
        """Find cells by words; from the files on, in all of them."""
        if self.sheets.currentIndex() == FILES and self.review is not None:
            self.show_all_cells()
        if self.sheets.currentIndex() == CELLS:
            self.cells_sheet.words.setFocus()

    def _copy(self) -> None:
        """Copy the table that is shown; the units of a round with whom to ask there."""
        if self.sheets.currentIndex() != ROUND:
            self._current().copy_all()
            return
        self.strip.say(self._round_sheet.copy())

    # reading

    def collect_files(self) -> None:
        """Ask for returned files and read them."""
        self.collect(self.collection.ask_files())

    def collect_folder(self) -> None:
        """Ask for a folder of returned files and read them."""
        self.collect(self.collection.ask_folder())

    def collect(self, paths: list[Path]) -> None:
        """Read files, folders and archives, with those of the collection that is shown; nothing is written."""
        self.strip.hide()  # its answers would compete with those of the cells for Alt+1
        self.collection.add(paths, self._policy())

    def stop(self) -> None:
        """Stop the work under way; nothing of it is kept."""
        self.stop_button.setEnabled(False)
        self.sentence.setText(self.desk.catalogue("Stopping…"))
        self.collection.stop()

    def _policy(self) -> Policy:
        return Policy(self.policy.currentData())

    def _work_began(self) -> None:
        """Show the files as they come; while they are taken, nothing can be decided."""
        taking = self.collection.is_taking
        self.sheets.setEnabled(not taking)
        self.stop_button.setEnabled(True)
        if not taking:
            self.files.show_lines([], file_columns(self.desk.catalogue))
        self._show_sheet(self.sheets.currentIndex() if taking else FILES)
        _ = self.desk.catalogue
        self.sentence.setText(_("Taking the files…") if taking else _("Reading files…"))
        self.stop_button.setFocus()

    def _say_progress(self, done: int, total: int, name: str, seconds: int | None) -> None:
        if self.stop_button.isEnabled():
            self.sentence.setText(reading_sentence((done, total), name, seconds, self.desk.catalogue))

    def _read_again(self) -> None:
        """Read the same files again, with the policy that is chosen now; decisions that still fit are kept."""
        self.strip.hide()
        self.collection.read_again(self._policy())

    def _offer_reading(self, error: UserError) -> None:
        _ = self.desk.catalogue
        self.strip.say(error.text(_), "error", [(_("Read the files again"), self._read_again)])

    def _work_over(self) -> None:
        """Show again what was there before a job that was stopped or failed."""
        self.sheets.setEnabled(True)
        if self.review is not None:
            self._show_files(self.review)
        else:
            self._end_collection()

    def _show_review(self, review: Review) -> None:
        self.cells_sheet.begin(review, self.cells_sheet.decisions.decisions)
        self._show_files(review)

    def _show_files(self, review: Review) -> None:
        """Show the files of the collection, and in the head what is left to do."""
        _ = self.desk.catalogue
        files = review.plan.files
        self.files.show_lines(file_lines(files, _), file_columns(_, counted(files)))
        self.problems_button.setEnabled(any(has_problems(item) for item in files))
        self.cells_button.setEnabled(bool(review.rows))
        taken = sum(1 for item in files if not item.refused)
        self.apply_button.setText(_.count("Take {number} file", "Take {number} files", taken))
        self.apply_button.setEnabled(taken > 0)
        self._show_sheet(FILES)
        self._decided()
        self.files.setFocus()

    def _decided(self) -> None:
        """Say what is left to decide."""
        if self.review is not None:
            decisions = self.cells_sheet.decisions.decisions
            self.sentence.setText(plan_sentence(self.review, decisions, self.desk.catalogue))
            asked = len(self.review.undecided(decisions))
            _ = self.desk.catalogue
            words = _("Look at the cells")
            self.cells_button.setText(_("Decide {number} cells", number=asked) if asked else words)
            self.fill(self.cells_button, filled=bool(asked))
            self.fill(self.apply_button, filled=not asked)
        self.desk.unsaved_changed.emit()

    # the cells

    def show_cells(self) -> None:
        """Show the cells of the current file."""
        line = self.files.current_line()
        if self.sheets.currentIndex() == FILES and line is not None and not self.collection.is_busy:
            self.cells_sheet.show_file(line.key)
            self._go_to_cells()

    def show_all_cells(self) -> None:
        """Show the cells of all files: those that are to be decided where there are any."""
        if self.review is not None:
            asked = self.review.undecided(self.cells_sheet.decisions.decisions)
            self.cells_sheet.show_kind(Kind.DECIDE if asked else ALL)
            self._go_to_cells()

    def _go_to_cells(self) -> None:
        self._show_sheet(CELLS)
        self.cells.setFocus()

    # taking, rejecting, lists

    def apply(self) -> None:
        """Write what was shown with what was decided, as one operation."""
        self.strip.hide()
        self.collection.take(self.cells_sheet.decisions.decisions)

    def _applied(self, result: CollectionResult, review: Review) -> None:
        _ = self.desk.catalogue
        words = taken_sentence(result, review, self.cells_sheet.decisions.decisions, _)
        self.sheets.setEnabled(True)
        self._end_collection()
        if result.operation_id is None:
            self.desk.say(_("Nothing new; nothing was written."))
        else:
            self.desk.happened(result.operation_id)
            self.strip.say(words, "info", [(_("Undo"), self.desk.undo_stack.undo)], stays=True)

    def _ask_reason(self) -> None:
        item = self._round_sheet.current()
        if item is not None:
            self._round_sheet.ask_reason(item)

    def _reject(self, return_id: int, reason: str) -> None:
        self._rejecting.reject(return_id, reason)
        self.round.setFocus()

    def _issue_all(self) -> None:
        self.issue()

    def _write_all_problems(self) -> None:
        self.write_problems()

    def issue(self, unit_codes: Sequence[str] = ()) -> None:
        """Ask for a folder and write the workbooks of all units, or of some, into it."""
        self._outgoing.issue(unit_codes)

    def write_problems(self, files: Sequence[FilePlan] | None = None) -> None:
        """Ask for a place and write what the units have to mend, of all files or of some."""
        if self.plan is not None:
            self._outgoing.write_problems(
                self.plan, self.cells_sheet.decisions.decisions, files or None, self.collection.folder
            )

    # dropped files and kept files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders; a data file goes on to the window."""
        if dropped_paths(event) and not self.collection.is_taking:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Collect what was dropped."""
        event.acceptProposedAction()
        self.collect(dropped_paths(event))

    def _save_file(self, return_id: int) -> None:
        found = self.desk.session.gateway.get(Return, return_id)
        if found is not None:
            self.desk.save_bytes(found.file_name, found.content)
