"""Documents of a real file: written once, never over another file, with the figures that ``progress`` shows."""

import errno
import io
import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pypdfium2
import pytest

from desktop_app.documents.model import as_text
from desktop_app.documents.sentences import value_text
from desktop_app.domain.entities import (
    Area,
    Change,
    ElementKind,
    Office,
    PlanKind,
    PlanSection,
    Target,
    Task,
    TaskReport,
    TaskStatus,
    Unit,
    UnitKind,
    Value,
    ValueState,
)
from desktop_app.domain.issues import UserError
from desktop_app.services import documents
from desktop_app.services.documents import DocumentKind, compose, plan_content, preview, report_content, write_document
from desktop_app.services.progress import progress

PLAN = "TH-2016-2020"


def pdf_text(content):
    file = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in file).replace("\r\n", "\n")
    finally:
        file.close()


def docx_text(content):
    file = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in file.paragraphs), *cells])


def report_everything(session):
    """Every unit of the plan answers every element for 2016 and 2017; two units are late in 2017."""
    from desktop_app.domain.entities import Element, Indicator

    parts = {item.numerator_id for item in session.gateway.list(Indicator) if item.denominator_id}
    values = []
    for unit in session.gateway.list(Unit):
        if unit.kind not in {UnitKind.DEPARTMENT, UnitKind.DISTRICT, UnitKind.PROVINCE}:
            continue
        for element in session.gateway.list(Element):
            if element.kind not in {ElementKind.COUNT, ElementKind.YES_NO}:
                continue
            for period in ("2016", "2017"):
                if period == "2017" and unit.code in {"SNV", "STP"}:
                    continue
                amount = 1 if element.kind is ElementKind.YES_NO else 180 + unit.order_number % 7
                if element.id in parts and element.kind is ElementKind.COUNT:
                    amount -= 60 if period == "2016" else unit.order_number % 5
                values.append(
                    Value(unit_id=unit.id, element_id=element.id, period=period, state=ValueState.VALUE, amount=amount)
                )
    with session.operation("values.set", source="form", count=len(values), period="2017") as operation:
        operation.save_many(values)


@pytest.fixture
def told(session):
    """A session whose units have reported."""
    report_everything(session)
    return session


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".PDF"])
@pytest.mark.parametrize(("kind", "period"), [(DocumentKind.PLAN, None), (DocumentKind.REPORT, "2017")])
def test_a_document_is_written(told, tmp_path, kind, period, suffix):
    path = tmp_path / "Văn bản" / f"Kế hoạch{suffix}"
    write_document(told, PLAN, kind, path, period)
    content = path.read_bytes()
    text = pdf_text(content) if suffix.lower() == ".pdf" else docx_text(content)
    assert ("KẾ HOẠCH" if kind is DocumentKind.PLAN else "BÁO CÁO") in text
    assert [item.name for item in path.parent.iterdir()] == [path.name]


def test_an_equal_file_is_left_as_it_is(session, tmp_path):
    path = tmp_path / "a.docx"
    write_document(session, PLAN, DocumentKind.PLAN, path)
    os.utime(path, (1, 1))
    write_document(session, PLAN, DocumentKind.PLAN, path)
    assert path.stat().st_mtime == 1


def test_another_file_is_never_overwritten(session, tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(b"what the leader edited")
    folder = tmp_path / "b.pdf"
    folder.mkdir()
    with pytest.raises(UserError) as refused:
        write_document(session, PLAN, DocumentKind.PLAN, path)
    assert (refused.value.code, refused.value.exit_code) == ("file_exists", 1)
    assert path.read_bytes() == b"what the leader edited"
    with pytest.raises(UserError) as refused:
        write_document(session, PLAN, DocumentKind.PLAN, folder)
    assert refused.value.code == "file_exists"


@pytest.mark.parametrize("name", ["a.txt", "a", "a.doc", "a.pdf.zip"])
def test_only_pdf_and_word_are_written(session, tmp_path, name):
    with pytest.raises(UserError) as refused:
        write_document(session, PLAN, DocumentKind.PLAN, tmp_path / name)
    assert (refused.value.code, refused.value.exit_code) == ("document_format_unknown", 2)
    assert not (tmp_path / name).exists()


def test_a_full_disk_leaves_no_file_behind(session, tmp_path, monkeypatch):
    def full(*_args, **_more):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    folder = tmp_path / "đích"
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UserError) as refused:
        write_document(session, PLAN, DocumentKind.PLAN, folder / "a.pdf")
    assert (refused.value.code, refused.value.exit_code) == ("file_not_written", 3)
    assert list(folder.iterdir()) == []


