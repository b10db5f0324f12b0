import pytest

from desktop_app.documents.model import (
    Cell,
    Column,
    Heading,
    Level,
    Paragraph,
    Row,
    Run,
    Table,
    addressee_lines,
    as_text,
    basis_lines,
    closed,
    paragraph,
    recipient_lines,
)


@pytest.mark.parametrize("text", ["Hết.", "Hết", "Hết. "])
def test_the_end_mark_closes_the_last_paragraph(text):
    assert closed((paragraph("Đầu."), paragraph(text)))[-1].text == "Hết./."


def test_the_end_mark_keeps_the_faces_of_the_last_paragraph():
    last = closed((Paragraph((Run("Trên đây là "), Run("Kế hoạch.", bold=True))),))[-1]
    assert [(run.text, run.bold) for run in last.runs] == [("Trên đây là ", False), ("Kế hoạch./.", True)]


def test_after_a_table_the_end_mark_stands_alone():
    blocks = closed((Table((Column("TT", 1),), ()),))
    assert blocks[-1] == Paragraph((Run("./."),), "end_mark")
    assert closed(()) == ()


def test_every_basis_ends_with_a_semicolon_and_the_last_with_a_full_stop():
    assert basis_lines(("Căn cứ A.", "Căn cứ B;", "Căn cứ C")) == ("Căn cứ A;", "Căn cứ B;", "Căn cứ C.")


def test_recipients_are_listed_as_the_decree_wants():
    assert recipient_lines(("Như trên", "Lưu: VT.")) == ("- Như trên;", "- Lưu: VT.")


def test_one_addressee_stands_on_the_line_several_below_it():
    assert addressee_lines(()) == ()
    assert addressee_lines(("Bộ A",)) == (("Kính gửi: Bộ A.", "addressee"),)
    assert [text for text, _style in addressee_lines(("Bộ A", "Bộ B"))] == ["Kính gửi:", "- Bộ A;", "- Bộ B."]


def test_a_row_must_fill_its_table():
    with pytest.raises(ValueError, match="row of 1 cells in 2 columns"):
        Table((Column("A", 1), Column("B", 1)), (Row((Cell("x"),)),))


def test_the_text_of_a_document_has_everything_in_order(document, without, snapshot):
    snapshot("plain", as_text(without(document, body=(*document.body[:3], document.body[-1]))))


def test_an_unnumbered_heading_has_no_label_in_the_text(document, without):
    shown = as_text(without(document, body=(Heading(Level.SECTION, "", "Mở đầu"),)))
    assert "[section]  Mở đầu" in shown
