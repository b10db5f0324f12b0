"""``form collect``: every path of the merge end to end, refusals, all or nothing, the same file twice."""

from __future__ import annotations

import gc
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop_app.domain.entities import Deployment, Return, ReturnStatus, TaskReport, Value, ValueState
from desktop_app.domain.issues import UserError
from desktop_app.domain.merge import Policy
from desktop_app.services.collecting import CollectionResult, apply_collection, plan_collection, to_json
from desktop_app.services.collecting.planning import without_collector
from desktop_app.services.history import undo, value_story
from desktop_app.services.issuing import issue
from desktop_app.services.session import Session
from desktop_app.storage.history import changes_of, history
from desktop_app.storage.operations import revert
from desktop_app.text.catalogue import Catalogue

Fill = dict[str, dict[str, Any]]
"""Sheet → address by code and header, such as ``{"Số liệu": {"HT01a/Kỳ này": 5}}``."""


def fill(source: Path, target: Path, values: Fill, change: Callable[[Any], None] | None = None) -> Path:
    """Save a copy of a workbook with other values, as a unit would."""
    book = openpyxl.load_workbook(source)
    for sheet_name, cells in values.items():
        sheet = book[sheet_name]
        headers = {cell.value: cell.column for cell in sheet[1]}
        rows = {cell.value: cell.row for (cell,) in sheet.iter_rows(max_col=1)}
        for name, value in cells.items():
            code, _, header = name.partition("/")
            sheet.cell(rows[code], headers[header]).value = value
    if change:
        change(book)
    book.save(target)
    return target


def figures(**cells: Any) -> Fill:
    """Return figures to fill in: ``HT01a=5``, and ``HT01a_note="…"`` for the explanation."""
    found = {}
    for name, value in cells.items():
        code, _, is_note = name.partition("_")
        found[f"{code}/{'Giải trình' if is_note else 'Kỳ này'}"] = value
    return {"Số liệu": found}


@pytest.fixture
def issued(small_office: Session, tmp_path: Path) -> dict[str, Path]:
    """The workbooks of 2017 by unit code."""
    return {item.unit.code: item.path for item in issue(small_office, "KH", "2017", tmp_path / "issued")}


def collect(session: Session, *paths: Path, policy: Policy = Policy.NONBLANK) -> CollectionResult:
    return apply_collection(session, plan_collection(session, paths, policy))


def value(session: Session, element: str, unit: str = "SXD", period: str = "2017") -> Value | None:
    return session.gateway.get(Value, period, session.element(element).id, session.unit(unit).id)


def amount(session: Session, element: str, unit: str = "SXD") -> int | None:
    found = value(session, element, unit)
    return found.amount if found else None


def type_in(session: Session, element: str, amount: int, unit: str = "SXD") -> None:
    with session.operation("value.set", source="form") as op:
        op.save(
            Value(
                unit_id=session.unit(unit).id,
                element_id=session.element(element).id,
                period="2017",
                state=ValueState.VALUE,
                amount=amount,
            )
        )


def codes(result: CollectionResult, index: int = 0) -> list[str]:
    """Return what is told of a file, but for figures that are not answered yet."""
    return [item.code for item in result.plan.files[index].issues if item.code != "form_partly_blank"]


