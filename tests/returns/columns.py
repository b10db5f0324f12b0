"""Breakers of columns and their headings: moved, inserted, hidden, deleted, doubled, renamed."""

from __future__ import annotations

import unicodedata
from typing import Any

from tests.returns.breaking import (
    ANY,
    FIGURES,
    HEADERS,
    Found,
    Lost,
    NotApplicableError,
    breaks,
    found,
    tables,
)


def _reordered(table: Found, order: list[str]) -> None:
    """Put the columns of a table into another order, headings and cells."""
    numbers = sorted(table.columns.values())
    rows = range(table.head, table.sheet.max_row + 1)
    cells = {
        heading: [(table.sheet.cell(row, at).value, table.sheet.cell(row, at).number_format) for row in rows]
        for heading, at in table.columns.items()
    }
    for at, heading in zip(numbers, order, strict=True):
        for row, (value, number_format) in zip(rows, cells[heading], strict=True):
            table.sheet.cell(row, at).value = value
            table.sheet.cell(row, at).number_format = number_format


@breaks("Đảo thứ tự các cột")
def moved_columns(book: Any) -> None:
    for table in tables(book):
        _reordered(table, [*HEADERS[table.kind][2:], *HEADERS[table.kind][:2]])


@breaks("Chèn một cột trống trước cột Kỳ này")
def inserted_column(book: Any) -> None:
    table = found(book)
    table.sheet.insert_cols(table.columns["Kỳ này"])


@breaks("Chèn cột STT lên đầu")
def inserted_ordinals(book: Any) -> None:
    for table in tables(book):
        table.sheet.insert_cols(1)
        table.sheet.cell(table.head, 1).value = "STT"
        for number, row in enumerate(table.rows.values(), start=1):
            table.sheet.cell(row, 1).value = number


@breaks("Chèn cột riêng có tiêu đề và số", "column_not_ours")
def own_column(book: Any) -> None:
    table = found(book)
    at = table.columns["Kỳ này"]
    table.sheet.insert_cols(at)
    table.sheet.cell(table.head, at).value = "Kế hoạch năm"
    for row in table.rows.values():
        table.sheet.cell(row, at).value = 1000 + row


@breaks("Ẩn các cột Mã, Kỳ trước, Giải trình")
def hidden_columns(book: Any) -> None:
    table = found(book)
    for heading in ("Mã", "Kỳ trước", "Giải trình"):
        letter = table.sheet.cell(1, table.columns[heading]).column_letter
        table.sheet.column_dimensions[letter].hidden = True


@breaks("Xóa các cột Kỳ trước và Định nghĩa")
def deleted_locked_columns(book: Any) -> None:
    table = found(book)
    for at in sorted((table.columns["Kỳ trước"], table.columns["Định nghĩa"]), reverse=True):
        table.sheet.delete_cols(at)


@breaks("Xóa cột tên số liệu")
def deleted_names(book: Any) -> None:
    table = found(book)
    table.sheet.delete_cols(table.columns["Số liệu"])


@breaks("Xóa cột Kỳ này", "column_missing", refused=True)
def deleted_figures(book: Any) -> None:
    table = found(book)
    table.sheet.delete_cols(table.columns["Kỳ này"])


@breaks("Xóa cột Giải trình", "column_missing")
def deleted_notes(book: Any) -> Lost:
    table = found(book)
    table.sheet.delete_cols(table.columns["Giải trình"])
    return {(FIGURES, ANY, "Giải trình")}


@breaks("Xóa cột Mã", "code_column_missing", refused=True)
def deleted_codes(book: Any) -> None:
    table = found(book)
    table.sheet.delete_cols(table.columns["Mã"])


@breaks("Chép cột Kỳ này thành hai cột", "column_twice", refused=True)
def doubled_figures(book: Any) -> None:
    _doubled(found(book), "Kỳ này")


@breaks("Chép cột Mã thành hai cột", "code_column_twice", refused=True)
def doubled_codes(book: Any) -> None:
    _doubled(found(book), "Mã")


def _doubled(table: Found, heading: str) -> None:
    at = max(table.columns.values()) + 1
    for row in range(table.head, table.last + 1):
        table.sheet.cell(row, at).value = table.sheet.cell(row, table.columns[heading]).value


@breaks("Đổi tiêu đề Kỳ này thành Năm 2017", "column_missing", refused=True)
def renamed_figures(book: Any) -> None:
    table = found(book)
    table.sheet.cell(table.head, table.columns["Kỳ này"]).value = "Năm 2017"


@breaks("Xóa dòng tiêu đề", "header_missing", refused=True)
def deleted_heading(book: Any) -> None:
    table = found(book)
    table.sheet.title = FIGURES
    table.sheet.delete_rows(table.head)


@breaks("Tiêu đề xuống dòng, chữ hoa, dấu cách thừa, Unicode tổ hợp")
def respelled_headings(book: Any) -> None:
    for table in tables(book):
        for heading, at in table.columns.items():
            cell = table.sheet.cell(table.head, at)
            cell.value = unicodedata.normalize("NFD", heading.upper().replace(" ", " \n ")) + "\xa0 "


@breaks("Tiêu đề tách hai tầng: Kỳ trước, Kỳ này nằm dưới ô gộp")
def headings_in_two_rows(book: Any) -> None:
    table = found(book)
    left, right = table.columns["Kỳ trước"], table.columns["Kỳ này"]
    if right != left + 1:
        raise NotApplicableError("Kỳ trước")
    table.sheet.insert_rows(table.head + 1)
    for at, heading in ((left, "Kỳ trước"), (right, "Kỳ này")):
        table.sheet.cell(table.head + 1, at).value = heading
        table.sheet.cell(table.head, at).value = None
    table.sheet.cell(table.head, left).value = "Kết quả thực hiện"
    table.sheet.merge_cells(start_row=table.head, end_row=table.head, start_column=left, end_column=right)


@breaks("Trộn ô tiêu đề Kỳ trước với Kỳ này", "column_missing", refused=True)
def merged_headings(book: Any) -> None:
    table = found(book)
    left, right = table.columns["Kỳ trước"], table.columns["Kỳ này"]
    if right != left + 1:
        raise NotApplicableError("Kỳ trước")
    table.sheet.merge_cells(start_row=table.head, end_row=table.head, start_column=left, end_column=right)


@breaks("Đổi chỗ hai tiêu đề Kỳ trước và Kỳ này", "figure_under_previous", "columns_swapped", refused=True)
def swapped_headings(book: Any) -> None:
    table = found(book)
    if not table.filled("Kỳ trước"):
        raise NotApplicableError("Kỳ trước")
    cells = [table.sheet.cell(table.head, table.columns[heading]) for heading in ("Kỳ trước", "Kỳ này")]
    cells[0].value, cells[1].value = cells[1].value, cells[0].value


@breaks("Ghi số vào cột bên phải, không có tiêu đề", "answer_beside")
def answer_beside(book: Any) -> Lost:
    table = found(book)
    codes = table.filled("Kỳ này")
    code = codes[len(codes) // 2]
    cell = table.cell(code, "Kỳ này")
    table.sheet.cell(cell.row, max(table.columns.values()) + 1).value = cell.value
    cell.value = None
    return {(FIGURES, code, "Kỳ này")}
