"""Tables of a report: results of targets, progress of tasks, units that lack figures or miss a goal."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.documents.content import ReportContent, TargetResult
from desktop_app.documents.model import Align, Cell, Column, Row, RowKind, Table, Tone
from desktop_app.documents.numbering import roman
from desktop_app.documents.plan_tables import by_area, millions, task_time, unit_words, used_columns
from desktop_app.documents.sentences import (
    gap_text,
    goal_text,
    is_downward,
    subject,
    value_text,
    verdict_text,
)
from desktop_app.documents.wording import load_wording
from desktop_app.domain.entities import Area, JudgedVerdict, Target, Task, Unit
from desktop_app.domain.indicators.verdicts import TargetProgress, UnitOutcome, Verdict
from desktop_app.domain.notation import figure_text, is_milestone
from desktop_app.domain.periods import year_before
from desktop_app.text.dates import format_period
from desktop_app.text.numbers import format_figure, official_ratio


def targets_of(report: ReportContent) -> list[Target]:
    """Return the targets of the results, in order."""
    return [result.progress.target for result in report.results]


def is_done(progress: TargetProgress) -> bool:
    """Tell whether a target counts as done: met, or judged met by a person."""
    return progress.verdict is Verdict.MET or (
        progress.verdict is Verdict.JUDGED_BY_HAND and progress.judgement is JudgedVerdict.MET
    )


def standing(progress: TargetProgress) -> Verdict:
    """Return the verdict that counts: a person's judgement where one was given."""
    if progress.verdict is Verdict.JUDGED_BY_HAND and progress.judgement is not None:
        return Verdict.MET if progress.judgement is JudgedVerdict.MET else Verdict.NOT_MET
    return progress.verdict


def waits_for_figures(result: TargetResult) -> bool:
    """Tell whether units still have to report for a target; not so where a person judges it or nothing arose."""
    return result.progress.verdict is Verdict.INCOMPLETE


def target_table(report: ReportContent) -> Table:
    """Return every target with its code, its result, the result one year before, goal, coverage and verdict.

    The codes are those by which the other tables and ``progress`` name the targets; the numbers follow the areas.
    """
    columns = [
        Column("TT", 5, Align.CENTRE),
        Column("Mã", 8, Align.CENTRE),
        Column("Mục tiêu, chỉ tiêu", 34),
        Column("ĐVT", 8, Align.CENTRE),
        Column(f"Thực hiện {_period_word(year_before(report.period))}", 12, Align.CENTRE),
        Column("Mục tiêu", 13, Align.CENTRE),
        Column(f"Kết quả {_period_word(report.period)}", 12, Align.CENTRE),
        Column("Tử số/ mẫu số", 15, Align.CENTRE),
        Column("Đơn vị báo cáo", 10, Align.CENTRE),
        Column("Đánh giá", 17, Align.CENTRE),
        Column("Ghi chú", 18),
    ]
    rows: list[Row] = []
    number = 0
    areas = report.content.areas
    for index, (area, positions) in enumerate(by_area(areas, targets_of(report)), 1):
        if areas:
            rows.append(_group(area, index, len(columns)))
        for position in positions:
            number += 1
            rows.append(_target_row(report, report.results[position], number))
    return used_columns(columns, rows, needed=7)


def _period_word(period: str) -> str:
    phrase = format_period(period)
    return phrase[:1].lower() + phrase[1:]


def _group(area: Area | None, number: int, width: int) -> Row:
    name = area.name if area else "Nội dung khác"
    return Row((Cell(roman(number), align=Align.CENTRE), Cell(name, span=width - 1)), RowKind.GROUP)


def _target_row(report: ReportContent, result: TargetResult, number: int) -> Row:
    progress = result.progress
    content = report.content
    value = "" if progress.value is None else figure_text(progress, progress.value)
    if is_milestone(progress):
        value = value_text(progress)
    goal = goal_text(progress)
    goal_year = f" (năm {progress.goal_year})" if goal and progress.goal_year and progress.goal is not None else ""
    missing = gap_text(result)
    note = f"{'Cần giảm' if is_downward(progress) else 'Cần thêm'} {missing}" if missing else ""
    by_units = progress.units_expected > 1
    coverage = official_ratio(progress.units_reported, progress.units_expected) if by_units else ""
    texts = (
        str(number),
        progress.target.code,
        progress.target.statement,
        unit_words(content, progress.target),
        _before(result),
        f"{goal}{goal_year}",
        value,
        _fraction(progress),
        coverage,
    )
    verdict = Cell(verdict_text(progress), Tone.STRONG if standing(progress) is Verdict.NOT_MET else Tone.NORMAL)
    return Row((*(Cell(text) for text in texts), verdict, Cell(note)))


def _before(result: TargetResult) -> str:
    """Write the figure of the year before, with its coverage where not all units reported then."""
    before = result.before
    if before is None or is_milestone(result.progress):
        return ""
    figure = format_figure(before.value, max_places=1)
    if before.is_complete:
        return figure
    return f"{figure} ({official_ratio(before.units_reported, before.units_expected)} đơn vị)"


def _fraction(progress: TargetProgress) -> str:
    if progress.numerator is None or progress.denominator is None:
        return ""
    if is_milestone(progress):
        return ""
    places = 1
    return f"{format_figure(progress.numerator, max_places=places)}/{format_figure(progress.denominator, max_places=places)}"


