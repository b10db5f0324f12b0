from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop_app.text.numbers import (
    Figure,
    Problem,
    Read,
    format_against_goal,
    format_figure,
    format_percent,
    json_figure,
    meets,
    official_count,
    official_ratio,
    places_of,
    read_figure,
    round_half_up,
)

DECIMALS = st.decimals(min_value=-(10**12), max_value=10**12, places=4, allow_nan=False)
FRACTIONS = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**12)


def _values(text: str, kind: Figure = Figure.DECIMAL, places: int = 4, **form: bool) -> list[str]:
    return [f"{value:f}" for value in read_figure(text, kind, places, **form).values]


# -- reading -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,5", "1234.5"),
        ("1234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234,5", "1234.5"),
        ("1\u202f234", "1234"),
        ("1'234.5", "1234.5"),
        ("85.5", "85.5"),
        ("85,5", "85.5"),
        ("0,633", "0.633"),
        ("0.123", "0.123"),
        ("12.34", "12.34"),
        ("1234.567", "1234.567"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1.234.567,8", "1234567.8"),
        ("12 345 678", "12345678"),
        ("04", "4"),
        ("+5", "5"),
        ("-5,5", "-5.5"),
        ("− 5", "-5"),
        ("–5", "-5"),
        ("１２，５", "12.5"),
        ("1\u200b2", "12"),
        ("0", "0"),
    ],
)
def test_clear_figures(text, value):
    assert _values(text) == [value]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1.234", ["1234", "1.234"]),
        ("1,234", ["1.234", "1234"]),
        ("-1.234", ["-1234", "-1.234"]),
        ("1.000", ["1000", "1.000"]),
        ("123.456", ["123456", "123.456"]),
    ],
)
def test_figures_with_two_readings_are_returned_with_both(text, values):
    assert _values(text) == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234", "1234"),
        ("1,234", "1234"),
        ("1.000", "1000"),
        ("3,0", "3.0"),
        ("3.00", "3.00"),
        ("04", "4"),
        ("1.234,0", "1234.0"),
        ("5.000", "5000"),
        ("1,000,000", "1000000"),
        ("1,000.0", "1000.0"),
        ("5,00", "5.00"),
        ("0,000", "0.000"),
    ],
)
def test_a_count_has_one_reading(text, value):
    assert _values(text, Figure.COUNT, 0) == [value]


@pytest.mark.parametrize("own_form", [False, True])
@pytest.mark.parametrize(
    ("text", "values"), [("5,000", ["5.000", "5000"]), ("12,000", ["12.000", "12000"]), ("-5,000", ["-5.000", "-5000"])]
)
def test_a_count_with_a_comma_before_three_zeros_has_two_readings(text, values, own_form):
    assert _values(text, Figure.COUNT, 0, own_form=own_form) == values


@pytest.mark.parametrize("text", ["3,7", "3.7", "1.234,5", "0,123"])
def test_a_count_with_decimals_is_not_whole(text):
    read = read_figure(text, Figure.COUNT)
    assert read.values == ()
    assert read.problem is Problem.NOT_WHOLE
    assert read.rejected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "abc",
        "1.2.3",
        "1.23.456",
        "12 34",
        "1,23,456",
        "1..2",
        "1.",
        ",5",
        "1e5",
        "1/2",
        "٣",
        "5-3",
        "--5",
        "1.234 5",
        "%",
    ],
)
def test_unreadable(text):
    assert read_figure(text, Figure.PERCENT, 4) == Read(problem=Problem.UNREADABLE)


def test_more_digits_than_any_figure_has():
    assert read_figure("9" * 28, Figure.COUNT).values == (Decimal("9" * 28),)
    assert read_figure("9" * 29, Figure.COUNT).problem is Problem.UNREADABLE


