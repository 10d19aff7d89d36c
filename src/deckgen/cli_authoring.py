"""The command line of what helps to write decks: cloze, init, new, schema, completion. Options, no logic."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

import click

from deckgen.cli_options import CARDS, QUIET, colour, deck_names
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
@QUIET
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
    from deckgen.names import is_web_address  # noqa: PLC0415
    from deckgen.scaffold import NewDeck, deck_id  # noqa: PLC0415

    asking = sys.stdin.isatty() and not yes

    def answer(given: str | None, question: str, default: str) -> str:
        if given is not None:
            return given
        return str(click.prompt(question, default=default)) if asking else default

    def address() -> str:
        while True:
            said = answer(repository, "Web address of its repository (empty: none yet)", "")
            if not said or is_web_address(said) or repository is not None or not asking:
                return said
            click.echo("A web address begins with https:// and holds no blanks.")

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
        address() or None,
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
    """Print the script by which a shell completes commands, options and the names of decks.

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


class _Terminal:
    """Asks at the terminal."""

    def text(self, question: str, default: str | None = None) -> str:
        shown = bool(default)
        while True:
            said = str(click.prompt(question, default="" if default is None else default, show_default=shown)).strip()
            if said or default is not None:
                return said

    def yes(self, question: str, *, default: bool = True) -> bool:
        return bool(click.confirm(question, default=default))

    def say(self, text: str) -> None:
        click.echo(text, nl=False)


_KINDS = ("fact", "question", "choice", "sequence", "table")


@click.command()
@click.option("--deck", metavar="DECK", shell_complete=deck_names, help="The deck, where there are several.")
@click.option("--topic", help="The topic, by its file or its name.")
@click.option("--new-topic", metavar="NAME", help="Begin a topic of this name.")
@click.option("--kind", type=click.Choice(_KINDS), help="What to ask for; options tell it too.")
@click.option("--fact", help="A statement; deckgen chooses what to hide.")
@click.option("--hide", multiple=True, metavar="TEXT", help="A text of the fact to hide; may be repeated.")
@click.option("--keep", multiple=True, metavar="TEXT", help="A text of the fact never to hide; may be repeated.")
@click.option("--hint", "hints", multiple=True, nargs=2, metavar="TEXT HINT", help="A hint for a hidden text.")
@click.option("--question", help="A question.")
@click.option("--answer", help="Its answer.")
@click.option("--reverse", is_flag=True, help="Also ask the other way round.")
@click.option("--typed", is_flag=True, help="Ask to type the answer.")
@click.option("--distractor", "wrong", multiple=True, metavar="TEXT", help="A wrong option; may be repeated.")
@click.option("--distractor-why", "why", multiple=True, nargs=2, metavar="TEXT WHY", help="One with its reason.")
@click.option("--step", "steps", multiple=True, metavar="TEXT", help="A step of a sequence, in order.")
@click.option("--column", "columns", multiple=True, metavar="NAME", help="A column of a table, in order.")
@click.option("--row", "rows", multiple=True, metavar="NAME", help="A row of a table, in order.")
@click.option("--cell", "cells", multiple=True, metavar="TEXT", help="A cell, row by row; empty for none.")
@click.option("--source", "sources", multiple=True, metavar="KEY#PLACE", help="Where it stands; may be repeated.")
@click.option("--source-title", metavar="TEXT", help="Title of the source, if it is not in sources.yaml yet.")
@click.option("--source-publisher", metavar="TEXT", help="Its publisher.")
@click.option("--source-url", metavar="URL", help="Its address.")
@click.option("--source-date", metavar="DATE", help="Its date.")
@click.option("--source-kind", metavar="KIND", help="Its kind, such as label, trial or review.")
@click.option("--explanation", metavar="TEXT", help="Shown on the back.")
@click.option("--tag", "tags", multiple=True, help="A tag; may be repeated.")
@click.option("--needs", multiple=True, metavar="ID", help="An entry to learn first; may be repeated.")
@click.option("--as-of", metavar="DATE", help="Date from which it held.")
@click.option("--review-by", metavar="DATE", help="Date by which to check it again.")
@click.option("--region", help="Where it holds.")
@click.option("--image", metavar="FILE", help="A picture in the folder media.")
@click.option("--image-alt", metavar="TEXT", help="What the picture shows, for those who cannot see it.")
@click.option("--id", "id_", metavar="ID", help="Permanent name (default: made from the text).")
@click.option("--dry-run", is_flag=True, help="Show the cards and the text; write nothing.")
@CARDS
@QUIET
def new(deck: str | None, cards: str | None, **given: Any) -> None:
    """Add an entry: asked for on a terminal, or given by options.

    \b
    deckgen new
    deckgen new --topic planets --fact "Mars has two moons." --source "nasa-mars#moons"
    deckgen new --topic planets --question "Which planet is red?" --answer Mars --dry-run
    """
    from deckgen.commands import new as command  # noqa: PLC0415
    from deckgen.workspace import cards_folder, find_decks  # noqa: PLC0415

    decks = find_decks(cards_folder(cards), (deck,) if deck else ())
    asking = sys.stdin.isatty() and not (given["fact"] or given["question"])
    if len(decks) > 1:
        names = ", ".join(each.name for each in decks)
        if not asking:
            raise UserError(f"name the deck with --deck: {names}")
        chosen = click.prompt("Deck", type=click.Choice([each.name for each in decks]))
        decks = [each for each in decks if each.name == chosen]
    if not asking and not (given["fact"] or given["question"]):
        raise UserError("give --fact, or --question with what its kind needs; on a terminal, deckgen asks for them")
    wish = command.wish_of(given, colour=colour(sys.stderr))
    ask = _Terminal() if asking else None
    sys.exit(command.run(decks[0], wish, ask, now=int(time.time()), out=sys.stdout, err=sys.stderr))


