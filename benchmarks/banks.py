"""Question banks of any size for the benchmarks: the same text for the same size, half facts and half questions.

A note is a neutral dict, so that every program measured gets the same content: ``kind`` (``basic`` or ``cloze``),
``id``, ``question`` and ``answer`` or ``fact`` (with ``{{c1::..}}``), ``extra`` and ``tags``. Another generator of such
dicts, a Python file with ``make_notes(n)``, can be named in the environment variable ``DECKGEN_BENCH_NOTES``.
As a program: ``banks.py COUNT FOLDER marked`` or ``automatic``.
"""

from __future__ import annotations

import importlib.util
import itertools
import json
import os
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

FILES = 100
Note = dict[str, Any]

_SYLLABLES = "ba co di fen gra hol ist jun kel lor mi nat or pel qui ras sol tu ver wim xen yl zo tra er al en".split()  # noqa: SIM905
_GRAMMAR = "the of and to in a is that for as was with by on not at are this from or which when more into than".split()  # noqa: SIM905
_MARK = re.compile(r"\{\{c\d+::(.*?)(?:::.*?)?\}\}")
_DRUGS = "dupilumab omalizumab tezepelumab benralizumab mepolizumab tralokinumab lebrikizumab nemolizumab".split()  # noqa: SIM905
_VERBS = ("binds", "inhibits", "activates", "blocks", "induces", "recruits")
_UNITS = ("mg", "weeks", "%", "µm", "patients", "years", "kg")


def make_notes(count: int) -> list[Note]:
    """The first ``count`` notes; a smaller bank is the beginning of a larger one."""
    other = os.environ.get("DECKGEN_BENCH_NOTES")
    if not other:
        return [_note(index) for index in range(count)]
    spec = importlib.util.spec_from_file_location("notes_generator", other)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return [{key: _as_prose(value) for key, value in note.items()} for note in module.make_notes(count)]


def _as_prose(value: Any) -> Any:
    """Random words as an author would write them: Markdown instead of HTML, no word twice in a row."""
    if not isinstance(value, str):
        return value
    value = re.sub(r"</?b>", "**", value)
    value = re.sub(r"\\\((.*?)\\\)", r"$\1$", value)
    return re.sub(r"\b(\w+)(?:,? \1\b)+", r"\1", value, flags=re.IGNORECASE)


def _vocabulary() -> tuple[list[str], list[float]]:
    rnd = random.Random("vocabulary")
    made = ("".join(rnd.choices(_SYLLABLES, k=rnd.choice((2, 3, 3, 4)))) for _ in itertools.count())
    words = [*_GRAMMAR, *itertools.islice(dict.fromkeys(itertools.islice(made, 5000)), 4000)]
    return words, list(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(words))))


_WORDS, _WEIGHTS = _vocabulary()


def _sentence(rnd: random.Random, length: int, end: str = ".") -> list[str]:
    """Words of about ``length`` characters, one in sixteen sentences with markup, a formula or code."""
    drawn = rnd.choices(_WORDS, cum_weights=_WEIGHTS, k=max(4, round(length / 6)))
    words = [word for word, after in itertools.pairwise([*drawn, ""]) if word != after]
    words[0] = words[0].capitalize()
    place, chance = rnd.randrange(len(words)), rnd.random()
    for limit, form in (
        (0.02, "**{}**"),
        (0.04, "`{}`"),
        (0.06, "${}_1$"),
        (0.1, "{}:"),
        (0.14, '"{}"'),
        (0.18, "{},"),
    ):
        if chance < limit:
            words[place] = form.format(words[place])
            break
    words[-1] = words[-1].rstrip(",:") + end
    return words


