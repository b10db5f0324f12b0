"""Worlds for tests of figures: read from ``tests/data/figures.toml``, drawn at random, and handed to the real engine."""

from __future__ import annotations

import random
import tomllib
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from desktop_app.domain.entities import (
    Comparator,
    ConditionKind,
    Deployment,
    DeploymentStatus,
    Direction,
    Element,
    ElementKind,
    Goal,
    GrowthKind,
    Indicator,
    IndicatorType,
    JudgedVerdict,
    Judgement,
    Measure,
    PeriodKind,
    Regime,
    Target,
    Unit,
    UnitKind,
    UnitLevel,
    Value,
    ValueState,
)
from desktop_app.domain.indicators import AnswerBook, Case, Facts, pack
from tests.domain import naive
from tests.domain.naive import World

CASES_FILE = Path(__file__).parents[1] / "data" / "figures.toml"
ROOT = "TINH"
ELEMENTS: dict[str, dict[str, Any]] = {
    "a": {"kind": "count", "measure": "flow", "per": 1},
    "b": {"kind": "count", "measure": "flow", "per": 1},
    "s": {"kind": "count", "measure": "stock", "per": 1},
    "t": {"kind": "count", "measure": "stock", "per": 1},
    "p": {"kind": "decimal", "measure": "flow", "per": 10},
    "q": {"kind": "decimal", "measure": "stock", "per": 100},
    "m": {"kind": "money", "measure": "flow", "per": 1_000_000},
    "n": {"kind": "money", "measure": "flow", "per": 1_000_000},
    "y": {"kind": "yes_no", "measure": "stock", "per": 1},
    "d": {"kind": "day", "measure": "stock", "per": 1},
}
INDICATOR: dict[str, Any] = {
    "type": "R",
    "a": None,
    "b": None,
    "scale": 100,
    "share": False,
    "condition": None,
    "element": None,
    "threshold": None,
    "systems": [],
    "base": None,
    "growth": None,
    "direction": "up",
}
TARGET: dict[str, Any] = {
    "scope": ["department"],
    "comparator": "ge",
    "tolerance": Fraction(10),
    "qualitative": False,
    "threshold": None,
    "exempt": [],
}


def load_cases() -> list[dict[str, Any]]:
    """Read the hand-worked cases as written."""
    return tomllib.loads(CASES_FILE.read_text(encoding="utf-8"))["case"]


def world_of(case: dict[str, Any]) -> World:
    """Make the world of a hand-worked case; the file says how it is written."""
    indicator = _indicator(case["indicator"]) if "indicator" in case else None
    target = {**TARGET, **case.get("target", {})}
    target["tolerance"] = Fraction(str(target["tolerance"]))
    target["threshold"] = None if target["threshold"] is None else Fraction(str(target["threshold"]))
    return World(
        indicator=indicator,
        target=target,
        period=case["period"],
        units=[_unit(f"{ROOT} province"), *(_unit(written) for written in case.get("units", ["A department"]))],
        elements={code: dict(element) for code, element in ELEMENTS.items()},
        values=dict(_value(line) for line in case.get("values", "").strip().splitlines()),
        regime=case.get("regime", "nd09"),
        deployments=dict(_deployment(line) for line in case.get("systems", "").strip().splitlines()),
        goals=[_goal(written) for written in case.get("goals", [])],
        judgements=[(period, unit or None, word) for period, unit, word in case.get("judgements", [])],
        last_year=case.get("last_year", 2020),
        unit=case.get("unit"),
    )


def _indicator(written: dict[str, Any]) -> dict[str, Any]:
    made = {**INDICATOR, **written}
    made["base"] = _indicator(made["base"]) if made["base"] else None
    made["threshold"] = None if made["threshold"] is None else Fraction(str(made["threshold"]))
    return made


def _unit(written: str) -> dict[str, Any]:
    code, kind, *span = written.split()
    first, last = span[0].split("..") if span else ("", "")
    return {
        "code": code,
        "kind": kind,
        "from": date.fromisoformat(first) if first else None,
        "to": date.fromisoformat(last) if last else None,
    }


