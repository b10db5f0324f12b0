"""Workbooks that lost a part, are blank, or contradict themselves: each is told, none looks as if it were in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from desktop_app.domain.entities import Deployment, Indicator, Value, ValueState
from desktop_app.domain.issues import Severity
from desktop_app.exchange.recognising.returned import ReturnedForm
from desktop_app.services.collecting import CollectionResult, apply_collection, plan_collection, to_json
from desktop_app.services.collecting.checks import lacks_figures
from desktop_app.services.collecting.reading import ReadForm
from desktop_app.services.issuing import issue
from desktop_app.services.session import Session
from desktop_app.text.catalogue import Catalogue

Change = Callable[[Any], None]
FIGURES = "Số liệu"
COLUMNS = {"Mã": 1, "Kỳ trước": 4, "Kỳ này": 5, "Giải trình": 6}


def send(session: Session, folder: Path, change: Change, **figures: Any) -> CollectionResult:
    """Issue a workbook to one unit, fill it in, change it, and collect it."""
    folder.mkdir(exist_ok=True)
    (made,) = issue(session, "KH", "2017", folder / "issued", unit_codes=["SXD"])
    book = openpyxl.load_workbook(made.path)
    for row in book[FIGURES].iter_rows():
        code = row[0].value
        if code in figures:
            row[4].value = figures[code]
        if f"{code}_note" in figures:
            row[5].value = figures[f"{code}_note"]
    for row in book["Hệ thống"].iter_rows():
        if row[0].value == "QLVB":
            row[2].value = "đang triển khai"
    change(book)
    book.save(folder / "returned.xlsx")
    return apply_collection(session, plan_collection(session, [folder / "returned.xlsx"]))


def told(result: CollectionResult) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return the errors of the only file: code → (sheet, params)."""
    (item,) = result.plan.files
    return {found.code: (found.place.sheet, dict(found.params)) for found in item.issues if found.severity is Severity.ERROR}


def delete_column(name: str) -> Change:
    return lambda book: book[FIGURES].delete_cols(COLUMNS[name])


def delete_sheet(name: str) -> Change:
    return lambda book: book.remove(book[name])


def rename_column(name: str, new: str | None) -> Change:
    def rename(book: Any) -> None:
        book[FIGURES].cell(1, COLUMNS[name]).value = new

    return rename


@pytest.mark.parametrize(
    ("change", "code", "names"),
    [
        (delete_column("Mã"), "code_column_missing", {"sheet": FIGURES}),
        (delete_sheet(FIGURES), "sheet_missing", {"sheet": FIGURES}),
        (delete_column("Kỳ này"), "column_missing", {"sheet": FIGURES, "column": "Kỳ này"}),
        (rename_column("Kỳ này", "Năm 2017"), "column_missing", {"sheet": FIGURES, "column": "Kỳ này"}),
        (rename_column("Kỳ này", None), "column_missing", {"sheet": FIGURES, "column": "Kỳ này"}),
        (rename_column("Kỳ trước", "Kỳ này"), "column_twice", {"column": "Kỳ này"}),
        (lambda book: book[FIGURES].delete_rows(1), "header_missing", {"sheet": FIGURES}),
        (lambda book: book[FIGURES].delete_rows(2, 40), "figures_unread", {}),
    ],
)
def test_a_workbook_without_its_figures_is_refused(
    small_office: Session, tmp_path: Path, change: Change, code: str, names: dict[str, str]
) -> None:
    result = send(small_office, tmp_path, change, HT01a=3, HT01b=4)
    errors = told(result)
    assert errors[code][1].items() >= names.items()
    assert "figures_unread" in errors
    (file,) = to_json(result, Catalogue())["files"]
    assert (file["status"], file["unit"], set(file["counts"].values())) == ("refused", "SXD", {0})
    assert result.operation_id is None
    assert "SXD" in result.plan.missing
    assert small_office.gateway.count(Value) == small_office.gateway.count(Deployment) == 0