def test_a_folder_that_is_a_file_is_told(session, tmp_path):
    (tmp_path / "x").write_bytes(b"")
    with pytest.raises(UserError) as refused:
        write_document(session, PLAN, DocumentKind.PLAN, tmp_path / "x" / "a.pdf")
    assert refused.value.code == "file_not_written"


def test_a_report_needs_a_period(session):
    with pytest.raises(UserError) as refused:
        compose(session, PLAN, DocumentKind.REPORT)
    assert refused.value.code == "document_needs_period"
    with pytest.raises(UserError) as refused:
        compose(session, PLAN, DocumentKind.REPORT, "2017-Q5")
    assert refused.value.code == "not_a_period"


def test_an_unknown_plan_names_the_nearest(session):
    with pytest.raises(UserError) as refused:
        compose(session, "TH-2016-2021", DocumentKind.PLAN)
    assert refused.value.code == "unknown_code"
    assert PLAN in str(refused.value.params["nearest"])


def test_the_preview_is_what_is_written(told, tmp_path):
    path = tmp_path / "a.pdf"
    write_document(told, PLAN, DocumentKind.REPORT, path, "2017")
    assert preview(told, PLAN, DocumentKind.REPORT, "2017") == path.read_bytes()


def test_the_same_figures_stand_in_progress_pdf_and_word(told, tmp_path):
    pdf, word = tmp_path / "a.pdf", tmp_path / "a.docx"
    write_document(told, PLAN, DocumentKind.REPORT, pdf, "2017")
    write_document(told, PLAN, DocumentKind.REPORT, word, "2017")
    rows = progress(told, PLAN, "2017").rows
    assert [item.progress for item in report_content(told, told.plan(PLAN), "2017").results] == list(rows)
    shown = {re.sub(r"\s+", "", pdf_text(pdf.read_bytes())), re.sub(r"\s+", "", docx_text(word.read_bytes()))}
    valued = [row for row in rows if row.value is not None]
    assert len(valued) > 8
    for row in valued:
        sentence = re.sub(r"\s+", "", f"{row.target.short_statement}: ")
        for text in shown:
            start = text.index(sentence)
            assert re.sub(r"\s+", "", value_text(row)) in text[start : start + 300]


def test_the_year_before_and_the_late_units_are_in_the_report(told):
    text = "\n".join(pdf_text(preview(told, PLAN, DocumentKind.REPORT, "2017")).split())
    flat = " ".join(text.split())
    assert "Thực hiện năm 2016" in flat
    assert "số liệu của 45/47 đơn vị đã báo cáo" in flat


def test_a_change_is_told_only_where_the_same_units_reported_in_both_years(told):
    found = report_content(told, told.plan(PLAN), "2017").results
    assert {result.before.is_complete for result in found if result.before} == {True}
    assert {result.comparable is None for result in found if result.progress.missing} == {True}
    assert all(result.comparable for result in found if result.before and not result.progress.missing)
    unit = told.unit("SNV")
    with told.operation("values.set", source="form", count=1, period="2017") as operation:
        operation.save(replace(unit, valid_from=date(2017, 1, 1)))
    changed = report_content(told, told.plan(PLAN), "2017").results
    assert {result.before.same_units for result in changed if result.before and result.progress.missing} == {False}


def test_a_sample_says_so_on_every_page(told):
    for kind, period in ((DocumentKind.PLAN, None), (DocumentKind.REPORT, "2017")):
        file = pypdfium2.PdfDocument(preview(told, PLAN, kind, period))
        try:
            pages = [page.get_textpage().get_text_range() for page in file]
        finally:
            file.close()
        assert len(pages) > 3
        assert all("Số liệu minh họa" in page for page in pages)


def test_an_office_of_its_own_shows_no_mark(session):
    with session.operation("values.set", source="form", count=1, period="2017") as operation:
        operation.save(replace(session.gateway.get(Office, 1), illustrative=False))
    assert "minh họa" not in pdf_text(preview(session, PLAN, DocumentKind.PLAN))


