"""The files of one deck to a `Bank`, reporting every unknown, missing or misshapen value.

Runs after the files were read as nodes. What is unsound is left out, so that later stages see sound entries
only; its id is remembered, so that they do not report it as missing.
"""

from __future__ import annotations

import re
from pathlib import Path

from deckgen.bank import Bank, DeckSettings, Term, Topic, Work
from deckgen.bankfiles import about_file, bank_files, media_files, read_file
from deckgen.bar import NO_BAR, Bar
from deckgen.diagnostic import Diagnostic, Label, Severity
from deckgen.names import slug
from deckgen.nodes import Document, Mapping, Node, Scalar, parse
from deckgen.reader import Reader, described
from deckgen.shapes import check_deck_name, values
from deckgen.shelf import NO_SHELF, Shelf
from deckgen.source import Source
from deckgen.spec import DECK, TERM, WORK
from deckgen.topicloader import load_topics
from deckgen.topicnames import split_topics

DECK_FILE, SOURCES_FILE, GLOSSARY_FILE = "deck.yaml", "sources.yaml", "glossary.yaml"


def load(folder: Path, shown: str, shelf: Shelf = NO_SHELF, bar: Bar = NO_BAR) -> tuple[Bank | None, list[Diagnostic]]:
    """Read every file of a deck. ``shown`` is how messages name the folder; files on the ``shelf`` are not parsed.

    Returns None for the bank where ``deck.yaml`` does not say which deck this is.
    """
    bar.about(shown)
    found: list[Diagnostic] = []
    texts: dict[str, Source] = {}
    for name in bank_files(folder, shown, found):
        source = read_file(folder, name, shown, found)
        if source is not None:
            texts[name] = source
    settings = _load_deck(texts.pop(DECK_FILE, None), shown, found)
    works_source, glossary_source = texts.pop(SOURCES_FILE, None), texts.pop(GLOSSARY_FILE, None)
    works = _load_works(works_source, found)
    glossary = _load_glossary(glossary_source, found)
    loaded = load_topics(texts, shelf, bar)
    passed_over: set[str] = set()
    topics = {}
    for stem, topic, reports, missed in loaded:
        found.extend(reports)
        passed_over |= missed
        if topic is not None:
            topics[stem] = topic
    if settings is None:
        return None, found
    ordered = _in_order(topics, {Path(name).stem for name in texts}, settings, found)
    found.extend(split_topics(ordered))
    sources = tuple(source for source in (settings.source, works_source, glossary_source, *texts.values()) if source)
    bank = Bank(
        folder,
        settings,
        ordered,
        works,
        glossary,
        media_files(folder, shown, found),
        sources,
        frozenset(passed_over),
        works_source,
        glossary_source,
    )
    return bank, found


def _root(source: Source | None, found: list[Diagnostic]) -> tuple[Reader, Node | None, Document] | None:
    if source is None:
        return None
    document, mistakes = parse(source)
    reader = Reader(source)
    found.extend(mistakes)
    if document.root is None and not document.skipped:
        found.append(
            Diagnostic(
                "empty-file",
                Severity.ERROR,
                "the file is empty",
                source.span(0, 0),
                help="fill it or delete it",
            )
        )
    return reader, document.root, document


# Settings, works and terms


def _load_deck(source: Source | None, shown: str, found: list[Diagnostic]) -> DeckSettings | None:
    root = _root(source, found)
    if root is None or source is None:
        if not any(item.span.source.path == f"{shown}/{DECK_FILE}" for item in found):
            found.append(
                about_file(
                    f"{shown}/{DECK_FILE}",
                    "no-deck-file",
                    f"there is no {DECK_FILE} in {shown}",
                    "add one with id and name",
                )
            )
        return None
    reader, node, _ = root
    if node is None:
        return None
    got = values(reader, node, DECK, "a deck")
    check_deck_name(reader, got.get("name"), "deck name")
    found.extend(reader.found)
    if got.get("id") is None or got.get("name") is None:
        return None
    return DeckSettings(
        source,
        got["id"],
        got["name"],
        got.get("description"),
        got.get("version"),
        got.get("authors") or (),
        got.get("license"),
        got.get("repository"),
        got.get("topics") or (),
        got.get("cloze"),
        got.get("source_age"),
        got.get("rules") or (),
        got.get("theme") or (),
    )


def _load_works(source: Source | None, found: list[Diagnostic]) -> dict[str, Work]:
    root = _root(source, found)
    if root is None or root[1] is None:
        return {}
    reader = root[0]
    works: dict[str, Work] = {}
    for key, value in _named(reader, root[1], "a source"):
        got = values(reader, value, WORK, f"the source `{key.value}`")
        if "#" in key.value or re.search(r"\s", key.value):
            reader.report(
                "bad-source-key",
                "a source key must have no blanks and no `#`",
                key,
                f"use `{slug(key.value)}`",
            )
        works[key.value] = Work(key, **{**got, "secondhand": bool(got.get("secondhand"))})
    found.extend(reader.found)
    return works


def _load_glossary(source: Source | None, found: list[Diagnostic]) -> tuple[Term, ...]:
    root = _root(source, found)
    if root is None or root[1] is None:
        return ()
    reader = root[0]
    terms = []
    for key, value in _named(reader, root[1], "a term"):
        got = (
            {}
            if isinstance(value, Scalar) and not value.value
            else values(reader, value, TERM, f"the term `{key.value}`")
        )
        terms.append(Term(key, got.get("aliases") or (), got.get("class"), got.get("expansion"), got.get("definition")))
    found.extend(reader.found)
    return tuple(terms)


def _named(reader: Reader, node: Node, what: str) -> list[tuple[Scalar, Node]]:
    """The pairs of a mapping whose keys are names the author chose."""
    if not isinstance(node, Mapping):
        reader.report(
            "wrong-shape",
            f"the file must map names to {what.partition(' ')[2]}s, this is {described(node)}",
            node,
            "write `name:` lines",
        )
        return []
    pairs: dict[str, tuple[Scalar, Node]] = {}
    for key, value in node.pairs:
        if key.value in pairs:
            first = pairs[key.value][0]
            label = Label(reader.source.span(first.start, first.end), "first given here")
            reader.report("duplicate-key", f"{what} `{key.value}` is given twice", key, "merge them", (label,))
        else:
            pairs[key.value] = (key, value)
    return list(pairs.values())


def _in_order(
    topics: dict[str, Topic], stems: set[str], settings: DeckSettings, found: list[Diagnostic]
) -> tuple[Topic, ...]:
    ordered: list[Topic] = []
    seen: set[str] = set()
    for listed in settings.topics:
        stem = listed.value
        if stem in seen or stem not in stems:
            message = (
                f"the topic `{stem}` is listed twice" if stem in seen else f"there is no file {stem}.yaml in this deck"
            )
            advice = "take one out" if stem in seen else "add the file, or take the topic out of the list"
            span = settings.source.span(listed.start, listed.end)
            found.append(Diagnostic("unknown-topic", Severity.ERROR, message, span, help=advice))
        elif stem in topics:
            ordered.append(topics[stem])
        seen.add(stem)
    return (*ordered, *(topics[stem] for stem in sorted(topics) if stem not in seen))