def test_other_parts_that_are_gone_are_errors_and_not_unchanged(small_office: Session, tmp_path: Path) -> None:
    result = send(small_office, tmp_path, delete_sheet("Hệ thống"), HT01a=3)
    assert told(result) == {"sheet_missing": ("Hệ thống", {"sheet": "Hệ thống"})}
    assert result.plan.files[0].needs_attention
    assert result.plan.files[0].counts == {
        "new": 1,
        "changed": 0,
        "unchanged": 25,
        "cleared": 0,
        "conflict": 0,
        "invalid": 0,
    }


def test_a_lost_column_of_explanations_is_an_error(small_office: Session, tmp_path: Path) -> None:
    result = send(small_office, tmp_path, delete_column("Giải trình"), HT01a=3)
    assert told(result) == {"column_missing": (FIGURES, {"sheet": FIGURES, "column": "Giải trình"})}
    assert result.operation_id
    assert result.plan.files[0].counts["unchanged"] == 23


def test_figures_typed_under_the_last_period(small_office: Session, tmp_path: Path) -> None:
    def misplace(book: Any) -> None:
        book[FIGURES]["D4"] = 1234.5

    result = send(small_office, tmp_path, misplace, HT01a=3)
    assert told(result) == {"figure_under_previous": (FIGURES, {"typed": "1.234,5"})}
    (found,) = [item for item in result.plan.files[0].issues if item.code == "figure_under_previous"]
    assert (found.place.cell, found.place.item) == ("E4", "HT01b")
    assert result.plan.files[0].counts["invalid"] == 1
    assert small_office.gateway.count(Value) == 1


@pytest.mark.parametrize(("typed", "shown"), [(1234, "1.234"), ("1.234", "1.234"), ("KPS", "KPS")])
def test_a_figure_typed_under_the_explanation(small_office: Session, tmp_path: Path, typed: Any, shown: str) -> None:
    """As when a cell was inserted in a row: kept as an explanation it would be lost, and settle what it does not explain."""
    result = send(small_office, tmp_path, lambda _book: None, HT01a=3, HT01b_note=typed)
    assert told(result) == {"figure_under_note": (FIGURES, {"typed": shown})}
    (found,) = [item for item in result.plan.files[0].issues if item.code == "figure_under_note"]
    assert (found.place.cell, found.place.item) == ("F4", "HT01b")
    assert result.plan.files[0].counts["invalid"] == 1
    assert small_office.gateway.count(Value) == 1


def test_a_number_in_an_explanation_beside_a_misplaced_figure(small_office: Session, tmp_path: Path) -> None:
    def misplace(book: Any) -> None:
        book[FIGURES]["D4"] = 1234

    result = send(small_office, tmp_path, misplace, HT01a=3, HT01b_note=118)
    assert set(told(result)) == {"figure_under_previous", "figure_under_note"}
    assert [value.note for value in small_office.gateway.list(Value)] == [None]


@pytest.mark.parametrize(
    "figures",
    [
        {"HT01b": 4, "HT01b_note": 2017},
        {"HT01b_note": "Chưa thống kê"},
        {"CS03a_note": "12"},
        {"HT01b_note": "\u200b"},
    ],
    ids=["beside a figure", "in words", "of a text", "nothing to see"],
)
def test_an_explanation_that_is_no_lost_figure(small_office: Session, tmp_path: Path, figures: dict[str, Any]) -> None:
    assert told(send(small_office, tmp_path, lambda _book: None, HT01a=3, **figures)) == {}


def test_an_explanation_that_was_a_number_at_issue(small_office: Session, tmp_path: Path) -> None:
    with small_office.operation("value.set", source="form") as op:
        place = {"unit_id": small_office.unit("SXD").id, "element_id": small_office.element("HT01b").id, "period": "2017"}
        op.save(Value(**place, state=ValueState.NOT_REPORTED, note="2017"))
    assert told(send(small_office, tmp_path, lambda _book: None, HT01a=3)) == {}


def test_all_figures_under_the_last_period(small_office: Session, tmp_path: Path) -> None:
    def misplace(book: Any) -> None:
        book[FIGURES]["D3"] = 3
        book[FIGURES]["D4"] = 4

    result = send(small_office, tmp_path, misplace)
    assert result.plan.files[0].refused
    assert set(told(result)) == {"figure_under_previous", "figures_unread"}


