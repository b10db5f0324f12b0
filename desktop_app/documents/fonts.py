"""Font files and text measuring.

Times New Roman is used where the system has it, because the decree names it; otherwise the bundled Liberation Serif,
which has the same widths. Word files always name Times New Roman.

**Source:** NĐ 30/2020/NĐ-CP, Phụ lục I, phần I, mục I, khoản 4 (phông chữ Times New Roman, bộ mã Unicode TCVN 6909:2001).
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from desktop_app.documents.style import POINTS_PER_MM, TextStyle
from desktop_app.paths import bundled

SINGLE_SPACING = 1.15
"""Line height of Times New Roman at single spacing, as a factor of the size."""

_SYSTEM_FILES = (
    ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"),
    ("Times_New_Roman.ttf", "Times_New_Roman_Bold.ttf", "Times_New_Roman_Italic.ttf", "Times_New_Roman_Bold_Italic.ttf"),
)
_BUNDLED_FILES = tuple(f"LiberationSerif-{face}.ttf" for face in ("Regular", "Bold", "Italic", "BoldItalic"))


@dataclass(frozen=True)
class Family:
    """Names under which the four faces are registered with reportlab."""

    regular: str
    bold: str
    italic: str
    bold_italic: str

    def face(self, *, bold: bool, italic: bool) -> str:
        """Return the name of one face."""
        if bold:
            return self.bold_italic if italic else self.bold
        return self.italic if italic else self.regular

    def of(self, style: TextStyle) -> str:
        """Return the name of the face of a text style."""
        return self.face(bold=style.bold, italic=style.italic)


def vietnamese_letters() -> frozenset[str]:
    """Return the 134 letters of Vietnamese that ASCII lacks, composed (NFC), in both cases."""
    tones = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    lower = {unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in tones} | {"đ"}
    return frozenset(letter for small in lower for letter in (small, small.upper()) if not letter.isascii())


COMBINING_MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
"""The marks of decomposed Vietnamese, which a font must carry for text that has no composed form."""


def missing_letters(path: Path) -> frozenset[str]:
    """Return the Vietnamese letters and marks that a font file lacks.

    Raises:
        TTFError: the file is not a usable TrueType font.
    """
    known = TTFont(f"probe-{path.stem}", str(path)).face.charToGlyph
    return frozenset(letter for letter in vietnamese_letters() | set(COMBINING_MARKS) if ord(letter) not in known)


def system_folders() -> tuple[Path, ...]:
    """Return the folders where a system keeps Times New Roman."""
    windows = os.environ.get("WINDIR", "C:\\Windows")
    return (
        Path(windows) / "Fonts",
        Path(os.environ.get("LOCALAPPDATA", "")) / "Microsoft" / "Windows" / "Fonts",
        Path("/usr/share/fonts/truetype/msttcorefonts"),
        Path("/System/Library/Fonts/Supplemental"),
    )


def find_times(folders: Iterable[Path]) -> tuple[Path, ...] | None:
    """Return the four files of a Times New Roman that has every Vietnamese letter, or None."""
    for folder in folders:
        for names in _SYSTEM_FILES:
            paths = tuple(folder / name for name in names)
            if all(path.is_file() for path in paths) and _complete(paths):
                return paths
    return None


def _complete(paths: tuple[Path, ...]) -> bool:
    try:
        return not any(missing_letters(path) for path in paths)
    except (TTFError, OSError):
        return False  # a damaged or locked font file: the bundled one serves


@cache
def load_family() -> Family:
    """Register the four faces with reportlab, once per process, and return their names."""
    paths = find_times(system_folders()) or tuple(bundled("resources/fonts") / name for name in _BUNDLED_FILES)
    family = Family(*(f"Serif{face}" for face in ("", "-Bold", "-Italic", "-BoldItalic")))
    names = (family.regular, family.bold, family.italic, family.bold_italic)
    for name, path in zip(names, paths, strict=True):
        pdfmetrics.registerFont(TTFont(name, str(path)))
    pdfmetrics.registerFontFamily(family.regular, normal=names[0], bold=names[1], italic=names[2], boldItalic=names[3])
    return family


def width_mm(text: str, style: TextStyle, size: float) -> float:
    """Return how wide one line is, in millimetres, at a size in points."""
    return float(pdfmetrics.stringWidth(clean(text), load_family().of(style), size)) / POINTS_PER_MM


def fit(text: str, style: TextStyle, width: float) -> tuple[float, list[str]]:
    """Return the size and lines at which a text fits a width in millimetres.

    The size goes down to the smallest that the decree allows before the text is broken into lines.
    """
    shown = style.shown(clean(text))
    size = style.size
    while size > style.min_size and width_mm(shown, style, size) > width:
        size = max(style.min_size, size - 0.5)
    if width_mm(shown, style, size) <= width:
        return size, [shown]  # as typed: the blanks for number and day stay
    return size, balanced(shown, load_family().of(style), size, width * POINTS_PER_MM)


def balanced(text: str, face: str, size: float, width: float) -> list[str]:
    """Break a text into as few lines as fit ``width`` points, all about equally long."""
    lines = wrap(text, face, size, width)
    narrower, count = lines, len(lines)
    while count > 1 and len(narrower) == count and width > size:
        lines, width = narrower, max(pdfmetrics.stringWidth(line, face, size) for line in narrower) - 1.0
        narrower = wrap(text, face, size, width)
    return lines


def wrap(text: str, face: str, size: float, width: float) -> list[str]:
    """Break a text into lines no wider than ``width`` points; a longer word is broken between letters."""
    lines: list[str] = []
    for given in text.split("\n"):
        line, used = "", 0.0
        for word in filter(None, given.split(" ")):
            for piece in _pieces(word, face, size, width):
                long = pdfmetrics.stringWidth(piece, face, size)
                gap = pdfmetrics.stringWidth(" ", face, size) if line else 0.0
                if line and used + gap + long > width + 0.01:
                    lines.append(line)
                    line, used, gap = "", 0.0, 0.0
                line, used = (f"{line} {piece}" if line else piece), used + gap + long
        lines.append(line)
    return lines


def _pieces(word: str, face: str, size: float, width: float) -> list[str]:
    if pdfmetrics.stringWidth(word, face, size) <= width + 0.01:
        return [word]
    pieces, piece = [], ""
    for letter in word:
        if piece and pdfmetrics.stringWidth(piece + letter, face, size) > width:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]


def clean(text: str) -> str:
    """Return text as documents show it: composed (NFC), tabs as spaces, without what neither font nor XML can hold."""
    composed = unicodedata.normalize("NFC", text.replace("\t", " "))
    return "".join(char for char in composed if char == "\n" or not _is_unprintable(char))


def _is_unprintable(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs", "Co"} or char in "\ufffe\uffff"
