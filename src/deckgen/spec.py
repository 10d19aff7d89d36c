"""The keys of every file: one table that the loader reads by and the JSON Schema is made from."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass


class Shape(enum.Enum):
    """What kind of value a key takes. The loader has one reader for each, the schema one description."""

    MARKDOWN = "markdown"
    LINE = "line"
    ID = "id"
    FLAG = "flag"
    COUNT = "count"
    DATE = "date"
    PARTIAL_DATE = "partial date"
    URL = "url"
    VERSION = "version"
    RANK = "rank"
    WORK_KIND = "kind of source"
    TAGS = "tags"
    IDS = "ids"
    ID_OR_IDS = "id or ids"
    LINES = "lines"
    TEXTS = "texts"
    CITATIONS = "citations"
    FILE = "file name"
    IMAGE = "image"
    HINTS = "hints"
    CLOZE = "cloze settings"
    DISTRACTORS = "distractors"
    ROWS = "rows"
    WITHDRAWN = "withdrawal"
    ENTRIES = "entries"
    RULES = "rules"
    THEME = "theme"


@dataclass(frozen=True, slots=True)
class Key:
    """A key: what it takes, what it is for (shown by editors), and an example."""

    shape: Shape
    help: str
    example: str = ""
    required: bool = False


Keys = Mapping[str, Key]

WORK_KINDS = ("label", "regulator", "trial", "review", "qa-page", "ai-synthesis")
"""Kinds of source from most to least trusted."""

SHARED: Keys = {
    "id": Key(
        Shape.ID,
        "Permanent name of the entry: lower case, digits and hyphens, unique in the deck.",
        "il4-binds",
        True,
    ),
    "tags": Key(Shape.TAGS, "Tags beside those of the file.", "[tier::essential]"),
    "sources": Key(Shape.CITATIONS, "Sources by key, with the place after `#`.", "[us-pi-2026#12.1]"),
    "explanation": Key(Shape.MARKDOWN, "Shown on the back, beneath the answer.", "Both receptors share it."),
    "as_of": Key(Shape.PARTIAL_DATE, "Date from which the fact held.", "2024-09-27"),
    "review_by": Key(Shape.DATE, "Date by which somebody must check the fact again.", "2027-06-01"),
    "region": Key(Shape.LINE, "Where it holds, such as US or EU.", "US"),
    "needs": Key(Shape.IDS, "Entries to learn first.", "[il4-binds]"),
    "image": Key(
        Shape.IMAGE, "A picture in the folder media, and what it shows.", "{file: receptor.svg, alt: Two chains}"
    ),
    "was": Key(Shape.ID_OR_IDS, "Earlier id of this entry, after renaming it.", "old-id"),
    "withdrawn": Key(
        Shape.WITHDRAWN, "No longer taught: date, reason, successor.", "{on: 2026-05-01, reason: Superseded}"
    ),
}

FACT: Keys = {
    "fact": Key(
        Shape.MARKDOWN,
        "A statement; deckgen chooses what to hide, or you write {{c1::..}}.",
        "Dupilumab binds IL-4Rα.",
        True,
    ),
    "hide": Key(Shape.TEXTS, "Texts of the fact that are always hidden.", "[IL-4Rα]"),
    "keep": Key(Shape.TEXTS, "Texts of the fact that are never hidden.", "[Dupilumab]"),
    "hints": Key(Shape.HINTS, "Hints shown in place of hidden texts.", "{IL-4Rα: receptor subunit}"),
    "cloze": Key(Shape.CLOZE, "Settings of automatic cloze.", "{max: 2}"),
}
BASIC: Keys = {
    "question": Key(Shape.MARKDOWN, "The question.", "Which isotype is dupilumab?", True),
    "answer": Key(Shape.MARKDOWN, "The answer.", "Human IgG4", True),
    "reverse": Key(Shape.FLAG, "Also ask the other way round.", "true"),
    "typed": Key(Shape.FLAG, "Ask to type the answer.", "true"),
}
CHOICE: Keys = {
    "question": BASIC["question"],
    "answer": Key(Shape.MARKDOWN, "The right option.", "Human IgG4", True),
    "distractors": Key(
        Shape.DISTRACTORS,
        "Two or more wrong options, each with its reason if you like.",
        "[Human IgG1, {text: Humanized IgG4, why: It is fully human.}]",
        True,
    ),
}
SEQUENCE: Keys = {
    "question": BASIC["question"],
    "steps": Key(Shape.TEXTS, "The steps in order.", "[first, second, third]", True),
}
TABLE: Keys = {
    "question": BASIC["question"],
    "columns": Key(Shape.TEXTS, "Names of the columns.", "[Age, Weight]", True),
    "rows": Key(Shape.ROWS, "Row name to its cells; a cell left empty makes no card.", "{EoE: [1 year, 15 kg]}", True),
}
KINDS: Mapping[str, Keys] = {
    "fact": FACT,
    "basic": BASIC,
    "choice": CHOICE,
    "sequence": SEQUENCE,
    "table": TABLE,
}

WITHDRAWN: Keys = {
    "on": Key(Shape.DATE, "Date of the withdrawal.", "2026-05-01", True),
    "reason": Key(Shape.LINE, "Why it is no longer taught.", "Superseded by the 2026 label", True),
    "replaced_by": Key(Shape.ID, "The entry to learn in its place.", "eoe-age"),
}
PICTURE: Keys = {
    "file": Key(Shape.FILE, "The name of a file in the folder media.", "receptor.svg", True),
    "alt": Key(Shape.LINE, "What the picture shows, for those who cannot see it.", "Two chains in a membrane"),
}
DISTRACTOR: Keys = {
    "text": Key(Shape.MARKDOWN, "The wrong option.", "Human IgG1", True),
    "why": Key(Shape.MARKDOWN, "Why it is wrong.", "IgG1 would fix complement."),
}
CLOZE: Keys = {"max": Key(Shape.COUNT, "Most blanks in one fact.", "2")}

TOPIC: Keys = {
    "topic": Key(Shape.LINE, "Name of the subdeck.", "Mechanism", True),
    "tags": Key(Shape.TAGS, "Tags given to every entry of the file.", "[mechanism]"),
    "sources": Key(Shape.CITATIONS, "Sources of entries that name none.", "[us-pi-2026]"),
    "cloze": Key(Shape.CLOZE, "Settings of automatic cloze for the file.", "{max: 2}"),
    "facts": Key(Shape.ENTRIES, "Facts, asked with blanks.", ""),
    "questions": Key(Shape.ENTRIES, "Questions of every kind.", ""),
}
DECK: Keys = {
    "id": Key(
        Shape.ID,
        "Permanent name, which no other deck of a learner may have; review histories hang on it.",
        "dupilumab",
        True,
    ),
    "name": Key(Shape.LINE, "Name of the Anki deck; frozen once released.", "Dupilumab", True),
    "description": Key(Shape.MARKDOWN, "Shown in Anki above the deck.", "For learning, not for treating."),
    "version": Key(Shape.VERSION, "Version of the release.", "1.0.0"),
    "authors": Key(Shape.LINES, "Who wrote the deck.", "[A. Author]"),
    "license": Key(Shape.LINE, "Licence of the cards.", "CC-BY-4.0"),
    "repository": Key(Shape.URL, "Where corrections are suggested.", "https://github.com/you/deck"),
    "topics": Key(Shape.LINES, "Bank files in learning order, without their ending.", "[mechanism, dosing]"),
    "cloze": Key(Shape.CLOZE, "Settings of automatic cloze for the deck.", "{max: 3}"),
    "source_age": Key(Shape.COUNT, "Years after which a source counts as old; without it none does.", "10"),
    "rules": Key(Shape.RULES, "Severity of a rule: off, warning or error.", "{no-source: error}"),
    "theme": Key(Shape.THEME, "Custom properties of the card design.", "{accent: '#0a5c8a'}"),
}
WORK: Keys = {
    "title": Key(Shape.LINE, "Title of the work.", "DUPIXENT prescribing information", True),
    "publisher": Key(Shape.LINE, "Who published it.", "US FDA"),
    "url": Key(Shape.URL, "Where it can be read.", "https://example.org/label"),
    "date": Key(Shape.PARTIAL_DATE, "Date of the work: a day, a month or a year.", "2026-04-22"),
    "kind": Key(Shape.WORK_KIND, "What kind of source it is.", "label"),
    "rank": Key(Shape.RANK, "Trust from 1 (regulator, label) to 4 (unreliable).", "1"),
    "secondhand": Key(Shape.FLAG, "True for a copy or report of the work.", "true"),
    "note": Key(Shape.LINE, "A remark for contributors.", ""),
}
TERM: Keys = {
    "aliases": Key(Shape.LINES, "Synonyms, abbreviations and other spellings.", "[IL-4 receptor alpha, CD124]"),
    "class": Key(Shape.LINE, "What kind of thing it is, shown as a hint.", "receptor subunit"),
    "expansion": Key(Shape.LINE, "The abbreviation spelt out.", "interleukin-4 receptor alpha"),
    "definition": Key(Shape.LINE, "What it means.", "Subunit shared by two receptors"),
}
