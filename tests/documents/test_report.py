import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from desktop_app.documents.model import Table, as_text
from desktop_app.documents.report import build_report, narrative_prefix, results_title
from desktop_app.domain.entities import JudgedVerdict, TaskReport, TaskStatus
from desktop_app.domain.indicators.verdicts import Verdict

B = "\u00a0"


def text_of(report):
    return as_text(build_report(report))


def with_verdicts(report, *verdicts):
    results = tuple(
        replace(result, progress=replace(result.progress, verdict=verdict, on_reported=verdict))
        for result, verdict in zip(report.results, verdicts, strict=True)
    )
    return replace(report, results=results)


def test_a_report_in_full(report, snapshot):
    snapshot("report", text_of(report))


def test_the_opening_sentence_counts_what_is_done(report):
    assert (
        "Đến 14/12/2017, đã hoàn thành 01/03 chỉ tiêu; còn lại 02/03 chỉ tiêu đang được tiếp tục triển khai "
        "(kết quả chi tiết tại Phụ lục I kèm theo). Trong số chỉ tiêu còn lại: 01 chỉ tiêu chưa đạt mục tiêu; "
        "01 chỉ tiêu chưa đủ số liệu của các đơn vị (tạm tính 01 chỉ tiêu đạt)." in text_of(report)
    )


def test_when_all_is_done_nothing_is_left(report):
    text = text_of(with_verdicts(report, Verdict.MET, Verdict.MET, Verdict.MET))
    assert "đã hoàn thành 03/03 chỉ tiêu (kết quả" in text
    assert "còn lại" not in text
    assert "Tồn tại" not in text


def test_what_did_not_arise_is_not_counted(report):
    text = text_of(with_verdicts(report, Verdict.MET, Verdict.NOT_APPLICABLE, Verdict.NOT_DUE))
    assert "đã hoàn thành 01/02 chỉ tiêu; còn lại 01/02" in text
    assert "Không tính 01 chỉ tiêu không phát sinh trong kỳ." in text


def test_a_judgement_counts_as_done(report):
    judged = with_verdicts(report, Verdict.MET, Verdict.MET, Verdict.JUDGED_BY_HAND)
    last = judged.results[2]
    done = replace(last, progress=replace(last.progress, judgement=JudgedVerdict.MET))
    assert "đã hoàn thành 03/03" in text_of(replace(judged, results=(*judged.results[:2], done)))
    failed = replace(last, progress=replace(last.progress, judgement=JudgedVerdict.NOT_MET))
    text = text_of(replace(judged, results=(*judged.results[:2], failed)))
    assert "đã hoàn thành 02/03" in text
    assert "01 chỉ tiêu chưa đạt mục tiêu" in text
    assert "01 chỉ tiêu chờ đánh giá" in text_of(judged)


def test_the_table_of_areas_adds_up(report):
    table = next(block for block in build_report(report).body if isinstance(block, Table))
    shown = [[cell.text for cell in row.cells] for row in table.rows]
    assert [column.title for column in table.columns] == [
        "TT",
        "Nội dung",
        "Tổng số chỉ tiêu",
        "Đạt",
        "Chưa đạt",
        "Chưa đủ số liệu",
    ]
    assert shown == [
        ["1", "Hạ tầng kỹ thuật", "2", "1", "1", ""],
        ["2", "Nguồn nhân lực", "1", "", "", "1"],
        ["Tổng cộng", "3", "1", "1", "1"],
    ]


def test_money_is_counted_up_to_the_year_of_the_period(report):
    text = text_of(report)
    assert "Lũy kế kinh phí kế hoạch giao đến hết năm 2017: 1.234,6 triệu đồng." in text
    assert "đến 14/12/2017: 1.000 triệu đồng, bằng 81% kinh phí kế hoạch giao." in text
    later = replace(
        report, content=replace(report.content, money=tuple(replace(row, year=2018) for row in report.content.money))
    )
    text = text_of(later)
    assert "đến 14/12/2017: 1.000 triệu đồng." in text
    assert "Lũy kế kinh phí kế hoạch giao" not in text


