"""Made-up figures of a sample: what every unit answers, so that a demonstration can fill the workbooks it issued.

Where a unit stands inside a range follows from its code and the element's alone. Everything here is illustrative.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from desktop_app.domain import periods
from desktop_app.domain.entities import DeploymentStatus, Element, Indicator, System, TaskStatus, Unit
from desktop_app.domain.issues import Issue, Place
from desktop_app.library.loading import SAMPLES, load_sample, refuse
from desktop_app.library.reading import names, read_toml
from desktop_app.library.shipped import Shipped

_STEPS = 2**32
_YEAR = timedelta(days=365)


class SampleAnswer(NamedTuple):
    """One answer on the sheet ``Số liệu``.

    Attributes:
        unit: unit code.
        element: element code.
        period: period code.
        typed: what stands in the cell: digits, ``KPS``, ``có`` or ``không``; "" where the unit forgot it.
        note: its Giải trình, "" for none.
    """

    unit: str
    element: str
    period: str
    typed: str
    note: str


class SampleDeployment(NamedTuple):
    """One row of the sheet ``Hệ thống`` as it stands on the last day of the period.

    Attributes:
        since: first day of use; None while it is not in use.
        users: people who use it; None where nobody counts them.
    """

    unit: str
    system: str
    period: str
    status: DeploymentStatus
    since: date | None
    users: int | None


class SampleReport(NamedTuple):
    """One row of the sheet ``Nhiệm vụ``.

    Attributes:
        unit: code of the leading unit.
        percent: 0 to 100.
        disbursed: million đồng since the task began.
    """

    unit: str
    plan: str
    task: str
    period: str
    status: TaskStatus
    percent: int
    disbursed: int
    note: str


def sample_answers(name: str) -> list[SampleAnswer]:
    """Return the answers of every unit of a sample, by period, unit and element; none for a sample without figures.

    Raises:
        UserError: ``unknown_sample`` or ``library_damaged``.
    """
    return list(_Figures(load_sample(name), _table(name)).answers())


def sample_deployments(name: str) -> list[SampleDeployment]:
    """Return where the systems of a sample are in use at the end of each period.

    Raises:
        UserError: ``unknown_sample`` or ``library_damaged``.
    """
    return list(_Figures(load_sample(name), _table(name)).deployments())


def sample_reports(name: str) -> list[SampleReport]:
    """Return what the leading units report on their tasks.

    Raises:
        UserError: ``unknown_sample`` or ``library_damaged``.
    """
    return list(_Figures(load_sample(name), _table(name)).reports())


def _table(name: str) -> dict[str, Any]:
    issues: list[Issue] = []
    table = _read(name, issues)
    refuse(issues)
    return table


def _read(name: str, issues: list[Issue]) -> dict[str, Any]:
    file = f"{SAMPLES}/figures/{name}.toml"
    known = {Path(found).stem for found in names(f"{SAMPLES}/figures", ".toml")}
    return read_toml(file, issues) if name in known else {}


def _between(bounds: list[int], *key: str) -> int:
    """Return the whole number between two bounds that belongs to a key."""
    low, high = bounds
    return low + (high - low + 1) * zlib.crc32("/".join(key).encode()) // _STEPS


class _Figures:
    """The figures of one sample."""

    def __init__(self, shipped: Shipped, table: Mapping[str, Any]) -> None:
        self.shipped = shipped
        self.table = table
        self.periods: list[str] = table.get("periods", [])
        self.fixed = {
            (row["unit"], code, row["period"]): (row["typed"], row.get("note", ""))
            for row in table.get("answer", ())
            for code in row["elements"]
        }
        self.notes = {(row["unit"], row["element"], row["period"]): row["text"] for row in table.get("note", ())}

    def answers(self) -> Iterator[SampleAnswer]:
        """Yield what stands in the column ``Kỳ này``."""
        for place, period in enumerate(self.periods):
            for unit in self.shipped.of(Unit):
                counts = self._counts(unit, period, place)
                fixed = {code for code_unit, code, when in self.fixed if (code_unit, when) == (unit.code, period)}
                for code in sorted({*counts, *fixed}):
                    typed, note = self.fixed.get((unit.code, code, period), (str(counts.get(code, "")), ""))
                    yield SampleAnswer(unit.code, code, period, typed, self.notes.get((unit.code, code, period), note))

    def _counts(self, unit: Unit, period: str, place: int) -> dict[str, int]:
        counts: dict[str, int] = {}
        for row in self.table.get("size", ()):
            if str(unit.kind) in row:
                base = _between(row[str(unit.kind)], unit.code, row["element"])
                counts[row["element"]] = base * (100 + row["growth"] * place) // 100
        for row in self.table.get("share", ()):
            if row["of"] in counts:
                low, high = row["per_cent"][period]
                per_mille = _between([low * 10, high * 10], unit.code, row["element"])
                counts[row["element"]] = (counts[row["of"]] * per_mille + 500) // 1000
        return counts

    def deployments(self) -> Iterator[SampleDeployment]:
        """Yield the state of every system that a unit is asked for, as far as the sample says when it came into use."""
        begins = {row["system"]: row for row in self.table.get("deployment", ())}
        systems = [item for item in self.shipped.of(System) if item.code in begins]
        for place, period in enumerate(self.periods):
            last_day = periods.window(period, self.shipped.regime)[1]
            for unit in self.shipped.of(Unit):
                staff = self._counts(unit, period, place).get("HT01b")
                for system in systems:
                    if str(unit.kind) in system.scope:
                        yield _state(unit, system, period=period, begins=begins[system.code], last_day=last_day, staff=staff)

    def reports(self) -> Iterator[SampleReport]:
        """Yield the reports of the units that lead a task."""
        leads = self.shipped.task_leads()
        for period in self.periods:
            for row in self.table.get("report", ()):
                said = row[period]
                yield SampleReport(
                    unit=leads[row["plan"], row["task"]],
                    plan=row["plan"],
                    task=row["task"],
                    period=period,
                    status=TaskStatus(said["status"]),
                    percent=said["percent"],
                    disbursed=said["disbursed"],
                    note=said.get("note", ""),
                )


def _state(
    unit: Unit,
    system: System,
    *,
    period: str,
    begins: Mapping[str, Any],
    last_day: date,
    staff: int | None,
) -> SampleDeployment:
    days = (begins["to"] - begins["from"]).days
    since = begins["from"] + timedelta(days=_between([0, days], unit.code, system.code))
    if since > last_day:
        status = DeploymentStatus.IN_PROGRESS if since <= last_day + _YEAR else DeploymentStatus.NOT_YET
        return SampleDeployment(unit.code, system.code, period, status, None, None)
    users = None
    if staff is not None and "users" in begins:
        users = max(1, staff * _between(begins["users"], unit.code, system.code, "users") // 100)
    return SampleDeployment(unit.code, system.code, period, DeploymentStatus.IN_USE, since, users)


def sample_problems(shipped: Shipped) -> list[Issue]:
    """Return what is wrong with the figures of a sample: unknown codes, parts above their whole, broken tables."""
    issues: list[Issue] = []
    table = _read(shipped.name, issues)
    place = Place(file=f"{SAMPLES}/figures/{shipped.name}.toml")
    try:
        figures = _Figures(shipped, table)
        answers = list(figures.answers())
        list(figures.deployments())
        list(figures.reports())
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return [*issues, Issue("resource_unreadable", {"file": place.file, "reason": repr(error)}, place)]
    known = {
        "element": {item.code for item in shipped.of(Element)},
        "unit": {item.code for item in shipped.of(Unit)},
        "system": {item.code for item in shipped.of(System)},
        "period": set(figures.periods),
    }
    for what, code in sorted(set(_named(table))):
        if code not in known[what]:
            issues.append(Issue("resource_unknown_reference", {"what": what, "code": code}, place))
    return issues + [
        Issue("resource_answer", {"unit": unit, "element": code, "period": period, "problem": "a > b"}, place)
        for unit, code, period in _above_their_whole(shipped, answers)
    ]


def _named(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield every code that the figures of a sample name, with what it should be."""
    for part in ("size", "share", "answer", "note", "deployment"):
        for row in table.get(part, ()):
            yield from ((what, row[what]) for what in ("element", "unit", "period", "system") if what in row)
            yield from (("element", code) for code in row.get("elements", ()))


def _above_their_whole(shipped: Shipped, answers: list[SampleAnswer]) -> Iterator[tuple[str, str, str]]:
    codes = {item.id: item.code for item in shipped.of(Element)}
    counts = {(item.unit, item.element, item.period): int(item.typed) for item in answers if item.typed.isdigit()}
    pairs = {
        (codes[item.numerator_id], codes[item.denominator_id])
        for item in shipped.of(Indicator)
        if item.is_share and item.numerator_id and item.denominator_id
    }
    for (unit, code, period), count in counts.items():
        if any(a == code and count > counts.get((unit, b, period), count) for a, b in pairs):
            yield unit, code, period
