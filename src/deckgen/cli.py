"""The command line: options and dispatch, no logic. Commands are imported when they run, so that help is quick."""

from __future__ import annotations

import errno
import io
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deckgen import __version__, cli_authoring, cli_packages, cli_preview
from deckgen.cli_options import CARDS, DECKS, OUTPUT, QUIET, VERBOSE, bar, colour, epoch_given
from deckgen.errors import UserError

if TYPE_CHECKING:
    from deckgen.bar import Bar
    from deckgen.memory import Memory
    from deckgen.workspace import DeckFolder


INTERRUPTED = 130
"""The exit code of a program that was interrupted."""


class Group(click.Group):
    """A group of commands that suggests the nearest name for a misspelt one and shows user errors plainly."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with a suggestion."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib  # noqa: PLC0415

            close = difflib.get_close_matches(args[0], self.list_commands(ctx), n=1)
            if not close or "Did you mean" in error.message:
                raise
            raise click.UsageError(f"{error.message} Did you mean '{close[0]}'?", ctx) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Run, turning a `UserError` and what the system refuses into exit code 2."""
        try:
            return super().invoke(ctx)
        except UserError as error:
            raise click.UsageError(str(error), ctx=None) from None
        except KeyboardInterrupt:
            sys.stderr.write("\ninterrupted: files were written whole or not at all\n")
            sys.exit(INTERRUPTED)
        except OSError as error:
            if error.errno == errno.EPIPE or error.strerror is None:
                raise
            place = "" if error.filename is None else f"{os.fspath(error.filename)}: "
            raise click.UsageError(f"{place}{error.strerror}", ctx=None) from error


_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=Group, context_settings=_CONTEXT)
@click.version_option(__version__, message="deckgen %(version)s")
def cli() -> None:
    """Compile YAML question banks into Anki packages.

    \b
    deckgen check            find every mistake in the banks
    deckgen build            write dist/<deck>.apkg and the lock
    deckgen cloze "A fact."  see what a fact would hide
    """


def _memory(
    cards: Path, asked: Sequence[object], decks: Sequence[DeckFolder], outputs: Sequence[Path], now: int, told: Bar
) -> Memory:
    """The memory of a command, after it has repeated what it knows and ended the program where nothing changed."""
    from deckgen.cache import open_cache  # noqa: PLC0415
    from deckgen.memory import Memory  # noqa: PLC0415

    cache = open_cache(cards, os.environ)
    memory = Memory(cache, (Path.cwd(), *asked), [deck.path for deck in decks], outputs, now)
    said = memory.recall()
    if said is not None:
        told.did("nothing has changed since the last run: what it said is repeated")
        sys.stderr.write(said.err)
        sys.stdout.write(said.out)
        sys.exit(said.code)
    told.did("looked for changes since the last run")
    return memory


