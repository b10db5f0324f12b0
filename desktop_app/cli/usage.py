"""What is wrong with a command line, in the words of the program: click speaks English only."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from desktop_app.text.catalogue import N_, Catalogue, Param

_NAMES = (
    N_("[OPTIONS]"),
    N_("COMMAND [ARGS]..."),
    N_("FILE"),
    N_("[FILE]"),
    N_("PATHS..."),
    N_("DIR"),
    N_("UNIT"),
    N_("ELEMENT"),
    N_("PERIOD"),
    N_("PLAN"),
    N_("BACKUP"),
    N_("VALUE"),
    N_("[VALUE]"),
    N_("OPERATION"),
    N_("[OPERATION]"),
    N_("NAME"),
    N_("CODE"),
    N_("TEXT"),
    N_("DAY"),
    N_("DIGEST"),
    N_("NUMBER"),
)
"""Names of what stands in a command line, as click writes them; they are looked up by that."""


class _WrongPath(click.BadParameter):
    """A path that is refused; the sentence is looked up where it is shown."""

    def __init__(self, message: str, path: str, ctx: click.Context | None, param: click.Parameter | None) -> None:
        super().__init__(message, ctx, param)
        self.path = path


class PathType(click.Path):
    """A file or folder; what is wrong with it is told in our words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path.

        Raises:
            click.BadParameter: it is missing where it must exist, is a folder instead of a file or a file instead of a
                folder, or may not be read.
        """
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            raise _WrongPath(self._reason(Path(value)), str(value), ctx, param) from error

    def _reason(self, path: Path) -> str:
        if not path.exists():
            return N_("“{path}” does not exist.")
        if path.is_dir() and not self.dir_okay:
            return N_("“{path}” is a folder; a file is needed.")
        if not path.is_dir() and not self.file_okay:
            return N_("“{path}” is a file; a folder is needed.")
        return N_("“{path}” may not be read.")


def told(error: click.ClickException, catalogue: Catalogue) -> str:
    """Return the sentence that says what is wrong with a command line."""
    _ = catalogue
    match error:
        case click.exceptions.NoArgsIsHelpError():
            sentence = _missing_command(error, _)
        case click.NoSuchCommand():
            sentence = _("There is no command “{name}”.", name=error.command_name)
            sentence += _nearest(error.command_name, _commands(error), _)
        case click.NoSuchOption():
            names = [name for item in _parameters(error) for name in item.opts if name.startswith("-")]
            sentence = _("There is no option “{name}”.", name=error.option_name) + _nearest(error.option_name, names, _)
        case click.BadOptionUsage():
            sentence = _option_misused(error, _)
        case click.MissingParameter():
            lacking = _("“{name}” is missing.", name=_name(error, _))
            sentence = f"{lacking} {_choices(error.param, _)}".rstrip()
        case click.BadParameter():
            sentence = _("“{name}”: {reason}", name=_name(error, _), reason=_reason(error, _))
        case _:
            sentence = _otherwise(error, _)
    return sentence


def _otherwise(error: click.ClickException, _: Catalogue) -> str:
    """Tell a refusal that click has no kind of its own for; commands word theirs themselves."""
    if _commands(error):
        return _missing_command(error, _)
    surplus = error.message.rpartition("(")[2].rstrip(")")
    if error.message.startswith("Got unexpected extra argument"):
        return _("“{words}” is too much here.", words=surplus)
    return error.format_message()


def _missing_command(error: click.ClickException, _: Catalogue) -> str:
    return _("The command is missing; choose one: {names}.", names=", ".join(_commands(error)))


def _commands(error: click.ClickException) -> list[str]:
    """Return the commands of the group that refused; none where a command did."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    return context.command.list_commands(context) if context and isinstance(context.command, click.Group) else []


def _parameters(error: click.UsageError) -> list[click.Parameter]:
    return error.ctx.command.get_params(error.ctx) if error.ctx else []


def _option_misused(error: click.BadOptionUsage, _: Catalogue) -> str:
    option = next((item for item in _parameters(error) if error.option_name in item.opts), None)
    if isinstance(option, click.Option) and option.is_flag:
        return _("“{name}” takes no value.", name=error.option_name)
    return _("“{name}” needs a value behind it.", name=error.option_name)


def _nearest(name: str, names: Iterable[str], _: Catalogue) -> str:
    from difflib import get_close_matches

    found = get_close_matches(name, names, cutoff=0.7)
    return " " + _("Did you mean {names}?", names=", ".join(found)) if found else ""


def _name(error: click.BadParameter, _: Catalogue) -> str:
    """Return what people call a parameter: the long name of an option, the translated name of an argument."""
    parameter = error.param
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    if parameter is None or error.ctx is None:
        return ""
    return _(parameter.make_metavar(error.ctx)).strip("[]")


def _choices(parameter: click.Parameter | None, _: Catalogue) -> str:
    if parameter is None or not isinstance(parameter.type, click.Choice):
        return ""
    return _("Choose one: {names}.", names=", ".join(map(str, parameter.type.choices)))


def _reason(error: click.BadParameter, _: Catalogue) -> str:
    kind = error.param.type if error.param else None
    if isinstance(error, _WrongPath):
        return _(error.message, path=error.path)
    if isinstance(kind, click.Choice):
        return _choices(error.param, _)
    if isinstance(kind, click.IntRange) and kind.min is not None:
        least: Param = int(kind.min)
        return _("a whole number of at least {least} is needed.", least=least)
    if isinstance(kind, click.types.IntParamType):
        return _("a whole number is needed.")
    return error.message
