"""Reading OpenDocument workbooks (``.ods``) that were looked at: values, errors, per cent, fonts, strikes and merged areas.

calamine gives the values alone, and an error as nothing. Here one pass over ``content.xml`` takes what a cell shows together
with what it is. Only cells that hold something are unfolded where rows and cells are repeated.
"""

from __future__ import annotations

import io
import re
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import Element

from desktop_app.exchange.books.fonts import note_fonts
from desktop_app.exchange.books.strikes import note_strikes
from desktop_app.exchange.refusal import Refused
from desktop_app.exchange.scanning.excel_sheets import MAX_COLUMN, MAX_ROW
from desktop_app.exchange.scanning.prescan import Scan
from desktop_app.exchange.workbook import UNSHOWN, Address, Run, Sheet, cell_name
from desktop_app.text.wording import says_error

_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TABLE, _TEXT = (f"{{{_NAMESPACE}{name}:1.0}}" for name in ("office", "table", "text"))
_STYLE, _NUMBER = (f"{{{_NAMESPACE}{name}:1.0}}" for name in ("style", "datastyle"))
_SVG, _FO = (f"{{{_NAMESPACE}{name}-compatible:1.0}}" for name in ("svg", "xsl-fo"))
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
_UNSHOWN_TEXT = {f"{_OFFICE}annotation", f"{_TEXT}note", f"{_TEXT}tracked-changes"}
_DURATION = re.compile(r"PT([0-9]{1,4})H([0-9]{1,2})M([0-9]{1,2})(?:[.,][0-9]*)?S")


def read_ods(found: Scan) -> list[Sheet]:
    """Return the sheets of a workbook, in its order.

    Raises:
        Refused: it is damaged, or something stands far outside any return.
    """
    from defusedxml.ElementTree import ParseError, iterparse

    styles = _Styles()
    try:
        for name in ("styles.xml", "content.xml"):
            reader = _OdsReader(styles)
            text = found.members.get(name, b"<none/>")  # a workbook without styles of its own has no such member
            for event, element in iterparse(io.BytesIO(text), events=("start", "end")):
                reader.take(event, element)
    except (ParseError, ValueError, KeyError, IndexError, OverflowError) as error:
        raise Refused("file_damaged") from error
    return reader.sheets


class _Styles:
    """What the styles of a workbook say about fonts and formats."""

    def __init__(self) -> None:
        self._faces: dict[str, str] = {}
        self._fonts: dict[tuple[str, str], str] = {}
        self._formats: dict[tuple[str, str], str] = {}
        self._lines: dict[tuple[str, str], str] = {}
        self._parents: dict[tuple[str, str], str] = {}
        self._shapes: dict[str, str] = {}

    def take(self, element: Element) -> None:
        """Remember a style that was read to its end."""
        name = element.get(f"{_STYLE}name", "")
        if element.tag == f"{_STYLE}font-face":
            self._faces[name] = element.get(f"{_SVG}font-family", name).strip("'\"")
        elif element.tag in {f"{_STYLE}style", f"{_STYLE}default-style"}:
            self._take_style(element, name)
        elif element.tag == f"{_NUMBER}percentage-style":
            self._shapes[name] = "0%"
        elif element.tag == f"{_NUMBER}number-style":
            number = element.find(f"{_NUMBER}number")
            places = number.get(f"{_NUMBER}decimal-places") if number is not None else None
            self._shapes[name] = "" if places is None else "0." + "0" * min(int(places), 9) if int(places) else "0"

    def _take_style(self, element: Element, name: str) -> None:
        key = (element.get(f"{_STYLE}family", ""), name)
        properties = element.find(f"{_STYLE}text-properties")
        if properties is not None:
            face = properties.get(f"{_STYLE}font-name")
            font = self._faces.get(face, face) if face else properties.get(f"{_FO}font-family", "").strip("'\"")
            if font:
                self._fonts[key] = font
            line = properties.get(f"{_STYLE}text-line-through-style") or properties.get(f"{_STYLE}text-line-through-type")
            if line:
                self._lines[key] = line
        for attribute, known in (("data-style-name", self._formats), ("parent-style-name", self._parents)):
            if element.get(f"{_STYLE}{attribute}"):
                known[key] = element.get(f"{_STYLE}{attribute}", "")

    def font(self, family: str, name: str) -> str:
        """Return the font of a style or of what it is derived from; "" where none is named."""
        return self._found(self._fonts, family, name)

    @property
    def cross_out(self) -> bool:
        """True where one of them says something of strikes."""
        return bool(self._lines)

    def strikes(self, family: str, name: str) -> bool | None:
        """Say whether a style crosses out; None where it says nothing of it."""
        line = self._found(self._lines, family, name)
        return None if not line else line != "none"

    def number_format(self, name: str) -> str:
        """Return the number format of a style of cells as far as it matters: "0%", "0", "0.00"; "" for the general one."""
        return self._shapes.get(self._found(self._formats, "table-cell", name), "")

    def _found(self, known: dict[tuple[str, str], str], family: str, name: str) -> str:
        seen = set()
        while name and name not in seen:
            seen.add(name)
            if (family, name) in known:
                return known[family, name]
            name = self._parents.get((family, name), "")
        return known.get((family, ""), "")


