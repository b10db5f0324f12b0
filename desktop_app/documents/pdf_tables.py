"""Tables of any length in PDF: laid out once, cut page by page, the head repeated on each.

Reportlab's own tables copy all remaining rows at every page, which takes quadratic time (20 pages/s at 20,000 rows);
cutting the rows into chunks repeats the head where two chunks meet. Here rows are
measured once and each page takes its share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.lib.colors import HexColor, black
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable

from desktop_app.documents import fonts
from desktop_app.documents.model import Align, Column, Row, RowKind, Table, Tone
from desktop_app.documents.style import POINTS_PER_MM, Profile, TextStyle

_MINIMUM_LINES = 2
"""A row is cut between two pages only when it is higher than a page, and leaves at least so many lines."""


_BASELINE = 0.95
"""How far the baseline stands below the top of a line, as a factor of the size."""


@dataclass(frozen=True)
class _Box:
    """A measured cell: its place within the row in points; ``height`` 0 means the whole row's."""

    x: float
    width: float
    lines: tuple[str, ...]
    face: str
    align: Align
    below_top: float = 0.0
    height: float = 0.0


@dataclass(frozen=True)
class _Line:
    """A measured row."""

    boxes: tuple[_Box, ...]
    height: float
    keep_with_next: bool = False
    is_head: bool = False


@dataclass(frozen=True)
class _Metrics:
    size: float
    leading: float
    padding: float
    x: tuple[float, ...]


@dataclass(frozen=True)
class _Laid:
    """A measured table; heights in points."""

    profile: Profile
    width: float
    page_height: float
    metrics: _Metrics
    captions: tuple[tuple[str, TextStyle, float], ...]
    head: tuple[_Line, ...]
    rows: tuple[_Line, ...]


def table_flow(table: Table, profile: Profile, width: float, page_height: float) -> TableFlow:
    """Measure a table and return its flowable.

    Args:
        table: what to show.
        profile: how it looks.
        width: available width in points.
        page_height: height of an empty page in points; a row higher than that is cut between lines.
    """
    metrics = _metrics(table, profile, width)
    return TableFlow(
        _Laid(
            profile=profile,
            width=width,
            page_height=page_height,
            metrics=metrics,
            captions=tuple(_captions(table, profile, width)),
            head=tuple(_head(table, metrics)),
            rows=tuple(_measure(row, table.columns, metrics) for row in table.rows),
        )
    )


