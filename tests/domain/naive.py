"""A second engine, deliberately naive: written from the sentences of figures.md, with plain loops over ``Fraction``.

It shares nothing with the program but the rules. It works on a :class:`World` of plain dicts, knows one target and one
period, and looks everything up again each time.
"""

# ruff: noqa: PLR0911 - one sentence of the contract, one return
from __future__ import annotations

import calendar
import math
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

QUARTERS = ["Q1", "Q2", "Q3", "Q4"]
MONTHS = ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"]


@dataclass
class World:
    """One target, one period and all that they need.

    ``units``: dicts of code, kind, from, to in official order, the root first. ``elements``: by code, dicts of kind,
    measure, per (stored units in one unit of measure). ``values``: by (unit, element, period), dicts of state, amount
    (Fraction in the unit of measure), day, note. ``deployments``: by (unit, system), (status, since).
    """

    indicator: dict[str, Any] | None
    target: dict[str, Any]
    period: str
    units: list[dict[str, Any]]
    elements: dict[str, dict[str, Any]]
    values: dict[tuple[str, str, str], dict[str, Any]]
    regime: str = "nd09"
    deployments: dict[tuple[str, str], tuple[str, date | None]] = field(default_factory=dict)
    goals: list[tuple[int, Fraction, str | None]] = field(default_factory=list)
    judgements: list[tuple[str, str | None, str]] = field(default_factory=list)
    last_year: int = 2020
    unit: str | None = None


def last_day(world: World, period: str) -> date:
    year, _, part = period.partition("-")
    month = {"": 12, "H1": 6, "H2": 12, "9M": 9, "Q1": 3, "Q2": 6, "Q3": 9, "Q4": 12}.get(part) or int(part)
    if world.regime == "nd09":
        return date(int(year), month, 14)
    return date(int(year), month, calendar.monthrange(int(year), month)[1])


def tilings(period: str) -> list[list[str]]:
    year, _, part = period.partition("-")
    if part == "":
        ways = [["H1", "H2"], ["9M", "Q4"], QUARTERS, MONTHS]
    elif part == "H1":
        ways = [["Q1", "Q2"], MONTHS[:6]]
    elif part == "H2":
        ways = [["Q3", "Q4"], MONTHS[6:]]
    elif part == "9M":
        ways = [["H1", "Q3"], ["Q1", "Q2", "Q3"], MONTHS[:9]]
    elif part in QUARTERS:
        start = 3 * QUARTERS.index(part)
        ways = [MONTHS[start : start + 3]]
    else:
        ways = []
    return [[f"{year}-{piece}" for piece in way] for way in ways]


def shorter_same_end(period: str) -> list[str]:
    year, _, part = period.partition("-")
    same = {"": ["H2", "Q4", "12"], "H1": ["Q2", "06"], "H2": ["Q4", "12"], "9M": ["Q3", "09"]}
    same |= {"Q1": ["03"], "Q2": ["06"], "Q3": ["09"], "Q4": ["12"]}
    return [f"{year}-{piece}" for piece in same.get(part, [])]


def year_before(period: str) -> str:
    return f"{int(period[:4]) - 1}{period[4:]}"


def exists(world: World, unit: dict[str, Any], period: str) -> bool:
    day = last_day(world, period)
    return not (unit["from"] and day < unit["from"]) and not (unit["to"] and day > unit["to"])


def stored(world: World, unit: dict[str, Any], element: str, period: str) -> dict[str, Any] | None:
    row = world.values.get((unit["code"], element, period))
    return None if row is None or row["state"] == "not_reported" else row


def explained(world: World, unit: dict[str, Any], element: str, periods: list[str]) -> bool:
    for period in periods:
        row = world.values.get((unit["code"], element, period))
        if row is not None and (row["note"] or "").strip():
            return True
    return False


