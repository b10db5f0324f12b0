"""Where the tables of a returned workbook begin: rows of headings, found by what they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any

from desktop_app.exchange.layout import CODE_PATTERN, FIGURES_SHEET, HEADERS, INPUTS, Column, folded
from desktop_app.exchange.refusal import Refused
from desktop_app.exchange.workbook import Sheet

_KNOWN = {sheet: {folded(text): column for column, text in columns.items()} for sheet, columns in HEADERS.items()}
CODE_HEADER = HEADERS[FIGURES_SHEET][Column.CODE]
_CODE_HEADER = folded(CODE_HEADER)
LONGEST_HEADER, _LONG_FOR_A_CODE = 60, 20
_ENOUGH_HEADINGS = 3
"""A row with so many headings of one table is its heading row, even without Mã."""
_WIDE_ROWS, _WIDEST = 200, 40
"""Below so many rows a heading is looked for in so many columns only: nobody's sheet is both long and wide."""
_MOST_HEADINGS = 100
_MOST_ROWS = 3
"""A heading whose cells were merged and split stands in so many rows at most."""
_folded = lru_cache(maxsize=500)(folded)


@dataclass(frozen=True)
class Heading:
    """Where a table begins.

    Attributes:
        kind: the sheet of the contract that the table is.
        row: index of its first row.
        places: column → the indexes at which its heading stands.
        depth: how many rows it takes, rows that only number the columns included.
        labels: index → what stands there, for every column that has a heading of any kind.
    """

    kind: str
    row: int = 0
    places: dict[Column, list[int]] = field(default_factory=dict)
    depth: int = 1
    labels: dict[int, str] = field(default_factory=dict)


def headings_of(sheet: Sheet) -> list[Heading]:
    """Return the headings of all tables of a sheet, from the top.

    Raises:
        Refused: there are more than anybody writes.
    """
    if sheet.heading is None:
        sheet.heading = list(islice(_find(sheet), _MOST_HEADINGS + 1))
        if len(sheet.heading) > _MOST_HEADINGS:
            raise Refused("file_damaged")
    found: list[Heading] = sheet.heading
    return found


def spans_of(sheet: Sheet) -> list[tuple[Heading, int, int]]:
    """Return every heading with the index of the first row below it and the index behind its last row."""
    headings = headings_of(sheet)
    ends = [heading.row for heading in headings[1:]] + [len(sheet.rows)]
    return [(heading, heading.row + heading.depth, ends[number]) for number, heading in enumerate(headings)]


def _find(sheet: Sheet) -> Iterator[Heading]:
    code_at: int | None = None
    next_row = 0
    for number, row in enumerate(sheet.rows):
        if number < next_row or (code_at is not None and _is_answer(row, code_at)):
            continue
        if not _has_code_header(row if number < _WIDE_ROWS else row[:_WIDEST]):
            continue
        heading = _heading_at(sheet, number)
        if heading is not None:
            yield heading
            code_at, next_row = heading.places[Column.CODE][0], number + heading.depth


def _is_answer(row: list[Any], code_at: int) -> bool:
    """Say whether a row of a table begins with a code, so that it is no heading: most rows are."""
    value = row[code_at] if code_at < len(row) else ""
    return type(value) is str and CODE_PATTERN.fullmatch(value) is not None and CODE_HEADER not in row


def _has_code_header(cells: list[Any]) -> bool:
    for value in cells:
        if value and type(value) is str and len(value) < _LONG_FOR_A_CODE and _folded(value) == _CODE_HEADER:
            return True
    return False


def _text(value: Any) -> str:
    return _folded(value) if isinstance(value, str) and len(value) < LONGEST_HEADER else ""


def _heading_at(sheet: Sheet, number: int) -> Heading | None:
    """Return the heading that begins in a row with Mã; None where nothing of a table stands there."""
    texts = [_text(value) for value in sheet.rows[number]]
    named = _folded(sheet.name)
    kinds = sorted(_KNOWN, key=lambda kind: (-sum(text in _KNOWN[kind] for text in texts), _folded(kind) != named))
    for kind in kinds:
        heading = _deepened(sheet, kind, number, texts)
        if any(column in heading.places for column in INPUTS[kind]) or len(heading.places) >= _ENOUGH_HEADINGS:
            return heading
    return None


def _deepened(sheet: Sheet, kind: str, number: int, texts: list[str]) -> Heading:
    """Return a heading with what the rows below say of it: the lower half of merged headings, numbers of columns."""
    known = _KNOWN[kind]
    places: dict[Column, list[int]] = {}
    labels: dict[int, str] = {}
    depth = 0
    for row in sheet.rows[number : number + _MOST_ROWS]:
        below = texts if depth == 0 else [_text(value) for value in row]
        if depth and not (_is_numbering(row) or (_is_incomplete(kind, places) and _adds(known, places, below))):
            break
        for at, text in enumerate(below):
            if text:
                labels.setdefault(at, str(row[at]))
            if text in known:
                places.setdefault(known[text], []).append(at)
        depth += 1
    return Heading(kind, number, places, depth, labels)


def _is_incomplete(kind: str, places: dict[Column, list[int]]) -> bool:
    return any(column not in places for column in HEADERS[kind])


def _adds(known: dict[str, Column], places: dict[Column, list[int]], texts: list[str]) -> bool:
    """Say whether a row holds headings that were missing, and none that were there: else another table begins."""
    found = {known[text] for text in texts if text in known}
    return bool(found) and not found & places.keys()


def _is_numbering(row: list[Any]) -> bool:
    """Say whether a row only numbers the columns: (1), (2), (3) and so on."""
    texts: list[str] = []
    for value in row:
        if value != "":
            texts.append(str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip(" ()[]"))
            if not texts[-1].isdecimal():
                return False
    if len(texts) < _ENOUGH_HEADINGS:
        return False
    numbers = [int(text) for text in texts]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def headings_alone(sheet: Sheet) -> tuple[int, int] | None:
    """Return where headings of one of our tables stand that has lost its column Mã; None where there are none."""
    for number, row in enumerate(sheet.rows[:_WIDE_ROWS]):
        texts = [_text(value) for value in row]
        if len(texts) - texts.count("") < _ENOUGH_HEADINGS:
            continue
        for known in _KNOWN.values():
            found = [at for at, text in enumerate(texts) if text in known]
            if len({texts[at] for at in found}) >= _ENOUGH_HEADINGS:
                return number, found[0]
    return None
