"""Good study material of ten subjects, written for measuring false alarms: a line for each entry.

``F: fact``, ``Q: question | answer | explanation``, ``C: question | answer | wrong option | ..``,
``S: question | step | ..``, ``T: question | column, .. | row: cell, .. | ..``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

CORPUS = Path(__file__).parent / "rules" / "corpus"


def subjects() -> list[str]:
    """The names of the subjects."""
    return sorted(path.stem for path in CORPUS.glob("*.txt"))


def entries(subject: str) -> int:
    """How many entries a subject has."""
    return sum(1 for _ in _lines(subject))


def topic(subject: str) -> str:
    """A subject as a bank file."""
    facts, questions = [], []
    for number, line in _lines(subject):
        kind, _, rest = line.partition(": ")
        (facts if kind == "F" else questions).append("".join(_entry(kind, f"{subject}-{number}", rest)))
    head = f"topic: {subject.capitalize()}\nsources: [book#chapter 1]\n"
    return f"{head}\nfacts:\n{''.join(facts)}\nquestions:\n{''.join(questions)}"


def _lines(subject: str) -> Iterator[tuple[int, str]]:
    text = (CORPUS / f"{subject}.txt").read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if line and not line.startswith("#"):
            yield number, line


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _entry(kind: str, name: str, rest: str) -> Iterator[str]:
    yield f"  - id: {name}\n"
    if kind == "F":
        yield f"    fact: {_quoted(rest)}\n"
        return
    question, first, *more = rest.split(" | ")
    yield f"    question: {_quoted(question)}\n"
    if kind == "Q":
        yield f"    answer: {_quoted(first)}\n"
        yield from (f"    explanation: {_quoted(text)}\n" for text in more)
    elif kind == "C":
        yield f"    answer: {_quoted(first)}\n    distractors: {_quoted_list(more)}\n"
    elif kind == "S":
        yield f"    steps: {_quoted_list([first, *more])}\n"
    else:
        yield f"    columns: {_quoted_list(first.split(', '))}\n    rows:\n"
        for row in more:
            head, _, cells = row.partition(": ")
            yield f"      {_quoted(head)}: {_quoted_list(cells.split(', '))}\n"


def _quoted_list(texts: list[str]) -> str:
    return f"[{', '.join(_quoted(text) for text in texts)}]"