@pytest.mark.parametrize(
    ("text", "value"), [("12%", "12"), ("85 %", "85"), ("12,5％", "12.5"), ("0,5%", "0.5"), ("85", "85")]
)
def test_percentages(text, value):
    assert _values(text, Figure.PERCENT, 2) == [value]


@pytest.mark.parametrize("kind", [Figure.COUNT, Figure.DECIMAL, Figure.MONEY])
def test_a_per_cent_sign_where_none_is_asked(kind):
    assert read_figure("12%", kind, 2).problem is Problem.PERCENT_SIGN


def test_too_many_places():
    read = read_figure("1,2345", Figure.DECIMAL, 2)
    assert (read.values, read.problem, read.rejected) == ((), Problem.TOO_MANY_PLACES, (Decimal("1.2345"),))


def test_trailing_zeros_are_no_places():
    assert _values("1,5000", places=1) == ["1.5000"]


@pytest.mark.parametrize(
    ("text", "values"),
    [("1.234", ["1234"]), ("1,234", ["1.234"]), ("85.5", ["85.5"]), ("1,234.5", ["1234.5"]), ("1.234,5", ["1234.5"])],
)
def test_own_forms_read_as_vietnamese_where_that_fits(text, values):
    assert _values(text, own_form=True) == values


def test_own_forms_ask_where_the_vietnamese_reading_does_not_fit():
    assert _values("1,234", places=2, own_form=True) == ["1.234", "1234"]
    assert _values("1,234", Figure.COUNT, 0, own_form=True) == ["1234"]
    assert _values("5,00", Figure.COUNT, 0, own_form=True) == ["5.00"]


@given(DECIMALS)
def test_what_is_written_is_read_back(value):
    assert read_figure(format_figure(value), Figure.DECIMAL, 4, own_form=True).values == (value,)


@given(st.integers(-(10**15), 10**15))
def test_a_count_is_read_back_from_anywhere(value):
    assert read_figure(format_figure(value), Figure.COUNT).values == (Decimal(value),)


@given(DECIMALS)
def test_what_is_written_is_among_the_readings_of_a_foreign_text(value):
    assert value in read_figure(format_figure(value), Figure.DECIMAL, 4).values


@given(st.text(alphabet="0123456789.,' -+%xk"))
def test_reading_any_text_gives_values_or_a_problem(text):
    for kind in Figure:
        for own_form in (True, False):
            read = read_figure(text, kind, 0 if kind is Figure.COUNT else 3, own_form=own_form)
            assert bool(read.values) == (read.problem is Problem.NONE)
            assert len(set(read.values)) == len(read.values) <= 2


@given(st.text(alphabet="0123456789.,"))
def test_an_own_form_never_widens_the_readings(text):
    own = read_figure(text, Figure.DECIMAL, 4, own_form=True).values
    assert set(own) <= set(read_figure(text, Figure.DECIMAL, 4).values)


# -- writing -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1234567, "1.234.567"),
        (-1234, "-1.234"),
        (Decimal("1234.50"), "1.234,5"),
        (Fraction(91000, 1100), "82,727273"),
        (Decimal("-0.00"), "0"),
        (Decimal("1E+3"), "1.000"),
    ],
)
def test_format_figure(value, text):
    assert format_figure(value) == text


def test_format_figure_with_fixed_or_bounded_places():
    assert format_figure(Decimal("99.95"), 1) == "100,0"
    assert format_figure(5, 2) == "5,00"
    assert format_figure(Fraction(1, 3), max_places=2) == "0,33"
    assert format_figure(Fraction(-1, 1000), 1) == "0,0"


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [("0.5", 0, "1"), ("-0.5", 0, "-1"), ("2.5", 0, "3"), ("0.04", 1, "0.0"), ("1.005", 2, "1.01"), ("-0.04", 1, "0.0")],
)
def test_halves_are_rounded_away_from_zero(value, places, rounded):
    assert str(round_half_up(Decimal(value), places)) == rounded


