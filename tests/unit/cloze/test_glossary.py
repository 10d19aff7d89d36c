"""Glossary terms are found under every name, whole, and longest first."""

from __future__ import annotations

from deckgen.cloze.glossary import Glossary, singular
from deckgen.cloze.sentence import read
from deckgen.cloze.types import Term

GLOSSARY = Glossary(
    (
        Term("atopic dermatitis", aliases=("AD",)),
        Term("IL-4", kind="cytokine"),
        Term("IL-4 receptor"),
        Term("mast cell"),
        Term("gamma chain", expansion="common cytokine-receptor gamma chain"),
    )
)


def found(text: str) -> list[tuple[str, str]]:
    pieces = read(text).pieces
    hits = GLOSSARY.find(text, pieces, [p.low for p in pieces])
    return [(text[hit.start : hit.end], hit.term.name) for hit in hits]


def test_longest_term_wins() -> None:
    assert found("The IL-4 receptor binds IL-4.") == [("IL-4 receptor", "IL-4 receptor"), ("IL-4", "IL-4")]


def test_plural_and_case() -> None:
    assert found("Mast cells matter in Atopic Dermatitis.") == [
        ("Mast cells", "mast cell"),
        ("Atopic Dermatitis", "atopic dermatitis"),
    ]


def test_short_capitals_only_as_written() -> None:
    assert found("AD is shown in an ad.") == [("AD", "atopic dermatitis")]


def test_expansion_is_a_name() -> None:
    assert found("the common cytokine-receptor gamma chain") == [
        ("common cytokine-receptor gamma chain", "gamma chain")
    ]


def test_no_term_inside_a_word() -> None:
    assert found("IL-4Rα and IL-40") == []


def test_singular() -> None:
    forms = ["cells", "antibodies", "boxes", "virus", "dose", "basis", "mass"]
    assert [singular(w) for w in forms] == ["cell", "antibody", "box", "virus", "dose", "basis", "mass"]
