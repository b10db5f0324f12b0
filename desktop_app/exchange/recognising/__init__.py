"""Whose a returned workbook is, and where its answers stand."""
