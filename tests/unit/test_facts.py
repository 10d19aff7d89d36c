from __future__ import annotations

from dataclasses import replace

import pytest

from deckgen.cloze import Context, Engine
from deckgen.facts import Steering, blanks
from deckgen.lock import Answer, NoteRecord
from deckgen.numbering import number, texts_equal, texts_succeed
from deckgen.succession import NO_NAMES, Names

ENGINE = Engine(Context())


def locked(text: str, *hidden: str, retired: tuple[Answer, ...] = ()) -> NoteRecord:
    answers = tuple(Answer(n, (part,), (text.index(part),)) for n, part in enumerate(hidden, 1))
    return NoteRecord("e", "g", "fact", "D", "h", 1, answers, retired, text)


NO_STEERING = Steering()


def after(record: NoteRecord, text: str, steering: Steering = NO_STEERING, names: Names = NO_NAMES) -> NoteRecord:
    found = blanks(text, (), steering, record, lambda: ENGINE, names)
    numbered = number(found.wanted, record, (texts_equal, texts_succeed(names)))
    return replace(record, text=text, answers=numbered.answers, retired=numbered.retired)


def numbers(record: NoteRecord) -> dict[str, int]:
    return {" … ".join(answer.texts): answer.number for answer in record.answers}


OLD = "The β-lactam binds PBP2 within 3 to 14 days in 38% of cells."


def test_an_unchanged_text_keeps_its_blanks_whatever_the_generator_would_choose() -> None:
    record = locked(OLD, "cells", "of")
    assert numbers(after(record, OLD)) == {"cells": 1, "of": 2}


def test_words_added_elsewhere_change_no_number() -> None:
    record = locked(OLD, "PBP2", "38%")
    assert numbers(after(record, OLD.replace("The", "In theory the"))) | {"PBP2": 1, "38%": 2} == numbers(
        after(record, OLD.replace("The", "In theory the"))
    )


def test_a_respelt_answer_keeps_its_number() -> None:
    record = locked(OLD, "PBP2", "3 to 14 days")
    got = numbers(after(record, OLD.replace("3 to 14 days", "3–14 days")))
    assert got["3–14 days"] == 2
    assert got["PBP2"] == 1


def test_the_full_stop_is_no_part_of_a_respelt_answer() -> None:
    record = locked("It lasts 3 to 14 days.", "3 to 14 days")
    assert numbers(after(record, "It lasts 3–14 days.")) == {"3–14 days": 1}


def test_another_value_gets_another_number_and_the_old_one_is_retired() -> None:
    record = locked(OLD, "PBP2", "38%")
    changed = after(record, OLD.replace("38%", "41%"))
    assert numbers(changed)["PBP2"] == 1
    assert 2 not in numbers(changed).values()
    assert [(answer.number, answer.texts) for answer in changed.retired] == [(2, ("38%",))]


def test_a_retired_number_comes_back_only_with_its_answer() -> None:
    record = after(locked(OLD, "PBP2", "38%"), OLD.replace("38%", "41%"))
    back = after(record, OLD)
    assert numbers(back)["38%"] == 2
    assert all(answer.texts != ("38%",) for answer in back.retired)


def test_of_two_mentions_the_hidden_one_stays_hidden() -> None:
    record = NoteRecord(
        "e", "g", "fact", "D", "h", 1, (Answer(1, ("IL-4",), (20,)),), (), "IL-4 is free, while IL-4 binds."
    )
    assert record.text is not None
    record = replace(record, answers=(Answer(1, ("IL-4",), (record.text.rindex("IL-4"),)),))
    text = "IL-4 alone is free, while IL-4 binds."
    (answer,) = [a for a in after(record, text).answers if a.number == 1]
    assert answer.places == (text.rindex("IL-4"),)


def test_swapped_answers_keep_their_numbers() -> None:
    record = locked("First IL-4 and then IL-13 bind.", "IL-4", "IL-13")
    assert numbers(after(record, "First IL-13 and then IL-4 bind.")) == {"IL-4": 1, "IL-13": 2}


def test_keep_retires_a_blank_and_hide_adds_one() -> None:
    record = locked(OLD, "PBP2", "38%")
    changed = after(record, OLD, Steering(hide=("cells",), keep=("PBP2",)))
    assert numbers(changed) == {"38%": 2, "cells": 3}
    assert [answer.number for answer in changed.retired] == [1]


def test_a_glossary_name_succeeds_another() -> None:
    names = Names([("IL-4Rα", "CD124")])
    record = locked("Dupilumab binds CD124 tightly.", "CD124")
    assert numbers(after(record, "Dupilumab binds IL-4Rα tightly.", names=names))["IL-4Rα"] == 1


@pytest.mark.parametrize("text", ["", "x", OLD * 3])
def test_a_lock_whose_places_are_wrong_is_no_reason_to_fail(text: str) -> None:
    record = NoteRecord("e", "g", "fact", "D", "h", 1, (Answer(1, ("PBP2",), (999,)), Answer(2, ("38%",))), (), text)
    assert isinstance(after(record, OLD).answers, tuple)


def test_an_answer_gone_with_its_clause_does_not_pull_in_unchanged_words() -> None:
    record = locked("Rome fell in 476 and Ghent was taken in 1815 by storm.", "476", "1815")
    changed = after(record, "Rome fell in 476 by storm.")
    assert numbers(changed) == {"476": 1}
