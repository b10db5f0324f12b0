"""Tables for people on the command line."""

from __future__ import annotations

from desktop_app.cli.tables import aligned


def test_columns_are_aligned_and_lines_end_with_words():
    assert aligned([("a", "bb", "c"), ("aaa", "b", "")]) == ["a    bb  c", "aaa  b"]


def test_nothing_gives_no_line():
    assert aligned(iter(())) == []
