"""Which report comes before which, and which money belongs to a task up to a year."""

from __future__ import annotations

from desktop_app.domain.entities import FundingSource, MoneyStage, Task, TaskMoney, TaskReport
from desktop_app.services.session import Session
from desktop_app.services.task_reports import TaskBook


def test_the_last_report_of_an_earlier_period_stands_before(small_office: Session) -> None:
    first, second = small_office.gateway.list(Task, order_by="code")[:2]
    with small_office.operation("collect", source="import") as op:
        for task, period, percent in (
            (first, "2016", 10),
            (first, "2017-Q1", 20),
            (first, "2018", 90),
            (second, "2017-H1", 5),
        ):
            op.save(TaskReport(task_id=task.id, period=period, percent=percent))
    book = TaskBook(small_office)

    def before(task: Task, period: str) -> int | None:
        found = book.picture(task, "SXD", TaskReport(task_id=task.id, period=period)).before
        return found.percent if found else None

    assert [before(first, period) for period in ("2015", "2016", "2017-Q1", "2017", "2018", "2019")] == [
        None,
        None,
        10,
        20,
        20,
        90,
    ]
    assert before(second, "2017") == 5
    assert [(item.task_id, item.period) for item in book.reports()] == [
        (first.id, "2016"),
        (first.id, "2017-Q1"),
        (first.id, "2018"),
        (second.id, "2017-H1"),
    ]


def test_money_counts_by_stage_up_to_the_year(small_office: Session) -> None:
    first, second = small_office.gateway.list(Task, order_by="code")[:2]
    with small_office.operation("setup", source="setup") as op:
        source = op.save(FundingSource(code="NS", name="Ngân sách", order_number=1))
        for year, stage, amount in (
            (2016, "ALLOTTED", 1),
            (2017, "ALLOTTED", 2),
            (2018, "ALLOTTED", 4),
            (2017, "DISBURSED", 8),
        ):
            fields = {"task_id": first.id, "funding_source_id": source.id, "stage": MoneyStage[stage]}
            op.save(TaskMoney(year=year, amount_vnd=amount, **fields))
    book = TaskBook(small_office)
    found = book.picture(first, "SXD", TaskReport(task_id=first.id, period="2017-H1"))
    assert (found.allotted_vnd, found.disbursed_by_source_vnd, found.unit_code) == (3, 8, "SXD")
    other = book.picture(second, "SXD", TaskReport(task_id=second.id, period="2017"))
    assert (other.allotted_vnd, other.disbursed_by_source_vnd) == (None, None)
