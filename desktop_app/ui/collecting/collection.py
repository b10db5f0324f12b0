"""One collection from the first dropped file until it is taken or given up: its files, its jobs, and how they end."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.domain.entities import Form, Plan, Round
from desktop_app.domain.issues import UserError
from desktop_app.domain.merge import Policy
from desktop_app.services.collecting import CollectionPlan, CollectionResult, FilePlan
from desktop_app.services.collecting.deciding import Decisions
from desktop_app.ui.collecting import work
from desktop_app.ui.collecting.review import Review
from desktop_app.ui.desk import Desk
from desktop_app.ui.jobs import Job

FLUSH_MS = 60
"""How long files that were read wait until they are shown together."""


class Collection(QObject):
    """Reads files and takes them, one job at a time; what is stopped leaves everything as it was.

    Signals:
        began: a job is under way.
        came: files that were read just now, a list.
        progressed: done, total, name of the file, seconds left or None.
        read: everything was read, a :class:`Review`.
        taken: everything was written, a :class:`CollectionResult`, and the :class:`Review` of what that was.
        went_on: reading was stopped only to read more files together, which is under way.
        outdated: the data file changed since the files were read, so that nothing was taken; the refusal.
        over: a job was stopped, or failed; what was there before still stands.

    Attributes:
        review: what was read last and is not taken yet; None for nothing.
        folder: where the files of the last collection lie; None before the first.
    """

    began = Signal()
    came = Signal(list)
    progressed = Signal(int, int, str, object)
    read = Signal(object)
    taken = Signal(object, object)
    went_on = Signal()
    outdated = Signal(object)
    over = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.review: Review | None = None
        self.folder: Path | None = None
        self._paths: list[Path] = []
        self._wanted: list[Path] = []
        self._wish = work.Wish()
        self._job: Job | None = None
        self.is_taking = False
        self._waiting: list[FilePlan] = []
        self._flush = QTimer(self)
        self._flush.setSingleShot(True)
        self._flush.setInterval(FLUSH_MS)
        self._flush.timeout.connect(self._hand_on)

    @property
    def is_busy(self) -> bool:
        """True while files are read or taken."""
        return self._job is not None

    def ask_files(self) -> list[Path]:
        """Ask for returned files, where the last ones lay."""
        _ = self._desk.catalogue
        pattern = _("Returned workbooks (*.xlsx *.xls *.xlsm *.ods *.zip)")
        return self._desk.prompts.open_files(_("Choose the returned files"), pattern, self.folder)

    def ask_folder(self) -> list[Path]:
        """Ask for a folder of returned files, where the last one was."""
        _ = self._desk.catalogue
        folder = self._desk.prompts.folder(_("Choose the folder of returned files"), self.folder)
        return [folder] if folder is not None else []

    def take_rejected(self) -> None:
        """Read the same files again and take those that were rejected before."""
        self._wish = replace(self._wish, take_rejected=True)
        self.read_again(self._wish.policy)

    def add(self, paths: list[Path], policy: Policy) -> None:
        """Read files, folders and archives together with those that were read before."""
        known = self._wanted or self._paths
        more = [path for path in paths if path not in known]
        if more and not self.is_taking:
            self.folder = more[0] if more[0].is_dir() else more[0].parent
            self._wanted = [*known, *more]
            self._wish = replace(self._wish, policy=policy)
            self._read()

    def read_again(self, policy: Policy) -> None:
        """Read the same files with another policy."""
        self._wanted = list(self._paths)
        self._wish = replace(self._wish, policy=policy)
        self._read()

    def _read(self) -> None:
        _ = self._desk.catalogue
        before = self._job
        if before is not None:
            before.cancelled.connect(self.went_on)
            before.cancel()
        self._waiting = []
        doing = partial(work.read_files, tuple(self._wanted), self._wish)
        pace = work.Pace()
        job = self._desk.write(doing, lambda review: self._was_read(job, review), _("Reading files"))
        job.told.connect(lambda item: self._take_in(job, item))
        job.progressed.connect(lambda done, total, name: self._say_progress(job, pace, done, total, name))
        self._follow(job)

    def take(self, decisions: Decisions) -> None:
        """Write what was read with what was decided, as one operation."""
        if self.review is None or self.is_busy:
            return
        _ = self._desk.catalogue
        self.is_taking = True
        doing = partial(work.take, self.review.plan, decisions)
        job = self._desk.write(doing, self._was_taken, _("Taking the files"))
        job.progressed.connect(lambda done, total, name: self.progressed.emit(done, total, name, None))
        self._follow(job)
        job.failed.connect(self._refused)

    def stop(self) -> None:
        """Stop the job under way: reading is given up at once, taking when the data file is as it was."""
        if self._job is None:
            return
        job = self._job
        job.cancel()
        if not self.is_taking:
            self._give_up(job)

    def forget(self) -> None:
        """Give up what was read."""
        self.review = None
        self._paths, self._wanted, self._wish = [], [], work.Wish()

    def _follow(self, job: Job) -> None:
        self._job = job
        job.cancelled.connect(lambda: self._give_up(job))
        job.failed.connect(lambda _error: self._give_up(job))
        self.began.emit()

    def _give_up(self, job: Job) -> None:
        if self._job is job:
            self._job, self.is_taking = None, False
            self._wanted = []
            self._waiting = []
            self.over.emit()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, UserError) and error.code == "collection_outdated":
            self.outdated.emit(error)

    def _take_in(self, job: Job, item: FilePlan) -> None:
        if job is self._job:
            self._waiting.append(item)
            if not self._flush.isActive():
                self._flush.start()

    def _hand_on(self) -> None:
        found, self._waiting = self._waiting, []
        if found and self.is_busy:
            self.came.emit(found)

    def _say_progress(self, job: Job, pace: work.Pace, done: int, total: int, name: str) -> None:
        if job is self._job:
            self.progressed.emit(done, total, name, pace.seconds_left(done, total))

    def _was_read(self, job: Job, review: Review) -> None:
        if job is not self._job:  # it was stopped just as it had finished
            return
        self._job = None
        self._waiting = []
        self._paths, self._wanted = self._wanted, []
        self.review = review
        self.read.emit(review)

    def _was_taken(self, result: CollectionResult) -> None:
        review = self.review
        self._job, self.is_taking = None, False
        self.forget()
        self._look_at_round(result.plan)  # before anything is said, as another place silences what was said at the last one
        self.taken.emit(result, review)

    def _look_at_round(self, plan: CollectionPlan) -> None:
        """Show the round that most of the taken files were for, whatever was looked at before."""
        rounds = Counter(item.round_id for item in plan.files if not item.refused)
        gateway = self._desk.session.gateway
        found = gateway.get(Round, rounds.most_common(1)[0][0]) if rounds else None
        form = gateway.get(Form, found.form_id) if found is not None else None
        owner = gateway.get(Plan, form.plan_id) if form is not None else None
        if found is not None and owner is not None:
            self._desk.look_at(plan=owner.code, period=found.period)
