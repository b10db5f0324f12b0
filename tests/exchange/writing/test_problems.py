"""The problems workbook as a file: names of sheets, links beyond Excel's limit, texts of units, bytes."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from desktop_app.domain.severity import Severity
from desktop_app.exchange.layout import REASONS_SHEET
from desktop_app.exchange.writing.problems import write_problems
from desktop_app.exchange.writing.problems_content import (
    CopiedCell,
    CopiedRow,
    CopiedTable,
    MarkedCopy,
    Problem,
    ProblemsContent,
)

MOMENT = "2017-12-20T03:00:00.000Z"


def problem(severity: Severity = Severity.ERROR, **facts: str) -> Problem:
    known = {
        "unit": "Sở Xây dựng",
        "file": "SXD.xlsx",
        "sheet": "Số liệu",
        "cell": "E14",
        "code": "HT01a",
        "name": "Máy tính",
    }
    texts = {"stood": "nhiều", "why": "Không đọc được.", "todo": "Sửa lại."}
    return Problem(**{**known, **texts, **facts}, severity=severity)


def copy(name: str, *marks: tuple[int, ...], value: Any = "nhiều", number_format: str = "General") -> MarkedCopy:
    """Return a copy with a row for each group of problems."""
    rows = [
        CopiedRow((CopiedCell("HT01a"), CopiedCell("Máy tính"), CopiedCell(value, number_format, found))) for found in marks
    ]
    return MarkedCopy(
        name, "Sở Xây dựng", "SXD.xlsx", (), (CopiedTable("Số liệu", ("Mã", "Số liệu", "Kỳ này"), tuple(rows)),)
    )


def content(problems: list[Problem], *copies: MarkedCopy, illustrative: bool = False) -> ProblemsContent:
    return ProblemsContent("Tỉnh Thử – Năm 2017", tuple(problems), copies, illustrative, MOMENT)


def written(found: ProblemsContent) -> Any:
    return openpyxl.load_workbook(io.BytesIO(write_problems(found)))


def column(sheet: Any, title: str) -> list[Any]:
    """Return the cells below a heading."""
    (at,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == title]
    return [cell for (cell,) in sheet.iter_rows(min_row=at.row + 1, min_col=at.column, max_col=at.column)]


def test_names_of_sheets_are_legal_and_told_apart():
    wanted = ["SXD", "sxd", "A[1]:b*c?/d\\", "X" * 40, "X" * 41, "Lý do", "History", "'quoted'"]
    names = written(content([problem()], *(copy(name, ()) for name in wanted))).sheetnames
    assert names[0] == REASONS_SHEET
    assert len({name.casefold() for name in names}) == len(wanted) + 1
    for name in names:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert name.casefold() != "history"


def test_a_link_finds_a_sheet_with_an_apostrophe():
    book = written(content([problem()], copy("A'B", (0,))))
    (cell,) = column(book[REASONS_SHEET], "Ô")
    assert (book.sheetnames[1], cell.hyperlink.location) == ("A'B", "'A''B'!C7")


def test_rows_beyond_the_most_links_are_linked_by_formulas(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("desktop_app.exchange.writing.problems.MOST_LINKS", 2)
    problems = [problem(cell=f"E{number}") for number in range(5)] + [problem(cell="")]
    marks = [(number,) for number in range(5)]
    book = written(content(problems, copy("SXD", *marks)))
    cells = column(book[REASONS_SHEET], "Ô")
    assert [bool(cell.hyperlink) for cell in cells] == [True, True, False, False, False, False]
    places = [cell.hyperlink.location for cell in cells[:2]]
    for number, cell in enumerate(cells[2:5], start=2):
        assert cell.value.startswith("=HYPERLINK(\"#'SXD'!C")
        assert cell.value.endswith(f'","E{number}")')
        places.append(cell.value.partition("#")[2].partition('"')[0])
    assert len(set(places)) == 5
    assert all(book["SXD"][place.partition("!")[2]].comment for place in places)
    assert cells[5].value is None


def test_a_link_by_formula_takes_quotes_of_sheet_and_text_for_letters(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("desktop_app.exchange.writing.problems.MOST_LINKS", 0)
    book = written(content([problem(cell='E"1')], copy("A'B\"C", (0,))))
    assert book.sheetnames[1] == "A'B\"C"
    (cell,) = column(book[REASONS_SHEET], "Ô")
    assert cell.value == '=HYPERLINK("#\'A\'\'B""C\'!C7","E""1")'


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@x", "\tx", '=HYPERLINK("http://x")', "a\x01b", "x" * 40_000])
def test_texts_of_units_stay_texts(text: str):
    found = problem(unit=text, file=text, name=text, stood=text, why=text)
    sheet = written(content([found], copy("SXD", (0,), value=text)))
    cells = [cell for name in sheet.sheetnames for row in sheet[name].iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    (stood,) = column(sheet[REASONS_SHEET], "Nội dung trong ô")
    assert stood.value == text.replace("\x01", "")[:32_767]


def test_the_sign_of_the_gravest_stands_before_the_value():
    problems = [problem(Severity.WARNING, why="Lớn hơn."), problem(Severity.QUESTION, why="Hai cách đọc.")]
    book = written(content(problems, copy("SXD", (0, 1), value=1234, number_format="#,##0")))
    (cell,) = [cell for row in book["SXD"].iter_rows() for cell in row if cell.comment]
    assert cell.value == 1234
    assert cell.number_format == '"? "#,##0;"? "-#,##0;"? "#,##0;"? "@'
    assert "Lớn hơn." in cell.comment.text
    assert "Hai cách đọc." in cell.comment.text
    assert cell.comment.height > 60


def test_an_empty_marked_cell_says_so():
    book = written(content([problem()], copy("SXD", (0,), value=None)))
    (cell,) = [cell for row in book["SXD"].iter_rows() for cell in row if cell.comment]
    assert cell.value == "(trống)"


def test_the_reasons_can_be_printed_and_filtered():
    book = written(content([problem(), problem()], illustrative=True))
    sheet = book[REASONS_SHEET]
    (head,) = [cell for row in sheet.iter_rows(max_col=1) for cell in row if cell.value == "TT"]
    assert sheet.auto_filter.ref == f"A{head.row}:K{head.row + 2}"
    assert sheet.freeze_panes == f"A{head.row + 1}"
    assert sheet.print_title_rows == f"${head.row}:${head.row}"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert "minh họa" in sheet.oddHeader.center.text
    assert "minh họa" in sheet["A4"].value


def test_the_same_content_gives_the_same_bytes():
    found = content([problem(), problem()], copy("SXD", (0, 1)))
    assert write_problems(found) == write_problems(found)


def test_there_is_no_limit():
    units = 20
    problems = [problem(cell=f"E{number}", file=f"{number % units}.xlsx") for number in range(units * 25)]
    copies = [copy(f"U{unit}", *((number,) for number in range(unit, len(problems), units))) for unit in range(units)]
    book = written(content(problems, *copies))
    cells = column(book[REASONS_SHEET], "Ô")
    assert len(cells) == len(problems)
    assert all(cell.hyperlink for cell in cells)
