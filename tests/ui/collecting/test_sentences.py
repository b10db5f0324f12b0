"""What is said while files are read."""

from __future__ import annotations

import pytest

from desktop_app.text.catalogue import Catalogue, Language
from desktop_app.ui.collecting.sentences import reading_sentence


def test_walking_says_how_many_files_were_found() -> None:
    assert reading_sentence((3, 0), "SXD.xlsx", None, Catalogue(Language.EN)) == "3 files found · SXD.xlsx"


@pytest.mark.parametrize(
    ("seconds", "ending"),
    [
        (None, "3/200 files read · SXD.xlsx"),
        (4, "SXD.xlsx"),
        (5, "about 5 seconds left"),
        (61, "about 1 minute left"),
        (150, "about 2 minutes left"),
    ],
)
def test_reading_says_how_far_it_is(seconds: int | None, ending: str) -> None:
    assert reading_sentence((3, 200), "SXD.xlsx", seconds, Catalogue(Language.EN)).endswith(ending)
