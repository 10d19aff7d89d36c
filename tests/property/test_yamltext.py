"""Whatever an author types survives being written to a bank."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.nodes import Mapping, Scalar, Sequence, parse
from deckgen.source import Source
from deckgen.yamltext import line_list, scalar, texts_list

TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.text(st.sampled_from("a -:#'\"[]{},&*!|>%@`?\n\t\\~0"))


def _composed(text: str) -> str:
    """As the parser of the banks takes every text."""
    return unicodedata.normalize("NFC", text)


def _value(text: str) -> object:
    document, found = parse(Source("bank.yaml", text))
    assert not found, (text, found)
    root = document.root
    assert isinstance(root, Mapping)
    value = root.pairs[0][1]
    if isinstance(value, Sequence):
        return [item.value for item in value.items if isinstance(item, Scalar)]
    assert isinstance(value, Scalar)
    return value.value


@given(TEXTS)
def test_a_text_is_read_as_it_was_given(text):
    assert _value(f"k: {scalar(text, '  ')}\nl: x\n") == _composed(text)


@given(st.lists(TEXTS, min_size=1))
def test_a_list_is_read_as_it_was_given(texts):
    wanted = [_composed(text) for text in texts]
    assert _value(f"k: {line_list(texts)}\n") == wanted
    assert _value(f"k: {texts_list(texts, '')}\n") == wanted


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Human IgG4", "Human IgG4"),
        ("38%", "38%"),
        ("1:30", "1:30"),
        ("IL-4Rα", "IL-4Rα"),
        ("Which, and why?", "Which, and why?"),
        ("no", '"no"'),
        ("Ratio: two", '"Ratio: two"'),
        ("a # b", '"a # b"'),
        ("- a", '"- a"'),
        ("{{c1::a}}", '"{{c1::a}}"'),
        ("**bold**", '"**bold**"'),
        ('say "a"', 'say "a"'),
        ('"a"', '"\\"a\\""'),
        (" a", '" a"'),
        ("", '""'),
        ("a\u200bb", '"a\\u200bb"'),
        ("one\ntwo", "|-\n  one\n  two"),
        ("one\n\n  two\n", "|\n  one\n\n    two"),
    ],
)
def test_quotes_stand_only_where_they_are_needed(text, written):
    assert scalar(text, "  ") == written


def test_a_comma_needs_quotes_in_brackets_only():
    assert line_list(["a, b", "c"]) == '["a, b", c]'
