"""Whatever is said about an entry, the loader reads just that, and everything else in the file stays."""

from __future__ import annotations

import unicodedata

from hypothesis import assume, given
from hypothesis import strategies as st

from deckgen.bank import Basic, Choice, Fact, Sequence, Table
from deckgen.newentry import Draft, insert_entry
from deckgen.reader import CONTROL
from deckgen.source import Source
from deckgen.topicloader import TopicLoader

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1) | st.text(
    st.sampled_from("ab -:#'\"[]{},&*!|>%@`?\n~0"), min_size=1
)
TEXT = WORDS.filter(
    lambda text: text.strip() and not CONTROL.search(text) and unicodedata.normalize("NFC", text) == text
)
LINE = st.text(st.sampled_from("ab -:#'\"[]{},&*!|>%@`?~0é"), min_size=1).filter(str.strip)
TEXTS = st.lists(TEXT, min_size=2, max_size=4, unique=True).map(tuple)

COMMENTED = """\
topic: T
facts:
  - id: x
    fact: y  # why

  # about z
  - id: z
    fact: |
      one

      two


questions:
- id: q
  question: r
  answer: s
# last"""
WIDE = """\
topic: T
questions:
    -   id: q
        question: r
        steps:
          - a
          - b
"""
FILES = st.sampled_from(
    [
        "topic: T\n",
        "topic: T\nfacts:\nquestions:\n# the end",
        "topic: T\nfacts: []\nquestions: []  # none yet\n",
        COMMENTED,
        WIDE.replace("\n", "\r\n"),
    ]
)


def _load(text: str):
    _, topic, found, _ = TopicLoader(Source("topic.yaml", text), "topic").load()
    assert not found, (text, [item.message for item in found])
    return {entry.id.value: entry for entry in topic.entries}


@given(FILES, TEXT, TEXTS, st.lists(st.tuples(TEXT, LINE), max_size=3), TEXT)
def test_a_fact_is_read_as_it_was_said(file, fact, hide, hints, explanation):
    assume(not fact.lstrip().startswith("{{"))
    hints = tuple(dict(hints).items())
    draft = Draft(
        fact=fact, id="new", hide=hide, hints=hints, explanation=explanation, sources=("a#1", "b"), tags=("t",)
    )
    made = insert_entry(Source("topic.yaml", file), draft)
    entries = _load(made)
    entry = entries.pop("new")
    assert isinstance(entry.body, Fact)
    assert entry.body.text.value == fact
    assert tuple(item.value for item in entry.body.hide) == hide
    assert tuple((text.value, hint.value) for text, hint in entry.body.hints) == hints
    assert entry.explanation.value == explanation
    assert [source.node.value for source in entry.sources] == ["a#1", "b"]
    assert entries.keys() == _load(file).keys()


@given(FILES, TEXT, TEXT, TEXTS, st.lists(TEXT, min_size=2, max_size=3, unique=True))
def test_questions_are_read_as_they_were_said(file, question, answer, texts, names):
    rows = tuple((name, texts) for name in names)
    for draft, kind in (
        (Draft(question=question, answer=answer, id="new", reverse=True), Basic),
        (Draft(question=question, answer=answer, id="new", distractors=tuple((text, "") for text in texts)), Choice),
        (
            Draft(question=question, answer=answer, id="new", distractors=tuple((text, answer) for text in texts)),
            Choice,
        ),
        (Draft(question=question, id="new", steps=texts), Sequence),
        (Draft(question=question, id="new", columns=texts, rows=rows), Table),
    ):
        body = _load(insert_entry(Source("topic.yaml", file), draft))["new"].body
        assert isinstance(body, kind)
        assert body.question.value == question
        if isinstance(body, Basic | Choice):
            assert body.answer.value == answer
        if isinstance(body, Choice):
            whys = tuple((option.text.value, option.why.value if option.why else "") for option in body.distractors)
            assert whys == draft.distractors
        elif isinstance(body, Sequence):
            assert tuple(step.value for step in body.steps) == texts
        elif isinstance(body, Table):
            assert tuple(row.name.value for row in body.rows) == tuple(names)
            assert all(tuple(cell.value for cell in row.cells) == texts for row in body.rows)


@given(FILES, st.booleans())
def test_every_other_line_stays(file, as_fact):
    draft = Draft(fact="a b", id="new") if as_fact else Draft(question="a", answer="b", id="new")
    made = insert_entry(Source("topic.yaml", file), draft)
    lines = [line.removesuffix(" []").replace(" []  #", "  #") for line in file.splitlines()]
    left = iter(line.removesuffix(" []").replace(" []  #", "  #") for line in made.splitlines())
    assert all(line in left for line in lines)
    assert ("\r\n" in made) == ("\r\n" in file)
