"""What a collection will do: the frozen plan, its outcome, and both as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop_app.domain.entities import Unit
from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.merge import Policy
from desktop_app.services.cells import CellKey
from desktop_app.services.collecting.desk import UnitDesk
from desktop_app.services.collecting.merging import MergedForm
from desktop_app.services.rounds import UnitStanding, contact_json
from desktop_app.text.catalogue import Catalogue


@dataclass(frozen=True)
class FilePlan:
    """What becomes of one file.

    Attributes:
        name: path as it is shown.
        sha256: of the original bytes.
        content: the original bytes, kept when the plan is applied.
        unit: whose return it is; None where that could not be found out.
        named_unit: the unit whose workbook was issued under the name of the file, where a refused file says no unit itself.
        form: code of the form as the file says it, "" where it says none.
        period: as the file says it, "" where it says none.
        round_id: the round that it belongs to; 0 where it is refused.
        refused: True where nothing of it is taken.
        merged: what became of its cells; None where it is refused.
        desk: what they were held against; None where it is refused.
        issues: everything that is wrong or doubtful, in the order of the file.
        is_known: True where the same bytes are kept for this unit and round already.
        rivals: cell → names of the other files of the plan that answer it otherwise; one decision counts for all of them.
    """

    name: str
    sha256: str
    content: bytes = field(repr=False)
    unit: Unit | None = None
    form: str = ""
    period: str = ""
    round_id: int = 0
    refused: bool = False
    merged: MergedForm | None = None
    desk: UnitDesk | None = field(default=None, repr=False)
    issues: tuple[Issue, ...] = ()
    is_known: bool = False
    rivals: Mapping[CellKey, tuple[str, ...]] = field(default_factory=dict, repr=False)
    named_unit: Unit | None = None

    @property
    def counts(self) -> dict[str, int]:
        """How many cells fell under each outcome of the merge."""
        found = {"new": 0, "changed": 0, "unchanged": 0, "cleared": 0, "conflict": 0, "invalid": 0}
        if self.merged is not None:
            found.update({str(kind): count for kind, count in self.merged.counts.items()})
        return found

    @property
    def needs_attention(self) -> bool:
        """True where it was refused, or a cell of it is in conflict or cannot be taken."""
        counts = self.counts
        return (
            self.refused
            or bool(counts["conflict"] or counts["invalid"])
            or any(issue.severity.is_grave for issue in self.issues)
        )

    @property
    def is_doubtful(self) -> bool:
        """True where somebody should look at it, even if everything that it says is taken."""
        return self.needs_attention or any(issue.severity is Severity.WARNING for issue in self.issues)


@dataclass(frozen=True)
class RoundState:
    """How far a round has come, the files of the plan included.

    Attributes:
        missing: codes of the units that sent nothing, in official order.
        missing_names: their names, in the same order.
        missing_units: where they stand, in the same order.
    """

    form: str
    period: str
    expected: int
    received: int
    missing: tuple[str, ...]
    missing_names: tuple[str, ...] = ()
    missing_units: tuple[UnitStanding, ...] = ()


@dataclass(frozen=True)
class CollectionPlan:
    """What a collection will do, frozen: what is shown is what is applied.

    Attributes:
        digest: SHA-256 over the files, the policy and every difference; it changes when a file or what the data file holds
            changes.
        after_operation: the last operation of the data file when the plan was made, 0 for none.
    """

    policy: Policy
    files: tuple[FilePlan, ...]
    rounds: tuple[RoundState, ...]
    digest: str
    after_operation: int

    @property
    def missing(self) -> list[str]:
        """Codes of the units that sent nothing, over all rounds."""
        return list(dict.fromkeys(code for item in self.rounds for code in item.missing))

    @property
    def needs_attention(self) -> bool:
        """True where a file was refused or a cell is asked; the exit code is then 1."""
        return any(item.needs_attention for item in self.files)


@dataclass(frozen=True)
class CollectionResult:
    """A plan and what became of it.

    Attributes:
        operation_id: the operation that wrote it; None for a preview, and where nothing had to be written.
    """

    plan: CollectionPlan
    applied: bool
    operation_id: int | None = None


def to_json(result: CollectionResult, catalogue: Catalogue) -> dict[str, Any]:
    """Return a result in the shape that other programs rely on (product.md)."""
    plan = result.plan
    refused = {(item.unit.code, item.form, item.period): item.name for item in plan.files if item.refused and item.unit}
    return {
        "applied": result.applied,
        "operation": result.operation_id,
        "files": [_file_json(item, catalogue) for item in plan.files],
        "rounds": [
            {
                "form": item.form,
                "period": item.period,
                "expected": item.expected,
                "received": item.received,
                "missing": list(item.missing),
                "missing_units": [
                    {**contact_json(unit), "refused_file": refused.get((unit.unit.code, item.form, item.period))}
                    for unit in item.missing_units
                ],
            }
            for item in plan.rounds
        ],
        "missing": plan.missing,
        "digest": plan.digest,
    }


def _file_json(item: FilePlan, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "path": item.name,
        "unit": item.unit.code if item.unit else None,
        "form": item.form or None,
        "period": item.period or None,
        "status": "refused" if item.refused else "read",
        "counts": item.counts,
        "issues": [issue.as_json(catalogue, "sheet", "cell", "item") for issue in item.issues],
    }
