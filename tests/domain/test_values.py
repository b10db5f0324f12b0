from __future__ import annotations

import datetime as dt
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.entities import Element, ElementKind, Measure, PeriodKind, Value, ValueState
from desktop_app.domain.issues import Severity
from desktop_app.domain.values import (
    BLANK,
    LARGEST_AMOUNT,
    NOT_APPLICABLE,
    Answer,
    Outcome,
    answer_of,
    exact_number,
    figure_of,
    format_answer,
    json_answer,
    parse_cell,
    workbook_value,
)
from desktop_app.exchange.writing.styles import number_format
from desktop_app.text.catalogue import Catalogue, Language

EN = Catalogue(Language.EN)
VI = Catalogue(Language.VI)


def element(kind: ElementKind, unit: str = "", **more: object) -> Element:
    return Element(
        code="HT01a",
        name="Số liệu",
        kind=kind,
        measure=Measure.STOCK,
        unit=unit,
        definition="…",
        period_kinds=(PeriodKind.YEAR,),
        section="HT",
        **more,  # type: ignore[arg-type]
    )


COUNT = element(ElementKind.COUNT, "người")
DECIMAL = element(ElementKind.DECIMAL, "điểm", places=3)
COARSE = element(ElementKind.DECIMAL, "điểm", places=1)
PERCENT = element(ElementKind.DECIMAL, "%", places=2)
RANK = element(ElementKind.DECIMAL, "hạng")
MONEY = element(ElementKind.MONEY, "triệu đồng", scale_vnd=1_000_000)
DONG = element(ElementKind.MONEY, "đồng", scale_vnd=1)
YES_NO = element(ElementKind.YES_NO)
DAY = element(ElementKind.DAY)
TEXT = element(ElementKind.TEXT)
EVERY = (COUNT, DECIMAL, COARSE, PERCENT, RANK, MONEY, DONG, YES_NO, DAY, TEXT)
ZERO = Answer(ValueState.ZERO, 0)


def value(amount: int) -> Answer:
    return Answer(ValueState.VALUE, amount)


def words(text: str) -> Answer:
    return Answer(ValueState.VALUE, text=text)


# -- blanks, nothing, not applicable -----------------------------------------------------------------------------------


@pytest.mark.parametrize("what", EVERY, ids=lambda what: what.kind + what.unit)
@pytest.mark.parametrize("raw", [None, "", "  ", "\u200b", "\u00a0", "\ufeff"])
def test_blank(raw, what):
    reading = parse_cell(raw, "", what)
    assert (reading.outcome, reading.answer, reading.issue) == (Outcome.BLANK, BLANK, None)


@pytest.mark.parametrize("what", EVERY, ids=lambda what: what.kind + what.unit)
@pytest.mark.parametrize(
    "raw", ["không phát sinh", "KHÔNG PHÁT SINH", "Khong phat sinh.", "KPS", "kps", " K.P.S ", "Không PS"]
)
def test_not_applicable(raw, what):
    assert parse_cell(raw, "", what).answer == NOT_APPLICABLE


@pytest.mark.parametrize("own_form", [True, False])
@pytest.mark.parametrize("what", [COUNT, DECIMAL, PERCENT, MONEY], ids=lambda what: what.kind + what.unit)
@pytest.mark.parametrize("raw", ["-", "–", "—", "x", "X", "…", "...", "không", "Không", "ko", "không có", "/", "N/A"])
def test_a_dash_for_a_figure_is_asked(raw, what, own_form):
    reading = parse_cell(raw, "", what, own_form=own_form)
    assert (reading.outcome, reading.answer, reading.readings) == (Outcome.QUESTION, None, (ZERO, NOT_APPLICABLE))
    assert reading.issue.code == "figure_zero_or_none"
    assert reading.issue.severity is Severity.QUESTION


@pytest.mark.parametrize("what", EVERY, ids=lambda what: what.kind + what.unit)
def test_control_characters_are_refused(what):
    assert parse_cell("1\x00\x07", "", what).issue.code == "cell_control_character"


