from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from deckgen.clozetext import Deletion, read_by_hand, read_field, with_deletions
from deckgen.markdown import Parsed
from deckgen.markup import Segment, _simple, encode, render, visible_text

ODD = st.text(alphabet="ab *_`$[]()<>{}&:|\\!#\n-1.é\u05d0\U0001f600\"'", max_size=40)
TAG = re.compile(
    r"</?(?:p|em|strong|code|pre|ul|ol|li|blockquote|table|thead|tbody|tr|th|td|br|hr|a|span|img)\b[^<>]*>"
)


@given(ODD)
def test_the_visible_text_is_what_the_field_shows(markdown: str) -> None:
    rich = render(markdown)
    assert visible_text(rich.html) == rich.text


@given(ODD)
def test_only_known_tags_come_out(markdown: str) -> None:
    assert "<" not in TAG.sub("", render(markdown).html)


@given(ODD)
def test_nothing_that_anki_acts_on_comes_out(markdown: str) -> None:
    field = render(markdown).html
    assert "{{" not in field
    assert "[[" not in field
    assert "[sound:" not in field


@given(st.text(max_size=30))
def test_encoded_text_is_shown_as_it_was(text: str) -> None:
    assert visible_text(encode(text)) == text


@st.composite
def hidden(draw: st.DrawFn) -> tuple[str, list[Deletion]]:
    text = draw(st.text(alphabet="ab *`$[]<>{}&:\\é\u05d0\U0001f600", min_size=1, max_size=40))
    visible = render(text).text
    places = sorted(draw(st.sets(st.integers(0, len(visible)), max_size=8)))
    hint = st.one_of(st.none(), st.text(alphabet="ab:{}<&", min_size=1, max_size=8))
    pairs = list(zip(places[::2], places[1::2], strict=False))
    atoms = render(text).atoms
    fits = [
        (start, end)
        for start, end in pairs
        if "\n" not in visible[start:end] and not any(a < start < b or a < end < b for a, b in atoms)
    ]
    return text, [Deletion(start, end, number, draw(hint)) for number, (start, end) in enumerate(fits, 1)]


@given(hidden())
def test_what_is_hidden_is_what_comes_back(case: tuple[str, list[Deletion]]) -> None:
    text, deletions = case
    rich = render(text)
    plain, found = read_field(with_deletions(rich, deletions))
    assert visible_text(plain) == rich.text
    assert [(f.number, visible_text(f.answer), f.start) for f in found] == [
        (d.number, rich.text[d.start : d.end], d.start) for d in deletions
    ]
    assert [visible_text(f.hint) if f.hint else None for f in found] == [d.hint for d in deletions]


@given(st.text(alphabet="ab{}:c12$`*\n ", max_size=50))
def test_no_text_by_hand_makes_the_reader_fail(text: str) -> None:
    rich, deletions = read_by_hand(text)
    if not rich.doubts:
        field = with_deletions(rich, deletions)
        assert visible_text(read_field(field)[0]) == rich.text


WORDS = "a é word 3 5% 1. 2) , ; : . ! ? - + # = | ~ ( ) @ € \u2009 \u0301 {{ }}".split()  # noqa: SIM905 - easier to read
MARKS = "** * _ ` `` $ $$ \\ \\( \\frac < & [ ] **a** *b* `c` `a*b` $x_1$ $a$ *a* &amp; &x <b> <5 <a@b> 5@x.y".split()  # noqa: SIM905
SIMPLE = st.lists(st.sampled_from([*WORDS, *MARKS, " ", "  ", "\n", "\n\n", "\n \n"]), max_size=12).map("".join)


@given(SIMPLE)
@settings(max_examples=2000)
def test_the_quick_reading_makes_what_the_parser_makes(markdown: str) -> None:
    text = markdown.strip()
    quick = _simple(text)
    if quick is not None:
        assert _merged(quick) == _merged(Parsed(text, lambda _: None).segments)


def _merged(segments: Sequence[Segment]) -> list[Segment]:
    """Neighbouring texts joined: where a text is cut is of no importance."""
    joined: list[Segment] = []
    for segment in segments:
        if segment.role == "text" and joined and joined[-1].role == "text":
            last = joined.pop()
            joined.append(Segment("text", last.html + segment.html, last.visible + segment.visible))
        else:
            joined.append(segment)
    return joined
