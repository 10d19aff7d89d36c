from __future__ import annotations

import pytest

from deckgen.clozetext import Deletion, read_by_hand, with_deletions
from deckgen.markup import render


def hide(markdown: str, text: str, hint: str | None = None) -> str:
    rich = render(markdown)
    start = rich.text.index(text)
    return with_deletions(rich, [Deletion(start, start + len(text), 1, hint)])


@pytest.mark.parametrize(
    ("markdown", "text", "field"),
    [
        ("in std::vector now", "std::vector", "in {{c1::std&#58;&#58;vector}} now"),
        ("ends }} here", "}}", "ends {{c1::&#125;&#125;}} here"),
        (r"so $\frac{a}{{b}}$ is", r"\(\frac{a}{{b}}\)", r"so {{c1::\(\frac{a}&#123;&#123;b&#125;&#125;\)}} is"),
        ("a *b c* d", "b", "a {{c1::<em>b</em>}}<em> c</em> d"),
        ("a *b c* d", "a b", "{{c1::a <em>b</em>}}<em> c</em> d"),
        ("[ab](https://e.org/a::b)", "ab", '{{c1::<a href="https&#58;//e.org/a&#58;&#58;b">ab</a>}}'),
    ],
)
def test_hidden_text_is_written_so_that_anki_shows_it(markdown: str, text: str, field: str) -> None:
    assert hide(markdown, text) == field


def test_a_hint_cannot_end_the_deletion() -> None:
    assert hide("a b", "b", "x::y}}") == "a {{c1::b::x&#58;&#58;y&#125;&#125;}}"


def test_deletions_by_hand_are_taken_as_written() -> None:
    rich, deletions = read_by_hand("The {{c2::**heart**::organ}} has {{c1::four}} {{c1::chambers}}")
    assert rich.text == "The heart has four chambers"
    assert [(rich.text[d.start : d.end], d.number, d.hint) for d in deletions] == [
        ("heart", 2, "organ"),
        ("four", 1, None),
        ("chambers", 1, None),
    ]


def test_nested_deletions_by_hand() -> None:
    rich, deletions = read_by_hand("{{c1::a {{c2::b}} c}}")
    assert with_deletions(rich, deletions) == "{{c1::a {{c2::b}} c}}"


def test_braces_inside_formulas_do_not_end_a_deletion() -> None:
    rich, deletions = read_by_hand(r"{{c1::$\frac{a}{{b}}$}} and $x}}$")
    assert rich.doubts == ()
    assert rich.text == r"\(\frac{a}{{b}}\) and \(x}}\)"
    assert [rich.text[d.start : d.end] for d in deletions] == [r"\(\frac{a}{{b}}\)"]


@pytest.mark.parametrize(
    "text",
    ["{{c1::open", "{{c0::x}}", "{{c501::x}}", "{{c1,2::x}}", "{{ c1::x}}", "{{C1::x}}", "{{c1::}}", "`{{c1::x}}`",
     "${{c1::x}}$", "{{c1::a\n\nb}}", "{{c1::" * 9 + "x" + "}}" * 9],
)  # fmt: skip
def test_what_anki_would_not_understand_is_reported(text: str) -> None:
    rich, _ = read_by_hand(text)
    assert {doubt.code for doubt in rich.doubts} == {"cloze-syntax"}
