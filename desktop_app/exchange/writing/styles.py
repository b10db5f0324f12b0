"""How an exchange workbook looks: one place for fonts, colours, borders and number formats.

Calm and printable in black and white: a pale header, input cells in the colour of the entry grid with a stronger border, no
decoration. Styles are named by role; a role may carry a number format after a colon, such as ``input:#,##0``.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import cache
from math import ceil

from openpyxl.cell.cell import Cell as OpenpyxlCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray

from desktop_app.domain.entities import ElementKind
from desktop_app.domain.severity import Severity

FONT_NAME = "Times New Roman"
FONT_SIZE = 12
_LINE_HEIGHT = 15.75
_PADDING = 4.5
_CHARS_PER_WIDTH = 1.05
"""Characters of the font that fit in one unit of column width, on the safe side."""

DAY_FORMAT = "dd/mm/yyyy"
_INK, _SOFT, _LINE, _INPUT_LINE = "1B2428", "5B6B73", "C9D0D3", "8FA9A8"
_HEADER, _INPUT_HEADER, _SECTION, _INPUT, _LOCKED = "DCECEB", "F6EBC4", "EEF2F3", "FFFEF5", "FFFFFF"
_AMBER, _ACCENT = "8A6100", "0B6E6E"
MARKS: dict[Severity, tuple[str, str]] = {
    Severity.ERROR: ("B3401F", "F8DDD5"),
    Severity.QUESTION: ("3D5A80", "DDE6F3"),
    Severity.WARNING: ("8A6100", "FAEBC2"),
    Severity.INFO: ("5B6B73", "EEF2F3"),
}
"""Colour of text and ground of a marked cell; its role is ``error``, or ``error_figure`` where it holds a figure."""


@dataclass(frozen=True)
class Role:
    """One role of a cell.

    Attributes:
        fill: background colour, None for none.
        border: colour of its four lines, None for none.
        locked: False for cells that units fill in.
        wrap: True to break long text into lines.
        underline: True for a link.
    """

    size: int = FONT_SIZE
    bold: bool = False
    italic: bool = False
    colour: str = _INK
    fill: str | None = None
    border: str | None = None
    align: str = "left"
    vertical: str = "center"
    locked: bool = True
    wrap: bool = True
    underline: bool = False

    @property
    def indented(self) -> bool:
        """True for cells of a table, whose text keeps a little distance from the lines."""
        return self.border is not None and self.align != "center"


ROLES: dict[str, Role] = {
    "title": Role(size=16, bold=True, wrap=False),
    "subtitle": Role(size=13, wrap=True),
    "heading": Role(size=13, bold=True, wrap=False),
    "label": Role(colour=_SOFT, vertical="top"),
    "text": Role(vertical="top"),
    "strong": Role(bold=True, vertical="top"),
    "header": Role(bold=True, fill=_HEADER, border=_LINE, align="center"),
    "input_header": Role(bold=True, fill=_INPUT_HEADER, border=_LINE, align="center"),
    "section": Role(bold=True, fill=_SECTION, border=_LINE, wrap=False),
    "section_mark": Role(italic=True, colour=_AMBER, fill=_SECTION, border=_LINE, align="right", wrap=False),
    "code": Role(size=11, colour=_SOFT, border=_LINE, fill=_LOCKED),
    "cell": Role(border=_LINE, fill=_LOCKED),
    "small_cell": Role(size=11, colour=_SOFT, border=_LINE, fill=_LOCKED),
    "figure": Role(border=_LINE, fill=_LOCKED, align="right"),
    "previous": Role(colour=_SOFT, border=_LINE, fill=_LOCKED, align="right"),
    "input": Role(border=_INPUT_LINE, fill=_INPUT, align="right", locked=False),
    "input_text": Role(border=_INPUT_LINE, fill=_INPUT, locked=False),
    "empty": Role(italic=True, colour=_SOFT, wrap=False),
    "mark": Role(italic=True, colour=_AMBER, wrap=False),
    "identity": Role(size=9, colour=_SOFT, wrap=False),
    "identity_wrapped": Role(size=9, colour=_SOFT, vertical="top"),
    "meta": Role(wrap=False),
    "line": Role(wrap=False),
    "link": Role(colour=_ACCENT, underline=True, wrap=False),
    "link_cell": Role(colour=_ACCENT, underline=True, border=_LINE, fill=_LOCKED),
    "remark": Role(size=11, border=_LINE, fill=_LOCKED),
    **{
        f"{severity}{kind}": Role(bold=True, colour=ink, fill=fill, border=ink, align=align)
        for severity, (ink, fill) in MARKS.items()
        for kind, align in (("", "left"), ("_figure", "right"))
    },
}


def number_format(kind: ElementKind, places: int) -> str:
    """Return the number format of an element's cells: grouped thousands, the separators of the reader's own system."""
    if kind is ElementKind.COUNT:
        return "#,##0"
    if kind is ElementKind.DECIMAL:
        return "#,##0." + "0" * places if places else "#,##0"
    if kind is ElementKind.MONEY:
        return "#,##0.0##"
    if kind is ElementKind.DAY:
        return DAY_FORMAT
    return "@" if kind is ElementKind.TEXT else "General"


class StyleBook:
    """The styles of one openpyxl workbook; each is made once and shared by the cells that have it."""

    def __init__(self) -> None:
        self._made: dict[str, StyleArray] = {}

    def apply(self, cell: OpenpyxlCell, style: str) -> None:
        """Give a cell the style of a role, such as ``header`` or ``input:#,##0``."""
        known = self._made.get(style)
        if known is not None:  # comparing fonts and borders anew for every cell takes most of the time of a large table
            cell._style = copy(known)  # noqa: SLF001 - the way in which openpyxl itself copies a style
            return
        font, fill, border, alignment, protection, cell_format = _make(style)
        cell.font = font
        cell.alignment = alignment
        cell.protection = protection
        cell.number_format = cell_format
        if fill is not None:
            cell.fill = fill
        if border is not None:
            cell.border = border
        self._made[style] = copy(cell._style)  # noqa: SLF001


def _make(style: str) -> tuple[object, ...]:
    name, _, cell_format = style.partition(":")
    role = ROLES[name]
    side = Side(style="thin", color=role.border) if role.border else None
    return (
        Font(
            name=FONT_NAME,
            size=role.size,
            bold=role.bold,
            italic=role.italic,
            color=role.colour,
            underline="single" if role.underline else None,
        ),
        PatternFill("solid", start_color=role.fill) if role.fill else None,
        Border(left=side, right=side, top=side, bottom=side) if side else None,
        Alignment(horizontal=role.align, vertical=role.vertical, wrap_text=role.wrap, indent=1 if role.indented else 0),
        Protection(locked=role.locked),
        cell_format or "General",
    )


@cache
def line_count(text: str, width: float) -> int:
    """Return how many lines a text takes in a column.

    Args:
        text: what stands in the cell; its own line breaks count.
        width: column width in the units of Excel.
    """
    room = max(width * _CHARS_PER_WIDTH - 1, 1)
    return sum(max(1, ceil(len(part) * 1.04 / room)) for part in text.split("\n"))


def row_height(lines: int) -> float:
    """Return the height in points of a row with that many lines."""
    return min(lines * _LINE_HEIGHT + _PADDING, 409)
