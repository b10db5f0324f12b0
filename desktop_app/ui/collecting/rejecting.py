"""Rejecting one return from the window: done at once, said with the way back; what was changed since is asked about."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from desktop_app.domain.issues import CollectedError, UserError
from desktop_app.services.returns import Rejection
from desktop_app.ui.collecting import work
from desktop_app.ui.desk import Desk
from desktop_app.ui.widgets.strip import Strip


class Rejecting(QObject):
    """Rejects returns and says so.

    Args:
        desk: the shared state of the window.
        strip: where it is said.
        parent: the page.
    """

    def __init__(self, desk: Desk, strip: Strip, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._strip = strip

    def reject(self, return_id: int, reason: str, *, keep_later: bool = False) -> None:
        """Reject a return; every cell that it brought goes back to what it was.

        Args:
            return_id: the return.
            reason: why, as the unit shall read it.
            keep_later: cells that were changed since are left as they are.
        """
        _ = self._desk.catalogue
        doing = partial(work.reject, return_id, reason, keep_later)
        job = self._desk.write(doing, self._rejected, _("Rejecting the return"))
        job.failed.connect(lambda error: self._refused(error, return_id, reason))

    def _rejected(self, rejection: Rejection) -> None:
        _ = self._desk.catalogue
        self._desk.happened(rejection.operation_id)
        words = _("The return was rejected; ask the unit to send another one. Ctrl+Z undoes it.")
        self._strip.say(words, "info", [(_("Undo"), self._desk.undo_stack.undo)], stays=True)

    def _refused(self, error: UserError, return_id: int, reason: str) -> None:
        """Offer to leave what was changed since as it is."""
        _ = self._desk.catalogue
        if isinstance(error, CollectedError):
            again = partial(self.reject, return_id, reason, keep_later=True)
            self._strip.say(error.text(_), "question", [(_("Reject, keep the later changes"), again)])
