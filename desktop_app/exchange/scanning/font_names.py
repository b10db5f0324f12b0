"""The look for fonts from before Unicode: only a workbook that names one pays for reading its fonts."""

from __future__ import annotations

import re
from collections.abc import Iterable

_OLD_FONT = re.compile(rb"<(?:[\w.-]+:)?(?:name|rFont)\s[^<>]*?val\s*=\s*[\"']\s*(?:\.vn|vni-)", re.IGNORECASE)


def names_old_fonts(styles: bytes, strings: bytes, sheets: Iterable[bytes]) -> bool:
    """Tell whether the styles, the shared strings or the sheets of an Excel workbook name a font from before Unicode."""
    small = styles.lower()
    if (b".vn" in small or b"vni-" in small) and _OLD_FONT.search(styles):
        return True
    return any(b"rFont" in text and _OLD_FONT.search(text) for text in (strings, *sheets))
