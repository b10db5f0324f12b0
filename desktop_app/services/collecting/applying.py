"""Applying a collection: the whole batch is one operation, the originals and every changed cell with its return."""

from __future__ import annotations

from pathlib import Path

from desktop_app.domain.entities import Return, ReturnStatus
from desktop_app.domain.issues import UserError
from desktop_app.services.collecting.merging import RowMaker
from desktop_app.services.collecting.plan import CollectionPlan, CollectionResult, FilePlan
from desktop_app.services.collecting.planning import Progress, without_collector
from desktop_app.services.session import Session
from desktop_app.storage.history import history

MOST_NAMED = 5
"""How many units the name of a collection's operation gives."""


def apply_collection(
    session: Session,
    plan: CollectionPlan,
    expect: str | None = None,
    *,
    source: str = "cli",
    progress: Progress | None = None,
) -> CollectionResult:
    """Write what a plan says, as one operation.

    Args:
        session: the open file.
        plan: what :func:`plan_collection` returned.
        expect: the digest that was shown; None to take the plan as it is.
        source: who asked, ``cli`` or ``window``.
        progress: told of each file and at the end; it may raise to stop, and then nothing is written.

    Raises:
        UserError: the digest is another one, or the data file has changed since the plan was made; nothing was written.
    """
    if expect is not None and expect.strip().lower() != plan.digest:
        raise UserError("collection_changed", expected=expect.strip()[:12], found=plan.digest[:12])
    taken = [item for item in plan.files if _is_kept(item)]
    if not taken:
        return CollectionResult(plan, applied=True)
    with without_collector():
        return CollectionResult(plan, applied=True, operation_id=_written(session, plan, taken, source, progress))


def _written(
    session: Session, plan: CollectionPlan, taken: list[FilePlan], source: str, progress: Progress | None
) -> int | None:
    """Write the files that are taken; return the operation."""
    tell = progress or _silent
    names = sorted({item.unit.code for item in taken if item.unit is not None})
    named = names[:MOST_NAMED] + (["…"] if len(names) > MOST_NAMED else [])
    with session.operation("collect", source=source, files=len(taken), units=", ".join(named)) as operation:
        newest = history(session.database, limit=1)
        if (newest[0].id if newest else 0) != plan.after_operation:
            raise UserError("collection_outdated")
        tell(0, len(taken) + 1, "")
        kept = operation.save_many([_return_of(session, item) for item in taken])
        maker = RowMaker()
        for number, (item, saved) in enumerate(zip(taken, kept, strict=True), start=1):
            assert item.merged is not None  # noqa: S101 - kept files have merged cells and what they were held against
            assert item.desk is not None  # noqa: S101
            maker.add(item.merged, item.desk, saved.id)
            tell(number, len(taken) + 1, saved.file_name)
        for cls, rows in maker.saves.items():
            operation.save_rows(cls, rows)
        for row, return_id in maker.deletes:
            operation.delete(row, return_id=return_id)
        tell(len(taken) + 1, len(taken) + 1, "")
        return operation.id


def _silent(_done: int, _total: int, _text: str) -> None:
    """Tell nobody."""


def _is_kept(item: FilePlan) -> bool:
    """Say whether applying a plan writes something for a file: a new return, or cells of one that is kept already."""
    return not item.refused and item.merged is not None and (not item.is_known or bool(item.merged.wrote))


def _return_of(session: Session, item: FilePlan) -> Return:
    assert item.unit is not None  # noqa: S101 - kept files have a unit and merged cells
    assert item.merged is not None  # noqa: S101
    return Return(
        round_id=item.round_id,
        unit_id=item.unit.id,
        file_name=Path(item.name).name,
        sha256=item.sha256,
        content=item.content,
        received_at=session.now(),
        status=ReturnStatus.HAS_ISSUES if item.needs_attention else ReturnStatus.RECEIVED,
        cells_json=item.merged.cells_json,
    )
