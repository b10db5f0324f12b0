"""``demo``: the whole year of work on the sample, then the window."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from desktop_app.cli.door import Door, command
from desktop_app.cli.usage import PathType
from desktop_app.text.catalogue import N_, Param


@command("demo", N_("The whole year of work on the sample; every figure in it is made up."))
@click.argument("folder", metavar="DIR", type=PathType(path_type=Path, file_okay=False))
@click.option("--no-window", is_flag=True, help=N_("Do not open the window at the end."))
def demo(door: Door, folder: Path, no_window: bool) -> int | None:
    """Work through two years, list what was made, and open the window where there is a screen."""
    from desktop_app.cli.display import has_display
    from desktop_app.cli.progress import lines_of
    from desktop_app.services import demo as service
    from desktop_app.services.progress import to_json

    _ = door.catalogue

    def tell(message: str, params: Mapping[str, Param]) -> None:
        if not door.as_json:
            door.say("· " + _(message, **params))

    result = service.run_demo(folder, door.actor, tell, door.progress)
    made = [path for path in result.files if path.parent.parent.name not in {"1-phat-hanh", "2-tra-ve"}]
    payload = {"files": [str(path) for path in result.files], "progress": to_json(result.progress)}
    lines = [*lines_of(door.catalogue, result.progress), "", _("Made in {folder}:", folder=str(folder))]
    lines += [f"  {path.resolve().relative_to(folder.resolve())}" for path in made]
    lines.append(_("The figures of the units are made up, for illustration only."))
    door.emit(payload, lines)
    if no_window or door.as_json or door.open_window is None:
        return None
    if not has_display():
        door.say(_("There is no screen here, so the window is left out."))
        return None
    return door.open_window(result.data_file, door.catalogue)
