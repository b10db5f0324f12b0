"""Recognising returned workbooks by what they hold: codes, headers and identity, wherever they stand."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from desktop_app.exchange.content import Identity
from desktop_app.exchange.layout import FIGURES_SHEET, HEADERS, META_SHEET, SYSTEMS_SHEET, TASKS_SHEET
from desktop_app.exchange.marks import identity_line
from desktop_app.exchange.recognising.forms import ReturnedForm, fractions, plain, recognise
from desktop_app.exchange.workbook import Sheet, cell_name, column_index, column_letters

SXD = Identity(
    file_uuid="11111111-1111-1111-1111-111111111111",
    plan="KH",
    form="KH-Y",
    period="2017",
    unit="SXD",
    issue_id="22222222-2222-2222-2222-222222222222",
    issued_at="2017-12-20T03:00:00.000Z",
)
STC = Identity(**{**vars(SXD), "unit": "STC"})
HEAD = list(HEADERS[FIGURES_SHEET].values())


def row(code: Any, current: Any = "", note: Any = "", name: str = "Số máy", unit: str = "máy") -> list[Any]:
    return [code, name, unit, "", current, note, ""]


def figures(*rows: list[Any], head: list[Any] = HEAD, name: str = FIGURES_SHEET) -> Sheet:
    return Sheet(name, [list(head), *rows])


def meta(identity: Identity = SXD, locked: Any = None, **more: Any) -> Sheet:
    parts = {key: str(value) for key, value in vars(identity).items()}
    rows: list[list[Any]] = [[key, value] for key, value in parts.items()]
    rows += [["digest", "d"], ["values.1", "{}"], ["locked.1", json.dumps(locked or {})], ["", ""], ["odd"]]
    return Sheet(META_SHEET, [*rows, *([key, value] for key, value in more.items())])


def line(identity: Identity = SXD) -> list[Any]:
    return ["", identity_line(identity)]


def read(*sheets: Sheet, properties: str = "") -> ReturnedForm:
    return recognise(list(sheets), lambda: properties)


def told(form: ReturnedForm) -> list[str]:
    return [code for code, *_rest in form.issues]


def test_rows_are_found_by_code_and_columns_by_header() -> None:
    head = ["Ghi chú của Sở", " kỳ  NÀY ", "Mã", "Số liệu", "Giải trình"]
    form = read(
        meta(), figures([], ["", 5.0, "HT01a", "Số máy", "vì"], ["", "6", "HT01b", "", ""], head=head, name="Bảng 1")
    )
    (table,) = form.tables
    assert (table.kind, table.sheet, table.columns) == (FIGURES_SHEET, "Bảng 1", {"current": "B", "note": "E"})
    assert table.rows == [("HT01a", 3, [5, "vì"]), ("HT01b", 4, ["6", None])]
    assert (form.source, form.identity["unit"], form.values_json, form.issues) == ("meta", "SXD", "{}", [])


def test_the_identity_is_looked_for_in_three_places() -> None:
    assert read(figures(row("HT01a"), ["SKH1 · của ai?"], line())).source == "line"
    found = read(figures(row("HT01a")), properties=f"x {identity_line(SXD)} y")
    assert (found.source, found.identity["issue_id"], told(found)) == (
        "properties",
        SXD.issue_id,
        ["identity_from_properties"],
    )
    assert (found.digest, found.hashes) == ("", ("", ""))
    nobody = read(figures(row("HT01a")), properties="nobody")
    assert (nobody.refusals, nobody.tables) == ([("form_unknown", {}, "", "", "")], [])


def test_a_grey_line_that_cannot_be_read_is_told_with_its_cell() -> None:
    cut = ["", identity_line(SXD)[:60]]
    damaged = ("identity_damaged", {}, FIGURES_SHEET, "B3", "")
    assert read(meta(), figures(row("HT01a"), cut)).issues == [damaged]
    assert read(figures(row("HT01a"), cut)).refusals == [damaged, ("form_unknown", {}, "", "", "")]


def test_a_meta_with_a_gap_does_not_count() -> None:
    broken = meta()
    broken.rows = [item for item in broken.rows if item[0] != "unit"]
    found = read(broken, figures(row("HT01a"), line()))
    assert (found.source, told(found)) == ("line", ["identity_from_line"])


def test_every_part_of_another_workbook_is_named_with_its_cell() -> None:
    form = read(figures(row("HT01a"), line(), line(STC)), Sheet("Sở Tài chính", [line(STC)]))
    assert form.tables == []
    own, other = "SXD – KH-Y – 2017", "STC – KH-Y – 2017"
    assert form.identity["unit"] == "STC"  # two lines of three
    assert form.refusals == [
        ("identity_foreign", {"other": own, "own": other}, FIGURES_SHEET, "B3", ""),
        ("form_of_several", {"units": f"{other}, {own}"}, "", "", ""),
    ]
    form = read(meta(), figures(row("HT01a"), line(), line(STC)))
    assert form.refusals[0] == ("identity_foreign", {"other": other, "own": own}, FIGURES_SHEET, "B4", "")
    assert [code for code, *_rest in form.refusals] == ["identity_foreign", "form_of_several"]


def test_lines_that_all_contradict_meta_are_named() -> None:
    form = read(meta(STC), figures(row("HT01a"), line()))
    own, other = "STC – KH-Y – 2017", "SXD – KH-Y – 2017"
    assert form.refusals == [
        ("identity_foreign", {"other": other, "own": own}, FIGURES_SHEET, "B3", ""),
        ("form_contradicts_itself", {"meta": own, "line": other}, META_SHEET, "B5", ""),
    ]
    second = meta(STC)
    second.name = "_meta (2)"
    form = read(meta(), second, figures(row("HT01a"), line()))
    assert [(code, sheet, cell) for code, _params, sheet, cell, _item in form.refusals] == [
        ("identity_foreign", "_meta (2)", "B5"),
        ("form_of_several", "", ""),
    ]


def test_a_sheet_of_an_earlier_issue_is_no_other_workbook() -> None:
    again = Identity(**{**vars(SXD), "issue_id": "33333333-3333-3333-3333-333333333333"})
    assert read(meta(again), figures(row("HT01a"), line())).source == "meta"


def test_a_workbook_without_a_table_is_refused_with_what_it_still_has() -> None:
    assert read(meta(), Sheet("Trang 1", [["Mã"], ["HT01a"]])).refusals == [("form_without_table", {}, "", "", "")]
    lost = Sheet(FIGURES_SHEET, [["", *HEAD[1:]], row("HT01a", 5)])
    assert [(code, cell) for code, _params, _sheet, cell, _item in read(meta(), lost).refusals] == [
        ("code_column_missing", "B1"),
        ("form_without_table", ""),
    ]


def test_missing_and_doubled_headers_are_told() -> None:
    head = ["Mã", "Số liệu", "Kỳ này", "Kỳ này"]
    form = read(meta(), figures(["HT01a", "", 5, 6], head=head))
    assert form.issues == [
        ("column_twice", {"sheet": FIGURES_SHEET, "column": "Kỳ này"}, FIGURES_SHEET, "D1", ""),
        ("column_missing", {"sheet": FIGURES_SHEET, "column": "Giải trình"}, FIGURES_SHEET, "A1", ""),
    ]
    assert form.tables[0].rows == [("HT01a", 2, [None, None])]


def test_a_table_whose_header_is_gone_is_told() -> None:
    locked = {SYSTEMS_SHEET: {"QLVB": ["Quản lý văn bản"]}}
    headless = Sheet("Hệ thống", [["Mã", "Mã"], [" QLVB ", 1.0]])
    told_of = ("header_missing", {"sheet": "Hệ thống"}, "Hệ thống", "A2", "")
    assert read(meta(locked=locked), figures(row("HT01a")), headless).issues == [told_of]
    other = Sheet("Ghi chép", [["abc", 1.0]])
    assert read(meta(locked=locked), figures(row("HT01a")), other).issues == []


def test_rows_that_lost_their_code_are_told_when_they_answer() -> None:
    locked = {FIGURES_SHEET: {"HT01a": ["Số máy", "máy", "", ""], "HT01b": ["Số người", "người", "", ""]}}
    rows = (
        row("HT01a", 1),
        row("", "", "Người lập biểu", name="", unit=""),
        row("", 5, name="của tôi"),
        row("", "", "x", name="Số người"),
        row("không mã"),
        row("", ""),
    )
    assert read(meta(locked=locked), figures(*rows)).issues == [
        ("row_without_code", {"row": 4}, FIGURES_SHEET, "A4", ""),
        ("row_without_code", {"row": 5}, FIGURES_SHEET, "A5", ""),
        ("row_missing", {"code": "HT01b"}, FIGURES_SHEET, "", "HT01b"),
    ]


def test_a_code_in_other_letters_is_the_same_code() -> None:
    """Codes are unique without case: the row is not missing, and two of them are two rows of one code."""
    locked = {FIGURES_SHEET: {"HT01a": ["Số HT01a", "người", "", ""]}}
    form = read(meta(locked=locked), figures(row("ht01A", 5), row("HT01a", 6)))
    assert [issue[0] for issue in form.issues if issue[0] == "row_missing"] == []
    assert [(code, values[0]) for code, _row, values in form.tables[0].rows] == [("HT01a", {"twice": [2, 3]})]


def test_two_rows_of_one_code_count_only_where_they_agree() -> None:
    (table,) = read(meta(), figures(row("HT01a", 5, "vì"), row("HT01a", 6, "vì"), row("HT01a", 7, "vì"))).tables
    assert table.rows == [("HT01a", 2, [{"twice": [2, 4]}, "vì"])]


def test_a_code_that_became_a_number_is_a_code() -> None:
    (table,) = read(meta(), figures(row(12.0, 5), row(12.5, 6), row(date(2017, 1, 1), ""))).tables
    assert [code for code, *_rest in table.rows] == ["12", "12.5"]


def test_locked_cells_are_compared_where_they_still_stand() -> None:
    locked = {FIGURES_SHEET: {"HT01a": ["Số máy", "máy"], "HT01b": ["Số máy", "máy", "", ""]}}
    form = read(meta(locked=locked), figures(row("HT01a", name="Số MÁY"), row("HT01b")[:1]))
    assert form.edited == [
        (FIGURES_SHEET, "B2", "HT01a", "Số MÁY"),
        (FIGURES_SHEET, "B3", "HT01b", ""),
        (FIGURES_SHEET, "C3", "HT01b", ""),
    ]
    narrow = read(meta(locked=locked), figures(["HT01a", 1], ["HT01b", 2], head=["Mã", "Kỳ này"]))
    assert narrow.edited == []


@pytest.mark.parametrize("kept", ["no json", "[1]"])
def test_a_meta_that_makes_no_sense_locks_nothing(kept: str) -> None:
    sheet = meta()
    sheet.rows = [[key, kept] if key == "locked.1" else [key, *rest] for key, *rest in sheet.rows]
    form = read(sheet, figures(row("HT01a", name="khác")))
    assert (form.edited, form.issues) == ([], [])


def test_what_no_cell_can_mean_is_marked() -> None:
    sheet = figures(row("HT01a", 0.0, "vì"), row("HT01b", 0.0), row("HT01c", 7.0))
    sheet.errors[1, 4] = "#DIV/0!"
    sheet.uncalculated.add((2, 4))
    (table,) = read(meta(), sheet).tables
    assert [values for _code, _row, values in table.rows] == [
        [{"error": "#DIV/0!"}, "vì"],
        [{"uncalculated": True}, None],
        [7, None],
    ]
    short = figures(["HT01a"])
    short.errors[9, 9] = "#N/A"
    assert read(meta(), short).tables[0].rows == [("HT01a", 2, [None, None])]


def test_formats_go_with_their_cells() -> None:
    sheet = figures(row("HT01a", 0.5, "vì"), row("HT01b", "", "x"), row("HT01c", 0.5))
    assert list(fractions(sheet)) == []
    sheet.formats |= {(1, 4): "0%", (3, 4): "0.0%"}
    (table,) = read(meta(), sheet).tables
    assert table.marks == {"E2": {"format": "0%"}, "E4": {"format": "0.0%"}}


@pytest.mark.parametrize(
    ("value", "raw"),
    [
        ("", None),
        ("x", "x"),
        (5.0, 5),
        (5.5, 5.5),
        (2.0**53, 2.0**53),
        (date(2017, 1, 5), {"day": "2017-01-05"}),
        (datetime(2017, 1, 5, 8), {"day": "2017-01-05"}),  # noqa: DTZ001 - cells know no zone
        (time(8, 30), "08:30:00"),
        (timedelta(hours=1), "1:00:00"),
        (True, True),
    ],
)
def test_what_json_can_carry(value: Any, raw: Any) -> None:
    assert plain(value) == raw
    assert type(plain(value)) is type(raw)
    json.dumps(plain(value))


def test_fractions_are_looked_for_where_per_cent_is_asked() -> None:
    rows = [
        row("DV01", value, unit=unit) for value, unit in ((0.5, "%"), (1.0, " %/năm"), (0.0, "%"), (1.5, "%"), (0.5, "máy"))
    ]
    assert list(fractions(figures(*rows, row("DV02", "0,5", unit="%")))) == [(1, 4), (2, 4)]
    assert list(fractions(figures(["DV01", 0.5], head=["Mã", "Kỳ này"]))) == []
    tasks = Sheet(TASKS_SHEET, [["Mã", "Tình trạng", "Hoàn thành (%)"], ["NV01", "", 0.45], ["NV02"], ["NV03", "", 45.0]])
    assert list(fractions(tasks)) == [(1, 2)]
    systems = Sheet(SYSTEMS_SHEET, [list(HEADERS[SYSTEMS_SHEET].values()), ["QLVB", "", 0.5, "", 0.5, ""]])
    assert list(fractions(systems)) == []
    assert list(fractions(Sheet("x", [["y"]]))) == []


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_letters_of_columns(index: int, letters: str) -> None:
    assert column_letters(index) == letters
    assert column_index(letters) == column_index(letters.lower()) == index
    assert cell_name((13, index)) == f"{letters}14"
