"""The generated pages are those that would be generated, and every command explains itself."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import click
import pytest

from deckgen.cli import cli

ROOT = Path(__file__).parents[2]
_SPEC = importlib.util.spec_from_file_location("reference", ROOT / "tools" / "reference.py")
assert _SPEC is not None
assert _SPEC.loader is not None
reference = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(reference)


@pytest.mark.parametrize("name", reference.PAGES)
def test_a_page_is_up_to_date(name):
    assert (ROOT / name).read_text(encoding="utf-8") == reference.PAGES[name](), "run tools/reference.py"


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_a_command_has_help_examples_and_help_for_its_options(name):
    command = cli.commands[name]
    assert command.help
    assert f"deckgen {name}" in command.help, "no example"
    options = [option for option in command.params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help] == []
