"""What a unit's file says, laid out on one sheet with the doubtful cells marked: sign, ground, comment, and the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from desktop_app.domain.labels import label
from desktop_app.domain.severity import GRAVEST_FIRST, Severity
from desktop_app.exchange.content import CellValue
from desktop_app.exchange.workbook import column_letters
from desktop_app.exchange.writing.problems_content import (
    CopiedCell,
    CopiedRow,
    CopiedTable,
    MarkedCopy,
    Problem,
    ProblemsContent,
)
from desktop_app.exchange.writing.styles import line_count, row_height
from desktop_app.text.catalogue import N_, Catalogue, Language

_texts = Catalogue(Language.VI)
SIGNS: dict[Severity, str] = {Severity.ERROR: "✕", Severity.QUESTION: "?", Severity.WARNING: "!", Severity.INFO: "i"}
"""The sign of each severity, so that nothing is told by colour alone."""
COPY_WIDTHS = (11.0, 44.0, 15.0, 14.0, 14.0, 32.0, 8.0, 52.0)
_ANSWERS = 6
"""Columns of the tables; the number of the reason and the reason stand in the two after them."""
HEADING_ROWS = 4
"""Rows at the top of a copy that stay in view."""
_ORDINARY = "General"


class Spec(NamedTuple):
    """One cell to be written.

    Attributes:
        style: role and number format.
        link: location in this workbook that it leads to, "" for none.
        comment: what is shown beside it, "" for nothing.
    """

    value: CellValue
    style: str
    link: str = ""
    comment: str = ""


class SpecRow(NamedTuple):
    """One row to be written: its height in points and its cells from column A on; None leaves a cell out."""

    height: float
    cells: Sequence[Spec | None]


class CopyLayout:
    """The rows of one marked copy.

    Args:
        copy: what the file says.
        sheet: name that the sheet has got.
        content: the workbook that it stands in.
        rows_of: location of each problem among the reasons.

    Attributes:
        page_title: what stands above every printed page.
        places: address of each problem of the copy, by its number.
        merges: ranges of cells that are one.
    """

    def __init__(self, copy: MarkedCopy, sheet: str, content: ProblemsContent, rows_of: Mapping[int, str]) -> None:
        self.copy = copy
        self.sheet = sheet
        self.places: dict[int, str] = {}
        self.merges: list[str] = []
        self.rows: list[SpecRow] = []
        self._content = content
        self._rows_of = rows_of
        mark = f" – {_texts(N_('Illustrative figures'))}" if content.illustrative else ""
        self.page_title = f"{copy.heading} – {copy.facts}{mark}"
        self._lay_out()

    def _lay_out(self) -> None:
        back = next(iter(self._rows_of.values()), "").partition("!")[0] + "!A1"
        mark = _texts(N_("Illustrative figures")) if self._content.illustrative else ""
        self._add(22, Spec(self.copy.heading, "heading"))
        self._add(18, Spec(self.copy.facts, "line"))
        how = N_("A copy to look at. Correct your own file and send that back, not this table.")
        self._add(18, Spec(_texts(how), "mark"))
        self._add(18, Spec(_texts(N_("← Back to the reasons")), "link", back), *[None] * (_ANSWERS - 2), Spec(mark, "mark"))
        if self.copy.problems:
            self._add(26, Spec(_texts(N_("About the whole file")), "heading"))
            for number in self.copy.problems:
                self._add_remark(number)
        for table in self.copy.tables:
            self._add_table(table)

    def _add(self, height: float, *cells: Spec | None) -> None:
        self.rows.append(SpecRow(height, cells))

    def _add_remark(self, number: int) -> None:
        problem = self._content.problems[number]
        line = len(self.rows) + 1
        self.places[number] = f"A{line}"
        self.merges.append(f"B{line}:{column_letters(_ANSWERS - 1)}{line}")
        sign = Spec(SIGNS[problem.severity], str(problem.severity), comment=reason(problem))
        lines = max(line_count(problem.why, sum(COPY_WIDTHS[1:_ANSWERS])), line_count(problem.todo, COPY_WIDTHS[-1]))
        blanks = [Spec(None, "remark")] * (_ANSWERS - 2)
        self._add(row_height(lines), sign, Spec(problem.why, "remark"), *blanks, *self._linked([number], problem.todo))

    def _linked(self, numbers: Sequence[int], text: str) -> tuple[Spec, Spec]:
        """Return the number of the first of some reasons, which leads to it, and what stands beside it.

        The link is a cell of its own: LibreOffice shows linked text in one line and without its number format.
        """
        if not numbers:
            return Spec(None, "remark"), Spec(None, "remark")
        return Spec(str(numbers[0] + 1), "link_cell", self._rows_of[numbers[0]]), Spec(text, "remark")

    def _add_table(self, table: CopiedTable) -> None:
        self._add(26, Spec(table.title, "heading"))
        headers = [*table.headers, _texts(N_("No. of the reason")), _texts(N_("What to look at"))]
        self._add(row_height(2), *(Spec(text, "header") for text in headers))
        self._merge(table)
        for row in table.rows:
            if isinstance(row, str):
                blank = Spec(None, "section")
                self._add(22, blank, Spec(row, "section"), *[blank] * (len(COPY_WIDTHS) - 2))
                self.merges.append(f"B{len(self.rows)}:{column_letters(len(COPY_WIDTHS) - 1)}{len(self.rows)}")
            else:
                self._add_row(table, row)

    def _merge(self, table: CopiedTable) -> None:
        """Make one cell of those of the last row that belong to one column of the table."""
        line = len(self.rows)
        for index, text in enumerate(table.headers):
            if text is None:
                self.merges.append(f"{column_letters(index - 1)}{line}:{column_letters(index)}{line}")

    def _add_row(self, table: CopiedTable, row: CopiedRow) -> None:
        line = len(self.rows) + 1
        cells = []
        for index, cell in enumerate(row.cells):
            address = f"{column_letters(index)}{line}"
            self.places.update(dict.fromkeys(cell.problems, address))
            cells.append(self._spec(cell, index, is_figure=index in table.figures))
        numbers = sorted({number for cell in row.cells for number in cell.problems})
        remark = "\n".join(f"{number + 1}. {self._content.problems[number].why}" for number in numbers)
        self._add(_height(table, row, remark), *cells, *self._linked(numbers, remark))
        self._merge(table)

    def _spec(self, cell: CopiedCell, index: int, *, is_figure: bool) -> Spec:
        """Return a cell of the table, marked where something is wrong with it."""
        if not cell.problems:
            plain = "figure" if is_figure else "code" if index == 0 else "cell"
            return Spec(cell.value, f"{plain}:{cell.number_format}")
        found = [self._content.problems[number] for number in cell.problems]
        gravest = min((problem.severity for problem in found), key=GRAVEST_FIRST.index)
        role = f"{gravest}_figure" if is_figure else str(gravest)
        value = cell.value if cell.value is not None and cell.value != "" else _texts(N_("(empty)"))
        comment = "\n\n".join(reason(problem) for problem in found)
        return Spec(value, f"{role}:{_signed(cell.number_format, SIGNS[gravest])}", comment=comment)


def reason(problem: Problem) -> str:
    """Return what stands in the comment of a marked cell."""
    parts = [f"{SIGNS[problem.severity]} {label(_texts, problem.severity)}: {problem.why}", f"→ {problem.todo}"]
    place = " ".join(filter(None, (problem.sheet, problem.cell)))
    if place:
        parts.append(_texts(N_("In the unit's file: {place}"), place=place))
    return "\n".join(parts)


def _signed(number_format: str, sign: str) -> str:
    """Return a number format that shows a sign before whatever the cell holds, so that the value stays what it is."""
    shown = _ORDINARY if number_format == "@" else number_format
    return f'"{sign} "{shown};"{sign} "-{shown};"{sign} "{shown};"{sign} "@'


def _height(table: CopiedTable, row: CopiedRow, remark: str) -> float:
    lines = line_count(remark, COPY_WIDTHS[-1] * 1.09) if remark else 1
    for index, cell in enumerate(row.cells):
        if isinstance(cell.value, str):
            is_wide = index + 1 < len(table.headers) and table.headers[index + 1] is None
            width = COPY_WIDTHS[index] + (COPY_WIDTHS[index + 1] if is_wide else 0)
            lines = max(lines, line_count(cell.value + "  ", width))
    return row_height(lines)
