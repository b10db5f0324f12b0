"""The help of commands, in the language of the run."""

from __future__ import annotations

import sys

import pytest

from desktop_app.cli.door import Door
from desktop_app.text.catalogue import Catalogue, Language


@pytest.mark.parametrize("words", [(), ("form",), ("form", "issue")])
def test_help_is_vietnamese_throughout(cli, words):
    ran = cli(*words, "--help")
    assert ran.code == 0
    assert ran.out.startswith("Cách dùng: sokehoach")
    assert "Tùy chọn:" in ran.out
    assert "Hiện phần trợ giúp này rồi thôi." in ran.out
    for english in ("Usage", "Options", "Commands:", "Show", "exit."):
        assert english not in ran.out


def test_help_is_there_in_english(cli):
    ran = cli("--lang", "en", "form", "--help")
    assert ran.out.splitlines()[0] == "Usage: sokehoach form [OPTIONS] COMMAND [ARGS]..."
    assert ran.out.count("Show this help and exit.") == 1
    assert "Commands:\n  collect" in ran.out


def test_a_bar_without_an_end_says_how_much_is_done(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    door = Door(Catalogue(Language.EN))
    door.progress(3, 0, "a.xlsx")
    door.progress(2, 4, "a.xlsx")
    door.progress(4, 4, "d.xlsx")
    lines = capsys.readouterr().err.split("\r\033[2K")[1:]
    assert lines == ["░" * 24 + " 3 a.xlsx", "█" * 12 + "░" * 12 + " 2/4 a.xlsx", "█" * 24 + " 4/4 d.xlsx\n"]
