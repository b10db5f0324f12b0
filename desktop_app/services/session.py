"""A session: one open data file and the person who works in it.

Made at the door (window or command line) and passed on; nothing in the program reaches for a global one.
"""

from __future__ import annotations

import getpass
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, TypeVar

from desktop_app.domain.entities import Element, Office, Plan, System, Target, Unit
from desktop_app.domain.issues import Severity, UserError
from desktop_app.storage.database import Database, open_database
from desktop_app.storage.gateway import Gateway
from desktop_app.storage.operations import Operation
from desktop_app.text.catalogue import N_, Message, Param
from desktop_app.text.vietnamese import search_key

E = TypeVar("E", Unit, Plan, Element, System, Target)
_NEAREST = 3
_WHAT: dict[type, str] = {
    Unit: N_("unit"),
    Plan: N_("plan"),
    Element: N_("data element"),
    System: N_("system"),
    Target: N_("target"),
}


def login_name() -> str:
    """Return the login of the operating system, or ``unknown`` where it tells none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def utc_now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def nearest(code: str, codes: list[str]) -> list[str]:
    """Return the three codes most like ``code``, best first."""
    wanted = search_key(code)
    return sorted(codes, key=lambda item: (-SequenceMatcher(None, wanted, search_key(item)).ratio(), item))[:_NEAREST]


class Session:
    """One open data file.

    Attributes:
        database: the open file; reads go through ``gateway``.
        actor: who acts, as the history keeps it.
        now: the clock; replaced in tests.
    """

    def __init__(self, database: Database, actor: str, *, now: Callable[[], datetime] = utc_now) -> None:
        self.database = database
        self.actor = actor
        self.now = now

    @classmethod
    def open(cls, path: Path, actor: str | None = None, *, read_only: bool = False) -> Session:
        """Open a data file.

        Args:
            path: the ``.skh`` file.
            actor: who acts; the login of the operating system when None.
            read_only: True to leave the file to other writers and change no byte of it.

        Raises:
            UserError: the file is missing, foreign, damaged, too new, read-only or in use by somebody else.
        """
        who = actor or login_name()
        return cls(open_database(path, read_only=read_only, holder=who), who)

    @property
    def gateway(self) -> Gateway:
        """Typed reads of every entity."""
        return self.database.gateway

    @property
    def path(self) -> Path:
        """The data file."""
        return self.database.path

    @property
    def office(self) -> Office:
        """The row that says whose file it is and by which calendar it counts.

        Raises:
            UserError: ``file_without_office``.
        """
        found = self.gateway.get(Office, 1)
        if found is None:
            raise UserError("file_without_office", file=self.path.name)
        return found

    @property
    def root(self) -> Unit:
        """The one unit that the plans of the file are for.

        Raises:
            UserError: ``file_without_root``.
        """
        found = self.gateway.list(Unit, is_root=True)
        if not found:
            raise UserError("file_without_root", file=self.path.name)
        return found[0]

    def is_damaged(self) -> bool:
        """Say whether the rows of the file do not hold together, so that an unforeseen error is no bug of the program.

        What is only odd (a row that another program changed) does not count: it explains no failure. Takes seconds on a
        large file; asked only once something went wrong.
        """
        from desktop_app.storage.check import check

        try:
            return any(issue.severity is Severity.ERROR for issue in check(self.database))
        except UserError as refusal:
            return refusal.code == "file_damaged"

    def operation(self, name: str, *, source: str, **params: Param) -> AbstractContextManager[Operation]:
        """Begin a named write: one transaction, logged, undoable.

        Args:
            name: stable name such as ``value.set``; what people see is looked up from it.
            source: where the write came from: form, paste, import, cli, setup or window.
            params: what the name's sentence needs, such as the codes concerned.
        """
        return self.database.operation(name, source=source, actor=self.actor, at=self.now(), params=params)

    def unit(self, code: str) -> Unit:
        """Return the unit with a code, without regard to case.

        Raises:
            UserError: ``unknown_code``, with the three nearest; ``no_codes`` where the file holds none of its kind.
        """
        return self._need(Unit, code)

    def plan(self, code: str) -> Plan:
        """Return the plan with a code.

        Raises:
            UserError: ``unknown_code``, with the three nearest; ``no_codes`` where the file holds none of its kind.
        """
        return self._need(Plan, code)

    def element(self, code: str) -> Element:
        """Return the data element with a code.

        Raises:
            UserError: ``unknown_code``, with the three nearest; ``no_codes`` where the file holds none of its kind.
        """
        return self._need(Element, code)

    def system(self, code: str) -> System:
        """Return the system with a code.

        Raises:
            UserError: ``unknown_code``, with the three nearest; ``no_codes`` where the file holds none of its kind.
        """
        return self._need(System, code)

    def target(self, plan: Plan, code: str) -> Target:
        """Return a target of a plan.

        Raises:
            UserError: ``unknown_code``, with the three nearest; ``no_codes`` where the file holds none of its kind.
        """
        return self._need(Target, code, plan_id=plan.id)

    def _need(self, cls: type[E], code: str, **equals: Any) -> E:
        found = self.gateway.by_code(cls, code, **equals)
        if found is None:
            known = [item.code for item in self.gateway.list(cls, **equals)]
            what = Message(_WHAT[cls])
            if not known:
                raise UserError("no_codes", what=what, code=code)
            raise UserError("unknown_code", what=what, code=code, nearest=", ".join(nearest(code, known)))
        return found

    def close(self) -> None:
        """Close the file; an idle data file is one file that can be copied."""
        self.database.close()
