"""Inputs that the fuzzers found, and some that they would find: each must be taken without a traceback."""

from __future__ import annotations

import pytest
import targets

from deckgen.clozetext import read_by_hand
from deckgen.markup import render

TEXTS = [
    "-||\n-|-\n|||{{c1::\n",
    "[{{c1::x](https://a.b/{{c2::y}}) z}}",
    "![{{c1::x}}](a.png)",
    "{{c1::a ![b}}](c.png)",
    "[a]: {{c1::b}}\n\n[a]",
]


@pytest.mark.parametrize(
    "text",
    [
        "tags: [a b\n  c, d]\n",
        "tags: >2-\n  a\n",
        "facts:\n  - d: \n    t: o\n    rows:",
    ],
    ids=repr,
)
def test_reader(text: str) -> None:
    targets.reader(text)


@pytest.mark.parametrize(
    "text",
    [
        *TEXTS,
        "<{{c1::https://a.b}}>",
        "{{c1::",
        "}}",
        "$x$ {{c1::$y}}$",
        "$[[$",
        "$[[type:Entry]]$",
        "$$[$$",
        "$$[type:Entry]]$$",
    ],
)
def test_markup(text: str) -> None:
    targets.markup(text)


@pytest.mark.parametrize("text", TEXTS)
def test_a_deletion_that_is_not_shown_is_reported(text: str) -> None:
    assert {doubt.code for doubt in read_by_hand(text)[0].doubts} & {"cloze-syntax"}


@pytest.mark.parametrize(
    "mark", ["[[type:Entry]]", "[sound:a.mp3]", "[anki:tts lang=en]x[/anki:tts]", "[latex]x[/latex]"]
)
def test_a_formula_holds_nothing_that_anki_acts_on(mark: str) -> None:
    assert mark[:6] not in render(f"${mark}$").html
    assert mark[:6] not in render(f"$${mark[1:]}$$").html
