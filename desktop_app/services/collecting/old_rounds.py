"""Workbooks of a round after which another one was issued: often last year's form, filled in again for this year.

A late correction of a few figures must arrive; the figures of another year must not replace those that are there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath

from desktop_app.domain import periods
from desktop_app.domain.entities import Issuance, Round
from desktop_app.domain.issues import Issue, Place
from desktop_app.domain.merge import Policy
from desktop_app.services.cells import FIGURE, Cells
from desktop_app.services.collecting.desk import RoundDesk, UnitDesk
from desktop_app.services.collecting.merging import shown
from desktop_app.services.collecting.reading import ReadCell, ReadForm
from desktop_app.services.session import Session


@dataclass(frozen=True)
class OldRound:
    """A return of a round that is older than another one.

    Attributes:
        read: the cells as they may be taken.
        issues: that there is a newer round, and that nothing which differs is taken.
    """

    read: ReadForm
    issues: tuple[Issue, ...] = ()


class NewerRounds:
    """Knows for each unit the newest of the rounds of a form that come after another one and were issued to it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._regime = session.office.regime
        self._newest: dict[tuple[int, str], dict[int, str]] = {}

    def check(
        self, read: ReadForm, desk: RoundDesk, unit_desk: UnitDesk, issued: Cells, policy: Policy, *, name: str
    ) -> OldRound:
        """Warn of a return of an older round; take nothing that differs where it looks like another period's figures.

        Args:
            read: its cells.
            desk: its round.
            unit_desk: its unit's part of the round.
            issued: what the input cells held at issue.
            policy: where the file is to be taken as it is, it is.
            name: of the file; one that was given the name of the newer workbook is meant for it.
        """
        newest = self._after(desk.content.form.id, desk.period).get(unit_desk.unit.id)
        if newest is None:
            return OldRound(read)
        place = Place(unit=unit_desk.unit.code)
        params = {"period": desk.period, "newer": newest}
        warning = Issue("round_is_old", params, place)
        answered, differing = _figures(read, unit_desk)
        if policy is Policy.FILE or not differing:
            return OldRound(read, (warning,))
        if _is_named(name, f"{unit_desk.unit.code}_{desk.content.form.code}_{newest}"):
            error = Issue("named_like_newer", params, place)
        elif unit_desk.wrote and 2 * differing >= answered:
            error = Issue("round_filled_again", {**params, "count": differing, "answered": answered}, place)
        else:
            return OldRound(read, (warning,))
        cells = [_held_back(cell, unit_desk, issued, params) for cell in read.cells]
        return OldRound(replace(read, cells=cells), (warning, error))

    def _after(self, form_id: int, period: str) -> dict[int, str]:
        """Return the newest period after another one that was issued to each unit; mostly there is none to be looked up."""
        key = (form_id, period)
        if key not in self._newest:
            gateway, day = self._session.gateway, self._day(period)
            later = [item for item in gateway.list(Round, form_id=form_id) if self._day(item.period) > day]
            found: dict[int, str] = {}
            for item in sorted(later, key=lambda item: self._day(item.period)):
                found |= {made.unit_id: item.period for made in gateway.list(Issuance, round_id=item.id)}
            self._newest[key] = found
        return self._newest[key]

    def _day(self, period: str) -> str:
        return periods.last_day(period, self._regime).isoformat()


def _is_named(name: str, issued: str) -> bool:
    """Say whether a file has the name of an issued workbook; people add to it, such as " (1)"."""
    return PurePath(name.replace("\\", "/")).name.casefold().startswith(issued.casefold())


def _figures(read: ReadForm, desk: UnitDesk) -> tuple[int, int]:
    """Return how many figures a return answers, and in how many of them the file holds something else."""
    answered = [cell for cell in read.cells if cell.key.kind == FIGURE and cell.key.field == "value" and not cell.is_blank]
    clear = [cell for cell in answered if cell.issue is None]
    return len(clear), sum(cell.content != desk.current.get(cell.key) for cell in clear)


def _held_back(cell: ReadCell, desk: UnitDesk, issued: Cells, params: dict[str, str]) -> ReadCell:
    """Return a cell as one that is asked, if it says something other than was issued and than the file holds."""
    current = desk.current.get(cell.key)
    if cell.issue is not None or cell.content is None or cell.content in (current, desk.base(cell.key, issued)):
        return cell
    place = Place("", cell.sheet, cell.cell, desk.unit.code, cell.key.code)
    told = {
        "code": cell.key.code,
        "returned": shown(cell.key, cell.content, desk),
        "current": shown(cell.key, current, desk),
        "newer": params["newer"],
    }
    return cell._replace(issue=Issue("round_of_which", told, place), disputed=True)
