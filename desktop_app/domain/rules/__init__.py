"""Checks across fields and rows, one module per topic."""
