"""Breakers of what says whose a workbook is: sheets, ``_meta``, grey lines, document properties, neighbours' sheets."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from tests.returns.breaking import (
    FIGURES,
    META,
    Lost,
    NotApplicableError,
    breaks,
    copied_rows,
    found,
    lines_of,
    meta_of,
)

NEIGHBOUR = "STC"
_UNIT = re.compile(r"(đơn vị )[0-9A-Za-z._-]+")


def of_neighbour(line: str) -> str:
    """Return the identity line with the code of another unit."""
    return _UNIT.sub(rf"\g<1>{NEIGHBOUR}", line)


@breaks("Đổi tên mọi trang tính thành Sheet1, Sheet2…")
def renamed_sheets(book: Any) -> None:
    for number, sheet in enumerate(book.worksheets, start=1):
        if not sheet.title.startswith(META):
            sheet.title = f"Sheet{number}"


@breaks("Đảo ngược thứ tự các trang tính")
def reversed_sheets(book: Any) -> None:
    book.move_sheet(book.worksheets[0], len(book.worksheets) - 1)
    book.move_sheet(book.worksheets[0], 1)
    book.active = 0


@breaks("Ẩn các trang có bảng, hiện trang _meta")
def swapped_visibility(book: Any) -> None:
    for sheet in book.worksheets:
        sheet.sheet_state = "visible" if sheet.title.startswith(META) else "hidden"
    if all(sheet.sheet_state == "hidden" for sheet in book.worksheets):
        book.worksheets[0].sheet_state = "visible"


@breaks("Xóa trang Hướng dẫn")
def deleted_guide(book: Any) -> None:
    if len(book.worksheets) < 2 or not book.worksheets[0].title.startswith("Hướng"):
        raise NotApplicableError("guide")
    book.remove(book.worksheets[0])


@breaks("Xóa trang ẩn _meta", "identity_from_line")
def deleted_meta(book: Any) -> None:
    lines_of(book)
    book.remove(meta_of(book))


@breaks("Xóa dòng chữ xám ở mọi trang")
def deleted_lines(book: Any) -> None:
    for cell in lines_of(book, with_meta=True):
        cell.value = None


@breaks("Xóa trang _meta và mọi dòng chữ xám", "identity_from_properties")
def deleted_meta_and_lines(book: Any) -> None:
    meta = meta_of(book)
    deleted_lines(book)
    book.remove(meta)


@breaks("Mất cả _meta, dòng chữ xám và thuộc tính tệp", "form_unknown", refused=True)
def lost_identity(book: Any) -> None:
    deleted_meta_and_lines(book)
    for name in ("description", "subject", "keywords", "identifier", "title", "category"):
        setattr(book.properties, name, None)


@breaks("Xóa mất nửa sau dòng chữ xám ở một trang", "identity_damaged")
def cut_line(book: Any) -> None:
    lines = lines_of(book)
    if len(lines) < 2:
        raise NotApplicableError("a second line")
    lines[-1].value = lines[-1].value[:60]


@breaks("Dòng chữ xám thành Unicode tổ hợp, có dấu cách cứng")
def decomposed_lines(book: Any) -> None:
    for cell in lines_of(book):
        cell.value = unicodedata.normalize("NFD", cell.value).replace(" ", "\xa0 ")


@breaks("Chép _meta của đơn vị bên cạnh vào", "form_contradicts_itself", refused=True)
def foreign_meta(book: Any) -> None:
    lines_of(book)
    for row in meta_of(book).iter_rows(max_col=2):
        if row[0].value == "unit":
            row[1].value = NEIGHBOUR


@breaks("Tự sửa mã đơn vị trong dòng chữ xám của một trang", "identity_foreign", refused=True)
def edited_line(book: Any) -> None:
    line = lines_of(book)[-1]
    line.value = of_neighbour(line.value)


@breaks("Tự sửa mã đơn vị trong mọi dòng chữ xám, còn _meta", "form_contradicts_itself", refused=True)
def edited_lines(book: Any) -> None:
    meta_of(book)
    for cell in lines_of(book):
        cell.value = of_neighbour(cell.value)


@breaks(
    "Tự sửa mã đơn vị trong mọi dòng chữ xám, không còn _meta",
    "form_contradicts_itself",
    "return_unit_unknown",
    refused=True,
)
def edited_lines_without_meta(book: Any) -> None:
    edited_lines(book)
    book.remove(meta_of(book))


def _neighbours(book: Any) -> Any:
    """Return a copy of the sheet of figures as the neighbour would have sent it, with other figures."""
    table = found(book)
    copy = book.copy_worksheet(table.sheet)
    for number in table.rows.values():
        cell = copy.cell(number, table.columns["Kỳ này"])
        if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
            cell.value += 1
    for row in copy.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("SKH"):
                cell.value = of_neighbour(cell.value)
    return copy


@breaks("Dán thêm trang Số liệu của đơn vị khác", "identity_foreign", refused=True)
def foreign_sheet(book: Any) -> None:
    lines_of(book)
    _neighbours(book).title = "Sở bên cạnh"


@breaks("Dán bảng của đơn vị khác xuống dưới, cùng trang", "identity_foreign", refused=True)
def foreign_below(book: Any) -> None:
    lines_of(book)
    copy, sheet = _neighbours(book), found(book).sheet
    copied_rows(copy, sheet, down=sheet.max_row + 3)
    book.remove(copy)


@breaks("Dán bảng của đơn vị khác sang bên phải, cùng trang", "identity_foreign", refused=True)
def foreign_beside(book: Any) -> None:
    lines_of(book)
    copy, sheet = _neighbours(book), found(book).sheet
    copied_rows(copy, sheet, across=sheet.max_column + 2)
    book.remove(copy)


@breaks("Dán bảng của đơn vị khác xuống dưới, không có dòng chữ xám", "code_twice")
def nameless_below(book: Any) -> Lost:
    table = found(book)
    copy = _neighbours(book)
    for row in list(copy.iter_rows()):
        if any(isinstance(cell.value, str) and cell.value.startswith("SKH") for cell in row):
            copy.delete_rows(row[0].row)
    copied_rows(copy, table.sheet, down=table.sheet.max_row + 3)
    book.remove(copy)
    numbers = {code for code in table.rows if isinstance(table.cell(code, "Kỳ này").value, int | float)}
    return {(FIGURES, code, "Kỳ này") for code in numbers}


@breaks("Chép trang Số liệu của mình thành hai trang giống nhau")
def own_sheet_twice(book: Any) -> None:
    copy = book.copy_worksheet(found(book).sheet)
    copy.title = "Số liệu (2)"


@breaks("Hai trang Số liệu khác nhau một ô", "sheets_differ")
def own_sheet_twice_differing(book: Any) -> Lost:
    table = found(book)
    code = next((code for code in table.rows if isinstance(table.cell(code, "Kỳ này").value, int | float)), None)
    if code is None:
        raise NotApplicableError("a number")
    copy = book.copy_worksheet(table.sheet)
    copy.title = "Số liệu (3)"
    copy.cell(table.rows[code], table.columns["Kỳ này"]).value += 7
    return {(FIGURES, code, "Kỳ này")}


@breaks("Thêm trang số liệu riêng của đơn vị, không liên quan đến biểu")
def own_extra_sheet(book: Any) -> None:
    sheet = book.create_sheet("Theo dõi nội bộ", 0)
    for row in (["TT", "Nội dung", "Số lượng"], [1, "Máy tính", 45], [2, "Máy in", 12], ["", "Cộng", 57]):
        sheet.append(row)
