"""Every fault that the inspection knows, in a package made bad on purpose, and silence on a sound one."""

from __future__ import annotations

import io
import json
import os
import re
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from apkg_files import BASIC, CLOZE, DECKS, card, note, package

from deckgen.apkg import read_package
from deckgen.commands import inspect
from deckgen.inspection import Inspection, as_json, as_text, inspect_package

NOW = 1_000
SOUND: dict[str, Any] = {
    "notes": [note(1, "a", "b", tags=" t "), note(2, "{{c1::x}} {{c2::y}}", "", mid=20)],
    "cards": [card(1, 1), card(2, 2), card(3, 2, 1)],
}


def inspected(tmp_path: Path, **rows: Any) -> Inspection:
    return inspect_package(read_package(package(tmp_path, **rows)), now=NOW)


def codes(found: Inspection) -> list[str]:
    return sorted({fault.code for fault in found.faults})


def basic(**changes: Any) -> dict[str, Any]:
    return {"10": {**BASIC, **changes}, "20": CLOZE}


def front(text: str, *more: dict[str, Any], back: str = "{{Back}}") -> dict[str, Any]:
    return basic(tmpls=[{"name": "T", "qfmt": text, "afmt": back, "id": 9}, *more])


def test_a_sound_package_has_no_faults(tmp_path: Path) -> None:
    found = inspected(tmp_path, **SOUND)
    assert found.faults == ()
    assert (found.notes, found.cards, found.tags) == (2, 3, (("t", 1),))
    assert [(count.note_type.name, count.notes, count.cards) for count in found.note_types] == [
        ("Basic", 1, 1),
        ("Cloze", 1, 2),
    ]
    assert [(count.deck.name, count.cards) for count in found.decks] == [("Root::Sub", 3)]


