"""The empty Word file that documents are written into."""

from __future__ import annotations

from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

FONT = "Times New Roman"
"""**Source:** NĐ 30/2020/NĐ-CP, Phụ lục I, phần I, mục I, khoản 4."""

_LEFTOVERS = ("/thumbnail", "/stylesWithEffects", "/customXml")
_PROPERTIES = "/extended-properties"
_APPLICATION = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Sổ Kế hoạch</Application></Properties>"
)


def new_file() -> Any:
    """Return an empty Word file, ready to be filled: Vietnamese, Times New Roman, present-day Word."""
    file = docx.Document()
    _prepare_defaults(file)
    _prepare_settings(file.settings.element)
    _drop_leftovers(file)
    return file


def _prepare_defaults(file: Any) -> None:
    """Vietnamese as language, and no theme fonts."""
    defaults = file.styles.element.find(qn("w:docDefaults"))
    for properties in defaults.iter(qn("w:rPr")):
        set_fonts(properties)
        for language in properties.findall(qn("w:lang")):
            properties.remove(language)
        language = OxmlElement("w:lang")
        for name, value in (("val", "vi-VN"), ("eastAsia", "vi-VN"), ("bidi", "ar-SA")):
            language.set(qn(f"w:{name}"), value)
        properties.append(language)


def _prepare_settings(settings: Any) -> None:
    """Write the settings of present-day Word, in Vietnamese habits."""
    compatibility = settings.find(qn("w:compat"))
    for item in list(compatibility):
        if item.tag == qn("w:useFELayout"):
            compatibility.remove(item)  # East Asian line layout
        elif item.get(qn("w:name")) == "compatibilityMode":
            item.set(qn("w:val"), "15")
    values = (
        ("zoom", "percent", "100"),
        ("themeFontLang", "val", "vi-VN"),
        ("decimalSymbol", "val", ","),
        ("listSeparator", "val", ";"),
    )
    for name, attribute, value in values:
        settings.find(qn(f"w:{name}")).set(qn(f"w:{attribute}"), value)


def _drop_leftovers(file: Any) -> None:
    """Leave out what python-docx's template brings along: a picture of another document, a hundred table styles."""
    styles = file.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:default")) != "1":
            styles.remove(style)
    for relations in (file.part.package.rels, file.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(_LEFTOVERS)]:
            del relations[key]
    told = next(
        relation.target_part for relation in file.part.package.rels.values() if relation.reltype.endswith(_PROPERTIES)
    )
    told._blob = _APPLICATION.encode()  # noqa: SLF001 - python-docx has no public extended properties


def set_fonts(properties: Any) -> None:
    """Name one font for every script, and drop the theme's."""
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    named = OxmlElement("w:rFonts")
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        named.set(qn(f"w:{script}"), FONT)
    properties.insert(0, named)
