"""What the reader gives for sound packages, and that hostile ones are ordinary errors."""

from __future__ import annotations

import hashlib
import json
import os
import random
import stat
import tempfile
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
import zstandard
from apkg_files import BASIC, card, collection, note, package

from deckgen.apkg import PackageError, read_package
from deckgen.errors import UserError

MIB = 1 << 20


def test_reads_every_part_of_an_old_package(tmp_path: Path) -> None:
    made = package(
        tmp_path,
        notes=[note(2, "a", "b", tags=" x  y::z "), note(1, "{{c1::q}}", "", mid=20, guid="17")],
        cards=[card(5, 2, due=9), card(4, 1, did=1)],
        conf={"nextPos": 4},
        media={"0": "a.png", "7": "b.png"},
        files={"0": b"picture", "7": b""},
    )
    found = read_package(made)
    assert found.format == "collection.anki2"
    assert (found.version, found.created, found.mod, found.conf) == (11, 5, 6, {"nextPos": 4})
    basic = found.note_types[10]
    assert (basic.name, basic.kind, basic.field_names, basic.mod) == (
        "Basic",
        "standard",
        ("Front", "Back"),
        100,
    )
    assert [field.id for field in basic.fields] == [1, 2]
    assert (basic.templates[0].front, basic.templates[0].id) == ("{{Front}}", 3)
    assert found.note_types[20].kind == "cloze"
    deck = found.decks[30]
    assert (deck.name, deck.description, deck.markdown, deck.filtered) == ("Root::Sub", "about", True, False)
    assert [(n.id, n.guid, n.tags, n.fields) for n in found.notes] == [
        (1, "17", (), ("{{c1::q}}", "")),
        (2, "g2", ("x", "y::z"), ("a", "b")),
    ]
    assert [(c.id, c.note_id, c.deck_id, c.ordinal, c.due) for c in found.cards] == [
        (4, 1, 1, 0, 0),
        (5, 2, 30, 0, 9),
    ]
    assert {name: file.size for name, file in found.media.items()} == {"a.png": 7, "b.png": 0}
    assert found.media["a.png"].sha256 == hashlib.sha256(b"picture").hexdigest()
    assert found.media["a.png"].read() == b"picture"
    assert found.oddities == ()


def test_ids_written_as_text_and_absent_ids_are_understood(tmp_path: Path) -> None:
    bare = {**BASIC, "id": "10", "flds": [{"name": "Front"}]}
    found = read_package(package(tmp_path, models={"10": bare}))
    assert found.note_types[10].fields[0].id is None


def test_a_tag_keeps_odd_white_space_for_the_inspection_to_find(tmp_path: Path) -> None:
    found = read_package(package(tmp_path, notes=[note(1, "a", "b", tags=" a\tb c\u3000d ")]))
    assert found.notes[0].tags == ("a\tb", "c", "d")


