"""The consolidated workbook: its figures are those of ``progress --json`` and of the data file."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from desktop_app.domain.entities import Value, ValueState
from desktop_app.domain.issues import UserError
from desktop_app.services.consolidated import write_consolidated
from desktop_app.services.issuing import issue
from desktop_app.services.progress import progress, to_json
from desktop_app.services.session import Session


def put(session: Session, unit: str, element: str, amount: int | None) -> None:
    state = ValueState.NOT_APPLICABLE if amount is None else ValueState.VALUE if amount else ValueState.ZERO
    with session.operation("value.set", source="form") as op:
        op.save(
            Value(
                unit_id=session.unit(unit).id,
                element_id=session.element(element).id,
                period="2017",
                state=state,
                amount=amount,
                note="=ghi chú" if amount == 3 else None,
            )
        )


@pytest.fixture
def answered(small_office: Session) -> Session:
    for unit, amounts in {"SXD": (80, 97), "STC": (3, 7), "SYT": (0, None)}.items():
        for element, amount in zip(("HT01a", "HT01b"), amounts, strict=True):
            put(small_office, unit, element, amount)
    put(small_office, "SXD", "DV09a", 8533)
    return small_office


def test_targets_equal_the_json(answered: Session, tmp_path: Path) -> None:
    out = tmp_path / "c.xlsx"
    write_consolidated(answered, "KH", "2017", out)
    sheet = openpyxl.load_workbook(out)["Chỉ tiêu"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    expected = to_json(progress(answered, "KH", "2017"))["targets"]
    assert len(rows) == len(expected) + 1
    for row, wanted in zip(rows[1:], expected, strict=True):
        for index, name in ((6, "value"), (7, "numerator"), (8, "denominator"), (10, "goal"), (15, "gap")):
            shown = None if row[index] is None else Decimal(str(row[index]))
            assert shown == (None if wanted[name] is None else Decimal(wanted[name])), (wanted["target"], name)
        assert [row[2], row[13], row[14]] == [wanted["target"], wanted["units_reported"], wanted["units_expected"]]
        assert (row[16] or "") == ", ".join(wanted["missing"])


def test_every_unit_stands_in_both_tables(answered: Session, tmp_path: Path) -> None:
    out = tmp_path / "c.xlsx"
    names = write_consolidated(answered, "KH", "2017", out)
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == names == ["Chỉ tiêu", "2017 KH", "Toàn bộ số liệu"]
    matrix = [[cell.value for cell in row] for row in book["2017 KH"].iter_rows()]
    column = matrix[0].index("HT01b (người)")
    assert [(row[0], row[column]) for row in matrix[2:]] == [("SXD", 97), ("STC", 7), ("SYT", "không phát sinh")]
    decimal = matrix[0].index("DV09a (%)")
    assert matrix[2][decimal] == 85.33
    long = [[cell.value for cell in row] for row in book["Toàn bộ số liệu"].iter_rows()]
    found = {(row[2], row[4]): row[7:] for row in long[1:]}
    assert found["STC", "HT01a"] == [3, "đơn vị báo cáo", "=ghi chú"]
    assert found["SYT", "HT01a"][0] == 0
    assert found["SYT", "NB06a"] == [None, "chưa báo cáo", None]
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_without_a_plan_every_round_is_written(answered: Session, tmp_path: Path) -> None:
    issue(answered, "KH", "2017", tmp_path / "out")
    assert write_consolidated(answered, None, None, tmp_path / "c.xlsx")[1] == "2017 KH"


def test_without_rounds_what_was_typed_is_written(answered: Session, tmp_path: Path) -> None:
    assert write_consolidated(answered, None, None, tmp_path / "c.xlsx")[1] == "2017 KH"


def test_the_same_figures_give_the_same_bytes(answered: Session, tmp_path: Path) -> None:
    out = tmp_path / "c.xlsx"
    write_consolidated(answered, "KH", "2017", out)
    write_consolidated(answered, "KH", "2017", out)
    put(answered, "STC", "NB06a", 5)
    with pytest.raises(UserError) as refusal:
        write_consolidated(answered, "KH", "2017", out)
    assert refusal.value.code == "file_exists"


def test_refusals(small_office: Session, tmp_path: Path) -> None:
    for plan, period, code in (
        (None, None, "nothing_to_export"),
        ("KH", "2017-13", "not_a_period"),
        ("NO", None, "unknown_code"),
    ):
        with pytest.raises(UserError) as refusal:
            write_consolidated(small_office, plan, period, tmp_path / "c.xlsx")
        assert refusal.value.code == code
