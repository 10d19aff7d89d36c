"""`deckgen new` in a deck that `deckgen init` made."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from deckgen.commands import init, new
from deckgen.errors import UserError
from deckgen.newentry import Draft
from deckgen.scaffold import NewDeck
from deckgen.workspace import DeckFolder

NOW = 1_780_000_000
BOOK = {
    "title": "Planets: a book",
    "publisher": "",
    "url": "https://example.org/planets",
    "date": "2024",
    "kind": "review",
}


@pytest.fixture
def deck(tmp_path):
    init.run(
        tmp_path,
        NewDeck("Planets", "planets", "Inner planets", "d", ("a",), 2026),
        now=NOW,
        quiet=True,
        out=io.StringIO(),
    )
    return DeckFolder("planets", tmp_path / "cards" / "planets", "cards/planets")


class Script:
    """Somebody who says what is in a list, in order."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.said = ""

    def text(self, question: str, default: str | None = None) -> str:
        self.said += f"{question}\n"
        answer = self.answers.pop(0)
        return answer if answer or default is None else default

    def yes(self, question: str, *, default: bool = True) -> bool:
        self.said += f"{question}\n"
        return self.answers.pop(0) == "y"

    def say(self, text: str) -> None:
        self.said += text


def _new(deck: DeckFolder, ask: Script | None = None, **wish) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    wish.setdefault("draft", Draft())
    code = new.run(deck, new.Wish(**wish), ask, now=NOW, out=out, err=err)
    return code, out.getvalue(), err.getvalue()


def _texts(deck: DeckFolder) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in Path(deck.path).glob("*.yaml")}


def test_an_entry_by_options_is_shown_and_written(deck):
    draft = Draft(question="Which planet is red?", answer="Mars", sources=("book#p. 3",))
    code, out, err = _new(deck, draft=draft, topic="inner-planets", work=BOOK)
    assert (code, err) == (0, "")
    assert "1. Which planet is red?\n     → Mars\n" in out
    assert "cards/planets/inner-planets.yaml:15: added which-planet-is-red\n" in out
    texts = _texts(deck)
    entry = (
        "  - id: which-planet-is-red\n    question: Which planet is red?\n    answer: Mars\n    sources: [book#p. 3]\n"
    )
    assert entry in texts["inner-planets.yaml"]
    assert texts["sources.yaml"].endswith(
        '\nbook:\n  title: "Planets: a book"\n  url: https://example.org/planets\n  date: 2024\n  kind: review\n'
    )


def test_blanks_of_a_fact_are_shown(deck):
    draft = Draft(fact="Mars has two moons.", hide=("two",), hints=(("two", "how many"),), sources=("this-deck#x",))
    code, out, _ = _new(deck, draft=draft, topic="Inner planets")
    assert code == 0
    assert "1. Mars has [how many] moons.\n     → two\n" in out


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (Draft(question="q", answer="a", sources=("nobody#1",)), "unknown-source"),
        (Draft(question="q", answer="a", needs=("nobody",)), "unknown-entry"),
        (Draft(fact="Mars has two moons.", hide=("three",)), "hide-not-found"),
        (Draft(question="q", steps=("only one",)), "steps"),
        (Draft(question="q", answer="a", review_by="soon"), "bad-date"),
        (Draft(question="q", answer="a", image="no.png"), "missing-media"),
        (Draft(question="q", answer="a", tags=("two words",)), "bad-tag"),
    ],
)
def test_a_mistake_leaves_every_file_as_it_was(deck, draft, code):
    before = _texts(deck)
    status, _, err = _new(deck, draft=draft, topic="about")
    assert status == 1
    assert f"[{code}]" in err
    assert err.endswith("nothing was written\n")
    assert _texts(deck) == before


def test_an_older_mistake_elsewhere_is_no_hindrance(deck):
    path = deck.path / "inner-planets.yaml"
    path.write_text(path.read_text() + "  - id: broken\n    question: q\n    answer: a\n    sources: [gone#1]\n")
    code, _, err = _new(deck, draft=Draft(question="q2", answer="a", sources=("this-deck#x",)), topic="about")
    assert (code, err) == (0, "")


def test_dry_run_writes_nothing(deck):
    before = _texts(deck)
    code, out, _ = _new(
        deck, draft=Draft(question="q", answer="a: b", sources=("this-deck#x",)), topic="about", dry_run=True
    )
    assert code == 0
    assert '  - id: q\n    question: q\n    answer: "a: b"\n' in out
    assert _texts(deck) == before


def test_a_new_topic_gets_a_file(deck):
    code, _, _ = _new(deck, draft=Draft(question="q", answer="a", sources=("this-deck#x",)), new_topic="Outer planets")
    assert code == 0
    text = _texts(deck)["outer-planets.yaml"]
    assert text.startswith("# yaml-language-server: $schema=../../schema/topic.schema.json\ntopic: Outer planets\n")


def test_an_id_is_made_that_is_free(deck):
    draft = Draft(question="wrong card", answer="a", sources=("this-deck#x",))
    assert "added wrong-card-2" in _new(deck, draft=draft, topic="about")[1]
    with pytest.raises(UserError, match="wrong-card-3 is free"):
        _new(deck, draft=Draft(question="wrong card", answer="a", id="wrong-card"), topic="about")


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"topic": "inner-plants"}, "did you mean inner-planets"),
        ({}, "name the topic with --topic: inner-planets, about"),
        ({"new_topic": "About"}, "there is already a topic about"),
        ({"topic": "about", "kind": "choice"}, "a choice entry needs --distractor"),
        ({"topic": "about", "kind": "sequence"}, "a sequence entry needs --step"),
        ({"topic": "about", "work": BOOK}, "one new source"),
    ],
)
def test_wrong_use_says_what_is_right(deck, wish, said):
    with pytest.raises(UserError, match=said):
        _new(deck, draft=Draft(question="q", answer="a"), **wish)


