"""How an issue is treated."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """How an issue is treated, the gravest first.

    ``error``: the value is not taken. ``question``: it has more than one reading and is asked. ``warning``: it is taken, and
    an explanation (Giải trình) settles it. ``info``: worth knowing.
    """

    ERROR = "error"
    QUESTION = "question"
    WARNING = "warning"
    INFO = "info"

    @property
    def is_grave(self) -> bool:
        """True where something is not taken until somebody has mended or decided it."""
        return self in {Severity.ERROR, Severity.QUESTION}


GRAVEST_FIRST = tuple(Severity)
"""The order in which issues are listed."""
