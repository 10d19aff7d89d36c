"""The rules run over a deck: configured severities, ignore comments, and ids for entries that have none.

Runs last of the checks, on the entries that became notes, so that a rule sees only what is sound.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from deckgen.bank import Bank, DeckSettings
from deckgen.bar import NO_BAR, Bar
from deckgen.config import severities
from deckgen.diagnostic import Diagnostic, Severity
from deckgen.fixes import with_unique_ids
from deckgen.ignores import without_ignored
from deckgen.linted import LintedDeck, linted_deck
from deckgen.note import Note
from deckgen.persist import from_bytes, to_bytes
from deckgen.rules import RULES
from deckgen.rules.registry import Rule
from deckgen.workers import processors, spread

MANY = 1500
"""Entries from which on it pays to fork."""
Chosen = tuple[Rule, Severity]
"""A rule and the severity it was given."""


def lint(
    bank: Bank,
    notes: Iterable[Note],
    found: Sequence[Diagnostic],
    now: int,
    *,
    errors_only: bool = False,
    bar: Bar = NO_BAR,
) -> list[Diagnostic]:
    """All diagnostics of a deck: those found before, with those of the rules, less those that comments ignore.

    ``now`` is in seconds since 1970; rules about dates take its day (UTC) as today. ``errors_only`` runs just the rules
    that the deck has made errors: a build asks what stops it, and warnings do not.
    """
    wanted, everything = chosen_rules(bank.settings, errors_only=errors_only)
    if wanted:
        today = datetime.datetime.fromtimestamp(now, datetime.UTC).date()
        deck = linted_deck(bank, tuple(notes), today)
        everything += _findings(deck, wanted, bar)
    kept = as_asked(bank, found, everything)
    return [item for item in kept if item.code != "unused-ignore"] if errors_only else kept


def chosen_rules(settings: DeckSettings, *, errors_only: bool) -> tuple[list[Chosen], list[Diagnostic]]:
    """The rules that a deck has on, or has made errors, and what is wrong with its choice."""
    chosen, found = severities(settings)
    wanted = [(rule, severity) for rule in RULES if (severity := chosen[rule.code]) is not None]
    return [item for item in wanted if not errors_only or item[1] is Severity.ERROR], found


def as_asked(bank: Bank, found: Sequence[Diagnostic], by_rules: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics found before, with free ids for entries that have none, and those of rules, less the ignored."""
    return without_ignored(bank, [*with_unique_ids(bank, found), *by_rules])


def judged(found: Iterable[Diagnostic], severity: Severity) -> Iterator[Diagnostic]:
    """What a rule found, with the severity that it was given."""
    return (item if item.severity is severity else replace(item, severity=severity) for item in found)


def _findings(deck: LintedDeck, wanted: Sequence[Chosen], bar: Bar) -> Iterator[Diagnostic]:
    """What the rules find, each with the severity it was given; by all processors where there is much to read."""
    workers = processors() if len(deck.items) >= MANY else 1
    if workers > 1:
        deck.prepare()  # once, before the workers are forked
    sources = deck.bank.sources

    def run(task: Chosen) -> list[Diagnostic]:
        rule, severity = task
        return list(judged(rule.check(deck), severity))

    bar.begin("checking", len(wanted))
    for found in spread(wanted, run, lambda _, found: to_bytes(found, *sources), workers):
        bar.step()
        yield from from_bytes(found, *sources) if isinstance(found, bytes) else found
    bar.did(f"rules: {len(wanted):,} run")