@pytest.mark.parametrize("what", [COUNT, MONEY, DAY, YES_NO], ids=lambda what: what.kind)
def test_errors_of_formulas_are_named(what):
    issue = parse_cell("#DIV/0!", "", what).issue
    assert issue.code == "cell_error"
    assert "#DIV/0!" in issue.text(VI)


# -- counts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "amount"),
    [
        ("1.234", 1234),
        ("1,234", 1234),
        ("1.000", 1000),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("１２", 12),
        ("04", 4),
        ("3,0", 3),
        ("25 người", 25),
        ("25người", 25),
        (12, 12),
        (3.0, 3),
        (1e6, 1_000_000),
        (Decimal(7), 7),
        (float(LARGEST_AMOUNT), LARGEST_AMOUNT),
    ],
)
@pytest.mark.parametrize("own_form", [True, False])
def test_counts(raw, amount, own_form):
    assert parse_cell(raw, "", COUNT, own_form=own_form).answer == value(amount)


@pytest.mark.parametrize(
    ("raw", "what", "first", "second"),
    [
        ("5,000", COUNT, 5, 5_000),
        ("12,000", COUNT, 12, 12_000),
        ("5,000 người", COUNT, 5, 5_000),
        ("5,000", DONG, 5, 5_000),
        ("5,000 đ", MONEY, 5, 5_000),
    ],
)
@pytest.mark.parametrize("own_form", [True, False])
def test_a_whole_figure_with_a_comma_before_three_zeros_is_asked(raw, what, first, second, own_form):
    """By the Vietnamese decimal comma it is 5, by the foreign one 5.000: a thousandfold error if guessed."""
    reading = parse_cell(raw, "", what, own_form=own_form)
    assert (reading.outcome, reading.readings) == (Outcome.QUESTION, (value(first), value(second)))
    assert reading.issue.code == "figure_ambiguous"


@pytest.mark.parametrize("own_form", [True, False])
def test_whole_figures_with_one_whole_reading_are_taken(own_form):
    for raw, amount in (("5.000", 5_000), ("1,234", 1_234), ("1,000,000", 1_000_000), ("5,00", 5)):
        assert parse_cell(raw, "", COUNT, own_form=own_form).answer == value(amount)
        assert parse_cell(raw, "", DONG, own_form=own_form).answer == value(amount)
    assert parse_cell("0,5", "", COUNT, own_form=own_form).issue.code == "figure_not_whole"


def test_in_own_forms_money_and_decimals_keep_the_decimal_comma():
    assert parse_cell("5,000", "", MONEY, own_form=True).answer == value(5_000_000)
    assert parse_cell("5,000", "", DECIMAL, own_form=True).answer == value(5_000)
    assert parse_cell("5,000", "", MONEY).readings == (value(5_000_000), value(5_000_000_000))


@pytest.mark.parametrize("raw", ["0", "0,0", 0, 0.0, -0.0, "000"])
def test_zero_is_a_state_of_its_own(raw):
    assert parse_cell(raw, "", COUNT).answer == ZERO


