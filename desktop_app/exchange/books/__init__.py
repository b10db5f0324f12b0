"""Workbooks of every program and format, read as neutral sheets."""
