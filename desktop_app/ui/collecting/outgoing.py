"""What goes out to the units from the exchange page: workbooks to fill in, lists of problems, and who is to be reminded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from desktop_app.services.collecting import CollectionPlan, FilePlan
from desktop_app.services.collecting.deciding import Decisions
from desktop_app.services.collecting.problems import ProblemsWritten, problems_name
from desktop_app.ui.collecting import work
from desktop_app.ui.desk import Desk
from desktop_app.ui.widgets.strip import Strip

SUFFIX = ".xlsx"


class Outgoing(QObject):
    """Asks for a place, has it written and says where it is.

    Args:
        desk: the shared state of the window.
        strip: where it is said.
        parent: the page.
    """

    def __init__(self, desk: Desk, strip: Strip, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._strip = strip

    def issue(self, unit_codes: Sequence[str] = ()) -> None:
        """Ask for a folder and write the workbooks of all units, or of some, into it."""
        _ = self._desk.catalogue
        folder = self._desk.prompts.folder(_("Folder for the workbooks"))
        if folder is not None:
            doing = partial(work.issue_workbooks, self._desk.place, folder, tuple(unit_codes) or None)
            self._desk.write(doing, partial(self._issued, folder), _("Writing workbooks"))

    def write_problems(
        self, plan: CollectionPlan, decisions: Decisions, files: Sequence[FilePlan] | None, returns: Path | None
    ) -> None:
        """Ask for a place and write what the units have to mend.

        Args:
            plan: what was read.
            decisions: what was decided; it is no problem any more.
            files: only these; None for all.
            returns: the folder of the returned files; the list is offered beside it, so that it is not collected with them.
        """
        _ = self._desk.catalogue
        name = problems_name(files[0]) if files else _("problems.xlsx")
        path = self._ask(_("Write problems for units"), str(returns.parent / name) if returns is not None else name)
        if path is not None:
            doing = partial(work.write_problem_list, plan, decisions, files, path)
            self._desk.read(doing, self._problems_written, _("Writing the problems"))

    def export_late(self) -> None:
        """Ask for a place and write the units that are late with whom to ask there."""
        _ = self._desk.catalogue
        path = self._ask(_("Who is late"), _("late-units.xlsx"))
        if path is not None:
            doing = partial(work.write_late, self._desk.place, path)
            self._desk.read(doing, partial(self._late_written, path), _("Writing the list"))

    def _ask(self, title: str, name: str) -> Path | None:
        path = self._desk.prompts.save_file(title, Path(name), self._desk.catalogue("Excel workbook (*.xlsx)"))
        if path is None or path.suffix.lower() == SUFFIX:
            return path
        return path.with_name(f"{path.name}{SUFFIX}")

    def _issued(self, folder: Path, count: int) -> None:
        _ = self._desk.catalogue
        self._desk.data_changed.emit()
        words = _.count(
            "{number} workbook is in {folder}.", "{number} workbooks are in {folder}.", count, folder=str(folder)
        )
        self._say(words, folder, _("Open the folder"))

    def _problems_written(self, written: ProblemsWritten | None) -> None:
        _ = self._desk.catalogue
        if written is None:
            self._strip.say(_("There is nothing to mend; nothing was written."))
            return
        words = _(
            "{problems} points of {files} files are in {path}.",
            problems=written.problems,
            files=written.files,
            path=str(written.path),
        )
        self._say(words, written.path, _("Open the file"), has_keys=False)  # Alt+1 answers the cell that is asked

    def _late_written(self, path: Path, count: int) -> None:
        _ = self._desk.catalogue
        words = _.count("{number} late unit is in {path}.", "{number} late units are in {path}.", count, path=str(path))
        self._say(words, path, _("Open the file"))

    def _say(self, words: str, path: Path, verb: str, *, has_keys: bool = True) -> None:
        show = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(path)))
        self._strip.say(words, "info", [(verb, show)], stays=True, has_keys=has_keys)
