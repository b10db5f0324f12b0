"""What is recognised of a returned workbook: plain data that fits JSON, so that the child process can hand it over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

FoundIssue = tuple[str, dict[str, Any], str, str, str]
"""Code of an issue, its parameters, sheet, cell, and code of the row; "" where a part does not apply."""


@dataclass
class Table:
    """The answers of one table.

    Attributes:
        kind: the sheet of the contract that it is: ``Số liệu``, ``Hệ thống`` or ``Nhiệm vụ``.
        sheet: the name of its sheet in this file.
        columns: letters of the input columns that were found.
        rows: (code, row number from 1, one raw value per input column of the kind); a raw value is text, number, yes or no,
            None for an empty cell, or one of ``{"day": …}``, ``{"error": …}``, ``{"uncalculated": true}``,
            ``{"twice": [row, row]}``, ``{"misplaced": …}`` for a figure that stands under Kỳ trước, ``{"merged": area}``
            for a cell that is part of a merged one, and ``{"mixed": code, "code": code}`` in a row with the code of one
            thing and the name of another, ``{"repeated": row}`` in a second table that contradicts the first one, and
            ``{"pasted": rows}`` where Kỳ trước is not what was issued in so many rows.
            A cell of which something is crossed out is ``{"struck": all of it, "kept": the text that is left}``.
            A text that is or may be in an old font is ``{"old": what stands there, "font": …, "readings": […],
            "asked": …}``.
        marks: per cell address, its number format where it matters.
        names: names of the rows by code, as they are compared, or their definitions where the names are gone; only where no
            ``_meta`` tells what they were.
        before: what stands under Kỳ trước by code, as it is compared; only where no ``_meta`` tells what stood there.
        units: units of measure by code, as they are compared; only where no ``_meta`` tells what they were.
        unit_column: letters of the column with them; "" where there is none.
        code_column: letters of the column with the codes.
    """

    kind: str
    sheet: str
    columns: dict[str, str] = field(default_factory=dict)
    rows: list[tuple[str, int, list[Any]]] = field(default_factory=list)
    marks: dict[str, dict[str, str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    unit_column: str = ""
    code_column: str = "A"


@dataclass
class ReturnedForm:
    """A returned workbook as it was recognised.

    Attributes:
        identity: its parts as texts, by the names of ``content.Identity``.
        source: where the identity was found: ``meta``, ``line`` or ``properties``.
        place: sheet and cell in which it was found; "" for the properties.
        digest: the keyed digest in ``_meta``; "" where there is none.
        hashes: SHA-256 of the values and of the locked cells as ``_meta`` keeps them.
        values_json: the values at issue as ``_meta`` keeps them; "" where there is none.
        tables: in the order of the file.
        edited: locked cells that differ from ``_meta``: (sheet, cell, code, what stands there).
        issues: what is wrong or doubtful, in the order of the file.
        refusals: why nothing of it may be taken, the general reason last; empty where it may.
        named: the unit that its guide names: sheet, cell, name; "" where no guide is left.
    """

    identity: dict[str, str] = field(default_factory=dict)
    source: str = ""
    place: tuple[str, str] = ("", "")
    digest: str = ""
    hashes: tuple[str, str] = ("", "")
    values_json: str = ""
    tables: list[Table] = field(default_factory=list)
    edited: list[tuple[str, str, str, str]] = field(default_factory=list)
    issues: list[FoundIssue] = field(default_factory=list)
    refusals: list[FoundIssue] = field(default_factory=list)
    named: tuple[str, str, str] = ("", "", "")
