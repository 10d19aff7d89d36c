"""Every kind of entry, built by the real command, imported into real Anki, and read as a learner reads it."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from anki_lab import Shown, cards, collection, import_package
from decks import START, deckgen, write_deck

ODD_TEXTS = [
    "plain words",
    "\"double\" and 'single' quotes",
    "braces {{Front}} {{c9::x}} }} {{",
    "Greek αβγ IL-4Rα",
    "עברית and العربية together",
    "family 👨‍👩‍👧 emoji",
    "<b>bold</b> <script>alert(1)</script> & &amp; done",
    "[sound:x.mp3] [[type:Answer]] [latex]y[/latex] [$]z[/$]",
    "std::vector::iterator",
    "a : b :: c",
    "100% of #1 at 5 > 3 < 7",
    "back`tick and under_score and star* alone",
    "e\u0301 combining and \u200d joiner",
]


def escaped(text: str) -> str:
    """Plain text as Markdown that means just that."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>&$#{}" else c for c in text)


def as_anki_keeps(text: str) -> str:
    """Anki brings all text into one Unicode form."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def shown(tmp_path: Path, topic: dict[str, object], **files: str) -> dict[str, list[Shown]]:
    bank = json.dumps({"topic": "Topic", "sources": ["code#1"], **topic}, ensure_ascii=False)
    write_deck(tmp_path, {"topic.yaml": bank, **{name.replace("_", "."): text for name, text in files.items()}})
    done = deckgen(tmp_path, "build", epoch=START)
    assert done.code == 0, done.err
    by_entry: dict[str, list[Shown]] = {}
    with collection() as col:
        import_package(col, tmp_path / "dist" / "law.apkg")
        assert not col.get_empty_cards().notes
        for card in cards(col):
            by_entry.setdefault(card.entry, []).append(card)
    return by_entry


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_basic_cards_show_what_was_written(tmp_path: Path, text: str) -> None:
    entry = {"id": "e", "question": escaped(f"Q {text} Q"), "answer": escaped(f"A {text} A"), "reverse": "true"}
    forward, reverse = shown(tmp_path, {"questions": [entry]})["e"]
    flat = as_anki_keeps(text)
    assert f"Q {flat} Q" in forward.front
    assert f"A {flat} A" not in forward.front
    assert f"A {flat} A" in forward.back
    assert f"A {flat} A" in reverse.front
    assert f"Q {flat} Q" not in reverse.front
    assert f"Q {flat} Q" in reverse.back


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_cloze_cards_hide_and_show_what_was_written(tmp_path: Path, text: str) -> None:
    entry = {"id": "e", "fact": escaped(f"Before {text} after it all."), "hide": [escaped(text)], "cloze": {"max": "1"}}
    (card,) = shown(tmp_path, {"facts": [entry]})["e"]
    flat = as_anki_keeps(text)
    assert flat not in card.front
    assert "Before [" in card.front
    assert f"Before {flat} after it all." in card.back


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_steps_and_cells_are_sealed_until_asked(tmp_path: Path, text: str) -> None:
    steps = ["erster step", escaped(f"S {text} S"), "letzter step"]
    table = {"A": [escaped(f"C {text} C"), "zweite"], "B": ["", "vierte"]}
    got = shown(
        tmp_path,
        {
            "questions": [
                {"id": "s", "question": "Order?", "steps": steps},
                {"id": "t", "question": "Values?", "columns": ["X", escaped(f"Y {text} Y")], "rows": table},
            ]
        },
    )
    flat = as_anki_keeps(text)
    one, two, three = got["s"]
    assert "erster step" not in one.front_source
    assert "S " + flat + " S" not in one.front
    assert "erster step" in two.front
    assert f"S {flat} S" not in two.front
    assert "letzter step" not in two.front_source
    assert f"S {flat} S" in two.back
    assert f"S {flat} S" in three.front
    assert "letzter step" in three.back
    first, second, last = got["t"]
    assert "A" in first.front
    assert "X" in first.front
    assert f"C {flat} C" not in first.front
    assert "zweite" not in first.front_source
    assert "vierte" not in first.front_source
    assert f"C {flat} C" in first.back
    assert f"Y {flat} Y" in second.front
    assert "B" in last.front
    assert "vierte" not in last.front_source


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_a_choice_offers_all_options_and_tells_none(tmp_path: Path, text: str) -> None:
    entry = {
        "id": "e",
        "question": "Which?",
        "answer": escaped(f"R {text} R"),
        "distractors": ["wrong one", {"text": escaped(f"W {text} W"), "why": "because not"}],
    }
    (card,) = shown(tmp_path, {"questions": [entry]})["e"]
    flat = as_anki_keeps(text)
    for option in (f"R {flat} R", "wrong one", f"W {flat} W"):
        assert option in card.front
    assert "because not" not in card.front_source
    assert 'class="right"' not in card.front_source
    assert "because not" in card.back
    assert 'class="right"' in card.back_source


def test_a_typed_answer_is_typed(tmp_path: Path) -> None:
    entry = {"id": "e", "question": "Type it", "answer": "**Human** IgG4", "typed": "true"}
    (card,) = shown(tmp_path, {"questions": [entry]})["e"]
    assert "[[type:Typed]]" in card.front_source
    assert "Human" not in card.front


def test_every_card_names_topic_sources_and_dates(tmp_path: Path) -> None:
    entry = {
        "id": "e",
        "question": "Q",
        "answer": "A",
        "sources": ["code#page 7"],
        "explanation": "Because *so*.",
        "as_of": "2024-09",
        "review_by": "2027-01-01",
        "region": "EU",
    }
    (card,) = shown(
        tmp_path,
        {"questions": [entry]},
        deck_yaml="id: law\nname: Law\nversion: 2.0.0\nrepository: https://example.org/law\n",
        sources_yaml="code: {title: Civil Code, publisher: State, url: 'https://example.org/c?a=1&b=2', date: 2020}\n",
    )["e"]
    for text in ("Topic", "Civil Code", "State", "2020", "page 7", "Because so.", "2024-09", "EU"):
        assert text in card.back
    assert 'href="https://example.org/c?a=1&amp;b=2"' in card.back_source
    assert (
        "https://example.org/law/issues/new?template=correction.yml&amp;entry=e&amp;release=2.0.0" in card.back_source
    )


def test_cards_come_in_the_order_in_which_they_are_to_be_learnt(tmp_path: Path) -> None:
    entries = [
        {"id": "c", "question": "Qc", "answer": "A", "needs": ["b"]},
        {"id": "a", "question": "Qa", "answer": "A"},
        {"id": "b", "question": "Qb", "answer": "A", "needs": ["a"]},
    ]
    assert list(shown(tmp_path, {"questions": entries})) == ["a", "b", "c"]


def test_subdecks_tags_and_description(tmp_path: Path) -> None:
    bank = (
        "topic: Torts\ntags: [torts]\nquestions:\n  - id: a\n    question: Q\n    answer: A\n    tags: [hard::very]\n"
    )
    write_deck(tmp_path, {"deck.yaml": "id: law\nname: Law\ndescription: |\n  Learn **law**.\n", "torts.yaml": bank})
    assert deckgen(tmp_path, "build", epoch=START).code == 0
    with collection() as col:
        import_package(col, tmp_path / "dist" / "law.apkg")
        deck = col.decks.by_name("Law")
        assert deck is not None
        assert deck["md"] is True
        assert "**law**" in deck["desc"]
        (note,) = [col.get_note(nid) for nid in col.find_notes("")]
        assert sorted(note.tags) == ["law::hard::very", "law::torts"]
        assert [card.deck for card in cards(col)] == ["Law::Torts"]


def test_pictures_arrive_under_a_name_made_from_their_content(tmp_path: Path) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>'
    entry = "  - id: a\n    question: '![a circle](My Circle.svg)'\n    answer: A\n    image: My Circle.svg\n"
    bank = f"topic: T\nquestions:\n{entry}"
    write_deck(tmp_path, {"t.yaml": bank, "media/My Circle.svg": svg})
    assert deckgen(tmp_path, "build", epoch=START).code == 0
    with collection() as col:
        import_package(col, tmp_path / "dist" / "law.apkg")
        check = col.media.check()
        assert not list(check.missing)
        assert not list(check.unused)
        (name,) = [path.name for path in Path(col.media.dir()).iterdir()]
        assert name.startswith("my-circle-")
        assert name.endswith(".svg")
