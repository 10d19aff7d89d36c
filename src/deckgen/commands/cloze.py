"""`deckgen cloze`: the cloze text of a fact, why its blanks were chosen, or many facts as JSON lines."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, TextIO

from deckgen.cloze import Context, Engine
from deckgen.collector import paused

if TYPE_CHECKING:
    from deckgen.cloze import Candidate, Choice

_MARKED = re.compile(r"\{\{c\d")
_SHOWN_REASONS = 6


def run(
    text: str | None,
    *,
    explain: bool,
    jsonl: bool,
    stdin: TextIO,
    out: TextIO,
    engine: Engine | None = None,
) -> int:
    """Write the cloze text of `text`, or of each line of `stdin` when there is none; exit code 0 or 1.

    With `jsonl` the lines are objects {"id", "text"} and one {"id", "text", "answers"} is written for each; the first
    line that is no such object ends the run with its number. 1 also stands for a text that holds clozes already.
    """
    engine = engine or Engine(Context())
    if jsonl:
        with paused():
            return _json_lines(engine, stdin, out)
    texts = [text] if text is not None else [line for line in stdin.read().splitlines() if line.strip()]
    code = 0
    for one in texts:
        if _MARKED.search(one):
            out.write("The text holds {{c1::..}} already; deckgen takes such a fact as it is written.\n")
            code = 1
            continue
        choice = engine.choose(one, detailed=explain)
        out.write((_explained(one, choice) if explain else cloze_text(one, choice)) + "\n")
        if not choice.blanks:
            out.write("Nothing in this fact stands out; name what to ask for with `hide`.\n")
    return code


def cloze_text(text: str, choice: Choice) -> str:
    """The text in Anki's cloze markup."""
    parts, at = [], 0
    for blank in choice.blanks:
        hint = f"::{blank.hint}" if blank.hint else ""
        parts.append(f"{text[at : blank.start]}{{{{c{blank.group}::{text[blank.start : blank.end]}{hint}}}}}")
        at = blank.end
    return "".join(parts) + text[at:]


def _explained(text: str, choice: Choice) -> str:
    """The cloze text and a table of what was considered, best first."""
    width = max((c.end - c.start for c in choice.candidates), default=0)
    lines = [cloze_text(text, choice), ""]
    for c in choice.candidates:
        verdict = "taken" if c.taken else f"left: {c.why_not}"
        lines.append(f"{c.score:+6.2f}  {text[c.start : c.end].replace(chr(10), ' '):<{width}}  {verdict}")
        lines.append(f"        {_reasons(c)}")
    return "\n".join(lines)


def _reasons(candidate: Candidate) -> str:
    told = sorted(candidate.reasons, key=lambda r: (-abs(r.weight), r.name))[:_SHOWN_REASONS]
    rest = sum(r.weight for r in candidate.reasons) - sum(r.weight for r in told)
    parts = [f"{r.name} {r.weight:+.2f}" for r in told]
    return ", ".join(parts + ([f"others {rest:+.2f}"] if len(candidate.reasons) > len(told) else []))


def _json_lines(engine: Engine, stdin: TextIO, out: TextIO) -> int:
    for number, line in enumerate(stdin, 1):
        if not line.strip():
            continue
        record, fault = _record(line)
        if fault:
            out.write(f"line {number}: {fault}\n")
            return 1
        text = record["text"]
        found = {"id": record.get("id"), "text": text, "answers": answers(text, engine.choose(text))}
        out.write(json.dumps(found, ensure_ascii=False) + "\n")
    return 0


def _record(line: str) -> tuple[dict[str, str], str]:
    """One input object, or what is wrong with it."""
    try:
        found = json.loads(line.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        return {}, f"not JSON: {error.msg} at column {error.colno}"
    except (ValueError, RecursionError) as error:
        return {}, f"not JSON: {error}"
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        return {}, 'not an object with "id" and "text"'
    if _MARKED.search(found["text"]):
        return {}, "the text holds {{c1::..}} already"
    return found, ""


def answers(text: str, choice: Choice) -> list[str]:
    """The hidden strings in order of appearance; a text hidden in two places stands twice."""
    return [text[b.start : b.end] for b in choice.blanks]