@pytest.mark.parametrize(
    ("raw", "code", "shown"),
    [
        ("3,7", "figure_not_whole", "3,7"),
        (3.7, "figure_not_whole", "3,7"),
        (-1, "figure_negative", "-1"),
        ("-1", "figure_negative", "-1"),
        (-0.5, "figure_negative", "-0,5"),
        (1e20, "figure_too_large", "100.000.000.000.000.000.000"),
        ("99.999.999.999.999.999", "figure_too_large", "99.999.999.999.999.999"),
        ("12%", "figure_percent_sign", "12%"),
        ("abc", "figure_unreadable", "abc"),
        ("25 máy", "figure_unreadable", "25 máy"),
        ("1e5", "figure_unreadable", "1e5"),
        ("có", "figure_unreadable", "có"),
        ("=A1", "figure_unreadable", "=A1"),
        (True, "figure_unreadable", "có"),
        (False, "figure_unreadable", "không"),
        (float("nan"), "figure_unreadable", "nan"),
        (float("inf"), "figure_unreadable", "inf"),
        (dt.time(1, 2), "figure_unreadable", "01:02:00"),
        (date(2016, 2, 1), "figure_is_day", "01/02/2016"),
        (datetime(2016, 2, 1, 3, 4), "figure_is_day", "01/02/2016"),  # noqa: DTZ001 - cells know no zone
    ],
)
def test_counts_that_cannot_be_taken(raw, code, shown):
    reading = parse_cell(raw, "", COUNT)
    assert (reading.outcome, reading.answer, reading.readings) == (Outcome.INVALID, None, ())
    assert reading.issue.code == code
    assert shown in reading.issue.text(VI)
    assert reading.issue.text(VI) != reading.issue.text(EN)


# -- decimals and percentages ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "amount"),
    [
        ("85.5", 85_500),
        ("85,5", 85_500),
        ("1.234,5", 1_234_500),
        ("1,234.5", 1_234_500),
        ("1234.567", 1_234_567),
        ("-2,5", -2_500),
        (0.1, 100),
        (0.1 + 0.2, 300),
        (0.633, 633),
        (1234.567, 1_234_567),
        ("0,633 điểm", 633),
    ],
)
def test_decimals(raw, amount):
    assert parse_cell(raw, "", DECIMAL).answer == value(amount)


@pytest.mark.parametrize(
    ("raw", "first", "second"), [("1.234", 1_234_000, 1_234), ("1,234", 1_234, 1_234_000), ("-1.234", -1_234_000, -1_234)]
)
def test_a_decimal_with_two_readings_is_asked(raw, first, second):
    reading = parse_cell(raw, "", DECIMAL)
    assert reading.outcome is Outcome.QUESTION
    assert reading.readings == (value(first), value(second))
    for answer in reading.readings:
        assert format_answer(DECIMAL, answer) in reading.issue.text(VI)


@pytest.mark.parametrize(
    ("raw", "amount"), [("1.234", 1_234_000), ("1,234", 1_234), ("85.5", 85_500), ("1.234,5", 1_234_500)]
)
def test_in_own_forms_a_dot_stands_between_thousands(raw, amount):
    assert parse_cell(raw, "", DECIMAL, own_form=True).answer == value(amount)


def test_a_reading_that_the_element_cannot_hold_is_no_choice():
    reading = parse_cell("1.234", "", COARSE)
    assert (reading.outcome, reading.readings) == (Outcome.QUESTION, (value(12_340),))


def test_two_readings_of_which_none_can_be_held():
    reading = parse_cell("-9.999.999.999.999,5", "", RANK)
    assert reading.issue.code == "figure_has_decimals"
    assert parse_cell("1.234", "", element(ElementKind.MONEY, "tỷ tỷ", scale_vnd=10**18)).issue.code == "figure_too_large"


@pytest.mark.parametrize(
    ("raw", "what", "code", "rounded"),
    [
        (85.1234, DECIMAL, "figure_too_many_places", "85,123"),
        ("85,1235", DECIMAL, "figure_too_many_places", "85,124"),
        (2.5, RANK, "figure_has_decimals", "3"),
        ("2,5", RANK, "figure_has_decimals", "3"),
    ],
)
def test_more_places_than_the_element_has(raw, what, code, rounded):
    issue = parse_cell(raw, "", what).issue
    assert issue.code == code
    assert f" {rounded}." in issue.text(VI)


