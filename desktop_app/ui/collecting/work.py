"""What the exchange page has done on the worker's thread: reading a round, reading files, taking them, writing lists."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from desktop_app.domain.merge import Policy
from desktop_app.services import collecting, issuing, returns
from desktop_app.services.collecting import CollectionPlan, CollectionResult, FilePlan
from desktop_app.services.collecting.deciding import Decisions, decide
from desktop_app.services.collecting.problems import ProblemsWritten, write_problems
from desktop_app.services.returns import Rejection
from desktop_app.services.rounds import RoundStanding, round_standing, write_round
from desktop_app.services.session import Session
from desktop_app.ui.collecting.review import Review
from desktop_app.ui.desk import PlaceLooked
from desktop_app.ui.jobs import JobContext

R = TypeVar("R")
FEW_FILES, FEW_SECONDS = 3, 2.0
"""So much must have been read before the time that is left is guessed."""


@dataclass(frozen=True)
class Looked:
    """The round of a place, as it was read."""

    place: PlaceLooked
    round: RoundStanding


def read_round(place: PlaceLooked, session: Session) -> Looked:
    """Read how far a round has come."""
    return Looked(place, round_standing(session, place.plan, place.period))


def issue_workbooks(
    place: PlaceLooked, folder: Path, unit_codes: tuple[str, ...] | None, session: Session, context: JobContext
) -> int:
    """Write the workbooks; return how many."""
    written = issuing.issue(
        session, place.plan, place.period, folder, unit_codes=unit_codes, progress=context.progress, source="form"
    )
    return len(written)


@dataclass(frozen=True)
class Wish:
    """How files shall be read.

    Attributes:
        policy: what to do with differences.
        take_rejected: files that were rejected before are taken all the same.
    """

    policy: Policy = Policy.NONBLANK
    take_rejected: bool = False


def read_files(paths: tuple[Path, ...], wish: Wish, session: Session, context: JobContext) -> Review:
    """Read the files and plan what is taken; each file is handed over as soon as it is read."""
    plan = collecting.plan_collection(
        session,
        paths,
        wish.policy,
        take_rejected=wish.take_rejected,
        progress=context.progress,
        each=context.tell,
    )
    return Review(plan)


def take(plan: CollectionPlan, decisions: Decisions, session: Session, context: JobContext) -> CollectionResult:
    """Write the plan with the decisions; when it is stopped, nothing of it stays."""
    return collecting.apply_collection(
        session, decide(plan, decisions), expect=plan.digest, source="import", progress=context.progress
    )


def reject(return_id: int, reason: str, keep_later: bool, session: Session, _context: JobContext) -> Rejection:
    """Reject one return."""
    return returns.reject_return(session, return_id, reason, keep_later=keep_later)


def write_problem_list(
    plan: CollectionPlan, decisions: Decisions, files: Collection[FilePlan] | None, path: Path, session: Session
) -> ProblemsWritten | None:
    """Write what the units have to mend, in the place of a file that the dialog asked about."""
    decided = decide(plan, decisions)
    names = {item.name for item in files} if files is not None else None
    wanted = [item for item in decided.files if names is None or item.name in names]
    return _in_place(session, path, lambda draft: write_problems(session, decided, draft, files=wanted))


def write_late(place: PlaceLooked, path: Path, session: Session) -> int:
    """Write the units that are late with whom to ask there; return how many they are."""
    standing = round_standing(session, place.plan, place.period)
    _in_place(session, path, lambda draft: write_round(session, standing, draft, only_late=True))
    return len(standing.late())


def _in_place(session: Session, path: Path, write: Callable[[Path], R]) -> R:
    """Write a new file and put it in the place of one that the dialog asked about, if there is one."""
    if not path.exists():
        return write(path)
    draft = path.with_name(f".{path.stem}-{session.now():%H%M%S%f}{path.suffix}")
    written = write(draft)
    if draft.exists():
        draft.replace(path)
    return written


class Pace:
    """How long reading still takes, going by the files that are read already.

    Args:
        clock: seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()

    def seconds_left(self, done: int, total: int) -> int | None:
        """Return the seconds that are probably left; None while it is too early to say.

        Args:
            done: files done.
            total: files in all; 0 while they are still being looked for, which says nothing of how long reading takes.
        """
        now = self._clock()
        if not total:
            self._began = now
            return None
        passed = now - self._began
        if done < FEW_FILES or passed < FEW_SECONDS:
            return None
        return round(passed / done * (total - done))
