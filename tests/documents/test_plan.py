from dataclasses import replace
from datetime import date

import pytest

from desktop_app.documents.content import Cited, PlanContent
from desktop_app.documents.model import Table, as_text
from desktop_app.documents.plan import abstract_of, build_plan, title_in_text
from desktop_app.domain.entities import Goal, LegalDocument, PlanBudget, PlanKind, Task
from tests.documents.conftest import ROOT

B = "\u00a0"


def appendix(document, title):
    return next(item for item in document.appendices if item.title == title)


def headings(document):
    return [line.split("] ", 1)[1] for line in as_text(document).splitlines() if line.startswith("[")]


def test_a_plan_in_full(plan_content, snapshot):
    snapshot("plan", as_text(build_plan(plan_content)))


def test_an_issued_plan_bears_its_number_and_day(plan_content):
    document = build_plan(plan_content)
    assert document.letterhead.number == "Số: 07/KH-UBND"
    assert document.letterhead.place_day == "Thử Nghiệm, ngày 05 tháng 01 năm 2017"
    reference = "(Kèm theo Kế hoạch số 07/KH-UBND ngày 05 tháng 01 năm 2017 của Ủy ban nhân dân tỉnh Thử Nghiệm)"
    assert {item.reference for item in document.appendices} == {reference}


def test_a_draft_leaves_number_and_day_blank(plan_content):
    draft = replace(plan_content, plan=replace(plan_content.plan, symbol=None, issued_on=None), written_on=date(2016, 12, 1))
    document = build_plan(draft)
    assert document.letterhead.number == f"Số: {B * 8}/KH-UBND"
    assert document.letterhead.place_day == f"Thử Nghiệm, ngày {B * 5} tháng {B * 5} năm 2016"
    assert f"số {B * 8}/KH-UBND ngày {B * 5} tháng" in document.appendices[0].reference


def test_a_draft_is_dated_within_its_first_year_even_when_written_later(plan_content):
    late = replace(plan_content, plan=replace(plan_content.plan, symbol=None, issued_on=None), written_on=date(2026, 5, 1))
    document = build_plan(late)
    assert document.letterhead.place_day.endswith("năm 2017")
    assert "UBND các huyện, thị xã, thành phố" in document.recipients


@pytest.mark.parametrize(
    ("kind", "title", "abstract", "in_text"),
    [
        (PlanKind.ANNUAL, "Kế hoạch ứng dụng CNTT", "Ứng dụng CNTT", "Kế hoạch ứng dụng CNTT"),
        (PlanKind.FIVE_YEAR, "Chuyển đổi số tỉnh A", "Chuyển đổi số tỉnh A", "Kế hoạch chuyển đổi số tỉnh A"),
        (
            PlanKind.NATIONAL,
            "Chương trình quốc gia",
            "Triển khai thực hiện Chương trình quốc gia",
            "Kế hoạch triển khai thực hiện Chương trình quốc gia",
        ),
    ],
)
def test_a_plan_is_named_above_and_inside_the_text(plan_content, kind, title, abstract, in_text):
    content = replace(plan_content, plan=replace(plan_content.plan, kind=kind, title=title))
    assert abstract_of(content) == abstract
    assert title_in_text(content) == in_text


def test_a_plan_for_somebody_elses_programme_is_always_a_draft(plan_content):
    national = replace(plan_content, plan=replace(plan_content.plan, kind=PlanKind.NATIONAL, symbol="1819/QĐ-TTg"))
    assert build_plan(national).letterhead.number == f"Số: {B * 8}/KH-UBND"


@pytest.mark.parametrize(
    ("issuer", "number"),
    [
        ("ủy ban nhân dân tỉnh Thử Nghiệm", "Số: 07/KH-UBND"),
        ("UBND tỉnh", "Số: 07/KH-UBND"),
        ("Bộ Thông tin và Truyền thông", f"Số: {B * 8}/KH-UBND"),
    ],
)
def test_the_plan_of_another_issuer_is_carried_out_not_issued(plan_content, issuer, number):
    document = build_plan(replace(plan_content, plan=replace(plan_content.plan, issuer=issuer)))
    assert document.letterhead.number == number
    assert document.abstract.startswith("Triển khai thực hiện") == (issuer.startswith("Bộ"))


