"""Nothing that is not saved is lost without a word: what leaves a file is said once and done when it is asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from desktop_app.text.catalogue import N_, Catalogue
from desktop_app.ui.pages.page import Page
from desktop_app.ui.widgets.strip import Strip

STEPS = {
    "quit": N_("{what}. Do it again to quit without saving that."),
    "close": N_("{what}. Do it again to close the file without saving that."),
    "open": N_("{what}. Do it again to go to another file without saving that."),
    "language": N_("{what}. Choose again to change the language without saving that."),
}
"""What is said, by what was asked for."""


def unsaved(pages: Iterable[Page]) -> list[str]:
    """Return what is not saved yet, on any page."""
    return [what for what in (page.unsaved() for page in pages) if what]


def may_leave(step: str, pages: Iterable[Page], strip: Strip, catalogue: Catalogue) -> bool:
    """Say what would be lost; go ahead when nothing would, or when the same is asked again while that is said.

    Args:
        step: a key of :data:`STEPS`.
        pages: those that were built.
        strip: where it is said.
        catalogue: the reader's language.
    """
    found = unsaved(pages)
    sentence = catalogue(STEPS[step], what="; ".join(found))
    if not found or strip.sentence == sentence:
        return True
    strip.say(sentence, "warning")
    return False


def guarded(step: str, may: Callable[[str], bool], action: Callable[[], object]) -> Callable[[], None]:
    """Return an action that is done only where the step may be taken."""

    def do() -> None:
        if may(step):
            action()

    return do
