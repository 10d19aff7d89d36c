from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.succession import (
    _COMPARISONS,
    _ENDINGS,
    _HEDGES,
    _RANGE,
    _SEPARATORS,
    _THOUSANDS,
    Names,
    _Step,
    canonical,
    same_answer,
    succeeds_in_place,
)

SAME = [
    ("β1", "beta-1"),
    ("3–14 days", "3 to 14 days"),
    ("about 38%", "38 %"),
    ("two weeks", "2 weeks"),
    ("common gamma chain (γc)", "common gamma chain"),
    ("≥18 years", "at least 18 years"),
    ("up to 5 mg", "≤5 mg"),
    ("eosinophils", "eosinophil"),
    ("the receptor", "Receptor"),
    ("oesophagitis", "esophagitis"),
    ("tumour", "tumor"),
    ("leukaemia", "leukemia"),
    ("1,000 mg", "1000 mg"),
    ("IL‑4", "IL-4"),
    ("CO₂", "CO2"),
    ("50 mcg", "50 µg"),
]
DIFFERENT = [
    ("IL-4", "IL-13"),
    ("hyperkalemia", "hypokalemia"),
    ("afferent", "efferent"),
    ("lactase", "lactose"),
    ("agonist", "antagonist"),
    ("Th1", "Th2"),
    ("18 years", "≥18 years"),
    ("38%", "83%"),
    ("1.5", "15"),
    ("10–20", "1020"),
    ("-5", "5"),
    ("<3", ">3"),
    ("<3", "3"),
    ("mg", "Mg"),
    ("5 mPa", "5 MPa"),
    ("3 MHz", "3 mHz"),
    ("2⁵", "25"),
    ("Na⁺", "Na⁻"),
    ("vitamin A", "vitamin"),
    ("a", "the"),
    ("IL-4", "IL-4R"),
    ("anti-IgE", "IgE"),
    ("dose (adults)", "dose (children)"),
    ("10 20", "1020"),
    ("1:30", "130"),
]


@pytest.mark.parametrize(("old", "new"), SAME)
def test_another_spelling_is_the_same_answer(old: str, new: str) -> None:
    assert same_answer(old, new)
    assert same_answer(new, old)


@pytest.mark.parametrize(("old", "new"), DIFFERENT)
def test_another_meaning_is_another_answer(old: str, new: str) -> None:
    assert not same_answer(old, new)
    assert not succeeds_in_place(old, new)


def test_a_symbol_may_gain_its_greek_letter_where_it_stood() -> None:
    assert succeeds_in_place("IL4-R", "IL-4Rα")
    assert not succeeds_in_place("IL-4", "IL-4α")
    assert not same_answer("IL4-R", "IL-4Rα")


def test_names_of_one_term_are_one_answer() -> None:
    names = Names([("IL-4Rα", "CD124", "IL4-R"), ("EoE", "eosinophilic esophagitis")])
    assert same_answer("CD124", "IL-4Rα", names)
    assert same_answer("EoE", "eosinophilic oesophagitis", names)
    assert not same_answer("CD124", "EoE", names)


def test_a_name_of_two_terms_decides_nothing() -> None:
    names = Names([("alpha", "shared"), ("omega", "shared")])
    assert not same_answer("alpha", "shared", names)


def test_canonical_text_is_never_empty() -> None:
    assert canonical("a") == "a"
    assert canonical("-") != ""


@given(st.text(alphabet='aeimnorstuyMG αß5,.:;-<>≥~%" ', max_size=30))
def test_a_step_is_searched_wherever_it_could_match(text: str) -> None:
    steps = (*_COMPARISONS, _HEDGES, _THOUSANDS, _RANGE, *_ENDINGS, _SEPARATORS)
    for step in steps:
        assert step(text) == step.pattern.sub(step.becomes, text)


@pytest.mark.parametrize("step", [*_COMPARISONS, _HEDGES, _THOUSANDS, _RANGE, *_ENDINGS, _SEPARATORS])
def test_every_match_of_a_step_holds_one_of_its_clues(step: _Step) -> None:
    words = ["at least 5", "not less than 5", "no less than 5", "≥ 5", ">= 5", "at most 5", "no more than 5", "up to 5"]
    words += ["≤ 5", "<= 5", "more than 5", "over 5", "> 5", "less than 5", "below 5", "< 5", "about 5", "approx. 5"]
    words += ["roughly 5", "circa 5", "~5", "≈5", "1,000", "5-6", "5 to 6", "colour", "organisation", "realised"]
    words += ["analysed", "haem", "oedema", "bananas", "il-4", "a:b", "a, b"]
    assert any(step.pattern.search(word) for word in words)
    for word in words:
        assert step(word) == step.pattern.sub(step.becomes, word)
