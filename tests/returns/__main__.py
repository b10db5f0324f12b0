"""Write a workbook broken in every known way: ``python -m tests.returns RETURNED.xlsx FOLDER``, one line of text each."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.returns import columns, identities, rows, shapes  # noqa: F401 - each registers its breakers
from tests.returns.breaking import BREAKERS, NotApplicableError, broken


def main(source: Path, folder: Path) -> None:
    """Write one file per breaker and print what was done to it."""
    folder.mkdir(parents=True, exist_ok=True)
    content = source.read_bytes()
    for number, item in enumerate(BREAKERS, start=1):
        try:
            made, _lost = broken(content, [item])
        except NotApplicableError as error:
            print(f"–\t{item.says}: không có gì để làm hỏng ({error})")
            continue
        path = folder / f"{source.stem}_{number:02d}_{item.name}{item.suffix}"
        path.write_bytes(made)
        told = " | ".join(sorted(item.told)) or "đọc đúng, không cần hỏi"
        print(f"{path.name}\t{item.says}\t{'bị từ chối: ' if item.refused else ''}{told}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
