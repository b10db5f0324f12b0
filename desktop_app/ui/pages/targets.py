"""Chỉ tiêu: the targets of a plan with verdicts, each unfolding to its units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_app.domain import periods
from desktop_app.domain.entities import Area, Element, Indicator, Return
from desktop_app.domain.indicators import TargetProgress, Verdict
from desktop_app.services.progress import UnitFigure, breakdown, progress, series
from desktop_app.services.session import Session
from desktop_app.text.catalogue import N_
from desktop_app.ui.commands import Handler
from desktop_app.ui.desk import Desk, PlaceLooked
from desktop_app.ui.pages.page import DETAIL_FROM_WIDTH, Page
from desktop_app.ui.targets.cards import TargetCard, UnitCard
from desktop_app.ui.targets.lines import (
    Measures,
    TargetFacts,
    measures_of,
    target_columns,
    target_lines,
    unit_columns,
    unit_lines,
)
from desktop_app.ui.verdicts import VERDICT_SIGNS
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.ledger import Ledger, LedgerLine

TREND = 5


@dataclass(frozen=True)
class _Loaded:
    """What the list shows, for one place."""

    place: PlaceLooked
    rows: tuple[TargetProgress, ...]
    areas: dict[int, str]
    measures: Measures


class TargetsPage(Page):
    """The list of targets; Ctrl+Enter or the link of the card unfolds one to its units, Esc folds it again."""

    NAME = "targets"
    PLACES = ("plan", "period")
    PURPOSE = N_("Here every target of a plan stands with what is wanted, what is reached and who is behind.")

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(desk, title)
        _ = desk.catalogue
        self._loaded: _Loaded | None = None
        self._unfolded: TargetFacts | None = None
        self._by_gap = True
        self.list = Ledger(target_columns(_), desk.appearance, title)
        self.units = Ledger(unit_columns(_), desk.appearance, _("Units of the target"))
        self.sheets = QStackedWidget()
        for ledger in (self.list, self.units):
            card = Card()
            card.column.addWidget(ledger)
            self.sheets.addWidget(card)
        self.card = TargetCard(desk)
        self.unit_card = UnitCard(desk)
        self.body.addWidget(self.sheets, 1)
        self.body.addWidget(self.card)
        self.body.addWidget(self.unit_card)
        self.unit_card.hide()
        self.back_button = self.add_action(_("Back to the targets"), self.fold, tip=_("Back to the list of targets (Esc)"))
        self.order_button = self.add_action(_("In official order"), self._change_order)
        self.add_action(_("Copy the table"), self._copy, tip=_("Copy the table for Excel (Ctrl+C)"))
        self.unfold_button = self.add_action(
            _("Show the units"), self.unfold, filled=True, tip=_("Unfold the target to its units (Ctrl+Enter)")
        )
        self._detail_wanted = True
        self.list.went_to.connect(self._explain)
        self.list.opened.connect(lambda _line: self.unfold())
        self.units.went_to.connect(self._explain_unit)
        self.units.opened.connect(self._open_unit)
        self.card.unfold_asked.connect(self.unfold)
        self.card.unit_asked.connect(self._go_to_unit)
        self.unit_card.figures_asked.connect(self._go_to_unit)
        self.unit_card.file_asked.connect(self._save_file)
        self._show_sheet()

    # what the page shows

    def load(self) -> None:
        """Measure the targets in the background and show them."""
        place = self.desk.place
        if not (place.plan and place.period):
            return
        self.desk.read(partial(_measure, place), self._show)

    def handlers(self) -> Mapping[str, Handler]:
        """Return the commands of the list."""
        return {"unfold": self.unfold, "copy": self._copy, "detail": self._toggle_detail}

    def first_focus(self) -> QWidget:
        """Return the table that is shown."""
        return self.units if self._unfolded else self.list

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the table where the window is narrow."""
        super().resizeEvent(event)
        self._show_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc folds the units away."""
        if event.key() == Qt.Key.Key_Escape and self._unfolded is not None:
            self.fold()
            return
        super().keyPressEvent(event)

    def _show(self, loaded: _Loaded) -> None:
        if (loaded.place.plan, loaded.place.period) != (self.desk.place.plan, self.desk.place.period):
            return
        _ = self.desk.catalogue
        self._loaded = loaded
        facts = [TargetFacts(row, loaded.measures) for row in loaded.rows]
        self.list.show_lines(target_lines(facts, loaded.areas, _))
        self._state_sentence()
        if self._unfolded is not None:
            again = next((item for item in facts if item.row.target.id == self._unfolded.row.target.id), None)
            self._read_units(again) if again else self.fold()

    def _state_sentence(self) -> None:
        _ = self.desk.catalogue
        if self._loaded is None:
            return
        rows = self._loaded.rows
        if not rows:
            self.sentence.setText(_("This plan has no targets."))
            return
        found = [row.verdict for row in rows]
        parts = [_("{met}/{all} targets met", met=found.count(Verdict.MET), all=len(rows))]
        for verdict in Verdict:
            count = found.count(verdict)
            if count and verdict is not Verdict.MET:
                parts.append(f"{count} {_(VERDICT_SIGNS[verdict].word).lower()}")
        self.sentence.setText(" · ".join(parts))

    # explaining

    def _explain(self, line: LedgerLine | None) -> None:
        facts = line.payload if line is not None else None
        self.unfold_button.setEnabled(facts is not None and facts.row.units_expected > 0)
        if facts is None or not self.isVisible():
            return
        place = self.desk.place
        self.desk.read(partial(_look_behind, place, facts), self._explained)

    def _explained(self, found: tuple[TargetFacts, list[UnitFigure], list[tuple[str, TargetProgress]]]) -> None:
        facts, units, trend = found
        line = self.list.current_line()
        if line is not None and line.payload.row.target.id == facts.row.target.id:
            self.card.explain(facts, units, trend)

    def _toggle_detail(self) -> None:
        self._detail_wanted = not self._detail_wanted
        self._show_sheet()

    def _show_sheet(self) -> None:
        """Show list or units with the card that belongs to it, if there is room."""
        unfolded = self._unfolded is not None
        self.sheets.setCurrentIndex(1 if unfolded else 0)
        room = self._detail_wanted and self.width() >= DETAIL_FROM_WIDTH
        self.card.setVisible(room and not unfolded)
        self.unit_card.setVisible(room and unfolded)
        self.back_button.setVisible(unfolded)
        self.order_button.setVisible(unfolded)
        self.unfold_button.setVisible(not unfolded)

    # units

    def unfold(self) -> None:
        """Show the units of the current target."""
        line = self.list.current_line()
        if line is not None and line.payload.row.units_expected:
            self._read_units(line.payload)

    def fold(self) -> None:
        """Go back to the list of targets."""
        self._unfolded = None
        self._show_sheet()
        self._state_sentence()
        self.list.setFocus()

    def _read_units(self, facts: TargetFacts) -> None:
        self.desk.read(partial(_read_breakdown, self.desk.place, facts), self._show_units)

    def _show_units(self, found: tuple[TargetFacts, list[UnitFigure], dict[int, str]]) -> None:
        _ = self.desk.catalogue
        facts, units, files = found
        first = self._unfolded is None
        self._unfolded = facts
        self.units.show_lines(unit_lines(facts, units, files, _, by_gap=self._by_gap))
        target = facts.row.target
        row = facts.row
        reported = _("{reported}/{expected} units reported", reported=row.units_reported, expected=row.units_expected)
        self.sentence.setText(f"{target.code} · {target.short_statement} · {reported}")
        self._show_sheet()
        if first:
            self.units.setFocus()

    def _change_order(self) -> None:
        _ = self.desk.catalogue
        self._by_gap = not self._by_gap
        self.order_button.setText(_("In official order") if self._by_gap else _("Largest gap first"))
        if self._unfolded is not None:
            self._read_units(self._unfolded)

    def _explain_unit(self, line: LedgerLine | None) -> None:
        if line is not None and self._unfolded is not None:
            self.unit_card.explain(self._unfolded, *line.payload)

    def _open_unit(self, line: LedgerLine) -> None:
        self._go_to_unit(line.key)

    def _go_to_unit(self, unit_code: str) -> None:
        """Open the entry grid of a unit at the numerator of the target."""
        line = self.list.current_line()
        facts = self._unfolded or (line.payload if line else None)
        if facts is not None:
            self.desk.go_to_cell(unit_code, facts.first_element)

    def _save_file(self, return_id: int) -> None:
        """Write the file that a unit returned, as it came, to where the user wants it."""
        found = self.desk.session.gateway.get(Return, return_id)
        if found is not None:
            self.desk.save_bytes(found.file_name, found.content)

    def _copy(self) -> None:
        _ = self.desk.catalogue
        (self.units if self._unfolded else self.list).copy_all()
        self.desk.say(_("The table is copied; paste it into Excel or Word."))


def _measure(place: PlaceLooked, session: Session) -> _Loaded:
    """Measure all targets; runs on the worker's thread."""
    found = progress(session, place.plan, place.period)
    areas = {area.id: area.name for area in sorted(session.gateway.list(Area), key=lambda area: area.order_number)}
    return _Loaded(place, found.rows, areas, measures_of(session.gateway.list(Indicator), session.gateway.list(Element)))


def _look_behind(
    place: PlaceLooked, facts: TargetFacts, session: Session
) -> tuple[TargetFacts, list[UnitFigure], list[tuple[str, TargetProgress]]]:
    """Read the units and the trend of a target; runs on the worker's thread."""
    code = facts.row.target.code
    recent = periods.recent(place.period, TREND)
    measured = series(session, place.plan, code, recent)
    return facts, breakdown(session, place.plan, code, place.period), list(zip(recent, measured, strict=True))


def _read_breakdown(
    place: PlaceLooked, facts: TargetFacts, session: Session
) -> tuple[TargetFacts, list[UnitFigure], dict[int, str]]:
    """Read the units of a target and the names of the files behind them; runs on the worker's thread."""
    units = breakdown(session, place.plan, facts.row.target.code, place.period)
    files: dict[int, str] = {}
    for return_id in {unit.return_id for unit in units if unit.return_id is not None}:
        found = session.gateway.get(Return, return_id)
        if found is not None:
            files[return_id] = found.file_name
    return facts, units, files
