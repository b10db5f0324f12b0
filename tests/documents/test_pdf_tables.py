"""Long tables: the head on every page, no row lost, group rows with what they head."""

import pytest

from desktop_app.documents.model import Cell, Column, Row, RowKind, Table, paragraph
from desktop_app.documents.pdf import render_pdf
from desktop_app.documents.pdf_tables import column_widths, head_groups, table_flow, text_size
from desktop_app.documents.style import load_profile

COLUMNS = (Column("TT", 1), Column("Nội dung", 8))
PROFILE = load_profile()


def rows(count, text="Nhiệm vụ"):
    return tuple(Row((Cell(f"n{number}"), Cell(text))) for number in range(count))


def pages_of(document, without, pdf_texts, *blocks):
    return pdf_texts(render_pdf(without(document, body=blocks, appendices=())))


def test_the_head_stands_once_on_every_page_and_no_row_is_lost(document, without, pdf_texts):
    texts = pages_of(document, without, pdf_texts, Table(COLUMNS, rows(300)))
    holding = [text for text in texts if "Nhiệm vụ" in text]
    assert len(holding) > 5
    assert [text.count("TT Nội dung") for text in holding] == [1] * len(holding)
    found = [word for text in texts for word in text.split() if word.startswith("n") and word[1:].isdigit()]
    assert found == [f"n{number}" for number in range(300)]


def test_title_and_unit_stand_only_above_the_first_part(document, without, pdf_texts):
    texts = pages_of(
        document, without, pdf_texts, Table(COLUMNS, rows(100), title="Kinh phí", note="Đơn vị tính: Triệu đồng")
    )
    assert ["Kinh phí" in text for text in texts] == [True] + [False] * (len(texts) - 1)
    assert sum("Đơn vị tính" in text for text in texts) == 1


@pytest.mark.parametrize("before", range(16, 30))
def test_a_group_row_goes_with_what_it_heads(document, without, pdf_texts, before):
    group = Row((Cell("I"), Cell("Nhóm")), RowKind.GROUP)
    texts = pages_of(document, without, pdf_texts, Table(COLUMNS, (*rows(before), group, *rows(3, "Sau nhóm"))))
    (holding,) = [text for text in texts if "I Nhóm" in text]
    assert "Sau nhóm" in holding


def test_a_row_higher_than_a_page_goes_on_at_the_next(document, without, pdf_texts):
    text = " ".join(f"từ{number}" for number in range(3000))
    group = Row((Cell("I"), Cell("Nhóm")), RowKind.GROUP)
    texts = pages_of(document, without, pdf_texts, Table(COLUMNS, (group, Row((Cell("1"), Cell(text))))))
    found = [word for page in texts for word in page.split() if word.startswith("từ")]
    assert found == text.split()


def test_only_group_rows_still_end(document, without, pdf_texts):
    groups = tuple(Row((Cell(str(number)), Cell("Nhóm")), RowKind.GROUP) for number in range(100))
    texts = pages_of(document, without, pdf_texts, Table(COLUMNS, groups))
    assert sum(text.count("Nhóm") for text in texts) == 100


def test_a_table_does_not_leave_its_head_alone_at_the_foot(document, without, pdf_texts):
    for count in range(20, 34):
        texts = pages_of(
            document,
            without,
            pdf_texts,
            *(paragraph("Một dòng.") for _ in range(count)),
            Table(COLUMNS, rows(3), title="Bảng"),
        )
        for text in texts:
            assert ("TT Nội dung" in text) == ("Nhiệm vụ" in text)


def test_columns_of_a_group_share_a_head():
    columns = (
        Column("A", 1),
        Column("B", 1, group="G"),
        Column("C", 1, group="G"),
        Column("D", 1, group="H"),
        Column("E", 1),
    )
    assert head_groups(columns) == [(0, 1, ""), (1, 2, "G"), (3, 1, "H"), (4, 1, "")]


def test_widths_are_shared_out():
    assert column_widths((Column("A", 1), Column("B", 3)), 100) == [25.0, 75.0]


def test_text_becomes_smaller_before_words_are_broken():
    wide = Table((Column("A", 1), Column("B", 30)), (Row((Cell("nghiêng"), Cell("x"))),))
    assert text_size(Table(COLUMNS, rows(1)), PROFILE, 450) == PROFILE.table.size
    assert PROFILE.table.min_size <= text_size(wide, PROFILE, 900) < PROFILE.table.size
    assert text_size(wide, PROFILE, 100) == PROFILE.table.min_size
    long_word = Table(COLUMNS, (Row((Cell("x" * 60), Cell("y"))),))
    assert text_size(long_word, PROFILE, 450) == PROFILE.table.size


def test_what_must_stay_together_counts_captions_head_and_first_rows():
    plain = table_flow(Table(COLUMNS, rows(50)), PROFILE, 450, 700)
    grouped = table_flow(
        Table(COLUMNS, (Row((Cell("I"), Cell("N")), RowKind.GROUP), *rows(9)), title="T"), PROFILE, 450, 700
    )
    assert 0 < plain.lead_height() < grouped.lead_height() < 200
    assert plain.wrap(450, 700)[1] > 700
