"""Front and back of a card never say the same."""

from __future__ import annotations

from pathlib import Path

from anki_lab import cards, collection, import_package
from decks import START, deckgen, write_deck


def test_no_card_reads_alike_on_both_sides(tmp_path: Path) -> None:
    bank = (
        "topic: T\nquestions:\n  - {id: c, question: C, answer: A, distractors: [x, y]}\n"
        "  - {id: r, question: R, answer: B, reverse: true}\n"
    )
    write_deck(tmp_path, {"t.yaml": bank})
    assert deckgen(tmp_path, "release", epoch=START).code == 0
    write_deck(tmp_path, {"t.yaml": bank.replace(", reverse: true", "")})
    assert deckgen(tmp_path, "build", epoch=START + 9).code == 0
    with collection() as col:
        import_package(col, tmp_path / "dist" / "law.apkg")
        assert [card for card in cards(col) if card.front == card.back] == []
