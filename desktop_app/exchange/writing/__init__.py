"""Workbooks that are sent out: forms, problems, plain tables."""
