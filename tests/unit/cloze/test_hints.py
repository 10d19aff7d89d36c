"""Hints say the class of an answer and no word of it."""

from __future__ import annotations

import pytest

from deckgen.cloze.hints import hint_for
from deckgen.cloze.types import Term

NAMES = {
    "croup": Term("croup", kind="emergency"),
    "sepsis": Term("sepsis", kind="emergency"),
    "il-13": Term("IL-13", kind="cytokine"),
    "type i receptor": Term("type I receptor", kind="receptor complex"),
}


@pytest.mark.parametrize(
    ("answer", "after", "expected"),
    [
        ("IL-13", "", "cytokine"),
        ("IL-13 (CD-13)", "", "cytokine"),
        ("38%", "", "%"),
        ("1989", "", "year"),
        ("300 mg", "", "amount"),
        ("4.5 hours", "", "time"),
        ("147 kDa", "", "mass"),
        ("14", "", "number"),
        ("JAK1", "", "kinase"),
        ("JAK1", "kinase", None),
        ("type I receptor", "", None),
        ("mast cells", "", None),
        ("IL-13 and IL-4", "", "cytokines"),
        ("JAK1 and IL-4", "", None),
        ("croup or sepsis", "", "emergencies"),
        ("half", "", None),
        ("360 degrees", "", None),
        ("45°", "", None),
        ("25 °C", "", "temperature"),
        ("121 degrees Celsius", "", "temperature"),
        ("44 BC", "", "year"),
        ("May 2022", "", "month and year"),
        ("Boeing 2022", "", None),
        ("age 12", "", "years"),
        ("12 years", "", "time"),
        ("600 mg, then 300 mg every 2 weeks", "", None),
    ],
)
def test_hint(answer: str, after: str, expected: str | None) -> None:
    assert hint_for(answer, after, NAMES) == expected


@pytest.mark.parametrize(
    ("before", "expected"), [("from the age of ", "age"), ("people aged ", "age"), ("lasts ", "time")]
)
def test_what_follows_aged_is_an_age(before: str, expected: str) -> None:
    assert hint_for("12 years", "", {}, before) == expected
