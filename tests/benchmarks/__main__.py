"""Print every promise about speed beside what is measured: ``python -m tests.benchmarks [MODULE…]``. Nothing is asserted."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from tests.benchmarks.races import run

TOOLS = {"__main__", "races", "world"}


def main(wanted: list[str]) -> None:
    """Run the races of the modules named, or of all."""
    modules = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in TOOLS)
    for name in wanted or modules:
        for race in importlib.import_module(f"tests.benchmarks.{name}").races():
            print(run(race), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
