from dataclasses import replace
from datetime import date

import pytest

from desktop_app.documents.content import Cited
from desktop_app.documents.plan import build_plan
from desktop_app.documents.preflight import check_plan, check_report
from desktop_app.documents.report import build_report
from desktop_app.domain.entities import MoneyStage, PlanBudget, TaskMoney, TaskReport, TaskStatus
from desktop_app.domain.indicators.verdicts import Verdict
from desktop_app.text.catalogue import Catalogue, Language


def found(content):
    return [(issue.code, issue.place.item) for issue in check_plan(content, build_plan(content))]


def found_in_report(report):
    return [(issue.code, issue.place.item) for issue in check_report(report, build_report(report))]


def test_a_sound_plan_has_no_issue(plan_content):
    assert found(plan_content) == []


def test_a_plan_without_a_basis(plan_content):
    assert found(replace(plan_content, basis=())) == [("document_without_basis", "KH-2017")]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"valid_to": date(2017, 1, 4)}, ["basis_expired"]),
        ({"valid_to": date(2017, 1, 5)}, []),
        ({"valid_from": date(2017, 1, 6)}, ["basis_not_yet_valid"]),
        ({"valid_from": date(2017, 1, 5)}, []),
        ({"issued_on": date(2018, 1, 1)}, ["basis_not_yet_valid"]),
    ],
)
def test_a_basis_must_be_in_force_on_the_day_of_the_plan(plan_content, changes, codes):
    law = replace(plan_content.basis[0].document, **changes)
    assert [code for code, _item in found(replace(plan_content, basis=(Cited(law),)))] == codes


def test_the_successor_of_an_expired_basis_is_named(plan_content):
    law = replace(plan_content.basis[0].document, valid_to=date(2016, 1, 1))
    successor = replace(law, id=2, symbol="148/2025/QH15", kind="Luật", title="Chuyển đổi số", issued_on=date(2025, 12, 11))
    content = replace(plan_content, basis=(Cited(law, successor),))
    (issue,) = check_plan(content, build_plan(content))
    assert issue.code == "basis_replaced"
    assert "Luật Chuyển đổi số ngày 11/12/2025" in issue.text(Catalogue(Language.VI))


def test_targets_need_goals_and_indicators(plan_content):
    first, second, third = plan_content.targets
    content = replace(
        plan_content,
        targets=(first, replace(second, indicator_id=None), replace(third, is_qualitative=True)),
        goals=(),
    )
    assert found(content) == [("target_without_goal", "CT01"), ("target_without_indicator", "CT02")]
    assert ("plan_without_targets", "KH-2017") in found(replace(plan_content, targets=(), goals=()))


def test_tasks_need_a_lead_and_a_name_of_their_own(plan_content):
    first, second = plan_content.tasks
    twin = replace(second, name="NÂNG CẤP  mạng nội bộ", lead=None)
    assert found(replace(plan_content, tasks=(first, twin))) == [("task_without_lead", "NV02"), ("task_named_twice", "NV02")]


def test_what_the_plan_names_must_equal_what_its_tasks_add_up_to(plan_content):
    named = PlanBudget(id=1, plan_id=1, name="Tổng", amount_vnd=1_234_640_000, order_number=1)
    assert found(replace(plan_content, budgets=(named,))) == []
    wrong = replace(named, amount_vnd=1_234_640_001)
    assert found(replace(plan_content, budgets=(wrong,))) == [("budget_differs", "KH-2017")]
    assert found(replace(plan_content, budgets=(replace(wrong, approximate=True),))) == []


def test_money_must_fall_within_the_years_of_the_plan(plan_content):
    late = TaskMoney(id=9, task_id=1, year=2018, funding_source_id=1, stage=MoneyStage.ALLOTTED, amount_vnd=1)
    assert found(replace(plan_content, money=(*plan_content.money, late))) == [("money_outside_plan", "KH-2017")]


def test_an_appendix_must_be_referred_to(plan_content):
    document = build_plan(plan_content)
    silent = replace(document, body=document.body[:1])
    codes = [issue.code for issue in check_plan(plan_content, silent)]
    assert codes == ["appendix_not_cited", "appendix_not_cited"]


def test_every_appendix_of_a_report_is_referred_to(report):
    failing_only = replace(report, results=report.results[:1])
    lacking_only = replace(report, results=report.results[2:])
    for given in (report, failing_only, lacking_only):
        assert len(build_report(given).appendices) == 3
        assert "appendix_not_cited" not in [code for code, _item in found_in_report(given)]


def test_a_report_lists_what_is_incomplete(report):
    assert found_in_report(report) == [("figures_incomplete", "CT03"), ("task_not_reported", "NV02")]
    waiting = replace(report.results[1], progress=replace(report.results[1].progress, verdict=Verdict.JUDGED_BY_HAND))
    assert ("target_not_judged", "CT02") in found_in_report(replace(report, results=(waiting,)))


def test_a_report_must_be_for_a_year_of_the_plan(report):
    assert ("period_outside_plan", "KH-2017") in found_in_report(replace(report, period="2018-Q1"))


def test_a_report_doubts_task_figures(report):
    doubtful = {
        1: TaskReport(task_id=1, period="2017", status=TaskStatus.DONE, percent=90, disbursed_vnd=2_000_000_000),
        2: TaskReport(task_id=2, period="2017", status=TaskStatus.IN_PROGRESS, percent=10, disbursed_vnd=1),
    }
    codes = found_in_report(replace(report, task_reports=doubtful))[1:]
    assert codes == [("task_done_below_100", "NV01"), ("disbursed_above_allotted", "NV01")]


def test_made_up_figures_are_told(plan_content):
    assert found(replace(plan_content, illustrative=True)) == [("figures_illustrative", "")]


def test_every_issue_has_a_vietnamese_sentence(report, plan_content):
    content = replace(plan_content, basis=(), targets=(), illustrative=True)
    issues = [*check_plan(content, build_plan(content)), *check_report(report, build_report(report))]
    for issue in issues:
        assert issue.text(Catalogue(Language.VI)) != issue.text(Catalogue(Language.EN))
