"""`deckgen new`: one more entry, asked for or given by options, put in its file with everything else left alone.

The entry is tried in a copy of the deck first; nothing is written unless the deck is as sound as before.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path
from typing import Any, TextIO

from deckgen.bank import Bank
from deckgen.deckbuild import Checked, check_deck
from deckgen.diagnostic import Diagnostic, Severity
from deckgen.errors import UserError
from deckgen.files import write_whole
from deckgen.loader import SOURCES_FILE, load
from deckgen.names import nearest, slug
from deckgen.newentry import Draft, insert_entry, insert_work, suggested_id
from deckgen.newentry.ask import Asker, Work, ask_draft, ask_topic, ask_work
from deckgen.newentry.draft import check_draft, entry_yaml
from deckgen.render.cards import render_cards
from deckgen.render.text import printable, render_text
from deckgen.schema import modeline
from deckgen.source import Source
from deckgen.workspace import DeckFolder
from deckgen.yamltext import scalar

_BOM = "\ufeff"


Texts = dict[str, tuple[str, str]]
"""The text of each file by its name: what it was, and what it is to be."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What was given by options. ``topic`` is a file's stem or a topic's name; ``work`` describes a new source."""

    draft: Draft
    kind: str | None = None
    topic: str | None = None
    new_topic: str | None = None
    work: Work | None = None
    dry_run: bool = False
    quiet: bool = False
    colour: bool = False


def wish_of(given: Mapping[str, Any], *, colour: bool) -> Wish:
    """What the options say. Raises `UserError` where they do not fit together."""
    rows, columns, cells = given["rows"], given["columns"], given["cells"]
    if len(cells) != len(rows) * len(columns):
        raise UserError(
            f"{len(rows)} rows of {len(columns)} columns need {len(rows) * len(columns)} cells, not {len(cells)}"
        )
    work = {name: given[f"source_{name}"] or "" for name in ("title", "publisher", "url", "date", "kind")}
    if any(work.values()) and not work["title"]:
        raise UserError("a new source needs --source-title")
    texts = ("fact", "question", "answer", "explanation", "as_of", "review_by", "region", "image", "image_alt")
    lists = ("hide", "keep", "hints", "steps", "columns", "sources", "tags", "needs")
    same: dict[str, Any] = {name: given[name] or "" for name in texts} | {name: tuple(given[name]) for name in lists}
    draft = Draft(
        **same,
        id=given["id_"] or "",
        reverse=given["reverse"],
        typed=given["typed"],
        distractors=(*((text, "") for text in given["wrong"]), *given["why"]),
        rows=tuple((row, tuple(cells[at * len(columns) : (at + 1) * len(columns)])) for at, row in enumerate(rows)),
    )
    kind = "basic" if given["kind"] == "question" else given["kind"]
    made = work if work["title"] else None
    return Wish(draft, kind, given["topic"], given["new_topic"], made, given["dry_run"], given["quiet"], colour)


def run(deck: DeckFolder, wish: Wish, ask: Asker | None, *, now: int, out: TextIO, err: TextIO) -> int:
    """Add an entry. 0: done, or shown; 1: it has mistakes, or was not wanted. Raises `UserError` for wrong use."""
    bank, _ = load(deck.path, deck.shown)
    if bank is None:
        raise UserError(f"{deck.shown} cannot be read; see `deckgen check`")
    stem, name = _topic(bank, wish, ask)
    draft = ask_draft(ask, wish.draft, wish.kind, bank) if ask is not None else wish.draft
    check_draft(draft, wish.kind)
    taken = {entry.id.value for _, entry in bank.entries()} | bank.passed_over
    if not draft.id:
        draft = replace(draft, id=suggested_id(draft, taken))
    if draft.id in taken:
        raise UserError(f"the id {draft.id} is taken; {suggested_id(draft, taken)} is free")
    works = _new_works(bank, draft, wish, ask)
    while True:
        texts = _texts(deck, bank, stem, name, draft, works)
        checked, blocking = _tried(deck, texts, draft.id, now)
        _show(checked, blocking, draft, wish, out, err)
        if blocking and ask is not None and draft.hide != wish.draft.hide:
            draft = replace(draft, hide=wish.draft.hide)
            continue
        if blocking:
            if any(item.code == "unknown-source" for item in blocking):
                err.write("describe a new source with --source-title, --source-url and the like\n")
            if ask is not None:
                out.write(f"You said:\n{printable(entry_yaml(draft, '  - ', '    '))}")
            err.write("nothing was written\n")
            return 1
        said = _decision(ask, draft) if not wish.dry_run else True
        if not isinstance(said, Draft):
            break
        draft = said
    if wish.dry_run:
        out.write(f"{deck.shown}/{stem}.yaml would get\n{printable(entry_yaml(draft, '  - ', '    '))}")
    elif said:
        _write_all(deck, texts, f"{stem}.yaml", draft, wish, out)
    else:
        out.write("nothing was written\n")
    return 0 if said else 1


def _write_all(deck: DeckFolder, texts: Texts, file: str, draft: Draft, wish: Wish, out: TextIO) -> None:
    for each, (before, text) in texts.items():
        _write(deck.path / each, before, text)
    if not wish.quiet:
        line = texts[file][1].partition(f"id: {draft.id}")[0].count("\n") + 1
        out.write(f"{deck.shown}/{file}:{line}: added {draft.id}\n")


