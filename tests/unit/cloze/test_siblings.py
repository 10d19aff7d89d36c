"""Pairs of one class are hidden together, and never one member alone."""

from __future__ import annotations

import pytest

from deckgen.cloze import Context, Engine, Term


def blanks(text: str, glossary: tuple[Term, ...] = ()) -> list[str]:
    return [text[b.start : b.end] for b in Engine(Context(glossary=glossary)).choose(text).blanks]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("The antibody blocks IL-4 and IL-13.", "IL-4 and IL-13"),
        ("The IL-4 and IL-13 receptors share one chain.", "IL-4 and IL-13"),
        ("The inhibitor acts on JAK1 and TYK2.", "JAK1 and TYK2"),
    ],
)
def test_pairs_by_form(text: str, pair: str) -> None:
    assert pair in blanks(text)


def test_pairs_by_glossary() -> None:
    glossary = (Term("red kite", kind="bird"), Term("osprey", kind="bird"), Term("pike", kind="fish"))
    text = "The lake is home to the osprey and the red kite."
    assert "osprey" not in blanks(text, glossary) or "red kite" in blanks(text, glossary)
    assert "osprey or red kite" in blanks("Look for an osprey or red kite by the lake.", glossary)


def test_effects_are_answers_of_their_own() -> None:
    assert "pneumonitis" in blanks("Nivolumab can cause pneumonitis and colitis.")


def test_lists_of_three_are_no_pairs() -> None:
    assert "IL-5 and IL-13" not in blanks("Th2 cells secrete IL-4, IL-5 and IL-13.")


def test_comma_of_a_clause_makes_no_list() -> None:
    assert "IL-4 and IL-13" in blanks("Through STAT6, IL-4 and IL-13 lower the barrier proteins.")
