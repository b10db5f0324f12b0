"""Facts read back from the Word file."""

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

from desktop_app.documents import fonts
from desktop_app.documents.docx import render_docx
from desktop_app.documents.docx_template import FONT
from desktop_app.documents.model import Cell, Column, Heading, Level, Paragraph, Row, RowKind, Run, Table, paragraph

HOSTILE = '<b>đậm</b> & "ngoặc" ]]> %s {name} \\ &amp;'


def opened(document):
    return docx.Document(io.BytesIO(render_docx(document)))


def everything(file):
    body = file.element.body
    return ["".join(node.text or "" for node in line.iter(qn("w:t"))) for line in body.iter(qn("w:p"))]


def test_equal_documents_give_equal_bytes(document):
    assert render_docx(document) == render_docx(document)


def test_every_part_is_there_in_order(document):
    texts = [text for text in everything(opened(document)) if text]
    wanted = [
        "ỦY BAN NHÂN DÂN",
        "TỈNH THANH HÓA",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 07/KH-UBND",
        "Thanh Hóa, ngày 05 tháng 01 năm 2017",
        "KẾ HOẠCH",
        "Ứng dụng công nghệ thông tin năm 2017",
        "Căn cứ Luật Công nghệ thông tin ngày 29/6/2006;",
        "Căn cứ Nghị định số 64/2007/NĐ-CP.",
        "I. MỤC TIÊU",
        "1. Mục tiêu tổng quát",
    ]
    assert texts[: len(wanted)] == wanted
    after = ["Nơi nhận:", "- Bộ Thông tin và Truyền thông (để b/c);", "- Lưu: VT, CNTT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
    start = texts.index("Nơi nhận:")
    assert texts[start - 1].endswith("kèm theo./.")
    assert texts[start : start + 5] == after
    assert texts[-4:] == ["Phụ lục II", "CHỈ TIÊU", "(Kèm theo Kế hoạch)", "Không có gì thêm./."]


def test_fonts_are_times_new_roman_for_every_script(document):
    content = render_docx(document)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        styles = parts.read("word/styles.xml").decode()
        body = parts.read("word/document.xml").decode()
    file = docx.Document(io.BytesIO(content))
    used = {line.style.name for line in file.paragraphs}
    assert "Nội dung" in used
    for name in used | {"Normal"}:
        named = file.styles[name].element.find(qn("w:rPr")).find(qn("w:rFonts"))
        assert {named.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {FONT}
        assert named.get(qn("w:asciiTheme")) is None
    assert "asciiTheme" not in styles.split("</w:docDefaults>")[0]
    assert 'w:val="vi-VN"' in styles
    assert "rFonts" not in body


def test_headings_are_real_and_carry_their_numbers(document):
    file = opened(document)
    headings = [(line.style.name, line.text) for line in file.paragraphs if line.style.name.startswith("Heading")]
    assert headings == [("Heading 2", "I. MỤC TIÊU"), ("Heading 3", "1. Mục tiêu tổng quát")]
    for name in ("Heading 1", "Heading 2", "Heading 3", "Heading 4"):
        assert file.styles[name].font.color.rgb == docx.shared.RGBColor(0, 0, 0)
        assert file.styles[name].font.size == Pt(14)
        assert file.styles[name].paragraph_format.keep_with_next


def test_sections_pages_and_margins(document):
    sections = opened(document).sections
    shape = [(section.page_width > section.page_height, section.start_type) for section in sections]
    assert [wide for wide, _start in shape] == [False, True, False]
    for section in sections:
        assert sorted((round(section.page_width.mm), round(section.page_height.mm))) == [210, 297]
        margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert [round(margin.mm, 1) for margin in margins] == [20.0, 20.0, 30.0, 20.0]
        assert section.different_first_page_header_footer
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_the_page_number_is_a_field_in_the_header_but_not_on_the_first_page(document):
    section = opened(document).sections[0]
    codes = [node.text for node in section.header._element.iter(qn("w:instrText"))]
    assert codes == [" PAGE "]
    assert section.header.paragraphs[0].alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER
    assert section.first_page_header.paragraphs[0].text == ""
    assert not list(section.first_page_header._element.iter(qn("w:instrText")))


def test_made_up_figures_are_marked_in_every_footer(document, without):
    section = opened(without(document, illustrative=True)).sections[0]
    assert section.footer.paragraphs[0].text == "Số liệu minh họa"
    assert section.first_page_footer.paragraphs[0].text == "Số liệu minh họa"
    plain = opened(document).sections[0]
    assert plain.footer.paragraphs[0].text == ""


def test_tables_have_fixed_widths_and_repeat_their_head(document):
    table = opened(document).tables[2]._tbl
    rows = table.findall(qn("w:tr"))
    heads = [row.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in rows]
    assert heads == [True, True] + [False] * (len(rows) - 2)
    assert len(rows) == 2 + 61
    grid = [int(column.get(qn("w:w"))) for column in table.find(qn("w:tblGrid"))]
    assert sum(grid) == pytest.approx(247 / 25.4 * 1440, abs=4)
    for row in rows:
        spans = [
            int(span.get(qn("w:val"))) if (span := cell.find(qn("w:tcPr")).find(qn("w:gridSpan"))) is not None else 1
            for cell in row.findall(qn("w:tc"))
        ]
        assert sum(spans) == len(grid)
        assert row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None


def test_a_row_that_may_be_higher_than_a_page_is_not_kept_whole(document, without):
    tall, broken, plain = "dài " * 900, "\n" * 40, "ngắn"
    table = Table((Column("A", 1), Column("B", 1)), tuple(Row((Cell("x"), Cell(text))) for text in (tall, broken, plain)))
    made = opened(without(document, body=(table,))).tables[1]._tbl
    kept = [row.find(qn("w:trPr")) is not None for row in made.findall(qn("w:tr"))]
    assert kept == [True, False, False, True]


def test_rules_are_borders_as_long_as_the_decree_wants(document):
    file = opened(document)
    lengths = []
    for line in file.element.body.iter(qn("w:p")):
        if line.pPr is not None and line.pPr.find(qn("w:pBdr")) is not None:
            indent = line.pPr.find(qn("w:ind"))
            lengths.append((int(indent.get(qn("w:left"))), int(indent.get(qn("w:right")))))
    assert len(lengths) == 3
    assert all(left == right for left, right in lengths)
    motto = 97 / 25.4 * 1440 - 2 * lengths[1][0]
    assert motto == pytest.approx(60.46 / 25.4 * 1440, rel=0.02)


def test_every_vietnamese_letter_and_hostile_text_survive(document, without):
    letters = "".join(sorted(fonts.vietnamese_letters()))
    body = (
        paragraph(letters),
        Heading(Level.PART, "Phần I", HOSTILE),
        Paragraph((Run(HOSTILE, italic=True), Run("\x00\x07\ufffeđậm", bold=True))),
        Table(
            (Column(HOSTILE, 1),),
            (Row((Cell(f"{HOSTILE}\n\uffff\x0bhai"),)), Row((Cell(letters),), RowKind.GROUP)),
            remark=HOSTILE,
        ),
    )
    texts = everything(opened(without(document, body=body)))
    assert texts.count(letters) == 2
    assert HOSTILE.upper() in texts
    assert f"{HOSTILE}đậm" in texts
    assert f"{HOSTILE}hai" in texts


def test_word_opens_it_without_compatibility_mode(document):
    with zipfile.ZipFile(io.BytesIO(render_docx(document))) as parts:
        settings = parts.read("word/settings.xml").decode()
    assert 'w:name="compatibilityMode"' in settings
    modes = [part.split("/>")[0] for part in settings.split('w:name="compatibilityMode"')[1:]]
    assert len(modes) == 1
    assert 'w:val="15"' in modes[0]
    assert "useFELayout" not in settings
    assert '<w:decimalSymbol w:val=","/>' in settings


def test_nothing_of_the_template_is_left(document):
    with zipfile.ZipFile(io.BytesIO(render_docx(document))) as parts:
        names = parts.namelist()
        application = parts.read("docProps/app.xml").decode()
        styles = parts.read("word/styles.xml").decode()
    assert not [name for name in names if "thumbnail" in name or "customXml" in name or "stylesWithEffects" in name]
    assert "<Application>Sổ Kế hoạch</Application>" in application
    assert styles.count('w:type="table"') == 1


def test_the_signature_stays_with_the_last_lines(document):
    file = opened(document)
    body = list(file.element.body)
    tables = [index for index, item in enumerate(body) if item.tag == qn("w:tbl")]
    before = body[tables[1] - 2 : tables[1]]
    assert all(line.pPr.find(qn("w:keepNext")) is not None for line in before)


def test_properties_name_the_document(document):
    properties = opened(document).core_properties
    assert properties.title == "Kế hoạch Ứng dụng công nghệ thông tin năm 2017"
    assert properties.author == "Ủy ban nhân dân tỉnh Thanh Hóa"
    assert properties.language == "vi-VN"


def test_a_document_without_anything_but_its_head(document, without):
    texts = everything(opened(without(document, body=(), basis=(), appendices=(), recipients=(), addressees=("Bộ A",))))
    assert "Kính gửi: Bộ A." in texts
    assert "Nơi nhận:" not in texts
