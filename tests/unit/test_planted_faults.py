"""Two hundred faults over twenty files: one run names every one of them at its exact place."""

from __future__ import annotations

import random
from pathlib import Path

from decks import deckgen, diagnostics, write_deck

# Each line that holds « and » is at fault from the one mark to the other; the marks are taken out before the run.
FAULTS = {
    "unknown-key": "«fcat»: A stone of kind {id} is {{{{c1::hard}}}} to cut.\n",
    "bad-date": "fact: A stone of kind {id} is {{{{c1::old}}}} for sure.\n    review_by: «2026-13-01»\n",
    "unknown-source": "fact: A stone of kind {id} is {{{{c1::wet}}}} on rain.\n    sources: [«coda#1»]\n",
    "bad-id": "fact: A stone of kind {id} is {{{{c1::flat}}}} by wear.\n",
    "cloze-syntax": "fact: A stone of kind {id} is «{{{{c1::»grey}} all over.\n",
    "unsafe-link": "fact: A [stone](«javascript:x») of kind {id} is {{{{c1::red}}}} now.\n",
    "bad-tag": "fact: A stone of kind {id} is {{{{c1::blue}}}} at dusk.\n    tags: [«a b»]\n",
    "unknown-entry": "fact: A stone of kind {id} is {{{{c1::sharp}}}} there.\n    needs: [«no-such-{id}»]\n",
    "missing-space": "fact«:»glued {id}\n    region: EU\n",
    "unclosed-quote": 'fact: «"A stone of kind {id} is {{{{c1::round}}}}.»\n    region: EU\n',
    "empty-value": 'fact: A stone of kind {id} is {{{{c1::heavy}}}} to lift.\n    explanation: «""»\n',
    "duplicate-key": "fact: A stone of kind {id} is {{{{c1::light}}}} to lift.\n    «fact»: Again.\n",
    "doubled-word": "fact: A stone of kind {id} «is is» {{{{c1::warm}}}} in sun.\n",
    "unit-style": "fact: A stone of kind {id} of 5 «mls» is {{{{c1::dust}}}} now.\n",
    "review-due": "fact: A stone of kind {id} is {{{{c1::dear}}}} today.\n    review_by: «2020-01-01»\n",
    "orphan-pronoun": "fact: «It» lies under the stone of kind {id} in {{{{c1::sand}}}}.\n",
    "html-in-text": "fact: A stone of kind {id} is «<b>»{{{{c1::cold}}}}</b> at night.\n",
    "image-without-alt": "fact: A stone of kind {id} is {{{{c1::smooth}}}} in rivers.\n    image: «a.png»\n",
    "hide-not-found": "fact: A stone of kind {id} is granite of the Alps.\n    hide: [«marble»]\n",
    "long-fact": (
        "fact: «A stone {id}. A rock lies. A pebble rolls. A boulder stands on {{{{c1::sand}}}} "
        "and more and more of it and others of the kind that nobody has counted until this very day»\n"
    ),
}
GOOD = "fact: A tree of kind {id} bears {{{{c1::fruit}}}} in autumn.\n"


Place = tuple[str, str, int, int, int]
"""File, code, line, first column and the column after the last."""


def planted(seed: int) -> tuple[dict[str, str], set[Place]]:
    """Twenty files with ten faults each, no code twice in a file, and where each fault is."""
    draw = random.Random(seed)
    files: dict[str, str] = {}
    wanted: set[Place] = set()
    deck = list(FAULTS) * 10
    for number in range(20):
        codes = [deck[(number * 10 + at) % len(deck)] for at in range(10)]
        draw.shuffle(codes)
        text = f"topic: Topic {number}\nsources: [code#1]\nfacts:\n"
        for at, code in enumerate(codes):
            name = f"n{number}-{at}"
            text += f"  - id: {name}-good\n    {GOOD.format(id=name)}"
            text += f"  - id: {f'«{name} Upper»' if code == 'bad-id' else name}\n    {FAULTS[code].format(id=name)}"
        lines = text.split("\n")
        found = [(at, line.index("«"), line.index("»") - 1) for at, line in enumerate(lines) if "«" in line]
        places = dict(zip(codes, found, strict=True))
        for code, (line, start, end) in places.items():
            wanted.add((f"cards/law/t{number:02}.yaml", code, line + 1, start + 1, end + 1))
        files[f"t{number:02}.yaml"] = text.replace("«", "").replace("»", "")
    return files, wanted


def test_every_planted_fault_is_named_at_its_place(tmp_path: Path) -> None:
    files, wanted = planted(1)
    write_deck(tmp_path, {**files, "media/a.png": b"\x89PNG\r\n\x1a\n", "media/a.png.license": "CC0"})
    found = {
        (item["path"], item["code"], item["line"], item["column"], item["end_column"]) for item in diagnostics(tmp_path)
    }
    assert len(wanted) == 200
    assert wanted - found == set()
    assert found - wanted == set()


def test_a_place_may_reach_over_lines_and_marks(tmp_path: Path) -> None:
    text = """topic: T
sources: [code#1]
facts:
  - id: a
    fact: |
      The longest of
      of all is the {{c1::Amazon}} in America.
  - id: b
    fact: "It\\u2019s *the*
      the {{c1::Rhine}} that flows past \\"Basel\\"."
"""
    write_deck(tmp_path, {"t.yaml": text})
    found = [
        (item["line"], item["column"], item["end_line"], item["end_column"])
        for item in diagnostics(tmp_path)
        if item["code"] == "doubled-word"
    ]
    assert found == [(6, 19, 7, 9), (9, 23, 10, 10)]


def test_the_report_of_them_stays_readable(tmp_path: Path) -> None:
    write_deck(tmp_path, planted(1)[0])
    run = deckgen(tmp_path, "check", "--max", "10")
    assert run.code == 1
    assert run.out.count("[") < 40
    assert "`--max 0` shows all" in run.out
