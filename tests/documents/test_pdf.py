"""Facts read back from the PDF: where the parts stand, in millimetres, in which font, on which page."""

import re

import pytest

from desktop_app.documents import fonts
from desktop_app.documents.model import (
    Cell,
    Column,
    Heading,
    Letterhead,
    Level,
    Paragraph,
    Row,
    RowKind,
    Run,
    Signature,
    Table,
    paragraph,
)
from desktop_app.documents.pdf import render_pdf

MM = 72 / 25.4
HOSTILE = '<b>đậm</b> & "ngoặc" <font color="red">đỏ</font> <img src="x"/> %s {name} \\ &amp; \u0000'


def lines(page):
    """Text lines with their place and font, in millimetres from the top left."""
    return [
        {
            "text": line["text"],
            "x0": line["x0"] / MM,
            "x1": line["x1"] / MM,
            "centre": (line["x0"] + line["x1"]) / 2 / MM,
            "top": line["top"] / MM,
            "bottom": line["bottom"] / MM,
            "font": line["chars"][0]["fontname"].split("+")[-1],
            "size": round(line["chars"][0]["size"], 1),
        }
        for line in page.extract_text_lines(return_chars=True)
    ]


def words(page):
    return [
        {
            "text": word["text"],
            "x0": word["x0"] / MM,
            "x1": word["x1"] / MM,
            "top": word["top"] / MM,
            "bottom": word["bottom"] / MM,
        }
        for word in page.extract_words(keep_blank_chars=True, x_tolerance=3)
    ]


def find(items, text):
    found = [item for item in items if text in item["text"]]
    assert found, f"{text!r} is not on the page"
    return found[0]


def test_the_page_is_a4_and_text_keeps_the_margins(document, pdf_pages):
    for page in pdf_pages(render_pdf(document)):
        width, height = page.width / MM, page.height / MM
        assert sorted((round(width), round(height))) == [210, 297]
        text = [char for char in page.chars if char["top"] / MM > 19]
        assert min(char["x0"] for char in text) / MM >= 30 - 0.1
        assert max(char["x1"] for char in text) / MM <= width - 20 + 0.1
        assert max(char["bottom"] for char in text) / MM <= height - 20 + 1.0


def test_the_letterhead_stands_as_the_decree_wants(document, pdf_pages):
    page = pdf_pages(render_pdf(document))[0]
    found = words(page)
    nation, motto = find(found, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), find(found, "Độc lập - Tự do - Hạnh phúc")
    agency, number, place = find(found, "TỈNH THANH HÓA"), find(found, "Số: 07/KH-UBND"), find(found, "ngày 05 tháng 01")

    def centre(item):
        return (item["x0"] + item["x1"]) / 2

    assert nation["x0"] > 210 / 2 - 20
    assert centre(nation) == pytest.approx(centre(motto), abs=0.5)
    assert centre(place) == pytest.approx(centre(motto), abs=0.5)
    assert centre(agency) == pytest.approx(centre(number), abs=0.5)
    assert agency["x1"] < nation["x0"]
    assert find(found, "ỦY BAN NHÂN DÂN")["bottom"] == pytest.approx(nation["bottom"], abs=0.3)
    assert number["bottom"] == pytest.approx(place["bottom"], abs=0.5)
    assert number["top"] > motto["bottom"]


def test_rules_are_as_long_as_the_decree_wants(document, pdf_pages):
    page = pdf_pages(render_pdf(document))[0]
    found = words(page)
    rules = [(line["x0"] / MM, line["x1"] / MM, line["top"] / MM) for line in page.lines]
    assert len(rules) == 3

    def rule_below(text):
        item = find(found, text)
        below = [
            rule
            for rule in rules
            if rule[2] > item["bottom"] - 1 and item["x0"] - 1 <= rule[0] and rule[1] <= item["x1"] + 1
        ]
        x0, x1, y = min(below, key=lambda rule: rule[2])
        assert y - item["bottom"] < 3
        assert (x0 + x1) / 2 == pytest.approx((item["x0"] + item["x1"]) / 2, abs=0.5)
        return (x1 - x0) / (item["x1"] - item["x0"])

    assert rule_below("Độc lập - Tự do - Hạnh phúc") == pytest.approx(1.0, abs=0.02)
    assert 1 / 3 <= rule_below("TỈNH THANH HÓA") <= 1 / 2
    assert 1 / 3 <= rule_below("Ứng dụng công nghệ thông tin năm 2017") <= 1 / 2


