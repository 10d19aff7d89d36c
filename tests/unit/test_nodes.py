from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.nodes import MAX_DEPTH, Mapping, Scalar, Sequence, parse
from deckgen.source import Source


def codes(text: str) -> list[tuple[str, int, int]]:
    source = Source("a.yaml", text)
    return [(found.code, *source.place(found.span.start)) for found in parse(source)[1]]


def root(text: str) -> Mapping:
    document, found = parse(Source("a.yaml", text))
    assert found == []
    assert isinstance(document.root, Mapping)
    return document.root


@pytest.mark.parametrize("written", ["No", "38%", "1:30", "010", "2017-03-28", "1e3", "~", "null", "0x1F", ".5", "yes"])
def test_scalars_stay_as_written(written: str) -> None:
    value = root(f"answer: {written}\n").pairs[0][1]
    assert isinstance(value, Scalar)
    assert value.value == written


def test_nodes_know_their_place() -> None:
    text = "facts:\n  - id: αβ\n    tags: [x, y]\n"
    facts = root(text).pairs[0][1]
    assert isinstance(facts, Sequence)
    entry = facts.items[0]
    assert isinstance(entry, Mapping)
    key, value = entry.pairs[0]
    assert text[key.start : key.end] == "id"
    assert text[value.start : value.end] == "αβ"


def test_repeated_keys_are_kept_for_the_loader() -> None:
    assert [key.value for key, _ in root("a: 1\na: 2\n").pairs] == ["a", "a"]


def test_anchors_and_aliases_are_plain_sharing() -> None:
    pairs = root("a: &x [1, 2]\nb: *x\n").pairs
    assert pairs[0][1] is pairs[1][1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a: "open\nb: 2\nc: 3\n', ("unclosed-quote", 1, 4)),
        ("a: 'open\nb: 'closed'\n", ("unclosed-quote", 1, 4)),
        ('a: "open\nb: 2\nc: ""\nd: 3\n', ("unclosed-quote", 1, 4)),
        ("a:1\nb: 2\n", ("missing-space", 1, 2)),
        ("facts:\n  - id:one\n    fact: x\n", ("missing-space", 2, 7)),
        ("a: x: y\n", ("colon-in-text", 1, 5)),
        ("a: b\n  note: y\n", ("colon-in-text", 2, 7)),
        ("- id: b\n   fact: y\n", ("yaml-syntax", 2, 4)),
        ("- id: b\n  fact: y\n     tags: [z]\n", ("yaml-syntax", 3, 6)),
        ("a: *Emphasis* first\n", ("reserved-character", 1, 4)),
        ("a: &Co. too\n", ("reserved-character", 1, 4)),
        ("a:\n\tb: 1\n", ("tab-indent", 2, 1)),
        ("a: @x\n", ("reserved-character", 1, 4)),
        ("a: `x`\n", ("reserved-character", 1, 4)),
        ("a: [1, 2\nb: 3\n", ("unclosed-bracket", 1, 4)),
        ("a: {{c1::x}} y\n", ("not-a-key", 1, 4)),
        ("a: *nowhere\n", ("unknown-alias", 1, 4)),
        ("a: &x [*x]\n", ("alias-loop", 1, 8)),
        ("a: !!python/object:os.system x\n", ("yaml-tag", 1, 4)),
        ("a: 1\n---\nb: 2\n", ("second-document", 2, 1)),
        ("a: \x07\n", ("control-character", 1, 4)),
        ('a: "$\\gamma$"\n', ("bad-escape", 1, 6)),
        ('a: "C:\\Users"\n', ("bad-escape", 1, 7)),
        ('a: "\\ud83d"\n', ("bad-escape", 1, 5)),
        ('a: "\\UFFFFFFFF"\n', ("bad-escape", 1, 5)),
    ],
)
def test_a_mistake_is_reported_where_it_is(text: str, expected: tuple[str, int, int]) -> None:
    assert codes(text)[0] == expected


def test_reading_goes_on_after_a_mistake() -> None:
    text = (
        "topic: T\nfacts:\n"
        '  - id: a\n    fact: "open\n    tags: [x]\n'
        "  - id: b\n    fact: fine\n"
        "  - id: c\n    fact:glued\n"
        "  - id: d\n    fact: @at\n"
        "  - id: e\n    fact: fine\n"
    )
    source = Source("a.yaml", text)
    document, found = parse(source)
    assert [(item.code, source.place(item.span.start)[0]) for item in found] == [
        ("unclosed-quote", 4),
        ("missing-space", 9),
        ("reserved-character", 11),
    ]
    assert isinstance(document.root, Mapping)
    facts = document.root.pairs[1][1]
    assert isinstance(facts, Sequence)
    ids = [item.pairs[0][1] for item in facts.items if isinstance(item, Mapping)]
    assert [node.value for node in ids if isinstance(node, Scalar)] == ["b", "e"]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_an_ordinary_error(opening: str) -> None:
    found = codes(opening * 10_000)
    assert found[0][0] in {"too-deep", "unclosed-bracket"}
    assert MAX_DEPTH < 1000


def test_aliases_of_aliases_do_not_blow_up() -> None:
    lines = ["a: &a [" + ", ".join("x" * 9) + "]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{name}: &{name} [" + ", ".join([f"*{before}"] * 9) + "]")
    started = time.perf_counter()
    assert [code for code, _, _ in codes("\n".join(lines))] == ["alias-bomb"]
    assert time.perf_counter() - started < 5


@given(st.text(max_size=60))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    source = Source("a.yaml", text)
    _, found = parse(source)
    for item in found:
        assert 0 <= item.span.start <= item.span.end <= len(text)


@given(st.text(alphabet=" -:[]{}\"'&*!|>#@%`\nab\t", max_size=60))
def test_no_yaml_makes_the_reader_fail(text: str) -> None:
    source = Source("a.yaml", text)
    _, found = parse(source)
    for item in found:
        assert 0 <= item.span.start <= item.span.end <= len(text)
