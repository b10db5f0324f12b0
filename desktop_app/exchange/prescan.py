"""The look at a file before any parser may open it: what it is, and whether it can do harm.

A crafted file of a few kilobytes makes a parser reserve gigabytes or abort. Everything here reads bytes with bounds of its
own and trusts no number that the file declares.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from html import unescape

from desktop_app.exchange.workbook import Address, column_index

MAX_ENTRIES = 600
"""Members of the archive; a workbook of ours has thirteen."""
MAX_TOTAL_BYTES = 80_000_000
"""All members together, as declared."""
MAX_RATIO = 250
"""Declared size over packed size of a member larger than a megabyte."""
MAX_SHEETS = 60
MAX_ROW = 20_000
"""Last row that may hold something."""
MAX_COLUMN = 702
"""Number of the last column that may hold something (ZZ)."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NEAR_REFERENCE = re.compile(rb'<(?:c|row) r="[A-Z]{0,2}[1-9][0-9]{0,3}"')
_USUAL_TAG = re.compile(rb"<(?:c|row)[\s/>]")
_ANY_CELL = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?(?:c|row)(?=[\s/>])([^>]*)>")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([^\"']*)[\"']")
_VALID_REFERENCE = re.compile(rb"([A-Z]{0,3})([1-9][0-9]{0,6})")
_DIMENSION = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?dimension\b[^>]*\bref\s*=\s*[\"']([^\"']*)[\"']")
_VALID_DIMENSION = re.compile(rb"[A-Z]{1,3}[1-9][0-9]{0,6}(:[A-Z]{1,3}[1-9][0-9]{0,6})?")
_FULL_CELL = re.compile(rb"<(?:[\w.-]+:)?c(\s[^>]*[^/>])>(.*?)</(?:[\w.-]+:)?c>", re.DOTALL)
_FORMULA = re.compile(rb"<f[\s/>]")
_PREFIXED_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
_ERROR = re.compile(rb"\st\s*=\s*[\"']e[\"']")
_CACHED = re.compile(rb"<(?:[\w.-]+:)?(?:v|t)(?:\s[^>]*)?>([^<]+)<")
_REPEATED_ROW = re.compile(
    rb'<table:table-row\s[^>]*number-rows-repeated="(\d{1,9})"[^>]*>(.*?)</table:table-row>', re.DOTALL
)
_SHEET_MEMBER = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


class Refused(Exception):  # noqa: N818 - a verdict on a file, not an error of the program
    """A file that is not read, with the code of the issue and what its sentence needs."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass
class Scan:
    """What the look found.

    Attributes:
        kind: ``xlsx`` (also .xlsm), ``xls`` or ``ods``.
        uncalculated: per sheet member, cells whose formula has no value.
        errors: per sheet member, cells that hold an error.
        legacy_fonts: True where the styles name a legacy font.
    """

    kind: str
    uncalculated: dict[str, set[Address]] = field(default_factory=dict)
    errors: dict[str, dict[Address, str]] = field(default_factory=dict)
    legacy_fonts: bool = False


def scan(content: bytes) -> Scan:
    """Look at the bytes of a file.

    Raises:
        Refused: it is no workbook, encrypted, damaged, or larger than any honest return.
    """
    if not content:
        raise Refused("file_empty")
    if content.startswith(_OLE):
        return _scan_ole(content)
    if not content.startswith(b"PK"):
        raise Refused("not_a_workbook")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _scan_zip(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise Refused("file_damaged") from error


def properties_of(content: bytes) -> str:
    """Return the document properties of a workbook that was looked at, as one text; "" where it has none."""
    if not content.startswith(b"PK"):
        return ""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in ("docProps/core.xml", "meta.xml"):
            if name in archive.namelist():
                return unescape(_text(archive, name).decode("utf-8", "replace"))
    return ""


def member_text(content: bytes, name: str) -> bytes:
    """Return a member of a workbook that was looked at.

    Raises:
        Refused: it is missing, or no plain XML.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        try:
            return _text(archive, name)
        except KeyError as error:
            raise Refused("file_damaged") from error


def _scan_ole(content: bytes) -> Scan:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refused("file_encrypted")
    if "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content:
        return Scan("xls")
    raise Refused("not_a_workbook")


