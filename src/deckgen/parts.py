"""The fields that differ from kind to kind, and the numbered answers of an entry."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import NamedTuple

from deckgen.bank import Basic, Choice, Fact, Sequence, Table
from deckgen.clozetext import Deletion, deletion, read_by_hand, with_deletions
from deckgen.facts import Steering, blanks
from deckgen.lock import Answer, NoteRecord
from deckgen.markup import NO_TEXT, Doubt, Rich, encode, render, visible_text
from deckgen.numbering import (
    Numbered,
    Wanted,
    cell_succeeds,
    number,
    texts_and_places_equal,
    texts_equal,
    texts_succeed,
)
from deckgen.succession import canonical
from deckgen.surroundings import Surroundings
from deckgen.texts import Texts

REVERSE = ("reverse",)
"""What the lock says of a reverse card that was retired."""


class Job(NamedTuple):
    """An entry at work: its texts, its line of the lock, and what all notes of the deck share."""

    texts: Texts
    record: NoteRecord | None
    around: Surroundings


class Parts(NamedTuple):
    """A note type's own fields in order, the answers with their numbers, and the plain text of a fact."""

    fields: tuple[str, ...]
    numbered: Numbered
    text: str | None


def parts(job: Job) -> Parts | None:
    """What the kind of an entry makes of it; None after reporting what cannot be asked."""
    body = job.texts.entry.body
    if isinstance(body, Fact):
        return _fact(job, body)
    if isinstance(body, Basic):
        return _basic(job, body)
    if isinstance(body, Choice):
        return _choice(job, body)
    if isinstance(body, Sequence):
        return _sequence(job, body)
    return _table(job, body)


def _fact(job: Job, body: Fact) -> Parts | None:
    names = job.around.names
    if body.by_hand:
        rich, written = read_by_hand(body.text.value, job.around.media)
        job.texts.take(rich, body.text)
        groups: dict[int, list[Deletion]] = {}
        for item in written:
            groups.setdefault(item.number, []).append(item)
        wanted = [
            Wanted(
                tuple(rich.text[item.start : item.end] for item in group),
                tuple(item.start for item in group),
                next((item.hint for item in group if item.hint), None),
                preferred=key,
            )
            for key, group in sorted(groups.items())
        ]
        numbered = number(wanted, job.record, (texts_equal, texts_succeed(names)))
        given = {key: answer.number for key, answer in zip(sorted(groups), numbered.answers, strict=True)}
        deletions = [Deletion(i.start, i.end, given[i.number], i.hint) for i in written]
    else:
        rich = job.texts.rich(body.text)
        chosen = _chosen(job, body, rich)
        numbered = number(chosen, job.record, (texts_equal, texts_succeed(names)))
        deletions = [
            Deletion(int(at), int(at) + len(part), answer.number, answer.hint)
            for answer in numbered.answers
            for part, at in zip(answer.texts, answer.places, strict=True)
        ]
    if not deletions:
        if not job.texts.found:
            advice = "name what to hide, such as `hide: [text]`, or write {{c1::text}} yourself"
            job.texts.doubt(
                Doubt("nothing-to-hide", "nothing in this fact stands out as worth asking", advice, ""),
                body.text,
            )
        return None
    return Parts((with_deletions(rich, deletions),), numbered, rich.text)


def _chosen(job: Job, body: Fact, rich: Rich) -> tuple[Wanted, ...]:
    steering = steering_of(body, job.around.bank.settings.cloze_limit)
    found = blanks(
        rich.text, unbreakable(rich), steering, job.record, job.around.engine, job.around.names,
        recloze=job.around.recloze,
    )  # fmt: skip
    for item, plain in zip(body.hide, steering.hide, strict=True):
        if plain in found.missing or plain not in rich.text:
            job.texts.doubt(_not_there("hide-not-found", plain), item)
    for code, items, plains in (
        ("keep-not-found", body.keep, steering.keep),
        ("hint-not-found", [text for text, _ in body.hints], [text for text, _ in steering.hints]),
    ):
        for item, plain in zip(items, plains, strict=True):
            if plain not in rich.text:
                job.texts.doubt(_not_there(code, plain), item)
    return found.wanted


def _not_there(code: str, plain: str) -> Doubt:
    return Doubt(code, f"`{plain}` is not in the fact", "copy the text as it stands there", "")


def steering_of(body: Fact, limit: int | None) -> Steering:
    """What the author of an automatic fact asks of the generator; ``limit`` is the deck's own."""
    return Steering(
        tuple(visible_text(render(item.value).html) for item in body.hide),
        tuple(visible_text(render(item.value).html) for item in body.keep),
        tuple((visible_text(render(text.value).html), hint.value) for text, hint in body.hints),
        body.limit or limit,
    )


