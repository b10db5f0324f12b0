"""Targets and their units as lines of a ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.domain.entities import Element, Indicator, IndicatorType
from desktop_app.domain.indicators import TargetProgress, Verdict
from desktop_app.domain.notation import goal_text, is_milestone, value_text
from desktop_app.services.progress import UnitFigure
from desktop_app.text.catalogue import Catalogue
from desktop_app.text.numbers import format_figure
from desktop_app.ui.places import shown_name
from desktop_app.ui.verdicts import VERDICT_SIGNS, figure_text, gap_text, verdict_word
from desktop_app.ui.widgets.ledger import LedgerCell, LedgerColumn, LedgerLine


@dataclass(frozen=True)
class Measures:
    """What numerators are counted in, by indicator id.

    Attributes:
        units: the unit of measure of the numerator's element; absent where an indicator counts units.
        elements: code of the element that is looked at first in a unit's form.
    """

    units: dict[int, str]
    elements: dict[int, str]


def measures_of(indicators: Iterable[Indicator], elements: Iterable[Element]) -> Measures:
    """Return what the numerators of indicators are counted in."""
    by_id = {indicator.id: indicator for indicator in indicators}
    known = {element.id: element for element in elements}
    units: dict[int, str] = {}
    codes: dict[int, str] = {}
    for indicator in by_id.values():
        base = by_id.get(indicator.base_id or 0, indicator)
        asked = known.get(base.numerator_id or base.condition_element_id or 0)
        if asked is not None:
            codes[indicator.id] = asked.code
            if indicator.type is not IndicatorType.COUNT:
                units[indicator.id] = asked.unit
    return Measures(units, codes)


@dataclass(frozen=True)
class TargetFacts:
    """A measured target with what its numerator is counted in."""

    row: TargetProgress
    measures: Measures

    def measure(self, catalogue: Catalogue) -> str:
        """Return what the gap is counted in."""
        _ = catalogue
        return self.measures.units.get(self.row.indicator.id if self.row.indicator else 0, "") or _("units")

    @property
    def first_element(self) -> str:
        """Return the code of the element to look at in a unit's form; "" where there is none."""
        return self.measures.elements.get(self.row.indicator.id, "") if self.row.indicator else ""


def target_columns(catalogue: Catalogue) -> list[LedgerColumn]:
    """Return the columns of the list."""
    _ = catalogue
    return [
        LedgerColumn(_("Code"), 62),
        LedgerColumn(_("Target to reach"), wrap=True),
        LedgerColumn(_("Wanted"), 108, wrap=True),
        LedgerColumn(_("Achieved"), 92, figures=True, wrap=True),
        LedgerColumn(_("Reports"), 66, figures=True),
        LedgerColumn(_("Conclusion"), 134),
        LedgerColumn(_("Still lacking"), 112, wrap=True),
    ]


def target_lines(facts: Sequence[TargetFacts], areas: Mapping[int, str], catalogue: Catalogue) -> list[LedgerLine]:
    """Return targets under the headings of their content areas, which are given in order; those without area come last."""
    lines: list[LedgerLine] = []
    grouped: dict[int | None, list[TargetFacts]] = {area: [] for area in areas}
    for item in facts:
        grouped.setdefault(item.row.target.area_id, []).append(item)
    for area, found in grouped.items():
        if found and area is not None and area in areas:
            lines.append(LedgerLine(section=areas[area]))
        lines += [_target_line(item, catalogue) for item in found]
    return lines


