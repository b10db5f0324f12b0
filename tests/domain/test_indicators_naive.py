"""The real engine and the naive one must agree on small worlds drawn at random."""

from __future__ import annotations

from typing import Any

from desktop_app.domain.indicators import evaluate
from tests.domain import naive
from tests.domain.figure_worlds import random_world, real

WORLDS = 5000


def measured(world: naive.World) -> dict[str, Any]:
    """Measure a world with the real engine, in the words of the naive one."""
    book, case, unit_id = real(world)
    row = evaluate(book, case, world.period, unit_id)
    names = ("value", "numerator", "denominator", "goal", "goal_year", "units_reported", "units_expected", "gap")
    found: dict[str, Any] = {name: getattr(row, name) for name in names}
    found |= {"type": row.type_code, "verdict": str(row.verdict), "comparator": str(row.target.comparator)}
    found |= {name: None if getattr(row, name) is None else str(getattr(row, name)) for name in ("on_reported", "judgement")}
    return found | {"missing": list(row.missing)}


def disagreements(seeds: range) -> list[str]:
    found = []
    for seed in seeds:
        world = random_world(seed)
        expected, actual = naive.measure(world), measured(world)
        different = [
            f"{name}: naive {expected[name]}, real {actual[name]}" for name in expected if expected[name] != actual[name]
        ]
        if different or expected.keys() != actual.keys():
            found.append(f"seed {seed} ({world.period}, {world.indicator}): {'; '.join(different)}")
    return found


def test_both_engines_agree():
    assert disagreements(range(WORLDS)) == []


def test_the_worlds_are_worth_comparing():
    """Every type, verdict and oddity comes up, so that agreement means something."""
    worlds = [random_world(seed) for seed in range(500)]
    results = [naive.measure(world) for world in worlds]
    assert {result["type"] for result in results} >= set("RCSGMPIQ")
    assert {result["verdict"] for result in results} == {
        "met",
        "not_met",
        "not_due",
        "incomplete",
        "not_applicable",
        "judged_by_hand",
    }
    assert sum(result["value"] is not None for result in results) > 500 / 2
    assert sum((result["gap"] or 0) > 0 for result in results) > 500 / 10
    assert sum(result["units_expected"] > 1 for result in results) > 500 / 3
