"""What a wheel must hold: run as ``python -m tests.packaging.contents WHEEL`` it prints what is missing or too much."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

from tests.architecture.tree import ROOT, files

BUNDLED = "desktop_app/_bundled"


def expected() -> set[str]:
    """Return the names of the files of the tree, as they stand in a wheel."""
    code = {path.relative_to(ROOT).as_posix() for path in files("desktop_app", suffix=".py")}
    data = {f"{BUNDLED}/{path.relative_to(ROOT).as_posix()}" for path in files("resources", "db")}
    return code | {name for name in data if not Path(name).name.startswith(".")}


def differences(wheel: Path) -> list[str]:
    """Return a line for every file that a wheel lacks, has too much or has with other bytes."""
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if not name.split("/")[0].endswith(".dist-info")}
        lines = [f"missing: {name}" for name in sorted(expected() - held)]
        lines += [f"too much: {name}" for name in sorted(held - expected())]
        for name in sorted(expected() & held):
            if archive.read(name) != (ROOT / name.removeprefix(f"{BUNDLED}/")).read_bytes():
                lines.append(f"differs: {name}")
    return lines


if __name__ == "__main__":
    found = [line for name in sys.argv[1:] for line in differences(Path(name))]
    print("\n".join(found) or "wheel: complete")
    sys.exit(bool(found))
