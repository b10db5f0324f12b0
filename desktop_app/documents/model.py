"""Official documents as frozen data, neutral between PDF and Word.

Builders (``plan``, ``report``) make a :class:`Document`; renderers (``pdf``, ``docx``) only lay it out. Every number,
heading label and sentence is already text here, so that both renderers say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

NATION = "Cộng hòa xã hội chủ nghĩa Việt Nam"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS_TITLE = "Nơi nhận:"
END_MARK = "./."
"""Closes the body and every appendix. Source: NĐ 30/2020/NĐ-CP, Phụ lục III, mẫu 1.4."""


class Align(StrEnum):
    """Horizontal alignment of a table column or cell."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Level(StrEnum):
    """Levels of a plan: phần, mục, khoản, điểm. Source: NĐ 30/2020/NĐ-CP, Phụ lục I, phần II, mục 6."""

    PART = "part"
    SECTION = "section"
    CLAUSE = "clause"
    POINT = "point"


class RowKind(StrEnum):
    """What a table row is, which decides its face."""

    PLAIN = "plain"
    GROUP = "group"
    TOTAL = "total"


class Tone(StrEnum):
    """A word that a reader must find at a glance; shown by face, never by colour alone."""

    NORMAL = "normal"
    STRONG = "strong"


@dataclass(frozen=True)
class Run:
    """A stretch of text in one face."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body; ``style`` names a style of the layout profile."""

    runs: tuple[Run, ...]
    style: str = "body"

    @property
    def text(self) -> str:
        """The plain text."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Heading:
    """A numbered heading.

    Attributes:
        label: ``Phần I``, ``II.``, ``1.``, ``a)``; "" for an unnumbered one.
        text: the title without its label, as typed; capitals are the style's business.
    """

    level: Level
    label: str
    text: str


@dataclass(frozen=True)
class Column:
    """A table column.

    Attributes:
        title: head of the column.
        width: share of the table's width; shares are relative to their sum.
        group: head that spans this and its neighbours of the same group; "" for none.
    """

    title: str
    width: float
    align: Align = Align.LEFT
    group: str = ""


@dataclass(frozen=True)
class Cell:
    """One table cell; ``span`` counts the columns it covers."""

    text: str
    tone: Tone = Tone.NORMAL
    span: int = 1
    align: Align | None = None


@dataclass(frozen=True)
class Row:
    """One table row; the spans of its cells add up to the number of columns."""

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.PLAIN


@dataclass(frozen=True)
class Table:
    """A table with a repeated head.

    Attributes:
        note: right-aligned above the table, usually ``Đơn vị tính: Triệu đồng``.
        remark: below the table.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""
    note: str = ""
    remark: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if sum(cell.span for cell in row.cells) != len(self.columns):
                raise ValueError(f"row of {sum(cell.span for cell in row.cells)} cells in {len(self.columns)} columns")


Block = Heading | Paragraph | Table


@dataclass(frozen=True)
class Letterhead:
    """The head of page 1.

    Attributes:
        parent_agency: cơ quan chủ quản; "" where there is none.
        agency: cơ quan ban hành, one entry per line.
        number: ``Số:      /KH-UBND``; the number stays blank in a draft and in electronic documents.
        place_day: ``Thanh Hóa, ngày 05 tháng 01 năm 2026``.
    """

    agency: tuple[str, ...]
    number: str
    place_day: str
    parent_agency: str = ""


@dataclass(frozen=True)
class Signature:
    """Who signs.

    Attributes:
        authority: lines such as ``TM. ỦY BAN NHÂN DÂN``, ``CHỦ TỊCH``.
        name: "" while it is not known.
    """

    authority: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True)
class Appendix:
    """A phụ lục: its own page numbering, no letterhead and no signature of its own.

    Source: NĐ 30/2020/NĐ-CP, Phụ lục I, phần III.

    Attributes:
        label: ``Phụ lục I`` where there are at least two, ``Phụ lục`` otherwise.
        reference: ``(Kèm theo Kế hoạch số …)``.
    """

    label: str
    title: str
    reference: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True)
