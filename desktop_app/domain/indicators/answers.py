"""What units answered: stored columns, and the value of a period that was not entered (figures.md, Periods).

Values come packed as columns, one per data element and period, because whole columns are added at the speed of C; the few
answers that are more than a bare amount stand beside them as exceptions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from desktop_app.domain import periods
from desktop_app.domain.entities import Deployment, Element, ElementKind, Measure, Regime, Unit, UnitKind, Value, ValueState
from desktop_app.domain.periods import Tiling

_NOBODY: tuple[frozenset[int], frozenset[int], frozenset[int]] = (frozenset(), frozenset(), frozenset())
UNSUMMABLE = frozenset({ElementKind.DAY, ElementKind.TEXT})


class Exceptional(NamedTuple):
    """An answer without an amount, or one with an explanation.

    Attributes:
        state: the state of the value.
        text: the day (YYYY-MM-DD) or text that was answered.
        note: the explanation (Giải trình).
    """

    state: ValueState
    text: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Column:
    """What all units answered to one element for one period.

    Attributes:
        units: ids of the units that have a row.
        amounts: their amounts as stored, in the same order; 0 where there is none, and then ``exceptions`` says why.
        exceptions: by unit id, every row without an amount or with a note.
    """

    units: tuple[int, ...]
    amounts: Sequence[int]
    exceptions: Mapping[int, Exceptional] = field(default_factory=dict)

    @cached_property
    def by_unit(self) -> dict[int, int]:
        """The amounts by unit id, rows that hold only an explanation left out."""
        found = dict(zip(self.units, self.amounts, strict=True))
        for unit_id in self.silent:
            del found[unit_id]
        return found

    @property
    def silent(self) -> frozenset[int]:
        """Units whose row keeps an explanation but no answer."""
        return self._special[0]

    @property
    def not_applicable(self) -> frozenset[int]:
        """Units that answered "không phát sinh"."""
        return self._special[1]

    @property
    def noted(self) -> frozenset[int]:
        """Units that explained something."""
        return self._special[2]

    @cached_property
    def _special(self) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
        if not self.exceptions:
            return _NOBODY
        rows = self.exceptions.items()
        return (
            frozenset([unit_id for unit_id, row in rows if row.state is ValueState.NOT_REPORTED]),
            frozenset([unit_id for unit_id, row in rows if row.state is ValueState.NOT_APPLICABLE]),
            frozenset([unit_id for unit_id, row in rows if row.note and row.note.strip()]),
        )


def pack(values: Iterable[Value]) -> dict[tuple[int, str], Column]:
    """Return values as columns by (element id, period); for a handful of values, such as those of one form."""
    rows: dict[tuple[int, str], dict[int, Value]] = {}
    for value in values:
        rows.setdefault((value.element_id, value.period), {})[value.unit_id] = value
    return {
        key: Column(
            units=tuple(found),
            amounts=[value.amount or 0 for value in found.values()],
            exceptions={
                unit_id: Exceptional(value.state, value.text, value.note)
                for unit_id, value in found.items()
                if value.amount is None or value.note is not None
            },
        )
        for key, found in rows.items()
    }


@dataclass(frozen=True)
class Facts:
    """Everything that figures are computed from.

    Attributes:
        regime: which days a period covers.
        units: all units of the file by id.
        root_id: the root unit.
        elements: data elements by id.
        columns: by (element id, period); a missing column means that nobody answered.
        deployments: by (unit id, system code).
    """

    regime: Regime
    units: Mapping[int, Unit]
    root_id: int
    elements: Mapping[int, Element]
    columns: Mapping[tuple[int, str], Column]
    deployments: Mapping[tuple[int, str], Deployment] = field(default_factory=dict)


@dataclass
class Answers:
    """What every unit answered to one element for one period, entered or made of shorter periods.

    Attributes:
        amounts: by unit id, as stored.
        texts: days and texts by unit id.
        not_applicable: units with "không phát sinh".
        noted: units that explained the value, or one that it is made of.
        tilings: by unit id, the shorter periods that a value is the sum of.
    """

    amounts: dict[int, int] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    not_applicable: set[int] = field(default_factory=set)
    noted: set[int] = field(default_factory=set)
    tilings: dict[int, Tiling] = field(default_factory=dict)

    def all_answered(self) -> set[int]:
        """Return the units that gave a value or "không phát sinh"."""
        return {*self.amounts, *self.texts, *self.not_applicable}


def is_valid(unit: Unit, day: date) -> bool:
    """Say whether a unit exists on a day; the first and the last day of its existence count."""
    return (unit.valid_from is None or unit.valid_from <= day) and (unit.valid_to is None or day <= unit.valid_to)


class AnswerBook:
    """Finds the value of any element and period in the facts, and remembers what it found."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._answers: dict[tuple[int, str], Answers] = {}
        self._valid: dict[date, frozenset[int]] = {}
        self._members: dict[tuple[UnitKind, ...], tuple[int, ...]] = {}
        self._throughout: dict[Tiling, frozenset[int]] = {}

    def members(self, kinds: tuple[UnitKind, ...]) -> tuple[int, ...]:
        """Return the ids of all units of the kinds given, in official order; the root unit where no kind is given."""
        if kinds not in self._members:
            ordered = sorted(self.facts.units.values(), key=lambda unit: (unit.order_number, unit.code))
            self._members[kinds] = (
                tuple(unit.id for unit in ordered if unit.kind in kinds) if kinds else (self.facts.root_id,)
            )
        return self._members[kinds]

    def last_day(self, period: str) -> date:
        """Return the last day of a period."""
        return periods.last_day(period, self.facts.regime)

    def valid(self, period: str) -> frozenset[int]:
        """Return the units that exist on the last day of a period."""
        day = self.last_day(period)
        if day not in self._valid:
            self._valid[day] = frozenset(unit.id for unit in self.facts.units.values() if is_valid(unit, day))
        return self._valid[day]

    def _steady(self, tiling: Tiling) -> frozenset[int]:
        """Return the units that exist on the last day of every part."""
        if tiling not in self._throughout:
            self._throughout[tiling] = frozenset.intersection(*(self.valid(part) for part in tiling))
        return self._throughout[tiling]

    def answers(self, element_id: int, period: str) -> Answers:
        """Return what the units answered for a period: the stored value, else what shorter periods make up.

        A unit's stored value counts where the unit exists on the last day of the period; in a sum, each part counts where it
        exists on the last day of the part.
        """
        key = (element_id, period)
        if key not in self._answers:
            self._answers[key] = self._find(self.facts.elements[element_id], period)
        return self._answers[key]

    def _find(self, element: Element, period: str) -> Answers:
        found = Answers()
        self._take_stored(found, element.id, period, period)
        if element.measure is Measure.STOCK:
            for shorter in periods.shorter_ending_same_day(period):
                self._take_stored(found, element.id, shorter, period)
        elif element.kind not in UNSUMMABLE:
            for tiling in periods.tilings(period):
                self._add_up(found, element.id, tiling)
        return found

    def _take_stored(self, found: Answers, element_id: int, stored: str, period: str) -> None:
        """Take the answers entered for ``stored``, whose window ends with that of ``period``, where none is there yet."""
        column = self.facts.columns.get((element_id, stored))
        if column is None:
            return
        fresh = dict(column.by_unit)
        for unit_id in fresh.keys() - self.valid(period):
            del fresh[unit_id]
        for unit_id in fresh.keys() & found.all_answered():
            del fresh[unit_id]
        found.noted |= column.noted if stored == period else column.noted & fresh.keys()
        for unit_id, row in column.exceptions.items():
            if unit_id in fresh and row.state is ValueState.NOT_APPLICABLE:
                found.not_applicable.add(unit_id)
                del fresh[unit_id]
            elif unit_id in fresh and row.text is not None:
                found.texts[unit_id] = row.text
                del fresh[unit_id]
        found.amounts.update(fresh)

    def _add_up(self, found: Answers, element_id: int, tiling: Tiling) -> None:
        """Add up the parts of one tiling for the units that have no answer yet and answered every part."""
        columns = [self.facts.columns.get((element_id, part)) for part in tiling]
        present = [column for column in columns if column is not None]
        if not present:
            return
        steady = self._steady(tiling)
        sums: dict[int, int] = {}
        nothing: frozenset[int] = frozenset()
        if len(present) == len(tiling):
            sums = _sums(present)
            nothing = frozenset.intersection(*(column.not_applicable for column in present))
        for unit_id in sums.keys() - steady:
            del sums[unit_id]
        for unit_id in self.facts.units.keys() - steady:
            expected = [column for column, part in zip(columns, tiling, strict=True) if unit_id in self.valid(part)]
            answered = [column for column in expected if column is not None and unit_id in column.by_unit]
            if expected and len(answered) == len(expected):
                sums[unit_id] = sum(column.by_unit[unit_id] for column in answered)
                if all(unit_id in column.not_applicable for column in answered):
                    nothing |= {unit_id}
        for unit_id in sums.keys() & found.all_answered():
            del sums[unit_id]
        found.tilings.update(dict.fromkeys(sums, tiling))
        for column in present:
            found.noted |= column.noted & sums.keys()
        for unit_id in nothing & sums.keys():
            found.not_applicable.add(unit_id)
            del sums[unit_id]
        found.amounts.update(sums)


