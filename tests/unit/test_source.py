from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from deckgen.source import Source


def test_columns_count_characters_from_one() -> None:
    source = Source("a.yaml", "α: 1\n  βγ: 2\n")
    assert source.place(0) == (1, 1)
    assert source.place(source.text.index("γ")) == (2, 4)


def test_every_kind_of_line_break_ends_a_line() -> None:
    source = Source("a.yaml", "a\r\nb\rc\nd")
    assert [source.line(number) for number in range(1, 6)] == ["a", "b", "c", "d", ""]
    assert source.place(source.text.index("d")) == (4, 1)


@given(st.text(alphabet="ab\r\né\U0001f600", max_size=40), st.data())
def test_a_place_leads_back_to_its_offset(text: str, data: st.DataObject) -> None:
    source = Source("a.yaml", text)
    offset = data.draw(st.integers(0, len(text)))
    line, column = source.place(offset)
    assert source.offset_of_line(line) + column - 1 == offset
