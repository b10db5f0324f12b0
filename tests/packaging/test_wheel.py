"""The wheel, built through the sdist as package indexes do, carries everything that the program reads."""

from __future__ import annotations

import configparser
import subprocess
import sys
import tarfile
import zipfile

import pytest

from tests.architecture.tree import ROOT
from tests.packaging.contents import differences, expected

pytestmark = pytest.mark.full
BUILD = "import hatchling.build, sys; hatchling.build.{step}(sys.argv[1])"


def _build(step, out, folder):
    subprocess.run([sys.executable, "-c", BUILD.format(step=step), str(out)], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    place = tmp_path_factory.mktemp("dist")
    _build("build_sdist", place, ROOT)
    (sdist,) = place.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(place, filter="data")
    _build("build_wheel", place, place / sdist.name.removesuffix(".tar.gz"))
    (built,) = place.glob("*.whl")
    return built


def test_wheel_holds_the_code_and_every_bundled_file(wheel):
    assert differences(wheel) == []


def test_expectation_names_what_must_never_vanish():
    names = expected()
    for kind in ("locale/vi/LC_MESSAGES/domain.mo", "db/migrations/0001_initial.sql", ".ttf", ".toml", ".csv"):
        assert any(name.endswith(kind) for name in names), kind


def test_wheel_starts_both_programs(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [item for item in archive.namelist() if item.endswith("entry_points.txt")]
        points = configparser.ConfigParser()
        points.read_string(archive.read(name).decode())
    assert dict(points["console_scripts"]) == {"sokehoach": "desktop_app.__main__:main"}
    assert dict(points["gui_scripts"]) == {"sokehoachw": "desktop_app.__main__:main_window"}


def test_wheel_carries_every_licence(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = {item.partition("/licenses/")[2] for item in archive.namelist()}
    assert "LICENSE" in names
    assert any(name.startswith("resources/fonts/") for name in names)


def test_unpacked_wheel_finds_its_files_without_the_checkout(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "Gói cài đặt")
    told = subprocess.run(
        [sys.executable, "-P", "-c", "from desktop_app.paths import bundled; print(bundled('db/migrations'))"],
        env={"PYTHONPATH": str(tmp_path / "Gói cài đặt"), "PYTHONUTF8": "1"},
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert told.stdout.strip() == str(tmp_path / "Gói cài đặt" / "desktop_app" / "_bundled" / "db" / "migrations")


def test_editable_install_carries_no_copy(tmp_path):
    _build("build_editable", tmp_path, ROOT)
    (editable,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(editable) as archive:
        outside = [name for name in archive.namelist() if ".dist-info/" not in name]
        assert outside == ["_sokehoach.pth"]
        assert archive.read("_sokehoach.pth").decode().strip() == str(ROOT)