class Document:
    """A whole document.

    Attributes:
        kind: tên loại, such as ``KẾ HOẠCH``.
        abstract: trích yếu.
        addressees: Kính gửi; empty for documents that address nobody.
        basis: căn cứ, without their closing marks.
        recipients: Nơi nhận, without leading dash and closing mark.
        illustrative: made-up figures of a sample; every page says so.
        author: who issues it, for the properties of the file.
    """

    kind: str
    abstract: str
    letterhead: Letterhead
    body: tuple[Block, ...]
    signature: Signature
    recipients: tuple[str, ...]
    basis: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    illustrative: bool = False
    author: str = ""
    keywords: tuple[str, ...] = field(default=())


def paragraph(text: str, style: str = "body") -> Paragraph:
    """Return a paragraph in one face."""
    return Paragraph((Run(text),), style)


def closed(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks with the end mark after the last of them.

    The mark follows the last word of a paragraph; after a table it stands on a line of its own.
    """
    if not blocks:
        return blocks
    last = blocks[-1]
    if isinstance(last, Paragraph) and last.runs:
        final = last.runs[-1]
        text = final.text.rstrip().removesuffix(".") + END_MARK
        return (*blocks[:-1], replace(last, runs=(*last.runs[:-1], replace(final, text=text))))
    return (*blocks, Paragraph((Run(END_MARK),), "end_mark"))


def basis_lines(basis: tuple[str, ...]) -> tuple[str, ...]:
    """Return the căn cứ with their closing marks: ";" after each, "." after the last."""
    return tuple(text.rstrip(" ;.") + ("." if index == len(basis) - 1 else ";") for index, text in enumerate(basis))


def addressee_lines(addressees: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the lines of "Kính gửi" with their styles: one agency on one line, several below each other."""
    if len(addressees) == 1:
        return ((f"Kính gửi: {addressees[0].rstrip(' .;')}.", "addressee"),)
    ends = [";"] * (len(addressees) - 1) + ["."]
    items = tuple((f"- {text.rstrip(' .;')}{end}", "addressee_item") for text, end in zip(addressees, ends, strict=False))
    return (("Kính gửi:", "addressee"), *items) if items else ()


def recipient_lines(recipients: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines below "Nơi nhận:": "- …;" and "- Lưu: …." last."""
    return tuple(
        "- " + text.rstrip(" ;.") + ("." if index == len(recipients) - 1 else ";") for index, text in enumerate(recipients)
    )


def as_text(document: Document) -> str:
    """Return the document as plain text, for comparison in tests and for finding words."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    head = document.letterhead
    yield from ([head.parent_agency] if head.parent_agency else [])
    yield from head.agency
    yield head.number
    yield head.place_day
    yield f"# {document.kind}"
    yield f"# {document.abstract}"
    yield from (text for text, _style in addressee_lines(document.addressees))
    yield from basis_lines(document.basis)
    for block in document.body:
        yield from _block_lines(block)
    yield "=== " + " / ".join(document.signature.authority)
    yield document.signature.name
    yield from recipient_lines(document.recipients)
    for appendix in document.appendices:
        yield f"=== {appendix.label}{' (ngang)' if appendix.landscape else ''}"
        yield f"# {appendix.title}"
        yield appendix.reference
        for block in appendix.blocks:
            yield from _block_lines(block)


def _block_lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"[{block.level}] {block.label} {block.text}".rstrip()
    elif isinstance(block, Paragraph):
        yield block.text
    else:
        yield from (text for text in (block.title, block.note) if text)
        yield "| " + " | ".join(
            f"{column.group}: {column.title}" if column.group else column.title for column in block.columns
        )
        for row in block.rows:
            mark = "" if row.kind is RowKind.PLAIN else f" [{row.kind}]"
            yield "| " + " | ".join(cell.text for cell in row.cells) + mark
        yield from ([block.remark] if block.remark else [])
