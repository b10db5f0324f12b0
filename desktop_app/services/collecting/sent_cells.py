"""Where the issues of a returned file stand in its form, and what the file says there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from desktop_app.domain.issues import Issue, Place
from desktop_app.services.cells import FIELDS, CellKey, Content
from desktop_app.services.collecting.desk import UnitDesk, sheet_kinds
from desktop_app.services.collecting.merging import MergedForm, shown

CODE = "code"
"""Stands for the field of an issue that concerns a whole row: its code is marked."""
_OF_ROWS = frozenset({"locked_cell_edited", "row_missing"})
_ELSEWHERE = frozenset({"figure_under_previous"})
"""What was typed stands in another cell than the one that the issue is about."""


@cache
def _kinds() -> Mapping[str, str]:
    """Return what the rows of each sheet of the contract are, by its folded name."""
    from desktop_app.exchange.layout import folded

    return {folded(sheet): kind for sheet, kind in sheet_kinds().items()}


@cache
def _contract_fields(kind: str) -> Mapping[str, str]:
    """Return letter → field of the input columns as they are issued."""
    from desktop_app.exchange.layout import HEADERS, INPUTS
    from desktop_app.exchange.workbook import column_letters

    sheet = next(name for name, own in sheet_kinds().items() if own == kind)
    order = list(HEADERS[sheet])
    return {column_letters(order.index(column)): field for column, field in zip(INPUTS[sheet], FIELDS[kind], strict=True)}


class SentCells:
    """The cells of one file that was read.

    Args:
        merged: what became of them.
        desk: what the unit was asked.
        issues: everything that is told of the file.
    """

    def __init__(self, merged: MergedForm, desk: UnitDesk, issues: tuple[Issue, ...]) -> None:
        self.desk = desk
        self._merged = merged
        self._keys = {(item.sheet, item.cell): item.key for item in merged.changes}
        self._letters = {(item.sheet, item.key.kind, _letter(item.cell)): item.key.field for item in merged.changes}
        self._kinds_of: dict[str, list[str]] = {}
        for item in merged.changes:
            if item.key.kind not in self._kinds_of.setdefault(item.sheet, []):
                self._kinds_of[item.sheet].append(item.key.kind)
        self._typed: dict[CellKey, str] = {}
        for issue in issues:
            key = self.key_of(issue)
            said = issue.params.get("typed", issue.params.get("returned"))
            if key is not None and said is not None and issue.code not in _ELSEWHERE:
                self._typed.setdefault(key, str(said))

    def key_of(self, issue: Issue) -> CellKey | None:
        """Return the cell of the form that an issue is about; None where it concerns no row that the unit is asked for."""
        place = issue.place
        known = self._keys.get((place.sheet, place.cell))
        if known is not None and known.code.casefold() == place.item.casefold() and issue.code not in _OF_ROWS:
            return known
        found = self._row(place)
        if found is None:
            return None
        kind, code = found
        if issue.code in _OF_ROWS:
            return CellKey(kind, code, CODE)
        if not place.cell:
            return CellKey(kind, code, FIELDS[kind][0])
        letter = _letter(place.cell)
        field = self._letters.get((place.sheet, kind, letter)) or _contract_fields(kind).get(letter, CODE)
        return CellKey(kind, code, field)

    def _row(self, place: Place) -> tuple[str, str] | None:
        """Return what the row of a place is, with its code; None where the unit is not asked for it."""
        from desktop_app.exchange.layout import folded

        of_contract = _kinds().get(folded(place.sheet))
        kinds = self._kinds_of.get(place.sheet) or ([of_contract] if of_contract else list(self.desk.asked))
        for kind in kinds:
            item = self.desk.asked[kind].get(place.item.casefold())
            if item is not None:
                return kind, item.code
        return None

    def content(self, key: CellKey) -> Content:
        """Return what was read in a cell; None where it is blank or could not be read."""
        return self._merged.read.get(key)

    def typed(self, key: CellKey) -> str:
        """Return what stands in a cell that could not be read, "" for nothing that can be shown."""
        return self._typed.get(key, "")

    def stood(self, issue: Issue) -> str:
        """Return what the cell of an issue says, as people write it; "" where it is blank or the issue has no cell."""
        for name in ("typed", "shown"):
            if name in issue.params:
                return str(issue.params[name])
        key = self.key_of(issue)
        if key is None or key.field == CODE:
            return ""
        content = self.content(key)
        return self.typed(key) if content is None else shown(key, content, self.desk)


def _letter(cell: str) -> str:
    return cell.rstrip("0123456789")
