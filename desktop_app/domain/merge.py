"""The three-way merge of one input cell: what was issued, what came back, what the file holds now (figures.md, Merge).

A value and its Giải trình are two cells. What a cell holds is compared for equality and never looked into; None is blank.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

Content = TypeVar("Content")


class Policy(StrEnum):
    """What a collection does with differences.

    ``nonblank``: take what is filled, ask about conflicts. ``file``: take the file as it is. ``blanks``: fill blanks only.
    """

    NONBLANK = "nonblank"
    FILE = "file"
    BLANKS = "blanks"


class Merge(StrEnum):
    """How a returned cell stands to its base and to what the file holds now."""

    UNCHANGED = "unchanged"
    NEW = "new"
    CHANGED = "changed"
    CLEARED = "cleared"
    CONFLICT = "conflict"
    INVALID = "invalid"


class Outcome(NamedTuple, Generic[Content]):
    """What becomes of one cell.

    A tuple, because there are many.

    Attributes:
        kind: the row of the table.
        result: what the cell holds afterwards; None is blank.
        takes_return: True where the returned content replaces what the file holds.
        listed: True where a difference is set aside by the policy; it is shown, not asked.
        asked: True where a person has to decide.
    """

    kind: Merge
    result: Content | None
    takes_return: bool = False
    listed: bool = False
    asked: bool = False


def merge_cell(base: Content | None, returned: Content | None, current: Content | None, policy: Policy) -> Outcome[Content]:
    """Merge one cell.

    Args:
        base: what this unit's last applied return of the round wrote, if the file still holds it; otherwise the content at
            issue.
        returned: what came back.
        current: what the file holds now.
        policy: what to do with differences.
    """
    kind = _kind(base, returned, current)
    if kind is Merge.UNCHANGED:
        return Outcome(kind, current)
    if _takes_return(kind, policy):
        return Outcome(kind, returned, takes_return=True)
    asked = kind is Merge.CONFLICT and policy is Policy.NONBLANK
    return Outcome(kind, current, listed=not asked, asked=asked)


def merge_unreadable(current: Content | None, policy: Policy) -> Outcome[Content]:
    """Merge a returned cell that cannot be read, or that has more than one reading: the file keeps what it holds."""
    return Outcome(Merge.INVALID, current, asked=policy is Policy.NONBLANK)


def _kind(base: Content | None, returned: Content | None, current: Content | None) -> Merge:
    if returned in (base, current):  # a tuple, because contents need not be hashable
        return Merge.UNCHANGED
    if current != base:
        return Merge.CONFLICT
    if returned is None:
        return Merge.CLEARED
    return Merge.NEW if current is None else Merge.CHANGED


def _takes_return(kind: Merge, policy: Policy) -> bool:
    """Say whether a policy takes what came back; asked only where that differs from what the file holds."""
    if policy is Policy.FILE:
        return True
    return kind is Merge.NEW or (kind is Merge.CHANGED and policy is Policy.NONBLANK)
