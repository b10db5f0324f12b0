"""What an exchange workbook holds, as frozen data.

Services build it from the data file and hand it in, so that nothing here knows how values are stored. Figures are in the
element's own unit of measure, as people read them: the conversion from stored amounts is done by whoever builds the content.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_app.domain.entities import DeploymentStatus, ElementKind, PeriodKind, TaskStatus

CellValue = str | int | float | Decimal | date | None
"""A cell as it is written: text, a figure, a day, or nothing."""

FORMAT_VERSION = 1
"""Version of the workbook format; a reader refuses newer ones."""


@dataclass(frozen=True)
class Identity:
    """Which workbook it is: it stands in ``_meta``, below every sheet and in the document properties.

    Attributes:
        file_uuid: identity of the data file that issued it.
        issue_id: identity of the issue, a UUID.
        issued_at: ISO 8601 UTC, as stored.
    """

    file_uuid: str
    plan: str
    form: str
    period: str
    unit: str
    issue_id: str
    issued_at: str
    format_version: int = FORMAT_VERSION


@dataclass(frozen=True)
class Guide:
    """What the sheet ``Hướng dẫn`` tells.

    Attributes:
        contacts: whom to ask, one line each.
    """

    plan_title: str
    unit_name: str
    office_name: str
    period: str
    period_kind: PeriodKind
    first_day: date
    last_day: date
    due_on: date
    contacts: tuple[str, ...]


@dataclass(frozen=True)
class FigureRow:
    """One data element on the sheet ``Số liệu``.

    Attributes:
        measure_unit: unit of measure as shown.
        places: decimal places of a decimal; of money, the places of its shown unit.
        previous: value of the period before, None where there is none.
        current: value at issue, None where there is none.
    """

    code: str
    name: str
    measure_unit: str
    kind: ElementKind
    places: int
    previous: CellValue
    current: CellValue
    note: str | None
    definition: str


@dataclass(frozen=True)
class Section:
    """A group of data elements under an unnumbered title row."""

    title: str
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True)
class SystemRow:
    """One system on the sheet ``Hệ thống``."""

    code: str
    name: str
    status: DeploymentStatus | None
    since: date | None
    users: int | None
    note: str | None


@dataclass(frozen=True)
class TaskRow:
    """One task on the sheet ``Nhiệm vụ``.

    Attributes:
        deadline: as it is shown.
        disbursed: triệu đồng to date.
    """

    code: str
    name: str
    deadline: str
    status: TaskStatus | None
    percent: int | None
    disbursed: Decimal | None
    note: str | None


@dataclass(frozen=True)
class WorkbookContent:
    """Everything that one unit's workbook holds.

    Attributes:
        illustrative: True where the figures are made up for a sample; the workbook says so wherever they stand.
    """

    identity: Identity
    guide: Guide
    sections: tuple[Section, ...]
    systems: tuple[SystemRow, ...]
    tasks: tuple[TaskRow, ...]
    illustrative: bool
