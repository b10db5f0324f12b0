"""What a returned file says, as content for its marked copy: the rows of the form by code, the cells with their problems."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop_app.domain.columns import SheetColumn, column_value
from desktop_app.domain.entities import Element, System, Task
from desktop_app.domain.values import Answer, workbook_value
from desktop_app.services.cells import FIELDS, FIGURE, SYSTEM, TASK, CellKey, Content
from desktop_app.services.collecting.merging import shown
from desktop_app.services.collecting.sent_cells import CODE, SentCells
from desktop_app.services.forms import sections_of

if TYPE_CHECKING:
    from desktop_app.exchange.content import CellValue
    from desktop_app.exchange.writing.problems_content import CopiedCell, CopiedRow, CopiedTable

_FORMATS = {"users": "#,##0", "percent": "0", "disbursed_vnd": "#,##0.0##"}
_Marks = Mapping[CellKey, tuple[int, ...]]


def copied_tables(sent: SentCells, marks: _Marks) -> tuple[CopiedTable, ...]:
    """Return the tables of a file, those that ask the unit nothing left out.

    Args:
        sent: the cells of the file.
        marks: cell → numbers of its problems.
    """
    made = _Maker(sent, marks)
    return tuple(table for table in (made.figures(), made.systems(), made.tasks()) if table.rows)


class _Maker:
    """Makes the tables of one file."""

    def __init__(self, sent: SentCells, marks: _Marks) -> None:
        self._sent = sent
        self._marks = marks

    def figures(self) -> CopiedTable:
        from desktop_app.exchange.layout import FIGURES_SHEET, HEADERS, Column
        from desktop_app.exchange.writing.problems_content import CopiedCell, CopiedRow, CopiedTable

        names = HEADERS[FIGURES_SHEET]
        rows: list[CopiedRow | str] = []
        for _code, title, elements in sections_of(self._sent.desk.elements.values()):
            rows.append(title)
            for item in elements:
                code, name = self._named(FIGURE, item.code, item.name)
                answer, note = self._answers(FIGURE, item.code)
                rows.append(CopiedRow((code, name, CopiedCell(item.unit), answer, CopiedCell(), note)))
        wanted = (Column.CODE, Column.NAME, Column.MEASURE_UNIT, Column.CURRENT)
        headers = (*(names[column] for column in wanted), None, names[Column.NOTE])
        return CopiedTable(FIGURES_SHEET, headers, tuple(rows), frozenset({3}))

    def systems(self) -> CopiedTable:
        from desktop_app.exchange.layout import HEADERS, SYSTEMS_SHEET

        return self._table(SYSTEM, SYSTEMS_SHEET, list(HEADERS[SYSTEMS_SHEET].values()), self._sent.desk.systems)

    def tasks(self) -> CopiedTable:
        from desktop_app.exchange.layout import HEADERS, TASKS_SHEET, Column

        headers = [text for column, text in HEADERS[TASKS_SHEET].items() if column is not Column.DEADLINE]
        return self._table(TASK, TASKS_SHEET, headers, self._sent.desk.tasks)

    def _table(
        self, kind: str, title: str, headers: list[str], asked: Mapping[str, System] | Mapping[str, Task]
    ) -> CopiedTable:
        from desktop_app.exchange.writing.problems_content import CopiedRow, CopiedTable

        rows = [
            CopiedRow((*self._named(kind, item.code, item.name), *self._answers(kind, item.code))) for item in asked.values()
        ]
        return CopiedTable(title, tuple(headers), tuple(rows), frozenset({3, 4}))

    def _named(self, kind: str, code: str, name: str) -> tuple[CopiedCell, CopiedCell]:
        from desktop_app.exchange.writing.problems_content import CopiedCell

        return CopiedCell(code, problems=self._marks.get(CellKey(kind, code, CODE), ())), CopiedCell(name)

    def _answers(self, kind: str, code: str) -> tuple[CopiedCell, ...]:
        from desktop_app.exchange.writing.problems_content import CopiedCell

        cells = []
        for field in FIELDS[kind]:
            key = CellKey(kind, code, field)
            content = self._sent.content(key)
            value = self._value(key, content) if content is not None else self._sent.typed(key) or None
            cells.append(CopiedCell(value, self._format(key, content), self._marks.get(key, ())))
        return tuple(cells)

    def _element(self, key: CellKey) -> Element:
        return self._sent.desk.elements[key.code.casefold()]

    def _value(self, key: CellKey, content: Content) -> CellValue:
        """Return what a cell of the copy holds: figures as numbers, days as days."""
        if isinstance(content, Answer):
            return workbook_value(self._element(key), content)
        if key.field == "disbursed_vnd":
            return column_value(SheetColumn.DISBURSED, content)
        return shown(key, content, self._sent.desk) if isinstance(content, StrEnum) else content

    def _format(self, key: CellKey, content: Content) -> str:
        from desktop_app.exchange.writing.styles import DAY_FORMAT, number_format

        if isinstance(content, Answer):
            element = self._element(key)
            return number_format(element.kind, element.places)
        return DAY_FORMAT if key.field == "since_on" else _FORMATS.get(key.field, "General")
