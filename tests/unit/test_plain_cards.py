"""What a note's fields say to those who see no styles or no pictures."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from deckgen.deckbuild import check_deck
from decks import START, write_deck

PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)


def fields(root: Path, entry: str) -> Mapping[str, str]:
    folder = write_deck(root, {"rome.yaml": f"topic: Rome\nquestions:\n  - {entry}\n", "media/forum.png": PIXEL})
    checked = check_deck(folder, "cards/law", START)
    assert [found for found in checked.diagnostics if found.severity == "error"] == []
    assert checked.types is not None
    (note,) = checked.notes
    return dict(zip((field.name for field in checked.types[note.type_key].fields), note.fields, strict=True))


def test_an_option_and_its_reason_are_two_words_without_styles(tmp_path: Path) -> None:
    entry = "{id: a, question: Who?, answer: Gaius, distractors: [Marcus, {text: Titus, why: He came later.}]}"
    assert 'Titus <span class="why">He came later.</span></li>' in fields(tmp_path, entry)["Review"]


def test_a_picture_says_what_it_shows(tmp_path: Path) -> None:
    entry = "{id: a, question: Where?, answer: Rome, image: {file: forum.png, alt: 'A \"market\" & court'}}"
    image = fields(tmp_path, entry)["Image"]
    assert image.startswith('<img src="forum-')
    assert image.endswith('.png" alt="A &quot;market&quot; &amp; court">')


def test_a_picture_may_be_named_alone(tmp_path: Path) -> None:
    image = fields(tmp_path, "{id: a, question: Where?, answer: Rome, image: forum.png}")["Image"]
    assert image.startswith('<img src="forum-')
    assert image.endswith('.png" alt="">')
