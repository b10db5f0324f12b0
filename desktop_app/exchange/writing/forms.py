"""Issuing: the name and the bytes of a unit's workbook."""

from __future__ import annotations

from desktop_app.exchange.content import Identity, WorkbookContent
from desktop_app.exchange.writing.form_sheets import lay_out
from desktop_app.exchange.writing.template import Template
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
