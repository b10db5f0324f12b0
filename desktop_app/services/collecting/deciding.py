"""What a person decides about the cells of a collection, before it is applied as one operation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from desktop_app.domain.issues import Issue, Severity
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


def decide(plan: CollectionPlan, decisions: Decisions) -> CollectionPlan:
    """Return a plan that takes what was decided; its digest stays that of what was shown.

    What is decided counts for the later files of the same unit too, so that a plan can be decided once only.

    Args:
        plan: what was shown.
        decisions: what a person chose; a choice of what is held changes nothing.
    """
    if not any(decisions.values()):
        return plan
    for item in plan.files:
        if item.desk is not None:
            taken = _taken(item, decisions)
            item.desk.current.update(taken)
    return replace(plan, files=tuple(_decided(item, decisions) for item in plan.files))


def _taken(item: FilePlan, decisions: Decisions) -> Mapping[CellKey, Content]:
    before = {change.key: change.before for change in item.merged.changes} if item.merged else {}
    return {key: content for key, content in decisions.get(item.name, {}).items() if content != before.get(key)}


def _decided(item: FilePlan, decisions: Decisions) -> FilePlan:
    if item.merged is None or item.desk is None:
        return item
    chosen = decisions.get(item.name, {})
    cells = {(change.sheet, change.cell) for change in item.merged.changes if change.key in chosen}
    issues = tuple(issue for issue in item.issues if not _is_answered(issue, cells))
    return replace(item, merged=decide_cells(item.merged, item.desk, chosen), issues=issues)


def _is_answered(issue: Issue, cells: set[tuple[str, str]]) -> bool:
    is_grave = issue.severity in {Severity.ERROR, Severity.QUESTION}
    return is_grave and (issue.place.sheet, issue.place.cell) in cells