def test_options_that_do_not_belong_together(deck):
    with pytest.raises(UserError, match="--step does not belong in a choice entry"):
        _new(
            deck, draft=Draft(question="q", answer="a", distractors=(("b", ""), ("c", "")), steps=("d",)), topic="about"
        )


def test_asked_step_by_step(deck):
    ask = Script()
    ask.answers = [
        "abuot", "y", "choice", "Which planet is red?", "Mars", "Venus", "Mercury", "", "it is white", "",
        "It rusts.", "book#p. 3", "y", "", "red", "A book", "", "https://example.org", "2024", "", "y",
    ]  # fmt: skip
    code, _, err = _new(deck, ask)
    assert (code, err) == (0, "")
    assert ask.answers == []
    assert "Do you mean about?" in ask.said
    text = _texts(deck)["about.yaml"]
    assert (
        "  - id: red\n    question: Which planet is red?\n    answer: Mars\n    distractors:\n      - text: Venus\n"
        in text
    )
    assert "        why: it is white\n      - Mercury\n    explanation: It rusts.\n" in text


def test_another_blank_can_be_chosen_before_writing(deck):
    ask = Script("about", "fact", "Mars has two moons.", "", "this-deck#x", "", "mars", "nowhere", "two; moons", "y")
    code, out, err = _new(deck, ask)
    assert code == 0
    assert "[hide-not-found]" in err
    assert "→ moons" in out
    assert "hide: [two, moons]" in _texts(deck)["about.yaml"]


def test_a_picture_with_its_description_is_written(deck):
    (deck.path / "media").mkdir()
    (deck.path / "media" / "mars.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    draft = Draft(question="q", answer="a", image="mars.svg", image_alt="A red, dusty disc", sources=("this-deck#x",))
    code, _, err = _new(deck, draft=draft, topic="about")
    assert (code, err) == (0, "")
    assert 'image: {file: mars.svg, alt: "A red, dusty disc"}' in _texts(deck)["about.yaml"]


def test_what_was_typed_is_not_lost_when_it_is_refused(deck):
    ask = Script("about", "question", "Which planet is red?", "Mars", "", "a book#x", "y", "", "red", "A book")
    ask.answers += [""] * 4
    code, out, err = _new(deck, ask)
    assert code == 1
    assert "[bad-source-key]" in err
    assert "You said:\n  - id: red\n    question: Which planet is red?\n    answer: Mars\n" in out


def test_an_id_that_cannot_be_is_asked_for_again(deck):
    ask = Script(
        "about", "question", "Which planet is red?", "Mars", "", "this-deck#x", "", "Red One", "wrong-card", "red", "y"
    )
    code, _, err = _new(deck, ask)
    assert (code, err, ask.answers) == (0, "", [])
    assert "such as red-one" in ask.said
    assert "wrong-card is taken" in ask.said
    assert "id: red\n" in _texts(deck)["about.yaml"]


@pytest.mark.parametrize("said", [("About this deck",), ("abuot this deck", "y"), ("ABOUT",)])
def test_a_topic_is_known_by_its_name_at_the_prompt(deck, said):
    ask = Script(*said, "question", "q", "a", "", "this-deck#x", "", "red", "y")
    code, _, err = _new(deck, ask)
    assert (code, err, ask.answers) == (0, "", [])
    assert "id: red" in _texts(deck)["about.yaml"]


def test_a_mistyped_source_is_not_described(deck):
    ask = Script("about", "question", "q", "a", "", "xx", "n", "this-deck#x", "", "red", "y")
    code, _, err = _new(deck, ask)
    assert (code, err, ask.answers) == (0, "", [])
    assert "sources: [this-deck#x]" in _texts(deck)["about.yaml"]


def test_topics_in_any_script_get_files_of_their_own(deck):
    for name, file in (("Химия", "khimiya"), ("…", "topic"), ("!", "topic-2")):
        draft = Draft(question=f"q {name}", answer="a", sources=("this-deck#x",))
        assert _new(deck, draft=draft, new_topic=name)[0] == 0
        assert f"q {name}" in _texts(deck)[f"{file}.yaml"]


def test_no_means_no(deck):
    before = _texts(deck)
    ask = Script("about", "question", "q", "a", "", "this-deck#x", "", "", "n")
    assert _new(deck, ask)[0] == 1
    assert _texts(deck) == before


def test_a_section_in_brackets_is_refused(deck):
    (deck.path / "about.yaml").write_text("topic: T\nfacts: [{id: a, fact: 'Mars has moons.'}]\n")
    with pytest.raises(UserError, match="written in brackets"):
        _new(deck, draft=Draft(fact="f"), topic="about")


def test_a_byte_order_mark_stays(deck):
    path = deck.path / "about.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert _new(deck, draft=Draft(question="q", answer="a", sources=("this-deck#x",)), topic="about")[0] == 0
    assert path.read_bytes().startswith(b"\xef\xbb\xbf# yaml")
