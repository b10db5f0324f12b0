"""The same cells mean the same, whatever format a workbook was saved in."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from desktop_app.exchange.prescan import scan
from desktop_app.exchange.reader import read_sheets
from desktop_app.exchange.workbook import Sheet
from desktop_app.text.dates import FROM_1904
from tests.exchange.odd_book import KEPT, TCVN3, odd_book

SAVED = ("odd.xlsx", "odd.xls", "odd.ods", "odd-1904.xlsx", "odd-1904.xls")
PER_CENT = {(2, 0), (5, 0), *((row, 1) for row in range(25, 29))}
RUNS = [("KÕ ho¹ch ", ".VnTime"), ("năm 2017", "Arial")]


def only_sheet(content: bytes) -> Sheet:
    (sheet,) = read_sheets(scan(content))
    return sheet


@pytest.fixture(params=SAVED)
def saved(request: pytest.FixtureRequest) -> Sheet:
    return only_sheet((KEPT / request.param).read_bytes())


def test_values(saved: Sheet) -> None:
    assert saved.name == "Số liệu"
    assert [row[0] for row in saved.rows[:24]] == [
        "chữ",
        1234.5,
        0.85,
        0.85,
        0.85,
        1.0,
        True,
        date(2017, 5, 6),
        datetime(2017, 5, 6, 10, 30),  # noqa: DTZ001 - cells know no zone
        time(7, 30),
        "",
        "",
        12.5,
        "ab",
        TCVN3,
        "KÕ ho¹ch năm 2017",
        "hai  khoảng   trắng",
        "dòng 1\ndòng 2",
        "góp ý",
        43100.0,
        "ô gộp",
        "",
        "",
        True,
    ]
    assert [type(saved.rows[row][0]) for row in (5, 6, 23)] == [float, bool, bool]
    assert saved.rows[24:] == [["", "", 7.0, 7.0, 7.0], *([["", 0.5, "", "", ""]] * 4)]


def test_errors_and_formulas(saved: Sheet) -> None:
    assert saved.errors == {(10, 0): "#DIV/0!", (11, 0): "#N/A"}
    assert saved.uncalculated == set()


def test_per_cent_is_known(saved: Sheet) -> None:
    assert {address for address, shape in saved.formats.items() if "%" in shape} == PER_CENT


def test_merged_areas(saved: Sheet) -> None:
    assert saved.merges == [(20, 0, 21, 1)]


def test_legacy_fonts(saved: Sheet) -> None:
    assert saved.fonts[14, 0] == ".VnTime"
    assert (15, 0) in saved.fonts or saved.runs[15, 0] == RUNS
    assert not {(row, 0) for row in (0, 16, 17, 18)} & (saved.fonts.keys() | saved.runs.keys())


@pytest.mark.parametrize("name", SAVED)
def test_numbers_of_old_macintosh_workbooks_count_days_from_1904(name: str) -> None:
    shape = only_sheet((KEPT / name).read_bytes()).formats.get((19, 0), "")
    assert shape.startswith(FROM_1904) == ("1904" in name)


@pytest.mark.parametrize("name", ["odd.xls", "odd.ods"])
def test_formats_of_shares_are_known(name: str) -> None:
    formats = only_sheet((KEPT / name).read_bytes()).formats
    assert formats[3, 0] in {"", "General"}
    assert formats[4, 0] == "0.00"


def test_formulas_of_a_library_have_no_value() -> None:
    sheet = only_sheet(odd_book())
    assert sheet.uncalculated == {(row, 0) for row in (10, 11, 12, 13, 23)}
    assert sheet.errors == {}
    assert {address for address, shape in sheet.formats.items() if "%" in shape} == PER_CENT
