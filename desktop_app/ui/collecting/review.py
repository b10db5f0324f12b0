"""Everything that a collection changes, asks or sets aside, over all of its files: rows, filters, counts; without Qt.

A batch of two hundred units gives some sixteen thousand rows, so a row is a tuple, what it belongs to is a set of bits, and
nothing is written in words before it is looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from pathlib import PurePath
from typing import NamedTuple

from desktop_app.domain.entities import Element, System, Task
from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.merge import Merge
from desktop_app.services.cells import CellKey
from desktop_app.services.collecting import CollectionPlan, FilePlan
from desktop_app.services.collecting.deciding import Decisions, offered
from desktop_app.services.collecting.desk import UnitDesk
from desktop_app.services.collecting.merging import CellChange
from desktop_app.text.vietnamese import search_key


class Kind(IntEnum):
    """What a row may be looked for by; a row may be several of these."""

    DECIDE = 1
    NOT_TAKEN = 2
    DECIDED = 4
    CONFLICT = 8
    WARNING = 16
    LEGACY = 32
    CHANGED = 64
    NEW = 128
    CLEARED = 256
    REFUSED = 512


ALL = 0
_BY_MERGE = {
    Merge.NEW: int(Kind.NEW),
    Merge.CHANGED: int(Kind.CHANGED),
    Merge.CLEARED: int(Kind.CLEARED),
    Merge.CONFLICT: int(Kind.CONFLICT),
    Merge.INVALID: 0,
    Merge.UNCHANGED: 0,
}
_URGENCY = (
    Kind.DECIDE,
    Kind.NOT_TAKEN,
    Kind.REFUSED,
    Kind.CONFLICT,
    Kind.WARNING,
    Kind.CLEARED,
    Kind.LEGACY,
    Kind.CHANGED,
    Kind.NEW,
)
"""What comes first in a unit's section; rows that are none of these come last."""
_GRAVITY = {Severity.ERROR: 0, Severity.QUESTION: 1, Severity.WARNING: 2, Severity.INFO: 3}
_OLD_TEXT = "legacy_"
_SAME_MEANING_WHATEVER_TYPED = frozenset({"cell_conflict", "figure_percent_or_share"})
"""Questions whose answers mean the same for every cell: the file's or the unit's, the share or the points."""
_ABOUT_ONE_FILE = frozenset({"files_differ", "sheets_differ", "tables_differ", "sheet_of_whom"})
"""Questions whose answers mean the same in one file and its sheet: another file may be the right one elsewhere."""


class ReviewRow(NamedTuple):
    """One row: a cell that differs, or something that is said of a cell or of a whole file.

    Attributes:
        number: which row it is, in the order of the review.
        file: position of its file in the plan.
        change: what becomes of the cell; None where only something is said.
        issues: what is said of it, the gravest first.
        kinds: bits of :class:`Kind`, as if nothing were decided.
        rank: how urgent it is, 0 first.
    """

    number: int
    file: int
    change: CellChange | None
    issues: tuple[Issue, ...]
    kinds: int
    rank: int


class Section(NamedTuple):
    """The heading of a file's rows.

    Attributes:
        rows: how many of its rows follow.
    """

    file: int
    rows: int


Entry = ReviewRow | Section


@dataclass(frozen=True)
class Wanted:
    """Which rows are wanted; the parts are combined.

    Attributes:
        kind: a :class:`Kind`, or :data:`ALL`.
        unit: code of a unit; "" for all.
        file: name of one file; "" for all.
        words: each must be found in the row's unit, file, address, code or name, as typed in haste.
    """

    kind: int = ALL
    unit: str = ""
    file: str = ""
    words: str = ""


@dataclass
class Shown:
    """The rows that are shown, with their sections, and how many there would be of each kind.

    Attributes:
        counts: rows by kind, :data:`ALL` included, under the other parts of the filter.
    """

    entries: list[Entry] = field(default_factory=list)
    counts: Counter[int] = field(default_factory=Counter)


