"""What the child process may say: its answers are as little trusted as the files that it reads.

A crafted file may have taken the child over, so an answer is taken only when everything in it has the shape that the rest of
the program relies on. Anything else counts as the death of the child: the file is refused, nothing else happens.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from string import Formatter
from typing import Any

from desktop_app.domain.issue_codes import ISSUES
from desktop_app.exchange.layout import INPUTS
from desktop_app.exchange.marks import META_KEYS
from desktop_app.exchange.recognising.returned import ReturnedForm, Table

Refusal = tuple[str, dict[str, str | int]]

_LAST_ROW = 1_048_576
_LARGEST = 2**63
_LONGEST_IDENTITY = 300
_MARKS_FROM = 500
_MOST_MARKS_IN_A_ROW = 30
"""Combining marks one after the other; a letter has a handful, and thousands take minutes to be put in order."""
_HALF_LETTER = re.compile(rb"\\u[dD][89a-fA-F]")
_LETTERS = re.compile(r"[A-Z]{1,3}")


class Malformed(Exception):  # noqa: N818 - a verdict on an answer
    """An answer that no child of ours gives."""


def parse_answer(frame: bytes) -> tuple[ReturnedForm | None, Refusal | None, bool]:
    """Return the form or the refusal that an answer holds, and whether the child that gave it ends now.

    Raises:
        Malformed: the answer has not the shape that it must have.
    """
    if b"\\u" in frame and _HALF_LETTER.search(frame):
        raise Malformed
    try:
        answer = json.loads(frame.decode())  # of bytes it would take other encodings too, and halves of letters
        retires = answer.pop("retires", False) is True
        if set(answer) == {"form"}:
            return _form(answer["form"]), None, retires
        if set(answer) == {"refused", "params"}:
            return None, _refusal(answer["refused"], answer["params"]), retires
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Malformed from error
    raise Malformed


def _refusal(code: Any, params: Any) -> Refusal:
    _check_issue([code, params, "", "", ""])
    return code, params


def _form(found: dict[str, Any]) -> ReturnedForm:
    for name, value in found.items():
        FORM_CHECKS[name](value)
    found["tables"] = [_table(table) for table in found["tables"]]
    for name in ("place", "hashes"):
        found[name] = tuple(found[name])
    form = ReturnedForm(**found)
    if not form.refusals and form.identity.keys() != set(META_KEYS):
        raise Malformed
    return form


def _table(found: dict[str, Any]) -> Table:
    for name, value in found.items():
        TABLE_CHECKS[name](value)
    inputs = INPUTS[found["kind"]]
    if not found["columns"].keys() <= set(inputs):
        raise Malformed
    for code, number, values in found["rows"]:
        if type(code) is not str or type(number) is not int or not 0 < number <= _LAST_ROW:
            raise Malformed
        if type(values) is not list or len(values) != len(inputs):
            raise Malformed
        for value in values:
            if value is not None:
                _check_raw(value)
    return Table(**found)


def _check_raw(value: Any) -> None:
    """Refuse what is no raw value of a cell; see ``returned.Table``."""
    if type(value) is str:
        if len(value) > _MARKS_FROM:
            _check_text(value)
    elif type(value) is int:
        if abs(value) >= _LARGEST:
            raise Malformed
    elif type(value) is dict:
        for name, check in _CELL_CHECKS[frozenset(value)].items():
            check(value[name])
    elif type(value) is not bool and not (type(value) is float and math.isfinite(value)):
        raise Malformed


def _check_text(text: str) -> None:
    """Refuse a text whose marks would take minutes to be put in order."""
    if text.isascii() or len(text) <= _MARKS_FROM:
        return
    run = 0
    for letter in text:
        run = run + 1 if unicodedata.combining(letter) else 0
        if run > _MOST_MARKS_IN_A_ROW:
            raise Malformed


def _check_issue(found: Any) -> None:
    code, params, *places = found
    if code not in ISSUES or type(params) is not dict or not _fields(code) <= params.keys():
        raise Malformed
    for value in params.values():
        if type(value) not in {str, int, float}:  # what a sentence can say
            raise Malformed
        _check_raw(value)
    _texts(3)(places)


@lru_cache(maxsize=500)
def _fields(code: str) -> frozenset[str]:
    """Return the names that the sentence of an issue needs."""
    return frozenset(name for _text, name, _format, _conversion in Formatter().parse(ISSUES[code][1]) if name)


def _text(value: Any) -> None:
    if type(value) is not str:
        raise Malformed
    _check_text(value)


def _texts(count: int) -> Callable[[Any], None]:
    def check(value: Any) -> None:
        if type(value) is not list or len(value) != count:
            raise Malformed
        for part in value:
            _text(part)

    return check


def _identity(value: Any) -> None:
    _texts_by_text(value)
    if any(len(part) > _LONGEST_IDENTITY for part in value.values()):
        raise Malformed


def _texts_by_text(value: Any) -> None:
    if type(value) is not dict:
        raise Malformed
    for part in value.values():
        _text(part)


def _letters_of_column(value: Any) -> None:
    if not _LETTERS.fullmatch(value):
        raise Malformed


def _letters_or_none(value: Any) -> None:
    if value != "":
        _letters_of_column(value)


def _columns(value: Any) -> None:
    _texts_by_text(value)
    for letters in value.values():
        _letters_of_column(letters)


def _marks(value: Any) -> None:
    if type(value) is not dict:
        raise Malformed
    for part in value.values():
        if type(part) is not dict or part.keys() != {"format"}:
            raise Malformed
        _text(part["format"])


def _number(value: Any) -> None:
    if type(value) is not int:
        raise Malformed


def _plain(value: Any) -> None:
    if type(value) not in {str, int, float, bool}:
        raise Malformed
    _check_raw(value)


def _yes_or_no(value: Any) -> None:
    if type(value) is not bool:
        raise Malformed


def _rows_of_one_code(value: Any) -> None:
    if [type(row) for row in value] != [int, int]:
        raise Malformed


def _readings(value: Any) -> None:
    _each(_text)(value)
    if not value:
        raise Malformed


def _each(check: Callable[[Any], None]) -> Callable[[Any], None]:
    def check_all(value: Any) -> None:
        if type(value) is not list:
            raise Malformed
        for part in value:
            check(part)

    return check_all


def _list(value: Any) -> None:
    if type(value) is not list:
        raise Malformed


def _one_of(*known: str) -> Callable[[Any], None]:
    def check(value: Any) -> None:
        if value not in known:
            raise Malformed

    return check


_CELLS: tuple[dict[str, Callable[[Any], object]], ...] = (
    {"day": date.fromisoformat},
    {"error": _text},
    {"uncalculated": _yes_or_no},
    {"twice": _rows_of_one_code},
    {"misplaced": _text},
    {"merged": _text},
    {"mixed": _text, "code": _text},
    {"repeated": _number},
    {"pasted": _number},
    {"struck": _plain, "kept": _text},
    {"old": _text, "font": _text, "readings": _readings, "asked": _yes_or_no},
)
_CELL_CHECKS = {frozenset(checks): checks for checks in _CELLS}
"""What a cell may hold instead of a plain value, by the names of its parts; see ``returned.Table``."""

FORM_CHECKS: dict[str, Callable[[Any], None]] = {
    "identity": _identity,
    "source": _one_of("meta", "line", "properties", ""),
    "place": _texts(2),
    "digest": _text,
    "hashes": _texts(2),
    "values_json": _text,
    "tables": _list,
    "edited": _each(_texts(4)),
    "issues": _each(_check_issue),
    "refusals": _each(_check_issue),
    "named": _texts(3),
}
"""Every part of a form, with what refuses a wrong one; the tables have checks of their own."""

TABLE_CHECKS: dict[str, Callable[[Any], None]] = {
    "kind": _one_of(*INPUTS),
    "sheet": _text,
    "columns": _columns,
    "code_column": _letters_of_column,
    "rows": _list,
    "marks": _marks,
    "names": _texts_by_text,
    "before": _texts_by_text,
    "units": _texts_by_text,
    "unit_column": _letters_or_none,
}
"""Every part of a table, with what refuses a wrong one; the rows are checked where their columns are known."""
