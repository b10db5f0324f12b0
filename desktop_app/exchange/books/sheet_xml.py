"""What is looked up in the XML of Excel workbooks that was looked at: styles of cells, and cells with their attributes.

Reading a workbook with openpyxl takes thirty times as long, and any odd style ends it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from desktop_app.exchange.workbook import Address, column_index

_CELL_STYLES = re.compile(rb"<(?:[\w.-]+:)?cellXfs[\s>].*?</(?:[\w.-]+:)?cellXfs\s*>", re.DOTALL)
_CELL_STYLE = re.compile(rb"<(?:[\w.-]+:)?xf([\s/][^<>]*)>")
_TAG = re.compile(rb"<(?:[\w.-]+:)?(c|row)((?:\s[^<>]*)?)>")
_REFERENCE = re.compile(rb"([A-Z]{0,3})([1-9][0-9]{0,6})")


class RawCell(NamedTuple):
    """A cell as it stands in the XML of a sheet.

    Attributes:
        attributes: of its tag, as bytes.
        end: index of the first byte behind its tag.
    """

    address: Address
    attributes: bytes
    end: int

    @property
    def kind(self) -> bytes:
        """What its value is: ``n`` or nothing for a number, ``s`` for a shared string and so on."""
        return attribute(self.attributes, b"t")

    def style(self, styles: list[str]) -> str:
        """Return what a list says of its style; "" for a style that is not in the list."""
        number = attribute(self.attributes, b"s")
        index = int(number) if number.isdigit() else 0
        return styles[index] if index < len(styles) else ""


def attribute(attributes: bytes, name: bytes) -> bytes:
    """Return an attribute of a tag; empty where it has none of that name."""
    found = re.search(rb"\s" + name + rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", b" " + attributes)
    return (found.group(1) or found.group(2) or b"") if found else b""


def cell_style_numbers(styles: bytes, name: bytes) -> list[int]:
    """Return an attribute of each style of cells, in the order in which cells name them; -1 where it is no number.

    Args:
        styles: ``xl/styles.xml``.
        name: such as ``numFmtId`` or ``fontId``.
    """
    part = _CELL_STYLES.search(styles)
    numbers = [attribute(found.group(1), name) for found in _CELL_STYLE.finditer(part.group())] if part else []
    return [int(number) if number.isdigit() else -1 for number in numbers]


def cells_of(sheet: bytes) -> Iterator[RawCell]:
    """Give the cells of a sheet that hold something, in its order; a cell without an address follows the one before."""
    row = column = -1
    for tag in _TAG.finditer(sheet):
        kind, attributes = tag.groups()
        letters, number = _place(attribute(attributes, b"r"))
        if kind == b"row":
            row, column = number if number >= 0 else row + 1, -1
            continue
        row, column = (number if number >= 0 else max(row, 0)), letters if letters >= 0 else column + 1
        if not attributes.endswith(b"/"):
            yield RawCell((row, column), attributes, tag.end())


def _place(reference: bytes) -> tuple[int, int]:
    """Return column and row of a reference, from 0; -1 for what it does not say."""
    valid = _REFERENCE.fullmatch(reference)
    if valid is None:
        return -1, -1
    return (column_index(valid.group(1).decode()) if valid.group(1) else -1), int(valid.group(2)) - 1
