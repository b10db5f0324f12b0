"""Whose a returned workbook is: said by ``_meta``, by the grey line below its sheets, or by its document properties."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from desktop_app.exchange.layout import META_SHEET, PROBLEMS_TITLE, REASONS_SHEET, UNIT_LABEL, folded
from desktop_app.exchange.marks import META_KEYS, parse_identity_line
from desktop_app.exchange.recognising.returned import FoundIssue, ReturnedForm
from desktop_app.exchange.workbook import Sheet, cell_name

_OF_ROUND = ("file_uuid", "plan", "form", "period", "unit")
"""Parts that are the same on all sheets of one workbook; the issue may differ where a sheet is from an earlier one."""
_ROWS_OF_GUIDE = 12
"""Its first rows, in which the guide names the unit."""
_REST_OF_LINE = re.compile(r"SKH\d+\s*·")


@dataclass(frozen=True)
class _Said:
    """What one place of a workbook says of whose it is.

    Attributes:
        parts: the parts of the identity; None for a line that cannot be read any more.
    """

    parts: dict[str, str] | None
    sheet: str
    cell: str

    @property
    def round(self) -> tuple[str, ...]:
        """What must be the same everywhere; codes are unique without case."""
        return tuple((self.parts or {})[key].strip().casefold() for key in _OF_ROUND)


def is_meta(sheet: Sheet) -> bool:
    """Say whether a sheet is the hidden one that keeps the identity, or a copy of it."""
    return folded(sheet.name).startswith(META_SHEET)


def facts_of(sheet: Sheet) -> dict[str, str]:
    """Return what a sheet ``_meta`` keeps."""
    return {str(row[0]).strip(): str(row[1]) for row in sheet.rows if len(row) > 1 and row[0] != ""}


def has_identity(facts: dict[str, str]) -> bool:
    """Say whether a sheet ``_meta`` still says everything that the identity consists of."""
    return all(facts.get(key, "").strip() for key in META_KEYS)


def named_unit(sheets: Sequence[Sheet]) -> tuple[str, str, str]:
    """Return which unit the guide names, as (sheet, cell, name); people type their own into a neighbour's workbook."""
    label = folded(UNIT_LABEL)
    for sheet in sheets:
        for number, row in enumerate(sheet.rows[:_ROWS_OF_GUIDE]):
            if len(row) > 1 and isinstance(row[0], str) and isinstance(row[1], str) and folded(row[0]) == label:
                return sheet.name, cell_name((number, 1)), row[1]
    return "", "", ""


def identify(form: ReturnedForm, sheets: Sequence[Sheet], properties: Callable[[], str]) -> dict[str, str]:
    """Find out which workbook it is and tell of every part that belongs to another one.

    Args:
        form: gets the identity, where it was found, and what contradicts it.
        sheets: all sheets, hidden ones too.
        properties: gives the document properties as one text; asked where nothing else tells whose it is.

    Returns:
        What the sheet ``_meta`` keeps where the identity is its; else nothing.
    """
    metas = [(sheet, facts) for sheet in sheets if is_meta(sheet) and has_identity(facts := facts_of(sheet))]
    of_meta = [_said_by_meta(sheet, facts) for sheet, facts in metas]
    on_sheets = [said for sheet in sheets if not is_meta(sheet) for said in _lines(sheet)]
    lines = [said for said in on_sheets if said.parts is not None]
    own = of_meta[0] if of_meta else _commonest(lines)
    if own is None:
        parts = parse_identity_line(properties())
        own = _Said(parts, "", "") if parts is not None else None
    damaged: list[FoundIssue] = [
        ("identity_damaged", {}, said.sheet, said.cell, "") for said in on_sheets if said.parts is None
    ]
    if own is None or own.parts is None:
        unknown = "problems_returned" if any(map(_is_list_of_problems, sheets)) else "form_unknown"
        form.refusals += [*damaged, (unknown, {}, "", "", "")]
        return {}
    form.identity, form.place = own.parts, (own.sheet, own.cell)
    form.source = "meta" if of_meta else "line" if lines else "properties"
    if form.source != "meta":
        form.issues.append((f"identity_from_{form.source}", {}, "", "", ""))
    form.issues += damaged
    _tell_foreign(form, own, [*of_meta, *lines], has_agreeing_line=any(item.round == own.round for item in lines))
    return metas[0][1] if metas else {}


def _is_list_of_problems(sheet: Sheet) -> bool:
    """Say whether a sheet is the list of problems that was sent to a unit, sent back instead of its own file."""
    return folded(sheet.name) == folded(REASONS_SHEET) and any(PROBLEMS_TITLE in row for row in sheet.rows[:1])


def _said_by_meta(sheet: Sheet, facts: dict[str, str]) -> _Said:
    row = next(number for number, row in enumerate(sheet.rows) if row and str(row[0]).strip() == "unit")
    return _Said({key: facts[key].strip() for key in META_KEYS}, sheet.name, cell_name((row, 1)))


def _lines(sheet: Sheet) -> Iterator[_Said]:
    for number, row in enumerate(sheet.rows):
        for at, value in enumerate(row):
            if isinstance(value, str) and "SKH" in value:
                parts = parse_identity_line(value)
                if parts is not None or _REST_OF_LINE.search(value):
                    yield _Said(parts, sheet.name, cell_name((number, at)))


def _commonest(lines: Sequence[_Said]) -> _Said | None:
    """Return the first of the lines that say what most of them say."""
    if not lines:
        return None
    most = Counter(line.round for line in lines).most_common(1)[0][0]
    return next(line for line in lines if line.round == most)


def _tell_foreign(form: ReturnedForm, own: _Said, all_said: Sequence[_Said], *, has_agreeing_line: bool) -> None:
    """Refuse a workbook of which a part belongs to another unit, period or form, and name every such part."""
    foreign = [said for said in all_said if said.round != own.round and said.parts is not None]
    if not foreign:
        return
    for said in foreign:
        params = {"other": _named(said), "own": _named(own)}
        form.refusals.append(("identity_foreign", params, said.sheet, said.cell, ""))
    if form.source == "meta" and not has_agreeing_line:
        params = {"meta": _named(own), "line": _named(foreign[0])}
        form.refusals.append(("form_contradicts_itself", params, own.sheet, own.cell, ""))
    else:
        units = ", ".join(sorted({_named(said) for said in [own, *foreign]}))
        form.refusals.append(("form_of_several", {"units": units}, "", "", ""))


def _named(said: _Said) -> str:
    parts = said.parts or {}
    return f"{parts['unit']} – {parts['form']} – {parts['period']}"
