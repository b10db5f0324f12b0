"""The plan as a document (Kế hoạch, mẫu 1.4 of NĐ 30/2020/NĐ-CP)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.documents.content import PlanContent
from desktop_app.documents.frame import Identity, appendices, assemble, draft, standing_labels
from desktop_app.documents.model import Block, Document, paragraph
from desktop_app.documents.outline import Branch, Content, Generator, filled, load_outline, numbered
from desktop_app.documents.plan_tables import (
    by_area,
    counted,
    millions,
    money_table,
    target_table,
    task_table,
    task_time,
)
from desktop_app.documents.wording import capitalised, cite, issuer_name, load_wording, lowered
from desktop_app.domain.entities import MoneyStage, PlanBudget, Task
from desktop_app.text.money import format_money_prose

MOST_TASKS_IN_BODY = 60
"""Beyond so many, the body tells how many tasks each area has and leaves their names to the appendix."""


def build_plan(content: PlanContent) -> Document:
    """Return the plan as a document."""
    outline = load_outline("plan")
    text = _PlanText(content, {})
    labels = standing_labels(outline, text.generators())
    text = _PlanText(content, labels)
    identity = _identity(content)
    opening = outline.opening.format(issuer=issuer_name(content.root), title=title_in_text(content))
    closing = outline.closing.format(issuer=issuer_name(content.root), title=title_in_text(content))
    branches = filled(outline.places, content.narratives, text.generators())
    body = (paragraph(opening), *numbered(branches, outline.first_level), paragraph(closing))
    return assemble(
        outline,
        content,
        identity,
        abstract=abstract_of(content),
        basis=tuple(basis_text(content)),
        body=body,
        attached=appendices(outline, content, identity, text.generators()),
    )


def basis_text(content: PlanContent) -> list[str]:
    """Return the căn cứ, each a full first citation."""
    return [f"Căn cứ {cite(cited.document)}" for cited in content.basis]


def abstract_of(content: PlanContent) -> str:
    """Return the trích yếu: the plan's title without the words that stand above it."""
    if not content.is_own:
        return f"Triển khai thực hiện {lowered(content.plan.title)}"
    return capitalised(content.plan.title.removeprefix("Kế hoạch").strip())


def title_in_text(content: PlanContent) -> str:
    """Return the plan's name inside a sentence, always beginning with "Kế hoạch"."""
    title = content.plan.title
    if not content.is_own:
        return f"Kế hoạch triển khai thực hiện {lowered(title)}"
    return title if title.startswith("Kế hoạch") else f"Kế hoạch {lowered(title)}"


def _identity(content: PlanContent) -> Identity:
    plan = content.plan
    if not content.is_own or not plan.symbol or not plan.issued_on:
        return draft(content)
    number = plan.symbol.split("/", 1)[0]
    return Identity(number=number.zfill(2), day=plan.issued_on, dated_on=plan.issued_on)


@dataclass(frozen=True)
class _PlanText:
    """The generated blocks of a plan; ``labels`` are the appendices that the text can refer to."""

    content: PlanContent
    labels: Mapping[str, str]

    def generators(self) -> dict[str, Generator]:
        return {
            "general_objective": self.general_objective,
            "targets_by_area": self.targets_by_area,
            "tasks_by_area": self.tasks_by_area,
            "funding": self.funding,
            "task_table": lambda: (task_table(self.content),) if self.content.tasks else (),
            "target_table": lambda: (target_table(self.content),) if self.content.targets else (),
        }

    def _see(self, key: str) -> str:
        return f" (chi tiết tại {self.labels[key]} kèm theo)" if key in self.labels else ""

    def general_objective(self) -> Content:
        """The plan's own objective, unless a narrative stands in its place."""
        if self.content.narratives.get("objective") or not self.content.plan.objective:
            return ()
        return (paragraph(" ".join(self.content.plan.objective.split())),)

    def targets_by_area(self) -> Content:
        content = self.content
        if not content.targets:
            return ()
        until = f"Đến hết năm {content.plan.end_year}"
        said = counted(len(content.targets), "chỉ tiêu")
        lead = paragraph(f"{until}, phấn đấu hoàn thành {said} sau đây{self._see('targets')}:")
        branches = []
        for area, positions in by_area(content.areas, content.targets):
            lines = tuple(paragraph(f"- {_ended(content.targets[position].statement)}") for position in positions)
            title = (area.name if area else "Nội dung khác") if content.areas else ""
            branches.append(Branch(title, lines))
        return (lead, *branches)

    def tasks_by_area(self) -> Content:
        content = self.content
        if not content.tasks:
            return tuple(paragraph(f"- {_ended(area.name)}") for area in content.areas)
        said = counted(len(content.tasks), "nhiệm vụ, dự án")
        lead = paragraph(f"Tổ chức thực hiện {said}{self._see('tasks')}, gồm:")
        short = len(content.tasks) <= MOST_TASKS_IN_BODY
        branches = []
        for area, positions in by_area(content.areas, content.tasks):
            tasks = [content.tasks[position] for position in positions]
            if short:
                lines = tuple(paragraph(f"- {self._task_line(task)}") for task in tasks)
            else:
                lines = (paragraph(f"Thực hiện {counted(len(tasks), 'nhiệm vụ, dự án')}{self._see('tasks')}."),)
            title = (area.name if area else "Nội dung khác") if content.areas else ""
            branches.append(Branch(title, lines))
        return (lead, *branches)

    def _task_line(self, task: Task) -> str:
        lead = self.content.lead_of(task, short=False)
        parts = [f"Chủ trì: {lead}"] if lead else []
        parts += [f"Phối hợp: {task.cooperating}"] if task.cooperating else []
        parts += [f"Thời gian: {lowered(task_time(task, self.content.plan))}"]
        return f"{_ended(task.name)} {'. '.join(part.rstrip(' .;') for part in parts)}."

    def funding(self) -> Content:
        content = self.content
        blocks: list[Branch | Block] = [paragraph(_budget_line(budget)) for budget in content.budgets]
        money = content.money_at(content.planned_stage)
        if money:
            stage = load_wording().of("money_stages", content.planned_stage)
            total = millions(sum(row.amount_vnd for row in money))
            proposed = " (dự kiến)" if content.planned_stage is MoneyStage.PROPOSED else ""
            tasks = counted(len({row.task_id for row in money}), "nhiệm vụ, dự án")
            blocks.append(
                paragraph(
                    f"Tổng kinh phí{proposed} thực hiện {tasks} là {total} triệu đồng, chi tiết theo nguồn và năm như sau:"
                )
            )
            blocks.append(money_table(content, money, f"Kinh phí {stage} theo nguồn vốn và năm"))
        return tuple(blocks)


def _budget_line(budget: PlanBudget) -> str:
    if budget.amount_vnd is None:
        return f"- {_ended(budget.name)}"
    return f"- {budget.name.rstrip(' .;:')}: {format_money_prose(budget.amount_vnd, approximate=budget.approximate)}."


def _ended(text: str) -> str:
    """Return a text on one line that ends with a full stop."""
    return f"{' '.join(text.split()).rstrip(' .;')}."
