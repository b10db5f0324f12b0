"""The problems workbook: what units have to look at again, to be sent back to them.

It is a fresh workbook, never what came back: the first sheet lists every reason with a link to the marked cell, and a sheet
per file shows what it says, by code. The same content gives the same bytes.

The texts go to units, so they are Vietnamese whatever the language of the program.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.domain.labels import label
from desktop_app.exchange.content import CellValue
from desktop_app.exchange.layout import PROBLEMS_TITLE, REASONS_SHEET
from desktop_app.exchange.workbook import column_letters
from desktop_app.exchange.writing.archives import PROPERTIES, legal, members_of, packed, properties, room_for_sheets
from desktop_app.exchange.writing.marked_copies import COPY_WIDTHS, HEADING_ROWS, SIGNS, CopyLayout, Spec, SpecRow
from desktop_app.exchange.writing.problems_content import Problem, ProblemsContent
from desktop_app.exchange.writing.styles import StyleBook, line_count, row_height
from desktop_app.exchange.writing.tables import sheet_name
from desktop_app.text.catalogue import N_, Catalogue, Language

_texts = Catalogue(Language.VI)
MOST_LINKS = 65_530
"""So many hyperlinks Excel reads on one sheet; the rows after them are linked by formulas."""
_COLUMNS: tuple[tuple[str, float], ...] = (
    (N_("No."), 6),
    (N_("Unit"), 20),
    (N_("File"), 22),
    (N_("Sheet"), 11),
    (N_("Cell"), 8),
    (N_("Code"), 10),
    (N_("Data element, system or task"), 26),
    (N_("What stands there"), 18),
    (N_("Reason"), 46),
    (N_("What to do"), 32),
    (N_("Severity"), 13),
)
_CELL = 4
_COMMENT_WIDTH, _COMMENT_CHARACTERS, _COMMENT_LINE, _COMMENT_PADDING = 380, 58, 17, 14
"""Of a comment: its width in points, letters in one of its lines, height of a line in points, points for its frame."""
_ZOOM = 80
"""Per cent; at that the reasons fit on a small screen."""
_AUTHOR = "Sổ Kế hoạch"
_RESERVED = {"history"}
"""A name that Excel keeps for itself."""


def write_problems(content: ProblemsContent) -> bytes:
    """Return a problems workbook.

    Args:
        content: what it holds; there is no limit to the number of problems.
    """
    names = {REASONS_SHEET.casefold(), *_RESERVED}
    first = len(_heading(content)) + 2
    rows_of = {number: _location(REASONS_SHEET, f"A{first + number}") for number in range(len(content.problems))}
    copies = [CopyLayout(copy, sheet_name(copy.name, names), content, rows_of) for copy in content.copies]
    book = Workbook(write_only=True)
    styles = StyleBook()
    buffer = io.BytesIO()
    with room_for_sheets():
        _write_reasons(book.create_sheet(REASONS_SHEET), content, copies, styles)
        for copy in copies:
            _write_copy(book.create_sheet(copy.sheet), copy, styles)
        book.save(buffer)
    members = dict(members_of(buffer.getvalue()))
    members[PROPERTIES] = properties(PROBLEMS_TITLE, content.moment)
    return packed(members.items())


def _location(sheet: str, address: str) -> str:
    """Return where a link leads to."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{address}"


def _heading(content: ProblemsContent) -> list[Spec]:
    """Return the lines above the table, a row each."""
    how = N_(
        "Please correct your own file and send that back, not this table. "
        "The links in the column “Ô” lead to a copy of what was sent, with the places marked."
    )
    lines = [Spec(PROBLEMS_TITLE, "title"), Spec(content.facts, "line"), Spec(_texts(how), "line")]
    if content.illustrative:
        lines.append(Spec(_mark(), "mark"))
    return lines


def _mark() -> str:
    return _texts(N_("Illustrative figures: made up for trying the program, not to be cited."))


