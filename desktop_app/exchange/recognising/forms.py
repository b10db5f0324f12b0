"""Recognising a returned workbook: whose it is, and where its answers stand.

Rows are found by their codes in the column ``Mã``, columns by their headings, sheets by what they hold: names and positions
do not matter. This module runs in the limited child process and knows no data file; it gives plain data that fits JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from desktop_app.exchange.layout import FIGURES_SHEET, TASKS_SHEET, Column
from desktop_app.exchange.marks import sha256_of
from desktop_app.exchange.recognising.headings import Heading, spans_of
from desktop_app.exchange.recognising.identities import identify, is_meta, named_unit
from desktop_app.exchange.recognising.old_texts import tell_old_texts
from desktop_app.exchange.recognising.returned import ReturnedForm, Table
from desktop_app.exchange.recognising.tables import LockedCells, plain, read_sheet, tell_missing_rows
from desktop_app.exchange.workbook import Address, Sheet

__all__ = ["ReturnedForm", "Table", "fractions", "plain", "recognise"]


def recognise(sheets: list[Sheet], properties: Callable[[], str]) -> ReturnedForm:
    """Recognise a workbook; why nothing of one may be taken stands in its refusals.

    Args:
        sheets: all of its sheets, hidden ones too.
        properties: gives the document properties as one text; asked where nothing else tells whose it is.
    """
    form = ReturnedForm()
    facts = identify(form, sheets, properties)
    if form.refusals:
        return form
    form.named = named_unit(sheets)
    locked = _locked_of(form, facts)
    for sheet in sheets:
        if not is_meta(sheet):
            read_sheet(form, sheet, locked)
    tell_missing_rows(form, locked)
    tell_old_texts(form, sheets)
    if not form.tables:
        form.refusals = [*form.issues, ("form_without_table", {}, "", "", "")]
    return form


def _locked_of(form: ReturnedForm, facts: dict[str, str]) -> LockedCells:
    """Take the digest and what it vouches for from ``_meta``; return the locked cells by sheet and code."""
    if form.source != "meta":
        return {}
    form.digest = facts.get("digest", "")
    texts = ["".join(_numbered(facts, name)) for name in ("values", "locked")]
    form.values_json = texts[0]
    form.hashes = (sha256_of(texts[0]), sha256_of(texts[1]))
    try:
        found = json.loads(texts[1])
    except (ValueError, RecursionError):
        return {}
    return found if _are_locked_cells(found) else {}


def _are_locked_cells(found: object) -> bool:
    """Say whether JSON has the shape that we write; anybody may have put something else there."""
    return isinstance(found, dict) and all(
        isinstance(rows, dict)
        and all(isinstance(cells, list) and all(isinstance(text, str) for text in cells) for cells in rows.values())
        for rows in found.values()
    )


def _numbered(facts: dict[str, str], name: str) -> Iterator[str]:
    number = 1
    while f"{name}.{number}" in facts:
        yield facts[f"{name}.{number}"]
        number += 1


def fractions(sheet: Sheet) -> Iterator[Address]:
    """Give the input cells of a sheet that hold a number above 0 and up to 1 where per cent is asked."""
    for number, (heading, first, end) in enumerate(spans_of(sheet)):
        yield from _fractions_of(sheet, heading, first if number else 0, end)


def _fractions_of(sheet: Sheet, heading: Heading, first: int, end: int) -> Iterator[Address]:
    is_figures = heading.kind == FIGURES_SHEET
    if not is_figures and heading.kind != TASKS_SHEET:
        return
    asked = heading.places.get(Column.CURRENT if is_figures else Column.PERCENT, [])
    unit_at = heading.places.get(Column.MEASURE_UNIT, [None])[0]
    for number, row in enumerate(sheet.rows[first:end], start=first):
        if is_figures and (unit_at is None or unit_at >= len(row) or not str(row[unit_at]).strip().startswith("%")):
            continue
        for at in asked:
            if at < len(row) and isinstance(row[at], float) and 0 < row[at] <= 1:
                yield number, at
