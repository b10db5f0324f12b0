"""What units have sent in: listed with its standing, and rejected one by one.

A rejection takes back what that return brought and nothing else (figures.md); the file is kept, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from desktop_app.domain.entities import Form, Plan, Return, ReturnStatus, Round, Unit
from desktop_app.domain.issues import CollectedError, Issue, UserError
from desktop_app.services.session import Session
from desktop_app.storage.history import OperationRecord, operation_record, operations_of_return, row_history
from desktop_app.text.catalogue import N_, Message
from desktop_app.text.dates import json_moment
from desktop_app.text.vietnamese import clean


@dataclass(frozen=True)
class ReturnRecord:
    """A kept return and where it stands.

    Attributes:
        returned: the return, without its bytes and cells.
        decided_at: when it was rejected, UTC; None where it was not.
        decided_by: who rejected it; "" where nobody did.
    """

    returned: Return
    unit: Unit
    plan: Plan
    form: Form
    period: str
    decided_at: datetime | None = None
    decided_by: str = ""

    @property
    def is_rejected(self) -> bool:
        """True where it counts no more."""
        return self.returned.status is ReturnStatus.REJECTED


@dataclass(frozen=True)
class Rejection:
    """What became of a rejected return.

    Attributes:
        operation_id: the operation, which can be undone.
        kept: what the return had brought and somebody changed since; it was left as it is.
    """

    operation_id: int
    kept: tuple[Issue, ...] = ()


def list_returns(
    session: Session, plan_code: str | None = None, period: str | None = None, unit_code: str | None = None
) -> list[ReturnRecord]:
    """Return the kept returns by plan and period, within these in the official order of units, then as they came.

    Args:
        session: the open file.
        plan_code: only those of this plan.
        period: only those of this period.
        unit_code: only those of this unit.

    Raises:
        UserError: the plan or the unit is unknown.
    """
    gateway = session.gateway
    plans = {item.id: item for item in ([session.plan(plan_code)] if plan_code else gateway.list(Plan))}
    units = {item.id: item for item in ([session.unit(unit_code)] if unit_code else gateway.list(Unit))}
    forms = {item.id: item for item in gateway.list(Form, plan_id=set(plans))}
    wanted = {"period": period} if period else {}
    rounds = {item.id: item for item in gateway.list(Round, form_id=set(forms), **wanted)}
    found = []
    for item in gateway.list_light(Return, order_by="id", round_id=set(rounds), unit_id=set(units)):
        form = forms[rounds[item.round_id].form_id]
        decision = rejection_of(session, item) if item.status is ReturnStatus.REJECTED else None
        found.append(
            ReturnRecord(
                returned=replace(item, cells_json=""),
                unit=units[item.unit_id],
                plan=plans[form.plan_id],
                form=form,
                period=rounds[item.round_id].period,
                decided_at=decision.at if decision else None,
                decided_by=decision.actor if decision else "",
            )
        )
    return sorted(found, key=lambda item: (item.form.code, item.period, item.unit.order_number, item.returned.id))


def rejection_of(session: Session, returned: Return) -> OperationRecord:
    """Return the operation that rejected a rejected return, the last one where it was taken back in between."""
    steps = row_history(session.database, Return, returned.id)
    return next(
        step.operation
        for step in reversed(steps)
        if step.before is not None and step.before.status is not ReturnStatus.REJECTED
    )


def standing_return(
    session: Session, unit_code: str, period: str, plan_code: str | None = None, number: int | None = None
) -> ReturnRecord:
    """Return the return of a unit and period that counts: the newest that is not rejected, unless one is named.

    Raises:
        UserError: the unit or plan is unknown, the unit has no such return, or it sent some for several plans.
    """
    unit = session.unit(unit_code)
    records = list_returns(session, plan_code, period, unit_code)
    if number is not None:
        named = [item for item in records if item.returned.id == number]
        if not named:
            raise UserError("return_unknown", number=number)
        return named[0]
    standing = [item for item in records if not item.is_rejected]
    if not standing:
        raise UserError("no_return_stands", unit=unit.name, period=period)
    codes = list(dict.fromkeys(item.plan.code for item in standing))
    if len(codes) > 1:
        raise UserError("return_of_several_plans", unit=unit.name, period=period, plans=", ".join(codes))
    return standing[-1]


def reject_return(
    session: Session, return_id: int, reason: str = "", *, keep_later: bool = False, source: str = "window"
) -> Rejection:
    """Reject one return: every cell that it brought is again what it was, and the return is kept with the reason.

    Args:
        session: the open file.
        return_id: the return.
        reason: why, for the history and for whoever collects the same file again.
        keep_later: True to leave cells that were changed since as they are; False to refuse then.
        source: who asked, ``cli`` or ``window``.

    Raises:
        UserError: ``return_unknown``, ``return_already_rejected``, or ``rejection_refused`` with an issue for each field
            that was changed since; nothing was written.
    """
    returned = session.gateway.get(Return, return_id)
    if returned is None:
        raise UserError("return_unknown", number=return_id)
    if returned.status is ReturnStatus.REJECTED:
        raise UserError("return_already_rejected", file=returned.file_name, reason=reason_of(returned))
    said = clean(reason)
    name = "return.reject_because" if said else "return.reject"
    collected = _collected(session, return_id)
    with session.operation(name, source=source, **_params(session, returned, said)) as operation:
        try:
            kept = operation.revert(collected, return_id=return_id, keep_later=keep_later) if collected else []
        except CollectedError as refusal:
            raise CollectedError("rejection_refused", refusal.issues, later=refusal.params["later"]) from refusal
        operation.save(replace(returned, status=ReturnStatus.REJECTED, reason=said or None))
        assert operation.id is not None  # noqa: S101 - the status changed
        return Rejection(operation.id, tuple(kept))


def _collected(session: Session, return_id: int) -> int | None:
    """Return the collection that a return came with; None where it brought nothing."""
    numbers = operations_of_return(session.database, return_id)
    return next((number for number in numbers if operation_record(session.database, number).reverts is None), None)


def _params(session: Session, returned: Return, reason: str) -> dict[str, str]:
    unit, found = session.gateway.get(Unit, returned.unit_id), session.gateway.get(Round, returned.round_id)
    assert unit is not None  # noqa: S101 - foreign keys
    assert found is not None  # noqa: S101
    return {"unit": unit.code, "period": found.period, "file": returned.file_name, "reason": reason}


def reason_of(returned: Return) -> str:
    """Return why a return was rejected, for a sentence."""
    return returned.reason or Message(N_("no reason given"))


def returns_json(records: Iterable[ReturnRecord]) -> dict[str, Any]:
    """Return ``return list`` as other programs read it."""
    return {
        "returns": [
            {
                "id": item.returned.id,
                "unit": item.unit.code,
                "plan": item.plan.code,
                "form": item.form.code,
                "period": item.period,
                "file": item.returned.file_name,
                "sha256": item.returned.sha256,
                "received_at": json_moment(item.returned.received_at),
                "status": str(item.returned.status),
                "reason": item.returned.reason,
                "decided_at": json_moment(item.decided_at) if item.decided_at else None,
                "decided_by": item.decided_by or None,
            }
            for item in records
        ]
    }
