"""The table of commands and the one place where a run ends, with its exit code."""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback
from typing import Any

import click

from desktop_app import __version__
from desktop_app.cli.door import Door, Group, OpenWindow
from desktop_app.cli.usage import told
from desktop_app.text.catalogue import N_, Catalogue, Language

COMMANDS: dict[str, tuple[str, str]] = {
    "new": ("desktop_app.cli.new:new", N_("Create a data file.")),
    "samples": ("desktop_app.cli.new:samples", N_("List the samples.")),
    "unit": ("desktop_app.cli.lists:unit", N_("Units.")),
    "system": ("desktop_app.cli.lists:system", N_("Software systems and databases.")),
    "element": ("desktop_app.cli.lists:element", N_("Data elements.")),
    "plan": ("desktop_app.cli.lists:plan", N_("Plans and their targets.")),
    "form": ("desktop_app.cli.form:form", N_("Issue workbooks and collect what comes back.")),
    "return": ("desktop_app.cli.returns:returns", N_("Returns of units: what came, and rejecting one.")),
    "round": ("desktop_app.cli.round:round_group", N_("Where the units of a round stand.")),
    "value": ("desktop_app.cli.value:value", N_("One value and its history.")),
    "progress": ("desktop_app.cli.progress:progress", N_("Targets with value, verdict and gap.")),
    "document": ("desktop_app.cli.document:document", N_("Write an official document as PDF or Word.")),
    "export": ("desktop_app.cli.export:export", N_("Write tables for other programs.")),
    "history": ("desktop_app.cli.history:history", N_("What happened in the file.")),
    "undo": ("desktop_app.cli.history:undo", N_("Revert one operation.")),
    "check": ("desktop_app.cli.check:check", N_("Check a data file, or the program itself.")),
    "backup": ("desktop_app.cli.backup:backup", N_("Make a proven copy.")),
    "backups": ("desktop_app.cli.backup:backups", N_("List the proven copies.")),
    "restore": ("desktop_app.cli.backup:restore", N_("Bring a proven copy back.")),
    "demo": ("desktop_app.cli.demo:demo", N_("The whole year of work on the sample.")),
}
"""Command name → where it lives and the msgid that describes it; a leading underscore hides it."""


class _LazyGroup(Group):
    """Imports a command's module only when that command runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return [name for name in COMMANDS if not name.startswith("_")]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        found: click.Command = getattr(importlib.import_module(module), attribute)
        return found

    def short_help_of(self, ctx: click.Context, name: str) -> str:  # noqa: ARG002
        return COMMANDS[name][1]


@click.group(
    "sokehoach",
    cls=_LazyGroup,
    help=N_(
        "Sổ Kế hoạch: targets, figures, workbooks and documents of a plan, in one file. "
        "Without a command it opens the window."
    ),
    context_settings={"help_option_names": ["--help", "-h"]},
)
@click.version_option(
    __version__, prog_name="sokehoach", message="%(prog)s %(version)s", help=N_("Show the version and exit.")
)
@click.option("--json", "as_json", is_flag=True, help=N_("One JSON document on stdout."))
@click.option("--lang", type=click.Choice([str(item) for item in Language]), help=N_("Language."))
@click.option("--as", "actor", metavar="NAME", help=N_("Act under this name."))
@click.pass_obj
def program(door: Door, as_json: bool, lang: str | None, actor: str | None) -> None:  # noqa: ARG001
    """Take the options that may also stand before the command."""
    door.as_json = door.as_json or as_json
    door.actor = actor or door.actor


def _language(words: list[str]) -> Language:
    for index, word in enumerate(words):
        wanted = word.partition("=")[2] if word.startswith("--lang=") else ""
        if word == "--lang" and index + 1 < len(words):
            wanted = words[index + 1]
        if wanted in {str(item) for item in Language}:
            return Language(wanted)
    return Language.VI


def run(words: list[str], open_window: OpenWindow | None = None) -> int:
    """Run one command and return its exit code.

    Args:
        words: the arguments.
        open_window: opens the window on a data file, for the commands that end in it; None leaves it out.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    door = Door(Catalogue(_language(words)), as_json="--json" in words, open_window=open_window)
    try:
        result = program.main(args=words, prog_name="sokehoach", obj=door, standalone_mode=False)
    except Exception as error:  # noqa: BLE001 - the door of the program: whatever arrives here ends the run
        return _end(door, error)
    except KeyboardInterrupt:
        return _stopped(door)
    return int(result) if isinstance(result, int) else 0


def _stopped(door: Door) -> int:
    return _fail(door, "cancelled", door.catalogue("Stopped; nothing was changed."), {}, 1)


def _end(door: Door, error: Exception) -> int:
    """Tell what ended the run in its own sentence; return the exit code."""
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, click.Abort):
        return _stopped(door)
    if isinstance(error, click.ClickException):
        return _misused(door, error)
    if isinstance(error, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return _failed(door, error)


def _misused(door: Door, error: click.ClickException) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError) and not door.as_json:
        door.say(error.message)
        return 2
    where = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "sokehoach"
    detail = told(error, door.catalogue)
    sentence = door.catalogue("The command is not right: {detail} See: {where} --help", detail=detail, where=where)
    return _fail(door, "usage", sentence, {"help": where}, 2)


def _failed(door: Door, error: Exception) -> int:
    from desktop_app.domain.issues import UserError

    if isinstance(error, UserError):
        params = {name: value if isinstance(value, int) else str(value) for name, value in error.params.items()}
        return _fail(door, error.code, error.text(door.catalogue), params, int(error.exit_code))
    click.echo("".join(traceback.format_exception(error)), err=True)
    kind = type(error).__name__
    sentence = door.catalogue(
        "An error of the program itself. Please send the lines above to its developers. ({kind})", kind=kind
    )
    return _fail(door, "bug", sentence, {"kind": kind}, 70)


def _fail(door: Door, code: str, text: str, params: dict[str, Any], exit_code: int) -> int:
    if door.as_json:
        click.echo(json.dumps({"error": {"code": code, "text": text, "params": params}}, ensure_ascii=False, indent=2))
    else:
        door.say(text)
    return exit_code
