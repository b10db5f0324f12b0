"""Archives whose bytes depend on their content alone: fixed times of the members, document properties of our own."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from xml.sax.saxutils import escape

from desktop_app.domain.issues import UserError

_ARCHIVE_TIME = (1980, 1, 1, 0, 0, 0)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LXML = "lxml.etree"
"""openpyxl writes through lxml where it finds it, and then what the disk refuses is no OSError; not ours to import."""
PROPERTIES = "docProps/core.xml"


def legal(text: str) -> str:
    """Return a text without the control characters that XML cannot hold."""
    return _ILLEGAL.sub("", text)


@contextmanager
def room_for_sheets() -> Iterator[None]:
    """Tell that there is no room while openpyxl makes a workbook: it keeps the sheets in temporary files meanwhile.

    Raises:
        UserError: ``disk_full``, naming the folder for temporary files.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, OSError) or type(error).__module__ == _LXML:
            raise UserError("disk_full", file=tempfile.gettempdir()) from error
        raise


def packed(members: Iterable[tuple[str, bytes]]) -> bytes:
    """Return an archive of the members given, in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in members:
            entry = zipfile.ZipInfo(name, _ARCHIVE_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, content)
    return buffer.getvalue()


def members_of(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Give the members of an archive by name: content types come first, as some programs tell a workbook by them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in sorted(archive.namelist()):
            yield name, archive.read(name)


def properties(title: str, moment: str, keywords: str = "") -> bytes:
    """Return document properties.

    Args:
        title: of the document.
        moment: ISO 8601 UTC, such as ``2017-12-20T03:00:00.000Z``; creation and change.
        keywords: what else identifies it.
    """
    at = moment[:19] + "Z"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(legal(title))}</dc:title><dc:creator>Sổ Kế hoạch</dc:creator>"
        f"<cp:keywords>{escape(legal(keywords))}</cp:keywords>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{at}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{at}</dcterms:modified>'
        "</cp:coreProperties>"
    ).encode()
