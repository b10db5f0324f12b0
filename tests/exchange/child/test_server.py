"""The same cells mean the same, whatever format a workbook was saved in."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date, datetime, time

import pytest

from desktop_app.exchange.child import server
from desktop_app.exchange.child.server import read_sheets
from desktop_app.exchange.scanning.prescan import scan
from desktop_app.exchange.workbook import Sheet
from desktop_app.text.dates import FROM_1904
from tests.exchange.odd_book import KEPT, TCVN3, odd_book

SAVED = ("odd.xlsx", "odd.xls", "odd.ods", "odd-1904.xlsx", "odd-1904.xls")
PER_CENT = {(2, 0), (5, 0), *((row, 1) for row in range(25, 29))}


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
        "Kế hoạch ứng dụng",
        "Kế hoạch năm 2017",
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


def test_texts_in_legacy_fonts_are_read_in_every_format(saved: Sheet) -> None:
    assert (saved.old_texts[14, 0].was, saved.old_texts[14, 0].font) == (TCVN3, ".VnTime")
    assert saved.old_texts[15, 0].was == "KÕ ho¹ch năm 2017"
    assert saved.old_texts.keys() == {(14, 0), (15, 0)}


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


@pytest.mark.parametrize(
    ("cell", "is_calculated"),
    [
        ('<c r="A14" t="str"><f>IF(B1="","",B1)</f><v></v></c>', True),
        ('<c r="A14" t="str"><f>IF(B1="","",B1)</f><v/></c>', True),
        ('<c r="A14" t="str"><f>IF(B1="","",B1)</f></c>', False),
        ('<c r="A14"><f>IF(B1="","",B1)</f><v></v></c>', False),
        ('<c r="A14"><f>IF(B1="","",B1)</f><v/></c>', False),
    ],
)
def test_a_formula_whose_result_is_an_empty_text_is_calculated(cell: str, *, is_calculated: bool) -> None:
    """Libraries leave an empty value where nothing was calculated; Excel says beside one that it is a text."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(odd_book())) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, re.sub('<c r="A14".*?</c>', cell, text) if "sheet1.xml" in name else text)
    sheet = only_sheet(made.getvalue())
    assert ((13, 0) not in sheet.uncalculated) == is_calculated
    assert sheet.rows[13][0] == ""


class PanicException(BaseException):
    """What calamine raises where it meets what it never expected."""


@pytest.mark.parametrize(
    ("error", "code"), [(MemoryError(), "reader_died"), (PanicException("index out of range"), "file_damaged")]
)
def test_what_breaks_a_reader_is_an_answer(monkeypatch: pytest.MonkeyPatch, error: BaseException, code: str) -> None:
    def fail(_content: bytes) -> None:
        raise error

    monkeypatch.setattr(server, "scan", fail)
    assert server.answer(b"PK") == {"refused": code, "params": {}}


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_what_nobody_foresaw_ends_the_child(monkeypatch: pytest.MonkeyPatch, error: type[BaseException]) -> None:
    def fail(_content: bytes) -> None:
        raise error

    monkeypatch.setattr(server, "scan", fail)
    with pytest.raises(error):
        server.answer(b"PK")


def answers_of(monkeypatch: pytest.MonkeyPatch, *contents: bytes) -> list[dict[str, object]]:
    """Return what a child in this very process answers."""
    for limit in ("limit_memory", "limit_next_file"):
        monkeypatch.setattr(server, limit, lambda: None)
    monkeypatch.setattr("gc.disable", lambda: None)
    requests, answers = io.BytesIO(), io.BytesIO()
    for content in contents:
        server.write_frame(requests, b"a.xlsx")
        server.write_frame(requests, content)
    requests.seek(0)
    server.serve(requests, answers)
    answers.seek(0)
    return [json.loads(frame) for frame in iter(lambda: server.read_frame(answers), None)]


def test_a_child_that_holds_much_says_so_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = {"refused": "not_a_workbook", "params": {}}
    monkeypatch.setattr(server, "resident_bytes", lambda: server.RETIRES_AT_BYTES)
    assert answers_of(monkeypatch, b"a", b"b") == [refused, refused]
    monkeypatch.setattr(server, "resident_bytes", lambda: server.RETIRES_AT_BYTES + 1)
    assert answers_of(monkeypatch, b"a", b"b") == [{**refused, "retires": True}]


@pytest.mark.parametrize("is_retiring", [False, True])
def test_an_answer_that_is_too_long_is_a_refusal(monkeypatch: pytest.MonkeyPatch, *, is_retiring: bool) -> None:
    monkeypatch.setattr(server, "resident_bytes", lambda: 10 * server.RETIRES_AT_BYTES if is_retiring else 0)
    monkeypatch.setattr(server, "MAX_ANSWER_BYTES", 2_000_000)
    monkeypatch.setattr(server, "answer", lambda _content: {"form": "x" * 2_000_000})
    refused = {"refused": "workbook_too_much_text", "params": {"megabytes": 2}}
    assert answers_of(monkeypatch, b"a") == [{**refused, "retires": True} if is_retiring else refused]


def test_what_files_leave_behind_is_collected(monkeypatch: pytest.MonkeyPatch) -> None:
    collected: list[int] = []
    monkeypatch.setattr(server, "resident_bytes", lambda: 0)
    monkeypatch.setattr("gc.collect", lambda: collected.append(1))
    monkeypatch.setattr("gc.get_count", lambda: (server._GARBAGE, 0, 0))
    answers_of(monkeypatch, b"a")
    assert collected == []
    monkeypatch.setattr("gc.get_count", lambda: (server._GARBAGE + 1, 0, 0))
    answers_of(monkeypatch, b"a", b"b")
    assert collected == [1, 1]
