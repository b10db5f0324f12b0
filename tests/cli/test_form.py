"""``form issue``, ``form collect`` and ``export`` from the command line: JSON, sentences, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_app.cli.app import run
from desktop_app.exchange.filling import Entry, fill
from desktop_app.exchange.layout import FIGURES_SHEET, Column


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A file of the sample and the workbooks of one unit."""
    folder = tmp_path_factory.mktemp("form")
    file = folder / "a.skh"
    assert run(["new", str(file), "--sample", "thanh-hoa-2016"]) == 0
    words = ["form", "issue", str(file), "--plan", "TH-2016-2020", "--period", "2017", "--out", str(folder / "out")]
    assert run([*words, "--unit", "SXD"]) == 0
    return file, folder / "out" / "SXD_TH-2016-2020-Y_2017.xlsx"


def call(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict]:
    capsys.readouterr()
    code = run([*map(str, words), "--json"])
    return code, json.loads(capsys.readouterr().out)


def filled(path: Path, target: Path, **values: object) -> Path:
    target.write_bytes(
        fill(path.read_bytes(), {Entry(FIGURES_SHEET, code, Column.CURRENT): value for code, value in values.items()})
    )
    return target


def test_issue_names_its_files(issued: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, workbook = issued
    words = ("form", "issue", file, "--plan", "TH-2016-2020", "--period", "2017", "--unit", "sxd", "--out")
    code, shape = call(capsys, *words, tmp_path / "o")
    assert code == 0
    (found,) = shape["files"]
    assert set(found) == {"unit", "path", "issue_id"}
    assert Path(found["path"]).read_bytes() == workbook.read_bytes()
    Path(found["path"]).write_bytes(b"other")
    code, shape = call(capsys, *words, tmp_path / "o")
    assert (code, shape["error"]["code"]) == (1, "file_exists")
    assert call(capsys, *words[:-3], "--out", tmp_path / "p", "--unit", "NOBODY")[0] == 2
    assert run(["form", "issue", str(file), "--plan", "TH-2016-2020", "--period", "2017-13", "--out", "x"]) == 2


def test_preview_apply_and_again(issued: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, workbook = issued
    path = filled(workbook, tmp_path / "r.xlsx", HT01a=10, HT01b=12)
    code, preview = call(capsys, "form", "collect", file, path)
    assert (code, preview["applied"], preview["operation"]) == (0, False, None)
    assert preview["files"][0]["counts"]["new"] == 2
    code, refused = call(capsys, "form", "collect", file, path, "--apply", "--expect", "0" * 64)
    assert (code, refused["error"]["code"]) == (1, "collection_changed")
    code, applied = call(capsys, "form", "collect", file, path, "--apply", "--expect", preview["digest"])
    assert (code, applied["applied"]) == (0, True)
    assert applied["operation"]
    code, again = call(capsys, "form", "collect", file, path, "--apply")
    assert (code, again["operation"]) == (0, None)
    (state,) = again["rounds"]
    assert (state["form"], state["period"], state["received"]) == ("TH-2016-2020-Y", "2017", 1)
    assert len(state["missing"]) == state["expected"] - 1 == len(again["missing"])


def test_problems_make_exit_code_one(issued: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, workbook = issued
    path = filled(workbook, tmp_path / "r.xlsx", NB06a="nhiều")
    (tmp_path / "thư.docx").write_bytes(b"text")
    code, shape = call(capsys, "form", "collect", file, path, tmp_path / "thư.docx")
    assert code == 1
    assert [item["status"] for item in shape["files"]] == ["read", "refused"]
    capsys.readouterr()
    assert run(["form", "collect", str(file), str(path)]) == 1
    shown = capsys.readouterr().out
    assert "không đọc được" in shown
    assert "Số liệu E" in shown
    assert "--apply --expect" in shown
    assert run(["form", "collect", str(file), str(tmp_path / "missing.xlsx")]) == 2


def test_export(issued: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, _workbook = issued
    code, shape = call(capsys, "export", file, "--what", "consolidated", "--out", tmp_path / "c.xlsx")
    assert code == 0
    assert shape["sheets"][0] == "Chỉ tiêu"
    assert (tmp_path / "c.xlsx").exists()
    assert call(capsys, "export", file, "--out", tmp_path / "e.xlsx")[1]["what"] == "consolidated"
    assert call(capsys, "export", file, "--what", "nothing", "--out", tmp_path / "d.xlsx")[0] == 2