@given(FRACTIONS, st.integers(0, 8))
def test_rounding_is_never_off_by_more_than_half_a_place(value, places):
    assert abs(Fraction(round_half_up(value, places)) - value) * 2 <= Fraction(1, 10**places)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(91000, 1100), "82.727273"),
        (Fraction(1, 2), "0.5"),
        (100, "100"),
        (Decimal("1234.500"), "1234.5"),
        (Fraction(-1, 10**7), "0"),
        (Fraction(1, 2 * 10**6), "0.000001"),
        (Decimal(10) ** 20, "100000000000000000000"),
    ],
)
def test_json_figure(value, text):
    assert json_figure(value) == text


@given(DECIMALS)
def test_json_figures_are_exact_up_to_six_places(value):
    assert Decimal(json_figure(value)) == value


@pytest.mark.parametrize(("value", "places"), [("3.0", 0), ("0.25", 2), ("1E+3", 0), ("0", 0), ("0.10", 1), ("NaN", 0)])
def test_places_of(value, places):
    assert places_of(Decimal(value)) == places


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0"), (1, "01"), (4, "04"), (9, "09"), (10, "10"), (34, "34"), (1284, "1.284")]
)
def test_counts_of_official_sentences(count, text):
    assert official_count(count) == text


def test_ratios_of_official_sentences():
    assert official_ratio(4, 34) == "04/34"
    assert official_ratio(30, 34) == "30/34"
    assert official_ratio(0, 5) == "0/05"


def test_percent_has_no_space():
    assert format_percent(Fraction(91000, 1100)) == "82,7%"
    assert format_percent(100) == "100%"
    assert format_percent(Decimal("12.345"), max_places=2) == "12,35%"


# -- verdicts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("comparator", "met", "not_met"),
    [
        ("ge", "80", "79.999999"),
        ("le", "80", "80.000001"),
        ("gt", "80.000001", "80"),
        ("lt", "79.999999", "80"),
        ("eq", "80", "80.000001"),
        ("approx", "88", "88.000001"),
        ("approx", "72", "71.999999"),
        ("up", "0.000001", "0"),
    ],
)
def test_meets(comparator, met, not_met):
    assert meets(Decimal(met), 80, comparator)
    assert not meets(Decimal(not_met), 80, comparator)


def test_meets_with_another_tolerance_and_an_unknown_comparator():
    assert not meets(Decimal(85), 80, "approx", 5)
    with pytest.raises(KeyError):
        meets(1, 1, "≥")


@pytest.mark.parametrize(
    ("value", "goal", "comparator", "text"),
    [
        ("79.96", 80, "ge", "79,96"),
        ("79.94", 80, "ge", "79,9"),
        ("79.9999996", 80, "ge", "79,9999996"),
        ("80", 80, "ge", "80"),
        ("80.04", 80, "ge", "80"),
        ("80.04", 80, "gt", "80,04"),
        ("80.04", 80, "eq", "80,04"),
        ("80", 80, "gt", "80"),
        ("88.04", 80, "approx", "88,04"),
        ("0.04", 0, "up", "0,04"),
        ("5.04", 5, "le", "5,04"),
    ],
)
def test_shown_figures_never_contradict_the_verdict(value, goal, comparator, text):
    assert format_against_goal(Decimal(value), goal, comparator) == text


def test_a_difference_too_small_to_print_is_cut_off():
    assert format_against_goal(80 - Fraction(1, 10**40), 80, "ge") == "80"


@given(FRACTIONS, DECIMALS, st.sampled_from(["ge", "le", "gt", "lt", "eq", "approx", "up"]))  # goals are typed decimals
def test_the_printed_figure_tells_the_verdict(value, goal, comparator):
    printed = format_against_goal(value, goal, comparator)
    read = read_figure(printed, Figure.DECIMAL, 30, own_form=True).values
    assume(read)
    assert meets(read[0], goal, comparator) == meets(value, goal, comparator)
