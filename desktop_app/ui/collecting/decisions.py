"""What a person decides about the cells of a collection, each step of which can be undone until the collection is taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from desktop_app.domain.columns import parse_column
from desktop_app.domain.issues import Issue
from desktop_app.domain.values import Outcome, parse_cell
from desktop_app.services.cells import GRAMMARS, CellKey, Content
from desktop_app.services.collecting import CollectionPlan, FilePlan
from desktop_app.services.collecting.deciding import Decisions, with_decision, without_decision
from desktop_app.services.collecting.merging import CellChange
from desktop_app.ui.collecting.review import Review, ReviewRow
from desktop_app.ui.collecting.review_lines import element_of


class DecisionDesk(QObject):
    """The decisions of one collection and the way back to each state before.

    Signals:
        changed: the row to go to, None where there is none; the decisions are others now.

    Attributes:
        decisions: what was decided so far.
        stack: undo and redo of the decisions alone.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.decisions: Decisions = {}
        self.stack = QUndoStack(self)

    @property
    def count(self) -> int:
        """How many cells are decided."""
        return sum(len(cells) for cells in self.decisions.values())

    def begin(self, review: Review | None = None, kept: Decisions | None = None) -> None:
        """Begin anew; of decisions that are kept, those stay whose cells are still asked.

        Args:
            review: what is shown now; None where nothing is.
            kept: what was decided before the files were read again.
        """
        self.stack.clear()
        self.decisions = {}
        if review is None or not kept:
            return
        found: dict[str, dict[CellKey, Content]] = {}
        for row in review.askable:
            name = review.item(row).name
            if row.change is not None and row.change.key in kept.get(name, {}):
                found.setdefault(name, {})[row.change.key] = kept[name][row.change.key]
        self.decisions = found

    def decide(self, plan: CollectionPlan, title: str, chosen: Sequence[tuple[ReviewRow, Content]]) -> None:
        """Decide cells, as one step.

        Args:
            plan: what is shown.
            title: how the step is called in the menu.
            chosen: rows with what shall stand in their cells; the first is gone back to when the step is undone.
        """
        after = self.decisions
        for row, content in chosen:
            if row.change is not None:
                after = with_decision(plan, after, plan.files[row.file].name, row.change.key, content)
        self._take(title, chosen[0][0], after)

    def withdraw(self, plan: CollectionPlan, title: str, row: ReviewRow) -> None:
        """Take the decision about a cell back, as a step of its own."""
        if row.change is not None:
            after = without_decision(plan, self.decisions, plan.files[row.file].name, row.change.key)
            self._take(title, row, after)

    def put(self, decisions: Decisions, row: ReviewRow) -> None:
        """Set the decisions to a state before or after a step, and say where that was."""
        self.decisions = decisions
        self.changed.emit(row)

    def _take(self, title: str, row: ReviewRow, after: Decisions) -> None:
        self.stack.push(_Step(title, self, row, after))


class _Step(QUndoCommand):
    """One step: the decisions before it and after it."""

    def __init__(self, title: str, desk: DecisionDesk, row: ReviewRow, after: Decisions) -> None:
        super().__init__(title)
        self._desk = desk
        self._row = row
        self._before = desk.decisions
        self._after = after

    def redo(self) -> None:
        """Decide."""
        self._desk.put(self._after, self._row)

    def undo(self) -> None:
        """Go back to what was decided before."""
        self._desk.put(self._before, self._row)


def read_typed(item: FilePlan, change: CellChange, typed: str) -> tuple[Content, Issue | None]:
    """Read what a person typed for a cell instead of what the workbook says, by the grammar of its column.

    Returns:
        The content, or None with the reason why it is not taken.
    """
    element = element_of(item, change.key)
    if element is not None and change.key.field == "value":
        answer = parse_cell(typed, "", element, own_form=True)
        return (answer.answer if answer.outcome is Outcome.VALUE else None), answer.issue
    column = parse_column(typed, "", GRAMMARS[change.key.kind, change.key.field])
    return column.value, column.issue
