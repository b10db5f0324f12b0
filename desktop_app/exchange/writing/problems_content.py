"""What a problems workbook holds, as frozen data: the reasons, and what each unit sent with the doubtful cells marked.

Services build it from a collection and hand it in. Problems are numbered by their place in :attr:`ProblemsContent.problems`;
the cells of the marked copies name the problems that they have by that number, from 0.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.severity import Severity
from desktop_app.exchange.content import CellValue


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong or doubtful, as a row of the reasons.

    Attributes:
        unit: name of the unit; "" where it is not known.
        file: name of the file as it is shown.
        sheet: sheet of the unit's file, "" for none.
        cell: address in that sheet, "" for none.
        code: of the element, system or task, "" for none.
        name: its name.
        stood: what the cell of the unit's file says.
        why: what is wrong.
        todo: what the unit does about it.
    """

    unit: str
    file: str
    sheet: str
    cell: str
    code: str
    name: str
    stood: str
    why: str
    todo: str
    severity: Severity


@dataclass(frozen=True)
class CopiedCell:
    """One cell of a marked copy.

    Attributes:
        value: as the unit's file says it; what cannot be read is text.
        number_format: of a figure or day.
        problems: what is wrong with it.
    """

    value: CellValue = None
    number_format: str = "General"
    problems: tuple[int, ...] = ()


@dataclass(frozen=True)
class CopiedRow:
    """One element, system or task: code, name and answers, one per column of its table."""

    cells: tuple[CopiedCell, ...]


@dataclass(frozen=True)
class CopiedTable:
    """The answers of one sheet of the contract.

    Attributes:
        title: what stands above it.
        headers: one per column; None leaves a column to the header before it.
        rows: in the order of the form; a text is the title of a section.
        figures: columns, from 0, whose values stand at the right.
    """

    title: str
    headers: tuple[str | None, ...]
    rows: tuple[CopiedRow | str, ...]
    figures: frozenset[int] = frozenset()


@dataclass(frozen=True)
class MarkedCopy:
    """What one file says.

    Attributes:
        name: wanted for its sheet.
        heading: whose file it is.
        facts: which file and period it is.
        problems: those that concern no cell of the tables.
    """

    name: str
    heading: str
    facts: str
    problems: tuple[int, ...]
    tables: tuple[CopiedTable, ...]


@dataclass(frozen=True)
class ProblemsContent:
    """A problems workbook.

    Attributes:
        facts: what was collected, below the title.
        illustrative: True where the figures are made up for a sample; the workbook says so wherever they stand.
        moment: ISO 8601 UTC; the workbook says that it was made then.
    """

    facts: str
    problems: tuple[Problem, ...]
    copies: tuple[MarkedCopy, ...]
    illustrative: bool
    moment: str
