"""The data file: the only importer of sqlite_utils and sqlite3."""