def answer(world: World, unit: dict[str, Any], element: str, period: str) -> dict[str, Any] | None:
    """The value of a unit for a period: entered, or made of others; says from where, and whether it is explained."""
    kind = world.elements[element]
    if exists(world, unit, period) and stored(world, unit, element, period):
        row = stored(world, unit, element, period)
        return {**row, "explained": explained(world, unit, element, [period]), "tiling": None}
    if kind["measure"] == "stock":
        if not exists(world, unit, period):
            return None
        for shorter in shorter_same_end(period):
            row = stored(world, unit, element, shorter)
            if row:
                return {**row, "explained": explained(world, unit, element, [period, shorter]), "tiling": None}
        return None
    if kind["kind"] in {"day", "text"}:
        return None
    for tiling in tilings(period):
        parts = [part for part in tiling if exists(world, unit, part)]
        rows = [stored(world, unit, element, part) for part in parts]
        if parts and all(rows):
            told = explained(world, unit, element, [period, *tiling])
            if all(row["state"] == "not_applicable" for row in rows):
                return {"state": "not_applicable", "amount": None, "day": None, "explained": told, "tiling": tiling}
            total = sum((row["amount"] for row in rows if row["amount"] is not None), Fraction(0))
            return {"state": "value", "amount": total, "day": None, "explained": told, "tiling": tiling}
    return None