def _scan_zip(archive: zipfile.ZipFile) -> Scan:
    members = archive.infolist()
    _check_sizes(members)
    names = {item.filename for item in members}
    if any(item.flag_bits & 1 for item in members):
        raise Refused("file_encrypted")
    if "mimetype" in names and "content.xml" in names:
        return _scan_ods(archive, names)
    if "xl/workbook.xml" not in names:
        raise Refused("not_a_workbook")
    found = Scan("xlsx")
    sheets = [item for item in members if _SHEET_MEMBER.fullmatch(item.filename)]
    if len(sheets) > MAX_SHEETS:
        raise Refused("workbook_too_many_sheets", count=len(sheets), limit=MAX_SHEETS)
    for item in sheets:
        _scan_sheet(item.filename, _text(archive, item.filename), found)
    if "xl/styles.xml" in names:
        styles = _text(archive, "xl/styles.xml").lower()
        found.legacy_fonts = b'".vn' in styles or b'"vni' in styles
    return found


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_ENTRIES:
        raise Refused("workbook_too_many_parts", count=len(members), limit=MAX_ENTRIES)
    if sum(item.file_size for item in members) > MAX_TOTAL_BYTES:
        raise Refused("workbook_too_large", megabytes=MAX_TOTAL_BYTES // 1_000_000)
    for item in members:
        if item.file_size > 1_000_000 and item.file_size > MAX_RATIO * max(item.compress_size, 1):
            raise Refused("workbook_too_large", megabytes=MAX_TOTAL_BYTES // 1_000_000)


def _text(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a member that is plain XML in UTF-8 and declares nothing of its own."""
    text = archive.read(name)
    if b"\0" in text[:256] or (b"!" in text and (b"<!DOCTYPE" in text or b"<!ENTITY" in text)):
        raise Refused("file_damaged")
    return text


def _scan_ods(archive: zipfile.ZipFile, names: set[str]) -> Scan:
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Refused("file_encrypted")
    if b"spreadsheet" not in archive.read("mimetype"):
        raise Refused("not_a_workbook")
    _check_repeats(_text(archive, "content.xml"))
    return Scan("ods")


def _check_repeats(text: bytes) -> None:
    """Refuse a sheet of an OpenDocument file that would unfold to more cells than any return has.

    Programs fill the rest of a sheet with one empty cell repeated; only repeated cells that hold something unfold.
    """
    for found in re.finditer(rb"<table:table-cell\s([^>]*?)(/?)>", text):
        repeated = re.search(rb'number-columns-repeated="(\d{1,9})"', found.group(1))
        if repeated and b"value-type" in found.group(1) and int(repeated.group(1)) > MAX_COLUMN:
            raise Refused("workbook_cell_too_far", cell="?")
    for found in _REPEATED_ROW.finditer(text):
        if int(found.group(1)) > MAX_ROW and b"value-type" in found.group(2):
            raise Refused("workbook_cell_too_far", cell="?")


def _scan_sheet(member: str, text: bytes, found: Scan) -> None:
    dimension = _DIMENSION.search(text, 0, 4096)
    if dimension and not _VALID_DIMENSION.fullmatch(dimension.group(1)):
        raise Refused("file_damaged")
    is_prefixed = _is_prefixed(text)
    _check_references(text, is_prefixed=is_prefixed)
    if is_prefixed or _FORMULA.search(text) or b't="e"' in text or b"t='e'" in text:
        _find_formulas(member, text, found)


def _is_prefixed(text: bytes) -> bool:
    """Say whether cells, rows or formulas may have names with a prefix; the quick look does not count those."""
    at = text.find(b":")
    while at >= 0:
        if text[at + 1 : at + 2] in {b"c", b"f"} or text.startswith(b"row", at + 1):
            return True
        at = text.find(b":", at + 1)
    return False


def _check_references(text: bytes, *, is_prefixed: bool) -> None:
    """Refuse references that no sheet has, and cells far outside any return; empty formatted cells do no harm."""
    if not is_prefixed and len(_NEAR_REFERENCE.findall(text)) == len(_USUAL_TAG.findall(text)):
        return
    for tag in _ANY_CELL.finditer(text):
        pair = _reference(tag.group(1))
        if pair is not None and _is_far(*pair):
            raise Refused("workbook_cell_too_far", cell=b"".join(pair).decode())


def _is_far(letters: bytes, row: bytes) -> bool:
    if len(row) < 5 and len(letters) < 3:
        return False
    return int(row) > MAX_ROW or (letters != b"" and column_index(letters.decode()) >= MAX_COLUMN)


def _reference(attributes: bytes) -> tuple[bytes, bytes] | None:
    """Return column and row of a cell that holds something; None for an empty one and for a row."""
    reference = _REFERENCE.search(attributes)
    if reference is None:
        return None
    valid = _VALID_REFERENCE.fullmatch(reference.group(1))
    if valid is None:
        raise Refused("file_damaged")
    if attributes.endswith(b"/") or not valid.group(1):
        return None
    return valid.group(1), valid.group(2)


def _find_formulas(member: str, text: bytes, found: Scan) -> None:
    for cell in _FULL_CELL.finditer(text):
        attributes, body = cell.groups()
        pair = _reference(attributes)
        if pair is None:
            continue
        address = (int(pair[1]) - 1, column_index(pair[0].decode()))
        cached = _CACHED.search(body)
        if _ERROR.search(attributes):
            shown = cached.group(1).decode("utf-8", "replace") if cached else "#?"
            found.errors.setdefault(member, {})[address] = shown
        elif _PREFIXED_FORMULA.search(body) and cached is None:
            found.uncalculated.setdefault(member, set()).add(address)
