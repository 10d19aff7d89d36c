"""Facts whose blanks people made: JSON Lines files and the files in facts."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

_MARK = re.compile(r"\[\[(.*?)\]\]")


@dataclass(frozen=True)
class Marked:
    """A fact and what was hidden in it; `spans` may be missing, then `answers` are looked for."""

    id: str
    text: str
    answers: tuple[str, ...]
    spans: tuple[tuple[int, int], ...] = ()
    source: str = ""
    domain: str = ""
    form: str = "sentence"

    def places(self, starts: Container[int], ends: Container[int]) -> list[tuple[int, int]]:
        """Where the answers stand, in order, at the borders given if they can."""
        if self.spans:
            return list(self.spans)
        out: list[tuple[int, int]] = []
        at = 0
        for answer in self.answers:
            spots = [m.start() for m in re.finditer(re.escape(answer), self.text)]
            fitting = [p for p in spots if p in starts and p + len(answer) in ends]
            later = [p for p in fitting if p >= at]
            if not spots:
                continue
            place = (later or fitting or spots)[0]
            out.append((place, place + len(answer)))
            at = place + len(answer)
        return out


def read_notes(path: Path) -> list[Marked]:
    """The notes of a JSON Lines file."""
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        note = json.loads(line)
        spans = tuple((a, b) for a, b in note.get("spans", ()))
        fields = (note.get("source", path.stem), note.get("domain", ""), note.get("form", ""))
        out.append(Marked(note["id"], note["text"], tuple(note["answers"]), spans, *fields))
    return out


def own_facts(path: Path) -> list[Marked]:
    """The facts of a file whose blanks are marked [[so]]."""
    out = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        text, spans, at = "", [], 0
        for match in _MARK.finditer(line):
            text += line[at : match.start()]
            spans.append((len(text), len(text) + len(match.group(1))))
            text += match.group(1)
            at = match.end()
        text += line[at:]
        answers = tuple(text[a:b] for a, b in spans)
        out.append(Marked(f"own-{number}", text, answers, tuple(spans), "own"))
    return out
