"""Trao đổi: issue the workbooks of a round, and collect what comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from desktop_app.domain.entities import Issuance, Return
from desktop_app.domain.issues import Issue
from desktop_app.domain.merge import Policy
from desktop_app.services import collecting, forms, issuing
from desktop_app.services.cells import FIGURE, CellKey, Content
from desktop_app.services.collecting import CollectionPlan, CollectionResult, FilePlan
from desktop_app.services.collecting.deciding import Decisions, decide, offered
from desktop_app.services.collecting.merging import CellChange
from desktop_app.services.session import Session
from desktop_app.text.catalogue import N_
from desktop_app.ui.collecting.cards import ExchangeCard
from desktop_app.ui.collecting.lines import (
    UnitReturn,
    cell_columns,
    cell_lines,
    content_text,
    file_columns,
    file_lines,
    round_columns,
    round_lines,
)
from desktop_app.ui.commands import Handler
from desktop_app.ui.desk import Desk, PlaceLooked
from desktop_app.ui.jobs import JobContext
from desktop_app.ui.pages.page import DETAIL_FROM_WIDTH, Page
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.ledger import Ledger, LedgerLine
from desktop_app.ui.widgets.strip import Strip
from desktop_app.ui.words import period_name

ROUND, FILES, CELLS = 0, 1, 2
POLICIES = {
    Policy.NONBLANK: N_("Take what is filled in, ask about conflicts"),
    Policy.FILE: N_("Take the files as they are"),
    Policy.BLANKS: N_("Fill empty cells only"),
}


@dataclass(frozen=True)
class _Round:
    """The round that the page shows."""

    place: PlaceLooked
    units: list[UnitReturn]


class ExchangePage(Page):
    """Three sheets: the round, the files of a collection, the cells of one file; Esc goes back one sheet."""

    NAME = "exchange"
    PLACES = ("plan", "period")
    PURPOSE = N_("From here workbooks go out to the units, and what they send back is read, looked at and taken.")

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(desk, title)
        _ = desk.catalogue
        self.setAcceptDrops(True)
        self.plan: CollectionPlan | None = None
        self._paths: list[Path] = []
        self._decisions: dict[str, dict[CellKey, Content]] = {}
        self._file: FilePlan | None = None
        self.round = Ledger(round_columns(_), desk.appearance, title)
        self.files = Ledger(file_columns(_), desk.appearance, _("Files of the collection"))
        self.cells = Ledger(cell_columns(_), desk.appearance, _("Cells of the file"))
        self.question = Strip(desk.appearance, _, self)
        self.sheets = QStackedWidget()
        for ledger in (self.round, self.files, self.cells):
            card = Card()
            card.column.addWidget(ledger, 1)
            self.sheets.addWidget(card)
            if ledger is self.cells:
                card.column.addWidget(self.question)
        self.card = ExchangeCard(desk)
        self.body.addWidget(self.sheets, 1)
        self.body.addWidget(self.card)
        self._add_buttons()
        self._connect()
        self._show_sheet(ROUND)

    def _add_buttons(self) -> None:
        _ = self.desk.catalogue
        self.policy = QComboBox()
        self.policy.setAccessibleName(_("What to do with differences"))
        for policy, words in POLICIES.items():
            self.policy.addItem(_(words), policy)
        self._actions.addWidget(self.policy)
        self.back_button = self.add_action(_("Back"), self.back, tip=_("Back to the sheet before (Esc)"))
        self.issue_button = self.add_action(
            _("Issue workbooks…"), self.issue, tip=_("Write one workbook per unit into a folder")
        )
        self.folder_button = self.add_action(_("Collect a folder…"), self.collect_folder)
        self.collect_button = self.add_action(_("Collect files…"), self.collect_files, filled=True)
        self.cells_button = self.add_action(_("Look at the cells"), self.show_cells)
        self.apply_button = self.add_action(_("Take them"), self.apply, filled=True)

    def _connect(self) -> None:
        self.policy.activated.connect(lambda _index: self._read_files())
        self.round.went_to.connect(self._explain_unit)
        self.round.opened.connect(lambda line: self._open_figures(line.key))
        self.files.went_to.connect(self._explain_file)
        self.files.opened.connect(lambda _line: self.show_cells())
        self.cells.went_to.connect(self._ask)
        self.card.figures_asked.connect(self._open_figures)
        self.card.issue_asked.connect(lambda code: self.issue([code]))
        self.card.file_asked.connect(self._save_file)
        self.card.cells_asked.connect(self.show_cells)

    # what the page shows

    def load(self) -> None:
        """Show how far the round has come."""
        place = self.desk.place
        if place.plan and place.period:
            self.desk.read(partial(_read_round, place), self._show_round)

    def handlers(self) -> Mapping[str, Handler]:
        """Return the commands of the page."""
        return {"copy": self._current().copy_all, "unfold": self.show_cells}

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
        """Leave the room to the table where the window is narrow."""
        super().resizeEvent(event)
        self.card.setVisible(self.width() >= DETAIL_FROM_WIDTH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back one sheet."""
        if event.key() == Qt.Key.Key_Escape and self.sheets.currentIndex() != ROUND:
            self.back()
            return
        super().keyPressEvent(event)

    def back(self) -> None:
        """Go back one sheet; leaving the files forgets the collection."""
        if self.sheets.currentIndex() == CELLS:
            self._show_sheet(FILES)
            self._explain_file(self.files.current_line())
            self.files.setFocus()
        else:
            self.plan = None
            self._decisions = {}
            self._show_sheet(ROUND)
            self.load()
            self.round.setFocus()

    def _current(self) -> Ledger:
        return (self.round, self.files, self.cells)[self.sheets.currentIndex()]

    def _show_sheet(self, number: int) -> None:
        self.sheets.setCurrentIndex(number)
        for button in (self.issue_button, self.folder_button, self.collect_button):
            button.setVisible(number == ROUND)
        self.policy.setVisible(number == FILES)
        self.back_button.setVisible(number != ROUND)
        self.cells_button.setVisible(number == FILES)
        self.apply_button.setVisible(number != ROUND)
        for picker in self.pickers.values():
            picker.setEnabled(number == ROUND)
        self.desk.unsaved_changed.emit()

    def _show_round(self, found: _Round) -> None:
        if (found.place.plan, found.place.period) != (self.desk.place.plan, self.desk.place.period):
            return
        _ = self.desk.catalogue
        self.round.show_lines(round_lines(found.units, _))
        if self.plan is not None:
            return
        issued = sum(1 for item in found.units if item.issued_at is not None)
        received = sum(1 for item in found.units if item.returned is not None)
        all_units = len(found.units)
        if issued or received:
            words = _(
                "{issued} workbooks written · {received}/{all} units have sent theirs",
                issued=issued,
                received=received,
                all=all_units,
            )
        else:
            words = _("{all} units are asked; no workbook has been written yet", all=all_units)
        self.sentence.setText(words)
        self.fill(self.issue_button, filled=not issued and not received)
        self.fill(self.collect_button, filled=bool(issued or received))

    def _explain_unit(self, line: LedgerLine | None) -> None:
        if self.sheets.currentIndex() == ROUND:
            if line is not None:
                self.card.explain_unit(line.payload)
            else:
                self.card.explain_nothing(None)

    def _explain_file(self, line: LedgerLine | None) -> None:
        self.cells_button.setEnabled(
            line is not None and line.payload.merged is not None and bool(line.payload.merged.changes)
        )
        if line is not None:
            self.card.explain_file(line.payload)
        else:
            self.card.explain_nothing(self.plan)

    def _open_figures(self, unit_code: str) -> None:
        self.desk.go_to_cell(unit_code, "")

    # issuing

    def issue(self, unit_codes: Sequence[str] = ()) -> None:
        """Ask for a folder and write the workbooks into it."""
        _ = self.desk.catalogue
        folder = self.desk.prompts.folder(_("Folder for the workbooks"))
        if folder is None:
            return
        place = self.desk.place
        work = partial(_issue, place, folder, tuple(unit_codes) or None)
        self.desk.write(work, partial(self._issued, folder), _("Writing workbooks"))

    def _issued(self, folder: Path, count: int) -> None:
        _ = self.desk.catalogue
        self.desk.data_changed.emit()
        words = _.count(
            "{number} workbook is in {folder}.", "{number} workbooks are in {folder}.", count, folder=str(folder)
        )
        show = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(folder)))
        self.strip.say(words, "info", [(_("Open the folder"), show)], stays=True)

    # collecting

    def collect_files(self) -> None:
        """Ask for returned files and read them."""
        _ = self.desk.catalogue
        pattern = _("Returned workbooks (*.xlsx *.xls *.xlsm *.ods *.zip)")
        self.collect(self.desk.prompts.open_files(_("Choose the returned files"), pattern))

    def collect_folder(self) -> None:
        """Ask for a folder of returned files and read them."""
        _ = self.desk.catalogue
        folder = self.desk.prompts.folder(_("Choose the folder of returned files"))
        self.collect([folder] if folder is not None else [])

    def collect(self, paths: list[Path]) -> None:
        """Read files, folders and archives; nothing is written."""
        if paths:
            self._paths = paths
            self._decisions = {}
            self.strip.hide()  # its answers would compete with those of the cells for Alt+1
            self._read_files()

    def _read_files(self) -> None:
        _ = self.desk.catalogue
        policy = Policy(self.policy.currentData())
        self.desk.write(partial(_plan, tuple(self._paths), policy), self._show_plan, _("Reading files"))

    def _show_plan(self, plan: CollectionPlan) -> None:
        _ = self.desk.catalogue
        self.plan = plan
        self.files.show_lines(file_lines(plan.files, _))
        refused = sum(1 for item in plan.files if item.refused)
        taken = len(plan.files) - refused
        parts = [_.count("{number} file read", "{number} files read", len(plan.files))]
        if refused:
            parts.append(_.count("{number} refused", "{number} refused", refused))
        changes = [change for item in plan.files if item.merged for change in item.merged.changes]
        asked = sum(1 for change in changes if offered(change))
        if asked:
            parts.append(_.count("{number} cell to decide", "{number} cells to decide", asked))
        unread = sum(item.counts["invalid"] + item.counts["conflict"] for item in plan.files) - asked
        if unread:
            parts.append(_.count("{number} cell not taken", "{number} cells not taken", unread))
        for state in plan.rounds:
            if state.missing:
                waits = _.count("{number} unit has sent nothing", "{number} units have sent nothing", len(state.missing))
                parts.append(f"{period_name(state.period, _)}: {waits}" if len(plan.rounds) > 1 else waits)
        self.sentence.setText(" · ".join(parts))
        self.apply_button.setText(_.count("Take {number} file", "Take {number} files", taken))
        self.apply_button.setEnabled(taken > 0)
        self._show_sheet(FILES)
        self._explain_file(self.files.current_line())
        self.files.setFocus()

    def show_cells(self) -> None:
        """Show the cells of the current file that differ."""
        line = self.files.current_line()
        if self.sheets.currentIndex() != FILES or line is None or line.payload.merged is None:
            return
        self._file = line.payload
        self._show_cells()
        self._show_sheet(CELLS)
        self.cells.setFocus()

    def _show_cells(self) -> None:
        if self._file is not None:
            decided = self._decisions.get(self._file.name, {})
            self.cells.show_lines(cell_lines(self._file, decided, self.desk.catalogue))
            self._ask(self.cells.current_line())

    def _ask(self, line: LedgerLine | None) -> None:
        """Ask about a cell that a person has to decide, with the contents to choose from."""
        _ = self.desk.catalogue
        change: CellChange | None = line.payload if line is not None else None
        if change is None or not change.asked or self._file is None:
            self.question.hide()
            return
        issue = _issue_of(self._file, change)
        choices = offered(change)
        if not choices:
            mend = _("Have it mended in the unit's file and collect again; until then what is held here stays.")
            self.question.say(f"{issue.text(_)} {mend}" if issue else mend, "error", stays=True)
            return
        key = change.key
        element = self.desk.session.element(key.code) if key.kind == FIGURE else None
        answers: list[tuple[str, Callable[[], object]]] = []
        for content in choices:
            words = _("Take {content}", content=content_text(content, element, key.field) or _("(empty)"))
            answers.append((words, partial(self._decide, key, content)))
        keep = _("Keep {content}", content=content_text(change.before, element, key.field) or _("(empty)"))
        answers.append((keep, partial(self._decide, key, change.before)))
        self.question.say(issue.text(_) if issue else _("Which one is right?"), "question", answers, stays=True)

    def _decide(self, key: CellKey, content: Content) -> None:
        if self._file is None:
            return
        self._decisions.setdefault(self._file.name, {})[key] = content
        row = self.cells.currentIndex().row()
        self._show_cells()
        self.cells.go_to(min(row + 1, self.cells.ledger.rowCount() - 1))
        self.cells.setFocus()

    def apply(self) -> None:
        """Write what was shown with what was decided, as one operation."""
        _ = self.desk.catalogue
        if self.plan is not None:
            self.desk.write(partial(_apply, self.plan, self._decisions), self._applied, _("Taking the files"))

    def _applied(self, result: CollectionResult) -> None:
        _ = self.desk.catalogue
        self.plan = None
        self._decisions = {}
        self._show_sheet(ROUND)
        if result.operation_id is None:
            self.desk.say(_("Nothing new; nothing was written."))
        else:
            self.desk.happened(result.operation_id)
            taken = sum(1 for item in result.plan.files if not item.refused)
            words = _.count("{number} file taken; Ctrl+Z undoes it.", "{number} files taken; Ctrl+Z undoes it.", taken)
            self.desk.say(words)
        self.load()
        self.round.setFocus()

    # dropped files and kept files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders while no collection is under way."""
        if self.sheets.currentIndex() == ROUND and _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Collect what was dropped."""
        event.acceptProposedAction()
        self.collect(_dropped(event))

    def _save_file(self, return_id: int) -> None:
        found = self.desk.session.gateway.get(Return, return_id)
        if found is not None:
            self.desk.save_bytes(found.file_name, found.content)


def _dropped(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def _read_round(place: PlaceLooked, session: Session) -> _Round:
    """Read how far a round has come; runs on the worker's thread."""
    content = forms.form_content(session, session.plan(place.plan), place.period)
    found = forms.round_of(session, content.form, place.period)
    due = forms.due_on(session, content.form, place.period)
    issued = {item.unit_id: item.issued_at for item in session.gateway.list(Issuance, round_id=found.id)} if found else {}
    returned: dict[int, Return] = {}
    for item in session.gateway.list(Return, order_by="id", round_id=found.id) if found else ():
        returned[item.unit_id] = replace(item, content=b"", cells_json="")
    late = session.now().astimezone().date() > due
    units = [
        UnitReturn(unit, issued.get(unit.id), returned.get(unit.id), late)
        for unit in forms.asked_units(session, content, place.period)
    ]
    return _Round(place, units)


