"""Sổ Kế hoạch: the plan for IT in state agencies, its targets, figures and documents, in one file."""

__version__ = "0.1.0"
