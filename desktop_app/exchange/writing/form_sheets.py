"""The sheets of an exchange workbook as neutral rows of cells, laid out from its content.

A cell either is the same for every unit with the same questions (codes, names, definitions, headers) or *varies* from
unit to unit (values, names of the unit, tasks). What does not vary is the shape of a sheet: workbooks of one shape are
written from one template.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from desktop_app.domain.columns import DEPLOYMENT_WORDS, TASK_WORDS
from desktop_app.domain.entities import ElementKind, PeriodKind
from desktop_app.domain.values import NO_TEXT, YES_TEXT
from desktop_app.exchange.content import CellValue, FigureRow, SystemRow, TaskRow, WorkbookContent
from desktop_app.exchange.layout import (
    FIGURES_SHEET,
    GUIDE_SHEET,
    HEADERS,
    INPUTS,
    META_SHEET,
    SYSTEMS_SHEET,
    TASKS_SHEET,
)
from desktop_app.exchange.marks import META_KEYS, canonical_json, chunks, digest, identity_line, locked_text
from desktop_app.exchange.writing.styles import DAY_FORMAT, line_count, number_format, row_height
from desktop_app.text.catalogue import N_, Catalogue, Language
from desktop_app.text.dates import format_day, format_period

_texts = Catalogue(Language.VI)


class Cell(NamedTuple):
    """One cell: its style, its value, and whether the value varies from unit to unit."""

    style: str
    value: CellValue
    varies: bool = False


class Row(NamedTuple):
    """One row: its height in points and its cells from column A on; None leaves a cell out."""

    height: float
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class Rule:
    """What a list or check allows in the cells of one column.

    Attributes:
        kind: ``yes_no``, ``deployment``, ``task``, ``whole``, ``figure``, ``day`` or ``percent``.
        cells: addresses, in order.
    """

    kind: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class SheetLayout:
    """One sheet, ready to be written.

    Attributes:
        widths: column widths from column A on.
        rules: lists and checks of the input cells.
        heading_rows: rows at the top that are repeated on every printed page and stay in view.
        page_title: what stands above every printed page; it varies from unit to unit.
        landscape: True for a wide table.
        merges: ranges of cells that are one.
        hidden: True for a sheet that no program shows.
    """

    name: str
    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    rules: tuple[Rule, ...] = ()
    heading_rows: int = 0
    page_title: str = ""
    landscape: bool = True
    merges: tuple[str, ...] = ()
    hidden: bool = False

    def shape(self) -> tuple[object, ...]:
        """Return what is the same in every workbook written from one template."""
        rows = tuple(
            tuple(cell and (cell.style, None if cell.varies else cell.value) for cell in row.cells) for row in self.rows
        )
        return (self.name, self.rules, self.page_title == "", rows)


RuleMaker = Callable[[int], tuple[Rule, ...]]
"""Makes the rules of a table from the number of its rows."""

_FIGURE_WIDTHS = (10.5, 48.0, 12.0, 15.0, 17.0, 32.0, 62.0)
_SYSTEM_WIDTHS = (16.0, 58.0, 20.0, 17.0, 14.0, 52.0)
_TASK_WIDTHS = (14.0, 66.0, 22.0, 18.0, 13.0, 17.0, 42.0)
_GUIDE_WIDTHS = (22.0, 92.0)
_KIND_RULES = {
    ElementKind.COUNT: "whole",
    ElementKind.DECIMAL: "figure",
    ElementKind.MONEY: "figure",
    ElementKind.YES_NO: "yes_no",
    ElementKind.DAY: "day",
}
_EMPTY = {
    FIGURES_SHEET: N_("The unit is asked for no figures this time."),
    SYSTEMS_SHEET: N_("The unit is asked for no systems this time."),
    TASKS_SHEET: N_("The unit leads no task of this plan."),
}


def lay_out(content: WorkbookContent, digest_key: str, values_json: str) -> tuple[SheetLayout, ...]:
    """Lay out every sheet of a workbook, in the order in which they stand.

    Args:
        content: what the workbook holds.
        digest_key: hexadecimal key of the data file.
        values_json: canonical JSON of the values at issue, kept in ``_meta``.
    """
    return (
        _guide(content),
        _figures(content),
        _table(SYSTEMS_SHEET, content, _SYSTEM_WIDTHS, [_system_row(item) for item in content.systems], _system_rules),
        _table(TASKS_SHEET, content, _TASK_WIDTHS, [_task_row(item) for item in content.tasks], _task_rules),
        _meta(content, digest_key, values_json),
    )


def _guide(content: WorkbookContent) -> SheetLayout:
    guide = content.guide
    rows = [
        Row(28, (Cell("title", _texts(N_("REPORT OF FIGURES ON INFORMATION TECHNOLOGY"))),)),
        _line(guide.plan_title, "subtitle", sum(_GUIDE_WIDTHS), varies=True),
    ]
    if content.illustrative:
        rows.append(_mark_row())
    facts = (
        (N_("Reporting unit"), guide.unit_name),
        (N_("Reporting period"), format_period(guide.period)),
        (N_("Figures from – to"), f"{format_day(guide.first_day)} – {format_day(guide.last_day)}"),
        (N_("To be sent back by"), format_day(guide.due_on)),
        (N_("Send to"), guide.office_name),
        (N_("Whom to ask"), "\n".join(guide.contacts)),
    )
    rows.append(Row(12, ()))
    for label, value in facts:
        height = row_height(line_count(value, _GUIDE_WIDTHS[1]))
        rows.append(Row(height, (Cell("label", _texts(label)), Cell("strong", value, varies=True))))
    rows += (Row(12, ()), Row(24, (Cell("heading", _texts(N_("How to fill it in"))),)))
    merges = ["A2:B2"]
    for number, text in enumerate(_steps(guide.period_kind), start=1):
        rows.append(_line(f"{number}. {_texts(text)}", "text", sum(_GUIDE_WIDTHS), varies=False))
        merges.append(f"A{len(rows)}:B{len(rows)}")
    rows.append(Row(12, ()))
    rows.append(_line(identity_line(content.identity), "identity_wrapped", sum(_GUIDE_WIDTHS), varies=True))
    merges.append(f"A{len(rows)}:B{len(rows)}")
    return SheetLayout(GUIDE_SHEET, _GUIDE_WIDTHS, tuple(rows), landscape=False, merges=tuple(merges))


def _steps(kind: PeriodKind) -> tuple[str, ...]:
    flow = N_("Figures that add up (documents, files, courses …) count what arose between the two days above.")
    if kind in {PeriodKind.HALF, PeriodKind.NINE_MONTHS}:
        flow = N_("Figures that add up count everything since the first of the two days above, not the last quarter alone.")
    return (
        N_("Fill in the pale yellow cells only: “Kỳ này”, “Giải trình” and those of the sheets Hệ thống and Nhiệm vụ."),
        N_("Write 0 where it is zero, KPS where nothing of the kind can arise, and leave empty what is not known yet."),
        N_("Write figures in the unit of the column ĐVT, for example 1.234,5. Answer yes/no questions with có or không."),
        flow,
        N_("Where a figure differs much from last time, say why under “Giải trình”."),
        N_(
            "On the sheet Hệ thống choose a status for every system; choose “chưa triển khai” for one that is not in use "
            "yet. While a status is empty the report is not complete."
        ),
        N_(
            "Do not insert, delete or move rows and columns; keep the codes in the column Mã and the grey line below each "
            "sheet."
        ),
        N_("Save as .xlsx (Excel, WPS or LibreOffice) under the same name and send the file back by the due day."),
    )


def _figures(content: WorkbookContent) -> SheetLayout:
    rows: list[Row] = []
    rules: dict[str, list[str]] = {}
    for section in content.sections:
        rows.append(_section_row(section.title, content.illustrative))
        for item in section.rows:
            rows.append(_figure_row(item))
            if item.kind in _KIND_RULES:
                rules.setdefault(_KIND_RULES[item.kind], []).append(f"E{len(rows) + 1}")
    made = tuple(Rule(kind, tuple(cells)) for kind, cells in sorted(rules.items()))
    return _table(FIGURES_SHEET, content, _FIGURE_WIDTHS, rows, lambda _count: made)


def _section_row(title: str, illustrative: bool) -> Row:
    blank = Cell("section", None)
    mark = Cell("section_mark", _texts(N_("Illustrative figures"))) if illustrative else blank
    return Row(22, (blank, Cell("section", title), blank, blank, blank, blank, mark))


def _figure_row(item: FigureRow) -> Row:
    cell_format = number_format(item.kind, item.places)
    input_style = f"{'input_text' if item.kind is ElementKind.TEXT else 'input'}:{cell_format}"
    lines = max(
        line_count(item.name, _FIGURE_WIDTHS[1]),
        line_count(item.measure_unit, _FIGURE_WIDTHS[2]),
        line_count(item.note or "", _FIGURE_WIDTHS[5]),
        line_count(item.definition, _FIGURE_WIDTHS[6] * 1.09),
        line_count(item.current, _FIGURE_WIDTHS[4]) if isinstance(item.current, str) else 1,
        line_count(item.previous, _FIGURE_WIDTHS[3]) if isinstance(item.previous, str) else 1,
    )
    cells = (
        Cell("code", item.code),
        Cell("cell", item.name),
        Cell("small_cell", item.measure_unit),
        Cell(f"previous:{cell_format}", item.previous, varies=True),
        Cell(input_style, item.current, varies=True),
        Cell("input_text", item.note, varies=True),
        Cell("small_cell", item.definition),
    )
    return Row(row_height(lines), cells)


def _system_row(item: SystemRow) -> Row:
    lines = max(line_count(item.name, _SYSTEM_WIDTHS[1]), line_count(item.note or "", _SYSTEM_WIDTHS[5]))
    cells = (
        Cell("code", item.code),
        Cell("cell", item.name),
        Cell("input_text", DEPLOYMENT_WORDS[item.status] if item.status else None, varies=True),
        Cell(f"input:{DAY_FORMAT}", item.since, varies=True),
        Cell("input:#,##0", item.users, varies=True),
        Cell("input_text", item.note, varies=True),
    )
    return Row(row_height(lines), cells)


def _task_row(item: TaskRow) -> Row:
    lines = max(
        line_count(item.name, _TASK_WIDTHS[1]),
        line_count(item.deadline, _TASK_WIDTHS[2]),
        line_count(item.note or "", _TASK_WIDTHS[6]),
    )
    cells = (
        Cell("code", item.code, varies=True),
        Cell("cell", item.name, varies=True),
        Cell("small_cell", item.deadline, varies=True),
        Cell("input_text", TASK_WORDS[item.status] if item.status else None, varies=True),
        Cell("input:0", item.percent, varies=True),
        Cell("input:#,##0.0##", item.disbursed, varies=True),
        Cell("input_text", item.note, varies=True),
    )
    return Row(row_height(lines), cells)


def _column_rules(count: int, columns: dict[str, str]) -> tuple[Rule, ...]:
    if not count:
        return ()
    return tuple(Rule(kind, tuple(f"{column}{row}" for row in range(2, count + 2))) for column, kind in columns.items())


def _system_rules(count: int) -> tuple[Rule, ...]:
    return _column_rules(count, {"C": "deployment", "D": "day", "E": "whole"})


def _task_rules(count: int) -> tuple[Rule, ...]:
    return _column_rules(count, {"D": "task", "E": "percent", "F": "figure"})


def _table(
    name: str,
    content: WorkbookContent,
    widths: tuple[float, ...],
    rows: list[Row],
    rules: RuleMaker,
) -> SheetLayout:
    headers = tuple(
        Cell("input_header" if column in INPUTS[name] else "header", text) for column, text in HEADERS[name].items()
    )
    lines = max(line_count(str(cell.value), width) for cell, width in zip(headers, widths, strict=True))
    body = list(rows) or [Row(22, (None, Cell("empty", _texts(_EMPTY[name]))))]
    if content.illustrative and rows:
        body.append(_mark_row())
    body.append(_identity_row(content))
    title = f"{content.guide.unit_name} – {format_period(content.guide.period)} – {name}"
    if content.illustrative:
        title += " – " + _texts(N_("Illustrative figures"))
    return SheetLayout(
        name=name,
        widths=widths,
        rows=(Row(row_height(max(lines, 2)), headers), *body),
        rules=rules(len(rows)),
        heading_rows=1,
        page_title=title,
    )


def _mark_row() -> Row:
    text = _texts(N_("Illustrative figures: made up for trying the program, not to be cited."))
    return Row(20, (Cell("mark", text),))


def _identity_row(content: WorkbookContent) -> Row:
    return Row(16, (Cell("identity", identity_line(content.identity), varies=True),))


def _line(text: str, style: str, width: float, *, varies: bool) -> Row:
    return Row(row_height(line_count(text, width)), (Cell(style, text, varies=varies),))


def locked_cells(content: WorkbookContent) -> dict[str, dict[str, list[str]]]:
    """Return sheet → code → the locked cells of its row as they are compared, in the order of ``layout.LOCKED``."""
    return {
        FIGURES_SHEET: {
            item.code: [locked_text(value) for value in (item.name, item.measure_unit, item.previous, item.definition)]
            for section in content.sections
            for item in section.rows
        },
        SYSTEMS_SHEET: {item.code: [locked_text(item.name)] for item in content.systems},
        TASKS_SHEET: {item.code: [locked_text(item.name), locked_text(item.deadline)] for item in content.tasks},
    }


def _meta(content: WorkbookContent, digest_key: str, values_json: str) -> SheetLayout:
    identity = content.identity
    locked_json = canonical_json(locked_cells(content))
    pairs = [(key, str(getattr(identity, key))) for key in META_KEYS]
    pairs.append(("digest", digest(digest_key, identity, values_json, locked_json)))
    pairs += chunks("values", values_json)
    pairs += chunks("locked", locked_json)
    lists = ((YES_TEXT, NO_TEXT), tuple(DEPLOYMENT_WORDS.values()), tuple(TASK_WORDS.values()))
    rows = []
    for index in range(max(len(pairs), *(len(words) for words in lists))):
        key, value = pairs[index] if index < len(pairs) else (None, None)
        words = [Cell("meta", found[index] if index < len(found) else None) for found in lists]
        rows.append(Row(15, (Cell("meta", key), Cell("meta", value, varies=True), None, *words)))
    rows.append(_identity_row(content))
    return SheetLayout(META_SHEET, (16.0, 60.0, 4.0, 14.0, 20.0, 20.0), tuple(rows), landscape=False, hidden=True)