def _issue(
    place: PlaceLooked, folder: Path, unit_codes: tuple[str, ...] | None, session: Session, context: JobContext
) -> int:
    """Write the workbooks; runs on the worker's thread."""
    written = issuing.issue(
        session, place.plan, place.period, folder, unit_codes=unit_codes, progress=context.progress, source="form"
    )
    return len(written)


def _plan(paths: tuple[Path, ...], policy: Policy, session: Session, context: JobContext) -> CollectionPlan:
    """Read the files and plan what is taken; runs on the worker's thread."""
    return collecting.plan_collection(session, paths, policy, progress=context.progress)


def _apply(plan: CollectionPlan, decisions: Decisions, session: Session, _context: JobContext) -> CollectionResult:
    """Write the plan with the decisions; runs on the worker's thread."""
    return collecting.apply_collection(session, decide(plan, decisions), expect=plan.digest, source="import")


def _issue_of(item: FilePlan, change: CellChange) -> Issue | None:
    """Return why a cell is asked or refused; a row that is refused as a whole says it at its first cell."""
    beside = [issue for issue in item.issues if issue.place.sheet == change.sheet]
    own = next((issue for issue in beside if issue.place.cell == change.cell), None)
    return own or next((issue for issue in beside if issue.place.item == change.key.code), None)
