"""The number formats of the few cells of an Excel workbook whose meaning depends on theirs.

0.85 is 85% in a cell with a per cent format; 1 in such a cell shows 100% and is no count. Formats are looked up in the XML
that was looked at: reading a workbook with openpyxl takes thirty times as long, and any odd style ends it.
"""

from __future__ import annotations

import re
from html import unescape

from desktop_app.exchange.workbook import Address, column_index

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
_CELL_STYLES = re.compile(rb"<(?:[\w.-]+:)?cellXfs[\s>].*?</(?:[\w.-]+:)?cellXfs\s*>", re.DOTALL)
_CELL_STYLE = re.compile(rb"<(?:[\w.-]+:)?xf([\s/][^<>]*)>")
_TAG = re.compile(rb"<(?:[\w.-]+:)?(c|row)((?:\s[^<>]*)?)>")
_REFERENCE = re.compile(rb"([A-Z]{0,3})([1-9][0-9]{0,6})")


def cell_styles(styles: bytes) -> list[str]:
    """Return the number format of each style of cells, in the order in which cells name them.

    Args:
        styles: ``xl/styles.xml``.
    """
    codes = dict(_BUILT_IN)
    for found in _OWN_FORMAT.finditer(styles):
        number, code = _attribute(found.group(1), b"numFmtId"), _attribute(found.group(1), b"formatCode")
        if number.isdigit():
            codes[int(number)] = unescape(code.decode("utf-8", "replace"))
    part = _CELL_STYLES.search(styles)
    numbers = [_attribute(found.group(1), b"numFmtId") for found in _CELL_STYLE.finditer(part.group())] if part else []
    return [codes.get(int(number), "") if number.isdigit() else "" for number in numbers]


def formats_of(sheet: bytes, styles: list[str], wanted: set[Address]) -> dict[Address, str]:
    """Return the number formats of the wanted cells, and of all numbers that are shown as per cent.

    Args:
        sheet: the XML of the sheet.
        styles: what :func:`cell_styles` returned.
        wanted: addresses of cells.
    """
    found: dict[Address, str] = {}
    row = column = -1
    for tag in _TAG.finditer(sheet):
        kind, attributes = tag.groups()
        letters, number = _place(_attribute(attributes, b"r"))
        if kind == b"row":
            row, column = number if number >= 0 else row + 1, -1
            continue
        row, column = (number if number >= 0 else max(row, 0)), letters if letters >= 0 else column + 1
        if attributes.endswith(b"/") or _attribute(attributes, b"t") not in {b"", b"n"}:
            continue
        style = _attribute(attributes, b"s")
        index = int(style) if style.isdigit() else 0
        code = styles[index] if index < len(styles) else ""
        if "%" in code or (row, column) in wanted:
            found[row, column] = code
    return found


def _place(reference: bytes) -> tuple[int, int]:
    """Return column and row of a reference, from 0; -1 for what it does not say."""
    valid = _REFERENCE.fullmatch(reference)
    if valid is None:
        return -1, -1
    return (column_index(valid.group(1).decode()) if valid.group(1) else -1), int(valid.group(2)) - 1


def _attribute(attributes: bytes, name: bytes) -> bytes:
    found = re.search(rb"\s" + name + rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", b" " + attributes)
    return (found.group(1) or found.group(2) or b"") if found else b""
