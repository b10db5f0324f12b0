"""The number formats of the few cells of an Excel workbook whose meaning depends on theirs.

0.85 is 85% in a cell with a per cent format; 1 in such a cell shows 100% and is no count.
"""

from __future__ import annotations

import re
from html import unescape

from desktop_app.exchange.books.sheet_xml import attribute, cell_style_numbers, cells_of
from desktop_app.exchange.workbook import Address

_BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    37: "#,##0;(#,##0)",
    38: "#,##0;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;[Red](#,##0.00)",
    48: "##0.0E+0",
    49: "@",
}
"""Formats that every workbook has, as far as numbers are shown by them (ECMA-376, part 1, 18.8.30)."""
_OWN_FORMAT = re.compile(rb"<(?:[\w.-]+:)?numFmt\s([^<>]*)>")


def cell_styles(styles: bytes) -> list[str]:
    """Return the number format of each style of cells, in the order in which cells name them.

    Args:
        styles: ``xl/styles.xml``.
    """
    codes = dict(_BUILT_IN)
    for found in _OWN_FORMAT.finditer(styles):
        number, code = attribute(found.group(1), b"numFmtId"), attribute(found.group(1), b"formatCode")
        if number.isdigit():
            codes[int(number)] = unescape(code.decode("utf-8", "replace"))
    return [codes.get(number, "") for number in cell_style_numbers(styles, b"numFmtId")]


def formats_of(sheet: bytes, styles: list[str], wanted: set[Address]) -> dict[Address, str]:
    """Return the number formats of the wanted cells, and of all numbers that are shown as per cent.

    Args:
        sheet: the XML of the sheet.
        styles: what :func:`cell_styles` returned.
        wanted: addresses of cells.
    """
    found: dict[Address, str] = {}
    for cell in cells_of(sheet):
        if cell.kind not in {b"", b"n"}:
            continue
        code = cell.style(styles)
        if "%" in code or cell.address in wanted:
            found[cell.address] = code
    return found
