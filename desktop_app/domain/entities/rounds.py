"""Forms, rounds, issued workbooks and what units returned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop_app.domain import specs
from desktop_app.domain.entities.figures import PeriodKind
from desktop_app.domain.specs import entity


class ReturnStatus(StrEnum):
    """Where a return stands."""

    RECEIVED = "received"
    HAS_ISSUES = "has_issues"
    APPROVED = "approved"
    REJECTED = "rejected"


@entity("form", label="Form")
@dataclass(frozen=True, kw_only=True)
class Form:
    """What units fill in for a plan, one per kind of period; its code is ``<plan>-Y|H|9M|Q|M``."""

    id: int = specs.integer(default=0)
    plan_id: int = specs.ref("plan", "Plan")
    code: str = specs.text("Code", pattern=r"[0-9A-Za-z._-]+")
    period_kind: PeriodKind = specs.choice("Period kind", PeriodKind)


@entity("round", label="Round")
@dataclass(frozen=True, kw_only=True)
class Round:
    """A form for one period.

    Attributes:
        due_on: when returns are due; a due date before the window ends is allowed (S0-16).
        cut_off_on: the day up to which figures count; None means the last day of the window.
    """

    id: int = specs.integer(default=0)
    form_id: int = specs.ref("form", "Form")
    period: str = specs.period("Period")
    due_on: date = specs.day("Due on")
    cut_off_on: date | None = specs.day("Cut-off", default=None)


@entity("issuance", label="Issued workbook")
@dataclass(frozen=True, kw_only=True)
class Issuance:
    """A workbook written for one unit and round.

    Attributes:
        issue_id: identity of the issue, a UUID; reused while the content is unchanged.
        content_sha256: of the content that the workbook was made from; unchanged content reuses id and time.
        cells_json: what stood in the input cells, as JSON; the base of the three-way merge.
    """

    id: int = specs.integer(default=0)
    round_id: int = specs.ref("round", "Round")
    unit_id: int = specs.ref("unit", "Unit")
    issue_id: str = specs.text(pattern=r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
    issued_at: datetime = specs.instant("Issued")
    content_sha256: str = specs.text(pattern=r"[0-9a-f]{64}")
    cells_json: str = specs.text(multiline=True)


@entity("unit_return", label="Return")
@dataclass(frozen=True, kw_only=True)
class Return:
    """A file that a unit sent for a round, kept as it came.

    Attributes:
        content: the original bytes.
        reason: why it was rejected; None where nobody said.
        cells_json: the input cells as they were read, canonical JSON; the base of the next merge.
    """

    id: int = specs.integer(default=0)
    round_id: int = specs.ref("round", "Round")
    unit_id: int = specs.ref("unit", "Unit")
    file_name: str = specs.text("File name")
    sha256: str = specs.text(pattern=r"[0-9a-f]{64}")
    content: bytes = specs.blob()
    received_at: datetime = specs.instant("Received")
    status: ReturnStatus = specs.choice("Status", ReturnStatus)
    reason: str | None = specs.text("Reason", default=None, multiline=True)
    cells_json: str = specs.text(multiline=True)