def _write_reasons(sheet: Worksheet, content: ProblemsContent, copies: Sequence[CopyLayout], styles: StyleBook) -> None:
    heading = _heading(content)
    headers = len(heading) + 1
    titles = [_texts(title) for title, _width in _COLUMNS]
    _set_up(sheet, [width for _title, width in _COLUMNS], headers, _page_title(PROBLEMS_TITLE, content))
    sheet.print_title_rows = f"{headers}:{headers}"
    sheet.auto_filter.ref = f"A{headers}:{column_letters(len(_COLUMNS) - 1)}{headers + len(content.problems)}"
    for line in heading:
        _append(sheet, SpecRow(26 if line.style == "title" else 19, [line]), styles)
    lines = max(line_count(text, width) for text, (_title, width) in zip(titles, _COLUMNS, strict=True))
    _append(sheet, SpecRow(row_height(max(lines, 2)), [Spec(text, "header") for text in titles]), styles)
    places = {number: _location(copy.sheet, place) for copy in copies for number, place in copy.places.items()}
    left = MOST_LINKS
    for number, problem in enumerate(content.problems):
        place = places.get(number, "")
        left -= bool(place)
        _append(sheet, _reason_row(number, problem, place), styles, by_formula=left < 0)


def _reason_row(number: int, problem: Problem, place: str) -> SpecRow:
    texts = (
        problem.unit,
        problem.file,
        problem.sheet,
        problem.cell or ("→" if place else ""),
        problem.code,
        problem.name,
        problem.stood,
        problem.why,
        problem.todo,
        f"{SIGNS[problem.severity]} {label(_texts, problem.severity)}",
    )
    lines = max(line_count(text, width) for text, (_title, width) in zip(texts, _COLUMNS[1:], strict=True))
    cells = [Spec(number + 1, "figure:0"), *(Spec(text or None, "cell") for text in texts)]
    if place:
        cells[_CELL] = Spec(cells[_CELL].value, "link_cell", place)
    cells[-1] = Spec(cells[-1].value, str(problem.severity))
    return SpecRow(row_height(lines), cells)


def _write_copy(sheet: Worksheet, copy: CopyLayout, styles: StyleBook) -> None:
    _set_up(sheet, COPY_WIDTHS, HEADING_ROWS, copy.page_title)
    for merged in copy.merges:
        sheet.merged_cells.add(merged)
    for row in copy.rows:
        _append(sheet, row, styles)


def _page_title(text: str, content: ProblemsContent) -> str:
    return f"{text} – {_texts(N_('Illustrative figures'))}" if content.illustrative else text


def _set_up(sheet: Worksheet, widths: Sequence[float], heading_rows: int, page_title: str) -> None:
    for index, width in enumerate(widths):
        sheet.column_dimensions[column_letters(index)].width = width
    sheet.freeze_panes = f"A{heading_rows + 1}"
    sheet.sheet_view.zoomScale = _ZOOM
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.oddHeader.center.text = legal(page_title).replace("&", "&&")[:200]
    sheet.oddFooter.right.text = _texts(N_("Page &P of &N"))


def _literal(text: str) -> str:
    """Return a text as it stands in a formula."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _append(sheet: Worksheet, row: SpecRow, styles: StyleBook, *, by_formula: bool = False) -> None:
    line = len(sheet.row_dimensions) + 1
    sheet.row_dimensions[line].height = row.height
    sheet.append([_cell(sheet, spec, styles, by_formula=by_formula) if spec is not None else None for spec in row.cells])


def _cell(sheet: Worksheet, spec: Spec, styles: StyleBook, *, by_formula: bool) -> WriteOnlyCell:
    value: CellValue = legal(spec.value) if isinstance(spec.value, str) else spec.value
    if spec.link and by_formula:
        cell = WriteOnlyCell(sheet, f"=HYPERLINK({_literal(f'#{spec.link}')},{_literal(str(value))})")
    else:
        cell = WriteOnlyCell(sheet, value)
        if isinstance(value, str):
            cell.data_type = "s"  # text of a unit that begins like a formula stays text
        if spec.link:
            cell.hyperlink = Hyperlink(ref="A1", location=spec.link)
    styles.apply(cell, spec.style)
    if spec.comment:
        text = legal(spec.comment)
        height = line_count(text, _COMMENT_CHARACTERS) * _COMMENT_LINE + _COMMENT_PADDING
        cell.comment = Comment(text, _AUTHOR, height=height, width=_COMMENT_WIDTH)
    return cell