@pytest.mark.parametrize("is_first_year", [True, False])
@pytest.mark.parametrize("has_meta", [True, False])
def test_headings_that_changed_places(small_office: Session, tmp_path: Path, *, is_first_year: bool, has_meta: bool) -> None:
    """What stands under the heading Kỳ này is then last year's, and must not be read as this year's."""
    if not is_first_year:
        with small_office.operation("value.set", source="form") as op:
            for code, amount in (("HT01a", 11), ("HT01b", 12)):
                ids = {"unit_id": small_office.unit("SXD").id, "element_id": small_office.element(code).id}
                op.save(Value(**ids, period="2016", state=ValueState.VALUE, amount=amount))

    def swap(book: Any) -> None:
        book[FIGURES]["D1"], book[FIGURES]["E1"] = "Kỳ này", "Kỳ trước"
        if not has_meta:
            del book["_meta"]

    result = send(small_office, tmp_path, swap, HT01a=3, HT01b=4)
    assert result.plan.files[0].refused
    assert ("figure_under_previous" if has_meta else "columns_swapped") in told(result)
    assert small_office.gateway.count(Value) == (0 if is_first_year else 2)


def test_last_year_is_not_read_as_this_year_where_headings_changed_places(small_office: Session, tmp_path: Path) -> None:
    """One figure was typed; beside the other only last year's stands, and that under the heading Kỳ này."""
    with small_office.operation("value.set", source="form") as op:
        ids = {"unit_id": small_office.unit("SXD").id, "element_id": small_office.element("HT01b").id}
        op.save(Value(**ids, period="2016", state=ValueState.VALUE, amount=12))

    def swap(book: Any) -> None:
        book[FIGURES]["D1"], book[FIGURES]["E1"] = "Kỳ này", "Kỳ trước"

    result = send(small_office, tmp_path, swap, HT01a=3)
    assert result.plan.files[0].refused
    assert [item.place.item for item in result.plan.files[0].issues][:2] == ["HT01a", "HT01b"]
    assert small_office.gateway.count(Value) == 1


def test_moved_columns_are_read(small_office: Session, tmp_path: Path) -> None:
    def move(book: Any) -> None:
        sheet = book[FIGURES]
        for row in sheet.iter_rows():
            row[3].value, row[4].value = row[4].value, row[3].value

    assert told(send(small_office, tmp_path, move, HT01a=3, HT01b=4)) == {}
    assert small_office.gateway.count(Value) == 2


def _nothing(_book: Any) -> None:
    """Change nothing."""


def test_a_blank_workbook_is_told_and_received(small_office: Session, tmp_path: Path) -> None:
    def empty(book: Any) -> None:
        for row in book["Hệ thống"].iter_rows(min_row=2):
            row[2].value = None

    result = send(small_office, tmp_path, empty)
    (found,) = result.plan.files[0].issues
    assert (found.code, found.severity, found.params) == ("form_blank", Severity.WARNING, {"blank": 34, "count": 34})
    assert not result.plan.needs_attention
    assert "SXD" not in result.plan.missing


def test_unanswered_figures_are_counted(small_office: Session, tmp_path: Path) -> None:
    result = send(small_office, tmp_path, _nothing, HT01a=3, HT01b="KPS", NB06a="?")
    (found,) = [item for item in result.plan.files[0].issues if item.code == "form_partly_blank"]
    assert (found.severity, found.params) == (Severity.INFO, {"blank": 6, "count": 9})


def test_an_explanation_alone_is_no_figure(small_office: Session, tmp_path: Path) -> None:
    result = send(small_office, tmp_path, _nothing, HT01a=3, HT01b_note="chưa có số", NB06a_note="chưa có số")
    (found,) = [item for item in result.plan.files[0].issues if item.code == "form_partly_blank"]
    assert found.params == {"blank": 8, "count": 9}


def test_a_unit_that_is_asked_for_no_figures_lacks_none() -> None:
    read, form = ReadForm([]), ReturnedForm()
    assert not lacks_figures(form, read, SimpleNamespace(elements={}))
    assert lacks_figures(form, read, SimpleNamespace(elements={"ht01a": None}))


