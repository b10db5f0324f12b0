"""Undo in the window: one command class over the history's revert."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from desktop_app.domain.issues import UserError

Revert = Callable[[int], int]
Report = Callable[[UserError], None]


class RevertCommand(QUndoCommand):
    """An operation that has already happened; undoing reverts it, redoing reverts that reversal.

    A refusal (somebody changed the figure since) is reported and takes the command off the stack, because an exception in
    ``undo()`` would still move it.

    Args:
        text: the name of the operation, as the menu shows it.
        operation_id: the operation that happened.
        revert: reverts an operation and returns the id of the new one; raises UserError when it is refused.
        report: tells the user of a refusal.
    """

    def __init__(self, text: str, operation_id: int, revert: Revert, report: Report) -> None:
        super().__init__(text)
        self._operation_id = operation_id
        self._revert = revert
        self._report = report
        self._happened = True

    def redo(self) -> None:
        """Bring the operation back; the first call comes from pushing and finds it done."""
        if self._happened:
            self._happened = False
            return
        self._turn()

    def undo(self) -> None:
        """Revert the operation."""
        self._happened = False
        self._turn()

    def _turn(self) -> None:
        try:
            self._operation_id = self._revert(self._operation_id)
        except UserError as error:
            self.setObsolete(True)
            self._report(error)