class _OdsReader:
    """Takes the elements of a member as they are read."""

    def __init__(self, styles: _Styles) -> None:
        self.sheets: list[Sheet] = []
        self._styles = styles
        self._columns: list[tuple[int, str]] = []
        self._row: list[Any] = []
        self._row_style = ""
        self._row_number = 0
        self._column = 0

    def take(self, event: str, element: Element) -> None:
        """Take the beginning or the end of an element."""
        if event == "start":
            self._begin(element)
        elif element.tag in _CELLS:
            self._take_cell(element)
            element.clear()
        elif element.tag == f"{_TABLE}table-row":
            self._end_row(_repeats(element, "rows"))
            element.clear()
        elif element.tag == f"{_TABLE}table-column":
            style = element.get(f"{_TABLE}default-cell-style-name", "")
            self._columns.append((_repeats(element, "columns"), style))
        elif element.tag == f"{_TABLE}table":
            self._end_sheet()
        elif element.tag.startswith((_STYLE, _NUMBER)):
            self._styles.take(element)

    def _begin(self, element: Element) -> None:
        if element.tag == f"{_TABLE}table":
            self.sheets.append(Sheet(element.get(f"{_TABLE}name", ""), []))
            self._columns, self._row_number = [], 0
        elif element.tag == f"{_TABLE}table-row":
            self._row, self._column = [], 0
            self._row_style = element.get(f"{_TABLE}default-cell-style-name", "")

    def _take_cell(self, element: Element) -> None:
        repeats = _repeats(element, "columns")
        address = (self._row_number, self._column)
        self._column += repeats
        if element.tag != f"{_TABLE}table-cell":
            return  # what a merged area hides is not shown to anybody
        value = self._value(element, address)
        if value != "":
            self._note_strikes(element, address)
        rows, columns = (int(element.get(f"{_TABLE}number-{axis}-spanned", "1")) for axis in ("rows", "columns"))
        if rows * columns > 1:
            self.sheets[-1].merges.append((*address, address[0] + rows - 1, address[1] + columns - 1))
        sheet = self.sheets[-1]
        if value == "" and address not in sheet.errors and address not in sheet.uncalculated:
            return
        if address[0] >= MAX_ROW or self._column > MAX_COLUMN:
            raise Refused("workbook_cell_too_far", cell=cell_name((address[0], self._column - 1)))
        self._row.extend([""] * (address[1] - len(self._row)))
        self._row.extend([value] * repeats)
        for column in range(address[1] + 1, self._column):
            _repeat(sheet, address, (address[0], column))

    def _end_row(self, repeats: int) -> None:
        sheet = self.sheets[-1]
        if self._row:
            if self._row_number + repeats > MAX_ROW:
                raise Refused("workbook_cell_too_far", cell=cell_name((self._row_number + repeats - 1, 0)))
            sheet.rows.extend([] for _ in range(self._row_number - len(sheet.rows)))
            for number in range(repeats):
                sheet.rows.append(list(self._row))
                for column in range(len(self._row) if number else 0):
                    _repeat(sheet, (self._row_number, column), (self._row_number + number, column))
        self._row_number += repeats

    def _end_sheet(self) -> None:
        rows = self.sheets[-1].rows
        width = max(map(len, rows), default=0)
        for row in rows:
            row.extend([""] * (width - len(row)))

    def _value(self, element: Element, address: Address) -> Any:
        """Return what a cell holds, and note what else matters of it."""
        kind = element.get(f"{_OFFICE}value-type", "")
        shown = _shown(element)
        is_formula = element.get(f"{_TABLE}formula") is not None
        sheet = self.sheets[-1]
        if element.get(f"{_CALC}value-type") == "error" or (is_formula and says_error(shown.strip())):
            sheet.errors[address] = shown.strip() or "#?"
            return ""
        if is_formula and not _is_calculated(element, kind, shown):
            sheet.uncalculated.add(address)
            return ""
        if kind in {"float", "percentage", "currency"}:
            number = self._number(element, address, is_percent=kind == "percentage")
            return bool(number) if shown.strip().upper() in {"TRUE", "FALSE"} else number  # a formula's yes or no
        if kind == "boolean":
            return element.get(f"{_OFFICE}boolean-value") == "true"
        if kind in {"date", "time"}:
            return self._moment(element, address, kind)
        text = element.get(f"{_OFFICE}string-value", shown) if kind == "string" and not shown else shown
        if text:
            own = self._styles.font("table-cell", self._style_of(element, address))
            note_fonts(sheet, address, own, self._runs(element, own))
        return text

    def _style_of(self, element: Element, address: Address) -> str:
        """Return the style of a cell: its own, else that of its row, else that of its column."""
        named = element.get(f"{_TABLE}style-name") or self._row_style
        if named:
            return named
        first = 0
        for count, style in self._columns:
            first += count
            if address[1] < first:
                return style
        return ""

    def _number(self, element: Element, address: Address, *, is_percent: bool) -> float:
        """Return a number, and keep its format where its meaning depends on it."""
        number = float(element.get(f"{_OFFICE}value", ""))
        shape = self._styles.number_format(self._style_of(element, address))
        if is_percent or "%" in shape:
            self.sheets[-1].formats[address] = "0%"
        elif 0 < number <= 1:
            self.sheets[-1].formats[address] = shape
        return number

    def _moment(self, element: Element, address: Address, kind: str) -> date | datetime | time | str:
        found = element.get(f"{_OFFICE}{kind}-value", "")
        try:
            if kind == "date":
                moment = datetime.fromisoformat(found)
                return moment if moment.time() != time() else moment.date()
            parts = _DURATION.fullmatch(found)
            return time(int(parts[1]), int(parts[2]), int(parts[3])) if parts else found
        except ValueError:
            self.sheets[-1].errors[address] = UNSHOWN
            return ""

    def _note_strikes(self, element: Element, address: Address) -> None:
        """Keep what is crossed out of a cell."""
        if not self._styles.cross_out:
            return
        own = bool(self._styles.strikes("table-cell", self._style_of(element, address)))
        pieces: list[tuple[str, bool]] = []
        for number, paragraph in enumerate(_paragraphs(element)):
            if number:
                pieces.append(("\n", own))
            self._add_pieces(pieces, paragraph, is_struck=own)
        if any(is_struck for _piece, is_struck in pieces):
            note_strikes(self.sheets[-1], address, pieces)

    def _add_pieces(self, pieces: list[tuple[str, bool]], element: Element, *, is_struck: bool) -> None:
        pieces.append((element.text or "", is_struck))
        for part in element:
            if part.tag not in _UNSHOWN_TEXT:
                is_span = part.tag == f"{_TEXT}span"
                own = self._styles.strikes("text", part.get(f"{_TEXT}style-name", "")) if is_span else None
                pieces.append((_sign(part), is_struck))
                self._add_pieces(pieces, part, is_struck=is_struck if own is None else own)
            pieces.append((part.tail or "", is_struck))

    def _runs(self, element: Element, own: str) -> list[Run]:
        """Return the stretches of a text with their fonts."""
        runs: list[Run] = []
        for number, paragraph in enumerate(_paragraphs(element)):
            if number:
                runs.append(("\n", own))
            self._add_runs(runs, paragraph, own)
        return _joined(runs)

    def _add_runs(self, runs: list[Run], element: Element, font: str) -> None:
        runs.append((element.text or "", font))
        for part in element:
            if part.tag not in _UNSHOWN_TEXT:
                named = self._styles.font("text", part.get(f"{_TEXT}style-name", "")) if part.tag == f"{_TEXT}span" else ""
                runs.append((_sign(part), font))
                self._add_runs(runs, part, named or font)
            runs.append((part.tail or "", font))


