"""Texts in old fonts, read before anything looks at the sheets: headings, fixed cells, answers, sheets without fonts."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_app.exchange.marks import locked_text
from desktop_app.exchange.recognising.headings import spans_of
from desktop_app.exchange.recognising.old_texts import is_as_issued, old_text, read_old_texts, tell_old_texts
from desktop_app.exchange.recognising.returned import ReturnedForm, Table
from desktop_app.exchange.workbook import OldText, Sheet

HEADER = ["M·", "Sè liÖu", "§VT", "Kú tr­íc", "Kú nµy", "Gi¶i tr×nh"]
UNICODE_HEADER = ["Mã", "Số liệu", "ĐVT", "Kỳ trước", "Kỳ này", "Giải trình"]


def in_font(sheet: Sheet, name: str = ".VnTime") -> Sheet:
    """Set every text of a sheet in a font."""
    for number, row in enumerate(sheet.rows):
        sheet.fonts |= {(number, at): name for at, value in enumerate(row) if isinstance(value, str) and value}
    return sheet


def test_every_text_in_a_known_font_becomes_unicode() -> None:
    sheet = in_font(Sheet("Sè liÖu", [[*HEADER], ["HT01a", "Sè m¸y tÝnh", "bé", 1.0, 2.0, "Long Phó"]]))
    sheet.rows[1][2] = "Số"  # people set an old font on new text
    read_old_texts([sheet])
    assert sheet.rows == [UNICODE_HEADER, ["HT01a", "Số máy tính", "Số", 1.0, 2.0, "Long Phó"]]
    assert sheet.old_texts[0, 0] == OldText("M·", ".VnTime", ("Mã",), is_asked=False)
    assert sheet.old_texts[1, 5] == OldText("Long Phó", ".VnTime", ("Long Phú", "Long Phó"), is_asked=True)
    assert (1, 2) not in sheet.old_texts
    assert spans_of(sheet)[0][0].kind == "Số liệu"


def test_stretches_are_read_by_their_fonts() -> None:
    sheet = Sheet("S", [["Së Tài chính"]], runs={(0, 0): [("Së ", ".VnTime"), ("Tài chính", "Arial")]})
    read_old_texts([sheet])
    assert sheet.rows == [["Sở Tài chính"]]
    assert sheet.old_texts[0, 0].font == ".VnTime"


def test_a_soft_hyphen_anywhere_says_that_none_is_lost() -> None:
    told, lost = (in_font(Sheet("S", [["nh÷ng ngêi"], [other]])) for other in ("tr­êng häc", "häc"))
    read_old_texts([told])
    read_old_texts([lost])
    assert (told.rows[0][0], lost.old_texts[0, 0].is_asked) == ("những ngời", True)


def test_a_soft_hyphen_on_one_sheet_speaks_for_the_others() -> None:
    sheets = [in_font(Sheet("A", [["nh÷ng ngêi"]])), in_font(Sheet("B", [["nh÷ng ngêi"]])), Sheet("C", [["tr\u00adêng"]])]
    read_old_texts(sheets)
    assert sheets[0].rows == sheets[1].rows == [["những ngời"]]


def test_what_is_no_text_any_more_has_no_font() -> None:
    sheet = Sheet("S", [[7.0]], fonts={(0, 0): ".VnTime"})
    read_old_texts([sheet])
    assert (sheet.rows, sheet.fonts) == ([[7.0]], {})


def test_a_sheet_that_has_lost_its_fonts_is_found_by_its_headings() -> None:
    sheet = Sheet("S", [[*HEADER], ["HT01a", "Sè m¸y tÝnh", "m¸y", 1.0, 2.0, "cã"]])
    read_old_texts([sheet])
    assert sheet.rows[0] == UNICODE_HEADER
    assert sheet.rows[1] == ["HT01a", "Số máy tính", "máy", 1.0, 2.0, "cã"]
    assert sheet.old_texts[1, 1].font == "TCVN3 (ABC)"


@pytest.mark.parametrize(
    "rows",
    [
        [["KÕ ho¹ch øng dông", "Së Tµi chÝnh"]],
        [["Kế hoạch", "Hướng dẫn"]],
        [UNICODE_HEADER, ["HT01a", "Sè m¸y tÝnh", "", "", "", "kh«ng ph¸t sinh"]],
        [["plan", 7.0]],
    ],
)
def test_other_texts_without_a_font_are_left_for_whoever_parses_them(rows: list[list[Any]]) -> None:
    sheet = Sheet("S", [list(row) for row in rows])
    read_old_texts([sheet])
    assert (sheet.rows, sheet.old_texts) == (rows, {})


def test_the_hidden_sheet_is_left_alone() -> None:
    sheet = in_font(Sheet("_meta", [["plan", "KÕ ho¹ch øng dông"]]))
    read_old_texts([sheet])
    assert sheet.rows == [["plan", "KÕ ho¹ch øng dông"]]


LONG = "Tổng số cán bộ, công chức. Không tính hợp đồng"


@pytest.mark.parametrize(
    ("old", "value", "issued", "expected"),
    [
        (None, "Sè m¸y", "Số máy", True),
        (None, "Sè m¸y", "Số bàn", False),
        (None, "Số MÁY", "Số máy", False),
        (None, 7.0, "7", False),
        (OldText("sè m¸y", ".VnTimeH", ("SỐ MÁY",), is_asked=False), "SỐ MÁY", "Số máy", True),
        (OldText("Long Phó", ".VnTime", ("Long Phú", "Long Phó"), is_asked=True), "Long Phó", "Long Phú", True),
        (OldText("sè m¸y", ".VnTime", ("số máy",), is_asked=False), "số máy", "Số bàn", False),
        (None, "tæng sè c¸n bé, c«ng chøc. kh«ng tÝnh hîp ®ång", LONG, True),
        (None, "tæng sè c¸n bé, c«ng chøc. kh«ng tÝnh hîp ", LONG, False),
        (OldText("…", ".VnTimeH", (LONG.upper(),), is_asked=False), LONG.upper(), LONG, True),
    ],
)
def test_fixed_cells_that_say_the_same(old: OldText | None, value: object, issued: str, expected: bool) -> None:
    sheet = Sheet("S", [[value]], old_texts={(0, 0): old} if old else {})
    assert is_as_issued(sheet, (0, 0), value, locked_text(issued)) is expected


def test_headings_and_fixed_cells_are_told_once() -> None:
    sheet = in_font(Sheet("Sè liÖu", [[*HEADER], ["HT01a", "Sè m¸y tÝnh", "m¸y", 1.0, 2.0, "®· háng"]]))
    read_old_texts([sheet])
    form = ReturnedForm(tables=[Table("Số liệu", "Sè liÖu", {"note": "F"}, [("HT01a", 2, [None])])])
    tell_old_texts(form, [sheet, Sheet("S", [])])
    ((code, params, name, cell, item),) = form.issues
    assert (code, name, cell, item) == ("legacy_sheet_read", "Sè liÖu", "A1", "")
    assert params == {"count": 8, "font": ".VnTime", "was": "M·", "read": "Mã"}


def test_answers_alone_are_not_told_of_the_sheet() -> None:
    sheet = Sheet("S", [["x"]], old_texts={(1, 5): OldText("®· háng", ".VnTime", ("đã hỏng",), is_asked=False)})
    form = ReturnedForm(tables=[Table("Số liệu", "S", {"note": "F"}, [("HT01a", 2, [None])])])
    tell_old_texts(form, [sheet])
    assert form.issues == []


def test_an_old_text_is_handed_on_as_plain_data() -> None:
    old = OldText("cã", ".VnTime", ("có", "cã"), is_asked=True)
    assert old_text(old) == {"old": "cã", "font": ".VnTime", "readings": ["có", "cã"], "asked": True}
