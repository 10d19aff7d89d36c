from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from deckgen.cache import MAX_FILES, Cache, digest_of, open_cache, state
from deckgen.memory import Memory, Said

KEY = b"k" * 32


def cache(tmp_path: Path, key: bytes | None = KEY) -> Cache:
    return Cache(tmp_path / "cache", key)


def only_file(tmp_path: Path) -> Path:
    [path] = (tmp_path / "cache").iterdir()
    return path


def test_what_was_put_is_got(tmp_path: Path) -> None:
    assert cache(tmp_path).get("name") is None
    cache(tmp_path).put("name", b"value")
    assert cache(tmp_path).get("name") == b"value"
    cache(tmp_path).put("name", b"")
    assert cache(tmp_path).get("name") == b""


@pytest.mark.parametrize("at", range(0, 37, 4))
def test_a_file_with_any_byte_changed_is_as_good_as_absent(tmp_path: Path, at: int) -> None:
    cache(tmp_path).put("name", b"value")
    data = bytearray(only_file(tmp_path).read_bytes())
    data[at] ^= 1
    only_file(tmp_path).write_bytes(data)
    assert cache(tmp_path).get("name") is None


@pytest.mark.parametrize("length", [0, 1, 31, 32, 36])
def test_a_file_cut_short_is_as_good_as_absent(tmp_path: Path, length: int) -> None:
    cache(tmp_path).put("name", b"value")
    only_file(tmp_path).write_bytes(only_file(tmp_path).read_bytes()[:length])
    assert cache(tmp_path).get("name") is None


def test_a_value_signed_by_somebody_else_is_not_believed(tmp_path: Path) -> None:
    cache(tmp_path, b"x" * 32).put("name", b"value")
    assert cache(tmp_path).get("name") is None


def test_a_value_under_another_name_is_not_believed(tmp_path: Path) -> None:
    cache(tmp_path).put("name", b"value")
    only_file(tmp_path).rename(tmp_path / "cache" / "other")
    assert cache(tmp_path).get("other") is None


def test_a_cache_without_a_key_keeps_nothing(tmp_path: Path) -> None:
    cache(tmp_path, None).put("name", b"value")
    assert not (tmp_path / "cache").exists()
    assert cache(tmp_path, None).get("name") is None


def test_a_cache_that_cannot_be_written_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file stands where the folder should")
    cache(tmp_path).put("name", b"value")
    assert cache(tmp_path).get("name") is None


def test_the_oldest_files_go_first(tmp_path: Path) -> None:
    for number in range(MAX_FILES + 3):
        cache(tmp_path).put(f"{number}", b"value")
        os.utime(tmp_path / "cache" / f"{number}", (number, number))
    cache(tmp_path).put("last", b"value")
    left = {path.name for path in (tmp_path / "cache").iterdir()}
    assert len(left) == MAX_FILES
    assert {"last", f"{MAX_FILES + 2}"} <= left
    assert "0" not in left


def test_writers_at_once_leave_one_whole_value(tmp_path: Path) -> None:
    values = [bytes([65 + number]) * 50_000 for number in range(4)]
    threads = [
        threading.Thread(target=lambda v=value: [cache(tmp_path).put("name", v) for _ in range(20)]) for value in values
    ]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert cache(tmp_path).get("name") in (None, *values)
    assert cache(tmp_path).get("name") in values
    assert only_file(tmp_path).name == "name"


def test_the_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path / "home")}
    open_cache(tmp_path / "cards", environ).put("name", b"value")
    assert open_cache(tmp_path / "cards", environ).get("name") == b"value"
    key = tmp_path / "home" / ".cache" / "deckgen" / "key"
    assert len(key.read_bytes()) == 32
    if os.name == "posix":
        assert key.stat().st_mode & 0o077 == 0


def test_without_a_home_there_is_no_cache(tmp_path: Path) -> None:
    open_cache(tmp_path / "cards", {}).put("name", b"value")
    assert list(tmp_path.iterdir()) == []


def test_a_linked_cache_folder_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".deckgen-cache").symlink_to(tmp_path / "elsewhere")
    open_cache(tmp_path / "cards", {"HOME": str(tmp_path / "home")}).put("name", b"value")
    assert list((tmp_path / "elsewhere").iterdir()) == []


# The state of a folder


def test_the_state_tells_every_change_of_a_deck(tmp_path: Path) -> None:
    deck = tmp_path / "deck"
    (deck / "media").mkdir(parents=True)
    (deck / "deck.yaml").write_text("id: a")
    (deck / "media" / "a.png").write_bytes(b"1")
    seen = [state(deck)]
    (deck / "deck.yaml").write_text("id: b")
    seen.append(state(deck))
    (deck / "media" / "a.png").write_bytes(b"2")
    seen.append(state(deck))
    (deck / "media" / "a.png").rename(deck / "media" / "b.png")
    seen.append(state(deck))
    (deck / "new.yaml").write_text("")
    seen.append(state(deck))
    (deck / "new.yaml").unlink()
    (deck / "new.yaml").mkdir()
    seen.append(state(deck))
    (deck / "new.yaml").rmdir()
    (deck / "new.yaml").symlink_to(deck / "deck.yaml")
    seen.append(state(deck))
    (deck / "new.yaml").unlink()
    (deck / "new.yaml").write_text("id: b")
    seen.append(state(deck))
    assert all(one != other for index, one in enumerate(seen) for other in seen[:index])


def test_hidden_files_and_times_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "deck.yaml").write_text("id: a")
    before = state(tmp_path)
    (tmp_path / ".hidden").write_text("")
    os.utime(tmp_path / "deck.yaml", (1, 1))
    assert state(tmp_path) == before


def test_a_file_that_is_gone_has_no_digest(tmp_path: Path) -> None:
    assert digest_of(tmp_path / "gone") == ""


# The memory of a run


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    folder = tmp_path / "deck"
    folder.mkdir()
    (folder / "deck.yaml").write_text("id: a")
    return folder


def memory(deck: Path, now: int = 1000, asked: tuple[object, ...] = ("build",)) -> Memory:
    return Memory(cache(deck.parent), asked, [deck], [deck.parent / "out"], now)


def test_a_run_is_recalled_until_something_changes(deck: Path) -> None:
    said = Said(0, "done\n", "")
    (deck.parent / "out").write_bytes(b"package")
    memory(deck).keep(said)
    assert memory(deck).recall() == said
    assert memory(deck, asked=("check",)).recall() is None
    assert memory(deck, now=999).recall() is None, "the clock went back"
    assert memory(deck, now=1000 + 86400).recall() is None, "another day"
    (deck.parent / "out").write_bytes(b"another package")
    assert memory(deck).recall() is None


def test_a_run_under_whose_hands_a_file_changed_is_not_kept(deck: Path) -> None:
    run = memory(deck)
    (deck / "deck.yaml").write_text("id: b")
    run.keep(Said(0, ""))
    assert memory(deck).recall() is None


def test_a_run_whose_files_another_run_has_overwritten_is_not_kept(deck: Path) -> None:
    run = memory(deck)
    (deck / "deck.lock").write_bytes(b"theirs")
    run.keep(Said(0, ""), {deck / "deck.lock": b"ours"})
    assert memory(deck).recall() is None


def test_a_run_that_wrote_its_files_is_kept(deck: Path) -> None:
    run = memory(deck)
    written = {deck / "deck.lock": b"ours", deck.parent / "out": b"package"}
    for path, data in written.items():
        path.write_bytes(data)
    run.keep(Said(0, ""), written)
    assert memory(deck).recall() == Said(0, "")