ONE = {"notes": [note(1, "a", "b")], "cards": [card(1, 1)]}
LATE = NOW + 10 * 86_400
CASES: list[tuple[str, dict[str, Any]]] = [
    (
        "duplicate-guid",
        {
            "notes": [note(1, "a", "b", guid="g"), note(2, "c", "d", guid="g")],
            "cards": [card(1, 1), card(2, 2)],
        },
    ),
    (
        "note-without-card",
        {"notes": [note(1, "{{c1::a}}", "", mid=20), note(2, "no cloze", "", mid=20)], "cards": [card(1, 1)]},
    ),
    ("card-without-note", {**ONE, "cards": [card(1, 1), card(2, 77)]}),
    ("card-without-deck", {**ONE, "cards": [card(1, 1, did=99)]}),
    ("default-deck", {**ONE, "cards": [card(1, 1, did=1)]}),
    ("ordinal-twice", {**ONE, "cards": [card(1, 1), card(2, 1)]}),
    ("ordinal-negative", {**ONE, "cards": [card(1, 1), card(2, 1, -1)]}),
    (
        "ordinal-too-high",
        {"notes": [note(1, "{{c1::a}}", "", mid=20)], "cards": [card(1, 1), card(2, 1, 500)]},
    ),
    ("ordinal-beyond-templates", {**ONE, "cards": [card(1, 1), card(2, 1, 1)]}),
    (
        "cloze-number-too-high",
        {"notes": [note(1, "{{c1::a}} {{c501::b}}", "", mid=20)], "cards": [card(1, 1)]},
    ),
    ("cloze-too-deep", {"notes": [note(1, "{{c1::" * 11 + "}}" * 11, "", mid=20)], "cards": [card(1, 1)]}),
    ("no-cloze", {"notes": [note(1, "{{c1::a}}", "", mid=20)], "cards": [card(1, 1), card(2, 1, 4)]}),
    ("card-missing", {"notes": [note(1, "{{c1::a {{c2::b}}}}", "", mid=20)], "cards": [card(1, 1)]}),
    ("blank-front", {"notes": [note(1, "<div> <br></div>", "b")], "cards": [card(1, 1)]}),
    ("blank-front", {"notes": [note(1, "&nbsp;", "b")], "cards": [card(1, 1)]}),
    ("blank-front", {"notes": [note(1, "x", "{{c1::a}}", mid=20)], "cards": [card(1, 1)]}),
    (
        "card-missing",
        {**ONE, "models": front("{{Front}}", {"name": "R", "qfmt": "{{Back}}", "afmt": "", "id": 8})},
    ),
    ("mod-in-future", {**ONE, "notes": [note(1, "a", "b", mod=LATE)]}),
    ("mod-in-future", {**ONE, "models": basic(mod=LATE)}),
    ("unknown-note-type", {**ONE, "notes": [note(1, "a", "b", mid=5)]}),
    ("field-count", {**ONE, "notes": [note(1, "a")]}),
    ("tag-white-space", {**ONE, "notes": [note(1, "a", "b", tags=" x\ty ")]}),
    ("tag-empty-part", {**ONE, "notes": [note(1, "a", "b", tags=" x:: ")]}),
    ("tag-dropped", {**ONE, "notes": [note(1, "a", "b", tags=" Leech ")]}),
    (
        "tag-spelling",
        {
            "notes": [note(1, "a", "b", tags=" x "), note(2, "c", "d", tags=" X ")],
            "cards": [card(1, 1), card(2, 2)],
        },
    ),
    ("script-in-field", {**ONE, "notes": [note(1, "a<script>x</script>", "b")]}),
    ("script-in-field", {**ONE, "notes": [note(1, "a<b onclick = 'x'>", "b")]}),
    ("script-in-field", {**ONE, "notes": [note(1, 'a<a href=" JavaScript:x">', "b")]}),
    (
        "no-schema-ids",
        {**ONE, "models": front("{{Front}}", {"name": "R", "qfmt": "{{#Back}}{{/Back}}", "afmt": ""})},
    ),
    (
        "field-name-odd",
        {
            **ONE,
            "models": basic(
                flds=[{"name": "Front", "id": 1}, {"name": "#x", "id": 2}],
                tmpls=[{"name": "T", "qfmt": "{{Front}}", "afmt": "", "id": 1}],
            ),
        },
    ),
    ("sort-field", {**ONE, "models": basic(sortf=7)}),
    ("template-error", {**ONE, "models": front("{{front}}")}),
    ("template-error", {**ONE, "models": front("{{Front}}", back="{{#Front}}")}),
    ("template-error", {**ONE, "models": front("{{Front}}" + "{{" * 100_000)}),
    ("template-error", {**ONE, "models": front("{{#Front}}" * 50_000)}),
    ("note-type-twice", {**SOUND, "models": {"10": BASIC, "20": {**CLOZE, "name": "BASIC"}}}),
    (
        "deck-twice",
        {
            "notes": SOUND["notes"],
            "cards": [card(1, 1), card(2, 2, did=31), card(3, 2, 1)],
            "decks": {**DECKS, "31": {"id": 31, "name": "ROOT::sub"}},
        },
    ),
    ("deck-name-empty-part", {**ONE, "decks": {"30": {"id": 30, "name": "a::::b"}}}),
    ("media-missing", {**ONE, "notes": [note(1, "a <img src='x.png'>", "b")]}),
    ("media-missing", {**ONE, "notes": [note(1, "a [sound:x.mp3]", "b")]}),
    ("media-missing", {**ONE, "models": basic(css="@font-face { src: url('_f.ttf') }")}),
    ("media-unused", {**ONE, "media": {"0": "x.png"}, "files": {"0": b""}}),
    ("template-media", {**ONE, "models": front("{{Front}}<img src=logo.png>")}),
    ("media-not-packed", {**ONE, "media": {"0": "_x.png"}}),
    ("no-media-list", {**ONE, "media": b"{}"}),
]


@pytest.mark.parametrize(("code", "rows"), CASES, ids=[f"{place}-{code}" for place, (code, _) in enumerate(CASES)])
def test_each_fault_is_found_alone(tmp_path: Path, code: str, rows: dict[str, Any]) -> None:
    path = package(tmp_path, **rows)
    if code == "no-media-list":
        path = without_media_list(path)
    assert codes(inspect_package(read_package(path), now=NOW)) == [code]


def without_media_list(path: Path) -> Path:
    bare = path.with_name("bare.apkg")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(bare, "w") as new:
        new.writestr("collection.anki2", old.read("collection.anki2"))
    return bare


def test_twice_named_fields_and_file_names_in_two_cases(tmp_path: Path) -> None:
    twice = [{"name": "Front", "id": 1}, {"name": "front", "id": 2}]
    found = inspected(tmp_path, **ONE, models=basic(flds=twice, tmpls=[{**BASIC["tmpls"][0], "afmt": ""}]))
    assert codes(found) == ["field-name-twice"]
    notes = [note(1, "<img src=a.png><img src=A.png>", "b")]
    found = inspected(
        tmp_path,
        notes=notes,
        cards=[card(1, 1)],
        media={"0": "a.png", "1": "A.png"},
        files={"0": b"", "1": b""},
    )
    assert codes(found) == ["media-case"]


def test_a_file_where_anki_does_not_look_is_reported(tmp_path: Path) -> None:
    notes = [note(1, "a <img srcset='x.png 2x'>", "b")]
    found = inspected(tmp_path, notes=notes, cards=[card(1, 1)], media={"0": "x.png"}, files={"0": b""})
    assert codes(found) == ["media-not-seen", "media-unused"]


