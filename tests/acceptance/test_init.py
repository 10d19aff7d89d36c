"""`deckgen init`: from nothing to a repository that checks and builds."""

from __future__ import annotations

import io
import json

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deckgen.commands import init
from deckgen.errors import UserError
from deckgen.scaffold import NewDeck, deck_id, files
from deckgen.schema import FILES
from deckgen.workspace import find_decks
from decks import deckgen

NOW = 1_780_000_000


def _deck(name="Solar system", **other):
    given = {"id": deck_id(name), "topic": "Planets", "description": "All about planets.", "authors": ("A. Author",)}
    return NewDeck(name, **(given | other), year=2026)


def _init(folder, deck):
    out = io.StringIO()
    assert init.run(folder, deck, now=NOW, quiet=False, out=out) == 0
    return out.getvalue()


def test_it_checks_and_builds_at_once(tmp_path):
    said = _init(tmp_path, _deck())
    assert "deckgen new" in said
    for arguments in (("check", "--strict"), ("fmt", "--check"), ("build",)):
        done = deckgen(tmp_path, *arguments)
        assert (done.code, done.err) == (0, ""), done
    assert (tmp_path / "dist" / "solar-system.apkg").stat().st_size > 0


@pytest.mark.parametrize(
    "name", ['C++: the "hard" parts', "Русский язык", "日本語", "#1 & more", "no", "deck", "a: b", "{x}"]
)
def test_any_subject_will_do(tmp_path, name):
    _init(tmp_path, _deck(name.replace('"', ""), topic=name.replace('"', ""), description=name, authors=(name, "b, c")))
    done = deckgen(tmp_path, "check", "--strict")
    assert done.code == 0, done


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_name_makes_a_sound_deck_or_is_refused(tmp_path_factory, name):
    folder = tmp_path_factory.mktemp("deck")
    try:
        _init(folder, _deck(name, topic=name, description=name))
    except UserError:
        assert not any(folder.iterdir())


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "README.md").write_text("mine")
    assert "README.md: there already, left as it is" in _init(tmp_path, _deck())
    assert (tmp_path / "README.md").read_text() == "mine"
    with pytest.raises(UserError, match="already a deck"):
        _init(tmp_path, _deck())


def test_a_second_deck_is_added(tmp_path):
    _init(tmp_path, _deck())
    _init(tmp_path, _deck("Moons"))
    assert [deck.name for deck in find_decks(tmp_path / "cards")] == ["moons", "solar-system"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": "Solar System"}, "solar-system"),
        ({"repository": "github.com/a/b"}, "web address"),
        ({"topic": " "}, "the topic must be one line"),
    ],
)
def test_a_wrong_answer_is_refused(tmp_path, change, said):
    with pytest.raises(UserError, match=said):
        _init(tmp_path, _deck(**change))
    assert not any(tmp_path.iterdir())


def test_a_name_that_anki_reserves_is_refused_with_its_place(tmp_path):
    with pytest.raises(UserError, match="bad-deck-name"):
        _init(tmp_path, _deck("Default"))


def test_correction_form_takes_what_the_cards_send():
    form = yaml.safe_load(files(_deck())[".github/ISSUE_TEMPLATE/correction.yml"])
    assert {"entry", "release"} <= {item.get("id") for item in form["body"]}


def test_files_for_github_are_sound_yaml():
    made = files(_deck(repository="https://github.com/you/solar-system"))
    for name in made:
        if name.endswith((".yml", ".yaml")):
            assert yaml.safe_load(made[name]) is not None, name
    assert "@@" not in "".join(made.values())
    assert yaml.safe_load(made["cards/solar-system/deck.yaml"])["repository"] == "https://github.com/you/solar-system"
    assert {json.loads(made[f"schema/{name}.schema.json"])["title"] for name in FILES}
