"""A child that was taken over: whatever of its answers is taken can be planned, told and listed, and ends nothing."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.merge import Policy
from desktop_app.exchange.child import client
from desktop_app.exchange.child.replies import Malformed, parse_answer
from desktop_app.exchange.child.server import answer
from desktop_app.exchange.layout import FIGURES_SHEET, SYSTEMS_SHEET, TASKS_SHEET, Column
from desktop_app.exchange.scanning.found_files import FoundFile
from desktop_app.exchange.writing.filling import Entry, fill
from desktop_app.services.collecting import CollectionResult, plan_collection, to_json
from desktop_app.services.collecting.problems import problems_workbook
from desktop_app.services.issuing import issue
from desktop_app.services.session import Session
from desktop_app.text.catalogue import Catalogue, Language

ANSWERS = {
    Entry(FIGURES_SHEET, "HT01a", Column.CURRENT): 121,
    Entry(FIGURES_SHEET, "HT01a", Column.NOTE): "Tăng do tuyển mới",
    Entry(FIGURES_SHEET, "NB06a", Column.CURRENT): "khoảng 5",
    Entry(SYSTEMS_SHEET, "QLVB", Column.STATUS): "Đang sử dụng",
    Entry(TASKS_SHEET, "NV01", Column.PERCENT): 40,
}
INSTEAD: list[Any] = [
    *(None, True, 0, -1, 1.5, 2**62, 1e300, "", "A", "HT01a", "x" * 400, "1.234", "\0", "Số liệu", "current", "E5", [], {}),
    *({"day": "9999-12-31"}, {"error": "#"}, {"uncalculated": True}, {"twice": [1, 2]}, {"misplaced": "3"}, {"pasted": -4}),
    *({"merged": "A1:B2"}, {"mixed": "HT01a", "code": "HT01b"}, {"repeated": 3}, {"a": 1}),
    {"old": "§Æt", "font": ".VnTime", "readings": ["Đặt", "x"], "asked": True},
    ["row_missing", {"code": "A"}, "", "", ""],
    ["row_missing", {"code": ["A"]}, "", "", ""],
]


def places(part: Any, here: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Give the way to everything in an answer."""
    found = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for name, inner in found:
        yield (*here, name)
        yield from places(inner, (*here, name))


def spoilt(honest: dict[str, Any], dice: random.Random) -> bytes:
    """Return an answer in which one thing is another, is gone, or stands there twice."""
    made = copy.deepcopy(honest)
    *way, last = dice.choice(list(places(honest)))
    part: Any = made
    for step in way:
        part = part[step]
    manner = dice.random()
    if manner < 0.7:
        part[last] = copy.deepcopy(dice.choice(INSTEAD))
    elif isinstance(part, list):
        part.append(copy.deepcopy(dice.choice([*INSTEAD, *part])))
    else:
        del part[last]
    return json.dumps(made, ensure_ascii=False).encode()


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_taken_of_a_child_is_planned_and_told(
    small_office: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    issued = issue(small_office, "KH", "2017", tmp_path / "issued", unit_codes=["SXD"])[0].path
    honest = json.loads(json.dumps(answer(fill(issued.read_bytes(), ANSWERS)), default=vars))
    dice = random.Random(seed)
    taken = []
    for number in range(150):
        try:
            form, refused, _retires = parse_answer(spoilt(honest, dice))
        except Malformed:
            continue
        taken.append(client.ReadFile(FoundFile(f"{number}.xlsx", str(number).encode()), form, refused))
    assert len(taken) > 20
    monkeypatch.setattr(client, "read_files", lambda _files: (item for item in taken))
    plan = plan_collection(small_office, [issued], Policy.NONBLANK)
    assert len(plan.files) == len(taken)
    for language in Language:
        to_json(CollectionResult(plan, applied=False), Catalogue(language))
    assert problems_workbook(small_office, plan) is not None
