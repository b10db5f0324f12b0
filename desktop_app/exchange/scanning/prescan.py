"""The look at a file before any parser may open it: what it is, and whether it can do harm.

A crafted file of a few kilobytes makes a parser reserve gigabytes or abort. Everything here reads bytes with bounds of its
own and trusts no number that the file declares; a parser is then given a file made anew of the parts that were looked at, so
that it cannot see anything else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from desktop_app.exchange.refusal import Refused
from desktop_app.exchange.scanning.excel_97 import OLE, checked_records, workbook_stream
from desktop_app.exchange.scanning.excel_sheets import MAX_SHEETS, SheetScan, check_cells, scan_sheet
from desktop_app.exchange.scanning.excel_strings import check_strings
from desktop_app.exchange.scanning.file_kinds import kind_of_bytes
from desktop_app.exchange.scanning.font_names import names_old_fonts
from desktop_app.exchange.scanning.opendocument import check_content
from desktop_app.exchange.scanning.packages import Entry, Package, packed_plainly
from desktop_app.exchange.scanning.plain_xml import plain_xml
from desktop_app.exchange.workbook import Address

MAX_ENTRIES = 600
"""Members of the archive; a workbook of ours has thirteen."""
MAX_TOTAL_BYTES = 80_000_000
"""All members together, pictures included, as declared."""
_LIMITS = {
    "xl/workbook.xml": 4_000_000,
    "xl/_rels/workbook.xml.rels": 1_000_000,
    "xl/sharedstrings.xml": 16_000_000,
    "xl/styles.xml": 8_000_000,
    "[content_types].xml": 1_000_000,
    "docprops/core.xml": 1_000_000,
    "content.xml": 24_000_000,
    "styles.xml": 8_000_000,
    "meta.xml": 1_000_000,
    "mimetype": 1_000,
    "meta-inf/manifest.xml": 1_000_000,
}
"""Most bytes of the members that are read, by their names in small letters."""
_SHEETS_LIMIT = 24_000_000
"""All sheets of an Excel workbook together."""
_OF_EXCEL = {
    name: name.replace("sharedstrings", "sharedStrings").replace("[c", "[C").replace("_t", "_T")
    for name in (
        "[content_types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/sharedstrings.xml",
        "xl/styles.xml",
    )
}
"""What a parser is given beside the sheets, by the names that it asks for."""
_OF_OPENDOCUMENT = {
    "mimetype": "mimetype",
    "meta-inf/manifest.xml": "META-INF/manifest.xml",
    "content.xml": "content.xml",
    "styles.xml": "styles.xml",
    "meta.xml": "meta.xml",
}
_ROOT = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
    b"</Relationships>"
)
"""Says where the workbook is, so that no file can say that it is elsewhere."""
_SHEET_MEMBER = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_SHEET_LIKE = re.compile(rb"<(?:[^<>\s/]*:)?(?:sheetData|dimension)[\s/>]")
_TAG = re.compile("<[^<>]*>")
_NAMED_SHEET = re.compile(rb"<(?:[^<>\s/]*:)?sheet\s")


@dataclass
class Scan:
    """What the look found.

    Attributes:
        kind: ``xlsx`` (also .xlsm), ``xls`` or ``ods``.
        content: the archive made anew of what was looked at; parsers get this one. Empty for ``xls``.
        members: its parts as parsers get them, by name; of ``xls`` the records, as ``Workbook``.
        uncalculated: per sheet member, cells whose formula has no value.
        errors: per sheet member, cells that hold an error.
        legacy_fonts: True where styles or stretches of texts name a legacy font.
    """

    kind: str
    content: bytes = b""
    members: dict[str, bytes] = field(default_factory=dict)
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
    if content.startswith(OLE):
        records = checked_records(workbook_stream(content))
        return Scan("xls", members={"Workbook": records})
    if not content.startswith(b"PK"):
        raise kind_of_bytes(content)
    package = Package(content, most=MAX_ENTRIES)
    if sum(entry.size for entry in package.entries) > MAX_TOTAL_BYTES:
        raise Refused("workbook_too_large", megabytes=MAX_TOTAL_BYTES // 1_000_000)
    members = _by_name(package)
    if any(entry.is_encrypted for entry in package.entries):
        raise Refused("file_encrypted")
    if "xl/workbook.xml" in members:
        return _scan_excel(package, members)
    if "mimetype" in members and "content.xml" in members:
        return _scan_opendocument(package, members)
    raise kind_of_bytes(content, members)


def properties_of(content: bytes) -> str:
    """Return the document properties of a workbook that was looked at, as one text; "" where it has none.

    Raises:
        Refused: they are damaged.
    """
    if not content.startswith(b"PK"):
        return ""
    package = Package(content, most=MAX_ENTRIES)
    members = _by_name(package)
    for name in ("docprops/core.xml", "meta.xml"):
        if name in members:
            return unescape(_TAG.sub(" ", _text(package, members, name).decode("utf-8", "replace")))
    return ""


def _by_name(package: Package) -> dict[str, Entry]:
    """Return the members by their names in small letters, as every program finds them."""
    members: dict[str, Entry] = {}
    for entry in package.entries:
        name = entry.raw_name.decode("utf-8", "replace").replace("\\", "/").lstrip("/").lower()
        if name in members and not name.endswith("/"):
            raise Refused("archive_names_twice", name=name[:80])
        members[name] = entry
    return members


def _text(package: Package, members: dict[str, Entry], name: str, limit: int | None = None) -> bytes:
    """Return a member that is plain XML in UTF-8 and declares nothing of its own."""
    most = _LIMITS.get(name, _SHEETS_LIMIT) if limit is None else limit
    text = package.read(members[name], most)
    if text is None:
        raise Refused("workbook_too_large", megabytes=max(most // 1_000_000, 1))
    return plain_xml(text)


def _scan_excel(package: Package, members: dict[str, Entry]) -> Scan:
    found = Scan("xlsx", members={"_rels/.rels": _ROOT})
    names = [name for name in members if _SHEET_MEMBER.fullmatch(name)]
    if len(names) > MAX_SHEETS:
        raise Refused("workbook_too_many_sheets", count=len(names), limit=MAX_SHEETS)
    if sum(members[name].size for name in names) > _SHEETS_LIMIT:
        raise Refused("workbook_too_large", megabytes=_SHEETS_LIMIT // 1_000_000)
    for name, asked_for in _OF_EXCEL.items():
        if name in members:
            text = found.members[asked_for] = _text(package, members, name)
            if (b"sheetData" in text or b"dimension" in text) and _SHEET_LIKE.search(text):
                raise Refused("file_damaged")  # one part that poses as two
    sheets: dict[str, SheetScan] = {}
    for name in names:
        own_name = members[name].raw_name.decode("utf-8", "replace").replace("\\", "/").lstrip("/")
        sheets[own_name] = scan_sheet(_text(package, members, name))
    named = len(_NAMED_SHEET.findall(found.members["xl/workbook.xml"]))
    if named > MAX_SHEETS:
        raise Refused("workbook_too_many_sheets", count=named, limit=MAX_SHEETS)
    check_cells(list(sheets.values()), named)
    check_strings(found.members.get("xl/sharedStrings.xml", b""), [sheet.text for sheet in sheets.values()])
    for name, sheet in sheets.items():
        found.members[name] = sheet.text
        if sheet.errors:
            found.errors[name] = sheet.errors
        if sheet.uncalculated:
            found.uncalculated[name] = sheet.uncalculated
    found.content = packed_plainly(found.members)
    styles, strings = (found.members.get(name, b"") for name in ("xl/styles.xml", "xl/sharedStrings.xml"))
    found.legacy_fonts = names_old_fonts(styles, strings, (sheet.text for sheet in sheets.values()))
    return found


def _scan_opendocument(package: Package, members: dict[str, Entry]) -> Scan:
    found = Scan("ods")
    for name, asked_for in _OF_OPENDOCUMENT.items():
        if name in members:
            found.members[asked_for] = _text(package, members, name)
    if b"encryption-data" in found.members.get("META-INF/manifest.xml", b""):
        raise Refused("file_encrypted")
    if b"spreadsheet" not in found.members["mimetype"]:
        raise Refused("file_is_other", kind="OpenDocument (.odt, .odp)")
    check_content(found.members["content.xml"])
    found.content = packed_plainly(found.members)
    return found
