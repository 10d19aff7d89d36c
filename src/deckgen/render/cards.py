"""The cards of one entry in plain text, for a terminal: what is asked and what is answered."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.bank import Basic, Choice, Entry, Fact, Sequence, Table
from deckgen.compose import plain
from deckgen.lock import Answer
from deckgen.note import Note
from deckgen.render.text import printable


def render_cards(entry: Entry, note: Note) -> str:
    """Each card as its front and, after an arrow, its answer."""
    cards = list(_cards(entry, note))
    lines = [f"{len(cards)} card{'' if len(cards) == 1 else 's'}:"]
    for number, (front, back) in enumerate(cards, 1):
        first, *others = front
        lines += [f"  {number}. {first}", *(f"     {line}" for line in others), f"     → {back}"]
    return printable("\n".join(lines)) + "\n"


def _cards(entry: Entry, note: Note) -> Iterator[tuple[list[str], str]]:
    body = entry.body
    if isinstance(body, Fact):
        for answer in note.record.answers:
            yield [_with_blank(note.record.text or "", answer)], " … ".join(dict.fromkeys(answer.texts))
        return
    question = plain(body.question.value)
    if isinstance(body, Basic):
        typed = " (typed)" if body.typed else ""
        yield [question + typed], plain(body.answer.value)
        if body.reverse:
            yield [plain(body.answer.value)], question
    elif isinstance(body, Choice):
        options = [plain(body.answer.value), *(plain(option.text.value) for option in body.distractors)]
        yield [question, *(f"○ {option}" for option in sorted(options))], plain(body.answer.value)
    elif isinstance(body, Sequence):
        steps = [plain(step.value) for step in body.steps]
        for at, step in enumerate(steps):
            yield [question, *(f"{n}. {earlier}" for n, earlier in enumerate(steps[:at], 1)), f"{at + 1}. ?"], step
    else:
        yield from _cells(body, question)


def _cells(body: Table, question: str) -> Iterator[tuple[list[str], str]]:
    for row in body.rows:
        for column, cell in zip(body.columns, row.cells, strict=True):
            if cell is not None:
                yield [question, f"{plain(row.name.value)}, {plain(column.value)}: ?"], plain(cell.value)


def _with_blank(text: str, answer: Answer) -> str:
    """The fact with the answer's places blanked."""
    shown, at = "", 0
    for part, place in sorted(zip(answer.texts, answer.places, strict=True), key=lambda item: int(item[1])):
        shown += text[at : int(place)] + f"[{answer.hint or '...'}]"
        at = int(place) + len(part)
    return " ".join((shown + text[at:]).split())
