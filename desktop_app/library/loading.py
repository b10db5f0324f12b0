"""Loads the catalogue, the shipped plans and the samples as entities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from desktop_app.domain.entities import PeriodKind
from desktop_app.domain.issues import Issue, UserError
from desktop_app.library.building import Draft, build
from desktop_app.library.reading import names, read_csv, read_toml
from desktop_app.library.shipped import Sample, Shipped

CATALOGUE = "resources/catalogue"
PLANS = "resources/plans"
SAMPLES = "resources/samples"
UNITS = "resources/units"
DATA_VERSION = "1"
"""Version of the bundled data; a file keeps the version that it was made from."""

_PARTS = {
    "basis": "plan_basis",
    "actor": "plan_actor",
    "area": "area",
    "section": "plan_section",
    "target": "target",
    "task": "task",
    "budget": "plan_budget",
}
"""Tables of a plan file → entities."""
_NUMBERED = {"plan_basis", "plan_actor", "area", "target", "task", "plan_budget"}


def samples() -> list[Sample]:
    """Return the samples, sorted by name.

    Raises:
        UserError: ``library_damaged``.
    """
    issues: list[Issue] = []
    found = []
    for name in names(SAMPLES, ".toml"):
        table = read_toml(name, issues)
        if table:
            found.append(Sample(name=str(table["name"]), title=str(table["title"])))
    refuse(issues)
    return found


def load_sample(name: str) -> Shipped:
    """Return everything that a new file made from a sample holds.

    Args:
        name: as in :func:`samples`.

    Raises:
        UserError: ``unknown_sample``, or ``library_damaged`` when a bundled file has problems.
    """
    known = [item.name for item in samples()]
    if name not in known:
        raise UserError("unknown_sample", name=name, known=", ".join(known))
    issues: list[Issue] = []
    shipped = read_sample(name, issues)
    refuse(issues)
    return shipped


def load_empty() -> Shipped:
    """Return what a file that is made from no sample holds: the catalogue and a root unit to be renamed.

    Raises:
        UserError: ``library_damaged``.
    """
    issues: list[Issue] = []
    groups, found = build([*_catalogue(issues), *_units({"units": ["root"]}, "", issues)])
    refuse([*issues, *found])
    return Shipped(name="", title="", regime="nd09", illustrative=False, groups=groups)


def read_sample(name: str, issues: list[Issue]) -> Shipped:
    """Return a sample as far as it can be read, adding every problem to ``issues``."""
    file = f"{SAMPLES}/{name}.toml"
    table = read_toml(file, issues)
    drafts = [*_catalogue(issues), *_units(table, file, issues)]
    kinds = {draft.code: draft.fields.get("period_kinds", ()) for draft in drafts if draft.entity == "indicator"}
    lead_units = {(item["plan"], item["task"]): item["unit"] for item in table.get("lead", ())}
    for plan in table.get("plans", ()):
        drafts.extend(_plan(f"{PLANS}/{plan}.toml", kinds, lead_units, issues))
    drafts.extend(
        Draft("task_money", _without(item, "plan"), file, str(item.get("plan", ""))) for item in _many(table, "money")
    )
    groups, found = build(drafts)
    issues.extend(found)
    return Shipped(
        name=name,
        title=str(table.get("title", "")),
        regime=str(table.get("regime", "nd09")),
        illustrative=bool(table.get("illustrative", False)),
        groups=groups,
    )


def refuse(issues: list[Issue]) -> None:
    """End the action when bundled data has problems: the installation is damaged.

    Raises:
        UserError: ``library_damaged``.
    """
    if issues:
        first = issues[0]
        where = " ".join(part for part in (first.place.file, first.place.item) if part)
        raise UserError("library_damaged", count=len(issues), where=where, problem=first.code)


def _many(table: Mapping[str, Any], key: str) -> Iterable[dict[str, Any]]:
    found: Iterable[dict[str, Any]] = table.get(key, ())
    return found


def _without(fields: Mapping[str, Any], *left_out: str) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in left_out}


def _catalogue(issues: list[Issue]) -> list[Draft]:
    """Return the drafts of every file of the catalogue; a table's name is the entity's."""
    drafts = []
    for file in names(CATALOGUE, ".toml"):
        for entity, rows in read_toml(file, issues).items():
            for number, row in enumerate(rows, start=1):
                order = {"order_number": number} if entity not in {"legal_document", "system_link"} else {}
                drafts.append(Draft(entity, {**order, **row}, file))
    return drafts


def _units(table: Mapping[str, Any], file: str, issues: list[Issue]) -> list[Draft]:
    drafts = []
    for name in table.get("units", ()):
        source = f"{UNITS}/{name}.csv"
        for number, row in enumerate(read_csv(source, issues), start=1):
            drafts.append(Draft("unit", {"order_number": number, **row}, source))
    drafts.extend(Draft("unit_name", row, file) for row in _many(table, "unit_name"))
    drafts.extend(Draft("unit_succession", row, file) for row in _many(table, "unit_succession"))
    drafts.extend(Draft("person", row, file) for row in _many(table, "person"))
    return drafts


def _plan(
    file: str,
    kinds: Mapping[str | None, Iterable[str]],
    lead_units: Mapping[tuple[str, str], str],
    issues: list[Issue],
) -> list[Draft]:
    """Return the drafts of one plan file, its forms included."""
    table = read_toml(file, issues)
    if "plan" not in table:
        return []
    code = str(table["plan"].get("code", ""))
    drafts = [
        Draft("plan", {"origin": file.rpartition("/")[2], "origin_version": DATA_VERSION, **table["plan"]}, file, code)
    ]
    for part, entity in _PARTS.items():
        for number, row in enumerate(_many(table, part), start=1):
            order = {"order_number": number} if entity in _NUMBERED else {}
            fields = {**order, "plan": code, **_without(row, "goals")}
            if entity == "task" and (code, row.get("code")) in lead_units:
                fields["lead_unit"] = lead_units[code, row["code"]]
            drafts.append(Draft(entity, fields, file, code))
            for year, amount in row.get("goals", {}).items():
                drafts.append(Draft("goal", {"target": row.get("code"), "year": year, "amount": amount}, file, code))
    return [*drafts, *_forms(table, code, file, kinds)]


def _forms(table: Mapping[str, Any], code: str, file: str, kinds: Mapping[str | None, Iterable[str]]) -> list[Draft]:
    """Return one form per kind of period that the plan's indicators are asked for; a plan of tasks alone is asked yearly."""
    asked = {kind for target in _many(table, "target") for kind in kinds.get(target.get("indicator"), ())}
    if not asked and (table.get("task") or table.get("target")):
        asked = {PeriodKind.YEAR}
    return [
        Draft("form", {"plan": code, "code": f"{code}-{kind}", "period_kind": kind}, file, code)
        for kind in PeriodKind
        if kind in asked
    ]
