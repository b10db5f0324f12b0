"""Long shared strings in many cells."""

from __future__ import annotations

import pytest

from desktop_app.exchange.refusal import Refused
from desktop_app.exchange.scanning import excel_strings
from desktop_app.exchange.scanning.excel_strings import check_strings


def strings(*lengths: int, tag: bytes = b"si") -> bytes:
    return b"<sst>" + b"".join(b"<%s><t>" % tag + b"x" * length + b"</t></%s>" % tag for length in lengths) + b"</sst>"


def uses(index: int, count: int, cell: bytes = b'<c r="A1" t="s"><v>%d</v></c>') -> bytes:
    return cell % index * count


def test_short_strings_and_few_uses_pass() -> None:
    check_strings(b"", [uses(0, 10)])
    check_strings(strings(5, 150_000), [uses(0, 50_000), uses(1, 100)])
    check_strings(strings(150_000), [uses(7, 2000)])  # no such string: the parser will say so


@pytest.mark.parametrize(
    ("text", "sheet"),
    [
        (strings(500_000), b""),
        (strings(5, 150_000), uses(1, 400)),
        (strings(5, 150_000, tag=b"x:si"), uses(1, 400)),
        (strings(5, 150_000), uses(1, 400, b"<c t='s' r='A1'><v>%d</v></c>")),
        (strings(5, 150_000), uses(1, 400, b'<c r="A1" t="s"><f>A2</f><v> 000%d </v></c>')),
    ],
)
def test_text_that_unfolds_to_far_more_is_refused(text: bytes, sheet: bytes) -> None:
    with pytest.raises(Refused) as found:
        check_strings(text, [sheet + b" " * 5000])
    assert found.value.code == "workbook_too_much_text"


def test_masses_of_strings_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel_strings, "_MOST_STRINGS", 4)
    check_strings(strings(1, 1, 1), [])
    with pytest.raises(Refused):
        check_strings(strings(1, 1, 1, 1), [])
    with pytest.raises(Refused):
        check_strings(b"<sst>" + b"<si/>" * 4 + b"</sst>", [])
