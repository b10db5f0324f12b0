"""Official words of documents, read from ``resources/documents/wording.toml``, and the small forms built of them."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from desktop_app.domain.entities import LegalDocument, Unit, UnitKind
from desktop_app.paths import bundled
from desktop_app.text.dates import format_day_long, format_day_short

BLANK = "\u00a0"
"""Blanks left for what is written by hand must not collapse: no-break spaces."""


@dataclass(frozen=True)
class Wording:
    """Words by table and key.

    Attributes:
        proper_starts: first words of titles that stay capital inside a sentence.
        verbs: first words of titles that follow the issuer without "về".
    """

    tables: dict[str, dict[str, str]]
    signatures: dict[str, tuple[str, ...]]
    proper_starts: frozenset[str]
    verbs: frozenset[str]

    def of(self, table: str, key: str) -> str:
        """Return one word; the key itself where the table does not know it."""
        return self.tables[table].get(str(key), str(key))


@cache
def load_wording() -> Wording:
    """Return the official words."""
    with bundled("resources/documents/wording.toml").open("rb") as stream:
        data = tomllib.load(stream)
    proper, verbs = frozenset(data.pop("proper_starts")), frozenset(data.pop("verbs"))
    signatures = {key: tuple(lines) for key, lines in data.pop("signatures").items()}
    return Wording(tables=data, signatures=signatures, proper_starts=proper, verbs=verbs)


def lowered(title: str) -> str:
    """Return a title as it stands inside a sentence: its first letter small, unless it is part of a name."""
    first = title.split(" ", 1)[0]
    keeps = first in load_wording().proper_starts or len(first) < 2 or not first[1:].islower()
    return title if keeps else title[:1].lower() + title[1:]


def capitalised(text: str) -> str:
    """Return a text with its first letter capital and the rest as it is."""
    return text[:1].upper() + text[1:]


def cite(document: LegalDocument) -> str:
    """Return the first citation of a legal document: kind, number, day, issuer and title.

    **Source:** NĐ 30/2020/NĐ-CP, Phụ lục I, phần II, mục 6 (viện dẫn lần đầu); a law is cited by its name and day.
    """
    words = load_wording()
    kind = words.of("legal_kinds", document.kind)
    day = format_day_short(document.issued_on) if document.issued_on else (document.issued_text or "")
    on = f" {'ngày ' if day[:1].isdigit() else ''}{day}" if day else ""
    if kind in {"Luật", "Pháp lệnh"}:
        name = document.title if document.title.startswith(kind) else f"{kind} {document.title}"
        return f"{name}{on}"
    title = document.title.removeprefix(f"{kind} ")
    first = title.split(" ", 1)[0].lower()
    about = "" if first in words.verbs else "về "
    if kind == "Công văn" and first != "về":
        about = "về việc "
    return f"{kind} số {document.symbol}{on} của {document.issuer} {about}{lowered(title)}".strip()


def agency_lines(root: Unit) -> tuple[str, ...]:
    """Return the issuer's name as it stands in the letterhead: "Ủy ban nhân dân" above the place."""
    committee = "Ủy ban nhân dân"
    if root.name.startswith(f"{committee} "):
        return committee, root.name.removeprefix(f"{committee} ")
    return (committee, lowered(root.name)) if root.kind is UnitKind.PROVINCE else (root.name,)


def abbreviated(name: str) -> str:
    """Return a long name, such as that of a funding source, in the abbreviations of table heads."""
    for long, short in load_wording().tables["abbreviations"].items():
        name = name.replace(long, short)
    return name


def issuer_name(root: Unit) -> str:
    """Return the issuer's full name inside a sentence."""
    return " ".join(agency_lines(root))


def place_of(root: Unit) -> str:
    """Return the place where documents are dated: the province's own name, Hà Nội for a ministry."""
    if root.kind is UnitKind.MINISTRY:
        return "Hà Nội"
    place = agency_lines(root)[-1]
    for prefix in ("tỉnh ", "thành phố "):
        if place.lower().startswith(prefix):
            return place[len(prefix) :]
    return place


def symbol_of(root: Unit) -> str:
    """Return the issuer's part of a document number."""
    return root.symbol or root.code


def place_day(root: Unit, day: date | None, year: int) -> str:
    """Return "Thanh Hóa, ngày 05 tháng 01 năm 2026"; with day and month left blank while they are not known."""
    return f"{place_of(root)}, {format_day_long(day) if day else blank_day(year)}"


def blank_day(year: int) -> str:
    """Return a day of issue to be filled in by hand."""
    return f"ngày {BLANK * 5} tháng {BLANK * 5} năm {year}"


def scope_words(scope: Sequence[UnitKind], root: Unit) -> str:
    """Return whom a target obliges."""
    if not scope:
        return root.short_name or root.name
    words = load_wording()
    return capitalised("; ".join(words.of("scopes", kind) for kind in scope))