def _sums(columns: Sequence[Column]) -> dict[int, int]:
    """Return, for the units that answered in every column, the sum; "không phát sinh" counts as 0."""
    units = columns[0].units
    if not any(column.silent for column in columns) and all(column.units == units for column in columns):
        return dict(zip(units, map(sum, zip(*(column.amounts for column in columns), strict=True)), strict=True))
    shared = set.intersection(*(set(column.by_unit) for column in columns))
    rows = [[column.by_unit[unit_id] for unit_id in shared] for column in columns]
    return dict(zip(shared, map(sum, zip(*rows, strict=True)), strict=True))


def contradicted_by(element: Element, period: str, unit: Unit, values: Mapping[str, Value], regime: Regime) -> Tiling | None:
    """Return the first complete tiling whose sum differs from the value stored for a period, or None.

    The stored value is kept; that it differs from its own parts is an issue (``value_differs_from_parts``).

    Args:
        element: a flow; of a stock nothing is summed, so nothing can differ.
        period: the period whose stored value is checked.
        unit: the unit that answered; each part counts where the unit exists on the part's last day.
        values: the unit's stored values of the element by period.
        regime: which days a period covers.
    """
    stored = values.get(period)
    if stored is None or element.measure is Measure.STOCK or element.kind in UNSUMMABLE:
        return None
    if stored.state is ValueState.NOT_REPORTED:
        return None
    for tiling in periods.tilings(period):
        parts = [values.get(part) for part in tiling if is_valid(unit, periods.last_day(part, regime))]
        answered = [part for part in parts if part is not None and part.state is not ValueState.NOT_REPORTED]
        if parts and len(answered) == len(parts) and sum(part.amount or 0 for part in answered) != (stored.amount or 0):
            return tiling
    return None
