"""Finding the headings of tables by what they say."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_app.exchange.layout import FIGURES_SHEET, HEADERS, SYSTEMS_SHEET, TASKS_SHEET, Column
from desktop_app.exchange.recognising.headings import headings_alone, headings_of, spans_of
from desktop_app.exchange.refusal import Refused
from desktop_app.exchange.workbook import Sheet

HEAD = {kind: list(columns.values()) for kind, columns in HEADERS.items()}
DATA = ["HT01a", "Số máy", "máy", "", 5.0, "", ""]


def sheet(*rows: list[Any], name: str = "Sheet1") -> Sheet:
    return Sheet(name, [list(row) for row in rows])


def test_every_table_of_a_sheet_is_found() -> None:
    made = sheet(["BÁO CÁO"], HEAD[FIGURES_SHEET], DATA, [""], HEAD[SYSTEMS_SHEET], ["QLVB"], HEAD[TASKS_SHEET], ["NV01"])
    assert [(heading.kind, first, end) for heading, first, end in spans_of(made)] == [
        (FIGURES_SHEET, 2, 4),
        (SYSTEMS_SHEET, 5, 6),
        (TASKS_SHEET, 7, 8),
    ]
    assert headings_of(made) is headings_of(made)  # looked for once


def test_a_heading_in_other_letters_is_one() -> None:
    for code in ("MÃ", " mã\n", "Mã\xa0", "M\u0061\u0303"):
        (heading,) = headings_of(sheet([code, "KỲ  NÀY"]))
        assert (heading.kind, heading.places[Column.CURRENT]) == (FIGURES_SHEET, [1])


def test_a_heading_below_an_answer_may_stand_in_another_column() -> None:
    first, second = headings_of(sheet(HEAD[FIGURES_SHEET], DATA, ["A", "Mã", "Tình trạng", "Số người dùng"]))
    assert (first.places[Column.CODE], second.kind, second.places[Column.CODE]) == ([0], SYSTEMS_SHEET, [1])


def test_a_heading_of_two_rows_is_one_heading() -> None:
    upper = ["Mã", "Số liệu", "ĐVT", "Kết quả", "", "Giải trình", "Định nghĩa"]
    (heading,) = headings_of(sheet(upper, ["", "", "", "Kỳ trước", "Kỳ này", "", ""], DATA))
    assert (heading.depth, heading.places[Column.PREVIOUS], heading.places[Column.CURRENT]) == (2, [3], [4])
    assert heading.labels[3] == "Kết quả"


def test_a_heading_that_lost_every_column_to_fill_in_is_one_still() -> None:
    (heading,) = headings_of(sheet(["Mã", *HEAD[FIGURES_SHEET][1:3]], ["HT01a", "Số máy", "máy"]))
    assert (heading.kind, len(heading.places)) == (FIGURES_SHEET, 3)
    assert headings_of(sheet(["Mã", "của ai"], ["HT01a"])) == []


def test_a_long_sentence_is_no_heading() -> None:
    (heading,) = headings_of(sheet([*HEAD[FIGURES_SHEET], "x" * 59, "x" * 60], DATA))
    assert [at for at in heading.labels if at >= len(HEAD[FIGURES_SHEET])] == [len(HEAD[FIGURES_SHEET])]


@pytest.mark.parametrize("below", [DATA, ["", "Mã", "Kỳ này"], ["Kỳ này", "Giải trình"]])
def test_a_row_that_adds_nothing_new_belongs_to_no_heading(below: list[Any]) -> None:
    made = sheet(["Mã", "Số liệu", "ĐVT", "Kỳ này", "Giải trình"], below, ["HT01a"])
    assert headings_of(made)[0].depth == 1


@pytest.mark.parametrize(
    ("numbers", "depth"),
    [
        (["(1)", "(2)", "(3)", "(4)"], 2),
        ([1.0, 2.0, 3.0, 4.0], 2),
        (["(1)", "(2)"], 1),
        (["(1)", "(2)", "(4)"], 1),
        (["A", "B", "(1)"], 1),
    ],
)
def test_a_row_that_numbers_the_columns(numbers: list[Any], depth: int) -> None:
    (heading,) = headings_of(sheet(["Mã", "Số liệu", "Kỳ trước", "Kỳ này"], numbers))
    assert heading.depth == depth


def test_the_name_of_a_sheet_decides_between_two_kinds() -> None:
    rows = (["Mã", "Tình trạng", "Ghi chú"], ["NV01", "hoàn thành", ""])
    assert [headings_of(sheet(*rows, name=name))[0].kind for name in (SYSTEMS_SHEET, TASKS_SHEET)] == [
        SYSTEMS_SHEET,
        TASKS_SHEET,
    ]


def test_a_word_that_stands_alone_is_no_heading() -> None:
    assert headings_of(sheet(["Mã"], ["Mã", "Số liệu"], ["Mã", 5.0, None])) == []
    assert headings_of(sheet(["Mã" + "x" * 80, "Kỳ này"])) == []


def test_below_many_rows_only_the_first_columns_are_looked_at() -> None:
    far = [""] * 60 + ["Mã", "Kỳ này"]
    assert headings_of(sheet(*[[""]] * 199, far))[0].places[Column.CODE] == [60]
    assert headings_of(sheet(*[[""]] * 200, far)) == []
    assert headings_of(sheet(*[[""]] * 200, ["Mã", "Kỳ này"]))[0].row == 200


def test_more_headings_than_anybody_writes_are_refused() -> None:
    assert len(headings_of(sheet(*[["Mã", "Kỳ này"]] * 100))) == 100
    with pytest.raises(Refused, match="file_damaged"):
        headings_of(sheet(*[["Mã", "Kỳ này"]] * 101))


def test_headings_that_have_lost_their_code() -> None:
    assert headings_alone(sheet(["Sở"], ["", "Số liệu", "ĐVT", "Kỳ này"])) == (1, 1)
    assert headings_alone(sheet(["", "Số liệu", "ĐVT"])) is None
