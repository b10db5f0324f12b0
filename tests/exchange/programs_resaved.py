"""Makes the fixtures in ``tests/data/programs`` anew: the filled-in return, saved by the LibreOffice that is installed.

Run ``python -m tests.exchange.programs_resaved`` from the top of the project; the tests themselves need no LibreOffice.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.exchange.program_office import returned

FOLDER = Path(__file__).resolve().parents[1] / "data" / "programs"
_XLSX = "xlsx:Calc MS Excel 2007 XML"
STEPS: dict[str, tuple[str, ...]] = {
    "libreoffice.xlsx": (_XLSX,),
    "libreoffice-office-open-xml.xlsx": ("xlsx:Calc Office Open XML",),
    "libreoffice.xlsm": ("xlsm:Calc MS Excel 2007 VBA XML",),
    "libreoffice.xltx": ("xltx:Calc MS Excel 2007 XML Template",),
    "libreoffice.xls": ("xls:MS Excel 97",),
    "libreoffice.ods": ("ods:calc8",),
    "libreoffice.ots": ("ots:calc8_template",),
    "libreoffice-by-way-of-ods.xlsx": ("ods:calc8", _XLSX),
    "libreoffice-by-way-of-xls.xlsx": ("xls:MS Excel 97", _XLSX),
    "libreoffice-by-way-of-xlsx.ods": (_XLSX, "ods:calc8"),
    "libreoffice-by-way-of-xlsx.xls": (_XLSX, "xls:MS Excel 97"),
}
"""Name of a fixture → the filters through which the return went, one after the other."""


def make() -> None:
    """Write every fixture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        start = Path(folder) / "return.xlsx"
        start.write_bytes(returned())
        for name, filters in STEPS.items():
            shutil.copy(_resaved(start, filters, Path(folder)), FOLDER / name)


def _resaved(source: Path, filters: tuple[str, ...], folder: Path) -> Path:
    for number, wanted in enumerate(filters):
        target = folder / f"step{number}"
        shutil.rmtree(target, ignore_errors=True)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        words = ["soffice", profile, "--headless", "--convert-to", wanted, "--outdir", str(target), str(source)]
        subprocess.run(words, check=True, capture_output=True, timeout=120)
        source = next(target.iterdir())
    return source


if __name__ == "__main__":
    make()
