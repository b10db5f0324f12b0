"""An answer of which something is crossed out is asked or refused, never taken as it reads."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from desktop_app.domain.entities import Value
from desktop_app.services.collecting import CollectionResult, apply_collection, plan_collection
from desktop_app.services.issuing import issue
from desktop_app.services.session import Session


def collected(
    session: Session, folder: Path, typed: object, *, font: Font | None = None, column: int = 5
) -> CollectionResult:
    (made,) = issue(session, "KH", "2017", folder / "issued", unit_codes=["SXD"])
    book = openpyxl.load_workbook(made.path)
    row = next(cell.row for (cell,) in book["Số liệu"].iter_rows(max_col=1) if cell.value == "HT01a")
    book["Số liệu"].cell(row, column).value = typed
    if font is not None:
        book["Số liệu"].cell(row, column).font = font
    book.save(folder / "returned.xlsx")
    return apply_collection(session, plan_collection(session, [folder / "returned.xlsx"]))


def crossed_out(struck: str, rest: str) -> CellRichText:
    return CellRichText(TextBlock(InlineFont(strike=True), struck), rest)


def told(result: CollectionResult) -> list[tuple[str, str]]:
    found = [item for item in result.plan.files[0].issues if not item.code.endswith("_blank")]
    return [(item.code, item.place.item) for item in found]


def test_a_figure_with_a_part_crossed_out_is_asked(small_office: Session, tmp_path: Path) -> None:
    result = collected(small_office, tmp_path, crossed_out("1700", "1800"))
    assert told(result) == [("cell_struck_asked", "HT01a")]
    assert small_office.gateway.list(Value) == []
    assert result.plan.files[0].merged is not None
    (change,) = result.plan.files[0].merged.changes
    assert [str(getattr(item, "amount", "")) for item in change.readings] == ["1800", "17001800"]


@pytest.mark.parametrize(
    ("typed", "font"),
    [
        (1700, Font(strike=True)),
        ("có", Font(strike=True)),
        (crossed_out("mới", " 1800"), None),
        (crossed_out("1800", ""), None),
    ],
)
def test_what_is_crossed_out_otherwise_is_refused(small_office: Session, tmp_path: Path, typed: object, font: Font) -> None:
    assert told(collected(small_office, tmp_path, typed, font=font)) == [("cell_struck", "HT01a")]
    assert small_office.gateway.list(Value) == []


def test_an_explanation_with_a_part_crossed_out_is_asked(small_office: Session, tmp_path: Path) -> None:
    assert told(collected(small_office, tmp_path, crossed_out("theo báo cáo", " theo khảo sát"), column=6)) == [
        ("cell_struck_asked", "HT01a")
    ]
    assert small_office.gateway.list(Value) == []
