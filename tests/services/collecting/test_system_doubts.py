"""States of systems that are hardly meant are told at their cell when a workbook is collected."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from desktop_app.services.collecting import plan_collection
from desktop_app.services.issuing import issue
from desktop_app.services.session import Session

HEADS = ("Tình trạng", "Sử dụng từ ngày", "Số người dùng", "Ghi chú")


def told(session: Session, folder: Path, *typed: object) -> list[tuple[str, str]]:
    (made,) = issue(session, "KH", "2017", folder / "issued", unit_codes=["SXD"])
    book = openpyxl.load_workbook(made.path)
    sheet = book["Hệ thống"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for head, value in zip(HEADS, typed, strict=False):
        sheet.cell(2, columns[head]).value = value
    book.save(folder / "returned.xlsx")
    (item,) = plan_collection(session, [folder / "returned.xlsx"]).files
    letters = {sheet.cell(2, columns[head]).coordinate: head for head in HEADS}
    return [(found.code, letters[found.place.cell]) for found in item.issues if found.code.startswith("system_")]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("đang sử dụng", date(2019, 1, 1), 5), [("system_since_later", "Sử dụng từ ngày")]),
        (("đang sử dụng", date(2017, 1, 1), 0), [("system_without_users", "Số người dùng")]),
        (("chưa triển khai", None, 12), [("system_used_before_deployed", "Số người dùng")]),
        (("đang sử dụng", None, 5), [("system_since_missing", "Tình trạng")]),
        (("đang sử dụng", date(2017, 1, 1), 5), []),
        (("đang sử dụng", date(2019, 1, 1), 0, "chạy thử"), []),
        ((None, date(2019, 1, 1)), []),
    ],
)
def test_what_contradicts_itself(
    small_office: Session, tmp_path: Path, typed: tuple[object, ...], expected: list[tuple[str, str]]
) -> None:
    assert told(small_office, tmp_path, *typed) == expected


def test_a_workbook_that_says_nothing_new_raises_no_doubt(small_office: Session, tmp_path: Path) -> None:
    assert told(small_office, tmp_path) == []