def _target_line(facts: TargetFacts, catalogue: Catalogue) -> LedgerLine:
    _ = catalogue
    row = facts.row
    sign = VERDICT_SIGNS[row.verdict]
    reports = f"{row.units_reported}/{row.units_expected}" if row.units_expected else "–"
    return LedgerLine(
        key=row.target.code,
        payload=facts,
        cells=(
            LedgerCell(row.target.code, "soft"),
            LedgerCell(row.target.short_statement, spoken=row.target.statement),
            LedgerCell(goal_text(_, row), "soft"),
            LedgerCell(value_text(_, row) or "–", bold=True),
            LedgerCell(reports, "soft"),
            LedgerCell(catalogue(sign.word), sign.role, True, sign.icon, sign.role, verdict_word(row, catalogue)),
            LedgerCell(gap_text(row, facts.measure(catalogue), catalogue), "soft"),
        ),
    )


def unit_columns(catalogue: Catalogue) -> list[LedgerColumn]:
    """Return the columns of the unfolded target."""
    _ = catalogue
    return [
        LedgerColumn(_("Reporting unit"), wrap=True),
        LedgerColumn(_("Part (a)"), 88, figures=True),
        LedgerColumn(_("Whole (b)"), 88, figures=True),
        LedgerColumn(_("Result"), 84, figures=True, wrap=True),
        LedgerColumn(_("Lacking"), 84, figures=True),
        LedgerColumn(_("Standing"), 150),
        LedgerColumn(_("Where from"), 122),
    ]


def unit_lines(
    facts: TargetFacts, units: Sequence[UnitFigure], files: dict[int, str], catalogue: Catalogue, *, by_gap: bool
) -> list[LedgerLine]:
    """Return the units of a target, in official order or those that cause the gap first."""
    order = sorted(units, key=lambda unit: (-(unit.gap or 0), unit.reported)) if by_gap else list(units)
    return [_unit_line(facts, unit, files.get(unit.return_id or 0, ""), catalogue) for unit in order]


def unit_value(row: TargetProgress, unit: UnitFigure, catalogue: Catalogue) -> str:
    """Write the value of one unit, or whether it has reached a milestone; "" where there is none."""
    _ = catalogue
    if unit.value is None:
        return ""
    if is_milestone(row):
        return _("done") if unit.value else _("not done")
    return figure_text(row, unit.value)


def _unit_line(facts: TargetFacts, unit: UnitFigure, file_name: str, catalogue: Catalogue) -> LedgerLine:
    _ = catalogue
    icon, role, word = unit_standing(unit, catalogue)
    value = unit_value(facts.row, unit, catalogue) or "–"
    gap = unit.gap if not is_milestone(facts.row) else None
    source = _("returned file") if file_name else _("typed in") if unit.reported else ""
    return LedgerLine(
        key=unit.unit.code,
        payload=(unit, file_name),
        cells=(
            LedgerCell(shown_name(unit.unit), spoken=unit.unit.name),
            LedgerCell(format_figure(unit.numerator) if unit.numerator is not None else "–"),
            LedgerCell(format_figure(unit.denominator) if unit.denominator is not None else "–"),
            LedgerCell(value, bold=True),
            LedgerCell(format_figure(gap) if gap else "", "soft" if unit.verdict is Verdict.NOT_DUE else "not_met"),
            LedgerCell(word, role, True, icon, role),
            LedgerCell(source, "soft", spoken=file_name),
        ),
    )


MEASURED = {Verdict.MET, Verdict.NOT_DUE, Verdict.NOT_MET, Verdict.INCOMPLETE}
"""Verdicts that say something of a unit that reported; with the others it is enough that it did."""


def unit_standing(unit: UnitFigure, catalogue: Catalogue) -> tuple[str, str, str]:
    """Return icon, token and word for where a unit stands."""
    _ = catalogue
    if not unit.reported:
        if unit.problem_code is not None:
            return "sign-warning", "warning", _("To be explained")
        return "verdict-incomplete", "warning", _("Not reported")
    if not unit.counts:
        return "verdict-not-applicable", "soft", _("Nothing to count")
    if unit.verdict not in MEASURED:
        return "sign-saved", "soft", _("Reported")
    sign = VERDICT_SIGNS[unit.verdict]
    return sign.icon, sign.role, _(sign.word)
