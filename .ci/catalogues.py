"""Message catalogues: ``update`` extracts and compiles them, ``check`` fails where one is incomplete or out of date.

``translate PACKAGE`` reads a JSON object {msgid: msgstr} from standard input and puts the translations in.

There is one catalogue per package, ``resources/locale/vi/LC_MESSAGES/<package>.po`` with its compiled ``.mo``; both are
committed.
"""

from __future__ import annotations

import fcntl
import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from desktop_app.text.catalogue import PACKAGES  # noqa: E402 - the path must be set first

FOLDER = ROOT / "resources" / "locale" / "vi" / "LC_MESSAGES"
KEYWORDS = {"_": None, "N_": None, "catalogue": None, "count": (1, 2)}
NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in every compiled catalogue, so that the same texts give the same bytes on any day."""
HEADER = "# Vietnamese texts of Sổ Kế hoạch. English msgids stand in the code."


def extracted(package: str) -> Catalog:
    """Return the messages that stand in the code of one package."""
    # specs.* take labels as their first or second argument; they are read from the registry instead of the syntax
    catalog = Catalog(charset="utf-8")
    folder = ROOT / "desktop_app" / package
    for name, _line, message, _comments, _context in extract_from_dir(str(folder), [("**.py", "python")], {}, KEYWORDS):
        catalog.add(message, locations=[(f"{package}/{name.replace(chr(92), '/')}", 0)])
    if package == "cli":  # the door of the program has no package of its own
        door = ROOT / "desktop_app" / "__main__.py"
        for _line, message, _comments, _context in extract_from_file("python", str(door), KEYWORDS):
            catalog.add(message, locations=[("__main__.py", 0)])
    if package == "domain":
        import desktop_app.domain.entities  # noqa: F401, PLC0415 - fills the registry
        from desktop_app.domain.specs import REGISTRY  # noqa: PLC0415

        for spec in REGISTRY.values():
            for label in (spec.label, *(field.label for field in spec.fields.values())):
                if label:
                    catalog.add(label, locations=[("domain/entities", 0)])
    return catalog


def merged(package: str, given: dict[str, str]) -> Catalog:
    """Return the committed catalogue brought up to date with the code, with the translations given on top."""
    path = FOLDER / f"{package}.po"
    old = Catalog(locale="vi", charset="utf-8", header_comment=HEADER)
    if path.exists():
        with path.open("rb") as stream:
            old = read_po(stream, locale="vi")
    new = Catalog(
        locale="vi", charset="utf-8", header_comment=HEADER, fuzzy=False, creation_date=NO_DAY, revision_date=NO_DAY
    )
    new.mime_headers = [
        ("Language", "vi"),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", "nplurals=1; plural=0;"),
    ]
    for message in extracted(package):
        if not message.id:
            continue
        known = old.get(message.id)
        files = sorted({(file, 0) for file, _line in message.locations})
        translated = given.get(message.id if isinstance(message.id, str) else message.id[0])
        string: str | tuple[str, ...] = known.string if known else ""
        if translated is not None:
            string = translated if isinstance(message.id, str) else (translated,)
        new.add(message.id, string=string, locations=files)
    return new


def po_bytes(catalog: Catalog) -> bytes:
    """Return a catalogue as the text file that is committed."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=110, sort_output=True, omit_header=False, include_lineno=False)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if '"POT-Creation' not in line and '"PO-Revision' not in line).encode()


def mo_bytes(catalog: Catalog) -> bytes:
    """Return a compiled catalogue."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def main(action: str, only: list[str]) -> int:
    """Run an action over the packages named (all of them when none is); return the exit code."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    given: dict[str, str] = json.load(sys.stdin) if action == "translate" else {}
    problems: list[str] = []
    with (FOLDER / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for package in only or PACKAGES:
            problems += process(package, action, given)
    (FOLDER / ".lock").unlink(missing_ok=True)
    print("\n".join(problems) if problems else "catalogues: complete")
    return 1 if problems else 0


def process(package: str, action: str, given: dict[str, str]) -> list[str]:
    """Write or check the catalogue of one package; return what is wrong with it."""
    catalog = merged(package, given)
    if not len(catalog):
        return []
    problems: list[str] = []
    po, mo = po_bytes(catalog), mo_bytes(catalog)
    po_path, mo_path = FOLDER / f"{package}.po", FOLDER / f"{package}.mo"
    if action != "check":
        po_path.write_bytes(po)
        mo_path.write_bytes(mo)
    elif not po_path.exists() or po_path.read_bytes() != po or not mo_path.exists() or mo_path.read_bytes() != mo:
        problems.append(f"{package}: out of date; run: python .ci/catalogues.py update")
    for message in catalog:
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and not all(texts):
            problems.append(f"{package}: not translated: {message.id!r}")
    return problems


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check", sys.argv[2:]))
