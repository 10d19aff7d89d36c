"""Codes of changes that would harm who has the deck already."""

from __future__ import annotations

from deckgen.diagnostic import Severity
from deckgen.rules.core.page import Page

_E, _W = Severity.ERROR, Severity.WARNING

PROMISES: dict[str, Page] = {
    "broken-lock": Page(
        _E,
        "A lock that cannot be read.",
        "Take deck.lock from version control, or make it anew from a released package with `deckgen lock --from`.",
    ),
    "deck-id-changed": Page(
        _E,
        "A deck id other than the released one.",
        "Learners' notes are recognised by it. Put the old id back.",
    ),
    "deck-renamed": Page(
        _W,
        "A deck name other than the released one.",
        "Cards that learners have stay in the old deck.",
    ),
    "kind-changed": Page(
        _E,
        "A released entry that is now of another kind.",
        "Its cards would no longer fit. Withdraw it and give the new one another id.",
    ),
    "lock-in-future": Page(
        _E,
        "A lock with times in the future.",
        "Anki would never update such notes again. Check this machine's clock.",
    ),
    "note-type-changed": Page(
        _E,
        "A note type other than the released one.",
        "Anki would refuse every note of it. Use the deckgen that made the last release.",
    ),
    "numbers-used-up": Page(
        _E,
        "An entry whose cards need a number above 500.",
        "A number belongs to its answer for ever, and Anki makes no cards for higher ones. An entry gets there by a "
        "number such as 500 written by hand, or a large table whose cells were all replaced. Withdraw it and write "
        "the new one under an id of its own.",
    ),
    "reborn-id": Page(
        _E,
        "An id that belonged to another entry.",
        "A learner's history would move to another question. Choose another id.",
    ),
    "topic-renamed": Page(
        _W,
        "A topic name other than the released one.",
        "Cards that learners have stay in the old subdeck.",
    ),
    "unknown-was": Page(
        _W,
        "An earlier id that no release had.",
        "`was` names the id under which the entry was released. One that no release had harms no learner: were it a "
        "slip for a released id, that entry would be gone, and `vanished-entry` would stop the build.",
    ),
    "moved-progress": Page(
        _E,
        "A lock that would move learners' progress.",
        "`deckgen report` leads the banks on from the lock of the branch that a change goes to, and from that of "
        "the change. The second gives a note another GUID, loses a number, or has a number ask for something else. "
        "It was edited, or comes from elsewhere: take the lock of the other branch and run `deckgen build`.",
    ),
    "vanished-deck": Page(
        _E,
        "A released deck that is gone.",
        "`deckgen report` finds a deck in the branch that a change goes to and not in the change. Learners still "
        "have it. Bring its folder back; to end a deck, withdraw its entries.",
    ),
    "vanished-entry": Page(
        _E,
        "An entry of an earlier build that is gone.",
        "Learners still have it. Put it back, mark it `withdrawn`, or declare a new id with `was`. One that was built "
        "and that no learner can have is forgotten with `deckgen lock --forget ID`.",
    ),
    "was-exists": Page(
        _E,
        "An earlier id that is still in the bank.",
        "An id can be renamed only if nothing has it any more.",
    ),
    "was-taken": Page(
        _E,
        "An earlier id of an entry with a history of its own.",
        "Two notes cannot become one. Withdraw one of them.",
    ),
}
