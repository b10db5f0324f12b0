from datetime import date

import pytest

from desktop_app.documents.model import Heading, Level, paragraph
from desktop_app.documents.outline import (
    Branch,
    Place,
    appendix_labels,
    filled,
    label,
    load_outline,
    narrative_blocks,
    numbered,
    signature_lines,
)
from desktop_app.domain.entities import Unit, UnitKind, UnitLevel

PLACES = (
    Place("a", "Hiện trạng", narrative="situation"),
    Place("b", "Mục tiêu", places=(Place("b1", "Tổng quát", narrative="objective"), Place("b2", "Cụ thể", block="targets"))),
    Place("c", "Giải pháp", narrative="solutions"),
)


def shown(narratives, targets=()):
    blocks = numbered(filled(PLACES, narratives, {"targets": lambda: targets}), Level.SECTION)
    return [f"{block.label} {block.text}" if isinstance(block, Heading) else block.text for block in blocks]


def test_places_are_filled_and_numbered():
    assert shown({"situation": "Đã có.", "objective": "Tốt hơn.", "solutions": "Làm."}, (paragraph("- 100%."),)) == [
        "I. Hiện trạng",
        "Đã có.",
        "II. Mục tiêu",
        "1. Tổng quát",
        "Tốt hơn.",
        "2. Cụ thể",
        "- 100%.",
        "III. Giải pháp",
        "Làm.",
    ]


def test_an_empty_place_is_left_out_and_the_rest_renumbered():
    assert shown({"objective": "  \n\n ", "solutions": "Làm."}, (paragraph("- 100%."),)) == [
        "I. Mục tiêu",
        "1. Cụ thể",
        "- 100%.",
        "II. Giải pháp",
        "Làm.",
    ]
    assert shown({}) == []


def test_generated_branches_are_numbered_below_their_place():
    branches = (
        paragraph("Gồm:"),
        Branch("Hạ tầng", (paragraph("x"),)),
        Branch("", (paragraph("y"),)),
        Branch("An toàn", ()),
    )
    assert shown({}, branches) == ["I. Mục tiêu", "1. Cụ thể", "Gồm:", "a) Hạ tầng", "x", "y", "b) An toàn"]


def test_branches_below_the_last_level_have_no_heading():
    deep = Branch("1", (Branch("a", (Branch("quá sâu", (paragraph("chữ"),)),)),))
    assert [block.label if isinstance(block, Heading) else block.text for block in numbered((deep,), Level.CLAUSE)] == [
        "1.",
        "a)",
        "chữ",
    ]


def test_narratives_are_paragraphs_separated_by_blank_lines():
    assert [block.text for block in narrative_blocks("Dòng một\ndòng hai.\n\n\nĐoạn hai.\n")] == [
        "Dòng một dòng hai.",
        "Đoạn hai.",
    ]
    listed = "Gồm:\n- Một\n  tiếp theo\n- Hai\n+ Ba"
    assert [block.text for block in narrative_blocks(listed)] == ["Gồm:", "- Một tiếp theo", "- Hai", "+ Ba"]


@pytest.mark.parametrize(
    ("level", "number", "written"),
    [(Level.PART, 2, "Phần II"), (Level.SECTION, 4, "IV."), (Level.CLAUSE, 3, "3."), (Level.POINT, 5, "đ)")],
)
def test_labels_of_the_levels(level, number, written):
    assert label(level, number) == written


def test_a_single_appendix_has_no_number():
    assert appendix_labels(("x",)) == {"x": "Phụ lục"}
    assert appendix_labels(("x", "y")) == {"x": "Phụ lục I", "y": "Phụ lục II"}
    assert appendix_labels(()) == {}


def unit(kind):
    return Unit(code="A", name="Cơ quan A", kind=kind, level=UnitLevel.PROVINCE, order_number=1)


@pytest.mark.parametrize("name", ["plan", "report"])
def test_recipients_follow_the_time_and_end_with_the_archive(name):
    outline = load_outline(name)
    before = outline.recipients_for(unit(UnitKind.PROVINCE), date(2016, 2, 15))
    after = outline.recipients_for(unit(UnitKind.PROVINCE), date(2026, 2, 15))
    assert "UBND các huyện, thị xã, thành phố" in before
    assert "UBND các xã, phường" in after
    assert not any("huyện" in text for text in after)
    assert before[-1] == after[-1] == "Lưu: VT, CNTT"
    assert not any("UBND" in text for text in outline.recipients_for(unit(UnitKind.MINISTRY), date(2018, 1, 1)))


def test_a_report_goes_to_the_ministry_of_its_time_and_a_plan_is_copied_to_it():
    province, ministry = unit(UnitKind.PROVINCE), unit(UnitKind.MINISTRY)
    report, plan = load_outline("report"), load_outline("plan")
    assert report.addressees_for(province, date(2025, 2, 28)) == ("Bộ Thông tin và Truyền thông",)
    assert report.addressees_for(province, date(2025, 3, 1)) == ("Bộ Khoa học và Công nghệ",)
    assert report.addressees_for(ministry, date(2017, 1, 1)) == ("Chính phủ",)
    assert report.recipients_for(province, date(2017, 1, 1))[0] == "Như trên"
    assert plan.addressees_for(province, date(2017, 1, 1)) == ()
    assert plan.recipients_for(province, date(2017, 1, 1))[0] == "Bộ Thông tin và Truyền thông (để b/c)"
    assert plan.recipients_for(province, date(2026, 1, 1))[0] == "Bộ Khoa học và Công nghệ (để b/c)"


def test_who_signs_follows_the_kind_of_the_issuer():
    assert signature_lines(unit(UnitKind.PROVINCE)) == ("TM. Ủy ban nhân dân", "Chủ tịch")
    assert signature_lines(unit(UnitKind.MINISTRY)) == ("Bộ trưởng",)
    assert signature_lines(unit(UnitKind.OTHER)) == ("Thủ trưởng đơn vị",)
