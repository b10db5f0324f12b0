"""``form issue``: contents of the workbooks, same bytes for the same content, nothing overwritten."""

from __future__ import annotations

import errno
import hashlib
import io
import os
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from desktop_app.domain.entities import Issuance, Round, Value, ValueState
from desktop_app.domain.issues import UserError
from desktop_app.services.issuing import issue
from desktop_app.services.session import Session


def put(session: Session, unit: str, element: str, period: str, amount: int, *, note: str | None = None) -> None:
    with session.operation("value.set", source="form") as op:
        op.save(
            Value(
                unit_id=session.unit(unit).id,
                element_id=session.element(element).id,
                period=period,
                state=ValueState.VALUE if amount else ValueState.ZERO,
                amount=amount,
                note=note,
            )
        )


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.xlsx"))}


def test_one_workbook_per_unit_that_the_form_asks(small_office: Session, tmp_path: Path) -> None:
    files = issue(small_office, "KH", "2017", tmp_path / "out")
    assert [item.unit.code for item in files] == ["SXD", "STC", "SYT"]
    assert [item.path.name for item in files] == ["SXD_KH-Y_2017.xlsx", "STC_KH-Y_2017.xlsx", "SYT_KH-Y_2017.xlsx"]
    found = small_office.gateway.list(Round)
    assert [(item.period, item.due_on) for item in found] == [("2017", date(2017, 12, 14))]
    assert {item.issue_id for item in small_office.gateway.list(Issuance)} == {item.issue_id for item in files}


def test_sheets_and_columns_are_those_of_the_contract(small_office: Session, tmp_path: Path) -> None:
    put(small_office, "SXD", "HT01a", "2016", 110)
    put(small_office, "SXD", "HT01a", "2017", 121, note="=tính cả 3 lao động")
    (made,) = issue(small_office, "KH", "2017", tmp_path, unit_codes=["sxd"])
    book = openpyxl.load_workbook(made.path)
    assert book.sheetnames == ["Hướng dẫn", "Số liệu", "Hệ thống", "Nhiệm vụ", "_meta"]
    assert book["_meta"].sheet_state == "veryHidden"
    figures = book["Số liệu"]
    headers = [cell.value for cell in figures[1]]
    assert headers == ["Mã", "Số liệu", "ĐVT", "Kỳ trước", "Kỳ này", "Giải trình", "Định nghĩa"]
    row = next(row for row in figures.iter_rows(min_row=2) if row[0].value == "HT01a")
    assert [cell.value for cell in row[3:6]] == [110, 121, "=tính cả 3 lao động"]
    assert row[5].data_type == "s"
    assert [cell.protection.locked for cell in row] == [True, True, True, True, False, False, True]
    assert figures.protection.sheet
    assert not figures.protection.password
    sections = [row[1].value for row in figures.iter_rows(min_row=2) if row[0].value is None and row[1].value]
    assert sections[0] == "A. Hạ tầng kỹ thuật"
    assert [cell.value for cell in book["Nhiệm vụ"][2]][:3] == ["NV01", "Nhiệm vụ 1", "30/06/2018"]


def test_lists_use_defined_names(small_office: Session, tmp_path: Path) -> None:
    (made,) = issue(small_office, "KH", "2017", tmp_path, unit_codes=["SXD"])
    book = openpyxl.load_workbook(made.path)
    checks = [check for name in book.sheetnames for check in book[name].data_validations.dataValidation]
    lists = [check.formula1.lstrip("=") for check in checks if check.type == "list"]
    assert set(lists) == {"Danh_sach_co_khong", "Tinh_trang_he_thong", "Tinh_trang_nhiem_vu"}
    for name in set(lists):
        sheet, _, cells = book.defined_names[name].attr_text.partition("!")
        words = [cell.value for (cell,) in book[sheet][cells.replace("$", "")]]
        assert words
        assert all(words)


def test_identity_stands_below_every_sheet_and_in_the_properties(small_office: Session, tmp_path: Path) -> None:
    (made,) = issue(small_office, "KH", "2017", tmp_path, unit_codes=["SXD"])
    book = openpyxl.load_workbook(made.path)
    for name in book.sheetnames:
        last = [cell.value for cell in book[name][book[name].max_row] if cell.value]
        assert any(made.issue_id in str(value) and "SXD" in str(value) for value in last), name
    assert made.issue_id in book.properties.keywords


