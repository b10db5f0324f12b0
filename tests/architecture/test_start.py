"""What is imported before a command runs: heavy libraries wait until something needs them."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from desktop_app.cli.app import COMMANDS

LIBRARIES = {
    "PySide6",
    "docx",
    "lxml",
    "multiprocessing",
    "numpy",
    "openpyxl",
    "python_calamine",
    "reportlab",
    "sqlite_utils",
    "xlrd",
}
PACKAGES = {f"desktop_app.{name}" for name in ("documents", "domain", "exchange", "library", "services", "storage", "ui")}


def _imported(*words):
    # a run that measures coverage would begin it in the child too, with imports of its own
    env = {name: text for name, text in os.environ.items() if not name.startswith("COVERAGE_")}
    command = [sys.executable, "-X", "importtime", "-m", "desktop_app", *words]
    told = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, env=env)
    assert told.stdout
    return set(re.findall(r"^import time:.*\| +([\w.]+)$", told.stderr, re.MULTILINE))


def test_help_imports_none_of_the_programs_rooms():
    imported = _imported("--help")
    assert "desktop_app.cli.app" in imported
    heavy = LIBRARIES | {"asyncio", "concurrent", "platformdirs", "sqlite3", "subprocess"}
    assert {name for name in imported if name.split(".")[0] in heavy or ".".join(name.split(".")[:2]) in PACKAGES} == set()


@pytest.mark.parametrize("name", [name for name in COMMANDS if not name.startswith("_")])
def test_help_of_a_command_imports_no_library(name):
    assert {item for item in _imported(name, "--help") if item.split(".")[0] in LIBRARIES} == set()
