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
    "bad-escape": 'fact: "A stone of kind {id} is «\\g»reen in {{{{c1::shade}}}}."\n',
    "colon-in-text": "fact: Stone {id}«:» it is {{{{c1::hard}}}} there.\n",
    "reserved-character": "fact: «@»stone of kind {id} is {{{{c1::hard}}}} at heart.\n",
    "unclosed-bracket": "fact: «[»stone of kind {id} is hard at heart.\n",
    "unknown-alias": "fact: A stone of kind {id} is {{{{c1::loud}}}} in falling.\n    sources: «*none»\n",
    "missing-media": "fact: A stone of kind {id} is {{{{c1::old}}}}.\n    image: {{file: «no.png», alt: It}}\n",
    "bad-media-name": "fact: A stone of kind {id} is {{{{c1::new}}}} here.\n    image: «../a.png»\n",
    "keep-not-found": "fact: A stone of kind {id} is granite of Peru.\n    keep: [«marble»]\n",
    "formula": "fact: A stone of kind {id} weighs $«\\href{{a}}{{b}}»$ in {{{{c1::grams}}}} now.\n",
    "wrong-shape": "fact: A stone of kind {id} is {{{{c1::cut}}}} by water.\n    tags: «stone»\n",
    "misplaced-key": "fact: A stone of kind {id} is {{{{c1::bent}}}} by heat.\n    «answer»: Heat\n",
    "missing-id": "«fact»: A stone of kind {id} is {{{{c1::worn}}}} by wind.\n",
    "duplicate-id": "fact: A stone of kind {id} is {{{{c1::split}}}} by frost.\n",
    "wrong-section": "question: What is a stone of kind {id} cut with?\n    answer: A saw\n",
    "unlike-unicode": "fact: A stone of kind {id} is not «ﬂ»at but {{{{c1::round}}}} in rivers.\n",
    "mixed-quotes": "fact: A stone of kind {id} isn't a child«’»s {{{{c1::toy}}}} in a school.\n",
    "long-fact": (
        "fact: «A stone {id}. A rock lies. A pebble rolls. A boulder stands on {{{{c1::sand}}}} "
        "and more and more of it and others of the kind that nobody has counted until this very day»\n"
    ),
}
ASKED = {
    "too-few-options": "question: How does stone {id} feel?\n    answer: Hard\n    distractors: «[Soft]»\n",
    "not-a-flag": "question: Which colour has stone {id}?\n    answer: Grey\n    typed: «maybe»\n",
    "row-length": "question: What is stone {id} like?\n    columns: [Wet, Dry]\n    rows:\n      «Top»: [dark]\n",
    "steps": "question: In which order does stone {id} break?\n    steps: [«At once»]\n",
    "missing-key": "question: Where is stone {id} found?\n",
    "yes-no-answer": "question: Is stone {id} hard?\n    answer: «No»\n",
    "several-questions": "question: Why is stone {id} hard and «how» did it form?\n    answer: By heat\n",
    "all-of-the-above": "question: What breaks stone {id}?\n    answer: Frost\n    distractors: [Dew, «both»]\n",
    "unmarked-negative": "question: What does «not» break {id}?\n    answer: Dew\n    distractors: [Frost, Fire]\n",
    "answer-given-away": "question: Which «quarry», in {id}, yields it?\n    answer: The quarry\n",
    "cloze-outside-fact": 'question: "Which part of «{{{{c1»::stone}}}} {id} is hardest?"\n    answer: Its core\n',
}
OF_ID = {"bad-id": "«{id} Upper»", "duplicate-id": "«{id}-good»"}
"""Faults of the id itself."""
OF_ENTRY = {"wrong-section", "missing-key"}
"""Faults that are shown at the first key of the entry."""
GOOD = "fact: A tree of kind {id} bears {{{{c1::fruit}}}} in autumn.\n"


Place = tuple[str, str, int, int, int]
"""File, code, line, first column and the column after the last."""


def entry(code: str, name: str) -> str:
    """A good entry and one with a fault."""
    body = {**FAULTS, **ASKED}[code].format(id=name)
    key = "«id»" if code in OF_ENTRY else "id"
    head = "" if code == "missing-id" else f"{key}: {OF_ID.get(code, '{id}').format(id=name)}\n    "
    good = f"  - id: {name}-good\n    "
    good += f"question: How old is tree {name}?\n    answer: A year\n" if code in ASKED else GOOD.format(id=name)
    return f"{good}  - {head}{body}"


def planted(seed: int) -> tuple[dict[str, str], set[Place]]:
    """Twenty files with ten faults each, no code twice in a file, and where each fault is."""
    draw = random.Random(seed)
    files: dict[str, str] = {}
    wanted: set[Place] = set()
    for number in range(20):
        told = [list(FAULTS)[(number * 7 + at) % len(FAULTS)] for at in range(7)]
        asked = [list(ASKED)[(number * 3 + at) % len(ASKED)] for at in range(3)]
        draw.shuffle(told)
        draw.shuffle(asked)
        text = f"topic: Topic {number}\nsources: [code#1]\nfacts:\n"
        text += "".join(entry(code, f"n{number}-{at}") for at, code in enumerate(told)) + "questions:\n"
        text += "".join(entry(code, f"n{number}-{at}") for at, code in enumerate(asked, len(told)))
        lines = text.split("\n")
        found = [(at, line.index("«"), line.index("»") - 1) for at, line in enumerate(lines) if "«" in line]
        for code, (line, start, end) in zip((*told, *asked), found, strict=True):
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
    assert {code for _, code, *_ in wanted} == {*FAULTS, *ASKED}
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
