"""The problems workbook of a collection: everything that units have to look at again, to be sent back to them.

It lists every issue of the files, however many, and shows what each file says with the doubtful cells marked. Its texts go
to units, so they are Vietnamese whatever the language of the program. Nothing of it is written where nothing has to be
mended or answered. It cannot be collected again: units correct their own files, and it says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.kinds import Instant
from desktop_app.domain.severity import GRAVEST_FIRST
from desktop_app.services.cells import CellKey
from desktop_app.services.collecting.copies import copied_tables
from desktop_app.services.collecting.plan import CollectionPlan, FilePlan
from desktop_app.services.collecting.sent_cells import SentCells
from desktop_app.services.files import write_new
from desktop_app.services.session import Session
from desktop_app.storage.history import history
from desktop_app.text.catalogue import N_, Catalogue, Language
from desktop_app.text.dates import format_period

if TYPE_CHECKING:
    from desktop_app.exchange.writing.problems_content import MarkedCopy, Problem

_texts = Catalogue(Language.VI)
_BY_SEVERITY = {
    Severity.ERROR: N_("Correct it in your own file and send the file again."),
    Severity.QUESTION: N_("Write clearly in your own file what is meant, and send the file again."),
    Severity.WARNING: N_("Check it: correct it, or say why under “Giải trình”."),
    Severity.INFO: N_("For your information."),
}
_REFUSED = N_("Send the right file again.")
_FILL_IN = N_("Fill in what is still empty and send the file again.")
_ONE_FILE = N_("Tell us which file counts; send one file only.")
_NOTHING = N_("Nothing; we look into it here.")
_BY_CODE = {
    "cell_conflict": N_("Tell us which of the figures is right."),
    "cell_overwritten": N_("Check whether your figure is the right one."),
    "cell_cleared_kept": N_("Write 0 or KPS where that is meant; otherwise nothing."),
    "cell_difference_kept": N_("Tell us if your figure is to be taken."),
    "locked_cell_edited": N_("Put the cell back as it was; tell us if the form itself is wrong."),
    "files_differ": _ONE_FILE,
    "unit_twice": _ONE_FILE,
    "form_blank": _FILL_IN,
    "form_partly_blank": _FILL_IN,
    "row_missing": N_("Answer it in the form that was sent to you."),
    **dict.fromkeys(
        (
            "return_too_new",
            "return_of_other_file",
            "return_plan_unknown",
            "return_unit_unknown",
            "return_unit_not_asked",
            "return_issue_unknown",
            "issue_not_kept",
            "meta_altered",
            "file_known",
        ),
        _NOTHING,
    ),
}
"""What the unit does about an issue where its severity does not say it."""


@dataclass(frozen=True)
class ProblemsWritten:
    """A problems workbook.

    Attributes:
        problems: how many reasons it lists.
        files: of how many files.
        written: False where the same bytes were there already.
    """

    path: Path
    problems: int
    files: int
    written: bool


@dataclass(frozen=True)
class ProblemsMade:
    """A problems workbook that has no place yet.

    Attributes:
        content: its bytes; the same collection gives the same.
    """

    content: bytes = field(repr=False)
    problems: int
    files: int


def has_problems(item: FilePlan) -> bool:
    """Say whether a file holds something to mend, to answer or to explain; what is only worth knowing is no problem."""
    return any(issue.severity is not Severity.INFO for issue in item.issues)


def problems_name(item: FilePlan) -> str:
    """Return a name for the problems workbook of one file."""
    stem = PurePath(item.name).stem if item.unit is None else "_".join(filter(None, (item.unit.code, item.period)))
    return f"{stem}_can-xem-lai.xlsx"


def write_problems(
    session: Session, plan: CollectionPlan, path: Path, *, files: Collection[FilePlan] | None = None
) -> ProblemsWritten | None:
    """Write the problems workbook of a collection.

    Args:
        session: the open file.
        plan: what was read; with decisions, the decided plan.
        path: the ``.xlsx`` file.
        files: only these of the plan's; None for all.

    Returns:
        None where no file has a problem; nothing is written then.

    Raises:
        UserError: ``file_exists`` where another file of that name stands; ``file_not_written``; ``disk_full``.
    """
    made = problems_workbook(session, plan, files)
    if made is None:
        return None
    return ProblemsWritten(path, made.problems, made.files, write_new(path, made.content))


def problems_workbook(
    session: Session, plan: CollectionPlan, files: Collection[FilePlan] | None = None
) -> ProblemsMade | None:
    """Make the problems workbook of a collection; nothing is written.

    Args:
        session: the open file.
        plan: what was read.
        files: only these of the plan's; None for all.

    Returns:
        None where no file has a problem.
    """
    from desktop_app.exchange.writing.problems import write_problems as workbook_of
    from desktop_app.exchange.writing.problems_content import ProblemsContent

    names = _short_names(plan.files)
    chosen = [_Sent(item, names) for item in plan.files]
    if files is not None:
        wanted = {item.name for item in files}
        chosen = [sent for sent in chosen if sent.item.name in wanted]
    if not any(has_problems(sent.item) for sent in chosen):
        return None
    found = [(sent, issue) for sent in chosen for issue in sent.item.issues]
    found.sort(key=lambda pair: (pair[0].order, GRAVEST_FIRST.index(pair[1].severity)))
    for number, (sent, issue) in enumerate(found):
        sent.numbers.append((number, issue))
    told = [sent for sent in chosen if sent.numbers]
    newest = history(session.database, limit=1)
    content = ProblemsContent(
        facts=_facts(session, told, len(found)),
        problems=tuple(sent.problem(issue) for sent, issue in found),
        copies=tuple(sent.copy() for sent in sorted(told, key=lambda sent: sent.order) if sent.is_copied),
        illustrative=session.office.illustrative,
        moment=str(Instant().to_db(newest[0].at if newest else session.now())),
    )
    return ProblemsMade(workbook_of(content), len(found), len(told))


def _facts(session: Session, told: Sequence[_Sent], count: int) -> str:
    """Return whose collection it is, of which rounds, and how much it lists."""
    rounds = dict.fromkeys((sent.item.form, sent.item.period) for sent in told if sent.item.round_id)
    parts = [session.root.name, *(f"{form}, {format_period(period)}" for form, period in rounds)]
    parts.append(_texts(N_("{count} points in {files} files"), count=count, files=len(told)))
    return " – ".join(parts)


def _short_names(files: Sequence[FilePlan]) -> dict[str, str]:
    """Return what each file is called there: no folders of this computer, but enough of them to tell two apart."""
    names = [item.name for item in files]
    short: dict[str, str] = {}
    count = 1
    while left := [name for name in dict.fromkeys(names) if name not in short]:
        tails = {name: "/".join(PurePath(name).parts[-count:]) for name in left}
        taken = Counter(tails.values())
        is_last = count >= max(len(PurePath(name).parts) for name in left)
        short.update({name: tail for name, tail in tails.items() if taken[tail] == 1 or is_last})
        count += 1
    return short


class _Sent:
    """One file of the collection on its way into the workbook.

    Attributes:
        numbers: its issues with their places among the reasons.
    """

    def __init__(self, item: FilePlan, names: Mapping[str, str]) -> None:
        self.item = item
        self.name = names[item.name]
        self._names = names
        self.numbers: list[tuple[int, Issue]] = []
        is_read = item.merged is not None and item.desk is not None
        self._cells = SentCells(item.merged, item.desk, item.issues) if is_read else None  # type: ignore[arg-type]

    @property
    def order(self) -> tuple[bool, int, str, str]:
        """Units in official order, files of unknown units at the end."""
        unit = self.item.unit
        return (unit is None, unit.order_number if unit else 0, unit.code if unit else "", "" if unit else self.name)

    @property
    def is_copied(self) -> bool:
        """True where what the file says is shown: something of it is to be looked at, or stands in a cell."""
        return self._cells is not None and (has_problems(self.item) or any(issue.place.cell for issue in self.item.issues))

    def problem(self, issue: Issue) -> Problem:
        """Return an issue as a row of the reasons."""
        from desktop_app.exchange.writing.problems_content import Problem

        key = self._cells.key_of(issue) if self._cells is not None else None
        unit = self.item.unit
        return Problem(
            unit=unit.name if unit else "",
            file=self.name,
            sheet=issue.place.sheet,
            cell=issue.place.cell,
            code=key.code if key is not None else issue.place.item,
            name=self._item_name(key) if key is not None else "",
            stood=self._cells.stood(issue) if self._cells is not None else "",
            why=self._why(issue),
            todo=_texts(self._todo(issue)),
            severity=issue.severity,
        )

    def _why(self, issue: Issue) -> str:
        """Return the sentence of an issue, in which other files are called as they are called here."""
        params = {
            name: self._names.get(value, value) if isinstance(value, str) else value for name, value in issue.params.items()
        }
        return replace(issue, params=params).text(_texts)

    def _todo(self, issue: Issue) -> str:
        known = _BY_CODE.get(issue.code)
        if known is None and self.item.refused and issue.severity is Severity.ERROR and not issue.place.cell:
            return _REFUSED
        return known or _BY_SEVERITY[issue.severity]

    def _item_name(self, key: CellKey) -> str:
        assert self.item.desk is not None  # noqa: S101 - only what was read has keys
        return self.item.desk.asked[key.kind][key.code.casefold()].name

    def copy(self) -> MarkedCopy:
        """Return what the file says, with the cells of its issues marked."""
        from desktop_app.exchange.writing.problems_content import MarkedCopy

        assert self._cells is not None  # noqa: S101 - asked only of what is_copied
        assert self.item.unit is not None  # noqa: S101 - what was read has a unit
        marks: dict[CellKey, tuple[int, ...]] = {}
        general = []
        for number, issue in self.numbers:
            key = self._cells.key_of(issue)
            if key is None:
                general.append(number)
            else:
                marks[key] = (*marks.get(key, ()), number)
        return MarkedCopy(
            name=self.item.unit.code,
            heading=self.item.unit.name,
            facts=f"{self.name} – {format_period(self.item.period)}",
            problems=tuple(general),
            tables=copied_tables(self._cells, marks),
        )
