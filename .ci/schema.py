"""Writes ``db/schema.sql``: the schema as all migrations leave it. Run it after adding a migration; a test compares."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from desktop_app.storage.migrate import migrate, schema_of  # noqa: E402 - the path must be set first

with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
    migrate(connection)
    (ROOT / "db" / "schema.sql").write_text(schema_of(connection), encoding="utf-8")
