"""The layout profile: sizes, margins and faces of official documents, read from ``resources/documents``.

**Source:** NĐ 30/2020/NĐ-CP ngày 05/3/2020, Phụ lục I. The profile is data, so that a successor of the decree is a new file.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from desktop_app.paths import bundled

POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class TextStyle:
    """How one kind of line looks.

    Attributes:
        size: points; ``min_size`` is the smallest that the decree allows when the line would not fit.
        align: left, centre, right or justify.
        case: ``upper`` shows capitals whatever was typed; ``as_typed`` otherwise.
        first_line: indent of the first line in millimetres.
        before, after: space in points.
    """

    size: float
    min_size: float
    bold: bool = False
    italic: bool = False
    align: str = "left"
    case: str = "as_typed"
    first_line: float = 0.0
    before: float = 0.0
    after: float = 0.0

    def shown(self, text: str) -> str:
        """Return the text in the case of the style."""
        return text.upper() if self.case == "upper" else text


@dataclass(frozen=True)
class PageLayout:
    """Page and margins in millimetres; the number's size in points."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    number_size: float
    number_from_top: float

    @property
    def text_width(self) -> float:
        """Width between the margins of a portrait page, in millimetres."""
        return self.width - self.left - self.right


@dataclass(frozen=True)
class HeaderLayout:
    """The head of page 1: widths in millimetres, rule lengths as shares of the line above, the rest in points."""

    left_width: float
    right_width: float
    rule_width: float
    agency_rule_share: float
    title_rule_share: float
    number_gap: float
    abstract_gap: float


@dataclass(frozen=True)
class SignatureLayout:
    """The foot of the body, in millimetres."""

    recipients_width: float
    signer_width: float
    space: float


@dataclass(frozen=True)
class BodyLayout:
    """Paragraphs: line spacing as a factor of single spacing."""

    line_spacing: float


@dataclass(frozen=True)
class TableLayout:
    """Tables: padding in millimetres, lines and sizes in points, fill as RRGGBB."""

    padding: float
    line_width: float
    size: float
    min_size: float
    head_fill: str


@dataclass(frozen=True)
class IllustrativeLayout:
    """The mark on documents with made-up figures."""

    text: str
    size: float
    from_bottom: float


@dataclass(frozen=True)
class Profile:
    """A whole layout."""

    name: str
    source: str
    page: PageLayout
    header: HeaderLayout
    signature: SignatureLayout
    body: BodyLayout
    table: TableLayout
    illustrative: IllustrativeLayout
    styles: dict[str, TextStyle]


@cache
def load_profile(name: str = "nd30-2020") -> Profile:
    """Return a layout profile.

    Raises:
        FileNotFoundError: no such profile is bundled.
    """
    with bundled(f"resources/documents/{name}.toml").open("rb") as stream:
        data = tomllib.load(stream)
    styles = {key: TextStyle(**{"min_size": given["size"], **given}) for key, given in data["styles"].items()}
    return Profile(
        name=data["name"],
        source=data["source"],
        page=PageLayout(**data["page"]),
        header=HeaderLayout(**data["header"]),
        signature=SignatureLayout(**data["signature"]),
        body=BodyLayout(**data["body"]),
        table=TableLayout(**data["table"]),
        illustrative=IllustrativeLayout(**data["illustrative"]),
        styles=styles,
    )
