"""The command line of `deckgen preview`. Options and dispatch, no logic."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import click

from deckgen.cli_options import CARDS, DECKS, QUIET, VERBOSE, bar, colour


@click.command()
@DECKS
@CARDS
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the site goes (default: preview beside the cards folder).",
)
@click.option("--since", metavar="OLD", help="Mark what changed since a package or a git revision.")
@click.option("--serve", is_flag=True, help="Serve the site on this machine and follow every save; write nothing.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the server (default: 8765, or a free one).")
@click.option("--open", "browse", is_flag=True, help="Show it in the browser.")
@VERBOSE
@QUIET
def preview(
    decks: tuple[str, ...],
    cards: str | None,
    output: Path | None,
    since: str | None,
    serve: bool,
    port: int | None,
    browse: bool,
    verbose: bool,
    quiet: bool,
) -> None:
    """Show every deck, or those named, as a web site: each card as Anki shows it, and what is wrong with it.

    \b
    deckgen preview                        preview/index.html, to open or to publish
    deckgen preview dupilumab --since v1.2.0
    deckgen preview --serve --open         while writing
    """
    from deckgen.cache import open_cache  # noqa: PLC0415
    from deckgen.commands import preview as command  # noqa: PLC0415
    from deckgen.workspace import beside, cards_folder  # noqa: PLC0415

    if serve and output is not None:
        raise click.UsageError("--serve writes nothing: leave out --output, or leave out --serve")
    if port is not None and not serve:
        raise click.UsageError("--port is for --serve")
    told = bar(verbose=verbose, quiet=quiet)
    folder = cards_folder(cards)
    cache = open_cache(folder, os.environ)
    options = command.Options(folder, decks, since, lambda: int(time.time()), quiet, colour(sys.stderr), cache, told)
    if serve:
        sys.exit(command.serve(options, port, browse=browse, out=sys.stdout, err=sys.stderr))
    target = output or beside(folder, "preview")
    sys.exit(command.run(options, target, browse=browse, out=sys.stdout, err=sys.stderr))