def obliged(world: World, indicator: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for unit in world.units:
        if unit["code"] in world.target["exempt"]:
            continue
        if indicator["type"] in {"P", "M", "I"} or not world.target["scope"]:
            if unit is world.units[0]:
                found.append(unit)
        elif unit["kind"] in world.target["scope"]:
            found.append(unit)
    return found


def expected_in_parts(world: World, unit: dict[str, Any], element: str, period: str, units: list[dict[str, Any]]) -> bool:
    """Whether a unit that is gone by the last day is expected in a part of a sum that somebody's figure is made of."""
    if world.elements[element]["measure"] == "stock":
        return False
    for other in units:
        other_answer = answer(world, other, element, period)
        if other_answer and other_answer["tiling"]:
            for part in other_answer["tiling"]:
                if exists(world, unit, part):
                    return True
    return False


Judged = tuple[str, Fraction, Fraction]
"""in | out | missing, numerator, denominator."""


def judge_ratio(indicator: dict[str, Any], a: dict[str, Any] | None, b: dict[str, Any] | None) -> Judged:
    none = Fraction(0)
    if a is None or b is None:
        return "missing", none, none
    told = a["explained"] or b["explained"]
    if b["state"] == "not_applicable":
        return "out", none, none
    if a["state"] == "not_applicable":
        if b["amount"] > 0:
            return ("in", none, b["amount"]) if told else ("missing", none, none)
        return "out", none, none
    if indicator["share"] and a["amount"] > b["amount"] and not told:
        return "missing", none, none
    if b["amount"] == 0:
        return "out", none, none
    return "in", a["amount"], b["amount"]


def judge_unit(world: World, indicator: dict[str, Any], unit: dict[str, Any], period: str) -> Judged:
    """What a unit brings that exists on the last day, or in parts of the sums of all elements."""
    kind, none, one = indicator["type"], Fraction(0), Fraction(1)
    condition = indicator["condition"] if kind == "C" else None
    if condition == "systems":
        found = [world.deployments.get((unit["code"], system)) for system in indicator["systems"]]
        if any(row is None for row in found):
            return "missing", none, none
        day = last_day(world, period)
        if any(status != "in_use" or (since is not None and since > day) for status, since in found):
            return "in", none, one
        if any(since is None for _status, since in found):
            return "missing", none, none
        return "in", one, one
    if kind == "M" or condition == "element":
        row = answer(world, unit, indicator["element"], period)
        if row is None:
            return "missing", none, none
        if row["state"] == "not_applicable":
            return "out", none, none
        if row["day"] is not None:
            return "in", one if row["day"] <= last_day(world, period) else none, one
        return "in", one if row["amount"] > 0 else none, one
    a = answer(world, unit, indicator["a"], period)
    if kind in {"S", "I"} or (kind == "P" and not indicator["b"]):
        if a is None:
            return "missing", none, none
        return ("out", none, none) if a["state"] == "not_applicable" else ("in", a["amount"], none)
    standing, top, bottom = judge_ratio(indicator, a, answer(world, unit, indicator["b"], period))
    if kind == "C" and standing == "in":
        return "in", one if 100 * top / bottom >= indicator["threshold"] else none, one
    return standing, top, bottom


def roll_up(world: World, indicator: dict[str, Any], period: str) -> dict[str, Any]:
    units = obliged(world, indicator)
    elements = [code for code in (indicator["a"], indicator["b"]) if code]
    if indicator["type"] == "M" or (indicator["type"] == "C" and indicator["condition"] == "element"):
        elements = [indicator["element"]]
    if indicator["type"] in {"S", "I"}:
        elements = [indicator["a"]]
    if indicator["type"] == "C" and indicator["condition"] == "systems":
        elements = []
    top = bottom = Fraction(0)
    missing, reported, counted = [], 0, 0
    for unit in units:
        if world.unit and unit["code"] != world.unit:
            continue
        if exists(world, unit, period):
            standing, a, b = judge_unit(world, indicator, unit, period)
        else:
            asked = [code for code in elements if expected_in_parts(world, unit, code, period, units)]
            if not asked or (indicator["type"] == "C" and len(asked) < len(elements)):
                continue
            if len(asked) == len(elements):
                standing, a, b = judge_unit(world, indicator, unit, period)
            else:
                row = answer(world, unit, asked[0], period)
                amount = row["amount"] if row and row["amount"] is not None else Fraction(0)
                a, b = (amount, Fraction(0)) if asked[0] == indicator["a"] else (Fraction(0), amount)
                standing = "missing" if row is None else "out" if row["state"] == "not_applicable" else "in"
        if standing == "missing":
            missing.append(unit["code"])
            continue
        reported += 1
        if standing == "in":
            counted += 1
            top += a
            bottom += b
    result = {"missing": missing, "reported": reported, "value": None, "top": None, "bottom": None}
    if counted:
        has_bottom = indicator["type"] in {"R", "C", "M"} or (indicator["type"] == "P" and indicator["b"])
        scale = {"C": 100, "M": 1}.get(indicator["type"], indicator["scale"])
        result |= {"top": top, "bottom": bottom if has_bottom else None}
        result["value"] = (scale * top / bottom if bottom else None) if has_bottom else top
    return result


def goal_of(world: World) -> tuple[Fraction | None, int] | None:
    """(goal, its year), or None where the target is judged by hand."""
    target, kind = world.target, world.indicator["type"]
    if target["qualitative"]:
        return None if target["threshold"] is None else (target["threshold"], world.last_year)
    unit = world.unit if world.unit != world.units[0]["code"] else None
    rows = [(year, amount) for year, amount, of in world.goals if of == unit]
    if not rows and kind != "S":
        rows = [(year, amount) for year, amount, of in world.goals if of is None]
    year = int(world.period[:4])
    later = [row for row in rows if row[0] >= year]
    earlier = [row for row in rows if row[0] < year]
    found = min(later) if later else max(earlier) if earlier else None
    if kind == "M":
        return Fraction(1), found[0] if found else world.last_year
    if found:
        return found[1], found[0]
    return (None, world.last_year) if target["comparator"] == "up" else None


def reaches(world: World, value: Fraction, bar: Fraction) -> bool:
    comparator = world.target["comparator"]
    if comparator == "approx":
        allowed = abs(bar) * world.target["tolerance"] / 100
        return bar - allowed <= value <= bar + allowed
    return {
        "ge": value >= bar,
        "gt": value > bar,
        "up": value > bar,
        "le": value <= bar,
        "lt": value < bar,
        "eq": value == bar,
    }[comparator]


def value_with(world: World, top: Fraction, now: dict[str, Any], base: Fraction | None) -> Fraction:
    kind = world.indicator["type"]
    if kind == "G":
        return top - base if world.indicator["growth"] == "points" else 100 * (top - base) / base
    if now["bottom"] is None:
        return top
    return {"C": 100, "M": 1}.get(kind, world.indicator["scale"]) * top / now["bottom"]


def gap_of(world: World, top: Fraction, now: dict[str, Any], base: Fraction | None, bar: Fraction) -> int | None:
    """Try one number after the other, near the place where the bar is crossed."""
    if reaches(world, value_with(world, top, now, base), bar):
        return 0
    comparator = world.target["comparator"]
    down = comparator in {"le", "lt"} or (comparator in {"eq", "approx"} and world.indicator["direction"] == "down")
    sign = -1 if down else 1
    step = value_with(world, Fraction(1), now, base) - value_with(world, Fraction(0), now, base)
    distance = abs(value_with(world, top, now, base) - bar) / step
    margin = abs(bar) * world.target["tolerance"] / 100 / step if comparator == "approx" else 0
    for count in range(max(0, math.floor(distance - margin) - 2), math.ceil(distance + margin) + 3):
        if reaches(world, value_with(world, top + sign * count, now, base), bar):
            return count
    return None


def measure(world: World) -> dict[str, Any]:
    """The target in the shape of ``progress --json``, with exact fractions."""
    target, indicator = world.target, world.indicator
    alone = world.unit if world.unit != world.units[0]["code"] else None
    judged = [word for period, unit, word in world.judgements if period == world.period and unit == alone]
    result = dict.fromkeys(
        ("value", "numerator", "denominator", "goal", "goal_year", "on_reported", "judgement", "gap", "type"), None
    )
    result |= {"verdict": "judged_by_hand", "on_reported": "judged_by_hand", "judgement": judged[-1] if judged else None}
    result |= {"units_reported": 0, "units_expected": 0, "missing": [], "comparator": target["comparator"]}
    result["type"] = "Q" if target["qualitative"] else indicator["type"] if indicator else None
    if indicator is None:
        return result
    growing = indicator["type"] == "G"
    formula = indicator["base"] if growing else indicator
    now = roll_up(world, formula, world.period)
    compares = growing or (target["comparator"] == "up" and not target["qualitative"])
    before = roll_up(world, formula, year_before(world.period)) if compares else None
    base = before["value"] if before else None
    value, top, bottom = now["value"], now["top"], now["bottom"]
    if growing:
        value, top, bottom = None, now["value"], base
        if top is not None and base:
            value = value_with(world, top, now, base)
    result |= {"value": value, "numerator": top, "denominator": bottom, "missing": now["missing"]}
    result |= {"units_reported": now["reported"], "units_expected": now["reported"] + len(now["missing"])}
    goal = goal_of(world)
    if goal is None:
        return result
    result |= {"goal": goal[0], "goal_year": goal[1]}
    bar = goal[0]
    if target["comparator"] == "up" and not target["qualitative"]:
        bar = Fraction(0) if growing else base
    elif bar is None:
        bar = Fraction(0)
    no_base = before is not None and not base
    if value is not None and bar is not None and not no_base:
        result["gap"] = gap_of(world, top, now, base, bar)
    nothing = (now["value"] is None and not now["missing"]) or (no_base and not before["missing"])
    waiting = bool(now["missing"]) or bool(before and before["missing"])
    if nothing:
        result |= {"verdict": "not_applicable", "on_reported": "not_applicable"}
        return result
    if now["reported"] == 0 or (before is not None and before["reported"] == 0):
        provisional = None
    elif value is None or no_base:
        provisional = "not_applicable"
    elif reaches(world, value, bar):
        provisional = "met"
    else:
        early = last_day(world, world.period) < last_day(world, str(goal[1]))
        provisional = "not_due" if early else "not_met"
    result |= {"verdict": "incomplete" if waiting else provisional, "on_reported": provisional}
    return result
