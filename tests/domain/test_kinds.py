"""Every kind of value comes back from storage as it went in, and says what it does not take."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain import kinds
from desktop_app.domain.entities import PeriodKind, UnitKind
from desktop_app.domain.issues import ISSUES

NUMBERS = st.decimals(min_value=-(10**12), max_value=10**12, places=6)
INSTANTS = st.datetimes(datetime(1900, 1, 1), datetime(2200, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
KINDS: list[tuple[kinds.Kind[Any], st.SearchStrategy[Any]]] = [
    (kinds.Text(multiline=True), st.text()),
    (kinds.Integer(), st.integers(-(2**63) + 1, 2**63 - 1)),
    (kinds.Money(), st.integers(0, 2**63 - 1)),
    (kinds.Number(), NUMBERS),
    (kinds.Day(), st.dates(date(1900, 1, 1), date(2200, 12, 31))),
    (kinds.Instant(), INSTANTS),
    (kinds.PeriodCode(), st.from_regex(r"\A[0-9]{4}(-(H[12]|9M|Q[1-4]|0[1-9]|1[0-2]))?\Z")),
    (kinds.Flag(), st.booleans()),
    (kinds.Choice(UnitKind), st.sampled_from(UnitKind)),
    (kinds.Choices(PeriodKind), st.lists(st.sampled_from(PeriodKind), unique=True).map(tuple)),
    (kinds.Words(), st.lists(st.from_regex(r"\A[A-Z0-9-]+\Z")).map(tuple)),
    (kinds.Ref("unit"), st.integers(1, 2**63 - 1)),
    (kinds.Blob(), st.binary()),
]


@pytest.mark.parametrize(("kind", "values"), KINDS, ids=lambda item: type(item).__name__)
def test_what_is_stored_comes_back(kind, values):
    @given(values)
    def comes_back(value):
        if kind.check(value) is None:
            normal = kind.normalise(value)
            assert kind.from_db(kind.to_db(value)) == normal
            assert kind.normalise(normal) == normal
            assert kind.check(normal) is None

    comes_back()


@pytest.mark.parametrize(
    ("kind", "value", "stored"),
    [
        (kinds.Text(), "Sơ\u0309", "Sở"),
        (kinds.Number(), Decimal("0.500"), "0.5"),
        (kinds.Number(), Decimal("1E+2"), "100"),
        (kinds.Number(), Decimal("-0.0"), "0"),
        (kinds.Day(), date(2017, 1, 5), "2017-01-05"),
        (kinds.Instant(), datetime(2017, 1, 5, 7, 0, 0, 1999, timezone(timedelta(hours=7))), "2017-01-05T00:00:00.001Z"),
        (kinds.Flag(), True, 1),
        (kinds.Choices(PeriodKind), (PeriodKind.QUARTER, PeriodKind.YEAR), "Q Y"),
        (kinds.Words(), ("S3-18", "S0-04"), "S3-18 S0-04"),
    ],
)
def test_what_stands_in_the_file(kind, value, stored):
    assert kind.check(value) is None
    assert kind.to_db(value) == stored
    assert type(kind.to_db(value)) is type(stored)


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        (kinds.Text(), "a\x00", "text_control_character"),
        (kinds.Text(), "a\x7f", "text_control_character"),
        (kinds.Text(), "a\nb", "text_line_break"),
        (kinds.Text(pattern="[A-Z]+"), "Ab", "text_pattern"),
        (kinds.Integer(), 2**63, "number_out_of_range"),
        (kinds.Integer(), -(2**63), "number_out_of_range"),
        (kinds.Integer(minimum=1, maximum=5), 0, "number_out_of_range"),
        (kinds.Integer(minimum=1, maximum=5), 6, "number_out_of_range"),
        (kinds.Money(), -1, "number_out_of_range"),
        (kinds.Number(), Decimal("NaN"), "number_not_finite"),
        (kinds.Number(), Decimal("0.0000001"), "number_too_many_places"),
        (kinds.Day(), date(1899, 12, 31), "day_out_of_range"),
        (kinds.Day(), date(2201, 1, 1), "day_out_of_range"),
        (kinds.Instant(), datetime(2017, 1, 5), "instant_without_zone"),  # noqa: DTZ001 - that is the point
        (kinds.PeriodCode(), "2017-Q5", "period_unknown"),
        (kinds.PeriodCode(), "2017-13", "period_unknown"),
        (kinds.PeriodCode(), "２０１７", "period_unknown"),
        (kinds.Flag(), 1, "flag_not_boolean"),
        (kinds.Choice(UnitKind), "castle", "choice_unknown"),
        (kinds.Choice(UnitKind), str(UnitKind.DEPARTMENT), "choice_unknown"),
        (kinds.Choices(PeriodKind), (PeriodKind.YEAR, "week"), "choice_unknown"),
        (kinds.Words(), ("a b",), "word_with_space"),
        (kinds.Words(), ("",), "word_with_space"),
        (kinds.Ref("unit"), 0, "reference_missing"),
        (kinds.Blob(), "text", "blob_not_bytes"),
    ],
)
def test_what_is_not_taken(kind, value, code):
    assert kind.check(value) == code
    assert code in ISSUES


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (kinds.Text(multiline=True), "a\nb\tc"),
        (kinds.Integer(minimum=1, maximum=5), 1),
        (kinds.Integer(minimum=1, maximum=5), 5),
        (kinds.Number(), Decimal("0.000001")),
        (kinds.Day(), date(1900, 1, 1)),
        (kinds.Day(), date(2200, 12, 31)),
        (kinds.Ref("unit"), 1),
    ],
)
def test_bounds_are_taken(kind, value):
    assert kind.check(value) is None
