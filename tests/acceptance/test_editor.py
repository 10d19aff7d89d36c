"""An editor with the real yaml-language-server: what it offers, what it explains, what it marks."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from language_server import ROOT, LanguageServer

from deckgen.commands import init
from deckgen.scaffold import NewDeck
from deckgen.schema import FILES, modeline

HEAD = modeline("topic", "../../schema")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("editor")
    shutil.copytree(ROOT / "schema", folder / "schema")
    (folder / "cards" / "deck").mkdir(parents=True)
    return folder


@pytest.fixture(scope="module")
def server(place):
    running = LanguageServer(place)
    yield running
    running.close()


@pytest.fixture
def bank(place, request):
    return place / "cards" / "deck" / f"{request.node.name}.yaml"


def _offered(server: LanguageServer, path: Path, text: str) -> dict[str, str]:
    """What is offered at the mark `|` of a text."""
    before, _, after = text.partition("|")
    server.open(path, before + after)
    return server.complete(path, before.count("\n"), len(before) - before.rfind("\n") - 1)


def test_keys_of_a_fact_are_offered(server, bank):
    offered = _offered(server, bank, HEAD + "topic: T\nfacts:\n  - id: a\n    fact: f\n    |\n")
    assert {"hide", "keep", "hints", "sources", "explanation", "review_by"} <= offered.keys()
    assert not {"answer", "steps", "distractors", "fact", "id"} & offered.keys()


def test_a_plain_question_leads_to_every_kind(server, bank):
    offered = _offered(server, bank, HEAD + "topic: T\nquestions:\n  - id: a\n    question: q\n    |\n")
    assert {"answer", "reverse", "typed", "distractors", "steps", "columns", "rows"} <= offered.keys()


def test_keys_of_another_kind_are_not_offered(server, bank):
    text = HEAD + "topic: T\nquestions:\n  - id: a\n    question: q\n    steps: [a, b]\n    |\n"
    offered = _offered(server, bank, text)
    assert "explanation" in offered
    assert not {"answer", "reverse", "distractors", "columns", "rows"} & offered.keys()


def test_a_new_entry_is_offered_whole(server, bank):
    offered = _offered(server, bank, HEAD + "topic: T\nquestions:\n  - |\n")
    assert offered["table"].startswith("id: ${1:id}\n  question: ${2:question}\n  columns:\n")
    assert {"basic", "choice", "sequence", "table"} <= offered.keys()


def test_an_answer_is_not_offered_true_and_false(server, bank):
    offered = _offered(server, bank, HEAD + "topic: T\nquestions:\n  - id: a\n    question: q\n    answer: |\n")
    assert not {"true", "false"} & offered.keys()


def test_a_flag_is_offered_true_and_false(server, bank):
    text = HEAD + "topic: T\nquestions:\n  - id: a\n    question: q\n    answer: b\n    reverse: |\n"
    assert _offered(server, bank, text).keys() == {"true", "false"}


def test_kinds_and_ranks_of_sources_are_offered(server, place):
    bank = place / "cards" / "deck" / "sources.yaml"
    head = modeline("sources", "../../schema")
    assert "qa-page" in _offered(server, bank, head + "w:\n  title: W\n  kind: |\n")
    assert _offered(server, bank, head + "w:\n  title: W\n  rank: |\n").keys() == {"1", "2", "3", "4"}


def test_hover_explains_a_key(server, bank):
    server.open(bank, HEAD + "topic: T\nfacts:\n  - id: a\n    fact: f\n    review_by: 2027-01-01\n")
    shown = server.hover(bank, 5, 6)
    assert "Date by which somebody must check the fact again." in shown
    assert "2027-06-01" in shown


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("questions:\n  - id: a\n    question: q\n", '4: Missing property "answer".'),
        ("questions:\n  - {id: a, question: q, steps: [a, b], reverse: true}\n", "4: Property reverse is not allowed."),
        ("facts:\n  - id: Not Kebab\n    fact: f\n", "4: An id has lower-case letters, digits and single hyphens"),
        ("facts:\n  - id: a\n    fact: f\n    as_of: 2026-02-30\n", "6: This must be a date such as 2026-04-22"),
        ("facts:\n  - id: a\n    fact: {b: c}\n", "5: This must be text: put it in quotes"),
        ("facts:\n  - id: a\n    fact: f\n    tags: [a b]\n", "6: A tag has no spaces"),
        ("facts:\n  - id: a\n    fact: f\n    fact: g\n", "6: Map keys must be unique"),
        ("questions:\n  - {id: a, question: q, answer: b, distractors: [c]}\n", "4: Array has too few items"),
    ],
)
def test_a_mistake_is_marked_on_its_line(server, bank, text, said):
    found = server.open(bank, HEAD + "topic: T\n" + text)
    assert len(found) == 1
    assert found[0].startswith(said)


def test_words_that_yaml_reads_as_numbers_are_texts(server, bank):
    text = "questions:\n  - {id: a, question: 7, answer: 38}\n  - {id: b, question: q, answer: no, explanation: true}\n"
    assert server.open(bank, HEAD + "topic: T\n" + text) == []


@pytest.mark.parametrize("path", sorted((ROOT / "cards").glob("*/*.yaml")), ids=lambda path: path.stem)
def test_the_banks_of_this_repository_are_silent(server, place, path):
    name = path.stem if path.stem in FILES else "topic"
    text = path.read_text(encoding="utf-8")
    assert text.startswith(modeline(name, "../../schema"))
    assert server.open(place / "cards" / "deck" / f"bank-{path.name}", text) == []


def test_a_new_deck_is_silent_with_its_own_schemas(tmp_path):
    new = NewDeck("Solar system: 8 planets", "solar-system", "Planets", "no", ("38",), 2026, "https://example.org/a")
    init.run(tmp_path, new, now=1_780_000_000, quiet=True, out=io.StringIO())
    server = LanguageServer(tmp_path)
    try:
        for path in sorted((tmp_path / "cards" / "solar-system").glob("*.yaml")):
            assert server.open(path, path.read_text(encoding="utf-8")) == [], path.name
        bank = tmp_path / "cards" / "solar-system" / "planets.yaml"
        assert server.open(bank, bank.read_text(encoding="utf-8").replace("topic:", "topics:")) != []
    finally:
        server.close()
