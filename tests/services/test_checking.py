"""``check``: rows of tasks and deployments, and what the program itself may lack."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.domain.entities import (
    Deployment,
    DeploymentStatus,
    FundingSource,
    MoneyStage,
    System,
    Task,
    TaskMoney,
    TaskReport,
    TaskStatus,
)
from desktop_app.domain.issues import Issue
from desktop_app.services import checking
from desktop_app.services.checking import check_file, check_program, is_problem
from desktop_app.services.session import Session


def codes(issues: list[Issue]) -> list[str]:
    return [issue.code for issue in issues]


def report(session: Session, code: str, period: str, percent: int, **more: int) -> None:
    (task,) = session.gateway.list(Task, code=code)
    with session.operation("collect", source="import") as op:
        op.save(TaskReport(task_id=task.id, period=period, status=TaskStatus.IN_PROGRESS, percent=percent, **more))


def test_a_sound_file_has_nothing_to_tell_and_counts_its_units(small_office: Session) -> None:
    done: list[tuple[int, int, str]] = []
    assert check_file(small_office, lambda *step: done.append(step)) == []
    assert done == [(1, 4, "TINH"), (2, 4, "SXD"), (3, 4, "STC"), (4, 4, "SYT")]


def test_reports_of_a_task_are_held_against_the_one_before(small_office: Session) -> None:
    for period, percent in (("2017", 40), ("2016", 60), ("2017-Q1", 60)):
        report(small_office, "NV01", period, percent)
    report(small_office, "NV02", "2017", 30)
    (found,) = check_file(small_office)
    assert (found.place.unit, found.place.item) == ("SXD", "NV01")
    assert found.code == "task_percent_falls"


def test_money_up_to_the_year_of_the_report_counts(small_office: Session) -> None:
    report(small_office, "NV01", "2017", 40, disbursed_vnd=5_000_000)
    (task,) = small_office.gateway.list(Task, code="NV01")
    with small_office.operation("setup", source="setup") as op:
        source = op.save(FundingSource(code="NS", name="Ngân sách", order_number=1))
        for year, amount in ((2017, 4_000_000), (2018, 9_000_000)):
            fields = {"task_id": task.id, "funding_source_id": source.id, "stage": MoneyStage.ALLOTTED}
            op.save(TaskMoney(year=year, amount_vnd=amount, **fields))
    assert codes(check_file(small_office)) == ["task_disbursed_above_allotted"]


def test_a_deployment_in_use_says_since_when(small_office: Session) -> None:
    (system,) = small_office.gateway.list(System, code="MC")
    with small_office.operation("setup", source="setup") as op:
        row = op.save(
            Deployment(unit_id=small_office.unit("SXD").id, system_id=system.id, status=DeploymentStatus.IN_USE, users=5)
        )
    (found,) = check_file(small_office)
    assert (found.code, found.place.unit) == ("system_since_missing", "SXD")
    with small_office.operation("setup", source="setup") as op:
        op.delete(row)
        op.save(
            Deployment(
                unit_id=row.unit_id,
                system_id=row.system_id,
                status=DeploymentStatus.IN_USE,
                users=5,
                since_on=date(2017, 12, 21),
            )
        )
    assert codes(check_file(small_office)) == ["system_since_later"]


def test_a_jump_and_a_note_are_no_problems() -> None:
    assert not is_problem(Issue("value_jumps", {"before": 1, "now": 100, "period": "2016"}))
    assert not is_problem(Issue("identity_from_line"))
    assert is_problem(Issue("bundle_folder_missing", {"folder": "x"}))


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bundle that holds every folder, four fonts, the migrations and one catalogue."""
    for folder in checking._BUNDLED_FOLDERS:
        (tmp_path / "resources" / folder).mkdir(parents=True)
        (tmp_path / "resources" / folder / "x").write_bytes(b"")
    for number in range(4):
        (tmp_path / "resources" / "fonts" / f"{number}.ttf").write_bytes(b"")
    texts = tmp_path / "resources" / "locale" / "vi" / "LC_MESSAGES"
    texts.mkdir(parents=True)
    for name in ("cli.po", "cli.mo"):
        (texts / name).write_bytes(b"")
    (tmp_path / "db" / "migrations").mkdir(parents=True)
    (tmp_path / "db" / "migrations" / "0001_initial.sql").write_bytes(b"")
    (tmp_path / "db" / "schema.sql").write_bytes(b"")
    monkeypatch.setattr(paths, "_root", lambda: tmp_path)
    monkeypatch.setattr(checking.library, "check", list)
    return tmp_path


def test_a_whole_bundle_is_complete(bundle: Path) -> None:
    assert check_program() == []


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ("resources/help/x", [("bundle_folder_missing", {"folder": "help"})]),
        ("resources/fonts/3.ttf", [("bundle_fonts_missing", {"count": 3, "needed": 4})]),
        ("resources/locale/vi/LC_MESSAGES/cli.po", [("bundle_texts_missing", {"package": "cli"})]),
        ("db/schema.sql", [("bundle_folder_missing", {"folder": "db"})]),
        ("db/migrations/0001_initial.sql", [("bundle_folder_missing", {"folder": "db"})]),
    ],
)
def test_what_is_gone_is_named(bundle: Path, gone: str, told: list[tuple[str, dict[str, object]]]) -> None:
    (bundle / gone).unlink()
    assert [(issue.code, issue.params) for issue in check_program()] == told


def test_a_folder_that_is_gone_is_named(bundle: Path) -> None:
    (bundle / "resources" / "help" / "x").unlink()
    (bundle / "resources" / "help").rmdir()
    assert codes(check_program()) == ["bundle_folder_missing"]


def test_without_any_compiled_text_every_package_is_named(bundle: Path) -> None:
    (bundle / "resources" / "locale" / "vi" / "LC_MESSAGES" / "cli.mo").unlink()
    assert [issue.params["package"] for issue in check_program()] == list(checking.PACKAGES)
