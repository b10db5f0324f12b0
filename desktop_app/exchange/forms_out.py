"""Issuing: the bytes of a unit's workbook, and putting them in a folder without overwriting anything else."""

from __future__ import annotations

import os
from pathlib import Path

from desktop_app.domain.issues import UserError
from desktop_app.exchange.content import Identity, WorkbookContent
from desktop_app.exchange.form_sheets import lay_out
from desktop_app.exchange.template import Template
from desktop_app.text.dates import format_period


def file_name(identity: Identity) -> str:
    """Return the name of a workbook: ``<unit code>_<form>_<period>.xlsx``."""
    return f"{identity.unit}_{identity.form}_{identity.period}.xlsx"


class FormWriter:
    """Writes the workbooks of one round; keeps a template per shape, so make one writer for all of them.

    Args:
        digest_key: hexadecimal key of the data file (``office.digest_key``).
    """

    def __init__(self, digest_key: str) -> None:
        self._digest_key = digest_key
        self._templates: dict[tuple[object, ...], Template] = {}

    def workbook(self, content: WorkbookContent, values_json: str) -> bytes:
        """Return the bytes of a workbook; the same content gives the same bytes.

        Args:
            content: what it holds.
            values_json: canonical JSON of the values at issue, kept in ``_meta``.
        """
        sheets = lay_out(content, self._digest_key, values_json)
        shape = tuple(sheet.shape() for sheet in sheets)
        template = self._templates.get(shape)
        if template is None:
            template = self._templates[shape] = Template(sheets)
        title = f"{content.guide.unit_name} – {content.guide.plan_title} – {format_period(content.guide.period)}"
        return template.filled(sheets, content.identity, title)


def refuse_other(path: Path, content: bytes) -> None:
    """Make sure that writing a file would overwrite nothing else.

    Raises:
        UserError: a file of this name with other bytes is there, or it cannot be read.
    """
    try:
        if path.exists() and path.read_bytes() != content:
            raise UserError("file_exists", file=path.name, folder=str(path.parent))
    except OSError as error:
        raise _not_written(path, error) from error


def write_new(path: Path, content: bytes) -> bool:
    """Write a file that is not there yet; the same bytes already there are as good.

    The bytes go to a temporary name first, so that a full disk or a power cut never leaves half a file under the right name.

    Returns:
        True when the file was written, False when it was there already.

    Raises:
        UserError: a different file has this name, or the folder cannot be written.
    """
    refuse_other(path, content)
    if path.exists():
        return False
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            temporary.write_bytes(content)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise _not_written(path, error) from error
    return True


def _not_written(path: Path, error: OSError) -> UserError:
    return UserError("workbook_not_written", file=path.name, folder=str(path.parent), reason=error.strerror or str(error))
