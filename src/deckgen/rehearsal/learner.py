"""What the simulated learner does between two releases: studies day by day, and edits.

Everything depends on the seed alone: which days are left out, which cards are answered how, what is edited.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deckgen.rehearsal.profile import AGAIN, EASY, GOOD, HARD

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

    from anki.cards import CardId
    from anki.collection import Collection

    from deckgen.rehearsal.profile import Profile
    from deckgen.rehearsal.snapshot import Snapshot

IDLE = 0.15
"""Share of the days on which the learner does not study."""
STARTED = 0.85
"""Share of the new cards that the learner gets to see."""
WEIGHTS = {AGAIN: 2, HARD: 2, GOOD: 8, EASY: 1}
NOTE_EDITS = ("tag", "field", "mark")
CARD_EDITS = ("flag", "suspend", "bury", "move", "filter")
OWN_DECK = "The learner's own deck"
CRAM_DECK = "The learner's cram deck"
OWN_TAG = "the-learners-own"
OWN_WORDS = " (in my own words)"


@dataclass(frozen=True, slots=True)
class Edit:
    """Something the learner did to a note, or to its cards; `cards` are their ids."""

    kind: str
    guid: str
    cards: tuple[int, ...] = ()
    field: int = 0

    def survives(self, after: Snapshot) -> bool:
        """Whether it is still there."""
        note = after.notes.get(self.guid)
        if note is None:
            return False
        if self.kind == "tag":
            return OWN_TAG in note.tags
        if self.kind == "mark":
            return "marked" in note.tags
        if self.kind == "field":
            return self.field < len(note.fields) and OWN_WORDS in note.fields[self.field]
        cards = [after.cards.get(number) for number in self.cards]
        tests: dict[str, Callable[[Snapshot, int], bool]] = {
            "flag": lambda state, number: state.cards[number].flags == 3,
            "suspend": lambda state, number: state.cards[number].queue == -1,
            "bury": lambda state, number: state.cards[number].queue in {-2, -3},
            "move": lambda state, number: state.cards[number].deck == OWN_DECK,
            "filter": lambda state, number: state.cards[number].deck == CRAM_DECK,
        }
        return None not in cards and all(tests[self.kind](after, number) for number in self.cards)


def study(profile: Profile, dice: random.Random, days: int) -> int:
    """Study for so many days; the number of answers given."""
    fresh = len(profile.values("select id from cards where queue = 0"))
    quota = -(-int(fresh * STARTED) // max(1, days * 2 // 3))
    left = round(fresh * STARTED)
    answers = 0
    for day in range(days):
        if not day or dice.random() >= IDLE:
            new = min(quota, left)
            left -= new
            answers += _study_today(profile, dice, new)
        profile.pass_days(1)
    return answers


def _study_today(profile: Profile, dice: random.Random, new: int) -> int:
    due = profile.values(
        "select id from cards where (queue in (2, 3) and due <= ?) or queue = 1 order by id",
        profile.col.sched.today,
    )
    due += profile.values("select id from cards where queue = 0 order by due, id limit ?", new)
    answers = 0
    for number in due:
        rating = dice.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        profile.answer(number, rating)
        answers += 1
        # A card that is being learnt comes back on the same day.
        if profile.values("select queue from cards where id = ?", number) == [1] and dice.random() < 0.8:
            profile.answer(number, GOOD)
            answers += 1
    return answers


def make_edits(
    profile: Profile, dice: random.Random, changed: Sequence[str], unchanged: Sequence[str]
) -> tuple[Edit, ...]:
    """Edit some notes in every way, half of them such as the next release changes. One way for each note."""
    pools = [list(changed), list(unchanged)]
    for pool in pools:
        dice.shuffle(pool)
    number = max(2, min(6, (len(changed) + len(unchanged)) // 20))
    edits: list[Edit] = []
    for kind in (*NOTE_EDITS, *CARD_EDITS):
        for place in range(number):
            pool = pools[place % 2] or pools[1 - place % 2]
            if pool:
                edits.append(_edit(profile, kind, pool.pop()))
    crammed = [edit for edit in edits if edit.kind == "filter"]
    _cram(profile.col, crammed)
    return tuple(edit for edit in edits if edit not in crammed or _in_deck(profile, edit, CRAM_DECK))


def _edit(profile: Profile, kind: str, guid: str) -> Edit:
    col = profile.col
    note = col.get_note(profile.values("select id from notes where guid = ? order by id", guid)[0])
    cards: list[CardId] = [card.id for card in note.cards()]
    field = len(note.fields) - 1
    if kind == "tag":
        note.add_tag(OWN_TAG)
    elif kind == "mark":
        note.add_tag("marked")
    elif kind == "field":
        note.fields[field] += OWN_WORDS
    elif kind == "flag":
        col.set_user_flag_for_cards(3, cards)
    elif kind == "suspend":
        col.sched.suspend_cards(cards)
    elif kind == "bury":
        col.sched.bury_cards(cards)
    elif kind == "move":
        col.set_deck(cards, _deck(col, OWN_DECK))
    if kind in NOTE_EDITS:
        col.update_note(note)
    return Edit(kind, guid, tuple(cards), field)


def _deck(col: Collection, name: str) -> int:
    number = col.decks.id(name)
    if number is None:
        raise ValueError(name)
    return number


def _cram(col: Collection, edits: Sequence[Edit]) -> None:
    """Put the cards of these notes into a filtered deck."""
    if not edits:
        return
    existing = col.decks.id_for_name(CRAM_DECK)
    deck = col.decks.get(existing if existing else col.decks.new_filtered(CRAM_DECK))
    if deck is None:
        return
    cards = ",".join(str(number) for edit in edits for number in edit.cards)
    deck["terms"] = [[f"cid:{cards}", 999, 0]]
    col.decks.save(deck)
    col.sched.rebuild_filtered_deck(deck["id"])


def _in_deck(profile: Profile, edit: Edit, name: str) -> bool:
    number = profile.col.decks.id_for_name(name)
    return all(profile.values("select did from cards where id = ?", card) == [number] for card in edit.cards)
