from __future__ import annotations

import pytest

from desktop_app.text.wording import Manner, Wording, says_error, says_not_applicable, says_yes_or_no, wording_of


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("khoảng 120 người", Wording(Manner.ABOUT, "120 người")),
        ("ước -5", Wording(Manner.ABOUT, "-5")),
        ("≈ 1.234,5", Wording(Manner.ABOUT, "1.234,5")),
        ("120 người (ước tính)", Wording(Manner.ABOUT, "120 người")),
        ("85% tạm tính", Wording(Manner.ABOUT, "85%")),
        ("hơn 5", Wording(Manner.BOUND)),
        ("<5", Wording(Manner.BOUND)),
        ("5 trở xuống", Wording(Manner.BOUND)),
        ("10 - 12%", Wording(Manner.RANGE)),
        ("10 người đến 12 người", Wording(Manner.RANGE)),
        ("5 / 7", Wording(Manner.PAIR)),
        ("( 85% )", Wording(Manner.BRACKETS, "85%")),
        ("120 (theo danh sách)", None),
        ("120 người", None),
        ("12/15/18", None),
        ("mười hai", None),
        ("", None),
        ("khoảng", None),
    ],
)
def test_what_stands_around_a_figure(text, wording):
    assert wording_of(text) == wording


def test_a_question_mark_is_no_answer():
    assert says_not_applicable("KPS")
    assert not says_not_applicable("KPS?")
    assert (says_yes_or_no("có"), says_yes_or_no("không"), says_yes_or_no("có?")) == (True, False, None)


def test_errors_of_formulas():
    assert [says_error(text) for text in ("#N/A", "err:508", "Err", "5#")] == [True, True, False, False]
