"""A collection as people read it: a line per file, the same said once, a summary."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop_app.cli.collected import collection_lines
from desktop_app.domain.issues import Issue, Place
from desktop_app.domain.merge import Policy
from desktop_app.services.collecting.plan import CollectionPlan, CollectionResult, FilePlan, RoundState
from desktop_app.text.catalogue import Catalogue, Language

EN = Catalogue(Language.EN)


def issue(code: str, cell: str = "", sheet: str = "Số liệu", **params: Any) -> Issue:
    return Issue(code, params, Place("", sheet if cell else "", cell, "SXD", "HT01a"))


def file(name: str, *issues: Issue, refused: bool = False) -> FilePlan:
    return FilePlan(name, "0" * 64, b"", refused=refused, issues=issues)


def lines(*files: FilePlan, paths: tuple[Path, ...] = ()) -> list[str]:
    result = CollectionResult(CollectionPlan(Policy.NONBLANK, files, (), "d", 0), applied=False)
    return list(collection_lines(result, paths, EN))


def beneath(*files: FilePlan) -> list[str]:
    return [line.strip() for line in lines(*files) if line.startswith("    ")]


def test_the_same_words_of_many_cells_are_one_line():
    told = [issue("figure_unreadable", f"E{number}", typed="?") for number in range(3, 18)]
    (line,) = beneath(file("a.xlsx", *told, issue("form_partly_blank", blank=1, count=2)))[:1]
    assert line.startswith("Số liệu E3, E4, E5, E6, E7, E8, E9, E10, E11, E12, E13, E14 … (+3): “?”")
    assert beneath(file("a.xlsx", *told, issue("form_partly_blank", blank=1, count=2)))[1].startswith("1/2 figures")


def test_of_few_files_every_cell_is_told():
    told = [issue("figure_unreadable", f"E{number}", typed=str(number)) for number in range(10)]
    assert len(beneath(file("a.xlsx", *told))) == 10


def test_of_many_files_the_first_of_a_kind_are_told_and_the_others_named():
    told = [issue("figure_unreadable", f"E{number}", typed=str(number)) for number in range(10)]
    found = beneath(file("a.xlsx", *told), *(file(f"{number}.xlsx") for number in range(5)))
    assert len(found) == 4
    assert found[3] == "Số liệu E3, E4, E5, E6, E7, E8, E9: 7 more of the same kind."
    found = beneath(file("a.xlsx", *told[:4]), *(file(f"{number}.xlsx") for number in range(5)))
    assert (len(found), found[3].startswith("Số liệu E3: “3”")) == (4, True)


def test_of_many_files_what_is_only_worth_knowing_is_told_once():
    files = [file(f"{number}.xlsx", issue("form_partly_blank", blank=number, count=9)) for number in range(1, 9)]
    files.append(file("m.xlsx", issue("identity_from_line")))
    found = lines(*files)
    assert found[0].startswith("✓ 1.xlsx")
    assert not beneath(*files)
    assert [line for line in found if line.startswith("i ")] == [
        "i 8 files: some figures of the form are not answered yet.",
        "i m.xlsx: " + issue("identity_from_line").text(EN),
    ]
    again = lines(*(file(f"{number}.xlsx", issue("identity_from_line")) for number in range(8)))
    assert "i 8 files: " + issue("identity_from_line").text(EN) in again


def test_two_hundred_files_stay_readable():
    files = [
        file(f"{number}.xlsx", *(issue("figure_unreadable", f"E{cell}", typed=f"{cell}?") for cell in range(number % 40)))
        for number in range(200)
    ]
    assert len(lines(*files)) < 200 * 5 + 5


def test_the_last_lines_count():
    files = (file("a.xlsx"), file("b.xlsx", issue("file_empty"), refused=True))
    rounds = (RoundState("KH-Y", "2017", 3, 1, ("SYT", "STC"), ("Sở Y tế", "Sở Tài chính")),)
    result = CollectionResult(CollectionPlan(Policy.NONBLANK, files, rounds, "d", 0), applied=True)
    found = list(collection_lines(result, (), EN))
    assert found[-2] == "1 file read · 1 refused · 2 units have sent nothing"


@pytest.mark.parametrize(
    ("paths", "shown"),
    [
        (("gửi",), "zip/x/a.xlsx"),
        (("gửi/zip",), "x/a.xlsx"),
        (("gửi", "khác"), "gửi/zip/x/a.xlsx"),
        (("gửi/zip/x/a.xlsx",), "a.xlsx"),
        (("khác",), "gửi/zip/x/a.xlsx"),
    ],
)
def test_files_are_shown_below_what_was_named(paths: tuple[str, ...], shown: str):
    name = str(Path("gửi/zip/x/a.xlsx"))
    (line, *_rest) = lines(file(name), paths=tuple(Path(path) for path in paths))
    assert line.startswith(f"✓ {Path(shown)}:")
