"""A data file with a small world, built once per run and copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop_app.domain.entities import Office
from desktop_app.storage.database import create_database, open_database
from desktop_app.text.catalogue import Catalogue, Language
from tests.storage.world import AT, UUID, Maker, World, elements, operate, units


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    path = tmp_path_factory.mktemp("template") / "mẫu.skh"
    database = create_database(path)
    with operate(database, "setup") as operation:
        operation.save(Office(uuid=UUID, digest_key="0" * 64, created_at=AT, created_with="0"))
        world = World(operation.save_many(units()), operation.save_many(elements()))
    with operate(database, "values.set", count=6) as operation:
        operation.save_many([world.value(u, e, 10 * u + e + 1) for u in (0, 1) for e in (0, 1, 2)])
    database.close()
    return path, world


@pytest.fixture
def world(_template: tuple[Path, World]) -> World:
    return _template[1]


@pytest.fixture
def path(_template: tuple[Path, World], tmp_path: Path) -> Path:
    """A data file of the small world, in a folder with a space and Vietnamese letters."""
    folder = tmp_path / "Kế hoạch 2017"
    folder.mkdir()
    return Path(shutil.copy(_template[0], folder / "kế hoạch.skh"))


@pytest.fixture
def database(path: Path):
    opened = open_database(path, holder="Lan")
    yield opened
    opened.close()


@pytest.fixture
def maker() -> Maker:
    return Maker()


@pytest.fixture
def english():
    return Catalogue(Language.EN)
