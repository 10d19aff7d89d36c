"""One program or stage, run once in a process of its own: ``cases.py CASE FOLDER``.

Prints one JSON object: seconds on the clock and of the processor. Reading what a case needs as ready data does not
count.
"""

from __future__ import annotations

import gc
import io
import json
import sqlite3
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import genanki
import yaml

Case = Callable[[], object]
NOW = int(time.time())


def plain_script(folder: Path) -> Case:
    """What one would write without deckgen: PyYAML's C loader, a few checks, genanki with its defaults."""
    return _plain([folder / "one.yaml"])


def plain_script_on_files(folder: Path) -> Case:
    """The same on 100 files, where Python's garbage collector has less to walk through at a time."""
    return _plain(sorted((folder / "bench").glob("topic-*.yaml")))


def _plain(paths: list[Path]) -> Case:
    def run() -> None:
        notes: list[dict[str, Any]] = []
        seen: set[str] = set()
        for path in paths:
            bank = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            for entry in [*bank.get("facts", []), *bank.get("questions", [])]:
                if entry["id"] in seen:
                    raise SystemExit(f"{entry['id']} is given twice")
                if not (entry.get("fact") or (entry.get("question") and entry.get("answer"))):
                    raise SystemExit(f"{entry['id']} is empty")
                if "fact" in entry and "{{c" not in entry["fact"]:
                    raise SystemExit(f"{entry['id']} hides nothing")
                seen.add(entry["id"])
                notes.append(entry)
        pack_with_genanki(notes)

    return run


def pack_with_genanki(entries: list[dict[str, Any]]) -> None:
    basic = genanki.Model(
        1607392319, "Basic", fields=[{"name": "Question"}, {"name": "Answer"}, {"name": "Extra"}],
        templates=[{"name": "Card", "qfmt": "{{Question}}", "afmt": "{{FrontSide}}<hr>{{Answer}}<br>{{Extra}}"}],
    )  # fmt: skip
    cloze = genanki.Model(
        1607392320, "Cloze", fields=[{"name": "Text"}, {"name": "Extra"}], model_type=genanki.Model.CLOZE,
        templates=[{"name": "Cloze", "qfmt": "{{cloze:Text}}", "afmt": "{{cloze:Text}}<br>{{Extra}}"}],
    )  # fmt: skip
    deck = genanki.Deck(2059400110, "Bench")
    for entry in entries:
        fields = [entry["fact"]] if "fact" in entry else [entry["question"], entry["answer"]]
        fields.append(entry["explanation"])
        model = cloze if "fact" in entry else basic
        deck.add_note(genanki.Note(model=model, fields=fields, tags=entry["tags"], guid=genanki.guid_for(entry["id"])))
    with tempfile.TemporaryDirectory() as out:
        genanki.Package(deck).write_to_file(str(Path(out) / "bench.apkg"))


def entries_of(folder: Path) -> list[dict[str, Any]]:
    """The bank as ready data; found again beside it, so that reading it leaves no peak of memory."""
    return [json.loads(line) for line in (folder / "notes.jsonl").open(encoding="utf-8")]


def plain_genanki(folder: Path) -> Case:
    entries = entries_of(folder)
    return lambda: pack_with_genanki(entries)


def raw_limit(folder: Path) -> Case:
    """The same rows by ``executemany``, the index last, and one zip: nothing can be much faster."""
    entries = entries_of(folder)

    def run() -> None:
        connection = sqlite3.connect(":memory:")
        connection.execute(
            "CREATE TABLE notes (id integer primary key, guid text, mid integer, mod integer, usn integer, tags text, "
            "flds text, sfld text, csum integer, flags integer, data text)"
        )
        connection.execute(
            "CREATE TABLE cards (id integer primary key, nid integer, did integer, ord integer, mod integer, "
            "usn integer, type integer, queue integer, due integer, ivl integer, factor integer, reps integer, "
            "lapses integer, left integer, odue integer, odid integer, flags integer, data text)"
        )
        rows, cards = [], []
        for index, entry in enumerate(entries):
            fields = [entry["fact"]] if "fact" in entry else [entry["question"], entry["answer"]]
            text = "\x1f".join([*fields, entry["explanation"]])
            rows.append((index, entry["id"], 1, NOW, -1, " ".join(entry["tags"]), text, fields[0], 0, 0, ""))
            for ordinal in range(3 if "fact" in entry else 1):
                cards.append((len(cards), index, 1, ordinal, NOW, -1, 0, 0, index, 0, 0, 0, 0, 0, 0, 0, 0, ""))
        connection.executemany(f"INSERT INTO notes VALUES ({','.join('?' * 11)})", rows)
        connection.executemany(f"INSERT INTO cards VALUES ({','.join('?' * 18)})", cards)
        connection.execute("CREATE INDEX ix_cards_nid ON cards (nid)")
        connection.commit()
        with zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr("collection.anki2", connection.serialize())

    return run


