-- A return may be approved or rejected, with the reason. SQLite cannot change a CHECK, so the table is made anew; its ids
-- stay, and so does the last one ever given, because the history names returns that are no longer there.
CREATE TABLE unit_return_new (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    round_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    content BLOB NOT NULL,
    received_at TEXT NOT NULL,
    status TEXT NOT NULL CONSTRAINT ck_unit_return_status CHECK (status IN ('received', 'has_issues', 'approved', 'rejected')),
    reason TEXT,
    cells_json TEXT NOT NULL,
    CONSTRAINT fk_unit_return_round FOREIGN KEY (round_id) REFERENCES round (id),
    CONSTRAINT fk_unit_return_unit FOREIGN KEY (unit_id) REFERENCES unit (id)
) STRICT;

INSERT INTO unit_return_new (id, round_id, unit_id, file_name, sha256, content, received_at, status, cells_json)
SELECT id, round_id, unit_id, file_name, sha256, content, received_at, status, cells_json FROM unit_return ORDER BY id;

DELETE FROM sqlite_sequence WHERE name = 'unit_return_new';
INSERT INTO sqlite_sequence (name, seq) SELECT 'unit_return_new', seq FROM sqlite_sequence WHERE name = 'unit_return';

DROP TABLE unit_return;
ALTER TABLE unit_return_new RENAME TO unit_return;
CREATE INDEX ix_unit_return_unit ON unit_return (round_id, unit_id);
