"""What identifies a workbook and proves that nobody changed what the units leave alone.

The identity stands in three places (``_meta``, one line below every sheet, the document properties). The digest is an
HMAC-SHA256 with the key of the data file over the identity, the values at issue and the locked cells, so that a reader knows
whether the ``_meta`` of a returned file is what was written, and can then name every locked cell that differs from it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import unicodedata
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from desktop_app.exchange.layout import CODE_PATTERN
from desktop_app.text.vietnamese import clean

if TYPE_CHECKING:
    from desktop_app.exchange.content import Identity

_CODE = CODE_PATTERN.pattern
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_LINE = re.compile(
    rf"SKH(?P<format_version>\d+) · kế hoạch (?P<plan>{_CODE}) · biểu (?P<form>{_CODE}) · kỳ (?P<period>[0-9A-Z-]+) · "
    rf"đơn vị (?P<unit>{_CODE}) · phát hành (?P<issue_id>{_UUID}) lúc (?P<issued_at>[0-9T:. Z-]+) · "
    rf"tệp (?P<file_uuid>{_UUID})"
)
_SHORT = 24
"""Locked texts longer than this are kept in ``_meta`` by their SHA-256 alone."""

CHUNK = 30_000
"""Characters of JSON per ``_meta`` cell; a cell holds 32,767 at most."""

META_KEYS = ("format_version", "file_uuid", "plan", "form", "unit", "period", "issue_id", "issued_at")
"""Keys of the identity in ``_meta``, in the order in which they stand there."""


def identity_line(identity: Identity) -> str:
    """Return the identity as the one readable line below every sheet."""
    return (
        f"SKH{identity.format_version} · kế hoạch {identity.plan} · biểu {identity.form} · kỳ {identity.period} · "
        f"đơn vị {identity.unit} · phát hành {identity.issue_id} lúc {identity.issued_at} · tệp {identity.file_uuid}"
    )


def parse_identity_line(text: str) -> dict[str, str] | None:
    """Return the parts of an identity line found anywhere in a text, or None.

    Spaces may have been doubled or made hard, and colons have become spaces: LibreOffice takes a keyword apart at them.
    """
    if "SKH" not in text:
        return None
    found = _LINE.search(" ".join(unicodedata.normalize("NFC", text).replace("\xa0", " ").split()))
    if found is None:
        return None
    return {**found.groupdict(), "issued_at": found["issued_at"].replace(" ", ":")}


def canonical_json(value: Any) -> str:
    """Return JSON that is the same text whenever the value is the same."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def locked_text(value: Any) -> str:
    """Return a locked cell as it is compared: the same for what was written and for what any program saves of it."""
    if isinstance(value, str):
        return _compared(value)
    if value is None:
        return ""
    if isinstance(value, (int, float, Decimal)):
        plain = format(Decimal(str(+value)), "f")  # "+" makes a number of yes and no
        plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
        return "0" if plain == "-0" else plain
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return _compared(str(value))


@lru_cache(maxsize=5000)
def _compared(text: str) -> str:
    """Return a text as it is compared; the same definitions stand in every workbook of a batch."""
    if not text.isascii():
        text = clean(text)
    text = " ".join(text.split())
    return text if len(text) <= _SHORT else "#" + hashlib.sha256(text.encode()).hexdigest()[:16]


def digest(key: str, identity: Identity, values_json: str, locked_json: str) -> str:
    """Return the keyed digest of a workbook.

    Args:
        key: hexadecimal key of the data file (``office.digest_key``).
        identity: which workbook it is.
        values_json: canonical JSON of the values at issue.
        locked_json: canonical JSON of the locked cells.
    """
    return digest_of_hashes(key, identity, sha256_of(values_json), sha256_of(locked_json))


def digest_of_hashes(key: str, identity: Identity, values_sha256: str, locked_sha256: str) -> str:
    """Return the keyed digest where only the hashes of the two JSON texts are at hand."""
    message = "\n".join([canonical_json(asdict(identity)), values_sha256, locked_sha256])
    return hmac.new(bytes.fromhex(key), message.encode(), hashlib.sha256).hexdigest()


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def chunks(name: str, text: str) -> list[tuple[str, str]]:
    """Split a long text into ``_meta`` rows named ``name.1``, ``name.2`` and so on."""
    return [(f"{name}.{index // CHUNK + 1}", text[index : index + CHUNK]) for index in range(0, max(len(text), 1), CHUNK)]
