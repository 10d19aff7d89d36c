"""What an author said about a new entry, and the lines of YAML for it."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from deckgen.errors import UserError
from deckgen.names import slug
from deckgen.yamltext import line_list, scalar, texts_list

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry as it was given. Empty means not given.

    ``distractors`` are wrong options with the reason why (or an empty one); ``rows`` are a name and its cells.
    """

    fact: str = ""
    question: str = ""
    answer: str = ""
    id: str = ""
    hide: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    hints: Pairs = ()
    reverse: bool = False
    typed: bool = False
    distractors: Pairs = ()
    steps: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()
    explanation: str = ""
    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    as_of: str = ""
    review_by: str = ""
    region: str = ""
    needs: tuple[str, ...] = ()
    image: str = ""
    image_alt: str = ""

    @property
    def kind(self) -> str:
        """The kind, told by what was given, as for an entry in a file."""
        if self.fact:
            return "fact"
        if self.distractors:
            return "choice"
        if self.steps:
            return "sequence"
        return "table" if self.columns or self.rows else "basic"

    @property
    def section(self) -> str:
        return "facts" if self.kind == "fact" else "questions"


_OWN = {
    "fact": {"fact", "hide", "keep", "hints"},
    "basic": {"question", "answer", "reverse", "typed"},
    "choice": {"question", "answer", "distractors"},
    "sequence": {"question", "steps"},
    "table": {"question", "columns", "rows"},
}


def check_draft(draft: Draft, wanted: str | None = None) -> None:
    """Raise `UserError` where something is missing or does not belong together."""
    kind = wanted or draft.kind
    needed = _OWN[kind] - {"hide", "keep", "hints", "reverse", "typed"}
    missing = [
        name
        for name in ("fact", "question", "answer", "distractors", "steps", "columns", "rows")
        if name in needed and not getattr(draft, name)
    ]
    if missing:
        raise UserError(f"a {kind} entry needs {', '.join(f'--{_option(name)}' for name in missing)}")
    if draft.image_alt and not draft.image:
        raise UserError("--image-alt needs --image")
    strange = [name for keys in _OWN.values() for name in sorted(keys - _OWN[kind]) if getattr(draft, name)]
    if strange:
        raise UserError(f"--{_option(strange[0])} does not belong in a {kind} entry")


def _option(name: str) -> str:
    return {"hints": "hint", "distractors": "distractor", "steps": "step", "columns": "column", "rows": "row"}.get(
        name, name
    )


def suggested_id(draft: Draft, taken: Container[str]) -> str:
    """An id from the words of the text that no entry of the deck has."""
    made = slug(draft.fact or draft.question)
    number = 2
    candidate = made
    while candidate in taken:
        candidate, number = f"{made}-{number}", number + 1
    return candidate


def entry_yaml(draft: Draft, dash: str, inner: str) -> str:
    """The lines of an entry. ``dash`` is what stands before its first key, ``inner`` before the others."""
    lines = [f"{key}:{_spaced(value)}" for key, value in _pairs(draft, inner)]
    return "".join(f"{dash if at == 0 else inner}{line}\n" for at, line in enumerate(lines))


def _spaced(value: str) -> str:
    return value if value.startswith("\n") else f" {value}"


def _pairs(draft: Draft, indent: str) -> Iterator[tuple[str, str]]:
    yield "id", scalar(draft.id)
    yield from _texts(draft, ("fact", "question", "answer"), indent)
    yield from _lists(draft, ("hide", "keep"), indent)
    if draft.hints:
        yield "hints", _map(draft.hints, indent)
    yield from ((name, "true") for name in ("reverse", "typed") if getattr(draft, name))
    if draft.distractors:
        yield "distractors", _distractors(draft.distractors, indent)
    yield from _lists(draft, ("steps", "columns"), indent)
    if draft.rows:
        yield "rows", "".join(f"\n{indent}  {_key(name)}: {line_list(cells)}" for name, cells in draft.rows)
    yield from _texts(draft, ("explanation",), indent)
    yield from _lists(draft, ("sources", "needs", "tags"), indent)
    yield from _texts(draft, ("as_of", "review_by", "region"), indent)
    if draft.image_alt:
        yield "image", f"{{file: {_key(draft.image)}, alt: {_key(draft.image_alt)}}}"
    else:
        yield from _texts(draft, ("image",), indent)


def _texts(draft: Draft, names: tuple[str, ...], indent: str) -> Iterator[tuple[str, str]]:
    yield from ((name, scalar(getattr(draft, name), indent + "  ")) for name in names if getattr(draft, name))


def _lists(draft: Draft, names: tuple[str, ...], indent: str) -> Iterator[tuple[str, str]]:
    yield from ((name, texts_list(getattr(draft, name), indent)) for name in names if getattr(draft, name))


def _map(pairs: Pairs, indent: str) -> str:
    return "".join(f"\n{indent}  {_key(key)}: {scalar(value, indent + '    ')}" for key, value in pairs)


def _distractors(options: Pairs, indent: str) -> str:
    if not any(why for _, why in options):
        return texts_list([text for text, _ in options], indent)
    return "".join(f"\n{indent}  - {_distractor(text, why, indent + '    ')}" for text, why in options)


def _distractor(text: str, why: str, indent: str) -> str:
    if not why:
        return scalar(text, indent)
    return f"text: {scalar(text, indent + '  ')}\n{indent}why: {scalar(why, indent + '  ')}"


def _key(text: str) -> str:
    """A text as a key on one line, which `scalar` in brackets gives."""
    return scalar(text, flow=True)
