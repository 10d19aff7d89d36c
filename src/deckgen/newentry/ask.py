"""The questions of `deckgen new`: whatever was not given by options."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import Protocol

from deckgen.bank import Bank
from deckgen.names import ID, MAX_ID, nearest, slug
from deckgen.newentry.draft import Draft, suggested_id
from deckgen.spec import WORK_KINDS

Work = dict[str, str]
_KINDS = ("fact", "question", "choice", "sequence", "table")


class Asker(Protocol):
    """Somebody to ask: a terminal, or a script in tests."""

    def text(self, question: str, default: str | None = None) -> str:
        """A line of text. Without a default something must be said; with one, nothing said means the default."""

    def yes(self, question: str, *, default: bool = True) -> bool:
        """Whether to go on; nothing said means the default."""

    def say(self, text: str) -> None:
        """Tell something."""


def ask_topic(ask: Asker, bank: Bank) -> str:
    """The stem of a topic's file, or the name of a new topic."""
    stems = [topic.stem for topic in bank.topics]
    names = {topic.name.value.casefold(): topic.stem for topic in bank.topics}
    if len(stems) == 1:
        return stems[0]
    ask.say(f"Topics: {', '.join(stems)}\n")
    while True:
        said = ask.text("Topic", stems[0] if stems else None)
        known = next((stem for stem in (said, names.get(said.casefold()), slug(said)) if stem in stems), None)
        if known is not None:
            return known
        close = nearest(said, [*stems, *names])
        guess = names.get(close, close) if close is not None else None
        if guess is not None and ask.yes(f"Do you mean {guess}?"):
            return guess
        if ask.yes(f"Begin a new topic called {said}?", default=False):
            return said


def ask_draft(ask: Asker, draft: Draft, wanted: str | None, bank: Bank) -> Draft:
    """A draft with what its kind needs, its explanation, and an id."""
    draft = _body(ask, draft, wanted)
    if not draft.explanation:
        draft = replace(draft, explanation=ask.text("Explanation for the back (may be empty)", ""))
    if not draft.sources:
        draft = replace(draft, sources=_sources(ask, bank))
    if not draft.id:
        taken = {entry.id.value for _, entry in bank.entries()} | bank.passed_over
        draft = replace(draft, id=_id(ask, suggested_id(draft, taken), taken))
    return draft


def _id(ask: Asker, suggested: str, taken: Container[str]) -> str:
    while True:
        said = ask.text("Id, for ever", suggested)
        if said in taken:
            ask.say(f"{said} is taken.\n")
        elif not ID.fullmatch(said) or len(said) > MAX_ID:
            ask.say(f"An id has small letters, digits and single hyphens, such as {slug(said)}.\n")
        else:
            return said


def _body(ask: Asker, draft: Draft, wanted: str | None) -> Draft:
    kind = wanted or (draft.kind if draft.fact or draft.question else None)
    while kind is None:
        said = ask.text(f"Kind: {', '.join(_KINDS)}", "fact")
        kind = nearest(said, _KINDS)
    if kind == "fact":
        return draft if draft.fact else replace(draft, fact=ask.text("Fact"))
    if not draft.question:
        draft = replace(draft, question=ask.text("Question"))
    if kind in ("question", "basic", "choice") and not draft.answer:
        draft = replace(draft, answer=ask.text("Answer" if kind != "choice" else "Right answer"))
    if kind == "choice" and not draft.distractors:
        wrong = _several(ask, "Wrong answer", least=2)
        draft = replace(
            draft, distractors=tuple((text, ask.text(f"Why is `{text}` wrong (may be empty)", "")) for text in wrong)
        )
    elif kind == "sequence" and not draft.steps:
        draft = replace(draft, steps=_several(ask, "Step", least=2))
    elif kind == "table" and not draft.rows:
        columns = draft.columns or _several(ask, "Column", least=1)
        names = _several(ask, "Row", least=1)
        rows = tuple(
            (name, tuple(ask.text(f"{name}, {column} (may be empty)", "") for column in columns)) for name in names
        )
        draft = replace(draft, columns=columns, rows=rows)
    return draft


def _several(ask: Asker, what: str, least: int) -> tuple[str, ...]:
    said: list[str] = []
    while True:
        number = len(said) + 1
        text = ask.text(f"{what} {number}") if number <= least else ask.text(f"{what} {number} (empty: no more)", "")
        if not text:
            return tuple(said)
        said.append(text)


def _sources(ask: Asker, bank: Bank) -> tuple[str, ...]:
    if bank.works:
        ask.say(f"Sources: {_some(list(bank.works))}\n")
    said: list[str] = []
    while True:
        more = "empty: no more" if said else "empty: those of the file"
        text = ask.text(f"Source, as key#place ({more})", "")
        if not text:
            return tuple(said)
        key = text.partition("#")[0].strip()
        guess = nearest(key, bank.works) if key not in bank.works else None
        if guess is not None and ask.yes(f"There is no source {key}. Do you mean {guess}?"):
            text = guess + text.removeprefix(key)
        elif key not in bank.works and not ask.yes(f"Is {key} a new source, to be described in a moment?"):
            continue
        said.append(text)


def ask_work(ask: Asker, key: str) -> Work:
    """A source that is not in sources.yaml yet."""
    ask.say(f"The source {key} is new.\n")
    work = {"title": ask.text("  Its title")}
    for name, question in (
        ("publisher", "  Publisher (may be empty)"),
        ("url", "  Web address (may be empty)"),
        ("date", "  Date, such as 2026-04-22 or 2026 (may be empty)"),
        ("kind", f"  Kind: {', '.join(WORK_KINDS)} (may be empty)"),
    ):
        work[name] = ask.text(question, "")
    return work


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
