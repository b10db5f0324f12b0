"""The rules of plans, figures and verdicts in pure Python: no Qt, no SQL, no files, no clock."""
