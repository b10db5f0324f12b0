"""``round show``: where the units of a round stand, for people, for programs and as a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop_app.exchange.layout import FIGURES_SHEET, Column
from desktop_app.exchange.writing.filling import Entry, fill

WHERE = ("--plan", "TH-2016-2020", "--period", "2017")


@pytest.fixture
def returned(sample_path: Path, tmp_path: Path, cli: Any) -> Path:
    """The sample with the workbooks of two units written, one of which came back with a cell that cannot be read."""
    for unit in ("SXD", "STP"):
        assert cli("form", "issue", sample_path, *WHERE, "--out", tmp_path / "o", "--unit", unit).code == 0
    path = tmp_path / "r.xlsx"
    issued = (tmp_path / "o" / "SXD_TH-2016-2020-Y_2017.xlsx").read_bytes()
    answers = {Entry(FIGURES_SHEET, code, Column.CURRENT): value for code, value in (("HT01a", 5), ("NB06a", "nhiều"))}
    path.write_bytes(fill(issued, answers))
    assert cli("form", "collect", sample_path, path, "--apply").code == 1
    return sample_path


def test_programs_get_every_unit(returned: Path, cli: Any) -> None:
    found = cli("round", "show", returned, *WHERE, "--json")
    assert found.code == 0
    shape = found.json
    assert shape["path"] is None
    assert (shape["round"]["form"], shape["round"]["expected"], shape["round"]["received"]) == ("TH-2016-2020-Y", 48, 1)
    units = {item["code"]: item for item in shape["units"]}
    assert len(units) == 48
    assert (units["SXD"]["standing"], units["SXD"]["file"], units["SXD"]["open_questions"]) == ("has_issues", "r.xlsx", 1)
    assert units["STP"]["standing"] == "late"
    assert units["STP"]["days_late"] > 0
    assert (units["SYT"]["standing"], units["SYT"]["issued_at"]) == ("not_issued", None)
    assert set(units["SYT"]) >= {"name", "contact", "phone", "email", "due_on"}


def test_people_get_a_line_per_unit(returned: Path, cli: Any) -> None:
    lines = cli("round", "show", returned, *WHERE).out.splitlines()
    assert "hạn nộp 14/12/2017" in lines[0]
    assert len(lines) == 48 + 3
    (line,) = [line for line in lines if line.startswith("SXD ")]
    assert "đã gửi, còn điểm cần làm rõ (1)" in line
    assert lines[-1] == "1/48 đơn vị đã gửi; 47 đơn vị cần nhắc."
    late = cli("round", "show", returned, *WHERE, "--late").out.splitlines()
    assert not [line for line in late if line.startswith("SXD ")]
    assert len(late) == 47 + 3


def test_a_table_to_telephone_by(returned: Path, tmp_path: Path, cli: Any) -> None:
    out = tmp_path / "t.xlsx"
    found = cli("round", "show", returned, *WHERE, "--late", "--out", out, "--json")
    assert (found.code, found.json["path"]) == (0, str(out))
    rows = list(openpyxl.load_workbook(out).worksheets[0].iter_rows(values_only=True))
    assert rows[0][:3] == ("Mã đơn vị", "Đơn vị", "Đầu mối liên hệ")
    assert len(rows) == 1 + 47
    assert cli("round", "show", returned, *WHERE, "--late", "--out", out).out.splitlines()[-1].endswith("t.xlsx.")
    refused = cli("round", "show", returned, *WHERE, "--out", out, "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "file_exists")


def test_unknown_rounds_are_told(sample_path: Path, cli: Any) -> None:
    assert cli("round", "show", sample_path, "--plan", "NO", "--period", "2017").code == 2
    assert cli("round", "show", sample_path, "--plan", "TH-2016-2020", "--period", "2017-13").code == 2
