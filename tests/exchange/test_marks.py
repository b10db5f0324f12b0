"""Identity lines, canonical texts of locked cells, the keyed digest."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from desktop_app.exchange.content import WorkbookContent
from desktop_app.exchange.marks import chunks, digest, identity_line, locked_text, parse_identity_line


def test_the_line_reads_back(content: WorkbookContent) -> None:
    line = identity_line(content.identity)
    found = parse_identity_line(line)
    assert found is not None
    assert {**found, "format_version": 1} == content.identity.__dict__


def test_the_line_survives_what_programs_do_to_it(content: WorkbookContent) -> None:
    line = identity_line(content.identity)
    for changed in (
        line.replace(" ", "\xa0"),
        f"Ghi chú:  {line} ",
        unicodedata.normalize("NFD", line),
        line.replace(" · ", "  ·  "),
    ):
        found = parse_identity_line(changed)
        assert found is not None
        assert found["unit"] == "SXD"


@pytest.mark.parametrize("text", ["", "SKH", "SKH1 · kế hoạch", "no line at all"])
def test_other_texts_are_no_line(text: str) -> None:
    assert parse_identity_line(text) is None


@pytest.mark.parametrize(
    ("written", "returned"),
    [
        (110, 110.0),
        (Decimal("85.50"), 85.5),
        (date(2017, 5, 6), datetime(2017, 5, 6)),  # noqa: DTZ001 - as workbooks give it
        ("Hòa  Bình ", unicodedata.normalize("NFD", "Hòa Bình")),
        (None, ""),
        ("dài " * 50, "dài\n" * 50),
    ],
)
def test_locked_cells_compare_equal_whatever_program_saved_them(written: object, returned: object) -> None:
    assert locked_text(written) == locked_text(returned)


def test_locked_cells_tell_changes() -> None:
    assert locked_text("dài " * 50) != locked_text("dài " * 49)
    assert locked_text(110) != locked_text(111)


def test_the_digest_depends_on_everything(content: WorkbookContent, key: str) -> None:
    whole = digest(key, content.identity, "{}", "[]")
    others = [
        digest("cd" * 32, content.identity, "{}", "[]"),
        digest(key, replace(content.identity, unit="STC"), "{}", "[]"),
        digest(key, content.identity, '{"a":1}', "[]"),
        digest(key, content.identity, "{}", "[1]"),
    ]
    assert len({whole, *others}) == 5


def test_long_texts_are_kept_in_pieces() -> None:
    text = "x" * 70_000
    pieces = chunks("values", text)
    assert [name for name, _piece in pieces] == ["values.1", "values.2", "values.3"]
    assert "".join(piece for _name, piece in pieces) == text
    assert chunks("values", "") == [("values.1", "")]