def test_what_was_found_before_signing_is_returned(told, tmp_path):
    codes = [issue.code for issue in write_document(told, PLAN, DocumentKind.REPORT, tmp_path / "a.pdf", "2017")]
    assert "figures_incomplete" in codes
    assert codes[-1] == "figures_illustrative"


def test_narratives_and_task_reports_are_loaded(told):
    plan = told.plan(PLAN)
    task = told.gateway.list(Task, plan_id=plan.id)[0]
    with told.operation("values.set", source="form", count=1, period="2017") as operation:
        operation.save(PlanSection(plan_id=plan.id, outline_key="report.2017.proposals", body="Đề nghị bố trí kinh phí."))
        operation.save(TaskReport(task_id=task.id, period="2017", status=TaskStatus.DONE, percent=100))
    text = " ".join(pdf_text(preview(told, PLAN, DocumentKind.REPORT, "2017")).split())
    assert "Đề nghị bố trí kinh phí" in text
    assert "01 nhiệm vụ hoàn thành" in text


def test_money_disbursed_by_the_tasks_of_another_plan_is_not_counted(told):
    """Found from outside: the report on HD-2017 told the 25.030 million that the tasks of TH-2016-2020 disbursed."""
    other = told.gateway.list(Task, plan_id=told.plan("HD-2017").id)[0]
    with told.operation("values.set", source="form", count=1, period="2017") as operation:
        operation.save(TaskReport(task_id=other.id, period="2017", disbursed_vnd=25_030_000_000))
    assert report_content(told, told.plan(PLAN), "2017").task_reports == {}
    assert "25.030" not in pdf_text(preview(told, PLAN, DocumentKind.REPORT, "2017"))
    assert "25.030" in pdf_text(preview(told, "HD-2017", DocumentKind.REPORT, "2017"))


def test_everything_of_the_plan_is_loaded_and_nothing_else(session):
    plan = session.plan(PLAN)
    content = plan_content(session, plan)
    assert len(content.targets) == session.gateway.count(type(content.targets[0]), plan_id=plan.id)
    assert {task.plan_id for task in content.tasks} == {plan.id}
    assert {goal.target_id for goal in content.goals} <= {target.id for target in content.targets}
    assert [cited.document.symbol for cited in content.basis][:2] == ["64/2007/NĐ-CP", "1819/QĐ-TTg"]
    assert content.written_on == session.now().date()


def test_a_report_follows_the_plan_as_amended(session):
    plan = session.plan(PLAN)
    with session.operation("values.set", source="form", count=1, period="2017") as operation:
        changed = operation.save(
            replace(plan, id=0, code="BS", kind=PlanKind.AMENDMENT, amends_id=plan.id, effective_from=date(2017, 6, 1))
        )
        area = operation.save(Area(plan_id=changed.id, code="ND9", name="Nội dung bổ sung", order_number=1))
        more = {"plan_id": changed.id, "area_id": area.id, "change": Change.ADD, "order_number": 1}
        operation.save(Target(code="CT99", statement="Thêm chỉ tiêu.", short_statement="Thêm chỉ tiêu", **more))
        operation.save(Task(code="NV99", name="Thêm nhiệm vụ", **more))

    def flat(period):
        return " ".join(as_text(compose(session, PLAN, DocumentKind.REPORT, period).document).split())

    assert "Nội dung bổ sung - Thêm chỉ tiêu: chờ đánh giá." in flat("2017")
    assert "Trong 11 nhiệm vụ" in flat("2017")
    assert "bổ sung" not in flat("2016")
    assert "Trong 10 nhiệm vụ" in flat("2016")


def test_writing_changes_no_byte_of_the_data(session, tmp_path):
    before = session.path.read_bytes()
    write_document(session, PLAN, DocumentKind.PLAN, tmp_path / "a.pdf")
    assert session.path.read_bytes() == before


def test_every_plan_of_the_sample_can_be_written(session):
    from desktop_app.domain.entities import Plan

    for plan in session.gateway.list(Plan):
        assert preview(session, plan.code, DocumentKind.PLAN).startswith(b"%PDF-1.")
        assert compose(session, plan.code, DocumentKind.REPORT, "2017").document.kind == "Báo cáo"


def test_documents_are_imported_only_when_one_is_made():
    assert "render_pdf" not in vars(documents)
