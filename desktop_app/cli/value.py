"""``value``: one value, set and shown with its history."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop_app.cli.door import FILE, PERIOD, Door, command, group
from desktop_app.text.catalogue import N_

if TYPE_CHECKING:
    from desktop_app.domain.issues import Issue
    from desktop_app.services.editing import CellResult

value = group("value", N_("One value and its history."))


# a negative number is an argument, not an option (product.md)
@command("set", N_("Set one value."), parent=value, context_settings={"ignore_unknown_options": True})
@click.argument("file", type=FILE)
@click.argument("unit")
@click.argument("element")
@click.argument("period", type=PERIOD)
@click.argument("typed", metavar="VALUE", required=False, type=click.UNPROCESSED)
@click.option("--note", metavar="TEXT", help=N_("The explanation (Giải trình) that goes with it."))
@click.option("--clear", is_flag=True, help=N_("Take the value away: not reported."))
def set_value(
    door: Door,
    file: Path,
    unit: str,
    element: str,
    period: str,
    typed: str | None,
    note: str | None,
    clear: bool,
) -> None:
    """Set one value as an official would type it."""
    from desktop_app.domain.issues import UserError
    from desktop_app.services.editing import CellOutcome, Edit, doubts_about, set_values
    from desktop_app.services.history import shown

    if (clear and typed is not None) or not (clear or typed is not None or note is not None):
        raise click.UsageError(door.catalogue("Give either a value or --clear."))
    with door.session(file) as session:
        edit = Edit(unit, element, period, typed="" if clear else typed, note=note)
        result = set_values(session, [edit], "cli", own_form=False)
        cell = result.cells[0]
        if cell.outcome in {CellOutcome.QUESTION, CellOutcome.INVALID}:
            raise UserError.of(cell.issues[0])
        found = session.element(element)
        place = f"{found.code} · {session.unit(unit).name} · {period}"
        lines = [f"{place}: {shown(door.catalogue, found, cell.answer)}"]
        issues = [*cell.issues, *doubts_about(session, session.unit(unit), found, period)]
    lines += [issue.text(door.catalogue) for issue in issues]
    door.emit(_payload(door, cell, issues, result.operation_id), lines)


def _payload(door: Door, cell: CellResult, issues: list[Issue], operation_id: int | None) -> dict[str, object]:
    return {
        "outcome": str(cell.outcome),
        "operation": operation_id,
        "issues": [issue.as_json(door.catalogue, "unit", "item") for issue in issues],
    }


@command("show", N_("Show one value and everything that happened to it."), parent=value)
@click.argument("file", type=FILE)
@click.argument("unit")
@click.argument("element")
@click.argument("period", type=PERIOD)
def show_value(door: Door, file: Path, unit: str, element: str, period: str) -> None:
    """Show one value with its history, newest first."""
    from desktop_app.domain.entities import ElementKind
    from desktop_app.domain.values import figure_of
    from desktop_app.services import history

    _ = door.catalogue
    with door.session(file, read_only=True) as session:
        story = history.value_story(session, session.unit(unit), session.element(element), period)
        answer = history.reported(story.current)
        current = history.shown(_, story.element, answer)
        figure = figure_of(story.element, answer) if answer is not None else None
        if figure is not None and story.element.kind is not ElementKind.YES_NO:
            current = f"{current} {story.element.unit}"
        lines = [f"{story.element.code} · {story.unit.name} · {period}: {current}"]
        if story.current is not None and story.current.note:
            lines.append(_("Explanation: {note}", note=story.current.note))
        for event in story.events:
            before, after = (history.shown(_, story.element, item) for item in (event.before, event.after))
            source = event.file_name or history.source_name(_, event.source)
            lines.append(
                f"{event.at.astimezone():%d/%m/%Y %H:%M}  {event.actor}  {source}  {before} → {after}  #{event.operation_id}"
            )
        payload = history.story_json(story)
    door.emit_figures(payload, lines)
