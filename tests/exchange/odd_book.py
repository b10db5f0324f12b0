"""One workbook with everything that a cell can be, as openpyxl writes it and as LibreOffice saved it (``tests/data/books``).

The kept files were made by saving :func:`odd_book` in LibreOffice as ``.xlsx``, ``.xls`` and ``.ods``, which calculates its
formulas.
"""

from __future__ import annotations

import io
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

KEPT = Path(__file__).parents[1] / "data" / "books"
TCVN3 = "KÕ ho¹ch øng dông"
CELLS: dict[str, tuple[object, str]] = {
    "A1": ("chữ", "General"),
    "A2": (1234.5, "#,##0.00"),
    "A3": (0.85, "0%"),
    "A4": (0.85, "General"),
    "A5": (0.85, "0.00"),
    "A6": (1, "0%"),
    "A7": (True, "General"),
    "A8": (date(2017, 5, 6), "dd/mm/yyyy"),
    "A9": (datetime(2017, 5, 6, 10, 30), "dd/mm/yyyy hh:mm"),  # noqa: DTZ001 - cells know no zone
    "A10": (time(7, 30), "hh:mm"),
    "A11": ("=1/0", "General"),
    "A12": ("=NA()", "General"),
    "A13": ("=10+2.5", "General"),
    "A14": ('="a"&"b"', "General"),
    "A15": (TCVN3, "General"),
    "A17": ("hai  khoảng   trắng", "General"),
    "A18": ("dòng 1\ndòng 2", "General"),
    "A19": ("góp ý", "General"),
    "A20": (43100, "General"),
    "A21": ("ô gộp", "General"),
    "A24": ("=1=1", "General"),
    "C25": (7, "General"),
    "D25": (7, "General"),
    "E25": (7, "General"),
    **{f"B{row}": (0.5, "0%") for row in range(26, 30)},
}


def odd_book(*, from_1904: bool = False) -> bytes:
    """Return the workbook as openpyxl writes it: its formulas have no values."""
    book = openpyxl.Workbook()
    if from_1904:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    sheet.title = "Số liệu"
    for place, (value, number_format) in CELLS.items():
        sheet[place].value = value
        sheet[place].number_format = number_format
    sheet["A15"].font = Font(name=".VnTime")
    old, new = InlineFont(rFont=".VnTime"), InlineFont(rFont="Arial")
    sheet["A16"].value = CellRichText(TextBlock(old, "KÕ ho¹ch "), TextBlock(new, "năm 2017"))
    sheet["A19"].comment = Comment("không phải số liệu", "tác giả")
    sheet.merge_cells("A21:B22")
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
