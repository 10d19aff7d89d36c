"""Whatever the text and the deck: blanks end at borders, do not overlap, and obey the author."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from deckgen.cloze import Choice, Context, Engine, Term
from deckgen.cloze.tokens import is_border
from deckgen.cloze.visible import key_of

WORDS = st.sampled_from(
    [
        "the",
        "of",
        "in",
        "and",
        "inhibits",
        "causes",
        "is",
        "a",
        "IL-4",
        "IL-13",
        "IL-4R\u03b1",
        "dupilumab",
        "asthma",
        "300",
        "mg",
        "every",
        "2",
        "weeks",
        "38%",
        "versus",
        "10%",
        "(",
        ")",
        ",",
        ".",
        ";",
        "receptor",
        "(CD124)",
        "12",
        "years",
        "older",
        "March",
        "2017",
        "e\u0301tude",
        "\U0001f469\u200d\U0001f52c",
        "\u76ae\u819a\u708e",
        "\u062c\u0631\u0639\u0629",
        "TNF-\u03b1",
        "type",
        "II",
        "increases",
        "decreases",
        "\n",
        "\u03b2-(1,3)-D-glucan",
        "kinase",
        "Th2",
        "p",
        "<",
        "0.05",
        "first-order",
        "called",
    ]
)
SENTENCES = st.lists(WORDS, max_size=30).map(" ".join)
TEXTS = st.one_of(SENTENCES, st.text(max_size=60), st.builds("{}{}".format, SENTENCES, st.text(max_size=10)))
TERMS = (
    Term("IL-4Rα", aliases=("CD124",), kind="receptor"),
    Term("asthma", kind="disease"),
    Term("dupilumab"),
    Term("皮膚炎", kind="病名"),
)
ENGINE = Engine(Context(glossary=TERMS, subject="dupilumab"))
BARE = Engine(Context())


def spans(choice: Choice) -> list[tuple[int, int, int]]:
    return [(b.start, b.end, b.group) for b in choice.blanks]


def apart(choice: Choice) -> bool:
    return all(a.end <= b.start for a, b in zip(choice.blanks, choice.blanks[1:], strict=False))


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_blanks_end_at_borders_and_do_not_overlap(text: str) -> None:
    for engine in (ENGINE, BARE):
        choice = engine.choose(text)
        assert apart(choice)
        for blank in choice.blanks:
            assert text[blank.start : blank.end].strip() == text[blank.start : blank.end] != ""
            assert is_border(text, blank.start)
            assert is_border(text, blank.end)
        first = list(dict.fromkeys(b.group for b in choice.blanks))
        assert first == list(range(1, len(first) + 1))


@given(TEXTS)
@settings(max_examples=80, deadline=None)
def test_answers_are_not_given_away(text: str) -> None:
    choice = BARE.choose(text)
    for blank in choice.blanks:
        hidden = [text[b.start : b.end] for b in choice.blanks if b.group == blank.group]
        key = key_of(text[blank.start : blank.end])
        left = text
        for b in reversed([b for b in choice.blanks if b.group == blank.group]):
            left = left[: b.start] + " gap " + left[b.end :]
        shown = key_of(left)
        assert hidden
        assert all(shown[i : i + len(key)] != key for i in range(len(shown)))


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_hint_holds_no_word_of_the_answer(text: str) -> None:
    for blank in ENGINE.choose(text).blanks:
        assert blank.hint == "%" or not set(key_of(blank.hint or "")) & set(key_of(text[blank.start : blank.end]))


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_same_text_same_choice(text: str) -> None:
    again = Engine(Context(glossary=TERMS, subject="dupilumab"))
    assert again.choose(text, detailed=True) == ENGINE.choose(text, detailed=True)


@given(SENTENCES, st.data())
@settings(max_examples=80, deadline=None)
def test_author_decides(text: str, data: st.DataObject) -> None:
    words = sorted({w for w in text.split() if w.isalnum()})
    if not words:
        return
    hide = data.draw(st.lists(st.sampled_from(words), max_size=2, unique=True))
    keep = [w for w in data.draw(st.lists(st.sampled_from(words), max_size=2, unique=True)) if w not in hide]
    choice = BARE.choose(text, hide=hide, keep=keep)
    hidden = {text[b.start : b.end] for b in choice.blanks}
    assert set(hide) <= hidden | set(choice.missing)
    for blank in choice.blanks:
        answer = text[blank.start : blank.end]
        if answer not in hide:
            assert not set(keep) & set(answer.split())
    assert apart(choice)


@given(SENTENCES, st.data())
@settings(max_examples=80, deadline=None)
def test_fixed_blanks_stay(text: str, data: st.DataObject) -> None:
    first = ENGINE.choose(text)
    if not first.blanks:
        return
    some = data.draw(st.lists(st.sampled_from(first.blanks), min_size=1, unique=True))
    fixed = [(b.start, b.end, b.group + 3) for b in some]
    again = ENGINE.choose(text, fixed=fixed)
    assert set(fixed) <= set(spans(again))
    assert apart(again)
    highest = max(group for _, _, group in fixed)
    assert all(s in fixed or s[2] > highest for s in spans(again))


@given(SENTENCES, st.data())
@settings(max_examples=60, deadline=None)
def test_atoms_are_not_cut(text: str, data: st.DataObject) -> None:
    if len(text) < 2:
        return
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 1, len(text)))
    for blank in ENGINE.choose(text, atoms=[(start, end)]).blanks:
        assert not start < blank.start < end
        assert not start < blank.end < end
