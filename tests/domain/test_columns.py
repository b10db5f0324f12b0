from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.columns import (
    DEPLOYMENT_WORDS,
    TASK_WORDS,
    SheetColumn,
    column_value,
    format_column,
    parse_choice,
    parse_column,
)
from desktop_app.domain.entities import DeploymentStatus, TaskStatus
from desktop_app.domain.values import Outcome
from desktop_app.text.catalogue import Catalogue

VI = Catalogue()
FIGURES = (SheetColumn.USERS, SheetColumn.PERCENT, SheetColumn.DISBURSED)


def test_the_lists_are_those_of_the_contract():
    assert list(DEPLOYMENT_WORDS.values()) == ["chưa triển khai", "đang triển khai", "đang sử dụng", "ngừng sử dụng"]
    assert list(TASK_WORDS.values()) == ["chưa bắt đầu", "đang thực hiện", "hoàn thành", "tạm dừng", "bãi bỏ"]
    assert set(DEPLOYMENT_WORDS) == set(DeploymentStatus)
    assert set(TASK_WORDS) == set(TaskStatus)


@pytest.mark.parametrize(
    "typed",
    [
        "hoàn thành",
        "Hoàn Thành",
        "HOÀN THÀNH",
        "hòan thành",
        " hoàn  thành. ",
        unicodedata.normalize("NFD", "hoàn thành"),
        "hoan thanh",
    ],
)
def test_a_status_is_recognised(typed):
    assert parse_column(typed, "", SheetColumn.TASK_STATUS).value is TaskStatus.DONE


@pytest.mark.parametrize("typed", ["đã hoàn thành", "xong", "hoàn", "hoán thành", 5])
def test_a_status_that_is_not_in_the_list(typed):
    reading = parse_column(typed, "", SheetColumn.TASK_STATUS)
    assert (reading.outcome, reading.issue.code) == (Outcome.INVALID, "status_unknown")
    assert "hoàn thành; tạm dừng" in reading.issue.text(VI)


def test_a_word_without_diacritics_that_could_be_two_is_none():
    class_words = {TaskStatus.DONE: "tạm", TaskStatus.PAUSED: "tăm"}
    assert parse_choice("tam", class_words) is None
    assert parse_choice("tăm", class_words) is TaskStatus.PAUSED


@pytest.mark.parametrize("column", list(SheetColumn))
@pytest.mark.parametrize("raw", [None, "", " \u00a0"])
def test_blank(raw, column):
    assert parse_column(raw, "", column).outcome is Outcome.BLANK


@pytest.mark.parametrize("column", [SheetColumn.DEPLOYMENT_STATUS, SheetColumn.TASK_STATUS, SheetColumn.SINCE])
@pytest.mark.parametrize("raw", ["-", "…", "không"])
def test_a_dash_where_nothing_may_stand_is_a_blank(raw, column):
    assert parse_column(raw, "", column).outcome is Outcome.BLANK


def test_nothing_arose_since_is_a_blank():
    assert parse_column("KPS", "", SheetColumn.SINCE).outcome is Outcome.BLANK


@pytest.mark.parametrize("column", FIGURES)
@pytest.mark.parametrize("raw", ["-", "x", "…", "không", "KPS", "không phát sinh"])
def test_a_dash_for_a_figure_is_asked(raw, column):
    reading = parse_column(raw, "", column)
    assert (reading.outcome, reading.value, reading.readings) == (Outcome.QUESTION, None, (0, None))
    assert reading.issue.code == "field_zero_or_blank"


@pytest.mark.parametrize(
    ("column", "raw", "number_format", "value"),
    [
        (SheetColumn.DEPLOYMENT_STATUS, "Đang sử dụng", "", DeploymentStatus.IN_USE),
        (SheetColumn.SINCE, "1/2/2017", "", date(2017, 2, 1)),
        (SheetColumn.SINCE, 43100, "dd/mm/yyyy", date(2017, 12, 31)),
        (SheetColumn.USERS, "1.234", "", 1234),
        (SheetColumn.USERS, 0, "", 0),
        (SheetColumn.PERCENT, 85, "", 85),
        (SheetColumn.PERCENT, 0.85, "0%", 85),
        (SheetColumn.PERCENT, "85 %", "", 85),
        (SheetColumn.PERCENT, 0, "", 0),
        (SheetColumn.PERCENT, 100.0, "", 100),
        (SheetColumn.DISBURSED, "1.234,5", "", 1_234_500_000),
        (SheetColumn.DISBURSED, 0.5, "", 500_000),
        (SheetColumn.DISBURSED, "1,7 tỷ đồng", "", 1_700_000_000),
        (SheetColumn.NOTE, " Đã ký\r\nhợp đồng ", "", "Đã ký\nhợp đồng"),
        (SheetColumn.NOTE, 5, "", "5"),
        (SheetColumn.NOTE, 5.0, "", "5"),
        (SheetColumn.NOTE, date(2017, 1, 2), "", "02/01/2017"),
        (SheetColumn.NOTE, "-", "", "-"),
    ],
)
def test_values(column, raw, number_format, value):
    reading = parse_column(raw, number_format, column)
    assert (reading.outcome, reading.value, reading.issue, reading.readings) == (Outcome.VALUE, value, None, ())


