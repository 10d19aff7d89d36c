"""Codes of single keys and their values."""

from __future__ import annotations

from deckgen.diagnostic import Severity
from deckgen.rules.core.page import Page

_E = Severity.ERROR

KEYS: dict[str, Page] = {
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
}
