"""Runs the command line in this process and gives back what a caller would see."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from desktop_app.cli.app import run


@dataclass(frozen=True)
class Ran:
    """What one run left: exit code, stdout and stderr."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command: ``cli("value", "show", path, …)``."""

    def call(*words: object) -> Ran:
        capsys.readouterr()
        code = run([str(word) for word in words])
        seen = capsys.readouterr()
        return Ran(code, seen.out, seen.err)

    return call
