"""One rule finds the bundled files in a checkout, a wheel and a frozen bundle."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from desktop_app import paths
from tests.architecture.tree import ROOT

READ = """
from desktop_app.text.catalogue import Catalogue
from desktop_app.paths import bundled
print(bundled("resources/locale"))
print(Catalogue()("Unit"))
"""


@pytest.fixture
def checkout(tmp_path):
    """Return a small checkout of its own: code, one catalogue, an empty ``db``."""
    top = tmp_path / "Bản sao mã nguồn"
    shutil.copytree(ROOT / "desktop_app", top / "desktop_app", ignore=shutil.ignore_patterns("__pycache__", "_bundled"))
    shutil.copytree(ROOT / "resources" / "locale", top / "resources" / "locale")
    (top / "db").mkdir()
    return top


def _read(top):
    told = subprocess.run(
        [sys.executable, "-P", "-c", READ],
        env={"PYTHONPATH": str(top), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=top.parent,
    )
    return told.stdout.splitlines()


def _rename_unit(folder):
    """Put another translation of "Unit" into the compiled catalogue below ``folder``; both texts have the same length."""
    path = folder / "locale" / "vi" / "LC_MESSAGES" / "domain.mo"
    before = path.read_bytes()
    after = before.replace("Đơn vị\0".encode(), "Đơn vụ\0".encode())
    assert after != before
    path.write_bytes(after)


def test_this_installation_reads_the_checkout():
    assert paths.bundled("resources") == ROOT / "resources"
    assert paths.bundled("db/migrations") == ROOT / "db" / "migrations"


def test_editing_a_resource_beside_the_package_has_effect(checkout):
    assert _read(checkout)[1] == "Đơn vị"
    _rename_unit(checkout / "resources")
    assert _read(checkout)[1] == "Đơn vụ"


def test_the_checkout_wins_over_a_copy_inside_the_package(checkout):
    shutil.copytree(checkout / "resources", checkout / "desktop_app" / "_bundled" / "resources")
    _rename_unit(checkout / "desktop_app" / "_bundled" / "resources")
    assert _read(checkout) == [str(checkout / "resources" / "locale"), "Đơn vị"]


def test_a_package_without_a_checkout_reads_its_own_copy(checkout):
    inside = checkout / "desktop_app" / "_bundled"
    inside.mkdir()
    (checkout / "resources").rename(inside / "resources")
    (checkout / "db").rename(inside / "db")
    assert _read(checkout) == [str(inside / "resources" / "locale"), "Đơn vị"]


@pytest.mark.parametrize("only", ["resources", "db"])
def test_half_a_checkout_is_none(checkout, only):
    """Folders of such names may stand beside an installed package; only both together are ours."""
    inside = checkout / "desktop_app" / "_bundled"
    shutil.copytree(checkout / "resources", inside / "resources")
    shutil.rmtree(checkout / ({"resources", "db"} - {only}).pop())
    assert _read(checkout)[0] == str(inside / "resources" / "locale")


@pytest.mark.parametrize("name", ["", "desktop_app/paths.py", "resources/../pyproject.toml", "/etc/passwd", "tests"])
def test_only_bundled_names_are_answered(name):
    with pytest.raises(ValueError, match=r".*"):
        paths.bundled(name)


def test_a_missing_file_is_told_as_such():
    with pytest.raises(FileNotFoundError, match="no-such-plan"):
        paths.bundled("resources/plans/no-such-plan.toml")


def test_settings_stand_in_the_users_own_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = paths.settings_folder()
    assert folder.name == "sokehoach"
    assert ROOT not in folder.parents
    assert not folder.exists()
