"""The command line of packages and releases: inspect, diff, rehearse, lock, release, verify, stats. No logic."""

from __future__ import annotations

import datetime
import sys
import time
from pathlib import Path

import click

from deckgen.cli_options import CARDS, DECKS, FORMAT, OUTPUT, PACKAGE, QUIET, VERBOSE, bar, colour, epoch_given


@click.command()
@click.argument("package", type=PACKAGE)
@FORMAT
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
            colour=colour(sys.stdout),
        )
    )


@click.command()
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
    sys.exit(command.run(old, new, cards=folder, now=now, format=format_, out=sys.stdout, colour=colour(sys.stdout)))


@click.command()
@click.argument("old", type=PACKAGE)
@click.argument("new", type=PACKAGE)
@click.option("--seed", type=int, default=1, show_default=True, help="Which simulated learner.")
@click.option("--days", type=click.IntRange(1, 365), default=30, show_default=True, help="Days of study.")
@click.option(
    "--scheduler",
    type=click.Choice(["fsrs", "sm2", "both"]),
    default="both",
    show_default=True,
    help="Which of Anki's schedulers the learner uses.",
)
@FORMAT
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
            colour=colour(sys.stdout),
            bar=bar(verbose=verbose),
        )
    )


@click.command()
@click.option("--from", "package", type=PACKAGE, metavar="X.apkg", help="Rebuild it from this released package.")
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


@click.command()
@DECKS
@CARDS
@OUTPUT
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
        dist_folder(folder, output), int(time.time()), epoch_given(), quiet=quiet, colour=colour(sys.stderr), bar=told
    )
    sys.exit(command.run(find_decks(folder, decks), options, notes, sys.stdout, sys.stderr))


@click.command()
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


@click.command()
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
@FORMAT
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


COMMANDS = (inspect, diff, rehearse, lock, release, verify, stats)
