from datetime import date

import pytest

from desktop_app.documents.wording import (
    abbreviated,
    agency_lines,
    cite,
    issuer_name,
    load_wording,
    lowered,
    place_day,
    scope_words,
)
from desktop_app.domain.entities import LegalDocument, TaskForm, TaskStatus, Unit, UnitKind, UnitLevel
from desktop_app.domain.indicators.verdicts import Verdict


def law(kind, symbol, title, issuer="Chính phủ", **more):
    given = {"issued_on": date(2016, 2, 5), **more}
    return LegalDocument(kind=kind, symbol=symbol, title=title, issuer=issuer, **given)


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (
            law("NĐ", "1/NĐ-CP", "Ứng dụng công nghệ thông tin"),
            "Nghị định số 1/NĐ-CP ngày 05/02/2016 của Chính phủ về ứng dụng công nghệ thông tin",
        ),
        (
            law("NQ", "36a/NQ-CP", "Nghị quyết về Chính phủ điện tử"),
            "Nghị quyết số 36a/NQ-CP ngày 05/02/2016 của Chính phủ về Chính phủ điện tử",
        ),
        (
            law("QĐ", "2/QĐ-TTg", "Phê duyệt Chương trình quốc gia", "Thủ tướng Chính phủ"),
            "Quyết định số 2/QĐ-TTg ngày 05/02/2016 của Thủ tướng Chính phủ phê duyệt Chương trình quốc gia",
        ),
        (
            law("CV", "3/BTTTT-THH", "Hướng dẫn xây dựng kế hoạch", "Bộ A"),
            "Công văn số 3/BTTTT-THH ngày 05/02/2016 của Bộ A về việc hướng dẫn xây dựng kế hoạch",
        ),
        (
            law("QĐ", "4/QĐ", "Khung Kiến trúc Chính phủ điện tử", "Bộ A"),
            "Quyết định số 4/QĐ ngày 05/02/2016 của Bộ A về Khung Kiến trúc Chính phủ điện tử",
        ),
        (law("Luật", "67/2006/QH11", "Công nghệ thông tin", "Quốc hội"), "Luật Công nghệ thông tin ngày 05/02/2016"),
        (law("Luật", "67/2006/QH11", "Luật Công nghệ thông tin", "Quốc hội", issued_on=None), "Luật Công nghệ thông tin"),
        (
            law("NĐ", "5/NĐ-CP", "Về công tác văn thư", issued_on=None, issued_text="năm 2020"),
            "Nghị định số 5/NĐ-CP năm 2020 của Chính phủ về công tác văn thư",
        ),
    ],
)
def test_a_first_citation_is_complete(given, written):
    assert cite(given) == written


def test_a_title_inside_a_sentence_keeps_names_and_abbreviations():
    assert lowered("Ứng dụng CNTT") == "ứng dụng CNTT"
    assert lowered("Chương trình quốc gia") == "Chương trình quốc gia"
    assert lowered("DVC mức độ 4") == "DVC mức độ 4"


def unit(name, kind=UnitKind.PROVINCE):
    return Unit(code="U", name=name, kind=kind, level=UnitLevel.PROVINCE, order_number=1)


@pytest.mark.parametrize(
    ("root", "lines", "place"),
    [
        (unit("Ủy ban nhân dân tỉnh Thanh Hóa"), ("Ủy ban nhân dân", "tỉnh Thanh Hóa"), "Thanh Hóa"),
        (unit("Tỉnh Nghệ An"), ("Ủy ban nhân dân", "tỉnh Nghệ An"), "Nghệ An"),
        (unit("Ủy ban nhân dân thành phố Huế"), ("Ủy ban nhân dân", "thành phố Huế"), "Huế"),
        (unit("Bộ Thông tin và Truyền thông", UnitKind.MINISTRY), ("Bộ Thông tin và Truyền thông",), "Hà Nội"),
    ],
)
def test_the_letterhead_of_an_issuer(root, lines, place):
    assert agency_lines(root) == lines
    assert issuer_name(root) == " ".join(lines)
    assert place_day(root, date(2016, 2, 5), 2016) == f"{place}, ngày 05 tháng 02 năm 2016"


def test_a_blank_day_keeps_its_blanks():
    assert (
        place_day(unit("Tỉnh A"), None, 2016)
        == "A, ngày \u00a0\u00a0\u00a0\u00a0\u00a0 tháng \u00a0\u00a0\u00a0\u00a0\u00a0 năm 2016"
    )


def test_a_scope_is_named_in_words():
    assert scope_words((UnitKind.DEPARTMENT, UnitKind.DISTRICT), unit("Tỉnh A")) == "Sở, ban, ngành cấp tỉnh; UBND cấp huyện"
    assert scope_words((), unit("Tỉnh A")) == "Tỉnh A"


def test_table_heads_abbreviate_funding_sources():
    assert abbreviated("Ngân sách tỉnh - vốn đầu tư phát triển") == "NS tỉnh - ĐTPT"
    assert abbreviated("Ngân sách trung ương - vốn sự nghiệp, chi thường xuyên") == "NSTW - sự nghiệp"


@pytest.mark.parametrize(
    ("table", "words"),
    [("verdicts", Verdict), ("task_statuses", TaskStatus), ("task_forms", TaskForm), ("scopes", UnitKind)],
)
def test_every_choice_has_an_official_word(table, words):
    assert {str(word) for word in words} <= load_wording().tables[table].keys()


def test_a_word_that_is_not_known_stands_as_it_is():
    assert load_wording().of("legal_kinds", "Sắc lệnh") == "Sắc lệnh"
