"""Two ways of doing a thing, timed in turns in one run, so that a busy machine is busy for both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Race:
    """Ours against a yardstick.

    Attributes:
        name: what is measured.
        yardstick_name: what it is held against.
        ours: does it our way once.
        yardstick: does it the plain way once.
        limit: the promise: the ratio ours / yardstick, or with ``extra`` the seconds that ours may take longer.
        extra: True when the promise is about the difference.
        rounds: how often each runs.
        warms_up: True to run both once before they are timed.
    """

    name: str
    yardstick_name: str
    ours: Callable[[], object]
    yardstick: Callable[[], object]
    limit: float
    extra: bool = False
    rounds: int = 5
    warms_up: bool = True


@dataclass(frozen=True)
class Gauge:
    """Something that is measured by itself and promised to stay below a limit.

    Attributes:
        name: what is measured.
        measure: measures it once; returns the figure and a remark to print behind it.
        unit: of the figure.
        limit: the promise.
    """

    name: str
    measure: Callable[[], tuple[float, str]]
    unit: str
    limit: float


def run(race: Race | Gauge) -> str:
    """Run a race, or read a gauge, and return the line that reports it."""
    return _race(race) if isinstance(race, Race) else _gauge(race)


def _gauge(gauge: Gauge) -> str:
    figure, remark = gauge.measure()
    told = "kept" if figure <= gauge.limit else "NOT KEPT"
    return f"{gauge.name}: {figure:.0f} {gauge.unit}, promised ≤ {gauge.limit:g} {gauge.unit}: {told} ({remark})"


def _race(race: Race) -> str:
    if race.warms_up:
        race.ours()
        race.yardstick()
    pairs = [(_seconds(race.ours), _seconds(race.yardstick)) for _ in range(race.rounds)]
    ours, plain = (statistics.median(times) for times in zip(*pairs, strict=True))
    measured = sorted(a - b if race.extra else a / b for a, b in pairs)
    middle = statistics.median(measured)
    unit = " s" if race.extra else " ×"
    told = "kept" if middle <= race.limit else "NOT KEPT"
    return (
        f"{race.name}: {ours:.3f} s beside {plain:.3f} s of {race.yardstick_name}: "
        f"{middle:.2f}{unit} ({measured[0]:.2f}–{measured[-1]:.2f}), promised ≤ {race.limit:g}{unit}: {told}"
    )


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
