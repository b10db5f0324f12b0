"""Copies as the window and the command line see them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from desktop_app.domain.entities import Unit
from desktop_app.services import backups
from desktop_app.services.session import Session
from desktop_app.storage.backups import Backup


def test_a_file_that_is_open_is_copied_and_brought_back(small_office):
    path = small_office.path
    made = backups.make_backup(path)
    with small_office.operation("unit.set", source="form") as operation:
        unit = small_office.gateway.list(Unit)[1]
        operation.save(Unit(**{**unit.__dict__, "note": "sau khi sao lưu"}))
    assert backups.list_backups(path) == [made]
    small_office.close()
    done = backups.restore_backup(path, made.name, "Lan")
    assert done.backup == made
    again = Session.open(path, "Lan", read_only=True)
    assert again.gateway.get(Unit, unit.id) == unit
    again.close()


def test_json_is_the_contract():
    copy = Backup(Path("a-backups/a.20171220T010203Z.skh"), datetime(2017, 12, 20, 1, 2, 3, tzinfo=UTC), 4096, proved=False)
    assert backups.to_json(copy) == {
        "name": "a.20171220T010203Z.skh",
        "at": "2017-12-20T01:02:03Z",
        "size": 4096,
        "proved": False,
    }
