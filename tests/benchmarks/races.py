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
        rounds: how often each runs, after one run that warms up.
    """

    name: str
    yardstick_name: str
    ours: Callable[[], object]
    yardstick: Callable[[], object]
    limit: float
    extra: bool = False
    rounds: int = 5


def run(race: Race) -> str:
    """Run a race and return the line that reports it."""
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