class TableFlow(Flowable):
    """A table, or the rest of one, that fills what is left of a page and goes on at the next."""

    def __init__(self, laid: _Laid) -> None:
        super().__init__()
        self._laid = laid
        self._captions_height = sum(height for _text, _style, height in laid.captions)
        self._head_height = sum(line.height for line in laid.head)
        self._rows_height = sum(line.height for line in laid.rows)

    def lead_height(self) -> float:
        """Height in points of what must stay together at the start: captions, head and first rows."""
        lead = self._captions_height + self._head_height
        for line in self._laid.rows[:4]:
            lead += line.height
            if not line.keep_with_next:
                break
        return min(lead, self._laid.page_height * 0.8)

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Return the size of all that is left of the table."""
        height = self._captions_height + self._head_height + self._rows_height
        return available_width, height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """Return the part for this page and the rest, or nothing when even the first row must wait."""
        if self.wrap(available_width, available_height)[1] <= available_height:
            return [self]
        room = available_height - self._captions_height - self._head_height
        count = self._fitting(room, fresh_page=available_height > self._laid.page_height - 1)
        if count:
            return self._parts(self._laid.rows[:count], self._laid.rows[count:])
        return self._cut_first(room)

    def _fitting(self, room: float, *, fresh_page: bool) -> int:
        """How many rows stand on this page; a group row goes with what it heads, unless that can never be."""
        count, used = 0, 0.0
        while count < len(self._laid.rows) and used + self._laid.rows[count].height <= room:
            used += self._laid.rows[count].height
            count += 1
        kept = count
        while kept and self._laid.rows[kept - 1].keep_with_next:
            kept -= 1
        return kept or (count if fresh_page else 0)

    def _parts(self, here: tuple[_Line, ...], rest: tuple[_Line, ...]) -> list[Flowable]:
        return [TableFlow(replace(self._laid, rows=here)), TableFlow(replace(self._laid, rows=rest, captions=()))]

    def _cut_first(self, room: float) -> list[Flowable]:
        first = self._laid.rows[0]
        whole_page = self._laid.page_height - self._head_height - self._captions_height
        metrics = self._laid.metrics
        lines = int((room - 2 * metrics.padding) / metrics.leading)
        if first.height <= whole_page or lines < _MINIMUM_LINES:
            return []
        above, below = _cut(first, lines, metrics)
        return self._parts((above,), (below, *self._laid.rows[1:]))

    def draw(self) -> None:
        """Draw captions, head and rows from the top down."""
        canvas = self.canv
        y = self._captions_height + self._head_height + self._rows_height
        family = fonts.load_family()
        for text, style, height in self._laid.captions:
            canvas.setFont(family.of(style), style.size)
            baseline = y - style.before - style.size
            if style.align == "right":
                canvas.drawRightString(self._laid.width, baseline, text)
            else:
                canvas.drawCentredString(self._laid.width / 2, baseline, text)
            y -= height
        canvas.setStrokeColor(black)
        canvas.setLineWidth(self._laid.profile.table.line_width)
        for line in (*self._laid.head, *self._laid.rows):
            self._draw_line(line, y)
            y -= line.height

    def _draw_line(self, line: _Line, top: float) -> None:
        for box in line.boxes:
            self._draw_box(box, top - box.below_top, box.height or line.height, is_head=line.is_head)

    def _draw_box(self, box: _Box, top: float, height: float, *, is_head: bool) -> None:
        canvas, metrics = self.canv, self._laid.metrics
        canvas.setFillColor(HexColor(f"#{self._laid.profile.table.head_fill}") if is_head else black)
        canvas.rect(box.x, top - height, box.width, height, stroke=1, fill=1 if is_head else 0)
        canvas.setFillColor(black)
        canvas.setFont(box.face, metrics.size)
        above = (height - len(box.lines) * metrics.leading) / 2 if is_head else metrics.padding
        y = top - above - metrics.size * _BASELINE
        for text in box.lines:
            if box.align is Align.RIGHT:
                canvas.drawRightString(box.x + box.width - metrics.padding, y, text)
            elif box.align is Align.CENTRE:
                canvas.drawCentredString(box.x + box.width / 2, y, text)
            else:
                canvas.drawString(box.x + metrics.padding, y, text)
            y -= metrics.leading


def column_widths(columns: Sequence[Column], width: float) -> list[float]:
    """Share a width out among columns."""
    total = sum(column.width for column in columns)
    return [width * column.width / total for column in columns]


def text_size(table: Table, profile: Profile, width: float) -> float:
    """Return the size in points at which no ordinary word of the table is wider than its column.

    Words of more than 24 letters are broken instead; nothing goes below the smallest size of the profile.
    """
    layout = profile.table
    family = fonts.load_family()
    widths = column_widths(table.columns, width)
    size = layout.size
    texts = [[column.title for column in table.columns]]
    texts += [[cell.text for cell in row.cells] for row in table.rows if all(cell.span == 1 for cell in row.cells)]
    for index, column_width in enumerate(widths):
        words = {word for line in texts for word in line[index].split() if len(word) <= 24}
        widest = max((pdfmetrics.stringWidth(fonts.clean(word), family.bold, 1.0) for word in words), default=0.0)
        room = column_width - 2 * layout.padding * POINTS_PER_MM
        if widest:
            size = min(size, room / widest)
    return max(layout.min_size, int(size * 2) / 2)


def _metrics(table: Table, profile: Profile, width: float) -> _Metrics:
    size = text_size(table, profile, width)
    x = [0.0]
    for column_width in column_widths(table.columns, width):
        x.append(x[-1] + column_width)
    return _Metrics(
        size=size, leading=size * fonts.SINGLE_SPACING, padding=profile.table.padding * POINTS_PER_MM, x=tuple(x)
    )


def _captions(table: Table, profile: Profile, width: float) -> list[tuple[str, TextStyle, float]]:
    captions = []
    for text, name in ((table.title, "table_title"), (table.note, "table_note")):
        if text:
            style = profile.styles[name]
            lines = fonts.wrap(fonts.clean(text), fonts.load_family().of(style), style.size, width)
            for index, line in enumerate(lines):
                shape = replace(style, before=style.before if index == 0 else 0.0)
                after = style.after + style.size * 0.2 if index == len(lines) - 1 else 0.0
                captions.append((line, shape, shape.before + style.size * fonts.SINGLE_SPACING + after))
    return captions


def _box(text: str, first: int, span: int, metrics: _Metrics, *, bold: bool, align: Align) -> _Box:
    face = fonts.load_family().face(bold=bold, italic=False)
    x, width = metrics.x[first], metrics.x[first + span] - metrics.x[first]
    lines = fonts.wrap(fonts.clean(text), face, metrics.size, width - 2 * metrics.padding)
    return _Box(x=x, width=width, lines=tuple(lines), face=face, align=align)


def _height(boxes: Sequence[_Box], metrics: _Metrics) -> float:
    return max((len(box.lines) for box in boxes), default=0) * metrics.leading + 2 * metrics.padding


def _head(table: Table, metrics: _Metrics) -> list[_Line]:
    """The head: one row, or two where columns stand in groups; a column without a group then spans both."""

    def box(text: str, first: int, span: int = 1) -> _Box:
        return _box(text, first, span, metrics, bold=True, align=Align.CENTRE)

    upper: list[_Box] = []
    lower: list[_Box] = []
    alone: list[_Box] = []
    for first, span, group in head_groups(table.columns):
        if group:
            upper.append(box(group, first, span))
            lower += [box(table.columns[index].title, index) for index in range(first, first + span)]
        else:
            alone.append(box(table.columns[first].title, first))
    if not upper:
        return [_Line(tuple(alone), _height(alone, metrics), is_head=True)]
    above = _height(upper, metrics)
    below = max(_height(lower, metrics), _height(alone, metrics) - above)
    boxes = [*alone, *(replace(b, height=above) for b in upper), *(replace(b, below_top=above, height=below) for b in lower)]
    return [_Line(tuple(boxes), above + below, is_head=True)]


def head_groups(columns: Sequence[Column]) -> list[tuple[int, int, str]]:
    """Return (first column, number of columns, group) for each cell of the upper head row; group is "" for a lone column."""
    groups: list[tuple[int, int, str]] = []
    for index, column in enumerate(columns):
        if column.group and groups and groups[-1][2] == column.group:
            first, span, group = groups[-1]
            groups[-1] = (first, span + 1, group)
        else:
            groups.append((index, 1, column.group))
    return groups


def _measure(row: Row, columns: Sequence[Column], metrics: _Metrics) -> _Line:
    boxes, first = [], 0
    strong = row.kind is not RowKind.PLAIN
    for cell in row.cells:
        align = cell.align or (columns[first].align if cell.span == 1 else Align.LEFT)
        bold = strong or cell.tone is Tone.STRONG
        boxes.append(_box(cell.text, first, cell.span, metrics, bold=bold, align=align))
        first += cell.span
    return _Line(tuple(boxes), _height(boxes, metrics), keep_with_next=row.kind is RowKind.GROUP)


def _cut(line: _Line, count: int, metrics: _Metrics) -> tuple[_Line, _Line]:
    above = tuple(replace(box, lines=box.lines[:count]) for box in line.boxes)
    below = tuple(replace(box, lines=box.lines[count:] or ("",)) for box in line.boxes)
    return (
        replace(line, boxes=above, height=_height(above, metrics), keep_with_next=False),
        replace(line, boxes=below, height=_height(below, metrics)),
    )
