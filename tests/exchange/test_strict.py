"""Strict Open XML in the usual names, so that openpyxl reads it."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from desktop_app.exchange.strict import in_usual_names
from tests.exchange.programs import Habits, saved_by


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active["B2"] = 0.4
    book.active["B2"].number_format = "0%"
    book.active["B3"] = date(2017, 5, 6)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_a_strict_workbook_is_read_by_openpyxl() -> None:
    strict = saved_by(Habits(strict=True, parts={"xl/media/image1.png": b"picture"}), _workbook())
    with pytest.warns(UserWarning, match="invalid specification"):
        assert openpyxl.load_workbook(io.BytesIO(strict)).sheetnames == []
    sheet = openpyxl.load_workbook(io.BytesIO(in_usual_names(strict))).active
    assert (sheet["B2"].value, sheet["B2"].number_format) == (0.4, "0%")


def test_a_usual_workbook_is_left_as_it_is() -> None:
    usual = _workbook()
    assert in_usual_names(usual) is usual
