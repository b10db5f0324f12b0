"""The rows of the trace that are rules (REL) or errors of a source (ERR); each test carries the id of its row."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from desktop_app import library
from desktop_app.domain.entities import (
    Attachment,
    Goal,
    Indicator,
    LegalDocument,
    Plan,
    PlanKind,
    PlanSection,
    System,
    Target,
    Task,
    TaskVerb,
    UnitKind,
)
from desktop_app.services.setup import create_file

SAMPLE = "thanh-hoa-2016"


@pytest.fixture(scope="module")
def shipped():
    return library.load_sample(SAMPLE)


@pytest.fixture
def session(tmp_path):
    opened = create_file(tmp_path / "a.skh", SAMPLE, "An", now=lambda: datetime(2016, 3, 1, tzinfo=UTC))
    yield opened
    opened.close()


def tasks_of(shipped, plan):
    plan_id = shipped.by_code(Plan, plan).id
    return [item for item in shipped.of(Task) if item.plan_id == plan_id]


def documents(shipped):
    return {item.symbol: item for item in shipped.of(LegalDocument)}


def test_S0_01_an_annual_plan_of_one_year_can_be_kept_under_the_guidance(session):
    guidance = session.plan("HD-2017")
    assert (guidance.kind, guidance.start_year, guidance.end_year) == (PlanKind.GUIDANCE, 2017, 2017)
    annual = Plan(
        code="TH-2017",
        title="Kế hoạch ứng dụng công nghệ thông tin năm 2017",
        short_title="Kế hoạch 2017",
        kind=PlanKind.ANNUAL,
        start_year=2017,
        end_year=2017,
        parent_id=guidance.id,
    )
    with session.operation("setup", source="cli") as operation:
        operation.save(annual)
    assert session.plan("TH-2017").kind is PlanKind.ANNUAL


def test_S0_03_the_decree_of_2007_has_its_right_number_and_the_slip_is_told(shipped):
    document = documents(shipped)["64/2007/NĐ-CP"]
    assert document.issued_on == date(2007, 4, 10)
    assert "64/2014/NĐ-CP" in document.correction
    assert "64/2014/NĐ-CP" not in documents(shipped)


def test_S0_06_plan_hierarchy_from_national_to_five_year_to_annual_to_unit(session):
    national = session.plan("CTQG-2016-2020")
    five_year = session.plan("TH-2016-2020")
    assert session.plan("HD-2017").parent_id == national.id
    assert five_year.parent_id == national.id
    assert national.symbol == "1819/QĐ-TTg"
    annual = Plan(
        code="TH-2017",
        title="Kế hoạch 2017",
        short_title="2017",
        kind=PlanKind.ANNUAL,
        start_year=2017,
        end_year=2017,
        parent_id=five_year.id,
    )
    target, unit = session.target(five_year, "CT08"), session.unit("STTTT")
    with session.operation("setup", source="cli") as operation:
        saved = operation.save(annual)
        operation.save(Goal(target_id=target.id, year=2017, unit_id=unit.id, amount=Decimal(75)))
    assert session.gateway.get(Plan, saved.id).parent_id == five_year.id
    assert session.gateway.list(Goal, target_id=target.id, unit_id=unit.id)[0].amount == 75


def test_S0_17_a_file_can_be_attached_to_the_guidance_letter(session):
    letter = session.gateway.list(LegalDocument, symbol="2718/BTTTT-THH")[0]
    content = b"%PDF-1.4 huong dan"
    with session.operation("setup", source="cli") as operation:
        operation.save(
            Attachment(
                legal_document_id=letter.id,
                file_name="2718-huong-dan.pdf",
                sha256=hashlib.sha256(content).hexdigest(),
                content=content,
                added_on=date(2016, 8, 17),
            )
        )
    assert session.gateway.list(Attachment, legal_document_id=letter.id)[0].content == content


def test_S1_02_plans_and_tasks_name_who_is_answerable_in_person(shipped):
    plan = shipped.by_code(Plan, "CD-2018")
    assert "Bộ trưởng" in plan.responsible
    assert "Chủ tịch UBND tỉnh" in plan.responsible
    answerable = [task for task in tasks_of(shipped, "CD-2018") if task.responsible]
    assert answerable
    assert all("S1-02" in task.source_ids for task in answerable)


def test_S1_04_the_year_that_the_source_broke_off_is_2018_and_the_slip_is_told(shipped):
    task = next(item for item in shipped.of(Task) if "S1-04" in item.source_ids)
    assert (task.due_on, task.due_text) == (None, "quý IV/2018")
    assert "201." in task.correction


def test_S1_06_indicators_and_targets_can_be_tagged_with_the_PAR_index(shipped):
    tagged = {item.code for item in shipped.of(Indicator) if "PAR" in item.sets}
    assert {"KS01-PAR", "DV11", "DV12"} <= tagged
    target = next(item for item in shipped.of(Target) if "S1-06" in item.source_ids)
    assert target.tags == ("PAR",)


def test_S1_13_every_task_of_the_direction_has_lead_and_deadline_and_the_drafts_have_a_product(shipped):
    tasks = tasks_of(shipped, "CD-2018")
    dated = [task for task in tasks if re.match(r"quý|tháng|chậm nhất", task.due_text or "")]
    assert len(dated) == 7
    assert all(task.lead and task.product and task.due_on is None for task in dated)
    assert {task.code for task in tasks if task.cooperating} == {"NV03", "NV04", "NV07"}
    report = next(item for item in shipped.of(Task) if "S0-16" in item.source_ids)
    assert report.due_on == date(2016, 10, 30)


def test_S3_01_the_document_with_the_symbol_KH_is_a_plan_and_the_slip_is_told(shipped):
    document = documents(shipped)["22/KH-UBND"]
    assert document.kind == "KH"
    assert "Quyết định" in document.correction
    plan = shipped.by_code(Plan, "TH-2016-2020")
    assert plan.kind is PlanKind.FIVE_YEAR
    assert "S3-01" in plan.correction


def test_S3_02_the_plan_runs_five_years_and_ties_its_objective_to_administrative_reform(shipped):
    plan = shipped.by_code(Plan, "TH-2016-2020")
    assert (plan.start_year, plan.end_year) == (2016, 2020)
    assert "cải cách hành chính" in plan.objective
    sections = {item.outline_key: item.body for item in shipped.of(PlanSection) if item.plan_id == plan.id}
    assert {"objective", "solutions", "organisation", "situation"} <= set(sections)
    assert "cải cách hành chính" in sections["objective"]


def test_S3_05_the_system_that_the_source_names_twice_stands_once(shipped):
    names = [item.name.casefold() for item in shipped.of(System) if "S3-05" in item.source_ids]
    assert len(names) == len(set(names)) == 2
    assert sum("quản lý văn bản" in name for name in names) == 1
    assert "S3-05" in shipped.by_code(Plan, "TH-2016-2020").correction
    upkeep = [task for task in tasks_of(shipped, "TH-2016-2020") if "S3-05" in task.source_ids]
    assert len(upkeep) == 1


def test_S3_30_scopes_differ_from_target_to_target(shipped):
    plan_id = shipped.by_code(Plan, "TH-2016-2020").id
    scopes = {item.code: set(item.scope) for item in shipped.of(Target) if item.plan_id == plan_id}
    two = {UnitKind.DEPARTMENT, UnitKind.DISTRICT}
    assert scopes["CT02"] == two
    assert scopes["CT12"] == {*two, UnitKind.COMMUNE}
    assert scopes["CT01"] == set()


def test_S4_01_the_year_that_the_source_lacks_is_left_open_and_told(shipped):
    plan = shipped.by_code(Plan, "BTTTT-2016-2020-BS")
    assert plan.kind is PlanKind.AMENDMENT
    assert plan.amends_id == shipped.by_code(Plan, "BTTTT-2016-2020").id
    assert (plan.issued_on, plan.effective_from) == (None, None)
    assert plan.issued_text.startswith("20/9")
    assert "thiếu năm" in plan.correction


VERBS = {
    "xây dựng": TaskVerb.BUILD,
    "thiết lập": TaskVerb.SET_UP,
    "duy trì": TaskVerb.MAINTAIN,
    "cập nhật": TaskVerb.UPDATE,
    "nâng cấp": TaskVerb.UPGRADE,
    "kết nối": TaskVerb.CONNECT,
    "tích hợp": TaskVerb.INTEGRATE,
    "vận hành": TaskVerb.OPERATE,
    "quy hoạch": TaskVerb.PLAN,
    "hoàn thiện": TaskVerb.COMPLETE,
    "thiết lập bổ sung": TaskVerb.EXTEND,
    "chia sẻ": TaskVerb.SHARE,
}


def test_S4_11_every_lifecycle_verb_exists_and_the_shipped_tasks_use_them(shipped):
    assert len(set(VERBS.values())) == 12
    used = {task.verb for task in shipped.of(Task)}
    assert set(VERBS.values()) <= used
    for task in tasks_of(shipped, "BTTTT-2016-2020-BS"):
        word = next((word for word, verb in VERBS.items() if verb is task.verb), "bồi dưỡng")
        assert word in task.name.casefold()