def test_tasks_are_counted_by_what_was_reported(report):
    assert "Trong 02 nhiệm vụ, dự án của Kế hoạch: 01 nhiệm vụ hoàn thành; 01 nhiệm vụ chưa báo cáo (kết quả" in text_of(
        report
    )


def test_units_that_lack_figures_are_named(report):
    text = text_of(report)
    assert "02/03 đơn vị đã báo cáo đủ số liệu của kỳ; 01 đơn vị chưa báo cáo hoặc báo cáo chưa đủ: STP." in text
    assert "- Đôn đốc 01 đơn vị chưa báo cáo hoặc báo cáo chưa đủ số liệu: STP." in text
    complete = replace(report, results=report.results[:2])
    assert "03/03 đơn vị đã báo cáo đủ số liệu của kỳ." in text_of(complete)


def test_units_owe_nothing_to_a_target_that_a_person_judges(report):
    judged = with_verdicts(report, Verdict.MET, Verdict.MET, Verdict.JUDGED_BY_HAND)
    document = build_report(judged)
    assert "03/03 đơn vị đã báo cáo đủ số liệu của kỳ." in as_text(document)
    assert [item.title for item in document.appendices] == [
        "Kết quả thực hiện các chỉ tiêu",
        "Tiến độ thực hiện nhiệm vụ, dự án",
    ]
    (table,) = document.appendices[0].blocks
    coverage = [column.title for column in table.columns].index("Đơn vị báo cáo")
    assert table.rows[-1].cells[coverage].text == "02/03"


def test_next_steps_follow_the_gaps(report):
    assert "- 100% cán bộ, công chức có máy tính: cần thêm 40 người để đạt 100%." in text_of(report)
    milestone = report.results[1]
    still_open = replace(milestone, progress=replace(milestone.progress, verdict=Verdict.NOT_DUE, goal_year=2020))
    assert "- Ban hành Kiến trúc Chính quyền điện tử: hoàn thành trong năm 2020." in text_of(
        replace(report, results=(still_open,))
    )


def test_the_appendix_unfolds_what_is_not_met(report):
    appendix = build_report(report).appendices[-1]
    assert [block.title for block in appendix.blocks] == [
        "Đơn vị chưa báo cáo đủ số liệu",
        "CT01. 100% cán bộ, công chức có máy tính",
    ]
    lacking, failing = ([[cell.text for cell in row.cells] for row in block.rows] for block in appendix.blocks)
    assert lacking == [["1", "Sở Tư pháp", "1", "CT03"]]
    assert failing == [["1", "Sở Tài chính", "570", "600", "95", "30"], ["2", "Sở Y tế", "290", "300", "96,7", "10"]]


def test_the_appendix_of_targets_has_the_year_before_and_the_coverage(report):
    (table,) = build_report(report).appendices[0].blocks
    assert [column.title for column in table.columns] == [
        "TT",
        "Mã",
        "Mục tiêu, chỉ tiêu",
        "ĐVT",
        "Thực hiện năm 2016",
        "Mục tiêu",
        "Kết quả năm 2017",
        "Tử số/ mẫu số",
        "Đơn vị báo cáo",
        "Đánh giá",
        "Ghi chú",
    ]
    rows = [[cell.text for cell in row.cells] for row in table.rows if len(row.cells) > 2]
    assert rows[0][3:] == ["%", "90", "100% (năm 2017)", "96,9", "1.260/1.300", "03/03", "Chưa đạt", "Cần thêm 40 người"]
    assert rows[1][4:] == ["", "hoàn thành (năm 2017)", "đã hoàn thành", "", "", "Đạt", ""]
    assert rows[2][8:10] == ["02/03", "Chưa đủ số liệu (tạm tính: đạt)"]


