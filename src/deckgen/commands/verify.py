"""`deckgen verify`: record which entries a second reader has compared with their sources."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TextIO

from deckgen import verification
from deckgen.bank import Bank
from deckgen.errors import UserError
from deckgen.files import write_whole
from deckgen.loader import load
from deckgen.names import nearest
from deckgen.workspace import DeckFolder, shown_path


def run(
    decks: Sequence[DeckFolder],
    entries: Sequence[str],
    *,
    everything: bool,
    date: datetime.date,
    doubt: str | None,
    out: TextIO,
    check: bool = False,
) -> int:
    """Write verdicts for the named entries, or for all; with neither, say what is left to read.

    ``everything`` leaves doubts about entries that did not change: these are settled one by one.

    0: done. 1: with ``check``, where a deck that has a record has entries left to read, or lines for none.
    Raises `UserError` for an id that is in none of the decks.
    """
    banks = {deck: _bank(deck) for deck in decks}
    ids = {deck: [entry.id.value for _, entry in bank.entries()] for deck, bank in banks.items()}
    known = {name for names in ids.values() for name in names}
    for name in entries:
        if name not in known:
            guess = nearest(name, sorted(known))
            raise UserError(f"there is no entry `{name}`" + (f"; did you mean `{guess}`?" if guess else ""))
    verdict = verification.doubt(doubt) if doubt else verification.OK
    for deck, bank in banks.items():
        path = deck.path / verification.FILE_NAME
        record = verification.read(path)
        doubts = verification.doubted(bank, record) if everything and not doubt else set()
        chosen = [name for name in ids[deck] if name in entries or (everything and name not in doubts)]
        if chosen:
            write_whole(path, verification.recorded(bank, record, chosen, date, verdict).encode())
            kept = f", {len(doubts):,} {'doubt' if len(doubts) == 1 else 'doubts'} kept" if doubts else ""
            entries_said = "entry" if len(chosen) == 1 else "entries"
            out.write(f"{shown_path(path)}: {len(chosen):,} {entries_said} recorded{kept}\n")
        elif not entries:
            out.write(_state(deck, bank))
    return 1 if check and any(True for bank in banks.values() for _ in verification.stale(bank)) else 0


def _bank(deck: DeckFolder) -> Bank:
    bank, found = load(deck.path, deck.shown)
    if bank is None or bank.passed_over:
        raise UserError(f"{deck.shown} has errors ({len(found)}): see `deckgen check`")
    return bank


def _state(deck: DeckFolder, bank: Bank) -> str:
    record = verification.read(deck.path / verification.FILE_NAME)
    verdicts = record.verdicts if record is not None else {}
    left = {item.entry: item.code for item in verification.stale(bank) if item.entry} if record is not None else {}
    if record is None:
        left = {entry.id.value: verification.UNVERIFIED for _, entry in bank.entries()}
    doubts = {name: verdict.verdict for name, verdict in verdicts.items() if verdict.verdict != verification.OK}
    lines = [f"{deck.name}: {len(verdicts):,} entries read, {len(left):,} to read, {len(doubts):,} in doubt\n"]
    lines += [f"  {name}: {'changed' if code == verification.STALE else 'new'}\n" for name, code in left.items()]
    lines += [f"  {name}: {verdict}\n" for name, verdict in doubts.items() if name not in left]
    return "".join(lines)
