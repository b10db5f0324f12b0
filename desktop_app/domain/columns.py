"""What cells of the sheets ``Hệ thống`` and ``Nhiệm vụ`` mean: statuses, days, users, per cent, money, notes.

The same grammar as :mod:`desktop_app.domain.values`; these columns know no "không phát sinh", so a dash in a column that may
stay empty is a blank, and a dash for a figure is asked: zero or blank?
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from desktop_app.domain.entities.figures import Element, ElementKind, Measure
from desktop_app.domain.entities.plans import TaskStatus
from desktop_app.domain.entities.systems import DeploymentStatus
from desktop_app.domain.issues import Issue
from desktop_app.domain.values import CellReading, Outcome, parse_cell, shown_raw
from desktop_app.text.dates import format_day
from desktop_app.text.money import MILLION, format_money
from desktop_app.text.numbers import format_figure
from desktop_app.text.vietnamese import clean, search_key, word_key
from desktop_app.text.wording import has_control_character, is_doubted, says_nothing

S = TypeVar("S", bound=StrEnum)
FieldValue = StrEnum | date | int | str | None

DEPLOYMENT_WORDS = {
    DeploymentStatus.NOT_YET: "chưa triển khai",
    DeploymentStatus.IN_PROGRESS: "đang triển khai",
    DeploymentStatus.IN_USE: "đang sử dụng",
    DeploymentStatus.STOPPED: "ngừng sử dụng",
}
"""The status list of ``Hệ thống``, the same words in every language. **Source:** own definition (figures.md)."""

TASK_WORDS = {
    TaskStatus.NOT_STARTED: "chưa bắt đầu",
    TaskStatus.IN_PROGRESS: "đang thực hiện",
    TaskStatus.DONE: "hoàn thành",
    TaskStatus.PAUSED: "tạm dừng",
    TaskStatus.CANCELLED: "bãi bỏ",
}
"""The status list of ``Nhiệm vụ``, the same words in every language. **Source:** own definition (figures.md)."""


class SheetColumn(StrEnum):
    """The input columns of the two sheets; the money column is in triệu đồng and stored in đồng."""

    DEPLOYMENT_STATUS = "deployment_status"
    SINCE = "since"
    USERS = "users"
    TASK_STATUS = "task_status"
    PERCENT = "percent"
    DISBURSED = "disbursed"
    NOTE = "note"


@dataclass(frozen=True)
class FieldReading:
    """How one cell of these sheets was read.

    Attributes:
        value: with VALUE a status, day, whole number (users, per cent, đồng) or text; otherwise None.
        issue: why it is asked or refused; its place is empty, the caller knows it.
        readings: with QUESTION the values to choose from; None among them is a blank.
    """

    outcome: Outcome
    value: FieldValue = None
    issue: Issue | None = None
    readings: tuple[FieldValue, ...] = ()


def _asked(kind: ElementKind, unit: str, scale_vnd: int | None = None) -> Element:
    """Describe a column as an element, so that one grammar reads both."""
    return Element(
        code="column",
        name=unit,
        kind=kind,
        measure=Measure.STOCK,
        unit=unit,
        scale_vnd=scale_vnd,
        definition=unit,
        period_kinds=(),
        section="column",
    )


_ELEMENTS = {
    SheetColumn.SINCE: _asked(ElementKind.DAY, ""),
    SheetColumn.USERS: _asked(ElementKind.COUNT, "người"),
    SheetColumn.PERCENT: _asked(ElementKind.DECIMAL, "%"),
    SheetColumn.DISBURSED: _asked(ElementKind.MONEY, "triệu đồng", MILLION),
}
_WORDS: dict[SheetColumn, Mapping[Any, str]] = {
    SheetColumn.DEPLOYMENT_STATUS: DEPLOYMENT_WORDS,
    SheetColumn.TASK_STATUS: TASK_WORDS,
}
_BLANK = FieldReading(Outcome.BLANK)


def parse_choice(text: str, words: Mapping[S, str]) -> S | None:
    """Return the member of a list that a text names, or None.

    Case, punctuation, Unicode form and the place of the tone do not count; a text without any diacritics is recognised
    where it names exactly one member.
    """
    key = word_key(text)
    exact = [member for member, word in words.items() if word_key(word) == key]
    bare = [member for member, word in words.items() if search_key(word) == key]
    found = exact or bare
    return found[0] if len(found) == 1 else None


def parse_column(raw: object, number_format: str, column: SheetColumn, *, own_form: bool = False) -> FieldReading:
    """Read a cell of a column; the arguments are those of :func:`desktop_app.domain.values.parse_cell`."""
    text = "" if raw is None else clean(raw if isinstance(raw, str) else shown_raw(raw))
    if not text:
        return _BLANK
    if has_control_character(text):
        return FieldReading(Outcome.INVALID, issue=Issue("cell_control_character"))
    if column in _WORDS:
        return _status(text, _WORDS[column])
    if column is SheetColumn.NOTE:
        return FieldReading(Outcome.VALUE, text)
    if column is SheetColumn.SINCE and isinstance(raw, str) and _is_empty(text):
        return _BLANK
    return _converted(parse_cell(raw, number_format, _ELEMENTS[column], own_form=own_form), text, column)


def _is_empty(text: str) -> bool:
    """Tell whether a text leaves a cell empty that may stay empty; "x" is no way to, it may be meant as a tick."""
    return says_nothing(text) and search_key(text) != "x"


def _status(text: str, words: Mapping[S, str]) -> FieldReading:
    if _is_empty(text):
        return _BLANK
    found = None if is_doubted(text) else parse_choice(text, words)
    if found is not None:
        return FieldReading(Outcome.VALUE, found)
    return FieldReading(
        Outcome.INVALID, issue=Issue("status_unknown", {"typed": text, "options": "; ".join(words.values())})
    )


def _converted(reading: CellReading, typed: str, column: SheetColumn) -> FieldReading:
    """Turn the reading of an element into that of a column."""
    answers = (reading.answer,) if reading.answer else reading.readings
    values: list[FieldValue] = [
        answer.amount if answer.text is None else date.fromisoformat(answer.text) for answer in answers
    ]
    if None in values:  # "không phát sinh" or one of the ways of writing nothing
        if column is SheetColumn.SINCE:
            return (
                _BLANK
                if reading.answer
                else FieldReading(Outcome.INVALID, issue=Issue("cell_day_unreadable", {"typed": typed}))
            )
        return FieldReading(Outcome.QUESTION, issue=Issue("field_zero_or_blank", {"typed": typed}), readings=(0, None))
    kept = [value for value in values if column is not SheetColumn.PERCENT or _is_share(value)]
    if values and not kept:
        return FieldReading(Outcome.INVALID, issue=Issue("percent_out_of_range", {"typed": typed}))
    if reading.outcome is Outcome.VALUE:
        return FieldReading(Outcome.VALUE, kept[0])
    return FieldReading(reading.outcome, issue=reading.issue, readings=tuple(kept))


def _is_share(value: FieldValue) -> bool:
    return isinstance(value, int) and 0 <= value <= 100


def format_column(column: SheetColumn, value: FieldValue) -> str:
    """Write a value of a column as people see and type it; reading it back in an own form gives the same value."""
    if value is None:
        return ""
    if isinstance(value, DeploymentStatus):
        return DEPLOYMENT_WORDS[value]
    if isinstance(value, TaskStatus):
        return TASK_WORDS[value]
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, int):
        return format_money(value) if column is SheetColumn.DISBURSED else format_figure(value)
    return str(value)


def column_value(column: SheetColumn, value: FieldValue) -> str | int | Decimal | date | None:
    """Return what a workbook cell holds for a value of a column: numbers as numbers, days as days."""
    if column is SheetColumn.DISBURSED and isinstance(value, int):
        return Decimal(value) / MILLION
    return format_column(column, value) if isinstance(value, StrEnum) else value
