"""Checks of all bundled data: what the builder cannot see because it takes more than one row."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop_app.domain.entities import (
    Comparator,
    ConditionKind,
    Element,
    ElementKind,
    Goal,
    Indicator,
    IndicatorType,
    Plan,
    System,
    Target,
    Unit,
)
from desktop_app.domain.issues import Issue, Place
from desktop_app.library.answers import sample_problems
from desktop_app.library.loading import CATALOGUE, PLANS, SAMPLES, UNITS, read_sample
from desktop_app.library.reading import names
from desktop_app.library.shipped import Shipped
from desktop_app.paths import bundled

_RATIOS = {IndicatorType.RATIO}
_NEEDS_NUMERATOR = {IndicatorType.RATIO, IndicatorType.SUM, IndicatorType.INDEX, IndicatorType.PROVINCE}


def check() -> list[Issue]:
    """Return every problem of the bundled data; none when the installation is sound."""
    issues: list[Issue] = []
    issues += _check_files()
    used: set[str] = set()
    for file in names(SAMPLES, ".toml"):
        name = Path(file).stem
        shipped = read_sample(name, issues)
        used |= {plan.code for plan in shipped.of(Plan)}
        for rule in RULES:
            issues += [Issue(code, params, Place(file=file, item=params.get("code", ""))) for code, params in rule(shipped)]
        issues += sample_problems(shipped)
    for file in names(PLANS, ".toml"):
        if Path(file).stem not in used:
            issues.append(Issue("resource_unused", {"file": file}, Place(file=file)))
    return issues


def _check_files() -> list[Issue]:
    """Every resource file is text in NFC."""
    issues = []
    for folder, ending in ((CATALOGUE, ".toml"), (PLANS, ".toml"), (SAMPLES, ".toml"), (UNITS, ".csv")):
        for file in names(folder, ending):
            try:
                text = bundled(file).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                issues.append(Issue("resource_unreadable", {"file": file, "reason": str(error)}, Place(file=file)))
                continue
            if not unicodedata.is_normalized("NFC", text):
                issues.append(Issue("resource_not_nfc", {"field": file}, Place(file=file)))
    return issues


Problem = tuple[str, dict[str, str]]


def _one_root(shipped: Shipped) -> Iterator[Problem]:
    roots = [unit.code for unit in shipped.of(Unit) if unit.is_root]
    if len(roots) != 1:
        yield "resource_roots", {"code": ", ".join(roots) or "–"}


def _formulas(shipped: Shipped) -> Iterator[Problem]:
    elements = {item.id: item for item in shipped.of(Element)}
    systems = {item.code for item in shipped.of(System)}
    for item in shipped.of(Indicator):
        for lacking in _lacking(item, elements):
            yield "resource_formula", {"code": item.code, "field": lacking}
        for code in set(item.condition_systems) - systems:
            yield "resource_unknown_reference", {"what": "system", "code": code}


def _lacking(item: Indicator, elements: dict[int, Element]) -> Iterator[str]:
    """Yield the fields that do not fit the type of an indicator (figures.md, Indicators)."""
    if (item.numerator_id is not None) != (item.type in _NEEDS_NUMERATOR or item.condition is ConditionKind.RATIO):
        yield "numerator"
    if item.type in _RATIOS and item.denominator_id is None:
        yield "denominator"
    if (item.condition is not None) != (item.type is IndicatorType.COUNT):
        yield "condition"
    if (item.threshold is not None) != (item.condition is ConditionKind.RATIO):
        yield "threshold"
    if bool(item.condition_systems) != (item.condition is ConditionKind.SYSTEMS):
        yield "condition_systems"
    if (item.base_id is not None) != (item.type is IndicatorType.GROWTH) or (item.base_id is None) != (item.growth is None):
        yield "base"
    asked = elements[item.condition_element_id].kind if item.condition_element_id else None
    if item.type is IndicatorType.MILESTONE:
        if asked not in {ElementKind.YES_NO, ElementKind.DAY}:
            yield "condition_element"
    elif (asked is ElementKind.YES_NO) != (item.condition is ConditionKind.ELEMENT):
        yield "condition_element"


def _periods(shipped: Shipped) -> Iterator[Problem]:
    """An element is asked for whenever an indicator that needs it is."""
    elements = {item.id: item for item in shipped.of(Element)}
    used = set()
    for item in shipped.of(Indicator):
        for key in (item.numerator_id, item.denominator_id, item.condition_element_id):
            if key is not None:
                used.add(key)
                if not set(item.period_kinds) <= set(elements[key].period_kinds):
                    yield "resource_period_not_asked", {"code": item.code, "element": elements[key].code}
    for key, element in elements.items():
        if key not in used:
            yield "resource_unused", {"file": element.code}


def _goals(shipped: Shipped) -> Iterator[Problem]:
    """A target has goals inside its plan's years, unless words or the year before are its goal."""
    plans = {item.id: item for item in shipped.of(Plan)}
    years: dict[int, list[int]] = {}
    for goal in shipped.of(Goal):
        years.setdefault(goal.target_id, []).append(goal.year)
    for target in shipped.of(Target):
        plan, found = plans[target.plan_id], years.get(target.id, [])
        place = f"{plan.code}/{target.code}"
        without = target.is_qualitative or target.comparator is Comparator.UP
        if bool(found) == without:
            yield "resource_goal", {"code": place}
        if any(not plan.start_year <= year <= plan.end_year for year in found):
            yield "resource_goal", {"code": place}
        if target.is_qualitative and not target.wording:
            yield "resource_goal", {"code": place}


def _systems(shipped: Shipped) -> Iterator[Problem]:
    """A unit that a target counts by its systems is asked for their state."""
    asked = {item.code: set(item.scope) for item in shipped.of(System)}
    indicators = {item.id: item for item in shipped.of(Indicator)}
    for target in shipped.of(Target):
        indicator = indicators.get(target.indicator_id or 0)
        for code in indicator.condition_systems if indicator else ():
            kinds = {str(kind) for kind in target.scope} & {str(unit.kind) for unit in shipped.of(Unit)}
            if not kinds <= asked.get(code, kinds):
                yield "resource_system_not_asked", {"code": target.code, "system": code}


RULES: tuple[Callable[[Shipped], Iterator[Problem]], ...] = (_one_root, _formulas, _periods, _goals, _systems)
"""The rules over one sample; each yields issue codes with their parameters."""
