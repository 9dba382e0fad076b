"""The documentation names what exists: every command, every setting, every file."""

import re
from pathlib import Path

import pytest
import typer.main

from bot.cli import app
from bot.settings import Settings

ROOT = Path(__file__).parent.parent


def _commands() -> list[str]:
    """Every command as it is typed."""
    found = []
    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        found += [f"{name} {sub}" for sub in inner] if inner else [name]
    return found


@pytest.mark.parametrize("command", _commands())
def test_every_command_is_in_the_readme(command: str) -> None:
    """Somebody who reads the README knows all commands."""
    assert f"careerbot {command}" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_in_the_example(name: str) -> None:
    """`.env.example` lists each setting with its default."""
    line = re.search(
        rf"^{name.upper()}=(.*)$", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE
    )
    assert line
    default = str(Settings.model_fields[name].default)
    assert line[1] == ("" if default == "None" else re.sub(r"^(\d+)\.0$", r"\1", default))


def test_the_architecture_names_files_that_exist() -> None:
    """Each path in the table of where to change what is there."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    for path in re.findall(r"`((?:index|bot|corpus)/[\w/.]*)`", text):
        assert (ROOT / path).exists(), path


def test_links_between_pages_work() -> None:
    """A relative link leads to a file."""
    for page in [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "corpus").glob("*.md"),
    ]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
