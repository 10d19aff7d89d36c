"""Ids that are suggested for texts in any script."""

from __future__ import annotations

import pytest

from deckgen.names import slug


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Übungen in Musik", "ubungen-in-musik"),
        ("Järvet ja joet", "jarvet-ja-joet"),
        ("Ja\u0308rvet", "jarvet"),
        ("Œuvres complètes", "oeuvres-completes"),
        ("Straße, Łódź, Ærø", "strasse-lodz-aero"),
        ("İstanbul'da kış", "istanbul-da-kis"),
        ("Dupilumab binds IL-4R\u03b1.", "dupilumab-binds-il-4ra"),
        ("One two three four five six seven", "one-two-three-four-five-six"),
        ("東京", "dongjing"),
        ("Химия", "khimiya"),
        ("…!", "entry"),
    ],
)
def test_letters_with_marks_become_plain_ones(text: str, made: str) -> None:
    assert slug(text) == made
