"""Names of the exchange workbook: sheets, columns, words of its lists, and how codes are recognised.

The writer and the reader share this one declaration. The names are part of the contract with the units (product.md, "The
exchange workbook"), so they are Vietnamese constants and not translated messages.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

GUIDE_SHEET = "Hướng dẫn"
FIGURES_SHEET = "Số liệu"
SYSTEMS_SHEET = "Hệ thống"
TASKS_SHEET = "Nhiệm vụ"
META_SHEET = "_meta"
REASONS_SHEET = "Lý do"
PROBLEMS_TITLE = "Những điểm cần xem lại trong báo cáo đã gửi"
"""First sheet of the problems workbook and what stands at its top: units may send that back instead of their own file."""


class Column(StrEnum):
    """Columns that the reader looks for, by concept."""

    CODE = "code"
    NAME = "name"
    MEASURE_UNIT = "measure_unit"
    PREVIOUS = "previous"
    CURRENT = "current"
    NOTE = "note"
    DEFINITION = "definition"
    STATUS = "status"
    SINCE = "since"
    USERS = "users"
    DEADLINE = "deadline"
    PERCENT = "percent"
    DISBURSED = "disbursed"


HEADERS: dict[str, dict[Column, str]] = {
    FIGURES_SHEET: {
        Column.CODE: "Mã",
        Column.NAME: "Số liệu",
        Column.MEASURE_UNIT: "ĐVT",
        Column.PREVIOUS: "Kỳ trước",
        Column.CURRENT: "Kỳ này",
        Column.NOTE: "Giải trình",
        Column.DEFINITION: "Định nghĩa",
    },
    SYSTEMS_SHEET: {
        Column.CODE: "Mã",
        Column.NAME: "Tên hệ thống",
        Column.STATUS: "Tình trạng",
        Column.SINCE: "Sử dụng từ ngày",
        Column.USERS: "Số người dùng",
        Column.NOTE: "Ghi chú",
    },
    TASKS_SHEET: {
        Column.CODE: "Mã",
        Column.NAME: "Tên nhiệm vụ",
        Column.DEADLINE: "Thời hạn",
        Column.STATUS: "Tình trạng",
        Column.PERCENT: "Hoàn thành (%)",
        Column.DISBURSED: "Đã giải ngân (triệu đồng)",
        Column.NOTE: "Ghi chú",
    },
}
"""Sheet → column → header, in the order in which they are written."""

INPUTS: dict[str, tuple[Column, ...]] = {
    FIGURES_SHEET: (Column.CURRENT, Column.NOTE),
    SYSTEMS_SHEET: (Column.STATUS, Column.SINCE, Column.USERS, Column.NOTE),
    TASKS_SHEET: (Column.STATUS, Column.PERCENT, Column.DISBURSED, Column.NOTE),
}
"""Sheet → columns that units fill in; every other column is locked."""

LOCKED: dict[str, tuple[Column, ...]] = {
    sheet: tuple(column for column in columns if column not in INPUTS[sheet] and column is not Column.CODE)
    for sheet, columns in HEADERS.items()
}
"""Sheet → columns that the program writes and units leave alone, without the code that finds the row."""

UNIT_LABEL = "Đơn vị báo cáo"
"""What stands before the name of the unit on the guide."""

CODE_PATTERN = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")
"""What a code in the column ``Mã`` looks like."""


def folded(text: str) -> str:
    """Return a header or sheet name as it is compared: composed, without case and without doubled or odd spaces."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\xa0", " ").split()).casefold()