@pytest.fixture
def shares(small_office: Session) -> Session:
    """The office whose ratios are shares of a whole."""
    with small_office.operation("setup", source="setup") as op:
        for item in small_office.gateway.list(Indicator):
            if item.denominator_id:
                op.save(replace(item, is_share=True))
    return small_office


def contradictions(result: CollectionResult) -> list[tuple[str, str, str]]:
    return [
        (item.code, item.place.cell, item.text(Catalogue()))
        for item in result.plan.files[0].issues
        if item.code in {"share_above_whole", "numerator_not_applicable"}
    ]


def test_a_part_above_its_whole_is_told_at_its_cell(shares: Session, tmp_path: Path) -> None:
    result = send(shares, tmp_path, _nothing, HT01a=1210, HT01b=121, NB06a="KPS", NB06b=7)
    (above, none) = contradictions(result)
    assert above[:2] == ("share_above_whole", "E3")
    assert all(shown in above[2] for shown in ("1.210", "121"))
    assert none[:2] == ("numerator_not_applicable", "E6")
    assert not result.plan.needs_attention
    assert shares.gateway.count(Value) == 4


def test_an_explanation_settles_a_contradiction(shares: Session, tmp_path: Path) -> None:
    figures = {"HT01a": 1210, "HT01b": 121, "HT01b_note": "gồm cả hợp đồng", "NB06a": 7, "NB06b": 7}
    assert contradictions(send(shares, tmp_path, _nothing, **figures)) == []


def test_a_contradiction_with_what_the_file_holds(shares: Session, tmp_path: Path) -> None:
    """The whole was typed in after the issue and the workbook leaves it blank: it stands after the merge."""
    ids = {"unit_id": shares.unit("SXD").id, "element_id": shares.element("HT01b").id, "period": "2017"}
    (made,) = issue(shares, "KH", "2017", tmp_path / "issued", unit_codes=["SXD"])
    with shares.operation("value.set", source="form") as op:
        op.save(Value(**ids, state=ValueState.VALUE, amount=100))
    book = openpyxl.load_workbook(made.path)
    book[FIGURES]["E3"] = 101
    book.save(tmp_path / "r.xlsx")
    result = apply_collection(shares, plan_collection(shares, [tmp_path / "r.xlsx"]))
    assert [item[:2] for item in contradictions(result)] == [("share_above_whole", "E3")]


# -- figures that do not go with those of other periods ---------------------------------------------------------------

DOUBTS = {"running_total_falls", "value_differs_from_parts", "value_jumps", "percent_above_hundred", "value_below_zero"}


def hold(session: Session, code: str, **amounts: int) -> None:
    """Keep figures of one unit; a period is written with an underscore."""
    ids = {"unit_id": session.unit("SXD").id, "element_id": session.element(code).id}
    with session.operation("value.set", source="form") as op:
        for period, amount in amounts.items():
            state = ValueState.VALUE if amount else ValueState.ZERO
            op.save(Value(**ids, period=period.removeprefix("p").replace("_", "-"), state=state, amount=amount))


def doubted(result: CollectionResult) -> list[tuple[str, str, str]]:
    return [
        (item.code, item.place.cell, item.text(Catalogue())) for item in result.plan.files[0].issues if item.code in DOUBTS
    ]


def test_a_year_below_nine_months_is_told_at_its_cell(small_office: Session, tmp_path: Path) -> None:
    hold(small_office, "NB06a", p2017_H1=500, p2017_9M=700)
    ((code, cell, text),) = doubted(send(small_office, tmp_path, _nothing, NB06a=600))
    assert (code, cell) == ("running_total_falls", "E6")
    assert "600" in text
    assert "700" in text
    assert "9 tháng đầu năm 2017" in text


def test_parts_that_add_up_to_something_else(small_office: Session, tmp_path: Path) -> None:
    hold(small_office, "NB06a", p2017_H1=500, p2017_H2=300)
    result = send(small_office, tmp_path, _nothing, NB06a=900)
    ((code, cell, text),) = doubted(result)
    assert (code, cell) == ("value_differs_from_parts", "E6")
    assert "900" in text
    assert "800" in text
    assert not result.plan.needs_attention


