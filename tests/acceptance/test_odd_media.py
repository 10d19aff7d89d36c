"""Pictures and sound under odd names and of odd kinds."""

from __future__ import annotations

import json
import unicodedata
import zipfile
from pathlib import Path

import pytest

from anki_lab import collection, import_package
from deckgen.media import MediaError, check_svg
from decks import START, deckgen, errors, lock_lines, write_deck

PNG = b"\x89PNG\r\n\x1a\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'


def build(root: Path, bank: str, **media: bytes) -> Path:
    files = {f"media/{name}": data for name, data in media.items()}
    folder = write_deck(root, {"t.yaml": f"topic: T\n{bank}", **files})
    done = deckgen(root, "build", epoch=START)
    assert done.code == 0, done.err
    return folder


def test_a_name_is_found_in_either_form_of_unicode(tmp_path: Path) -> None:
    bank = "questions:\n  - {id: a, question: '![x](é.png)', answer: A, image: é.png}\n"
    build(tmp_path, bank, **{unicodedata.normalize("NFD", "é.png"): PNG})


def test_files_that_would_have_one_name_are_one_file_of_the_package(tmp_path: Path) -> None:
    bank = "questions:\n  - {id: a, question: '![x](<a b.png>)', answer: '![x](A-B.PNG)'}\n"
    build(tmp_path, bank, **{"a b.png": PNG, "A-B.PNG": PNG})
    with zipfile.ZipFile(tmp_path / "dist" / "law.apkg") as package:
        assert len(json.loads(package.read("media"))) == 1
    assert deckgen(tmp_path, "inspect", "dist/law.apkg").code == 0


def test_sound_is_played(tmp_path: Path) -> None:
    bank = (
        "questions:\n  - {id: a, question: 'Listen: ![a](s.mp3)', answer: A, image: t.ogg}\n"
        "  - {id: b, question: Who?, columns: [Song], rows: {'![x](s.mp3)': [Robin], B: ['it is ![y](t.ogg)']}}\n"
        "facts:\n  - {id: f, fact: 'Hear {{c1::the ![c](s.mp3) of::a}} it [sound:s.mp3] {{c2::x}}'}\n"
    )
    folder = build(tmp_path, bank, **{"s.mp3": b"ID3", "t.ogg": b"OggS"})
    before = (folder / "deck.lock").read_bytes()
    with collection() as col:
        import_package(col, tmp_path / "dist" / "law.apkg")
        assert not list(col.media.check().missing)
        assert not list(col.media.check().unused)
        played = {}
        for number in col.find_cards(""):
            card = col.get_card(number)
            sides = ([tag.filename[:2] for tag in side] for side in (card.question_av_tags(), card.answer_av_tags()))
            played[card.note()["Entry"], card.ord] = tuple(sides)
    assert played["a", 0] == (["s-"], ["s-", "t-"])
    assert played["f", 0] == ([], ["s-"])
    assert played["f", 1] == (["s-"], ["s-"])
    assert lock_lines(folder)["f"]["text"] == "Hear the  of it [sound:s.mp3] x"
    assert deckgen(tmp_path, "lock", "--from", "dist/law.apkg", "--force").code == 0
    assert (folder / "deck.lock").read_bytes() == before


@pytest.mark.parametrize("encoding", ["UTF-7", "nonsense", "utf-16", "cp037", "rot13"])
def test_an_svg_in_an_odd_encoding_is_an_ordinary_error(tmp_path: Path, encoding: str) -> None:
    svg = f'<?xml version="1.0" encoding="{encoding}"?>{SVG}'.encode()
    write_deck(tmp_path, {"t.yaml": "topic: T\nquestions:\n  - {id: a, question: Q, answer: A, image: s.svg}\n"})
    write_deck(tmp_path, {"media/s.svg": svg})
    assert [code for code, _, _ in errors(tmp_path)] == ["bad-media"]


@pytest.mark.parametrize("value", ["url(#a)", "url( #a )", "url('#a')", "url( '#a' )"])
def test_an_svg_may_point_into_itself(value: str) -> None:
    check_svg(SVG.format(f'<rect fill="{value}"/>').encode())


@pytest.mark.parametrize("value", ["url(//e)", "url( 'http://e')", "url(a#b)", "url('  http://e#a')"])
def test_an_svg_may_not_point_out_of_itself(value: str) -> None:
    with pytest.raises(MediaError):
        check_svg(SVG.format(f'<rect fill="{value}"/>').encode())
