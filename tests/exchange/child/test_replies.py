"""Answers of the child are taken only in the shape that the program relies on: a child that was taken over harms nobody."""

from __future__ import annotations

import copy
import json
import random
from dataclasses import fields
from typing import Any

import pytest

from desktop_app.domain.issue_codes import ISSUES
from desktop_app.domain.issues import Issue
from desktop_app.exchange.child.replies import FORM_CHECKS, TABLE_CHECKS, Malformed, parse_answer
from desktop_app.exchange.child.server import answer
from desktop_app.exchange.content import WorkbookContent
from desktop_app.exchange.recognising.returned import ReturnedForm, Table
from desktop_app.exchange.writing.forms import FormWriter
from desktop_app.text.catalogue import Catalogue, Language


@pytest.fixture
def honest(content: WorkbookContent, key: str) -> dict[str, Any]:
    found = answer(FormWriter(key).workbook(content, "{}"))
    return json.loads(json.dumps(found, default=vars))


def parsed(found: object) -> Any:
    return parse_answer(json.dumps(found, ensure_ascii=False).encode())


def changed(found: dict[str, Any], place: tuple[str | int, ...], value: object) -> dict[str, Any]:
    whole = copy.deepcopy(found)
    part: Any = whole
    for step in place[:-1]:
        part = part[step]
    part[place[-1]] = value
    return whole


def test_an_honest_answer_arrives(honest: dict[str, Any], content: WorkbookContent, key: str) -> None:
    form, refused, retires = parsed(honest)
    assert isinstance(form, ReturnedForm)
    assert (refused, retires) == (None, False)
    direct = answer(FormWriter(key).workbook(content, "{}"))["form"]
    assert (form.identity, form.hashes, form.place) == (direct.identity, direct.hashes, direct.place)
    assert [[tuple(row) for row in table.rows] for table in form.tables] == [table.rows for table in direct.tables]
    assert parsed({**honest, "retires": True})[2]


def test_a_refusal_arrives_with_what_its_sentence_needs() -> None:
    assert parsed({"refused": "workbook_too_large", "params": {"megabytes": 80}})[:2] == (
        None,
        ("workbook_too_large", {"megabytes": 80}),
    )


def test_every_part_of_an_answer_is_checked() -> None:
    assert set(FORM_CHECKS) == {field.name for field in fields(ReturnedForm)}
    assert set(TABLE_CHECKS) == {field.name for field in fields(Table)}


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"{}",
        b'{"form": null}',
        b'{"form": {}}',
        b'{"form": []}',
        b'{"refused": "file_damaged"}',
        b'{"refused": "no_such_code", "params": {}}',
        b'{"refused": "workbook_too_large", "params": {}}',
        b'{"refused": "file_damaged", "params": []}',
        b'{"refused": ["file_damaged"], "params": {}}',
        b'{"refused": "file_damaged", "params": {"a": NaN}}',
        b'{"refused": "file_damaged", "params": {"a": "\\ud800"}}',
        '{"refused": "file_damaged", "params": {"a": "\ud800"}}'.encode("utf-8", "surrogatepass"),
        '{"refused": "file_damaged", "params": {"a": "\\ud800"}}'.encode("utf-16"),
        b'{"refused": "file_damaged", "params": {}, "more": 1}',
        b"[" * 200_000,
        b'{"form": ' + b'{"a":' * 100_000,
        b'{"refused": "file_damaged", "params": {"a": ' + b"9" * 5000 + b"}}",
    ],
)
def test_what_no_child_says(frame: bytes) -> None:
    with pytest.raises(Malformed):
        parse_answer(frame)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("identity",), {"unit": "A"}),
        (("identity", "unit"), 7),
        (("identity", "more"), "A"),
        (("identity", "unit"), "A" * 5000),
        (("source",), "elsewhere"),
        (("source",), ["meta"]),
        (("place",), ["one"]),
        (("hashes",), "ab"),
        (("digest",), None),
        (("tables",), {}),
        (("tables", 0), []),
        (("tables", 0, "kind"), "Khác"),
        (("tables", 0, "kind"), []),
        (("tables", 0, "sheet"), 1),
        (("tables", 0, "columns"), {"current": "E1"}),
        (("tables", 0, "columns"), {"code": "E"}),
        (("tables", 0, "columns"), []),
        (("tables", 0, "code_column"), "a1"),
        (("tables", 0, "code_column"), 1),
        (("tables", 0, "rows"), {}),
        (("tables", 0, "rows"), [["A", 1]]),
        (("tables", 0, "rows"), [["A", 0, [None, None]]]),
        (("tables", 0, "rows"), [["A", True, [None, None]]]),
        (("tables", 0, "rows"), [["A", 2**40, [None, None]]]),
        (("tables", 0, "rows"), [[1, 1, [None, None]]]),
        (("tables", 0, "rows"), [["A", 1, [None]]]),
        (("tables", 0, "rows"), [["A", 1, {"mixed": "B", "code": "A"}]]),
        (("tables", 0, "rows"), [["A", 1, "12"]]),
        (("tables", 0, "rows"), [["A", 1, [None, None, None]]]),
        (("tables", 0, "rows"), [["A", 1, [[], None]]]),
        (("tables", 0, "rows"), [["A", 1, [2**63, None]]]),
        (("tables", 0, "rows"), [["A", 1, [float("inf"), None]]]),
        (("tables", 0, "rows"), [["A", 1, [{"day": "2017-02-30"}, None]]]),
        (("tables", 0, "rows"), [["A", 1, [{"day": 5}, None]]]),
        (("tables", 0, "rows"), [["A", 1, [{"twice": [1]}, None]]]),
        (("tables", 0, "rows"), [["A", 1, [{"twice": "ab"}, None]]]),
        (("tables", 0, "rows"), [["A", 1, [{"a": {"b": {"c": {"d": {"e": {}}}}}}, None]]]),
        (("tables", 0, "rows"), [["A", 1, ["a" + "\u0301\u0323" * 400, None]]]),
        (("tables", 0, "rows"), [["A", 1, [{}, None]]]),
        (("tables", 0, "rows"), [["A", 1, [{"a": 1}, None]]]),
        (("tables", 0, "rows"), [["A", 1, [{"day": "2017-05-06", "error": "#"}, None]]]),
        (("tables", 0, "rows"), [["A", 1, [{"mixed": "B"}, None]]]),
        (("tables", 0, "rows"), [["A", 1, [{"repeated": "5"}, None]]]),
        (("tables", 0, "rows"), [["A", 1, [{"uncalculated": 0}, None]]]),
        (("tables", 0, "rows"), [["A", 1, [{"old": "A"}, None]]]),
        (("tables", 0, "rows"), [["A", 1, [{"old": "A", "font": "", "readings": [], "asked": False}, None]]]),
        (("tables", 0, "rows"), [["A", 1, [{"old": "A", "font": "", "readings": [1], "asked": False}, None]]]),
        (("tables", 0, "rows"), [["A", 1, [{"old": "A", "font": "", "readings": ["A"], "asked": "no"}, None]]]),
        (("tables", 0, "marks"), []),
        (("tables", 0, "marks"), {"A1": {"format": 5}}),
        (("tables", 0, "marks"), {"A1": {"font": "0%"}}),
        (("tables", 0, "marks"), {"A1": "font"}),
        (("tables", 0, "names"), {"A": 1}),
        (("tables", 0, "more"), 1),
        (("edited",), [["a", "b", "c"]]),
        (("edited",), [["a", "b", "c", 4]]),
        (("issues",), [["no_such_code", {}, "", "", ""]]),
        (("issues",), [["sheet_missing", {}, "", "", ""]]),
        (("issues",), [["row_missing", {"code": "A"}, "", ""]]),
        (("issues",), [["row_missing", {"code": ["A"]}, "", "", ""]]),
        (("issues",), [["row_missing", {"code": {}}, "", "", ""]]),
        (("issues",), [["row_missing", {"code": None}, "", "", ""]]),
        (("issues",), [["row_missing", {"code": "a" + "\u0301\u0323" * 400}, "", "", ""]]),
        (("issues",), [["row_missing", {"code": "A"}, "", "", None]]),
        (("issues",), [["row_missing", {"code": "A"}, "a" + "\u0301\u0323" * 400, "", ""]]),
        (("refusals",), "all"),
        (("more",), 1),
    ],
)
def test_a_wrong_part_spoils_an_answer(honest: dict[str, Any], place: tuple[str | int, ...], value: object) -> None:
    with pytest.raises(Malformed):
        parsed(changed(honest, ("form", *place), value))


