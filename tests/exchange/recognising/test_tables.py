"""Reading tables: what stands in a wrong place is told with its cell, what is not sure is not taken."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_app.exchange.layout import FIGURES_SHEET, HEADERS, TASKS_SHEET, Column
from desktop_app.exchange.recognising.returned import ReturnedForm, Table
from desktop_app.exchange.recognising.tables import doubt_figures, mix, read_sheet, tell_missing_rows
from desktop_app.exchange.refusal import Refused
from desktop_app.exchange.workbook import Area, Sheet

HEAD = list(HEADERS[FIGURES_SHEET].values())
CODES = ["HT01a", "HT01b", "NB06a", "NB06b"]
LOCKED = {FIGURES_SHEET: {code: [f"Số {code}", "máy", "100", f"Nghĩa {code}"] for code in CODES}}


def row(code: Any, current: Any = "", note: Any = "", *, of: str | None = None, before: Any = 100.0) -> list[Any]:
    name = f"Số {of or code}"
    return [code, name, "máy", before, current, note, f"Nghĩa {of or code}"]


def read(*rows: list[Any], locked: Any = LOCKED, head: list[Any] = HEAD, merges: list[Area] | None = None) -> ReturnedForm:
    form = ReturnedForm()
    read_sheet(form, Sheet(FIGURES_SHEET, [list(head), *(list(item) for item in rows)], merges=merges or []), locked)
    return form


def told(form: ReturnedForm) -> list[tuple[str, str]]:
    return [(code, cell) for code, _params, _sheet, cell, _item in form.issues]


def values(form: ReturnedForm) -> dict[str, list[Any]]:
    return {code: found for table in form.tables for code, _row, found in table.rows}


@pytest.mark.parametrize("answer", ["có", 5.0])
def test_an_answer_between_the_rows_is_told(answer: Any) -> None:
    form = read(row("HT01a", 1.0), ["", "A. Hạ tầng", "", "", answer, "", ""], row("HT01b", 2.0))
    assert told(form) == [("row_without_code", "A3")]


def test_text_below_the_last_row_is_a_signature_unless_it_follows_at_once() -> None:
    signature = ["", "Người lập biểu", "", "", "Nguyễn Văn A", "", ""]
    assert told(read(row("HT01a", 1.0), signature)) == []
    assert told(read(row("HT01a", 1.0), signature, locked={})) == [("row_without_code", "A3")]
    assert told(read(row("HT01a", 1.0), [""] * 7, signature, locked={})) == []


def test_totals_are_the_units_own_where_the_names_of_rows_are_known() -> None:
    total = ["", "Tổng cộng", "", "", 9.0, "", ""]
    assert told(read(row("HT01a", 1.0), total)) == [("row_of_totals", "A3")]
    assert told(read(row("HT01a", 1.0), total, row("HT01b"))) == [("row_without_code", "A3")]
    assert told(read(row("HT01a", 1.0), total, locked={})) == [("row_without_code", "A3")]
    named = {FIGURES_SHEET: {**LOCKED[FIGURES_SHEET], "HT02a": ["Tổng số máy", "máy", "", ""]}}
    lost = ["", "Tổng số máy", "", "", 9.0, "", ""]
    assert told(read(row("HT01a", 1.0), lost, locked=named)) == [("row_without_code", "A3")]


@pytest.mark.parametrize("locked", [LOCKED, {}])
def test_a_row_without_code_whose_name_has_another_row(locked: Any) -> None:
    form = read(row("HT01a", 1.0, "x"), row("", 7.0, "x", of="HT01a"), row("HT01b", 2.0), locked=locked)
    assert told(form) == [("row_without_code", "A3")]
    assert values(form) == {"HT01a": [{"twice": [2, 3]}, "x"], "HT01b": [2, None]}


def test_a_second_table_that_contradicts_the_first_is_not_trusted() -> None:
    form = read(row("HT01a", 1.0), row("HT01b", 2.0), HEAD, row("HT01a", 5.0), row("NB06a", 7.0), row("NB06b", "", "x"))
    assert values(form) == {
        "HT01a": [{"twice": [2, 5]}, None],
        "HT01b": [2, None],
        "NB06a": [{"repeated": 4}, None],
        "NB06b": [{"repeated": 4}, {"repeated": 4}],
    }
    agreeing = read(row("HT01a", 1.0), HEAD, row("HT01a", 1.0), row("NB06a", 7.0))
    assert values(agreeing) == {"HT01a": [1, None], "NB06a": [7, None]}


def test_a_second_table_in_other_columns_is_a_table_of_its_own() -> None:
    form = read(row("HT01a", 1.0), ["", *HEAD], ["", *row("HT01b", 2.0)])
    assert [(table.columns["current"], values) for table in form.tables for _code, _row, values in table.rows] == [
        ("E", [1, None]),
        ("F", [2, None]),
    ]


def test_answers_beside_a_table_are_told() -> None:
    wide = [[*row(code, ""), typed] for code, typed in zip(CODES, (5.0, "", "KPS", ""), strict=True)]
    form = read(*wide)
    assert told(form) == [("answer_beside", "H2"), ("answer_beside", "H4")]
    assert [params for _code, params, *_rest in form.issues] == [
        {"code": "HT01a", "typed": "5"},
        {"code": "NB06a", "typed": "KPS"},
    ]


@pytest.mark.parametrize(
    ("heading", "issue"),
    [
        ("Kế hoạch", ("column_not_ours", {"column": "H “Kế hoạch”", "count": 4}, FIGURES_SHEET, "H1", "")),
        ("STT", None),
        ("Số TT", None),
    ],
)
def test_a_column_of_the_units_own_is_told_once(heading: str, issue: Any) -> None:
    form = read(*([*row(code, 1.0), 9.0] for code in CODES), head=[*HEAD, heading])
    assert form.issues == ([issue] if issue else [])


def test_a_long_column_without_a_heading_is_told_once() -> None:
    rows = [[*row(f"X{number}", 1.0), 9.0] for number in range(9)]
    assert told(read(*rows, locked={})) == [("column_not_ours", "H2")]
    assert len(told(read(*rows[:8], locked={}))) == 8


def test_merged_cells_have_no_answer_of_their_own() -> None:
    rows = (row("HT01a", 5.0), row("HT01b"), row("NB06a"), row("NB06b"))
    merges = [(1, 4, 2, 4), (3, 4, 4, 4), (0, 0, 0, 3), (90, 4, 91, 4)]
    assert values(read(*rows, merges=merges)) == {
        "HT01a": [{"merged": "E2:E3"}, None],  # for both, or their sum
        "HT01b": [{"merged": "E2:E3"}, None],
        "NB06a": [None, None],  # nothing was typed in this one
        "NB06b": [None, None],
    }
    across = values(read(row("HT01a", "", before=5.0), merges=[(1, 3, 1, 4)]))
    assert across["HT01a"][0] in ({"merged": "D2:E2"}, {"misplaced": "5"})


def test_an_answer_that_is_merged_within_its_row_is_taken() -> None:
    beside = ["", "", "", "", "", "", ""]
    assert values(read(row("HT01a", 5.0), merges=[(1, 4, 1, 5)])) == {"HT01a": [5, None]}
    assert values(read(row("HT01a", 5.0), beside, merges=[(1, 4, 2, 4)])) == {"HT01a": [5, None]}
    assert values(read(row("HT01a", 5.0), row("HT01b"), merges=[(1, 4, 2, 5)])) == {
        "HT01a": [{"merged": "E2:F3"}, None],
        "HT01b": [{"merged": "E2:F3"}, None],
    }


def test_an_explanation_that_is_merged_over_rows_stays_with_the_first() -> None:
    rows = (row("HT01a", 5.0, "theo báo cáo"), row("HT01b", 6.0))
    assert values(read(*rows, merges=[(1, 5, 2, 5)])) == {"HT01a": [5, "theo báo cáo"], "HT01b": [6, {"merged": "F2:F3"}]}


def test_merged_areas_on_top_of_each_other_are_refused() -> None:
    with pytest.raises(Refused, match="file_damaged"):
        read(row("HT01a", 5.0), merges=[(1, 4, 1, 5)] * 9)


@pytest.mark.parametrize(
    ("code", "of", "mixed"),
    [("HT01a", "HT01b", "HT01b"), ("HT01a", "HT01a", None), ("HT01a", "Y", None)],
)
def test_a_row_with_the_name_of_another(code: str, of: str, mixed: str | None) -> None:
    found = values(read(row(code, 5.0, of=of)))[code]
    assert found == ([{"mixed": mixed, "code": code}, None] if mixed else [5, None])


def test_names_that_two_rows_share_tell_nothing() -> None:
    shared = {FIGURES_SHEET: {code: ["Chung", "máy", "100", ""] for code in CODES} | {"KP01a": ["Riêng", "", "", ""]}}
    form = read(["KP01a", "Chung", "", "", 5.0, "", ""], locked=shared)
    assert values(form) == {"KP01a": [5, None]}


@pytest.mark.parametrize(("count", "is_taken"), [(2, True), (3, False)])
def test_a_table_with_another_last_year_is_not_taken(count: int, *, is_taken: bool) -> None:
    form = read(*(row(code, 7.0, before=50.0 if at < count else 100.0) for at, code in enumerate(CODES)))
    assert values(form)["NB06b"] == [7 if is_taken else {"pasted": 3}, None]
    assert len(form.edited) == count


def test_most_means_more_than_half() -> None:
    table = Table(FIGURES_SHEET, "x", rows=[("a", 2, [1, None]), ("b", 3, [{"error": "#"}, "vì"])])
    doubt_figures(table, {"a", "b", "c"}, {"a", "b", "c", "d", "e", "f"})
    assert table.rows == [("a", 2, [1, None]), ("b", 3, [{"error": "#"}, "vì"])]
    doubt_figures(table, {"a", "b", "c"}, {"a", "b", "c", "d", "e"})
    assert table.rows == [("a", 2, [{"pasted": 3}, None]), ("b", 3, [{"error": "#"}, {"pasted": 3}])]


def test_the_first_answer_of_a_mixed_row_is_marked_even_where_it_is_blank() -> None:
    found: list[Any] = [None, None, 5]
    mix(found, "A1", "B2")
    assert found == [{"mixed": "B2", "code": "A1"}, None, {"mixed": "B2", "code": "A1"}]


def test_a_heading_sorted_in_among_the_rows() -> None:
    form = read(row("HT01b", 2.0), head=row("HT01a", 1.0))
    assert (form.tables, told(form)) == ([], [("header_missing", "A1")])
    form = ReturnedForm()
    read_sheet(form, Sheet("x", [["A", "B"], row("HT01a", 1.0), HEAD, row("HT01b", 2.0)]), LOCKED)
    assert values(form) == {"HT01a": [1, None], "HT01b": [2, None]}


def test_missing_rows_are_those_of_tables_that_are_there() -> None:
    form = read(row("HT01a", 1.0), HEAD, row("NB06b"))
    tell_missing_rows(form, {**LOCKED, TASKS_SHEET: {"NV01": ["", ""]}})
    assert [item for *_rest, item in form.issues] == ["HT01b", "NB06a"]


def test_a_table_without_the_column_of_this_year_has_no_figure_in_a_wrong_place() -> None:
    head = [text for text in HEAD if text != HEADERS[FIGURES_SHEET][Column.CURRENT]]
    rows = [["HT01a", "Số HT01a", "máy", 50.0, "", "Nghĩa HT01a"]]
    form = read(*rows, head=head)
    assert told(form) == [("column_missing", "A1")]
    assert [(cell, shown) for _sheet, cell, _code, shown in form.edited] == [("D2", "50")]
    assert values(form) == {"HT01a": [None, None]}


def test_formats_are_kept_of_the_answers_alone() -> None:
    form = ReturnedForm()
    head = [text for text in HEAD if text != HEADERS[FIGURES_SHEET][Column.NOTE]]
    rows = [["HT01a", "Số HT01a", "máy", 100.0, 0.5, "Nghĩa HT01a"], ["HT01b", "Số HT01b", "máy", 100.0, "", "Nghĩa HT01b"]]
    formats = {(1, 3): "0%", (1, 4): "0%", (2, 4): "0%"}
    read_sheet(form, Sheet(FIGURES_SHEET, [head, *rows], formats=formats), LOCKED)
    assert [table.marks for table in form.tables] == [{"E2": {"format": "0%"}}]


def test_rows_that_end_before_the_table_does() -> None:
    form = ReturnedForm()
    rows = [["", *HEAD], ["x"], ["", *row("HT01a", 1.0)], [], ["", "HT01b"]]
    read_sheet(form, Sheet(FIGURES_SHEET, rows), LOCKED)
    assert values(form) == {"HT01a": [1, None], "HT01b": [None, None]}


def test_rows_without_a_name_are_not_named_alike() -> None:
    nameless = ["HT01a", "", "", "", 1.0, "", ""]
    form = read(nameless, ["", "", "", "", 7.0, "", ""], row("HT01b", 2.0), locked={})
    assert told(form) == [("row_without_code", "A3")]
    assert values(form) == {"HT01a": [1, None], "HT01b": [2, None]}


def test_columns_that_changed_places_are_not_trusted_where_nothing_tells_what_was_issued() -> None:
    head = [*HEAD[:3], HEAD[4], HEAD[3], *HEAD[5:]]
    rows = [["HT01a", "Số HT01a", "máy", 7.0, 100.0, "vì", "Nghĩa HT01a"]]
    form = read(*rows, head=head, locked={})
    assert told(form) == [("columns_swapped", "D1")]
    assert values(form) == {"HT01a": [None, "vì"]}
    form = read(*rows, head=head)
    assert (told(form), form.edited, values(form)) == ([], [], {"HT01a": [7, "vì"]})


def test_a_locked_text_in_an_old_font_is_what_was_issued() -> None:
    locked = {FIGURES_SHEET: {"HT01a": ["Kế hoạch ứng dụng", "máy", "100", ""]}}
    form = read(["HT01a", "KÕ ho¹ch øng dông", "máy", 100.0, 1.0, "", ""], locked=locked)
    assert form.edited == []
    form = read(["HT01a", "KÕ ho¹ch kh¸c", "máy", 100.0, 1.0, "", ""], locked=locked)
    assert [cell for _sheet, cell, *_rest in form.edited] == ["B2"]


def test_a_figure_under_last_year_is_shown_as_it_was_typed() -> None:
    form = read(row("HT01a", "", before=7.0), row("HT01b", 100.0, before=""), row("NB06a", "", before=""))
    assert [found[0] for found in values(form).values()] == [{"misplaced": "7"}, {"misplaced": "–"}, None]