def test_empty_places_are_left_out_and_the_rest_renumbered(plan_content):
    assert headings(build_plan(plan_content)) == [
        "I. Hiện trạng",
        "II. Mục tiêu",
        "1. Mục tiêu cụ thể",
        "a) Hạ tầng kỹ thuật",
        "b) Nguồn nhân lực",
        "III. Nội dung, nhiệm vụ",
        "1. Hạ tầng kỹ thuật",
        "2. Nguồn nhân lực",
        "IV. Giải pháp",
        "V. Kinh phí thực hiện",
    ]
    bare = replace(plan_content, narratives={}, money=(), tasks=(), areas=(), goals=())
    assert headings(build_plan(bare)) == ["I. Mục tiêu", "1. Mục tiêu cụ thể"]


def test_the_plans_own_objective_stands_unless_a_narrative_does(plan_content):
    own = replace(plan_content, plan=replace(plan_content.plan, objective="Tốt\nhơn."))
    assert "Tốt hơn." in as_text(build_plan(own)).splitlines()
    told = replace(own, narratives={"objective": "Nhanh hơn."})
    lines = as_text(build_plan(told)).splitlines()
    assert "Nhanh hơn." in lines
    assert "Tốt hơn." not in lines


def test_an_empty_plan_is_a_document_without_appendices():
    from desktop_app.domain.entities import Plan

    plan = Plan(
        id=1, code="K", title="Kế hoạch trống", short_title="K", kind=PlanKind.ANNUAL, start_year=2017, end_year=2017
    )
    document = build_plan(PlanContent(plan=plan, root=ROOT, written_on=date(2017, 3, 1)))
    assert document.appendices == ()
    assert headings(document) == []
    assert document.basis == ()
    assert "None" not in as_text(document)


def test_totals_are_added_from_stored_amounts_then_rounded(plan_content):
    document = build_plan(plan_content)
    table = next(block for block in document.body if isinstance(block, Table))
    shown = [[cell.text for cell in row.cells] for row in table.rows]
    assert shown == [
        ["1", "Ngân sách tỉnh - vốn đầu tư phát triển", "1.234,6", "1.234,6"],
        ["2", "Quỹ", "0,1", "0,1"],
        ["Tổng cộng", "1.234,6", "1.234,6"],
    ]
    assert "làm tròn" in table.remark
    assert table.note == "Đơn vị tính: Triệu đồng"
    exact = replace(plan_content, money=plan_content.money[3:])
    assert not next(block for block in build_plan(exact).body if isinstance(block, Table)).remark


def test_proposed_money_stands_only_while_nothing_is_allotted(plan_content):
    proposed = replace(plan_content, money=plan_content.money[3:])
    assert "Tổng kinh phí (dự kiến) thực hiện 01 nhiệm vụ, dự án là 99 triệu đồng" in as_text(build_plan(proposed))
    assert "99 triệu đồng" not in as_text(build_plan(plan_content))


def test_money_named_by_the_plan_is_told_in_words(plan_content):
    budgets = (
        PlanBudget(id=1, plan_id=1, name="Ngân sách", amount_vnd=1_700_000_000_000, approximate=True, order_number=1),
        PlanBudget(id=2, plan_id=1, name="Thí điểm hợp tác công tư", order_number=2),
    )
    text = as_text(build_plan(replace(plan_content, budgets=budgets)))
    assert "- Ngân sách: khoảng 1.700 tỷ đồng." in text
    assert "- Thí điểm hợp tác công tư." in text


def test_the_appendix_of_tasks_has_money_by_source_and_subtotals(plan_content):
    (table,) = (block for block in appendix(build_plan(plan_content), "Danh mục nhiệm vụ, dự án").blocks)
    titles = [column.title for column in table.columns]
    assert titles == [
        "TT",
        "Tên nhiệm vụ, dự án",
        "Cơ quan chủ trì",
        "Sản phẩm, kết quả",
        "Thời gian thực hiện",
        "Tổng số",
        "NS tỉnh - ĐTPT",
        "Quỹ",
        "Hình thức",
    ]
    shown = [[cell.text for cell in row.cells] for row in table.rows]
    assert shown[0] == ["I", "Hạ tầng kỹ thuật", "1.234,6", "1.234,6", "0", ""]
    assert shown[1][1:5] == ["Nâng cấp mạng nội bộ", "STC", "Mạng đưa vào sử dụng", "Quý III/2017"]
    assert shown[3][2] == "Trường Chính trị"
    assert shown[-1] == ["Tổng cộng", "1.234,6", "1.234,6", "0,1", ""]