def verdict_table(report: ReportContent) -> Table:
    """Return how many targets of each area stand where."""
    words = load_wording()
    shown = (
        Verdict.MET,
        Verdict.NOT_MET,
        Verdict.NOT_DUE,
        Verdict.INCOMPLETE,
        Verdict.JUDGED_BY_HAND,
        Verdict.NOT_APPLICABLE,
    )
    present = [verdict for verdict in shown if any(standing(result.progress) is verdict for result in report.results)]
    columns = (
        Column("TT", 6, Align.CENTRE),
        Column("Nội dung", 38),
        Column("Tổng số chỉ tiêu", 11, Align.CENTRE),
        *(Column(words.of("verdicts", verdict), 11, Align.CENTRE) for verdict in present),
    )
    rows = []
    for number, (area, positions) in enumerate(by_area(report.content.areas, targets_of(report)), 1):
        results = [report.results[position] for position in positions]
        head = (Cell(str(number)), Cell(area.name if area else "Nội dung khác"))
        rows.append(Row((*head, *_counts(results, present))))
    total = Cell("Tổng cộng", span=2, align=Align.CENTRE)
    rows.append(Row((total, *_counts(report.results, present)), RowKind.TOTAL))
    return Table(columns, tuple(rows))


def _counts(results: Sequence[TargetResult], verdicts: Sequence[Verdict]) -> list[Cell]:
    found = [standing(result.progress) for result in results]
    return [Cell(str(len(found))), *(Cell(str(found.count(verdict)) if verdict in found else "") for verdict in verdicts)]


def task_table(report: ReportContent) -> Table:
    """Return every task with what its leading unit reported for the period."""
    columns = [
        Column("TT", 5, Align.CENTRE),
        Column("Nhiệm vụ, dự án", 40),
        Column("Cơ quan chủ trì", 17),
        Column("Thời gian thực hiện", 13, Align.CENTRE),
        Column("Tiến độ", 14, Align.CENTRE),
        Column("Hoàn thành (%)", 11, Align.CENTRE),
        Column("Lũy kế giải ngân (triệu đồng)", 13, Align.RIGHT),
        Column("Ghi chú", 22),
    ]
    content = report.content
    rows: list[Row] = []
    number = 0
    for index, (area, positions) in enumerate(by_area(content.areas, content.tasks), 1):
        if content.areas:
            rows.append(_group(area, index, len(columns)))
        for position in positions:
            number += 1
            rows.append(_task_row(report, content.tasks[position], number))
    return used_columns(columns, rows, needed=5)


def _task_row(report: ReportContent, task: Task, number: int) -> Row:
    found = report.task_reports.get(task.id)
    status = found.status if found and found.status else "not_reported"
    percent = str(found.percent) if found and found.percent is not None else ""
    disbursed = millions(found.disbursed_vnd or 0) if found else ""
    texts = (
        str(number),
        task.name,
        report.content.lead_of(task),
        task_time(task, report.content.plan),
        load_wording().of("task_statuses", str(status)),
        percent,
        disbursed,
        (found.note or "") if found else "",
    )
    return Row(tuple(Cell(text) for text in texts))


def unit_tables(report: ReportContent) -> tuple[Table, ...]:
    """Return the units that lack figures, then, for each target not met, the units that miss the goal."""
    tables = []
    lacking = _lacking_table(report)
    if lacking.rows:
        tables.append(lacking)
    for result in report.results:
        failing = [outcome for outcome in result.outcomes if outcome.met is False]
        if standing(result.progress) is Verdict.NOT_MET and len(result.outcomes) > 1 and failing:
            tables.append(_unit_table(result, failing))
    return tuple(tables)


def _lacking_table(report: ReportContent) -> Table:
    """The units that have not reported everything, with the targets that wait for them."""
    waiting: dict[int, list[str]] = {}
    units: dict[int, Unit] = {}
    for result in filter(waits_for_figures, report.results):
        for outcome in result.outcomes:
            if not outcome.reported:
                units[outcome.unit.id] = outcome.unit
                waiting.setdefault(outcome.unit.id, []).append(result.progress.target.code)
    ordered = sorted(units.values(), key=lambda unit: unit.order_number)
    rows = []
    for number, unit in enumerate(ordered, 1):
        codes = waiting[unit.id]
        rows.append(Row((Cell(str(number)), Cell(unit.name), Cell(str(len(codes))), Cell(", ".join(codes)))))
    columns = (
        Column("TT", 6, Align.CENTRE),
        Column("Đơn vị", 44),
        Column("Số chỉ tiêu còn thiếu", 14, Align.CENTRE),
        Column("Chỉ tiêu", 36),
    )
    return Table(columns, tuple(rows), title="Đơn vị chưa báo cáo đủ số liệu")


def _unit_table(result: TargetResult, outcomes: Sequence[UnitOutcome]) -> Table:
    progress = result.progress
    percent = progress.indicator is not None and progress.indicator.scale == 100
    counted = f" ({result.counted_in})" if result.counted_in and any(outcome.denominator for outcome in outcomes) else ""
    columns = [
        Column("TT", 6, Align.CENTRE),
        Column("Đơn vị", 46),
        Column(f"Tử số{counted}", 14, Align.RIGHT),
        Column(f"Mẫu số{counted}", 14, Align.RIGHT),
        Column("Tỷ lệ (%)" if percent else "Kết quả", 12, Align.RIGHT),
        Column("Cần thêm", 12, Align.RIGHT),
    ]
    rows = []
    for number, outcome in enumerate(outcomes, 1):
        share = "" if outcome.value is None else figure_text(progress, outcome.value)
        texts = (
            str(number),
            outcome.unit.name,
            "" if outcome.numerator is None else format_figure(outcome.numerator, max_places=1),
            "" if outcome.denominator is None else format_figure(outcome.denominator, max_places=1),
            share,
            format_figure(outcome.gap) if outcome.gap else "",
        )
        rows.append(Row(tuple(Cell(text) for text in texts)))
    made = used_columns(columns, rows, needed=2)
    title = f"{progress.target.code}. {subject(progress.target)}"
    return Table(made.columns, made.rows, title=title)
