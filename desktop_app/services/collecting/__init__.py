"""Collecting: read what units sent back, show what would change, and apply exactly that (``form collect``).

:mod:`~desktop_app.services.collecting.planning` reads a batch into a frozen :class:`CollectionPlan`,
:mod:`~desktop_app.services.collecting.applying` writes one. A preview and an application run the same plan.
"""

from __future__ import annotations

from desktop_app.services.collecting.applying import apply_collection
from desktop_app.services.collecting.plan import CollectionPlan, CollectionResult, FilePlan, RoundState, to_json
from desktop_app.services.collecting.planning import plan_collection

__all__ = [
    "CollectionPlan",
    "CollectionResult",
    "FilePlan",
    "RoundState",
    "apply_collection",
    "plan_collection",
    "to_json",
]
