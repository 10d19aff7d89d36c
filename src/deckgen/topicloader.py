"""One bank file to a `Topic` with its entries. Each file is loaded by itself, so that files can be loaded apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping as Texts
from typing import Any

from deckgen.bank import Basic, Body, Choice, Entry, Fact, Kind, Sequence, Table, Topic
from deckgen.bar import Bar
from deckgen.diagnostic import Diagnostic, Edit, Fix, Severity
from deckgen.names import slug
from deckgen.nodes import Mapping, Node, Scalar, parse
from deckgen.nodes import Sequence as NodeList
from deckgen.persist import from_bytes, to_bytes
from deckgen.reader import Reader, described
from deckgen.shapes import check_deck_name, read, values
from deckgen.shelf import Shelf
from deckgen.source import Source
from deckgen.spec import KINDS, SHARED, TOPIC
from deckgen.workers import processors, spread

MAX_FACT = 3_000
MAX_STEPS = 100
MAX_CELLS = 400
MUCH = 1_000_000
"""Characters of new text from which on it pays to fork."""

_ALL_KEYS = tuple({name: None for keys in (SHARED, *KINDS.values()) for name in keys})
_BY_HAND = re.compile(r"\{\{\s*[cC]\s*\d")
_ANY_ID = re.compile(r"\bid: *[\"']?([a-z0-9][a-z0-9-]*)")
_ENTRY_KEYS = {kind: {**SHARED, **keys} for kind, keys in KINDS.items()}


Loaded = tuple[str, Topic | None, list[Diagnostic], set[str]]
"""The stem of a file, its topic, what is wrong with it, and ids in parts that could not be read."""


def load_topics(texts: Texts[str, Source], shelf: Shelf, bar: Bar) -> list[Loaded]:
    """The bank files of a deck by their names, from the shelf where it has them."""
    keys = [shelf.key("topic", name, it.path, it.text) if shelf.keeps else "" for name, it in texts.items()]
    known = [shelf.get(key) for key in keys]
    fresh = [item for item, part in zip(texts.items(), known, strict=True) if part is None]
    workers = processors() if sum(len(source.text) for _, source in fresh) > MUCH else 1
    made = spread(fresh, _load, lambda item, outcome: to_bytes(outcome, item[1]), workers)
    loaded = []
    bar.begin("reading", len(texts))
    for key, source, part in zip(keys, texts.values(), known, strict=True):
        outcome = next(made) if part is None else part
        if isinstance(outcome, tuple):
            loaded.append(outcome)
        else:
            loaded.append(from_bytes(outcome, source))
        if part is None and shelf.keeps:
            shelf.put(key, outcome if isinstance(outcome, bytes) else to_bytes(outcome, source))
        bar.step()
    bar.did(f"bank files: {len(texts):,} read, {len(texts) - len(fresh):,} of them taken from the cache")
    return loaded


def _load(item: tuple[str, Source]) -> Loaded:
    name, source = item
    return TopicLoader(source, name.removesuffix(".yaml")).load()


class TopicLoader:
    def __init__(self, source: Source, stem: str) -> None:
        self.source, self.stem = source, stem
        self.reader = Reader(source)

    def load(self) -> Loaded:
        found: list[Diagnostic] = []
        document, mistakes = parse(self.source)
        found.extend(mistakes)
        missed = {name for start, end in document.skipped for name in _ANY_ID.findall(self.source.text, start, end)}
        if document.root is None:
            if not document.skipped:
                found.append(
                    Diagnostic(
                        "empty-file",
                        Severity.ERROR,
                        "the file is empty",
                        self.source.span(0, 0),
                        help="fill it or delete it",
                    )
                )
            return self.stem, None, found, missed
        reader = self.reader
        got = reader.keys(document.root, TOPIC, "a bank file")
        head = {
            name: read(reader, TOPIC[name].shape, value, name)
            for name, (_, value) in got.items()
            if name not in ("facts", "questions")
        }
        name = head.get("topic")
        check_deck_name(reader, name, "topic")
        entries: list[Entry] = []
        for section in got:
            if section in ("facts", "questions"):
                entries += self.section(section, got[section][1], head, missed)
        found.extend(reader.found)
        if name is None:
            missed |= {entry.id.value for entry in entries}
            return self.stem, None, found, missed
        return (
            self.stem,
            Topic(self.stem, name, self.source, tuple(entries), head.get("tags") or ()),
            found,
            missed,
        )

    def section(self, section: str, node: Node, head: dict[str, Any], missed: set[str]) -> list[Entry]:
        if isinstance(node, Scalar) and not node.value:
            return []
        if not isinstance(node, NodeList):
            self.reader.report(
                "wrong-shape",
                f"`{section}` must be a list, this is {described(node)}",
                node,
                "begin each entry with `- id:`",
            )
            return []
        entries = []
        for item in node.items:
            before = len(self.reader.found)
            entry = self.entry(section, item, head)
            if entry is not None and len(self.reader.found) == before:
                entries.append(entry)
            elif isinstance(item, Mapping):
                missed |= {value.value for key, value in item.pairs if key.value == "id" and isinstance(value, Scalar)}
        self.reader.entry = None
        return entries

    def entry(self, section: str, node: Node, head: dict[str, Any]) -> Entry | None:
        reader = self.reader
        reader.entry = None
        if not isinstance(node, Mapping):
            reader.report(
                "wrong-shape",
                f"an entry must be a mapping, this is {described(node)}",
                node,
                _entry_advice(node),
            )
            return None
        names = {key.value: value for key, value in node.pairs}
        id_node = names.get("id")
        if isinstance(id_node, Scalar):
            reader.entry = id_node.value
        kind = _kind(names, section)
        wanted = _ENTRY_KEYS[kind]
        if "id" not in names:
            self.suggest_id(node, names)
            wanted = {name: key for name, key in wanted.items() if name != "id"}
        got = values(reader, node, wanted, f"a {kind} entry", _ALL_KEYS)
        if section != ("facts" if kind == "fact" else "questions"):
            other = "questions" if section == "facts" else "facts"
            reader.report(
                "wrong-section",
                f"this {kind} entry stands under `{section}`",
                node.pairs[0][0],
                f"move it under `{other}`",
            )
        if any(got.get(name) is None for name, key in wanted.items() if key.required) or "id" not in got:
            return None
        body = self.body(kind, got, head)
        sources = got.get("sources")
        return (
            None
            if body is None
            else Entry(
                got["id"],
                Kind(kind),
                body,
                self.source,
                node.start,
                node.end,
                got.get("tags") or (),
                sources if sources is not None else head.get("sources") or (),
                got.get("explanation"),
                got.get("as_of"),
                got.get("review_by"),
                got.get("region"),
                got.get("needs") or (),
                got.get("image"),
                got.get("was") or (),
                got.get("withdrawn"),
            )
        )

    def suggest_id(self, node: Mapping, names: dict[str, Node]) -> None:
        text = names.get("fact") or names.get("question")
        better = slug(text.value) if isinstance(text, Scalar) else "entry"
        place = node.pairs[0][0] if node.pairs else node
        column = self.source.place(place.start)[1] - 1
        edit = Edit(self.source.span(place.start, place.start), f"id: {better}\n{' ' * column}")
        self.reader.report(
            "missing-id",
            "this entry has no `id`",
            place,
            f"add `id: {better}`; it stays for ever, so that learners keep their progress",
            fix=Fix((edit,), f"add `id: {better}`"),
        )

    def body(self, kind: str, got: dict[str, Any], head: dict[str, Any]) -> Body | None:
        if kind == "fact":
            limit = got.get("cloze") if "cloze" in got else head.get("cloze")
            if len(got["fact"].value) > MAX_FACT:
                place = (got["fact"].start, got["fact"].start + 1)
                message = f"the fact has {len(got['fact'].value):,} characters, more than {MAX_FACT:,}"
                self.reader.report("too-long", message, place, "split it into facts of one idea each")
                return None
            by_hand = bool(_BY_HAND.search(got["fact"].value))
            return Fact(
                got["fact"],
                by_hand,
                got.get("hide") or (),
                got.get("keep") or (),
                got.get("hints") or (),
                limit,
            )
        if kind == "choice":
            return Choice(got["question"], got["answer"], got["distractors"])
        if kind == "sequence":
            return Sequence(got["question"], got["steps"]) if self.several(got["steps"], got["question"]) else None
        if kind == "table":
            return self.table(got)
        return Basic(got["question"], got["answer"], bool(got.get("reverse")), bool(got.get("typed")))

    def several(self, steps: tuple[Scalar, ...], question: Scalar) -> bool:
        if not 2 <= len(steps) <= MAX_STEPS:
            place = steps[MAX_STEPS] if len(steps) > MAX_STEPS else steps[0] if steps else question
            self.reader.report(
                "steps",
                f"a sequence has 2 to {MAX_STEPS} steps, this one has {len(steps)}",
                place,
                "split it, or ask a plain question",
            )
            return False
        return True

    def table(self, got: dict[str, Any]) -> Table | None:
        columns = got["columns"]
        names = [column.value for column in columns]
        uses = Counter(names)
        for column in columns:
            if uses[column.value] > 1:
                self.reader.report("duplicate-column", f"two columns are called `{column.value}`", column, "rename one")
        for row in got["rows"]:
            if len(row.cells) != len(columns):
                self.reader.report(
                    "row-length",
                    f"the row `{row.name.value}` has {len(row.cells)} cells for {len(columns)} columns",
                    row.name,
                    'give one cell for each column; write "" for one that is left empty',
                )
        filled = sum(cell is not None for row in got["rows"] for cell in row.cells)
        if not 1 <= filled <= MAX_CELLS:
            self.reader.report(
                "cells",
                f"a table has 1 to {MAX_CELLS} filled cells, this one has {filled}",
                got["question"],
                "fill it, or split it",
            )
        return Table(got["question"], columns, got["rows"])


def _kind(names: dict[str, Node], section: str) -> str:
    if "fact" in names:
        return "fact"
    for kind, marks in (
        ("choice", ("distractors",)),
        ("sequence", ("steps",)),
        ("table", ("columns", "rows")),
    ):
        if any(mark in names for mark in marks):
            return kind
    if section == "facts" and "question" not in names and "answer" not in names:
        return "fact"
    return "basic"


def _entry_advice(node: Node) -> str:
    if isinstance(node, Scalar) and re.match(r"\w+:\S", node.value):
        return "a space is missing after the colon"
    return "write `id:` and the other keys beneath each other"
