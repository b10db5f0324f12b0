"""Breakers of rows: inserted, deleted, hidden, sorted, merged, without a code, with the code of another."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from openpyxl.worksheet.cell_range import CellRange

from tests.returns.breaking import (
    FIGURES,
    FIRST_INPUT,
    HEADERS,
    SYSTEMS,
    TASKS,
    Found,
    Lost,
    NotApplicableError,
    breaks,
    found,
    rearranged,
    tables,
)


def _middle(table: Found, heading: str) -> str:
    """Return the code of a filled cell that is neither the first nor the last one of its column."""
    codes = table.filled(heading)
    if len(codes) < 3:
        raise NotApplicableError(heading)
    return codes[len(codes) // 2]


def _row_of(table: Found, code: str) -> Lost:
    return {(table.kind, code, heading) for heading in HEADERS[table.kind]}


def _neighbouring(table: Found, heading: str) -> tuple[str, str]:
    """Return two codes in rows one below the other, both of which answer."""
    codes = list(table.rows)
    for first, second in pairwise(codes):
        values = (table.cell(first, heading).value, table.cell(second, heading).value)
        if table.rows[second] == table.rows[first] + 1 and None not in values:
            return first, second
    raise NotApplicableError(heading)


@breaks("Chèn dòng trống giữa các dòng số liệu")
def blank_rows(book: Any) -> None:
    for table in tables(book):
        for number in sorted(table.rows.values(), reverse=True):
            table.sheet.insert_rows(number)


@breaks("Chèn quốc hiệu và tên đơn vị lên trên tiêu đề")
def title_rows(book: Any) -> None:
    for table in tables(book):
        table.sheet.insert_rows(table.head, 4)
        table.sheet.cell(table.head, 1).value = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        table.sheet.cell(table.head + 1, 2).value = "SỞ XÂY DỰNG"
        table.sheet.cell(table.head + 1, 5).value = 2017
        table.sheet.merge_cells(start_row=table.head, end_row=table.head, start_column=1, end_column=6)


@breaks("Ẩn một nửa số dòng, đặt bộ lọc")
def hidden_rows(book: Any) -> None:
    for table in tables(book):
        for number in list(table.rows.values())[::2]:
            table.sheet.row_dimensions[number].hidden = True
        table.sheet.auto_filter.ref = f"A{table.head}:G{table.last}"


@breaks("Sắp xếp ngược các dòng, kể cả dòng nhóm")
def sorted_rows(book: Any) -> None:
    for table in tables(book):
        first = table.head + 1
        rearranged(table.sheet, list(range(table.last, first - 1, -1)), first, table.last)


@breaks("Sắp xếp cả dòng tiêu đề lẫn vào giữa bảng")
def sorted_with_heading(book: Any) -> None:
    table = found(book)
    order = list(range(table.head + 1, table.last + 1))
    order.insert(len(order) // 2, table.head)
    rearranged(table.sheet, order, table.head, table.last)


@breaks("Xóa hẳn một dòng có mã", "row_missing")
def deleted_row(book: Any) -> Lost:
    table = found(book)
    code = _middle(table, "Kỳ này")
    table.sheet.delete_rows(table.rows[code])
    return _row_of(table, code)


@breaks("Thêm ngày tháng, chức danh và chữ ký bên dưới")
def signature_rows(book: Any) -> None:
    for table in tables(book):
        bottom = table.sheet.max_row + 2
        table.sheet.cell(bottom, 5).value = "Thanh Hóa, ngày 12 tháng 12 năm 2017"
        table.sheet.cell(bottom + 1, 2).value = "NGƯỜI LẬP BIỂU"
        table.sheet.cell(bottom + 1, 5).value = "GIÁM ĐỐC"
        table.sheet.cell(bottom + 5, 5).value = "Nguyễn Văn A"


@breaks("Thêm dòng ghi chú ngay dưới bảng")
def remark_row(book: Any) -> None:
    table = found(book)
    table.sheet.insert_rows(table.last + 1)
    table.sheet.cell(table.last + 1, table.columns["Số liệu"]).value = "Ghi chú: số liệu tính đến hết tháng 11"


@breaks("Thêm dòng Tổng cộng bên dưới", "row_of_totals", "row_without_code")
def total_row(book: Any) -> None:
    table = found(book)
    table.sheet.insert_rows(table.last + 1)
    table.sheet.cell(table.last + 1, table.columns["Số liệu"]).value = "Tổng cộng"
    table.sheet.cell(table.last + 1, table.columns["Kỳ này"]).value = 98765


@breaks("Lặp lại dòng tiêu đề ở giữa bảng (như khi in)")
def repeated_heading(book: Any) -> None:
    table = found(book)
    number = list(table.rows.values())[len(table.rows) // 2]
    table.sheet.insert_rows(number)
    for heading, at in table.columns.items():
        table.sheet.cell(number, at).value = heading


@breaks("Thêm dòng đánh số cột (1), (2), (3)… dưới tiêu đề")
def numbered_columns(book: Any) -> None:
    for table in tables(book):
        table.sheet.insert_rows(table.head + 1)
        for number, at in enumerate(sorted(table.columns.values()), start=1):
            table.sheet.cell(table.head + 1, at).value = f"({number})"


@breaks("Tự thêm số liệu với mã riêng", "code_not_asked")
def own_element(book: Any) -> None:
    table = found(book)
    table.sheet.insert_rows(table.last + 1)
    for heading, value in (("Mã", "XX99z"), ("Số liệu", "Số liệu riêng"), ("Kỳ này", 4321)):
        table.sheet.cell(table.last + 1, table.columns[heading]).value = value


@breaks("Tự thêm số liệu không có mã", "row_without_code")
def own_row(book: Any) -> None:
    table = found(book)
    table.sheet.insert_rows(table.last + 1)
    table.sheet.cell(table.last + 1, table.columns["Số liệu"]).value = "Số máy quét mua thêm"
    table.sheet.cell(table.last + 1, table.columns["Kỳ này"]).value = 17


@breaks("Xóa mã của một dòng có số", "row_without_code")
def erased_code(book: Any) -> Lost:
    table = found(book)
    code = _middle(table, "Kỳ này")
    table.cell(code, "Mã").value = None
    return _row_of(table, code)


@breaks("Xóa mã của một dòng trả lời bằng chữ", "row_without_code")
def erased_code_of_word(book: Any) -> Lost:
    table = found(book)
    words = [code for code in table.filled("Kỳ này") if isinstance(table.cell(code, "Kỳ này").value, str)]
    if not words:
        raise NotApplicableError("words")
    table.cell(words[0], "Mã").value = None
    return _row_of(table, words[0])


@breaks("Ghi số vào dòng tên nhóm, bên trên dòng của nó", "row_without_code")
def answer_in_section(book: Any) -> Lost:
    table = found(book)
    for code, number in table.rows.items():
        above = table.sheet.cell(number - 1, table.columns["Kỳ này"])
        cell = table.cell(code, "Kỳ này")
        is_section = number - 1 > table.head and table.sheet.cell(number - 1, table.columns["Mã"]).value is None
        if is_section and above.value is None and cell.value is not None:
            above.value, cell.value = cell.value, None
            return {(FIGURES, code, "Kỳ này")}
    raise NotApplicableError("section")


@breaks("Chép một dòng thành hai dòng giống nhau")
def row_twice(book: Any) -> None:
    _copy_row(found(book))


@breaks("Hai dòng cùng mã nhưng khác số", "code_twice")
def row_twice_differing(book: Any) -> Lost:
    table = found(book)
    code = _copy_row(table)
    table.sheet.cell(table.rows[code] + 1, table.columns["Kỳ này"]).value = 31415
    return {(FIGURES, code, "Kỳ này")}


def _copy_row(table: Found) -> str:
    code = _middle(table, "Kỳ này")
    number = table.rows[code]
    table.sheet.insert_rows(number + 1)
    for at in table.columns.values():
        table.sheet.cell(number + 1, at).value = table.sheet.cell(number, at).value
    return code


@breaks("Xóa các dòng tên nhóm")
def deleted_sections(book: Any) -> None:
    table = found(book)
    for number in range(table.last, table.head, -1):
        if number not in table.rows.values():
            table.sheet.delete_rows(number)


@breaks("Chỉ sắp xếp riêng cột Mã", "row_mixed")
def sorted_codes_alone(book: Any) -> Lost:
    table = found(book)
    codes = list(table.rows)
    for number, code in zip(table.rows.values(), [*codes[1:], codes[0]], strict=True):
        table.sheet.cell(number, table.columns["Mã"]).value = code
    return {(FIGURES, code, heading) for code in codes for heading in HEADERS[FIGURES]}


@breaks("Đổi chỗ mã của hai dòng", "row_mixed")
def swapped_codes(book: Any) -> Lost:
    table = found(book)
    first, second = _neighbouring(table, "Kỳ này")
    table.cell(first, "Mã").value, table.cell(second, "Mã").value = second, first
    return _row_of(table, first) | _row_of(table, second)


@breaks("Trộn ô Kỳ này của hai dòng", "cell_merged")
def merged_figures(book: Any) -> Lost:
    table = found(book)
    first, second = _neighbouring(table, "Kỳ này")
    at = table.columns["Kỳ này"]
    _merge(table, table.rows[first], table.rows[second], at, at)
    return {(FIGURES, first, "Kỳ này"), (FIGURES, second, "Kỳ này")}


@breaks("Trộn ô Kỳ trước với Kỳ này", "cell_merged")
def merged_periods(book: Any) -> Lost:
    table = found(book)
    left, right = table.columns["Kỳ trước"], table.columns["Kỳ này"]
    code = next((code for code in table.filled("Kỳ này") if table.cell(code, "Kỳ trước").value is not None), None)
    if code is None or right != left + 1:
        raise NotApplicableError("Kỳ trước")
    _merge(table, table.rows[code], table.rows[code], left, right)
    return {(FIGURES, code, "Kỳ này")}


@breaks("Trộn ô Kỳ trước với Kỳ này, gõ số vào ô chung", "figure_under_previous", "cell_merged")
def typed_across_periods(book: Any) -> Lost:
    table = found(book)
    left, right = table.columns["Kỳ trước"], table.columns["Kỳ này"]
    code = _middle(table, "Kỳ này")
    if right != left + 1:
        raise NotApplicableError("Kỳ trước")
    table.cell(code, "Kỳ trước").value = table.cell(code, "Kỳ này").value
    _merge(table, table.rows[code], table.rows[code], left, right)
    return {(FIGURES, code, "Kỳ này")}


@breaks("Trộn ô Mã của hai dòng", "row_without_code")
def merged_codes(book: Any) -> Lost:
    table = found(book)
    first, second = _neighbouring(table, "Kỳ này")
    at = table.columns["Mã"]
    _merge(table, table.rows[first], table.rows[second], at, at)
    return _row_of(table, second)


@breaks("Trộn ô Giải trình của hai dòng", "cell_merged")
def merged_notes(book: Any) -> Lost:
    table = found(book)
    first, second = _neighbouring(table, "Giải trình")
    at = table.columns["Giải trình"]
    _merge(table, table.rows[first], table.rows[second], at, at)
    return {(FIGURES, second, "Giải trình")}


@breaks("Trộn ô Tình trạng của mọi hệ thống", "cell_merged")
def merged_statuses(book: Any) -> Lost:
    table = found(book, SYSTEMS)
    codes = list(table.rows)
    at = table.columns["Tình trạng"]
    _merge(table, table.rows[codes[0]], table.last, at, at)
    return {(SYSTEMS, code, heading) for code in codes for heading in HEADERS[SYSTEMS]}


def _merge(table: Found, top: int, bottom: int, left: int, right: int) -> None:
    if left > right:
        raise NotApplicableError("these columns in this order")
    wanted = CellRange(min_row=top, max_row=bottom, min_col=left, max_col=right)
    if any(not wanted.isdisjoint(area) for area in table.sheet.merged_cells.ranges):
        raise NotApplicableError("merged cells already")
    table.sheet.merge_cells(start_row=top, end_row=bottom, start_column=left, end_column=right)


@breaks("Mã có dấu cách, dấu cách cứng, ký tự ẩn, chữ thường, dấu nháy")
def stray_marks_in_codes(book: Any) -> None:
    marks = (" {}", "{}\xa0", "{}\u200b", "'{}", "{} .", "\ufeff{}")
    for table in tables(book):
        for number, code in enumerate(table.rows):
            mark = marks[number % 4]
            table.cell(code, "Mã").value = mark.format(code.lower() if number % 2 else code)


@breaks("Mã gõ bằng chữ toàn khổ và có dấu cách giữa chữ và số")
def spaced_codes(book: Any) -> None:
    table = found(book)
    for number, code in enumerate(table.rows):
        if number % 2:
            table.cell(code, "Mã").value = "".join(chr(ord(letter) + 0xFEE0) for letter in code)
        else:
            table.cell(code, "Mã").value = f"{code[:2]} {code[2:]}"


@breaks("Ghi số người dùng xuống dòng dưới bảng", "row_without_code")
def answer_below_table(book: Any) -> Lost:
    table = found(book, TASKS)
    code = list(table.rows)[-1]
    cell = table.cell(code, "Hoàn thành (%)")
    if cell.value is None:
        raise NotApplicableError("Hoàn thành (%)")
    table.sheet.insert_rows(table.last + 1)
    table.sheet.cell(table.last + 1, cell.column).value = cell.value
    table.cell(code, "Hoàn thành (%)").value = None
    return {(TASKS, code, "Hoàn thành (%)")}


@breaks("Trộn dòng tên nhóm qua mọi cột")
def merged_sections(book: Any) -> None:
    table = found(book)
    for number in range(table.head + 1, table.last):
        cell = table.sheet.cell(number, table.columns["Mã"])
        if number not in table.rows.values() and cell.value is None:
            cell.value, name = table.sheet.cell(number, table.columns["Số liệu"]).value, FIRST_INPUT[FIGURES]
            _merge(table, number, number, table.columns["Mã"], table.columns[name])


@breaks("Dán bảng của năm trước (hoặc đơn vị khác) đè lên bảng của mình", "table_pasted_over")
def pasted_over(book: Any) -> Lost:
    table = found(book)
    numbers = [code for code in table.filled("Kỳ trước") if isinstance(table.cell(code, "Kỳ trước").value, int | float)]
    if len(numbers) < 3 or 2 * len(numbers) <= len(table.filled("Kỳ trước")):
        raise NotApplicableError("Kỳ trước")
    for code in numbers:
        table.cell(code, "Kỳ trước").value -= 1
        if isinstance(table.cell(code, "Kỳ này").value, int | float):
            table.cell(code, "Kỳ này").value -= 1
    return {(FIGURES, code, heading) for code in table.rows for heading in HEADERS[FIGURES]}
