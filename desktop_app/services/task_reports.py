"""What was reported on tasks and paid for them, as one report is held against it; read once for all."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.domain import periods
from desktop_app.domain.entities import MoneyStage, Task, TaskMoney, TaskReport
from desktop_app.domain.rules.reports import TaskPicture
from desktop_app.services.session import Session


class TaskBook:
    """Every report on every task, and the money of the tasks."""

    def __init__(self, session: Session) -> None:
        self._regime = session.office.regime
        self._reports: dict[int, list[TaskReport]] = {}
        self._money: dict[int, list[TaskMoney]] = {}
        for report in sorted(session.gateway.list(TaskReport), key=lambda item: self._order(item.period)):
            self._reports.setdefault(report.task_id, []).append(report)
        for row in session.gateway.list(TaskMoney):
            self._money.setdefault(row.task_id, []).append(row)

    def reports(self) -> Iterable[TaskReport]:
        """Return every stored report, those of one task together and in the order of their periods."""
        return [report for found in self._reports.values() for report in found]

    def picture(self, task: Task, unit_code: str, report: TaskReport) -> TaskPicture:
        """Return a report with the last one of an earlier period, and with the money of the task.

        Args:
            task: reported on.
            unit_code: the unit that reports.
            report: need not be stored.
        """
        order = self._order(report.period)
        earlier = [item for item in self._reports.get(task.id, ()) if self._order(item.period) < order]
        year = periods.year_of(report.period)
        own = [row for row in self._money.get(task.id, ()) if row.year <= year]
        return TaskPicture(
            task=task,
            unit_code=unit_code,
            report=report,
            before=earlier[-1] if earlier else None,
            disbursed_by_source_vnd=_total(own, MoneyStage.DISBURSED),
            allotted_vnd=_total(own, MoneyStage.ALLOTTED),
        )

    def _order(self, period: str) -> tuple[object, str]:
        """Order periods by their last day; of those that end together, one comes first, always the same."""
        return periods.window(period, self._regime)[1], period


def _total(rows: Iterable[TaskMoney], stage: MoneyStage) -> int | None:
    amounts = [row.amount_vnd for row in rows if row.stage is stage]
    return sum(amounts) if amounts else None
