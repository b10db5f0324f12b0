"""The problems workbook: every issue once with its place, links that lead somewhere, cells marked where the issues are."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop_app.domain.issues import Issue, Severity, UserError
from desktop_app.exchange.layout import FIGURES_SHEET, SYSTEMS_SHEET, TASKS_SHEET, Column
from desktop_app.exchange.writing.filling import Entry
from desktop_app.exchange.writing.filling import fill as filled
from desktop_app.services.collecting import CollectionPlan, apply_collection, plan_collection
from desktop_app.services.collecting.problems import has_problems, problems_name, problems_workbook, write_problems
from desktop_app.services.editing import Edit, set_values
from desktop_app.services.issuing import issue
from desktop_app.services.session import Session
from desktop_app.text.catalogue import Catalogue, Language

VI = Catalogue(Language.VI)
NAME = "Số liệu, hệ thống, nhiệm vụ"
ROWS = {
    Issue("row_missing", {"code": "DV09a"}).text(VI),
    Issue("locked_cell_edited", {"code": "CS01a", "shown": "Tên khác"}).text(VI),
}
WORDS = ["✕ Lỗi", "? Cần hỏi", "! Cảnh báo", "i Thông tin"]
FORMULA = '=HYPERLINK("http://x","y")'
Entries = dict[tuple[str, str, Column], Any]


def entries(values: Entries) -> dict[Entry, Any]:
    return {Entry(*place): value for place, value in values.items()}


def answered(**values: Any) -> Entries:
    """Return figures under Kỳ này."""
    return {(FIGURES_SHEET, code, Column.CURRENT): value for code, value in values.items()}


def changed(content: bytes, path: Path, change: Any = None) -> Path:
    """Save a workbook in which something was changed that units should leave alone."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    if change is not None:
        change(book)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    cell.data_type = "s"
    book.save(path)
    return path


def meddle(book: Any) -> None:
    """Rename a sheet and a locked cell, delete a row, add one without a code and one that nobody asked for."""
    sheet = book[FIGURES_SHEET]
    rows = {cell.value: cell.row for (cell,) in sheet.iter_rows(max_col=1)}
    sheet.cell(rows["CS01a"], 2).value = "Tên khác"
    sheet.cell(rows["CS02a"], 4).value = "5/6/2017"
    at = rows["CS03a"] + 1
    sheet.insert_rows(at, 2)
    sheet.cell(at, 5).value = 77
    sheet.cell(at + 1, 1).value = "XX99z"
    sheet.cell(at + 1, 5).value = 78
    sheet.delete_rows(rows["DV09a"])
    sheet.title = "Bảng 1"


@pytest.fixture
def plan(small_office: Session, tmp_path: Path) -> CollectionPlan:
    """A batch with files of every sort, read and not taken."""
    sent = tmp_path / "gửi về"
    sent.mkdir()
    issued = {item.unit.code: item.path.read_bytes() for item in issue(small_office, "KH", "2017", tmp_path / "issued")}
    wrong = {
        **answered(HT01a=130, HT01b=121, NB06a="nhiều", NB06b="1.5", DV09a="85,5", KP01a=12.5, CS01a="có", CS03a="12/QĐ"),
        (FIGURES_SHEET, "NB06a", Column.NOTE): FORMULA,
        (SYSTEMS_SHEET, "QLVB", Column.STATUS): "chắc rồi",
        (SYSTEMS_SHEET, "QLVB", Column.USERS): 3,
        (SYSTEMS_SHEET, "MC", Column.USERS): 12,
        (SYSTEMS_SHEET, "MC", Column.SINCE): date(2015, 8, 15),
        (TASKS_SHEET, "NV02", Column.PERCENT): 150,
        (TASKS_SHEET, "NV01", Column.STATUS): "đang thực hiện",
        (TASKS_SHEET, "NV01", Column.DISBURSED): "1.250,5",
    }
    changed(filled(issued["SXD"], entries(wrong)), sent / "SXD.xlsx", meddle)
    whole = answered(HT01a=1, HT01b=2, NB06a=1, NB06b=2, DV09a=1, KP01a=1, CS01a="có", CS02a="1/2/2017", CS03a="x")
    changed(filled(issued["STC"], entries({**whole, **answered(CS03a=None)})), sent / "STC.xlsx")
    changed(filled(issued["SYT"], entries(whole)), sent / "SYT 1.xlsx")
    changed(filled(issued["SYT"], entries({**whole, **answered(HT01b=9)})), sent / "SYT 2.xlsx")
    (sent / "hỏng.xlsx").write_bytes(b"PK\x03\x04")
    set_values(small_office, [Edit("SXD", "KP01a", "2017", "99", "")], "form")
    return plan_collection(small_office, [sent])