def test_everything_filled_in_arrives(small_office: Session, issued: dict[str, Path], tmp_path: Path) -> None:
    path = fill(
        issued["SXD"],
        tmp_path / "r.xlsx",
        {
            **figures(
                HT01a=121,
                HT01b="1.210",
                NB06a=0,
                NB06b="KPS",
                NB06b_note="@không có văn bản",
                DV09a="85,5",
                KP01a=12.5,
                CS01a="có",
                CS02a=date(2017, 5, 6),
                CS03a="12/QĐ-SXD",
            ),
            "Hệ thống": {"QLVB/Tình trạng": "Đang sử dụng", "QLVB/Sử dụng từ ngày": "15/8/2015", "QLVB/Số người dùng": 25},
            "Nhiệm vụ": {
                "NV01/Tình trạng": "đang thực hiện",
                "NV01/Hoàn thành (%)": 45,
                "NV01/Đã giải ngân (triệu đồng)": "1.250,5",
            },
        },
    )
    result = collect(small_office, path)
    assert codes(result) == []
    assert result.plan.files[0].counts["new"] == 16
    assert [amount(small_office, code) for code in ("HT01a", "HT01b", "NB06a")] == [121, 1210, 0]
    assert value(small_office, "NB06a").state is ValueState.ZERO
    assert (value(small_office, "NB06b").state, value(small_office, "NB06b").note) == (
        ValueState.NOT_APPLICABLE,
        "@không có văn bản",
    )
    assert [amount(small_office, code) for code in ("DV09a", "KP01a", "CS01a")] == [8550, 12_500_000, 1]
    assert [value(small_office, code).text for code in ("CS02a", "CS03a")] == ["2017-05-06", "12/QĐ-SXD"]
    (deployment,) = small_office.gateway.list(Deployment)
    assert (str(deployment.status), deployment.since_on, deployment.users) == ("in_use", date(2015, 8, 15), 25)
    (report,) = small_office.gateway.list(TaskReport)
    assert (str(report.status), report.percent, report.disbursed_vnd) == ("in_progress", 45, 1_250_500_000)
    (kept,) = small_office.gateway.list(Return)
    assert kept.content == path.read_bytes()
    assert kept.status is ReturnStatus.RECEIVED
    assert {item.return_id for item in small_office.gateway.list(Value)} == {kept.id}
    assert {
        change.return_id
        for change in changes_of(small_office.database, result.operation_id)
        if change.entity != "unit_return"
    } == {kept.id}


def test_a_preview_writes_nothing_and_its_digest_is_kept(
    small_office: Session, issued: dict[str, Path], tmp_path: Path
) -> None:
    path = fill(issued["SXD"], tmp_path / "r.xlsx", figures(HT01a=121))
    before = small_office.path.read_bytes()
    first = plan_collection(small_office, [path])
    assert small_office.path.read_bytes() == before
    second = plan_collection(small_office, [path])
    assert first.digest == second.digest
    with pytest.raises(UserError) as refusal:
        apply_collection(small_office, second, "0" * 64)
    assert refusal.value.code == "collection_changed"
    assert small_office.path.read_bytes() == before
    assert apply_collection(small_office, second, first.digest).operation_id


def test_each_file_is_given_as_soon_as_it_is_planned(small_office: Session, issued: dict[str, Path], tmp_path: Path) -> None:
    paths = [fill(issued[unit], tmp_path / f"{unit}.xlsx", figures(HT01a=5)) for unit in sorted(issued)]
    told: list[str] = []
    plan = plan_collection(
        small_office,
        paths,
        progress=lambda done, total, _name: told.append(str(done)) if total else None,
        each=lambda item: told.append(Path(item.name).name),
    )
    assert len(plan.files) == len(paths)
    assert told == [word for number, item in enumerate(plan.files, 1) for word in (Path(item.name).name, str(number))]


def test_walking_folders_is_told_and_can_be_stopped(small_office: Session, tmp_path: Path) -> None:
    """A folder on a slow drive takes long before the first file is read; how many files there are is not known yet."""
    for number in range(5):
        (tmp_path / f"{number}.txt").write_bytes(b"text")
    told: list[tuple[int, int, str]] = []
    plan_collection(small_office, [tmp_path], progress=lambda *said: told.append(said))
    walked, read = told[:5], told[5:]
    assert walked == [(number + 1, 0, f"{number}.txt") for number in range(5)]
    assert read == [(number + 1, 5, f"{number}.txt") for number in range(5)]

    def stop(done: int, total: int, _name: str) -> None:
        told.append((done, total, ""))
        if done == 2:
            raise InterruptedError

    told.clear()
    with pytest.raises(InterruptedError):
        plan_collection(small_office, [tmp_path], progress=stop)
    assert told == [(1, 0, ""), (2, 0, "")]


def test_the_digest_changes_with_the_base(small_office: Session, issued: dict[str, Path], tmp_path: Path) -> None:
    path = fill(issued["SXD"], tmp_path / "r.xlsx", figures(HT01a=121))
    first = plan_collection(small_office, [path])
    type_in(small_office, "HT01a", 7)
    assert plan_collection(small_office, [path]).digest != first.digest
    with pytest.raises(UserError) as refusal:
        apply_collection(small_office, first)
    assert refusal.value.code == "collection_outdated"
    assert amount(small_office, "HT01a") == 7


