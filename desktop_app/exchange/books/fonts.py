"""The fonts from before Unicode that the texts of a workbook are set in: one per cell, or one per stretch of a text.

Only a workbook that names such a font pays for the look; what a cell says in such a font is for ``old_texts``.
"""

from __future__ import annotations

import re
from html import unescape

from desktop_app.exchange.books.sheet_xml import RawCell, attribute, cell_style_numbers, cells_of
from desktop_app.exchange.workbook import Address, Run, Sheet
from desktop_app.text.legacy import font_encoding

_FONTS = re.compile(rb"<(?:[\w.-]+:)?fonts[\s>].*?</(?:[\w.-]+:)?fonts\s*>", re.DOTALL)
_FONT = re.compile(rb"<(?:[\w.-]+:)?font(?:\s*/>|(?:\s[^<>]*)?>(.*?)</(?:[\w.-]+:)?font\s*>)", re.DOTALL)
_FONT_NAME = re.compile(rb"<(?:[\w.-]+:)?(?:name|rFont)(\s[^<>]*)>")
_STRING = re.compile(rb"<(?:[\w.-]+:)?si(?:\s*/>|(?:\s[^<>]*)?>(.*?)</(?:[\w.-]+:)?si\s*>)", re.DOTALL)
_STRETCH = re.compile(rb"<(?:[\w.-]+:)?r(?:\s[^<>]*)?>(.*?)</(?:[\w.-]+:)?r\s*>", re.DOTALL)
_TEXT = re.compile(rb"<(?:[\w.-]+:)?t(?:\s[^<>]*)?>([^<]*)<")
_CELL_END = re.compile(rb"</(?:[\w.-]+:)?c\s*>")
_VALUE = re.compile(rb"<(?:[\w.-]+:)?v(?:\s[^<>]*)?>\s*([0-9]{1,9})\s*<")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
Stretch = tuple[str, bytes]
"""A stretch of a text, and its XML, which says how it looks."""


def add_fonts(sheets: list[Sheet], texts: dict[str, bytes], styles: bytes, strings: bytes) -> None:
    """Put the legacy fonts of the texts of an Excel workbook on its sheets.

    Args:
        sheets: as they were read; their ``fonts`` and ``runs`` are filled.
        texts: name of a sheet → its XML.
        styles: ``xl/styles.xml``; empty where there is none.
        strings: ``xl/sharedStrings.xml``; empty where there is none.
    """
    of_style = _fonts_of_styles(styles)
    shared = shared_stretches(strings)
    for sheet in sheets:
        text = texts.get(sheet.name, b"")
        for cell in cells_of(text):
            own = cell.style(of_style)
            runs = stretches_of(cell, text, shared)
            if (runs or (own and cell.kind in {b"s", b"str", b"inlineStr"})) and is_whole(sheet, cell.address, runs):
                note_fonts(sheet, cell.address, own, [(piece, _font_name(look) or own) for piece, look in runs])


def note_fonts(sheet: Sheet, address: Address, own: str, runs: list[Run]) -> None:
    """Keep the fonts of a text where one of them is a legacy font: one font for the whole cell, or its stretches.

    Args:
        sheet: where they are kept.
        address: of the cell.
        own: the font of the cell.
        runs: the stretches of its text; none where the whole text is in the cell's font.
    """
    filled = [run for run in runs if run[0]]
    names = {font for _text, font in filled} or {own}
    if not any(font_encoding(name) for name in names):
        return
    if len(names) == 1:
        sheet.fonts[address] = names.pop()
    else:
        sheet.runs[address] = filled


def _fonts_of_styles(styles: bytes) -> list[str]:
    """Return the name of the font of each style of cells, in the order in which cells name them."""
    return [_font_name(look) for look in looks_of_styles(styles)]


def looks_of_styles(styles: bytes) -> list[bytes]:
    """Return the XML of the font of each style of cells, in the order in which cells name them; empty where it has none."""
    part = _FONTS.search(styles)
    looks = [found.group(1) or b"" for found in _FONT.finditer(part.group())] if part else []
    return [looks[number] if 0 <= number < len(looks) else b"" for number in cell_style_numbers(styles, b"fontId")]


def _font_name(properties: bytes) -> str:
    found = _FONT_NAME.search(properties)
    return _decoded(attribute(found.group(1), b"val")) if found else ""


def shared_stretches(strings: bytes) -> list[list[Stretch]]:
    """Return the stretches of every shared string, in the order in which cells name them; none of a plain text."""
    return [_stretches(found.group(1) or b"") for found in _STRING.finditer(strings)]


def stretches_of(cell: RawCell, sheet: bytes, shared: list[list[Stretch]]) -> list[Stretch]:
    """Return the stretches of a cell's text; none where it is of one piece or no text."""
    if cell.kind not in {b"s", b"inlineStr"}:
        return []
    end = _CELL_END.search(sheet, cell.end)
    body = sheet[cell.end : end.start() if end else len(sheet)]
    if cell.kind == b"inlineStr":
        return _stretches(body)
    number = _VALUE.search(body)
    return shared[int(number.group(1))] if number and int(number.group(1)) < len(shared) else []


def _stretches(text: bytes) -> list[Stretch]:
    """Return the stretches of a rich text with what stands in them; one that names no font has the font of the cell."""
    runs = []
    for found in _STRETCH.finditer(text):
        piece = _TEXT.search(found.group(1))
        if piece:
            runs.append((_decoded(piece.group(1)), found.group(1)))
    return runs


def _decoded(text: bytes) -> str:
    shown = unescape(text.decode("utf-8", "replace"))
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), shown) if "_x" in shown else shown


def is_whole(sheet: Sheet, address: Address, runs: list[Stretch]) -> bool:
    """Tell whether stretches are the text that was read; other texts have no fonts that anybody could trust."""
    row = sheet.rows[address[0]] if address[0] < len(sheet.rows) else []
    value = row[address[1]] if address[1] < len(row) else ""
    return isinstance(value, str) and (not runs or "".join(piece for piece, _look in runs) == value)
