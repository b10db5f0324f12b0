"""The cards of the target page: why a target stands where it stands, and what one unit brings to it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial

from PySide6.QtCore import Signal

from desktop_app.domain.entities import Comparator, IndicatorType
from desktop_app.domain.indicators import TargetProgress
from desktop_app.domain.notation import goal_text, is_milestone
from desktop_app.services.progress import UnitFigure
from desktop_app.text.catalogue import N_
from desktop_app.text.numbers import format_figure
from desktop_app.ui.desk import Desk
from desktop_app.ui.places import shown_name
from desktop_app.ui.targets.lines import TargetFacts, unit_standing, unit_value
from desktop_app.ui.verdicts import VERDICT_SIGNS, bar_text, formula_text, gap_text, is_percentage, verdict_word
from desktop_app.ui.widgets.card import DetailCard
from desktop_app.ui.widgets.chart import Point, SeriesChart, ShareBar
from desktop_app.ui.words import period_short

CAUSES = 5
NAMES = 6
TYPES = {
    IndicatorType.RATIO: N_("ratio Σa/Σb"),
    IndicatorType.COUNT: N_("share of units"),
    IndicatorType.SUM: N_("sum"),
    IndicatorType.GROWTH: N_("growth on the year before"),
    IndicatorType.MILESTONE: N_("milestone"),
    IndicatorType.INDEX: N_("index"),
    IndicatorType.PROVINCE: N_("figure of the province"),
}

PROBLEMS = {
    "share_above_whole": N_("The numerator is larger than the denominator; open the figures to correct or explain it."),
    "numerator_not_applicable": N_(
        "The numerator is “không phát sinh” although the denominator is not 0; type 0 or explain it."
    ),
    "value_differs_from_parts": N_("A figure differs from the sum of its parts; open the figures to correct or explain it."),
}
OTHER_PROBLEM = N_("Its figures contradict each other; open them to correct or explain it.")


class TargetCard(DetailCard):
    """Formula, verdict, gap, the units that cause it, trend.

    Signals:
        unfold_asked: the user wants all units.
        unit_asked: code of a unit whose figures are wanted.
    """

    unfold_asked = Signal()
    unit_asked = Signal(str)

    def __init__(self, desk: Desk) -> None:
        _ = desk.catalogue
        super().__init__(_("Details of the target"))
        self._desk = desk

    def explain(self, facts: TargetFacts, units: Sequence[UnitFigure], trend: Sequence[tuple[str, TargetProgress]]) -> None:
        """Write the card for a target."""
        _ = self._desk.catalogue
        row = facts.row
        self.clear()
        kind = [_(TYPES[row.indicator.type])] if row.indicator else []
        self.text(" · ".join([row.target.code, *([row.indicator.code] if row.indicator else []), *kind]))
        self.text(row.target.statement, "cardTitle")
        self._verdict(row)
        self._gap(facts, units)
        self._missing(row, units)
        if row.units_expected:
            several = _("All {number} units…", number=row.units_expected)
            self.link(several if row.units_expected > 1 else _("The unit and its figures…"), self.unfold_asked.emit)
        self._trend(facts, trend)
        if row.indicator is not None and row.indicator.definition:
            self.heading(_("How it is counted"))
            self.text(row.indicator.definition)
        self.finish()

    def _verdict(self, row: TargetProgress) -> None:
        _ = self._desk.catalogue
        sign = VERDICT_SIGNS[row.verdict]
        formula = formula_text(row, _)
        if formula:
            self.text(formula, "figure", space_before=4)
        picture = self._desk.appearance.pixmap(sign.icon, sign.role, size=18, scale=self.devicePixelRatioF())
        words = verdict_word(row, _)
        goal = goal_text(_, row)
        self.signed(picture, f"{words} · {goal}" if goal else words, tone=str(row.verdict), kind="figure")

    def _gap(self, facts: TargetFacts, units: Sequence[UnitFigure]) -> None:
        _ = self._desk.catalogue
        row = facts.row
        gap = gap_text(row, facts.measure(_), _)
        if not gap:
            return
        causes = sorted((unit for unit in units if unit.gap), key=lambda unit: -(unit.gap or 0))
        total = sum(unit.gap or 0 for unit in causes)
        goal = goal_text(_, row)
        sentence = _("Needs {gap} to reach {goal}.", gap=gap, goal=goal)
        if causes and total:
            first = causes[:CAUSES]
            share = round(100 * sum(unit.gap or 0 for unit in first) / total)
            more = _.count(
                "{number} unit makes up {share}% of what is lacking:",
                "{number} units make up {share}% of what is lacking:",
                len(first),
                share=share,
            )
            self.text(f"{sentence} {more}")
            for unit in first:
                self._cause(row, unit)
        else:
            self.text(sentence)

    def _cause(self, row: TargetProgress, unit: UnitFigure) -> None:
        top = _top_of(row)
        share = float(unit.value / top) if unit.value is not None and top else 0.0
        mark = float(row.goal / top) if row.goal is not None and top else None
        lacking = f"−{format_figure(unit.gap or 0)}"
        self.add(ShareBar(self._desk.appearance, shown_name(unit.unit), lacking=lacking, share=share, mark=mark))

    def _missing(self, row: TargetProgress, units: Sequence[UnitFigure]) -> None:
        _ = self._desk.catalogue
        if not row.missing:
            return
        names = {unit.unit.code: shown_name(unit.unit) for unit in units}
        self.heading(_.count("{number} unit has not reported", "{number} units have not reported", len(row.missing)))
        for code in row.missing[:NAMES]:
            name = names.get(code, code)
            self.link(name, partial(self.unit_asked.emit, code), _("Open the figures of {unit}", unit=name))
        if len(row.missing) > NAMES:
            self.text(_("and {count} more", count=len(row.missing) - NAMES))

    def _trend(self, facts: TargetFacts, trend: Sequence[tuple[str, TargetProgress]]) -> None:
        _ = self._desk.catalogue
        if is_milestone(facts.row) or not any(item.value is not None for _code, item in trend):
            return
        points = [
            Point(
                period_short(code),
                float(item.value) if item.value is not None else None,
                bar_text(item, item.value) if item.value is not None else "",
            )
            for code, item in trend
        ]
        goal = (
            float(facts.row.goal)
            if facts.row.goal is not None and facts.row.target.comparator is not Comparator.UP
            else None
        )
        self.heading(_("Trend"))
        spoken = "; ".join(f"{point.label}: {point.shown or '–'}" for point in points)
        self.add(SeriesChart(self._desk.appearance, points, goal, spoken))


def _top_of(row: TargetProgress) -> Fraction:
    """Return the value at which a bar is full."""
    if is_percentage(row) and (row.goal is None or row.goal <= 100):
        return Fraction(100)
    return (row.goal or Fraction(1)) * Fraction(5, 4)


class UnitCard(DetailCard):
    """What one unit brings to a target, with the way to its figures and its file.

    Signals:
        figures_asked: code of the unit.
        file_asked: id of the return.
    """

    figures_asked = Signal(str)
    file_asked = Signal(int)

    def __init__(self, desk: Desk) -> None:
        _ = desk.catalogue
        super().__init__(_("Details of the unit"))
        self._desk = desk

    def explain(self, facts: TargetFacts, unit: UnitFigure, file_name: str) -> None:
        """Write the card for a unit."""
        _ = self._desk.catalogue
        self.clear()
        self.text(f"{unit.unit.code} · {facts.row.target.code}")
        self.text(unit.unit.name, "cardTitle")
        if unit.value is not None:
            value = unit_value(facts.row, unit, _)
            if unit.numerator is not None and unit.denominator is not None and not is_milestone(facts.row):
                value = f"{format_figure(unit.numerator)} / {format_figure(unit.denominator)} = {value}"
            self.text(value, "figure", space_before=4)
        icon, role, word = unit_standing(unit, _)
        picture = self._desk.appearance.pixmap(icon, role, size=18, scale=self.devicePixelRatioF())
        self.signed(picture, word, kind="figure", tone=role)
        if unit.gap and not is_milestone(facts.row):
            measure = facts.measure(_)
            self.text(_("Lacks {amount} {measure}.", amount=format_figure(unit.gap), measure=measure))
        if unit.problem_code is not None:
            warning = self._desk.appearance.pixmap("sign-warning", "warning", scale=self.devicePixelRatioF())
            self.signed(warning, _(PROBLEMS.get(unit.problem_code, OTHER_PROBLEM)), tone="warning")
        if unit.note:
            self.heading(_("Its explanation"))
            self.text(unit.note)
        self.heading(_("Go on"))
        self.link(_("Open its figures"), partial(self.figures_asked.emit, unit.unit.code))
        if unit.return_id is not None and file_name:
            self.link(_("Save the returned file…"), partial(self.file_asked.emit, unit.return_id), file_name)
            self.text(file_name)
        self.finish()