def book_of(session: Session, plan: CollectionPlan, **asked: Any) -> Any:
    made = problems_workbook(session, plan, **asked)
    assert made is not None
    return openpyxl.load_workbook(io.BytesIO(made.content))


def reasons(book: Any) -> list[dict[str, Any]]:
    """Return the rows of the reasons by the words of their heading; ``at`` is where the link leads to."""
    sheet = book.worksheets[0]
    (header,) = [cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value == "TT"]
    titles = [cell.value for cell in sheet[header]]
    found = []
    for row in sheet.iter_rows(min_row=header + 1):
        facts = {title: cell.value for title, cell in zip(titles, row, strict=True)}
        link = row[titles.index("Ô")].hyperlink
        found.append({**facts, "row": row[0].row, "at": link.location if link else None})
    return found


def target(book: Any, location: str) -> Any:
    sheet, _, address = location.rpartition("!")
    return book[sheet.strip("'")][address]


def test_every_issue_stands_there_once_with_its_place(small_office: Session, plan: CollectionPlan) -> None:
    rows = reasons(book_of(small_office, plan))
    told = [
        (Path(item.name).name, found.place.sheet or None, found.place.cell or None, found.text(VI))
        for item in plan.files
        for found in item.issues
    ]
    assert len(told) > 12
    assert {found.severity for item in plan.files for found in item.issues} == set(Severity)
    shown = [(row["Tệp"], row["Trang tính"], None if row["Ô"] == "→" else row["Ô"], row["Lý do"]) for row in rows]
    assert sorted(map(repr, told)) == sorted(map(repr, shown))
    assert [row["TT"] for row in rows] == list(range(1, len(rows) + 1))
    assert all(row["Việc cần làm"] and row["Mức độ"] for row in rows)


def test_reasons_are_sorted_by_unit_and_gravity(small_office: Session, plan: CollectionPlan) -> None:
    rows = reasons(book_of(small_office, plan))
    assert list(dict.fromkeys(row["Đơn vị"] for row in rows)) == ["Sở Xây dựng", "Sở Tài chính", "Sở Y tế", None]
    own = [WORDS.index(row["Mức độ"]) for row in rows if row["Đơn vị"] == "Sở Xây dựng"]
    assert own == sorted(own)
    assert {0, 1, 2} <= set(own)
    assert (rows[-1]["Tệp"], rows[-1]["at"]) == ("hỏng.xlsx", None)


def test_links_lead_to_the_marked_cells_and_back(small_office: Session, plan: CollectionPlan) -> None:
    book = book_of(small_office, plan)
    linked = [row for row in reasons(book) if row["at"]]
    assert linked
    for row in linked:
        cell = target(book, row["at"])
        assert row["Lý do"] in cell.comment.text
        assert cell.fill.fill_type == "solid"
        if row[NAME]:
            assert cell.parent.cell(cell.row, 1).value == row["Mã"]
        else:
            assert cell.value == row["Mức độ"][0]
    assert len({row["at"] for row in linked}) < len(linked), "two reasons share no cell"
    for place in {row["at"] for row in linked if row[NAME]}:
        gravest = min((row["Mức độ"] for row in linked if row["at"] == place), key=WORDS.index)
        assert f'"{gravest[0]} "' in target(book, place).number_format
    cells = ((sheet, cell) for sheet in book for line in sheet.iter_rows() for cell in line if cell.comment)
    assert {f"'{sheet.title}'!{cell.coordinate}" for sheet, cell in cells} == {row["at"] for row in linked}
    by_row = {row["row"]: row for row in linked}
    for sheet in book.worksheets[1:]:
        for line in sheet.iter_rows(min_row=5):
            for cell in line:
                if cell.hyperlink:
                    back = target(book, cell.hyperlink.location)
                    assert str(by_row[back.row]["TT"]) == cell.value
                    assert target(book, by_row[back.row]["at"]).row == cell.row
        assert target(book, sheet["A4"].hyperlink.location).value == "Những điểm cần xem lại trong báo cáo đã gửi"


