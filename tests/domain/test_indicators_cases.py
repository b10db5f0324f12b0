"""The hand-worked cases of ``tests/data/figures.toml``: through the real engine, the naive one and ``progress --json``."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_app.domain.indicators import evaluate
from desktop_app.services.progress import row_json
from desktop_app.text.numbers import json_figure
from tests.domain import naive
from tests.domain.figure_worlds import load_cases, real, world_of

CASES = load_cases()
FIGURES = {"value", "numerator", "denominator", "goal", "gap"}
KEYS = {
    "target",
    "unit",
    "type",
    "value",
    "numerator",
    "denominator",
    "goal",
    "goal_year",
    "comparator",
    "verdict",
    "on_reported",
    "judgement",
    "units_reported",
    "units_expected",
    "missing",
    "gap",
}


def as_figures(measured: dict[str, Any]) -> dict[str, Any]:
    return {name: json_figure(value) if name in FIGURES and value is not None else value for name, value in measured.items()}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_figures_worked_out_by_hand(case):
    book, real_case, unit_id = real(world_of(case))
    found = row_json(evaluate(book, real_case, case["period"], unit_id))
    assert {name: found[name] for name in case["expect"]} == case["expect"]
    assert [name for name in case.get("absent", []) if found[name] is not None] == []
    assert found.keys() == KEYS


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_naive_engine_finds_the_same(case):
    found = as_figures(naive.measure(world_of(case)))
    assert {name: found[name] for name in case["expect"]} == case["expect"]
    assert [name for name in case.get("absent", []) if found[name] is not None] == []


def test_there_are_enough_cases_and_none_twice():
    assert len(CASES) >= 60
    assert len({case["name"] for case in CASES}) == len(CASES)
