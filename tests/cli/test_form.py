"""``form issue``, ``form collect`` and ``export`` from the command line: JSON, sentences, exit codes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop_app.cli.app import run
from desktop_app.cli.collected import collection_lines
from desktop_app.domain.merge import Policy
from desktop_app.exchange.layout import FIGURES_SHEET, Column
from desktop_app.exchange.writing.filling import Entry, fill
from desktop_app.services.collecting.plan import CollectionPlan, CollectionResult, RoundState
from desktop_app.text.catalogue import Catalogue, Language


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


def lines(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, list[str]]:
    capsys.readouterr()
    code = run([*map(str, words)])
    return code, capsys.readouterr().out.splitlines()


def changed(source: Path, target: Path, change: Callable[[Any], None]) -> Path:
    """Save a copy of a workbook in which something was changed that units should leave alone."""
    book = openpyxl.load_workbook(source)
    change(book)
    target.parent.mkdir(exist_ok=True)
    book.save(target)
    return target


def test_issuing_outside_of_the_plan_is_told(
    issued: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, _workbook = issued
    words = ["form", "issue", str(file), "--plan", "TH-2016-2020", "--unit", "SXD", "--out", str(tmp_path), "--period"]
    assert call(capsys, *words, "2017")[1]["issues"] == []
    code, shape = call(capsys, *words, "2015")
    (found,) = shape["issues"]
    assert (code, found["code"], found["severity"], len(shape["files"])) == (0, "period_outside_plan", "warning", 1)
    assert run([*words, "2015"]) == 0
    assert "TH-2016-2020" in capsys.readouterr().err


def test_a_line_per_file_says_what_matters(
    issued: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, workbook = issued
    (tmp_path / "thư").mkdir()
    (tmp_path / "thư" / "đợt 2").mkdir()
    filled(workbook, tmp_path / "thư" / "đợt 2" / "SXD.xlsx", HT01a=11, HT01b=12, NB06a="1.5")
    assert (
        run(["form", "collect", str(file), str(filled(workbook, tmp_path / "r.xlsx", HT01a=10, HT01b=12)), "--apply"]) == 0
    )
    code, shown = lines(capsys, "form", "collect", file, tmp_path / "thư")
    assert code == 1
    assert shown[0].startswith("! đợt 2/SXD.xlsx: Sở Xây dựng, kỳ 2017 – 1 thay đổi, ")
    assert shown[0].endswith(" không đổi, 1 không đọc được")
    assert "mâu thuẫn" not in shown[0]
    assert any("value set" in line for line in shown)
    assert not any("--policy" in line or "chọn" in line for line in shown)
    (missing,) = [line for line in shown if line.startswith("  Chưa gửi:")]
    assert "SYT" in missing
    assert "Sở Y tế" not in missing


def test_few_missing_units_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    state = RoundState("KH-Y", "2017", 3, 1, ("SYT", "STC"), ("Sở Y tế", "Sở Tài chính"))
    result = CollectionResult(CollectionPlan(Policy.NONBLANK, (), (state,), "0", 0), applied=True)
    assert "  Chưa gửi: Sở Y tế, Sở Tài chính" in list(collection_lines(result, (tmp_path,), Catalogue(Language.VI)))


def test_many_locked_cells_are_one_line(
    issued: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def unlock(book: Any) -> None:
        found = [row for row in book["Số liệu"].iter_rows() if row[0].value]
        for row in found[1:14]:
            row[2].value = 1234.5
        found[1][1].value = "Tên khác"

    file, workbook = issued
    path = changed(filled(workbook, tmp_path / "r.xlsx", HT01a=10), tmp_path / "s.xlsx", unlock)
    _code, shape = call(capsys, "form", "collect", file, path)
    found = [item for item in shape["files"][0]["issues"] if item["code"] == "locked_cell_edited"]
    assert len(found) == 14
    assert "1.234,5" in found[1]["text"]
    _code, shown = lines(capsys, "form", "collect", file, path)
    assert len([line for line in shown if "khóa" in line]) == 2
    assert any(line.startswith("    Số liệu C3 … C") and ": 13 ô khóa" in line for line in shown)


def test_a_policy_names_what_it_overwrites(
    issued: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = Path(shutil.copy(issued[0], tmp_path / "b.skh"))
    assert run(["value", "set", str(file), "SXD", "HT01a", "2017", "1540"]) == 0
    path = filled(issued[1], tmp_path / "r.xlsx", HT01a=1999)
    for policy, word in (("nonblank", "quyết định"), ("file", "lấy thay"), ("blanks", "giữ")):
        code, shown = lines(capsys, "form", "collect", file, path, "--policy", policy)
        (told,) = [line for line in shown if "HT01a" in line]
        assert code == 1
        assert all(part in told for part in ("1.540", "1.999", word, "Số liệu E"))
        assert any("--policy file" in line for line in shown) == (policy == "nonblank")


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


def test_problems_go_back_to_units(issued: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, workbook = issued
    path, out = filled(workbook, tmp_path / "r.xlsx", NB06a="nhiều", HT01a=5, HT01b=9), tmp_path / "p.xlsx"
    code, shape = call(capsys, "form", "collect", file, path, "--problems", out, "--lang", "en")
    assert (code, shape["problems"], shape["applied"]) == (1, str(out), False)
    content = out.read_bytes()
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["Lý do", "SXD"]
    texts = {cell.value for row in book["Lý do"].iter_rows() for cell in row}
    assert {"nhiều", "NB06a", "Sở Xây dựng"} <= texts
    assert shape["files"][0]["issues"][0]["text"] not in texts
    code, shown = lines(capsys, "form", "collect", file, path, "--problems", out)
    assert (code, str(out) in shown[-1], out.read_bytes()) == (1, True, content)
    assert list(tmp_path.glob(".*")) == []


def test_problems_overwrite_nothing_and_hold_nothing_back(
    issued: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = Path(shutil.copy(issued[0], tmp_path / "b.skh"))
    path, out = filled(issued[1], tmp_path / "r.xlsx", NB06a="nhiều", HT01a=5), tmp_path / "p.xlsx"
    out.write_bytes(b"mine")
    code, shape = call(capsys, "form", "collect", file, path, "--problems", out, "--apply")
    assert (code, shape["error"]["code"], out.read_bytes()) == (1, "file_exists", b"mine")
    assert call(capsys, "value", "show", file, "SXD", "HT01a", "2017")[1]["value"] != "5"
    out.unlink()
    _code, preview = call(capsys, "form", "collect", file, path)
    assert preview["problems"] is None
    words = ("form", "collect", file, path, "--problems", out, "--apply", "--expect")
    assert call(capsys, *words, "0" * 64)[1]["error"]["code"] == "collection_changed"
    assert not out.exists()
    code, shape = call(capsys, *words, preview["digest"])
    assert (code, shape["applied"], shape["problems"]) == (1, True, str(out))
    assert call(capsys, "value", "show", file, "SXD", "HT01a", "2017")[1]["value"] == "5"


def test_no_problem_writes_no_problems_workbook(
    issued: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, workbook = issued
    path, out = filled(workbook, tmp_path / "r.xlsx", HT01a=5, HT01b=9), tmp_path / "p.xlsx"
    code, shape = call(capsys, "form", "collect", file, path, "--problems", out)
    assert (code, shape["problems"], out.exists()) == (0, None, False)
    _code, shown = lines(capsys, "form", "collect", file, path, "--problems", out)
    assert "không ghi bảng gửi trả" in shown[-1]


def test_export(issued: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, _workbook = issued
    code, shape = call(capsys, "export", file, "--what", "consolidated", "--out", tmp_path / "c.xlsx")
    assert code == 0
    assert shape["sheets"][0] == "Chỉ tiêu"
    assert (tmp_path / "c.xlsx").exists()
    assert call(capsys, "export", file, "--out", tmp_path / "e.xlsx")[1]["what"] == "consolidated"
    assert call(capsys, "export", file, "--what", "nothing", "--out", tmp_path / "d.xlsx")[0] == 2