def test_a_copy_shows_what_the_file_says(small_office: Session, plan: CollectionPlan) -> None:
    book = book_of(small_office, plan)
    assert book.sheetnames == ["Lý do", "SXD", "SYT", "SYT (2)"]
    rows = {line[0].value: [cell.value for cell in line] for line in book["SXD"].iter_rows() if line[0].value}
    assert rows["HT01a"][1:4] == ["Cán bộ, công chức có máy tính", "người", 130]
    assert (rows["NB06a"][3], rows["NB06a"][5]) == ("nhiều", FORMULA)
    assert (rows["KP01a"][3], rows["CS02a"][3]) == (12.5, "(trống)")
    assert (rows["QLVB"][2], rows["MC"][4]) == ("chắc rồi", 12)
    assert rows["MC"][3] == datetime(2015, 8, 15)  # noqa: DTZ001 - a workbook knows no zones
    assert (str(rows["NV02"][3]), rows["NV01"][2], rows["NV01"][4]) == ("150", "đang thực hiện", 1250.5)
    whole = {row["Mã"]: target(book, row["at"]).value for row in reasons(book) if row["Lý do"] in ROWS}
    assert whole == {"DV09a": "DV09a", "CS01a": "CS01a"}
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not any(cell.data_type == "f" for cell in cells)
    stood = {row["Mã"]: row["Nội dung trong ô"] for row in reasons(book) if row["Mức độ"] == "✕ Lỗi"}
    assert (stood["NB06a"], stood["QLVB"], stood["CS02a"]) == ("nhiều", "chắc rồi", "5/6/2017")


def test_the_same_collection_gives_the_same_bytes(small_office: Session, plan: CollectionPlan, tmp_path: Path) -> None:
    path = tmp_path / "p.xlsx"
    written = write_problems(small_office, plan, path)
    assert written is not None
    assert (written.path, written.written, written.problems) == (path, True, sum(len(item.issues) for item in plan.files))
    again = write_problems(small_office, plan, path)
    assert again is not None
    assert not again.written
    path.write_bytes(b"mine")
    with pytest.raises(UserError, match="file_exists"):
        write_problems(small_office, plan, path)
    assert path.read_bytes() == b"mine"


def test_one_file_alone(small_office: Session, plan: CollectionPlan) -> None:
    (item,) = [item for item in plan.files if item.name.endswith("SYT 2.xlsx")]
    book = book_of(small_office, plan, files=[item])
    assert book.sheetnames == ["Lý do", "SYT"]
    assert {row["Tệp"] for row in reasons(book)} == {"SYT 2.xlsx"}
    assert problems_name(item) == "SYT_2017_can-xem-lai.xlsx"


def test_nothing_is_written_without_a_problem(small_office: Session, plan: CollectionPlan, tmp_path: Path) -> None:
    (item,) = [item for item in plan.files if item.name.endswith("STC.xlsx")]
    assert [found.code for found in item.issues] == ["form_partly_blank"]
    assert not has_problems(item)
    assert write_problems(small_office, plan, tmp_path / "p.xlsx", files=[item]) is None
    assert not (tmp_path / "p.xlsx").exists()


def test_the_workbook_cannot_be_taken_for_a_return(small_office: Session, plan: CollectionPlan, tmp_path: Path) -> None:
    write_problems(small_office, plan, tmp_path / "p.xlsx")
    again = plan_collection(small_office, [tmp_path / "p.xlsx"])
    assert [[found.code for found in item.issues] for item in again.files] == [["problems_returned"]]
    assert apply_collection(small_office, again).operation_id is None


def test_what_is_decided_is_not_sent_back(small_office: Session, plan: CollectionPlan) -> None:
    from desktop_app.services.cells import CellKey
    from desktop_app.services.collecting.deciding import decide

    (item,) = [item for item in plan.files if item.name.endswith("SXD.xlsx")]
    key = CellKey("figure", "KP01a", "value")
    (change,) = [change for change in item.merged.changes if change.key == key]
    decided = decide(plan, {item.name: {key: change.returned}})
    rows = reasons(book_of(small_office, decided))
    assert "KP01a" not in {row["Mã"] for row in rows if row["Mức độ"] == "? Cần hỏi"}


def test_files_of_one_name_are_told_apart(small_office: Session, plan: CollectionPlan, tmp_path: Path) -> None:
    returned = next(item.content for item in plan.files if item.name.endswith("SYT 1.xlsx"))
    for folder in ("a/c", "b/c", "b/d"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "x.xlsx").write_bytes(b"PK" + folder.encode())
        (tmp_path / folder / "r.xlsx").write_bytes(returned)
    found = plan_collection(small_office, [tmp_path / "a", tmp_path / "b"])
    rows = reasons(book_of(small_office, found))
    assert {row["Tệp"] for row in rows} >= {"a/c/x.xlsx", "b/c/x.xlsx", "d/x.xlsx"}
    assert not [row for row in rows if str(tmp_path) in row["Lý do"]]
    assert [row["Lý do"] for row in rows if row["Tệp"] == "d/r.xlsx" and "a/c/r.xlsx" in row["Lý do"]]
