"""Words for what the domain counts in codes: kinds, states and verdicts, as msgids shown in the reader's language."""

from __future__ import annotations

from desktop_app.text.catalogue import N_, Catalogue, Language
from desktop_app.text.dates import format_period

_PARTS = {"H1": N_("First half of {year}"), "H2": N_("Second half of {year}"), "9M": N_("Nine months of {year}")}
_QUARTERS = {"Q1": "I", "Q2": "II", "Q3": "III", "Q4": "IV"}


def period_name(code: str, catalogue: Catalogue) -> str:
    """Return the name of a period; the Vietnamese one is the official wording."""
    _ = catalogue
    if catalogue.language is Language.VI:
        return format_period(code)
    year, _dash, part = code.partition("-")
    if not part:
        return _("Year {year}", year=year)
    if part in _PARTS:
        return _(_PARTS[part], year=year)
    if part in _QUARTERS:
        return _("Quarter {number} of {year}", number=_QUARTERS[part], year=year)
    return f"{year}-{part}"


def period_short(code: str) -> str:
    """Return a period in the few letters that stand under a bar: 2017, Q1/17, 6T/17, 03/17."""
    year, _dash, part = code.partition("-")
    if not part:
        return year
    return f"{ {'H1': '6T', 'H2': '6TC', '9M': '9T'}.get(part, part) }/{year[2:]}".replace(" ", "")
