"""Last year's workbook: a late correction arrives, this year's figures in it never replace last year's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop_app.domain.entities import Return, Value
from desktop_app.domain.merge import Merge, Policy
from desktop_app.services.collecting import CollectionResult, apply_collection, plan_collection
from desktop_app.services.issuing import issue
from desktop_app.services.session import Session

FIRST = {"HT01a": 100, "HT01b": 200, "NB06a": 300, "NB06b": 400}
NEXT = {"HT01a": 110, "HT01b": 220, "NB06a": 330, "NB06b": 440}


@pytest.fixture
def old(small_office: Session, tmp_path: Path) -> Path:
    """The workbook of 2016, issued to a unit."""
    return issued(small_office, "2016", tmp_path)


def issued(session: Session, period: str, folder: Path) -> Path:
    return issue(session, "KH", period, folder / period, unit_codes=["SXD"])[0].path


def filled(source: Path, target: Path, figures: dict[str, Any], note: str | None = None) -> Path:
    book = openpyxl.load_workbook(source)
    for row in book["Số liệu"].iter_rows():
        if row[0].value in figures:
            row[4].value = figures[row[0].value]
            row[5].value = note
    book.save(target)
    return target


def collect(session: Session, *paths: Path, policy: Policy = Policy.NONBLANK) -> CollectionResult:
    return apply_collection(session, plan_collection(session, paths, policy))


def amounts(session: Session, period: str = "2016") -> list[int | None]:
    found = {item.element_id: item.amount for item in session.gateway.list(Value, period=period)}
    return [found.get(session.element(code).id) for code in FIRST]


def told(result: CollectionResult, index: int = 0) -> list[str]:
    return [item.code for item in result.plan.files[index].issues if item.code != "form_partly_blank"]


def test_the_only_round_is_no_old_one(small_office: Session, old: Path, tmp_path: Path) -> None:
    assert told(collect(small_office, filled(old, tmp_path / "a.xlsx", FIRST))) == []
    again = collect(small_office, filled(old, tmp_path / "b.xlsx", NEXT))
    assert (told(again), amounts(small_office)) == ([], list(NEXT.values()))


def test_a_first_return_of_an_old_round_is_taken_and_warned_of(small_office: Session, old: Path, tmp_path: Path) -> None:
    issued(small_office, "2017", tmp_path)
    result = collect(small_office, filled(old, tmp_path / "a.xlsx", FIRST))
    assert (told(result), amounts(small_office)) == (["round_is_old"], list(FIRST.values()))
    (warning,) = [item for item in result.plan.files[0].issues if item.code == "round_is_old"]
    assert warning.params == {"period": "2016", "newer": "2017"}


def test_a_round_that_was_issued_to_others_alone_is_none_of_the_units(
    small_office: Session, old: Path, tmp_path: Path
) -> None:
    issue(small_office, "KH", "2017", tmp_path / "2017", unit_codes=["STC"])
    issue(small_office, "KH", "2017-Q1", tmp_path / "quarter", unit_codes=["SXD"])  # another form
    assert told(collect(small_office, filled(old, tmp_path / "a.xlsx", FIRST))) == []


@pytest.mark.parametrize("policy", [Policy.NONBLANK, Policy.BLANKS])
def test_an_old_workbook_that_was_filled_in_again_takes_nothing(
    small_office: Session, old: Path, tmp_path: Path, policy: Policy
) -> None:
    collect(small_office, filled(old, tmp_path / "a.xlsx", FIRST))
    issued(small_office, "2017", tmp_path)
    result = collect(small_office, filled(old, tmp_path / "b.xlsx", {**NEXT, "KP01a": 12.5}, "mới"), policy=policy)
    assert amounts(small_office) == list(FIRST.values())
    assert {item.note for item in small_office.gateway.list(Value)} == {None}
    assert small_office.gateway.list(Value, period="2016", element_id=small_office.element("KP01a").id) == []
    (item,) = result.plan.files
    assert told(result)[:2] == ["round_is_old", "round_filled_again"]
    assert told(result).count("round_of_which") == item.counts["conflict"] == 10
    assert {(change.kind, change.asked, change.after) for change in item.merged.changes if change.before is None} == {
        (Merge.CONFLICT, True, None)
    }
    (error,) = [found for found in item.issues if found.code == "round_filled_again"]
    assert error.params == {"period": "2016", "newer": "2017", "count": 5, "answered": 5}
    assert item.needs_attention


def test_the_file_as_it_is_means_the_file(small_office: Session, old: Path, tmp_path: Path) -> None:
    collect(small_office, filled(old, tmp_path / "a.xlsx", FIRST))
    issued(small_office, "2017", tmp_path)
    result = collect(small_office, filled(old, tmp_path / "b.xlsx", NEXT), policy=Policy.FILE)
    assert (told(result), amounts(small_office)) == (["round_is_old"], list(NEXT.values()))


def test_a_late_correction_arrives(small_office: Session, old: Path, tmp_path: Path) -> None:
    first = filled(old, tmp_path / "a.xlsx", FIRST)
    collect(small_office, first)
    issued(small_office, "2017", tmp_path)
    result = collect(small_office, filled(first, tmp_path / "b.xlsx", {"HT01a": 101}))
    assert (told(result), amounts(small_office)) == (["round_is_old"], [101, 200, 300, 400])


def test_half_of_the_figures_are_too_many(small_office: Session, old: Path, tmp_path: Path) -> None:
    first = filled(old, tmp_path / "a.xlsx", FIRST)
    collect(small_office, first)
    issued(small_office, "2017", tmp_path)
    result = collect(small_office, filled(first, tmp_path / "b.xlsx", {"HT01a": 101, "NB06a": 301}))
    assert "round_filled_again" in told(result)
    assert amounts(small_office) == list(FIRST.values())


def test_only_what_is_clear_and_differs_is_asked(small_office: Session, old: Path, tmp_path: Path) -> None:
    """Cells that say what the file holds stay out of it, and a cell that cannot be read keeps its own reason."""
    first = filled(old, tmp_path / "a.xlsx", FIRST)
    collect(small_office, first)
    issued(small_office, "2017", tmp_path)
    typed = {"HT01a": 101, "HT01b": 201, "NB06b": "vài cái"}
    result = collect(small_office, filled(first, tmp_path / "b.xlsx", typed))
    (item,) = result.plan.files
    cells = {found.place.item: found.code for found in item.issues if found.place.cell}
    assert [code for code, found in cells.items() if found == "round_of_which"] == ["HT01a", "HT01b"]
    assert cells["NB06b"] != "round_of_which"
    assert "NB06a" not in cells
    assert amounts(small_office) == list(FIRST.values())


def test_the_return_as_it_came_is_kept_once(small_office: Session, old: Path, tmp_path: Path) -> None:
    """Collecting the very file again after the new round says nothing worse than that it is known."""
    first = filled(old, tmp_path / "a.xlsx", FIRST)
    collect(small_office, first)
    issued(small_office, "2017", tmp_path)
    assert told(collect(small_office, first)) == ["round_is_old", "file_known"]
    assert len(small_office.gateway.list(Return)) == 1


def test_several_rounds_in_one_batch(small_office: Session, old: Path, tmp_path: Path) -> None:
    new = issued(small_office, "2017", tmp_path)
    result = collect(small_office, filled(old, tmp_path / "a.xlsx", FIRST), filled(new, tmp_path / "b.xlsx", NEXT))
    assert [told(result, index) for index in (0, 1)] == [["round_is_old"], []]
    assert (amounts(small_office), amounts(small_office, "2017")) == (list(FIRST.values()), list(NEXT.values()))


def test_what_the_right_workbook_of_the_batch_says_too_is_not_asked(
    small_office: Session, old: Path, tmp_path: Path
) -> None:
    """A system in use is no figure of a year: the workbook of this year, which comes first, says the same of it."""

    def with_system(path: Path) -> Path:
        book = openpyxl.load_workbook(path)
        row = next(row for row in book["Hệ thống"].iter_rows() if row[0].value == "QLVB")
        row[2].value = "đang sử dụng"
        book.save(path)
        return path

    collect(small_office, filled(old, tmp_path / "first.xlsx", FIRST))
    new = issued(small_office, "2017", tmp_path)
    right = with_system(filled(new, tmp_path / "a.xlsx", NEXT))
    result = collect(small_office, right, with_system(filled(old, tmp_path / "b.xlsx", NEXT)))
    asked = [item.place.item for item in result.plan.files[1].issues if item.code == "round_of_which"]
    assert asked == list(FIRST)
    assert result.plan.files[1].counts["conflict"] == len(FIRST)


NAMES = [
    ("SXD_KH-Y_2017.xlsx", False),
    ("sxd_kh-y_2017 (1).xlsx", False),
    ("SXD_KH-Y_2016.xlsx", True),
    ("STC_KH-Y_2017.xlsx", True),
    ("gửi 2017.xlsx", True),
]
"""Name of a workbook of 2016 → whether its figures are taken."""


@pytest.mark.parametrize(("name", "is_taken"), NAMES)
def test_an_old_workbook_under_the_name_of_the_new_one(
    small_office: Session, old: Path, tmp_path: Path, name: str, *, is_taken: bool
) -> None:
    """What differs is asked, even where nothing came for the old round."""
    issued(small_office, "2017", tmp_path)
    result = collect(small_office, filled(old, tmp_path / name, {"HT01a": 7}))
    assert ("named_like_newer" in told(result), amounts(small_office)[0]) == (not is_taken, 7 if is_taken else None)


@pytest.mark.parametrize(("name", "is_taken"), NAMES)
def test_a_late_correction_under_the_name_of_the_new_workbook(
    small_office: Session, old: Path, tmp_path: Path, name: str, *, is_taken: bool
) -> None:
    """What differs is asked, however little it is; who takes the file as it is has decided."""
    collect(small_office, filled(old, tmp_path / "a.xlsx", FIRST))
    issued(small_office, "2017", tmp_path)
    late = filled(old, tmp_path / name, {**FIRST, "HT01a": 110})
    result = collect(small_office, late)
    assert ("named_like_newer" in told(result), amounts(small_office)[0]) == (not is_taken, 110 if is_taken else 100)
    assert told(result).count("round_of_which") == (0 if is_taken else 1)
    assert "named_like_newer" not in told(collect(small_office, late, policy=Policy.FILE))
    assert amounts(small_office)[0] == 110