def _basic(job: Job, body: Basic) -> Parts:
    question, answer = job.texts.rich(body.question), job.texts.rich(body.answer)
    wanted = [Wanted((digest(answer.text),), preferred=1)]
    if body.reverse:
        wanted.append(Wanted((digest(question.text),), preferred=2))
    numbered = number(wanted, job.record, (_same_side,))
    numbered = replace(numbered, retired=tuple(Answer(gone.number, REVERSE) for gone in numbered.retired))
    typed = " ".join(answer.text.split()) if body.typed else ""
    return Parts((question.html, answer.html, encode(typed), "1" if body.reverse else ""), numbered, None)


def _choice(job: Job, body: Choice) -> Parts:
    question, answer = job.texts.rich(body.question), job.texts.rich(body.answer)
    options = [(answer, "right", NO_TEXT)]
    options += [(job.texts.rich(option.text), "wrong", job.texts.rich(option.why)) for option in body.distractors]
    options.sort(key=lambda option: hashlib.sha256(f"{job.texts.entry.id.value}:{option[0].text}".encode()).digest())
    shown = "".join(f"<li>{option.html}</li>" for option, _, _ in options)
    review = "".join(f'<li class="{mark}">{option.html}{_why(why)}</li>' for option, mark, why in options)
    numbered = number([Wanted((digest(answer.text),), preferred=1)], job.record, (_same_side,))
    fields = (
        question.html,
        f'<ul class="options">{shown}</ul>',
        answer.html,
        f'<ul class="options">{review}</ul>',
    )
    return Parts(fields, numbered, None)


def _sequence(job: Job, body: Sequence) -> Parts:
    question = job.texts.rich(body.question)
    steps = [job.texts.rich(step) for step in body.steps]
    wanted = [Wanted((step.text,)) for step in steps]
    numbered = number(wanted, job.record, (texts_equal, texts_succeed(job.around.names)))
    prompts, content = [], []
    for index, (step, answer) in enumerate(zip(steps, numbered.answers, strict=True)):
        earlier = "".join(f'<span class="step">{before.html}</span>' for before in steps[:index])
        prompts.append(
            deletion(
                answer.number,
                "<i></i>",
                f'<span class="steps">{earlier}<span class="step ask">?</span></span>',
            )
        )
        content.append(f"<li>{deletion(answer.number, step.html)}</li>")
    return Parts((question.html, "".join(prompts), f'<ol class="steps">{"".join(content)}</ol>'), numbered, None)


def _table(job: Job, body: Table) -> Parts:
    question = job.texts.rich(body.question)
    columns = [job.texts.rich(column) for column in body.columns]
    rows = [
        (job.texts.rich(row.name), [job.texts.rich(cell) if cell else None for cell in row.cells]) for row in body.rows
    ]
    wanted = [
        Wanted((cell.text,), (row.text, column.text))
        for row, cells in rows
        for column, cell in zip(columns, cells, strict=True)
        if cell is not None
    ]
    tests = (texts_and_places_equal, cell_succeeds(job.around.names))
    numbered = number(wanted, job.record, tests)
    answers = iter(numbered.answers)
    prompts, lines = [], []
    for row, cells in rows:
        line = [f'<th scope="row">{row.html}</th>']
        for column, cell in zip(columns, cells, strict=True):
            if cell is None:
                line.append("<td></td>")
                continue
            key = next(answers).number
            place = f'<span class="row">{row.html}</span> <span class="column">{column.html}</span>'
            prompts.append(deletion(key, "<i></i>", f'<span class="cell">{place}</span>'))
            line.append(f"<td>{deletion(key, cell.html)}</td>")
        lines.append(f"<tr>{''.join(line)}</tr>")
    head = "".join(f'<th scope="col">{column.html}</th>' for column in columns)
    content = f"<table><thead><tr><td></td>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
    return Parts((question.html, "".join(prompts), content), numbered, None)


def _same_side(answer: Answer, item: Wanted) -> bool:
    """Forward and reverse cards are told apart by their number: a corrected answer stays on its card."""
    return answer.number == item.preferred


def digest(text: str) -> str:
    """A short stand-in for a plain answer, equal for spellings that mean the same."""
    return "#" + hashlib.sha256(canonical(text).encode()).hexdigest()[:12]


def _why(why: Rich) -> str:
    return f' <span class="why">{why.html}</span>' if why.html else ""


def unbreakable(rich: Rich) -> tuple[tuple[int, int], ...]:
    """Ranges that a blank may hold whole but not cut: formulas, code, links and emphasis."""
    ranges = list(rich.atoms)
    starts: list[int] = []
    at = 0
    for segment in rich.segments:
        if segment.role == "open":
            starts.append(at)
        elif segment.role == "close":
            start = starts.pop()
            if not starts and at > start:
                ranges.append((start, at))
        at += len(segment.visible)
    return tuple(sorted(set(ranges)))
