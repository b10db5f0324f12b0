"""What every command shares: the language, JSON or lines, the actor, progress and how errors end.

A command is written with :func:`command` and takes the :class:`Door` as its first argument. It returns an
:class:`~desktop_app.domain.issues.ExitCode`, or None when it is done.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop_app.cli.usage import PathType
from desktop_app.text.catalogue import N_, Catalogue, Language

if TYPE_CHECKING:
    from desktop_app.services.session import Session

_BAR_WIDTH = 24
OpenWindow = Callable[[Path | None, Catalogue], int]


class Door:
    """The state of one run of the command line.

    Attributes:
        catalogue: texts in the language of this run.
        as_json: True when stdout carries one JSON document and nothing else.
        actor: who acts; None stands for the OS login.
        open_window: opens the window on a data file and returns the exit code; None where there is none.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        as_json: bool = False,
        actor: str | None = None,
        open_window: OpenWindow | None = None,
    ) -> None:
        self.open_window = open_window
        self.catalogue = catalogue
        self.as_json = as_json
        self.actor = actor
        self._bar_shown = False
        self._illustrative = False

    def emit(self, payload: Mapping[str, Any], lines: Iterable[str] = ()) -> None:
        """Print the result: the payload as JSON, or the lines for people."""
        self._end_bar()
        if self.as_json:
            click.echo(json.dumps(payload, ensure_ascii=False, indent=2))
        else:
            for line in lines:
                click.echo(line)

    def emit_figures(self, payload: Mapping[str, Any], lines: Iterable[str]) -> None:
        """Print a result that holds figures; those of a sample are marked as made up for illustration."""
        marked = [self.catalogue("Illustrative figures of a sample; do not quote them.")] if self._illustrative else []
        self.emit({**payload, "illustrative": self._illustrative}, [*lines, *marked])

    def say(self, line: str) -> None:
        """Print a remark to stderr."""
        self._end_bar()
        click.echo(line, err=True)

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Show progress on stderr: a bar on a terminal, nothing elsewhere; ``total`` 0 means unknown."""
        if not sys.stderr.isatty():
            return
        filled = _BAR_WIDTH * done // total if total else 0
        bar = "█" * filled + "░" * (_BAR_WIDTH - filled)
        so_far = f"{done}/{total}" if total else str(done)
        sys.stderr.write(f"\r\033[2K{bar} {so_far} {text}")
        sys.stderr.flush()
        self._bar_shown = True
        if total and done >= total:
            self._end_bar()

    def _end_bar(self) -> None:
        if self._bar_shown:
            sys.stderr.write("\n")
            self._bar_shown = False

    @contextmanager
    def session(self, path: Path, *, read_only: bool = False) -> Iterator[Session]:
        """Open a data file for the length of a block.

        Raises:
            UserError: the file is missing, foreign, damaged, too new or in use; or the block failed in a way that nobody
                foresaw, and the rows of the file do not hold together.
        """
        from desktop_app.domain.issues import UserError
        from desktop_app.services.session import Session

        session = Session.open(path, actor=self.actor, read_only=read_only)
        try:
            self._illustrative = session.office.illustrative
            yield session
        except (UserError, OSError, click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            if session.is_damaged():
                raise UserError("file_damaged", file=path.name) from error
            raise
        finally:
            session.close()


_USAGE, _OPTIONS, _COMMANDS = N_("Usage"), N_("Options"), N_("Commands")
_HELP = N_("Show this help and exit.")


def _said(ctx: click.Context, message: str) -> str:
    door = ctx.find_object(Door)
    return door.catalogue(message) if door is not None else message


class _Translated(click.Command):
    """A command whose help is looked up in the language of the run, click's own words included."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = (_said(ctx, piece) for piece in self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, " ".join(pieces), f"{_said(ctx, _USAGE)}: ")

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # click leaves it out where an option lacks its value
            raise

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.help:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(_said(ctx, self.help))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = []
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record and isinstance(parameter, click.Option) and parameter.help:
                is_help = set(parameter.opts) <= set(ctx.help_option_names)  # click words that one itself
                name = parameter.metavar or ""
                shown = record[0].removesuffix(name) + (_said(ctx, name) if name else "")
                records.append((shown, _said(ctx, _HELP if is_help else parameter.help)))
        if records:
            with formatter.section(_said(ctx, _OPTIONS)):
                formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)


class Group(_Translated, click.Group):
    """A group of commands with translated help."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, _said(ctx, self.short_help_of(ctx, name))) for name in self.list_commands(ctx)]
        with formatter.section(_said(ctx, _COMMANDS)):
            formatter.write_dl(rows)

    def short_help_of(self, ctx: click.Context, name: str) -> str:
        """Return the English msgid that describes one command in a list."""
        found = self.get_command(ctx, name)
        return (found.help or "") if found else ""


def group(name: str, text: str) -> Group:
    """Make a group of commands; ``text`` is its English msgid."""
    return Group(name, help=text, no_args_is_help=True)


def _apply(ctx: click.Context, parameter: click.Parameter, value: Any) -> Any:
    door = ctx.find_object(Door)
    if door is not None and value is not None:
        if parameter.name == "as_json" and value:
            door.as_json = True
        elif parameter.name == "actor":
            door.actor = value
    return value


def _common(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--as", "actor", metavar="NAME", expose_value=False, callback=_apply, help=N_("Act under this name.")),
        # the language is found before click runs, so that help and usage errors speak it too
        click.option(
            "--lang", type=click.Choice([str(item) for item in Language]), expose_value=False, help=N_("Language.")
        ),
        click.option(
            "--json", "as_json", is_flag=True, expose_value=False, callback=_apply, help=N_("One JSON document on stdout.")
        ),
    ):
        function = option(function)
    return function


def command(
    name: str, text: str, *, parent: Group | None = None, hidden: bool = False, **settings: Any
) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a command that takes the door first and has ``--json``, ``--lang`` and ``--as``.

    Args:
        name: what people type.
        text: English msgid of its help.
        parent: the group that it belongs to; None for a command of the top level.
        hidden: True for a command that is no part of the contract.
        settings: passed to ``click.command``.
    """

    def wrap(function: Callable[..., Any]) -> click.Command:
        made: click.Command = click.command(name, cls=_Translated, help=text, hidden=hidden, **settings)(
            _common(click.pass_obj(function))
        )
        if parent is not None:
            parent.add_command(made)
        return made

    return wrap


FILE = PathType(path_type=Path, dir_okay=False)
"""Type of a data-file argument; whether it exists is told by the storage, in a sentence."""


class _PeriodType(click.ParamType[str]):
    """A reporting period, as a code or in the words of offices ("quý IV/2018"), checked where it is read."""

    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        from desktop_app.domain.issues import UserError
        from desktop_app.domain.periods import is_period
        from desktop_app.text.dates import read_period

        period = read_period(str(value))
        if period is None or not is_period(period):
            raise UserError("not_a_period", code=str(value))
        return period


PERIOD = _PeriodType()
"""Type of a period argument; a wrong one is told in a sentence."""
