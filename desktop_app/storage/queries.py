"""Read models that are too large for the gateway: whole columns of values, packed by SQL.

Nothing is added up here: the roll-up lives in :mod:`desktop_app.domain.indicators` alone, and SQL only fetches. Packing pays
because one row per element and period crosses into Python instead of one per value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from json import dumps, loads

from desktop_app.domain.entities import ValueState
from desktop_app.domain.indicators import Column, Exceptional
from desktop_app.storage.gateway import Gateway
from desktop_app.storage.refusals import speaking

Columns = dict[tuple[int, str], Column]
_CHOSEN = (
    "WHERE period IN (SELECT value FROM json_each(:periods)) AND element_id IN (SELECT value FROM json_each(:elements))"
)
_PACKED = (
    "SELECT element_id, period, json_group_array(unit_id), json_group_array(ifnull(amount, 0)) "
    f"FROM value {_CHOSEN} GROUP BY period, element_id"
)
_EXCEPTIONS = (
    "SELECT element_id, period, unit_id, state, text, note "
    f"FROM value INDEXED BY ix_value_exception {_CHOSEN} AND (amount IS NULL OR note IS NOT NULL)"
)
_STATES = {str(state): state for state in ValueState}


def value_columns(gateway: Gateway, wanted: Mapping[int, Iterable[str]]) -> Columns:
    """Return stored values as columns by (element id, period).

    Args:
        gateway: of the open file.
        wanted: the periods to read, by element id.

    Returns:
        A column for each element and period that anybody answered.
    """
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for element_id, codes in wanted.items():
        alike[tuple(sorted(set(codes)))].append(element_id)
    found: Columns = {}
    for codes, element_ids in alike.items():
        found |= _columns(gateway, element_ids, codes)
    return found


def _columns(gateway: Gateway, element_ids: list[int], codes: tuple[str, ...]) -> Columns:
    chosen = {"periods": dumps(codes), "elements": dumps(element_ids)}
    with speaking(gateway.path):
        packed = gateway.connection.execute(_PACKED, chosen).fetchall()
        rest = gateway.connection.execute(_EXCEPTIONS, chosen).fetchall()
    exceptions: dict[tuple[int, str], dict[int, Exceptional]] = defaultdict(dict)
    for element_id, period, unit_id, state, text, note in rest:
        exceptions[element_id, period][unit_id] = Exceptional(_STATES[state], text, note)
    known: dict[str, tuple[int, ...]] = {}  # most columns hold the same units
    found: Columns = {}
    for element_id, period, units, amounts in packed:
        if units not in known:
            known[units] = tuple(loads(units))
        key = (element_id, period)
        found[key] = Column(known[units], loads(amounts), exceptions.get(key, {}))
    return found
