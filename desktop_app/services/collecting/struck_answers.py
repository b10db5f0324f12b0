"""Answers of which something is crossed out, as on paper: what is left may be meant, or the strike is a mistake."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop_app.domain.issues import Issue
from desktop_app.domain.values import Outcome, shown_raw
from desktop_app.services.cells import Content
from desktop_app.services.collecting.old_answers import Parser, Reading

_SHOWN = 60
"""Characters of a text that a sentence shows."""


def read_struck(raw: Mapping[str, Any], parse: Parser, number_format: str) -> Reading:
    """Read a cell of which something is crossed out; it is never taken without a word.

    Args:
        raw: ``struck``, all that stands in it, and ``kept``, what is not crossed out.
        parse: the grammar of the cell.
        number_format: of the cell; "" for the general one.

    Returns:
        A question where what is left and the whole both make an answer, otherwise a refusal.
    """
    found = [parse(text, number_format) for text in (raw["kept"], raw["struck"]) if text not in ("", None)]
    contents: tuple[Content, ...] = tuple(dict.fromkeys(reading[1] for reading in found if reading[0] is Outcome.VALUE))
    shown = shown_raw(raw["struck"])[:_SHOWN]
    if len(contents) > 1:
        issue = Issue("cell_struck_asked", {"typed": shown, "kept": str(raw["kept"])[:_SHOWN]})
        return Outcome.QUESTION, None, issue, contents
    return Outcome.INVALID, None, Issue("cell_struck", {"typed": shown}), ()
