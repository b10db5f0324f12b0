"""The documents say what the program does, and every command says what it does."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator

import click
import pytest

from desktop_app.cli.app import COMMANDS, program
from desktop_app.text.catalogue import Catalogue, Language
from tests.architecture.tree import ROOT, files, shown

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")


def _commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        if isinstance(found, click.Group):
            yield from _commands(found, f"{before}{name} ")
        elif not found.hidden:
            yield f"{before}{name}", found


EVERY_COMMAND = dict(_commands(program))


@pytest.mark.parametrize("name", EVERY_COMMAND)
def test_a_command_has_help_and_a_line_in_the_readme(name):
    text = EVERY_COMMAND[name].help
    assert text
    assert Catalogue(Language.VI)(text) != text, f"not translated: {text}"
    assert re.search(rf"`(sokehoach )?{re.escape(name)}\b", README), f"the README does not name `{name}`"


@pytest.mark.parametrize("name", EVERY_COMMAND)
def test_an_option_has_help(name):
    options = [parameter for parameter in EVERY_COMMAND[name].params if isinstance(parameter, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_the_readme_names_no_command_that_does_not_exist():
    named = set(re.findall(r"`sokehoach ([a-z]+)", README))
    assert named <= COMMANDS.keys()


def quick_start() -> list[str]:
    """Return the commands of the README's quick start, in their order."""
    blocks = re.findall(r"^```sh\n(.+?)\n```$", README, re.MULTILINE | re.DOTALL)
    return [block for block in blocks if not block.startswith(("sudo ", "sokehoach "))]


def test_the_quick_start_is_two_commands():
    demo, tests = quick_start()
    assert demo.endswith("/sokehoach demo demo")
    assert "pytest" in tests
    for command in (demo, tests):
        assert len(command.splitlines()) == 1
        subprocess.run(["bash", "-n", "-c", command], check=True)


def test_ci_takes_the_quick_start_from_the_readme():
    script = ROOT / ".ci" / "run"
    told = subprocess.run([str(script), "readme"], capture_output=True, text=True, check=True, cwd=ROOT)
    assert told.stdout.splitlines() == quick_start()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text)
    assert [target for target in targets if "://" not in target and not (ROOT / target).exists()] == []


def test_the_changelog_tells_of_this_version():
    from desktop_app import __version__

    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[(Unreleased|{re.escape(__version__)})\]", changes, re.MULTILINE)


def test_the_contribution_guide_names_every_package():
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    packages = {path.parent.name for path in files("desktop_app", suffix="__init__.py")} - {"desktop_app"}
    top = {name for name in packages if (ROOT / "desktop_app" / name).is_dir()}
    assert [name for name in sorted(top) if f"`{name}" not in guide] == [], shown(ROOT / "CONTRIBUTING.md")
