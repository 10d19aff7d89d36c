"""Packages to begin from, and packages made of the bytes that a fuzzer gives.

Random changes to a zip file seldom get past its checksums. So the first byte says what the rest is: a whole file,
a database, a media list, or the texts of a database that is sound as such.
"""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator

import zstandard

from deckgen.notetypes import note_types

FILE, OLD, NEW, OLD_MEDIA, NEW_MEDIA, TEXTS = range(6)
BETWEEN = b"\x1e"
"""Stands between the texts of a database: models, decks, settings, tags, and fields."""
BETWEEN_FIELDS = b"\x1f"
_TABLES = """
pragma page_size = 512;
create table col (id integer primary key, crt integer, mod integer, scm integer, ver integer, dty integer,
  usn integer, ls integer, conf text, models text, decks text, dconf text, tags text);
create table notes (id integer primary key, guid text, mid integer, mod integer, usn integer, tags text,
  flds text, sfld integer, csum integer, flags integer, data text);
create table cards (id integer primary key, nid integer, did integer, ord integer, mod integer, usn integer,
  type integer, queue integer, due integer, ivl integer, factor integer, reps integer, lapses integer,
  left integer, odue integer, odid integer, flags integer, data text);
"""
_NEW_TABLES = """
create table notetypes (id integer primary key, name text, mtime_secs integer, usn integer, config blob);
create table fields (ntid integer, ord integer, name text, config blob, primary key (ntid, ord)) without rowid;
create table templates (ntid integer, ord integer, name text, mtime_secs integer, usn integer, config blob,
  primary key (ntid, ord)) without rowid;
create table decks (id integer primary key, name text, mtime_secs integer, usn integer, common blob, kind blob);
create table config (KEY text primary key, usn integer, mtime_secs integer, val blob) without rowid;
insert into notetypes values (10, 'Basic', 1, 0, x'1a012e');
insert into fields values (10, 0, 'Front', x''), (10, 1, 'Back', x'4803');
insert into templates values (10, 0, 'Card 1', 1, 0, x'0a097b7b46726f6e747d7d');
insert into decks values (1, 'Default', 1, 0, x'', x'0a00'), (30, 'A' || char(31) || 'B', 1, 0, x'', x'0a0422026869');
insert into config values ('nextPos', 0, 1, '4');
"""
_KINDS = tuple(note_types("law", "", repository=None, version="1").values())
_MODELS = {
    str(kind.id): {
        "id": kind.id,
        "name": kind.name,
        "type": int(kind.is_cloze),
        "mod": 1,
        "css": ".card {}",
        "flds": [{"name": field.name} for field in kind.fields],
        "tmpls": [{"name": "Card 1", "qfmt": "{{cloze:Text}}", "afmt": "{{#Text}}{{cloze:Text}}{{/Text}}"}],
    }
    for kind in _KINDS
}
_DECKS = {"1": {"name": "Default"}, "30": {"name": "A::B", "desc": "x"}}
_CONF = {"deckgen": {"deck": "law", "version": "1", "created": 1, "released_at": 1, "subdecks": ["A"], "was": {}}}
_FIELDS = ["{{c1::a::b}} <b>c</b>", '<img src="a.png">', "[sound:b.mp3]", "&amp;", "x"]


def database(texts: list[bytes], *, new: bool = False) -> bytes:
    """A collection that holds five texts, as `BETWEEN` says. Bytes that are no UTF-8 are stored as they are."""
    models, decks, conf, tags, fields = [*texts, *[b""] * 5][:5]
    with sqlite3.connect(":memory:") as connection:
        connection.executescript(_TABLES + (_NEW_TABLES if new else ""))
        text = "cast(? as text)"
        connection.execute(
            f"insert into col values (1, 5, 6, 7, ?, 0, 0, 0, {text}, {text}, {text}, '', '')",
            (18 if new else 11, conf, models, decks),
        )
        for number, made in enumerate(_KINDS, 1):
            kind = 10 if new else made.id
            own = BETWEEN_FIELDS.join(fields.split(BETWEEN_FIELDS)[: len(made.fields)])
            connection.execute(
                f"insert into notes values (?, 'g', ?, 1, 0, {text}, {text}, '', 0, 0, '')",
                (number, kind, tags, own),
            )
            connection.execute(
                "insert into cards values (?, ?, 30, ?, 1, 0, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')",
                (number, number, number - 1, number),
            )
    return connection.serialize()


def package(data: bytes) -> bytes:
    """The file that a fuzzer's bytes stand for."""
    mode, rest = (data[0] % 6, data[1:]) if data else (FILE, b"")
    if mode == FILE:
        return rest
    new = mode in (NEW, NEW_MEDIA)
    collection = rest if mode in (OLD, NEW) else _SOUND[new]
    if mode == TEXTS:
        collection = database(rest.split(BETWEEN))
    media = rest if mode in (OLD_MEDIA, NEW_MEDIA) else b"" if new else b'{"0": "a.png"}'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        if new:
            archive.writestr("meta", b"\x08\x03")
        packed = zstandard.ZstdCompressor(level=1).compress if new else bytes
        archive.writestr("collection.anki21b" if new else "collection.anki2", packed(collection))
        archive.writestr("media", packed(media))
        archive.writestr("0", packed(b"\x89PNG"))
    return made.getvalue()


def texts() -> list[bytes]:
    """Five texts that make a sound collection."""
    values = [json.dumps(value).encode() for value in (_MODELS, _DECKS, _CONF)]
    most = max(len(kind.fields) for kind in _KINDS)
    fields = "\x1f".join((_FIELDS * most)[:most])
    return [*values, b" a  law::changed::1 ", fields.encode()]


_SOUND = {new: database(texts(), new=new) for new in (False, True)}


def seeds() -> Iterator[bytes]:
    """One input of each form."""
    for new in (False, True):
        yield bytes([NEW if new else OLD]) + _SOUND[new]
        yield bytes([FILE]) + package(bytes([NEW if new else OLD]) + _SOUND[new])
    yield bytes([OLD_MEDIA]) + b'{"0": "a.png", "1": "../b"}'
    yield bytes([NEW_MEDIA]) + b"\x0a\x07\x0a\x05a.png\x0a\x08\x0a\x01b\x10\x04\xf8\x0f\x01"
    yield bytes([TEXTS]) + BETWEEN.join(texts())