def test_the_same_file_twice_is_unchanged_and_no_operation(
    small_office: Session, issued: dict[str, Path], tmp_path: Path
) -> None:
    path = fill(issued["SXD"], tmp_path / "r.xlsx", figures(HT01a=121, HT01b=130))
    collect(small_office, path)
    count = len(history(small_office.database))
    again = collect(small_office, path)
    assert again.operation_id is None
    assert again.plan.files[0].counts == {"new": 0, "changed": 0, "unchanged": 34, "cleared": 0, "conflict": 0, "invalid": 0}
    assert codes(again) == ["file_known"]
    assert len(history(small_office.database)) == count
    assert small_office.gateway.count(Return) == 1


def test_a_corrected_return_advances_from_what_the_first_wrote(
    small_office: Session, issued: dict[str, Path], tmp_path: Path
) -> None:
    collect(small_office, fill(issued["SXD"], tmp_path / "1.xlsx", figures(HT01a=121, HT01b=130)))
    collect(small_office, fill(issued["SXD"], tmp_path / "2.xlsx", figures(HT01a=121, HT01b=131)))
    third = collect(small_office, fill(issued["SXD"], tmp_path / "3.xlsx", figures(HT01a=125, HT01b=131)))
    assert third.plan.files[0].counts["changed"] == 1
    assert third.plan.files[0].counts["conflict"] == 0
    assert [amount(small_office, "HT01a"), amount(small_office, "HT01b")] == [125, 131]


def test_a_conflict_is_asked_and_stays(small_office: Session, issued: dict[str, Path], tmp_path: Path) -> None:
    type_in(small_office, "HT01a", 99)
    path = fill(issued["SXD"], tmp_path / "r.xlsx", figures(HT01a=121, HT01b=130))
    result = collect(small_office, path)
    assert result.plan.files[0].counts["conflict"] == 1
    (found,) = [item for item in result.plan.files[0].issues if item.code != "form_partly_blank"]
    assert (found.code, found.place.sheet, found.place.cell, found.place.item) == ("cell_conflict", "Số liệu", "E3", "HT01a")
    assert "121" in found.text(Catalogue())
    assert "99" in found.text(Catalogue())
    assert result.plan.needs_attention
    assert [amount(small_office, "HT01a"), amount(small_office, "HT01b")] == [99, 130]
    assert small_office.gateway.list(Return)[0].status is ReturnStatus.HAS_ISSUES
    forced = collect(small_office, path, policy=Policy.FILE)
    assert codes(forced) == ["file_known", "cell_overwritten"]
    assert all(shown in forced.plan.files[0].issues[1].text(Catalogue()) for shown in ("HT01a", "99", "121"))
    assert amount(small_office, "HT01a") == 121


def test_cleared_cells_are_kept_or_cleared_by_policy(small_office: Session, issued: dict[str, Path], tmp_path: Path) -> None:
    collect(small_office, fill(issued["SXD"], tmp_path / "1.xlsx", figures(HT01a=121, HT01a_note="vì sáp nhập")))
    (again,) = issue(small_office, "KH", "2017", tmp_path / "again", unit_codes=["SXD"])
    emptied = fill(again.path, tmp_path / "2.xlsx", figures(HT01a=None))
    kept = collect(small_office, emptied)
    assert kept.plan.files[0].counts["cleared"] == 1
    assert codes(kept) == ["cell_cleared_kept"]
    assert not kept.plan.needs_attention
    assert amount(small_office, "HT01a") == 121
    collect(small_office, emptied, policy=Policy.FILE)
    found = value(small_office, "HT01a")
    assert (found.state, found.amount, found.note) == (ValueState.NOT_REPORTED, None, "vì sáp nhập")
    empty = fill(again.path, tmp_path / "3.xlsx", figures(HT01a=None, HT01a_note=None))
    collect(small_office, empty, policy=Policy.FILE)
    assert value(small_office, "HT01a") is None