BAD_COLLECTIONS: dict[str, dict[str, Any]] = {
    "models not a map": {"models": "[1]"},
    "models not json": {"models": "{"},
    "models nested deeply": {"models": "[" * 100_000},
    "models a number of many digits": {"models": '{"1": ' + "9" * 10_000 + "}"},
    "half a surrogate pair": {"models": '{"1": "\\ud83d"}'},
    "a note type not a map": {"models": {"1": 3}},
    "fields not a list": {"models": {"1": {**BASIC, "flds": "abc"}}},
    "a field without name": {"models": {"1": {**BASIC, "flds": [{}]}}},
    "no templates": {"models": {"1": {k: v for k, v in BASIC.items() if k != "tmpls"}}},
    "css a list": {"models": {"1": {**BASIC, "css": []}}},
    "id is true text": {"models": {"1": {**BASIC, "id": "abc"}}},
    "decks not a map": {"decks": "3"},
    "a deck without name": {"decks": {"1": {"id": 1}}},
    "conf not json": {"conf": "nope"},
    "too old": {"ver": 10},
    "too new": {"ver": 99},
    "ver is text": {"ver": "abc"},
    "mod is text": {"notes": [note(1, "a", "b", mod="soon")]},
    "no notes table": {"sql": "drop table notes"},
    "a column missing": {"sql": "alter table notes drop column guid"},
    "col without row": {"sql": "delete from col"},
    "guid not utf-8": {"sql": "insert into notes values (1, cast(x'ff' as text), 1, 1, 1, '', '', '', 0, 0, '')"},
    "fields missing": {"sql": "insert into notes values (1, 'g', 1, 1, 1, '', null, '', 0, 0, '')"},
    "a view that never ends": {
        "sql": "alter table notes rename to n; create view notes as with recursive r(i) as"
        " (select 1 union all select i + 1 from r) select i id, '' guid, 1 mid, 1 mod,"
        " '' tags, '' flds from r"
    },
    "a computed column": {
        "sql": "drop table notes; create table notes (id integer primary key, guid text, mid integer,"
        " mod integer, tags text, flds text generated always as (hex(zeroblob(60000000))));"
        "insert into notes (id, guid, mid, mod, tags) values (1, 'g', 1, 1, '')"
    },
    "a field of 70 MiB": {"sql": "update col set conf = hex(zeroblob(36700160))"},
    "fields beyond number": {
        "sql": "insert into notes values (1, 'g', 1, 1, 1, '',"
        " replace(hex(zeroblob(5000000)), '0', char(31)), '', 0, 0, '')"
    },
}


@pytest.mark.parametrize("rows", BAD_COLLECTIONS.values(), ids=BAD_COLLECTIONS.keys())
def test_a_bad_collection_is_an_error_that_names_the_file(tmp_path: Path, rows: dict[str, Any]) -> None:
    made = package(tmp_path, **rows)
    with pytest.raises(PackageError, match=r"made\.apkg: .+"):
        read_package(made)


@pytest.mark.parametrize("media", ["[]", "{", '{"a": "x"}', '{"0": 3}', b"\xff\xfe", "[" * 50_000])
def test_a_bad_media_list_is_an_error(tmp_path: Path, media: Any) -> None:
    with pytest.raises(PackageError):
        read_package(package(tmp_path, media=media))


def test_oddities_of_the_media_list_are_reported(tmp_path: Path) -> None:
    made = package(
        tmp_path,
        media={"0": "../../etc/passwd", "1": "same.png", "2": "same.png", "3": "lost.png"},
        files={"0": b"x", "1": b"x", "2": b"y", "extra": b""},
    )
    found = read_package(made)
    assert {oddity.code for oddity in found.oddities} == {
        "media-name",
        "media-twice",
        "media-not-packed",
        "stray-file",
    }
    assert not found.media["lost.png"].present
    with pytest.raises(PackageError, match="no file"):
        _ = found.media["lost.png"].sha256
    assert not (tmp_path.parent / "etc").exists()


def test_a_symbolic_link_in_the_zip_is_reported_and_not_followed(tmp_path: Path) -> None:
    made = package(tmp_path, media={"0": "a.png"})
    link = zipfile.ZipInfo("0")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    found = read_package(made)
    assert [oddity.code for oddity in found.oddities] == ["member-symlink"]
    assert found.media["a.png"].read() == b"/etc/passwd"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_given_twice_is_reported(tmp_path: Path) -> None:
    made = package(tmp_path)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("media", "{}")
    assert [oddity.code for oddity in read_package(made).oddities] == ["member-twice"]


def test_what_is_no_package_is_an_error(tmp_path: Path) -> None:
    text = tmp_path / "text.apkg"
    text.write_text("hello")
    empty = tmp_path / "empty.apkg"
    empty.write_bytes(b"")
    other = tmp_path / "other.apkg"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "x")
    pipe = tmp_path / "pipe.apkg"
    os.mkfifo(pipe)
    for path in (text, empty, other, pipe, tmp_path, tmp_path / "missing.apkg", Path("/dev/null")):
        with pytest.raises(UserError, match=str(path)):
            read_package(path)


