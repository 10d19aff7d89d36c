"""Terms before their abbreviation are found by its letters."""

from __future__ import annotations

import pytest

from deckgen.cloze.abbreviations import long_forms
from deckgen.cloze.sentence import read


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("It raises lactate dehydrogenase (LDH) in blood.", "lactate dehydrogenase"),
        ("It is a recombinant tissue plasminogen activator (tPA).", "tissue plasminogen activator"),
        ("It binds interleukin-4 receptor alpha (IL-4Rα).", "interleukin-4 receptor alpha"),
        ("It made the gross domestic product (GDP) grow.", "gross domestic product"),
        ("It depends on the hypothalamic–pituitary–adrenal (HPA) axis.", "hypothalamic–pituitary–adrenal"),
        ("It was found in many patients (XYZ).", None),
        ("It holds for some (many) people.", None),
        ("(LDH)", None),
    ],
)
def test_long_form(text: str, term: str | None) -> None:
    pieces, tags = read(text)
    found = {(pieces[first].start, pieces[bracket - 1].end) for first, bracket in long_forms(pieces, tags).values()}
    assert [text[a:b] for a, b in found] == ([term] if term else [])
