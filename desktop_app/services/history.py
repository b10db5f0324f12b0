"""What happened in the file, in sentences, and how to take it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.entities import Element, Return, Unit, Value, ValueState
from desktop_app.domain.issues import UserError
from desktop_app.domain.values import Answer, answer_of, format_answer, json_answer
from desktop_app.services.session import Session
from desktop_app.storage.history import (
    OperationRecord,
    RowChange,
    history,
    last_undoable,
    operation_record,
    row_history,
    value_history,
)
from desktop_app.storage.operations import revert
from desktop_app.text.catalogue import N_, Catalogue
from desktop_app.text.dates import json_moment

OPERATION_NAMES = {
    "setup": N_("Create the file"),
    "value.set": N_("Enter {element} of {unit}, {period}"),
    "values.set": N_("Enter {count} figures, {period}"),
    "values.paste": N_("Paste {count} figures, {period}"),
    "form.issue": N_("Issue {count} workbooks, {period}"),
    "collect": N_("Collect {files} returns ({units})"),
    "return.reject": N_("Reject the return of {unit}, {period}"),
    "return.reject_because": N_("Reject the return of {unit}, {period}: {reason}"),
}
"""Every operation by its stable name, with the English msgid of its title; an undo is named after what it undoes."""

UNDO_NAMES = (N_("Redo: {title}"), N_("Undo: {title}"))
"""How an even and an odd number of reverts on top of an operation is called."""

SOURCE_NAMES = {
    "form": N_("typed"),
    "paste": N_("pasted"),
    "import": N_("returned file"),
    "window": N_("window"),
    "cli": N_("command line"),
    "setup": N_("shipped data"),
    "undo": N_("undo"),
}
"""Where a write came from, with the English msgid that people read."""


def title(session: Session, catalogue: Catalogue, record: OperationRecord) -> str:
    """Return the name of an operation as people read it; undoing an undo is called redo."""
    steps = 0
    origin = record
    while origin.reverts is not None and origin.name not in OPERATION_NAMES:  # a rejection has a name of its own
        origin = operation_record(session.database, origin.reverts)
        steps += 1
    named = catalogue(OPERATION_NAMES[origin.name], **origin.params)
    if steps == 0:
        return named
    return catalogue(UNDO_NAMES[steps % 2], title=named)


def source_name(catalogue: Catalogue, source: str) -> str:
    """Return where a write came from as people read it.

    Raises:
        KeyError: no write of this program has such a source.
    """
    return catalogue(SOURCE_NAMES[source])


def list_operations(session: Session, limit: int | None = None) -> list[OperationRecord]:
    """Return the operations of the file, newest first."""
    return history(session.database, limit=limit)


def undo(session: Session, operation_id: int | None = None) -> OperationRecord:
    """Revert one operation, the newest one that is not reverted yet when none is named.

    Undoing an undo brings the operation back (redo).

    Returns:
        The record of the new operation that did it.

    Raises:
        UserError: there is nothing to undo, the operation is unknown, reverted already or created the file, or a field
            that it wrote has been changed since; then nothing is written.
    """
    wanted = operation_id
    if wanted is None:
        newest = last_undoable(session.database)
        if newest is None or newest.name == "setup":
            raise UserError("nothing_to_undo")
        wanted = newest.id
    elif operation_record(session.database, wanted).name == "setup":
        raise UserError("creation_not_undoable")
    made = revert(session.database, wanted, source="undo", actor=session.actor, at=session.now())
    return operation_record(session.database, made)


@dataclass(frozen=True)
class ValueEvent:
    """One change of one value.

    Attributes:
        before: the answer before, None when there was none.
        after: the answer afterwards, None when it was cleared.
        file_name: the returned file that wrote it, even where that was undone since; an undo comes from no file.
    """

    at: datetime
    actor: str
    source: str
    before: Answer | None
    after: Answer | None
    operation_id: int
    file_name: str | None = None


@dataclass(frozen=True)
class ValueStory:
    """A value with everything that happened to it, newest first."""

    unit: Unit
    element: Element
    period: str
    current: Value | None
    events: tuple[ValueEvent, ...]


def value_story(session: Session, unit: Unit, element: Element, period: str) -> ValueStory:
    """Return a value and its history."""
    events = tuple(
        ValueEvent(
            at=change.operation.at,
            actor=change.operation.actor,
            source=change.operation.source,
            before=reported(change.before),
            after=reported(change.after),
            operation_id=change.operation.id,
            file_name=_file_name(session, change),
        )
        for change in reversed(value_history(session.database, unit.id, element.id, period))
    )
    current = session.gateway.get(Value, period, element.id, unit.id)
    return ValueStory(unit=unit, element=element, period=period, current=current, events=events)


def _file_name(session: Session, change: RowChange[Value]) -> str | None:
    """Return the name of the file that brought a change, from the log, which outlives the undo of a collection."""
    if change.return_id is None or change.operation.reverts is not None:
        return None
    received = row_history(session.database, Return, change.return_id)[0].after
    return received.file_name if received else None


def reported(value: Value | None) -> Answer | None:
    """Return the answer that a value holds; None where nothing is reported."""
    answer = answer_of(value)
    return None if answer.state is ValueState.NOT_REPORTED else answer


def story_json(story: ValueStory) -> dict[str, object]:
    """Return ``value show`` as other programs read it (product.md)."""
    current = story.current
    return {
        "value": _json(story.element, reported(current)),
        "state": str(current.state) if current else "not_reported",
        "note": current.note if current else None,
        "history": [
            {
                "at": json_moment(event.at),
                "actor": event.actor,
                "source": event.source,
                "before": _json(story.element, event.before),
                "after": _json(story.element, event.after),
                "operation": event.operation_id,
            }
            for event in story.events
        ],
    }


def _json(element: Element, answer: Answer | None) -> str | None:
    return json_answer(element, answer) if answer is not None else None


def shown(catalogue: Catalogue, element: Element, answer: Answer | None) -> str:
    """Return an answer as people read it; a dash where there is none."""
    return format_answer(element, answer) if answer else catalogue("(empty)")
