"""What can be said of one cell of the entry grid, with its sign and its word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.entities import ValueState
from desktop_app.domain.issues import Severity
from desktop_app.domain.values import Answer
from desktop_app.services.editing import FormRow
from desktop_app.text.catalogue import N_


class CellState(StrEnum):
    """The state of a row of the grid, the most urgent that fits."""

    REFUSED = "refused"
    QUESTION = "question"
    TYPING = "typing"
    LOCKED = "locked"
    WARNING = "warning"
    NOT_APPLICABLE = "not_applicable"
    SAVED = "saved"
    COMPUTED = "computed"
    EMPTY = "empty"


@dataclass(frozen=True)
class Sign:
    """How a state is shown: icon, token of its colour, msgid of its word."""

    icon: str
    role: str
    word: str


SIGNS: dict[CellState, Sign] = {
    CellState.REFUSED: Sign("sign-error", "not_met", N_("Not saved: could not be read")),
    CellState.QUESTION: Sign("sign-question", "warning", N_("Not saved: please choose a reading")),
    CellState.TYPING: Sign("sign-saving", "accent", N_("Being typed, not saved yet")),
    CellState.LOCKED: Sign("sign-lock", "soft", N_("Locked: the file is open for reading only")),
    CellState.WARNING: Sign("sign-warning", "warning", N_("Saved, with a warning")),
    CellState.NOT_APPLICABLE: Sign("sign-dash", "soft", N_("Saved: không phát sinh (not applicable)")),
    CellState.SAVED: Sign("sign-saved", "met", N_("Saved")),
    CellState.COMPUTED: Sign("sign-sum", "info", N_("Not entered; added up from shorter periods")),
    CellState.EMPTY: Sign("sign-empty", "soft", N_("Not entered yet")),
}


@dataclass(frozen=True)
class Draft:
    """Text that could not be saved and stays in its cell.

    Attributes:
        typed: exactly what was typed or pasted.
        sentence: why it was not saved, and what to do.
        readings: the answers to choose from; empty where it could not be read.
    """

    typed: str
    sentence: str
    readings: tuple[Answer, ...] = ()


def state_of(row: FormRow, draft: Draft | None, *, typing: bool, locked: bool) -> CellState:
    """Return the state of a row."""
    if typing:
        return CellState.TYPING
    if draft is not None:
        return CellState.QUESTION if draft.readings else CellState.REFUSED
    if locked:
        return CellState.LOCKED
    if row.current is not None and any(issue.severity in {Severity.WARNING, Severity.ERROR} for issue in row.issues):
        return CellState.WARNING
    if row.is_entered and row.current is not None:
        return CellState.NOT_APPLICABLE if row.current.state is ValueState.NOT_APPLICABLE else CellState.SAVED
    return CellState.COMPUTED if row.computed is not None else CellState.EMPTY
