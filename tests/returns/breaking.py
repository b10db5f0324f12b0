"""Breaking returned workbooks as units do: each way is named, and says what must come out of it.

A breaker knows nothing of the reader. It finds rows and columns in its own simple way, changes the workbook, and names what
it made unreadable; everything else must arrive as it was typed.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import openpyxl

FIGURES, SYSTEMS, TASKS, GUIDE, META = "Số liệu", "Hệ thống", "Nhiệm vụ", "Hướng dẫn", "_meta"
KINDS = (FIGURES, SYSTEMS, TASKS)
HEADERS = {
    FIGURES: ("Mã", "Số liệu", "ĐVT", "Kỳ trước", "Kỳ này", "Giải trình", "Định nghĩa"),
    SYSTEMS: ("Mã", "Tên hệ thống", "Tình trạng", "Sử dụng từ ngày", "Số người dùng", "Ghi chú"),
    TASKS: ("Mã", "Tên nhiệm vụ", "Thời hạn", "Tình trạng", "Hoàn thành (%)", "Đã giải ngân (triệu đồng)", "Ghi chú"),
}
FIRST_INPUT = {FIGURES: "Kỳ này", SYSTEMS: "Tình trạng", TASKS: "Tình trạng"}
ANY = "*"
Spot = tuple[str, str, str]
"""Sheet of the contract, code and heading of an answer; ``*`` for every one."""
Lost = set[Spot]
EVERYTHING: Lost = {(ANY, ANY, ANY)}


class NotApplicableError(Exception):
    """A workbook has not what a breaker breaks, perhaps because another one has broken it already."""


@dataclass(frozen=True)
class Breaker:
    """One way in which units break a workbook.

    Attributes:
        name: in the name of the file that it makes.
        says: what was done, in Vietnamese.
        change: changes a workbook in place and returns the answers that cannot be read any more; None for a change of bytes.
        rewrite: changes the bytes of a saved workbook; None where there is nothing to rewrite.
        told: codes of issues, one of which must be told; empty where nothing need be.
        refused: True where nothing of the workbook may be taken.
        suffix: of the file that it makes.
    """

    name: str
    says: str
    change: Callable[[Any], Lost | None] | None = None
    rewrite: Callable[[bytes], bytes] | None = None
    told: frozenset[str] = frozenset()
    refused: bool = False
    suffix: str = ".xlsx"


BREAKERS: list[Breaker] = []


def breaks(
    says: str, *told: str, refused: bool = False
) -> Callable[[Callable[[Any], Lost | None]], Callable[[Any], Lost | None]]:
    """Register a function that changes a workbook in place."""

    def register(change: Callable[[Any], Lost | None]) -> Callable[[Any], Lost | None]:
        BREAKERS.append(Breaker(change.__name__, says, change, told=frozenset(told), refused=refused))
        return change

    return register


def rewrites(
    says: str, *told: str, refused: bool = False, suffix: str = ".xlsx"
) -> Callable[[Callable[[bytes], bytes]], Callable[[bytes], bytes]]:
    """Register a function that changes the bytes of a workbook."""

    def register(rewrite: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
        name = rewrite.__name__
        BREAKERS.append(Breaker(name, says, rewrite=rewrite, told=frozenset(told), refused=refused, suffix=suffix))
        return rewrite

    return register


def broken(content: bytes, breakers: Iterable[Breaker]) -> tuple[bytes, Lost]:
    """Return a workbook broken in several ways, one after the other, and the answers that cannot be read any more.

    Raises:
        NotApplicableError: one of them found nothing to break.
    """
    chosen = list(breakers)
    lost: Lost = set()
    book = openpyxl.load_workbook(BytesIO(content))
    for item in chosen:
        if item.change is not None:
            try:
                lost |= item.change(book) or set()
            except AttributeError as error:  # nobody can type into the rest of a merged cell either
                raise NotApplicableError("a cell that another one swallowed") from error
    made = saved(book)
    for item in chosen:
        if item.rewrite is not None:
            made = item.rewrite(made)
    return made, EVERYTHING if any(item.refused for item in chosen) else lost


def saved(book: Any) -> bytes:
    """Return the bytes of a workbook."""
    if not book.worksheets:
        raise NotApplicableError("sheet")
    if all(sheet.sheet_state != "visible" for sheet in book.worksheets):
        book.worksheets[0].sheet_state = "visible"  # programs refuse to hide the last one
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def covers(lost: Lost, spot: Spot) -> bool:
    """Say whether an answer is one of those that cannot be read any more."""
    return any(all(part in (ANY, wanted) for part, wanted in zip(item, spot, strict=True)) for item in lost)


@dataclass(frozen=True)
class Found:
    """A table as a breaker finds it: the first one of its kind.

    Attributes:
        head: number of its heading row.
        columns: heading → number of its column.
        rows: code → number of its row, from the top.
    """

    kind: str
    sheet: Any
    head: int
    columns: dict[str, int]
    rows: dict[str, int]

    def cell(self, code: str, heading: str) -> Any:
        """Return a cell of the table."""
        return self.sheet.cell(self.rows[code], self.columns[heading])

    def filled(self, heading: str) -> list[str]:
        """Return the codes whose cell in a column holds something."""
        return [code for code in self.rows if self.cell(code, heading).value is not None]

    @property
    def last(self) -> int:
        """Number of the last row with a code."""
        return max(self.rows.values())


def found(book: Any, kind: str = FIGURES) -> Found:
    """Find a table by its headings.

    Raises:
        NotApplicableError: there is none, or one of its headings or all of its rows are gone.
    """
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            texts = {cell.value: cell.column for cell in reversed(row) if isinstance(cell.value, str)}
            if all(heading in texts for heading in HEADERS[kind]):
                head, columns = row[0].row, {heading: texts[heading] for heading in HEADERS[kind]}
                rows = _rows(sheet, head, columns["Mã"])
                if len(rows) >= 2:
                    return Found(kind, sheet, head, columns, rows)
    raise NotApplicableError(kind)


def tables(book: Any) -> list[Found]:
    """Return every table that can be found.

    Raises:
        NotApplicableError: there is none.
    """
    made = []
    for kind in KINDS:
        try:
            made.append(found(book, kind))
        except NotApplicableError:
            continue
    if not made:
        raise NotApplicableError("tables")
    return made


def _rows(sheet: Any, head: int, column: int) -> dict[str, int]:
    rows: dict[str, int] = {}
    for (cell,) in sheet.iter_rows(min_row=head + 1, min_col=column, max_col=column):
        if cell.value == "Mã":
            break
        if isinstance(cell.value, str) and cell.value.isascii() and " " not in cell.value:
            rows.setdefault(cell.value, cell.row)
    return rows


def lines_of(book: Any, *, with_meta: bool = False) -> list[Any]:
    """Return the cells that hold an identity line.

    Raises:
        NotApplicableError: there are none.
    """
    sheets = [sheet for sheet in book.worksheets if with_meta or not sheet.title.startswith(META)]
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    lines = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith("SKH")]
    if not lines:
        raise NotApplicableError("identity line")
    return lines


def meta_of(book: Any) -> Any:
    """Return the hidden sheet.

    Raises:
        NotApplicableError: it is gone.
    """
    if META not in book.sheetnames:
        raise NotApplicableError(META)
    return book[META]


def copied_rows(source: Any, target: Any, *, down: int = 0, across: int = 0) -> None:
    """Copy the values of a sheet into another one, so many rows further down and columns further across."""
    for row in list(source.iter_rows()):
        for cell in row:
            if cell.value is not None:
                copy = target.cell(cell.row + down, cell.column + across)
                copy.value, copy.number_format = cell.value, cell.number_format


def rearranged(sheet: Any, order: list[int], first: int, last: int) -> None:
    """Put rows ``first`` to ``last`` into another order; every cell of a row goes with it."""
    width = sheet.max_column
    cells = {
        number: [(sheet.cell(number, at).value, sheet.cell(number, at).number_format) for at in range(1, width + 1)]
        for number in range(first, last + 1)
    }
    for number, source in zip(range(first, last + 1), order, strict=True):
        for at, (value, number_format) in enumerate(cells[source], start=1):
            sheet.cell(number, at).value = value
            sheet.cell(number, at).number_format = number_format


def with_member(
    content: bytes, changes: dict[str, Callable[[bytes], bytes]], added: dict[str, bytes] | None = None
) -> bytes:
    """Return an archive in which members were changed and added."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, lambda text: text)(old.read(name)))
        for name, text in (added or {}).items():
            new.writestr(name, text)
    return stream.getvalue()
