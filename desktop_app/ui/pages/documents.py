"""Văn bản: the official documents with a live preview, the check before signing, PDF and Word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPalette, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QWidget

from desktop_app.domain.issues import Issue, Severity
from desktop_app.services import documents
from desktop_app.services.documents import DocumentKind
from desktop_app.services.session import Session
from desktop_app.text.catalogue import N_
from desktop_app.ui.collecting.cards import SIGNS, TONES
from desktop_app.ui.commands import Handler
from desktop_app.ui.desk import Desk, PlaceLooked
from desktop_app.ui.jobs import JobContext
from desktop_app.ui.pages.page import DETAIL_FROM_WIDTH, Page
from desktop_app.ui.widgets.card import Card, DetailCard
from desktop_app.ui.widgets.choices import Choice
from desktop_app.ui.widgets.picker import Picker

KINDS = {DocumentKind.PLAN: N_("The plan"), DocumentKind.REPORT: N_("Implementation report")}
FILE_NAMES = {DocumentKind.PLAN: "ke-hoach", DocumentKind.REPORT: "bao-cao"}

WIDE = 1460
MOST_ZOOM = 1.35
"""In a wide window the page keeps the size in which it is read best, instead of filling the width."""


@dataclass(frozen=True)
class _Shown:
    """A document that was composed for one place."""

    place: PlaceLooked
    kind: DocumentKind
    pdf: bytes
    issues: tuple[Issue, ...]


class DocumentsPage(Page):
    """Shows the document as it would be printed, and what to look at before it is signed."""

    NAME = "documents"
    PLACES = ("plan", "period")
    PURPOSE = N_("Here the plan and its report stand as they will be printed, as PDF or for Word.")

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(desk, title)
        _ = desk.catalogue
        self.kind = DocumentKind.PLAN
        self.kinds = Picker(desk.appearance, _, _("Document"), 240)
        self.kinds.set_choices([Choice(str(kind), _(KINDS[kind])) for kind in KINDS], str(self.kind))
        self.kinds.picked.connect(self._choose_kind)
        self._head.insertWidget(self._head.indexOf(self.pickers["plan"]), self.kinds)
        self._buffer = QBuffer(self)
        self.document = QPdfDocument(self)
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(_("Preview of the document"))
        sheet = Card()
        sheet.column.addWidget(self.view)
        self.card = DetailCard(_("Check before signing"))
        self.body.addWidget(sheet, 1)
        self.body.addWidget(self.card)
        self.word_button = self.add_action(
            _("Word…"), partial(self.write, ".docx"), tip=_("Write the document as a Word file to edit")
        )
        self.pdf_button = self.add_action(
            _("PDF to print…"), partial(self.write, ".pdf"), filled=True, tip=_("Write the document as PDF (Ctrl+P)")
        )

        desk.appearance.changed.connect(self._tint)
        self._tint()

    def _tint(self) -> None:
        """Give the room around the pages the colour of the window; Qt takes it from the palette's dark role."""
        colours = self.view.palette()
        colours.setColor(QPalette.ColorRole.Dark, self.desk.appearance.theme.colour("line"))
        self.view.setPalette(colours)

    def load(self) -> None:
        """Compose the document in the background and show it."""
        _ = self.desk.catalogue
        place = self.desk.place
        for button in (self.word_button, self.pdf_button):
            button.setEnabled(bool(place.plan))
        if not place.plan:
            return
        self.pickers["period"].setVisible(self.kind is DocumentKind.REPORT)
        self.desk.read(partial(_compose, place, self.kind), self._show, _("Composing the document"))

    def handlers(self) -> Mapping[str, Handler]:
        """Return the commands of the page."""
        return {"print": partial(self.write, ".pdf")}

    def first_focus(self) -> QWidget:
        """Return the preview."""
        return self.view

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the preview where the window is narrow."""
        super().resizeEvent(event)
        self.card.setVisible(self.width() >= DETAIL_FROM_WIDTH)
        wide = self.width() >= WIDE
        self.view.setZoomMode(QPdfView.ZoomMode.Custom if wide else QPdfView.ZoomMode.FitToWidth)
        self.view.setZoomFactor(MOST_ZOOM)

    def write(self, suffix: str) -> None:
        """Ask for a file name and write the document in the background."""
        _ = self.desk.catalogue
        place = self.desk.place
        if not place.plan:
            return
        period = f"-{place.period}" if self.kind is DocumentKind.REPORT else ""
        name = Path(f"{FILE_NAMES[self.kind]}-{place.plan}{period}{suffix}")
        pattern = _("PDF document (*.pdf)") if suffix == ".pdf" else _("Word document (*.docx)")
        path = self.desk.prompts.save_file(_("Write the document"), name, pattern)
        if path is None:
            return
        wanted = path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)
        work = partial(_write, place, self.kind, wanted)
        self.desk.write(work, partial(self._written, wanted), _("Writing the document"))

    def _choose_kind(self, key: str) -> None:
        self.kind = DocumentKind(key)
        self.load()

    def _show(self, found: _Shown) -> None:
        if found.kind is not self.kind or found.place != self.desk.place:
            return
        self.document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(found.pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self._check_list(found.issues)

    def _check_list(self, issues: Sequence[Issue]) -> None:
        _ = self.desk.catalogue
        pages = _.count("{number} page", "{number} pages", self.document.pageCount())
        errors = sum(1 for issue in issues if issue.severity.is_grave)
        warnings = sum(1 for issue in issues if issue.severity is Severity.WARNING)
        parts = [_(KINDS[self.kind]), pages]
        if errors:
            parts.append(_.count("{number} thing to mend", "{number} things to mend", errors))
        if warnings:
            parts.append(_.count("{number} warning", "{number} warnings", warnings))
        self.sentence.setText(" · ".join(parts))
        self.card.clear()
        self.card.text(_("Check before signing"), "cardTitle")
        if not issues:
            picture = self.desk.appearance.pixmap("sign-saved", "met", size=18, scale=self.devicePixelRatioF())
            self.card.signed(picture, _("Nothing to mend was found."), tone="met")
        for issue in sorted(issues, key=lambda item: list(Severity).index(item.severity)):
            icon, role = SIGNS[issue.severity]
            picture = self.desk.appearance.pixmap(icon, role, size=18, scale=self.devicePixelRatioF())
            self.card.signed(picture, issue.text(_), tone=TONES[issue.severity])
        self.card.text(_("The preview follows the figures: it is composed anew after every change."), space_before=8)
        self.card.finish()

    def _written(self, path: Path, _issues: Sequence[Issue]) -> None:
        _ = self.desk.catalogue
        show = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(path)))
        self.strip.say(_("Written: {file}", file=str(path)), "info", [(_("Open the file"), show)], stays=True)


def _compose(place: PlaceLooked, kind: DocumentKind, session: Session) -> _Shown:
    """Compose the document twice over: as findings and as PDF; runs on the worker's thread."""
    period = place.period if kind is DocumentKind.REPORT else None
    composed = documents.compose(session, place.plan, kind, period)
    return _Shown(place, kind, documents.preview(session, place.plan, kind, period), composed.issues)


def _write(place: PlaceLooked, kind: DocumentKind, path: Path, session: Session, _context: JobContext) -> Sequence[Issue]:
    """Write the document, in the place of an existing file that the dialog asked about; runs on the worker's thread."""
    period = place.period if kind is DocumentKind.REPORT else None
    if not path.exists():
        return documents.write_document(session, place.plan, kind, path, period=period)
    draft = path.with_name(f".{path.stem}-{session.now():%H%M%S%f}{path.suffix}")
    issues = documents.write_document(session, place.plan, kind, draft, period=period)
    draft.replace(path)
    return issues
