"""Plain tables for people and other programs: headings in the first row, figures as numbers, no formula.

The same tables give the same bytes, so that exporting again what has not changed is no conflict with the file that is there.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.exchange.content import CellValue
from desktop_app.exchange.workbook import column_letters
from desktop_app.exchange.writing.archives import PROPERTIES, legal, members_of, packed, properties, room_for_sheets
from desktop_app.exchange.writing.styles import DAY_FORMAT, StyleBook, line_count, row_height
from desktop_app.text.catalogue import N_, Catalogue, Language

_texts = Catalogue(Language.VI)
_SHEET_NAME_LENGTH = 31


@dataclass(frozen=True)
class TableColumn:
    """One column.

    Attributes:
        title: its heading.
        width: in the units of Excel.
        number_format: of the figures in it.
    """

    title: str
    width: float = 14
    number_format: str = "#,##0.######"


@dataclass(frozen=True)
class OutTable:
    """One sheet.

    Attributes:
        name: of the sheet; signs that sheets cannot have are replaced.
        heading: what stands above every printed page.
        columns: from A on.
        rows: as many values as columns each.
        frozen_columns: columns that stay in view.
        subheads: a second row of headings; empty for none.
        mark: a remark on the figures, such as that they are illustrative; it stands in every heading and below the table.
    """

    name: str
    heading: str
    columns: Sequence[TableColumn]
    rows: Iterable[Sequence[CellValue]]
    frozen_columns: int = 2
    subheads: Sequence[str] = ()
    mark: str = ""


def write_tables(tables: Sequence[OutTable], title: str, moment: str) -> bytes:
    """Return a workbook of tables.

    Args:
        tables: one per sheet.
        title: of the document.
        moment: ISO 8601 UTC; the workbook says that it was made then.
    """
    book = Workbook(write_only=True)
    styles = StyleBook()
    names: set[str] = set()
    buffer = io.BytesIO()
    with room_for_sheets():
        for table in tables:
            sheet = book.create_sheet(sheet_name(table.name, names))
            _write(sheet, table, styles)
        book.save(buffer)
    members = dict(members_of(buffer.getvalue()))
    members[PROPERTIES] = properties(title, moment)
    return packed(members.items())


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a name that a sheet can have and none has yet, and remember it.

    Args:
        wanted: signs that names of sheets cannot have are replaced, what is too long is cut.
        taken: names in lower case.
    """
    plain = legal(wanted).translate(str.maketrans("[]:*?/\\", "()-- --"))[:_SHEET_NAME_LENGTH].strip("' ")
    name, number = plain, 2
    while name.casefold() in taken:
        mark = f" ({number})"
        name = plain[: _SHEET_NAME_LENGTH - len(mark)] + mark
        number += 1
    taken.add(name.casefold())
    return name


def _write(sheet: Worksheet, table: OutTable, styles: StyleBook) -> None:
    heading_rows = 2 if table.subheads else 1
    for index, column in enumerate(table.columns):
        sheet.column_dimensions[column_letters(index)].width = column.width
    last = column_letters(len(table.columns) - 1)
    sheet.freeze_panes = f"{column_letters(table.frozen_columns)}{heading_rows + 1}"
    sheet.print_title_rows = f"1:{heading_rows}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    text = f"{table.heading} – {table.mark}" if table.mark else table.heading
    sheet.oddHeader.center.text = text.replace("&", "&&")[:200]
    sheet.oddFooter.right.text = _texts(N_("Page &P of &N"))
    titles = [column.title for column in table.columns]
    for number, heads in enumerate(filter(None, (titles, table.subheads)), start=1):
        lines = max(line_count(text, column.width) for text, column in zip(heads, table.columns, strict=True))
        sheet.row_dimensions[number].height = row_height(max(lines, 2 if number == 1 else 1))
        sheet.append([_cell(sheet, styles, text, "header") for text in heads])
    count = heading_rows
    for row in table.rows:
        count += 1
        sheet.append(
            [_cell(sheet, styles, value, _style(value, column)) for value, column in zip(row, table.columns, strict=True)]
        )
    sheet.auto_filter.ref = f"A{heading_rows}:{last}{max(count, heading_rows)}"
    if table.mark:
        sheet.append([_cell(sheet, styles, table.mark, "mark")])


def _style(value: CellValue, column: TableColumn) -> str:
    if isinstance(value, str) or value is None:
        return "cell"
    if isinstance(value, date):
        return f"previous:{DAY_FORMAT}"
    is_whole = isinstance(value, int) or (isinstance(value, Decimal) and value == value.to_integral_value())
    return "figure:#,##0" if is_whole else f"figure:{column.number_format}"


def _cell(sheet: Worksheet, styles: StyleBook, value: CellValue, style: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, legal(value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"
    styles.apply(cell, style)
    return cell