class Review:
    """The rows of a plan, those that need a person first: files by their most urgent row, rows by urgency.

    Args:
        plan: what was read.
    """

    def __init__(self, plan: CollectionPlan) -> None:
        self.plan = plan
        by_file = [sorted(_rows_of(number, item), key=lambda row: row.rank) for number, item in enumerate(plan.files)]
        order = sorted((rows for rows in by_file if rows), key=lambda rows: rows[0].rank)
        self.rows: list[ReviewRow] = []
        for rows in order:
            start = len(self.rows)
            self.rows += [row._replace(number=start + at) for at, row in enumerate(rows)]

    @cached_property
    def asked(self) -> list[ReviewRow]:
        """The rows that offer a person answers to choose from."""
        return [row for row in self.rows if row.kinds & Kind.DECIDE]

    @cached_property
    def askable(self) -> list[ReviewRow]:
        """The rows that a person may decide, those included for which only another answer can be typed."""
        return [row for row in self.rows if row.change is not None and row.change.asked]

    def item(self, row: ReviewRow) -> FilePlan:
        """Return the file of a row."""
        return self.plan.files[row.file]

    def undecided(self, decisions: Decisions) -> list[ReviewRow]:
        """Return the rows that are still to be decided."""
        return [row for row in self.asked if not self.is_decided(row, decisions)]

    def is_decided(self, row: ReviewRow, decisions: Decisions) -> bool:
        """Say whether a person has decided the cell of a row."""
        return row.change is not None and row.change.key in decisions.get(self.item(row).name, ())

    def show(self, wanted: Wanted, decisions: Decisions) -> Shown:
        """Return the rows that are wanted.

        Args:
            wanted: the filter.
            decisions: what a person decided; a decided row counts as decided and no longer as to be decided.
        """
        files = self.plan.files
        names = [item.name for item in files]
        passing = [_is_of(item, wanted) for item in files]
        matches = _Matches(self, search_key(wanted.words).split())
        decided = {name: cells.keys() for name, cells in decisions.items() if cells}
        found: list[tuple[int, ReviewRow]] = []
        tally: Counter[int] = Counter()
        for row in self.rows:
            number = row.file
            if not passing[number] or not matches(row):
                continue
            kinds = row.kinds
            if decided and row.change is not None and row.change.key in decided.get(names[number], ()):
                kinds = kinds & ~(Kind.DECIDE | Kind.NOT_TAKEN) | Kind.DECIDED
            tally[kinds] += 1
            if not wanted.kind or kinds & wanted.kind:
                found.append((number, row))
        return Shown(_with_sections(found), _by_kind(tally))

    def alike(self, row: ReviewRow, decisions: Decisions) -> list[ReviewRow]:
        """Return the undecided rows with the same question and the same answers to choose from, this one included."""
        mark = _question_of(self.item(row), row)
        if mark is None:
            return []
        return [other for other in self.undecided(decisions) if _question_of(self.item(other), other) == mark]


class _Matches:
    """Says whether a row holds every word; what is known of a file or an item is found out once."""

    def __init__(self, review: Review, words: Sequence[str]) -> None:
        self._review = review
        self._words = words
        self._files: dict[int, tuple[bool, ...]] = {}
        self._items: dict[CellKey, tuple[bool, ...]] = {}

    def __call__(self, row: ReviewRow) -> bool:
        if not self._words:
            return True
        of_file = self._files.get(row.file)
        if of_file is None:
            of_file = self._files[row.file] = self._hits(_file_words(self._review.item(row)))
        of_item, address = self._of_item(row)
        address = address.lower()
        return all(
            in_file or in_item or word == address
            for word, in_file, in_item in zip(self._words, of_file, of_item, strict=True)
        )

    def _of_item(self, row: ReviewRow) -> tuple[tuple[bool, ...], str]:
        change = row.change
        if change is None:
            place = row.issues[0].place
            return self._hits(f"{place.item} {place.sheet}"), place.cell
        hits = self._items.get(change.key)
        if hits is None:
            item = named(self._review.item(row).desk, change.key)
            words = f"{change.key.code} {item.name if item else ''} {change.sheet}"
            hits = self._items[change.key] = self._hits(words)
        return hits, change.cell

    def _hits(self, text: str) -> tuple[bool, ...]:
        key = search_key(text)
        return tuple(word in key for word in self._words)


def named(desk: UnitDesk | None, key: CellKey) -> Element | System | Task | None:
    """Return the element, system or task of a cell; None where the round does not ask for it."""
    if desk is None:
        return None
    return desk.asked[key.kind].get(key.code.casefold())


def main_issue(row: ReviewRow) -> Issue | None:
    """Return the gravest thing that is said of a row."""
    return row.issues[0] if row.issues else None


