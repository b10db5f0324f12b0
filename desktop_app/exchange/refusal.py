"""The verdict on a file that is not read."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - a verdict on a file, not an error of the program
    """A file that is not read, with the code of the issue and what its sentence needs."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params