def _value(line: str) -> tuple[tuple[str, str, str], dict[str, Any]]:
    head, _, note = line.partition("|")
    unit, element, period, written = head.split()
    row: dict[str, Any] = {"state": "value", "amount": None, "day": None, "note": note.strip() or None}
    if written == "KPS":
        row["state"] = "not_applicable"
    elif written == "?":
        row["state"] = "not_reported"
    elif ELEMENTS[element]["kind"] == "day":
        row["day"] = date.fromisoformat(written)
    else:
        row["amount"] = Fraction({"yes": "1", "no": "0"}.get(written, written))
        row["state"] = "value" if row["amount"] or written == "no" else "zero"
    return (unit, element, period), row


def _deployment(line: str) -> tuple[tuple[str, str], tuple[str, date | None]]:
    unit, system, status, *since = line.split()
    return (unit, system), (status, date.fromisoformat(since[0]) if since else None)


def _goal(written: str) -> tuple[int, Fraction, str | None]:
    year, amount, *unit = written.split()
    return int(year), Fraction(amount), unit[0] if unit else None


# --- the same world for the real engine -------------------------------------------------------------------------------


def real(world: World) -> tuple[AnswerBook, Case, int | None]:
    """Return a world as the real engine takes it, with the id of the unit asked for."""
    units = {item["code"]: _real_unit(number, item) for number, item in enumerate(world.units, start=1)}
    elements = {code: _real_element(number, code, item) for number, (code, item) in enumerate(world.elements.items(), 1)}
    values = [_real_value(world, units, elements, key, row) for key, row in world.values.items()]
    facts = Facts(
        regime=Regime(world.regime),
        units={unit.id: unit for unit in units.values()},
        root_id=1,
        elements={element.id: element for element in elements.values()},
        columns=pack(values),
        deployments={
            (units[unit].id, system): Deployment(
                unit_id=units[unit].id, system_id=1, status=DeploymentStatus(status), since_on=since
            )
            for (unit, system), (status, since) in world.deployments.items()
        },
    )
    return AnswerBook(facts), _real_case(world, units, elements), units[world.unit].id if world.unit else None


def _real_unit(number: int, item: dict[str, Any]) -> Unit:
    return Unit(
        id=number,
        code=item["code"],
        name=item["code"],
        kind=UnitKind(item["kind"]),
        level=UnitLevel.PROVINCE,
        order_number=number,
        is_root=number == 1,
        valid_from=item["from"],
        valid_to=item["to"],
    )


def _real_element(number: int, code: str, item: dict[str, Any]) -> Element:
    return Element(
        id=number,
        code=code,
        name=code,
        kind=ElementKind(item["kind"]),
        measure=Measure(item["measure"]),
        unit="",
        places={1: 0, 10: 1, 100: 2}.get(item["per"], 0),
        scale_vnd=item["per"] if item["kind"] == "money" else None,
        definition="",
        period_kinds=tuple(PeriodKind),
        section="HT",
    )


def _real_value(
    world: World, units: dict[str, Unit], elements: dict[str, Element], key: tuple[str, str, str], row: dict[str, Any]
) -> Value:
    unit, element, period = key
    amount = None if row["amount"] is None else row["amount"] * world.elements[element]["per"]
    assert amount is None or amount.denominator == 1
    return Value(
        unit_id=units[unit].id,
        element_id=elements[element].id,
        period=period,
        state=ValueState(row["state"]),
        amount=None if amount is None else int(amount),
        text=row["day"].isoformat() if row["day"] else None,
        note=row["note"],
    )


