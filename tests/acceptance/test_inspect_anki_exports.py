"""What the reader gives for packages that Anki exports is what Anki itself says about its collection."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from anki.collection import Collection, ExportAnkiPackageOptions
from anki.decks import DeckId

from deckgen.apkg import Package, read_package
from deckgen.inspection import inspect_package


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    col = Collection(str(tmp_path / "collection.anki2"))
    deck = DeckId(col.decks.add_normal_deck_with_name('Büro::Ärzte & "Q"').id)
    described = col.decks.get(deck)
    assert described is not None
    described["desc"], described["md"] = "# About\nπ", True
    col.decks.save(described)
    picture = tmp_path / "a b.png"
    picture.write_bytes(b"\x89PNG picture")
    name = col.media.add_file(str(picture))
    values = {
        "Basic": [f'Fröhlich <img src="{name}">', "b"],
        "Basic (optional reversed card)": ["a", "b", "yes"],
        "Basic (type in the answer)": ["a", "b"],
        "Cloze": ["{{c1::a}} {{c7::β::hint}}", "x"],
        "Image Occlusion": [
            "{{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.1:oi=1}}",
            f'<img src="{name}">', "", "", "",
        ],
    }  # fmt: skip
    for place, (kind, fields) in enumerate(values.items()):
        note_type = col.models.by_name(kind)
        assert note_type is not None
        note = col.new_note(note_type)
        note.fields, note.tags = fields, ["deep::tag", f"n{place}"]
        col.add_note(note, deck)
    yield col
    col.close()


def exported(col: Collection, path: Path, *, legacy: bool) -> Package:
    options = ExportAnkiPackageOptions(with_media=True, legacy=legacy)
    col.export_anki_package(out_path=str(path), options=options, limit=None)
    return read_package(path)


def as_anki_says(col: Collection, found: Package) -> None:
    """Compare all that the package holds with what the collection says."""
    assert {deck.id for deck in found.decks.values()} <= {deck.id for deck in col.decks.all_names_and_ids()}
    for deck in found.decks.values():
        real = col.decks.get(DeckId(deck.id))
        assert real is not None
        assert (deck.name, deck.description, deck.markdown, deck.filtered) == (
            real["name"], real.get("desc", ""), bool(real.get("md")), bool(real["dyn"]),
        )  # fmt: skip
    for kind in found.note_types.values():
        model = col.models.get(kind.id)
        assert model is not None
        assert (kind.name, kind.css, kind.sort_field, kind.mod) == (
            model["name"], model["css"], model["sortf"], model["mod"],
        )  # fmt: skip
        assert (kind.kind == "cloze") == bool(model["type"])
        assert kind.stock_kind == model.get("originalStockKind", 0)
        assert [(field.name, field.id) for field in kind.fields] == [(f["name"], f["id"]) for f in model["flds"]]
        assert [(t.name, t.front, t.back, t.id) for t in kind.templates] == [
            (t["name"], t["qfmt"], t["afmt"], t["id"]) for t in model["tmpls"]
        ]
    assert len(found.notes) == col.note_count()
    for note in found.notes:
        real_note = col.get_note(note.id)
        assert (note.guid, note.note_type_id, note.mod, note.tags, note.fields) == (
            real_note.guid, real_note.mid, real_note.mod, tuple(real_note.tags), tuple(real_note.fields),
        )  # fmt: skip
    assert len(found.cards) == col.card_count()
    for card in found.cards:
        real_card = col.get_card(card.id)
        assert (card.note_id, card.deck_id, card.ordinal, card.due, card.type, card.queue, card.reps) == (
            real_card.nid, real_card.did, real_card.ord, real_card.due, real_card.type, real_card.queue,
            real_card.reps,
        )  # fmt: skip


@pytest.mark.parametrize("legacy", [True, False], ids=["old format", "new format"])
def test_a_package_says_what_the_collection_says(collection: Collection, tmp_path: Path, legacy: bool) -> None:
    found = exported(collection, tmp_path / "out.apkg", legacy=legacy)
    assert found.format == ("collection.anki21" if legacy else "collection.anki21b")
    as_anki_says(collection, found)
    assert {kind.name for kind in found.note_types.values()} >= {"Basic", "Cloze", "Image Occlusion"}
    media = found.media["a b.png"]
    assert (media.size, media.sha256) == (12, hashlib.sha256(b"\x89PNG picture").hexdigest())
    assert media.read() == b"\x89PNG picture"
    assert found.conf["schedVer"] == 2
    assert inspect_package(found, now=2**40).faults == ()


def test_a_whole_collection_is_read_too(collection: Collection, tmp_path: Path) -> None:
    out = tmp_path / "backup.colpkg"
    collection.export_collection_package(str(out), include_media=True, legacy=False)
    collection.reopen()
    found = read_package(out)
    assert found.format == "collection.anki21b"
    as_anki_says(collection, found)


def test_both_formats_hold_the_same(collection: Collection, tmp_path: Path) -> None:
    old = exported(collection, tmp_path / "old.apkg", legacy=True)
    new = exported(collection, tmp_path / "new.apkg", legacy=False)
    assert old.note_types == new.note_types
    assert old.notes == new.notes
    assert old.cards == new.cards
    assert {d.name: d for d in old.decks.values()} == {d.name: d for d in new.decks.values()}
    assert old.conf["sched2021"] == new.conf["sched2021"]


def test_a_filtered_deck_is_told_apart(collection: Collection, tmp_path: Path) -> None:
    collection.decks.new_filtered("Cram")
    for legacy in (True, False):
        out = tmp_path / f"{legacy}.colpkg"
        collection.export_collection_package(str(out), include_media=False, legacy=legacy)
        collection.reopen()
        decks = {deck.name: deck.filtered for deck in read_package(out).decks.values()}
        assert decks["Cram"] is True
        assert decks["Default"] is False
