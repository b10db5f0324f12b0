"""Message catalogues: English msgids in the code, Vietnamese complete and default.

Every package has a catalogue of its own (``resources/locale/vi/LC_MESSAGES/<package>.po`` and ``.mo``); a
:class:`Catalogue` chains them all. One is made at the door (window or command line) and passed on.
"""

from __future__ import annotations

import gettext
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache

from desktop_app.paths import bundled

PACKAGES = ("text", "domain", "library", "storage", "exchange", "documents", "services", "cli", "ui")
Param = str | int | Decimal | date


class Message(str):
    """A parameter that is itself an English msgid, and is translated where it is shown."""

    __slots__ = ()


class Language(StrEnum):
    """Languages of messages; official documents are always Vietnamese."""

    VI = "vi"
    EN = "en"


def N_(message: str) -> str:  # noqa: N802 - the name that gettext tools look for
    """Mark a message for the catalogue where it is declared; it is translated where it is shown."""
    return message


@cache
def _translations(language: Language) -> gettext.NullTranslations:
    if language is Language.EN:
        return gettext.NullTranslations()
    chain: gettext.NullTranslations | None = None
    for package in PACKAGES:
        path = bundled("resources/locale") / str(language) / "LC_MESSAGES" / f"{package}.mo"
        if path.exists():
            with path.open("rb") as stream:
                found = gettext.GNUTranslations(stream)
            if chain is None:
                chain = found
            else:
                chain.add_fallback(found)
    return chain or gettext.NullTranslations()


class Catalogue:
    """Texts in one language.

    Call it with an English msgid and named parameters: ``_("Saved {count} values", count=1204)``. Whole numbers,
    decimals and days are written as the language writes them (1.204 · 12,5 · 05/01/2026).
    """

    def __init__(self, language: Language = Language.VI) -> None:
        self.language = language

    def __call__(self, message: str, /, **params: Param) -> str:
        """Return the message in this language, with its parameters filled in."""
        shown = _translations(self.language).gettext(message) if message else ""
        return self._fill(shown, params)

    def count(self, singular: str, plural: str, number: int, **params: Param) -> str:
        """Return the form of a message that fits ``number``, which is available as ``{number}``."""
        shown = _translations(self.language).ngettext(singular, plural, number)
        return self._fill(shown, {"number": number, **params})

    def _fill(self, shown: str, params: dict[str, Param]) -> str:
        return shown.format(**{name: self.show(value) for name, value in params.items()}) if params else shown

    def show(self, value: Param) -> str:
        """Write one parameter as the language writes it."""
        if isinstance(value, Message):
            return self(str(value))
        if isinstance(value, str):
            return value
        if isinstance(value, date):
            return f"{value.day:02d}/{value.month:02d}/{value.year}" if self.language is Language.VI else value.isoformat()
        written = f"{value:,}"
        return written.translate(str.maketrans(",.", ".,")) if self.language is Language.VI else written