@pytest.mark.parametrize("before", [{"p2016": 10}, {"p2016_H1": 4, "p2016_H2": 6}])
def test_a_jump_against_the_last_period(small_office: Session, tmp_path: Path, before: dict[str, int]) -> None:
    hold(small_office, "NB06a", **before)
    ((code, cell, text),) = doubted(send(small_office, tmp_path, _nothing, NB06a=1000))
    assert (code, cell) == ("value_jumps", "E6")
    assert "1.000" in text
    assert "10 (năm 2016)" in text


def test_a_stock_jumps_against_the_state_on_the_same_day(small_office: Session, tmp_path: Path) -> None:
    hold(small_office, "HT01a", p2016_Q4=10, p2016_Q1=900)
    assert [item[:2] for item in doubted(send(small_office, tmp_path, _nothing, HT01a=1000))] == [("value_jumps", "E3")]


@pytest.mark.parametrize(("typed", "code"), [(120, "percent_above_hundred"), (-5, "value_below_zero")])
def test_figures_out_of_bounds(small_office: Session, tmp_path: Path, typed: int, code: str) -> None:
    assert [item[0] for item in doubted(send(small_office, tmp_path, _nothing, DV09a=typed))] == [code]


@pytest.mark.parametrize(("note", "count"), [("do sáp nhập", 0), ("  ", 3)])
def test_an_explanation_settles_every_doubt(small_office: Session, tmp_path: Path, note: str, count: int) -> None:
    hold(small_office, "NB06a", p2017_H1=500, p2017_9M=700, p2017_H2=300, p2016=9000)
    result = send(small_office, tmp_path, _nothing, NB06a=600, NB06a_note=note)
    assert len(doubted(result)) == count


def test_what_was_doubtful_before_is_not_told_again(small_office: Session, tmp_path: Path) -> None:
    hold(small_office, "NB06a", p2016=10, p2017=1000)
    assert doubted(send(small_office, tmp_path, _nothing, HT01a=3)) == []
    again = apply_collection(small_office, plan_collection(small_office, [tmp_path / "returned.xlsx"]))
    assert doubted(again) == []
    assert [item[0] for item in doubted(send(small_office, tmp_path / "b", _nothing, NB06a=1001))] == ["value_jumps"]


def test_an_explanation_that_is_new_touches_its_figure(small_office: Session, tmp_path: Path) -> None:
    hold(small_office, "DV09a", p2017=-500)
    assert [item[0] for item in doubted(send(small_office, tmp_path, _nothing, DV09a_note=" "))] == []
    assert doubted(send(small_office, tmp_path / "b", _nothing, DV09a_note="số âm do điều chỉnh")) == []


def test_a_contradiction_that_was_there_before_is_not_told_again(shares: Session, tmp_path: Path) -> None:
    hold(shares, "HT01a", p2017=10)
    hold(shares, "HT01b", p2017=5)
    assert contradictions(send(shares, tmp_path, _nothing, NB06a=1, NB06b=2)) == []
    assert len(contradictions(send(shares, tmp_path / "b", _nothing, HT01b=6))) == 1


def test_other_periods_are_read_once_and_kept_files_not_at_all(small_office: Session, tmp_path: Path) -> None:
    hold(small_office, "NB06a", p2016=10)
    send(small_office, tmp_path, _nothing, HT01a=3)
    issue(small_office, "KH", "2017", tmp_path / "all")
    for path in (tmp_path / "all").glob("*.xlsx"):
        book = openpyxl.load_workbook(path)
        book[FIGURES]["E6"] = 1000
        book.save(path)
    statements: list[str] = []
    small_office.gateway.connection.set_trace_callback(statements.append)
    plan = plan_collection(small_office, [tmp_path / "all"])
    small_office.gateway.connection.set_trace_callback(None)
    assert len(plan.files) == 3
    assert 0 < sum("FROM value" in text and "json_group_array" in text for text in statements) <= 2
    assert not [text for text in statements if "FROM unit_return" in text and ", content," in text]
