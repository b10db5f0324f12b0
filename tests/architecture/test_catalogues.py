"""Vietnamese is complete, and what is compiled is what is written."""

from __future__ import annotations

import re
import string
import subprocess
import sys
import unicodedata

import pytest
from babel.messages.pofile import read_po

from desktop_app.text.catalogue import PACKAGES
from tests.architecture.tree import ROOT, files

FOLDER = ROOT / "resources" / "locale" / "vi" / "LC_MESSAGES"
WRITTEN = sorted(FOLDER.glob("*.po"))


def test_catalogues_are_complete_and_compiled():
    done = subprocess.run(
        [sys.executable, str(ROOT / ".ci" / "catalogues.py"), "check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_catalogue_belongs_to_a_package():
    assert {path.stem for path in files("resources/locale") if path.suffix in {".po", ".mo"}} <= set(PACKAGES)
    assert {path.stem for path in WRITTEN} == {path.stem for path in FOLDER.glob("*.mo")}


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_translations_fill_in_the_same_parameters(path):
    with path.open("rb") as stream:
        catalog = read_po(stream, locale="vi")
    for message in catalog:
        if not message.id:
            continue
        identifier = message.id if isinstance(message.id, str) else message.id[-1]
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in filter(None, texts):
            assert _fields(text) <= _fields(identifier) | {"number"}, identifier
            assert _fields(identifier) - {"number"} <= _fields(text) | {"number"}, identifier


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_translations_are_composed_unicode_without_stray_spaces(path):
    text = path.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    with path.open("rb") as stream:
        catalog = read_po(stream, locale="vi")
    for message in catalog:
        for translated in [message.string] if isinstance(message.string, str) else message.string:
            assert not re.search(r"\s[,.;:!?](\s|$)|\u200b", translated), translated
