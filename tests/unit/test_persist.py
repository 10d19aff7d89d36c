from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from deckgen import persist
from deckgen.deckbuild import check_deck
from deckgen.persist import ForeignError, from_bytes, to_bytes
from deckgen.source import Source
from decks import START, write_deck

BANK = """\
topic: Torts
sources: [code#1]
tags: [law]
facts:
  - id: negligence
    fact: Negligence requires a **duty of care**, a breach within 14 days, causation and damage.
    hide: [duty of care, 14 days]
    hints: {14 days: time}
  - id: by-hand
    fact: A {{c1::guilty mind}} is {{c2::mens rea::Latin}}.
    withdrawn: {on: 2024-01-01, reason: Wrong, replaced_by: negligence}
questions:
  - {id: pair, question: Q?, answer: A, reverse: true, explanation: Because, as_of: 2020, needs: [negligence]}
  - {id: pick, question: Q?, answer: A, distractors: [B, {text: C, why: no}]}
  - {id: steps, question: Q?, steps: [one, two]}
  - {id: table, question: Q?, columns: [a, b], rows: {r: [1, ''], s: [2, 3]}}
  - {id: broken, question: Q?, answer: '[x](javascript:y)'}
"""


def shape(value: object) -> object:
    """A value as plain data, so that texts, which are equal only to themselves, can be compared."""
    fields = getattr(value, "__dataclass_fields__", None) or getattr(value, "__slots__", None)
    if isinstance(value, tuple | list):
        return [shape(item) for item in value]
    if isinstance(value, Source):
        return value.path
    if fields:
        return [type(value).__name__, *(shape(getattr(value, name)) for name in fields)]
    return value


def test_every_kind_of_entry_and_note_comes_back(tmp_path: Path) -> None:
    checked = check_deck(write_deck(tmp_path, {"torts.yaml": BANK}), "cards/law", START)
    assert checked.bank is not None
    [topic] = checked.bank.topics
    about = tuple(item for item in checked.diagnostics if item.span.source is topic.source)
    value = (topic, checked.notes, about)
    assert {item.code for item in about} >= {"unsafe-link"}
    assert shape(from_bytes(to_bytes(value, topic.source), topic.source)) == shape(value)


def test_a_place_in_another_file_is_not_kept() -> None:
    ours, theirs = Source("a.yaml", "a"), Source("b.yaml", "b")
    assert from_bytes(to_bytes(ours.span(0, 1), ours), ours) == ours.span(0, 1)
    with pytest.raises(ForeignError):
        to_bytes(theirs.span(0, 1), ours)


def test_no_other_class_is_ever_made() -> None:
    with pytest.raises(pickle.UnpicklingError):
        from_bytes(pickle.dumps(Path("x")))


def test_all_fields_of_a_value_take_part() -> None:
    for cls in persist._VALUES:
        assert all(field.init for field in cls.__dataclass_fields__.values())  # type: ignore[attr-defined]