@pytest.mark.parametrize(
    ("raw", "number_format", "amount"),
    [
        (85, "", 8_500),
        (85, "0%", 8_500),
        (1.5, "0.00%", 150),
        (0.85, "0%", 8_500),
        (1, "0%", 10_000),
        (0.8512, "0.00%", 8_512),
        (0.85, "0.00", 85),
        (0.85, '0.00"%"', 85),
        (0.85, r"0.00\%", 85),
        (0.85, "[Red]0%", 8_500),
        (-0.5, "", -50),
        ("85%", "", 8_500),
        ("85 %", "", 8_500),
        ("0,85%", "", 85),
        ("85,5", "@", 8_550),
    ],
)
def test_percentages(raw, number_format, amount):
    assert parse_cell(raw, number_format, PERCENT).answer == value(amount)


@pytest.mark.parametrize("number_format", ["", "General", "@"])
@pytest.mark.parametrize("raw", [0.85, "0,85", "0.85"])
def test_a_share_without_a_format_is_asked(raw, number_format):
    reading = parse_cell(raw, number_format, PERCENT)
    assert (reading.outcome, reading.readings) == (Outcome.QUESTION, (value(85), value(8_500)))
    assert reading.issue.code == "figure_percent_or_share"
    assert "0,85% hoặc 85%" in reading.issue.text(VI)


def test_a_share_that_its_format_rounds_away_is_asked():
    """The cell shows 1 where 0,85 was typed: nobody can have meant 0,85% there."""
    assert parse_cell(0.85, "0", PERCENT).readings == (value(85), value(8_500))
    assert parse_cell(1, "0", PERCENT).answer == value(100)


def test_one_is_asked_too_and_zero_is_zero():
    assert parse_cell(1, "", PERCENT).readings == (value(100), value(10_000))
    assert parse_cell(0, "", PERCENT).answer == ZERO


def test_in_own_forms_a_percentage_is_in_points():
    assert parse_cell("0,85", "", PERCENT, own_form=True).answer == value(85)


def test_a_share_with_too_many_places_can_only_be_a_share():
    reading = parse_cell(0.8512, "", PERCENT)
    assert (reading.outcome, reading.readings) == (Outcome.QUESTION, (value(8_512),))


def test_a_share_that_fits_neither_way_is_refused():
    reading = parse_cell(0.82727, "", PERCENT)
    assert (reading.outcome, reading.issue.code) == (Outcome.INVALID, "figure_too_many_places")
    assert "82,73" in reading.issue.text(VI)


# -- money -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "amount"),
    [
        ("1.234,5", 1_234_500_000),
        (1234.5, 1_234_500_000),
        (0.1 + 0.2, 300_000),
        ("25 triệu đồng", 25_000_000),
        ("1,7 tỷ đồng", 1_700_000_000),
        ("500.000 đ", 500_000),
        (0.000001, 1),
    ],
)
def test_money_in_its_shown_unit(raw, amount):
    assert parse_cell(raw, "", MONEY).answer == value(amount)


@pytest.mark.parametrize(
    ("raw", "code"), [("1,0000001", "money_below_dong"), (1e-7, "money_below_dong"), (-5, "figure_negative")]
)
def test_money_that_cannot_be_taken(raw, code):
    assert parse_cell(raw, "", MONEY).issue.code == code


def test_money_with_two_readings_is_asked_in_its_unit():
    reading = parse_cell("1.234", "", MONEY)
    assert reading.readings == (value(1_234_000_000), value(1_234_000))
    assert "1.234 hoặc 1,234" in reading.issue.text(VI)
    assert parse_cell("1.234", "", MONEY, own_form=True).answer == value(1_234_000_000)


def test_money_in_dong():
    assert parse_cell("1.234", "", DONG).answer == value(1_234)
    assert parse_cell("1,5", "", DONG).issue.code == "money_below_dong"


def test_money_without_a_unit_is_in_millions():
    assert parse_cell(2, "", element(ElementKind.MONEY)).answer == value(2_000_000)


# -- yes or no, days, texts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("raw", ["x", "X", "có", "Có", "CÓ", "co", "1", "true", "TRUE", "✓", "✔", 1, 1.0, True])
def test_yes(raw):
    assert parse_cell(raw, "", YES_NO).answer == value(1)


