"""The entry grid as a table model: sections and rows of one unit's form, and the text that could not be saved yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop_app.domain.values import Answer, answer_of, format_answer
from desktop_app.services.editing import CellOutcome, CellResult, Edit, EditResult, FormRow, UnitForm
from desktop_app.text.catalogue import N_, Catalogue
from desktop_app.text.vietnamese import search_key
from desktop_app.ui.grid.states import SIGNS, CellState, Draft, state_of

Index = QModelIndex | QPersistentModelIndex
Write = Callable[[Sequence[Edit], str], EditResult | None]
STATE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
SECTION_ROLE = int(Qt.ItemDataRole.UserRole) + 2
DRAFT_ROLE = int(Qt.ItemDataRole.UserRole) + 3
DASH = "—"


class Column(IntEnum):
    """Columns in the order of the sheet ``Số liệu``."""

    CODE = 0
    NAME = 1
    UNIT = 2
    PREVIOUS = 3
    CURRENT = 4
    NOTE = 5
    STATE = 6


HEADINGS = {
    Column.CODE: N_("Code"),
    Column.NAME: N_("Figure asked"),
    Column.UNIT: N_("Measured in"),
    Column.PREVIOUS: N_("Previous"),
    Column.CURRENT: N_("This period"),
    Column.NOTE: N_("Explanation"),
    Column.STATE: N_("State"),
}
INPUTS = (Column.CURRENT, Column.NOTE)
FIGURES = (Column.PREVIOUS, Column.CURRENT)


@dataclass(frozen=True)
class SectionLine:
    """A heading that spans the table."""

    title: str


@dataclass(frozen=True)
class CellEntry:
    """What shall be put into one cell of the grid."""

    row: int
    column: Column
    typed: str


class EntryModel(QAbstractTableModel):
    """One unit's form.

    Signals:
        entered: an :class:`EditResult` and its source, after the rows show it.
    """

    entered = Signal(object, str)

    def __init__(self, catalogue: Catalogue, write: Write, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._write = write
        self._form: UnitForm | None = None
        self._lines: list[SectionLine | FormRow] = []
        self._drafts: dict[tuple[str, str, str], Draft] = {}
        self._typing: tuple[int, int] | None = None
        self._filter = ""
        self._locked = False

    # what is shown

    @property
    def form(self) -> UnitForm | None:
        """The form shown; None before the first."""
        return self._form

    def show(self, form: UnitForm | None, *, locked: bool = False) -> None:
        """Show a form; the same lines are updated in place, so that selection and editors stay."""
        lines = self._filtered(form)
        same = [_identity(line) for line in lines] == [_identity(line) for line in self._lines]
        if same and self._form is not None and form is not None:
            self._form, self._lines, self._locked = form, lines, locked
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, Column.STATE))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, Column.STATE)
            return
        self.beginResetModel()
        self._form, self._lines, self._locked, self._typing = form, lines, locked, None
        self.endResetModel()

    def set_filter(self, typed: str) -> None:
        """Keep the rows whose code or name holds every word typed, without regard to marks."""
        self.beginResetModel()
        self._filter = typed
        self._lines = self._filtered(self._form)
        self.endResetModel()

    def _filtered(self, form: UnitForm | None) -> list[SectionLine | FormRow]:
        words = search_key(self._filter).split()
        lines: list[SectionLine | FormRow] = []
        for section in form.sections if form else ():
            rows = [row for row in section.rows if all(word in _search_text(row) for word in words)]
            if rows:
                lines += [SectionLine(section.title), *rows]
        return lines

    def line(self, row: int) -> SectionLine | FormRow | None:
        """Return a line; None outside the table."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def form_row(self, row: int) -> FormRow | None:
        """Return the row of the form that a line shows; None for a section."""
        line = self.line(row)
        return line if isinstance(line, FormRow) else None

    def row_of(self, element_code: str) -> int:
        """Return the line of an element, or -1."""
        return next(
            (row for row, line in enumerate(self._lines) if isinstance(line, FormRow) and line.element.code == element_code),
            -1,
        )

    def draft(self, row: int) -> Draft | None:
        """Return the unsaved text of a line's figure."""
        line = self.form_row(row)
        return self._drafts.get(self._key(line)) if line is not None else None

    def drafts(self) -> list[tuple[str, Draft]]:
        """Return the unsaved texts of this unit and period with their element codes, in the order of the form."""
        rows = self._form.rows if self._form else []
        return [(row.element.code, self._drafts[self._key(row)]) for row in rows if self._key(row) in self._drafts]

    def unsaved_cells(self) -> list[tuple[str, str, str]]:
        """Return unit, period and element of every unsaved text, of other forms too."""
        return list(self._drafts)

    def state(self, row: int) -> CellState | None:
        """Return the state of a line; None for a section."""
        line = self.form_row(row)
        if line is None:
            return None
        typing = self._typing is not None and self._typing[0] == row
        return state_of(line, self._drafts.get(self._key(line)), typing=typing, locked=self._locked)

    def set_typing(self, index: Index | None) -> None:
        """Mark the cell whose editor is open; None when it has closed."""
        before = self._typing
        self._typing = (index.row(), index.column()) if index is not None and index.isValid() else None
        for cell in (before, self._typing):
            if cell is not None and cell[0] < len(self._lines):
                place = self.index(cell[0], Column.STATE)
                self.dataChanged.emit(place, place)

    # writing

    def enter(self, entries: Sequence[CellEntry], source: str = "form") -> EditResult | None:
        """Write cells as one operation; what is not taken stays in its cell as a draft.

        Returns:
            What became of each cell; None when the file refused to be written (the owner has said so).
        """
        edits = self._edits(entries)
        if not edits or self._form is None:
            return None
        result = self._write(edits, source)
        if result is None:
            _ = self._catalogue
            for edit in edits:
                if edit.typed:
                    self._drafts[self._edit_key(edit)] = Draft(edit.typed, _("The file could not be written; try again."))
        else:
            for cell in result.cells:
                self._keep(cell)
        self._announce()
        if result is not None:
            self.entered.emit(result, source)
        return result

    def answer(self, element_code: str, answer: Answer) -> EditResult | None:
        """Write the reading that was chosen for a question."""
        if self._form is None:
            return None
        edit = Edit(self._form.unit.code, element_code, self._form.period, answer=answer)
        result = self._write([edit], "form")
        if result is not None:
            self._keep(result.cells[0])
            self._announce()
            self.entered.emit(result, "form")
        return result

    def drop_draft(self, element_code: str) -> None:
        """Throw an unsaved text away; the stored figure shows again."""
        if self._form is not None:
            self._drafts.pop((self._form.unit.code, self._form.period, element_code), None)
            self._announce()

    def _edits(self, entries: Sequence[CellEntry]) -> list[Edit]:
        typed: dict[str, dict[str, str]] = {}
        for entry in entries:
            row = self.form_row(entry.row)
            if row is not None and entry.column in INPUTS and not self._locked:
                part = "typed" if entry.column is Column.CURRENT else "note"
                typed.setdefault(row.element.code, {})[part] = entry.typed
        form = self._form
        if form is None:
            return []
        return [
            Edit(form.unit.code, code, form.period, parts.get("typed"), parts.get("note")) for code, parts in typed.items()
        ]

    def _keep(self, cell: CellResult) -> None:
        """Keep what was not taken; forget the draft of what was. An explanation never touches the figure's draft."""
        key = self._edit_key(cell.edit)
        if cell.outcome in {CellOutcome.QUESTION, CellOutcome.INVALID}:
            sentence = " ".join(issue.text(self._catalogue) for issue in cell.issues)
            self._drafts[key] = Draft(cell.edit.typed or "", sentence, cell.readings)
        elif cell.edit.typed is not None or cell.edit.answer is not None:
            self._drafts.pop(key, None)

    def _announce(self) -> None:
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, Column.STATE))

    def _key(self, row: FormRow) -> tuple[str, str, str]:
        return (self._form.unit.code, self._form.period, row.element.code) if self._form else ("", "", "")

    @staticmethod
    def _edit_key(edit: Edit) -> tuple[str, str, str]:
        return edit.unit_code, edit.period, edit.element_code

    # Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of lines, sections included."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Sections can be neither selected nor edited; two columns take input."""
        row = self.form_row(index.row()) if index.isValid() else None
        if row is None:
            return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() in INPUTS and not self._locked:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return headings; figures stand at the right."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        column = Column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if column is Column.STATE else self._catalogue(HEADINGS[column])
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._catalogue(HEADINGS[column])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in FIGURES else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return texts, states and drafts of a cell."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if isinstance(line, SectionLine):
            if role == SECTION_ROLE:
                return True
            shown = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
            return line.title if role in shown and index.column() == 0 else None
        return self._datum(line, Column(index.column()), index.row(), role)

    def _datum(self, line: FormRow, column: Column, row: int, role: int) -> Any:
        side = Qt.AlignmentFlag.AlignRight if column in FIGURES else Qt.AlignmentFlag.AlignLeft
        answers: dict[int, Callable[[], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda: self._text(line, column, editing=False),
            Qt.ItemDataRole.EditRole: lambda: self._text(line, column, editing=True),
            Qt.ItemDataRole.TextAlignmentRole: lambda: side | Qt.AlignmentFlag.AlignVCenter,
            Qt.ItemDataRole.ToolTipRole: lambda: self._tip(line, column, row),
            Qt.ItemDataRole.AccessibleTextRole: lambda: self._spoken(line, column, row),
            STATE_ROLE: lambda: self.state(row),
            DRAFT_ROLE: lambda: column is Column.CURRENT and self._key(line) in self._drafts,
        }
        answer = answers.get(role)
        return answer() if answer is not None else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write what the editor holds, as it was typed; the grammar reads it."""
        row = self.form_row(index.row()) if index.isValid() else None
        if role != Qt.ItemDataRole.EditRole or row is None or index.column() not in INPUTS or self._locked:
            return False
        column = Column(index.column())
        if str(value) == self._text(row, column, editing=True):
            return True
        self.enter([CellEntry(index.row(), column, str(value))])
        return True

    def _text(self, row: FormRow, column: Column, *, editing: bool) -> str:
        element = row.element
        if column is Column.CURRENT:
            draft = self._drafts.get(self._key(row))
            if draft is not None:
                return draft.typed
            if row.is_entered or editing or row.computed is None:
                return format_answer(element, answer_of(row.current))
            return format_answer(element, row.computed)
        if column is Column.PREVIOUS:
            return format_answer(element, row.previous) if row.previous is not None else DASH
        if column is Column.NOTE:
            return (row.current.note or "") if row.current else ""
        return {Column.CODE: element.code, Column.NAME: element.name, Column.UNIT: element.unit}.get(column, "")

    def _tip(self, row: FormRow, column: Column, line: int) -> str | None:
        if column in {Column.STATE, Column.CURRENT}:
            return self._state_sentence(row, line)
        if column is Column.NAME:
            return f"{row.element.name}\n{row.element.definition}"
        return self._text(row, column, editing=False) or None

    def _state_sentence(self, row: FormRow, line: int) -> str:
        state = self.state(line)
        words = [self._catalogue(SIGNS[state].word)] if state else []
        draft = self._drafts.get(self._key(row))
        if draft is not None:
            words.append(draft.sentence)
        words += [issue.text(self._catalogue) for issue in row.issues]
        return "\n".join(word for word in words if word)

    def _spoken(self, row: FormRow, column: Column, line: int) -> str:
        if column is Column.STATE:
            return self._state_sentence(row, line)
        text = self._text(row, column, editing=False)
        heading = self._catalogue(HEADINGS[column])
        spoken = f"{row.element.name}, {heading}: {text or self._catalogue(SIGNS[CellState.EMPTY].word)}"
        return f"{spoken}. {self._state_sentence(row, line)}" if column is Column.CURRENT else spoken


def _identity(line: SectionLine | FormRow) -> str:
    return line.title if isinstance(line, SectionLine) else line.element.code


def _search_text(row: FormRow) -> str:
    return search_key(f"{row.element.code} {row.element.name} {row.element.unit}")
