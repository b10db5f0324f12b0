"""The table of a review: thousands of rows, of which only those in sight are measured and written in words."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop_app.services.cells import CellKey
from desktop_app.text.catalogue import Catalogue
from desktop_app.ui.appearance import Appearance
from desktop_app.ui.collecting.lines import DECIDED, MERGES
from desktop_app.ui.collecting.review import Entry, Review, ReviewRow
from desktop_app.ui.collecting.review_lines import ASKED, KEPT, REFUSED, SAID, ReviewLines, review_columns, what
from desktop_app.ui.widgets.ledger import LEAST_HEIGHT, LINE_GAP, PADDING, SIGN, Index, Ledger, LedgerLine

WHAT = 1
SIGNS = (ASKED, DECIDED, KEPT, REFUSED, *MERGES.values(), *SAID.values())


class ReviewLedger(Ledger):
    """Shows the entries of a review; a row is one or two lines high, by what is said of it."""

    def __init__(self, appearance: Appearance, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        self._catalogue = _ = catalogue
        self._review: Review | None = None
        self._long: dict[CellKey, bool] = {}
        super().__init__(review_columns(_), appearance, _("Cells of the collection"), parent)

    def show_entries(self, review: Review, lines: ReviewLines, row: ReviewRow | None) -> None:
        """Show other rows without moving the eye: the table stays where it was scrolled to.

        Args:
            review: what the rows come from.
            lines: the rows as lines.
            row: the one to go to; where it is not shown, or None, the one that stands where the current one stood.
        """
        self._review = review
        here, scrolled = self.currentIndex().row(), self.verticalScrollBar().value()
        self.ledger.show(lines)
        self._measure()
        self.clearSpans()
        for at in lines.sections:
            self.setSpan(at, 0, 1, len(self.ledger.columns))
        self._fit()
        self.verticalScrollBar().setValue(scrolled)
        at = lines.row_of(row) if row is not None else -1
        if at < 0:
            at = self._near(min(max(here, 0), len(lines) - 1))
        self.go_to(at)
        if at < 0:
            self.went_to.emit(None)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a line into sight; where it is the first of its file, together with the heading."""
        lines, above = self.ledger.lines, index.row() - 1
        if 0 <= above < len(lines) and lines[above].section:
            super().scrollTo(self.ledger.index(above, 0), hint)
        super().scrollTo(index, hint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current row in sight when the question below it takes more room."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def current_row(self) -> ReviewRow | None:
        """Return the row that is explained now."""
        line: LedgerLine | None = self.current_line()
        return line.payload if line is not None else None

    def _near(self, at: int) -> int:
        """Return a line that is no heading, at a place or below it, else above it; -1 where there is none."""
        lines = self.ledger.lines
        below = range(max(at, 0), min(at + 2, len(lines)))  # two headings never follow each other
        return next((row for row in (*below, at - 1) if 0 <= row < len(lines) and not lines[row].section), -1)

    def _measure(self) -> None:
        """Find out how wide the words are that stand beside signs; they are known without looking at any row."""
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(bold)
        widest = max(metrics.horizontalAdvance(self._catalogue(sign.word)) for sign in SIGNS)
        self._widest = {len(self.ledger.columns) - 1: widest + 2 * PADDING + SIGN + 8}

    def _fit_heights(self, rows: range) -> None:
        """Give two lines to the rows of which something is said, or whose name is long."""
        lines = self.ledger.lines
        if not isinstance(lines, ReviewLines):
            return
        metrics = self.fontMetrics()
        high = 2 * metrics.lineSpacing() + LINE_GAP + 3
        room = self.columnWidth(WHAT) - 2 * PADDING
        self._long = {}
        heights = [self._height(lines.entries[at], metrics, room, high) for at in rows]
        usual = high if heights.count(high) * 2 > len(heights) else LEAST_HEIGHT
        header = self.verticalHeader()
        header.blockSignals(True)  # the table would answer each of thousands of rows
        header.setDefaultSectionSize(usual)
        for at, height in zip(rows, heights, strict=True):
            if header.sectionSize(at) != height:
                header.resizeSection(at, height)
        header.blockSignals(False)
        self.updateGeometries()
        self.viewport().update()

    def _height(self, entry: Entry, metrics: QFontMetrics, room: int, high: int) -> int:
        """Return how high a row is: a heading and a short name need one line."""
        is_high = isinstance(entry, ReviewRow) and (entry.issues or self._is_long(entry, metrics, room))
        return high if is_high else LEAST_HEIGHT

    def _is_long(self, row: ReviewRow, metrics: QFontMetrics, room: int) -> bool:
        """Say whether the name of a row's cell needs two lines; the same cell has the same name in every file."""
        if row.change is None or self._review is None:
            return False
        key = row.change.key
        known = self._long.get(key)
        if known is None:
            name = what(self._review.item(row), key, self._catalogue)
            known = self._long[key] = metrics.horizontalAdvance(name) > room
        return known