def _real_case(world: World, units: dict[str, Unit], elements: dict[str, Element]) -> Case:
    target = world.target
    base = world.indicator["base"] if world.indicator else None
    return Case(
        target=Target(
            id=1,
            plan_id=1,
            code="CT01",
            statement="",
            short_statement="",
            indicator_id=1 if world.indicator else None,
            is_qualitative=target["qualitative"],
            scope=tuple(UnitKind(kind) for kind in target["scope"]),
            comparator=Comparator(target["comparator"]),
            tolerance_percent=_decimal(target["tolerance"]) if target["tolerance"] != 10 else None,
            threshold=_decimal(target["threshold"]),
            order_number=1,
        ),
        indicator=_real_indicator(1, world.indicator, elements) if world.indicator else None,
        base=_real_indicator(2, base, elements) if base else None,
        goals=tuple(
            Goal(target_id=1, year=year, amount=_decimal(amount), unit_id=units[unit].id if unit else None)
            for year, amount, unit in world.goals
        ),
        exempt=frozenset(units[code].id for code in target["exempt"]),
        judgements=tuple(
            Judgement(
                target_id=1,
                period=period,
                unit_id=units[unit].id if unit else None,
                verdict=JudgedVerdict(word),
                judge="N",
                reason="R",
            )
            for period, unit, word in world.judgements
        ),
        last_year=world.last_year,
    )


def _real_indicator(number: int, item: dict[str, Any], elements: dict[str, Element]) -> Indicator:
    def code(name: str) -> int | None:
        return elements[item[name]].id if item[name] else None

    return Indicator(
        id=number,
        code=f"CS{number}",
        name="",
        type=IndicatorType(item["type"]),
        unit="%",
        scale=item["scale"],
        numerator_id=code("a"),
        denominator_id=code("b"),
        is_share=item["share"],
        condition=ConditionKind(item["condition"]) if item["condition"] else None,
        condition_element_id=code("element"),
        threshold=_decimal(item["threshold"]),
        condition_systems=tuple(item["systems"]),
        base_id=2 if item["base"] else None,
        growth=GrowthKind(item["growth"]) if item["growth"] else None,
        direction=Direction(item["direction"]),
        period_kinds=tuple(PeriodKind),
        section="HT",
    )


def _decimal(value: Fraction | None) -> Decimal | None:
    return None if value is None else Decimal(value.numerator) / Decimal(value.denominator)


# --- worlds drawn at random -------------------------------------------------------------------------------------------

PARTS = ("", "-H1", "-H2", "-9M", *(f"-Q{n}" for n in range(1, 5)), *(f"-{n:02d}" for n in range(1, 13)))
LEVELS = (("",), ("-H1", "-H2"), ("-9M", "-Q4"), PARTS[4:8], PARTS[8:])
DAYS = tuple(date(2017, 12, 31) - timedelta(days=47 * n) for n in range(12))


def random_world(seed: int) -> World:
    """Draw a small world; the same seed gives the same world."""
    dice = random.Random(seed)
    indicator = _random_indicator(dice)
    units = [_random_unit(dice, number) for number in range(dice.randint(2, 6))]
    world = World(
        indicator=indicator,
        target=_random_target(dice, units),
        period=f"2017{dice.choice(('', '', *PARTS))}",
        units=[_unit(f"{ROOT} province"), *units],
        elements={code: dict(element) for code, element in ELEMENTS.items()},
        values={},
        regime=dice.choice(("nd09", "calendar")),
        goals=[
            (
                dice.randint(2016, 2019),
                Fraction(dice.randint(0, 24), 2) * dice.choice((1, 10)),
                dice.choice((None, None, None, "A0")),
            )
            for _ in range(dice.choice((0, 1, 1, 2, 2, 3, 4)))
        ],
        judgements=[("2017", None, "met")] * dice.randint(0, 1),
        last_year=dice.randint(2017, 2018),
        unit=dice.choice((*[None] * 6, ROOT, "A0")),
    )
    world.goals = list({(year, unit): (year, amount, unit) for year, amount, unit in world.goals}.values())
    habit = dice.choice([(world.period[4:],), *(tuple(part[4:] for part in way) for way in naive.tilings(world.period))])
    for unit in world.units:
        for element in sorted(_elements_used(indicator)):
            for year in (2016, 2017):
                _fill(dice, world, (unit["code"], element, year), habit)
        for system in ("S1", "S2"):
            if dice.random() < 0.85:
                status = dice.choice(("in_use", "in_use", "in_use", "in_progress", "stopped"))
                world.deployments[unit["code"], system] = (status, dice.choice((*DAYS, None)))
    return world


