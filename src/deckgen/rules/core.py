"""What deckgen says of a bank before any rule runs: every code with a short page.

These always hold: they cannot be set in `deck.yaml`, and the errors among them cannot be ignored.
"""

from __future__ import annotations

from typing import NamedTuple

from deckgen.diagnostic import Severity

_E, _W = Severity.ERROR, Severity.WARNING


class Page(NamedTuple):
    """A code's severity, one line that says what it means, and what to know about it."""

    severity: Severity
    title: str
    body: str


CORE: dict[str, Page] = {
    # Files and YAML
    "alias-bomb": Page(
        _E,
        "The aliases of a file stand for too much.",
        "A YAML alias repeats what its anchor holds. Aliases of aliases multiply; a small file could fill the "
        "memory. Write the parts out.",
    ),
    "alias-loop": Page(
        _E,
        "An alias that holds itself.",
        "The part an alias stands for contains that alias, so it would never end. Write the part out.",
    ),
    "bad-escape": Page(
        _E,
        "A backslash between double quotes that begins no escape.",
        "YAML reads `\\n` or `\\u00e9` there as one character, and knows no `\\g`. Put formulas and paths between "
        "single quotes, or write them as a block after `|`: there a backslash is a backslash.",
    ),
    "colon-in-text": Page(
        _E,
        "A colon and a space inside unquoted text.",
        "YAML reads `Note: this` as a key and a value. Put the whole text in quotes, or write it as a block after `|`.",
    ),
    "control-character": Page(
        _E,
        "A character that no bank may hold.",
        "Control characters are invisible in most editors, steer terminals, and break YAML. Delete the character.",
    ),
    "empty-file": Page(
        _E,
        "A bank file with nothing in it.",
        "Fill the file or delete it.",
    ),
    "file-ending": Page(
        _E,
        "A bank file that ends in .yml.",
        "Only files that end in .yaml are read, so that nothing is passed over in silence. Rename the file.",
    ),
    "in-subfolder": Page(
        _E,
        "A bank file in a folder within the deck.",
        "Only files beside `deck.yaml` are read, one for each topic, so that nothing is passed over in silence. "
        "Move the file up; `topics` in `deck.yaml` sets the order.",
    ),
    "missing-space": Page(
        _E,
        "No space after the colon of a key.",
        "YAML reads `fact:text` as one word. Write `fact: text`.",
    ),
    "not-a-key": Page(
        _E,
        "A list or mapping where a key belongs.",
        "Unquoted text that begins with `{` or `[` is a mapping or a list to YAML. Put such text in quotes.",
    ),
    "not-utf8": Page(
        _E,
        "A file that is not UTF-8.",
        "Save the file as UTF-8. The diagnostic stands at the first byte that is wrong.",
    ),
    "outside-deck": Page(
        _E,
        "A link out of the deck's folder.",
        "Nothing outside the folder of a deck is ever read, so that a bank from a stranger cannot bring a private "
        "file into a package. Copy the file into the folder.",
    ),
    "reserved-character": Page(
        _E,
        "Unquoted text that begins with a reserved character.",
        "YAML keeps `@`, `` ` `` and `%` for itself at the beginning of a text. Put the text in quotes.",
    ),
    "second-document": Page(
        _E,
        "A second YAML document in one file.",
        "A line of `---` begins a new document. Take it out, or move what follows to a file of its own.",
    ),
    "tab-indent": Page(
        _E,
        "A tab where YAML wants spaces.",
        "Indent with spaces.",
    ),
    "too-deep": Page(
        _E,
        "Lists and mappings nested too deeply.",
        "A bank needs five levels. A missing quote before a row of brackets is the usual reason.",
    ),
    "too-long": Page(
        _E,
        "A text longer than any card can show.",
        "A text has 10,000 characters at most. Split it: a card asks for one thing.",
    ),
    "too-large": Page(
        _E,
        "A file too large to read.",
        "Split the file into several topics.",
    ),
    "unclosed-bracket": Page(
        _E,
        "A bracket or brace that is not closed.",
        "Unquoted text that begins with a bracket or brace is a list or mapping to YAML. Close it, or put the "
        "text in quotes.",
    ),
    "unclosed-quote": Page(
        _E,
        "A quote that is not closed on its line.",
        'A quote inside text is doubled between single quotes and written `\\"` between double ones. The parser '
        "notices a missing one far behind the mistake; the diagnostic stands at the opening quote.",
    ),
    "unknown-alias": Page(
        _E,
        "An alias without an anchor.",
        "Unquoted text that begins with `*` is an alias to YAML. Put the text in quotes.",
    ),
    "unreadable": Page(
        _E,
        "A file that cannot be read.",
        "It must be a regular file that you may read.",
    ),
    "yaml-syntax": Page(
        _E,
        "YAML that does not parse.",
        "Check the indentation and the quotes at the place shown. The entry is passed over, the rest of the file "
        "is checked.",
    ),
    "yaml-tag": Page(
        _E,
        "A YAML tag.",
        "Tags such as `!!python/object` have no meaning in a bank: everything is text. Take the tag out, or put "
        "text that begins with `!` in quotes.",
    ),
    # Keys and values
    "bad-date": Page(
        _E,
        "A date that is none.",
        "Dates are written 2026-04-22; `as_of` and the date of a source may also be a month or a year.",
    ),
    "bad-deck-name": Page(
        _E,
        "A deck or topic name that Anki would change.",
        "Levels are written `A::B` without empty parts; quotes, `Default` and the subdeck `Withdrawn` are not free.",
    ),
    "bad-id": Page(
        _E,
        "An id that is not kebab-case.",
        "Ids are lower-case letters and digits with single hyphens between. They stay for ever: learners' "
        "progress hangs on them.",
    ),
    "bad-media-name": Page(
        _E,
        "A media name with a path.",
        "Media lie in the folder `media` and are named without a path.",
    ),
    "bad-source-key": Page(
        _E,
        "A source key with blanks or a number sign.",
        "`key#place` is how entries cite, so a key holds neither.",
    ),
    "bad-tag": Page(
        _E,
        "A tag that Anki would change.",
        "Anki splits tags at blanks, adds to levels that are empty, and keeps `leech` and `marked` for itself.",
    ),
    "bad-theme": Page(
        _E,
        "A theme setting that cannot be used.",
        "Only the custom properties of the card design may be set, to plain values.",
    ),
    "bad-url": Page(
        _E,
        "An address that is not on the web.",
        "Addresses begin with https:// or http:// and hold no blanks; others could run a script on a learner's "
        "machine.",
    ),
    "bad-version": Page(
        _E,
        "A version that is none.",
        "Write it such as 1.2.0.",
    ),
    "cells": Page(
        _E,
        "A table with too few or too many cells.",
        "A table has 1 to 400 filled cells; each is a card.",
    ),
    "duplicate-column": Page(
        _E,
        "Two columns of one name.",
        "A card shows row and column; with two columns of one name nobody could know what is asked.",
    ),
    "duplicate-key": Page(
        _E,
        "A key given twice.",
        "YAML libraries keep the last one in silence; deckgen refuses both. Keep one.",
    ),
    "empty-value": Page(
        _E,
        "A key without a value.",
        "Give it a value, or take the key out.",
    ),
    "misplaced-key": Page(
        _E,
        "A key that belongs to another kind of entry.",
        "The kind of an entry is told by its keys; the help line lists those that go together.",
    ),
    "missing-id": Page(
        _E,
        "An entry without an id.",
        "`deckgen check --fix` fills one in, made from the text. It stays for ever, so that learners keep their "
        "progress.",
    ),
    "missing-key": Page(
        _E,
        "A key that must be given.",
        "The help line says what it is for.",
    ),
    "not-a-count": Page(
        _E,
        "A number that is none.",
        "It must be a whole number from 1 to 99.",
    ),
    "not-a-flag": Page(
        _E,
        "A flag that is neither true nor false.",
        "Write `true` or `false`.",
    ),
    "not-one-line": Page(
        _E,
        "A value that must be one line.",
        "It holds a line break or a control character.",
    ),
    "row-length": Page(
        _E,
        "A row with more or fewer cells than columns.",
        'Give one cell for each column, `""` for one that is left empty.',
    ),
    "steps": Page(
        _E,
        "A sequence with too few or too many steps.",
        "A sequence has 2 to 100 steps.",
    ),
    "too-few-options": Page(
        _E,
        "A choice with fewer than three options.",
        "Give two or more distractors: with one, half of the guesses are right.",
    ),
    "unknown-key": Page(
        _E,
        "A key that deckgen does not know.",
        "The help line names the nearest known key. Nothing is passed over in silence.",
    ),
    "unknown-value": Page(
        _E,
        "A value that is not one of those allowed.",
        "The help line lists them.",
    ),
    "wrong-section": Page(
        _E,
        "An entry under the wrong heading.",
        "Facts stand under `facts`, everything that has a question under `questions`.",
    ),
    "wrong-shape": Page(
        _E,
        "Text where a list belongs, or the other way round.",
        "The help line says what is wanted.",
    ),
    # The deck as a whole
    "bad-media": Page(
        _E,
        "A media file that cannot be shipped.",
        "Only pictures and sound that every Anki shows, up to 100 MiB; an SVG must not hold scripts, foreign "
        "content, or links out of itself.",
    ),
    "duplicate-deck-id": Page(
        _E,
        "Two decks with one id.",
        "Their notes would overwrite each other at the learner's.",
    ),
    "duplicate-deck-name": Page(
        _E,
        "Two decks with one name.",
        "They would become one deck at the learner's.",
    ),
    "duplicate-id": Page(
        _E,
        "Two entries with one id.",
        "An id is unique in its deck: Anki recognises a note by it.",
    ),
    "missing-media": Page(
        _E,
        "A media file that is not there.",
        "Put the file in the folder `media` of the deck and name it without a path.",
    ),
    "needs-circle": Page(
        _E,
        "Entries that need each other.",
        "`needs` sets the order of new cards; a circle has none. Take one of the needs out.",
    ),
    "no-deck-file": Page(
        _E,
        "A deck without deck.yaml.",
        "Add one with `id` and `name`.",
    ),
    "unknown-entry": Page(
        _E,
        "The name of an entry that is not there.",
        "`needs` and `replaced_by` name ids of the same deck.",
    ),
    "unknown-source": Page(
        _E,
        "A source that is not in sources.yaml.",
        "Add the work there, or cite one that is there.",
    ),
    "unknown-topic": Page(
        _E,
        "A topic that has no file, or is listed twice.",
        "`topics` in deck.yaml lists bank files without their ending.",
    ),
    # Cards
    "cloze-syntax": Page(
        _E,
        "A cloze deletion that Anki would not understand.",
        "Write `{{c1::text}}` or `{{c1::text::hint}}`, with numbers from 1 to 500, closed, not empty, and not "
        "inside a formula or code.",
    ),
    "formula": Page(
        _E,
        "A formula that holds its own delimiter.",
        "A MathJax delimiter inside the formula would end it. Leave it out.",
    ),
    "hide-not-found": Page(
        _E,
        "A text to hide that is not in the fact.",
        "Copy it as it stands in the fact.",
    ),
    "keep-not-found": Page(
        _E,
        "A text to keep that is not in the fact.",
        "Copy it as it stands in the fact.",
    ),
    "nothing-to-hide": Page(
        _E,
        "A fact in which nothing is worth asking.",
        "Name what to hide with `hide`, or write `{{c1::text}}` yourself.",
    ),
    "unsafe-link": Page(
        _E,
        "A link that must not stand on a card.",
        "Links begin with https://, http:// or mailto:. Others could run a script or open a file on a learner's "
        "machine.",
    ),
    # Promises to learners
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
        _E,
        "An earlier id that no release had.",
        "`was` names the id under which the entry was released.",
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
    # About these diagnostics
    "unknown-ignore": Page(
        _W,
        "An ignore comment without a known code.",
        "Write `# deckgen: ignore[code]` with a code that `deckgen explain` lists.",
    ),
    "unknown-rule": Page(
        _W,
        "A setting for a rule that does not exist.",
        "`rules` in deck.yaml takes the codes that `deckgen explain` lists as rules.",
    ),
    "unused-ignore": Page(
        _W,
        "An ignore comment that ignores nothing.",
        "It counts on the line where the text, its key or its entry begins, and errors that are no rules cannot "
        "be ignored. Take it out: it would hide a later mistake.",
    ),
}
"""Every code that is no rule."""
