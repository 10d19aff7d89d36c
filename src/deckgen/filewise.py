"""The rules run file by file, so that processes can share the files and files that did not change are not read again.

Each file is looked at by itself, together with its notes, which leaves what was found there and short traces of what
its entries have in common with others. Only entries whose traces meet are then held against each other. The outcome
is that of `deckgen.lint.lint`.
"""

from __future__ import annotations

import datetime
import hashlib
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from deckgen.bank import Bank, Topic
from deckgen.diagnostic import Diagnostic
from deckgen.lint import MANY, chosen_rules, judged
from deckgen.linted import LintedDeck, linted_deck
from deckgen.note import Note

_TRACE = 3
"""Numbers in a trace: a digest of its rule and name, one of its form, and the places of its rule and its entry."""
_RULE = 32
_ALWAYS = 0


@dataclass(frozen=True, slots=True)
class Looked:
    """What one file leaves: diagnostics, traces, the media that its notes name, and whether notes are missing."""

    found: tuple[Diagnostic, ...]
    traces: bytes
    media: tuple[str, ...]
    unsound: bool


class Filewise:
    """The rules that a deck has chosen. ``now`` is in seconds since 1970; rules go by its day (UTC)."""

    def __init__(self, bank: Bank, now: int) -> None:
        self._bank = bank
        self._today = datetime.datetime.fromtimestamp(now, datetime.UTC).date()
        self._rules, self.said = chosen_rules(bank.settings, errors_only=False)
        self.count = len(self._rules)
        self.key = f"rules {self._today}"

    @staticmethod
    def fits(bank: Bank, now: int) -> Filewise | None:
        """The rules of a deck, unless one needs all of it, files are too few to share, or entries share an id."""
        made = Filewise(bank, now)
        ids = [entry.id.value for _, entry in bank.entries()]
        apart = (len(bank.topics) > 1 or len(ids) < MANY) and len(ids) == len(set(ids))
        return made if apart and not any(rule.whole for rule, _ in made._rules) else None

    def look(self, topic: Topic, notes: Sequence[Note | None]) -> Looked:
        """What the rules say of one file, given the notes of its entries."""
        made = tuple(note for note in notes if note is not None)
        deck = linted_deck(replace(self._bank, topics=(topic,), passed_over=frozenset()), made, self._today)
        found = [
            item
            for rule, severity in self._rules
            if rule.alone is not None
            for item in judged(rule.alone(deck), severity)
        ]
        looked = Looked(tuple(found), self._traces(topic, deck).tobytes(), tuple(sorted(deck.shown)), deck.unsound)
        for item in deck.items:
            item.texts = ()  # texts know their item: no file would be let go while cycles are not looked for
        return looked

    def _traces(self, topic: Topic, deck: LintedDeck) -> array[int]:
        places = {id(entry): place for place, entry in enumerate(topic.entries)}
        numbers: list[int] = []
        forms: dict[str | None, int] = {None: _ALWAYS}
        for number, (rule, _) in enumerate(self._rules):
            names: dict[str, int] = {}
            for name, form, item in rule.traces(deck) if rule.traces is not None else ():
                known = names.get(name)
                if known is None:
                    known = names[name] = _digest(f"{number} {name}")
                said = forms.get(form)
                if said is None:
                    said = forms[form] = _digest(form or "")
                numbers += (known, said, number << _RULE | places[id(item.entry)])
        return array("Q", numbers)

    def across(self, looks: Sequence[Looked], notes_of: Callable[[int], Sequence[Note | None]]) -> Iterator[Diagnostic]:
        """What the rules say of all files together. ``notes_of`` gives the notes of a file by its place."""
        numbers, entries = _met([look.traces for look in looks])
        notes: list[Note] = []
        for place, wanted in entries.items():
            notes += (note for at, note in enumerate(notes_of(place)) if at in wanted and note is not None)
        deck = replace(
            linted_deck(self._bank, notes, self._today),
            shown=frozenset(name for look in looks for name in look.media),
            unsound=bool(self._bank.passed_over) or any(look.unsound for look in looks),
        )
        for number, (rule, severity) in enumerate(self._rules):
            if rule.across is not None and (rule.traces is None or number in numbers):
                yield from judged(rule.across(deck), severity)


def _met(traces: Sequence[bytes]) -> tuple[set[int], dict[int, set[int]]]:
    """The places of rules that have something to say, and for each file the places of the entries they speak of."""
    forms: dict[int, int] = {}
    met: set[int] = set()
    read = [array("Q", part) for part in traces]
    for trace in read:
        for name, form in zip(trace[::_TRACE], trace[1::_TRACE], strict=True):
            if form == _ALWAYS or forms.setdefault(name, form) != form:
                met.add(name)
    numbers: set[int] = set()
    entries: dict[int, set[int]] = {}
    for place, trace in enumerate(read if met else ()):
        for name, where in zip(trace[::_TRACE], trace[2::_TRACE], strict=True):
            if name in met:
                numbers.add(where >> _RULE)
                entries.setdefault(place, set()).add(where & ((1 << _RULE) - 1))
    return numbers, entries


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