def test_a_sheet_without_rows_says_so(small_office: Session, tmp_path: Path) -> None:
    (made,) = issue(small_office, "KH", "2017", tmp_path, unit_codes=["STC"])
    tasks = openpyxl.load_workbook(made.path)["Nhiệm vụ"]
    assert tasks["B2"].value == "Đơn vị không chủ trì nhiệm vụ nào của kế hoạch này."


def test_issuing_again_gives_the_same_bytes_and_no_operation(small_office: Session, tmp_path: Path) -> None:
    issue(small_office, "KH", "2017", tmp_path / "a")
    before = small_office.gateway.count(Issuance)
    later = small_office.now() + timedelta(days=3)
    small_office.now = lambda: later
    issue(small_office, "KH", "2017", tmp_path / "b")
    issue(small_office, "KH", "2017", tmp_path / "a")
    assert digests(tmp_path / "a") == digests(tmp_path / "b")
    assert small_office.gateway.count(Issuance) == before


def test_changed_content_is_a_new_issue_and_overwrites_nothing(small_office: Session, tmp_path: Path) -> None:
    first = issue(small_office, "KH", "2017", tmp_path)
    kept = digests(tmp_path)
    put(small_office, "STC", "HT01b", "2017", 40)
    with pytest.raises(UserError) as refusal:
        issue(small_office, "KH", "2017", tmp_path)
    assert refusal.value.code == "file_exists"
    assert digests(tmp_path) == kept
    assert small_office.gateway.count(Issuance) == 3
    second = issue(small_office, "KH", "2017", tmp_path / "again")
    changed = [new.unit.code for old, new in zip(first, second, strict=True) if old.issue_id != new.issue_id]
    assert changed == ["STC"]


def test_what_a_full_disk_cut_off_is_written_by_issuing_again(
    small_office: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path.replace
    done: list[Path] = []

    def full_after_one(draft: Path, path: Path) -> Path:
        if done:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        done.append(path)
        return whole(draft, path)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full_after_one)
        with pytest.raises(UserError) as refusal:
            issue(small_office, "KH", "2017", tmp_path)
    assert refusal.value.code == "file_not_written"
    assert [item for item in tmp_path.iterdir() if ".skh" not in item.name] == done
    first = digests(tmp_path)
    issued = issue(small_office, "KH", "2017", tmp_path)
    assert small_office.gateway.count(Issuance) == len(issued) == 3
    assert first.items() <= digests(tmp_path).items()


def test_what_cannot_be_written_is_not_recorded(small_office: Session, tmp_path: Path) -> None:
    """The third workbook meets something in its way; the first two have not appeared, and the file knows of no round."""
    out = tmp_path / "out"
    (out / "SYT_KH-Y_2017.xlsx").mkdir(parents=True)
    before = small_office.path.read_bytes()
    with pytest.raises(UserError) as refusal:
        issue(small_office, "KH", "2017", out)
    assert refusal.value.code == "file_exists"
    assert [item.name for item in out.iterdir()] == ["SYT_KH-Y_2017.xlsx"]
    assert small_office.path.read_bytes() == before


def test_a_unit_that_the_form_does_not_ask_is_refused(small_office: Session, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refusal:
        issue(small_office, "KH", "2017", tmp_path, unit_codes=["TINH"])
    assert refusal.value.code == "unit_not_asked"
    assert list(tmp_path.glob("*.xlsx")) == []


def test_the_previous_period_is_made_of_parts(small_office: Session, tmp_path: Path) -> None:
    for quarter, amount in (("Q1", 10), ("Q2", 20), ("Q3", 30), ("Q4", 40)):
        put(small_office, "SXD", "NB06a", f"2016-{quarter}", amount)
    (made,) = issue(small_office, "KH", "2017", tmp_path, unit_codes=["SXD"])
    figures = openpyxl.load_workbook(made.path)["Số liệu"]
    assert {row[0].value: row[3].value for row in figures.iter_rows()}["NB06a"] == 100


def test_illustrative_figures_say_so_on_every_sheet(small_office: Session, tmp_path: Path) -> None:
    with small_office.operation("office.change", source="cli") as op:
        op.save(replace(small_office.office, illustrative=True))
    (made,) = issue(small_office, "KH", "2017", tmp_path, unit_codes=["SXD"])
    book = openpyxl.load_workbook(io.BytesIO(made.path.read_bytes()))
    for name in ("Hướng dẫn", "Số liệu", "Hệ thống", "Nhiệm vụ"):
        texts = [str(cell.value) for row in book[name].iter_rows() for cell in row if cell.value]
        assert any("inh họa" in text for text in texts), name
