"""The classes that words get from their neighbours, and what belongs together as one piece."""

from __future__ import annotations

import pytest

from deckgen.cloze.sentence import read


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("The fungus stains with silver and threatens people with HIV.", "threatens", "v"),
        ("The regimen, known as 3HP, consists of two drugs.", "consists", "v"),
        ("A test that is negative rules a disease out.", "rules", "v"),
        ("It depolarizes the cells and triggers insulin release.", "triggers", "v"),
        ("Calcium rises across a period and decreases down a group.", "decreases", "v"),
        ("Loop diuretics increase calcium excretion, whereas thiazides decrease it.", "decrease", "b"),
        ("A value above 250 µg/g suggests inflammation.", "suggests", "v"),
        ("It should not be given to patients with glaucoma.", "patients", "N"),
        ("Vivid dreams occur in REM sleep.", "sleep", "N"),
        ("Causes of fever include infection.", "include", "b"),
        ("The open strings are G, D, A and E.", "A", "K"),
        ("A drug is given.", "A", "D"),
        ("The de Broglie wavelength falls with momentum.", "The", "D"),
        ("The de Broglie wavelength falls with momentum.", "de", "U"),
        ("Vincent van Gogh painted it.", "Vincent", "U"),
    ],
)
def test_class_of_a_word(text: str, word: str, tag: str) -> None:
    pieces, tags = read(text)
    assert [t for p, t in zip(pieces, tags, strict=True) if p.text == word] == [tag]


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("DNA is made from 5′ to 3′ only.", "5′ to 3′"),
        ("The dose is 300 mg every 2 weeks.", "300 mg every 2 weeks"),
    ],
)
def test_what_belongs_together_is_one_piece(text: str, piece: str) -> None:
    assert piece in [p.text for p in read(text).pieces]