@pytest.mark.parametrize("column", list(SheetColumn))
def test_control_characters_are_refused(column):
    assert parse_column("a\x07b", "", column).issue.code == "cell_control_character"


@pytest.mark.parametrize(
    ("column", "raw", "readings"),
    [
        (SheetColumn.PERCENT, 1, (1, 100)),
        (SheetColumn.PERCENT, 0.5, (50,)),
        (SheetColumn.DISBURSED, "1.234", (1_234_000_000, 1_234_000)),
    ],
)
def test_questions(column, raw, readings):
    reading = parse_column(raw, "", column)
    assert (reading.outcome, reading.readings) == (Outcome.QUESTION, readings)
    assert reading.issue is not None


@pytest.mark.parametrize(
    ("column", "raw", "code"),
    [
        (SheetColumn.SINCE, "12/31/2017", "cell_day_unreadable"),
        (SheetColumn.USERS, "-5", "figure_negative"),
        (SheetColumn.USERS, "2,5", "figure_not_whole"),
        (SheetColumn.PERCENT, 101, "percent_out_of_range"),
        (SheetColumn.PERCENT, -1, "percent_out_of_range"),
        (SheetColumn.PERCENT, "1.234", "percent_out_of_range"),
        (SheetColumn.PERCENT, "85,5", "figure_has_decimals"),
        (SheetColumn.DISBURSED, "0,0000001", "money_below_dong"),
        (SheetColumn.DISBURSED, "nhiều", "figure_unreadable"),
    ],
)
def test_cells_that_cannot_be_taken(column, raw, code):
    reading = parse_column(raw, "", column)
    assert (reading.outcome, reading.value, reading.issue.code) == (Outcome.INVALID, None, code)


def test_own_forms_read_a_dot_as_thousands():
    assert parse_column("1.234", "", SheetColumn.DISBURSED, own_form=True).value == 1_234_000_000


VALUES = {
    SheetColumn.DEPLOYMENT_STATUS: st.sampled_from(DeploymentStatus),
    SheetColumn.TASK_STATUS: st.sampled_from(TaskStatus),
    SheetColumn.SINCE: st.dates(date(1990, 1, 1), date(2100, 12, 31)),
    SheetColumn.USERS: st.integers(0, 10**9),
    SheetColumn.PERCENT: st.integers(0, 100),
    SheetColumn.DISBURSED: st.integers(0, 10**15),
    SheetColumn.NOTE: st.text(alphabet="ghi chú 1.234,5-…", min_size=1).map(str.strip).filter(bool),
}


@given(st.data(), st.sampled_from(SheetColumn))
def test_what_is_shown_is_read_back(data, column):
    value = data.draw(VALUES[column])
    assert parse_column(format_column(column, value), "", column, own_form=True).value == value


@given(st.data(), st.sampled_from(SheetColumn))
def test_what_a_workbook_holds_is_read_back(data, column):
    value = data.draw(VALUES[column])
    assert parse_column(column_value(column, value), "#,##0.######", column).value == value


def test_blanks_are_written_as_nothing():
    assert format_column(SheetColumn.USERS, None) == ""
    assert column_value(SheetColumn.DISBURSED, None) is None
    assert column_value(SheetColumn.DISBURSED, 1_500_000) == Decimal("1.5")


@pytest.mark.parametrize(
    ("raw", "typed"), [(2017.0, "2017"), (2017, "2017"), (20170315.0, "20170315"), (15.3, "15,3"), (True, "có")]
)
def test_a_number_that_is_no_day_is_told_as_it_was_typed(raw, typed):
    reading = parse_column(raw, "General", SheetColumn.SINCE)
    assert (reading.issue.code, dict(reading.issue.params)) == ("cell_day_unreadable", {"typed": typed})
