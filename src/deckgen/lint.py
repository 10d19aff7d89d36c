"""The rules run over a deck: configured severities, ignore comments, and ids for entries that have none.

Runs last of the checks, on the entries that became notes, so that a rule sees only what is sound.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace

from deckgen.bank import Bank
from deckgen.config import severities
from deckgen.diagnostic import Diagnostic
from deckgen.fixes import with_unique_ids
from deckgen.ignores import without_ignored
from deckgen.linted import linted_deck
from deckgen.note import Note
from deckgen.rules import RULES


def lint(bank: Bank, notes: Iterable[Note], found: Sequence[Diagnostic], now: int) -> list[Diagnostic]:
    """All diagnostics of a deck: those found before, with those of the rules, less those that comments ignore.

    ``now`` is in seconds since 1970; rules about dates take its day (UTC) as today.
    """
    chosen, everything = severities(bank.settings)
    today = datetime.datetime.fromtimestamp(now, datetime.UTC).date()
    deck = linted_deck(bank, tuple(notes), today)
    everything += with_unique_ids(bank, found)
    for rule in RULES:
        severity = chosen[rule.code]
        if severity is not None:
            everything += (
                item if item.severity is severity else replace(item, severity=severity) for item in rule.check(deck)
            )
    return without_ignored(bank, everything)