def _is_calculated(element: Element, kind: str, shown: str) -> bool:
    """Tell whether a formula has a result; an empty text is one where the cell says that it is a text."""
    if kind in {"float", "percentage", "currency"}:
        return bool(element.get(f"{_OFFICE}value"))
    return kind != "" or shown != ""


def _repeats(element: Element, axis: str) -> int:
    count = int(element.get(f"{_TABLE}number-{axis}-repeated", "1"))
    if count < 1:
        raise Refused("file_damaged")
    return count


def _repeat(sheet: Sheet, source: Address, target: Address) -> None:
    """Let a repeated cell be what the first one is."""
    if source in sheet.uncalculated:
        sheet.uncalculated.add(target)
    marks: tuple[dict[Address, Any], ...] = (sheet.errors, sheet.formats, sheet.fonts, sheet.runs, sheet.struck)
    for known in marks:
        if source in known:
            known[target] = known[source]


def _paragraphs(element: Element) -> list[Element]:
    return [part for part in element if part.tag in {f"{_TEXT}p", f"{_TEXT}h"}]


def _shown(element: Element) -> str:
    """Return the text that a cell shows; remarks pinned to it are none of it."""
    return "\n".join(_text_of(paragraph) for paragraph in _paragraphs(element))


def _text_of(element: Element) -> str:
    parts = [element.text or ""]
    for part in element:
        if part.tag not in _UNSHOWN_TEXT:
            parts += (_sign(part), _text_of(part))
        parts.append(part.tail or "")
    return "".join(parts)


def _sign(element: Element) -> str:
    """Return what an element stands for that is a sign by itself."""
    if element.tag == f"{_TEXT}s":
        return " " * int(element.get(f"{_TEXT}c", "1"))
    return {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}.get(element.tag, "")


def _joined(runs: list[Run]) -> list[Run]:
    """Join neighbouring stretches in one font."""
    joined: list[Run] = []
    for text, font in runs:
        if joined and joined[-1][1] == font:
            joined[-1] = (joined[-1][0] + text, font)
        elif text:
            joined.append((text, font))
    return joined