@click.command()
@click.argument("base")
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    default="report",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the page and the packages go.",
    show_default=True,
)
@click.option("--strict", is_flag=True, help="Refuse warnings too that BASE does not have.")
@click.option(
    "--rehearsal/--no-rehearsal", default=True, help="Let a simulated learner import the change in real Anki."
)
@click.option(
    "--days", type=click.IntRange(1, 365), default=10, show_default=True, help="Days of study in the rehearsal."
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "github"]),
    default="text",
    show_default=True,
    help="How to print mistakes; github makes annotations of them.",
)
@CARDS
def report(base: str, output: Path, strict: bool, rehearsal: bool, days: int, format_: str, cards: str | None) -> None:
    """Report what the banks change for learners since the commit BASE, and whether they may.

    \b
    deckgen report main
    deckgen report origin/main -o report --no-rehearsal
    """
    from deckgen.commands import report as command  # noqa: PLC0415
    from deckgen.workspace import cards_folder  # noqa: PLC0415

    sys.exit(
        command.run(
            base,
            cards_folder(cards),
            output,
            strict=strict,
            rehearsal=rehearsal,
            days=days,
            now=int(time.time()),
            out=sys.stdout,
            err=sys.stderr,
            format=format_,
            colour=colour(sys.stderr),
        )
    )


@click.command()
@click.argument("text", required=False)
@click.option("--explain", is_flag=True, help="Say why each answer was chosen, and others not.")
@click.option("--jsonl", is_flag=True, help='Read {"id", "text"} lines, write {"id", "text", "answers"} lines.')
@click.option(
    "--deck",
    metavar="DECK",
    shell_complete=deck_names,
    help="Know the glossary, the subject and the entries of this deck.",
)
@CARDS
def cloze(text: str | None, explain: bool, jsonl: bool, deck: str | None, cards: str | None) -> None:
    """Show what a fact would hide: TEXT, or each line of standard input.

    \b
    deckgen cloze "Water boils at 100 °C at sea level." --explain
    deckgen cloze --deck dupilumab "Dupilumab binds IL-4Rα."
    deckgen cloze --jsonl < facts.jsonl
    """
    from deckgen.commands import cloze as command  # noqa: PLC0415
    from deckgen.commands.cloze_deck import engine_of  # noqa: PLC0415

    if jsonl and (explain or text is not None):
        given = "--explain" if explain else "a TEXT"
        raise click.UsageError(f"--jsonl reads lines from standard input: leave out {given}")
    engine = None if deck is None else engine_of(deck, cards)
    sys.exit(command.run(text, explain=explain, jsonl=jsonl, stdin=sys.stdin, out=sys.stdout, engine=engine))


COMMANDS = (cloze, init, new, report, schema, completion)
