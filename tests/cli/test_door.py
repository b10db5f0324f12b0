"""The help of commands, in the language of the run."""

from __future__ import annotations

import pytest


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