def test_many_sources_share_a_last_column(plan_content):
    from desktop_app.documents.plan_tables import shown_sources
    from desktop_app.domain.entities import FundingSource, MoneyStage, TaskMoney

    sources = tuple(FundingSource(id=n, code=str(n), name=f"Nguồn {n}", order_number=n) for n in range(1, 7))
    money = tuple(
        TaskMoney(id=n, task_id=1, year=2017, funding_source_id=n, stage=MoneyStage.ALLOTTED, amount_vnd=n * 10)
        for n in range(1, 7)
    )
    shown = shown_sources(replace(plan_content, sources=sources, money=money), money)
    assert [name for name, _ids in shown] == ["Nguồn 4", "Nguồn 5", "Nguồn 6", "Nguồn khác"]
    assert shown[-1][1] == {1, 2, 3}


def test_the_appendix_of_targets_has_a_column_per_goal_year(plan_content):
    more = replace(
        plan_content, goals=(*plan_content.goals, Goal(id=9, target_id=1, year=2020, amount=plan_content.goals[0].amount))
    )
    (table,) = appendix(build_plan(more), "Danh mục chỉ tiêu").blocks
    assert [column.title for column in table.columns] == [
        "TT",
        "Mục tiêu, chỉ tiêu",
        "ĐVT",
        "2017",
        "2020",
        "Phạm vi",
        "Cách đo",
    ]
    plain = [[cell.text for cell in row.cells] for row in table.rows if len(row.cells) > 2]
    assert plain[0][2:6] == ["%", "100", "100", "Sở, ban, ngành cấp tỉnh"]
    assert plain[1][2:6] == ["", "Hoàn thành", "", "UBND tỉnh"]
    assert plain[2][3] == "tăng 15"


def test_wording_stands_where_a_target_has_no_number(plan_content):
    words = replace(plan_content.targets[0], is_qualitative=True, wording="hầu hết")
    changed = replace(plan_content, targets=(words, *plan_content.targets[1:]), goals=plan_content.goals[1:])
    (table,) = appendix(build_plan(changed), "Danh mục chỉ tiêu").blocks
    assert table.rows[1].cells[3].text == "hầu hết"


def test_five_hundred_tasks_stay_out_of_the_body(plan_content):
    tasks = tuple(
        Task(id=n, plan_id=1, code=f"NV{n}", name=f"Nhiệm vụ số {n}", area_id=1 + n % 2, order_number=n)
        for n in range(1, 501)
    )
    document = build_plan(replace(plan_content, tasks=tasks, money=()))
    text = as_text(document)
    assert "Thực hiện 250 nhiệm vụ, dự án (chi tiết tại Phụ lục II kèm theo)." in text
    assert text.count("Nhiệm vụ số ") == 500
    (table,) = appendix(document, "Danh mục nhiệm vụ, dự án").blocks
    assert [column.title for column in table.columns] == ["TT", "Tên nhiệm vụ, dự án", "Thời gian thực hiện"]


def test_made_up_figures_are_marked_in_every_table(plan_content):
    document = build_plan(replace(plan_content, illustrative=True))
    tables = [block for part in (document.body, *(item.blocks for item in document.appendices)) for block in part]
    notes = [block.note for block in tables if isinstance(block, Table)]
    assert notes == ["Số liệu minh họa. Đơn vị tính: Triệu đồng", "Số liệu minh họa", "Số liệu minh họa"]
    assert document.illustrative


def test_every_basis_is_cited_in_full(plan_content):
    law = LegalDocument(
        id=2, symbol="36a/NQ-CP", kind="NQ", issued_on=date(2015, 10, 14), issuer="Chính phủ", title="Về Chính phủ điện tử"
    )
    document = build_plan(replace(plan_content, basis=(*plan_content.basis, Cited(law))))
    assert document.basis[1] == "Căn cứ Nghị quyết số 36a/NQ-CP ngày 14/10/2015 của Chính phủ về Chính phủ điện tử"


def test_the_signer_of_the_plan_is_named(plan_content):
    signed = replace(
        plan_content, plan=replace(plan_content.plan, signer="Lê Thị B", signer_position="KT. Chủ tịch\nPhó Chủ tịch")
    )
    signature = build_plan(signed).signature
    assert (signature.authority, signature.name) == (("KT. Chủ tịch", "Phó Chủ tịch"), "Lê Thị B")