def anki_library(folder: Path) -> Case:
    """Anki's own library adding the notes and exporting the package."""
    from anki.collection import Collection, DeckIdLimit, ExportAnkiPackageOptions  # noqa: PLC0415

    entries = entries_of(folder)

    def run() -> None:
        from anki.collection import AddNoteRequest  # noqa: PLC0415

        with tempfile.TemporaryDirectory() as out:
            collection = Collection(str(Path(out) / "collection.anki2"))
            basic, cloze = collection.models.by_name("Basic"), collection.models.by_name("Cloze")
            deck = collection.decks.id("Bench")
            requests = []
            for entry in entries:
                note = collection.new_note(cloze if "fact" in entry else basic)
                note.fields[0] = entry.get("fact") or entry["question"]
                note.fields[1] = entry.get("answer", "") + entry["explanation"]
                note.tags = entry["tags"]
                requests.append(AddNoteRequest(note, deck))
            collection.add_notes(requests)
            options = ExportAnkiPackageOptions(with_scheduling=False, with_media=False, legacy=True)
            collection.export_anki_package(out_path=f"{out}/bench.apkg", options=options, limit=DeckIdLimit(deck))
            collection.close()

    return run


def deckgen_pack(folder: Path) -> Case:
    """deckgen from notes that are ready to the bytes of the package."""
    from deckgen import package  # noqa: PLC0415
    from deckgen.deckbuild import build_deck, check_deck, without_entries  # noqa: PLC0415

    pack, ready = package.package_bytes, []
    package.package_bytes = lambda content: ready.append(content) or b""
    build_deck(without_entries(check_deck(folder / "bench", "cards/bench", NOW, errors_only=True)), NOW, None)
    return lambda: pack(ready[0])


def stages(folder: Path) -> Case:
    """Nothing by itself: prints how long each stage of a build and of a check takes in one process."""
    from deckgen import composing, deckbuild, lint, topicloader, update  # noqa: PLC0415
    from deckgen import package as packing  # noqa: PLC0415

    composing.processors = topicloader.processors = lambda: 1
    spent: dict[str, float] = {}
    for module, name, stage in (
        (topicloader, "parse", "parse"), (deckbuild, "load", "load (with parse)"),
        (deckbuild, "check_references", "references"), (deckbuild, "_compose", "compose"), (lint, "lint", "rules"),
        (deckbuild, "update", "times"), (deckbuild, "write", "lock"), (packing, "package_bytes", "pack"),
    ):  # fmt: skip
        setattr(module, name, _timed(getattr(module, name), stage, spent))
    assert update

    def run() -> None:
        checked = deckbuild.check_deck(folder / "bench", "cards/bench", NOW)
        deckbuild.build_deck(checked, NOW, None)
        print(json.dumps(spent))

    return run


def _timed(function: Callable[..., Any], stage: str, spent: dict[str, float]) -> Callable[..., Any]:
    def timed(*given: Any, **named: Any) -> Any:
        start = time.process_time()
        made = function(*given, **named)
        made = list(made) if isinstance(made, Iterator) else made
        spent[stage] = spent.get(stage, 0.0) + time.process_time() - start
        return made

    return timed


CASES: dict[str, Callable[[Path], Case]] = {
    "R": plain_script,
    "R100": plain_script_on_files,
    "genanki": plain_genanki,
    "raw": raw_limit,
    "anki": anki_library,
    "pack": deckgen_pack,
    "stages": stages,
}


def main() -> None:
    case = CASES[sys.argv[1]](Path(sys.argv[2]))
    gc.collect()
    clock, before = time.perf_counter(), time.process_time()
    case()
    print(json.dumps({"clock": time.perf_counter() - clock, "processor": time.process_time() - before}))


if __name__ == "__main__":
    main()