def test_faces_and_sizes(document, pdf_pages):
    pages = pdf_pages(render_pdf(document))
    first = lines(pages[0])
    bold, italic = "Bold", "Italic"

    def face(text, among=first):
        item = find(among, text)
        return bold in item["font"], italic in item["font"], item["size"]

    assert face("KẾ HOẠCH") == (True, False, 14.0)
    assert face("Căn cứ Luật") == (False, True, 14.0)
    assert face("I. MỤC TIÊU") == (True, False, 14.0)
    assert face("1. Mục tiêu tổng quát") == (True, False, 14.0)
    assert face("Tiếp tục đẩy mạnh") == (False, False, 14.0)
    last = [line for page in pages[:4] for line in lines(page)]
    assert face("Nơi nhận:", last)[:2] == (True, True)
    assert face("- Bộ Thông tin", last) == (False, False, 11.0)


def test_the_first_line_is_indented_and_the_text_justified(document, pdf_pages):
    page = pdf_pages(render_pdf(document))[1]
    found = lines(page)
    starts = [line["x0"] for line in found if line["top"] > 19]
    assert {round(start, 1) for start in starts} == {30.0, 42.7}
    full = [line["x1"] for line in found if line["top"] > 19 and not line["text"].rstrip().endswith(".")]
    assert full
    assert all(end == pytest.approx(190, abs=0.5) for end in full)


def test_pages_are_numbered_from_the_second_and_appendices_on_their_own(document, pdf_pages):
    pages = pdf_pages(render_pdf(document))
    numbers, sections = [], []
    for page in pages:
        above = [line for line in lines(page) if line["bottom"] < 20 and re.fullmatch(r"\d+", line["text"])]
        numbers.append(above[0]["text"] if above else "")
        if above:
            middle = (30 + page.width / MM - 20) / 2
            assert above[0]["centre"] == pytest.approx(middle, abs=0.5)
            assert above[0]["size"] == 13.0
        sections.append("ngang" if page.width > page.height else "đứng")
    body = sections.index("ngang")
    assert numbers[:body] == ["", *(str(number) for number in range(2, body + 1))]
    landscape = [number for number, section in zip(numbers, sections, strict=True) if section == "ngang"]
    assert landscape == ["", *(str(number) for number in range(2, len(landscape) + 1))]
    assert len(landscape) > 1
    assert (sections[-1], numbers[-1]) == ("đứng", "")


def test_fonts_are_embedded(document):
    import pypdfium2
    from pypdfium2 import raw

    content = render_pdf(document)
    file = pypdfium2.PdfDocument(content)
    try:
        embedded = set()
        for page in file:
            for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
                embedded.add(bool(raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(item))))
    finally:
        file.close()
    assert embedded == {True}


def test_equal_documents_give_equal_bytes(document):
    assert render_pdf(document) == render_pdf(document)


def test_every_vietnamese_letter_survives(document, without, pdf_pages):
    letters = "".join(sorted(fonts.vietnamese_letters()))
    body = (paragraph(" ".join(letters)), Table((Column("Chữ", 1),), (Row((Cell(letters),)),)))
    pages = pdf_pages(render_pdf(without(document, body=body, appendices=())))
    text = "".join(page.extract_text() for page in pages)
    assert set(letters) <= set(text)
    table = "".join(text.split("Chữ")[1].split())
    assert letters in table


def test_decomposed_text_is_composed(document, without, pdf_pages):
    pages = pdf_pages(render_pdf(without(document, body=(paragraph("Thu\u031b\u0323c hie\u0323\u0302n"),), appendices=())))
    assert "Thực hiện" in pages[0].extract_text()


def test_hostile_text_is_shown_as_typed(document, without, pdf_pages):
    hostile = without(
        document,
        kind=HOSTILE,
        abstract=HOSTILE,
        basis=(HOSTILE,),
        letterhead=Letterhead((HOSTILE,), HOSTILE, HOSTILE, HOSTILE),
        body=(
            Heading(Level.SECTION, "I.", HOSTILE),
            Paragraph((Run(HOSTILE, bold=True),)),
            Table((Column(HOSTILE, 1), Column("B", 1)), (Row((Cell(HOSTILE), Cell("x" * 400))),), title=HOSTILE),
            paragraph("dài" * 400),
        ),
        recipients=(HOSTILE,),
        signature=Signature((HOSTILE,), HOSTILE),
        appendices=(),
    )
    text = "\n".join(page.extract_text() for page in pdf_pages(render_pdf(hostile)))
    assert "<b>đậm</b>" in text
    assert "&amp;" in text
    assert "".join(text.split()).count("x" * 40) >= 1


