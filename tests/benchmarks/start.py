"""How fast the program starts, and how fast it opens a large file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import world
from tests.benchmarks.races import Race

QT = "from PySide6 import QtCore, QtGui, QtWidgets"
OPEN = """
from pathlib import Path
from desktop_app.services.session import Session
session = Session.open(Path(sys.argv[1]))
session.office, session.root
session.close()
"""


def _python(code: str, *words: str) -> None:
    subprocess.run([sys.executable, "-c", code, *words], check=True, stdout=subprocess.DEVNULL)


def _help() -> None:
    program = Path(sys.executable).with_name("sokehoach")
    subprocess.run([str(program), "--help"], check=True, stdout=subprocess.DEVNULL)


def races() -> Iterator[Race]:
    """Yield the promises about starting."""
    yield Race(
        name="sokehoach --help",
        yardstick_name='python -c "import click"',
        ours=_help,
        yardstick=lambda: _python("import click"),
        limit=2,
        rounds=15,
    )
    path = str(world.cached())
    yield Race(
        name=f"opening a file of {world.UNITS * world.ELEMENTS * len(world.PERIODS):,} values",
        yardstick_name="starting Python and importing Qt",
        ours=lambda: _python(f"import sys\n{QT}\n{OPEN}", path),
        yardstick=lambda: _python(f"import sys\n{QT}", path),
        limit=0.3,
        extra=True,
        rounds=9,
    )
