"""Value kinds: how one field is normalised, checked, stored and read back.

Each kind is one frozen object that owns both directions, ``to_db`` and ``from_db``, so that a stored value always comes
back as it was. Reading what people type (figures, dates, words in cells) is the grammar of :mod:`desktop_app.text`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

from desktop_app.text.dates import EARLIEST, LATEST, PERIOD_CODE

V = TypeVar("V")
DbValue = str | int | bytes | None
_MAX_SQLITE_INTEGER = 2**63 - 1
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # and halves of characters, as a terminal gives them
"""Control characters (Unicode category Cc) but for the line feed and the tab."""


class Kind(Generic[V]):
    """One kind of field value; ``None`` is handled by the caller and never reaches it."""

    column_type = "TEXT"

    def check(self, value: V) -> str | None:
        """Return the issue code that says what is wrong with a value, or None."""
        raise NotImplementedError

    def normalise(self, value: V) -> V:
        """Return the value in its one canonical form."""
        return value

    def to_db(self, value: V) -> DbValue:
        """Return what SQLite stores."""
        raise NotImplementedError

    def from_db(self, stored: Any) -> V:
        """Return the value that ``to_db`` stored."""
        raise NotImplementedError


@dataclass(frozen=True)
class Text(Kind[str]):
    """Text in NFC; ``pattern`` must match it whole."""

    pattern: str | None = None
    multiline: bool = False

    def check(self, value: str) -> str | None:
        if _CONTROL.search(value):
            return "text_control_character"
        if not self.multiline and "\n" in value:
            return "text_line_break"
        if self.pattern is not None and not re.fullmatch(self.pattern, value):
            return "text_pattern"
        return None

    def normalise(self, value: str) -> str:
        return unicodedata.normalize("NFC", value)

    def to_db(self, value: str) -> DbValue:
        return self.normalise(value)

    def from_db(self, stored: Any) -> str:
        return str(stored)


@dataclass(frozen=True)
class Integer(Kind[int]):
    """A whole number within inclusive bounds."""

    minimum: int | None = None
    maximum: int | None = None
    column_type = "INTEGER"

    def check(self, value: int) -> str | None:
        low = -_MAX_SQLITE_INTEGER if self.minimum is None else self.minimum
        high = _MAX_SQLITE_INTEGER if self.maximum is None else self.maximum
        return None if low <= value <= high else "number_out_of_range"

    def to_db(self, value: int) -> DbValue:
        return int(value)

    def from_db(self, stored: Any) -> int:
        return int(stored)


@dataclass(frozen=True)
class Money(Integer):
    """An amount in đồng, a whole number."""

    minimum: int | None = 0


@dataclass(frozen=True)
class Number(Kind[Decimal]):
    """An exact decimal with at most six places, stored as canonical text ("0.5", "100")."""

    def check(self, value: Decimal) -> str | None:
        if not value.is_finite():
            return "number_not_finite"
        exponent = value.normalize().as_tuple().exponent
        return "number_too_many_places" if isinstance(exponent, int) and exponent < -6 else None

    def normalise(self, value: Decimal) -> Decimal:
        return Decimal(self.to_db(value))

    def to_db(self, value: Decimal) -> str:
        written = format(value, "f")
        if "." in written:
            written = written.rstrip("0").rstrip(".")
        return "0" if written in {"-0", ""} else written

    def from_db(self, stored: Any) -> Decimal:
        return Decimal(stored)


@dataclass(frozen=True)
class Day(Kind[date]):
    """A calendar day, stored as YYYY-MM-DD."""

    def check(self, value: date) -> str | None:
        return None if EARLIEST <= value <= LATEST else "day_out_of_range"

    def to_db(self, value: date) -> DbValue:
        return value.isoformat()

    def from_db(self, stored: Any) -> date:
        return date.fromisoformat(stored)


@dataclass(frozen=True)
class Instant(Kind[datetime]):
    """A moment in UTC to the millisecond, stored as ISO 8601 with a final Z."""

    def check(self, value: datetime) -> str | None:
        return None if value.tzinfo is not None else "instant_without_zone"

    def normalise(self, value: datetime) -> datetime:
        utc = value.astimezone(UTC)
        return utc.replace(microsecond=utc.microsecond // 1000 * 1000)

    def to_db(self, value: datetime) -> DbValue:
        return self.normalise(value).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def from_db(self, stored: Any) -> datetime:
        return datetime.fromisoformat(stored)


@dataclass(frozen=True)
class PeriodCode(Kind[str]):
    """A reporting-period code such as 2017, 2017-H1, 2017-9M, 2017-Q1 or 2017-01."""

    def check(self, value: str) -> str | None:
        return None if PERIOD_CODE.fullmatch(value) else "period_unknown"

    def to_db(self, value: str) -> DbValue:
        return value

    def from_db(self, stored: Any) -> str:
        return str(stored)


@dataclass(frozen=True)
class Flag(Kind[bool]):
    """Yes or no, stored as 1 or 0."""

    column_type = "INTEGER"

    def check(self, value: bool) -> str | None:
        return None if isinstance(value, bool) else "flag_not_boolean"

    def to_db(self, value: bool) -> DbValue:
        return int(value)

    def from_db(self, stored: Any) -> bool:
        return bool(stored)


@dataclass(frozen=True)
class Choice(Kind[StrEnum]):
    """One member of a closed list, stored as its word."""

    options: type[StrEnum]

    def check(self, value: StrEnum) -> str | None:
        return None if isinstance(value, self.options) else "choice_unknown"

    def to_db(self, value: StrEnum) -> DbValue:
        return str(value)

    def from_db(self, stored: Any) -> StrEnum:
        return self.options(stored)


@dataclass(frozen=True)
class Choices(Kind[tuple[StrEnum, ...]]):
    """Several members of a closed list, stored as words separated by spaces, in the order given."""

    options: type[StrEnum]

    def check(self, value: tuple[StrEnum, ...]) -> str | None:
        return None if all(isinstance(item, self.options) for item in value) else "choice_unknown"

    def to_db(self, value: tuple[StrEnum, ...]) -> DbValue:
        return " ".join(str(item) for item in value)

    def from_db(self, stored: Any) -> tuple[StrEnum, ...]:
        return tuple(self.options(word) for word in str(stored).split())


@dataclass(frozen=True)
class Words(Kind[tuple[str, ...]]):
    """Codes without spaces, stored separated by spaces, in the order given."""

    def check(self, value: tuple[str, ...]) -> str | None:
        return None if all(word and not re.search(r"\s", word) for word in value) else "word_with_space"

    def to_db(self, value: tuple[str, ...]) -> DbValue:
        return " ".join(value)

    def from_db(self, stored: Any) -> tuple[str, ...]:
        return tuple(str(stored).split())


@dataclass(frozen=True)
class Ref(Kind[int]):
    """The id of a row of another entity."""

    target: str
    column_type = "INTEGER"

    def check(self, value: int) -> str | None:
        return None if value > 0 else "reference_missing"

    def to_db(self, value: int) -> DbValue:
        return int(value)

    def from_db(self, stored: Any) -> int:
        return int(stored)


@dataclass(frozen=True)
class Blob(Kind[bytes]):
    """Bytes kept as they came; the change log names their SHA-256 instead of repeating them."""

    column_type = "BLOB"

    def check(self, value: bytes) -> str | None:
        return None if isinstance(value, bytes) else "blob_not_bytes"

    def to_db(self, value: bytes) -> DbValue:
        return value

    def from_db(self, stored: Any) -> bytes:
        return bytes(stored)
