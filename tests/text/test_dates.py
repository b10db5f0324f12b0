from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.entities import PeriodKind
from desktop_app.domain.periods import all_of_year
from desktop_app.text.dates import (
    day_of_serial,
    format_day,
    format_day_long,
    format_day_short,
    format_period,
    json_day,
    json_moment,
    period_phrase,
    read_day,
    read_period,
)

DAYS = st.dates(date(1970, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("27/8/2010", date(2010, 8, 27)),
        ("05/3/2020", date(2020, 3, 5)),
        ("5/3/2020", date(2020, 3, 5)),
        ("05/03/2020", date(2020, 3, 5)),
        ("31.12.2016", date(2016, 12, 31)),
        ("31-12-2016", date(2016, 12, 31)),
        (" 1 / 2 / 2017 ", date(2017, 2, 1)),
        ("1/2/17", date(2017, 2, 1)),
        ("1/2/69", date(2069, 2, 1)),
        ("1/2/70", date(1970, 2, 1)),
        ("2016-12-31", date(2016, 12, 31)),
        ("2016-12-31 00:00:00", date(2016, 12, 31)),
        ("2016-12-31T00:00", date(2016, 12, 31)),
        ("2016-12-31T00:00:00Z", date(2016, 12, 31)),
        ("ngày 05 tháng 01 năm 2026", date(2026, 1, 5)),
        ("Ngày 5 tháng 1 năm 2026.", date(2026, 1, 5)),
        ("5 tháng 1, năm 2026", date(2026, 1, 5)),
        ("29/2/2016", date(2016, 2, 29)),
        ("1/1/1900", date(1900, 1, 1)),
        ("31/12/2200", date(2200, 12, 31)),
    ],
)
def test_read_day(text, day):
    assert read_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "12/31/2016",
        "29/2/2017",
        "0/1/2017",
        "1/2",
        "2/2017",
        "1/2-2017",
        "1/2/201",
        "31/12/1899",
        "1/1/2201",
        "20161231",
        "2016-13-01",
        "2016-12-31 10:00",
        "ngày 32 tháng 01 năm 2026",
        "hôm nay",
        "",
    ],
)
def test_no_day(text):
    assert read_day(text) is None


@given(DAYS)
def test_days_are_read_back(day):
    for written in (format_day(day), format_day_short(day), format_day_long(day), day.isoformat()):
        assert read_day(written) == day


@pytest.mark.parametrize(
    ("serial", "day"),
    [
        (43100, date(2017, 12, 31)),
        (32874, date(1990, 1, 1)),
        (73415, date(2100, 12, 31)),
        (2017, None),
        (0, None),
        (-5, None),
        (10**9, None),
    ],
)
def test_excel_serials(serial, day):
    assert day_of_serial(serial) == day


@pytest.mark.parametrize(
    ("day", "table", "short", "long"),
    [
        (date(2010, 8, 27), "27/08/2010", "27/8/2010", "ngày 27 tháng 8 năm 2010"),
        (date(2020, 3, 5), "05/03/2020", "05/3/2020", "ngày 05 tháng 3 năm 2020"),
        (date(2026, 1, 5), "05/01/2026", "05/01/2026", "ngày 05 tháng 01 năm 2026"),
        (date(2016, 2, 15), "15/02/2016", "15/02/2016", "ngày 15 tháng 02 năm 2016"),
        (date(2016, 12, 31), "31/12/2016", "31/12/2016", "ngày 31 tháng 12 năm 2016"),
    ],
)
def test_days_as_the_decree_writes_them(day, table, short, long):
    assert (format_day(day), format_day_short(day), format_day_long(day)) == (table, short, long)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2017", "2017"),
        ("năm 2017", "2017"),
        ("Năm 2017", "2017"),
        ("2017-h1", "2017-H1"),
        ("6 tháng đầu năm 2017", "2017-H1"),
        ("06 tháng cuối năm 2017", "2017-H2"),
        ("9 tháng đầu năm 2017", "2017-9M"),
        ("9 tháng năm 2017", "2017-9M"),
        ("9 tháng/2017", "2017-9M"),
        ("quý IV/2018", "2018-Q4"),
        ("Quý 4 năm 2018", "2018-Q4"),
        ("quý I/2018", "2018-Q1"),
        ("Q1/2018", "2018-Q1"),
        ("tháng 10/2018", "2018-10"),
        ("Tháng 1 năm 2018", "2018-01"),
        ("10/2018", "2018-10"),
        ("1/2018", "2018-01"),
    ],
)
def test_read_period(text, code):
    assert read_period(text) == code


@pytest.mark.parametrize(
    "text", ["", "quý V/2018", "quý IX/2018", "13/2018", "tháng 13/2018", "0/2018", "12 tháng đầu năm 2018", "2018-Q5", "18"]
)
def test_no_period(text):
    assert read_period(text) is None


EVERY_PERIOD = [code for kind in PeriodKind for code in all_of_year(kind, 2017)]


@pytest.mark.parametrize("code", EVERY_PERIOD)
def test_periods_are_read_back(code):
    assert read_period(code) == read_period(format_period(code)) == read_period(period_phrase(code)) == code


@pytest.mark.parametrize(
    ("code", "heading"),
    [
        ("2017", "Năm 2017"),
        ("2018-Q4", "Quý IV/2018"),
        ("2017-H1", "6 tháng đầu năm 2017"),
        ("2017-H2", "6 tháng cuối năm 2017"),
        ("2017-9M", "9 tháng đầu năm 2017"),
        ("2017-01", "Tháng 1/2017"),
    ],
)
def test_periods_as_headings(code, heading):
    assert format_period(code) == heading


def test_a_phrase_for_no_period_is_a_bug():
    with pytest.raises(ValueError, match="2017-Q5"):
        period_phrase("2017-Q5")


def test_days_and_moments_for_programs():
    assert (json_day(date(2017, 1, 5)), json_day(None)) == ("2017-01-05", None)
    assert json_moment(datetime(2017, 12, 20, 3, 0, 59, 999_000, tzinfo=UTC)) == "2017-12-20T03:00:59Z"
    assert json_moment(datetime(2017, 12, 20, 10, tzinfo=timezone(timedelta(hours=7)))) == "2017-12-20T03:00:00Z"
