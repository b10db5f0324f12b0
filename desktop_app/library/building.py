"""Turns rows of resource files into entities, through the same specs and kinds as what users type.

References are written as codes; all problems are collected, none stops at the first.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from desktop_app.domain import entities as _entities
from desktop_app.domain.issues import Issue, Place
from desktop_app.domain.kinds import Choice, Choices, Day, Flag, Integer, Kind, Number, Ref, Text, Words
from desktop_app.domain.specs import REGISTRY, EntitySpec, FieldSpec

assert _entities.__all__, "importing the entities fills the registry"  # noqa: S101
IN_PLAN = frozenset({"area", "target", "task"})
"""Entities whose code is unique within a plan only; elsewhere they are named ``PLAN/CODE``."""


@dataclass(frozen=True)
class Draft:
    """One row as it stands in a resource file.

    Attributes:
        entity: name of the entity.
        fields: values by attribute name; a reference is written without ``_id`` and holds a code.
        file: resource file that it came from.
        plan: code of the plan whose areas, targets and tasks its references mean; "" outside a plan.
    """

    entity: str
    fields: Mapping[str, Any]
    file: str
    plan: str = ""

    @property
    def code(self) -> str | None:
        """What references call it, None for a row that nothing refers to."""
        code = self.fields.get("symbol" if self.entity == "legal_document" else "code")
        if not isinstance(code, str):
            return None
        return f"{self.plan}/{code}" if self.entity in IN_PLAN else code

    @property
    def place(self) -> Place:
        """Where an issue with it is."""
        return Place(file=self.file, item=self.code or str(self.fields.get("name", "")))


def build(drafts: Iterable[Draft]) -> tuple[dict[str, tuple[Any, ...]], list[Issue]]:
    """Turn drafts into entities with provisional ids.

    Returns:
        The entities by entity name, each group numbered from 1 in the order given, and every problem found. A row with a
        problem is left out.
    """
    rows = list(drafts)
    issues: list[Issue] = []
    ids, numbers = _numbered(rows, issues)
    groups: dict[str, list[Any]] = {}
    for draft, number in zip(rows, numbers, strict=True):
        made = _Row(draft, ids, issues).made(number)
        if made is not None:
            groups.setdefault(draft.entity, []).append(made)
    return {name: tuple(found) for name, found in groups.items()}, issues


def _numbered(rows: list[Draft], issues: list[Issue]) -> tuple[dict[tuple[str, str], int], list[int]]:
    ids: dict[tuple[str, str], int] = {}
    counts: dict[str, int] = {}
    numbers = []
    for draft in rows:
        counts[draft.entity] = counts.get(draft.entity, 0) + 1
        numbers.append(counts[draft.entity])
        code = draft.code
        if code is not None:
            key = (draft.entity, code.casefold())
            if key in ids:
                issues.append(Issue("resource_duplicate", {"code": code}, draft.place))
            ids.setdefault(key, counts[draft.entity])
    return ids, numbers


class _Row:
    """One draft on its way to an entity."""

    def __init__(self, draft: Draft, ids: Mapping[tuple[str, str], int], issues: list[Issue]) -> None:
        self.draft = draft
        self.ids = ids
        self.issues = issues
        self.failed = False

    def made(self, number: int) -> Any | None:
        """Return the entity, or None after adding issues."""
        spec = REGISTRY[self.draft.entity]
        left = dict(self.draft.fields)
        values: dict[str, Any] = {"id": number} if "id" in spec.fields else {}
        for field in spec.fields.values():
            written = field.name.removesuffix("_id") if isinstance(field.kind, Ref) else field.name
            if written in left and field.name != "id":
                value = self._value(field, left.pop(written))
                if value is not None:
                    values[field.name] = value
        for name in left:
            self._report("resource_unknown_field", {"field": name})
        self._require(spec, values)
        return None if self.failed else spec.cls(**values)

    def _value(self, field: FieldSpec, raw: Any) -> Any:
        if isinstance(field.kind, Ref):
            return self._reference(field.kind, raw)
        value = _converted(field.kind, raw)
        if value is None:
            self._report("resource_wrong_type", {"field": field.name, "value": str(raw)})
            return None
        if isinstance(value, str) and not unicodedata.is_normalized("NFC", value):
            self._report("resource_not_nfc", {"field": field.name})
        problem = field.kind.check(value)
        if problem is not None:
            self._report(problem, {"field": field.name, "value": str(raw)})
            return None
        return field.kind.normalise(value)

    def _reference(self, kind: Ref, raw: Any) -> int | None:
        code = str(raw)
        if kind.target in IN_PLAN and "/" not in code:
            code = f"{self.draft.plan}/{code}"
        found = self.ids.get((kind.target, code.casefold()))
        if found is None:
            self._report("resource_unknown_reference", {"what": kind.target, "code": code})
        return found

    def _require(self, spec: EntitySpec, values: Mapping[str, Any]) -> None:
        without_default = {field.name for field in fields(spec.cls) if field.default is MISSING}
        missing = [name for name in spec.fields if name in without_default and name not in values]
        if not self.failed:
            for name in missing:
                self._report("required_missing", {"field": name})

    def _report(self, code: str, params: Mapping[str, str]) -> None:
        self.failed = True
        self.issues.append(Issue(code, params, self.draft.place))


def _converted(kind: Kind[Any], raw: Any) -> Any:
    """Return the value that a resource file means for a kind, or None where it means none.

    TOML gives typed values and lists; CSV gives text, which reads like the stored form.
    """
    try:
        for made_for, read in _READERS:
            if isinstance(kind, made_for):
                return read(kind, raw)
    except (ValueError, ArithmeticError, TypeError):
        return None
    return None


def _day(_kind: Any, raw: Any) -> date | None:
    if isinstance(raw, datetime):
        return None
    return raw if isinstance(raw, date) else date.fromisoformat(raw)


def _flag(_kind: Any, raw: Any) -> bool | None:
    return {"1": True, "0": False}.get(raw) if isinstance(raw, str) else (raw if isinstance(raw, bool) else None)


def _words(kind: Any, raw: Any) -> tuple[Any, ...]:
    words = raw.split() if isinstance(raw, str) else [str(item) for item in raw]
    return tuple(kind.options(word) for word in words) if isinstance(kind, Choices) else tuple(words)


_READERS: tuple[tuple[Any, Callable[[Any, Any], Any]], ...] = (
    (Text, lambda _kind, raw: raw if isinstance(raw, str) else None),
    (Choice, lambda kind, raw: kind.options(raw)),
    (Choices | Words, _words),
    (Flag, _flag),
    (Integer, lambda _kind, raw: None if isinstance(raw, bool | float | Decimal) else int(raw)),
    (Number, lambda _kind, raw: None if isinstance(raw, bool) else Decimal(str(raw))),
    (Day, _day),
)
"""How each kind is read; the first that fits is taken."""
