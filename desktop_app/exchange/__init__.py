"""Workbooks that go out and come back: the only importer of openpyxl and python-calamine."""
