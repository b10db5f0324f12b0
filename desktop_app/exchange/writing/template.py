"""Writing workbooks of one shape fast: openpyxl writes the first, the others are varied from its saved parts.

What varies from unit to unit (values, heights of rows, titles of pages, document properties) is left out of the template;
its saved XML is cut at these places once, and every workbook is those pieces with its own values between them. The bytes
depend on the content alone: times inside the archive and the document properties are fixed or come from the identity.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.domain.columns import DEPLOYMENT_WORDS, TASK_WORDS
from desktop_app.exchange.content import CellValue, Identity
from desktop_app.exchange.layout import META_SHEET
from desktop_app.exchange.marks import identity_line
from desktop_app.exchange.writing.archives import PROPERTIES, legal, members_of, packed, properties, room_for_sheets
from desktop_app.exchange.writing.form_sheets import Rule, SheetLayout
from desktop_app.exchange.writing.styles import StyleBook
from desktop_app.text.catalogue import N_, Catalogue, Language

_texts = Catalogue(Language.VI)
_DAY_ZERO = date(1899, 12, 30)
_PAGE_TITLE = "PAGETITLEHERE"
_PART = re.compile(rf'<row r="(\d+)"([^>]*)>|<c r="([A-Z]+)(\d+)"([^>]*?)(?: t="n")?\s*(?:/>|></c>)|{_PAGE_TITLE}')
_HEIGHT = re.compile(r' ht="[^"]*"')
_LISTS = {
    "yes_no": ("Danh_sach_co_khong", f"{META_SHEET}!$D$1:$D$2"),
    "deployment": ("Tinh_trang_he_thong", f"{META_SHEET}!$E$1:$E${len(DEPLOYMENT_WORDS)}"),
    "task": ("Tinh_trang_nhiem_vu", f"{META_SHEET}!$F$1:$F${len(TASK_WORDS)}"),
}
_CHECKS = {
    "whole": (
        'IF(ISNUMBER({cell}),AND({cell}>=0,INT({cell})={cell}),OR({cell}="KPS",{cell}="không phát sinh"))',
        N_("A whole number from 0 on, or KPS where nothing of the kind can arise."),
    ),
    "figure": (
        'IF(ISNUMBER({cell}),{cell}>=0,OR({cell}="KPS",{cell}="không phát sinh"))',
        N_("A number from 0 on, or KPS where nothing of the kind can arise."),
    ),
    "percent": ("AND(ISNUMBER({cell}),{cell}>=0,{cell}<=100)", N_("A number from 0 to 100, without the per cent sign.")),
    "day": ("AND(ISNUMBER({cell}),{cell}>=32874,{cell}<73051)", N_("A day such as 05/01/2017.")),
}


class _HeightSlot:
    """Marks the place of a row's height among the pieces of a sheet."""

    def __init__(self, row_index: int) -> None:
        self.row_index = row_index


class _TitleSlot:
    """Marks the place of the page title among the pieces of a sheet."""


@dataclass(frozen=True)
class _CellSlot:
    """Marks the place of a cell's value among the pieces of a sheet."""

    row_index: int
    column_index: int


_Slot = _HeightSlot | _TitleSlot | _CellSlot


@dataclass(frozen=True)
class _SheetParts:
    """The saved XML of a sheet: a piece, then a slot, then a piece …; there is one piece more than slots."""

    member: str
    pieces: tuple[str, ...]
    slots: tuple[_Slot, ...]

    def filled(self, sheet: SheetLayout) -> bytes:
        """Return the XML with the values of one sheet of this shape."""
        out: list[str] = []
        rows = sheet.rows
        for piece, slot in zip(self.pieces, self.slots, strict=False):
            out.append(piece)
            if isinstance(slot, _CellSlot):
                cell = rows[slot.row_index].cells[slot.column_index]
                out.append(_cell_end(cell.value if cell else None))
            elif isinstance(slot, _HeightSlot):
                out.append(f"{rows[slot.row_index].height:g}")
            else:
                out.append(escape(_header_text(sheet.page_title)))
        out.append(self.pieces[-1])
        return "".join(out).encode()


class Template:
    """A workbook of one shape, saved once with openpyxl and varied from then on."""

    def __init__(self, sheets: Sequence[SheetLayout]) -> None:
        members = dict(members_of(write_with_openpyxl(sheets, varying=False)))
        self._parts: dict[str, _SheetParts] = {}
        for index, sheet in enumerate(sheets, start=1):
            member = f"xl/worksheets/sheet{index}.xml"
            self._parts[member] = _cut(member, members[member].decode(), sheet)
        self._members = members

    def filled(self, sheets: Sequence[SheetLayout], identity: Identity, title: str) -> bytes:
        """Return the bytes of the workbook with other values of the same shape."""
        made = dict(self._members)
        for (member, parts), sheet in zip(self._parts.items(), sheets, strict=True):
            made[member] = parts.filled(sheet)
        made[PROPERTIES] = properties(title, identity.issued_at, identity_line(identity))
        return packed(made.items())


def write_with_openpyxl(sheets: Sequence[SheetLayout], *, varying: bool = True) -> bytes:
    """Write a workbook cell by cell with openpyxl.

    Args:
        sheets: what it holds.
        varying: False to leave out what varies from unit to unit, for a template.
    """
    workbook = Workbook()
    workbook.remove(workbook.active)
    styles = StyleBook()
    for sheet in sheets:
        _write_sheet(workbook, workbook.create_sheet(sheet.name), sheet, styles, varying=varying)
    _define_lists(workbook)
    buffer = io.BytesIO()
    with room_for_sheets():
        workbook.save(buffer)
    return buffer.getvalue()


