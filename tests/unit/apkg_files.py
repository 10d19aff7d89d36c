"""Packages of the old format written by hand, so that every part of them can be wrong on purpose."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = """
create table col (id integer primary key, crt integer, mod integer, scm integer, ver integer, dty integer,
  usn integer, ls integer, conf text, models text, decks text, dconf text, tags text);
create table notes (id integer primary key, guid text, mid integer, mod integer, usn integer, tags text,
  flds text, sfld integer, csum integer, flags integer, data text);
create table cards (id integer primary key, nid integer, did integer, ord integer, mod integer, usn integer,
  type integer, queue integer, due integer, ivl integer, factor integer, reps integer, lapses integer,
  left integer, odue integer, odid integer, flags integer, data text);
"""

BASIC = {
    "id": 10, "name": "Basic", "type": 0, "mod": 100, "sortf": 0, "css": ".card {}",
    "flds": [{"name": "Front", "ord": 0, "id": 1}, {"name": "Back", "ord": 1, "id": 2}],
    "tmpls": [{"name": "Card 1", "ord": 0, "qfmt": "{{Front}}", "afmt": "{{FrontSide}}{{Back}}", "id": 3}],
}  # fmt: skip
CLOZE = {
    "id": 20, "name": "Cloze", "type": 1, "mod": 100, "sortf": 0, "css": "",
    "flds": [{"name": "Text", "ord": 0, "id": 1}, {"name": "Extra", "ord": 1, "id": 2}],
    "tmpls": [{"name": "Cloze", "ord": 0, "qfmt": "{{cloze:Text}}", "afmt": "{{Extra}}", "id": 3}],
}  # fmt: skip
DECKS = {
    "1": {"id": 1, "name": "Default"},
    "30": {"id": 30, "name": "Root::Sub", "desc": "about", "md": True},
}


def note(number: int, *fields: str, mid: int = 10, guid: str = "", mod: Any = 100, tags: str = "") -> tuple[Any, ...]:
    """A row of the table notes."""
    return (number, guid or f"g{number}", mid, mod, -1, tags, "\x1f".join(fields), "", 0, 0, "")


def card(number: int, nid: int, ordinal: int = 0, did: int = 30, due: int = 0) -> tuple[Any, ...]:
    """A row of the table cards."""
    return (number, nid, did, ordinal, 100, -1, 0, 0, due, 0, 0, 0, 0, 0, 0, 0, 0, "")


def collection(
    path: Path,
    *,
    notes: Any = (),
    cards: Any = (),
    models: Any = None,
    decks: Any = None,
    conf: Any = "{}",
    ver: Any = 11,
    sql: str = "",
) -> bytes:
    """The bytes of a collection; `models` and `decks` as values, or as text that is taken as it is."""
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.executescript(SCHEMA)
    models = {str(m["id"]): m for m in (BASIC, CLOZE)} if models is None else models
    decks = DECKS if decks is None else decks
    texts = [value if isinstance(value, str | bytes) else json.dumps(value) for value in (conf, models, decks)]
    database.execute("insert into col values (1, 5, 6, 7, ?, 0, 0, 0, ?, ?, ?, '{}', '{}')", (ver, *texts))
    database.executemany(f"insert into notes values ({','.join('?' * 11)})", notes)
    database.executemany(f"insert into cards values ({','.join('?' * 18)})", cards)
    database.executescript(sql)
    database.commit()
    database.close()
    return path.read_bytes()


def package(folder: Path, data: bytes | None = None, *, media: Any = None, files: Any = None, **rows: Any) -> Path:
    """A package with this collection (or one made of `rows`), media list and further files."""
    path = folder / "made.apkg"
    if data is None:
        data = collection(folder / "made.anki2", **rows)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("collection.anki2", data)
        media = {} if media is None else media
        archive.writestr("media", media if isinstance(media, str | bytes) else json.dumps(media))
        for name, content in (files or {}).items():
            archive.writestr(name, content)
    return path