@pytest.mark.parametrize("raw", ["không", "Không", "khong", "ko", "0", "false", "FALSE", 0, 0.0, False])
def test_no_is_a_value_and_not_zero(raw):
    assert parse_cell(raw, "", YES_NO).answer == value(0)


@pytest.mark.parametrize("raw", ["-", "…", "không có"])
def test_a_dash_for_yes_or_no_is_asked(raw):
    reading = parse_cell(raw, "", YES_NO)
    assert (reading.outcome, reading.readings) == (Outcome.QUESTION, (value(0), NOT_APPLICABLE))


@pytest.mark.parametrize("raw", ["2", 2, 0.5, "đang làm", date(2017, 1, 1)])
def test_neither_yes_nor_no(raw):
    assert parse_cell(raw, "", YES_NO).issue.code == "cell_yes_no_unreadable"


@pytest.mark.parametrize(
    "raw",
    ["31/12/2017", "31.12.2017", "2017-12-31", 43100, 43100.75, date(2017, 12, 31), datetime(2017, 12, 31, 8)],  # noqa: DTZ001
)
def test_days(raw):
    assert parse_cell(raw, "dd/mm/yyyy", DAY).answer == words("2017-12-31")


@pytest.mark.parametrize("raw", ["12/31/2017", "quý IV/2017", "43100", 2017, 10**7, True, float("nan")])
def test_no_days(raw):
    reading = parse_cell(raw, "", DAY)
    assert reading.issue.code == "cell_day_unreadable"
    assert reading.outcome is Outcome.INVALID


def test_a_dash_for_a_day_can_only_be_nothing():
    assert parse_cell("-", "", DAY).readings == (NOT_APPLICABLE,)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  Đã ban hành\r\nnăm 2017 ", "Đã ban hành\nnăm 2017"),
        ("-", "-"),
        ("#REF!", "#REF!"),
        (5, "5"),
        (2.5, "2,5"),
        (True, "có"),
        (date(2017, 1, 2), "02/01/2017"),
        (datetime(2017, 1, 2, 3), "02/01/2017"),  # noqa: DTZ001
        (dt.time(7, 30), "07:30:00"),
    ],
)
def test_texts(raw, text):
    assert parse_cell(raw, "", TEXT).answer == words(text)


# -- writing -----------------------------------------------------------------------------------------------------------


def answers(what: Element) -> st.SearchStrategy[Answer]:
    if what.kind is ElementKind.DAY:
        held = st.dates(date(1990, 1, 1), date(2100, 12, 31)).map(lambda day: words(day.isoformat()))
    elif what.kind is ElementKind.TEXT:
        held = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf"]), min_size=1).map(
            lambda typed: parse_cell(typed, "", TEXT).answer
        )
    elif what.kind is ElementKind.YES_NO:
        held = st.sampled_from([value(0), value(1)])
    else:
        lowest = -LARGEST_AMOUNT if what.kind is ElementKind.DECIMAL else 0
        held = st.integers(lowest, LARGEST_AMOUNT).map(lambda amount: value(amount) if amount else ZERO)
    return st.one_of(held, st.just(NOT_APPLICABLE), st.just(BLANK))


@st.composite
def answered(draw: st.DrawFn) -> tuple[Element, Answer]:
    what = draw(st.sampled_from(EVERY))
    return what, draw(answers(what))


@given(answered())
def test_what_is_shown_is_read_back(pair):
    what, answer = pair
    assert parse_cell(format_answer(what, answer), "", what, own_form=True).answer == answer


@given(answered())
def test_what_a_workbook_holds_is_read_back(pair):
    what, answer = pair
    raw = workbook_value(what, answer)
    assert parse_cell(raw, number_format(what.kind, what.places), what).answer == answer


