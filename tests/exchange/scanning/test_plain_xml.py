"""XML is brought to one plain form, or refused for what it declares."""

from __future__ import annotations

import pytest

from desktop_app.exchange.refusal import Refused
from desktop_app.exchange.scanning.plain_xml import plain_letters, plain_xml

LONG = b" " * 400


def refusal(text: bytes) -> str:
    with pytest.raises(Refused) as found:
        plain_xml(text)
    return found.value.code


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"<x/>",
        b'<?xml version="1.0"?><x/>',
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<x/>',
        b"\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?><x/>",
        b"<x>what? wow!</x>" + LONG,
        b"<x encoding='utf-16'/>",
    ],
)
def test_what_programs_write_stays_as_it_is(text: bytes) -> None:
    assert plain_xml(text) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (b"<v>1<!-- 9 -->2</v>", b"<v>12</v>"),
        (b"<v>1<?a 9?>2</v>", b"<v>12</v>"),
        (LONG + b"<v>1<?a 9?>2</v>", LONG + b"<v>12</v>"),
        (b"<v><![CDATA[1<2&3]]></v>", b"<v>1&lt;2&amp;3</v>"),
        (b"<?xml version='1.0'?><v><!---->5</v>", b"<v>5</v>"),
        (b"<v><!-- <![CDATA[ -->5</v>", b"<v>5</v>"),
    ],
)
def test_asides_are_resolved(text: bytes, plain: bytes) -> None:
    assert plain_xml(text) == plain


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"<!DOCTYPE x><x/>", "file_declares_entities"),
        (b"<!doctype x><x/>", "file_declares_entities"),
        (b"<x/>" + LONG + b'<!ENTITY a "b">', "file_declares_entities"),
        (b"<!-- open", "file_damaged"),
        (b"<![CDATA[ open", "file_damaged"),
        (LONG + b"<? open", "file_damaged"),
        (b"<!---->" * 20_001, "file_damaged"),
        ("<x/>".encode("utf-16"), "file_encoding_unknown"),
        (b"<?xml version='1.0' encoding='UTF-7'?><x/>", "file_encoding_unknown"),
    ],
)
def test_what_is_refused(text: bytes, code: str) -> None:
    assert refusal(text) == code


def test_plain_letters_stand_for_themselves() -> None:
    assert plain_letters(b"<v>&#49;&#x32;&#10;&#60;&#432;&amp;</v>") == b"<v>12&#10;&#60;&#432;&amp;</v>"
    with pytest.raises(Refused):
        plain_letters(b"<v>&a;</v>")
