"""The contracts of pyproject.toml: which way imports point, and who may touch which library."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib import metadata

import pytest
from importlinter.cli import lint_imports

from tests.architecture.tree import ROOT, files, shown

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MODULES = {
    "docx": "python-docx",
    "python_calamine": "python-calamine",
    "PySide6": "pyside6-essentials",
    "shiboken6": "pyside6-essentials",
    "sqlite_utils": "sqlite-utils",
}
"""Import name → distribution name, where they differ."""
QT_PARTS = {"QtPdf": "pyside6-pdf", "QtPdfWidgets": "pyside6-pdf"}
"""Parts of Qt that come in a wheel of their own."""
WALLS = [item for item in PROJECT["tool"]["importlinter"]["contracts"] if item["type"] == "forbidden"]


def test_contracts_are_kept(capsys):
    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert code == 0, capsys.readouterr().out


def test_every_package_has_its_place_in_the_layers():
    layers = PROJECT["tool"]["importlinter"]["contracts"][0]
    assert layers["exhaustive"] is True
    placed = {name for layer in layers["layers"] for name in re.findall(r"\w+", layer)}
    standing = {
        path.stem if path.suffix else path.name
        for path in (ROOT / "desktop_app").iterdir()
        if path.name not in {"__init__.py", "__pycache__", "_bundled"}
    }
    assert placed == standing


@pytest.mark.parametrize("contract", WALLS, ids=lambda item: item["name"])
def test_a_wall_names_every_package_but_its_owner(contract):
    packages = {f"desktop_app.{path.parent.name}" for path in (ROOT / "desktop_app").glob("*/__init__.py")}
    assert len(packages - set(contract["source_modules"])) == 1


def _imports(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _distribution(imported: str) -> str | None:
    top, _, rest = imported.partition(".")
    if top in sys.stdlib_module_names or top == "desktop_app":
        return None
    if top == "PySide6" and rest.split(".")[0] in QT_PARTS:
        return QT_PARTS[rest.split(".")[0]]
    return MODULES.get(top, top).lower()


def test_every_library_that_is_imported_is_declared():
    declared = {re.split(r"[<>=!~\[; ]", line)[0].lower() for line in PROJECT["project"]["dependencies"]}
    used: dict[str, str] = {}
    for path in files("desktop_app", suffix=".py"):
        for imported in _imports(ast.parse(path.read_text(encoding="utf-8"))):
            name = _distribution(imported)
            if name:
                used[name] = shown(path)
    assert {name: path for name, path in used.items() if name not in declared} == {}
    assert declared - used.keys() == set()


def _shipped() -> set[str]:
    """Return every library that an installation brings along, our own needs and theirs."""
    found: set[str] = set()
    waiting = ["sokehoach"]
    while waiting:
        for line in metadata.requires(waiting.pop()) or []:
            name = re.split(r"[<>=!~\[;( ]", line)[0].lower().replace("_", "-")
            if "extra ==" in line or name in found:
                continue
            try:
                metadata.distribution(name)
            except metadata.PackageNotFoundError:
                continue  # for another platform or Python
            found.add(name)
            waiting.append(name)
    return found


def _licence(name: str) -> str:
    about = metadata.metadata(name)
    classifiers = [line for line in about.get_all("Classifier") or [] if line.startswith("License")]
    return about.get("License-Expression") or " ".join([*classifiers, (about.get("License") or "").split("\n")[0]])


@pytest.mark.parametrize("name", sorted(_shipped()))
def test_nothing_we_ship_is_gpl(name):
    licence = _licence(name)
    assert licence.strip(), f"{name} names no licence"
    alternatives = [
        part for part in re.split(r"\bOR\b", licence) if not re.search(r"(?<!L)GPL|(?<!Lesser )General Public", part)
    ]
    assert alternatives, f"{name}: {licence}"
