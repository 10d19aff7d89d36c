"""Arguments and options that several commands take, and what a shell offers to complete them."""

from __future__ import annotations

import os
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deckgen.errors import UserError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from deckgen.bar import Bar


def _folder(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - only a shell asks

    return [CompletionItem(typed, type="dir")]


def deck_names(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    """The decks that are there and not yet named, by their folders alone: no bank is read while a shell waits."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415

    from deckgen.workspace import cards_folder, find_decks  # noqa: PLC0415

    if "/" in typed or os.sep in typed:
        return _folder(context, parameter, typed)
    try:
        found = find_decks(cards_folder(context.params.get("cards")))
    except (UserError, OSError):
        return []
    named = context.params.get("decks") or ()
    return [CompletionItem(deck.name) for deck in found if deck.name.startswith(typed) and deck.name not in named]


DECKS = click.argument("decks", nargs=-1, metavar="[DECK]...", shell_complete=deck_names)
CARDS = click.option(
    "--cards",
    metavar="DIR",
    shell_complete=_folder,
    help="Folder that holds the decks (default: cards, here or above).",
)
VERBOSE = click.option(
    "-v", "--verbose", is_flag=True, help="Say on standard error what is done, and how long each part took."
)
QUIET = click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong.")


OUTPUT = click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where packages go (default: dist beside the cards folder).",
)
FORMAT = click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to report.",
)
PACKAGE = click.Path(exists=True, dir_okay=False, path_type=Path)


def colour(stream: Any) -> bool:
    """Whether a stream is a terminal that shows colours and nobody asked for none."""
    return not os.environ.get("NO_COLOR") and bool(stream.isatty()) and os.environ.get("TERM") != "dumb"


def epoch_given() -> int | None:
    """The time that a build is to bear, in seconds since 1970, if the caller says so. Raises `UserError`."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if not given:
        return None
    if not re.fullmatch("[0-9]{1,15}", given):
        raise UserError(f"SOURCE_DATE_EPOCH must be a number of seconds, not {given[:40]!r}")
    return int(given)


def bar(*, verbose: bool, quiet: bool = False, drawn: bool = False) -> Bar:
    """What the stages of a command report to: told line by line if ``verbose``, else ``drawn`` on a terminal, or not.

    Raises `UsageError` for one that is to be verbose and quiet.
    """
    from deckgen.bar import Bar  # noqa: PLC0415

    if not verbose:
        shows = drawn and not quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        return Bar(sys.stderr if shows else None, time.monotonic)
    if quiet:
        raise click.UsageError("--verbose and --quiet contradict each other: leave one out")
    from deckgen.telling import Telling  # noqa: PLC0415

    telling = Telling(sys.stderr, time.monotonic)
    click.get_current_context().call_on_close(telling.total)
    return telling
