"""The command line: options and dispatch, no logic. Commands are imported when they run, so that help is quick."""

from __future__ import annotations

import datetime
import errno
import io
import os
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deckgen import __version__, cli_authoring, cli_preview
from deckgen.cli_options import CARDS, DECKS, QUIET, VERBOSE, bar
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


def _colour(stream: Any) -> bool:
    return not os.environ.get("NO_COLOR") and bool(stream.isatty()) and os.environ.get("TERM") != "dumb"


def _epoch() -> int | None:
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if not given:
        return None
    if not re.fullmatch("[0-9]{1,15}", given):
        raise UserError(f"SOURCE_DATE_EPOCH must be a number of seconds, not {given[:40]!r}")
    return int(given)


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
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where packages go (default: dist beside the cards folder).",
)
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
    found, target, now, epoch = find_decks(folder, decks), dist_folder(folder, output), int(time.time()), _epoch()
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
        colour=_colour(sys.stderr),
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
    epoch = _epoch()
    now = int(time.time()) if epoch is None else epoch
    most = (100 if format_ == "text" else 0) if most is None else most
    colour = _colour(sys.stdout)
    memory = None
    if not (fix or unsafe_fixes) and found:
        asked = ("check", format_, strict, most, quiet, colour, *(deck.shown for deck in found), *only)
        memory = _memory(found[0].path.parent, asked, found, (), now, told)
    from deckgen.commands import check as command  # noqa: PLC0415 - not before the memory has nothing to say

    options = command.Options(
        now, format_, strict, fix or unsafe_fixes, unsafe_fixes, most, quiet, colour,
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
    options = command.Options(check, diff, quiet, _colour(sys.stderr))
    sys.exit(command.run(found, only, options, sys.stdout, sys.stderr))


@cli.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain a code of `deckgen check`, or list all of them.

    \b
    deckgen explain no-source
    """
    from deckgen.commands import explain as command  # noqa: PLC0415

    sys.exit(command.run(code, out=sys.stdout, colour=_colour(sys.stdout)))


@cli.command()
@click.argument("package", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to report.",
)
def inspect(package: Path, format_: str) -> None:
    """Show what any Anki package holds, and what is wrong with it.

    \b
    deckgen inspect dist/dupilumab.apkg
    """
    from deckgen.commands import inspect as command  # noqa: PLC0415

    sys.exit(
        command.run(
            package,
            format="json" if format_ == "json" else "text",
            out=sys.stdout,
            colour=_colour(sys.stdout),
        )
    )


_FORMAT = click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to report.",
)
_PACKAGE = click.Path(exists=True, dir_okay=False, path_type=Path)


@cli.command()
@click.argument("old")
@click.argument("new")
@CARDS
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How to report; Markdown is fit for release notes.",
)
def diff(old: str, new: str, cards: str | None, format_: str) -> None:
    """Show what learners will see change from OLD to NEW: packages, folders of decks, or git revisions.

    \b
    deckgen diff old.apkg dist/dupilumab.apkg
    deckgen diff v1.0.0 HEAD --format markdown
    deckgen diff HEAD cards
    """
    from deckgen.commands import diff as command  # noqa: PLC0415
    from deckgen.workspace import cards_folder  # noqa: PLC0415

    sides_are_paths = Path(old).exists() and Path(new).exists()
    folder = Path() if sides_are_paths else cards_folder(cards)
    now = int(time.time())
    sys.exit(command.run(old, new, cards=folder, now=now, format=format_, out=sys.stdout, colour=_colour(sys.stdout)))


@cli.command()
@click.argument("old", type=_PACKAGE)
@click.argument("new", type=_PACKAGE)
@click.option("--seed", type=int, default=1, show_default=True, help="Which simulated learner.")
@click.option("--days", type=click.IntRange(1, 365), default=30, show_default=True, help="Days of study.")
@click.option(
    "--scheduler",
    type=click.Choice(["fsrs", "sm2", "both"]),
    default="both",
    show_default=True,
    help="Which of Anki's schedulers the learner uses.",
)
@_FORMAT
@VERBOSE
def rehearse(old: Path, new: Path, seed: int, days: int, scheduler: str, format_: str, verbose: bool) -> None:
    """Let a simulated learner study OLD in real Anki and import NEW: what is kept, moved, lost.

    Needs the Anki library: pip install anki

    \b
    deckgen rehearse released.apkg dist/dupilumab.apkg
    """
    from deckgen.commands import rehearse as command  # noqa: PLC0415

    sys.exit(
        command.run(
            old,
            new,
            seed=seed,
            days=days,
            scheduler=scheduler,
            format=format_,
            out=sys.stdout,
            colour=_colour(sys.stdout),
            bar=bar(verbose=verbose),
        )
    )


@cli.command()
@click.option("--from", "package", type=_PACKAGE, metavar="X.apkg", help="Rebuild it from this released package.")
@click.option("--force", is_flag=True, help="With --from: replace a lock that is there.")
@click.option("--forget", multiple=True, metavar="ID", help="Forget an entry that no learner can have; repeatable.")
@DECKS
@CARDS
def lock(package: Path | None, force: bool, forget: tuple[str, ...], decks: tuple[str, ...], cards: str | None) -> None:
    """Rebuild a lost lock from a released package, or forget an entry that was built and never released.

    \b
    deckgen lock --from dist/dupilumab.apkg
    deckgen lock --forget old-draft
    """
    from deckgen.commands import lock as command  # noqa: PLC0415
    from deckgen.workspace import cards_folder, dist_folder, find_decks  # noqa: PLC0415

    if (package is None) == (not forget):
        raise click.UsageError("say either --from X.apkg or --forget ID")
    folder = cards_folder(cards)
    found = find_decks(folder, decks)
    if package is None:
        sys.exit(command.forget(forget, found, dist_folder(folder, None), out=sys.stdout))
    sys.exit(command.run(package, found, force=force, out=sys.stdout))


@cli.command()
@DECKS
@CARDS
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where packages go (default: dist beside the cards folder).",
)
@click.option(
    "--notes", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Write release notes here."
)
@VERBOSE
@QUIET
def release(
    decks: tuple[str, ...], cards: str | None, output: Path | None, notes: Path | None, verbose: bool, quiet: bool
) -> None:
    """Build what learners will get, and write the release notes. Raise the version in deck.yaml first.

    \b
    deckgen release
    deckgen release dupilumab --notes notes.md
    """
    from deckgen.commands import build as build_command  # noqa: PLC0415
    from deckgen.commands import release as command  # noqa: PLC0415
    from deckgen.workspace import cards_folder, dist_folder, find_decks  # noqa: PLC0415

    told = bar(verbose=verbose, quiet=quiet)
    folder = cards_folder(cards)
    options = build_command.Options(
        dist_folder(folder, output), int(time.time()), _epoch(), quiet=quiet, colour=_colour(sys.stderr), bar=told
    )
    sys.exit(command.run(find_decks(folder, decks), options, notes, sys.stdout, sys.stderr))


@cli.command()
@DECKS
@CARDS
@click.option("--entry", "entries", multiple=True, metavar="ID", help="An entry that was read; may be repeated.")
@click.option("--all", "everything", is_flag=True, help="Every entry was read.")
@click.option("--doubt", metavar="TEXT", help="Record a doubt about them instead of `ok`.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="The day of the reading (default: today, UTC).")
@click.option("--check", is_flag=True, help="Record nothing; fail if an entry is left to read.")
def verify(
    decks: tuple[str, ...],
    cards: str | None,
    entries: tuple[str, ...],
    everything: bool,
    doubt: str | None,
    date: datetime.datetime | None,
    check: bool,
) -> None:
    """Record that a second reader compared entries with their sources; say which are left to read.

    \b
    deckgen verify
    deckgen verify dupilumab --entry dupilumab-target --entry brand-name
    """
    from deckgen.commands import verify as command  # noqa: PLC0415
    from deckgen.workspace import cards_folder, find_decks  # noqa: PLC0415

    if entries and everything:
        raise click.UsageError("name entries with --entry, or take --all, not both")
    if check and (entries or everything):
        raise click.UsageError("--check records nothing: leave out --entry and --all")
    if doubt is not None and not (entries or everything):
        raise click.UsageError("--doubt needs --entry or --all")
    day = (date or datetime.datetime.now(datetime.UTC)).date()
    found = find_decks(cards_folder(cards), decks)
    sys.exit(command.run(found, entries, everything=everything, date=day, doubt=doubt, out=sys.stdout, check=check))


@cli.command()
@DECKS
@CARDS
@click.option("--new", "new", type=click.IntRange(1, 9999), default=20, show_default=True, help="New cards a day.")
@click.option(
    "--retention",
    type=click.FloatRange(0.7, 0.99),
    default=0.9,
    show_default=True,
    help="The share of reviews to be recalled.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, another simulated learner.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to report.",
)
def stats(decks: tuple[str, ...], cards: str | None, new: int, retention: float, seed: int, format_: str) -> None:
    """Count entries, cards and sources, and forecast the reviews of a year.

    \b
    deckgen stats dupilumab --new 10
    """
    from deckgen.commands import stats as command  # noqa: PLC0415
    from deckgen.stats import Plan  # noqa: PLC0415
    from deckgen.workspace import cards_folder, find_decks  # noqa: PLC0415

    plan = Plan(new, retention, seed)
    found = find_decks(cards_folder(cards), decks)
    sys.exit(command.run(found, plan, now=int(time.time()), format=format_, out=sys.stdout, err=sys.stderr))


for _command in (*cli_authoring.COMMANDS, cli_preview.preview):
    cli.add_command(_command)
