"""Whatever somebody calls a deck: the files that `deckgen init` makes are in canonical layout."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from deckgen.fmt import formatted
from deckgen.scaffold import NewDeck, files
from deckgen.source import Source

PIECES = [
    "Law",
    "No",
    "1:30",
    "a: b",
    "x #y",
    "#1",
    "- a",
    "[b]",
    "it's",
    'say "x"',
    "é",
    "yes",
    "010",
    "{c}",
    "?",
    "%",
    "&a",
]
LINE = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(" ".join)
LINES = st.lists(LINE, max_size=3).map("\n\n".join)


@settings(max_examples=150, deadline=None)
@given(name=LINE, topic=LINE, description=LINES, authors=st.lists(LINE, max_size=9).map(tuple), linked=st.booleans())
@example(name="Law", topic="About", description="a" * 130, authors=(), linked=True)
@example(name="N" * 150, topic="T" * 150, description="d\n", authors=("A" * 60, "B" * 60), linked=False)
def test_a_new_deck_is_in_canonical_layout(
    name: str, topic: str, description: str, authors: tuple[str, ...], linked: bool
) -> None:
    repository = "https://github.com/a/b" if linked else None
    made = files(NewDeck(name, "law", topic, description, authors, 2026, repository))
    for path, text in made.items():
        if path.startswith("cards/"):
            assert formatted(Source(path, text)) == text