def _elements_used(indicator: dict[str, Any] | None) -> set[str]:
    if indicator is None:
        return set()
    own = {indicator[name] for name in ("a", "b", "element") if indicator[name]}
    return own | _elements_used(indicator["base"])


def _random_unit(dice: random.Random, number: int) -> dict[str, Any]:
    made = _unit(f"A{number} {dice.choice(('department', 'department', 'department', 'district', 'commune'))}")
    if dice.random() < 0.2:
        made["from"] = dice.choice(DAYS)
    if dice.random() < 0.2:
        made["to"] = dice.choice(DAYS)
    return made


def _random_target(dice: random.Random, units: list[dict[str, Any]]) -> dict[str, Any]:
    qualitative = dice.random() < 0.1
    return {
        "scope": dice.choice(
            (
                ["department"],
                ["department", "district"],
                ["department", "district", "commune"],
                ["department", "commune"],
                [],
            )
        ),
        "comparator": dice.choice(("ge", "ge", "ge", "le", "gt", "lt", "eq", "approx", "up")),
        "tolerance": Fraction(dice.choice((10, 10, 25, 0))),
        "qualitative": qualitative,
        "threshold": Fraction(dice.choice((50, 90, 100))) if qualitative and dice.random() < 0.5 else None,
        "exempt": [unit["code"] for unit in units if dice.random() < 0.1],
    }


def _random_indicator(dice: random.Random, *, base: bool = False) -> dict[str, Any] | None:
    kind = dice.choice("RRRRCCCSSMPI" if base else "RRRRCCCSSGGMPI")
    made = {**INDICATOR, "type": kind, "direction": dice.choice(("up", "up", "down"))}
    pairs = (("a", "b"), ("a", "b"), ("s", "t"), ("a", "t"), ("s", "b"), ("p", "q"), ("m", "n"), ("p", "b"))
    if kind in {"R", "C"} or (kind == "P" and dice.random() < 0.5):
        made["a"], made["b"] = dice.choice(pairs)
        made["share"] = dice.random() < 0.6
        made["scale"] = dice.choice((100, 100, 1))
    elif kind in {"S", "I", "P"}:
        made["a"] = dice.choice("aspqm")
    elif kind == "M":
        made["element"] = dice.choice("yd")
    elif kind == "G":
        made["base"] = _random_indicator(dice, base=True)
        made["growth"] = dice.choice(("relative", "points"))
    if kind == "C":
        made["condition"] = dice.choice(("element", "ratio", "ratio", "systems"))
        made["threshold"] = Fraction(dice.choice((50, 80, 100)))
        made["systems"] = dice.choice((["S1"], ["S1", "S2"]))
        made["element"] = "y"
    return made if base or dice.random() < 0.98 else None


def _fill(dice: random.Random, world: World, place: tuple[str, str, int], habit: tuple[str, ...]) -> None:
    """Answer one element for a year: mostly by the habit of this world, mostly complete, sometimes at two levels."""
    unit, element, year = place
    levels = [habit if dice.random() < 0.85 else dice.choice(LEVELS), *dice.sample(LEVELS, dice.choice((0, 0, 0, 1)))]
    for level in levels:
        complete = dice.random() < 0.9
        for part in level:
            if complete or dice.random() < 0.8:
                kind = world.elements[element]
                world.values[unit, element, f"{year}{part}"] = _random_answer(dice, kind["kind"], kind["per"])


def _random_answer(dice: random.Random, kind: str, per: int) -> dict[str, Any]:
    row: dict[str, Any] = {
        "state": "value",
        "amount": None,
        "day": None,
        "note": dice.choice((None, None, None, "vì …", " ")),
    }
    chance = dice.random()
    if chance < 0.06:
        row["state"] = "not_applicable"
    elif chance < 0.075:
        row["state"] = "not_reported"
    elif kind == "day":
        row["day"] = dice.choice(DAYS)
    elif kind == "yes_no":
        row["amount"] = Fraction(dice.randint(0, 1))
    else:
        row["amount"] = Fraction(dice.choice((0, dice.randint(0, 12), dice.randint(0, 40))) * max(per // 10, 1), per)
        row["state"] = "value" if row["amount"] else "zero"
    return row
