"""The pages of the window, in the order of the navigation; each is imported and built at its first visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.text.catalogue import N_
from desktop_app.ui.desk import Desk
from desktop_app.ui.pages.page import Page


@dataclass(frozen=True)
class PageEntry:
    """One page.

    Attributes:
        name: stable key; its help is ``resources/help/<language>/<name>.md``.
        title: msgid.
        icon: name in ``resources/icons``.
        build: makes the page; imports what it needs when it is called.
    """

    name: str
    title: str
    icon: str
    build: Callable[[Desk, str], Page]


def _targets(desk: Desk, title: str) -> Page:
    from desktop_app.ui.pages.targets import TargetsPage  # noqa: PLC0415 - opening a file must not wait for other pages

    return TargetsPage(desk, title)


def _figures(desk: Desk, title: str) -> Page:
    from desktop_app.ui.pages.figures import FiguresPage  # noqa: PLC0415

    return FiguresPage(desk, title)


def _exchange(desk: Desk, title: str) -> Page:
    from desktop_app.ui.pages.exchange import ExchangePage  # noqa: PLC0415

    return ExchangePage(desk, title)


def _documents(desk: Desk, title: str) -> Page:
    from desktop_app.ui.pages.documents import DocumentsPage  # noqa: PLC0415

    return DocumentsPage(desk, title)


def _history(desk: Desk, title: str) -> Page:
    from desktop_app.ui.pages.history import HistoryPage  # noqa: PLC0415

    return HistoryPage(desk, title)


PAGES: tuple[PageEntry, ...] = (
    PageEntry("targets", N_("Targets"), "targets", _targets),
    PageEntry("figures", N_("Figures"), "figures", _figures),
    PageEntry("exchange", N_("Exchange"), "exchange", _exchange),
    PageEntry("documents", N_("Documents"), "documents", _documents),
    PageEntry("history", N_("Change history"), "history", _history),
)
FIRST_PAGE = "figures"
