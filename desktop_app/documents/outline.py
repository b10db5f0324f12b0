"""Outlines: the tree of places of a document, filled with narratives and generated blocks, pruned and numbered.

An outline is a file of ``resources/documents``. A place that stays empty is left out and what follows is renumbered; no
placeholder text is ever printed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from desktop_app.documents.model import Block, Heading, Level, paragraph
from desktop_app.documents.numbering import point_letter, roman
from desktop_app.documents.wording import load_wording
from desktop_app.domain.entities import Unit
from desktop_app.paths import bundled

_ITEM_SIGNS = ("- ", "– ", "+ ", "• ")
_LEVELS = (Level.PART, Level.SECTION, Level.CLAUSE, Level.POINT)


@dataclass(frozen=True)
class Branch:
    """A part of a document before it is numbered.

    Attributes:
        title: "" for content that stands under no title of its own.
        content: blocks and branches in order.
    """

    title: str
    content: tuple[Block | Branch, ...]


Content = tuple[Block | Branch, ...]
Generator = Callable[[], Content]


@dataclass(frozen=True)
class Place:
    """A place of an outline.

    Attributes:
        narrative: key of the narrative text that fills it; "" for none.
        block: name of the generator that fills it after the narrative; "" for none. A generated block whose narrative is
            given still stands, except where the narrative takes its place (see :func:`filled`).
    """

    key: str
    title: str
    narrative: str = ""
    block: str = ""
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class AppendixPlace:
    """An appendix of an outline; it stands when its generator gives anything."""

    key: str
    title: str
    block: str
    landscape: bool = False


@dataclass(frozen=True)
class Recipient:
    """An entry of Nơi nhận or Kính gửi; ``root`` is the kind of root unit that it is for, "" for all."""

    text: str
    root: str = ""
    since: date | None = None
    until: date | None = None

    def is_for(self, root: Unit, day: date) -> bool:
        """Tell whether it stands in a document of an issuer and day."""
        in_time = (self.since is None or self.since <= day) and (self.until is None or day <= self.until)
        return self.root in {"", str(root.kind)} and in_time


@dataclass(frozen=True)
class Outline:
    """The outline of one kind of document."""

    kind: str
    symbol: str
    opening: str
    closing: str
    reference: str
    first_level: Level
    places: tuple[Place, ...]
    appendices: tuple[AppendixPlace, ...]
    recipients: tuple[Recipient, ...]
    addressees: tuple[Recipient, ...]

    def recipients_for(self, root: Unit, day: date) -> tuple[str, ...]:
        """Return Nơi nhận of a document of a day."""
        return tuple(entry.text for entry in self.recipients if entry.is_for(root, day))

    def addressees_for(self, root: Unit, day: date) -> tuple[str, ...]:
        """Return Kính gửi of a document of a day; empty where it addresses nobody."""
        return tuple(entry.text for entry in self.addressees if entry.is_for(root, day))


@cache
def load_outline(name: str) -> Outline:
    """Return the outline of a document: ``plan`` or ``report``."""
    with bundled(f"resources/documents/{name}.toml").open("rb") as stream:
        data = tomllib.load(stream)
    return Outline(
        kind=data["kind"],
        symbol=data["symbol"],
        opening=data["opening"],
        closing=data["closing"],
        reference=data["reference"],
        first_level=Level(data["first_level"]),
        places=tuple(_place(entry) for entry in data["place"]),
        appendices=tuple(AppendixPlace(**entry) for entry in data.get("appendix", ())),
        recipients=tuple(_recipient(entry) for entry in data.get("recipient", ())),
        addressees=tuple(_recipient(entry) for entry in data.get("addressee", ())),
    )


def _place(entry: Mapping[str, Any]) -> Place:
    below = tuple(_place(child) for child in entry.get("place", ()))
    return Place(
        key=entry["key"],
        title=entry["title"],
        narrative=entry.get("narrative", ""),
        block=entry.get("block", ""),
        places=below,
    )


def _recipient(entry: Mapping[str, Any]) -> Recipient:
    return Recipient(text=entry["text"], root=entry.get("root", ""), since=entry.get("from"), until=entry.get("until"))


def filled(places: tuple[Place, ...], narratives: Mapping[str, str], generators: Mapping[str, Generator]) -> Content:
    """Return the branches of an outline that have something to say.

    Args:
        places: of the outline.
        narratives: texts by narrative key; paragraphs are separated by blank lines.
        generators: by block name; each gives blocks and branches, or nothing.
    """
    branches = []
    for place in places:
        content: Content = narrative_blocks(narratives.get(place.narrative, "")) if place.narrative else ()
        if place.block:
            content += generators[place.block]()
        content += filled(place.places, narratives, generators)
        if content:
            branches.append(Branch(place.title, content))
    return tuple(branches)


def narrative_blocks(text: str) -> Content:
    """Return a narrative text as paragraphs: a blank line ends one, a line that starts with "-", "+" or "•" begins one."""
    pieces: list[str] = [""]
    for line in text.split("\n"):
        given = line.strip()
        if not given or given.startswith(_ITEM_SIGNS):
            pieces.append("")
        pieces[-1] = f"{pieces[-1]} {given}".strip()
    return tuple(paragraph(piece) for piece in pieces if piece)


def numbered(content: Content, level: Level) -> tuple[Block, ...]:
    """Return the blocks of branches with numbered headings, from a level downwards.

    Branches below the last level, and branches without a title, are content without a heading.
    """
    return tuple(_numbered(content, _LEVELS.index(level)))


def _numbered(content: Content, depth: int) -> Iterator[Block]:
    number = 0
    for item in content:
        if not isinstance(item, Branch):
            yield item
            continue
        if item.title and depth < len(_LEVELS):
            number += 1
            yield Heading(_LEVELS[depth], label(_LEVELS[depth], number), item.title)
        yield from _numbered(item.content, depth + 1)


def label(level: Level, number: int) -> str:
    """Return the label of the heading with this number: "Phần I", "I.", "1.", "a)"."""
    if level is Level.PART:
        return f"Phần {roman(number)}"
    if level is Level.SECTION:
        return f"{roman(number)}."
    return f"{number}." if level is Level.CLAUSE else f"{point_letter(number)})"


def appendix_labels(keys: tuple[str, ...]) -> dict[str, str]:
    """Return the label of each appendix: "Phụ lục" for a single one, Roman numerals for two or more.

    **Source:** NĐ 30/2020/NĐ-CP, Phụ lục I, phần III.
    """
    if len(keys) == 1:
        return {keys[0]: "Phụ lục"}
    return {key: f"Phụ lục {roman(index)}" for index, key in enumerate(keys, 1)}


def signature_lines(root: Unit) -> tuple[str, ...]:
    """Return who signs for the root unit of a file."""
    return load_wording().signatures.get(str(root.kind), ("Thủ trưởng đơn vị",))
