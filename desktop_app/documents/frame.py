"""What every document of an issuer has: letterhead, number, appendices with their reference, signature, recipients."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.documents.content import PlanContent
from desktop_app.documents.model import (
    Appendix,
    Block,
    Document,
    Letterhead,
    Signature,
    Table,
)
from desktop_app.documents.outline import Branch, Content, Generator, Outline, appendix_labels, signature_lines
from desktop_app.documents.style import load_profile
from desktop_app.documents.wording import BLANK, agency_lines, blank_day, issuer_name, place_day, symbol_of
from desktop_app.text.dates import format_day_long


@dataclass(frozen=True)
class Identity:
    """Number and day of a document.

    Attributes:
        number: such as ``22``; "" while it is not given. Electronic documents keep it blank.
        day: None while it is not given.
        dated_on: its year stands even in a blank date, and the agencies of that day receive it.
    """

    number: str
    day: date | None
    dated_on: date


def draft(content: PlanContent) -> Identity:
    """Return the identity of a plan that is not issued yet."""
    return Identity(number="", day=None, dated_on=content.effective_on)


def number_text(identity: Identity, outline: Outline, content: PlanContent) -> str:
    """Return ``22/KH-UBND``, or the blanks of a draft before ``/KH-UBND``."""
    return f"{identity.number or BLANK * 8}/{outline.symbol}-{symbol_of(content.root)}"


def appendices(
    outline: Outline, content: PlanContent, identity: Identity, generators: Mapping[str, Generator]
) -> tuple[Appendix, ...]:
    """Return the appendices that have anything to show, labelled in order."""
    day = (format_day_long(identity.day) if identity.day else blank_day(identity.dated_on.year)).removeprefix("ngày ")
    reference = outline.reference.format(
        kind=outline.kind, number=number_text(identity, outline, content), day=day, issuer=issuer_name(content.root)
    )
    labels = standing_labels(outline, generators)
    return tuple(
        Appendix(
            label=labels[place.key],
            title=place.title,
            reference=reference,
            blocks=blocks_of(generators[place.block](), illustrative=content.illustrative),
            landscape=place.landscape,
        )
        for place in outline.appendices
        if place.key in labels
    )


def standing_labels(outline: Outline, generators: Mapping[str, Generator]) -> dict[str, str]:
    """Return the labels of the appendices that have anything to show, by key."""
    return appendix_labels(tuple(place.key for place in outline.appendices if generators[place.block]()))


def assemble(
    outline: Outline,
    content: PlanContent,
    identity: Identity,
    *,
    abstract: str,
    basis: tuple[str, ...],
    body: tuple[Block, ...],
    attached: tuple[Appendix, ...],
) -> Document:
    """Put the parts of a document together."""
    plan, root = content.plan, content.root
    own = tuple(line for line in (plan.signer_position or "").split("\n") if line)
    return Document(
        kind=outline.kind,
        abstract=abstract,
        letterhead=Letterhead(
            agency=agency_lines(root),
            number=f"Số: {number_text(identity, outline, content)}",
            place_day=place_day(root, identity.day, identity.dated_on.year),
        ),
        basis=basis,
        body=marked(body) if content.illustrative else body,
        signature=Signature(own or signature_lines(root), plan.signer or ""),
        addressees=outline.addressees_for(root, identity.dated_on),
        recipients=outline.recipients_for(root, identity.dated_on),
        appendices=attached,
        illustrative=content.illustrative,
        author=issuer_name(root),
        keywords=(plan.code,),
    )


def blocks_of(content: Content, *, illustrative: bool) -> tuple[Block, ...]:
    """Return the blocks of an appendix, which has no headings of its own."""
    blocks = tuple(item for item in content if not isinstance(item, Branch))
    return marked(blocks) if illustrative else blocks


def marked(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks with every table saying that its figures are made up."""
    return tuple(_marked_table(block) if isinstance(block, Table) else block for block in blocks)


def _marked_table(table: Table) -> Table:
    words = load_profile().illustrative.text
    return replace(table, note=f"{words}. {table.note}" if table.note else words)
