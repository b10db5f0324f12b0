"""Texts of a workbook in fonts from before Unicode: read before anything else looks at the sheets.

Where a font is known, every text in it is read; where a sheet has lost its fonts and no heading of it can be found, headings
are looked for among its texts as TCVN3 or VNI. Answers in sheets whose headings are in Unicode are read one by one when they
are parsed (``services/collecting``), so that plain workbooks pay nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from desktop_app.exchange.layout import HEADERS, folded
from desktop_app.exchange.marks import locked_text
from desktop_app.exchange.recognising.headings import LONGEST_HEADER, spans_of
from desktop_app.exchange.recognising.identities import is_meta
from desktop_app.exchange.recognising.returned import ReturnedForm
from desktop_app.exchange.workbook import Address, OldText, Sheet, cell_name
from desktop_app.text.legacy import font_encoding
from desktop_app.text.legacy_reading import ENCODING_NAMES, SOFT_HYPHEN, LegacyReading, Verdict, read_legacy, read_runs

_HEADINGS = {folded(text) for columns in HEADERS.values() for text in columns.values()}
"""What a doubtful text is taken for, wherever it is one of them."""
_LONGEST_OLD_HEADER = 2 * LONGEST_HEADER
"""VNI writes two characters for most letters."""
_known_reading = lru_cache(maxsize=500)(read_legacy)
_HASHED = re.compile("#[0-9a-f]{16}")
_SENTENCE_START = re.compile(r"(?:^|[.:;!?]\s+|\n\s*)\w")


def read_old_texts(sheets: list[Sheet]) -> None:
    """Put Unicode in the place of every text that is surely in an old font, and note what stood there.

    Args:
        sheets: as they were read, with ``fonts`` and ``runs``; ``rows`` and ``old_texts`` are changed.
    """
    keeps_hyphens: bool | None = None
    for sheet in sheets:
        if is_meta(sheet):
            continue
        if sheet.fonts or sheet.runs:
            if keeps_hyphens is None:
                keeps_hyphens = any(SOFT_HYPHEN in value for _at, value in _texts(sheets))
            _read_in_fonts(sheet, keeps_hyphens=keeps_hyphens)
        if not spans_of(sheet):
            _read_without_fonts(sheet)


def old_text(old: OldText) -> dict[str, Any]:
    """Return a text in an old font as JSON can carry it; ``Table.rows`` says how."""
    return {"old": old.was, "font": old.font, "readings": list(old.readings), "asked": old.is_asked}


def is_as_issued(sheet: Sheet, address: Address, value: Any, written: str) -> bool:
    """Tell whether a locked cell that is not what was issued says the same in an old font.

    Old fonts lose capitals, so these do not count. A long text was issued as its hash; one that was read from an old font
    and is not that text counts as the same, because nothing tells a lost capital from another word.

    Args:
        sheet: where it stands.
        address: of the cell.
        value: what stands there, as far as it was read.
        written: the cell as it was issued, as ``marks.locked_text`` gives it.
    """
    if not isinstance(value, str) or value.isascii():
        return False
    old = sheet.old_texts.get(address)
    if old is None:
        reading = read_legacy(value)
        if reading.verdict is Verdict.KEPT:
            return False
        return any(_is_same(text, written) for text in (reading.readings or (reading.text,)))
    return _HASHED.fullmatch(written) is not None or any(_is_same(text, written) for text in old.readings)


def tell_old_texts(form: ReturnedForm, sheets: list[Sheet]) -> None:
    """Tell once per table sheet of headings and fixed cells in an old font; answers are told one by one when parsed."""
    with_tables = {table.sheet for table in form.tables}
    for sheet in sheets:
        if sheet.name not in with_tables or not sheet.old_texts:
            continue
        answers = {
            f"{letters}{number}"
            for table in form.tables
            if table.sheet == sheet.name
            for _code, number, _values in table.rows
            for letters in table.columns.values()
        }
        others = [(at, old) for at, old in sheet.old_texts.items() if cell_name(at) not in answers]
        if others:
            at, old = others[0]
            params = {"count": len(others), "font": old.font, "was": old.was[:60], "read": old.readings[0][:60]}
            form.issues.append(("legacy_sheet_read", params, sheet.name, cell_name(at), ""))


def _read_in_fonts(sheet: Sheet, *, keeps_hyphens: bool) -> None:
    for (row, at), name in sheet.fonts.items():
        value = sheet.rows[row][at]
        if isinstance(value, str):
            reading = read_legacy(value, font_encoding(name), keeps_hyphens=keeps_hyphens)
            _note(sheet, (row, at), reading, name)
    for (row, at), runs in sheet.runs.items():
        name = next((font for text, font in runs if font_encoding(font) and not text.isascii()), "")
        _note(sheet, (row, at), read_runs(runs, keeps_hyphens=keeps_hyphens), name)
    sheet.fonts, sheet.runs = {}, {}


def _read_without_fonts(sheet: Sheet) -> None:
    """Read the texts of a sheet without headings, if it has some then."""
    short = (value for _at, value in _texts([sheet]) if len(value) < _LONGEST_OLD_HEADER and not value.isascii())
    if all(_known_reading(value).verdict is Verdict.KEPT for value in short):
        return  # no heading is among them; the guide of every plain workbook comes here
    found = {at: read_legacy(value) for at, value in _texts([sheet]) if not value.isascii()}
    if not any(reading.verdict is Verdict.READ for reading in found.values()):
        return
    trial = Sheet(sheet.name, [list(row) for row in sheet.rows])
    for at, reading in found.items():
        encoding = ENCODING_NAMES[reading.encoding] if reading.encoding is not None else ""
        _note(trial, at, reading, encoding)
    if spans_of(trial):
        sheet.rows, sheet.heading = trial.rows, trial.heading
        sheet.old_texts |= trial.old_texts


def _note(sheet: Sheet, address: Address, reading: LegacyReading, font: str) -> None:
    if reading.verdict is Verdict.KEPT:
        return
    row, at = address
    heading = next((text for text in reading.readings if folded(text) in _HEADINGS), None)
    readings = (heading or reading.text,) if heading or not reading.readings else reading.readings
    is_asked = len(readings) > 1
    sheet.old_texts[address] = OldText(sheet.rows[row][at], font, readings, is_asked)
    if not is_asked:
        sheet.rows[row][at] = readings[0]
    sheet.heading = None


def _texts(sheets: list[Sheet]) -> Iterator[tuple[Address, str]]:
    for sheet in sheets:
        for number, row in enumerate(sheet.rows):
            for at, value in enumerate(row):
                if isinstance(value, str) and value:
                    yield (number, at), value


def _is_same(text: str, written: str) -> bool:
    """Compare a text with one that was issued, without regard to capitals as far as a hash allows."""
    capitalised = _SENTENCE_START.sub(lambda found: found.group().upper(), text)
    return locked_text(text).casefold() == written.casefold() or locked_text(capitalised) == written
