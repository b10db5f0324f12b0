"""Số liệu: the entry grid of one unit for one period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.domain import periods
from desktop_app.domain.entities import ElementKind
from desktop_app.domain.issues import UserError
from desktop_app.domain.values import Answer, format_answer
from desktop_app.services import editing
from desktop_app.services.details import cell_detail
from desktop_app.services.editing import CellOutcome, CellResult, Edit, EditResult
from desktop_app.services.progress import series
from desktop_app.services.session import Session
from desktop_app.text.catalogue import N_
from desktop_app.text.words import number_in_words
from desktop_app.ui.commands import Handler
from desktop_app.ui.desk import Cell, Desk, PlaceLooked
from desktop_app.ui.grid.detail import BARS, Behind, CellCard
from desktop_app.ui.grid.model import CellEntry, Column, EntryModel
from desktop_app.ui.grid.paste import Placed
from desktop_app.ui.grid.view import EntryView
from desktop_app.ui.pages.page import DETAIL_FROM_WIDTH, Page
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.strip import Strip

DETAIL_DELAY_MS = 80
MOST_NAMED = 3


class FiguresPage(Page):
    """The entry grid with its card, its filter, and the questions that what was typed leaves open."""

    NAME = "figures"
    PLACES = ("plan", "period", "unit")
    PURPOSE = N_("The figures of one unit are typed here, row by row, as its form asks for them.")

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(desk, title)
        _ = desk.catalogue
        self._writing = False
        self._shown_place = desk.place
        self.model = EntryModel(desk.catalogue, self._write, self)
        self.view = EntryView(self.model, desk.appearance, title)
        self.question = Strip(desk.appearance, desk.catalogue, self)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Filter by code or words; Esc shows all rows"))
        self.filter.setAccessibleName(_("Filter the rows"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._narrow)
        self.filter.hide()
        sheet = Card()
        sheet.column.addWidget(self.view, 1)
        sheet.column.insertWidget(0, self.filter)
        sheet.column.addWidget(self.question)
        self.card = CellCard(desk)
        self.body.addWidget(sheet, 1)
        self.body.addWidget(self.card)
        self.add_action(
            _("Paste from Excel"), self.view.paste, tip=_("Enter a copied block from the current cell on (Ctrl+V)")
        )
        self.next_button = self.add_action(
            _("Next empty cell"), self.view.next_empty, filled=True, tip=_("Go to the next cell without a figure (F4)")
        )
        self._detail_wanted = True
        self._explain_timer = QTimer(self)
        self._explain_timer.setSingleShot(True)
        self._explain_timer.setInterval(DETAIL_DELAY_MS)
        self._explain_timer.timeout.connect(self._explain)
        self.view.went_to.connect(self._went_to)
        self.view.pasted.connect(self._pasted)
        self.model.entered.connect(self._entered)

    # what the page shows

    def load(self) -> None:
        """Show the form of the place."""
        place = self.desk.place
        if not (place.plan and place.period and place.unit):
            self.model.show(None)
            self._say_nothing_here()
            return
        here = self._current_code() if place == self._shown_place else ""
        self._shown_place = place
        form = editing.load_form(self.desk.session, place.plan, place.period, place.unit)
        self.model.show(form, locked=self.desk.session.database.read_only)
        self._state_sentence()
        row = self.model.row_of(here) if here else -1
        if row >= 0:
            self.view.go_to(row, Column(max(self.view.currentIndex().column(), 0)))
        else:
            self.view.go_to_first()
        self._explain_timer.start()
        self._show_question()

    def arrive(self) -> None:
        """Go to the cell that another page, or an undo, wants to show."""
        row = self.model.row_of(self.desk.element_wanted) if self.desk.element_wanted else -1
        self.desk.element_wanted = ""
        if row >= 0:
            self.view.go_to(row)

    def handlers(self) -> Mapping[str, Handler]:
        """Return the commands of the grid."""
        return {
            "paste": self.view.paste,
            "copy": self.view.copy,
            "filter": self._open_filter,
            "next_empty": self.view.next_empty,
            "previous_figure": self._take_previous,
            "detail": self._toggle_detail,
        }

    def first_focus(self) -> QWidget:
        """Return the grid."""
        return self.view

    def settle(self) -> None:
        """Take what stands in an open editor, as leaving the cell would."""
        self.view.setFocus()
        editor = self.view.indexWidget(self.view.currentIndex())
        if editor is not None:
            self.view.commitData(editor)

    def unsaved(self) -> str:
        """Return how many refused texts wait in their cells, of whatever unit, and where."""
        _ = self.desk.catalogue
        cells = self.model.unsaved_cells()
        if not cells:
            return ""
        named = [_("{element} of {unit}", element=element, unit=unit) for unit, _period, element in cells[:MOST_NAMED]]
        where = ", ".join(named + (["…"] if len(cells) > MOST_NAMED else []))
        return _.count(
            "{number} cell is not saved ({where})", "{number} cells are not saved ({where})", len(cells), where=where
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the table where the window is narrow."""
        super().resizeEvent(event)
        self._fit_detail()

    def _fit_detail(self) -> None:
        self.card.setVisible(self._detail_wanted and self.width() >= DETAIL_FROM_WIDTH)

    def _toggle_detail(self) -> None:
        if self.width() >= DETAIL_FROM_WIDTH:
            self._detail_wanted = not self._detail_wanted
            self._fit_detail()
        else:
            self.card.setVisible(not self.card.isVisible())
        self._explain_timer.start()

    def _say_nothing_here(self) -> None:
        _ = self.desk.catalogue
        self.sentence.setText(_("This plan asks no unit for figures in this period. Choose another period or plan."))
        self.card.clear()
        self.card.text(_(self.PURPOSE))
        self.card.finish()

    def _state_sentence(self) -> None:
        _ = self.desk.catalogue
        form = self.model.form
        if form is None:
            return
        rows = form.rows
        parts = [_("{entered}/{all} figures entered", entered=form.entered, all=len(rows))]
        unsaved = len(self.model.drafts())
        if unsaved:
            parts.append(_.count("{number} not saved", "{number} not saved", unsaved))
        if form.warnings:
            parts.append(_.count("{number} warning", "{number} warnings", form.warnings))
        parts.append(_("due {day}", day=form.due_on))
        days = (form.due_on - self.desk.session.now().astimezone().date()).days
        if 0 <= days <= 60:
            parts.append(_.count("{number} day left", "{number} days left", days))
        self.sentence.setText(" · ".join(parts))
        self.desk.unsaved_changed.emit()
        self.next_button.setEnabled(form.entered < len(rows))

    def _current_code(self) -> str:
        row = self.model.form_row(self.view.currentIndex().row())
        return row.element.code if row else ""

    # explaining

    def _went_to(self, _row: int) -> None:
        self._explain_timer.start()
        self._show_question()

    def _explain(self) -> None:
        line = self.view.currentIndex().row()
        row, form = self.model.form_row(line), self.model.form
        if row is None or form is None or not self.card.isVisible():
            return
        self.desk.read(partial(_look_behind, self.desk.place, row.element.code), self._explained)

    def _explained(self, behind: Behind) -> None:
        """Write the card, unless another cell has become the current one meanwhile."""
        line = self.view.currentIndex().row()
        row = self.model.form_row(line)
        detail = behind.detail
        here = (self.desk.place.unit, self.desk.place.period, self._current_code())
        if row is not None and here == (detail.unit.code, detail.period, detail.element.code):
            self.card.explain(row, self.model.state(line), self.model.draft(line), behind)

    # writing

    def _write(self, edits: Sequence[Edit], source: str) -> EditResult | None:
        """Write cells, tell the undo stack and show the form as it is now."""
        session = self.desk.session
        self._writing = True
        try:
            result = editing.set_values(session, edits, source, own_form=source != "paste")
            if result.operation_id is not None:
                first = edits[0]
                cell = Cell(first.unit_code, first.period, first.element_code)
                self.desk.happened(result.operation_id, cell)
        except UserError as error:
            self.desk.report(error)
            return None
        finally:
            self._writing = False
        return result

    def _data_changed(self) -> None:
        """Load again at once after an undo; our own writing is shown by :meth:`_entered`."""
        if not self._writing:
            super()._data_changed()

    def _entered(self, result: EditResult, _source: str) -> None:
        place = self.desk.place
        self.model.show(
            editing.load_form(self.desk.session, place.plan, place.period, place.unit),
            locked=self.desk.session.database.read_only,
        )
        self._state_sentence()
        if len(result.cells) == 1:
            self._read_back(result.cells[0])
        self._explain_timer.start()
        self._show_question(preferred=next((cell.edit.element_code for cell in result.cells if cell.readings), ""))

    def _read_back(self, cell: CellResult) -> None:
        """Tell how the last entry was read, in figures and in words."""
        _ = self.desk.catalogue
        code = cell.edit.element_code
        if cell.outcome in {CellOutcome.QUESTION, CellOutcome.INVALID}:
            self.desk.read_back.emit(_("{code}: not saved", code=code))
            return
        if cell.edit.typed is None and cell.edit.answer is None:
            self.desk.read_back.emit(_("{code}: explanation saved", code=code))
            return
        if cell.answer is None:
            self.desk.read_back.emit(_("{code}: cleared", code=code))
            return
        element = self.desk.session.element(code)
        shown = format_answer(element, cell.answer)
        if element.kind is ElementKind.COUNT and cell.answer.amount is not None:
            words = number_in_words(cell.answer.amount)
            self.desk.read_back.emit(_("{code}: read as {shown} ({words})", code=code, shown=shown, words=words))
        else:
            self.desk.read_back.emit(_("{code}: read as {shown}", code=code, shown=shown))

    def _take_previous(self) -> None:
        """Put the figure of the previous period into the current row."""
        line = self.view.currentIndex().row()
        row = self.model.form_row(line)
        if row is not None and row.previous is not None:
            self.model.enter([CellEntry(line, Column.CURRENT, format_answer(row.element, row.previous))])

    # questions

    def _show_question(self, preferred: str = "") -> None:
        """Ask about the row just entered, else about the current one, else about the first open question."""
        _ = self.desk.catalogue
        drafts = dict(self.model.drafts())
        order = [preferred, self._current_code(), *(code for code, draft in drafts.items() if draft.readings), *drafts]
        code = next((code for code in order if code in drafts), "")
        if not code:
            self.question.hide()
            return
        draft = drafts[code]
        element = self.desk.session.element(code)
        answers = [(format_answer(element, reading), partial(self._answer, code, reading)) for reading in draft.readings]
        answers.append((_("Discard the text"), partial(self._discard, code)))
        tone = "question" if draft.readings else "error"
        self.question.say(f"{code}: {draft.sentence}", tone, answers, stays=True)
        QTimer.singleShot(0, self, self.view.show_current)

    def _answer(self, code: str, reading: Answer) -> None:
        self.model.answer(code, reading)
        self.view.setFocus()

    def _discard(self, code: str) -> None:
        self.model.drop_draft(code)
        self._state_sentence()
        self._explain_timer.start()
        self._show_question()
        self.view.setFocus()

    def _pasted(self, placed: Placed) -> None:
        _ = self.desk.catalogue
        unsaved = len(self.model.drafts())
        parts = [_.count("Pasted {number} cell", "Pasted {number} cells", len(placed.entries))]
        if unsaved:
            parts.append(
                _.count(
                    "{number} could not be saved and waits in its cell",
                    "{number} could not be saved and wait in their cells",
                    unsaved,
                )
            )
        if placed.blanks:
            parts.append(
                _.count("{number} empty cell changed nothing", "{number} empty cells changed nothing", placed.blanks)
            )
        if placed.outside:
            outside = placed.outside
            parts.append(
                _.count("{number} cell had no place in the form", "{number} cells had no place in the form", outside)
            )
        self.desk.say(" · ".join(parts), "warning" if unsaved or placed.outside else "info")

    # filter

    def _open_filter(self) -> None:
        self.filter.show()
        self.filter.setFocus()
        self.filter.selectAll()

    def _narrow(self, typed: str) -> None:
        self.model.set_filter(typed)
        self.view.go_to_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc in the filter shows all rows again."""
        if event.key() == Qt.Key.Key_Escape and self.filter.isVisible():
            self.filter.clear()
            self.filter.hide()
            self.view.setFocus()
            return
        super().keyPressEvent(event)


def _look_behind(place: PlaceLooked, element_code: str, session: Session) -> Behind:
    """Read what stands behind a cell, with the unit's own measure of the targets; runs on the worker's thread."""
    detail = cell_detail(session, place.plan, place.unit, element_code, place.period)
    recent = periods.recent(place.period, BARS)
    measured = tuple(tuple(series(session, place.plan, target.code, recent, place.unit)) for target in detail.targets)
    return Behind(detail, recent, measured)
