"""Tables of Word files, written as XML in one go: python-docx's own cells take quadratic time in long tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.table import CT_Tbl

from desktop_app.documents import fonts
from desktop_app.documents.model import Align, Cell, Column, Row, RowKind, Table, Tone
from desktop_app.documents.pdf_tables import column_widths, head_groups, text_size
from desktop_app.documents.style import POINTS_PER_MM, Profile

TWIPS_PER_MM = 1440 / 25.4
_ALIGN = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}
_LETTER_WIDTH = 0.45
"""Mean width of a letter, as a factor of the size."""
_MOST_LINES_KEPT = 15
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def table_xml(table: Table, profile: Profile, width_mm: float) -> CT_Tbl:
    """Return a table as the element that Word files hold: fixed widths, ruled, its head repeated on each page."""
    layout = profile.table
    widths = [round(width * TWIPS_PER_MM) for width in column_widths(table.columns, width_mm)]
    half_points = round(text_size(table, profile, width_mm * POINTS_PER_MM) * 2)
    eighths = round(layout.line_width * 8)
    padding = round(layout.padding * TWIPS_PER_MM)
    writer = _Writer(widths, half_points, layout.head_fill)
    rows = "".join([*writer.head(table.columns), *(writer.row(row, table.columns) for row in table.rows)])
    borders = "".join(f'<w:{edge} w:val="single" w:sz="{eighths}" w:space="0" w:color="000000"/>' for edge in _EDGES)
    margins = "".join(f'<w:{edge} w:w="{padding}" w:type="dxa"/>' for edge in ("top", "left", "bottom", "right"))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    element: CT_Tbl = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )
    return element


class _Writer:
    """Writes rows as XML text."""

    def __init__(self, widths: Sequence[int], half_points: int, head_fill: str) -> None:
        self._widths, self._half_points, self._head_fill = widths, half_points, head_fill

    def head(self, columns: Sequence[Column]) -> Iterator[str]:
        groups = head_groups(columns)
        if not any(group for _first, _span, group in groups):
            yield self._head_row(self._head_cell(column.title, index, 1) for index, column in enumerate(columns))
            return
        yield self._head_row(
            self._head_cell(group or columns[first].title, first, span, merge="" if group else "restart")
            for first, span, group in groups
        )
        yield self._head_row(
            self._head_cell(column.title if column.group else "", index, 1, merge="" if column.group else "continue")
            for index, column in enumerate(columns)
        )

    def row(self, row: Row, columns: Sequence[Column]) -> str:
        cells, first = [], 0
        strong = row.kind is not RowKind.PLAIN
        for cell in row.cells:
            cells.append(self._cell(cell, first, columns, strong=strong, keep=row.kind is RowKind.GROUP))
            first += cell.span
        properties = "" if self._is_tall(row) else "<w:trPr><w:cantSplit/></w:trPr>"
        return f"<w:tr>{properties}{''.join(cells)}</w:tr>"

    def _is_tall(self, row: Row) -> bool:
        """Tell whether a row may need most of a page; kept whole, what is beyond the page would be lost."""
        first = 0
        for cell in row.cells:
            width_points = sum(self._widths[first : first + cell.span]) / 20
            first += cell.span
            letters = max(1.0, width_points / (self._half_points / 2 * _LETTER_WIDTH))
            if len(cell.text) / letters + cell.text.count("\n") > _MOST_LINES_KEPT:
                return True
        return False

    def _head_row(self, cells: Iterator[str]) -> str:
        return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"

    def _head_cell(self, text: str, first: int, span: int, merge: str = "") -> str:
        merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
        shading = f'<w:shd w:val="clear" w:color="auto" w:fill="{self._head_fill}"/>'
        properties = f'{merged}{shading}<w:vAlign w:val="center"/>'
        return self._box(text, first, span, properties, Align.CENTRE, bold=True, keep=True)

    def _cell(self, cell: Cell, first: int, columns: Sequence[Column], *, strong: bool, keep: bool) -> str:
        align = cell.align or (columns[first].align if cell.span == 1 else Align.LEFT)
        return self._box(cell.text, first, cell.span, "", align, bold=strong or cell.tone is Tone.STRONG, keep=keep)

    def _box(self, text: str, first: int, span: int, properties: str, align: Align, *, bold: bool, keep: bool) -> str:
        width = sum(self._widths[first : first + span])
        spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        face = f'{"<w:b/>" if bold else ""}<w:sz w:val="{self._half_points}"/><w:szCs w:val="{self._half_points}"/>'
        lines = fonts.clean(text).split("\n")
        runs = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
        kept = "<w:keepNext/>" if keep else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{properties}</w:tcPr>'
            f'<w:p><w:pPr>{kept}<w:jc w:val="{_ALIGN[align]}"/><w:rPr>{face}</w:rPr></w:pPr>'
            f"<w:r><w:rPr>{face}</w:rPr>{runs}</w:r></w:p></w:tc>"
        )