def test_blanks_only_fills_blanks(small_office: Session, issued: dict[str, Path], tmp_path: Path) -> None:
    type_in(small_office, "HT01a", 99)
    (again,) = issue(small_office, "KH", "2017", tmp_path / "again", unit_codes=["SXD"])
    path = fill(again.path, tmp_path / "r.xlsx", figures(HT01a=100, HT01b=130))
    result = collect(small_office, path, policy=Policy.BLANKS)
    assert codes(result) == ["cell_difference_kept"]
    assert [amount(small_office, "HT01a"), amount(small_office, "HT01b")] == [99, 130]


def test_unclear_cells_are_asked_and_the_rest_is_taken(
    small_office: Session, issued: dict[str, Path], tmp_path: Path
) -> None:
    path = fill(issued["SXD"], tmp_path / "r.xlsx", figures(HT01a="-", HT01b="abc", NB06a=1.5, DV09a="1.234", NB06b=7))
    result = collect(small_office, path)
    assert result.plan.files[0].counts["invalid"] == 4
    assert codes(result) == ["figure_zero_or_none", "figure_unreadable", "figure_not_whole", "figure_ambiguous"]
    assert all(item.place.cell and item.place.sheet == "Số liệu" for item in result.plan.files[0].issues[:4])
    assert amount(small_office, "NB06b") == 7
    assert small_office.gateway.count(Value) == 1


def test_a_percent_cell_is_read_with_its_format(small_office: Session, issued: dict[str, Path], tmp_path: Path) -> None:
    def as_percent(book: Any) -> None:
        for row in book["Số liệu"].iter_rows():
            if row[0].value == "DV09a":
                row[4].number_format = "0%"

    collect(small_office, fill(issued["SXD"], tmp_path / "r.xlsx", figures(DV09a=0.85), as_percent))
    assert amount(small_office, "DV09a") == 8500

    def as_general(book: Any) -> None:
        for row in book["Số liệu"].iter_rows():
            if row[0].value == "DV09a":
                row[4].number_format = "General"

    asked = collect(small_office, fill(issued["STC"], tmp_path / "s.xlsx", figures(DV09a=0.85), as_general))
    assert codes(asked) == ["figure_percent_or_share"]


def test_formulas_of_the_unit(small_office: Session, issued: dict[str, Path], tmp_path: Path) -> None:
    """openpyxl saves formulas without values: such a cell is told, never read as blank or zero."""
    result = collect(small_office, fill(issued["SXD"], tmp_path / "r.xlsx", figures(HT01a="=100+21", HT01b=130)))
    assert codes(result) == ["formula_not_calculated"]
    assert result.plan.files[0].counts["invalid"] == 1


def test_error_cells_are_told(small_office: Session, issued: dict[str, Path], tmp_path: Path) -> None:
    def break_it(book: Any) -> None:
        cell = next(row[4] for row in book["Số liệu"].iter_rows() if row[0].value == "HT01a")
        cell.value = "#DIV/0!"
        cell.data_type = "e"

    result = collect(small_office, fill(issued["SXD"], tmp_path / "r.xlsx", {}, break_it))
    assert codes(result) == ["cell_error"]


