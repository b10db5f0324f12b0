"""The shipped profile keeps within what the decree allows (NĐ 30/2020/NĐ-CP, Phụ lục I)."""

import pytest

from desktop_app.documents.style import load_profile

PROFILE = load_profile()
SIZES = {
    "nation": (12, 13),
    "motto": (13, 14),
    "parent_agency": (12, 13),
    "agency": (12, 13),
    "number": (13, 13),
    "place_day": (13, 14),
    "document_kind": (13, 14),
    "abstract": (13, 14),
    "basis": (13, 14),
    "body": (13, 14),
    "part": (13, 14),
    "section": (13, 14),
    "clause": (13, 14),
    "authority": (13, 14),
    "signer": (13, 14),
    "addressee": (13, 14),
    "recipients_title": (12, 12),
    "recipients": (11, 11),
    "appendix": (14, 14),
    "appendix_title": (13, 14),
    "appendix_reference": (13, 14),
}
FACES = {
    "nation": (True, False),
    "motto": (True, False),
    "parent_agency": (False, False),
    "agency": (True, False),
    "number": (False, False),
    "place_day": (False, True),
    "document_kind": (True, False),
    "abstract": (True, False),
    "basis": (False, True),
    "body": (False, False),
    "section": (True, False),
    "clause": (True, False),
    "authority": (True, False),
    "recipients_title": (True, True),
    "recipients": (False, False),
    "appendix_reference": (False, True),
}
CAPITALS = {"nation", "parent_agency", "agency", "document_kind", "part_title", "section", "authority", "appendix_title"}


@pytest.mark.parametrize("name", SIZES)
def test_sizes_are_those_of_the_decree(name):
    style, (low, high) = PROFILE.styles[name], SIZES[name]
    assert low <= style.min_size <= style.size <= high


@pytest.mark.parametrize("name", FACES)
def test_faces_are_those_of_the_decree(name):
    style = PROFILE.styles[name]
    assert (style.bold, style.italic) == FACES[name]


def test_capitals_stand_where_the_decree_wants_them():
    assert {name for name, style in PROFILE.styles.items() if style.case == "upper"} == CAPITALS
    assert PROFILE.styles["section"].shown("Mục tiêu đến năm 2020") == "MỤC TIÊU ĐẾN NĂM 2020"
    assert PROFILE.styles["clause"].shown("Mục tiêu") == "Mục tiêu"


def test_page_and_margins_are_those_of_the_decree():
    page = PROFILE.page
    assert (page.width, page.height) == (210, 297)
    assert 20 <= page.top <= 25
    assert 20 <= page.bottom <= 25
    assert 30 <= page.left <= 35
    assert 15 <= page.right <= 20
    assert 13 <= page.number_size <= 14
    assert page.number_from_top < page.top


def test_paragraphs_and_rules_are_those_of_the_decree():
    assert {PROFILE.styles[name].first_line for name in ("body", "basis", "section", "clause", "point")} <= {10.0, 12.7}
    assert PROFILE.styles["body"].after >= 6
    assert 1.0 <= PROFILE.body.line_spacing <= 1.5
    assert 1 / 3 <= PROFILE.header.agency_rule_share <= 1 / 2
    assert 1 / 3 <= PROFILE.header.title_rule_share <= 1 / 2
    assert PROFILE.header.left_width + PROFILE.header.right_width == PROFILE.page.text_width


def test_the_profile_names_its_source():
    assert "30/2020/NĐ-CP" in PROFILE.source


def test_an_unknown_profile_is_no_file():
    with pytest.raises(FileNotFoundError):
        load_profile("nd99")
