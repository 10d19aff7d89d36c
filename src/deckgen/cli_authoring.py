"""The command line of what helps to write decks: init, new, schema, completion. Options and dispatch, no logic."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import click

from deckgen.errors import UserError


@click.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", help="Name of the deck in Anki (default: made from the folder's name).")
@click.option("--id", "id_", metavar="ID", help="Permanent name of the deck (default: made from its name).")
@click.option("--topic", help="Name of the first topic (default: Basics).")
@click.option("--description", help="What the deck is about, in a sentence.")
@click.option("--author", "authors", multiple=True, metavar="NAME", help="Who writes the deck; may be repeated.")
@click.option(
    "--repository", metavar="URL", help="Where corrections are suggested, such as https://github.com/you/deck."
)
@click.option("-y", "--yes", is_flag=True, help="Ask nothing: take the defaults.")
@click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong.")
def init(
    folder: Path,
    name: str | None,
    id_: str | None,
    topic: str | None,
    description: str | None,
    authors: tuple[str, ...],
    repository: str | None,
    yes: bool,
    quiet: bool,
) -> None:
    """Make a new deck repository in DIR, or add a deck to the one there. Nothing is overwritten.

    \b
    deckgen init
    deckgen init solar-system --name "Solar system" --topic Planets
    """
    from deckgen.commands import init as command  # noqa: PLC0415
    from deckgen.scaffold import NewDeck, deck_id  # noqa: PLC0415

    asking = sys.stdin.isatty() and not yes

    def answer(given: str | None, question: str, default: str) -> str:
        if given is not None:
            return given
        return str(click.prompt(question, default=default)) if asking else default

    words = folder.resolve().name.replace("-", " ").replace("_", " ").strip()
    name = answer(name, "Name of the deck", (words[:1].upper() + words[1:]) or "New deck")
    id_ = answer(id_, "Its permanent id", deck_id(name))
    deck = NewDeck(
        name,
        id_,
        answer(topic, "First topic", "Basics"),
        answer(description, "What is it about, in a sentence", f"Cards on {name}."),
        authors or (answer(None, "Author", f"{name} contributors"),),
        time.localtime().tm_year,
        answer(repository, "Web address of its repository (empty: none yet)", "") or None,
    )
    sys.exit(command.run(folder, deck, now=int(time.time()), quiet=quiet, out=sys.stdout))


@click.command()
@click.argument("name", required=False, type=click.Choice(["deck", "sources", "glossary", "topic"]))
@click.option(
    "-o", "--output", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), help="Write all to DIR."
)
@click.option("--check", is_flag=True, help="With -o: write nothing, fail if a schema there is not up to date.")
def schema(name: str | None, output: Path | None, check: bool) -> None:
    """Print the JSON Schema of a bank file for editors, or write all of them.

    \b
    deckgen schema topic
    deckgen schema -o schema
    """
    from deckgen.commands import schema as command  # noqa: PLC0415

    sys.exit(command.run(name, output, check=check, out=sys.stdout, err=sys.stderr))


@click.command()
@click.argument("shell", required=False, type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str | None) -> None:
    """Print the script by which a shell completes commands and options.

    \b
    bash:  deckgen completion bash > ~/.local/share/bash-completion/completions/deckgen
    zsh:   deckgen completion zsh > ~/.zfunc/_deckgen     (fpath+=~/.zfunc before compinit)
    fish:  deckgen completion fish > ~/.config/fish/completions/deckgen.fish
    """
    from click.shell_completion import get_completion_class  # noqa: PLC0415

    shell = shell or Path(os.environ.get("SHELL", "")).name
    made = get_completion_class(shell)
    if made is None:
        raise UserError("name your shell: bash, zsh or fish")
    root = click.get_current_context().find_root()
    sys.stdout.write(made(root.command, {}, "deckgen", "_DECKGEN_COMPLETE").source() + "\n")


COMMANDS = (init, schema, completion)