def test_the_signature_is_not_left_alone(document, without, pdf_texts):
    """Whatever the length of the body, the last paragraph stands on the page of the signature."""
    for count in range(1, 16):
        body = (*(paragraph("Một dòng ngắn.") for _ in range(count * 3)), paragraph("Dòng cuối."))
        (text,) = [text for text in pdf_texts(render_pdf(without(document, body=body, appendices=()))) if "CHỦ TỊCH" in text]
        assert "Dòng cuối./." in text
        assert "Nguyễn Văn A" in text
        assert "Nơi nhận:" in text


def test_recipients_are_level_with_the_authority(document, pdf_pages):
    page = next(page for page in pdf_pages(render_pdf(document)) if "Nơi nhận:" in page.extract_text())
    found = words(page)
    title, authority = find(found, "Nơi nhận:"), find(found, "TM. ỦY BAN NHÂN DÂN")
    assert title["x0"] == pytest.approx(30, abs=0.2)
    assert title["bottom"] == pytest.approx(authority["bottom"], abs=1.0)
    assert find(found, "Nguyễn Văn A")["top"] - find(found, "CHỦ TỊCH")["bottom"] == pytest.approx(28, abs=3)


def test_a_heading_is_never_the_last_line_of_a_page(document, without, pdf_texts):
    for count in range(1, 12):
        filler = tuple(paragraph("Một dòng.") for _ in range(20 + count))
        body = (
            *filler,
            Heading(Level.SECTION, "I.", "Tiêu đề"),
            Heading(Level.CLAUSE, "1.", "Khoản"),
            paragraph("Chữ. " * 80),
        )
        texts = pdf_texts(render_pdf(without(document, body=body, appendices=())))
        assert sum("I. TIÊU ĐỀ" in text for text in texts) == 1
        for text in texts:
            assert text.splitlines()[-1] not in {"I. TIÊU ĐỀ", "1. Khoản"}
            assert text.splitlines()[-2] not in {"I. TIÊU ĐỀ", "1. Khoản"}


def test_the_outline_lists_headings_and_appendices(document, pdf_pages):
    import pypdfium2

    file = pypdfium2.PdfDocument(render_pdf(document))
    try:
        entries = [(item.level, item.get_title()) for item in file.get_toc()]
    finally:
        file.close()
    assert entries == [
        (0, "I. Mục tiêu"),
        (1, "1. Mục tiêu tổng quát"),
        (0, "Phụ lục I. Danh mục nhiệm vụ"),
        (0, "Phụ lục II. Chỉ tiêu"),
    ]


def test_parts_are_centred_with_their_title_below(document, without, pdf_pages):
    body = (Heading(Level.PART, "Phần I", "Đánh giá"), Heading(Level.SECTION, "I.", "Kết quả"), paragraph("Chữ."))
    found = lines(pdf_pages(render_pdf(without(document, body=body, appendices=())))[0])
    part, title = find(found, "Phần I"), find(found, "ĐÁNH GIÁ")
    assert part["centre"] == pytest.approx(110, abs=0.5)
    assert title["centre"] == pytest.approx(110, abs=0.5)
    assert part["top"] < title["top"]


def test_made_up_figures_are_marked_on_every_page(document, without, pdf_pages, pdf_texts):
    for page in pdf_pages(render_pdf(without(document, illustrative=True))):
        mark = find(lines(page), "Số liệu minh họa")
        assert mark["top"] > page.height / MM - 20
    assert not any("minh họa" in text for text in pdf_texts(render_pdf(document)))


def test_properties_name_the_document(document):
    import pypdfium2

    file = pypdfium2.PdfDocument(render_pdf(document))
    try:
        told = file.get_metadata_dict()
        version = file.get_version()
    finally:
        file.close()
    assert told["Title"] == "Kế hoạch Ứng dụng công nghệ thông tin năm 2017"
    assert told["Author"] == "Ủy ban nhân dân tỉnh Thanh Hóa"
    assert version >= 14


def test_a_document_without_anything_but_its_head_is_one_page(document, without, pdf_pages):
    bare = without(document, body=(), basis=(), appendices=(), recipients=(), addressees=("Bộ A", "Bộ B"))
    pages = pdf_pages(render_pdf(bare))
    assert len(pages) == 1
    assert "- Bộ B." in pages[0].extract_text()


def test_a_body_that_ends_in_a_table_is_closed_below_it(document, without, pdf_pages):
    table = Table((Column("A", 1),), (Row((Cell("x"),), RowKind.TOTAL),), note="Đơn vị tính: Triệu đồng", remark="Làm tròn.")
    text = pdf_pages(render_pdf(without(document, body=(table,), appendices=())))[0].extract_text()
    assert text.index("Đơn vị tính") < text.index("Làm tròn.") < text.index("./.") < text.index("Nơi nhận")
