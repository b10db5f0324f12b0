"""Reporting periods: their codes, the days they cover and how the longer ones are made of the shorter ones.

A code is ``2017``, ``2017-H1``, ``2017-H2``, ``2017-9M``, ``2017-Q1`` … ``Q4`` or ``2017-01`` … ``12``. Every period is a
run of whole months, so its window follows from the windows of its first and last month.

**Source:** NĐ 09/2019/NĐ-CP for the windows of the regime ``nd09`` (used for earlier years too, own convention).
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date
from functools import cache

from desktop_app.domain.entities.figures import PeriodKind
from desktop_app.domain.entities.office import Regime
from desktop_app.text.dates import PERIOD_CODE

Tiling = tuple[str, ...]

_FIRST_YEAR = 1900
_LAST_YEAR = 2200
_MONTHS = tuple(f"{month:02d}" for month in range(1, 13))
_QUARTERS = ("Q1", "Q2", "Q3", "Q4")

_SPANS: dict[str, tuple[int, int]] = {
    "": (1, 12),
    "H1": (1, 6),
    "H2": (7, 12),
    "9M": (1, 9),
    **{quarter: (3 * index + 1, 3 * index + 3) for index, quarter in enumerate(_QUARTERS)},
    **{month: (index, index) for index, month in enumerate(_MONTHS, start=1)},
}
"""First and last month of each kind of period, by the part of the code after the year."""

_TILINGS: dict[str, tuple[Tiling, ...]] = {
    "": (("H1", "H2"), ("9M", "Q4"), _QUARTERS, _MONTHS),
    "H1": (_QUARTERS[:2], _MONTHS[:6]),
    "H2": (_QUARTERS[2:], _MONTHS[6:]),
    "9M": (("H1", "Q3"), _QUARTERS[:3], _MONTHS[:9]),
    **{quarter: (_MONTHS[3 * index : 3 * index + 3],) for index, quarter in enumerate(_QUARTERS)},
}
"""How the longer periods are made of shorter ones, in the order in which they are tried (figures.md, Periods)."""

_OF_KIND: dict[PeriodKind, tuple[str, ...]] = {
    PeriodKind.YEAR: ("",),
    PeriodKind.HALF: ("H1", "H2"),
    PeriodKind.NINE_MONTHS: ("9M",),
    PeriodKind.QUARTER: _QUARTERS,
    PeriodKind.MONTH: _MONTHS,
}


@cache
def _split(code: str) -> tuple[int, str]:
    found = PERIOD_CODE.fullmatch(code)
    if found is None or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
        raise ValueError(f"not a period: {code!r}")
    return int(found[1]), found[2] or ""


def _join(year: int, part: str) -> str:
    return f"{year:04d}-{part}" if part else f"{year:04d}"


def is_period(code: str) -> bool:
    """Tell whether a text is the code of a period between the years 1900 and 2200."""
    try:
        _split(code)
    except ValueError:
        return False
    return True


def year_of(code: str) -> int:
    """Return the year that a period belongs to (2017 for ``2017-01``, although that begins in December 2016).

    Raises:
        ValueError: the text is no code of a period. All functions of this module raise it.
    """
    return _split(code)[0]


@cache
def kind_of(code: str) -> PeriodKind:
    """Return the kind of a period."""
    part = _split(code)[1]
    return next(kind for kind, parts in _OF_KIND.items() if part in parts)


@cache
def window(code: str, regime: Regime) -> tuple[date, date]:
    """Return the first and the last day of a period, both included.

    In the regime ``nd09`` month m is the 15th of the month before to the 14th of m; in ``calendar`` it is the calendar
    month.

    **Source:** NĐ 09/2019/NĐ-CP for ``nd09``; own definition for ``calendar``.
    """
    year, part = _split(code)
    first_month, last_month = _SPANS[part]
    if regime is Regime.CALENDAR:
        return date(year, first_month, 1), date(year, last_month, calendar.monthrange(year, last_month)[1])
    first = date(year - 1, 12, 15) if first_month == 1 else date(year, first_month - 1, 15)
    return first, date(year, last_month, 14)


def last_day(code: str, regime: Regime) -> date:
    """Return the last day of a period: the day whose state a stock describes."""
    return window(code, regime)[1]


def due_default(code: str, regime: Regime) -> date:
    """Return the day on which returns are due unless a round says otherwise: the last day of the window."""
    return window(code, regime)[1]


@cache
def tilings(code: str) -> tuple[Tiling, ...]:
    """Return the ways in which shorter periods cover this one exactly, in the order in which they are tried."""
    year, part = _split(code)
    return tuple(tuple(_join(year, piece) for piece in tiling) for tiling in _TILINGS.get(part, ()))


@cache
def periods_needed(code: str) -> tuple[str, ...]:
    """Return the period and every shorter one that its value can be made of, each once."""
    return tuple(dict.fromkeys((code, *(piece for tiling in tilings(code) for piece in tiling))))


@cache
def shorter_ending_same_day(code: str) -> tuple[str, ...]:
    """Return the shorter periods whose window ends on the same day, the longest first (2017 → H2, Q4, 12)."""
    year, part = _split(code)
    first, last = _SPANS[part]
    shorter = [piece for piece, (start, end) in _SPANS.items() if end == last and start > first]
    return tuple(_join(year, piece) for piece in sorted(shorter, key=lambda piece: _SPANS[piece][0]))


def year_before(code: str) -> str:
    """Return the same span one year before (2017-Q1 → 2016-Q1)."""
    year, part = _split(code)
    return _join(year - 1, part)


def previous(code: str) -> str:
    """Return Kỳ trước: the period of the same kind before this one.

    For H1, H2, 9M and the year that is the same span one year before.
    """
    year, part = _split(code)
    run = next((run for run in (_QUARTERS, _MONTHS) if part in run), None)
    if run is None:
        return year_before(code)
    index = run.index(part)
    return _join(year, run[index - 1]) if index else _join(year - 1, run[-1])


def recent(code: str, count: int) -> tuple[str, ...]:
    """Return the last ``count`` periods up to and including this one, each the Kỳ trước of the next, oldest first."""

    def backwards() -> Iterator[str]:
        period = code
        for _ in range(count):
            yield period
            period = previous(period)

    return tuple(reversed(tuple(backwards())))


def all_of_year(kind: PeriodKind, year: int) -> tuple[str, ...]:
    """Return all periods of a kind in a year, in the order of time."""
    return tuple(_join(year, part) for part in _OF_KIND[kind])
