"""Packages that somebody damaged, or that are somebody else's: an answer in words, never a traceback."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path

import pytest

from decks import START, deckgen, write_deck

BANK = "topic: T\nquestions:\n  - {id: a, question: Q, answer: A}\nfacts:\n  - {id: f, fact: '{{c1::x}} y'}\n"


def altered(package: Path, statement: str) -> Path:
    """A copy of a package after a statement was run in its collection."""
    copy, database = package.with_name("altered.apkg"), package.with_name("altered.anki2")
    with zipfile.ZipFile(package) as before, zipfile.ZipFile(copy, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "collection.anki2":
                database.write_bytes(data)
                connection = sqlite3.connect(database)
                connection.execute(statement)
                connection.commit()
                connection.close()
                data = database.read_bytes()
            after.writestr(name, data)
    return copy


DAMAGE = [
    "UPDATE notes SET flds = flds || char(31) || 'more'",
    "UPDATE notes SET flds = 'one field'",
    "UPDATE notes SET mid = 5",
    'UPDATE col SET conf = replace(conf, \'"released_at": 0\', \'"released_at": "soon"\')',
    "UPDATE col SET conf = replace(conf, '\"created\": 1', '\"created\": [1]')",
    "UPDATE col SET conf = replace(conf, '\"subdecks\": [', '\"subdecks\": [5, ')",
    'UPDATE col SET conf = replace(conf, \'"was": {}\', \'"was": {"a": 5}\')',
    "UPDATE notes SET mod = 'text'",
    "UPDATE notes SET guid = 'same'",
    "UPDATE notes SET tags = 5",
    "UPDATE col SET conf = '{\"deckgen\": 5}'",
    "UPDATE col SET models = '{}'",
    "DELETE FROM cards",
    "DELETE FROM col",
    "DROP TABLE notes",
]


@pytest.mark.parametrize("statement", DAMAGE)
def test_a_damaged_package_is_told_in_words(tmp_path: Path, statement: str) -> None:
    write_deck(tmp_path, {"t.yaml": BANK})
    assert deckgen(tmp_path, "build", epoch=START).code == 0
    whole = tmp_path / "dist" / "law.apkg"
    damaged = altered(whole, statement)
    for arguments in (
        ("inspect", str(damaged)),
        ("inspect", str(damaged), "--format", "json"),
        ("diff", str(whole), str(damaged)),
        ("diff", str(damaged), str(whole), "--format", "json"),
        ("lock", "--from", str(damaged), "--force"),
    ):
        assert deckgen(tmp_path, *arguments).code in (0, 1, 2), arguments
    assert deckgen(tmp_path, "build").code in (0, 1)
