"""A package is the same whether its database is made in memory or in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen import package
from deckgen.collector import MANY, give_back
from deckgen.deckbuild import build_deck, check_deck
from lintbank import NOW, files_of

FACTS = "".join(f'  - {{id: fact-{n}, fact: "Number {n} is {{{{c1::the {n}th}}}} of all."}}\n' for n in range(900))


def test_a_large_deck_is_packed_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in files_of(f"facts:\n{FACTS}").items():
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    checked = check_deck(tmp_path, "cards/test", NOW)
    small = build_deck(checked, NOW, None).package
    monkeypatch.setattr(package, "_MANY", 0)
    monkeypatch.setattr(package, "_PIECE", 4096)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert build_deck(checked, NOW, None).package == small
    assert not [path for path in tmp_path.iterdir() if path.is_dir()]


def test_memory_is_given_back_without_harm() -> None:
    give_back(MANY)
