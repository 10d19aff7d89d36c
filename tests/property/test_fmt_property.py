"""Whatever a sound file looks like: its layout says the same, keeps every comment, and is its own layout."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from deckgen.comments import comments_of
from deckgen.fmt import UnformattableError, formatted
from deckgen.nodes import Mapping, Node, Scalar, parse
from deckgen.source import Source
from deckgen.yamltext import quoted, scalar

WORDS = st.sampled_from(
    [
        "rain",
        "No",
        "206",
        "a: b",
        "x # y",
        "#",
        "- a",
        "[b]",
        "{{c1::x}}",
        "it's",
        'say "x"',
        "é",
        "…",
        "a\\b",
        "",
        "~",
        "1e3",
    ]
)
TEXT = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
SPACE = st.sampled_from([" ", "  ", "    "])
COMMENT = st.sampled_from(["", "", "", "  # why", " #  deckgen: ignore[no-source]"])
ABOVE = st.sampled_from(["", "", "", "# note\n", "\n", "\n# one\n\n", "      # deep\n"])


@st.composite
def value(draw: st.DrawFn, indent: str) -> str:
    text = draw(TEXT)
    style = draw(st.integers(0, 6))
    if style == 0:
        return quoted(text)
    if style == 1:
        return "'" + text.replace("'", "''") + "'"
    if style == 2:
        mark = draw(st.sampled_from(["|", "|-", ">", ">-", "|+"]))
        body = draw(st.lists(TEXT, min_size=1, max_size=3))
        inner = indent + draw(SPACE)
        lines = (
            "\n\n".join(inner + part for part in body) if draw(st.booleans()) else "\n".join(inner + p for p in body)
        )
        return f"{mark}\n{lines}"
    if style == 3:
        items = draw(st.lists(TEXT, max_size=4))
        return "[" + draw(st.sampled_from([",", ", "])).join(scalar(item, flow=True) for item in items) + "]"
    if style == 4:
        return (
            '"'
            + f"\n{indent}{draw(SPACE)}".join(
                quoted(part)[1:-1] for part in draw(st.lists(TEXT, min_size=1, max_size=3))
            )
            + '"'
        )
    if style == 5:
        return (
            "\n"
            + "".join(
                f"{indent}  -{draw(SPACE)}{scalar(item)}{draw(COMMENT)}\n"
                for item in draw(st.lists(TEXT, min_size=1, max_size=3))
            )[:-1]
        )
    return scalar(text)


@st.composite
def bank(draw: st.DrawFn) -> str:
    step = draw(SPACE)
    out = [draw(ABOVE), f"topic:{draw(SPACE)}T{draw(COMMENT)}\n"]
    for section in draw(st.permutations(["facts", "questions", "tags"])):
        if section == "tags":
            out.append(f"tags: {draw(value(''))}\n")
            continue
        out.append(f"{draw(ABOVE)}{section}:{draw(COMMENT)}\n")
        for _ in range(draw(st.integers(1, 3))):
            keys = draw(
                st.lists(st.sampled_from(["id", "fact", "tags", "sources", "explanation"]), min_size=1, unique=True)
            )
            inner = step + "  "
            for number, key in enumerate(keys):
                above = draw(ABOVE)
                out.append(
                    f"{above}{step + '- ' if number == 0 else inner}{key}: {draw(value(inner))}{draw(COMMENT)}\n"
                )
    return "".join(out)


def meaning(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Mapping):
        return {key.value: meaning(inner) for key, inner in node.pairs}
    return [meaning(item) for item in node.items]


@settings(max_examples=300, deadline=None)
@given(bank())
def test_layout_keeps_meaning_and_comments_and_is_stable(text: str) -> None:
    source = Source("cards/law/topic.yaml", text)
    document, mistakes = parse(source)
    assume(not mistakes and document.root is not None)
    assert document.root is not None
    once = formatted(source)
    again = Source("cards/law/topic.yaml", once)
    after, _ = parse(again)
    assert after.root is not None
    assert meaning(after.root) == meaning(document.root)
    assert sorted(c.text for c in comments_of(again, after.root)) == sorted(
        c.text for c in comments_of(source, document.root)
    )
    assert formatted(again) == once


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab:-#[]{}'\"|>&*? \n\t\r\u00e9", max_size=60))
def test_any_text_is_laid_out_or_refused(text: str) -> None:
    try:
        once = formatted(Source("topic.yaml", text))
    except UnformattableError:
        return
    assert formatted(Source("topic.yaml", once)) == once