def test_the_year_before_shows_its_coverage_where_units_were_missing(report):
    first = report.results[0]
    partial = replace(first, before=replace(first.before, value=Fraction("88.6"), units_reported=1))
    (table,) = build_report(replace(report, results=(partial,))).appendices[0].blocks
    before = [column.title for column in table.columns].index("Thực hiện năm 2016")
    assert table.rows[-1].cells[before].text == "88,6 (01/03 đơn vị)"


def test_every_code_in_the_report_stands_in_the_appendix_of_targets(report):
    document = build_report(report)
    (table,) = document.appendices[0].blocks
    place = [column.title for column in table.columns].index("Mã")
    printed = {row.cells[place].text for row in table.rows if len(row.cells) > 2}
    assert set(re.findall(r"CT\d+", as_text(document))) == printed == {"CT01", "CT02", "CT03"}


def test_the_appendix_of_tasks_tells_progress(report):
    (table,) = build_report(report).appendices[1].blocks
    rows = [[cell.text for cell in row.cells] for row in table.rows if len(row.cells) > 2]
    assert rows == [
        ["1", "Nâng cấp mạng nội bộ", "STC", "Quý III/2017", "Hoàn thành", "100", "1.000"],
        ["2", "Tập huấn", "Trường Chính trị", "Năm 2017", "Chưa báo cáo", "", ""],
    ]


def test_a_report_is_a_draft_whatever_the_plan_is(report):
    document = build_report(report)
    assert document.letterhead.number == f"Số: {B * 8}/BC-UBND"
    assert document.letterhead.place_day == f"Thử Nghiệm, ngày {B * 5} tháng {B * 5} năm 2017"
    assert (document.kind, document.basis) == ("Báo cáo", ())


def test_a_report_written_years_later_is_dated_at_its_period(report):
    late = replace(report, content=replace(report.content, written_on=date(2026, 5, 1)))
    assert build_report(late).letterhead.place_day.endswith("năm 2017")
    early = replace(report, content=replace(report.content, written_on=date(2018, 1, 5)))
    assert build_report(early).letterhead.place_day.endswith("năm 2018")


def test_a_narrative_belongs_to_its_period(report):
    assert narrative_prefix("2017-Q1") == "report.2017_q1."
    texts = {
        "report.2017.proposals": "Bố trí thêm kinh phí.",
        "report.2016.proposals": "Lời năm ngoái.",
        "proposals": "Lạc chỗ.",
    }
    text = text_of(replace(report, content=replace(report.content, narratives=texts)))
    assert "Bố trí thêm kinh phí." in text
    assert "Lời năm ngoái." not in text
    assert "Lạc chỗ." not in text


@pytest.mark.parametrize(
    ("years", "period", "title"),
    [
        ((2017, 2017), "2017", "kết quả thực hiện Kế hoạch ứng dụng công nghệ thông tin tỉnh Thử Nghiệm năm 2017"),
        (
            (2017, 2017),
            "2017-Q1",
            "kết quả quý I/2017 thực hiện Kế hoạch ứng dụng công nghệ thông tin tỉnh Thử Nghiệm năm 2017",
        ),
        ((2016, 2020), "2017", "kết quả năm 2017 thực hiện Kế hoạch ứng dụng công nghệ thông tin tỉnh Thử Nghiệm năm 2017"),
    ],
)
def test_the_title_names_the_period_where_the_plan_does_not(report, years, period, title):
    plan = replace(report.content.plan, start_year=years[0], end_year=years[1])
    assert results_title(replace(report, content=replace(report.content, plan=plan), period=period)) == title


def test_a_report_without_targets_and_tasks_still_stands(report):
    bare = replace(report.content, tasks=(), targets=(), money=(), areas=(), narratives={})
    document = build_report(replace(report, content=bare, results=(), task_reports={}))
    assert document.appendices == ()
    assert "None" not in as_text(document)


def test_a_paused_task_is_counted_by_its_word(report):
    paused = {2: TaskReport(task_id=2, period="2017", status=TaskStatus.PAUSED, percent=10)}
    assert "01 nhiệm vụ tạm dừng" in text_of(replace(report, task_reports=paused))
