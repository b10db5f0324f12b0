"""Periods: every window of figures.md, the tilings in their order, and the properties that hold for all of them."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain import periods
from desktop_app.domain.entities import PeriodKind, Regime

PARTS = ("", "-H1", "-H2", "-9M", "-Q1", "-Q2", "-Q3", "-Q4", *(f"-{month:02d}" for month in range(1, 13)))
codes = st.builds(lambda year, part: f"{year}{part}", st.integers(1901, 2200), st.sampled_from(PARTS))
regimes = st.sampled_from(Regime)


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2017", date(2016, 12, 15), date(2017, 12, 14)),
        ("2017-H1", date(2016, 12, 15), date(2017, 6, 14)),
        ("2017-H2", date(2017, 6, 15), date(2017, 12, 14)),
        ("2017-9M", date(2016, 12, 15), date(2017, 9, 14)),
        ("2017-Q1", date(2016, 12, 15), date(2017, 3, 14)),
        ("2017-Q2", date(2017, 3, 15), date(2017, 6, 14)),
        ("2017-Q3", date(2017, 6, 15), date(2017, 9, 14)),
        ("2017-Q4", date(2017, 9, 15), date(2017, 12, 14)),
        ("2017-01", date(2016, 12, 15), date(2017, 1, 14)),
        ("2017-03", date(2017, 2, 15), date(2017, 3, 14)),
        ("2017-12", date(2017, 11, 15), date(2017, 12, 14)),
    ],
)
def test_windows_of_the_decree(code, first, last):
    assert periods.window(code, Regime.ND09) == (first, last)
    assert periods.last_day(code, Regime.ND09) == last
    assert periods.due_default(code, Regime.ND09) == last


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2017", date(2017, 1, 1), date(2017, 12, 31)),
        ("2017-H1", date(2017, 1, 1), date(2017, 6, 30)),
        ("2017-H2", date(2017, 7, 1), date(2017, 12, 31)),
        ("2017-9M", date(2017, 1, 1), date(2017, 9, 30)),
        ("2017-Q2", date(2017, 4, 1), date(2017, 6, 30)),
        ("2017-02", date(2017, 2, 1), date(2017, 2, 28)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
    ],
)
def test_windows_of_the_calendar(code, first, last):
    assert periods.window(code, Regime.CALENDAR) == (first, last)


def test_tilings_stand_in_the_order_of_the_contract():
    months = tuple(f"2017-{month:02d}" for month in range(1, 13))
    quarters = ("2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4")
    assert periods.tilings("2017") == (("2017-H1", "2017-H2"), ("2017-9M", "2017-Q4"), quarters, months)
    assert periods.tilings("2017-H1") == (quarters[:2], months[:6])
    assert periods.tilings("2017-H2") == (quarters[2:], months[6:])
    assert periods.tilings("2017-9M") == (("2017-H1", "2017-Q3"), quarters[:3], months[:9])
    assert periods.tilings("2017-Q3") == (months[6:9],)
    assert periods.tilings("2017-05") == ()


def test_periods_needed_hold_each_part_once():
    assert periods.periods_needed("2017-05") == ("2017-05",)
    assert periods.periods_needed("2017-Q1") == ("2017-Q1", "2017-01", "2017-02", "2017-03")
    needed = periods.periods_needed("2017")
    assert needed[0] == "2017"
    assert len(needed) == len(set(needed)) == 20


@pytest.mark.parametrize(
    ("code", "shorter"),
    [
        ("2017", ("2017-H2", "2017-Q4", "2017-12")),
        ("2017-H1", ("2017-Q2", "2017-06")),
        ("2017-H2", ("2017-Q4", "2017-12")),
        ("2017-9M", ("2017-Q3", "2017-09")),
        ("2017-Q1", ("2017-03",)),
        ("2017-07", ()),
    ],
)
def test_shorter_periods_that_end_on_the_same_day(code, shorter):
    assert periods.shorter_ending_same_day(code) == shorter


@pytest.mark.parametrize(
    ("code", "before"),
    [
        ("2017-Q1", "2016-Q4"),
        ("2017-Q3", "2017-Q2"),
        ("2017-01", "2016-12"),
        ("2017-10", "2017-09"),
        ("2017-H1", "2016-H1"),
        ("2017-H2", "2016-H2"),
        ("2017-9M", "2016-9M"),
        ("2017", "2016"),
    ],
)
def test_previous_period(code, before):
    assert periods.previous(code) == before


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("2017", PeriodKind.YEAR),
        ("2017-H2", PeriodKind.HALF),
        ("2017-9M", PeriodKind.NINE_MONTHS),
        ("2017-Q4", PeriodKind.QUARTER),
        ("2017-11", PeriodKind.MONTH),
    ],
)
def test_kinds(code, kind):
    assert periods.kind_of(code) is kind


def test_recent_periods_end_with_the_one_asked_for():
    assert periods.recent("2017-Q2", 4) == ("2016-Q3", "2016-Q4", "2017-Q1", "2017-Q2")
    assert periods.recent("2017-H1", 2) == ("2016-H1", "2017-H1")
    assert periods.recent("2017", 0) == ()


def test_all_periods_of_a_year():
    assert periods.all_of_year(PeriodKind.YEAR, 2017) == ("2017",)
    assert periods.all_of_year(PeriodKind.HALF, 2017) == ("2017-H1", "2017-H2")
    assert periods.all_of_year(PeriodKind.NINE_MONTHS, 2017) == ("2017-9M",)
    assert periods.all_of_year(PeriodKind.QUARTER, 2017)[3] == "2017-Q4"
    assert len(periods.all_of_year(PeriodKind.MONTH, 2017)) == 12


@pytest.mark.parametrize(
    "code",
    [
        "",
        "17",
        "2017-Q5",
        "2017-13",
        "2017-00",
        "2017-H3",
        "2017-1",
        "2017-q1",
        "1899",
        "2201",
        "2017 ",
        "2017\n",
        "２０１７",
        "2017-Q1x",
    ],
)
def test_what_is_no_period_is_refused(code):
    assert not periods.is_period(code)
    with pytest.raises(ValueError, match="not a period"):
        periods.year_of(code)


@given(codes, regimes)
def test_parts_cover_the_whole_without_gap_or_overlap(code, regime):
    first, last = periods.window(code, regime)
    for tiling in periods.tilings(code):
        windows = [periods.window(part, regime) for part in tiling]
        assert windows[0][0] == first
        assert windows[-1][1] == last
        assert all(after[0] - before[1] == timedelta(days=1) for before, after in itertools.pairwise(windows))


@given(codes, regimes)
def test_shorter_periods_end_on_the_same_day_and_start_later(code, regime):
    first, last = periods.window(code, regime)
    shorter = periods.shorter_ending_same_day(code)
    assert all(periods.window(part, regime)[1] == last for part in shorter)
    starts = [first, *(periods.window(part, regime)[0] for part in shorter)]
    assert starts == sorted(set(starts))
    assert set(shorter) <= set(periods.periods_needed(code))


@given(codes, regimes)
def test_year_to_date_periods_start_with_the_year(code, regime):
    assert periods.is_period(code)
    if periods.kind_of(code) in {PeriodKind.YEAR, PeriodKind.NINE_MONTHS} or code.endswith("H1"):
        assert periods.window(code, regime)[0] == periods.window(code[:4], regime)[0]


@given(codes, regimes)
def test_previous_is_of_the_same_kind_and_earlier(code, regime):
    if periods.year_of(code) == 1901:
        return
    before = periods.previous(code)
    assert periods.kind_of(before) is periods.kind_of(code)
    assert periods.window(before, regime)[1] < periods.window(code, regime)[1]
    if periods.kind_of(code) in {PeriodKind.QUARTER, PeriodKind.MONTH}:
        assert periods.window(code, regime)[0] - periods.window(before, regime)[1] == timedelta(days=1)
    else:
        assert before == periods.year_before(code)


@given(codes)
def test_a_code_is_found_again_among_all_of_its_year(code):
    assert code in periods.all_of_year(periods.kind_of(code), periods.year_of(code))
