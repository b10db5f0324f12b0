"""Tables of a plan: targets with their goals, tasks with their money, money by year and source.

Money is stored in đồng and shown in triệu đồng; totals are added from the stored amounts, then rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from desktop_app.documents.content import PlanContent
from desktop_app.documents.model import Align, Cell, Column, Row, RowKind, Table
from desktop_app.documents.numbering import roman
from desktop_app.documents.wording import abbreviated, capitalised, load_wording, scope_words
from desktop_app.domain.entities import (
    Area,
    Comparator,
    FundingSource,
    IndicatorType,
    Plan,
    Target,
    Task,
    TaskMoney,
)
from desktop_app.text.dates import format_day
from desktop_app.text.money import MILLION
from desktop_app.text.numbers import Exact, format_figure, official_count, round_half_up

UNIT_NOTE = "Đơn vị tính: Triệu đồng"
ROUNDED_REMARK = "Ghi chú: số liệu làm tròn đến 0,1 triệu đồng; tổng cộng tính từ số liệu gốc."
_MOST_SOURCES = 3
_SIGNS = {
    Comparator.GE: "",
    Comparator.LE: "≤ ",
    Comparator.GT: "> ",
    Comparator.LT: "< ",
    Comparator.EQ: "",
    Comparator.APPROX: "khoảng ",
    Comparator.UP: "tăng ",
}


def millions(amount_vnd: int) -> str:
    """Write an amount in triệu đồng with at most one decimal; "" for nothing."""
    return format_figure(Fraction(amount_vnd, MILLION), max_places=1) if amount_vnd else ""


def rounds(amounts: Iterable[int]) -> bool:
    """Tell whether any amount loses something when shown with one decimal of triệu đồng."""
    return any(round_half_up(Fraction(amount, MILLION), 1) != Fraction(amount, MILLION) for amount in amounts)


def goal_words(content: PlanContent, target: Target, amount: Exact) -> str:
    """Write a goal with its comparator and without its unit; a milestone is "hoàn thành"."""
    indicator = content.indicator_of(target)
    if indicator and indicator.type is IndicatorType.MILESTONE:
        return "Hoàn thành"
    sign = _SIGNS[target.comparator]
    if indicator and indicator.type is IndicatorType.GROWTH and target.comparator is not Comparator.UP:
        sign = f"tăng {sign}"
    return f"{sign}{format_figure(amount)}"


def unit_words(content: PlanContent, target: Target) -> str:
    """Return the unit of measure of a target; "" where it has none."""
    indicator = content.indicator_of(target)
    if indicator is None or indicator.type is IndicatorType.MILESTONE:
        return ""
    return indicator.unit


def task_time(task: Task, plan: Plan) -> str:
    """Return when a task is done: its deadline as worded, its days, how often it recurs, else the plan's years."""
    if task.due_text:
        return capitalised(task.due_text)
    if task.due_on:
        return f"{format_day(task.starts_on)} - {format_day(task.due_on)}" if task.starts_on else format_day(task.due_on)
    if task.recurring:
        return capitalised(task.recurring)
    return f"Năm {plan.start_year}" if plan.start_year == plan.end_year else f"{plan.start_year}-{plan.end_year}"


def by_area(areas: Sequence[Area], items: Sequence[Task | Target]) -> list[tuple[Area | None, list[int]]]:
    """Return the indexes of items by area, in the order of the areas; items without one come last."""
    known = [(area, [i for i, item in enumerate(items) if item.area_id == area.id]) for area in areas]
    ids = {area.id for area in areas}
    rest = [i for i, item in enumerate(items) if item.area_id not in ids]
    return [(area, indexes) for area, indexes in [*known, (None, rest)] if indexes]


def used_columns(columns: Sequence[Column], rows: Sequence[Row], needed: int) -> Table:
    """Make a table without the columns that stay empty in every plain row; the first ``needed`` columns always stand."""
    plain = [row for row in rows if all(cell.span == 1 for cell in row.cells)]
    keep = [index < needed or any(row.cells[index].text for row in plain) for index in range(len(columns))]
    kept_rows = tuple(Row(tuple(_kept(row.cells, keep)), row.kind) for row in rows)
    return Table(tuple(column for column, stays in zip(columns, keep, strict=True) if stays), kept_rows)


