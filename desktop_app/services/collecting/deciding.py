"""What a person decides about the cells of a collection, before it is applied as one operation.

A cell that two files of one unit ask about is decided once, for both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from desktop_app.domain.issues import Issue
from desktop_app.domain.merge import Merge
from desktop_app.services.cells import SYSTEM, CellKey, Content
from desktop_app.services.collecting.merging import CellChange, decide_cells
from desktop_app.services.collecting.plan import CollectionPlan, FilePlan

Decisions = Mapping[str, Mapping[CellKey, Content]]
"""Name of a file → cell → what shall stand in it."""


def offered(change: CellChange) -> tuple[Content, ...]:
    """Return what may be taken from a file instead of what is held; nothing where only the unit can mend its file.

    A system keeps its status: a deployment is nothing without one.
    """
    if not change.asked:
        return ()
    found = (*change.readings, *((change.returned,) if change.kind is Merge.CONFLICT else ()))
    if change.key.kind == SYSTEM and change.key.field == "status":
        return tuple(content for content in found if content is not None)
    return found


def choices(plan: CollectionPlan, item: FilePlan, change: CellChange) -> list[tuple[Content, str]]:
    """Return what may be chosen for a cell and who says it: the file first, then each file that contradicts it.

    Last comes what is held, which "" says.

    Args:
        plan: what was read.
        item: the file in which the cell is looked at.
        change: what it says of the cell.
    """
    found = [(content, item.name) for content in offered(change)]
    names = item.rivals.get(change.key, ())
    for rival in (other for other in plan.files if other.name in names and other.merged is not None):
        said = (other for other in rival.merged.changes if other.key == change.key) if rival.merged else ()
        found += [(content, rival.name) for other in said for content in offered(other)]
    return [*found, (change.before, "")]


def with_decision(plan: CollectionPlan, decisions: Decisions, name: str, key: CellKey, content: Content) -> Decisions:
    """Return decisions with one more, in every file of the unit that asks about the cell.

    Args:
        plan: what was shown.
        decisions: what was chosen so far; it stays as it is.
        name: the file in which a person decides.
        key: the cell.
        content: what shall stand in it; None leaves it blank.
    """
    found = {file: dict(chosen) for file, chosen in decisions.items()}
    for item, _change in _asking(plan, name, key):
        found.setdefault(item.name, {})[key] = content
    return found


def without_decision(plan: CollectionPlan, decisions: Decisions, name: str, key: CellKey) -> Decisions:
    """Return decisions without the one about a cell, in every file of the unit that asks about it."""
    found = {file: dict(chosen) for file, chosen in decisions.items()}
    for item, _change in _asking(plan, name, key):
        found.get(item.name, {}).pop(key, None)
    return {file: chosen for file, chosen in found.items() if chosen}


def decide(plan: CollectionPlan, decisions: Decisions) -> CollectionPlan:
    """Return a plan that takes what was decided; its digest stays that of what was shown.

    The desks of the plan are rewound and learn anew, so plan and result share them: one thread at a time may decide.

    Args:
        plan: what was shown.
        decisions: what a person chose; a choice of what is held changes nothing.

    Raises:
        ValueError: one cell of a unit is decided in two ways.
    """
    if not any(decisions.values()):
        return plan
    writers = _writers(plan, decisions)
    desks = {id(item.desk): item.desk for item in plan.files if item.desk is not None}
    for desk in desks.values():
        desk.rewind()
    files = []
    for item in plan.files:
        files.append(_decided(item, writers))
        for desk in desks.values():
            if item.desk is not None and item.unit == desk.unit:
                desk.learn(item.desk, files[-1].merged.results if files[-1].merged else {})
    return replace(plan, files=tuple(files))


_Writers = dict[tuple[int, CellKey], tuple[str, Content]]
"""Desk of a unit and cell → the file that writes it, and what it writes."""


def _writers(plan: CollectionPlan, decisions: Decisions) -> _Writers:
    """Return who writes what: the first file that says so itself, else the first that asks."""
    found: _Writers = {}
    for name, chosen in decisions.items():
        for key, content in chosen.items():
            asking = list(_asking(plan, name, key))
            if not asking:
                continue
            saying = [item for item, change in asking if content in offered(change)]
            writer = (saying[0] if saying else asking[0][0]).name
            known = found.setdefault((id(asking[0][0].desk), key), (writer, content))
            if known[1] != content:
                raise ValueError(f"two decisions about {'/'.join(key)} of one unit")
    return found


def _asking(plan: CollectionPlan, name: str, key: CellKey) -> Iterator[tuple[FilePlan, CellChange]]:
    """Give the files of a unit that ask about a cell, each with what it says of it."""
    desk = next((item.desk for item in plan.files if item.name == name), None)
    for item in plan.files:
        if desk is None or item.desk is not desk or item.merged is None:
            continue
        yield from ((item, change) for change in item.merged.changes if change.key == key and change.asked)


def _decided(item: FilePlan, writers: _Writers) -> FilePlan:
    """Return a file with what was decided."""
    if item.merged is None or item.desk is None:
        return item
    own = [(key, *found) for (desk, key), found in writers.items() if desk == id(item.desk)]
    chosen = {key: content for key, _writer, content in own}
    merged = decide_cells(item.merged, item.desk, chosen, {key for key, writer, _content in own if writer != item.name})
    answered = {(change.sheet, change.cell) for change in item.merged.changes if change.key in chosen}
    issues = [issue for issue in item.issues if not _is_answered(issue, answered)]
    more = (replace(issue, place=replace(issue.place, file=item.name)) for issue in merged.issues[len(item.merged.issues) :])
    return replace(item, merged=merged, issues=(*issues, *more))


def _is_answered(issue: Issue, cells: set[tuple[str, str]]) -> bool:
    return issue.severity.is_grave and (issue.place.sheet, issue.place.cell) in cells