def test_an_issue_is_told_whatever_its_parameters_are_called(honest: dict[str, Any]) -> None:
    params = {"code": "A", "self": "S", "message": 2, "catalogue": 3}
    form = parsed(changed(honest, ("form", "issues"), [["row_missing", params, "", "", ""]]))[0]
    code, found, *_places = form.issues[0]
    assert "A" in Issue(code, found).text(Catalogue(Language.VI))


def test_texts_in_any_language_are_taken(honest: dict[str, Any]) -> None:
    note = "Tăng do sáp nhập đơn vị; " * 400 + "각 ẩ ค่ำ"
    row = ["A", 1, [{"day": "2017-05-06"}, note]]
    form = parsed(changed(honest, ("form", "tables", 0, "rows"), [row]))[0]
    assert form.tables[0].rows == [row]


def test_what_a_cell_holds_instead_of_a_value_is_taken(honest: dict[str, Any]) -> None:
    cells = [
        {"error": "#REF!"},
        {"uncalculated": True},
        {"twice": [5, 9]},
        {"misplaced": "7"},
        {"merged": "E5:E6"},
        {"mixed": "B", "code": "A"},
        {"repeated": 40},
        {"pasted": 12},
        {"old": "§Æt", "font": ".VnTime", "readings": ["Đặt"], "asked": False},
    ]
    rows = [["A", number, [cell, None]] for number, cell in enumerate(cells, start=1)]
    assert parsed(changed(honest, ("form", "tables", 0, "rows"), rows))[0].tables[0].rows == rows


@pytest.mark.parametrize("seed", range(40))
def test_damaged_answers_are_taken_whole_or_not_at_all(honest: dict[str, Any], seed: int) -> None:
    dice = random.Random(seed)
    frame = bytearray(json.dumps(honest, ensure_ascii=False).encode())
    for _ in range(50):
        spoilt = bytearray(frame)
        for _ in range(dice.randrange(1, 4)):
            spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
        try:
            form, _refused, _retires = parse_answer(bytes(spoilt))
        except Malformed:
            continue
        assert form is not None
        assert all(code in ISSUES for code, *_ in form.issues)
        assert all(isinstance(row[0], str) and isinstance(row[1], int) for table in form.tables for row in table.rows)
