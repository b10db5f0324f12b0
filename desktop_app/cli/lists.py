"""``unit``, ``system``, ``element`` and ``plan``: what a file holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from desktop_app.cli.door import FILE, Door, command, group
from desktop_app.cli.tables import aligned
from desktop_app.text.catalogue import N_, Catalogue

unit = group("unit", N_("Units."))
system = group("system", N_("Software systems and databases."))
element = group("element", N_("Data elements."))
plan = group("plan", N_("Plans and their targets."))


class _Day(click.ParamType[date]):
    """A day, as d/m/yyyy or YYYY-MM-DD."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        from desktop_app.text.dates import read_day

        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            found = read_day(value)
        if found is None:
            door = ctx.find_object(Door) if ctx else None
            message = N_("“{value}” is not a day; write for example 31/12/2017 or 2017-12-31.")
            self.fail(door.catalogue(message, value=value) if door else value, param, ctx)
        return found


@command("list", N_("List the units in official order."), parent=unit)
@click.argument("file", type=FILE)
def unit_list(door: Door, file: Path) -> None:
    """List the units of FILE."""
    from desktop_app.domain.entities import UnitKind
    from desktop_app.domain.labels import labels
    from desktop_app.services.lists import unit_rows

    kinds = labels(door.catalogue, UnitKind)
    with door.session(file, read_only=True) as session:
        rows = unit_rows(session)
    door.emit({"units": rows}, aligned((item["code"], kinds[item["kind"]], item["name"]) for item in rows))


@command("list", N_("List the systems."), parent=system)
@click.argument("file", type=FILE)
def system_list(door: Door, file: Path) -> None:
    """List the systems of FILE."""
    from desktop_app.services.lists import system_rows

    with door.session(file, read_only=True) as session:
        rows = system_rows(session)
    door.emit({"systems": rows}, aligned((item["code"], item["category"], item["name"]) for item in rows))


@command("list", N_("List the data elements in the order of the forms."), parent=element)
@click.argument("file", type=FILE)
def element_list(door: Door, file: Path) -> None:
    """List the data elements of FILE."""
    from desktop_app.services.lists import element_rows

    with door.session(file, read_only=True) as session:
        rows = element_rows(session)
    door.emit(
        {"elements": rows},
        aligned((item["code"], " ".join(item["periods"]), item["unit"], item["name"]) for item in rows),
    )


@command("list", N_("List the plans."), parent=plan)
@click.argument("file", type=FILE)
def plan_list(door: Door, file: Path) -> None:
    """List the plans of FILE."""
    from desktop_app.services.lists import plan_rows

    with door.session(file, read_only=True) as session:
        rows = plan_rows(session)
    door.emit(
        {"plans": rows},
        aligned((item["code"], f"{item['start_year']}-{item['end_year']}", item["title"]) for item in rows),
    )


@command("show", N_("Show a plan: targets with goals, tasks, legal basis."), parent=plan)
@click.argument("file", type=FILE)
@click.argument("code", metavar="PLAN")
@click.option("--at", type=_Day(), metavar="DAY", help=N_("As amended up to this day."))
def plan_show(door: Door, file: Path, code: str, at: date | None) -> None:
    """Show one plan of FILE, with the amendments that count."""
    from desktop_app.services.plans import plan_json

    with door.session(file, read_only=True) as session:
        payload = plan_json(session, session.plan(code), at)
    door.emit_figures(payload, _plan_lines(door, payload))


def _plan_lines(door: Door, payload: dict[str, Any]) -> list[str]:
    _ = door.catalogue
    shown = payload["plan"]
    lines = [f"{shown['code']}  {shown['title']}"]
    lines += [_("Number: {symbol}", symbol=shown["symbol"])] if shown["symbol"] else []
    lines += [_("Corrected: {text}", text=text) for text in (shown["correction"] or "").splitlines()]
    for item in payload["amendments"]:
        text = _("Amended by {code}") if item["counts"] else _("Not amended by {code}: not yet in force, or without a date")
        lines.append(text.format(code=item["code"]))
    if payload["targets"]:
        lines += ["", _("Targets"), *aligned(_target_cells(_, item) for item in payload["targets"])]
    if payload["tasks"]:
        lines += ["", _("Tasks"), *aligned(_task_cells(item) for item in payload["tasks"])]
    if payload["legal_basis"]:
        lines += ["", _("Legal basis")]
        for item in payload["legal_basis"]:
            ended = "  " + _("(no longer in force)") if item["in_force"] is False else ""
            lines.append(f"{item['symbol']}  {item['title']}{ended}")
    return lines


def _target_cells(_: Catalogue, item: dict[str, Any]) -> tuple[str, ...]:
    goals = "; ".join(f"{year}: {_goal(_, item, amount)}" for year, amount in item["goals"].items())
    indicator = item["indicator"]["code"] if item["indicator"] else "–"
    return (item["code"], indicator, goals or item["wording"] or "–", item["short_statement"])


def _goal(_: Catalogue, item: dict[str, Any], amount: str) -> str:
    from desktop_app.domain.entities import Comparator, IndicatorType
    from desktop_app.domain.notation import goal_figure

    indicator = item["indicator"] or {"unit": "", "measured_as": ""}
    comparator = None if indicator["measured_as"] == IndicatorType.MILESTONE else Comparator(item["comparator"])
    return goal_figure(_, comparator, Decimal(amount), indicator["unit"])


def _task_cells(item: dict[str, Any]) -> tuple[str, ...]:
    return (item["code"], item["due_text"] or item["due_on"] or "–", item["name"])
