"""What answers in old fonts mean: the grammar of the cell, what was issued, and what is told."""

from __future__ import annotations

from desktop_app.domain.columns import SheetColumn, parse_column
from desktop_app.domain.values import Outcome
from desktop_app.exchange.workbook import OldText
from desktop_app.services.collecting.old_answers import Reading, in_old_font, is_in_unicode, may_be_old, read_old


def parsed(raw: object, number_format: str) -> Reading:
    reading = parse_column(raw, number_format, SheetColumn.DEPLOYMENT_STATUS)
    return reading.outcome, reading.value, reading.issue, reading.readings


def noted(raw: object, number_format: str) -> Reading:
    reading = parse_column(raw, number_format, SheetColumn.NOTE)
    return reading.outcome, reading.value, reading.issue, reading.readings


def old(*readings: str, was: str = "®· ký", font: str = ".VnTime") -> OldText:
    return OldText(was, font, readings, is_asked=len(readings) > 1)


def test_a_text_from_the_reader() -> None:
    raw = {"old": "cã", "font": ".VnTime", "readings": ["có", "cã"], "asked": True}
    assert in_old_font(raw) == OldText("cã", ".VnTime", ("có", "cã"), is_asked=True)


def test_what_may_be_old() -> None:
    assert may_be_old("plan") is may_be_old("Có") is may_be_old("Sở") is None
    assert may_be_old("KÕ ho¹ch") == OldText("KÕ ho¹ch", "TCVN3 (ABC)", ("Kế hoạch",), is_asked=False)
    assert may_be_old("cô quan") == OldText("cô quan", "VNI", ("cơ quan", "cô quan"), is_asked=True, is_spelt=True)
    assert may_be_old("So\u031b\u0309") == OldText("So\u031b\u0309", "", ("Sở",), is_asked=False)


def test_a_sure_text_is_taken_and_told() -> None:
    reading, told = read_old(old("đã ký"), noted, None, None)
    assert reading[:2] == (Outcome.VALUE, "đã ký")
    assert told is not None
    assert (told.code, dict(told.params)) == ("legacy_font_read", {"font": ".VnTime", "was": "®· ký", "read": "đã ký"})


def test_a_guess_is_told_as_one() -> None:
    _reading, told = read_old(old("đã ký", font="TCVN3 (ABC)"), noted, None, None)
    assert told is not None
    assert told.code == "legacy_text_guessed"


def test_letters_in_pieces_are_told() -> None:
    _reading, told = read_old(old("Sở", was="So\u031b\u0309", font=""), noted, None, None)
    assert told is not None
    assert (told.code, told.params["read"]) == ("letters_in_pieces", "Sở")


def test_nothing_is_told_of_what_was_issued() -> None:
    assert read_old(old("ĐÃ ký", "đã ký"), noted, "đã ký", "đã ký") == ((Outcome.VALUE, "đã ký", None, ()), None)
    status = parsed("đang sử dụng", "")[1]
    assert read_old(old("Đang Sử dụng"), parsed, status, "đang sử dụng")[1] is None


def test_two_texts_that_the_cell_may_hold_are_asked() -> None:
    reading, told = read_old(old("Long Phú", "Long Phó"), noted, None, None)
    outcome, content, issue, readings = reading
    assert (outcome, content, readings, told) == (Outcome.QUESTION, None, ("Long Phú", "Long Phó"), None)
    assert issue is not None
    assert issue.code == "legacy_text_asked"


def test_the_only_text_that_the_cell_may_hold_is_taken_with_a_warning() -> None:
    reading, told = read_old(old("đang sử dông", "đang sử dụng"), parsed, None, None)
    assert reading[0] is Outcome.VALUE
    assert told is not None
    assert (told.code, told.params["read"]) == ("legacy_text_guessed", "đang sử dụng")


def test_texts_that_say_the_same_are_no_question() -> None:
    reading, _told = read_old(old("Đang sử dụng", "đang sử dụng"), parsed, None, None)
    assert reading[0] is Outcome.VALUE


def test_texts_that_the_cell_may_not_hold_are_refused() -> None:
    reading, told = read_old(old("hỏng rồi", "háng råi"), parsed, None, None)
    assert reading[0] is Outcome.INVALID
    assert told is not None


def test_long_texts_are_told_in_part() -> None:
    _reading, told = read_old(old("a" * 300, was="b" * 300), noted, None, None)
    assert told is not None
    assert len(str(told.params["was"])) == len(str(told.params["read"])) == 60


def test_a_unit_that_writes_in_unicode() -> None:
    in_tcvn3 = {"old": "KÕ ho¹ch", "font": ".VnTime", "readings": ["Kế hoạch"], "asked": False}
    assert is_in_unicode(["Dùng chung", None, 12, "Sở đã ban hành"])
    assert is_in_unicode(["So\u031b\u0309"])
    assert not is_in_unicode(["Dùng chung", "Long Phó", "plan"])
    assert not is_in_unicode(["Sở đã ban hành", "KÕ ho¹ch"])
    assert not is_in_unicode(["Sở đã ban hành", in_tcvn3])