def _kept(cells: Sequence[Cell], keep: Sequence[bool]) -> Iterable[Cell]:
    first = 0
    for cell in cells:
        span = sum(keep[first : first + cell.span])
        first += cell.span
        if span:
            yield Cell(cell.text, cell.tone, span, cell.align)


def target_table(content: PlanContent) -> Table:
    """Return the targets with their goals by year, whom they oblige and how they are measured."""
    years = sorted({goal.year for goal in content.goals if goal.unit_id is None})
    columns = [
        Column("TT", 5, Align.CENTRE),
        Column("Mục tiêu, chỉ tiêu", 40),
        Column("ĐVT", 8, Align.CENTRE),
        *_goal_columns(years),
        Column("Phạm vi", 20),
        Column("Cách đo", 26),
        Column("Ghi chú", 12),
    ]
    rows: list[Row] = []
    number = 0
    for index, (area, positions) in enumerate(by_area(content.areas, content.targets), 1):
        rows += _group_row(area, index, len(columns), has_areas=bool(content.areas))
        for position in positions:
            number += 1
            rows.append(_target_row(content, content.targets[position], number, years))
    return used_columns(columns, rows, needed=3)


def _goal_columns(years: Sequence[int]) -> list[Column]:
    if len(years) == 1:
        return [Column(f"Mục tiêu năm {years[0]}", 12, Align.CENTRE)]
    return [Column(str(year), 10, Align.CENTRE, group="Mục tiêu đến hết năm") for year in years]


def _group_row(area: Area | None, number: int, width: int, *, has_areas: bool) -> list[Row]:
    if not has_areas:
        return []
    name = area.name if area else "Nội dung khác"
    return [Row((Cell(roman(number), align=Align.CENTRE), Cell(name, span=width - 1)), RowKind.GROUP)]


def _target_row(content: PlanContent, target: Target, number: int, years: Sequence[int]) -> Row:
    goals = content.goals_of(target)
    indicator = content.indicator_of(target)
    shown = [goal_words(content, target, goals[year].amount) if year in goals else "" for year in years]
    if target.is_qualitative and target.wording and years and not any(shown):
        shown[-1] = target.wording
    change = load_wording().of("changes", target.change) if target.change else ""
    texts = [
        str(number),
        target.statement,
        unit_words(content, target),
        *shown,
        scope_words(target.scope, content.root),
        indicator.name if indicator else "Đánh giá trực tiếp",
        change,
    ]
    return Row(tuple(Cell(text) for text in texts))


def task_table(content: PlanContent) -> Table:
    """Return the tasks by area with who does them, what comes of them, and their money."""
    money = content.money_at(content.planned_stage)
    shown = shown_sources(content, money)
    group = "Kinh phí (triệu đồng)"
    columns = [
        Column("TT", 5, Align.CENTRE),
        Column("Tên nhiệm vụ, dự án", 34),
        Column("Cơ quan chủ trì", 15),
        Column("Cơ quan phối hợp", 17),
        Column("Sản phẩm, kết quả", 18),
        Column("Thời gian thực hiện", 12, Align.CENTRE),
        Column("Tổng số", 10, Align.RIGHT, group=group),
        *(Column(name, 11, Align.RIGHT, group=group) for name, _ids in shown),
        Column("Hình thức", 11),
        Column("Ghi chú", 10),
    ]
    rows: list[Row] = []
    number = 0
    for index, (area, positions) in enumerate(by_area(content.areas, content.tasks), 1):
        tasks = [content.tasks[position] for position in positions]
        own = [row for row in money if row.task_id in {task.id for task in tasks}]
        if content.areas and own:
            rows.append(_task_group(area, index, own, shown))
        else:
            rows += _group_row(area, index, len(columns), has_areas=bool(content.areas))
        for task in tasks:
            number += 1
            rows.append(_task_row(content, task, number, money, shown))
    if money:
        rows.append(_money_row("Tổng cộng", money, shown, RowKind.TOTAL))
    table = used_columns(columns, rows, needed=2)
    remark = ROUNDED_REMARK if rounds(row.amount_vnd for row in money) else ""
    return Table(table.columns, table.rows, remark=remark)


