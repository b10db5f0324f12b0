"""The card that explains one cell of the entry grid."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.entities import Element, ElementKind, Measure
from desktop_app.domain.indicators import TargetProgress
from desktop_app.domain.notation import goal_text
from desktop_app.domain.values import Answer, figure_of, format_answer
from desktop_app.services import history
from desktop_app.services.details import CellDetail
from desktop_app.services.editing import FormRow
from desktop_app.services.history import ValueEvent
from desktop_app.text.catalogue import N_
from desktop_app.ui.desk import Desk
from desktop_app.ui.grid.states import SIGNS, CellState, Draft
from desktop_app.ui.verdicts import VERDICT_SIGNS, bar_text, formula_text, is_percentage, verdict_word
from desktop_app.ui.widgets.card import DetailCard
from desktop_app.ui.widgets.chart import Point, SeriesChart
from desktop_app.ui.words import period_short

BARS = 5
EVENTS = 6
MEASURES = {Measure.STOCK: N_("state at the end of the period"), Measure.FLOW: N_("arisen in the period")}
FIGURE_KINDS = {ElementKind.COUNT, ElementKind.DECIMAL, ElementKind.MONEY}


@dataclass(frozen=True)
class Behind:
    """What the card is written from.

    Attributes:
        recent: the last periods of the same kind up to this one, oldest first.
        measured: for each target that uses the element, the unit's own measure of it in those periods.
    """

    detail: CellDetail
    recent: tuple[str, ...]
    measured: tuple[tuple[TargetProgress, ...], ...]


class CellCard(DetailCard):
    """Explains the current row: what is asked, how it went before, what it is used for, who changed it."""

    def __init__(self, desk: Desk) -> None:
        _ = desk.catalogue
        super().__init__(_("Details of the cell"))
        self._desk = desk

    def explain(self, row: FormRow, state: CellState | None, draft: Draft | None, behind: Behind) -> None:
        """Write the card for a row."""
        _ = self._desk.catalogue
        element = row.element
        self.clear()
        self.text(" · ".join((element.code, element.unit, _(MEASURES[element.measure]))))
        self.text(element.name, "cardTitle")
        self._trouble(row, state, draft)
        self.text(element.definition)
        share = next((found for found in behind.measured if _is_charted(found)), None)
        if share is not None:
            self._share_chart(behind.recent, share)
        else:
            self._chart(element, behind.detail)
        self._uses([found[-1] for found in behind.measured if found])
        self._events(element, behind.detail.events)
        self.finish()

    def _trouble(self, row: FormRow, state: CellState | None, draft: Draft | None) -> None:
        if state is None:
            return
        sign = SIGNS[state]
        sentences = [draft.sentence] if draft is not None else [issue.text(self._desk.catalogue) for issue in row.issues]
        for sentence in sentences:
            picture = self._desk.appearance.pixmap(sign.icon, sign.role, scale=self.devicePixelRatioF())
            self.signed(picture, sentence, tone="error" if state is CellState.REFUSED else "warning")

    def _chart(self, element: Element, detail: CellDetail) -> None:
        recent = detail.recent[-BARS:]
        if element.kind not in FIGURE_KINDS or not any(answer for _code, answer in recent):
            return
        _ = self._desk.catalogue
        self.heading(_("How it went"))
        points = [_point(element, code, answer) for code, answer in recent]
        spoken = "; ".join(f"{point.label}: {point.shown or '–'}" for point in points)
        self.add(SeriesChart(self._desk.appearance, points, None, spoken))

    def _share_chart(self, recent: tuple[str, ...], measured: tuple[TargetProgress, ...]) -> None:
        _ = self._desk.catalogue
        last = measured[-1]
        points = [
            Point(
                period_short(code),
                float(item.value) if item.value is not None else None,
                bar_text(item, item.value) if item.value is not None else "",
            )
            for code, item in zip(recent, measured, strict=True)
        ]
        self.heading(_("Share of the unit, target {goal}", goal=goal_text(_, last)))
        spoken = "; ".join(f"{point.label}: {point.shown or '–'}" for point in points)
        self.add(SeriesChart(self._desk.appearance, points, float(last.goal or 0), spoken))

    def _uses(self, uses: list[TargetProgress]) -> None:
        _ = self._desk.catalogue
        if not uses:
            return
        self.heading(_("Used in"))
        for item in uses:
            sign = VERDICT_SIGNS[item.verdict]
            formula = formula_text(item, _)
            goal = goal_text(_, item)
            words = f"{item.target.code} · {item.target.short_statement}"
            self.text(f"{words} {goal}".rstrip())
            if formula:
                picture = self._desk.appearance.pixmap(sign.icon, sign.role, size=18, scale=self.devicePixelRatioF())
                self.signed(picture, f"{formula}\n{verdict_word(item, _)}", tone=str(item.verdict), kind="figure")

    def _events(self, element: Element, events: tuple[ValueEvent, ...]) -> None:
        _ = self._desk.catalogue
        if not events:
            return
        self.heading(_("History"))
        for event in events[:EVENTS]:
            at = event.at.astimezone().strftime("%d/%m/%Y %H:%M")
            where = event.file_name or history.source_name(_, event.source)
            before, after = (history.shown(_, element, answer) for answer in (event.before, event.after))
            self.text(f"{at} · {event.actor} · {where}\n{before} → {after}")
        if len(events) > EVENTS:
            self.text(_("and {count} earlier changes", count=len(events) - EVENTS))


def _is_charted(measured: tuple[TargetProgress, ...]) -> bool:
    """Tell whether a target is a percentage with a goal that the unit has a figure for."""
    known = any(item.value is not None for item in measured)
    return known and measured[-1].goal is not None and is_percentage(measured[-1])


def _point(element: Element, code: str, answer: Answer | None) -> Point:
    figure = figure_of(element, answer) if answer is not None else None
    shown = format_answer(element, answer) if answer is not None and figure is not None else ""
    return Point(period_short(code), float(figure) if figure is not None else None, shown)
