from __future__ import annotations

from pathlib import Path

from deckgen.cache import Cache
from deckgen.shelf import NO_SHELF, Shelf


def shelf(tmp_path: Path, program: str = "1") -> Shelf:
    return Shelf(Cache(tmp_path, b"k" * 32), "cards/law", program)


def test_a_part_is_found_again_until_a_run_does_not_ask_for_it(tmp_path: Path) -> None:
    first = shelf(tmp_path)
    keys = [first.key("a"), first.key("b")]
    for key in keys:
        first.put(key, key.encode())
    first.close()
    second = shelf(tmp_path)
    assert second.get(keys[0]) == keys[0].encode()
    second.close()
    third = shelf(tmp_path)
    assert third.get(keys[0]) == keys[0].encode()
    assert third.get(keys[1]) is None


def test_nothing_new_writes_nothing(tmp_path: Path) -> None:
    first = shelf(tmp_path)
    first.put(first.key("a"), b"part")
    first.close()
    [path] = tmp_path.iterdir()
    before = path.stat().st_ino
    again = shelf(tmp_path)
    again.get(again.key("a"))
    again.close()
    assert path.stat().st_ino == before


def test_keys_tell_texts_and_programs_apart(tmp_path: Path) -> None:
    ours = shelf(tmp_path)
    keys = {ours.key("ab", "c"), ours.key("a", "bc"), ours.key("abc"), shelf(tmp_path, "2").key("abc")}
    assert len(keys) == 4


def test_without_a_cache_nothing_is_kept() -> None:
    assert not NO_SHELF.keeps
    assert NO_SHELF.get(NO_SHELF.key("a")) is None
    NO_SHELF.close()