@cli.command()
@DECKS
@CARDS
@OUTPUT
@click.option("--locked", is_flag=True, help="Fail rather than change a lock.")
@click.option("--check", is_flag=True, help="Also fail if a package is not what would be written; write nothing.")
@click.option("--recloze", is_flag=True, help="Choose the blanks of all automatic facts anew.")
@VERBOSE
@QUIET
def build(
    decks: tuple[str, ...],
    cards: str | None,
    output: Path | None,
    locked: bool,
    check: bool,
    recloze: bool,
    verbose: bool,
    quiet: bool,
) -> None:
    """Build every deck, or those named, to dist/DECK.apkg.

    \b
    deckgen build
    deckgen build dupilumab -o release
    deckgen build --locked --check     what CI runs
    """
    from deckgen.workspace import cards_folder, dist_folder, find_decks  # noqa: PLC0415

    told = bar(verbose=verbose, quiet=quiet, drawn=True)
    folder = cards_folder(cards)
    found, target, now, epoch = find_decks(folder, decks), dist_folder(folder, output), int(time.time()), epoch_given()
    memory = None
    if not (locked or check or recloze):
        packages = [target / f"{deck.name}.apkg" for deck in found]
        memory = _memory(folder, ("build", epoch, quiet, *(deck.shown for deck in found)), found, packages, now, told)
    from deckgen.commands import build as command  # noqa: PLC0415 - not before the memory has nothing to say

    options = command.Options(
        target,
        now,
        epoch,
        locked,
        check,
        recloze,
        quiet=quiet,
        colour=colour(sys.stderr),
        bar=told,
        memory=memory,
    )
    sys.exit(command.run(found, options, sys.stdout, sys.stderr))


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@CARDS
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="How to report.",
)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--fix", is_flag=True, help="Mend what can be mended without a change of meaning.")
@click.option("--unsafe-fixes", is_flag=True, help="Also make fixes that may change the meaning; read the result.")
@click.option(
    "--max",
    "most",
    type=click.IntRange(min=0),
    metavar="N",
    help="Show N diagnostics at most, errors first; 0 shows all (default: 100 as text, else all).",
)
@VERBOSE
@QUIET
def check(
    paths: tuple[Path, ...],
    cards: str | None,
    format_: str,
    strict: bool,
    fix: bool,
    unsafe_fixes: bool,
    most: int | None,
    verbose: bool,
    quiet: bool,
) -> None:
    """Report every mistake in the banks, or in the files and folders named.

    \b
    deckgen check
    deckgen check cards/dupilumab/mechanism.yaml --format json
    deckgen check --fix
    """
    from deckgen.workspace import decks_of  # noqa: PLC0415

    told = bar(verbose=verbose, quiet=quiet, drawn=True)
    found, only = decks_of(cards, paths)
    epoch = epoch_given()
    now = int(time.time()) if epoch is None else epoch
    most = (100 if format_ == "text" else 0) if most is None else most
    coloured = colour(sys.stdout)
    memory = None
    if not (fix or unsafe_fixes) and found:
        asked = ("check", format_, strict, most, quiet, coloured, *(deck.shown for deck in found), *only)
        memory = _memory(found[0].path.parent, asked, found, (), now, told)
    from deckgen.commands import check as command  # noqa: PLC0415 - not before the memory has nothing to say

    options = command.Options(
        now, format_, strict, fix or unsafe_fixes, unsafe_fixes, most, quiet, coloured,
        bar=told, cache=memory.cache if memory is not None else None,
    )  # fmt: skip
    answer = io.StringIO()
    code = command.run(found, only, options, answer)
    sys.stdout.write(answer.getvalue())
    if memory is not None:
        from deckgen.memory import Said  # noqa: PLC0415

        memory.keep(Said(code, answer.getvalue()))
    sys.exit(code)


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@CARDS
@click.option("--check", is_flag=True, help="Write nothing; fail if a file would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
@QUIET
def fmt(paths: tuple[Path, ...], cards: str | None, check: bool, diff: bool, quiet: bool) -> None:
    """Bring bank files into the canonical layout: order of keys, indentation, quotes, blank lines.

    Comments stay, and so does what the files say.

    \b
    deckgen fmt
    deckgen fmt --check
    """
    from deckgen.commands import fmt as command  # noqa: PLC0415
    from deckgen.workspace import decks_of  # noqa: PLC0415

    found, only = decks_of(cards, paths)
    options = command.Options(check, diff, quiet, colour(sys.stderr))
    sys.exit(command.run(found, only, options, sys.stdout, sys.stderr))


@cli.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain a code of `deckgen check`, or list all of them.

    \b
    deckgen explain no-source
    """
    from deckgen.commands import explain as command  # noqa: PLC0415

    sys.exit(command.run(code, out=sys.stdout, colour=colour(sys.stdout)))


for _command in (*cli_authoring.COMMANDS, *cli_packages.COMMANDS, cli_preview.preview):
    cli.add_command(_command)