def _write_sheet(workbook: Workbook, target: Worksheet, sheet: SheetLayout, styles: StyleBook, *, varying: bool) -> None:
    for row_number, row in enumerate(sheet.rows, start=1):
        target.row_dimensions[row_number].height = row.height
        for column_number, cell in enumerate(row.cells, start=1):
            if cell is None:
                continue
            made = target.cell(row_number, column_number)
            styles.apply(made, cell.style)
            if varying or not cell.varies:
                made.value = legal(cell.value) if isinstance(cell.value, str) else cell.value
                if isinstance(cell.value, str):
                    made.data_type = "s"
    for index, width in enumerate(sheet.widths):
        target.column_dimensions["ABCDEFGH"[index]].width = width
    for area in sheet.merges:
        target.merge_cells(area)
    _protect(target)
    _set_page(workbook, target, sheet)
    for rule in sheet.rules:
        _add_rule(target, rule)


def _protect(target: Worksheet) -> None:
    protection = target.protection
    protection.sheet = True
    # "False" means that the protection does not forbid it: columns and rows may be widened, hidden, sorted and filtered
    protection.formatCells = False
    protection.formatColumns = False
    protection.formatRows = False
    protection.sort = False
    protection.autoFilter = False


def _set_page(workbook: Workbook, target: Worksheet, sheet: SheetLayout) -> None:
    if sheet.hidden:
        target.sheet_state = "veryHidden"
        return
    target.sheet_view.showGridLines = False
    target.page_setup.paperSize = target.PAPERSIZE_A4
    target.page_setup.orientation = "landscape" if sheet.landscape else "portrait"
    target.sheet_properties.pageSetUpPr.fitToPage = True
    target.page_setup.fitToWidth = 1
    target.page_setup.fitToHeight = 0
    for side, inches in (("left", 0.6), ("right", 0.5), ("top", 0.8), ("bottom", 0.7)):
        setattr(target.page_margins, side, inches)
    target.print_area = f"A1:{'ABCDEFGH'[len(sheet.widths) - 1]}{len(sheet.rows)}"
    target.oddFooter.right.text = _texts(N_("Page &P of &N"))
    if sheet.page_title:
        target.oddHeader.center.text = _PAGE_TITLE
    if sheet.heading_rows:
        target.print_title_rows = f"1:{sheet.heading_rows}"
        target.freeze_panes = f"C{sheet.heading_rows + 1}"
    workbook.active = 0


def _add_rule(target: Worksheet, rule: Rule) -> None:
    if rule.kind in _LISTS:
        check = DataValidation(type="list", formula1=f"={_LISTS[rule.kind][0]}", allow_blank=True)
        check.error = _texts(N_("Please choose one of the list."))
    else:
        formula, text = _CHECKS[rule.kind]
        check = DataValidation(type="custom", formula1=formula.format(cell=rule.cells[0]), allow_blank=True)
        check.errorStyle = "warning"
        check.error = _texts(text)
    check.errorTitle = _texts(N_("Please look again"))
    check.showErrorMessage = True
    for cell in rule.cells:
        check.add(cell)
    target.add_data_validation(check)


def _define_lists(workbook: Workbook) -> None:
    for name, place in _LISTS.values():
        workbook.defined_names[name] = DefinedName(name, attr_text=place)


def _cut(member: str, xml: str, sheet: SheetLayout) -> _SheetParts:
    """Cut the saved XML of a sheet at everything that varies."""
    pieces: list[str] = []
    slots: list[_Slot] = []
    begin = 0
    for found in _PART.finditer(xml):
        if found.group(1):
            height = _HEIGHT.search(xml, found.start(), found.end())
            if height is None:
                continue
            slot: _Slot = _HeightSlot(int(found.group(1)) - 1)
            cut_from, cut_to = height.start() + 5, height.end() - 1
        elif found.group(3):
            row_index, column_index = int(found.group(4)) - 1, ord(found.group(3)) - ord("A")
            cell = sheet.rows[row_index].cells[column_index] if column_index < len(sheet.rows[row_index].cells) else None
            if cell is None or not cell.varies:
                continue
            slot = _CellSlot(row_index, column_index)
            cut_from, cut_to = found.end(5), found.end()
        else:
            slot = _TitleSlot()
            cut_from, cut_to = found.start(), found.end()
        pieces.append(xml[begin:cut_from])
        slots.append(slot)
        begin = cut_to
    pieces.append(xml[begin:])
    return _SheetParts(member, tuple(pieces), tuple(slots))


def _cell_end(value: CellValue) -> str:
    """Return what follows ``<c r=… s=…`` for a value: text as inline text, whatever sign it begins with."""
    if value is None or value == "":
        return "/>"
    if isinstance(value, str):
        text = escape(legal(value).replace("\r\n", "\n").replace("\r", "\n"))
        return f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    if isinstance(value, date):
        return f"><v>{(value - _DAY_ZERO).days}</v></c>"
    return f"><v>{format(value, 'f') if isinstance(value, Decimal) else value}</v></c>"


def _header_text(title: str) -> str:
    """Return a page title as headers want it: "&" doubled, and no longer than they hold."""
    return title.replace("&", "&&")[:200]
