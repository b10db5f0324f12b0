"""Saves a workbook again as other spreadsheet programs are known to do, for programs that cannot run where tests run.

Each program is described by its habits: how it writes cells, which parts it adds, and what it loses. A habit that matters to
a reader is the whole of the imitation; looks (widths, colours) are passed on as they are.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    RELATIONS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "http://purl.oclc.org/ooxml/drawingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": (
        "http://purl.oclc.org/ooxml/officeDocument/extendedProperties"
    ),
}
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_META = "_meta"
_DATE_FORMATS = {14, 15, 16, 17, 22}
_ZERO = datetime(1899, 12, 30, tzinfo=UTC)
_1904 = 1462
"""Days between the two date systems."""
_ISO = {"iso": "%Y-%m-%dT%H:%M:%S.000", "iso day": "%Y-%m-%d", "iso zulu": "%Y-%m-%dT%H:%M:%SZ"}
_MEMBER = re.compile(r"xl/worksheets/sheet(\d+)\.xml")


@dataclass(frozen=True)
class Habits:
    """How a program saves a workbook that it has opened.

    Attributes:
        application: what docProps/app.xml names; "" for a program that writes no document properties.
        version: ``AppVersion`` there.
        keeps_properties: False where title and keywords of docProps/core.xml are lost.
        text: ``shared``, ``rich`` (shared, in runs with phonetic hints) or ``inline``.
        number: writes a number, from its text in the workbook as it was opened.
        references: which of rows and cells say where they stand: ``all``, ``cells`` or ``none``.
        prefix: of every element, such as ``x``.
        row_attributes: written on every row.
        dimension: False where sheets do not say how far they reach.
        strict: True for the namespaces of ISO/IEC 29500 Strict.
        days: ``serial``, ``serial1904``, ``iso``, ``iso day`` or ``iso zulu``.
        meta: ``kept``, ``hidden``, ``visible`` or ``lost``.
        lines: False where the grey lines with the identity were deleted.
        bare: True where protection, lists and names are lost.
        absolute: True for absolute targets of relationships.
        sheet_name: what a sheet is called afterwards.
        first_rows: put above every table, such as the name of the table.
        first_sheet: text cells of a sheet put before all others, by rows.
        parts: members added to the archive.
        renamed: what members are called instead.
        root: attributes added to every sheet.
        byte_order_mark: True where the XML begins with one.
    """

    application: str = "Microsoft Excel"
    version: str = "16.0300"
    keeps_properties: bool = True
    text: str = "shared"
    number: Callable[[str], str] = str
    references: str = "all"
    prefix: str = ""
    row_attributes: Mapping[str, str] = field(default_factory=dict)
    dimension: bool = True
    strict: bool = False
    days: str = "serial"
    meta: str = "kept"
    lines: bool = True
    bare: bool = False
    absolute: bool = False
    sheet_name: Callable[[str], str] = str
    first_rows: tuple[str, ...] = ()
    first_sheet: tuple[tuple[str, ...], ...] = ()
    parts: Mapping[str, bytes] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    root: Mapping[str, str] = field(default_factory=dict)
    byte_order_mark: bool = False


def saved_by(habits: Habits, opened: bytes) -> bytes:
    """Return a workbook as a program of these habits saves it."""
    return _Saving(habits, opened).saved()


def in_digits_of_excel(number: str) -> str:
    """Write a number as Excel does: seventeen significant digits where sixteen do not give it back.

    **Source:** [MS-OI29500] and the well-known 0.1 + 0.2 of Excel files: 0.4 is saved as ``0.4``, 85.55 as
    ``85.55``, sums as ``0.30000000000000004``; large numbers as ``1.2500000000000001E+16``.
    """
    return f"{float(number):.17g}".replace("e", "E")


def as_floats(number: str) -> str:
    """Write every number as Google Sheets does, with a decimal point: 121 becomes ``121.0``."""
    return repr(float(number))


class _Saving:
    """One workbook on its way through one program."""

    def __init__(self, habits: Habits, opened: bytes) -> None:
        self._habits = habits
        with zipfile.ZipFile(io.BytesIO(opened)) as archive:
            self._members = {name: archive.read(name) for name in archive.namelist()}
        self._day_styles = _day_styles(self._members["xl/styles.xml"])
        self._known = _shared_texts(self._members.pop("xl/sharedStrings.xml", None))
        self._texts: dict[str, int] = {}

    def saved(self) -> bytes:
        habits = self._habits
        book = ET.fromstring(self._members["xl/workbook.xml"])
        names = [item.get("name", "") for item in book.iter(f"{{{MAIN}}}sheet")]
        sheets: list[tuple[str, str, bytes]] = []
        if habits.first_sheet:
            sheets.append(("Export Summary", "", self._summary()))
        for number, name in enumerate(names, start=1):
            member = f"xl/worksheets/sheet{number}.xml"
            if name == _META and habits.meta == "lost":
                continue
            state = self._state(name)
            sheets.append((name if name == _META else habits.sheet_name(name), state, self._sheet(member, name)))
        members = self._parts(book, sheets)
        members.update(habits.parts)
        return _packed({habits.renamed.get(name, name): self._bytes(name, text) for name, text in members.items()})

    def _state(self, name: str) -> str:
        return {"kept": "veryHidden", "hidden": "hidden"}.get(self._habits.meta, "") if name == _META else ""

    def _sheet(self, member: str, name: str) -> bytes:
        """Write a sheet with its cells as the program writes them."""
        root = ET.fromstring(self._members[member])
        above = self._habits.first_rows if name != _META else ()
        for row in root.iter(f"{{{MAIN}}}row"):
            self._row(row, len(above))
        data = root.find(f"{{{MAIN}}}sheetData")
        assert data is not None
        if not self._habits.lines and name != _META:
            for row in [row for row in data if self._has_identity(row)]:
                data.remove(row)
        for number, text in reversed(list(enumerate(above, start=1))):
            data.insert(0, self._row_of(number, (text,)))
        lost = {"dimension"} if not self._habits.dimension or above else set()
        if self._habits.bare:
            lost |= {"sheetProtection", "dataValidations", "printOptions", "headerFooter"}
        if above:
            lost |= {"mergeCells", "dataValidations"}  # they would have to move along; nobody reads them
        for part in list(root):
            if part.tag.rpartition("}")[2] in lost:
                root.remove(part)
        root.attrib.update(self._habits.root)
        return self._text(root)

    def _has_identity(self, row: ET.Element) -> bool:
        shared = list(self._texts)
        texts = [shared[int(value.text or "")] for value in row.iterfind(f"{{{MAIN}}}c[@t='s']/{{{MAIN}}}v")]
        return any(text.startswith("SKH") for text in texts)

    def _row(self, row: ET.Element, shift: int) -> None:
        habits = self._habits
        number = int(row.get("r", "0")) + shift
        row.set("r", str(number))
        row.attrib.update(habits.row_attributes)
        for cell in row:
            letters = re.sub(r"\d", "", cell.get("r", ""))
            cell.set("r", f"{letters}{number}")
            self._cell(cell)
            if habits.references == "none":
                del cell.attrib["r"]
        if habits.references != "all":
            del row.attrib["r"]

    def _cell(self, cell: ET.Element) -> None:
        kind = cell.get("t", "n")
        value = cell.find(f"{{{MAIN}}}v")
        if kind == "inlineStr":
            self._write_text(cell, "".join(cell.itertext()))
        elif kind == "s" and value is not None:
            self._write_text(cell, self._known[int(value.text or "")])
        elif value is None or not value.text:
            cell.attrib.pop("t", None)
        elif kind == "n":
            cell.attrib.pop("t", None)
            self._write_number(cell, value)

    def _write_text(self, cell: ET.Element, text: str) -> None:
        for child in list(cell):
            cell.remove(child)
        if self._habits.text == "inline":
            cell.set("t", "inlineStr")
            inner = ET.SubElement(ET.SubElement(cell, f"{{{MAIN}}}is"), f"{{{MAIN}}}t")
            inner.text = text
            inner.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            return
        cell.set("t", "s")
        ET.SubElement(cell, f"{{{MAIN}}}v").text = str(self._texts.setdefault(text, len(self._texts)))

    def _write_number(self, cell: ET.Element, value: ET.Element) -> None:
        written = value.text or ""
        if int(cell.get("s", "0")) in self._day_styles:
            if self._habits.days == "serial1904":
                written = str(float(written) - _1904)
            elif self._habits.days in _ISO:
                cell.set("t", "d")
                value.text = (_ZERO + timedelta(days=float(written))).strftime(_ISO[self._habits.days])
                return
        value.text = self._habits.number(written)

    def _row_of(self, number: int, texts: tuple[str, ...]) -> ET.Element:
        row = ET.Element(f"{{{MAIN}}}row", {"r": str(number)})
        for index, text in enumerate(texts):
            cell = ET.SubElement(row, f"{{{MAIN}}}c", {"r": f"{chr(ord('A') + index)}{number}"})
            self._write_text(cell, text)
        return row

    def _summary(self) -> bytes:
        root = ET.Element(f"{{{MAIN}}}worksheet")
        data = ET.SubElement(root, f"{{{MAIN}}}sheetData")
        for number, texts in enumerate(self._habits.first_sheet, start=1):
            data.append(self._row_of(number, texts))
        return self._text(root)

    def _parts(self, book: ET.Element, sheets: list[tuple[str, str, bytes]]) -> dict[str, bytes]:
        """Return the members of the archive, but for those that only this program adds."""
        habits = self._habits
        members = {name: text for name, text in self._members.items() if not _MEMBER.fullmatch(name)}
        for number, (_name, _state, text) in enumerate(sheets, start=1):
            members[f"xl/worksheets/sheet{number}.xml"] = text
        if self._texts:
            members["xl/sharedStrings.xml"] = self._shared()
        members["xl/workbook.xml"] = self._book(book, sheets)
        members["xl/_rels/workbook.xml.rels"] = self._relations(len(sheets))
        members["[Content_Types].xml"] = self._types(len(sheets))
        members.pop("docProps/app.xml", None)
        if habits.application:
            members["docProps/app.xml"] = _properties(habits.application, habits.version)
        if not (habits.application and habits.keeps_properties):
            members.pop("docProps/core.xml", None)
        targets = [("officeDocument", f"{RELATIONS}/officeDocument", "xl/workbook.xml")]
        if "docProps/core.xml" in members:
            targets.append(("core", f"{_PACKAGE}/metadata/core-properties", "docProps/core.xml"))
        if "docProps/app.xml" in members:
            targets.append(("app", f"{RELATIONS}/extended-properties", "docProps/app.xml"))
        members["_rels/.rels"] = _relations([(name, kind, self._target(to, "")) for name, kind, to in targets])
        return members

    def _target(self, member: str, folder: str) -> str:
        member = self._habits.renamed.get(member, member)
        return f"/{member}" if self._habits.absolute else member.removeprefix(folder)

    def _book(self, book: ET.Element, sheets: list[tuple[str, str, bytes]]) -> bytes:
        habits = self._habits
        for part in list(book):
            tag = part.tag.rpartition("}")[2]
            if tag == "definedNames" and (habits.bare or habits.meta == "lost" or habits.first_sheet):
                book.remove(part)
            elif tag == "workbookPr" and habits.days == "serial1904":
                part.set("date1904", "1")
            elif tag == "sheets":
                part.clear()
                for number, (name, state, _text) in enumerate(sheets, start=1):
                    found = {"name": name, "sheetId": str(number), f"{{{RELATIONS}}}id": f"rId{number}"}
                    ET.SubElement(part, f"{{{MAIN}}}sheet", {**found, **({"state": state} if state else {})})
        if habits.strict:
            book.set("conformance", "strict")
        return self._text(book)

    def _relations(self, count: int) -> bytes:
        found = [(f"rId{at}", f"{RELATIONS}/worksheet", f"xl/worksheets/sheet{at}.xml") for at in range(1, count + 1)]
        found += [("rIdS", f"{RELATIONS}/styles", "xl/styles.xml"), ("rIdT", f"{RELATIONS}/theme", "xl/theme/theme1.xml")]
        if self._texts:
            found.append(("rIdX", f"{RELATIONS}/sharedStrings", "xl/sharedStrings.xml"))
        return _relations([(name, kind, self._target(member, "xl/")) for name, kind, member in found])

    def _types(self, count: int) -> bytes:
        sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        kinds = {f"xl/worksheets/sheet{at}.xml": f"{sheet}.worksheet+xml" for at in range(1, count + 1)}
        kinds |= {"xl/workbook.xml": f"{sheet}.sheet.main+xml", "xl/styles.xml": f"{sheet}.styles+xml"}
        if self._texts:
            kinds["xl/sharedStrings.xml"] = f"{sheet}.sharedStrings+xml"
        overrides = "".join(
            f'<Override PartName="/{self._habits.renamed.get(name, name)}" ContentType="{kind}"/>'
            for name, kind in kinds.items()
        )
        rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        defaults = f'{rels}<Default Extension="xml" ContentType="application/xml"/>'
        return f'{_DECLARATION}<Types xmlns="{_TYPES}">{defaults}{overrides}</Types>'.encode()

    def _shared(self) -> bytes:
        root = ET.Element(f"{{{MAIN}}}sst", {"uniqueCount": str(len(self._texts))})
        for text in self._texts:
            item = ET.SubElement(root, f"{{{MAIN}}}si")
            pieces = (text[: len(text) // 2], text[len(text) // 2 :]) if self._habits.text == "rich" else (text,)
            for piece in pieces:
                within = ET.SubElement(item, f"{{{MAIN}}}r") if self._habits.text == "rich" else item
                if within is not item:
                    ET.SubElement(ET.SubElement(within, f"{{{MAIN}}}rPr"), f"{{{MAIN}}}b")
                inner = ET.SubElement(within, f"{{{MAIN}}}t")
                inner.text = piece
                inner.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            if self._habits.text == "rich":
                hint = ET.SubElement(item, f"{{{MAIN}}}rPh", {"sb": "0", "eb": "1"})
                ET.SubElement(hint, f"{{{MAIN}}}t").text = "かな"
                ET.SubElement(item, f"{{{MAIN}}}phoneticPr", {"fontId": "1"})
        return self._text(root)

    def _text(self, root: ET.Element) -> bytes:
        ET.register_namespace(self._habits.prefix, MAIN)
        ET.register_namespace("r", RELATIONS)
        return (_DECLARATION + ET.tostring(root, encoding="unicode")).encode()

    def _bytes(self, name: str, text: bytes) -> bytes:
        if not name.endswith((".xml", ".rels")):
            return text
        if self._habits.strict:
            for loose, strict in _STRICT.items():
                text = text.replace(loose.encode(), strict.encode())
        return b"\xef\xbb\xbf" + text if self._habits.byte_order_mark else text


def _day_styles(styles: bytes) -> set[int]:
    """Return the numbers of the cell formats that show days."""
    root = ET.fromstring(styles)
    own = {int(item.get("numFmtId", "0")): item.get("formatCode", "") for item in root.iter(f"{{{MAIN}}}numFmt")}
    days = _DATE_FORMATS | {number for number, code in own.items() if "y" in code.lower()}
    formats = root.find(f"{{{MAIN}}}cellXfs")
    assert formats is not None
    return {index for index, item in enumerate(formats) if int(item.get("numFmtId", "0")) in days}


def _shared_texts(text: bytes | None) -> list[str]:
    return ["".join(item.itertext()) for item in ET.fromstring(text)] if text else []


def _relations(found: list[tuple[str, str, str]]) -> bytes:
    items = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in found)
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}">{items}</Relationships>'.encode()


def _properties(application: str, version: str) -> bytes:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    said = f"<Application>{escape(application)}</Application>"
    if version:
        said += f"<AppVersion>{version}</AppVersion>"
    return f'{_DECLARATION}<Properties xmlns="{space}">{said}</Properties>'.encode()


def _packed(members: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()