@given(answered())
def test_a_workbook_read_by_another_program_is_read_back(pair):
    """Excel keeps fifteen digits of a number, as a binary fraction."""
    what, answer = pair
    raw = workbook_value(what, answer)
    if isinstance(raw, int | Decimal) and len(Decimal(raw).as_tuple().digits) <= 15:
        assert parse_cell(float(raw), number_format(what.kind, what.places), what).answer == answer


@given(st.sampled_from(EVERY), st.text(alphabet="0123456789.,'- %xkhôngcóKPS/…"), st.booleans())
def test_any_text_has_exactly_one_outcome(what, text, own_form):
    reading = parse_cell(text, "", what, own_form=own_form)
    assert (reading.answer is not None) == (reading.outcome in {Outcome.VALUE, Outcome.BLANK})
    assert bool(reading.readings) == (reading.outcome is Outcome.QUESTION)
    assert (reading.issue is not None) == (reading.outcome in {Outcome.QUESTION, Outcome.INVALID})
    if reading.issue:
        assert reading.issue.text(VI) != reading.issue.text(EN)
    for answer in (*reading.readings, *([reading.answer] if reading.answer else [])):
        assert parse_cell(format_answer(what, answer), "", what, own_form=True).answer == answer


@given(st.sampled_from(EVERY), st.floats(), st.sampled_from(["", "General", "0%", "0.00", "dd/mm/yyyy"]))
def test_any_number_has_exactly_one_outcome(what, number, number_format):
    reading = parse_cell(number, number_format, what)
    assert (reading.answer is not None) == (reading.outcome is Outcome.VALUE)
    assert bool(reading.readings) == (reading.outcome is Outcome.QUESTION)
    assert (reading.issue is not None) == (reading.outcome is not Outcome.VALUE)
    if reading.issue:
        assert reading.issue.text(VI) != reading.issue.text(EN)


@pytest.mark.parametrize(
    ("what", "answer", "shown", "json"),
    [
        (COUNT, value(1234), "1.234", "1234"),
        (COUNT, ZERO, "0", "0"),
        (DECIMAL, value(85_500), "85,5", "85.5"),
        (PERCENT, value(8_512), "85,12", "85.12"),
        (MONEY, value(1_234_500_000), "1.234,5", "1234.5"),
        (MONEY, value(1), "0,000001", "0.000001"),
        (YES_NO, value(1), "có", "1"),
        (YES_NO, value(0), "không", "0"),
        (DAY, words("2017-12-31"), "31/12/2017", "2017-12-31"),
        (TEXT, words("đã xong"), "đã xong", "đã xong"),
        (COUNT, NOT_APPLICABLE, "không phát sinh", None),
        (COUNT, BLANK, "", None),
    ],
)
def test_answers_as_people_and_programs_see_them(what, answer, shown, json):
    assert format_answer(what, answer) == shown
    assert json_answer(what, answer) == json


@pytest.mark.parametrize(
    ("what", "answer", "held"),
    [
        (COUNT, value(1234), 1234),
        (DECIMAL, value(85_500), Decimal("85.5")),
        (RANK, value(17), 17),
        (MONEY, value(1_234_500_000), Decimal("1234.5")),
        (YES_NO, value(1), "có"),
        (DAY, words("2017-12-31"), date(2017, 12, 31)),
        (TEXT, words("a"), "a"),
        (COUNT, NOT_APPLICABLE, "không phát sinh"),
        (COUNT, BLANK, None),
    ],
)
def test_answers_as_workbooks_hold_them(what, answer, held):
    assert workbook_value(what, answer) == held


def test_the_answer_of_a_row():
    row = Value(unit_id=1, element_id=1, period="2017", state=ValueState.VALUE, amount=5, note="vì")
    assert answer_of(row) == value(5)
    assert answer_of(None) == BLANK
    assert figure_of(MONEY, value(1_500_000)) == Decimal("1.5")
    assert figure_of(DAY, words("2017-12-31")) is None


def test_exact_numbers():
    assert exact_number(0.1) == Decimal("0.1")
    assert exact_number(True) is None
    assert exact_number("1") is None
