"""Deletions in plain text are written as the general way writes them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from deckgen.clozetext import Deletion, _Encoder, with_deletions
from deckgen.markup import Rich, Segment, encode

TEXTS = st.text("ab:{}<>&[\\ µ", min_size=1, max_size=20)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Deletion]]:
    text = draw(TEXTS)
    ends = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    hints = st.none() | st.text("a:}<", max_size=4)
    pairs = zip(ends[::2], ends[1::2], strict=False)
    found = [Deletion(start, end, draw(st.integers(1, 3)), draw(hints)) for start, end in pairs]
    if draw(st.booleans()):
        found.insert(0, Deletion(0, len(text), 4))
    return text, found


@given(marked())
def test_plain_text_with_deletions(case: tuple[str, list[Deletion]]) -> None:
    text, deletions = case
    rich = Rich((Segment("text", encode(text), text),), text, encode(text))
    ordered = sorted(deletions, key=lambda item: (item.start, -item.end))
    expected = _Encoder(ordered).encode(rich.segments) if ordered else rich.html
    assert with_deletions(rich, deletions) == expected