def shown_sources(content: PlanContent, money: Sequence[TaskMoney]) -> list[tuple[str, frozenset[int]]]:
    """Return the sources that stand in columns, in order, with the ids that each covers; the smallest share a last one."""
    used = [source for source in content.sources if any(row.funding_source_id == source.id for row in money)]
    if len(used) <= _MOST_SOURCES + 1:
        return [(abbreviated(source.name), frozenset({source.id})) for source in used]

    def total(source: FundingSource) -> int:
        return sum(row.amount_vnd for row in money if row.funding_source_id == source.id)

    largest = sorted(used, key=total, reverse=True)[:_MOST_SOURCES]
    shown = [(abbreviated(source.name), frozenset({source.id})) for source in used if source in largest]
    return [*shown, ("Nguồn khác", frozenset(source.id for source in used if source not in largest))]


def _task_group(
    area: Area | None, number: int, own: Sequence[TaskMoney], shown: Sequence[tuple[str, frozenset[int]]]
) -> Row:
    """A group row that carries the subtotal of its tasks."""
    head = (Cell(roman(number), align=Align.CENTRE), Cell(area.name if area else "Nội dung khác", span=5))
    return Row((*head, *_money_cells(own, shown), Cell(""), Cell("")), RowKind.GROUP)


def _task_row(
    content: PlanContent,
    task: Task,
    number: int,
    money: Sequence[TaskMoney],
    shown: Sequence[tuple[str, frozenset[int]]],
) -> Row:
    words = load_wording()
    remarks = [words.of("changes", task.change)] if task.change else []
    remarks += ["Chuyển tiếp"] if task.carried_over else []
    texts = (
        str(number),
        task.name,
        content.lead_of(task),
        task.cooperating or "",
        task.product or "",
        task_time(task, content.plan),
    )
    own = [row for row in money if row.task_id == task.id]
    form = words.of("task_forms", task.form) if task.form else ""
    return Row((*(Cell(text) for text in texts), *_money_cells(own, shown), Cell(form), Cell("; ".join(remarks))))


def _money_cells(money: Sequence[TaskMoney], shown: Sequence[tuple[str, frozenset[int]]]) -> list[Cell]:
    total = Cell(millions(sum(row.amount_vnd for row in money)), align=Align.RIGHT)
    parts = (sum(row.amount_vnd for row in money if row.funding_source_id in ids) for _name, ids in shown)
    return [total, *(Cell(millions(part), align=Align.RIGHT) for part in parts)]


def _money_row(text: str, money: Sequence[TaskMoney], shown: Sequence[tuple[str, frozenset[int]]], kind: RowKind) -> Row:
    return Row((Cell(text, span=6, align=Align.CENTRE), *_money_cells(money, shown), Cell(""), Cell("")), kind)


def money_table(content: PlanContent, money: Sequence[TaskMoney], title: str) -> Table:
    """Return money by source and year in triệu đồng, with totals of the stored amounts."""
    years = sorted({row.year for row in money})
    columns = (
        Column("TT", 6, Align.CENTRE),
        Column("Nguồn vốn", 36),
        *(Column(f"Năm {year}", 13, Align.RIGHT) for year in years),
        Column("Tổng cộng", 14, Align.RIGHT),
    )
    used = [source for source in content.sources if any(row.funding_source_id == source.id for row in money)]
    rows = []
    for number, source in enumerate(used, 1):
        own = [row for row in money if row.funding_source_id == source.id]
        rows.append(Row((Cell(str(number)), Cell(source.name), *_year_cells(own, years))))
    rows.append(Row((Cell("Tổng cộng", span=2, align=Align.CENTRE), *_year_cells(money, years)), RowKind.TOTAL))
    remark = ROUNDED_REMARK if rounds(row.amount_vnd for row in money) else ""
    return Table(columns, tuple(rows), title=title, note=UNIT_NOTE, remark=remark)


def _year_cells(money: Sequence[TaskMoney], years: Sequence[int]) -> list[Cell]:
    amounts = [sum(row.amount_vnd for row in money if row.year == year) for year in years]
    return [Cell(millions(amount), align=Align.RIGHT) for amount in (*amounts, sum(amounts))]


def counted(count: int, noun: str) -> str:
    """Write "05 nội dung"."""
    return f"{official_count(count)} {noun}"