@pytest.mark.parametrize("data", [b"", b"garbage" * 1000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_collection_that_is_no_database_is_an_error(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(PackageError):
        read_package(package(tmp_path, data))


def test_a_schema_that_sqlite_cannot_even_name_is_an_error(tmp_path: Path) -> None:
    data = collection(tmp_path / "c").replace(b"tablecardscards", b"tablec\xf8rdsc\xf8rds")
    data = data.replace(b"TABLE cards (id", b"TABLE c\xf8rds !id")
    with pytest.raises(PackageError):
        read_package(package(tmp_path, data))


def test_truncated_and_flipped_bytes_never_do_worse_than_an_error(tmp_path: Path) -> None:
    rows = [note(number, "front " * 50, "back", tags=" a b ") for number in range(1, 200)]
    data = collection(tmp_path / "c", notes=rows, cards=[card(n, n) for n in range(1, 200)])
    whole = package(tmp_path, data).read_bytes()
    dice = random.Random(7)
    outcomes = set()
    for _ in range(150):
        broken = bytearray(data)
        for _ in range(dice.choice([1, 3, 30])):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        del broken[dice.choice([len(broken), dice.randrange(len(broken))]) :]
        outcomes.add(_outcome(package(tmp_path, bytes(broken))))
    for _ in range(150):
        cut = bytearray(whole)
        cut[dice.randrange(len(cut))] ^= 1 << dice.randrange(8)
        (tmp_path / "made.apkg").write_bytes(cut[: dice.choice([len(cut), dice.randrange(len(cut))])])
        outcomes.add(_outcome(tmp_path / "made.apkg"))
    assert outcomes == {"read", "error"}


def _outcome(path: Path) -> str:
    try:
        read_package(path)
    except PackageError:
        return "error"
    return "read"


def test_a_zip_bomb_is_refused_in_little_memory(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.apkg"
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("collection.anki2", "w") as file,
    ):
        for _ in range(300):
            file.write(bytes(MIB))
    tracemalloc.start()
    with pytest.raises(PackageError, match="grows more than"):
        read_package(bomb)
    assert tracemalloc.get_traced_memory()[1] < 20 * MIB
    tracemalloc.stop()


def test_a_zstd_bomb_is_refused_in_little_memory(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.apkg"
    packed = zstandard.ZstdCompressor().compress(bytes(300 * MIB))
    with zipfile.ZipFile(bomb, "w") as archive:
        archive.writestr("meta", b"\x08\x03")
        archive.writestr("collection.anki21b", packed)
        archive.writestr("media", zstandard.ZstdCompressor().compress(b""))
    with pytest.raises(PackageError, match="grows more than"):
        read_package(bomb)


@pytest.mark.parametrize(
    ("method", "reason"), [(zipfile.ZIP_BZIP2, "does not read"), (zipfile.ZIP_LZMA, "does not read")]
)
def test_unusual_packing_is_refused(tmp_path: Path, method: int, reason: str) -> None:
    path = tmp_path / "odd.apkg"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("collection.anki2", b"x" * 1000)
    with pytest.raises(PackageError, match=reason):
        read_package(path)


def test_a_flood_of_members_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = package(tmp_path, files={str(number): b"" for number in range(200)})
    monkeypatch.setattr("deckgen.apkg.archive.MAX_MEMBERS", 100)
    with pytest.raises(PackageError, match="202 files"):
        read_package(many)
    monkeypatch.setattr("deckgen.apkg.archive.MAX_DIRECTORY", 1000)
    with pytest.raises(PackageError, match="directory of the zip"):
        read_package(many)


def test_a_newer_format_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="newer Anki"):
        read_package(package(tmp_path, files={"meta": b"\x08\x09"}))


def test_reading_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    read_package(package(tmp_path))
    with pytest.raises(PackageError):
        read_package(package(tmp_path, models=json.dumps([])))
    assert list(scratch.iterdir()) == []
