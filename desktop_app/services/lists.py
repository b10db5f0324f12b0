"""Lists that other programs read: units, systems, data elements, plans (product.md, JSON shapes)."""

from __future__ import annotations

from typing import Any

from desktop_app.domain.entities import Element, Plan, System, SystemCategory, Unit, UnitName, UnitSuccession
from desktop_app.services.session import Session
from desktop_app.text.dates import json_day


def unit_rows(session: Session) -> list[dict[str, Any]]:
    """Return every unit in official order, with what it followed and what followed it."""
    units = session.gateway.list(Unit)
    codes = {item.id: item.code for item in units}
    before: dict[int, list[str]] = {}
    after: dict[int, list[str]] = {}
    for link in session.gateway.list(UnitSuccession):
        before.setdefault(link.successor_id, []).append(codes[link.predecessor_id])
        after.setdefault(link.predecessor_id, []).append(codes[link.successor_id])
    names: dict[int, list[dict[str, str | None]]] = {}
    for earlier in session.gateway.list(UnitName):
        names.setdefault(earlier.unit_id, []).append({"name": earlier.name, "valid_to": json_day(earlier.valid_to)})
    return [
        {
            "code": item.code,
            "name": item.name,
            "short_name": item.short_name,
            "kind": str(item.kind),
            "level": str(item.level),
            "order": item.order_number,
            "root": item.is_root,
            "identifier": item.identifier,
            "identifier_illustrative": item.identifier_illustrative,
            "admin_code": item.admin_code,
            "valid_from": json_day(item.valid_from),
            "valid_to": json_day(item.valid_to),
            "earlier_names": names.get(item.id, []),
            "predecessors": before.get(item.id, []),
            "successors": after.get(item.id, []),
        }
        for item in units
    ]


def system_rows(session: Session) -> list[dict[str, Any]]:
    """Return every system in its official order."""
    categories = {item.id: item for item in session.gateway.list(SystemCategory)}
    return [
        {
            "code": item.code,
            "name": item.name,
            "category": categories[item.category_id].code,
            "category_name": categories[item.category_id].name,
            "owner": item.owner,
            "lifecycle": None if item.lifecycle is None else str(item.lifecycle),
            "scope": list(item.scope),
            "source_ids": list(item.source_ids),
        }
        for item in session.gateway.list(System)
    ]


def element_rows(session: Session) -> list[dict[str, Any]]:
    """Return every data element in the order of the forms."""
    return [
        {
            "code": item.code,
            "name": item.name,
            "kind": str(item.kind),
            "unit": item.unit,
            "measure": str(item.measure),
            "places": item.places,
            "periods": [str(kind) for kind in item.period_kinds],
            "section": item.section,
            "definition": item.definition,
            "source": item.source,
        }
        for item in session.gateway.list(Element)
    ]


def plan_rows(session: Session) -> list[dict[str, Any]]:
    """Return every plan, by first year and code."""
    plans = session.gateway.list(Plan, order_by=("start_year", "code"))
    codes = {item.id: item.code for item in plans}
    return [
        {
            "code": item.code,
            "title": item.title,
            "kind": str(item.kind),
            "start_year": item.start_year,
            "end_year": item.end_year,
            "symbol": item.symbol,
            "issued_on": json_day(item.issued_on),
            "parent": None if item.parent_id is None else codes[item.parent_id],
            "amends": None if item.amends_id is None else codes[item.amends_id],
            "source_ids": list(item.source_ids),
        }
        for item in plans
    ]