def _topic(bank: Bank, wish: Wish, ask: Asker | None) -> tuple[str, str | None]:
    """The stem of the file, and the topic's name if it is new."""
    stems = {topic.stem: topic for topic in bank.topics}
    names = {topic.name.value.casefold(): topic.stem for topic in bank.topics}
    if wish.new_topic is not None:
        same = wish.new_topic.casefold()
        known = same if same in stems else names.get(same)
        if known is not None:
            raise UserError(f"there is already a topic {known}: name it with --topic")
        return _new_stem(wish.new_topic, stems), wish.new_topic
    wanted = wish.topic
    if wanted is None and ask is not None:
        wanted = ask_topic(ask, bank)
        if wanted not in stems:
            return _new_stem(wanted, stems), wanted
    if wanted is None and len(stems) == 1:
        wanted = next(iter(stems))
    if wanted is None:
        raise UserError(f"name the topic with --topic: {', '.join(stems)}; or begin one with --new-topic")
    stem = wanted.removesuffix(".yaml")
    stem = stem if stem in stems else names.get(wanted.casefold(), stem)
    if stem not in stems:
        guess = nearest(stem, [*stems, *names])
        hint = f"; did you mean {names.get(guess, guess)}?" if guess else "; begin one with --new-topic"
        raise UserError(f"there is no topic {wanted} among {', '.join(stems)}{hint}")
    return stem, None


def _new_stem(name: str, known: Iterable[str]) -> str:
    """The name of the file of a new topic, without its ending; unlike names may make the same one."""
    stem = slug(name)
    stem = f"{stem}-topic" if stem in ("deck", "sources", "glossary") else "topic" if stem == "entry" else stem
    taken = set(known)
    return next(free for free in chain((stem,), (f"{stem}-{n}" for n in count(2))) if free not in taken)


def _new_works(bank: Bank, draft: Draft, wish: Wish, ask: Asker | None) -> Mapping[str, Work]:
    cited = dict.fromkeys(source.partition("#")[0].strip() for source in draft.sources)
    unknown = [key for key in cited if key not in bank.works]
    if wish.work is not None:
        if len(unknown) != 1:
            raise UserError("--source-title describes one new source, whose key stands in --source")
        return {unknown[0]: wish.work}
    return {key: ask_work(ask, key) for key in unknown} if ask is not None else {}


def _texts(deck: DeckFolder, bank: Bank, stem: str, name: str | None, draft: Draft, works: Mapping[str, Work]) -> Texts:
    file = f"{stem}.yaml"
    if name is None:
        before = next(topic.source.text for topic in bank.topics if topic.stem == stem)
        base = before
    else:
        before = ""
        schemas = deck.path.parent.parent / "schema"
        base = (modeline("topic", "../../schema") if schemas.is_dir() else "") + f"topic: {scalar(name)}\n"
    texts = {file: (before, insert_entry(Source(f"{deck.shown}/{file}", base), draft))}
    if works:
        before = text = bank.works_source.text if bank.works_source else ""
        for key, work in works.items():
            text = insert_work(text, key, work)
        texts[SOURCES_FILE] = (before, text)
    return texts


def _tried(deck: DeckFolder, texts: Texts, entry: str, now: int) -> tuple[Checked, list[Diagnostic]]:
    """The deck with the entry, checked in a copy, and the errors that the entry brings."""
    with tempfile.TemporaryDirectory(prefix="deckgen-") as place:
        copy = Path(place) / deck.name
        shutil.copytree(deck.path, copy, symlinks=True, copy_function=_link_or_copy)
        for file, (_, text) in texts.items():
            write_whole(copy / file, text.encode())
        checked = check_deck(copy, deck.shown, now)
    errors = [item for item in checked.diagnostics if item.severity is Severity.ERROR]
    if all(item.entry == entry for item in errors):
        return checked, errors
    old = Counter(map(_sameness, check_deck(deck.path, deck.shown, now).diagnostics))
    old.subtract(map(_sameness, errors))
    return checked, [item for item in errors if item.entry == entry or old[_sameness(item)] < 0]


def _sameness(found: Diagnostic) -> tuple[str, str, str]:
    return found.span.source.path, found.code, found.message


def _link_or_copy(source: str, target: str) -> None:
    """Media may be large: a second name for the file will do, since the copy replaces files and never changes them."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def _show(checked: Checked, blocking: list[Diagnostic], draft: Draft, wish: Wish, out: TextIO, err: TextIO) -> None:
    about = blocking or [item for item in checked.diagnostics if item.entry == draft.id]
    if about:
        err.write(render_text(about, colour=wish.colour))
    entries = {} if checked.bank is None else {entry.id.value: entry for _, entry in checked.bank.entries()}
    note = next((note for note in checked.notes if note.id == draft.id), None)
    if note is not None and not wish.quiet:
        out.write(render_cards(entries[draft.id], note))


def _decision(ask: Asker | None, draft: Draft) -> bool | Draft:
    """Whether to write; or the draft with other blanks, to be shown again."""
    if ask is None:
        return True
    if draft.kind != "fact" or draft.hide:
        return ask.yes("Write it?")
    said = ask.text("Write it? (yes, no, or the text to hide; several with ; between)", "yes")
    if said.casefold() in ("yes", "y"):
        return True
    if said.casefold() in ("no", "n"):
        return False
    return replace(draft, hide=tuple(part.strip() for part in said.split(";") if part.strip()))


def _write(path: Path, before: str, text: str) -> None:
    """Write a bank file unless somebody changed it meanwhile. Raises `UserError` then."""
    data = path.read_bytes() if path.exists() else b""
    now = data.decode("utf-8")
    mark = _BOM if now.startswith(_BOM) else ""
    if now.removeprefix(_BOM) != before:
        raise UserError(f"{path} was changed meanwhile; nothing was written to it")
    write_whole(path, (mark + text).encode())