def test_media_names_are_read_as_anki_reads_them(tmp_path: Path) -> None:
    field = "<img alt=1 src=\"a&amp;b.png\"><IMG SRC=c.png><img src='https://x.org/y.png'>"
    field += "[sound:d e.mp3]<object data=f.svg>"
    names = ["a&b.png", "c.png", "d e.mp3", "f.svg", "_font.ttf"]
    found = inspected(
        tmp_path,
        notes=[note(1, field, "b")],
        cards=[card(1, 1)],
        media={str(place): name for place, name in enumerate(names)},
        files={str(place): b"abc" for place in range(5)},
    )
    assert found.media.used == ("a&b.png", "c.png", "d e.mp3", "f.svg")
    assert (found.media.unused, found.media.missing, found.media_bytes, found.faults) == ((), (), 15, ())


def test_hostile_fields_take_no_time(tmp_path: Path) -> None:
    floods = [
        "<img " * 400_000,
        "{{c1::" * 300_000,
        "<a href=" + " " * 1_000_000,
        "url( " * 300_000,
        "<a on" * 300_000,
    ]
    notes = [note(place, flood, "{{c1::x}}", mid=20) for place, flood in enumerate(floods, 1)]
    started = time.process_time()
    inspected(tmp_path, notes=notes, cards=[card(n, n) for n in range(1, len(notes) + 1)])
    assert time.process_time() - started < 20


def test_the_text_groups_faults_and_keeps_controls_from_the_terminal(tmp_path: Path) -> None:
    notes = [note(number, "", "b", guid=f"\x1b[2J{number}\u202e") for number in range(1, 30)]
    found = inspected(tmp_path, notes=notes, cards=[card(n, n) for n in range(1, 30)], media={"0": "\x07.png"})
    text = as_text(found)
    assert "error: blank-front (29)" in text
    assert ".. and 19 more" in text
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert "\x1b[31merror\x1b[0m" in as_text(found, colour=True)


def test_the_json_is_whole_and_the_same_each_time(tmp_path: Path) -> None:
    found = inspected(tmp_path, **{**SOUND, "notes": [*SOUND["notes"], note(3, "c", "d")]})
    values = json.loads(as_json(found))
    assert values["faults"] == [
        {
            "code": "card-missing", "severity": "error", "guid": "g3", "ordinal": 0, "note_type": None,
            "message": "no card of 'Card 1', which Anki adds when the note is next edited",
        },
        {
            "code": "note-without-card", "severity": "error", "guid": "g3", "ordinal": None, "note_type": None,
            "message": "the note has no card, so nobody sees it",
        },
    ]  # fmt: skip
    assert (values["errors"], values["warnings"], values["tags"]) == (2, 0, {"t": 1})
    assert as_json(found) == as_json(inspected(tmp_path, **{**SOUND, "notes": [*SOUND["notes"], note(3, "c", "d")]}))


def test_a_file_name_that_is_not_utf8_can_be_written(tmp_path: Path) -> None:
    odd = package(tmp_path, **SOUND).rename(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.apkg"))
    found = inspect_package(read_package(odd), now=NOW)
    assert json.loads(as_json(found).encode())["file"] == odd.name
    assert as_text(found).encode().startswith(b"\\udcff.apkg")


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_command_tells_errors_by_its_exit_code(tmp_path: Path, form: Any) -> None:
    out = io.StringIO()
    assert inspect.run(package(tmp_path, **SOUND), format=form, out=out, colour=False) == 0
    assert out.getvalue().startswith("{" if form == "json" else "made.apkg: collection.anki2\n")
    bad = package(tmp_path, notes=[note(1, "", "b")], cards=[card(1, 1)])
    assert inspect.run(bad, format=form, out=io.StringIO(), colour=True) == 1
    warned = package(tmp_path, **{**SOUND, "cards": [card(1, 1, did=1), card(2, 2), card(3, 2, 1)]})
    assert inspect.run(warned, format=form, out=io.StringIO(), colour=False) == 0


def test_the_reference_lists_every_fault_and_no_other() -> None:
    root = Path(__file__).parents[2]
    sources = [*(root / "src/deckgen/inspection").glob("*.py"), root / "src/deckgen/apkg/reader.py"]
    written = {
        code for source in sources for code in re.findall(r'"([a-z]+(?:-[a-z]+)+)"', source.read_text(encoding="utf-8"))
    }
    table = (root / "docs/reference/inspect.md").read_text(encoding="utf-8").partition("## Faults")[2]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert {code for row in rows for code in re.findall(r"`([a-z-]+)`", row)} == written
