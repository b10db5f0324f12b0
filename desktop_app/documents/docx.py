"""Documents as Word files, for leaders who edit the draft.

Styles are real, headings carry their numbers as text (what is edited stays as typed), the page number is a field in the
header, and landscape appendices are sections of their own. Equal documents give equal bytes.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from desktop_app.documents import fonts
from desktop_app.documents.docx_tables import TWIPS_PER_MM, table_xml
from desktop_app.documents.docx_template import new_file, set_fonts
from desktop_app.documents.model import (
    MOTTO,
    NATION,
    RECIPIENTS_TITLE,
    Appendix,
    Block,
    Document,
    Heading,
    Letterhead,
    Level,
    Paragraph,
    Run,
    Table,
    addressee_lines,
    basis_lines,
    closed,
    paragraph,
    recipient_lines,
)
from desktop_app.documents.style import POINTS_PER_MM, Profile, TextStyle, load_profile

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_HEADING_STYLES = {"part": "Heading 1", "section": "Heading 2", "clause": "Heading 3", "point": "Heading 4"}
_STYLE_NAMES = {
    "body": "Nội dung",
    "basis": "Căn cứ",
    "document_kind": "Tên loại",
    "abstract": "Trích yếu",
    "addressee": "Kính gửi",
    "addressee_item": "Nơi kính gửi",
    "part_title": "Tiêu đề phần",
    "appendix": "Phụ lục",
    "appendix_title": "Tiêu đề phụ lục",
    "appendix_reference": "Kèm theo",
    "table_title": "Tên bảng",
    "table_note": "Đơn vị tính",
    "remark": "Ghi chú bảng",
    "end_mark": "Dấu hết",
    "nation": "Quốc hiệu",
    "motto": "Tiêu ngữ",
    "parent_agency": "Cơ quan chủ quản",
    "agency": "Cơ quan ban hành",
    "number": "Số, ký hiệu",
    "place_day": "Địa danh, ngày",
    "authority": "Quyền hạn, chức vụ",
    "signer": "Họ tên người ký",
    "recipients_title": "Nơi nhận",
    "recipients": "Danh sách nơi nhận",
    **_HEADING_STYLES,
}
_KEEP_WITH_NEXT = {
    "part",
    "part_title",
    "section",
    "clause",
    "point",
    "appendix",
    "appendix_title",
    "table_title",
    "table_note",
}
_FIXED_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_ZIP_TIME = (2000, 1, 1, 0, 0, 0)


def render_docx(document: Document, profile: Profile | None = None) -> bytes:
    """Return a document as a Word file (.docx)."""
    writer = _Writer(document, profile or load_profile())
    writer.write()
    buffer = io.BytesIO()
    writer.file.save(buffer)
    return _with_fixed_times(buffer.getvalue())


def _with_fixed_times(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in given.namelist():
            fixed.writestr(zipfile.ZipInfo(name, _ZIP_TIME), given.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


class _Writer:
    """Fills one Word file from the model."""

    def __init__(self, document: Document, profile: Profile) -> None:
        self._document, self._profile = document, profile
        self.file = new_file()
        self._styles: dict[str, Any] = {}
        self._width_mm = profile.page.text_width

    def write(self) -> None:
        """Write everything in order."""
        document = self._document
        self._set_up()
        self._letterhead(document.letterhead)
        self._text(paragraph(document.kind, "document_kind"))
        self._abstract()
        for text, style in addressee_lines(document.addressees):
            self._text(paragraph(text, style))
        for line in basis_lines(document.basis):
            self._text(paragraph(line, "basis"))
        self._blocks(closed(document.body))
        self._keep_last_with_next()
        self._signature()
        for appendix in document.appendices:
            self._appendix(appendix)

    # set up

    def _set_up(self) -> None:
        self._make_styles()
        self._page(self.file.sections[0], landscape=False)
        self._margins_text(self.file.sections[0])
        properties = self.file.core_properties
        properties.title = f"{self._document.kind} {self._document.abstract}"
        properties.author = properties.last_modified_by = self._document.author
        properties.subject = fonts.clean(self._document.letterhead.number)
        properties.keywords = ", ".join(self._document.keywords)
        properties.language = "vi-VN"
        properties.comments = ""
        properties.created = properties.modified = _FIXED_TIME

    def _make_styles(self) -> None:
        body = self._profile.body
        normal = self.file.styles["Normal"]
        set_fonts(normal.element.get_or_add_rPr())
        normal.font.size = Pt(self._profile.styles["body"].size)
        normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
        normal.paragraph_format.line_spacing = 1.0
        known = {style.name for style in self.file.styles}
        for key, name in _STYLE_NAMES.items():
            styles = self.file.styles
            made = styles[name] if name in known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            self._styles[key] = made
            made.base_style = normal
            made.quick_style = True
            spaced = key in {"body", "basis", "section", "clause", "point", "addressee", "addressee_item", "remark"}
            self._shape(made, self._profile.styles[key], body.line_spacing if spaced else 1.0)
            made.paragraph_format.keep_with_next = key in _KEEP_WITH_NEXT
            made.paragraph_format.widow_control = True

    @staticmethod
    def _shape(made: Any, style: TextStyle, spacing: float) -> None:
        properties = made.element.get_or_add_rPr()
        set_fonts(properties)
        made.font.size = Pt(style.size)
        made.font.bold, made.font.italic = style.bold, style.italic
        made.font.color.rgb = RGBColor(0, 0, 0)
        shape = made.paragraph_format
        shape.alignment = _ALIGN[style.align]
        shape.first_line_indent = Mm(style.first_line)
        shape.space_before, shape.space_after = Pt(style.before), Pt(style.after)
        shape.line_spacing = spacing

    def _page(self, section: Any, *, landscape: bool) -> None:
        page = self._profile.page
        width, height = (page.height, page.width) if landscape else (page.width, page.height)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(width), Mm(height)
        section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
        section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
        section.header_distance = Mm(page.number_from_top - page.number_size / POINTS_PER_MM / 2)
        section.footer_distance = Mm(self._profile.illustrative.from_bottom)
        section.different_first_page_header_footer = True
        self._width_mm = width - page.left - page.right
        numbering = OxmlElement("w:pgNumType")
        numbering.set(qn("w:start"), "1")
        for old in section._sectPr.findall(qn("w:pgNumType")):  # noqa: SLF001 - python-docx has no public page numbering
            section._sectPr.remove(old)  # noqa: SLF001
        section._sectPr.insert_element_before(  # noqa: SLF001
            numbering,
            "w:cols",
            "w:formProt",
            "w:vAlign",
            "w:noEndnote",
            "w:titlePg",
            "w:textDirection",
            "w:bidi",
            "w:docGrid",
        )

    def _margins_text(self, section: Any) -> None:
        """The page number in the header, not on the first page; on samples the mark in every footer."""
        line = section.header.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = line.add_run()
        run.font.size = Pt(self._profile.page.number_size)
        for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
            run._r.append(_field_part(kind, text))  # noqa: SLF001 - python-docx has no public fields
        section.first_page_header.is_linked_to_previous = False
        mark = self._profile.illustrative
        for footer in (section.footer, section.first_page_footer) if self._document.illustrative else ():
            line = footer.paragraphs[0]
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = line.add_run(mark.text)
            run.font.size, run.font.italic = Pt(mark.size), True

    # parts

    def _letterhead(self, head: Letterhead) -> None:
        layout, styles = self._profile.header, self._profile.styles
        grid = _open_table(self.file.add_table(2, 2), (layout.left_width, layout.right_width))
        left = [(head.parent_agency, "parent_agency")] if head.parent_agency else []
        left += [(text, "agency") for text in head.agency]
        self._column(grid.cell(0, 0), left, layout.left_width, layout.agency_rule_share)
        self._column(grid.cell(0, 1), [(NATION, "nation"), (MOTTO, "motto")], layout.right_width, 1.0)
        for column, (text, key, width) in enumerate(
            ((head.number, "number", layout.left_width), (head.place_day, "place_day", layout.right_width))
        ):
            size, _lines = fonts.fit(text, styles[key], width)
            grid.cell(1, column).vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM  # one level for both sizes
            line = grid.cell(1, column).paragraphs[0]
            self._fill(line, Paragraph((Run(text),), key), size)
            line.paragraph_format.space_before = Pt(layout.number_gap)

    def _column(self, cell: Any, texts: list[tuple[str, str]], width: float, rule_share: float) -> None:
        """Centred lines in a cell, with the rule below the last."""
        first, last, last_size, key = True, "", 0.0, ""
        for text, key in texts:
            style = self._profile.styles[key]
            last_size, lines = fonts.fit(text, style, width)
            for last in lines:
                line = cell.paragraphs[0] if first else cell.add_paragraph()
                self._fill(line, Paragraph((Run(last),), key), last_size)
                first = False
        length = fonts.width_mm(last, self._profile.styles[key], last_size) * rule_share
        self._rule(cell.add_paragraph(), length, width)

    def _rule(self, line: Any, length: float, width: float) -> None:
        """Turn an empty paragraph into a rule: its top border, as long as the indents leave."""
        shape = line.paragraph_format
        shape.left_indent = shape.right_indent = Mm((width - length) / 2)
        shape.space_before, shape.space_after = Pt(1), Pt(0)
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(3)
        borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
        for name, value in (("val", "single"), ("sz", str(round(self._profile.header.rule_width * 8))), ("space", "1")):
            top.set(qn(f"w:{name}"), value)
        top.set(qn("w:color"), "000000")
        borders.append(top)
        line._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001 - python-docx has no public borders
            borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )

    def _abstract(self) -> None:
        style = self._profile.styles["abstract"]
        face, width = fonts.load_family().of(style), self._width_mm * POINTS_PER_MM
        lines = fonts.balanced(fonts.clean(self._document.abstract), face, style.size, width)
        self._text(paragraph("\n".join(lines), "abstract"))
        length = fonts.width_mm(lines[-1], style, style.size) * self._profile.header.title_rule_share
        rule = self.file.add_paragraph()
        self._rule(rule, length, self._width_mm)
        rule.paragraph_format.space_after = Pt(self._profile.header.abstract_gap - 3)

    def _signature(self) -> None:
        layout, signature = self._profile.signature, self._document.signature
        gap = self.file.add_paragraph()
        gap.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        gap.paragraph_format.line_spacing = Pt(12)
        gap.paragraph_format.keep_with_next = True
        grid = _open_table(self.file.add_table(1, 2), (layout.recipients_width, self._width_mm - layout.recipients_width))
        left, right = grid.cell(0, 0), grid.cell(0, 1)
        if self._document.recipients:
            self._fill(left.paragraphs[0], paragraph(RECIPIENTS_TITLE, "recipients_title"))
            for text in recipient_lines(self._document.recipients):
                self._fill(left.add_paragraph(), paragraph(text, "recipients"))
        for index, text in enumerate(signature.authority):
            self._fill(right.paragraphs[0] if index == 0 else right.add_paragraph(), paragraph(text, "authority"))
        name = right.add_paragraph()
        self._fill(name, paragraph(signature.name, "signer"))
        name.paragraph_format.space_before = Mm(layout.space)

    def _appendix(self, appendix: Appendix) -> None:
        section = self.file.add_section(WD_SECTION.NEW_PAGE)
        self._page(section, landscape=appendix.landscape)
        line = self._text(paragraph(appendix.label, "appendix"))
        _outline_level(line, 0)
        self._text(paragraph(appendix.title, "appendix_title"))
        self._text(paragraph(appendix.reference, "appendix_reference"))
        self._blocks(closed(appendix.blocks))

    # blocks

    def _blocks(self, blocks: tuple[Block, ...]) -> None:
        for block in blocks:
            if isinstance(block, Heading):
                self._heading(block)
            elif isinstance(block, Table):
                self._table(block)
            else:
                self._text(block)

    def _heading(self, heading: Heading) -> None:
        if heading.level is Level.PART:
            self._text(paragraph(heading.label, "part"))
            self._text(paragraph(heading.text, "part_title"))
            return
        self._text(paragraph(f"{heading.label} {heading.text}".strip(), str(heading.level)))

    def _table(self, table: Table) -> None:
        for text, style in ((table.title, "table_title"), (table.note, "table_note")):
            if text:
                self._text(paragraph(text, style))
        body = self.file.element.body
        body.insert(len(body) - 1, table_xml(table, self._profile, self._width_mm))  # the last child is the section
        after = self._text(paragraph(table.remark, "remark")) if table.remark else self.file.add_paragraph()
        if not table.remark:
            after.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
            after.paragraph_format.line_spacing = Pt(6)

    def _text(self, block: Paragraph) -> Any:
        line = self.file.add_paragraph()
        self._fill(line, block)
        return line

    def _fill(self, line: Any, block: Paragraph, size: float | None = None) -> None:
        style = self._profile.styles[block.style]
        line.style = self._styles[block.style]
        for run in block.runs:
            made = line.add_run(style.shown(fonts.clean(run.text)))
            if run.bold and not style.bold:
                made.bold = True
            if run.italic and not style.italic:
                made.italic = True
            if size is not None and size != style.size:
                made.font.size = Pt(size)

    def _keep_last_with_next(self) -> None:
        """The signature block never stands on a page without the last lines of the text."""
        if self.file.paragraphs:
            self.file.paragraphs[-1].paragraph_format.keep_with_next = True


def _field_part(kind: str, text: str) -> Any:
    if kind:
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
        return part
    part = OxmlElement("w:instrText")
    part.set(qn("xml:space"), "preserve")
    part.text = text
    return part


def _outline_level(line: Any, level: int) -> None:
    mark = OxmlElement("w:outlineLvl")
    mark.set(qn("w:val"), str(level))
    line._p.get_or_add_pPr().insert_element_before(mark, "w:rPr", "w:sectPr")  # noqa: SLF001


def _open_table(grid: Any, widths: tuple[float, ...]) -> Any:
    """Give a table of the letterhead fixed widths, no rules, no padding and rows that stay whole."""
    grid.autofit = False
    properties = grid._tbl.tblPr  # noqa: SLF001 - python-docx has no public cell margins
    margins = OxmlElement("w:tblCellMar")
    for edge in ("left", "right"):
        margin = OxmlElement(f"w:{edge}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.insert_element_before(margins, "w:tblLook")
    for row in grid.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = round(width * TWIPS_PER_MM) * 635
    return grid
