"""Documents as PDF.

Fonts are embedded, text is composed (NFC), and equal documents give equal bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from html import escape

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    ActionFlowable,
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
)
from reportlab.platypus import Paragraph as TextFlow

from desktop_app.documents import fonts
from desktop_app.documents.model import (
    Appendix,
    Block,
    Document,
    Heading,
    Level,
    Paragraph,
    Run,
    Table,
    addressee_lines,
    basis_lines,
    closed,
    paragraph,
)
from desktop_app.documents.pdf_parts import LetterheadFlow, RuleFlow, SignatureFlow
from desktop_app.documents.pdf_tables import TableFlow, table_flow
from desktop_app.documents.style import POINTS_PER_MM, Profile, TextStyle, load_profile

_ALIGN = {"left": TA_LEFT, "centre": TA_CENTER, "right": TA_RIGHT, "justify": TA_JUSTIFY}
_DEPTH = {Level.PART: 0, Level.SECTION: 1, Level.CLAUSE: 2, Level.POINT: 3}
_SINGLE = {"document_kind", "abstract", "part", "part_title", "appendix", "appendix_title", "appendix_reference"}
_LINES_AFTER_HEADING = 3


def render_pdf(document: Document, profile: Profile | None = None) -> bytes:
    """Return a document as a PDF file."""
    layout = profile or load_profile()
    fonts.load_family()
    buffer = io.BytesIO()
    template = _Template(buffer, document, layout)
    template.build(list(_Story(document, layout).flowables()))
    return buffer.getvalue()


class _SectionStart(ActionFlowable):
    """Page numbers count from the page on which this stands."""

    def apply(self, doc: BaseDocTemplate) -> None:
        doc.section_first_page = doc.page


class _HeadingFlow(TextFlow):
    """A heading that also stands in the outline of the file."""

    def __init__(self, text: str, style: ParagraphStyle, title: str, depth: int) -> None:
        super().__init__(text, style)
        self.outline_title, self.outline_depth = title, depth


class _Template(BaseDocTemplate):
    """Pages with their number in the top margin and, on samples, the mark at the bottom."""

    def __init__(self, buffer: io.BytesIO, document: Document, profile: Profile) -> None:
        page = profile.page
        size = (page.width * POINTS_PER_MM, page.height * POINTS_PER_MM)
        super().__init__(
            buffer,
            pagesize=size,
            title=f"{document.kind} {document.abstract}",
            author=document.author,
            subject=document.letterhead.number,
            keywords=", ".join(document.keywords),
            creator="Sổ Kế hoạch",
            lang="vi-VN",
            displayDocTitle=1,
            invariant=1,
            pageCompression=1,
            allowSplitting=1,
        )
        self._profile, self._document = profile, document
        self.section_first_page = 1
        self._bookmarks = 0
        self._depth = -1
        landscape = (size[1], size[0])
        self.addPageTemplates([self._page_template("portrait", size), self._page_template("landscape", landscape)])

    def _page_template(self, name: str, size: tuple[float, float]) -> PageTemplate:
        page = self._profile.page
        left, bottom = page.left * POINTS_PER_MM, page.bottom * POINTS_PER_MM
        width = size[0] - left - page.right * POINTS_PER_MM
        height = size[1] - bottom - page.top * POINTS_PER_MM
        frame = Frame(left, bottom, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
        return PageTemplate(id=name, frames=[frame], pagesize=size, onPageEnd=self._draw_margins)

    def _draw_margins(self, canvas: Canvas, _doc: BaseDocTemplate) -> None:
        width, height = canvas._pagesize  # noqa: SLF001 - reportlab has no public name for the size of the page being drawn
        page, mark = self._profile.page, self._profile.illustrative
        centre = (width + (page.left - page.right) * POINTS_PER_MM) / 2
        number = self.page - self.section_first_page + 1
        if number > 1:
            canvas.setFont(fonts.load_family().regular, page.number_size)
            y = height - page.number_from_top * POINTS_PER_MM - page.number_size * 0.3
            canvas.drawCentredString(centre, y, str(number))
        if self._document.illustrative:
            canvas.setFont(fonts.load_family().italic, mark.size)
            canvas.drawCentredString(centre, mark.from_bottom * POINTS_PER_MM, mark.text)

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's name
        """Put headings into the outline, never more than one level deeper than the one before."""
        if isinstance(flowable, _HeadingFlow):
            self._bookmarks += 1
            key = f"h{self._bookmarks}"
            self._depth = min(flowable.outline_depth, self._depth + 1)
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(flowable.outline_title, key, self._depth, closed=self._depth > 0)


class _Story:
    """Turns the model into flowables."""

    def __init__(self, document: Document, profile: Profile) -> None:
        self._document, self._profile = document, profile
        page = profile.page
        self._width = page.text_width * POINTS_PER_MM
        self._height = (page.height - page.top - page.bottom) * POINTS_PER_MM

    def flowables(self) -> Iterator[Flowable]:
        """Yield the whole document in order."""
        document = self._document
        yield LetterheadFlow(document.letterhead, self._profile)
        yield self._text(paragraph(document.kind, "document_kind"))
        yield self._text(paragraph("\n".join(self._abstract_lines()), "abstract"))
        yield self._abstract_rule()
        for text, style in addressee_lines(document.addressees):
            yield self._text(paragraph(text, style))
        for line in basis_lines(document.basis):
            yield self._text(paragraph(line, "basis"))
        body = list(self._blocks(closed(document.body)))
        signature = SignatureFlow(document.signature, document.recipients, self._profile, self._width)
        gap = Spacer(1, 12)
        if body and isinstance(body[-1], TextFlow):
            yield from body[:-1]
            yield KeepTogether([body[-1], gap, signature])
        else:
            yield from body
            yield KeepTogether([gap, signature])
        for appendix in document.appendices:
            yield from self._appendix(appendix)

    def _abstract_lines(self) -> list[str]:
        style = self._profile.styles["abstract"]
        return fonts.balanced(fonts.clean(self._document.abstract), fonts.load_family().of(style), style.size, self._width)

    def _abstract_rule(self) -> Flowable:
        style = self._profile.styles["abstract"]
        lines = self._abstract_lines()
        length = fonts.width_mm(lines[-1], style, style.size) * POINTS_PER_MM * self._profile.header.title_rule_share
        header = self._profile.header
        return RuleFlow(length, header.rule_width, header.abstract_gap)

    def _appendix(self, appendix: Appendix) -> Iterator[Flowable]:
        page = self._profile.page
        width, height = (page.height, page.width) if appendix.landscape else (page.width, page.height)
        self._width = (width - page.left - page.right) * POINTS_PER_MM
        self._height = (height - page.top - page.bottom) * POINTS_PER_MM
        yield NextPageTemplate("landscape" if appendix.landscape else "portrait")
        yield PageBreak()
        yield _SectionStart()
        title = f"{appendix.label}. {appendix.title}"
        yield _HeadingFlow(self._markup((Run(appendix.label),), "appendix"), self._style("appendix"), title, 0)
        yield self._text(paragraph(appendix.title, "appendix_title"))
        yield self._text(paragraph(appendix.reference, "appendix_reference"))
        yield from self._blocks(closed(appendix.blocks))

    def _blocks(self, blocks: tuple[Block, ...]) -> Iterator[Flowable]:
        """Yield blocks; before a run of headings comes room for them and the first lines of what they head."""
        heading_open = False
        for index, block in enumerate(blocks):
            if isinstance(block, Heading):
                if not heading_open:
                    yield CondPageBreak(self._room_needed(blocks, index))
                heading_open = True
                yield from self._heading(block)
                continue
            heading_open = False
            if isinstance(block, Table):
                table = self._table(block)
                yield CondPageBreak(table.lead_height())
                yield table
                yield self._text(paragraph(block.remark, "remark")) if block.remark else Spacer(1, 6)
            else:
                yield self._text(block)

    def _room_needed(self, blocks: tuple[Block, ...], index: int) -> float:
        room: float = 0.0
        for block in blocks[index:]:
            if isinstance(block, Heading):
                for flow in self._heading(block):
                    room += flow.wrap(self._width, self._height)[1] + flow.getSpaceBefore() + flow.getSpaceAfter()
            elif isinstance(block, Table):
                return min(room + self._table(block).lead_height(), self._height * 0.9)
            else:
                lines = _LINES_AFTER_HEADING * float(self._style(block.style).leading)
                return min(room + lines, self._height * 0.9)
        return min(room, self._height * 0.9)

    def _heading(self, heading: Heading) -> Iterator[Flowable]:
        title = f"{heading.label} {heading.text}".strip()
        depth = _DEPTH[heading.level]
        if heading.level is Level.PART:
            yield _HeadingFlow(self._markup((Run(heading.label),), "part"), self._style("part"), title, depth)
            yield self._text(paragraph(heading.text, "part_title"))
            return
        name = str(heading.level)
        yield _HeadingFlow(self._markup((Run(title),), name), self._style(name), title, depth)

    def _table(self, table: Table) -> TableFlow:
        return table_flow(table, self._profile, self._width, self._height)

    def _text(self, block: Paragraph) -> TextFlow:
        return TextFlow(self._markup(block.runs, block.style), self._style(block.style))

    def _markup(self, runs: tuple[Run, ...], name: str) -> str:
        """Reportlab's mini-markup, with the user's own text escaped."""
        style = self._profile.styles[name]
        return "".join(_run_markup(run, style) for run in runs)

    def _style(self, name: str) -> ParagraphStyle:
        style, body = self._profile.styles[name], self._profile.body
        spacing = 1.0 if name in _SINGLE else body.line_spacing
        return ParagraphStyle(
            name,
            fontName=fonts.load_family().of(style),
            fontSize=style.size,
            leading=style.size * fonts.SINGLE_SPACING * spacing,
            alignment=_ALIGN[style.align],
            firstLineIndent=style.first_line * POINTS_PER_MM,
            spaceBefore=style.before,
            spaceAfter=style.after,
            allowWidows=0,
            allowOrphans=0,
            splitLongWords=1,
        )


def _run_markup(run: Run, style: TextStyle) -> str:
    text = escape(style.shown(fonts.clean(run.text)), quote=False).replace("\n", "<br/>")
    if run.bold and not style.bold:
        text = f"<b>{text}</b>"
    if run.italic and not style.italic:
        text = f"<i>{text}</i>"
    return text
