"""Names, sizes and what may stand where."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.tree import ROOT, everything, files, shown

MODULES = list(files("desktop_app", suffix=".py"))
LONGEST_MODULE = 450
LONGER_MODULES: set[str] = set()
"""Modules that are one room although they are longer; each needs a reason beside it."""
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base", "core", "stuff"}
PRINTERS = {"desktop_app/cli/door.py"}
TEXT = {".py", ".toml", ".md", ".sql", ".csv", ".po", ".spec", ".svg", ".qss", ".txt", ".html", ".json", ".ini", ".cfg", ""}
MACHINE_PATH = re.compile(r"(?<![\w.~/:])/(?:work|root|home|farm|Users|tmp|opt)/\w|[A-Z]:\\Users\\", re.ASCII)
HOSTS = re.compile(r"pypi[.]org|pythonhosted[.]org|debian[.]org", re.IGNORECASE)
FEATURES_TESTED_ACROSS_MODULES: set[str] = {
    "tests/cli/test_refusals.py",
    "tests/domain/test_spellings.py",
    "tests/exchange/test_programs.py",
    "tests/exchange/test_hostile.py",
    "tests/library/test_relations.py",
    "tests/library/test_trace.py",
    "tests/services/collecting/test_locked_cells.py",
    "tests/services/test_same_figure.py",
    "tests/ui/test_parts.py",
}
"""Test modules named after a promise that several modules keep together, not after one module."""


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_a_module_is_one_room(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_MODULE or shown(path) in LONGER_MODULES, f"{shown(path)} has {lines} lines: is it one room?"


def test_no_exception_is_older_than_its_reason():
    long = {shown(path) for path in MODULES if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_MODULE}
    assert long >= LONGER_MODULES


def test_every_name_says_what_it_holds():
    names = {shown(path) for path in files("desktop_app", "tests", ".ci", suffix=".py") if path.stem in EMPTY_NAMES}
    names |= {shown(path) for path in files("desktop_app") if path.parent.name in EMPTY_NAMES}
    assert names == set()


def test_every_folder_of_modules_is_a_package():
    folders = {path.parent for path in MODULES}
    assert [shown(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


@pytest.mark.parametrize("path", [path for path in MODULES if shown(path) not in PRINTERS], ids=shown)
def test_only_the_door_prints(path):
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    names = [node.func.id for node in calls if isinstance(node.func, ast.Name)]
    assert "print" not in names


def test_resources_hold_no_python():
    assert [shown(path) for path in files("resources", "db") if path.suffix in {".py", ".pyc"}] == []


def test_nothing_names_a_machine_or_a_package_host():
    found = []
    for path in everything():
        if path.suffix in TEXT:
            lines = path.read_text(encoding="utf-8").splitlines()
            found += [
                f"{shown(path)}: {line.strip()[:100]}" for line in lines if MACHINE_PATH.search(line) or HOSTS.search(line)
            ]
    assert found == []


def test_migrations_are_numbered_without_gaps():
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "db" / "migrations").glob("*.sql"))]
    assert numbers == list(range(1, len(numbers) + 1))
    assert numbers


def _mirrors(path):
    """Tell whether ``tests/a/test_b_what.py`` stands beside a module or package ``b`` somewhere below ``desktop_app/a``."""
    folder = ROOT / "desktop_app" / path.parent.relative_to(ROOT / "tests")
    words = path.stem.removeprefix("test_").split("_")
    names = ["_".join(words[:count]) for count in range(len(words), 0, -1)]
    return any(found for name in names for kind in (f"{name}.py", f"{name}/__init__.py") for found in folder.rglob(kind))


def test_tests_stand_where_their_module_stands():
    beside = [
        path
        for package in (ROOT / "tests").iterdir()
        if (ROOT / "desktop_app" / package.name).is_dir()
        for path in files(f"tests/{package.name}", suffix=".py")
        if path.name.startswith("test_")
    ]
    assert {shown(path) for path in beside if not _mirrors(path)} == FEATURES_TESTED_ACROSS_MODULES