def is_of_old_text(issue: Issue) -> bool:
    """Say whether an issue tells of text that was not Unicode as it is written today: an old font, letters in pieces."""
    return issue.code.startswith(_OLD_TEXT) or issue.code == "letters_in_pieces"


def _rows_of(number: int, item: FilePlan) -> Iterator[ReviewRow]:
    """Give the rows of one file; their numbers are given when all files are in order."""
    if item.refused or item.merged is None:
        yield from (_row(number, None, (issue,), int(Kind.REFUSED)) for issue in item.issues)
        return
    at: dict[tuple[str, str], list[Issue]] = {}
    for issue in item.issues:
        at.setdefault((issue.place.sheet, issue.place.cell), []).append(issue)
    whole = {issue.place.item: issue for issue in item.issues if issue.severity is Severity.ERROR and issue.place.item}
    told: set[tuple[str, str]] = set()
    for change in item.merged.changes:
        kinds = _BY_MERGE[change.kind]
        if change.asked:
            kinds |= Kind.DECIDE if offered(change) else Kind.NOT_TAKEN
        elif change.kind is Merge.INVALID:
            kinds |= Kind.NOT_TAKEN
        place = (change.sheet, change.cell)
        issues = at.get(place)
        if issues is None:
            beside = whole.get(change.key.code) if change.asked else None
            yield _row(number, change, (beside,) if beside is not None else (), kinds)
            continue
        told.add(place)
        yield _row(number, change, _gravest_first(issues), kinds)
    for place, issues in at.items():
        if place not in told:
            yield from (_row(number, None, (issue,), 0) for issue in issues)


def _row(number: int, change: CellChange | None, issues: tuple[Issue, ...], kinds: int) -> ReviewRow:
    for issue in issues:
        if issue.severity is Severity.WARNING:
            kinds |= Kind.WARNING
        elif issue.severity.is_grave and change is None and not kinds & Kind.REFUSED:
            kinds |= Kind.NOT_TAKEN
        if is_of_old_text(issue):
            kinds |= Kind.LEGACY
    rank = next((at for at, kind in enumerate(_URGENCY) if kinds & kind), len(_URGENCY))
    return ReviewRow(0, number, change, issues, kinds, rank)


def _gravest_first(issues: list[Issue]) -> tuple[Issue, ...]:
    return tuple(issues) if len(issues) == 1 else tuple(sorted(issues, key=lambda issue: _GRAVITY[issue.severity]))


def _is_of(item: FilePlan, wanted: Wanted) -> bool:
    if wanted.file and item.name != wanted.file:
        return False
    return not wanted.unit or (item.unit is not None and item.unit.code == wanted.unit)


def _file_words(item: FilePlan) -> str:
    unit = f"{item.unit.code} {item.unit.name} {item.unit.short_name or ''}" if item.unit else ""
    return f"{unit} {PurePath(item.name).name}"


def _with_sections(found: Iterable[tuple[int, ReviewRow]]) -> list[Entry]:
    entries: list[Entry] = []
    at, here = 0, -1
    for number, row in found:
        if number != here:
            here, at = number, len(entries)
            entries.append(Section(number, 0))
        entries.append(row)
        entries[at] = Section(number, len(entries) - at - 1)
    return entries


def _by_kind(tally: Counter[int]) -> Counter[int]:
    counts: Counter[int] = Counter({ALL: tally.total()})
    for kinds, count in tally.items():
        for kind in Kind:
            if kinds & kind:
                counts[int(kind)] += count
    return counts


def _question_of(item: FilePlan, row: ReviewRow) -> tuple[object, ...] | None:
    """Return what makes two questions the same one; None where it is asked for this cell alone."""
    issue, change = main_issue(row), row.change
    if issue is None or change is None:
        return None
    count = len(offered(change))
    if issue.code in _SAME_MEANING_WHATEVER_TYPED:
        return issue.code, count
    if issue.code in _ABOUT_ONE_FILE:
        return issue.code, count, item.name, issue.params.get("sheet", ""), item.rivals.get(change.key)
    if "was" in issue.params:  # text in an old font: the text itself is chosen, and only its beginning is shown
        return issue.code, offered(change), issue.params["was"], change.key.field
    return issue.code, count, str(issue.params.get("typed", "")), change.key.field
