"""What repeated rows and cells of an OpenDocument workbook unfold to."""

from __future__ import annotations

import pytest

from desktop_app.exchange.refusal import Refused
from desktop_app.exchange.scanning import opendocument
from desktop_app.exchange.scanning.opendocument import check_content

ONE = b'<table:table-cell office:value-type="float" office:value="1"/>'


def repeated(count: int, axis: str, inside: bytes = ONE) -> bytes:
    mark = f'table:number-{axis}-repeated="{count}"'.encode()
    if axis == "rows":
        return b"<table:table-row " + mark + b">" + inside + b"</table:table-row>"
    return inside.replace(b"<table:table-cell", b"<table:table-cell " + mark, 1)


def tables(*rows: bytes) -> bytes:
    return b"".join(b"<table:table>" + row + b"</table:table>" for row in rows)


def refusal(text: bytes) -> str:
    with pytest.raises(Refused) as found:
        check_content(text)
    return found.value.code


@pytest.mark.parametrize(
    "row",
    [
        b"",
        b"<table:table-row/>",
        repeated(20_000, "rows"),
        repeated(1, "rows", repeated(702, "columns")),
        repeated(1_048_576, "rows", b"<table:table-cell/>"),
        repeated(1, "rows", ONE + repeated(16_000, "columns", b"<table:table-cell/>")),
        repeated(1, "rows", ONE + repeated(16_000, "columns", b"<table:table-cell></table:table-cell>")),
        repeated(1, "rows", b"<table:covered-table-cell/>" + ONE),
    ],
)
def test_what_programs_write_passes(row: bytes) -> None:
    check_content(tables(row))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (repeated(20_001, "rows"), "workbook_row_too_far"),
        (repeated(30_000, "rows", b"<table:table-cell/>") + repeated(1, "rows"), "workbook_row_too_far"),
        (repeated(1, "rows", repeated(703, "columns")), "workbook_cell_too_far"),
        (repeated(1, "rows", repeated(900, "columns", b"<table:table-cell/>") + ONE), "workbook_cell_too_far"),
        (repeated(1, "rows", repeated(16_385, "columns")), "file_damaged"),
        (repeated(0, "rows"), "file_damaged"),
        (b"<table:table-row table:number-rows-repeated='x'>" + ONE + b"</table:table-row>", "file_damaged"),
        (repeated(15_000, "rows", repeated(100, "columns")), "workbook_too_many_cells"),
        (repeated(1, "rows", repeated(16_000, "columns", b"<table:table-cell/>") * 200), "workbook_too_many_cells"),
        (tables(b""), "file_damaged"),
        (
            repeated(1, "rows", b'<table:table-cell><text:p><text:s text:c="9999999"/></text:p></table:table-cell>'),
            "file_damaged",
        ),
        (
            repeated(9_000, "rows", b'<table:table-cell><text:p><text:s text:c="9999"/></text:p></table:table-cell>'),
            "workbook_too_much_text",
        ),
    ],
)
def test_what_is_refused(row: bytes, code: str) -> None:
    assert refusal(tables(row)) == code


def test_the_whole_workbook_has_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(tables(*[b""] * 61)) == "workbook_too_many_sheets"
    half = repeated(10_000, "rows", repeated(60, "columns"))
    check_content(tables(half))
    assert refusal(tables(half, half)) == "workbook_too_many_cells"
    text = repeated(400, "rows", b"<table:table-cell>" + b"x" * 60_000 + b"</table:table-cell>")
    check_content(tables(text))
    assert refusal(tables(text, text)) == "workbook_too_much_text"
    assert refusal(repeated(1, "rows")) == "file_damaged"
    monkeypatch.setattr(opendocument, "_MOST_TAGS", 3)
    assert refusal(tables(repeated(1, "rows", ONE * 3))) == "workbook_too_many_cells"


def test_the_end_of_a_cell_that_never_began_says_nothing() -> None:
    check_content(tables(repeated(1, "rows", b"</table:table-cell>" + ONE)))
