"""What the sheet ``_meta`` would have told of a returned workbook that has lost it: what its rows were."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from desktop_app.domain import periods
from desktop_app.domain.entities import Element, System, Task
from desktop_app.domain.issues import Issue, Place
from desktop_app.domain.values import BLANK, workbook_value
from desktop_app.services.answers import unit_answers
from desktop_app.services.collecting.desk import UnitDesk, sheet_kinds
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.exchange.recognising.forms import ReturnedForm, Table

_LONGEST_SHOWN = 80
_Asked = Mapping[str, Element | System | Task]


def missing_rows(form: ReturnedForm, desk: UnitDesk) -> Iterator[Issue]:
    """List what the round asks of the unit and has no row in the workbook; with ``_meta`` its rows are known already."""
    if form.source == "meta":
        return
    for sheet, kind in sheet_kinds().items():
        asked = desk.asked[kind]
        tables = [table for table in form.tables if table.kind == sheet]
        found = {code.casefold() for table in tables for code, _row, _values in table.rows}
        for key, item in asked.items():
            if tables and key not in found:
                yield Issue("row_missing", {"code": item.code}, Place("", tables[0].sheet, "", desk.unit.code, item.code))


def mark_doubtful_rows(form: ReturnedForm, desk: UnitDesk, session: Session) -> None:
    """Mark the answers of rows that are not what was issued.

    These are rows that have the code of one thing and the name of another, as sorting single columns makes, and tables whose
    Kỳ trước is that of another unit or year.
    """
    for table in form.tables:
        if table.names:
            _mark_mixed(table, desk.asked[sheet_kinds()[table.kind]])
        if any(table.before.values()):
            _mark_pasted(table, desk, session)
        if table.units:
            form.edited += _changed_units(table, desk)


def _changed_units(table: Table, desk: UnitDesk) -> Iterator[tuple[str, str, str, str]]:
    """Give the cells with a unit of measure that was not issued; capitals do not count, because old fonts lose them."""
    from desktop_app.exchange.marks import locked_text

    for code, row, _values in table.rows:
        element, shown = desk.elements.get(code.casefold()), table.units.get(code)
        if element is not None and shown is not None and shown.casefold() != locked_text(element.unit).casefold():
            yield table.sheet, f"{table.unit_column}{row}", code, shown[:_LONGEST_SHOWN]


def _mark_pasted(table: Table, desk: UnitDesk, session: Session) -> None:
    from desktop_app.exchange.marks import locked_text
    from desktop_app.exchange.recognising.tables import doubt_figures

    earlier = periods.previous(desk.period)
    answers = unit_answers(session, desk.unit, desk.elements.values(), [earlier])
    issued = {
        code: locked_text(workbook_value(element, answers.answer(element, earlier) or BLANK))
        for code in table.before
        if (element := desk.elements.get(code.casefold())) is not None
    }
    changed = {code for code, text in issued.items() if table.before[code] != text}
    for code, _row, values in table.rows:  # told of a pasted table too: it may be the unit's own, with one column mistaken
        if values[0] is None and code in changed and table.before[code]:
            values[0] = {"misplaced": table.before[code][:_LONGEST_SHOWN]}
    doubt_figures(table, changed, {code for code, text in issued.items() if text})


def _mark_mixed(table: Table, asked: _Asked) -> None:
    from desktop_app.exchange.marks import locked_text
    from desktop_app.exchange.recognising.tables import mix

    owners: dict[str, set[str]] = {}
    for item in asked.values():
        for text in (item.name, getattr(item, "definition", "")):
            owners.setdefault(locked_text(text), set()).add(item.code)
    for code, _row, values in table.rows:
        item_asked = asked.get(code.casefold())
        owner = owners.get(table.names.get(code, ""), set())
        if item_asked is not None and len(owner) == 1 and item_asked.code not in owner:  # a shared name tells nothing
            mix(values, item_asked.code, *owner)
