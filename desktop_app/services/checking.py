"""``check``: whether a data file is sound and its figures plausible, and whether the program itself is complete."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from desktop_app import library
from desktop_app.domain.entities import (
    Deployment,
    Element,
    Indicator,
    System,
    Task,
    Unit,
    Value,
)
from desktop_app.domain.indicators import Facts, pack
from desktop_app.domain.issues import Issue, Place, Severity
from desktop_app.domain.rules.figures import UnitFigures, check_figures
from desktop_app.domain.rules.reports import check_deployment, check_task
from desktop_app.paths import bundled
from desktop_app.services.session import Session
from desktop_app.services.task_reports import TaskBook
from desktop_app.storage.check import check as check_storage
from desktop_app.text.catalogue import PACKAGES, Language

Progress = Callable[[int, int, str], None]
_BUNDLED_FOLDERS = ("fonts", "icons", "styles", "help", "documents", "catalogue", "plans", "samples", "units")
_FONTS = 4


HINTS = frozenset({"value_jumps"})
"""Issues that ask for a second look and are no problem in themselves: a figure may well have grown that much."""


def is_problem(issue: Issue) -> bool:
    """Say whether an issue is a problem in the data, not only worth a second look."""
    return issue.severity is not Severity.INFO and issue.code not in HINTS


def check_file(session: Session, progress: Progress | None = None) -> list[Issue]:
    """Return everything that is wrong with a file, and everything doubtful about its figures.

    Args:
        session: the open file.
        progress: told after each unit.
    """
    with session.database.snapshot():
        broken = check_storage(session.database)
        if broken:
            return broken
        return [*_figures(session, progress), *_tasks(session), *_deployments(session)]


def _figures(session: Session, progress: Progress | None) -> Iterator[Issue]:
    gateway = session.gateway
    elements = {element.id: element for element in gateway.list(Element)}
    indicators = gateway.list(Indicator)
    regime, root_id = session.office.regime, session.root.id
    units = gateway.list(Unit)
    for number, unit in enumerate(units, start=1):
        values = gateway.list(Value, unit_id=unit.id)
        facts = Facts(regime=regime, units={unit.id: unit}, root_id=root_id, elements=elements, columns=pack(values))
        for period in sorted({value.period for value in values}):
            figures = UnitFigures(facts, unit, values, period, indicators)
            yield from (_in_period(issue, period) for issue in check_figures(figures))
        if progress is not None:
            progress(number, len(units), unit.code)


def _in_period(issue: Issue, period: str) -> Issue:
    place = issue.place
    return Issue(issue.code, issue.params, Place(unit=place.unit, item=place.item, field=period))


def _tasks(session: Session) -> Iterator[Issue]:
    tasks = {task.id: task for task in session.gateway.list(Task)}
    units = {unit.id: unit.code for unit in session.gateway.list(Unit)}
    book = TaskBook(session)
    for report in book.reports():
        task = tasks[report.task_id]
        yield from check_task(book.picture(task, units.get(task.lead_unit_id or 0, ""), report))


def _deployments(session: Session) -> Iterator[Issue]:
    systems = {system.id: system for system in session.gateway.list(System)}
    units = {unit.id: unit for unit in session.gateway.list(Unit)}
    today = session.now().date()
    for deployment in session.gateway.list(Deployment):
        unit = units[deployment.unit_id]
        yield from check_deployment(systems[deployment.system_id], unit.code, deployment, today)


def check_program() -> list[Issue]:
    """Return everything that is wrong with the program's own files: what is missing, and what its data say wrongly."""
    issues: list[Issue] = []
    for folder in _BUNDLED_FOLDERS:
        try:
            found = any(bundled(f"resources/{folder}").iterdir())
        except FileNotFoundError:
            found = False
        if not found:
            issues.append(Issue("bundle_folder_missing", {"folder": folder}))
    issues += _fonts() + _catalogues() + _migrations()
    return issues + library.check()


def _fonts() -> list[Issue]:
    folder = bundled("resources/fonts")
    count = len(list(folder.glob("*.ttf")))
    return [] if count >= _FONTS else [Issue("bundle_fonts_missing", {"count": count, "needed": _FONTS})]


def _catalogues() -> list[Issue]:
    folder = bundled("resources/locale") / str(Language.VI) / "LC_MESSAGES"
    missing = [name for name in PACKAGES if (folder / f"{name}.po").exists() != (folder / f"{name}.mo").exists()]
    if not any(folder.glob("*.mo")):
        missing = list(PACKAGES)
    return [Issue("bundle_texts_missing", {"package": name}) for name in missing]


def _migrations() -> list[Issue]:
    found = any(bundled("db/migrations").glob("*.sql")) and any(bundled("db").glob("schema.sql"))
    return [] if found else [Issue("bundle_folder_missing", {"folder": "db"})]