def _note(index: int) -> Note:
    rnd = random.Random(index)
    extra = " ".join(_sentence(rnd, round(rnd.gauss(148, 26))))
    if rnd.random() < 0.25:
        extra += "\n\n" + " ".join(_sentence(rnd, 70))
    note: Note = {"kind": "cloze" if index % 2 else "basic", "id": f"entry-{index:06d}", "extra": extra}
    note["tags"] = [
        f"subject::{rnd.choice(_WORDS[30:40])}",
        f"level::{rnd.randint(1, 3)}",
        f"part::{rnd.randint(1, 40)}",
    ]
    if index % 2 == 0:
        question, answer = _sentence(rnd, round(rnd.gauss(88, 16)), "?"), _sentence(rnd, round(rnd.gauss(118, 20)))
        return {**note, "question": " ".join(question), "answer": " ".join(answer)}
    words = _sentence(rnd, round(rnd.gauss(208, 36)))
    third = len(words) // 3
    for number in (3, 2, 1):
        at = (number - 1) * third + rnd.randrange(max(1, third - 1))
        if words[at][0].isalnum():
            words[at] = f"{{{{c{number}::{words[at]}}}}}"
    if not any("{{" in word for word in words):
        words[0] = f"{{{{c1::{words[0]}}}}}"
    return {**note, "fact": " ".join(words)}


def automatic(note: Note) -> Note:
    """The same note as an automatic fact: no marks, and a clause that holds something worth asking."""
    if note["kind"] == "basic":
        return note
    rnd = random.Random(note["id"])
    drug, other = rnd.sample(_DRUGS, 2)
    amount = f"{rnd.randint(2, 900)} {rnd.choice(_UNITS)}"
    clause = f"{drug.capitalize()} {rnd.choice(_VERBS)} IL-{rnd.randint(1, 38)} at {amount}"
    return {**note, "fact": f"{clause}, unlike {other}: {_MARK.sub(lambda mark: mark[1], note['fact'])}"}


# Writing them as deckgen's banks


def write_deck(folder: Path, notes: Sequence[Note], files: int = FILES) -> None:
    """A cards folder with one deck called ``bench`` whose notes are spread evenly over files; beside it all in one."""
    deck = folder / "bench"
    deck.mkdir(parents=True, exist_ok=True)
    (deck / "deck.yaml").write_text("id: bench\nname: Bench\nversion: 1.0.0\nauthors: [A. Author]\n", encoding="utf-8")
    works = "".join(
        f"work-{n}:\n  title: Work {n}\n  publisher: A press\n"
        f"  url: https://example.org/{n}\n  date: 2024\n  kind: review\n"
        for n in range(20)
    )
    (deck / "sources.yaml").write_text(works, encoding="utf-8")
    ready = [{**note, "explanation": note["extra"]} for note in notes]
    (folder / "notes.jsonl").write_text("".join(json.dumps(note) + "\n" for note in ready), encoding="utf-8")
    (folder / "one.yaml").write_text("".join(_file(0, notes)), encoding="utf-8", newline="\n")
    for index in range(files):
        part = notes[index * len(notes) // files : (index + 1) * len(notes) // files]
        text = "".join(_file(index, part))
        (deck / f"topic-{index:03d}.yaml").write_text(text, encoding="utf-8", newline="\n")


def _file(index: int, notes: Sequence[Note]) -> Iterator[str]:
    yield f"topic: Topic {index:03d}\nsources: [work-{index % 20}#{index}]\n"
    for section, kind in (("facts", "cloze"), ("questions", "basic")):
        entries = [note for note in notes if note["kind"] == kind]
        if entries:
            yield f"{section}:\n"
        for note in entries:
            yield f"  - id: {note['id']}\n"
            for key in ("fact", "question", "answer"):
                if key in note:
                    yield f"    {key}: {_scalar(note[key])}\n"
            yield f"    explanation: {_scalar(note['extra'])}\n    tags: [{', '.join(note['tags'])}]\n"


def _scalar(text: str) -> str:
    """A text as a person would write it: plain where YAML allows, a block for several lines, else quoted."""
    if "\n" in text:
        return "|-\n" + "\n".join(f"      {line}" if line else "" for line in text.split("\n"))
    awkward = ": " in text or " #" in text or text.endswith(":") or text != text.strip() or "\t" in text
    if awkward or text[:1] in set("-?:,[]{}#&*!|>'\"%@`"):
        return json.dumps(text, ensure_ascii=False) if "'" in text or "\\" in text else f"'{text}'"
    return text


def main() -> None:
    count, folder, kind = sys.argv[1:]
    notes = make_notes(int(count))
    write_deck(Path(folder), [automatic(note) for note in notes] if kind == "automatic" else notes)


if __name__ == "__main__":
    main()
