"""A part of a text is found where the file writes it, in whatever way."""

from __future__ import annotations

import pytest

from deckgen.places import written_at


@pytest.mark.parametrize(
    ("source", "text", "part", "written"),
    [
        ("in the the snow", "in the the snow", "the the", "the the"),
        ("|\n  in the\n  the snow\n", "in the the snow", "the the", "the\n  the"),
        ('"in the\\\n   the snow"', "in the the snow", "the the", "the\\\n   the"),
        ("in *the* the snow", "in the the snow", "the the", "the* the"),
        ("in the {{c1::the}} snow", "in the the snow", "the the", "the {{c1::the"),
        ("in {{c1,2::the::hint}} **the** snow", "in the the snow", "the the", "the::hint}} **the"),
        ('"say \\"so\\""', 'say "so"', '"so"', '\\"so\\"'),
        ("'it''s so'", "it's so", "it's", "it''s"),
        (r'"it\u2019s \xe9 so"', "it’s é so", "’s é", r"\u2019s \xe9"),
        ('"a\\\\b"', "a\\b", "a\\b", "a\\\\b"),
        ("a &amp; b &lt; c", "a & b < c", "& b <", "&amp; b &lt;"),
    ],
)
def test_a_part_is_found_as_it_is_written(source: str, text: str, part: str, written: str) -> None:
    first = text.index(part)
    place = written_at(source, 0, len(source), text, first, first + len(part))
    assert place is not None
    assert source[slice(*place)] == written


def test_of_like_parts_the_one_meant_is_found() -> None:
    source, text = "aa is {{c1::is}} b is is c", "aa is is b is is c"
    assert written_at(source, 0, len(source), text, 3, 8) == (3, 14)
    assert written_at(source, 0, len(source), text, 11, 16) == (19, 24)
    assert written_at("aaa", 0, 3, "aaa", 1, 3) == (1, 3)


def test_where_more_is_written_than_shown_the_likeliest_place_is_taken() -> None:
    source, text = "[cc](https://e.org/cc) of milk and more milk, then cc", "cc of milk and more milk, then cc"
    assert written_at(source, 0, len(source), text, 0, 2) == (1, 3)
    assert written_at(source, 0, len(source), text, 31, 33) == (51, 53)


@pytest.mark.parametrize(("part", "source"), [("", "abc"), (" ", "a b c"), ("x", "abc"), ("y" * 301, "z")])
def test_what_is_not_there_is_not_found(part: str, source: str) -> None:
    assert written_at(source, 0, len(source), f"a{part}", 1, 1 + len(part)) is None


def test_a_place_lies_within_its_range() -> None:
    assert written_at("cc cc cc", 3, 5, "cc", 0, 2) == (3, 5)
