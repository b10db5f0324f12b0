"""The recipe of the frozen bundle names the same files as the wheel; ``.ci/run package`` builds the bundle and runs it."""

from __future__ import annotations

import ast
import re
import tomllib

from tests.architecture.tree import ROOT

RECIPE = (ROOT / "installer.spec").read_text(encoding="utf-8")
WHEEL = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]


def test_recipe_is_short():
    assert len(RECIPE.splitlines()) <= 60
    ast.parse(RECIPE)


def test_recipe_and_wheel_bundle_the_same_folders():
    assert dict(re.findall(r'\(str\(root / "(\w+)"\), "([\w/]+)"\)', RECIPE)) == WHEEL["sources"]


def test_recipe_makes_a_console_and_a_window_program():
    assert re.findall(r'\("(\w+)", (True|False)\)', RECIPE) == [("sokehoach", "True"), ("sokehoachw", "False")]


def test_recipe_leaves_out_no_part_of_qt_that_the_window_uses():
    left_out = set(re.findall(r'"(\w+)"', RECIPE.partition("qt_left_out = [")[2].partition("]")[0]))
    used = set()
    for path in (ROOT / "desktop_app" / "ui").rglob("*.py"):
        used |= set(re.findall(r"PySide6\.Qt(\w+)", path.read_text(encoding="utf-8")))
    assert used
    assert used & left_out == set()
