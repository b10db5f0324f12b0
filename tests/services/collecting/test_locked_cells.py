"""What units change in cells that are not theirs, and in the hidden sheet: told, never obeyed, and never told by mistake."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop_app.domain.entities import Deployment, DeploymentStatus, Issuance, TaskReport, Value, ValueState
from desktop_app.exchange.layout import FIGURES_SHEET, HEADERS, LOCKED, SYSTEMS_SHEET, TASKS_SHEET, Column
from desktop_app.services.collecting import CollectionResult, apply_collection, plan_collection
from desktop_app.services.issuing import issue
from desktop_app.services.session import Session

Change = Callable[[Any], None]
FIRST = {FIGURES_SHEET: "DV09a", SYSTEMS_SHEET: "QLVB", TASKS_SHEET: "NV01"}
LOCKED_COLUMNS = [(sheet, column) for sheet, columns in LOCKED.items() for column in columns]


@pytest.fixture
def blank(small_office: Session, tmp_path: Path) -> dict[str, Path]:
    """Issued workbooks by unit; one figure of the year before stands in them."""
    with small_office.operation("values.set", source="form", count=1, period="2016") as operation:
        element = small_office.element("DV09a").id
        for code in ("SXD", "STC"):
            unit = small_office.unit(code).id
            value = Value(unit_id=unit, element_id=element, period="2016", state=ValueState.VALUE, amount=8550)
            operation.save(value)
    return {item.unit.code: item.path for item in issue(small_office, "KH", "2017", tmp_path / "issued")}


def cell(book: Any, sheet: str, code: str, column: Column) -> Any:
    """Return the cell of a code and column."""
    headers = [found.value for found in book[sheet][1]]
    row = next(row for row in book[sheet].iter_rows() if row[0].value == code)
    return row[headers.index(HEADERS[sheet][column])]


def sent(blank: Path, target: Path, change: Change) -> Path:
    """Save a workbook in which one cell of each sheet is filled in, and something else is changed."""
    book = openpyxl.load_workbook(blank)
    cell(book, FIGURES_SHEET, "DV09a", Column.CURRENT).value = 90
    cell(book, SYSTEMS_SHEET, "QLVB", Column.STATUS).value = "Đang triển khai"
    cell(book, TASKS_SHEET, "NV01", Column.PERCENT).value = 40
    change(book)
    book.save(target)
    return target


def collect(session: Session, *paths: Path) -> CollectionResult:
    return apply_collection(session, plan_collection(session, paths))


def told(result: CollectionResult) -> list[tuple[str, str, str]]:
    (file,) = result.plan.files
    return [(found.code, found.place.sheet, found.place.cell) for found in file.issues if found.code != "form_partly_blank"]


def everything_arrived(session: Session) -> bool:
    (figure,) = session.gateway.list(Value, period="2017")
    (deployment,) = session.gateway.list(Deployment)
    (report,) = session.gateway.list(TaskReport)
    return (figure.amount, deployment.status, report.percent) == (9000, DeploymentStatus.IN_PROGRESS, 40)


@pytest.mark.parametrize("typed", ["Nội dung khác", 12345, None], ids=["text", "number", "emptied"])
@pytest.mark.parametrize("place", LOCKED_COLUMNS, ids=lambda place: f"{place[0]}-{place[1]}")
def test_every_locked_column_is_told_and_not_obeyed(
    small_office: Session, blank: dict[str, Path], tmp_path: Path, place: tuple[str, Column], typed: object
) -> None:
    sheet, column = place
    places: list[str] = []

    def change(book: Any) -> None:
        found = cell(book, sheet, FIRST[sheet], column)
        assert found.value not in (None, typed)
        assert found.protection.locked
        found.value = typed
        places.append(found.coordinate)

    names = [item.name for item in (small_office.element("DV09a"), small_office.system("QLVB"))]
    result = collect(small_office, sent(blank["SXD"], tmp_path / "r.xlsx", change))
    assert told(result) == [("locked_cell_edited", sheet, places[0])]
    shown = {issue.params["shown"] for issue in result.plan.files[0].issues if issue.code == "locked_cell_edited"}
    assert shown == {"–" if typed is None else "12.345" if typed == 12345 else typed}
    assert everything_arrived(small_office)
    assert [item.name for item in (small_office.element("DV09a"), small_office.system("QLVB"))] == names
    assert [item.amount for item in small_office.gateway.list(Value, period="2016")] == [8550, 8550]


def _nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _spaced(text: str) -> str:
    return "  " + text.replace(" ", " \xa0 ") + " \n"


def _odd(text: str) -> str:
    return text.replace(" ", "\u2003\u200b") + "\ufeff"


@pytest.mark.parametrize("retype", [_nfd, _spaced, _odd, str], ids=["decomposed", "other spaces", "zero width", "same"])
def test_locked_texts_typed_again_are_no_change(
    small_office: Session, blank: dict[str, Path], tmp_path: Path, retype: Callable[[str], str]
) -> None:
    def change(book: Any) -> None:
        for sheet, column in LOCKED_COLUMNS:
            found = cell(book, sheet, FIRST[sheet], column)
            if isinstance(found.value, str):
                found.value = retype(found.value)

    assert told(collect(small_office, sent(blank["SXD"], tmp_path / "r.xlsx", change))) == []
    assert everything_arrived(small_office)


def _set_meta(book: Any, **parts: str) -> None:
    for row in book["_meta"].iter_rows():
        if row[0].value in parts:
            row[1].value = parts.pop(row[0].value)
    assert not parts


def _meta(path: Path, name: str) -> str:
    found = {row[0].value: row[1].value for row in openpyxl.load_workbook(path)["_meta"].iter_rows()}
    return str(found[name])


def _other_digest(book: Any, blank: dict[str, Path]) -> None:
    _set_meta(book, digest=_meta(blank["STC"], "digest"))


def _no_digest(book: Any, _blank: dict[str, Path]) -> None:
    _set_meta(book, digest="0" * 64)


def _other_values(book: Any, _blank: dict[str, Path]) -> None:
    _set_meta(book, **{"values.1": '{"figure/DV09a/value":["value",9000,null]}'})


def _other_locked(book: Any, _blank: dict[str, Path]) -> None:
    _set_meta(book, **{"locked.1": "{}"})


def _other_time(book: Any, _blank: dict[str, Path]) -> None:
    _set_meta(book, issued_at="2017-01-01T00:00:00Z")


FORGERIES = (_other_digest, _no_digest, _other_values, _other_locked, _other_time)


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__.strip("_"))
def test_a_hidden_sheet_that_was_edited_is_told_and_the_kept_issue_counts(
    small_office: Session, blank: dict[str, Path], tmp_path: Path, forge: Callable[[Any, dict[str, Path]], None]
) -> None:
    path = sent(blank["SXD"], tmp_path / "r.xlsx", lambda book: forge(book, blank))
    assert "meta_altered" in [code for code, _sheet, _cell in told(collect(small_office, path))]
    assert everything_arrived(small_office), "the values at issue come from the file's own issue, not from the workbook"


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__.strip("_"))
def test_without_the_kept_issue_only_a_sound_digest_is_believed(
    small_office: Session, blank: dict[str, Path], tmp_path: Path, forge: Callable[[Any, dict[str, Path]], None]
) -> None:
    with small_office.operation("values.set", source="form", count=1, period="2017") as operation:
        operation.delete_many(small_office.gateway.list(Issuance))
    forged = plan_collection(small_office, [sent(blank["SXD"], tmp_path / "r.xlsx", lambda book: forge(book, blank))])
    assert [(item.refused, item.issues[-1].code) for item in forged.files] == [(True, "return_issue_unknown")]
    sound = collect(small_office, sent(blank["SXD"], tmp_path / "s.xlsx", lambda _book: None))
    assert [code for code, _sheet, _cell in told(sound)] == ["issue_not_kept"]
    assert everything_arrived(small_office)


def test_of_rows_that_are_mixed_up_it_is_told_once(small_office: Session, blank: dict[str, Path], tmp_path: Path) -> None:
    """The column Mã sorted alone changes every locked cell of every row; that the row is mixed up says it all."""

    def swap(book: Any) -> None:
        first, second = (cell(book, FIGURES_SHEET, code, Column.CODE) for code in ("DV09a", "HT01b"))
        cell(book, FIGURES_SHEET, "HT01b", Column.CURRENT).value = 7
        first.value, second.value = second.value, first.value
        cell(book, FIGURES_SHEET, "HT01a", Column.MEASURE_UNIT).value = "máy"

    result = collect(small_office, sent(blank["SXD"], tmp_path / "a.xlsx", swap))
    codes = [code for code, _sheet, _cell in told(result)]
    assert codes.count("row_mixed") == 2
    assert codes.count("locked_cell_edited") == 1
