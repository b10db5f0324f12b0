"""What is crossed out in Excel workbooks: a whole cell, or a stretch of its text, as people correct figures on paper.

The text that a parser reads does not show it: 1700, crossed out, and 1800 beside it read as 17001800.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop_app.exchange.books.fonts import is_whole, looks_of_styles, shared_stretches, stretches_of
from desktop_app.exchange.books.sheet_xml import cells_of
from desktop_app.exchange.workbook import Address, Sheet

_STRIKE = re.compile(rb"<(?:[\w.-]+:)?strike(?:\s+val\s*=\s*[\"'](?:1|true|on)[\"'])?\s*/?>")
_LOOK = re.compile(rb"<(?:[\w.-]+:)?rPr[\s/>]")


def names_strikes(members: Iterable[bytes]) -> bool:
    """Tell whether the styles, the shared strings or the sheets of an Excel workbook cross anything out."""
    return any(b"strike" in text and _STRIKE.search(text) for text in members)


def add_strikes(sheets: list[Sheet], texts: dict[str, bytes], styles: bytes, strings: bytes) -> None:
    """Put what is crossed out on the sheets of an Excel workbook.

    Args:
        sheets: as they were read; their ``struck`` is filled.
        texts: name of a sheet → its XML.
        styles: ``xl/styles.xml``; empty where there is none.
        strings: ``xl/sharedStrings.xml``; empty where there is none.
    """
    of_style = ["struck" if _STRIKE.search(look) else "" for look in looks_of_styles(styles)]
    shared = shared_stretches(strings)
    for sheet in sheets:
        text = texts.get(sheet.name, b"")
        for cell in cells_of(text):
            own = bool(cell.style(of_style))
            stretches = stretches_of(cell, text, shared)
            pieces = [(piece, bool(_STRIKE.search(look)) if _LOOK.search(look) else own) for piece, look in stretches]
            if any(is_struck for _piece, is_struck in pieces) or (own and not pieces):
                whole = is_whole(sheet, cell.address, stretches)
                note_strikes(sheet, cell.address, pieces if whole else [])


def note_strikes(sheet: Sheet, address: Address, pieces: list[tuple[str, bool]]) -> None:
    """Keep what is left of a cell of which something is crossed out.

    Args:
        sheet: where it is kept.
        address: of the cell.
        pieces: the stretches of its text, and whether each is crossed out; none where all of it is.
    """
    if pieces and not any(is_struck and piece.strip() for piece, is_struck in pieces):
        return  # a space that is crossed out changes nothing
    sheet.struck[address] = "".join(piece for piece, is_struck in pieces if not is_struck).strip()