def test_locked_cells_are_reported_and_not_obeyed(small_office: Session, issued: dict[str, Path], tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        for row in book["Số liệu"].iter_rows():
            if row[0].value == "HT01a":
                row[1].value = "Số liệu khác"
                row[3].value = 5

    result = collect(small_office, fill(issued["SXD"], tmp_path / "r.xlsx", figures(HT01a=3), edit))
    assert codes(result) == ["locked_cell_edited", "locked_cell_edited"]
    assert [item.place.cell for item in result.plan.files[0].issues[:2]] == ["B3", "D3"]
    assert amount(small_office, "HT01a") == 3
    assert small_office.element("HT01a").name == "Cán bộ, công chức có máy tính"


def test_a_forged_meta_is_reported_and_the_issue_in_the_file_counts(
    small_office: Session, issued: dict[str, Path], tmp_path: Path
) -> None:
    def forge(book: Any) -> None:
        for row in book["_meta"].iter_rows():
            if row[0].value == "values.1":
                row[1].value = '{"figure/HT01a/value":["value",5,null]}'

    result = collect(small_office, fill(issued["SXD"], tmp_path / "r.xlsx", figures(HT01a=5), forge))
    assert codes(result) == ["meta_altered"]
    assert amount(small_office, "HT01a") == 5


def test_rows_and_columns_may_move(small_office: Session, issued: dict[str, Path], tmp_path: Path) -> None:
    def move(book: Any) -> None:
        sheet = book["Số liệu"]
        sheet.title = "SL quý"
        sheet.insert_cols(3)
        sheet.insert_rows(1, 2)
        sheet["A1"] = "Biểu số liệu"
        sheet.append(["", "Người lập biểu", "", "", "", "Nguyễn Văn A"])
        book.move_sheet("Nhiệm vụ", -3)

    result = collect(small_office, fill(issued["SXD"], tmp_path / "đổi tên.xlsx", figures(HT01a=3, HT01b=4), move))
    assert result.plan.files[0].counts["new"] == 2
    assert codes(result) == []
    assert [amount(small_office, "HT01a"), amount(small_office, "HT01b")] == [3, 4]


@pytest.mark.parametrize(
    ("lost", "told"), [(("_meta",), "identity_from_line"), (("_meta", "lines"), "identity_from_properties")]
)
def test_identity_survives_losses(
    small_office: Session, issued: dict[str, Path], tmp_path: Path, lost: tuple[str, ...], told: str
) -> None:
    def lose(book: Any) -> None:
        del book["_meta"]
        for sheet in book if "lines" in lost else ():
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and cell.value.startswith("SKH1"):
                        cell.value = None

    result = collect(small_office, fill(issued["SXD"], tmp_path / "r.xlsx", figures(HT01a=3), lose))
    assert codes(result) == [told]
    assert amount(small_office, "HT01a") == 3


def test_a_code_that_is_not_asked_is_told_where_it_stands(
    small_office: Session, issued: dict[str, Path], tmp_path: Path
) -> None:
    def move(book: Any) -> None:
        sheet = book["Số liệu"]
        sheet.append(["XX99", "", "", "", 9])
        sheet.insert_cols(1)

    result = collect(small_office, fill(issued["SXD"], tmp_path / "r.xlsx", figures(HT01a=3), move))
    (found,) = [item for item in result.plan.files[0].issues if item.code == "code_not_asked"]
    assert found.place.cell == f"B{found.params['row']}"


def test_two_rows_of_one_code(small_office: Session, issued: dict[str, Path], tmp_path: Path) -> None:
    def repeat(book: Any) -> None:
        sheet = book["Số liệu"]
        sheet.append(["HT01a", "", "", "", 4])
        sheet.append(["", "", "", "", 8])
        sheet.append(["XX99", "", "", "", 9])
        sheet.append(["1", "heading of the unit's own"])

    result = collect(small_office, fill(issued["SXD"], tmp_path / "r.xlsx", figures(HT01a=3), repeat))
    assert sorted(codes(result)) == ["code_not_asked", "code_twice", "row_without_code"]
    assert value(small_office, "HT01a") is None


def test_a_deleted_row_keeps_what_the_file_has(small_office: Session, issued: dict[str, Path], tmp_path: Path) -> None:
    def delete(book: Any) -> None:
        book["Số liệu"].delete_rows(3)

    result = collect(small_office, fill(issued["SXD"], tmp_path / "r.xlsx", figures(HT01b=4), delete))
    assert codes(result) == ["row_missing"]
    assert amount(small_office, "HT01b") == 4


def test_a_system_needs_a_status(small_office: Session, issued: dict[str, Path], tmp_path: Path) -> None:
    path = fill(
        issued["SXD"], tmp_path / "r.xlsx", {"Hệ thống": {"QLVB/Số người dùng": 25, "MC/Tình trạng": "đang triển khai"}}
    )
    result = collect(small_office, path)
    assert codes(result) == ["deployment_without_status"]
    assert result.plan.files[0].counts["invalid"] == 1
    assert [str(item.status) for item in small_office.gateway.list(Deployment)] == ["in_progress"]


@pytest.mark.parametrize(
    ("name", "is_told"),
    [
        ("stc_KH-Y_2017.xlsx", True),
        ("SXD_KH-Y_2017 (1).xlsx", False),
        ("STC.xlsx", False),
        ("Sở_Tài chính.xlsx", False),
    ],
)
def test_a_name_of_another_unit_is_told(
    small_office: Session, issued: dict[str, Path], tmp_path: Path, name: str, *, is_told: bool
) -> None:
    """A neighbour's workbook that was filled in says who it was issued to; only its name may say whose figures they are."""
    result = collect(small_office, fill(issued["SXD"], tmp_path / name, figures(HT01a=3)))
    assert codes(result) == (["named_like_other"] if is_told else [])
    assert amount(small_office, "HT01a") == 3


@pytest.mark.parametrize(
    ("name", "is_told"),
    [("Sở Tài chính", True), ("sở tài  chính", True), ("SỞ XÂY DỰNG", False), ("Sở XD", False), (None, False), (5, False)],
)
def test_a_guide_that_names_another_unit_is_told(
    small_office: Session, issued: dict[str, Path], tmp_path: Path, name: Any, *, is_told: bool
) -> None:
    def rename(book: Any) -> None:
        (label,) = [cell for (cell,) in book["Hướng dẫn"].iter_rows(max_col=1) if cell.value == "Đơn vị báo cáo"]
        label.offset(0, 1).value = name

    result = collect(small_office, fill(issued["SXD"], tmp_path / "r.xlsx", figures(HT01a=3), rename))
    assert codes(result) == (["guide_names_other"] if is_told else [])
    places = {
        (issue.place.sheet, issue.place.cell) for issue in result.plan.files[0].issues if issue.code == "guide_names_other"
    }
    assert places == ({("Hướng dẫn", "B4")} if is_told else set())


def test_folders_and_archives(small_office: Session, issued: dict[str, Path], tmp_path: Path) -> None:
    folder = tmp_path / "trả về"
    folder.mkdir()
    fill(issued["SXD"], folder / "a.xlsx", figures(HT01a=3))
    (folder / "~$a.xlsx").write_bytes(b"lock")
    (folder / "thư.docx").write_bytes(b"PK\x03\x04 no workbook")
    stc = fill(issued["STC"], tmp_path / "b.xlsx", figures(HT01a=4))
    with zipfile.ZipFile(folder / "c.zip", "w") as archive:
        archive.write(stc, "Sở Tài chính/b.xlsx")
        archive.writestr("../../evil.xlsx", b"")
    result = collect(small_office, folder)
    names = [Path(item.name).relative_to(folder).as_posix() for item in result.plan.files]
    assert names == ["a.xlsx", "c.zip/Sở Tài chính/b.xlsx", "c.zip/evil.xlsx", "thư.docx"]
    assert [amount(small_office, "HT01a", unit) for unit in ("SXD", "STC")] == [3, 4]
    assert {item.issues[0].code for item in result.plan.files if item.refused} <= {"file_damaged", "file_empty"}
    shape = to_json(result, Catalogue())
    (state,) = shape["rounds"]
    (waited,) = state.pop("missing_units")
    assert state == {"form": "KH-Y", "period": "2017", "expected": 3, "received": 2, "missing": ["SYT"]}
    assert (waited["code"], waited["name"], waited["days_late"]) == ("SYT", "Sở Y tế", 6)
    assert shape["missing"] == ["SYT"]


def test_json_has_the_shape_of_the_contract(small_office: Session, issued: dict[str, Path], tmp_path: Path) -> None:
    path = fill(issued["SXD"], tmp_path / "r.xlsx", figures(HT01a=3, HT01b="?"))
    shape = to_json(collect(small_office, path), Catalogue())
    assert set(shape) == {"applied", "operation", "files", "rounds", "missing", "digest"}
    (file,) = shape["files"]
    assert {key: file[key] for key in ("path", "unit", "form", "period", "status")} == {
        "path": str(path),
        "unit": "SXD",
        "form": "KH-Y",
        "period": "2017",
        "status": "read",
    }
    issue_json = file["issues"][0]
    assert {key: issue_json[key] for key in ("sheet", "cell", "code", "severity")} == {
        "sheet": "Số liệu",
        "cell": "E4",
        "code": "figure_unreadable",
        "severity": "error",
    }


def test_foreign_and_wrong_workbooks_are_refused(small_office: Session, issued: dict[str, Path], tmp_path: Path) -> None:
    def altered(target: str, **parts: str) -> Path:
        def change(book: Any) -> None:
            for row in book["_meta"].iter_rows():
                if row[0].value in parts:
                    row[1].value = parts[row[0].value]
            for sheet in book:
                for row in sheet.iter_rows():
                    for cell in row:
                        if isinstance(cell.value, str) and cell.value.startswith("SKH1 "):
                            cell.value = None

        return fill(issued["SXD"], tmp_path / target, figures(HT01a=3), change)

    cases = {
        "return_of_other_file": altered("1.xlsx", file_uuid="11111111-1111-1111-1111-111111111111"),
        "return_plan_unknown": altered("2.xlsx", plan="NO"),
        "return_round_unknown": altered("3.xlsx", period="2018"),
        "return_period_unknown": altered("3a.xlsx", period="năm 2017"),
        "return_unit_unknown": altered("4.xlsx", unit="SXDD"),
        "return_issue_unknown": altered("5.xlsx", issue_id="22222222-2222-2222-2222-222222222222"),
        "return_too_new": altered("6.xlsx", format_version="2"),
        "form_contradicts_itself": altered("7.xlsx", unit="STC"),
    }
    result = collect(small_office, *cases.values())
    assert [item.issues[0].code for item in result.plan.files] == list(cases)
    assert all(item.refused for item in result.plan.files)
    said = result.plan.files[-1].issues[0].params
    assert (said["meta"], str(said["line"]).partition(" (")[0]) == ("STC", "SXD")
    assert result.operation_id is None
    assert small_office.gateway.count(Value) == 0


def test_undo_of_a_collection_and_of_one_unit(small_office: Session, issued: dict[str, Path], tmp_path: Path) -> None:
    paths = [fill(issued[code], tmp_path / f"{code}.xlsx", figures(HT01a=3)) for code in ("SXD", "STC")]
    result = collect(small_office, *paths)
    stc = next(item for item in small_office.gateway.list(Return) if item.unit_id == small_office.unit("STC").id)
    moment = small_office.now()
    revert(small_office.database, result.operation_id, source="cli", actor="x", at=moment, return_id=stc.id)
    assert [amount(small_office, "HT01a", unit) for unit in ("SXD", "STC")] == [3, None]
    again = collect(small_office, paths[1])
    assert again.plan.files[0].counts["new"] == 1


def test_the_origin_of_a_figure_survives_the_undo_of_its_collection(
    small_office: Session, issued: dict[str, Path], tmp_path: Path
) -> None:
    path = fill(issued["SXD"], tmp_path / "Sở Xây dựng.xlsx", figures(HT01a=121))

    def origins() -> list[tuple[int, str, str | None]]:
        told = value_story(small_office, small_office.unit("SXD"), small_office.element("HT01a"), "2017")
        return [(event.operation_id, event.source, event.file_name) for event in told.events]

    collected = collect(small_office, path).operation_id
    assert collected is not None
    (first,) = origins()
    assert first[2] == path.name
    undone = undo(small_office, collected).id
    assert small_office.gateway.list(Return) == []
    assert origins() == [(undone, "undo", None), first]
    redone = undo(small_office, undone).id
    assert origins() == [(redone, "undo", None), (undone, "undo", None), first]


def test_nothing_to_collect(small_office: Session, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError) as refusal:
        plan_collection(small_office, [tmp_path / "empty"])
    assert refusal.value.code == "nothing_to_collect"


def test_a_kind_of_period_that_the_plan_has_no_form_for(
    small_office: Session, issued: dict[str, Path], tmp_path: Path
) -> None:
    def change(book: Any) -> None:
        for row in book["_meta"].iter_rows():
            if row[0].value == "period":
                row[1].value = "2017-05"
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and cell.value.startswith("SKH1 "):
                        cell.value = None

    (item,) = plan_collection(small_office, [fill(issued["SXD"], tmp_path / "a.xlsx", figures(HT01a=3), change)]).files
    assert item.refused
    assert [found.code for found in item.issues] == ["return_round_unknown"]
    assert item.issues[0].params["period"] == "2017-05"


@pytest.mark.parametrize("is_enabled", [True, False])
def test_the_collector_is_left_as_it_was(*, is_enabled: bool) -> None:
    was_enabled = gc.isenabled()
    try:
        (gc.enable if is_enabled else gc.disable)()
        with without_collector():
            assert not gc.isenabled()
        assert gc.isenabled() is is_enabled
    finally:
        (gc.enable if was_enabled else gc.disable)()
